//! The app that tokens are for, and the API as it gives them.

use super::renewal::{Authority, FailedRequest, Local, NewTokens};
use super::tokens::Tokens;
use crate::api::oauth::{GrantType, OAuthTokens, RevokeToken, TokenRequest};
use crate::call::Response;
use crate::check::Cursor;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Facts};
use crate::fault::Fault;
use crate::options::Validation;
use crate::redact::REDACTED;
use crate::text::percent_encode;
use base64ct::{Base64, Encoding};
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

/// The code that came back after consent, and what goes with it. Printed, it does not show the secrets.
#[derive(Clone, Default)]
pub struct Grant {
    /// The code.
    pub code: String,
    /// As [`Pkce::create`](super::Pkce::create) made it.
    pub code_verifier: Option<String>,
    /// Exactly the `redirect_uri` of the consent page.
    pub redirect_uri: Option<String>,
    /// The resource that the token is for, a URI. MCP clients send it.
    pub resource: Option<String>,
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verifier = self.code_verifier.as_ref().map(|_| REDACTED);
        let mut shown = formatter.debug_struct("Grant");
        shown.field("code", &REDACTED).field("code_verifier", &verifier);
        shown.field("redirect_uri", &self.redirect_uri).field("resource", &self.resource).finish()
    }
}

/// The access token of an answer, which must not be empty. `text` is what stands there as a string, `kind` tells what stands there else.
///
/// # Errors
/// There is none: the answer came with this status after so many attempts.
pub(crate) fn access_token(text: Option<&str>, kind: impl FnOnce() -> String, status: u16, attempts: u32) -> Result<String, Error> {
    let received = match text {
        Some(text) if !text.trim().is_empty() => return Ok(text.into()),
        Some(_) => "an empty string".into(),
        None => kind(),
    };
    // The text of the answer may hold other tokens.
    let kind = ErrorKind::Decode { fault: Fault::new("access_token", "string", received), status, text: String::new() };
    Err(Error::new("oauth.token", "POST /v1/oauth/token", kind, Facts { attempts, succeeded: true, ..Facts::default() }))
}

/// An answer with tokens. Only the access token must be there; what else is not of its kind is not there either.
pub(super) type Answer = serde_json::Map<String, serde_json::Value>;

pub(super) fn new_tokens(answer: &Answer, status: u16, attempts: u32) -> Result<NewTokens<()>, Error> {
    let text = |name| answer.get(name).and_then(|value| value.as_str());
    let kind = || match answer.get("access_token") {
        Some(value) => Cursor::new(value.to_string().as_bytes()).kind().name().into(),
        None => "nothing".into(),
    };
    Ok(NewTokens {
        access_token: access_token(text("access_token"), kind, status, attempts)?,
        refresh_token: text("refresh_token").map(Into::into),
        expires_in: answer.get("expires_in").and_then(|seconds| seconds.as_f64()),
        answer: (),
    })
}

/// The API, as it gives tokens to a Rust client.
pub(super) struct Api {
    pub(super) client: Client,
    pub(super) app: App,
}

impl Api {
    /// Exchanges a code for tokens.
    pub(super) fn exchange(&self, Grant { code, code_verifier, redirect_uri, resource }: Grant) -> Local<Result<NewTokens<()>, Arc<Error>>> {
        let grant_type = Some(GrantType::AuthorizationCode);
        self.ask(TokenRequest { grant_type, code: Some(code), code_verifier, redirect_uri, resource, ..Default::default() })
    }

    /// Asks for tokens, with what the app is known by.
    fn ask(&self, mut form: TokenRequest) -> Local<Result<NewTokens<()>, Arc<Error>>> {
        let App { client_id, client_secret, in_header } = self.app.clone();
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
        Box::pin(async move {
            let Response { data, status, attempts, .. } = call.with_response().await?;
            Ok(new_tokens(&data, status, attempts)?)
        })
    }
}

impl Authority for Api {
    type Error = Arc<Error>;
    type Answer = ();

    fn refresh(&self, refresh_token: &str) -> Local<Result<NewTokens<()>, Arc<Error>>> {
        self.ask(TokenRequest { grant_type: Some(GrantType::RefreshToken), refresh_token: Some(refresh_token.into()), ..Default::default() })
    }

    fn revoke(&self, refresh_token: &str) -> Local<Result<(), Arc<Error>>> {
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
    format!("Basic {}", Base64::encode_string(pair.as_bytes()))
}
