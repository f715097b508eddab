//! Keys that sign JWTs, and their rotation: of all keys, one is in use.

use super::lists::{List, document};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::json;
use crate::random::Random;
use crate::state::{Document, Project};
use crate::time::iso;
use serde_json::Value;

pub(super) const KEYS: List = List { name: "signing_keys", missing: "Signing key not found", inside: "keys" };

/// The mark of the key that was the only one before there were others.
const LEGACY: &str = "legacy";

/// The members of a JWK that are not public.
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

/// Public keys of RFC 7515, appendices A.2 and A.3, and RFC 8037, appendix A.2: right ones, whose private halves everybody knows.
fn sample_jwk(algorithm: &str) -> Value {
    match algorithm {
        "ES256" => json!({
            "kty": "EC",
            "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }),
        "EdDSA" => json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }),
        "RS256" => json!({
            "kty": "RSA",
            "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
            "e": "AQAB",
        }),
        // A shared secret has no public half.
        _ => Value::Null,
    }
}

fn make(random: &mut Random, algorithm: &str, status: &str, private: &Value, now: i64) -> Document {
    let id = private["kid"].as_str().map_or_else(|| random.uuid(), str::to_owned);
    let mut public = if private.is_null() { sample_jwk(algorithm) } else { private.clone() };
    if let Some(members) = public.as_object_mut() {
        members.retain(|name, _| !PRIVATE.contains(&name.as_str()));
        members.insert("kid".into(), id.as_str().into());
        members.insert("alg".into(), algorithm.into());
        members.insert("key_ops".into(), json!(["verify"]));
    }
    let public = if algorithm == "HS256" { Value::Null } else { public };
    document(json!({ "id": id, "algorithm": algorithm, "status": status, "public_jwk": public, "created_at": iso(now), "updated_at": iso(now) }))
}

/// Gives a key a status. The one that was in use makes room for another.
fn give(project: &mut Project, id: &str, status: &str, now: i64) {
    for key in project.list(KEYS.name) {
        let own = if key["id"] == id { Some(status) } else { None };
        let left = if status == "in_use" && key["id"] != id && key["status"] == "in_use" { Some("previously_used") } else { None };
        if let Some(status) = own.or(left) {
            key.insert("status".into(), status.into());
            key.insert("updated_at".into(), iso(now).into());
        }
    }
}

/// A key as it is answered.
fn answer(key: &Document) -> Answer {
    let mut key = key.clone();
    key.shift_remove(LEGACY);
    Reply::json(&key.into())
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let mut keys = sandbox.account.project(reference)?.list(KEYS.name).clone();
    keys.iter_mut().for_each(|key| drop(key.shift_remove(LEGACY)));
    Reply::json(&json!({ "keys": keys }))
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let (algorithm, private) = (call.text("algorithm").unwrap_or_default(), &call.body()["private_jwk"]);
    let kty = match algorithm {
        "RS256" => "RSA",
        "ES256" => "EC",
        "EdDSA" => "OKP",
        _ => "oct",
    };
    if !private.is_null() && private["kty"] != kty {
        return Err(Refusal::invalid("private_jwk.kty", &format!("{kty}, for the algorithm {algorithm}")));
    }
    let status = call.text("status").unwrap_or("standby");
    let key = make(random, algorithm, status, private, call.now);
    let id = key["id"].as_str().unwrap_or_default().to_owned();
    if KEYS.find(project, &id).is_ok() {
        return Err(Refusal::new(400, "A signing key of that id exists already"));
    }
    project.list(KEYS.name).push(key);
    give(project, &id, status, call.now);
    answer(KEYS.find(project, &id)?)
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    answer(KEYS.find(sandbox.account.project(reference)?, id)?)
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let project = sandbox.account.project(reference)?;
    let (old, new) = (KEYS.find(project, id)?["status"].clone(), call.text("status").unwrap_or_default());
    // What is in use goes only by letting another one be.
    if old == "in_use" && new != "in_use" {
        return Err(Refusal::new(400, "The signing key is in use: rotate to another one first"));
    }
    give(project, id, new, call.now);
    answer(KEYS.find(project, id)?)
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let project = sandbox.account.project(reference)?;
    if KEYS.find(project, id)?["status"] == "in_use" {
        return Err(Refusal::new(400, "The signing key is in use: rotate to another one first"));
    }
    answer(&KEYS.take(project, id)?)
}

fn legacy(project: &mut Project) -> Option<&mut Document> {
    project.list(KEYS.name).iter_mut().find(|key| key.contains_key(LEGACY))
}

pub(super) fn get_legacy(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    answer(legacy(sandbox.account.project(reference)?).ok_or_else(|| Refusal::new(404, "Legacy signing key not found"))?)
}

/// Makes a key of the JWT secret, the first that is in use.
pub(super) fn create_legacy(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    if legacy(project).is_some() {
        return Err(Refusal::new(400, "Legacy signing key exists already"));
    }
    let is_first = !project.list(KEYS.name).iter().any(|key| key["status"] == "in_use");
    let mut key = make(random, "HS256", if is_first { "in_use" } else { "previously_used" }, &Value::Null, call.now);
    key.insert(LEGACY.into(), true.into());
    let reply = answer(&key);
    project.list(KEYS.name).push(key);
    reply
}
