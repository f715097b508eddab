//! The random values of a sign-in: the secret of PKCE, and the state. They come from the platform's Web Crypto; natively from the operating system.

use crate::error::{Error, Result};
use crate::fault::Fault;
use base64ct::{Base64UrlUnpadded, Encoding};
use std::fmt;

/// The error that there is no part of Web Crypto on this platform.
fn missing(part: &str) -> Error {
    Error::input("oauth", "", Fault::new(format!("crypto.{part}"), "Web Crypto, as in Node 20 or on https", "nothing"))
}

/// A secret of PKCE (RFC 7636), and what is made of it. Printed, it shows neither.
#[derive(Clone)]
pub struct Pkce {
    /// For `code_verifier` of `oauth.token`. Keep it where the user comes back to: 43 letters.
    pub code_verifier: String,
    /// For `code_challenge` of [`Oauth::authorize_url`](crate::api::Oauth::authorize_url). Its method is [`CodeChallengeMethod::S256`](crate::api::oauth::CodeChallengeMethod::S256).
    pub code_challenge: String,
}

impl Pkce {
    /// Makes one, with the platform's Web Crypto.
    ///
    /// # Errors
    /// An input error where there is no Web Crypto: in Node 18, and in a page that came through http.
    pub async fn create() -> Result<Self> {
        let code_verifier = create_state()?;
        let hash = platform::sha256(code_verifier.as_bytes()).await.ok_or_else(|| missing("subtle"))?;
        let code_challenge = Base64UrlUnpadded::encode_string(&hash);
        Ok(Pkce { code_verifier, code_challenge })
    }
}

impl fmt::Debug for Pkce {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pkce(…)")
    }
}

/// Makes a `state` for [`Oauth::authorize_url`](crate::api::Oauth::authorize_url): 43 random letters. Keep it, and compare it with the one that comes back.
///
/// # Errors
/// An input error where there is no Web Crypto, as in Node 18.
pub fn create_state() -> Result<String> {
    platform::random_bytes().map(|bytes| Base64UrlUnpadded::encode_string(&bytes)).ok_or_else(|| missing("getRandomValues"))
}

#[cfg(target_family = "wasm")]
mod platform {
    use js_sys::Uint8Array;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;

    #[wasm_bindgen]
    extern "C" {
        /// The global object, as far as it has Web Crypto.
        type Platform;
        #[wasm_bindgen(method, getter)]
        fn crypto(this: &Platform) -> Option<Crypto>;

        type Crypto;
        #[wasm_bindgen(method, catch, js_name = getRandomValues)]
        fn get_random_values(this: &Crypto, bytes: &Uint8Array) -> Result<Uint8Array, JsValue>;
        #[wasm_bindgen(method, getter)]
        fn subtle(this: &Crypto) -> Option<Subtle>;

        type Subtle;
        #[wasm_bindgen(method, catch)]
        fn digest(this: &Subtle, algorithm: &str, bytes: &Uint8Array) -> Result<js_sys::Promise, JsValue>;
    }

    fn crypto() -> Option<Crypto> {
        js_sys::global().unchecked_into::<Platform>().crypto()
    }

    pub(super) fn random_bytes() -> Option<Vec<u8>> {
        crypto()?.get_random_values(&Uint8Array::new_with_length(32)).ok().map(|bytes| bytes.to_vec())
    }

    pub(super) async fn sha256(bytes: &[u8]) -> Option<Vec<u8>> {
        let digest = crypto()?.subtle()?.digest("SHA-256", &Uint8Array::from(bytes)).ok()?;
        Some(Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec())
    }
}

#[cfg(not(target_family = "wasm"))]
mod platform {
    use sha2::Digest;

    pub(super) fn random_bytes() -> Option<Vec<u8>> {
        let mut bytes = vec![0; 32];
        getrandom::fill(&mut bytes).ok()?;
        Some(bytes)
    }

    #[expect(clippy::unused_async, reason = "Web Crypto has to be waited for")]
    pub(super) async fn sha256(bytes: &[u8]) -> Option<Vec<u8>> {
        Some(sha2::Sha256::digest(bytes).to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn base64url_is_that_of_pkce() {
        let verifier = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132,
            141, 121,
        ];
        assert_eq!(Base64UrlUnpadded::encode_string(&verifier), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }
}
