//! What JavaScript sees: a few plain functions. The classes, and all that must outlive a trap, are in `pkg/client.js`.

use crate::api::endpoints;
use crate::check::Fault;
use crate::client::{FREE, inspect};
use crate::endpoint::{Answer, Arguments, Body, Endpoint};
use crate::error::ErrorKind;
use crate::options::TokenSource;
use crate::run::spawn;
use crate::schema::{Shape, Type, take_until};
use crate::send::{Incoming, Outgoing, Settings, bytes_of, send};
use crate::watch::Task;
use crate::words::join;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Where in the body there is something that must not be shown.
    #[wasm_bindgen(method)]
    fn hide(this: &Task, from: usize, to: usize);
    #[wasm_bindgen(method)]
    fn deviation(this: &Task, path: &str, expected: &str, received: &str);
    #[wasm_bindgen(method)]
    fn done(this: &Task, value: &JsValue, status: u16, headers: &JsValue);
    #[wasm_bindgen(method)]
    fn fail(this: &Task, kind: &str, path: &str, expected: &str, received: &str, status: u16, text: &str, value: &JsValue);
}

/// A quarter of the size of the standard allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// One line per endpoint: name, verb, path; number of path values, kind of body (none, JSON, JSON or bytes, none of the table, form, form with
/// files) and of answer (nothing, text, bytes, array, object, other JSON, rows, count, address), whether it takes a key of idempotency, each as a
/// digit; names of the query.
#[wasm_bindgen]
pub fn table() -> JsValue {
    let mut text = String::new();
    for endpoint in endpoints() {
        let body = match endpoint.body {
            Body::None => '0',
            Body::JsonOrEszip(_) => '2',
            Body::Json(_) | Body::Free => '1',
            Body::Form(_) => '4',
            Body::Multipart(_) => '5',
        };
        let answer = match endpoint.answer {
            Answer::Nothing => '0',
            Answer::Text => '1',
            Answer::Bytes | Answer::Free => '2',
            Answer::Json(ty) => match ty.shape() {
                Shape::Array { .. } => '3',
                Shape::Object(_) | Shape::Map(_) | Shape::Tagged { .. } => '4',
                _ => '5',
            },
            Answer::Rows => '6',
            Answer::Count => '7',
            Answer::Url => '8',
        };
        for word in [endpoint.id, endpoint.verb.as_str(), endpoint.route] {
            text.push_str(word);
            text.push(' ');
        }
        text.push((b'0' + endpoint.placeholders.len() as u8).into());
        text.push(body);
        text.push(answer);
        text.push(if endpoint.keyed { '1' } else { '0' });
        if let Some(Shape::Object(fields)) = endpoint.query.map(Type::shape) {
            for field in fields {
                text.push(' ');
                text.push_str(field.name);
            }
        }
        text.push('\n');
    }
    JsValue::from_str(&text)
}

