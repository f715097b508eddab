//! One request to `fetch`, and what it gives. gloo-net's `Request` and `Response` are what goes out and comes in.
//!
//! `fetch` and what it resolves to may be anybody's: every touch of them is fallible, as an exception that passes through wasm, or a panic, would leave
//! the promise of a call pending for ever. That is why gloo-net's own `send` is not called: it panics where `fetch` rejects with something that
//! is no `Error`, and where it resolves to something that is no `Response`.

use super::exchange::{BodyFormat, Outgoing, OutgoingBody, ReceivedBody};
use crate::callback::call2;
use crate::cause::Cause;
use crate::fetch::{Send, Sender, Sent};
use crate::headers::ResponseHeaders;
use crate::options::Options;
use crate::redact::Token;
use crate::request::Request;
use crate::request::body::{FormFile, Payload};
use gloo_net::http::{Request as HttpRequest, Response as HttpResponse};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, RequestRedirect};

#[wasm_bindgen]
extern "C" {
    /// The platform's `fetch` at this very moment: tests and tools replace it. `Option`, for the reason that src/callback.rs gives.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(request: &web_sys::Request, init: &RequestInit) -> Result<Option<Object>, JsValue>;

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
    content: Content,
}

/// The body of an answer, not yet read.
enum Content {
    Js(HttpResponse),
    Bytes(Vec<u8>),
}

