//! All settings of a project in one answer, and its move to another organization.

use super::super::auth::config;
use super::super::database::{POSTGRES, USUAL_POOL, pgbouncer};
use super::super::network;
use super::super::projects::{engine, status_of};
use super::super::settings::{POSTGREST, REALTIME, SSL, STORAGE};
use super::{data, data_with, nameless, resource, text};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, gather, json};
use crate::state::Project;
use serde_json::Value;

pub(super) fn get_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let mut pooler = pgbouncer(project);
    if pooler["default_pool_size"].is_null() {
        // Left to the machine.
        pooler["default_pool_size"] = USUAL_POOL.into();
    }
    let mut realtime = REALTIME.of(project);
    realtime["postgres_changes_pool"] = Value::Null;
    let database = json!({
        "major_version": engine(project.postgres_at(call.now)).parse::<u32>().unwrap_or(0),
        "ssl_enforced": SSL.of(project)["database"],
        "postgres_settings": POSTGRES.of(project),
        "network_restrictions": network::of_v2(project),
    });
    let attributes = json!({
        "api": POSTGREST.of(project),
        "auth": config(project),
        "database": database,
        "pooler": pooler,
        "realtime": realtime,
        "storage": storage(&STORAGE.of(project)),
    });
    data(resource("project_config", &json!(reference), attributes))
}

/// The settings of Storage by the names of this version, with what version 1 does not tell.
fn storage(set: &Value) -> Value {
    let (features, external) = (&set["features"], &set["external"]);
    let (iceberg, vectors) = (&features["icebergCatalog"], &features["vectorBuckets"]);
    let capabilities = &set["capabilities"];
    json!({
        "file_size_limit": set["fileSizeLimit"],
        "migration_version": set["migrationVersion"],
        "upstream_target": external["upstreamTarget"],
        "capabilities": {
            "iceberg_catalog": capabilities["iceberg_catalog"],
            "list_v2": capabilities["list_v2"],
            "object_versioning": false,
        },
        "features": {
            "iceberg_catalog": {
                "enabled": iceberg["enabled"],
                "max_catalogs": iceberg["maxCatalogs"],
                "max_namespaces": iceberg["maxNamespaces"],
                "max_tables": iceberg["maxTables"],
            },
            "image_transformation": features["imageTransformation"],
            "purge_cache": { "enabled": false },
            "s3_protocol": features["s3Protocol"],
            "vector_buckets": { "enabled": vectors["enabled"], "max_buckets": vectors["maxBuckets"], "max_indexes": vectors["maxIndexes"] },
        },
    })
}

// ---- moves

/// What stands in the way of a move, for programs and for people.
fn obstacles(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Vec<(&'static str, &'static str)>, Refusal> {
    let [reference] = call.path();
    let account = &mut sandbox.account;
    let is_branch = account.is_branch(reference);
    let project = account.project(reference)?;
    let (slug, is_busy) = (project.organization_slug.clone(), status_of(project, call.now).is_busy);
    let target = text(call, "target_organization_slug").unwrap_or_default();
    account.organization(target)?;
    let all = [
        (slug == target, "same_organization", "The project belongs to that organization already"),
        (is_branch, "project_is_branch", "A branch goes where its project goes"),
        (is_busy, "project_not_ready", "The status of the project is about to change"),
    ];
    Ok(gather(all.into_iter().filter(|(stands, ..)| *stands).map(|(_, key, message)| (key, message))))
}

pub(super) fn preview_transfer(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let obstacles = obstacles(sandbox, call)?;
    let errors = array(obstacles.iter().map(|(key, message)| json!({ "key": key, "message": message })));
    let branches = sandbox.account.branches.iter().filter(|branch| branch.parent_project_ref == reference && branch.project_ref != reference).count();
    let info = if branches == 0 { json!([]) } else { json!([{ "key": "branches", "message": format!("Its branches go with it: {branches}") }]) };
    let attributes = json!({ "valid": obstacles.is_empty(), "errors": errors, "warnings": [], "info": info });
    data_with(200, nameless("project_transfer_result", attributes))
}

/// Moves a project with its branches.
pub(super) fn transfer(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    if let Some((_, message)) = obstacles(sandbox, call)?.first() {
        return Err(Refusal::new(400, *message));
    }
    let account = &mut sandbox.account;
    let target = text(call, "target_organization_slug").unwrap_or_default();
    let of_branches = account.branches.iter().filter(|branch| branch.parent_project_ref == reference).map(|branch| branch.project_ref.clone());
    let moved: Vec<String> = gather(of_branches.chain([reference.to_owned()]));
    let moves = |project: &&mut Project| moved.contains(&project.r#ref);
    account.projects.iter_mut().filter(moves).for_each(|project| project.organization_slug = target.into());
    Ok(Reply::Empty(200))
}
