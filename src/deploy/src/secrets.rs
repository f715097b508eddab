//! Secrets: what a project should have, and what it has, by digest alone.

use crate::digest::digest;
use crate::fault::Fault;
use crate::json::{counted, fields, items, kind, object, string, text, texts};
use crate::plan::{Action, Draft, Part};
use serde_json::{Map, Value};

/// How many secrets a project holds at most.
const MOST: usize = 100;

/// The secrets that a project should have: those of `[edge_runtime.secrets]`, replaced by those that were given. `env` is what `env(NAME)` asks.
pub(crate) fn desired(config: &Value, given: &Value, env: &Value, notes: &mut Vec<String>) -> Result<Map<String, Value>, Box<Fault>> {
    let mut secrets = Map::new();
    let table = &config["edge_runtime"]["secrets"];
    if !table.is_null() && !table.is_object() {
        return Err(Fault::of("edge_runtime.secrets", "a table", kind(table)));
    }
    for (name, value) in fields(Some(table)) {
        let Value::String(value) = value else { return Err(Fault::of(format!("edge_runtime.secrets.{name}"), "string", kind(value))) };
        let variable = value.strip_prefix("env(").and_then(|rest| rest.strip_suffix(')'));
        match variable.map(|variable| env[variable].as_str()) {
            None => secrets.insert(name.clone(), value.as_str().into()),
            Some(Some(set)) => secrets.insert(name.clone(), set.into()),
            Some(None) => {
                // What the environment does not have cannot be set, nor does that mean that it is to go.
                notes.push(format!("secrets: {name} is left alone, as its variable is not set"));
                continue;
            }
        };
    }
    for (name, value) in fields(Some(given)) {
        secrets.insert(name.clone(), value.clone());
    }
    let mut allowed = Map::new();
    for (name, value) in secrets {
        if name.starts_with("SUPABASE_") {
            notes.push(format!("secrets: {name} is left out, as names that begin with SUPABASE_ are reserved"));
        } else {
            allowed.insert(name, value);
        }
    }
    if allowed.len() > MOST {
        return Err(Fault::of("secrets", format!("at most {MOST}"), allowed.len().to_string()));
    }
    Ok(allowed)
}

/// What must be set, and with `prune` what must go. `remote` is the answer of `secrets.list`.
pub(crate) fn compare(reference: &str, desired: &Map<String, Value>, remote: &Value, prune: bool, out: &mut Draft) {
    let (mut set, mut removed) = (Vec::new(), Vec::new());
    let first = out.changes.len();
    for (name, value) in desired {
        let value = value.as_str().unwrap_or_default();
        let action = match items(remote).iter().find(|secret| text(secret, "name") == name) {
            Some(there) if text(there, "value").eq_ignore_ascii_case(&digest(value.as_bytes())) => {
                out.unchanged += 1;
                continue;
            }
            Some(_) => Action::Update,
            None => Action::Create,
        };
        out.change(Part::Secrets, action, name, String::new());
        set.push(object!("name": name.as_str(), "value": value));
    }
    let last = out.changes.len();
    if !set.is_empty() {
        let title = format!("set {}", counted(set.len() as u64, "secret"));
        out.request("secrets.create", Part::Secrets, title, vec![string(reference), Value::Array(set)], first..last);
    }
    if prune {
        for secret in items(remote) {
            let name = text(secret, "name");
            if !desired.contains_key(name) && !name.starts_with("SUPABASE_") {
                out.change(Part::Secrets, Action::Delete, name, String::new());
                removed.push(name);
            }
        }
    }
    if !removed.is_empty() {
        let title = format!("remove {}", counted(removed.len() as u64, "secret"));
        let covered = last..out.changes.len();
        out.request("secrets.delete", Part::Secrets, title, vec![string(reference), texts(&removed)], covered);
    }
}
