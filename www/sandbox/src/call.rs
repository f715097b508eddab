//! A checked request on its way to a handler, and what a handler answers.

use crate::json::{array, json, text};
use crate::multipart::Part;
use crate::search::split_once;
use crate::sql::{Sql, Statement};
use serde_json::Value;

/// A request that fits its row.
pub(crate) struct Call<'r> {
    /// Milliseconds since 1970.
    pub(crate) now: i64,
    /// The query, which the row has checked. What is not in it is `null`.
    pub(crate) query: Value,
    pub(crate) sent: Sent<'r>,
    pub(crate) headers: Headers<'r>,
    values: Vec<String>,
}

/// What else a handler looks at.
#[derive(Clone, Copy, Default)]
pub(crate) struct Headers<'r> {
    pub(crate) authorization: Option<&'r str>,
    pub(crate) accept: Option<&'r str>,
    pub(crate) idempotency_key: Option<&'r str>,
    pub(crate) origin: Option<&'r str>,
}

/// A body, which the row has checked.
pub(crate) enum Sent<'r> {
    Nothing,
    /// JSON, or the fields of a form.
    Json(Value),
    Eszip(&'r [u8]),
    /// The metadata of a form of several parts, and its files.
    Multipart(Value, Vec<Part<'r>>),
}

/// What a handler answers. Where it does not say, the status follows from the verb.
pub(crate) enum Reply {
    /// An empty body, without content type.
    Nothing,
    /// The same with a status of its own.
    Empty(u16),
    Json(Vec<u8>),
    /// JSON with a status of its own.
    JsonWith(u16, Vec<u8>),
    Text(String),
    Bytes {
        content_type: String,
        body: Vec<u8>,
    },
    /// A redirect to another address.
    Redirect(String),
    /// A number, in the header `X-Total-Count`.
    Count(usize),
    /// The answer depends on a database: see [`crate::sql`].
    Sql(Sql),
}

/// What a handler gives.
pub(crate) type Answer = Result<Reply, Refusal>;

/// A status other than 2xx, and its message.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) message: String,
    /// Fields beside the message.
    pub(crate) more: Option<(&'static str, Value)>,
    /// Whether version 2 of the API was asked, which has another shape for it.
    pub(crate) is_of_v2: bool,
}

/// What stands between a place and what is wrong there.
const INVALID: &str = ": Invalid input: ";

/// As version 2 of the API answers: with refusals in its shape.
pub(crate) fn of_v2(answer: Answer) -> Answer {
    match answer {
        Ok(Reply::Sql(Sql { statement, then })) => {
            let Statement { database, sql, parameters, read_only } = statement;
            Sql::with(&database, sql, parameters, read_only, move |sandbox, outcome| of_v2(then(sandbox, outcome)))
        }
        answer => answer.map_err(|refusal| Refusal { is_of_v2: true, ..refusal }),
    }
}

impl Refusal {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Refusal { status, message: message.into(), more: None, is_of_v2: false }
    }

    /// A wrong value, in the words of the API.
    pub(crate) fn invalid(path: &str, expected: &str) -> Self {
        Refusal::new(400, format!("{path}{INVALID}expected {expected}"))
    }

    pub(crate) fn body(&self) -> Value {
        if self.is_of_v2 {
            return json!({ "error": self.error_of_v2() });
        }
        let mut body = json!({ "message": self.message });
        if let Some((name, value)) = &self.more {
            body[*name] = value.clone();
        }
        body
    }

    /// With a code for programs, and what is wrong one by one.
    fn error_of_v2(&self) -> Value {
        let place = split_once(&self.message, INVALID);
        let code = match (self.status, place) {
            (400, Some(("ref", _))) => "bad_request.invalid_ref",
            (400, Some(("slug", _))) => "bad_request.invalid_slug",
            (400, _) => "bad_request",
            (401, _) => "unauthorized",
            (402, _) => "payment_required",
            (403, _) => "forbidden.permission_denied",
            (404, _) if self.message.starts_with("Cannot ") => "not_found.endpoint",
            (404, _) => "not_found",
            (408, _) => "request_timeout",
            (409, _) => "conflict",
            (413, _) => "payload_too_large",
            (429, _) => "too_many_requests",
            (501, _) => "not_implemented",
            _ => "internal_server_error",
        };
        let mut error = json!({ "code": code, "message": self.message });
        if let Some((path, reason)) = place {
            error["issues"] = json!([{ "code": "invalid_input", "message": format!("Invalid input: {reason}"), "meta": { "path": path } }]);
        }
        if let Some((name, value)) = &self.more {
            error["meta"] = json!({ (*name): value });
        }
        error
    }
}

impl Reply {
    pub(crate) fn json(value: &Value) -> Answer {
        Ok(Reply::Json(text(value).into_bytes()))
    }

    /// A list as JSON.
    pub(crate) fn list(items: impl Iterator<Item = Value>) -> Answer {
        Reply::json(&array(items))
    }

    /// JSON with a status of its own.
    pub(crate) fn json_with(status: u16, value: &Value) -> Answer {
        Ok(Reply::JsonWith(status, text(value).into_bytes()))
    }
}

impl<'r> Call<'r> {
    pub(crate) fn new(now: i64, values: Vec<String>, query: Value, sent: Sent<'r>, headers: Headers<'r>) -> Self {
        Call { now, query, sent, headers, values }
    }

    /// The path values, in the order of the route.
    pub(crate) fn path<const N: usize>(&self) -> [&str; N] {
        std::array::from_fn(|index| self.values.get(index).map_or("", String::as_str))
    }

    /// The body, or `null`.
    pub(crate) fn body(&self) -> &Value {
        match &self.sent {
            Sent::Json(value) | Sent::Multipart(value, _) => value,
            Sent::Nothing | Sent::Eszip(_) => &Value::Null,
        }
    }

    /// A text in the body.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.body()[name].as_str()
    }

    /// A text in the query.
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        self.query[name].as_str()
    }

    /// A flag of the query. What is not there is false.
    pub(crate) fn asked_flag(&self, name: &str) -> bool {
        self.query[name].as_bool().unwrap_or(false)
    }
}
