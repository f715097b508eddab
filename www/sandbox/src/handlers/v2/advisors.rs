//! The advisors of this version: those that are asked for, about the schema of the database, settings, and the project itself.

use super::super::advisors::{FAULTS, answer, is_in_schema, of_settings};
use super::super::projects::status_of;
use super::{attributes, data_with, nameless};
use crate::Sandbox;
use crate::call::{Answer, Call};
use crate::json::{array, gather, json};
use crate::sql::Sql;
use serde_json::Value;

/// What is found of a project that is not up, whatever is asked for.
const NOT_ACTIVE: &str = "project_not_active";

fn findings(rows: &[Value]) -> Answer {
    data_with(200, nameless("project_advisors", json!({ "lints": array(rows.iter().filter_map(answer)) })))
}

pub(super) fn run(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if !status_of(project, call.now).is_healthy {
        return findings(&[json!({ "lint": NOT_ACTIVE, "type": "health" })]);
    }
    let wanted: Vec<String> =
        gather(attributes(call)["lints"].as_array().into_iter().flatten().filter_map(|lint| lint["name"].as_str().map(str::to_owned)));
    let is_wanted = move |row: &Value| wanted.iter().any(|name| row["lint"] == *name);
    let mut rows = of_settings(project, call.now);
    rows.retain(&is_wanted);
    if !attributes(call)["lints"].as_array().into_iter().flatten().any(|lint| lint["name"].as_str().is_some_and(is_in_schema)) {
        return findings(&rows);
    }
    Sql::read(reference, FAULTS, Vec::new(), move |_, outcome| {
        let mut all = outcome.rows(FAULTS)?;
        all.retain(&is_wanted);
        all.extend(rows);
        findings(&all)
    })
}
