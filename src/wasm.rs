//! What JavaScript sees: a few plain functions. The classes, and all that must outlive a trap, are in `pkg/client.js`.

use crate::api::endpoints;
use crate::check::Fault;
use crate::client::{FREE, inspect};
use crate::endpoint::{Answer, Arguments, Body, Endpoint, Verb};
use crate::error::ErrorKind;
use crate::limits::{Limiter, forget};
use crate::options::Hooks;
use crate::platform::Task;
use crate::run::spawn;
use crate::schema::{Shape, Type, take_until};
use crate::send::{Incoming, Outgoing, Settings, bytes_of, now, send};
use std::cell::UnsafeCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Where in the body there is something that must not be shown.
    #[wasm_bindgen(method)]
    fn hide(this: &Task, from: usize, to: usize);
    #[wasm_bindgen(method)]
    fn deviation(this: &Task, path: &str, expected: &str, received: &str);
    /// The answer is the one that came last.
    #[wasm_bindgen(method)]
    fn done(this: &Task, status: u16, attempts: u32);
    /// `unsure` is whether it may have been done all the same; `number` the time it had, or has to wait.
    #[wasm_bindgen(method)]
    fn fail(
        this: &Task,
        kind: &str,
        path: &str,
        expected: &str,
        received: &str,
        status: u16,
        unsure: bool,
        value: &JsValue,
        attempts: u32,
        number: f64,
    );
}

#[wasm_bindgen]
extern "C" {
    /// Takes a note of buckets.
    pub type Report;
    #[wasm_bindgen(method)]
    fn bucket(this: &Report, endpoint: &str, subject: &str, limit: f64, left: f64, seconds: f64, running: u32, waiting: u32);
}

/// The rate limits and turns of a client, by its number.
struct Limiters(UnsafeCell<Vec<(u32, Rc<Limiter>)>>);

// SAFETY: wasm without atomics has a single thread.
#[cfg(not(target_feature = "atomics"))]
unsafe impl Sync for Limiters {}

static LIMITERS: Limiters = Limiters(UnsafeCell::new(Vec::new()));

/// The state of a client. Nobody says when a client is gone: one that knows nothing is dropped, as a new one would be the same.
fn limiter(client: u32, most: u32) -> Rc<Limiter> {
    // SAFETY: the only place that looks at them, and nothing that it calls comes back here.
    let limiters = unsafe { &mut *LIMITERS.0.get() };
    if let Some((_, limiter)) = limiters.iter().find(|(number, _)| *number == client) {
        return Rc::clone(limiter);
    }
    if limiters.len() == limiters.capacity() {
        forget(limiters, |(_, limiter)| limiter.is_blank());
    }
    let limiter = Limiter::new(most, now);
    limiters.push((client, Rc::clone(&limiter)));
    limiter
}

/// Tells `report` what is known of the rate limits of a client.
#[wasm_bindgen]
pub fn limits(client: u32, report: Report) {
    // SAFETY: as above; `report` takes a note and calls nothing.
    let limiters = unsafe { &*LIMITERS.0.get() };
    // One that has called nothing yet has none.
    if let Some((_, limiter)) = limiters.iter().find(|(number, _)| *number == client) {
        limiter.each(|endpoint, subject, [limit, left, seconds], [running, waiting]| {
            report.bucket(endpoint, subject, limit, left, seconds, running, waiting);
        });
    }
}

/// A quarter of the size of the standard allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// One line per endpoint: name, verb, path; number of path values, kind of body (none, JSON, JSON or bytes, none of the table, form, form with
/// files) and of answer (nothing, text, bytes, array, object, other JSON, rows, count, address), whether it takes a key of idempotency, and
/// what leads to the next page (nothing, offset, cursor), each as a digit, and behind them scope and
/// permissions; names of the query.
#[wasm_bindgen]
pub fn table() -> JsValue {
    let mut text = Vec::new();
    for endpoint in endpoints() {
        let body = match endpoint.body {
            Body::None => b'0',
            Body::JsonOrEszip(_) => b'2',
            Body::Json(_) | Body::Free => b'1',
            Body::Form(_) => b'4',
            Body::Multipart(_) => b'5',
        };
        let answer = match endpoint.answer {
            Answer::Nothing => b'0',
            Answer::Text => b'1',
            Answer::Bytes | Answer::Free => b'2',
            Answer::Json(ty) => match ty.shape() {
                Shape::Array { .. } => b'3',
                _ if endpoint.error_inside => b'9',
                Shape::Object(_) | Shape::Map(_) | Shape::Tagged { .. } => b'4',
                _ => b'5',
            },
            Answer::Rows => b'6',
            Answer::Count => b'7',
            Answer::Url => b'8',
        };
        let kinds = [b' ', b'0' + endpoint.placeholders.len() as u8, body, answer, b'0' + u8::from(endpoint.keyed), b'0' + endpoint.paging as u8];
        for part in
            [endpoint.id.as_bytes(), b" ", endpoint.verb.as_str().as_bytes(), b" ", endpoint.route.as_bytes(), &kinds, endpoint.needs.as_bytes()]
        {
            text.extend_from_slice(part);
        }
        if let Some(Shape::Object(fields)) = endpoint.query.map(Type::shape) {
            for field in fields {
                text.push(b' ');
                text.extend_from_slice(field.name.as_bytes());
            }
        }
        text.push(b'\n');
    }
    // SAFETY: texts, with ASCII between them.
    JsValue::from_str(unsafe { std::str::from_utf8_unchecked(&text) })
}

