//! Snippets: SQL that was saved in the dashboard. The API only reads them.

use super::organizations::{USER_ID, USER_NAME};
use super::projects::number;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::derived;
use crate::json::{array, gather, json};
use crate::order::sort;
use crate::state::{Account, Snippet};
use crate::time::iso;
use serde_json::Value;

fn answer(account: &Account, snippet: &Snippet) -> Value {
    let project = account.projects.iter().find(|project| project.r#ref == snippet.project_ref);
    let user = json!({ "id": number(USER_ID), "username": USER_NAME });
    json!({
        "id": snippet.id,
        "inserted_at": iso(snippet.created_at),
        "updated_at": iso(snippet.created_at),
        "type": "sql",
        "visibility": "user",
        "name": snippet.name,
        "description": null,
        "project": { "id": number(&snippet.project_ref), "name": project.map_or("", |project| &project.name) },
        "owner": user,
        "updated_by": user,
        "favorite": false,
    })
}

/// A page of them. The cursor is the id of the last one before it.
pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    if let Some(reference) = call.asked("project_ref") {
        sandbox.account.project(reference)?;
    }
    let account = &sandbox.account;
    let is_asked = |snippet: &&Snippet| call.asked("project_ref").is_none_or(|reference| reference == snippet.project_ref);
    let mut snippets: Vec<&Snippet> = gather(account.snippets.iter().filter(is_asked));
    let by_name = call.asked("sort_by") == Some("name");
    sort(&mut snippets, |one, other| if by_name { one.name > other.name } else { one.created_at > other.created_at });
    // Newest first, names from A on, unless it is asked for otherwise.
    let usual = if by_name { "asc" } else { "desc" };
    if call.asked("sort_order").unwrap_or(usual) == "desc" {
        snippets.reverse();
    }
    let after = call.asked("cursor").and_then(|cursor| snippets.iter().position(|snippet| snippet.id == cursor)).map_or(0, |at| at + 1);
    let limit = call.asked("limit").and_then(|limit| limit.parse().ok()).unwrap_or(10);
    let page = &snippets[after..snippets.len().min(after + limit)];
    let mut list = json!({ "data": array(page.iter().map(|snippet| answer(account, snippet))) });
    if let Some(last) = page.last().filter(|_| after + page.len() < snippets.len()) {
        list["cursor"] = last.id.as_str().into();
    }
    Reply::json(&list)
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    let account = &sandbox.account;
    let Some(snippet) = account.snippets.iter().find(|snippet| snippet.id == id) else {
        let event = derived("event", id)[..32].to_owned();
        return Err(Refusal { more: Some(("errorEventId", event.into())), ..Refusal::new(406, "Failed to retrieve SQL snippet") });
    };
    let mut answer = answer(account, snippet);
    answer["content"] = json!({ "schema_version": "1.0", "sql": snippet.sql });
    Reply::json(&answer)
}
