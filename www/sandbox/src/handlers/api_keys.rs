//! API keys: the two legacy ones, which are JWTs, and those that people make.

use super::jwt_secret;
use super::lists::{List, document, set};
use super::settings::Setting;
use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::digest::{base64url, hmac, sha256};
use crate::json::{json, text};
use crate::random::Random;
use crate::state::{Document, Project};
use crate::time::iso;
use serde_json::Value;

const KEYS: List = List { name: "api_keys", missing: "API key not found", inside: "" };
const LEGACY: Setting = Setting { name: "legacy_api_keys", defaults: r#"{"enabled":true}"# };
/// A legacy key holds for ten years.
const LIFE_SECONDS: i64 = 315_360_000;

/// The keys that every project begins with.
pub(super) fn add_defaults(project: &mut Project, random: &mut Random, now: i64) {
    for kind in ["publishable", "secret"] {
        project.list(KEYS.name).push(make(random, kind, "default", now));
    }
}

fn make(random: &mut Random, kind: &str, name: &str, now: i64) -> Document {
    let body = random.key(22);
    let key = format!("sb_{kind}_{body}_{}", random.key(8));
    document(json!({
        "id": random.uuid(),
        "name": name,
        "type": kind,
        "api_key": key,
        "description": null,
        "secret_jwt_template": null,
        "hash": base64url(&sha256(key.as_bytes())),
        "prefix": body[..5],
        "inserted_at": iso(now),
        "updated_at": iso(now),
    }))
}

fn legacy(project: &Project, role: &str) -> Value {
    let issued = project.created_at / 1000;
    let claims = text(&json!({ "iss": "supabase", "ref": project.r#ref, "role": role, "iat": issued, "exp": issued + LIFE_SECONDS }));
    let signed = format!("{}.{}", base64url(br#"{"alg":"HS256","typ":"JWT"}"#), base64url(claims.as_bytes()));
    let signature = base64url(&hmac(jwt_secret(&project.r#ref).as_bytes(), signed.as_bytes()));
    let key = format!("{signed}.{signature}");
    json!({
        "name": role,
        "api_key": key,
        "id": role,
        "type": "legacy",
        "hash": base64url(&sha256(key.as_bytes())),
        "prefix": signature[..5],
        "description": format!("Legacy {role} API key"),
    })
}

/// A key as it is shown: a secret one as a whole only if that is asked for.
fn shown(key: &Document, call: &Call<'_>) -> Value {
    let mut key = json!(key);
    if key["type"] == "secret" && !call.asked_flag("reveal") {
        key["api_key"] = format!("sb_secret_{}{}", key["prefix"].as_str().unwrap_or_default(), "·".repeat(26)).into();
    }
    key
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let mut all = vec![legacy(project, "anon"), legacy(project, "service_role")];
    all.extend(project.list(KEYS.name).iter().map(|key| shown(key, call)));
    Reply::json(&Value::Array(all))
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let mut key = make(random, call.text("type").unwrap_or_default(), call.text("name").unwrap_or_default(), call.now);
    set(&mut key, call.body(), SETTABLE);
    let reply = Reply::json(&shown(&key, call));
    project.list(KEYS.name).push(key);
    reply
}

/// What can be changed.
const SETTABLE: &[&str] = &["name", "description", "secret_jwt_template"];

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    Reply::json(&shown(KEYS.find(sandbox.account.project(reference)?, id)?, call))
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let key = KEYS.find(sandbox.account.project(reference)?, id)?;
    set(key, call.body(), SETTABLE);
    key.insert("updated_at".into(), iso(call.now).into());
    Reply::json(&shown(key, call))
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    Reply::json(&shown(&KEYS.take(sandbox.account.project(reference)?, id)?, call))
}

pub(super) fn get_legacy(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    super::settings::get(sandbox, call, &LEGACY)
}

pub(super) fn update_legacy(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    LEGACY.set(sandbox.account.project(reference)?, &json!({ "enabled": call.asked_flag("enabled") }));
    get_legacy(sandbox, call)
}
