//! OAuth: an app sends the browser here, gets a code, and tokens for it. Whoever asks agrees: there is no page to click on.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::{base64url, from_base64, from_base64url, sha256};
use crate::json::{gather, json};
use crate::random::Random;
use crate::route::encode;
use crate::state::{Code, Grant, OAuth, REMEMBERED, push_bounded};

/// How long a code can be used.
const CODE_MS: i64 = 10 * 60_000;
/// How long an access token holds.
const TOKEN_SECONDS: i64 = 86_400;

impl OAuth {
    /// Whether a token is still taken. Those that nobody gave out here are.
    pub(crate) fn takes(&self, token: &str, now: i64) -> bool {
        let is_expired = |grant: &Grant| grant.access_token == token && grant.expires_at <= now;
        !self.revoked.iter().any(|revoked| revoked == token) && !self.grants.iter().any(is_expired)
    }
}

pub(super) fn authorize(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    if let Some(slug) = call.asked("organization_slug") {
        sandbox.account.organization(slug)?;
    }
    give_code(sandbox, call)
}

pub(super) fn authorize_claim(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    sandbox.account.project(call.asked("project_ref").unwrap_or_default())?;
    give_code(sandbox, call)
}

fn give_code(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    if call.asked("response_type") != Some("code") {
        return Err(Refusal::invalid("response_type", "code"));
    }
    let Sandbox { account, random, .. } = sandbox;
    let text = |name: &str| call.asked(name).unwrap_or_default().to_owned();
    let code = Code {
        code: random.uuid(),
        client_id: text("client_id"),
        redirect_uri: text("redirect_uri"),
        challenge: call.asked("code_challenge").map(str::to_owned),
        hashed: call.asked("code_challenge_method").is_some_and(|method| method != "plain"),
        created_at: call.now,
    };
    let separator = if code.redirect_uri.contains('?') { '&' } else { '?' };
    let state = call.asked("state").map(|state| format!("&state={}", encode(state))).unwrap_or_default();
    let address = format!("{}{separator}code={}{state}", code.redirect_uri, code.code);
    push_bounded(&mut account.oauth.codes, code, REMEMBERED);
    Ok(Reply::Redirect(address))
}

/// Who is asking, by the header or by the form: id, and whether a secret came with it.
fn client(call: &Call<'_>) -> Result<(String, bool), Refusal> {
    let of_header = call.headers.authorization.and_then(|header| {
        let (scheme, text) = header.trim().split_once(' ')?;
        let text = scheme.eq_ignore_ascii_case("basic").then(|| from_base64(text.trim()))??;
        let (id, secret) = std::str::from_utf8(&text).ok()?.split_once(':')?;
        Some((id.to_owned(), !secret.is_empty()))
    });
    let of_form = || Some((call.text("client_id")?.to_owned(), call.text("client_secret").is_some_and(|secret| !secret.is_empty())));
    of_header.or_else(of_form).ok_or_else(|| Refusal::new(401, "Client authentication failed"))
}

pub(super) fn token(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let (client_id, has_secret) = client(call)?;
    let Sandbox { account, random, .. } = sandbox;
    let oauth = &mut account.oauth;
    match call.text("grant_type") {
        Some("authorization_code") => {
            let refused = || Refusal::new(400, "Authorization code is invalid or expired");
            let at = oauth.codes.iter().position(|code| Some(&*code.code) == call.text("code")).ok_or_else(refused)?;
            // A code is for one try.
            let code = oauth.codes.remove(at);
            let fits = code.client_id == client_id && Some(&*code.redirect_uri) == call.text("redirect_uri") && call.now < code.created_at + CODE_MS;
            if !fits {
                return Err(refused());
            }
            let verifier = call.text("code_verifier").unwrap_or_default();
            let shown = if code.hashed { base64url(&sha256(verifier.as_bytes())) } else { verifier.into() };
            match &code.challenge {
                Some(challenge) if *challenge != shown => return Err(Refusal::new(400, "Code verifier does not match the challenge")),
                None if !has_secret => return Err(Refusal::new(401, "Client authentication failed")),
                _ => {}
            }
        }
        Some("refresh_token") => {
            let is_meant = |grant: &Grant| Some(&*grant.refresh_token) == call.text("refresh_token") && grant.client_id == client_id;
            let at = oauth.grants.iter().position(is_meant).ok_or_else(|| Refusal::new(404, "Refresh token not found"))?;
            let old = oauth.grants.remove(at);
            push_bounded(&mut oauth.revoked, old.access_token, REMEMBERED);
        }
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer") => {
            let assertion = call.text("assertion").ok_or_else(|| Refusal::invalid("assertion", "a signed JWT"))?;
            if !has_secret {
                return Err(Refusal::new(401, "Client authentication failed"));
            }
            if !holds(assertion, call.now / 1000) {
                return Err(Refusal::new(400, "Assertion is invalid or expired"));
            }
        }
        _ => return Err(Refusal::invalid("grant_type", "authorization_code, refresh_token or urn:ietf:params:oauth:grant-type:jwt-bearer")),
    }
    let grant = new_grant(random, client_id, call.now);
    let reply = Reply::json(&json!({
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
        "expires_in": TOKEN_SECONDS,
        "token_type": "Bearer",
    }));
    push_bounded(&mut oauth.grants, grant, REMEMBERED);
    reply
}

/// Whether an assertion of another issuer is what RFC 7523 asks for, at a time in seconds. Its signature is not checked: the sandbox knows no issuer.
fn holds(assertion: &str, now: i64) -> bool {
    let part = |text: &str| crate::read::parse(&from_base64url(text)?).ok();
    let parts: Vec<&str> = gather(assertion.split('.'));
    let [header, claims, signature] = parts[..] else { return false };
    let (Some(header), Some(claims)) = (part(header), part(claims)) else { return false };
    let is_signed =
        header["alg"].as_str().is_some_and(|algorithm| algorithm != "none") && from_base64url(signature).is_some_and(|bytes| !bytes.is_empty());
    let names = ["iss", "sub"].iter().all(|name| claims[*name].as_str().is_some_and(|text| !text.is_empty()));
    let seconds = |name: &str| claims[name].as_f64();
    is_signed && names && !claims["aud"].is_null() && seconds("exp") > Some(now as f64) && seconds("nbf").is_none_or(|from| from <= now as f64)
}

fn new_grant(random: &mut Random, client_id: String, now: i64) -> Grant {
    Grant { client_id, access_token: format!("sbp_oauth_{}", random.token()), refresh_token: random.token(), expires_at: now + TOKEN_SECONDS * 1000 }
}

pub(super) fn revoke(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let oauth = &mut sandbox.account.oauth;
    let is_meant = |grant: &Grant| Some(&*grant.refresh_token) == call.text("refresh_token") && Some(&*grant.client_id) == call.text("client_id");
    let at = oauth.grants.iter().position(is_meant).ok_or_else(|| Refusal::new(404, "Refresh token not found"))?;
    let grant = oauth.grants.remove(at);
    push_bounded(&mut oauth.revoked, grant.access_token, REMEMBERED);
    Ok(Reply::Empty(204))
}
