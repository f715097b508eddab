//! Tokens that renew themselves, as JavaScript has them, and the random values of a sign-in.
//!
//! The state is kept in JavaScript as well, with every change: a trap must not lose a refresh token, which works once.

use super::arguments::kind_or_nothing;
use super::calls::start;
use super::errors::{Pending, facts_of, field, kind_of, record_of};
use super::records::to_js;
use super::token_options::record;
use crate::fault::Fault;
use crate::flows::oauth::renewal::{
    Authority, FailedRequest, Kept, Local, NEEDS, NEEDS_TO_REVOKE, NewTokens, Refusal, Renewal, State, Surroundings, Wish,
};
use crate::flows::oauth::{Pkce, Tokens, access_token, basic, create_state as random_state};
use crate::transport::http::settled;
use js_sys::{Object, Reflect};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A token source as JavaScript holds it.
    #[derive(Clone)]
    pub type JsTokenSource;
    /// What tells it from others.
    #[wasm_bindgen(method, getter)]
    fn number(this: &JsTokenSource) -> u32;
    /// What is known of the tokens: what `keep` was given last.
    #[wasm_bindgen(method, getter)]
    fn saved(this: &JsTokenSource) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = refreshBeforeSeconds)]
    fn refresh_before_seconds(this: &JsTokenSource) -> f64;
    /// The clock, in milliseconds.
    #[wasm_bindgen(method)]
    fn now(this: &JsTokenSource) -> f64;
    /// Calls `oauth.token` with a grant. Gives a promise of `data` and `status`.
    #[wasm_bindgen(method)]
    fn request(this: &JsTokenSource, grant: &JsValue) -> JsValue;
    /// Calls `oauth.revoke`.
    #[wasm_bindgen(method)]
    fn revoke(this: &JsTokenSource, refresh_token: &str) -> JsValue;
    /// Calls the user's hook, if there is one.
    #[wasm_bindgen(method, catch)]
    fn store(this: &JsTokenSource, tokens: &JsValue) -> Result<JsValue, JsValue>;
    /// Takes a note of the state.
    #[wasm_bindgen(method)]
    fn keep(this: &JsTokenSource, saved: JsValue);
    /// An instance of the class of an error.
    #[wasm_bindgen(method)]
    fn error(this: &JsTokenSource, record: JsValue) -> JsValue;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = assign)]
    fn copy_into(target: &Object, source: &JsValue) -> Result<JsValue, JsValue>;

    /// Who asks for a token.
    #[wasm_bindgen(extends = Pending)]
    pub type PendingToken;
    #[wasm_bindgen(method)]
    fn succeed(this: &PendingToken, value: &JsValue);
}

/// The API, as it gives tokens through a client of JavaScript.
struct JsAuthority(JsTokenSource);

impl Authority for JsAuthority {
    type Error = JsValue;
    type Answer = JsValue;

    fn refresh(&self, refresh_token: &str) -> Local<Result<NewTokens<JsValue>, JsValue>> {
        #[derive(Serialize)]
        struct Grant<'t> {
            grant_type: &'static str,
            refresh_token: &'t str,
        }
        self.request(&to_js(&Grant { grant_type: "refresh_token", refresh_token }))
    }

    fn revoke(&self, refresh_token: &str) -> Local<Result<(), JsValue>> {
        let promise = self.0.revoke(refresh_token);
        Box::pin(async move { settled(&promise).await.map(drop) })
    }

    fn describe(&self, error: &JsValue) -> FailedRequest {
        let kind = kind_of(error);
        let status = field(error, "status").as_f64().filter(|_| kind == "ApiError");
        FailedRequest {
            status: status.map(|status| status as u16),
            // Of what is no error of this package nothing is known.
            attempts: field(error, "attempts").as_f64().filter(|_| !kind.is_empty()).unwrap_or(1.0) as u32,
            succeeded: field(&facts_of(error), "succeeded").is_truthy(),
            outcome_unknown: field(error, "outcomeUnknown").is_truthy(),
            passing: matches!(kind.as_str(), "ConnectionError" | "TimeoutError" | "RateLimitError"),
        }
    }
}

impl JsAuthority {
    fn request(&self, grant: &JsValue) -> Local<Result<NewTokens<JsValue>, JsValue>> {
        let (source, promise) = (self.0.clone(), self.0.request(grant));
        Box::pin(async move {
            let given = settled(&promise).await?;
            let number = |name| field(&given, name).as_f64().unwrap_or_default();
            let answer = JsValue::from(copy_of(&field(&given, "data")));
            let token = field(&answer, "access_token");
            let text = token.as_string();
            let access_token = access_token(text.as_deref(), || kind_or_nothing(&token), number("status") as u16, number("attempts") as u32)
                .map_err(|error| source.error(record_of(&error)))?;
            let (refresh_token, expires_in) = (field(&answer, "refresh_token").as_string(), field(&answer, "expires_in").as_f64());
            Ok(NewTokens { access_token, refresh_token, expires_in, answer })
        })
    }
}

