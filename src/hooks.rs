//! What users may listen to, for logs and metrics. None of it holds a token or a body, nor a path value but of a request to an unknown endpoint.

use crate::fault::Fault;
use crate::headers::RateLimit;
use serde::Serialize;
use std::rc::Rc;
use supabase_management_wasm_macros::record;

/// Is told of something.
pub type Hook<E> = Rc<dyn Fn(&E)>;

/// A request is about to be sent.
#[record]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RequestEvent {
    /// The endpoint: `projects.get`. OpenTelemetry: part of the name of the span.
    pub endpoint: &'static str,
    /// Method and path, with placeholders: `GET /v1/projects/{ref}`; of a free request for an endpoint that the client does not know, the path as
    /// given. OpenTelemetry: `url.template`, behind the method.
    pub route: String,
    /// The method: `GET`. OpenTelemetry: `http.request.method`.
    pub method: String,
    /// The attempt: 1 for the first. OpenTelemetry: `http.request.resend_count` is one less.
    pub attempt: u32,
}

/// An attempt has ended.
#[record]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResponseEvent {
    /// The endpoint: `projects.get`. OpenTelemetry: part of the name of the span.
    pub endpoint: &'static str,
    /// Method and path, with placeholders: `GET /v1/projects/{ref}`; of a free request for an endpoint that the client does not know, the path as
    /// given. OpenTelemetry: `url.template`, behind the method.
    pub route: String,
    /// The method: `GET`. OpenTelemetry: `http.request.method`.
    pub method: String,
    /// The attempt: 1 for the first. OpenTelemetry: `http.request.resend_count` is one less.
    pub attempt: u32,
    /// Milliseconds from sending it to the last byte of the answer. OpenTelemetry: `http.client.request.duration`, in seconds there.
    pub duration_ms: f64,
    /// The status, where an answer came. OpenTelemetry: `http.response.status_code`.
    pub status: Option<u16>,
    /// What the headers say of the rate limit.
    #[serde(skip_serializing_if = "RateLimit::is_unknown")]
    #[typescript("RateLimit | undefined")]
    pub rate_limit: RateLimit,
    /// What went wrong, where no whole answer of 2xx came: `ApiError`, `ConnectionError`, `TimeoutError` or `AbortError`. OpenTelemetry:
    /// `error.type`.
    #[typescript(r#""ApiError" | "ConnectionError" | "TimeoutError" | "AbortError" | undefined"#)]
    pub error: Option<&'static str>,
}

/// A request will be sent again.
#[record]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RetryEvent {
    /// The endpoint: `projects.get`. OpenTelemetry: part of the name of the span.
    pub endpoint: &'static str,
    /// Method and path, with placeholders: `GET /v1/projects/{ref}`; of a free request for an endpoint that the client does not know, the path as
    /// given. OpenTelemetry: `url.template`, behind the method.
    pub route: String,
    /// The attempt that failed: 1 for the first.
    pub attempt: u32,
    /// Milliseconds until it is sent again.
    pub delay_ms: f64,
    /// Why: `network`, `timeout`, or the status: `503`; `401` where the token was renewed, which the number of retries does not count.
    pub reason: String,
}

/// What is told of deviations.
pub type DeviationHook = Hook<Deviation>;

/// Something in an answer that the API's description does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The endpoint that answered: `projects.list`.
    pub endpoint: &'static str,
    /// Where and what.
    pub fault: Fault,
}
