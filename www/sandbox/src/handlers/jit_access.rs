//! Temporary access to the database.

use super::lists::{List, document};
use super::organizations::USER_ID;
use super::settings::Setting;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, json};
use crate::state::Document;
use crate::time::iso;
use serde_json::Value;

/// Those who have access, by the id of the user.
const USERS: List = List { name: "jit_access", missing: "User has no access", inside: "" };
const STATE: Setting = Setting { name: "jit_state", defaults: r#"{"state":"disabled"}"# };

fn answer(user: &Document) -> Value {
    json!({ "user_id": user["id"], "user_roles": user["roles"] })
}

/// What whoever asks has.
pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let nothing = document(json!({ "id": USER_ID, "roles": [] }));
    Reply::json(&answer(USERS.find(project, USER_ID).map_or(&nothing, |user| user)))
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&json!({ "items": array(sandbox.account.project(reference)?.list(USERS.name).iter().map(answer)) }))
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let user = document(json!({ "id": call.body()["user_id"], "roles": call.body()["roles"] }));
    let reply = Reply::json(&answer(&user));
    let users = project.list(USERS.name);
    users.retain(|known| known["id"] != user["id"]);
    users.push(user);
    reply
}

pub(super) fn authorize(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let refused = || Refusal::new(403, "You do not have access to the database in that role");
    let user = USERS.find(project, USER_ID).map_err(|_| refused())?;
    let holds = |role: &&Value| {
        let expires = role["expires_at"].as_f64();
        role["role"] == call.body()["role"] && expires.is_none_or(|seconds| seconds * 1000.0 > call.now as f64)
    };
    let role = user["roles"].as_array().into_iter().flatten().find(holds).ok_or_else(refused)?;
    Reply::json_with(200, &json!({ "user_id": USER_ID, "user_role": role }))
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, user] = call.path();
    USERS.take(sandbox.account.project(reference)?, user)?;
    Ok(Reply::Nothing)
}

// ---- invitations

/// Who was invited without being a member. The API does not describe them: they are what was asked for, with an id and the token that lets the
/// invited accept. That goes out by mail; the sandbox sends none, and answers it instead.
const INVITATIONS: List = List { name: "jit_invitations", missing: "Invitation not found", inside: "" };

pub(super) fn invite(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let email = call.text("email").filter(|email| email.contains('@')).ok_or_else(|| Refusal::invalid("email", "an email address"))?;
    if !matches!(call.body()["roles"], Value::Array(_) | Value::Null) {
        return Err(Refusal::invalid("roles", "array"));
    }
    let roles = call.body()["roles"].as_array().cloned().unwrap_or_default();
    let invitation = json!({ "id": random.uuid(), "email": email, "roles": roles, "token": random.token(), "created_at": iso(call.now) });
    project.list(INVITATIONS.name).retain(|known| known["email"] != email);
    INVITATIONS.add(project, invitation)
}

/// Makes somebody with an id of their own of whoever was invited.
pub(super) fn accept_invite(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let is_meant = |known: &Document| ["email", "token"].iter().all(|name| known[*name].as_str() == call.text(name));
    let invitations = project.list(INVITATIONS.name);
    let at = invitations.iter().position(is_meant).ok_or_else(|| Refusal::new(404, INVITATIONS.missing))?;
    let invitation = invitations.remove(at);
    let user = document(json!({ "id": random.uuid(), "roles": invitation["roles"] }));
    let reply = Reply::json(&answer(&user));
    project.list(USERS.name).push(user);
    reply
}

pub(super) fn delete_invite(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    INVITATIONS.take(sandbox.account.project(reference)?, id)?;
    Ok(Reply::Nothing)
}

// ---- the switch

pub(super) fn get_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let mut answer = STATE.of(sandbox.account.project(reference)?);
    answer["appliedSuccessfully"] = true.into();
    Reply::json(&answer)
}

pub(super) fn update_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    STATE.set(sandbox.account.project(reference)?, call.body());
    get_config(sandbox, call)
}
