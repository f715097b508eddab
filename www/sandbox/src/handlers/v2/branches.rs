//! Branches: this version only creates them, and version 1 does all else.

use super::super::branches::make;
use super::{attributes, data, resource};
use crate::Sandbox;
use crate::call::{Answer, Call};
use crate::json::object;

/// What this version answers of a branch.
const SHOWN: [&str; 10] =
    ["name", "git_branch", "is_default", "parent_project_ref", "project_ref", "persistent", "with_data", "notify_url", "created_at", "updated_at"];

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let mut body = attributes(call).clone();
    // Another name for the same.
    body["branch_name"] = body["name"].take();
    let made = make(sandbox, reference, &body, call.now)?;
    let shown = object(SHOWN.iter().filter_map(|name| Some(((*name).to_owned(), made.get(*name)?.clone()))));
    data(resource("branch", &made["id"], shown))
}
