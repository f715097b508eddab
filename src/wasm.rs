//! What JavaScript sees: a few plain functions. The classes, and all that must outlive a trap, are in `pkg/client.js`.

use crate::api::ENDPOINTS;
use crate::check::{Cursor, Fault, Kind, nearest, unescape};
use crate::client::{FREE, Job};
use crate::endpoint::{Answer, Arguments, Body, Endpoint};
use crate::error::{Error, ErrorKind};
use crate::options::{NAMES, Options, TokenSource, Validation, check};
use crate::schema::Type;
use crate::secret;
use crate::send::Incoming;
use crate::words::{join, text_of};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A pending call, as `pkg/client.js` makes it.
    #[derive(Clone)]
    pub type Task;
    /// Parses JSON, given as a string or an `ArrayBuffer`.
    #[wasm_bindgen(method, catch)]
    fn parse(this: &Task, text: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn deviation(this: &Task, path: &str, expected: &str, received: &str);
    #[wasm_bindgen(method)]
    fn done(this: &Task, value: &JsValue, status: u16, headers: &JsValue);
    #[wasm_bindgen(method)]
    #[expect(clippy::too_many_arguments, reason = "an object would cost more bytes on both sides")]
    fn fail(
        this: &Task,
        kind: &str,
        message: &str,
        path: &str,
        expected: &str,
        received: &str,
        status: u16,
        text: &str,
        value: &JsValue,
        secrets: &str,
    );
}

/// A quarter of the size of the standard allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Between the parts of a text that holds several.
const SEPARATOR: u8 = 0;

/// One line per endpoint: name, route, number of path values, kind of body (none, JSON, JSON or bytes), whether it takes a query.
#[wasm_bindgen]
pub fn table() -> String {
    let mut text = String::new();
    for endpoint in ENDPOINTS.iter().copied().flatten() {
        let body = match endpoint.body {
            Body::None => '0',
            Body::JsonOrEszip(_) => '2',
            Body::Json(_) | Body::Free => '1',
        };
        for part in [endpoint.id, " ", endpoint.verb.as_str(), " ", endpoint.route, " "] {
            text.push_str(part);
        }
        text.push((b'0' + endpoint.placeholders.len() as u8) as char);
        text.push(body);
        text.push(if endpoint.query.is_some() { '1' } else { '0' });
        text.push('\n');
    }
    text
}

/// Checks options, given as JSON. Gives path, expectation and what came instead, or nothing.
#[wasm_bindgen]
pub fn check_options(settings: &str) -> Option<String> {
    let mut options = Options::default();
    let fault = read_options(&mut options, settings.as_bytes()).and_then(|()| check(&options)).err()?;
    Some(join(&[&fault.path, "\0", &fault.expected, "\0", &fault.received]))
}

/// What to say of an option that does not exist: where it belongs, or which one was meant.
#[wasm_bindgen]
pub fn explain_option(name: &str, endpoint: usize) -> String {
    let text = "no such option";
    let query = row(endpoint).query;
    if let Some(Type::Object(model)) = query
        && model.fields.iter().any(|field| field.name == name)
    {
        join(&[text, ", it belongs into the query, one argument before"])
    } else if let Some(near) = nearest(name, NAMES.into_iter()) {
        join(&[text, ", did you mean ", near, "?"])
    } else {
        text.into()
    }
}

/// Hides the secrets of a call, separated by zero bytes, in a text of somebody else.
#[wasm_bindgen]
pub fn redact(text: &str, secrets: &str) -> String {
    let secrets: Vec<_> = secrets.as_bytes().split(|byte| *byte == SEPARATOR).map(<[u8]>::to_vec).collect();
    secret::redact(text, &secrets)
}

/// Runs a call to its end, which is `task.done` or `task.fail`.
///
/// `text` is the JSON of `[path values, query, options]`, `json` the body as JSON in UTF-8, and `body` what `fetch` gets.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "an object would cost more bytes on both sides")]
pub fn call(
    task: Task,
    endpoint: usize,
    text: &str,
    json: Option<Vec<u8>>,
    body: JsValue,
    fetch: JsValue,
    token: JsValue,
    signal: JsValue,
    report: bool,
) {
    let [paths, query, settings] = parts(text);
    let arguments = Arguments { paths, query, body: json.as_deref() };
    let mut options = Box::new(Options::default());
    let read = read_options(&mut options, settings);
    options.fetch = given(fetch);
    options.signal = given(signal);
    if let Some(source) = given::<js_sys::Function>(token) {
        options.access_token = TokenSource::Ask(Rc::new(move || source.call0(&JsValue::UNDEFINED).unwrap_or_else(rejected)));
    }
    if report {
        let task = task.clone();
        options.on_deviation = Some(Rc::new(move |deviation| {
            let Fault { path, expected, received } = &deviation.fault;
            task.deviation(path, expected, received);
        }));
    }
    let mut job = Box::new(Job::new(row(endpoint), &arguments, options));
    let bytes = match job.endpoint.answer {
        Answer::Json(_) => report || job.options.validation == Validation::Strict,
        Answer::Nothing | Answer::Text => false,
        Answer::Bytes | Answer::Free => true,
    };
    let prepared = match read {
        Ok(()) => job.prepare(&arguments, body, bytes),
        Err(fault) => Err(job.error(ErrorKind::Input(fault))),
    };
    match prepared {
        Ok(request) => wasm_bindgen_futures::spawn_local(async move {
            let incoming = job.send(&request).await;
            finish(&task, &job, incoming);
        }),
        Err(error) => fail(&task, &job, &error),
    }
}

#[inline(never)]
fn finish(task: &Task, job: &Job, incoming: Result<Incoming, Error>) {
    let done = incoming.and_then(|incoming| value_of(task, job, &incoming).map(|value| (value, incoming)));
    match done {
        Ok((value, incoming)) => task.done(&value, incoming.status, &incoming.headers),
        Err(error) => fail(task, job, &error),
    }
}

