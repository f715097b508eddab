//! Errors on their way to JavaScript, which makes instances of its classes of them.

use super::names::{OPTION_NAMES, UNKNOWN_OPTION};
use super::records::{row, to_js};
use crate::callback::call1;
use crate::cause::Cause;
use crate::error::{Error, ErrorKind};
use crate::fault::Fault;
use crate::flows::wait::polling::PollFailure;
use crate::headers::RateLimit;
use crate::options::MISSING_TOKEN;
use crate::request::MISPLACED_IN_QUERY;
use crate::transport::retry;
use js_sys::{Function, Object, Reflect, Symbol};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Something that a promise of JavaScript waits for.
    #[derive(Clone)]
    pub type Pending;
    /// Rejects with an instance of the class that the record names.
    #[wasm_bindgen(method)]
    pub(super) fn fail(this: &Pending, record: JsValue);
    /// Takes a note of whether it was a write that may have been done, whatever it rejects with.
    #[wasm_bindgen(method, setter = outcomeUnknown)]
    fn set_outcome_unknown(this: &Pending, unknown: bool);
    /// Rejects with what the user brought: the reason of a signal, what a source of tokens threw.
    #[wasm_bindgen(method, js_name = throwValue)]
    pub(super) fn throw_value(this: &Pending, value: &JsValue);
}

/// An error as its class takes it: what all have, what only its kind has, and what can be reached but is never printed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorRecord<'e> {
    name: &'static str,
    message: String,
    endpoint: &'e str,
    route: &'e str,
    attempts: u32,
    own: Own<'e>,
    hidden: Hidden<'e>,
}

/// What only some kinds of error have.
#[derive(Serialize)]
#[serde(untagged)]
enum Own<'e> {
    Nothing {},
    Fault {
        path: &'e str,
        expected: &'e str,
        received: &'e str,
    },
    Decode {
        path: &'e str,
        expected: &'e str,
        received: &'e str,
        status: u16,
    },
    #[serde(rename_all = "camelCase")]
    Api {
        status: u16,
        code: Option<String>,
        missing_permissions: Vec<String>,
        required_scope: Option<&'static str>,
        required_permissions: Vec<Vec<&'static str>>,
        unknown_route: bool,
        validation_errors: Vec<ValidationError>,
        retry_after_ms: Option<f64>,
        outcome_unknown: bool,
        rate_limit: Option<RateLimit>,
    },
    #[serde(rename_all = "camelCase")]
    OutcomeUnknown {
        outcome_unknown: bool,
    },
    #[serde(rename_all = "camelCase")]
    RateLimit {
        retry_after_ms: Option<f64>,
        outcome_unknown: bool,
    },
    /// A wait that took too long.
    #[serde(rename_all = "camelCase")]
    WaitTimeout {
        outcome_unknown: bool,
        status: Option<&'e str>,
    },
    Wait {
        status: &'e str,
    },
}

#[derive(Serialize)]
struct ValidationError {
    path: String,
    reason: String,
}

/// What is never printed.
#[derive(Serialize)]
struct Hidden<'e> {
    text: Option<&'e str>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    headers: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    cause: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    state: JsValue,
    /// The record of another error, which is the cause.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    failure: JsValue,
    /// Whether a status of success had come.
    succeeded: bool,
}

/// A fault of an option as JavaScript users know it: the names of options are those of Rust below this room.
fn in_javascript(fault: &Fault) -> Fault {
    let Fault { path, expected, received, .. } = fault;
    let path = match path.strip_prefix("options.") {
        // What the user typed stays as it is.
        Some(name) if received != UNKNOWN_OPTION && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => {
            format!("options.{}", camel_case(name))
        }
        _ => path.clone(),
    };
    let expected = match expected.as_str() {
        MISSING_TOKEN => format!("a token, as an option or in the environment variable SUPABASE_ACCESS_TOKEN{}", withheld()),
        expected => expected.replace("allow_insecure", "allowInsecure"),
    };
    if path == fault.path && expected == fault.expected { fault.clone() } else { Fault::new(path, expected, received) }
}

