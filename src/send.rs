//! The one function that sends: token, headers, `fetch`, status, body.
//!
//! `fetch` and what it gives may be anybody's: every touch of them is fallible, as an exception that passes through wasm, or a panic, would
//! leave the promise of a call pending for ever.

use crate::check::Fault;
use crate::endpoint::Answer;
use crate::error::ErrorKind;
use crate::options::{DEFAULT_BASE_URL, TokenSource, check_token, missing_token};
use crate::secret::both_forms;
use crate::watch::{Halt, Watch};
use crate::words::{join, push_comma, push_member};
use gloo_net::http::Headers;
use wasm_bindgen::prelude::*;

type Fallible<T> = std::result::Result<T, JsValue>;

#[wasm_bindgen]
extern "C" {
    /// The platform's `fetch` at this very moment: tests and tools replace it.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &JsValue) -> Fallible<JsValue>;

    /// What `fetch` resolved to. A `Response` is not asked for its class: one of another realm, or of another implementation, is as good.
    type Reply;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Reply) -> Fallible<JsValue>;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn view(buffer: &JsValue) -> Fallible<Bytes>;
}

/// What sending needs of the options, checked.
pub(crate) struct Settings {
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) token: TokenSource,
    /// Members of a JSON object, with names in lower case.
    pub(crate) headers: String,
    pub(crate) timeout_ms: u32,
    pub(crate) fetch: Option<js_sys::Function>,
    pub(crate) signal: Option<web_sys::AbortSignal>,
    /// The call's object in `pkg/client.js`.
    #[cfg(feature = "js")]
    pub(crate) task: JsValue,
}

/// A request as `fetch` takes it.
pub(crate) struct Outgoing {
    pub(crate) verb: String,
    /// Path and query.
    pub(crate) target: String,
    /// Text, bytes, whatever `fetch` takes; undefined for none.
    pub(crate) body: JsValue,
    /// Empty for none.
    pub(crate) content_type: &'static str,
    /// Whether the body of a 2xx is to be read as bytes.
    pub(crate) bytes: bool,
    pub(crate) answer: Answer,
    /// Whether the token stays at home.
    pub(crate) anonymous: bool,
}

/// An answer with a status of 2xx.
pub(crate) struct Incoming {
    pub(crate) status: u16,
    /// A `Headers`, or what a custom `fetch` gives in its place.
    pub(crate) headers: JsValue,
    /// A string or an `ArrayBuffer`; undefined where nothing was wanted or came.
    pub(crate) body: JsValue,
}

/// Sends a request. The token is added to `secrets`.
pub(crate) async fn send(request: &Outgoing, settings: &Settings, secrets: &mut Vec<Vec<u8>>) -> Result<Incoming, ErrorKind> {
    let watch = Watch::start(settings);
    let given = match &settings.token {
        _ if request.anonymous => Ok(JsValue::UNDEFINED),
        TokenSource::None => Ok(JsValue::UNDEFINED),
        TokenSource::Fixed(text) => Ok(JsValue::from_str(text)),
        TokenSource::Ask(source) => watch.settle(Ok(source())).await,
    };
    let sent = match given {
        Ok(token) => start(request, &token, settings, &watch, secrets)?,
        Err(Halt::Rejected(cause)) => return Err(ErrorKind::Token { cause }),
        Err(halt) => return Err(stopped(halt, None, settings)),
    };
    let head = match watch.settle(sent).await {
        Ok(reply) => Head::of(reply.unchecked_into()),
        Err(halt) => return Err(stopped(halt, Some(0), settings)),
    };
    let head = head.map_err(|cause| ErrorKind::Network { cause, status: None })?;
    let body = if head.status == 204 { Ok(JsValue::UNDEFINED) } else { watch.settle(head.read(request)).await };
    head.conclude(body, request, settings)
}

/// `sent` is nothing before the request was sent, 0 before a status came, then the status.
#[inline(never)]
fn stopped(halt: Halt, sent: Option<u16>, settings: &Settings) -> ErrorKind {
    match halt {
        Halt::Rejected(cause) => ErrorKind::Network { cause, status: sent.filter(|status| *status > 0) },
        Halt::Timeout => ErrorKind::Timeout { timeout_ms: settings.timeout_ms, sent: sent.is_some() },
        Halt::Aborted(reason) => ErrorKind::Aborted { reason },
    }
}

/// Calls `fetch`; what it returns or throws is for the watch.
#[inline(never)]
fn start(
    request: &Outgoing,
    token: &JsValue,
    settings: &Settings,
    watch: &Watch,
    secrets: &mut Vec<Vec<u8>>,
) -> Result<Fallible<JsValue>, ErrorKind> {
    let authorization = if request.anonymous { String::new() } else { authorize(token, settings, secrets).map_err(ErrorKind::Input)? };
    if let Err(halt) = watch.check() {
        return Err(stopped(halt, None, settings));
    }
    Ok(call_fetch(request, &authorization, settings, watch))
}

