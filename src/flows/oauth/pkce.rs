//! The random values of a sign-in: the secret of PKCE, and the state. They come from the platform's Web Crypto.

use crate::error::{Error, Result};
use crate::fault::Fault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::Uint8Array;
use std::fmt;
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
    fn get_random_values(this: &Crypto, bytes: &Uint8Array) -> std::result::Result<Uint8Array, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn subtle(this: &Crypto) -> Option<Subtle>;

    type Subtle;
    #[wasm_bindgen(method, catch)]
    fn digest(this: &Subtle, algorithm: &str, bytes: &Uint8Array) -> std::result::Result<js_sys::Promise, JsValue>;
}

/// The error that there is no part of Web Crypto on this platform.
fn missing(part: &str) -> Error {
    Error::input("oauth", "", Fault::new(format!("crypto.{part}"), "Web Crypto, as in Node 20 or on https", "nothing"))
}

/// A secret of PKCE (RFC 7636), and what is made of it. Printed, it shows neither.
#[derive(Clone)]
pub struct Pkce {
    /// For `code_verifier` of `oauth.token`. Keep it where the user comes back to: 43 letters.
    pub code_verifier: String,
    /// For `code_challenge` of `oauth.authorizeUrl`. Its method is [`CodeChallengeMethod::S256`](crate::api::oauth::CodeChallengeMethod::S256).
    pub code_challenge: String,
}

impl Pkce {
    /// Makes one, with the platform's Web Crypto.
    ///
    /// # Errors
    /// An input error where there is no Web Crypto: in Node 18, and in a page that came through http.
    pub async fn create() -> Result<Self> {
        let missing = || missing("subtle");
        let code_verifier = create_state()?;
        let subtle = platform().crypto().and_then(|crypto| crypto.subtle()).ok_or_else(missing)?;
        let digest = subtle.digest("SHA-256", &Uint8Array::from(code_verifier.as_bytes())).map_err(|_| missing())?;
        let hash = JsFuture::from(digest).await.map_err(|_| missing())?;
        let code_challenge = URL_SAFE_NO_PAD.encode(Uint8Array::new(&hash).to_vec());
        Ok(Pkce { code_verifier, code_challenge })
    }
}

impl fmt::Debug for Pkce {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pkce(…)")
    }
}

/// Makes a `state` for `oauth.authorizeUrl`: 43 random letters. Keep it, and compare it with the one that comes back.
///
/// # Errors
/// An input error where there is no Web Crypto, as in Node 18.
pub fn create_state() -> Result<String> {
    let bytes = platform().crypto().map(|crypto| crypto.get_random_values(&Uint8Array::new_with_length(32)));
    match bytes {
        Some(Ok(bytes)) => Ok(URL_SAFE_NO_PAD.encode(bytes.to_vec())),
        _ => Err(missing("getRandomValues")),
    }
}

fn platform() -> Platform {
    js_sys::global().unchecked_into()
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
        assert_eq!(URL_SAFE_NO_PAD.encode(verifier), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }
}
