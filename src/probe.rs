//! What is private, for the properties of `tests/fuzz.rs`. It is there natively alone, where no call can be made: no user ever links it.

use crate::check::{Checker, Fault, Mode, Path};
use crate::client::{FREE, inspect, is_keyed};
use crate::endpoint::{Arguments, Endpoint, Repeat, free_request};
use crate::error::{Error, ErrorKind, Place};
use crate::retry;
use crate::schema::Type;
use crate::send::ResponseHeaders;
use wasm_bindgen::JsValue;

/// All faults of a text, each with whether it makes a strict check fail; and the first of those, as a check gives it that stops there.
pub fn check(text: &[u8], ty: Type, mode: Mode) -> (Vec<(Fault, bool)>, Option<Fault>) {
    let mut checker = Checker::new(text, mode, true);
    let _ = checker.value(ty, &Path::root(""));
    (checker.faults, Checker::new(text, mode, false).passes(ty, &Path::root("")).err())
}

/// A request, as [`check`] takes it.
pub const REQUEST: Mode = Mode::Request;
/// An answer, as [`check`] takes it.
pub const ANSWER: Mode = Mode::Answer;

/// What `validation: "strict"` says of an answer.
///
/// # Errors
/// The first fault that counts.
pub fn strict(text: &[u8], ty: Type) -> Result<(), Fault> {
    inspect(text, ty, true, None)
}

/// What the fast path says of an answer: `false` is "look closer".
pub fn fits(text: &[u8], ty: Type) -> bool {
    supabase_management_wasm_skim::fits(text, ty.0)
}

/// Verb and target of a request; without an endpoint, of one of `Client::request`, whose verb and path are `paths`.
///
/// # Errors
/// The first fault of the arguments.
pub fn target(endpoint: Option<&Endpoint>, paths: &[&str], query: &str) -> Result<String, Fault> {
    let paths = serde_json::to_vec(paths).unwrap_or_default();
    let arguments = Arguments { paths: &paths, query: query.as_bytes(), body: None };
    let request = endpoint.map_or_else(|| free_request(&arguments), |endpoint| endpoint.request(&arguments))?;
    Ok(format!("{} {}", request.verb.as_str(), request.target))
}

/// What an answer with an error is.
pub fn answered(status: u16, text: &str) -> ErrorKind {
    ErrorKind::Api { status, text: text.into(), headers: ResponseHeaders(JsValue::UNDEFINED) }
}

/// An error of a call that may be `safe` to repeat, and that may only read.
pub fn error(kind: ErrorKind, safe: bool, reads: bool) -> Error {
    let call = Place { endpoint: FREE.id, route: "GET /v1".into(), safe, reads, row: &FREE };
    Error::new(call, kind, 1)
}

/// Whether a request with these headers may be sent again.
pub fn repeat(endpoint: &'static Endpoint, headers: &[(String, String)]) -> Repeat {
    let keyed = is_keyed(headers);
    endpoint.outgoing(endpoint, endpoint.verb, endpoint.route, None, false, keyed).repeat
}

/// Whether a request of that class is sent again after that failure.
pub fn again(class: Repeat, kind: &ErrorKind) -> bool {
    retry::Reason::of(kind).is_some_and(|reason| retry::again(class, reason))
}

/// Milliseconds to wait after a number of failures; `random` is 0 to 1.
pub fn back_off_ms(failures: u32, random: f64) -> f64 {
    retry::back_off_ms(failures, random)
}

/// Milliseconds to wait where a server asked for some.
pub fn spread_ms(asked_ms: f64, random: f64) -> f64 {
    retry::spread_ms(asked_ms, random)
}

/// A text without secrets, as headers and messages are cleaned.
pub fn redact(text: &str, secrets: &[Vec<u8>]) -> String {
    crate::secret::redact(text, secrets)
}

/// A text without secrets, as bodies are cleaned.
pub fn redact_body(text: &str, secrets: &[Vec<u8>]) -> String {
    crate::secret::redact_body(text, secrets)
}
