//! What `pkg/deploy` calls: the rules over JSON, for a host that reads files and makes calls.

use crate::fault::Fault;
use crate::json::{items, object, texts};
use crate::next::{Next, next};
use crate::plan::{Change, Draft, Read, Request, activation};
use serde_json::{Map, Value};
use supabase_management_compact::json;
use wasm_bindgen::prelude::*;

/// The next step on the way to a plan, as JSON: `{ fault }`, `{ files }`, `{ reads }` or `{ plan }`. `desired` are the options of the user, `known` the
/// files and answers that there are: `{ directories, paths, files, answers }`.
#[wasm_bindgen(js_name = nextStep)]
pub fn next_step(desired: &str, known: &str) -> String {
    json::text(&match next(&parse(desired), &parse(known)) {
        Err(Fault { path, expected, received }) => object!("fault": object!("path": path, "expected": expected, "received": received)),
        Ok(Next::Files(paths)) => object!("files": texts(&paths)),
        Ok(Next::Reads(reads)) => object!("reads": list(&reads, read_to_json)),
        Ok(Next::Plan(draft)) => object!("plan": plan_to_json(draft)),
    })
}

/// SHA-256 of bytes, in hexadecimal digits.
#[wasm_bindgen(js_name = digest)]
pub fn digest_of_bytes(bytes: &[u8]) -> String {
    crate::digest(bytes)
}

/// The source of a function, read back: see [`read_bundle`](crate::read_bundle).
#[wasm_bindgen(js_name = readBundle)]
pub fn read_bundle_to_json(body: &[u8]) -> String {
    json::text(&crate::read_bundle(body))
}

/// The body that activates functions, of a JSON list of answers.
#[wasm_bindgen(js_name = activation)]
pub fn activation_to_json(answers: &str) -> String {
    json::text(&activation(items(&parse(answers))))
}

/// The variables of a `.env`, as a JSON object.
#[wasm_bindgen(js_name = parseEnv)]
pub fn parse_env_to_json(text: &str) -> String {
    let mut variables = Map::new();
    for (name, value) in crate::parse_env(text) {
        variables.insert(name, value.into());
    }
    json::text(&Value::Object(variables))
}

/// JSON that the host has written. It has no other.
fn parse(text: &str) -> Value {
    json::parse(text.as_bytes()).unwrap_or_default()
}

/// The items of a list as JSON.
fn list<T>(all: &[T], to_json: fn(&T) -> Value) -> Value {
    let mut list = Vec::new();
    for one in all {
        list.push(to_json(one));
    }
    Value::Array(list)
}

fn read_to_json(read: &Read) -> Value {
    object!(
        "key": read.key.as_str(),
        "endpoint": read.endpoint,
        "arguments": read.arguments.clone(),
        "tolerated": list(read.tolerated, |status| Value::from(*status)),
    )
}

fn plan_to_json(draft: Draft) -> Value {
    object!(
        "ref": draft.reference,
        "changes": list(&draft.changes, change_to_json),
        "unchanged": draft.unchanged,
        "notes": texts(&draft.notes),
        "requests": list(&draft.requests, request_to_json),
        "functions": draft.functions,
    )
}

fn change_to_json(change: &Change) -> Value {
    object!(
        "part": change.part.name(),
        "action": change.action.name(),
        "name": change.name.as_str(),
        "detail": change.detail.as_str(),
        "text": change.to_string(),
    )
}

fn request_to_json(request: &Request) -> Value {
    let mut changes = Vec::new();
    for change in request.changes.clone() {
        changes.push(Value::from(change));
    }
    object!(
        "endpoint": request.endpoint,
        "part": request.part.name(),
        "title": request.title.as_str(),
        "arguments": request.arguments.clone(),
        "changes": changes,
        "bundle": request.bundle.as_deref(),
        "key": request.idempotency_key.as_deref(),
        "activates": request.activates,
    )
}