/// What an object has, in one of our own. It ends where a getter or a proxy throws, as a client of somebody else may give anything.
fn copy_of(object: &JsValue) -> Object {
    let copy = Object::new();
    if object.is_object() {
        let _ = copy_into(&copy, object);
    }
    copy
}

/// Tokens as JavaScript has them: what the answer had, and when they end.
fn tokens_to_js(Kept { tokens, answer }: &Kept<JsValue>) -> JsValue {
    let all = copy_of(answer);
    let end = tokens.expires_at_ms.map_or(JsValue::UNDEFINED, JsValue::from);
    for (name, value) in
        [("access_token", tokens.access_token.as_str().into()), ("refresh_token", tokens.refresh_token.as_str().into()), ("expiresAt", end)]
    {
        // A plain object takes any property.
        let _ = Reflect::set(&all, &name.into(), &value);
    }
    all.into()
}

fn tokens_from_js(value: &JsValue, now: f64) -> Option<Kept<JsValue>> {
    let tokens = Tokens {
        access_token: field(value, "access_token").as_string()?,
        refresh_token: field(value, "refresh_token").as_string().unwrap_or_default(),
        expires_in: field(value, "expires_in").as_f64(),
        expires_at_ms: field(value, "expiresAt").as_f64(),
    };
    Some(Kept { tokens: tokens.kept(now), answer: value.clone() })
}

/// The state as JavaScript keeps it.
#[derive(Serialize)]
struct Saved {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    current: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    fresh: JsValue,
    failure: Option<SavedFailure>,
    requesting: bool,
}

/// Why there is nothing to be had.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SavedFailure {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    error: JsValue,
    /// Whether the user must sign in again.
    sign_in_required: bool,
    /// What the error is to say besides.
    words: &'static str,
}

const REVOKED: &str = "createTokenSource: the tokens were revoked, the user must sign in again";
const SIGN_IN: &str = "the tokens cannot be renewed, the user must sign in again";
const UNKNOWN: &str = "the refresh token may be used up: refresh() of the token source tries it again, or let the user sign in";
const TRAPPED: &str = "createTokenSource: the WebAssembly module failed during a refresh";

fn save(source: &JsTokenSource, state: &State<JsValue, JsValue>) {
    let tokens = |kept: &Option<Kept<JsValue>>| kept.as_ref().map_or(JsValue::UNDEFINED, tokens_to_js);
    let failure = match &state.failure {
        Some(Refusal::SignIn(error)) => Some(SavedFailure { error: error.clone(), sign_in_required: true, words: SIGN_IN }),
        Some(Refusal::Unknown(error)) => Some(SavedFailure { error: error.clone(), sign_in_required: false, words: UNKNOWN }),
        Some(Refusal::Revoked) => Some(SavedFailure { error: JsValue::UNDEFINED, sign_in_required: true, words: REVOKED }),
        _ => None,
    };
    source.keep(to_js(&Saved { current: tokens(&state.current), fresh: tokens(&state.fresh), failure, requesting: state.requesting }));
}

fn restore(source: &JsTokenSource) -> State<JsValue, JsValue> {
    let now = source.now();
    let saved = source.saved();
    let failure = field(&saved, "failure");
    let error = field(&failure, "error");
    let lost = field(&saved, "requesting").is_truthy();
    let failure = if lost {
        // An instance of the wasm was lost meanwhile. Nobody knows what became of the refresh token.
        Some(Refusal::Unknown(source.error(plain_record(TRAPPED))))
    } else if !failure.is_object() {
        None
    } else if error.is_undefined() {
        Some(Refusal::Revoked)
    } else if field(&failure, "signInRequired").is_truthy() {
        Some(Refusal::SignIn(error))
    } else {
        Some(Refusal::Unknown(error))
    };
    let (current, fresh) = (tokens_from_js(&field(&saved, "current"), now), tokens_from_js(&field(&saved, "fresh"), now));
    let state = State { current, fresh, failure, requesting: false };
    if lost {
        // Its error gets the words that say what to do, and stays the same one until somebody does it.
        save(source, &state);
    }
    state
}

/// The record of an error that is about no call.
fn plain_record(message: &str) -> JsValue {
    #[derive(Serialize)]
    struct Plain<'m> {
        name: &'static str,
        message: &'m str,
    }
    to_js(&Plain { name: "SupabaseManagementError", message })
}

thread_local! {
    static SOURCES: RefCell<Vec<(u32, Renewal<JsAuthority>)>> = const { RefCell::new(Vec::new()) };
}

