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
