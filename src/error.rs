//! What can go wrong with a call, in one type.

use crate::check::{Cursor, Fault, Kind, unescape};
use crate::client::FREE;
use crate::endpoint::{Endpoint, Repeat};
use crate::headers::wait_of;
use crate::retry::{Reason, again};
use crate::send::ResponseHeaders;
use crate::words::{join, number};
use std::any::Any;
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// What a call gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call failed, and which one it was. It holds no token, no secret and no URL.
pub struct Error(Box<Inner>);

struct Inner {
    call: Place,
    kind: ErrorKind,
    attempts: u32,
    wait: Option<Waited>,
}

/// What an error of a wait has besides.
struct Waited {
    /// Its words, where the kind does not give them.
    words: Option<String>,
    /// What was seen last.
    state: Option<Rc<dyn Any>>,
}

/// Which call it was.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) endpoint: &'static str,
    pub(crate) route: String,
    /// Whether repeating it does no harm.
    pub(crate) safe: bool,
    /// Whether it changes nothing.
    pub(crate) reads: bool,
    /// The row of the endpoint.
    pub(crate) row: &'static Endpoint,
}

/// The kinds of failure.
#[derive(Clone)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument or an option is wrong; nothing was sent.
    Input(Fault),
    /// The server answered with another status than 2xx.
    Api {
        /// The status.
        status: u16,
        /// The body as text, whatever it was.
        text: String,
        /// The headers.
        headers: ResponseHeaders,
    },
    /// The server answered 2xx, so the operation itself succeeded, but its body is not what it should be.
    Decode {
        /// What does not fit, and where.
        fault: Fault,
        /// The status.
        status: u16,
        /// The body as text.
        text: String,
    },
    /// There was no answer, or it broke off.
    Network {
        /// What `fetch` rejected with.
        cause: JsValue,
        /// The status, where the answer broke off after it.
        status: Option<u16>,
        /// Whether the connection failed; else something came that is no answer.
        lost: bool,
    },
    /// There was no complete answer in time.
    Timeout {
        /// The time it had, in milliseconds.
        timeout_ms: u32,
        /// Whether it was sent at all: the token may have taken the time, or the turn.
        sent: bool,
        /// The status, where the answer had begun.
        status: Option<u16>,
        /// Whether it was the time for all attempts together.
        overall: bool,
    },
    /// The rate limit is spent, as far as the answers so far tell, and there is no time to wait or no wish to. This attempt was not sent.
    RateLimit {
        /// Milliseconds until the window ends.
        wait_ms: f64,
    },
    /// What was waited for has failed.
    Wait {
        /// The status that shows it: `INIT_FAILED`.
        status: String,
    },
    /// The signal aborted the call.
    Aborted {
        /// The signal's reason.
        reason: JsValue,
    },
    /// The source of tokens failed.
    Token {
        /// Its error.
        cause: JsValue,
    },
}

impl Error {
    pub(crate) fn of_wait(id: &'static str, kind: ErrorKind, words: Option<String>, state: Option<Rc<dyn Any>>) -> Self {
        let call = Place { endpoint: id, route: String::new(), safe: false, reads: true, row: &FREE };
        Error(Box::new(Inner { call, kind, attempts: 0, wait: Some(Waited { words, state }) }))
    }

