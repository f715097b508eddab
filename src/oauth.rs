//! OAuth beyond single calls: the random values of a sign-in, and tokens that renew themselves.
//!
//! ```
//! use supabase_management_wasm::api::oauth::{AuthorizeQuery, AuthorizeResponseType, CodeChallengeMethod, GrantType, TokenRequest};
//! use supabase_management_wasm::oauth::{App, Pkce, RefreshingTokens, create_state};
//! use supabase_management_wasm::{Client, Result};
//!
//! /// Where to send the browser, with what must be kept until it comes back.
//! async fn sign_in(client: &Client, app: &App, redirect_uri: &str) -> Result<(String, Pkce, String)> {
//!     let (pkce, state) = (Pkce::create().await?, create_state()?);
//!     let address = client.oauth().authorize_url(&AuthorizeQuery {
//!         client_id: app.client_id.clone(),
//!         response_type: AuthorizeResponseType::Code,
//!         redirect_uri: redirect_uri.into(),
//!         scope: None,
//!         state: Some(state.clone()),
//!         response_mode: None,
//!         code_challenge: Some(pkce.code_challenge.clone()),
//!         code_challenge_method: Some(CodeChallengeMethod::S256),
//!         organization_slug: None,
//!         resource: None,
//!     })?;
//!     Ok((address, pkce, state))
//! }
//!
//! /// A client of the user, of the code that came back with the right state.
//! async fn signed_in(app: App, code: String, pkce: Pkce, redirect_uri: &str) -> Result<Client> {
//!     let client = Client::with(Default::default());
//!     let form = TokenRequest {
//!         grant_type: Some(GrantType::AuthorizationCode),
//!         client_id: Some(app.client_id.clone()),
//!         client_secret: app.client_secret.clone(),
//!         code: Some(code),
//!         code_verifier: Some(pkce.code_verifier),
//!         redirect_uri: Some(redirect_uri.into()),
//!         ..Default::default()
//!     };
//!     let tokens = client.oauth().token(&form).await?;
//!     let tokens = RefreshingTokens::new(&client, app, tokens.into()).on_tokens(|tokens| async move {
//!         // Store them here.
//!         drop(tokens);
//!         Ok(())
//!     });
//!     Ok(Client::new(tokens.into_source()))
//! }
//! # let _ = (sign_in, signed_in);
//! ```

mod authority;
mod refreshing;
#[cfg(test)]
mod tests;

pub use authority::{App, Tokens};
pub use refreshing::{RefreshError, RefreshingTokens};

use crate::check::Fault;
use crate::client::FREE;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::words::join;
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
    fn fill(this: &Crypto, bytes: &js_sys::Uint8Array) -> std::result::Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn subtle(this: &Crypto) -> Option<Subtle>;

    type Subtle;
    #[wasm_bindgen(method, catch)]
    fn digest(this: &Subtle, algorithm: &str, bytes: &js_sys::Uint8Array) -> std::result::Result<js_sys::Promise, JsValue>;
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
        let missing = || missing("crypto.subtle");
        let code_verifier = create_state()?;
        let subtle = platform().crypto().and_then(|crypto| crypto.subtle()).ok_or_else(missing)?;
        let digest = subtle.digest("SHA-256", &js_sys::Uint8Array::from(code_verifier.as_bytes())).map_err(|_| missing())?;
        let hash = JsFuture::from(digest).await.map_err(|_| missing())?;
        let code_challenge = base64url(&js_sys::Uint8Array::new(&hash).to_vec());
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
    let bytes = js_sys::Uint8Array::new_with_length(32);
    let filled = platform().crypto().map(|crypto| crypto.fill(&bytes));
    match filled {
        Some(Ok(_)) => Ok(base64url(&bytes.to_vec())),
        _ => Err(missing("crypto.getRandomValues")),
    }
}

fn platform() -> Platform {
    js_sys::global().unchecked_into()
}

fn missing(part: &str) -> Error {
    // What they are for.
    let place = Place { endpoint: "oauth.authorizeUrl", route: "GET /v1/oauth/authorize".into(), safe: true, reads: true, row: &FREE };
    Error::new(place, ErrorKind::Input(Fault::new(part, "Web Crypto, as in Node 20 or on https", "nothing")), 0)
}

/// Base64 of RFC 4648, section 5, without padding.
fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    encode(bytes, LETTERS)
}

fn encode(bytes: &[u8], letters: &[u8; 64]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().enumerate().fold(0, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        for at in 0..=chunk.len() {
            text.push(letters[(bits >> (18 - 6 * at)) as usize & 63].into());
        }
    }
    text
}

/// The value of the header `Authorization` for an app: HTTP Basic, with both parts encoded as RFC 6749 asks for (2.3.1).
fn basic(client_id: &str, client_secret: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let pair = join(&[&percent(client_id), ":", &percent(client_secret)]);
    let padding = ["", "==", "="][pair.len() % 3];
    join(&["Basic ", &encode(pair.as_bytes(), LETTERS), padding])
}

fn percent(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            for part in [b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]] {
                encoded.push(part.into());
            }
        }
    }
    encoded
}
