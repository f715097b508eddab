//! Every row of the table against the official description, and against real answers.
//!
//! The description is `../shared/api/openapi.json` beside the repository, or what `$OPENAPI` names; real exchanges lie in `recorded` next to it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "conformance/compare.rs"]
mod compare;
#[path = "conformance/description.rs"]
mod description;
#[path = "conformance/models.rs"]
mod models;
#[path = "conformance/samples.rs"]
mod samples;

use compare::{Judge, Side};
use description::{Description, Operation};
use models::Model;
use samples::{Sample, answer_variants, correct, steps, wrong};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::io::Write;
use supabase_management_wasm::api::ENDPOINTS;
use supabase_management_wasm::endpoint::{Answer, Body, Endpoint};

/// Where the table differs from the description on purpose: endpoint (`*` for all), place, reason. One that no longer applies fails.
const EXCEPTIONS: &[(&str, &str, &str)] = &[("*", "path.function_slug", "its pattern needs a character, so the shortest length is 1")];

/// `println!` of a test that passes is not shown.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The description, or a word in capital letters that it is not there.
fn described(test: &str) -> Option<Description> {
    let found = Description::find();
    if found.is_none() {
        tell(&format!("CONFORMANCE {test}: SKIPPED, NO API DESCRIPTION AT {}", description::place().display()));
    }
    found
}

fn rows() -> impl Iterator<Item = &'static Endpoint> {
    ENDPOINTS.iter().flat_map(|group| group.iter())
}