    /// What a wait has seen last, where it failed or ran out of time: the answer that it gives when it ends well. It may hold secrets.
    pub fn state<T: 'static>(&self) -> Option<&T> {
        self.0.wait.as_ref()?.state.as_ref()?.downcast_ref()
    }

    pub(crate) fn new(call: Place, kind: ErrorKind, attempts: u32) -> Self {
        Error(Box::new(Inner { call, kind, attempts, wait: None }))
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Milliseconds that the server asked to wait, or until the window of the rate limit ends.
    pub fn retry_after_ms(&self) -> Option<f64> {
        match &self.0.kind {
            ErrorKind::RateLimit { wait_ms } => Some(*wait_ms),
            kind => Some(wait_of(kind)).filter(|wait| !wait.is_nan()),
        }
    }

    /// Whether it was a write that may have been done all the same: look before you repeat it.
    pub fn outcome_unknown(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Network { cause, status: None, lost: true } => !self.0.call.reads && !never_left(cause),
            ErrorKind::Timeout { sent, status: None, .. } => *sent && !self.0.call.reads,
            ErrorKind::Api { status, .. } => !self.0.call.reads && *status != 429 && again(Repeat::Safe, Reason::Status(*status)),
            _ => false,
        }
    }

    /// The OAuth scope that the endpoint needs, where the API names one.
    pub fn required_scope(&self) -> Option<&'static str> {
        self.0.call.row.scope()
    }

    /// The permissions that a fine-grained token needs for the endpoint: all names of any of the lists.
    pub fn required_permissions(&self) -> Vec<Vec<&'static str>> {
        self.0.call.row.permissions()
    }

    /// Whether the server does not know the address at all: there is no such endpoint, where else 404 means that an object is missing.
    pub fn unknown_route(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::Api { status: 404, text, .. } if is_unknown_route(&words_of(text)))
    }

    /// What the server found wrong in the request, where it answered 400 and its words can be read so: path and reason.
    pub fn validation_errors(&self) -> Vec<(String, String)> {
        match &self.0.kind {
            ErrorKind::Api { status: 400, text, .. } => validation_errors(text),
            _ => Vec::new(),
        }
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// What does not fit, where something was checked.
    pub fn fault(&self) -> Option<&Fault> {
        match &self.0.kind {
            ErrorKind::Input(fault) | ErrorKind::Decode { fault, .. } => Some(fault),
            _ => None,
        }
    }

    /// The endpoint: `projects.get`.
    pub fn endpoint(&self) -> &'static str {
        self.0.call.endpoint
    }

    /// Its method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub fn route(&self) -> &str {
        &self.0.call.route
    }

    /// The status, where a server answered.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            ErrorKind::Api { status, .. } | ErrorKind::Decode { status, .. } => Some(*status),
            ErrorKind::Network { status, .. } | ErrorKind::Timeout { status, .. } => *status,
            _ => None,
        }
    }

    /// The body of the answer, where there was one.
    pub fn text(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Api { text, .. } | ErrorKind::Decode { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What the server said, where it answered with an error.
    pub fn message(&self) -> Option<String> {
        match &self.0.kind {
            ErrorKind::Api { text, .. } => Some(words_of(text)),
            _ => None,
        }
    }

    /// The permissions that a fine-grained token lacks, where the server listed them.
    pub fn missing_permissions(&self) -> Vec<String> {
        let ErrorKind::Api { text, .. } = &self.0.kind else { return Vec::new() };
        let body: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let names = body["missing_permissions"].as_array().cloned().unwrap_or_default();
        names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    /// Whether it can help to make the same call again, and that does no harm.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            ErrorKind::RateLimit { .. } => true,
            ErrorKind::Timeout { sent, .. } => !sent || self.0.call.safe,
            ErrorKind::Network { .. } => self.0.call.safe,
            ErrorKind::Api { status, .. } => again(if self.0.call.safe { Repeat::Safe } else { Repeat::Unsafe }, Reason::Status(*status)),
            _ => false,
        }
    }
}

/// What a server's error says: its `message`, one of the names that others use, or the text itself.
fn words_of(text: &str) -> String {
    for name in ["message", "error_description", "error", "msg"] {
        let Some(mut found) = Cursor::new(text.as_bytes()).find(name.as_bytes()) else { continue };
        if found.kind() == Kind::Object {
            match found.find(b"message") {
                Some(inner) => found = inner,
                None => continue,
            }
        }
        if found.kind() == Kind::Array {
            let lines: Vec<serde_json::Value> =
                serde_json::from_str::<serde_json::Value>(text).map(|body| body[name].as_array().cloned()).ok().flatten().unwrap_or_default();
            let lines: Vec<_> = lines.iter().filter_map(|line| line.as_str()).filter(|line| !line.trim_ascii().is_empty()).collect();
            if !lines.is_empty() {
                return lines.join("; ");
            }
        }
        if found.kind() == Kind::String
            && let Some(words) = found.raw_string().map(unescape)
            && !words.trim_ascii().is_empty()
        {
            return words;
        }
    }
    // A page of HTML, say. The whole of it is in `text`.
    let text = text.trim_ascii();
    let mut end = text.len().min(200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match &text[..end] {
        "" => "the server gave no reason".into(),
        words => join(&[words, if end < text.len() { "…" } else { "" }]),
    }
}

impl Error {
    /// Its words, as `Display` writes them.
    pub(crate) fn words(&self) -> String {
        let Inner { call, kind, wait, .. } = &*self.0;
        if let Some(Waited { words: Some(words), .. }) = wait {
            return words.clone();
        }
        let route = if call.route.is_empty() { String::new() } else { join(&[" (", &call.route, ")"]) };
        let place = join(&[call.endpoint, &route, ": "]);
        let done = ", so the operation itself succeeded, but the answer ";
        match kind {
            ErrorKind::Input(fault) => join(&[&place, &words_of_fault(fault)]),
            ErrorKind::Api { status, text, .. } => join(&[&place, &number((*status).into()), " ", &words_of(text), &self.hint(), self.unknown()]),
            ErrorKind::Decode { fault, status, .. } => join(&[&place, &number((*status).into()), done, "cannot be used: ", &words_of_fault(fault)]),
            ErrorKind::Network { status: Some(status), .. } => join(&[&place, &number((*status).into()), done, "broke off"]),
            ErrorKind::Network { .. } => join(&[&place, "no answer, the connection failed", self.unknown()]),
            ErrorKind::Timeout { timeout_ms, status, overall, sent } => {
                let whole = if *overall { " for all attempts together" } else { "" };
                let time = join(&["no complete answer within ", &number((*timeout_ms).into()), " ms", whole]);
                match status {
                    Some(status) => join(&[&place, &number((*status).into()), done, "did not end: ", &time]),
                    None if *sent => join(&[&place, &time, self.unknown()]),
                    None => join(&[&place, &time, self.unsent()]),
                }
            }
            ErrorKind::RateLimit { wait_ms } => {
                join(&[&place, "the rate limit is spent for another ", &number(*wait_ms as i64), " ms", self.unsent()])
            }
            ErrorKind::Wait { status } => join(&[&place, "it is ", status]),
            ErrorKind::Aborted { .. } => join(&[&place, "aborted"]),
            ErrorKind::Token { .. } => join(&[&place, "the source of access tokens failed"]),
        }
    }
}

impl Error {
    fn unknown(&self) -> &'static str {
        if self.outcome_unknown() { "; the server may have done it all the same: look before you repeat it" } else { "" }
    }

    fn unsent(&self) -> &'static str {
        if self.0.attempts == 0 && self.0.wait.is_none() { "; nothing was sent" } else { "" }
    }

    /// What can be done about it.
    fn hint(&self) -> String {
        if self.unknown_route() {
            return " (the server has no such route: is baseUrl right?)".into();
        }
        if let Some(wait) = self.retry_after_ms()
            && self.status() != Some(403)
        {
            return join(&[" (the server asks to wait ", &number(wait as i64), " ms)"]);
        }
        let needs = self.needs();
        let missing = self.missing_permissions().join(", ");
        match (self.status() == Some(403) && !needs.is_empty(), missing.is_empty()) {
            (false, _) => String::new(),
            (true, true) => join(&[" (needs ", &needs, ")"]),
            (true, false) => join(&[" (needs ", &needs, "; missing: ", &missing, ")"]),
        }
    }

    fn needs(&self) -> String {
        let scope = self.required_scope().map(|scope| join(&["the OAuth scope ", scope]));
        let together: Vec<_> = self.required_permissions().iter().map(|names| names.join(" and ")).collect();
        let permissions = (!together.is_empty()).then(|| join(&["the permission ", &together.join(" or ")]));
        scope.into_iter().chain(permissions).collect::<Vec<_>>().join(" or ")
    }
}

