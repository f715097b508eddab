//! What a call ends with and what hooks are told, with the names that the npm package has for it.

use crate::Fallible;
use js_sys::{Object, Promise, Reflect};
use serde::Serialize;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use supabase_management_wasm::{Call, Error, ErrorKind, Items, Page, Pages, RateLimit, Response, ResponseHeaders, Wait, to_js};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    pub(crate) fn shout(text: &str);
}

/// What the tests ask for, and Rust has no value for: the compiler would refuse it.
pub(crate) fn no_value(what: &str) -> JsValue {
    let error = js_sys::Error::new(&format!("Rust has no value for this: {what}"));
    error.set_name("NoValueInRust");
    error.into()
}

/// Starts a call.
pub(crate) fn promise<T: Serialize + 'static>(call: Call<T>) -> Promise {
    future_to_promise(async move {
        match call.with_response().await {
            Ok(response) => whole(&response),
            Err(error) => Err(failure(&error, JsValue::UNDEFINED)),
        }
    })
}

fn whole<T: Serialize>(response: &Response<T>) -> Fallible<JsValue> {
    let Response { data, status, attempts, headers, .. } = response;
    object(
        &json!({ "status": status, "attempts": attempts, "rateLimit": of_limit(response.rate_limit()) }),
        &[("data", to_js(data)?), ("headers", of_headers(headers))],
    )
}

/// Nothing where nothing is known.
fn of_limit(limit: RateLimit) -> Option<Value> {
    let RateLimit { limit: most, remaining, reset_seconds, .. } = limit;
    (limit != RateLimit::default()).then(|| {
        let members = [("limit", most), ("remaining", remaining), ("resetSeconds", reset_seconds)];
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect::<serde_json::Map<_, _>>().into()
    })
}

fn of_headers(headers: &ResponseHeaders) -> JsValue {
    headers.to_headers().into_raw().into()
}

/// A plain object with some members that no JSON has. What is null is left out.
fn object(json: &Value, more: &[(&str, JsValue)]) -> Fallible<JsValue> {
    let object = Object::new();
    for (name, value) in json.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        Reflect::set(&object, &name.into(), &to_js(value)?)?;
    }
    for (name, value) in more {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

/// What JavaScript makes an error of: `thrown`, where it is somebody else's; else all that can be asked of this one, whatever its kind is.
fn failure(error: &Error, state: JsValue) -> JsValue {
    let none = || JsValue::UNDEFINED;
    let (name, cause, headers, words) = match error.kind() {
        ErrorKind::Aborted { reason: thrown, .. } | ErrorKind::Token { cause: thrown } => {
            return object(&json!({ "foreign": true }), &[("thrown", thrown.to_js())]).unwrap_or_else(|thrown| thrown);
        }
        ErrorKind::Input(_) => ("InputError", none(), none(), None),
        ErrorKind::Api { headers, .. } => ("ApiError", none(), of_headers(headers), None),
        ErrorKind::Decode { .. } => ("DecodeError", none(), none(), None),
        ErrorKind::Network { cause, .. } if error.outcome_unknown() => ("OutcomeUnknownError", cause.to_js(), none(), None),
        ErrorKind::Network { cause, .. } => ("ConnectionError", cause.to_js(), none(), None),
        ErrorKind::Timeout { .. } => ("TimeoutError", none(), none(), None),
        ErrorKind::RateLimit { .. } => ("RateLimitError", none(), none(), None),
        ErrorKind::Wait { status } => ("WaitError", none(), none(), Some(status.clone())),
        _ => ("a kind of error that the tests do not know", none(), none(), None),
    };
    let fault = error.fault();
    let wrong: Vec<_> = error.validation_errors().into_iter().map(|(path, reason)| json!({ "path": path, "reason": reason })).collect();
    let told = json!({
        "name": name,
        "message": error.to_string(),
        "endpoint": error.endpoint(),
        "route": error.route(),
        "attempts": error.attempts(),
        "status": words.map(Value::from).or(error.status().map(Value::from)),
        "path": fault.map(|fault| &fault.path),
        "expected": fault.map(|fault| &fault.expected),
        "received": fault.map(|fault| &fault.received),
        "text": error.text(),
        "retryAfterMs": error.retry_after_ms(),
        "outcomeUnknown": error.outcome_unknown(),
        "validationErrors": wrong,
        "missingPermissions": error.missing_permissions(),
        "requiredScope": error.required_scope(),
        "requiredPermissions": error.required_permissions(),
        "unknownRoute": error.unknown_route(),
    });
    object(&told, &[("cause", cause), ("headers", headers), ("state", state)]).unwrap_or_else(|thrown| thrown)
}

/// A wait whose end can be told, whatever it waits for.
pub(crate) trait Waiting {
    /// Its promise.
    fn to_its_end(self: Box<Self>) -> Promise;
    /// Its states, one after the other.
    fn step_by_step(self: Box<Self>) -> Walk;
}

impl<T: Serialize + 'static> Waiting for Wait<T> {
    fn to_its_end(self: Box<Self>) -> Promise {
        future_to_promise(async move {
            match (*self).await {
                Ok(state) => Ok(to_js(&state)?),
                Err(error) => Err(failure_of_wait::<T>(&error)),
            }
        })
    }

    fn step_by_step(self: Box<Self>) -> Walk {
        walk(*self, async |wait| {
            let found = wait.next().await?;
            Some(found.map_err(|error| failure_of_wait::<T>(&error)).and_then(|progress| {
                let told = json!({ "status": progress.status, "elapsedMs": progress.elapsed_ms, "polls": progress.polls });
                object(&told, &[("state", to_js(&*progress.state)?)])
            }))
        })
    }
}

