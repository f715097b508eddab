//! Secrets of Edge Functions.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::{hex, sha256};
use crate::json::{gather, json};
use crate::order::sort;
use crate::state::{Project, Secret};
use crate::time::iso;

/// How many a project holds.
const MOST: usize = 100;

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let secrets = &sandbox.account.project(reference)?.secrets;
    let answer = |Secret { name, value, updated_at }: &Secret| json!({ "name": name, "value": hex(&sha256(value.as_bytes())), "updated_at": iso(*updated_at) });
    Reply::list(secrets.iter().map(answer))
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let given = call.body().as_array().into_iter().flatten();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    set(sandbox.account.project(reference)?, gather(given.map(|secret| (text(&secret["name"]), text(&secret["value"])))), call.now)?;
    Ok(Reply::Nothing)
}

/// Sets all of them, or none where there is no room.
pub(super) fn set(project: &mut Project, given: Vec<(String, String)>, now: i64) -> Result<(), Refusal> {
    let secrets = &mut project.secrets;
    let mut names: Vec<&str> = gather(secrets.iter().map(|secret| &*secret.name).chain(given.iter().map(|(name, _)| &**name)));
    sort(&mut names, |one, other| one > other);
    names.dedup();
    if names.len() > MOST {
        return Err(Refusal::new(400, format!("A project can have at most {MOST} secrets")));
    }
    for (name, value) in given {
        let secret = Secret { name, value, updated_at: now };
        match secrets.iter_mut().find(|other| other.name == secret.name) {
            Some(other) => *other = secret,
            None => secrets.push(secret),
        }
    }
    Ok(())
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let names = call.body();
    let is_named = |secret: &Secret| names.as_array().into_iter().flatten().any(|name| *name == secret.name);
    sandbox.account.project(reference)?.secrets.retain(|secret| !is_named(secret));
    Ok(Reply::Nothing)
}
