//! Faults on demand.

use crate::Response;
use crate::call::Refusal;
use crate::json::{json, text};
use crate::read::{InputError, one_of};
use crate::record::{Json, record};
use serde_json::Value;
use supabase_management_wasm::api::requests;
use supabase_management_wasm::testing::nearest;

record! {
    /// What the next answers of an endpoint are. In JSON its fields are in camel case: `{ "endpoint": "projects.list", "status": 503, "delayMs": 20 }`.
    ///
    /// At least one of `status`, `html`, `lost`, `truncated` and `delay_ms` says what goes wrong. With `status`, `html` or `lost` the call is not carried
    /// out, unless `carried_out` says so; with the others alone its own answer comes, late or in part.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Fault {
        /// Whose answers: an endpoint as the client names it (`projects.list`), all of a group (`functions.*`, `v2.*`), or every call (`*`, the default).
        pub endpoint: String = "*".into(),
        /// How many answers, 1 by default; `None` (in JSON `null`) is all of them.
        pub times: Option<u32> = Some(1),
        /// A status, 200 to 599. A 429 comes with `Retry-After` and `X-RateLimit-*` of one second.
        pub status: Option<u16>,
        /// Headers besides, or in place of those that come with the status. The names are case-insensitive.
        pub headers: Vec<(String, String)> = Vec::new(),
        /// The body that goes with the status: JSON, or a string for another text. By default it is an error in the shape of the API.
        pub body: Option<Value>,
        /// The page of a gateway in place of JSON: with the status 502, unless another one is given, and with the text of `body`, if there is one.
        pub html: bool = false,
        /// No answer: the connection is lost.
        pub lost: bool = false,
        /// The body ends after half of it, and the connection with it.
        pub truncated: bool = false,
        /// The answer comes later, by so many milliseconds: 2,147,483,647 at most, which is 24 days.
        pub delay_ms as "delayMs": u32 = 0,
        /// Whether the call is carried out before its answer is replaced or lost, so that only looking tells.
        pub carried_out as "carriedOut": bool = false,
    }
}

impl Default for Fault {
    fn default() -> Self {
        Json::any()
    }
}

/// What a host does to the connection of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It sends nothing and closes it.
    Lost,
    /// It announces the whole body, sends half of it and closes it.
    Truncated,
}

/// The longest that timers of JavaScript can wait, in milliseconds: 24 days.
const LONGEST_DELAY: u32 = 2_147_483_647;
/// Statuses whose answers have no body.
const WITHOUT_BODY: [u16; 3] = [204, 205, 304];
/// Headers that follow from the body and the connection.
const RESERVED: [&str; 4] = ["content-length", "transfer-encoding", "connection", "content-encoding"];

/// What the API, or the gateway before it, says by default.
#[rustfmt::skip]
const WORDS: &[(u16, &str)] = &[
    (400, "Bad request"),
    (401, "Unauthorized"),
    (402, "Payment required"),
    (403, "Your account does not have the necessary privileges to access this endpoint."),
    (404, "Not found"),
    (408, "Request timeout"),
    (409, "Conflict"),
    (429, "ThrottlerException: Too Many Requests"),
    (502, "Bad gateway"),
    (503, "Service unavailable"),
    (504, "Gateway timeout"),
];

impl Fault {
    /// Whether it takes the place of what the call would answer.
    fn replaces(&self) -> bool {
        self.status.is_some() || self.html || self.lost
    }

    /// Whether the call does nothing.
    pub(crate) fn prevents(&self) -> bool {
        self.replaces() && !self.carried_out
    }

    pub(super) fn is_for(&self, endpoint: &str) -> bool {
        fits(&self.endpoint, endpoint)
    }