fn failure_of_wait<T: Serialize + 'static>(error: &Error) -> JsValue {
    let state = error.state::<T>().map(to_js).transpose();
    failure(error, state.ok().flatten().unwrap_or_default())
}

/// The pages of a list.
pub(crate) fn pages<T: Page + Serialize>(pages: Pages<T>) -> Walk {
    walk(pages, async |pages| Some(step(pages.next().await?)))
}

/// The items of a list.
pub(crate) fn items<T: Page>(items: Items<T>) -> Walk
where
    T::Item: 'static,
{
    walk(items, async |items| Some(step(items.next().await?)))
}

fn step<T: Serialize>(found: supabase_management_wasm::Result<T>) -> Fallible<JsValue> {
    found.map_err(|error| failure(&error, JsValue::UNDEFINED)).and_then(|found| Ok(to_js(&found)?))
}

/// Something that comes one after the other.
#[wasm_bindgen]
pub struct Walk(Box<dyn Fn() -> Promise>);

#[wasm_bindgen]
impl Walk {
    /// `{ value }`, or undefined after the last one.
    pub fn next(&self) -> Promise {
        (self.0)()
    }
}

fn walk<S: 'static>(source: S, next: impl AsyncFn(&mut S) -> Option<Fallible<JsValue>> + 'static) -> Walk {
    let source = Rc::new((RefCell::new(Some(source)), next));
    Walk(Box::new(move || {
        let source = Rc::clone(&source);
        future_to_promise(async move {
            let (place, next) = &*source;
            // It is out of its place meanwhile: who asks for the next one before this one came has made a mistake.
            let taken = place.take();
            let mut taken = taken.ok_or_else(|| no_value("two steps of a walk at a time"))?;
            let found = next(&mut taken).await;
            place.replace(Some(taken));
            match found {
                None => Ok(JsValue::UNDEFINED),
                Some(Ok(value)) => object(&json!({}), &[("value", value)]),
                Some(Err(failure)) => Err(failure),
            }
        })
    }))
}

/// What hooks are told.
pub(crate) mod event {
    use super::{Value, json, object, of_limit};
    use js_sys::Function;
    use supabase_management_wasm::{Deviation, RequestEvent, ResponseEvent, RetryEvent};
    use wasm_bindgen::JsValue;

    fn tell(hook: &Function, event: &Value) {
        // A hook of Rust has nothing to fail with.
        let _ = object(event, &[]).and_then(|event| hook.call1(&JsValue::UNDEFINED, &event));
    }

    pub(crate) fn deviation(hook: &Function, Deviation { endpoint, fault }: &Deviation) {
        let (path, expected, received) = (&fault.path, &fault.expected, &fault.received);
        tell(hook, &json!({ "endpoint": endpoint, "path": path, "expected": expected, "received": received }));
    }

    pub(crate) fn request(hook: &Function, event: &RequestEvent) {
        tell(hook, &json!({ "endpoint": event.endpoint, "route": event.route, "method": event.method, "attempt": event.attempt }));
    }

    pub(crate) fn response(hook: &Function, event: &ResponseEvent) {
        let told = json!({
            "endpoint": event.endpoint,
            "route": event.route,
            "method": event.method,
            "attempt": event.attempt,
            "durationMs": event.duration_ms,
            "status": event.status,
            "rateLimit": of_limit(event.rate_limit),
            "error": event.error,
        });
        tell(hook, &told);
    }

    pub(crate) fn retry(hook: &Function, event: &RetryEvent) {
        let (attempt, wait) = (event.attempt, event.delay_ms);
        tell(hook, &json!({ "endpoint": event.endpoint, "route": event.route, "attempt": attempt, "delayMs": wait, "reason": event.reason }));
    }
}