/// How to let the client see the variables of the environment that Deno keeps from it. It does not tell whether they are set, nor is the user asked.
fn withheld() -> String {
    let permissions = field(&field(&js_sys::global(), "Deno"), "permissions");
    let Ok(query) = field(&permissions, "querySync").dyn_into::<Function>() else { return String::new() };
    let is_withheld = |variable: &&str| {
        let asked = Object::new();
        for (name, value) in [("name", "env"), ("variable", *variable)] {
            // A plain object takes any property.
            let _ = Reflect::set(&asked, &name.into(), &value.into());
        }
        call1(&query, &permissions, &asked).is_ok_and(|status| field(&status, "state").as_string().is_some_and(|state| state != "granted"))
    };
    let variables: Vec<_> = ["SUPABASE_ACCESS_TOKEN", "SUPABASE_API_URL"].into_iter().filter(is_withheld).collect();
    if variables.is_empty() {
        return String::new();
    }
    let names = variables.join(",");
    format!(" (Deno does not permit this program to read {}: --allow-env={names} does)", variables.join(" and "))
}

/// `timeoutMs` of `timeout_ms`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_ascii_uppercase() + &word[1..])
}

/// The record of an error.
pub(super) fn record_of(error: &Error) -> JsValue {
    if let ErrorKind::Input(fault) = error.kind() {
        let shown = in_javascript(fault);
        if shown != *fault {
            return record_of(&error.clone().with_kind(ErrorKind::Input(shown)));
        }
    }
    let mut hidden = Hidden {
        text: error.text(),
        headers: JsValue::UNDEFINED,
        cause: JsValue::UNDEFINED,
        state: error.state::<JsValue>().cloned().unwrap_or_default(),
        failure: JsValue::UNDEFINED,
        succeeded: error.has_succeeded(),
    };
    let outcome_unknown = error.outcome_unknown();
    let (name, own) = match error.kind() {
        ErrorKind::Input(Fault { path, expected, received, .. }) => ("InputError", Own::Fault { path, expected, received }),
        ErrorKind::Decode { fault: Fault { path, expected, received, .. }, status, .. } => {
            ("DecodeError", Own::Decode { path, expected, received, status: *status })
        }
        ErrorKind::Api { status, headers, .. } => {
            hidden.headers = headers.to_headers().into_raw().into();
            let forbidden = *status == 403;
            let validation_errors = error.validation_errors().into_iter().map(|(path, reason)| ValidationError { path, reason });
            let own = Own::Api {
                status: *status,
                code: error.code(),
                missing_permissions: error.missing_permissions(),
                required_scope: error.required_scope().filter(|_| forbidden),
                required_permissions: if forbidden { error.required_permissions() } else { Vec::new() },
                unknown_route: error.unknown_route(),
                validation_errors: validation_errors.collect(),
                retry_after_ms: error.retry_after_ms(),
                outcome_unknown,
                rate_limit: RateLimit::told(headers),
            };
            ("ApiError", own)
        }
        ErrorKind::Network { cause, .. } => {
            hidden.cause = cause.to_js();
            if outcome_unknown { ("OutcomeUnknownError", Own::OutcomeUnknown { outcome_unknown }) } else { ("ConnectionError", Own::Nothing {}) }
        }
        ErrorKind::RateLimit { .. } => ("RateLimitError", Own::RateLimit { retry_after_ms: error.retry_after_ms(), outcome_unknown }),
        ErrorKind::Timeout { .. } if error.is_of_wait() => {
            match error.wait_failure().map(|cause| (cause, cause.downcast_ref::<Error>())) {
                Some((_, Some(failure))) => hidden.failure = record_of(failure),
                Some((cause, None)) => hidden.cause = cause.to_js(),
                None => {}
            }
            ("TimeoutError", Own::WaitTimeout { outcome_unknown, status: error.wait_status() })
        }
        ErrorKind::Timeout { .. } => ("TimeoutError", Own::OutcomeUnknown { outcome_unknown }),
        ErrorKind::Wait { status } => ("WaitError", Own::Wait { status }),
        ErrorKind::Aborted { .. } | ErrorKind::Token { .. } => ("SupabaseManagementError", Own::Nothing {}),
    };
    let mut message = String::new();
    // Writing into a string never fails.
    let _ = error.write_words(&mut message, "baseUrl");
    to_js(&ErrorRecord { name, message, endpoint: error.endpoint(), route: error.route(), attempts: error.attempts(), own, hidden })
}