/// The renewal of a source. One that does nothing right now can be dropped: its state is in JavaScript.
fn renewal_of(source: &JsTokenSource) -> Renewal<JsAuthority> {
    let number = source.number();
    let known = || SOURCES.with_borrow(|sources| sources.iter().find(|(known, _)| *known == number).map(|(_, renewal)| renewal.clone()));
    if let Some(renewal) = known() {
        return renewal;
    }
    let state = restore(source);
    // The clock was asked, which may have asked for a token by itself: two renewals would use a refresh token twice.
    if let Some(renewal) = known() {
        return renewal;
    }
    let (clock, told, stored) = (source.clone(), source.clone(), source.clone());
    let around = Surroundings {
        authority: JsAuthority(source.clone()),
        store: RefCell::new(Some(Rc::new(move |kept| {
            let stored = stored.store(&tokens_to_js(&kept));
            Box::pin(async move {
                settled(&stored?).await?;
                Ok(())
            })
        }))),
        before_seconds: Cell::new(source.refresh_before_seconds()),
        now: Box::new(move || clock.now()),
        spawn: start,
        on_change: Some(Box::new(move |state| save(&told, state))),
    };
    let renewal = Renewal::new(around, state);
    SOURCES.with_borrow_mut(|sources| {
        if sources.len() == sources.capacity() {
            sources.retain(|(_, renewal)| !renewal.is_idle());
        }
        sources.push((number, renewal.clone()));
    });
    renewal
}

/// Ends a question about tokens.
fn answer(pending: &PendingToken, result: Result<JsValue, Refusal<JsValue>>, needs: &str) {
    match result {
        Ok(value) => pending.succeed(&value),
        Err(Refusal::Nothing) => pending.fail(record(Fault::of_option("tokens", needs, "nothing"))),
        Err(Refusal::Revoked) => pending.fail(plain_record(REVOKED)),
        Err(Refusal::SignIn(error) | Refusal::Unknown(error) | Refusal::Failed(error)) => pending.throw_value(&error),
        Err(Refusal::Storing(cause)) => pending.throw_value(&cause.to_js()),
    }
}

/// Takes tokens that are known already. Of those without an end, it is counted from now.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = keepTokens))]
pub fn keep_tokens(source: &JsTokenSource, tokens: &JsValue) {
    let current = tokens_from_js(tokens, source.now());
    save(source, &State { current, ..State::default() });
}

/// Gives a token: another one than `refused`, if that is a string; a new one whatever is known, if it is true.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = giveToken))]
pub fn give_token(source: &JsTokenSource, pending: PendingToken, refused: JsValue) {
    let renewal = renewal_of(source);
    start(async move {
        let text = refused.as_string();
        let wish = match &text {
            Some(text) => Wish::Another(text),
            None if refused.is_truthy() => Wish::New,
            None => Wish::Any,
        };
        let result = renewal.give(wish).await.map(JsValue::from);
        answer(&pending, result, NEEDS);
    });
}

/// Exchanges a code for tokens, and gives them. `grant` has the fields of the form.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = exchangeCode))]
pub fn exchange_code(source: &JsTokenSource, pending: PendingToken, grant: JsValue) {
    let renewal = renewal_of(source);
    start(async move {
        let result = renewal.exchange(move |authority| authority.request(&grant)).await;
        answer(&pending, result.map(|kept| tokens_to_js(&kept)), NEEDS);
    });
}

/// Revokes the tokens.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = revokeTokens))]
pub fn revoke_tokens(source: &JsTokenSource, pending: PendingToken) {
    let renewal = renewal_of(source);
    start(async move {
        let result = renewal.revoke().await.map(|()| JsValue::UNDEFINED);
        answer(&pending, result, NEEDS_TO_REVOKE);
    });
}

/// The value of the header `Authorization` for an app.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = basicAuthorization))]
pub fn basic_authorization(client_id: &str, client_secret: &str) -> String {
    basic(client_id, client_secret)
}

/// A random `state`: `value`, or the record of an `error`.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = createState))]
pub fn create_state() -> JsValue {
    #[derive(Serialize)]
    struct Random {
        value: Option<String>,
        #[serde(with = "serde_wasm_bindgen::preserve")]
        error: JsValue,
    }
    to_js(&match random_state() {
        Ok(value) => Random { value: Some(value), error: JsValue::UNDEFINED },
        Err(error) => Random { value: None, error: record_of(&error) },
    })
}

/// A secret of PKCE, and its challenge.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = createPkce))]
pub fn create_pkce(pending: PendingToken) {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct PkceRecord {
        code_verifier: String,
        code_challenge: String,
        code_challenge_method: &'static str,
    }
    start(async move {
        match Pkce::create().await {
            Ok(Pkce { code_verifier, code_challenge }) => {
                pending.succeed(&to_js(&PkceRecord { code_verifier, code_challenge, code_challenge_method: "S256" }));
            }
            Err(error) => pending.fail(record_of(&error)),
        }
    });
}
