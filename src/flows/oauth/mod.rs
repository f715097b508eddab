//! OAuth beyond single calls: the random values of a sign-in, and tokens that renew themselves.
//!
//! ```
//! use supabase_management_wasm::api::oauth::{AuthorizeQuery, AuthorizeResponseType, CodeChallengeMethod};
//! use supabase_management_wasm::oauth::{App, Grant, Pkce, RefreshError, RefreshingTokens, create_state};
//! use supabase_management_wasm::{Client, Result};
//!
//! /// Where to send the browser, with what must be kept until it comes back.
//! async fn sign_in(client: &Client, app: &App, redirect_uri: &str) -> Result<(String, Pkce, String)> {
//!     let (pkce, state) = (Pkce::create().await?, create_state()?);
//!     let query = AuthorizeQuery::new(&app.client_id, AuthorizeResponseType::Code, redirect_uri)
//!         .state(&state)
//!         .code_challenge(&pkce.code_challenge)
//!         .code_challenge_method(CodeChallengeMethod::S256);
//!     let address = client.oauth().authorize_url(&query)?;
//!     Ok((address, pkce, state))
//! }
//!
//! /// A client of the user, of the code that came back with the right state.
//! async fn signed_in(app: App, code: String, pkce: Pkce, redirect_uri: &str) -> std::result::Result<Client, RefreshError> {
//!     let tokens = RefreshingTokens::without_tokens(&Client::with(Default::default()), app).on_tokens(|tokens| async move {
//!         // Store them here. Later: `RefreshingTokens::new` with them.
//!         drop(tokens);
//!         Ok(())
//!     });
//!     let grant = Grant { code, code_verifier: Some(pkce.code_verifier), redirect_uri: Some(redirect_uri.into()), resource: None };
//!     tokens.exchange(grant).await?;
//!     Ok(Client::new(tokens.into_source()))
//! }
//! # let _ = (sign_in, signed_in);
//! ```

mod authority;
mod pkce;
mod refreshing;
pub(crate) mod renewal;
#[cfg(test)]
mod tests;
mod tokens;

pub use authority::{App, Grant};
pub(crate) use authority::{access_token, basic};
pub use pkce::{Pkce, create_state};
pub use refreshing::{RefreshError, RefreshingTokens};
pub use tokens::Tokens;