/// Rejects what waits with an error; what the user brought comes back as it is.
pub(super) fn reject(pending: &Pending, error: &Error) {
    pending.set_outcome_unknown(error.outcome_unknown());
    match error.kind() {
        ErrorKind::Aborted { reason: value, .. } | ErrorKind::Token { cause: value } => pending.throw_value(&value.to_js()),
        _ => pending.fail(record_of(error)),
    }
}

/// The record of an error about an argument that only JavaScript could look at. `endpoint` is a number of the table; none for `client.request`.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = inputError))]
pub fn input_error(endpoint: Option<usize>, route: String, path: String, expected: String, received: String) -> JsValue {
    let row = row(endpoint);
    // An option that is no JSON, a signal for instance, stands in the wrong place before anything else is wrong with it.
    let name = path.strip_prefix("query.").unwrap_or_default();
    let fault = if !row.is_unlisted() && OPTION_NAMES.contains(&name) {
        Fault::new(path, format!("a known field ({MISPLACED_IN_QUERY})"), "an unknown field")
    } else {
        Fault::new(path, expected, received)
    };
    record_of(&Error::input(row.id, route, fault))
}

/// A failed poll of a wait, whose calls are made in JavaScript or here.
#[derive(Debug)]
pub(super) enum JsFailure {
    Ours(Error),
    /// What the user's function threw: it may be an error of this package, too.
    Theirs(JsValue),
    /// What ends the wait whatever it is.
    Final(JsValue),
}

impl From<Error> for JsFailure {
    fn from(error: Error) -> Self {
        JsFailure::Ours(error)
    }
}

impl PollFailure for JsFailure {
    fn may_pass(&self) -> bool {
        match self {
            JsFailure::Ours(error) => error.may_pass(),
            JsFailure::Theirs(value) => match kind_of(value).as_str() {
                "ConnectionError" | "OutcomeUnknownError" | "TimeoutError" | "RateLimitError" => true,
                "ApiError" => field(value, "status").as_f64().is_some_and(|status| retry::may_pass(status as u16)),
                _ => false,
            },
            JsFailure::Final(_) => false,
        }
    }

    fn asked_wait_ms(&self) -> f64 {
        match self {
            JsFailure::Ours(error) => error.asked_wait_ms(),
            JsFailure::Theirs(value) | JsFailure::Final(value) => field(value, "retryAfterMs").as_f64().unwrap_or_default(),
        }
    }

    fn into_cause(self) -> Cause {
        match self {
            JsFailure::Ours(error) => error.into_cause(),
            JsFailure::Theirs(value) | JsFailure::Final(value) => value.into(),
        }
    }
}

impl JsFailure {
    pub(super) fn reject(&self, pending: &Pending) {
        match self {
            JsFailure::Ours(error) => reject(pending, error),
            JsFailure::Theirs(value) | JsFailure::Final(value) => pending.throw_value(value),
        }
    }
}

/// What an error of this package says of itself, be it of another copy of the package: under a symbol that all copies have, since a name proves nothing.
/// Undefined for anything else.
pub(super) fn facts_of(value: &JsValue) -> JsValue {
    if value.is_object() { Reflect::get(value, &Symbol::for_("supabase-management-wasm.error")).unwrap_or_default() } else { JsValue::UNDEFINED }
}

/// The class of an error of this package; empty for anything else.
pub(super) fn kind_of(value: &JsValue) -> String {
    field(&facts_of(value), "kind").as_string().unwrap_or_default()
}

/// A property of anything; undefined where it has none, or cannot be asked.
pub(super) fn field(value: &JsValue, name: &str) -> JsValue {
    if value.is_object() || value.is_function() { Reflect::get(value, &name.into()).unwrap_or_default() } else { JsValue::UNDEFINED }
}
