//! Tells the hooks of a call what happens to it.

use super::exchange::Received;
use super::time::now;
use crate::error::ErrorKind;
use crate::headers::RateLimit;
use crate::hooks::{RequestEvent, ResponseEvent, RetryEvent};
use crate::options::Options;
use crate::request::Request;

/// A request is about to be sent.
pub(super) fn tell_request(options: &Options, request: &Request, attempt: u32) {
    if let Some(hook) = &options.on_request {
        hook(&RequestEvent { endpoint: request.endpoint.id, route: request.route.clone(), method: request.verb.as_str().into(), attempt });
    }
}

/// An attempt has ended. `began` is when it was sent.
pub(super) fn tell_response(options: &Options, request: &Request, attempt: u32, began: f64, result: &Result<Received, ErrorKind>) {
    let Some(hook) = &options.on_response else { return };
    let (status, headers, error) = match result {
        Ok(received) => (Some(received.status), Some(&received.headers), None),
        Err(ErrorKind::Api { status, headers, .. }) => (Some(*status), Some(headers), Some("ApiError")),
        Err(ErrorKind::Network { status, .. }) => (*status, None, Some("ConnectionError")),
        Err(ErrorKind::Timeout { status, .. }) => (*status, None, Some("TimeoutError")),
        Err(_) => (None, None, Some("AbortError")),
    };
    hook(&ResponseEvent {
        endpoint: request.endpoint.id,
        route: request.route.clone(),
        method: request.verb.as_str().into(),
        attempt,
        duration_ms: now() - began,
        status,
        rate_limit: headers.map(RateLimit::of).unwrap_or_default(),
        error,
    });
}

/// A request will be sent again.
pub(super) fn tell_retry(options: &Options, request: &Request, attempt: u32, delay_ms: f64, reason: String) {
    if let Some(hook) = &options.on_retry {
        hook(&RetryEvent { endpoint: request.endpoint.id, route: request.route.clone(), attempt, delay_ms, reason });
    }
}
