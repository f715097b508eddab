//! What users may listen to, for logs and metrics. None of it holds a token or a body, nor a path value but of a request to an unknown endpoint.

use crate::error::ErrorKind;
use crate::send::{Event, Incoming, Outgoing, Settings};
#[cfg(feature = "js")]
use wasm_bindgen::prelude::*;

#[cfg(not(feature = "js"))]
use crate::{
    client::RateLimit,
    send::{ResponseHeaders, now},
    words::join,
};
use std::rc::Rc;

/// Is told of something.
pub type Hook<E> = Rc<dyn Fn(&E)>;

/// A request is about to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestEvent {
    /// The endpoint: `projects.get`.
    pub endpoint: &'static str,
    /// Its method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub route: String,
    /// The method: `GET`.
    pub method: String,
    /// 1 for the first time that it is sent.
    pub attempt: u32,
}

/// An attempt has ended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ResponseEvent {
    /// The endpoint: `projects.get`.
    pub endpoint: &'static str,
    /// Its method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub route: String,
    /// The method: `GET`.
    pub method: String,
    /// 1 for the first time that it was sent.
    pub attempt: u32,
    /// Milliseconds from sending it to the last byte of the answer.
    pub duration_ms: f64,
    /// The status, where an answer came.
    pub status: Option<u16>,
    /// What the headers say of the rate limit.
    pub rate_limit: crate::RateLimit,
    /// What went wrong: `ApiError`, `ConnectionError`, `TimeoutError` or `AbortError`.
    pub error: Option<&'static str>,
}

/// A request will be sent again.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RetryEvent {
    /// The endpoint: `projects.get`.
    pub endpoint: &'static str,
    /// Its method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub route: String,
    /// The attempt that failed: 1 for the first.
    pub attempt: u32,
    /// Milliseconds until it is sent again.
    pub delay_ms: f64,
    /// Why: `network`, `timeout`, or the status.
    pub reason: String,
}

/// Status and error of an attempt; 0 where no status came.
fn end_of(result: &Result<Incoming, ErrorKind>) -> (u16, &'static str) {
    match result {
        Ok(incoming) => (incoming.status, ""),
        Err(ErrorKind::Api { status, .. }) => (*status, "ApiError"),
        Err(ErrorKind::Network { status, .. }) => (status.unwrap_or(0), "ConnectionError"),
        Err(ErrorKind::Timeout { status, .. }) => (status.unwrap_or(0), "TimeoutError"),
        Err(_) => (0, "AbortError"),
    }
}

/// The hooks of a call.
#[cfg(not(feature = "js"))]
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) on_request: Option<Hook<RequestEvent>>,
    pub(crate) on_response: Option<Hook<ResponseEvent>>,
    pub(crate) on_retry: Option<Hook<RetryEvent>>,
}

#[cfg(not(feature = "js"))]
impl Hooks {
    /// Whether somebody wants to know.
    pub(crate) fn listen(&self) -> bool {
        self.on_response.is_some()
    }

    pub(crate) fn tell(&self, request: &Outgoing, _: &Settings, event: &Event<'_>) {
        let (endpoint, method, attempt) = (request.row.id, request.verb.as_str().to_owned(), request.attempts.get());
        let route = || match request.known.route {
            "" => join(&[&method, " ", request.target.split('?').next().unwrap_or_default()]),
            route => join(&[&method, " ", route]),
        };
        match *event {
            Event::Request => {
                if let Some(hook) = &self.on_request {
                    hook(&RequestEvent { endpoint, route: route(), method, attempt });
                }
            }
            Event::Response { began, result } => {
                if let Some(hook) = &self.on_response {
                    let rate_limit = match result {
                        Ok(Incoming { headers, .. }) => RateLimit::of(&ResponseHeaders(headers.clone())),
                        Err(ErrorKind::Api { headers, .. }) => RateLimit::of(headers),
                        Err(_) => RateLimit::default(),
                    };
                    let (status, error) = end_of(result);
                    let error = (!error.is_empty()).then_some(error);
                    hook(&ResponseEvent {
                        endpoint,
                        route: route(),
                        method,
                        attempt,
                        duration_ms: now() - began,
                        status: (status > 0).then_some(status),
                        rate_limit,
                        error,
                    });
                }
            }
            Event::Retry { wait_ms, reason } => {
                if let Some(hook) = &self.on_retry {
                    hook(&RetryEvent { endpoint, route: route(), attempt, delay_ms: wait_ms, reason: reason.into() });
                }
            }
        }
    }
}

#[cfg(feature = "js")]
#[wasm_bindgen]
extern "C" {
    /// 0: a request; 1: a response; 2: a retry. `number` is when it was sent, or the wait; `word` the error, or the reason.
    #[wasm_bindgen(method)]
    fn tell(this: &crate::platform::Task, event: u32, attempt: u32, number: f64, status: u16, word: &str);
}

/// Which hooks there are; JavaScript has them, in `pkg/client.js`.
#[cfg(feature = "js")]
#[derive(Clone, Copy)]
pub(crate) struct Hooks(pub(crate) bool);

#[cfg(feature = "js")]
impl Hooks {
    pub(crate) fn listen(self) -> bool {
        self.0
    }

    pub(crate) fn tell(self, request: &Outgoing, settings: &Settings, event: &Event<'_>) {
        if !self.0 {
            return;
        }
        let task: &crate::platform::Task = settings.task.unchecked_ref();
        let attempt = request.attempts.get();
        match *event {
            Event::Request => task.tell(0, attempt, 0.0, 0, ""),
            Event::Response { began, result } => {
                let (status, error) = end_of(result);
                task.tell(1, attempt, began, status, error);
            }
            Event::Retry { wait_ms, reason } => task.tell(2, attempt, wait_ms, 0, reason),
        }
    }
}
