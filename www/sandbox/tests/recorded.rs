//! Real exchanges, against a sandbox that was brought into the same state: the status and the shape of the answer are the same. What differs is
//! listed with its reason.

#[allow(dead_code, reason = "each file of tests uses a part of the world")]
#[path = "table/world.rs"]
mod world;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use world::{LATER, NOW, PAUSED, STOREFRONT, World, value};

/// A project that comes up at [`NOW`].
const YOUNG: &str = "wnfcjpoybtgxirdkqseu";
/// What the recorder wrote in the place of references and slugs.
const ANY_REF: &str = "abcdefghijklmnopqrst";

/// What differs: operation, path in the answer, and why.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("v1-get-auth-service-config", "audit_log_disable_postgres", "newer than the description that the client goes by"),
    ("v1-get-auth-service-config", "index_worker_ensure_user_search_indexes_exist", "newer than the description"),
    ("v1-get-auth-service-config", "mfa_allow_low_aal", "newer than the description"),
    ("v1-get-auth-service-config", "security_update_password_require_current_password", "newer than the description"),
    ("v1-get-auth-service-config", "nimbus_oauth_email_optional", "the description requires it, real answers lack it"),
    ("v1-update-auth-service-config", "audit_log_disable_postgres", "newer than the description"),
    ("v1-update-auth-service-config", "index_worker_ensure_user_search_indexes_exist", "newer than the description"),
    ("v1-update-auth-service-config", "mfa_allow_low_aal", "newer than the description"),
    ("v1-update-auth-service-config", "security_update_password_require_current_password", "newer than the description"),
    ("v1-update-auth-service-config", "nimbus_oauth_email_optional", "the description requires it, real answers lack it"),
    ("v1-get-postgrest-service-config", "db_pool_acquisition_timeout", "newer than the recordings: the official command line asks for it"),
    ("v1-list-project-addons", "selected_addons[].variant.meta.supported_cloud_providers", "free JSON that no operation reads"),
    ("v1-list-project-addons", "available_addons[].variants[].meta", "its lists of providers and regions are not told"),
];

fn recordings() -> Vec<(String, Value)> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/api/openapi.json"));
    let description = std::env::var_os("OPENAPI").map_or(beside, PathBuf::from);
    let Ok(folders) = std::fs::read_dir(description.with_file_name("recorded")) else { return Vec::new() };
    let mut paths: Vec<_> = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap()).map(|file| file.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| format!("{}/{}", path.parent().unwrap().file_name().unwrap().display(), path.file_name().unwrap().display());
    paths.iter().map(|path| (name(path), serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())).collect()
}

/// The project of a recording, the time of it, and a sandbox in its state.
fn brought(name: &str) -> (&'static str, i64, World) {
    let mut world = World::new();
    let addon = json!({ "addon_variant": "cd_default", "addon_type": "custom_domain" });
    let hostname = json!({ "custom_hostname": "www.example.com" });
    let (folder, file) = name.split_once('/').unwrap();
    let steps = match (folder, &file[..2]) {
        ("v1-activate-custom-hostname", "01") => 3,
        ("v1-activate-custom-hostname", "03") => 4,
        ("v1-activate-custom-hostname" | "v1-get-project", "03" | "04") => {
            world.ok("DELETE", "", Value::Null);
            0
        }
        ("v1-delete-hostname-config" | "v1-get-hostname-config" | "v1-verify-dns-config", "01") => 2,
        ("v1-get-hostname-config", "02") | ("v1-update-hostname-config", "01") => 1,
        ("v1-verify-dns-config", "02") => 3,
        _ => 0,
    };
    if steps > 0 {
        world.ok("PATCH", "billing/addons", addon);
    }
    if steps > 1 {
        world.ok("POST", "custom-hostname/initialize", hostname);
    }
    for path in ["custom-hostname/reverify", "custom-hostname/activate"].iter().take((steps as usize).saturating_sub(2)) {
        world.ok("POST", path, Value::Null);
    }
    match name {
        "v1-bulk-delete-secrets/01-200.json" => drop(world.ok("POST", "secrets", json!([{ "name": "FOO", "value": "bar" }]))),
        "v1-get-network-restrictions/01-200.json" => {
            world.ok("POST", "network-restrictions/apply", json!({ "dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": [] }));
        }
        "v1-get-postgres-config/01-200.json" => {
            let settings = json!({ "shared_buffers": "256MB", "max_connections": 100, "statement_timeout": "8s", "effective_cache_size": "768MB" });
            world.ok("PUT", "config/database/postgres", settings);
        }
        _ => {}
    }
    match folder {
        "v1-delete-a-project" => (YOUNG, NOW, world),
        "v1-get-project" if file.starts_with("01") => (YOUNG, NOW, world),
        "v1-list-all-snippets" => (PAUSED, LATER, world),
        _ => (STOREFRONT, LATER, world),
    }
}

