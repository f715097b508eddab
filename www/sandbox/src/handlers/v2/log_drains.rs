//! Log drains: where the logs of a project go. There are no logs here, so nothing is sent.

use super::super::lists::{List, document, set};
use super::{all, attributes, data, invalid, kept, text};
use crate::Sandbox;
use crate::call::{Answer, Call};
use crate::json::json;
use crate::state::Document;
use serde_json::Value;

pub(super) const DRAINS: List = List { name: "log_drains", missing: "Log drain not found", inside: "" };

fn answer(drain: &Document) -> Value {
    kept("log_drain", drain, &[])
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    all(sandbox, call, &DRAINS, answer)
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let mut drain = document(json!({ "id": random.uuid() }));
    set(&mut drain, attributes(call), &["name", "description", "backend_type", "config"]);
    let made = answer(&drain);
    project.list(DRAINS.name).push(drain);
    data(made)
}

/// What is not given stays. Another service needs a configuration of its own.
pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let drain = DRAINS.find(sandbox.account.project(reference)?, id)?;
    if attributes(call)["config"].is_null() && drain["backend_type"].as_str() != text(call, "backend_type") {
        return Err(invalid("config", "that of the other backend_type"));
    }
    set(drain, attributes(call), &["name", "description", "backend_type", "config"]);
    data(answer(drain))
}
