//! Every row of the table against the official description, and against real answers.
//!
//! The description is `../shared/api/openapi.json` and `v2/openapi.json` beside the repository, or what `$OPENAPI` names, a list such as `$PATH` is one;
//! real exchanges lie in `recorded` next to the first.
#![cfg(not(target_arch = "wasm32"))]

#[path = "conformance/asked.rs"]
mod asked;
#[allow(dead_code, reason = "the tool for drift makes more of it")]
#[path = "conformance/compare.rs"]
mod compare;
#[allow(dead_code, reason = "so does it of this")]
#[path = "conformance/description.rs"]
mod description;
#[path = "conformance/dialect.rs"]
mod dialect;
#[path = "conformance/exceptions.rs"]
mod exceptions;
#[path = "conformance/form.rs"]
mod form;
#[path = "conformance/models.rs"]
mod models;
#[path = "conformance/mutations.rs"]
mod mutations;
#[path = "conformance/reading.rs"]
mod reading;
#[path = "conformance/recorded.rs"]
mod recorded;
#[path = "conformance/requests.rs"]
mod requests;
#[path = "conformance/samples.rs"]
mod samples;
#[path = "conformance/texts.rs"]
mod texts;

use asked::{Asked, asked};
use compare::{Difference, compare};
use description::{Description, places};
use exceptions::{EXCEPTIONS, UNASKED, UNDESCRIBED};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::io::Write;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::Endpoint;

/// `println!` of a test that passes is not shown.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The description, or a word in capital letters that it is not there.
fn described(test: &str) -> Option<Description> {
    let places = places();
    if let Some(place) = places.iter().find(|place| !place.exists()) {
        tell(&format!("CONFORMANCE {test}: SKIPPED, NO API DESCRIPTION AT {}", place.display()));
        return None;
    }
    Some(Description::read(&places).expect("the description can be read"))
}

/// All rows, with what the description asks of each.
fn rows(description: &Description) -> impl Iterator<Item = (&'static Endpoint, Asked)> {
    endpoints().iter().filter_map(|row| Some((row, asked(description, row)?)))
}

/// The beginning of a value.
fn short(value: &Value) -> String {
    value.to_string().chars().take(300).collect()
}

/// Fails with all of what was found, not with the first.
fn no(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_operation_has_one_row_and_every_row_an_operation() {
    let Some(description) = described("ROWS") else { return };
    let described: BTreeSet<_> = description.operations().into_iter().map(|(method, path)| format!("{} {path}", method.to_uppercase())).collect();
    let places: Vec<_> = endpoints().iter().map(|row| (row.id, format!("{} {}", row.verb.as_str(), row.route))).collect();
    let known: BTreeSet<_> = places.iter().map(|(_, place)| place.clone()).collect();
    let undescribed: BTreeSet<_> = UNDESCRIBED.iter().map(|(id, _)| *id).collect();

    let mut problems: Vec<_> = described.difference(&known).map(|place| format!("{place}: has no row")).collect();
    let rows = || endpoints().iter().filter(|row| description.tells_of(row.route));
    for (row, (id, place)) in endpoints().iter().zip(&places) {
        if !description.tells_of(row.route) {
            continue;
        }
        match (described.contains(place), undescribed.contains(id)) {
            (false, false) => problems.push(format!("{id}: {place} has no description")),
            (true, true) => problems.push(format!("{id}: is described, so it must not be among the rows that are not")),
            _ => {}
        }
    }
    let names: BTreeSet<_> = places.iter().map(|(id, _)| *id).collect();
    problems.extend(undescribed.difference(&names).map(|id| format!("{id}: is no row")));
    if known.len() != places.len() || names.len() != places.len() {
        problems.push("a row is there twice".into());
    }
    let unknown = |row: &&Endpoint| asked(&description, row).is_none() && !UNASKED.contains(&row.id);
    problems.extend(rows().filter(unknown).map(|row| format!("{}: nothing is tried with it", row.id)));
    tell(&format!("conformance: {} rows, {} operations, {} not described", places.len(), described.len(), undescribed.len()));
    no(&problems);
}

#[test]
fn every_row_says_what_the_description_says() {
    let Some(description) = described("TABLE") else { return };
    let mut problems = Vec::new();
    let mut used = HashSet::new();
    let (mut types, mut places) = (0, 0);
    for row in endpoints() {
        let Some(operation) = description.operation(row.verb.as_str(), row.route) else { continue };
        types += 1;
        for Difference { place, words, .. } in compare(row, &operation) {
            places += 1;
            let known = |(id, known, _): &&(&str, &str, &str)| (*id == row.id || *id == "*") && *known == place;
            match EXCEPTIONS.iter().find(known) {
                Some(exception) => {
                    used.insert(exception);
                }
                None => problems.push(format!("{}: {place}: {words}", row.id)),
            }
        }
    }
    problems.extend(EXCEPTIONS.iter().filter(|one| !used.contains(one)).map(|(id, place, _)| format!("{id}: {place}: the exception is out of date")));
    tell(&format!("conformance: {types} rows compared, {} exceptions at {places} places", EXCEPTIONS.len()));
    no(&problems);
}
