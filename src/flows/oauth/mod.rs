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
//!     let query = AuthorizeQuery::new(&app.client_id, AuthorizeResponseType::Code, redirect_uri)
//!         .state(&state)
//!         .code_challenge(&pkce.code_challenge)
//!         .code_challenge_method(CodeChallengeMethod::S256);
//!     let address = client.oauth().authorize_url(&query)?;
//!     Ok((address, pkce, state))
//! }
//!
//! /// A client of the user, of the code that came back with the right state.
//! async fn signed_in(app: App, code: String, pkce: Pkce, redirect_uri: &str) -> Result<Client> {
//!     let client = Client::with(Default::default());
//!     let mut form = TokenRequest::new()
//!         .grant_type(GrantType::AuthorizationCode)
//!         .client_id(&app.client_id)
//!         .code(code)
//!         .code_verifier(pkce.code_verifier)
//!         .redirect_uri(redirect_uri);
//!     form.client_secret = app.client_secret.clone();
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
pub(crate) mod pkce;
mod refreshing;
pub(crate) mod renewal;
#[cfg(test)]
mod tests;
mod tokens;

pub use authority::App;
pub(crate) use authority::basic;
pub use pkce::{Pkce, create_state};
pub use refreshing::{RefreshError, RefreshingTokens};
pub use tokens::Tokens;
