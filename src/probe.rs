//! What is private, for the properties of `tests/fuzz.rs`. It is there natively alone, where no call can be made: no user ever links it.

use crate::check::answer::inspect;
use crate::check::{Checker, Mode, Path};
use crate::error::{Error, ErrorKind, Facts};
use crate::fault::Fault;
use crate::headers::ResponseHeaders;
use crate::options::Options;
use crate::redact::Secrets;
use crate::request::{Arguments, BodyArgument, Destination, Request};
use crate::schema::Type;
use crate::schema::endpoint::{Endpoint, Repeat};
use crate::transport::retry::{self, Outcome};

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
    inspect(text, ty, true, None, None)
}

/// What the fast path says of an answer: `false` is "look closer".
pub fn fits(text: &[u8], ty: Type) -> bool {
    supabase_management_wasm_fast_check::fits(text, ty.0)
}

/// A request with these arguments, and without a body.
fn request(endpoint: &'static Endpoint, paths: &[&str], query: &str) -> Result<Request, Fault> {
    let paths = serde_json::to_vec(paths).unwrap_or_default();
    let arguments = Arguments { paths: &paths, query: query.as_bytes(), continued: false, body: BodyArgument::None, option_names: &[] };
    Request::new(&Destination::new(endpoint, crate::api::endpoints(), &arguments), &arguments, false, &mut Secrets::default())
}

/// Verb and target of a request; without an endpoint, of one of `Client::request`, whose verb and path are `paths`.
///
/// # Errors
/// The first fault of the arguments.
pub fn target(endpoint: Option<&'static Endpoint>, paths: &[&str], query: &str) -> Result<String, Fault> {
    let request = request(endpoint.unwrap_or(Endpoint::UNLISTED), paths, query)?;
    Ok(format!("{} {}", request.verb.as_str(), request.target))
}

/// What an answer with an error is.
pub fn answered(status: u16, text: &str) -> ErrorKind {
    ErrorKind::Api { status, text: text.into(), headers: ResponseHeaders::default() }
}

/// An error of a call that may be `safe` to repeat, and that may only read.
pub fn error(kind: ErrorKind, safe: bool, reads: bool) -> Error {
    let repeat = if safe { Repeat::Safe } else { Repeat::Unsafe };
    let facts = Facts {
        attempts: 1,
        outcome_unknown: !reads && Outcome::of(&kind, false) == Outcome::Unknown,
        retryable: retry::is_retryable(&kind, repeat),
        ..Facts::default()
    };
    Error::new("request", "GET /v1", kind, facts)
}

/// Whether a request with these headers may be sent again.
pub fn repeat(endpoint: &Endpoint, headers: &[(String, String)]) -> Repeat {
    let options = Options { headers: headers.to_vec(), ..Options::default() };
    endpoint.repeat_of(endpoint.verb, options.is_keyed())
}

/// Whether a request of that class is sent again after that failure.
pub fn again(class: Repeat, kind: &ErrorKind) -> bool {
    retry::Reason::of(kind).is_some_and(|reason| retry::again(class, reason))
}

/// Milliseconds to wait after a number of failures; `random` is 0 to 1.
pub fn back_off_ms(failures: u32, random: f64) -> f64 {
    retry::wait_ms(None, failures, random)
}

/// Milliseconds to wait where a server asked for some.
pub fn spread_ms(asked_ms: f64, random: f64) -> f64 {
    retry::wait_ms(Some(asked_ms), 1, random)
}

fn known(secrets: &[String]) -> Secrets {
    let mut known = Secrets::default();
    secrets.iter().for_each(|secret| known.add(secret));
    known
}

/// A text without secrets, as headers and messages are cleaned.
pub fn redact(text: &str, secrets: &[String]) -> String {
    known(secrets).redact(text)
}

/// A text without secrets, as bodies are cleaned.
pub fn redact_body(text: &str, secrets: &[String]) -> String {
    known(secrets).redact_body(text)
}
