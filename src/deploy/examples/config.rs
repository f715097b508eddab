//! The configuration part as a program: a comparison as JSON on the standard input, what follows on the standard output.
//! `tests/deploy/config-official.mjs` tries it beside the official tool.
//!
//! In: `{ config, ref, now, env: { NAME: value }, files: { path: text }, answers: { endpoint: answer or null } }`. Out: `{ reads }` as long as there
//! are no answers, then `{ sections, notCompared, notes }`; or `{ fault }`.

use serde_json::{Value, json};
use std::io::{Read as _, stdin};
use supabase_management_deploy::Fault;
use supabase_management_deploy::config::{Answer, Input, compare, reads};

fn told(input: &Input<'_>, answers: &Value) -> Result<Value, Fault> {
    let Some(answers) = answers.as_object() else {
        let reads = reads(input)?.into_iter().map(|read| json!({ "endpoint": read.endpoint, "fallback": read.fallback }));
        return Ok(json!({ "reads": reads.collect::<Value>() }));
    };
    let answers: Vec<_> = answers.iter().map(|(endpoint, value)| Answer { endpoint, value: Some(value).filter(|value| !value.is_null()) }).collect();
    let found = compare(input, &answers)?;
    let change = |change: &supabase_management_deploy::config::Change| json!([change.path, change.from, change.to]);
    let sections = found.sections.iter().map(|section| {
        let changes: Value = section.changes.iter().map(change).collect();
        json!({ "name": section.name, "endpoint": section.endpoint, "body": section.body, "changes": changes, "companions": section.companions })
    });
    let notes = found.notes.iter().map(|note| json!([note.path, note.text]));
    Ok(json!({ "sections": sections.collect::<Value>(), "notCompared": found.not_compared, "notes": notes.collect::<Value>() }))
}

fn main() {
    let mut text = String::new();
    stdin().read_to_string(&mut text).expect("the input can be read");
    let given: Value = serde_json::from_str(&text).expect("the input is JSON");
    let word = |place: &str, name: &str| given[place][name].as_str().map(str::to_owned);
    let (env, file) = (|name: &str| word("env", name), |path: &str| word("files", path));
    let text = |name: &str| given[name].as_str().unwrap_or_default();
    let input = Input { config: &given["config"], project_ref: text("ref"), env: &env, file: &file, now: text("now") };
    let told = told(&input, &given["answers"]).unwrap_or_else(|fault| json!({ "fault": [fault.path, fault.expected, fault.received] }));
    println!("{told}");
}
