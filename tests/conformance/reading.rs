//! Models: every sample decodes, and what is written again means the same.

use super::asked::Asked;
use super::form::{same, same_answer};
use super::models::{self, Model, Read};
use super::mutations::{Sample, steps, wrong};
use super::samples::{Variant, answer_variants, correct};
use super::{described, no, rows, short, tell};
use serde_json::Value;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Body, Endpoint};

#[test]
fn every_row_has_its_models_here() {
    let mut problems: Vec<_> = endpoints()
        .iter()
        .filter(|row| models::of(row.id).is_none())
        .map(|row| format!("{}: tests/conformance/models.rs lacks it", row.id))
        .collect();
    if models::MODELS.len() != endpoints().len() {
        problems.push(format!("{} lines for {} rows", models::MODELS.len(), endpoints().len()));
    }
    no(&problems);
}

/// What a model made of a value, where that is not the same.
fn change(read: Read, alike: fn(&Value, &Value) -> bool, sent: &Value, back: &Value, what: &str) -> Option<String> {
    match read(&sent.to_string()) {
        Err(error) => Some(format!("{what}: {error} in {}", short(sent))),
        Ok(written) if alike(&written, back) => None,
        Ok(written) => Some(format!("{what}: {} became {}", short(sent), short(&written))),
    }
}

#[test]
fn models_of_requests_write_what_they_read() {
    let Some(description) = described("MODELS OF REQUESTS") else { return };
    let mut problems = Vec::new();
    let mut count = 0;
    for (row, asked) in rows(&description) {
        let Some(Model { body, query, .. }) = models::of(row.id) else { continue };
        let bodies = body_of(row, &asked).iter().flat_map(correct).map(|value| (*body, value, "body")).collect::<Vec<_>>();
        let queries = row.query.iter().flat_map(|_| correct(&asked.query)).map(|value| (*query, value, "query"));
        for (read, value, what) in bodies.into_iter().chain(queries) {
            count += 1;
            problems.extend(change(read, same, &value, &value, what).map(|problem| format!("{}: {problem}", row.id)));
        }
    }
    tell(&format!("conformance: {count} bodies and queries read and written again by models"));
    no(&problems);
}

/// Of a form with files, the model is that of the metadata.
fn body_of(row: &Endpoint, asked: &Asked) -> Option<Value> {
    let body = asked.body.clone()?;
    Some(if let Body::Multipart(_) = row.body { body["properties"]["metadata"].clone() } else { body })
}

#[test]
fn models_of_answers_write_what_they_read() {
    let Some(description) = described("MODELS OF ANSWERS") else { return };
    let mut problems = Vec::new();
    let (mut described, mut newer) = (0, 0);
    for (row, asked) in rows(&description) {
        let (Some(Model { answer, .. }), Some(schema)) = (models::of(row.id), &asked.answer) else { continue };
        for value in correct(schema) {
            described += 1;
            problems.extend(change(*answer, same_answer, &value, &value, "answer").map(|problem| format!("{}: {problem}", row.id)));
        }
        // What the API may do tomorrow, and does in part today.
        for Variant { sent, back, what } in answer_variants(schema) {
            newer += 1;
            problems.extend(change(*answer, same_answer, &sent, &back, what).map(|problem| format!("{}: {problem}", row.id)));
        }
    }
    tell(&format!("conformance: {described} answers read and written again by models, and {newer} that are newer than the description"));
    no(&problems);
}

/// What a model must notice. Nothing else of an answer is ever checked; a field that may be null and is not there is read as null, on purpose.
const COUNTS: &[&str] = &["another type", "a missing field", "null"];

#[test]
fn models_of_answers_refuse_what_is_wrong() {
    let Some(description) = described("WRONG ANSWERS") else { return };
    let mut problems = Vec::new();
    let (mut refused, mut kept) = (0, 0);
    for (row, asked) in rows(&description) {
        let (Some(Model { answer, .. }), Some(schema)) = (models::of(row.id), &asked.answer) else { continue };
        for Sample { value, steps: way, what, in_union, .. } in wrong(schema).into_iter().filter(|sample| COUNTS.contains(&sample.what)) {
            let place = steps("", &way);
            match answer(&value.to_string()) {
                // A member that nobody knows is kept as it is.
                Ok(written) if in_union => {
                    kept += 1;
                    if !same_answer(&written, &value) {
                        problems.push(format!("{}: {what} at `{place}`: {} became {}", row.id, short(&value), short(&written)));
                    }
                }
                Ok(_) => problems.push(format!("{}: answer with {what} at `{place}` is taken", row.id)),
                Err(_) if in_union => problems.push(format!("{}: answer with {what} at `{place}` is refused", row.id)),
                Err(_) => refused += 1,
            }
        }
    }
    tell(&format!("conformance: {refused} wrong answers refused by models, {kept} kept as members of tomorrow"));
    no(&problems);
}
