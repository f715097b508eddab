//! Who gives tokens: the token endpoint, as far as tokens that renew themselves need it.

use super::basic;
use crate::api::oauth::{GrantType, OAuthTokens, RevokeToken, TokenRequest};
use crate::error::Result;
use crate::secret::REDACTED;
use crate::{Client, Validation};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A future of this thread.
pub(super) type Local<T> = Pin<Box<dyn Future<Output = T>>>;

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

/// Tokens of a user for an app, and when they end: what is stored, in the same JSON as that of the npm package. Printed, it shows neither.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Tokens {
    /// The access token.
    pub access_token: String,
    /// The refresh token. It works once.
    pub refresh_token: String,
    /// Seconds that the access token lived from the moment when it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<f64>,
    /// When the access token ends, in milliseconds since 1970. Default: `expires_in` seconds from now; without that either, a refresh comes only
    /// when a server answers 401.
    #[serde(default, rename = "expiresAt", skip_serializing_if = "Option::is_none")]
    pub expires_at_ms: Option<f64>,
}

impl From<OAuthTokens> for Tokens {
    fn from(tokens: OAuthTokens) -> Self {
        let OAuthTokens { access_token, refresh_token, expires_in, .. } = tokens;
        Tokens { access_token, refresh_token, expires_in: Some(expires_in as f64), expires_at_ms: None }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Tokens");
        shown.field("access_token", &REDACTED).field("refresh_token", &REDACTED);
        shown.field("expires_in", &self.expires_in).field("expires_at_ms", &self.expires_at_ms).finish()
    }
}

impl Tokens {
    /// Tokens as they are kept: of tokens whose end is not known, it is counted from `begun`.
    pub(super) fn kept(mut self, begun: f64) -> Self {
        self.access_token = self.access_token.trim_ascii().into();
        self.expires_in = self.expires_in.filter(|seconds| *seconds > 0.0);
        self.expires_at_ms = self.expires_at_ms.or(self.expires_in.map(|seconds| begun + seconds * 1000.0));
        self
    }

    /// Whether it is time for a refresh. Of tokens that live shortly, no more than half of the time is given away.
    pub(super) fn is_due(&self, now: f64, before_seconds: f64) -> bool {
        let half = self.expires_in.map_or(before_seconds, |seconds| seconds / 2.0);
        self.expires_at_ms.is_some_and(|end| now >= end - before_seconds.min(half) * 1000.0)
    }
}

/// What an answer must have at least.
#[derive(Deserialize)]
pub(super) struct Answer {
    pub(super) access_token: Given,
    pub(super) refresh_token: Option<String>,
    pub(super) expires_in: Option<serde_json::Value>,
}

/// A token that is not empty.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Given(pub(super) String);

impl TryFrom<String> for Given {
    type Error = &'static str;

    fn try_from(text: String) -> std::result::Result<Self, Self::Error> {
        if text.trim_ascii().is_empty() { Err("an empty string") } else { Ok(Given(text)) }
    }
}

impl Answer {
    /// Where it has no refresh token, the old one stays.
    pub(super) fn tokens(self, old: &str, begun: f64) -> Tokens {
        let refresh_token = self.refresh_token.filter(|text| !text.is_empty()).unwrap_or_else(|| old.into());
        let expires_in = self.expires_in.and_then(|seconds| seconds.as_f64());
        Tokens { access_token: self.access_token.0, refresh_token, expires_in, expires_at_ms: None }.kept(begun)
    }
}

/// Gives and ends tokens.
pub(super) trait Authority {
    fn refresh(&self, refresh_token: &str) -> Local<Result<Answer>>;
    fn revoke(&self, refresh_token: &str) -> Local<Result<()>>;
}

/// The API.
pub(super) struct Api {
    pub(super) client: Client,
    pub(super) app: App,
}

impl Authority for Api {
    fn refresh(&self, refresh_token: &str) -> Local<Result<Answer>> {
        let App { client_id, client_secret, in_header } = self.app.clone();
        let mut form = TokenRequest { grant_type: Some(GrantType::RefreshToken), refresh_token: Some(refresh_token.into()), ..Default::default() };
        let header = in_header.then(|| basic(&client_id, client_secret.as_deref().unwrap_or_default()));
        if !in_header {
            form.client_id = Some(client_id);
            form.client_secret = client_secret;
        }
        let mut call = self.client.oauth().token(&form).reading().validation(Validation::Lenient);
        if let Some(header) = header {
            call = call.header("authorization", &header);
        }
        Box::pin(async move { call.await })
    }

    fn revoke(&self, refresh_token: &str) -> Local<Result<()>> {
        let App { client_id, client_secret, .. } = self.app.clone();
        let body = RevokeToken { client_id, client_secret: client_secret.unwrap_or_default(), refresh_token: refresh_token.into() };
        let call = self.client.oauth().revoke(&body);
        Box::pin(async move { call.await })
    }
}
