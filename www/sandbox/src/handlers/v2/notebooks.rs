//! Notebooks: cells of text and SQL. They are kept and never run.

use super::super::lists::{List, document, set};
use super::super::organizations::{USER_ID, USER_NAME};
use super::super::projects::number;
use super::pages::{Order, by_cursor};
use super::{attributes, data, kept};
use crate::Sandbox;
use crate::call::{Answer, Call};
use crate::json::{gather, json};
use crate::random::Random;
use crate::state::Document;
use crate::time::iso;
use serde_json::Value;

pub(super) const NOTEBOOKS: List = List { name: "notebooks", missing: "Notebook not found", inside: "" };
/// How many rows of a result a cell shows.
const ROWS: i64 = 100;

fn answer(notebook: &Document, hidden: &[&str]) -> Value {
    kept("notebook", notebook, hidden)
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let notebooks = sandbox.account.project(reference)?.list(NOTEBOOKS.name).iter();
    let key = |notebook: &Document| ["inserted_at", "id"].map(|name| notebook[name].as_str().unwrap_or_default()).join(".");
    let items = notebooks.map(|notebook| (key(notebook), answer(notebook, &["content"])));
    by_cursor(call, &format!("/v2/projects/{reference}/notebooks"), Order::Rising, gather(items))
}

/// What is given, with an id for each cell.
fn write(notebook: &mut Document, given: &Value, random: &mut Random, now: i64) {
    set(notebook, given, &["name", "description", "favorite"]);
    if let Some(cells) = given["content"]["cells"].as_array() {
        let mut cells = cells.clone();
        for cell in &mut cells {
            if cell["id"].is_null() {
                cell["id"] = random.uuid().into();
            }
            if cell["type"] == "database" && cell["row_limit"].is_null() {
                cell["row_limit"] = ROWS.into();
            }
        }
        notebook.insert("content".into(), json!({ "cells": cells, "schema_version": 1 }));
    }
    notebook.insert("updated_at".into(), iso(now).into());
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let user = json!({ "id": number(USER_ID), "username": USER_NAME });
    let mut notebook = document(json!({
        "id": random.uuid(),
        "description": null,
        "favorite": false,
        "inserted_at": iso(call.now),
        "owner": user,
        "updated_by": user,
    }));
    write(&mut notebook, attributes(call), random, call.now);
    let made = answer(&notebook, &[]);
    project.list(NOTEBOOKS.name).push(notebook);
    data(made)
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    data(answer(NOTEBOOKS.find(sandbox.account.project(reference)?, id)?, &[]))
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let notebook = NOTEBOOKS.find(account.project(reference)?, id)?;
    write(notebook, attributes(call), random, call.now);
    data(answer(notebook, &[]))
}
