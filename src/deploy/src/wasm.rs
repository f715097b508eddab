//! What `pkg/deploy` calls: the rules over JSON, for a host that reads files and makes calls.

use crate::fault::Fault;
use crate::json::{items, object, texts};
use crate::next::{Next, next};
use crate::plan::{Draft, Read, Request, activation};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

/// A quarter of the size of the standard allocator.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The next step on the way to a plan, as JSON: `{ fault }`, `{ files }`, `{ reads }` or `{ plan }`. `desired` are the options of the user, `known` the
/// files and answers that there are: `{ directories, paths, files, answers }`.
#[wasm_bindgen(js_name = nextStep)]
pub fn next_step(desired: &str, known: &str) -> String {
    let step = match next(&parse(desired), &parse(known)) {
        Err(Fault { path, expected, received }) => {
            let fault = object(vec![("path", path.into()), ("expected", expected.into()), ("received", received.into())]);
            object(vec![("fault", fault)])
        }
        Ok(Next::Files(paths)) => object(vec![("files", texts(&paths))]),
        Ok(Next::Reads(reads)) => object(vec![("reads", list(&reads, read_to_json))]),
        Ok(Next::Plan(draft)) => object(vec![("plan", plan_to_json(&draft))]),
    };
    step.to_string()
}

/// SHA-256 of bytes, in hexadecimal digits.
#[wasm_bindgen(js_name = digest)]
pub fn digest_of_bytes(bytes: &[u8]) -> String {
    crate::digest(bytes)
}

/// The source of a function, read back: see [`read_bundle`](crate::read_bundle).
#[wasm_bindgen(js_name = readBundle)]
pub fn read_bundle_to_json(body: &[u8]) -> String {
    crate::read_bundle(body).to_string()
}

/// The body that activates functions, of a JSON list of answers.
#[wasm_bindgen(js_name = activation)]
pub fn activation_to_json(answers: &str) -> String {
    activation(items(&parse(answers))).to_string()
}

/// The variables of a `.env`, as a JSON object.
#[wasm_bindgen(js_name = parseEnv)]
pub fn parse_env_to_json(text: &str) -> String {
    let mut variables = Map::new();
    for (name, value) in crate::parse_env(text) {
        variables.insert(name, value.into());
    }
    Value::Object(variables).to_string()
}

/// JSON that the host has written. It has no other.
fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

fn list<T>(all: &[T], to_json: fn(&T) -> Value) -> Value {
    Value::Array(all.iter().map(to_json).collect())
}

fn read_to_json(read: &Read) -> Value {
    object(vec![
        ("key", read.key.as_str().into()),
        ("endpoint", read.endpoint.into()),
        ("arguments", Value::Array(read.arguments.clone())),
        ("tolerated", Value::Array(read.tolerated.iter().map(|status| Value::from(*status)).collect())),
    ])
}

fn plan_to_json(draft: &Draft) -> Value {
    object(vec![
        ("ref", draft.reference.as_deref().map_or(Value::Null, Value::from)),
        ("changes", list(&draft.changes, change_to_json)),
        ("unchanged", draft.unchanged.into()),
        ("notes", texts(&draft.notes)),
        ("requests", list(&draft.requests, request_to_json)),
        ("functions", Value::Object(draft.functions.clone())),
    ])
}

fn change_to_json(change: &crate::plan::Change) -> Value {
    object(vec![
        ("part", change.part.name().into()),
        ("action", change.action.name().into()),
        ("name", change.name.as_str().into()),
        ("detail", change.detail.as_str().into()),
        ("text", change.to_string().into()),
    ])
}

fn request_to_json(request: &Request) -> Value {
    object(vec![
        ("endpoint", request.endpoint.into()),
        ("part", request.part.name().into()),
        ("title", request.title.as_str().into()),
        ("arguments", Value::Array(request.arguments.clone())),
        ("changes", Value::Array(request.changes.clone().map(Value::from).collect())),
        ("bundle", request.bundle.as_deref().map_or(Value::Null, Value::from)),
        ("key", request.idempotency_key.as_deref().map_or(Value::Null, Value::from)),
        ("activates", request.activates.into()),
    ])
}
