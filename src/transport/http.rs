//! One request to `fetch`, and what it gives. gloo-net's `Request` and `Response` are what goes out and comes in.
//!
//! `fetch` and what it resolves to may be anybody's: every touch of them is fallible, as an exception that passes through wasm, or a panic, would leave
//! the promise of a call pending for ever. That is why gloo-net's own `send` is not called: it panics where `fetch` rejects with something that
//! is no `Error`, and where it resolves to something that is no `Response`.

use crate::headers::ResponseHeaders;
use crate::options::Options;
use crate::redact::Token;
use crate::request::Request;
use gloo_net::http::{Request as HttpRequest, Response as HttpResponse};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

#[wasm_bindgen]
extern "C" {
    /// The platform's `fetch` at this very moment: tests and tools replace it.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;

    /// What `fetch` resolved to. It is not asked for its class: a `Response` of another realm, or of another implementation, is as good.
    type AnyResponse;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &AnyResponse) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &AnyResponse) -> Result<JsValue, JsValue>;
}

/// An answer of which status and headers are there.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ResponseHeaders,
    response: HttpResponse,
}

/// In which form a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    /// A string, which the engine makes and which stays outside of the wasm.
    Text,
    /// An `ArrayBuffer`.
    Bytes,
}

/// Why there is no answer.
pub(crate) enum FetchError {
    /// There is no such request, so nothing was sent: a stream that a platform does not take as a body, for instance.
    NoRequest(JsValue),
    /// `fetch` rejected or threw.
    Rejected(JsValue),
    /// It resolved to something that is no answer.
    NoResponse(JsValue),
}

/// What a promise resolves to, or a value that is none. It is adopted by a promise of our own: one whose `then` somebody replaced or broke can no longer
/// surprise then.
///
/// Where nobody waits any more, the promise of our own is resolved: a `JsFuture` is only freed once its promise has settled, and a body that stalls may
/// never do so.
pub(crate) async fn settled(value: &JsValue) -> Result<JsValue, JsValue> {
    let mut leave = Leave(None);
    let left = Promise::new(&mut |resolve, _| leave.0 = Some(resolve));
    let result = JsFuture::from(Promise::race(&Array::of2(value, &left))).await;
    leave.0 = None;
    result
}

/// Resolves a promise when it is dropped.
struct Leave(Option<Function>);

impl Drop for Leave {
    fn drop(&mut self) {
        if let Some(resolve) = self.0.take() {
            // What resolves a promise does not throw.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Sends a request.
///
/// # Errors
/// Why there is no answer.
pub(crate) async fn fetch(
    request: &Request,
    body: &JsValue,
    options: &Options,
    token: Option<&Token>,
    signal: Option<&AbortSignal>,
) -> Result<Answer, FetchError> {
    let promise = begin(request, body, options, token, signal)?;
    let given = settled(&promise).await.map_err(FetchError::Rejected)?;
    answer(given).map_err(FetchError::NoResponse)
}

fn begin(request: &Request, body: &JsValue, options: &Options, token: Option<&Token>, signal: Option<&AbortSignal>) -> Result<JsValue, FetchError> {
    let url = format!("{}{}", options.base(), request.target);
    let init = RequestInit::new();
    init.set_method(request.verb.as_str());
    // Node would send the body once more, `db_pass` and all, to whatever host a redirect names.
    init.set_redirect(RequestRedirect::Manual);
    let headers = headers(request, options, token).map_err(FetchError::NoRequest)?;
    init.set_headers(&headers);
    init.set_signal(signal);
    if !body.is_undefined() {
        init.set_body(body);
    }
    let given = match &options.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &url.into(), &init),
        None => {
            let request = web_sys::Request::new_with_str_and_init(&url, &init).map_err(FetchError::NoRequest)?;
            global_fetch(&HttpRequest::from(request).into())
        }
    };
    given.map_err(FetchError::Rejected)
}

/// The headers of a request as a plain object: the client's own, and over them those of the options.
fn headers(request: &Request, options: &Options, token: Option<&Token>) -> Result<Object, JsValue> {
    let headers = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&headers, &name.into(), &value.into()).map(drop);
    if request.wants_json() {
        set("accept", "application/json")?;
    }
    if let Some(media_type) = request.media_type {
        set("content-type", media_type)?;
    }
    if let Some(token) = token {
        set("authorization", &format!("Bearer {}", token.expose()))?;
    }
    for (name, value) in options.header_fields() {
        set(&name, value)?;
    }
    Ok(headers)
}

/// Status and headers of what `fetch` resolved to, as far as that is known to be sound.
fn answer(given: JsValue) -> Result<Answer, JsValue> {
    let no_response = || js_sys::Error::new("fetch resolved to something that is no Response").into();
    if !given.is_object() && !given.is_function() {
        return Err(no_response());
    }
    let any: &AnyResponse = given.unchecked_ref();
    let (status, headers) = (any.status()?.as_f64().unwrap_or(-1.0), any.headers()?);
    if !(0.0..1000.0).contains(&status) || !(headers.is_object() || headers.is_function()) {
        return Err(no_response());
    }
    if status < 1.0 {
        return Err(js_sys::Error::new("the answer is hidden: probably a redirect, and redirects are not followed").into());
    }
    let response = HttpResponse::from(given.unchecked_into::<web_sys::Response>());
    Ok(Answer { status: status as u16, headers: ResponseHeaders::new(headers), response })
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        self.status / 100 == 2
    }

    /// Reads the body, to its last byte. Nothing is read twice.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) async fn read(self, format: BodyFormat) -> Result<JsValue, JsValue> {
        let response = web_sys::Response::from(self.response);
        let promise = match format {
            BodyFormat::Text => response.text()?,
            BodyFormat::Bytes => response.array_buffer()?,
        };
        settled(&promise).await
    }
}
