//! The app that tokens are for, and the API as it gives them.

use super::renewal::{Authority, FailedRequest, Local, NewTokens};
use super::tokens::Tokens;
use crate::api::oauth::{GrantType, OAuthTokens, RevokeToken, TokenRequest};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::options::Validation;
use crate::redact::REDACTED;
use crate::text::percent_encode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::fmt;
use std::sync::Arc;

/// What an app is known by. Printed, it does not show the secret.
#[derive(Clone)]
pub struct App {
    /// Client ID, a UUID.
    pub client_id: String,
    /// Client secret. Revoking needs it.
    pub client_secret: Option<String>,
    /// Whether both go into the header `Authorization` (HTTP Basic) instead of the form.
    pub in_header: bool,
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.client_secret.as_ref().map(|_| REDACTED);
        let mut shown = formatter.debug_struct("App");
        shown.field("client_id", &self.client_id).field("client_secret", &secret).field("in_header", &self.in_header).finish()
    }
}

impl From<OAuthTokens> for Tokens {
    fn from(tokens: OAuthTokens) -> Self {
        let OAuthTokens { access_token, refresh_token, expires_in, .. } = tokens;
        Tokens { access_token, refresh_token, expires_in: Some(expires_in as f64), expires_at_ms: None }
    }
}

/// What an answer must have at least.
#[derive(Deserialize)]
pub(super) struct Answer {
    pub(super) access_token: GivenToken,
    pub(super) refresh_token: Option<String>,
    pub(super) expires_in: Option<serde_json::Value>,
}

/// A token that is not empty.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct GivenToken(pub(super) String);

impl TryFrom<String> for GivenToken {
    type Error = &'static str;

    fn try_from(text: String) -> std::result::Result<Self, Self::Error> {
        if text.trim().is_empty() { Err("an empty string") } else { Ok(GivenToken(text)) }
    }
}

impl From<Answer> for NewTokens<()> {
    fn from(answer: Answer) -> Self {
        NewTokens {
            access_token: answer.access_token.0,
            refresh_token: answer.refresh_token,
            expires_in: answer.expires_in.and_then(|seconds| seconds.as_f64()),
            answer: (),
        }
    }
}

/// The API, as it gives tokens to a Rust client.
pub(super) struct Api {
    pub(super) client: Client,
    pub(super) app: App,
}

impl Authority for Api {
    type Error = Arc<Error>;
    type Answer = ();

    fn refresh(&self, refresh_token: &str) -> Local<std::result::Result<NewTokens<()>, Arc<Error>>> {
        let App { client_id, client_secret, in_header } = self.app.clone();
        let mut form = TokenRequest { grant_type: Some(GrantType::RefreshToken), refresh_token: Some(refresh_token.into()), ..Default::default() };
        let header = in_header.then(|| basic(&client_id, client_secret.as_deref().unwrap_or_default()));
        if !in_header {
            form.client_id = Some(client_id);
            form.client_secret = client_secret;
        }
        // A strict client would refuse answers that lack what nobody needs.
        let mut call = self.client.oauth().token(&form).reading::<Answer>().validation(Validation::Lenient);
        if let Some(header) = header {
            call = call.header("authorization", &header);
        }
        Box::pin(async move { call.await.map(Into::into).map_err(Arc::new) })
    }

    fn revoke(&self, refresh_token: &str) -> Local<std::result::Result<(), Arc<Error>>> {
        let App { client_id, client_secret, .. } = self.app.clone();
        let body = RevokeToken { client_id, client_secret: client_secret.unwrap_or_default(), refresh_token: refresh_token.into() };
        let call = self.client.oauth().revoke(&body);
        Box::pin(async move { call.await.map_err(Arc::new) })
    }

    fn describe(&self, error: &Arc<Error>) -> FailedRequest {
        FailedRequest {
            status: if let ErrorKind::Api { status, .. } = error.kind() { Some(*status) } else { None },
            attempts: error.attempts(),
            succeeded: error.has_succeeded(),
            outcome_unknown: error.outcome_unknown(),
            passing: matches!(error.kind(), ErrorKind::Network { .. } | ErrorKind::Timeout { .. } | ErrorKind::RateLimit { .. }),
        }
    }
}

/// The value of the header `Authorization` for an app: HTTP Basic, with both parts encoded as RFC 6749 asks for (2.3.1).
pub(crate) fn basic(client_id: &str, client_secret: &str) -> String {
    let mut pair = String::new();
    percent_encode(client_id, &mut pair);
    pair.push(':');
    percent_encode(client_secret, &mut pair);
    format!("Basic {}", STANDARD.encode(pair))
}