/// Why there is no answer.
pub(crate) enum FetchError {
    /// There is no such request, so nothing was sent: a stream that a platform does not take as a body, for instance.
    NoRequest(Cause),
    /// `fetch` rejected or threw.
    Rejected(Cause),
    /// It resolved to something that is no answer.
    NoResponse(Cause),
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
pub(crate) async fn fetch(outgoing: &Outgoing, token: Option<&Token>, signal: Option<&AbortSignal>) -> Result<Answer, FetchError> {
    let function = match outgoing.options.fetch.as_ref().map(|fetch| &fetch.0) {
        Some(Sender::Rust(send)) => return send_through(&**send, outgoing, token).await,
        Some(Sender::Js(function)) => Some(function),
        None if cfg!(target_family = "wasm") => None,
        None => return Err(FetchError::NoRequest("there is no fetch outside of a JavaScript engine".into())),
    };
    let promise = begin(outgoing, function, token, signal)?;
    let given = settled(&promise).await.map_err(|cause| FetchError::Rejected(cause.into()))?;
    answer(given).map_err(|cause| FetchError::NoResponse(cause.into()))
}

/// Sends a request through a transport that is written in Rust.
async fn send_through(send: &Send, outgoing: &Outgoing, token: Option<&Token>) -> Result<Answer, FetchError> {
    let Outgoing { request, options, .. } = outgoing;
    let (form_type, body) = bytes_of(&outgoing.body).map_err(FetchError::NoRequest)?;
    let mut headers = headers(request, options, token);
    headers.extend(form_type.map(|media_type| ("content-type".into(), media_type)));
    let sent =
        Sent { endpoint: request.endpoint.id, method: request.verb.as_str(), url: format!("{}{}", options.base(), request.target), headers, body };
    let given = send(sent).await.map_err(FetchError::Rejected)?;
    Ok(Answer { status: given.status, headers: given.headers.into_iter().collect(), content: Content::Bytes(given.body) })
}

fn begin(outgoing: &Outgoing, function: Option<&Function>, token: Option<&Token>, signal: Option<&AbortSignal>) -> Result<JsValue, FetchError> {
    let Outgoing { request, options, .. } = outgoing;
    let no_request = |cause: JsValue| FetchError::NoRequest(cause.into());
    let url = format!("{}{}", options.base(), request.target);
    let init = RequestInit::new();
    init.set_method(request.verb.as_str());
    // Node would send the body once more, `db_pass` and all, to whatever host a redirect names.
    init.set_redirect(RequestRedirect::Manual);
    let fields = Object::new();
    for (name, value) in headers(request, options, token) {
        Reflect::set(&fields, &name.into(), &value.into()).map_err(no_request)?;
    }
    init.set_headers(&fields);
    init.set_signal(signal);
    if let Some(body) = js_body(&outgoing.body).map_err(no_request)? {
        init.set_body(&body);
    }
    if outgoing.is_stream() {
        // Without it, no platform takes a stream.
        Reflect::set(&init, &"duplex".into(), &"half".into()).map_err(no_request)?;
    }
    let given = match function {
        Some(fetch) => call2(fetch, &url.into(), &init),
        None => {
            let request = web_sys::Request::new_with_str_and_init(&url, &init).map_err(no_request)?;
            // The signal comes beside the request as well: in Node a request that nobody holds any more is collected, and with it the way from its signal to
            // the connection.
            let init = RequestInit::new();
            init.set_signal(signal);
            global_fetch(&HttpRequest::from(request).into(), &init).map(|given| given.map_or(JsValue::NULL, JsValue::from))
        }
    };
    given.map_err(|cause| FetchError::Rejected(cause.into()))
}

/// The headers of a request: the client's own, and over them those of the options.
fn headers(request: &Request, options: &Options, token: Option<&Token>) -> Vec<(String, String)> {
    let own = [
        ("accept", request.wants_json().then(|| "application/json".to_owned())),
        ("content-type", request.media_type.map(str::to_owned)),
        ("authorization", token.map(|token| format!("Bearer {}", token.expose()))),
    ];
    let mut headers: Vec<_> = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    for (name, value) in options.header_fields() {
        headers.retain(|(other, _)| *other != name);
        headers.push((name, value.to_owned()));
    }
    headers
}

/// A body as `fetch` takes it. What is sent is what was checked.
fn js_body(body: &OutgoingBody) -> Result<Option<JsValue>, JsValue> {
    Ok(Some(match body {
        OutgoingBody::None => return Ok(None),
        OutgoingBody::Form(text) => text.into(),
        OutgoingBody::Js(value) => value.clone(),
        OutgoingBody::Payload(Payload::Json(text)) => String::from_utf8_lossy(text).as_ref().into(),
        OutgoingBody::Payload(Payload::Eszip(bytes) | Payload::Bytes(bytes)) => Uint8Array::from(&**bytes).into(),
        OutgoingBody::Payload(Payload::Multipart { metadata, files, .. }) => {
            let form = web_sys::FormData::new()?;
            form.append_with_str("metadata", metadata)?;
            for FormFile { path, content } in files {
                let part = Array::of1(&Uint8Array::from(&**content));
                form.append_with_blob_and_filename("file", &web_sys::Blob::new_with_u8_array_sequence(&part)?, path)?;
            }
            form.into()
        }
    }))
}

/// A body as bytes, and its media type where only they know it.
fn bytes_of(body: &OutgoingBody) -> Result<(Option<String>, Vec<u8>), Cause> {
    Ok(match body {
        OutgoingBody::None => (None, Vec::new()),
        OutgoingBody::Form(text) => (None, text.clone().into_bytes()),
        OutgoingBody::Payload(Payload::Json(bytes) | Payload::Eszip(bytes) | Payload::Bytes(bytes)) => (None, bytes.clone()),
        OutgoingBody::Payload(Payload::Multipart { metadata, files, .. }) => {
            let (media_type, bytes) = multipart(metadata, files);
            (Some(media_type), bytes)
        }
        OutgoingBody::Js(_) => return Err("a body of JavaScript cannot go through a transport that is written in Rust".into()),
    })
}

/// A form of metadata and files, as RFC 7578 has it.
fn multipart(metadata: &str, files: &[FormFile]) -> (String, Vec<u8>) {
    let is_free = |boundary: &str| files.iter().all(|file| !file.content.windows(boundary.len()).any(|part| part == boundary.as_bytes()));
    let boundary =
        (0_u32..).map(|number| format!("form-boundary-{number}")).find(|boundary| is_free(boundary) && !metadata.contains(boundary.as_str()));
    let boundary = boundary.unwrap_or_default();
    let mut bytes = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"metadata\"\r\n\r\n{metadata}\r\n").into_bytes();
    for FormFile { path, content } in files {
        // What ends the name or the line is escaped as browsers do.
        let name = path.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
        );
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), bytes)
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
    Ok(Answer { status: status as u16, headers: ResponseHeaders::new(headers), content: Content::Js(response) })
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        self.status / 100 == 2
    }

    /// Reads the body, to its last byte. Nothing is read twice.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) async fn read(self, format: BodyFormat) -> Result<ReceivedBody, Cause> {
        let response = match self.content {
            Content::Bytes(bytes) => return Ok(ReceivedBody::Bytes(bytes)),
            Content::Js(response) => web_sys::Response::from(response),
        };
        let promise = match format {
            BodyFormat::Text => response.text()?,
            BodyFormat::Bytes => response.array_buffer()?,
        };
        Ok(ReceivedBody::Js(settled(&promise).await?))
    }
}
