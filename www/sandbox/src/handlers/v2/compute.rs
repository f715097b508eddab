//! Compute instances: uploads to build them from, and how far they are built. Nothing is built here: an upload that is an archive is one that works.

use super::super::lists::{List, document, find};
use super::{all, attributes, data, data_with, invalid, resource};
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::{hex, sha256};
use crate::json::{gather, joined, json};
use crate::state::{Document, Project, REMEMBERED, push_bounded};
use crate::time::iso;
use crate::{MAX_BODY, Request, Sandbox};
use serde_json::Value;

/// By their names.
pub(super) const INSTANCES: List = List { name: "compute", missing: "Compute instance not found", inside: "" };
const UPLOADS: List = List { name: "compute_uploads", missing: "Upload not found", inside: "" };
/// How long an address to upload to holds.
const UPLOAD_MS: i64 = 15 * 60_000;
/// Where the API is.
const ORIGIN: &str = "https://api.supabase.com";
/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Whether the last build is over, and how it ended.
fn state(instance: &Document, now: i64) -> &'static str {
    match instance["built_at"].as_i64() {
        Some(at) if at > now => "building",
        _ if instance["fault"].is_null() => "active",
        _ => "failed",
    }
}

/// The version of the image that runs: of the last build that went well, or the one before.
fn image(instance: &Document, now: i64) -> &Value {
    &instance[if state(instance, now) == "active" { "image" } else { "image_before" }]
}

fn answer(instance: &Document, now: i64) -> Value {
    let state = state(instance, now);
    let declared = &instance["spec"]["instances"];
    let (mut attributes, image) =
        (json!({ "build_state": state, "spec": instance["spec"], "secret_generation": instance["secret_generation"] }), image(instance, now));
    let live = if image.is_null() { json!(0) } else { declared.clone() };
    let stale = if state == "active" { json!(0) } else { live.clone() };
    attributes["instances"] = json!({ "declared": declared, "live": live, "ready": live, "stale": stale });
    if !image.is_null() {
        attributes["image_version"] = image.clone();
    }
    if state == "failed" {
        attributes["state_reason"] = instance["fault"].clone();
    }
    resource("project_compute_instance", &instance["id"], attributes)
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    all(sandbox, call, &INSTANCES, |instance| answer(instance, call.now))
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, name] = call.path();
    data(answer(INSTANCES.find(sandbox.account.project(reference)?, name)?, call.now))
}

/// Changes whenever a secret does.
fn secret_generation(project: &Project) -> String {
    let all = joined(project.secrets.iter().map(|secret| format!("{}={};", secret.name, secret.updated_at)));
    hex(&sha256(all.as_bytes())[..8])
}

pub(super) fn deploy(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, name] = call.path();
    let Sandbox { account, startup_ms, .. } = sandbox;
    let project = account.project(reference)?;
    let (spec, built_at) = (&attributes(call)["spec"], call.now + *startup_ms);
    if spec["instances"].as_f64().is_none_or(|count| count < 0.0 || count.fract() != 0.0) {
        return Err(invalid("spec.instances", "a whole number, 0 or more"));
    }
    let before = INSTANCES.find(project, name).ok().cloned();
    let (image, fault) = match (attributes(call)["context_upload_id"].as_str(), &before) {
        (Some(id), _) => {
            let upload = UPLOADS.find(project, id)?;
            if upload["name"] != name {
                return Err(Refusal::new(404, UPLOADS.missing));
            }
            if upload["image"].is_null() {
                return Err(Refusal::new(400, "Nothing was uploaded yet"));
            }
            (upload["image"].clone(), upload["fault"].clone())
        }
        (None, Some(before)) => (before["image"].clone(), before["fault"].clone()),
        (None, None) => return Err(invalid("context_upload_id", "what to build the new compute instance from")),
    };
    let instance = document(json!({
        "id": name,
        "spec": spec,
        "image": image,
        "fault": fault,
        "image_before": before.as_ref().map(|before| self::image(before, call.now)),
        "built_at": built_at,
        "secret_generation": secret_generation(project),
    }));
    let made = answer(&instance, call.now);
    let instances = project.list(INSTANCES.name);
    match find(instances, name, "") {
        Ok(known) => *known = instance,
        Err(_) => instances.push(instance),
    }
    data_with(202, made)
}

// ---- uploads

/// Gives an address at this sandbox, which takes an archive from whoever has it.
pub(super) fn create_upload(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, name] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let (id, token, expires_at) = (random.uuid(), random.token(), call.now + UPLOAD_MS);
    let attributes = json!({
        "url": format!("{}/v2/projects/{reference}/compute/{name}/uploads/{id}?token={token}", call.headers.origin.unwrap_or(ORIGIN)),
        "method": "PUT",
        "expires_at": iso(expires_at),
    });
    let upload = document(json!({ "id": id, "name": name, "token": token, "expires_at": expires_at, "image": null, "fault": null }));
    let made = resource("project_compute_instance_upload", &upload["id"], attributes);
    push_bounded(project.list(UPLOADS.name), upload, REMEMBERED);
    data(made)
}

/// Takes an archive, if the request leads to an address that was given for one. The archive itself is not kept, only what tells it from others.
pub(crate) fn upload(sandbox: &mut Sandbox, request: &Request<'_>, target: &str, now: i64) -> Option<Answer> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let parts: Vec<&str> = gather(path.strip_prefix("/v2/projects/")?.split('/'));
    let [reference, "compute", _, "uploads", id] = parts[..] else { return None };
    (request.method == "PUT").then(|| {
        let refused = || Refusal::new(403, "The address to upload to is not valid, or does not hold any more");
        let project = sandbox.account.project(reference).map_err(|_| refused())?;
        let upload = UPLOADS.find(project, id).map_err(|_| refused())?;
        let is_meant = upload["token"].as_str().is_some_and(|token| query.split('&').any(|pair| pair.strip_prefix("token=") == Some(token)));
        if !is_meant || upload["expires_at"].as_i64() <= Some(now) {
            return Err(refused());
        }
        if request.body.len() > MAX_BODY {
            return Err(Refusal::new(413, "request entity too large"));
        }
        upload.insert("image".into(), hex(&sha256(request.body)[..16]).into());
        let fault = if request.body.starts_with(&GZIP) { Value::Null } else { "the upload is no archive (.tar.gz)".into() };
        upload.insert("fault".into(), fault);
        Ok(Reply::Empty(200))
    })
}
