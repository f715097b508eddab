//! Real exchanges, both ways: every one that the API accepted is right, and models lose nothing of it but what FACTS 14 names.

use super::description::places;
use super::form::same_answer;
use super::models::{self, Model};
use super::requests::Arguments;
use super::{described, no, rows, short, tell};
use serde_json::{Map, Value};
use std::path::PathBuf;
use supabase_management_wasm::endpoint::{Answer, Endpoint};

/// Rows whose real answers have fields that the description does not know: a model drops them.
const NEWER: &[&str] = &["auth.getConfig", "auth.updateConfig"];

/// Those fields.
const UNKNOWN: &[&str] = &[
    "audit_log_disable_postgres",
    "index_worker_ensure_user_search_indexes_exist",
    "mfa_allow_low_aal",
    "security_update_password_require_current_password",
];

/// Real exchanges: file name and content.
fn exchanges() -> Vec<(String, Value)> {
    let folders = places().first().and_then(|place| std::fs::read_dir(place.with_file_name("recorded")).ok());
    let Some(folders) = folders else { return Vec::new() };
    let files = |folder: PathBuf| std::fs::read_dir(folder).expect("a readable folder").map(|file| file.expect("a readable folder").path());
    let mut paths: Vec<_> = folders.flat_map(|folder| files(folder.expect("a readable folder").path())).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a readable recording");
        (path.display().to_string(), serde_json::from_str(&text).expect("a recording is JSON"))
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn recorded_exchanges_fit_the_table_and_the_models() {
    let Some(description) = described("RECORDINGS") else { return };
    let mut problems = Vec::new();
    let (mut files, mut requests, mut answers) = (0, 0, 0);
    let rows: Vec<_> = rows(&description).collect();
    for (name, exchange) in exchanges() {
        files += 1;
        let Some((row, asked)) = rows.iter().find(|(row, _)| exchange["method"] == row.verb.as_str() && exchange["pathTemplate"] == row.route) else {
            problems.push(format!("{name}: no row"));
            continue;
        };
        // What the API refused was described all the same.
        requests += 1;
        let fault = sent(row, &exchange, &asked.query).try_on(row).err().map(|fault| format!("{fault:?}"));
        let accepted = exchange["response"]["status"].as_u64().is_some_and(|status| status / 100 == 2);
        answers += usize::from(accepted && asked.answer.is_some());
        let answer = if accepted { answer_problem(row, &exchange["response"]["body"]) } else { None };
        problems.extend(fault.into_iter().chain(answer).map(|problem| format!("{}: {name}: {problem}", row.id)));
    }
    if files == 0 {
        tell("CONFORMANCE RECORDINGS: SKIPPED, NONE BESIDE THE API DESCRIPTION");
    }
    tell(&format!("conformance: {files} recorded exchanges: {requests} requests checked, {answers} answers read by models"));
    no(&problems);
}

fn answer_problem(row: &Endpoint, body: &Value) -> Option<String> {
    let (Answer::Json(_), Some(Model { answer, .. })) = (row.answer, models::of(row.id)) else {
        return (!body.is_null() && matches!(row.answer, Answer::Nothing)).then(|| format!("{} where nothing is expected", short(body)));
    };
    let mut known = body.clone();
    let gone = |name: &&&str| known.as_object_mut().and_then(|fields| fields.shift_remove(**name)).is_none();
    let lacking: Vec<_> = if NEWER.contains(&row.id) { UNKNOWN.iter().filter(gone).collect() } else { Vec::new() };
    if !lacking.is_empty() {
        return Some(format!("lacks {lacking:?}, which are known to be there"));
    }
    match answer(&body.to_string()) {
        Err(error) => Some(error.to_string()),
        Ok(written) if same_answer(&written, &known) => None,
        Ok(written) => Some(format!("{} became {}", short(&known), short(&written))),
    }
}

/// The arguments of a recorded request.
fn sent(row: &Endpoint, exchange: &Value, query: &Value) -> Arguments {
    let parts = row.route.split('/').zip(exchange["path"].as_str().unwrap_or_default().split('/'));
    Arguments {
        paths: parts.filter(|(part, _)| part.starts_with('{')).map(|(_, value)| value.to_string()).collect(),
        query: wire_query(&exchange["query"], query),
        body: Some(exchange["request"]["body"].clone()).filter(|body| !body.is_null()),
    }
}

/// A recorded query, whose values are texts, with the types that the description gives them.
fn wire_query(recorded: &Value, schema: &Value) -> Value {
    let mut query = Map::new();
    for (name, value) in recorded.as_object().into_iter().flatten() {
        let ty = schema["properties"][name]["type"].as_str().unwrap_or_default();
        let parsed = value.as_str().filter(|_| matches!(ty, "boolean" | "integer" | "number")).and_then(|text| serde_json::from_str(text).ok());
        query.insert(name.clone(), parsed.unwrap_or_else(|| value.clone()));
    }
    Value::Object(query)
}