fn given<T: JsCast>(value: JsValue) -> Option<T> {
    if value.is_undefined() { None } else { Some(value.unchecked_into()) }
}

/// A source that throws is one whose promise rejects.
fn rejected(cause: JsValue) -> JsValue {
    js_sys::Promise::reject(&cause).into()
}

/// What JavaScript gets of an answer. The engine's own parser reads it; only its outermost kind must be right, else it could not even be looked at.
fn value_of(task: &Task, job: &Job, incoming: &Incoming) -> Result<JsValue, Error> {
    let Answer::Json(ty) = &job.endpoint.answer else { return Ok(incoming.body.clone()) };
    if incoming.status == 204 {
        return Ok(JsValue::UNDEFINED);
    }
    if incoming.body.is_object() {
        job.inspect(&job.bytes(incoming)?, ty, incoming.status)?;
    }
    let value = task.parse(&incoming.body);
    if let Ok(value) = &value {
        let array = js_sys::Array::is_array(value);
        let fits = match ty {
            Type::Array(_) => array,
            Type::Object(_) | Type::Map(_) | Type::Tagged(_) => value.is_object() && !array,
            _ => true,
        };
        if fits {
            return Ok(value.clone());
        }
    }
    let bytes = match incoming.body.as_string() {
        Some(text) => text.into_bytes(),
        None => job.bytes(incoming)?,
    };
    let kind = Cursor::new(&bytes).kind();
    let (ty, received) = match value {
        Err(_) if kind != Kind::End => (&Type::Any, Kind::Junk),
        _ => (ty, kind),
    };
    Err(job.undecodable_at(ty, received.name(), &bytes, incoming.status))
}

#[inline(never)]
fn fail(task: &Task, job: &Job, error: &Error) {
    let message = secret::redact(&error.words(), &job.secrets);
    let (kind, value) = match error.kind() {
        ErrorKind::Input(_) => ("Input", None),
        ErrorKind::Api { headers, .. } => ("Api", Some(&headers.0)),
        ErrorKind::Decode { .. } => ("Decode", None),
        ErrorKind::Network { cause, .. } => ("Connection", Some(cause)),
        ErrorKind::Timeout { .. } => ("Timeout", None),
        // What the user brought comes back as it is.
        ErrorKind::Aborted { reason: value } | ErrorKind::Token { cause: value } => ("", Some(value)),
    };
    let nothing = Fault { path: String::new(), expected: String::new(), received: String::new() };
    let fault = error.fault().unwrap_or(&nothing);
    let path = secret::redact(&fault.path, &job.secrets);
    let secrets = text_of(job.secrets.join(&SEPARATOR));
    let (status, text) = (error.status().unwrap_or(0), error.text().unwrap_or_default());
    task.fail(kind, &message, &path, &fault.expected, &fault.received, status, text, value.unwrap_or(&JsValue::UNDEFINED), &secrets);
}

fn row(number: usize) -> &'static Endpoint {
    let mut left = number;
    for group in ENDPOINTS {
        if let Some(endpoint) = group.get(left) {
            return endpoint;
        }
        left = left.wrapping_sub(group.len());
    }
    &FREE
}

/// The three parts of `[path values, query, options]`.
fn parts(text: &str) -> [&[u8]; 3] {
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.kind();
    cursor.step();
    [true, false, false].map(|first| {
        cursor.more(b']', first);
        let null = cursor.kind() == Kind::Null;
        let from = cursor.position();
        cursor.skip();
        if null { &[][..] } else { cursor.since(from) }
    })
}

/// Reads options from JSON. Their kinds are known to be right; what they say is checked by `options::check`.
fn read_options(options: &mut Options, settings: &[u8]) -> Result<(), Fault> {
    let mut cursor = Cursor::new(settings);
    cursor.kind();
    cursor.step();
    let mut first = true;
    while cursor.more(b'}', first) == Some(true) {
        first = false;
        let Some(name) = cursor.key() else { break };
        let kind = cursor.kind();
        match name {
            b"timeoutMs" => options.timeout_ms = whole(&mut cursor),
            b"headers" => read_headers(options, &mut cursor)?,
            _ if kind == Kind::String => {
                let text = cursor.raw_string().map(unescape).unwrap_or_default();
                match name {
                    b"accessToken" => options.access_token = TokenSource::Fixed(text),
                    b"baseUrl" => options.base_url = text,
                    _ if text == "strict" => options.validation = Validation::Strict,
                    _ if text == "lenient" => options.validation = Validation::Lenient,
                    _ => return Err(Fault::new("options.validation", "one of \"lenient\", \"strict\"", "another string")),
                }
            }
            _ => {
                cursor.skip();
            }
        }
    }
    Ok(())
}

/// A number of milliseconds; 0, which is none, for what is out of reach or no whole number.
fn whole(cursor: &mut Cursor<'_>) -> u32 {
    match cursor.integer() {
        (true, Some(milliseconds)) => u32::try_from(milliseconds).unwrap_or(0),
        _ => 0,
    }
}

fn read_headers(options: &mut Options, cursor: &mut Cursor<'_>) -> Result<(), Fault> {
    cursor.step();
    let mut first = true;
    while cursor.more(b'}', first) == Some(true) {
        first = false;
        let Some(name) = cursor.key().map(unescape) else { break };
        let kind = cursor.kind();
        if kind != Kind::String {
            return Err(Fault::new(&join(&["options.headers[\"", &name, "\"]"]), "string", kind.name()));
        }
        options.headers.push((name, cursor.raw_string().map(unescape).unwrap_or_default()));
    }
    Ok(())
}
