//! Waits as JavaScript makes them.

use super::answers::JsReader;
use super::arguments::{json_list, json_of, kind_or_nothing};
use super::calls::start;
use super::clients::{JsClient, client_of};
use super::errors::{JsFailure, Pending};
use super::options::{self, Scope};
use super::records::to_js;
use crate::client::Client;
use crate::error::Error;
use crate::fault::Fault;
use crate::flows::wait::named::Target;
use crate::flows::wait::polling::Wait;
use crate::flows::wait::rules::{Extra, Rule, WAITERS, Waiter};
use crate::options::Options;
use crate::text::quoted;
use crate::transport::cancellation::Cancellation;
use crate::transport::http::settled;
use js_sys::Array;
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// A wait that a promise of JavaScript waits for.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Pending)]
    pub type PendingWait;
    /// Aborted when nobody waits for it any more.
    #[wasm_bindgen(method, getter)]
    fn left(this: &PendingWait) -> AbortSignal;
    /// Asks the user's function for a state.
    #[wasm_bindgen(method, catch)]
    fn read(this: &PendingWait, deadline_ms: u32) -> Result<JsValue, JsValue>;
    /// Asks the user's function whether that is what was waited for.
    #[wasm_bindgen(method, catch)]
    fn judge(this: &PendingWait, state: &JsValue) -> Result<JsValue, JsValue>;
    /// A poll has found something.
    #[wasm_bindgen(method)]
    fn progress(this: &PendingWait, progress: JsValue);
    /// What was waited for is there.
    #[wasm_bindgen(method)]
    fn succeed(this: &PendingWait, state: &JsValue);
}

/// The methods that wait: `projects.waitUntilHealthy`.
#[cfg_attr(not(wasm_pack), wasm_bindgen)]
pub fn waiters() -> JsValue {
    to_js(&WAITERS.iter().map(|waiter| waiter.id).collect::<Vec<_>>())
}

/// Starts the wait of a method.
#[cfg_attr(not(wasm_pack), wasm_bindgen)]
pub fn wait(pending: PendingWait, client: &JsClient, waiter: usize, arguments: &Array) {
    let (client, waiter) = (client_of(client), &WAITERS[waiter]);
    match named(client, waiter, arguments) {
        Ok(wait) => run(pending, wait),
        Err(fault) => JsFailure::from(Error::input(waiter.id, "", fault)).reject(&pending),
    }
}

/// Starts a wait that asks functions of the user. `arguments` are those of the user, of which the third are the options.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = waitUntil))]
pub fn wait_until(pending: PendingWait, arguments: &Array) {
    if let Err(fault) = at_most(3, arguments) {
        return JsFailure::from(Error::input("waitUntil", "", fault)).reject(&pending);
    }
    let given = arguments.get(2);
    let functions = pending.clone();
    let wait = Wait::<JsValue, JsFailure>::new("waitUntil", Rule::OWN, move |poll| {
        let (functions, read) = (functions.clone(), functions.read(poll.deadline_ms));
        Box::pin(async move {
            let state = settled(&read.map_err(JsFailure::Theirs)?).await.map_err(JsFailure::Theirs)?;
            let done = settled(&functions.judge(&state).map_err(JsFailure::Final)?).await.map_err(JsFailure::Final)?;
            Ok((state, if done.is_truthy() { "done".into() } else { "pending".into() }))
        })
    });
    match configured(wait, &Options::default(), &given, Scope::Wait) {
        Ok(wait) => run(pending, wait),
        Err(fault) => JsFailure::from(Error::input("waitUntil", "", fault)).reject(&pending),
    }
}

/// Refuses arguments too many. What is undefined counts as left out.
fn at_most(most: u32, arguments: &Array) -> Result<(), Fault> {
    if (most..arguments.length()).any(|at| !arguments.get(at).is_undefined()) {
        return Err(Fault::new("", format!("at most {most} arguments"), format!("{} arguments", arguments.length())));
    }
    Ok(())
}

/// The wait of a method, of its arguments: the reference, what else the method takes, options.
fn named(client: Client, waiter: &'static Waiter, arguments: &Array) -> Result<Wait<JsValue, JsFailure>, Fault> {
    let takes = if matches!(waiter.extra, Extra::Nothing | Extra::Services) { 1 } else { 2 };
    at_most(takes + 1, arguments)?;
    let (extra, given) = (arguments.get(1), arguments.get(takes));
    let paths = if waiter.extra == Extra::PathValue { arguments.slice(0, 2) } else { arguments.slice(0, 1) };
    let query = match waiter.extra {
        Extra::Query(name) | Extra::OptionalQuery(name) => json_of(&extra).map(|value| format!("{{{}:{value}}}", quoted(name))).unwrap_or_default(),
        _ => String::new(),
    };
    let mut id = None;
    if waiter.extra == Extra::Id {
        id = extra.as_f64().filter(|id| id.fract() == 0.0);
        if id.is_none() {
            return Err(Fault::new("id", "integer", kind_or_nothing(&extra)));
        }
    }
    let options = Rc::clone(&client.options);
    let target = Target {
        client,
        waiter,
        paths: json_list(&paths),
        query: query.into_bytes(),
        id,
        reader: Box::new(|| JsReader),
        gone: (waiter.id == "projects.waitUntilDeleted").then_some(|| JsValue::UNDEFINED),
    };
    let scope = if waiter.extra == Extra::Services { Scope::WaitForServices } else { Scope::Wait };
    configured(target.wait(), &options, &given, scope)
}

/// The wait with its options, over those of the client.
fn configured(mut wait: Wait<JsValue, JsFailure>, base: &Options, given: &JsValue, scope: Scope) -> Result<Wait<JsValue, JsFailure>, Fault> {
    if given.is_undefined() {
        return Ok(wait);
    }
    let given = options::read(base, given, scope)?;
    wait = wait.with_services(given.services);
    if let Some(poll_ms) = given.poll_ms {
        wait = wait.poll_ms(poll_ms);
    }
    if let Some(deadline_ms) = given.deadline_ms {
        wait = wait.deadline_ms(deadline_ms);
    }
    if let Some(signal) = &given.options.signal {
        wait = wait.signal(signal);
    }
    let options = given.options;
    Ok(wait.with_options(move |of_call| *of_call = options.clone()))
}

/// What a poll has found.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProgressRecord<'p> {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    state: JsValue,
    status: &'p str,
    elapsed_ms: u32,
    polls: u32,
}

fn run(pending: PendingWait, mut wait: Wait<JsValue, JsFailure>) {
    start(async move {
        let left = Cancellation::new(Some(&pending.left()), f64::INFINITY, None);
        // Where it is left, dropping the wait ends its calls, and JavaScript has settled the promise.
        let _ = left.guard(poll_to_the_end(&pending, &mut wait)).await;
    });
}

async fn poll_to_the_end(pending: &PendingWait, wait: &mut Wait<JsValue, JsFailure>) {
    let mut last = JsValue::UNDEFINED;
    while let Some(step) = wait.next().await {
        match step {
            Ok(found) => {
                last = JsValue::clone(&found.state);
                let progress = ProgressRecord { state: last.clone(), status: &found.status, elapsed_ms: found.elapsed_ms, polls: found.polls };
                pending.progress(to_js(&progress));
            }
            Err(failure) => {
                wait.end_calls();
                return failure.reject(pending);
            }
        }
    }
    wait.end_calls();
    pending.succeed(&last);
}