    pub(super) fn check(&self) -> Result<(), InputError> {
        let wrong = |path: &str, expected: &str, received: &str| Err(InputError::new(path, expected, received));
        if self.endpoint != "*" && !requests().iter().any(|row| fits(&self.endpoint, row.id)) {
            let near = nearest(&self.endpoint, requests().iter().map(|row| row.id)).map(|near| format!(" (did you mean {near}?)"));
            let expected = format!("an endpoint such as projects.list, a group such as functions.*, or *{}", near.unwrap_or_default());
            return wrong("endpoint", &expected, "an unknown one");
        }
        if self.times == Some(0) {
            return wrong("times", "integer, at least 1, or null for all", "0");
        }
        if let Some(status) = self.status.filter(|status| !(200..600).contains(status)) {
            return wrong("status", "integer, 200 to 599", &status.to_string());
        }
        if self.delay_ms > LONGEST_DELAY {
            return wrong("delayMs", &format!("integer, at most {LONGEST_DELAY}"), &self.delay_ms.to_string());
        }
        for (name, value) in &self.headers {
            let is_token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            let path = format!("headers[{}]", text(&name.as_str().into()));
            if !is_token || RESERVED.contains(&&*name.to_ascii_lowercase()) {
                return wrong(&path, "the name of a header that does not depend on the body", "another name");
            }
            if !value.bytes().all(|byte| byte == b'\t' || (b' '..127).contains(&byte)) {
                return wrong(&path, "printable ASCII", "another string");
            }
        }
        if !self.replaces() && !self.truncated && self.delay_ms == 0 {
            return wrong("", &one_of(&["status", "html", "lost", "truncated", "delayMs"]), "none of them");
        }
        let has_answer = self.status.is_some() || self.html || self.truncated || self.body.is_some() || !self.headers.is_empty();
        if self.lost && has_answer {
            return wrong("lost", "no status, html, body, headers or truncated beside it, as nothing is answered", "some");
        }
        if self.status.is_none() && !self.html && (self.body.is_some() || !self.headers.is_empty()) {
            return wrong("status", "the status that body and headers go with", "nothing");
        }
        if self.html && self.body.as_ref().is_some_and(|body| !body.is_string()) {
            return wrong("body", "the text of a page", "another value");
        }
        if self.status.is_some_and(|status| WITHOUT_BODY.contains(&status)) && (self.html || self.body.is_some()) {
            return wrong("body", "none, as this status has none", "some");
        }
        Ok(())
    }

    /// As JSON.
    pub(super) fn shown(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "times": self.times,
            "status": self.status,
            "headers": self.headers,
            "body": self.body,
            "html": self.html,
            "lost": self.lost,
            "truncated": self.truncated,
            "delayMs": self.delay_ms,
            "carriedOut": self.carried_out,
        })
    }

    /// Makes what comes of an answer.
    pub(super) fn spoil(self, mut answer: Response, endpoint: &str) -> Response {
        let (delay_ms, is_cut) = (self.delay_ms, self.truncated);
        if self.lost {
            return Response { status: 502, headers: Vec::new(), body: Vec::new(), delay_ms, cut: Some(Cut::Lost) };
        }
        if self.replaces() {
            self.replace(&mut answer, endpoint);
        }
        Response { delay_ms, cut: is_cut.then_some(Cut::Truncated), ..answer }
    }

    fn replace(self, answer: &mut Response, endpoint: &str) {
        let status = self.status.unwrap_or(502);
        answer.status = status;
        answer.headers.retain(|(name, _)| name.starts_with("x-ratelimit-"));
        let mut set = |name: &str, value: String| {
            let name = name.to_ascii_lowercase();
            answer.headers.retain(|(other, _)| **other != *name);
            answer.headers.push((name.into(), value));
        };
        if status == 429 {
            for (name, value) in [("retry-after", "1"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")] {
                set(name, value.into());
            }
        }
        let (content_type, body) = match (self.html, self.body) {
            (true, Some(Value::String(page))) => ("text/html; charset=utf-8", page),
            (true, _) => ("text/html; charset=utf-8", page(status)),
            (false, Some(Value::String(text))) => ("text/plain; charset=utf-8", text),
            (false, Some(body)) => ("application/json; charset=utf-8", text(&body)),
            (false, None) if status >= 400 => ("application/json; charset=utf-8", text(&error(status, endpoint))),
            (false, None) => ("", String::new()),
        };
        if !body.is_empty() {
            set("content-type", content_type.into());
        }
        for (name, value) in self.headers {
            set(&name, value);
        }
        answer.body = body.into_bytes();
    }
}

fn fits(pattern: &str, endpoint: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some("") => true,
        Some(group) => group.ends_with('.') && endpoint.starts_with(group),
        None => pattern == endpoint,
    }
}

fn words(status: u16) -> &'static str {
    WORDS.iter().find(|(known, _)| *known == status).map_or("Internal server error", |(_, words)| words)
}

/// An error as the version of the endpoint shapes one.
fn error(status: u16, endpoint: &str) -> Value {
    Refusal { is_of_v2: endpoint.starts_with("v2."), ..Refusal::new(status, words(status)) }.body()
}

/// The page of a gateway.
fn page(status: u16) -> String {
    let title = format!("{status} {}", words(status));
    format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center><hr><center>cloudflare</center></body></html>\n"
    )
}