/// Fails with all of what was found, not with the first.
fn no(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_row_says_what_the_description_says() {
    let Some(description) = described("TABLE") else { return };
    let mut problems = Vec::new();
    let mut used = HashSet::new();
    let mut ids = HashSet::new();
    let mut places = HashSet::new();
    for row in rows() {
        let mut found = Vec::new();
        if !ids.insert(row.id) || !places.insert((row.verb.as_str(), row.route)) {
            found.push((String::new(), "the row is there twice".into()));
        }
        match description.operation(row.verb.as_str(), row.route) {
            None => found.push((String::new(), format!("the description has no {} {}", row.verb.as_str(), row.route))),
            Some(operation) => judge(row, &operation, &mut found),
        }
        for (place, problem) in found {
            match EXCEPTIONS.iter().find(|(id, known, _)| (*id == row.id || *id == "*") && *known == place) {
                Some(exception) => {
                    used.insert(exception);
                }
                None => problems.push(format!("{}: {place}: {problem}", row.id)),
            }
        }
    }
    problems.extend(EXCEPTIONS.iter().filter(|one| !used.contains(one)).map(|(id, place, _)| format!("{id}: {place}: the exception is out of date")));
    let placeholders: usize = rows().map(|row| row.placeholders.len()).sum();
    tell(&format!(
        "conformance: {} rows of {} operations, {placeholders} placeholders, {} exceptions",
        rows().count(),
        description.count(),
        EXCEPTIONS.len()
    ));
    no(&problems);
}

/// Compares one row with its operation.
fn judge(row: &Endpoint, operation: &Operation, found: &mut Vec<(String, String)>) {
    let described: Vec<_> = operation.placeholders();
    let known: Vec<_> = row.placeholders.iter().map(|placeholder| placeholder.name).collect();
    if described.iter().map(|(name, _)| *name).ne(known.iter().copied()) {
        found.push(("path".into(), format!("the row has {known:?}")));
    }
    for (placeholder, (name, schema)) in row.placeholders.iter().zip(&described) {
        Judge { side: Side::Request, found }.ty(schema, placeholder.ty, &format!("path.{name}"));
    }

    let query = operation.query();
    match row.query {
        Some(ty) => Judge { side: Side::Request, found }.ty(&query, ty, "query"),
        None if samples::fields(&query).is_empty() => {}
        None => found.push(("query".into(), "the row has no query".into())),
    }

    let mut media = operation.request_media();
    match (row.body, media.remove("application/json")) {
        (Body::None, None) => {}
        (Body::Json(ty), Some(schema)) => Judge { side: Side::Request, found }.ty(schema, ty, "body"),
        (Body::JsonOrEszip(ty), Some(schema)) => {
            if media.remove("application/vnd.denoland.eszip").is_none() {
                found.push(("body".into(), "the description takes no bundle".into()));
            }
            Judge { side: Side::Request, found }.ty(schema, ty, "body");
        }
        (body, schema) => found.push(("body".into(), format!("{body:?} in the row, {schema:?} in the description"))),
    }
    found.extend(media.keys().map(|name| ("body".into(), format!("the row does not take {name}"))));

    let mut media = operation.answer_media();
    match (row.answer, media.remove("application/json"), media.remove("text/plain")) {
        (Answer::Nothing, None, None) | (Answer::Text, None, Some(_)) => {}
        (Answer::Json(ty), Some(schema), None) => Judge { side: Side::Answer, found }.ty(schema, ty, "answer"),
        (answer, json, text) => found.push(("answer".into(), format!("{answer:?} in the row, {json:?} and {text:?} in the description"))),
    }
    found.extend(media.keys().map(|name| ("answer".into(), format!("the row does not read {name}"))));
}

/// The arguments of one call.
#[derive(Clone)]
struct Arguments {
    paths: Vec<String>,
    query: Value,
    body: Option<Value>,
}

impl Arguments {
    fn try_on(&self, row: &Endpoint) -> Result<(), supabase_management_wasm::Fault> {
        let paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
        let body = self.body.as_ref().map(Value::to_string);
        row.validate(&paths, self.query.to_string().as_bytes(), body.as_deref().map(str::as_bytes))
    }
}

#[test]
fn requests_pass_as_described_and_mutations_fail_at_their_place() {
    let Some(description) = described("REQUESTS") else { return };
    let mut problems = Vec::new();
    let (mut requests, mut mutations) = (0, 0);
    for row in rows() {
        let Some(operation) = description.operation(row.verb.as_str(), row.route) else { continue };
        let placeholders = operation.placeholders();
        let query = operation.query();
        let body = operation.request_media().remove("application/json");
        let base = Arguments {
            paths: placeholders.iter().map(|(_, schema)| samples::text(&samples::maximal(schema))).collect(),
            query: json!({}),
            body: body.map(samples::maximal),
        };
        let mut good = |arguments: Arguments, what: &str| {
            requests += 1;
            if let Err(fault) = arguments.try_on(row) {
                problems.push(format!("{}: {what}: {fault:?}", row.id));
            }
        };
        good(Arguments { query: samples::minimal(&query), body: body.map(samples::minimal), ..base.clone() }, "the smallest request");
        for value in correct(&query) {
            good(Arguments { query: value.clone(), ..base.clone() }, &format!("query {value}"));
        }
        for value in body.map(correct).unwrap_or_default() {
            good(Arguments { body: Some(value.clone()), ..base.clone() }, &format!("body {}", short(&value)));
        }
        for (at, (_, schema)) in placeholders.iter().enumerate() {
            for value in correct(schema).into_iter().filter(|value| *value != "") {
                let mut arguments = base.clone();
                arguments.paths[at] = samples::text(&value);
                good(arguments, &format!("path {value}"));
            }
        }

        let mut bad = |arguments: Arguments, what: &str, path: String| {
            mutations += 1;
            match arguments.try_on(row) {
                Ok(()) => problems.push(format!("{}: {what} at `{path}` is not noticed", row.id)),
                Err(fault) if fault.path != path => problems.push(format!("{}: {what} at `{path}` is reported as {fault:?}", row.id)),
                // What somebody sent is never repeated: it may be a secret.
                Err(fault) if format!("{fault:?}").contains(samples::MARK) => {
                    problems.push(format!("{}: {what} at `{path}` is repeated by {fault:?}", row.id));
                }
                Err(_) => {}
            }
        };
        for Sample { value, steps: way, what } in wrong(&query) {
            if row.query.is_some() {
                bad(Arguments { query: value, ..base.clone() }, what, steps("query", &way));
            }
        }
        for Sample { value, steps: way, what } in body.map(wrong).unwrap_or_default() {
            bad(Arguments { body: Some(value), ..base.clone() }, what, steps("", &way));
        }
        for (at, (name, schema)) in placeholders.iter().enumerate() {
            let values = wrong(schema).into_iter().filter(|sample| sample.value.is_string()).map(|sample| samples::text(&sample.value));
            for value in values.chain(["", ".", ".."].map(String::from)) {
                let mut arguments = base.clone();
                arguments.paths[at] = value;
                bad(arguments, "a path value", (*name).to_string());
            }
        }
        if let Some(at) = placeholders.len().checked_sub(1) {
            let mut arguments = base.clone();
            arguments.paths.pop();
            bad(arguments, "a missing path value", placeholders[at].0.to_string());
        }
    }
    tell(&format!("conformance: {requests} requests checked, {mutations} mutations tried"));
    no(&problems);
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(300).collect()
}

#[test]
fn models_read_what_is_described_and_write_the_same() {
    let Some(description) = described("MODELS") else { return };
    let mut problems = Vec::new();
    let (mut bodies, mut answers, mut refused) = (0, 0, 0);
    for row in rows() {
        let Some(operation) = description.operation(row.verb.as_str(), row.route) else { continue };
        let Some(Model { answer, body, query }) = models::of(row.id) else {
            problems.push(format!("{}: tests/conformance/models.rs does not list it", row.id));
            continue;
        };
        let mut same = |read: models::Read, sent: &Value, back: &Value, what: &str| match read(&sent.to_string()) {
            Err(error) => problems.push(format!("{}: {what}: {error} in {}", row.id, short(sent))),
            Ok(written) if written != *back => problems.push(format!("{}: {what}: {} became {}", row.id, short(sent), short(&written))),
            Ok(_) => {}
        };
        if let Some(schema) = operation.request_media().remove("application/json") {
            for value in correct(schema) {
                bodies += 1;
                same(body, &value, &value, "body");
            }
        }
        if row.query.is_some() {
            for value in correct(&operation.query()) {
                bodies += 1;
                same(query, &value, &value, "query");
            }
        }
        let Some(schema) = operation.answer_media().remove("application/json") else { continue };
        for value in correct(schema) {
            answers += 1;
            same(answer, &value, &value, "answer");
        }
        // What the API may do tomorrow, and does in part today.
        for samples::Variant { sent, back, what } in answer_variants(schema) {
            answers += 1;
            same(answer, &sent, &back, what);
        }
        for Sample { value, steps: way, what } in wrong(schema) {
            let counts = what == "a missing field" || what == "another type" || what == "null";
            if !counts || (what == "null" && samples::optional(schema, &way)) {
                continue;
            }
            refused += 1;
            if answer(&value.to_string()).is_ok() {
                problems.push(format!("{}: answer with {what} at `{}` is taken", row.id, steps("", &way)));
            }
        }
    }
    tell(&format!("conformance: {bodies} bodies and queries, {answers} answers read and written again, {refused} wrong answers refused"));
    no(&problems);
}

#[test]
fn recorded_exchanges_fit() {
    let Some(description) = described("RECORDINGS") else { return };
    let mut problems = Vec::new();
    let (mut files, mut answers, mut requests, mut others, mut operations) = (0, 0, 0, 0, 0);
    for row in rows() {
        let Some(operation) = description.operation(row.verb.as_str(), row.route) else { continue };
        let recorded = description.recorded(operation.id());
        operations += usize::from(!recorded.is_empty());
        for (name, exchange) in recorded {
            files += 1;
            let mut wrong = |problem: String| problems.push(format!("{}: {name}: {problem}", row.id));
            let path = exchange["path"].as_str().unwrap_or_default();
            let sent = Arguments {
                paths: path_values(row.route, path),
                query: wire_query(&exchange["query"], &operation.query()),
                body: Some(exchange["request"]["body"].clone()).filter(|body| !body.is_null()),
            };
            let status = exchange["response"]["status"].as_u64().unwrap_or_default();
            // The recorder also kept requests that the API refused.
            if status / 100 != 2 {
                others += 1;
                continue;
            }
            requests += 1;
            if let Err(fault) = sent.try_on(row) {
                wrong(format!("{fault:?}"));
            }
            let body = &exchange["response"]["body"];
            let (Answer::Json(_), Some(Model { answer: read, .. })) = (row.answer, models::of(row.id)) else { continue };
            if body.is_null() {
                wrong("an answer without a body".into());
                continue;
            }
            answers += 1;
            match read(&body.to_string()) {
                Err(error) => wrong(error.to_string()),
                Ok(written) if written != *body => wrong(format!("{} became {}", short(body), short(&written))),
                Ok(_) => {}
            }
        }
    }
    if files == 0 {
        tell("CONFORMANCE RECORDINGS: SKIPPED, NONE BESIDE THE API DESCRIPTION");
    }
    tell(&format!(
        "conformance: {files} recorded exchanges of {operations} operations: {requests} requests checked, {answers} answers read, {others} errors left out"
    ));
    no(&problems);
}

/// What stands where the route has placeholders.
fn path_values(route: &str, path: &str) -> Vec<String> {
    let pairs = route.split('/').zip(path.split('/'));
    pairs.filter(|(part, _)| part.starts_with('{')).map(|(_, value)| value.to_string()).collect()
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
