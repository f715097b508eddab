//! What can go wrong with a call, in one type.

use crate::check::{Cursor, Fault, Kind, unescape};
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
}

/// The kinds of failure.
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
    },
    /// There was no complete answer in time.
    Timeout {
        /// The time it had, in milliseconds.
        timeout_ms: u32,
        /// Whether it was sent at all: the token may have taken the time.
        sent: bool,
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
    pub(crate) fn new(call: Place, kind: ErrorKind) -> Self {
        Error(Box::new(Inner { call, kind, wait: None }))
    }

    pub(crate) fn of_wait(id: &'static str, kind: ErrorKind, words: Option<String>, state: Option<Rc<dyn Any>>) -> Self {
        let call = Place { endpoint: id, route: String::new(), safe: false, reads: true };
        Error(Box::new(Inner { call, kind, wait: Some(Waited { words, state }) }))
    }

    /// What a wait has seen last, where it failed or ran out of time: the answer that it gives when it ends well. It may hold secrets.
    pub fn state<T: 'static>(&self) -> Option<&T> {
        self.0.wait.as_ref()?.state.as_ref()?.downcast_ref()
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
            ErrorKind::Network { status, .. } => *status,
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
            // 429 is refused before any work is done.
            ErrorKind::Api { status: 429, .. } => true,
            ErrorKind::Api { status: 408 | 502 | 503 | 504 | 520..=526, .. } | ErrorKind::Network { .. } | ErrorKind::Timeout { .. } => {
                self.0.call.safe
            }
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
        let Inner { call, kind, wait } = &*self.0;
        if let Some(Waited { words: Some(words), .. }) = wait {
            return words.clone();
        }
        let route = if call.route.is_empty() { String::new() } else { join(&[" (", &call.route, ")"]) };
        let place = join(&[call.endpoint, &route, ": "]);
        let done = ", so the operation itself succeeded, but the answer ";
        match kind {
            ErrorKind::Input(fault) => join(&[&place, &words_of_fault(fault)]),
            ErrorKind::Api { status, text, .. } => join(&[&place, &number((*status).into()), " ", &words_of(text)]),
            ErrorKind::Decode { fault, status, .. } => join(&[&place, &number((*status).into()), done, "cannot be used: ", &words_of_fault(fault)]),
            ErrorKind::Network { status: Some(status), .. } => join(&[&place, &number((*status).into()), done, "broke off"]),
            ErrorKind::Network { .. } => join(&[&place, "no answer, the connection failed"]),
            ErrorKind::Timeout { timeout_ms, sent } => {
                let unknown = if call.reads || !sent { "" } else { "; the server may have done it all the same" };
                join(&[&place, "no complete answer within ", &number((*timeout_ms).into()), " ms", unknown])
            }
            ErrorKind::Wait { status } => join(&[&place, "it is ", status]),
            ErrorKind::Aborted { .. } => join(&[&place, "aborted"]),
            ErrorKind::Token { .. } => join(&[&place, "the source of access tokens failed"]),
        }
    }
}

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
        assert_eq!(words_of(r#"{"message":["a"],"error":"x"}"#), "x");
        assert_eq!(words_of(r#"{"x":{"message":"inner"},"message":"outer \u00e9"}"#), "outer é");
        assert_eq!(words_of("<html>502"), "<html>502");
        assert_eq!(words_of(" "), "the server gave no reason");
        assert_eq!(words_of("null"), "null");
        assert_eq!(words_of(&"é".repeat(300)), "é".repeat(100) + "…");
    }
}
