//! For any file over any project: what is written is right, and after it nothing differs.

use super::super::table::{Row, Table};
use super::super::{Answer, Comparison, Input, compare, reads};
use super::api::{Project, REF};
use super::{body, pushed};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use supabase_management_wasm::probe;

/// Marks secrets, so that they are found wherever they must not be.
const SECRET: &str = "do-not-show-";

/// A value in the file for a row, among three.
fn local(row: &Row, choice: usize) -> Value {
    let word = ["one", "two", ""][choice];
    match row.kind {
        b'b' | b'!' | b'D' | b'M' | b'S' | b'-' => json!(choice != 1),
        // 10 is within all limits.
        b'n' | b'E' | b'p' => json!([10, 10, if row.key.ends_with("otp_length") || row.key.contains("max_locks") { 10 } else { 1024 }][choice]),
        b'l' | b'u' => json!([vec!["a", "b"], vec!["b", "a"], vec![]][choice]),
        b'a' => json!([vec!["10.0.0.0/8"], vec!["10.0.0.0/8", "11.0.0.0/8"], vec![]][choice]),
        b's' => json!(["90s", "1m30s", "1.5s"][choice]),
        b'h' => json!(["24h", "1h30m", "0s"][choice]),
        b'z' => json!([json!("50MiB"), json!("1GB"), json!(0)][choice]),
        b'w' => json!(["", "letters_digits", "lower_upper_letters_digits_symbols"][choice]),
        b'c' => row.choices.split('/').nth(choice % 2).into(),
        b'O' => json!([json!({ "4152127777": "123456" }), json!({ "1": "2", "3": "4" }), json!({})][choice]),
        b'$' => json!([format!("{SECRET}1"), format!("{SECRET}2"), "env(NOT_SET)".into()][choice]),
        b'I' => json!(["one", "one,two,three", "two"][choice]),
        _ if row.key == "site_url" => json!(["https://one.example", "https://two.example", "https://three.example"][choice]),
        _ if row.key == "smtp_admin_email" => json!(["a@one.example", "b@one.example", "c@one.example"][choice]),
        _ if row.key.ends_with("timeout") => json!(["1s", "2s", "3s"][choice]),
        _ => word.into(),
    }
}