/// What the API says where there is no such route.
fn is_unknown_route(words: &str) -> bool {
    words
        .strip_prefix("Cannot ")
        .and_then(|rest| rest.split_once(' '))
        .is_some_and(|(verb, path)| path.starts_with('/') && verb.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// `roles: Invalid input: expected array, received undefined`, in one string or in a list of them.
fn validation_errors(text: &str) -> Vec<(String, String)> {
    let body: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let messages = match &body["message"] {
        serde_json::Value::Array(items) => items.iter().filter_map(|item| item.as_str()).collect(),
        message => message.as_str().into_iter().collect::<Vec<_>>(),
    };
    messages.iter().flat_map(|message| message.split('\n')).filter_map(validation_error).collect()
}

fn validation_error(line: &str) -> Option<(String, String)> {
    let (path, reason) = line.trim().split_once(": ")?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_$.[]-".contains(&byte);
    let begins = path.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || b"_$[".contains(&byte));
    // `ERROR: …` of a database is no path, nor is `Failed: …`.
    let shouts = !path.bytes().any(|byte| byte.is_ascii_lowercase());
    (begins && !shouts && path.bytes().all(fits)).then(|| (path.into(), reason.into()))
}

/// Whether the reason says that nothing was sent: refused, no such host, no secure connection. Engines other than Node do not tell.
fn never_left(cause: &JsValue) -> bool {
    // Tests of pure rules run without an engine to ask.
    if !cfg!(target_arch = "wasm32") {
        return false;
    }
    let code = |value: &JsValue| js_sys::Reflect::get(value, &"code".into()).ok().and_then(|code| code.as_string());
    let inner = js_sys::Reflect::get(cause, &"cause".into()).unwrap_or_default();
    let named = |code: &str| NEVER_LEFT.iter().any(|begin| code.starts_with(begin));
    [cause, &inner].into_iter().filter_map(code).any(|code| named(&code))
}

const NEVER_LEFT: [&str; 10] = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
    "CERT_",
    "ERR_TLS_CERT",
    "DEPTH_ZERO_",
    "ERR_INVALID_URL",
];

fn words_of_fault(fault: &Fault) -> String {
    let colon = if fault.path.is_empty() { "" } else { ": " };
    join(&[&fault.path, colon, "expected ", &fault.expected, ", received ", &fault.received])
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The same words: bodies and causes may hold what does not belong into a log.
        write!(formatter, "Error({self})")
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_server_come_first() {
        assert_eq!(words_of(r#"{"message":"Project not found"}"#), "Project not found");
        assert_eq!(words_of(r#"{"error":"invalid_grant","error_description":"code expired"}"#), "code expired");
        assert_eq!(words_of(r#"{"message":["a: no","b: no",1],"error":"x"}"#), "a: no; b: no");
        assert_eq!(words_of(r#"{"message":{},"error":"x"}"#), "x");
        assert_eq!(words_of(r#"{"x":{"message":"inner"},"message":"outer \u00e9"}"#), "outer é");
        assert_eq!(words_of("<html>502"), "<html>502");
        assert_eq!(words_of(" "), "the server gave no reason");
        assert_eq!(words_of("null"), "null");
        assert_eq!(words_of(&"é".repeat(300)), "é".repeat(100) + "…");
    }
}