/// Runs a call to its end, which is `task.done` or `task.fail`. `known` is the endpoint that a call without a row of its own leads to.
///
/// `lines` are three: the path values and the query as JSON, which are checked; the target, made of them by `pkg/options.js`. `json` is the
/// body where it is checked. `flags` are, from the lowest bit: strict, deviations are told, a spent window is an error, hooks are told, there is
/// a key of idempotency, no token, a source of tokens, one that renews them; then the number of the verb, where the endpoint has none.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "an object would cost more bytes on both sides")]
pub fn call(
    task: Task,
    endpoint: usize,
    known: usize,
    lines: JsValue,
    json: JsValue,
    timeout_ms: u32,
    flags: u32,
    client: u32,
    max_concurrent: u32,
    max_retries: u32,
    deadline_ms: u32,
) {
    let flag = |bit: u32| flags & bit != 0;
    let (strict, report) = (flag(1), flag(2));
    let (endpoint, known) = (row(endpoint), row(known));
    let lines = lines.as_string().unwrap_or_default();
    let mut left = lines.as_bytes();
    // SAFETY: lines of a text.
    let mut line = || unsafe { std::str::from_utf8_unchecked(take_until(b'\n', &mut left)) };
    let (paths, query, target) = (line(), line(), line());
    let settings = Settings {
        asks: flag(64),
        renews: flag(128),
        tokenless: flag(32),
        timeout_ms,
        deadline_ms,
        deadline: now() + f64::from(deadline_ms),
        max_retries,
        refuse: flag(4),
        limiter: limiter(client, max_concurrent),
        hooks: Hooks(flag(8)),
        task: task.clone().into(),
    };
    let json = if json.is_undefined() { None } else { Some(json.unchecked_into::<js_sys::Uint8Array>().to_vec()) };
    let mut secrets = Vec::new();
    let arguments = Arguments { paths: paths.as_bytes(), query: query.as_bytes(), body: json.as_deref() };
    let checked = endpoint.check(&arguments, &mut secrets);
    if endpoint.is_free() {
        known.find_secrets(json.as_deref(), &mut secrets);
    }
    secrets.iter().for_each(|(from, to)| task.hide(*from, *to));
    if let Err(fault) = checked {
        return fail(&task, &ErrorKind::Input(fault), None);
    }
    if matches!(endpoint.answer, Answer::Url) {
        return task.done(0, 0);
    }
    let bytes = match endpoint.answer {
        Answer::Json(_) => report || strict,
        Answer::Nothing | Answer::Text | Answer::Rows | Answer::Count | Answer::Url => false,
        Answer::Bytes | Answer::Free => true,
    };
    let verb = if endpoint.is_free() { Verb::ALL.get(flags as usize >> 8).copied().unwrap_or(Verb::Get) } else { endpoint.verb };
    let request = endpoint.outgoing(known, verb, target, json.as_deref(), bytes, flag(16));
    spawn(async move {
        let incoming = send(&request, &settings, &mut Vec::new()).await;
        let checked = incoming.and_then(|incoming| {
            inspected(&task, &request, &incoming, strict, report)?;
            Ok(incoming.status)
        });
        match checked {
            // The engine's own parser reads it.
            Ok(status) => task.done(status, request.attempts.get()),
            Err(kind) => fail(&task, &kind, Some(&request)),
        }
    });
}

/// Checks an answer against the table, where that is asked for.
fn inspected(task: &Task, request: &Outgoing, incoming: &Incoming, strict: bool, report: bool) -> Result<(), ErrorKind> {
    if let Answer::Json(ty) = request.row.answer
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
fn fail(task: &Task, kind: &ErrorKind, request: Option<&Outgoing>) {
    let nothing = Fault { path: String::new(), expected: String::new(), received: String::new() };
    let undefined = JsValue::UNDEFINED;
    let writes = request.is_some_and(|request| request.writes());
    let attempts = request.map_or(0, |request| request.attempts.get());
    let unsure = request.is_some_and(|request| request.unsure.get());
    let (name, fault, status, unsure, value, number) = match kind {
        ErrorKind::Input(fault) => ("Input", fault, 0, false, &undefined, 0.0),
        ErrorKind::Api { status, .. } => ("Api", &nothing, *status, unsure, &undefined, 0.0),
        ErrorKind::Decode { fault, status, .. } => ("Decode", fault, *status, false, &undefined, 0.0),
        ErrorKind::Network { cause, status, lost } => ("Connection", &nothing, status.unwrap_or(0), *lost && writes, cause, 0.0),
        ErrorKind::Timeout { sent, timeout_ms, status, overall } => {
            let name = if *overall { "Deadline" } else { "Timeout" };
            (name, &nothing, status.unwrap_or(0), *sent && writes && status.is_none(), &undefined, f64::from(*timeout_ms))
        }
        ErrorKind::RateLimit { wait_ms } => ("RateLimit", &nothing, 0, unsure, &undefined, *wait_ms),
        // No call has it.
        ErrorKind::Wait { .. } => ("", &nothing, 0, false, &undefined, 0.0),
        // What the user brought comes back as it is.
        ErrorKind::Aborted { reason: value } | ErrorKind::Token { cause: value } => ("", &nothing, 0, false, value, 0.0),
    };
    task.fail(name, &fault.path, &fault.expected, &fault.received, status, unsure, value, attempts, number);
}

fn row(number: usize) -> &'static Endpoint {
    endpoints().get(number).unwrap_or(&FREE)
}