/// A value in the project for a row, among three, the first of which is nothing.
fn remote(row: &Row, choice: usize) -> Value {
    let Some(choice) = choice.checked_sub(1) else { return Value::Null };
    let file = local(row, choice);
    match row.kind {
        b'!' | b'b' => json!(choice == 0),
        b'D' => json!(["public", ""][choice]),
        b'M' => json!(["smtp.example", ""][choice]),
        b'S' => json!(["twilio", "vonage"][choice]),
        b'p' => json!(["25", "587"][choice]),
        b'l' | b'u' => json!(["a, b", "c"][choice]),
        b's' => json!([90, 3][choice]),
        b'h' => json!([24.0, 1.5][choice]),
        b'z' => json!([52_428_800, 5][choice]),
        b'w' => json!(["", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789"][choice]),
        b'O' => json!(["4152127777=123456", "5=6"][choice]),
        b'$' => json!([super::super::compare::keyed_hash(REF, &format!("{SECRET}1")), "00".repeat(32)][choice]),
        _ => file,
    }
}

/// Sets a value at a path with dots.
fn set(into: &mut Value, path: &str, value: Value) {
    path.split('.').fold(into, |place, name| &mut place[name]).clone_from(&value);
}

/// A file and a project, from two choices for each row.
fn case(table: &Table, choices: &[(usize, usize)]) -> (Value, Project) {
    let mut config = json!({});
    let mut project: Map<String, Value> = table.places.iter().filter(|place| place.read != "-").map(|place| (place.read.into(), json!({}))).collect();
    for (row, (declared, has)) in table.rows.iter().zip(choices) {
        let place = &table.places[row.place];
        let gate = row.kind == b'-' && row.path.ends_with(".enabled") && place.read != "-";
        if (gate || !matches!(row.kind, b'-' | b'~')) && *declared > 0 {
            set(&mut config, &row.path, local(row, declared - 1));
        }
        if matches!(row.kind, b'-' | b'~') {
            continue;
        }
        let (key, has) = match place.name {
            "db.ssl_enforcement" => (row.key.replace("requestedConfig", "currentConfig"), (*has).max(1)),
            "db.network_restrictions" => (["config.", &row.key].concat(), (*has).max(1)),
            // Storage tells all that it has.
            "storage" => (row.key.clone(), (*has).max(1)),
            _ => (row.key.clone(), *has),
        };
        let value = remote(row, has);
        if !value.is_null() || place.name == "auth" {
            set(&mut project[place.read], &key, value);
        }
    }
    // A mail server that is not there has no other settings either.
    let auth = &mut project["auth.getConfig"];
    if auth["smtp_host"].as_str().is_none_or(str::is_empty) {
        auth.as_object_mut()
            .into_iter()
            .flatten()
            .filter(|(name, _)| name.starts_with("smtp_") && *name != "smtp_max_frequency")
            .for_each(|(_, value)| *value = Value::Null);
    }
    auth["untouched"] = json!("as it is");
    // The other settings that the answers have.
    project["postgrest.getConfig"]["db_pool"] = Value::Null;
    (config, Project(project))
}

fn run(config: &Value, project: &Project, together: bool) -> Comparison {
    let answers = project.answers(together);
    let answers: Vec<_> = answers.iter().map(|(endpoint, value)| Answer { endpoint, value: Some(value) }).collect();
    let file = |path: &str| Some(format!("text of {path}"));
    let input = Input { config, project_ref: REF, env: &|_| None, file: &file, now: "2028-02-29T12:00:00Z" };
    let read = reads(&input).expect("the file is right");
    let comparison = compare(&input, &answers).expect("the file is right");
    assert_eq!(comparison.not_compared, Vec::<&str>::new());
    assert!(read.len() <= 1, "one request is enough: {read:?}");
    comparison
}

fn keys(value: &Value, prefix: &str, into: &mut BTreeSet<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        if value.is_object() { keys(value, &path, into) } else { into.extend([path]) }
    }
}

fn check(table: &Table, choices: &[(usize, usize)], together: bool) -> Result<(), TestCaseError> {
    let (config, before) = case(table, choices);
    let found = run(&config, &before, together);
    let printed = format!("{found:?}");
    prop_assert!(!printed.contains(SECRET));
    let mut project = before.clone();
    for section in &found.sections {
        let text = section.body.to_string();
        let (faults, _) = probe::check(text.as_bytes(), body(section.endpoint), probe::REQUEST);
        prop_assert!(faults.is_empty(), "{}: {faults:?}", section.endpoint);
        // Nothing is in the body but what is told.
        let mut sent = BTreeSet::new();
        keys(&section.body, "", &mut sent);
        let changed = section.changes.iter().map(|change| change.key.clone());
        let mut told: BTreeSet<_> = changed.chain(section.companions.iter().cloned()).collect();
        told.extend(sent.iter().filter(|key| key.ends_with("_additional_client_ids") || *key == "sms_test_otp_valid_until").cloned());
        prop_assert_eq!(sent, told);
        project.apply(section.endpoint, &section.body);
    }
    // What is sent along was so before.
    for key in found.sections.iter().filter(|section| section.name == "auth").flat_map(|section| &section.companions) {
        let (was, is) = (&before.0["auth.getConfig"][key], &project.0["auth.getConfig"][key]);
        prop_assert!(was.is_null() || was == is, "{key} was {was} and is {is}");
    }
    prop_assert_eq!(&project.0["auth.getConfig"]["untouched"], "as it is");
    let again = run(&config, &project, !together);
    prop_assert!(again.sections.is_empty(), "{:?} after {:?}", again.sections, found.sections);
    Ok(())
}

#[test]
fn after_the_writes_nothing_differs() {
    let table = Table::read();
    let rows = table.rows.len();
    // Sparse files and full ones.
    let choice = prop_oneof![Just((0, 0)), (0..4_usize, 0..3_usize), (1..4_usize, 0..3_usize)];
    let cases = std::env::var("CONFIG_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let result = TestRunner::new(config).run(&(vec(choice, rows), any::<bool>()), |(choices, together)| check(&table, &choices, together));
    // Of the smallest case only what is in it.
    if let Err(TestError::Fail(why, (choices, together))) = &result {
        let (config, project) = case(&table, choices);
        panic!("{why}\n{config}\n{:?}\ntogether: {together}", project.0);
    }
    result.expect("cases can be made");
}

#[test]
fn a_full_file_over_a_new_project_uses_every_section() {
    let table = Table::read();
    // For these a project has what is the first choice.
    let told = |row: &Row| ["db.network_restrictions", "db.ssl_enforcement", "storage"].contains(&table.places[row.place].name);
    let choices: Vec<_> = table.rows.iter().map(|row| (if told(row) && row.kind != b'-' { 2 } else { 1 }, 0)).collect();
    let (config, project) = case(&table, &choices);
    let found = run(&config, &project, true);
    let names: Vec<_> = found.sections.iter().map(|section| section.name).collect();
    assert_eq!(names, ["api", "db.settings", "db.network_restrictions", "db.ssl_enforcement", "auth", "storage"]);
    let changed = found.sections.iter().map(|section| section.changes.len()).sum::<usize>();
    let all = pushed(&table).count();
    assert!(changed * 3 > all * 2, "{changed} of {all}");
}