/// The value of the header, empty for none; the token goes among the secrets.
fn authorize(token: &JsValue, settings: &Settings, secrets: &mut Vec<Vec<u8>>) -> Result<String, Fault> {
    if token.is_undefined() && matches!(settings.token, TokenSource::None) {
        let own = settings.base_url == DEFAULT_BASE_URL;
        return if own { Err(missing_token()) } else { Ok(String::new()) };
    }
    if cfg!(feature = "js") {
        // JavaScript has checked it, and keeps it among the secrets (pkg/client.js).
        return Ok(join(&["Bearer ", &token.as_string().unwrap_or_default()]));
    }
    // What is no string is no token either: an empty one says so.
    let token = check_token(&token.as_string().unwrap_or_default())?;
    secrets.extend(both_forms(token.expose()));
    Ok(join(&["Bearer ", token.expose()]))
}

fn call_fetch(request: &Outgoing, authorization: &str, settings: &Settings, watch: &Watch) -> Fallible<JsValue> {
    let accept = if matches!(request.answer, Answer::Json(_) | Answer::Rows) { "application/json" } else { "" };
    // Node would send the body once more, `db_pass` and all, to whatever host a redirect names.
    let mut init = join(&["{\"method\":\"", &request.verb, "\",\"redirect\":\"manual\",\"headers\":{"]);
    for (name, value) in [("accept", accept), ("content-type", request.content_type), ("authorization", authorization)] {
        if !value.is_empty() {
            push_member(&mut init, name, value);
        }
    }
    // A member that comes twice has its last value.
    if !settings.headers.is_empty() {
        push_comma(&mut init);
    }
    init.push_str(&settings.headers);
    init.push_str("}}");
    // One call into JavaScript for all that is plain.
    let init: web_sys::RequestInit = js_sys::JSON::parse(&init)?.unchecked_into();
    init.set_signal(Some(&watch.fetch_signal()));
    if !request.body.is_undefined() {
        init.set_body(&request.body);
    }
    let url = join(&[&settings.base_url, &request.target]);
    match &settings.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&url), &init),
        None => global_fetch(&url, &init),
    }
}

/// What `fetch` resolved to, as far as it is known to be sound.
struct Head {
    status: u16,
    headers: JsValue,
    reply: Reply,
}

impl Head {
    #[inline(never)]
    fn of(reply: Reply) -> Fallible<Self> {
        if !reply.is_object() {
            return Err(error("fetch resolved to something that is no Response"));
        }
        let status = reply.status()?.as_f64().unwrap_or(-1.0);
        let headers = reply.headers()?;
        if !(0.0..1000.0).contains(&status) || !headers.is_object() {
            return Err(error("fetch resolved to something that is no Response"));
        }
        if status < 1.0 {
            return Err(error("the answer is hidden: probably a redirect, and redirects are not followed"));
        }
        Ok(Head { status: status as u16, headers, reply })
    }

    fn is_success(&self) -> bool {
        self.status / 100 == 2
    }

    fn read(&self, request: &Outgoing) -> Fallible<JsValue> {
        if self.is_success() && request.bytes { self.reply.array_buffer() } else { self.reply.text() }
    }

    #[inline(never)]
    fn conclude(self, body: Result<JsValue, Halt>, request: &Outgoing, settings: &Settings) -> Result<Incoming, ErrorKind> {
        let success = self.is_success();
        // A body that nobody needs was read so that the connection can be used again: nothing is lost with it.
        let needless = success && matches!(request.answer, Answer::Nothing | Answer::Count);
        let body = match body {
            Err(Halt::Aborted(reason)) => return Err(ErrorKind::Aborted { reason }),
            _ if needless => JsValue::UNDEFINED,
            Ok(body) => body,
            // The status says enough; an error body that breaks off must not hide it.
            Err(Halt::Rejected(_)) if !success => JsValue::UNDEFINED,
            Err(halt) => return Err(stopped(halt, Some(self.status), settings)),
        };
        if success {
            return Ok(Incoming { status: self.status, headers: self.headers, body });
        }
        Err(ErrorKind::Api { status: self.status, text: body.as_string().unwrap_or_default(), headers: ResponseHeaders(self.headers) })
    }
}

/// The bytes of an answer that was read as such.
pub(crate) fn bytes_of(incoming: &Incoming) -> Result<Vec<u8>, ErrorKind> {
    if incoming.body.is_undefined() {
        return Ok(Vec::new());
    }
    let view = if incoming.body.is_object() { Bytes::view(&incoming.body) } else { Err(error("the body of the answer is not made of bytes")) };
    match view {
        Ok(bytes) => Ok(bytes.unchecked_into::<js_sys::Uint8Array>().to_vec()),
        Err(cause) => Err(ErrorKind::Network { cause, status: Some(incoming.status) }),
    }
}

/// The headers of an answer.
#[derive(Debug, Clone)]
pub struct ResponseHeaders(pub(crate) JsValue);

impl ResponseHeaders {
    /// Reads all of them. In a page only those that CORS exposes are there.
    pub fn to_headers(&self) -> Headers {
        // A copy is a real one, whatever a custom `fetch` gave.
        let copy = web_sys::Headers::new_with_headers(self.0.unchecked_ref());
        copy.map_or_else(|_| Headers::new(), Headers::from_raw)
    }

    /// The value of a header.
    pub fn get(&self, name: &str) -> Option<String> {
        self.to_headers().get(name)
    }
}

pub(crate) fn error(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}