/// Where two values have another shape. Null may stand for anything, and an empty list for any list.
fn differ(given: &Value, recorded: &Value, path: &str, found: &mut BTreeSet<String>) {
    match (given, recorded) {
        (Value::Null, _) | (_, Value::Null) => {}
        (Value::Object(given), Value::Object(recorded)) => {
            let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            for name in given.keys().chain(recorded.keys()) {
                match (given.get(name), recorded.get(name)) {
                    (Some(given), Some(recorded)) => differ(given, recorded, &below(name), found),
                    _ => drop(found.insert(below(name))),
                }
            }
        }
        (Value::Array(given), Value::Array(recorded)) => {
            let below = format!("{path}[]");
            let ways = |one: &Value, others: &[Value]| {
                let ways = others.iter().map(|other| {
                    let mut found = BTreeSet::new();
                    differ(one, other, &below, &mut found);
                    found
                });
                ways.min_by_key(BTreeSet::len).unwrap_or_default()
            };
            found.extend(given.iter().flat_map(|one| ways(one, recorded)));
            found.extend(recorded.iter().flat_map(|one| ways(one, given)));
        }
        (given, recorded) => {
            if std::mem::discriminant(given) != std::mem::discriminant(recorded) {
                found.insert(path.into());
            }
        }
    }
}

#[test]
fn recorded_exchanges_are_repeated() {
    let recordings = recordings();
    if recordings.is_empty() {
        println!("SANDBOX RECORDINGS: SKIPPED, THERE ARE NONE BESIDE THE REPOSITORY");
        return;
    }
    let mut problems = Vec::new();
    let mut used = BTreeSet::new();
    for (name, recording) in &recordings {
        let (project, now, mut world) = brought(name);
        let path = recording["path"].as_str().unwrap();
        let path = if path.starts_with("/v1/organizations/") { path.replace(ANY_REF, "tidewater-labs") } else { path.replace(ANY_REF, project) };
        let query: Vec<_> =
            recording["query"].as_object().unwrap().iter().map(|(name, value)| format!("{name}={}", value.as_str().unwrap())).collect();
        let target = if query.is_empty() { path } else { format!("{path}?{}", query.join("&").replace(ANY_REF, project)) };
        let body = &recording["request"]["body"];
        let body = if body.is_null() { None } else { Some(body.to_string().replace(ANY_REF, "tidewater-labs")) };
        let response = world.send(recording["method"].as_str().unwrap(), &target, body.as_deref().map(str::as_bytes), now);
        let answered = if response.body.is_empty() { Value::Null } else { value(&response) };
        let expected = &recording["response"];
        if json!(response.status) != expected["status"] {
            problems.push(format!("{name}: {} in place of {}: {answered}", response.status, expected["status"]));
            continue;
        }
        if response.status >= 400 && answered["message"] != expected["body"]["message"] {
            problems.push(format!("{name}: {answered} in place of {}", expected["body"]));
        }
        if answered.is_null() != expected["body"].is_null() {
            problems.push(format!("{name}: {answered} in place of {}", expected["body"]));
        }
        let mut found = BTreeSet::new();
        differ(&answered, &expected["body"], "", &mut found);
        let operation = recording["operationId"].as_str().unwrap();
        for place in found {
            match DIFFERENCES.iter().find(|(id, known, _)| *id == operation && *known == place) {
                Some(known) => drop(used.insert(known)),
                None => problems.push(format!("{name}: {place} differs")),
            }
        }
    }
    problems.extend(DIFFERENCES.iter().filter(|known| !used.contains(known)).map(|known| format!("{known:?} does not differ any more")));
    println!("{} recorded exchanges, {} known differences", recordings.len(), DIFFERENCES.len());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
