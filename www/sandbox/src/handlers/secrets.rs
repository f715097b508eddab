//! Secrets of Edge Functions.

use super::sha256;
use crate::Sandbox;
use crate::call::{Call, Refusal, Reply, model};
use crate::state::Secret;
use crate::time::iso;
use serde_json::json;
use supabase_management_wasm::api::secrets as api;

/// How many a project holds.
const MOST: usize = 100;

pub(crate) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference] = call.path();
    let secrets = &sandbox.account.project(reference)?.secrets;
    let answer = |Secret { name, value, updated_at }: &Secret| {
        model::<api::Secret>(json!({ "name": name, "value": sha256(value.as_bytes()), "updated_at": iso(*updated_at) }))
    };
    Reply::model(&secrets.iter().map(answer).collect::<Result<Vec<_>, _>>()?)
}

pub(crate) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference] = call.path();
    let secrets = &mut sandbox.account.project(reference)?.secrets;
    let body: Vec<api::CreateSecret> = call.body()?;
    let mut names: Vec<&str> = secrets.iter().map(|secret| &*secret.name).chain(body.iter().map(|secret| &*secret.name)).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() > MOST {
        return Err(Refusal::new(400, format!("A project can have at most {MOST} secrets")));
    }
    for api::CreateSecret { name, value, .. } in body {
        let secret = Secret { name, value, updated_at: call.now };
        match secrets.iter_mut().find(|other| other.name == secret.name) {
            Some(other) => *other = secret,
            None => secrets.push(secret),
        }
    }
    Ok(Reply::Nothing)
}

pub(crate) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference] = call.path();
    let secrets = &mut sandbox.account.project(reference)?.secrets;
    let names: Vec<String> = call.body()?;
    secrets.retain(|secret| !names.contains(&secret.name));
    Ok(Reply::Nothing)
}
