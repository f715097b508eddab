//! The methods that the tests use, by the names that JavaScript has for them.

use crate::Fallible;
use crate::given::{Given, model};
use crate::told::{Waiting, Walk, no_value};
use js_sys::Promise;
use supabase_management_wasm::Client;
use supabase_management_wasm::api::functions::DeployMetadata;
use supabase_management_wasm::endpoint::{FormFile, Multipart, Verb};
use wasm_bindgen::JsValue;

#[expect(deprecated, reason = "a situation of both faces asks for the logs of older deployments")]
pub(crate) fn call(client: &Client, id: &str, given: &Given) -> Fallible<Promise> {
    let first = given.path(0);
    match id {
        "actionRuns.count" => given.send(client.action_runs().count(first)),
        "analytics.getLogsAll" => given.send(client.analytics().get_logs_all(first, &given.query()?)),
        "apiKeys.updateLegacy" => given.send(client.api_keys().update_legacy(first, &model(&given.query)?)),
        "database.query" => given.send(client.database().query(first, &given.body()?)),
        "database.queryReadOnly" => given.send(client.database().query_read_only(first, &given.body()?)),
        "database.updatePostgresConfig" => given.send(client.database().update_postgres_config(first, &given.body()?)),
        "functions.delete" => given.send(client.functions().delete(first, given.path(1))),
        "functions.deploy" => given.send(client.functions().deploy(first, &form(&given.body)?, &given.query()?)),
        "functions.list" => given.send(client.functions().list(first)),
        "migrations.apply" => given.send(client.migrations().apply(first, &given.body()?)),
        "migrations.upsert" => given.send(client.migrations().upsert(first, &given.body()?)),
        "networkBans.list" => given.send(client.network_bans().list(first)),
        "oauth.token" => given.send(client.oauth().token(&given.body()?)),
        "organizations.listProjects" => given.send(client.organizations().list_projects(first, &given.query()?)),
        "pgsodium.updateConfig" => given.send(client.pgsodium().update_config(first, &given.body()?)),
        "projects.create" => given.send(client.projects().create(&given.body()?)),
        "projects.get" => given.send(client.projects().get(first)),
        "projects.list" => given.send(client.projects().list()),
        "projects.update" => given.send(client.projects().update(first, &given.body()?)),
        "secrets.create" => given.send(client.secrets().create(first, &given.body::<Vec<_>>()?)),
        "secrets.delete" => given.send(client.secrets().delete(first, given.body::<Vec<String>>()?)),
        "secrets.list" => given.send(client.secrets().list(first)),
        "snippets.list" => given.send(client.snippets().list(&given.query()?)),
        "actionRuns.list" => given.send(client.action_runs().list(first, &given.query()?)),
        _ => Err(no_value(&format!("{id}, which has no line in calls.rs"))),
    }
}

pub(crate) fn request(client: &Client, verb: &str, path: &str, given: &Given) -> Fallible<Promise> {
    let verbs = [Verb::Get, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete, Verb::Head];
    let known = verbs.into_iter().find(|known| known.as_str() == verb).ok_or_else(|| no_value(verb))?;
    let query: Vec<(String, String)> = model(&given.query)?;
    let query: Vec<_> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut call = client.request(known, path);
    if !query.is_empty() {
        call = call.query(&query);
    }
    if !given.body.is_undefined() {
        call = call.body(&given.body()?);
    }
    given.send(call)
}

pub(crate) fn pages(client: &Client, id: &str, given: &Given, items: bool) -> Fallible<Walk> {
    match id {
        "actionRuns.list" => given.walk(client.action_runs().list(given.path(0), &given.query()?), items),
        "organizations.listProjects" => given.walk(client.organizations().list_projects(given.path(0), &given.query()?), items),
        "snippets.list" => given.walk(client.snippets().list(&given.query()?), items),
        _ => Err(no_value(&format!("{id}, which has no pages"))),
    }
}

pub(crate) fn wait(client: &Client, id: &str, given: &Given) -> Fallible<Box<dyn Waiting>> {
    let first = given.path(0);
    let sought = || model::<String>(&given.query);
    match id {
        "actionRuns.waitUntilFinished" => given.waiting(client.action_runs().wait_until_finished(first, &sought()?)),
        "backups.waitUntilCompleted" => given.waiting(client.backups().wait_until_completed(first, model(&given.query)?)),
        "backups.waitUntilRestorePointAvailable" => given.waiting(client.backups().wait_until_restore_point_available(first, &sought()?)),
        "backups.waitUntilRestored" => given.waiting(client.backups().wait_until_restored(first)),
        "branches.waitUntilHealthy" => given.waiting(client.branches().wait_until_healthy(first)),
        "customHostname.waitUntilActive" => given.waiting(client.custom_hostname().wait_until_active(first)),
        "customHostname.waitUntilVerified" => given.waiting(client.custom_hostname().wait_until_verified(first)),
        "jitAccess.waitUntilApplied" => given.waiting(client.jit_access().wait_until_applied(first)),
        "networkRestrictions.waitUntilApplied" => given.waiting(client.network_restrictions().wait_until_applied(first)),
        "projects.waitUntilDeleted" => given.waiting(client.projects().wait_until_deleted(first)),
        "projects.waitUntilHealthy" => given.waiting(client.projects().wait_until_healthy(first)),
        "projects.waitUntilPaused" => given.waiting(client.projects().wait_until_paused(first)),
        "projects.waitUntilRestarted" => given.waiting(client.projects().wait_until_restarted(first)),
        "projects.waitUntilRestored" => given.waiting(client.projects().wait_until_restored(first)),
        "projects.waitUntilUpgraded" => {
            let tracking = if given.query.is_undefined() { None } else { Some(sought()?) };
            given.waiting(client.projects().wait_until_upgraded(first, tracking.as_deref()))
        }
        "v2.compute.waitUntilBuilt" => given.waiting(client.v2().compute().wait_until_built(first, &sought()?)),
        "sslEnforcement.waitUntilApplied" => given.waiting(client.ssl_enforcement().wait_until_applied(first)),
        _ => Err(no_value(&format!("{id}, which is no waiter"))),
    }
}

/// `{ metadata, file: [{ path, content }] }`, where the content is text.
fn form(given: &JsValue) -> Fallible<Multipart<DeployMetadata>> {
    let given: serde_json::Value = model(given)?;
    let metadata = serde_json::from_value(given["metadata"].clone()).map_err(|error| no_value(&error.to_string()))?;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned).ok_or_else(|| no_value("a file that is no text"));
    let file = given["file"].as_array().into_iter().flatten();
    let file = file.map(|file| Ok::<_, JsValue>(FormFile::new(text(&file["path"])?, text(&file["content"])?)));
    let mut form = Multipart::new(metadata);
    form.file = file.collect::<Result<_, _>>()?;
    Ok(form)
}