/// Runs a call to its end, which is `task.done` or `task.fail`.
///
/// `lines` are six: the path values and the query as JSON, which are checked; verb and target, made of them by `pkg/options.js`; the address of
/// the API; headers as members of a JSON object. `json` is the body that is checked, `body` what `fetch` gets.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "an object would cost more bytes on both sides")]
pub fn call(
    task: Task,
    endpoint: usize,
    lines: JsValue,
    json: JsValue,
    body: JsValue,
    timeout_ms: u32,
    token: JsValue,
    fetch: JsValue,
    signal: JsValue,
    strict: bool,
    report: bool,
) {
    let endpoint = row(endpoint);
    let lines = lines.as_string().unwrap_or_default();
    let mut left = lines.as_bytes();
    // SAFETY: lines of a text.
    let mut line = || unsafe { std::str::from_utf8_unchecked(take_until(b'\n', &mut left)) };
    let (paths, query, verb, target) = (line(), line(), line(), line());
    let token = match token.as_string() {
        Some(text) => TokenSource::Fixed(text),
        None => match given::<js_sys::Function>(token) {
            Some(source) => TokenSource::Ask(Rc::new(move || source.call0(&JsValue::UNDEFINED).unwrap_or_default())),
            None => TokenSource::None,
        },
    };
    let settings = Settings {
        base_url: line().into(),
        token,
        headers: line().into(),
        timeout_ms,
        fetch: given(fetch),
        signal: given(signal),
        task: task.clone().into(),
    };
    let json = given::<js_sys::Uint8Array>(json).map(|bytes| bytes.to_vec());
    let mut secrets = Vec::new();
    let arguments = Arguments { paths: paths.as_bytes(), query: query.as_bytes(), body: json.as_deref() };
    let checked = endpoint.check(&arguments, &mut secrets);
    secrets.iter().for_each(|(from, to)| task.hide(*from, *to));
    if let Err(fault) = checked {
        return fail(&task, &ErrorKind::Input(fault), &JsValue::UNDEFINED);
    }
    if matches!(endpoint.answer, Answer::Url) {
        return task.done(&JsValue::from_str(&join(&[&settings.base_url, target])), 0, &JsValue::UNDEFINED);
    }
    let bytes = match endpoint.answer {
        Answer::Json(_) => report || strict,
        Answer::Nothing | Answer::Text | Answer::Rows | Answer::Count | Answer::Url => false,
        Answer::Bytes | Answer::Free => true,
    };
    let request = endpoint.outgoing(verb, target.into(), body, json.is_some(), bytes);
    spawn(async move {
        let incoming = send(&request, &settings, &mut Vec::new()).await;
        finish(&task, &request, incoming, strict, report);
    });
}

fn given<T: JsCast>(value: JsValue) -> Option<T> {
    if value.is_undefined() { None } else { Some(value.unchecked_into()) }
}

fn finish(task: &Task, request: &Outgoing, incoming: Result<Incoming, ErrorKind>, strict: bool, report: bool) {
    match incoming {
        Ok(incoming) => match inspected(task, request, &incoming, strict, report) {
            // The engine's own parser reads it.
            Ok(()) => task.done(&incoming.body, incoming.status, &incoming.headers),
            Err(kind) => fail(task, &kind, &incoming.body),
        },
        Err(kind) => fail(task, &kind, &JsValue::UNDEFINED),
    }
}

/// Checks an answer against the table, where that is asked for.
fn inspected(task: &Task, request: &Outgoing, incoming: &Incoming, strict: bool, report: bool) -> Result<(), ErrorKind> {
    if let Answer::Json(ty) = request.answer
        && request.bytes
        && incoming.status != 204
    {
        let bytes = bytes_of(incoming)?;
        let hook = |fault: &Fault| task.deviation(&fault.path, &fault.expected, &fault.received);
        // The text is JavaScript's to make, from the body.
        inspect(&bytes, ty, strict, report.then_some(&hook)).map_err(|fault| ErrorKind::Decode {
            fault,
            status: incoming.status,
            text: String::new(),
        })?;
    }
    Ok(())
}

/// Hands an error over. Its words, and hiding the secrets in it, are JavaScript's: `pkg/errors.js`.
#[inline(never)]
fn fail(task: &Task, kind: &ErrorKind, body: &JsValue) {
    let nothing = Fault { path: String::new(), expected: String::new(), received: String::new() };
    let undefined = JsValue::UNDEFINED;
    let (name, fault, status, text, value) = match kind {
        ErrorKind::Input(fault) => ("Input", fault, 0, "", &undefined),
        ErrorKind::Api { status, text, headers } => ("Api", &nothing, *status, &**text, &headers.0),
        ErrorKind::Decode { fault, status, text } => ("Decode", fault, *status, &**text, body),
        ErrorKind::Network { cause, status } => ("Connection", &nothing, status.unwrap_or(0), "", cause),
        // Whether it was sent.
        ErrorKind::Timeout { sent, .. } => ("Timeout", &nothing, u16::from(*sent), "", &undefined),
        // No call has it.
        ErrorKind::Wait { .. } => ("", &nothing, 0, "", &undefined),
        // What the user brought comes back as it is.
        ErrorKind::Aborted { reason: value } | ErrorKind::Token { cause: value } => ("", &nothing, 0, "", value),
    };
    task.fail(name, &fault.path, &fault.expected, &fault.received, status, text, value);
}

fn row(number: usize) -> &'static Endpoint {
    endpoints().get(number).unwrap_or(&FREE)
}
