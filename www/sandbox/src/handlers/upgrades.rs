//! Upgrades of Postgres.

use super::projects::{engine, work};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::json;
use crate::state::{Upgrade, latest_postgres};
use crate::time::iso;
use serde_json::Value;
use supabase_management_wasm::api::projects::ProjectStatus;

/// What an upgrade goes through, in order.
const STEPS: [&str; 10] = [
    "0_requested",
    "1_started",
    "2_launched_upgraded_instance",
    "3_detached_volume_from_upgraded_instance",
    "4_attached_volume_to_original_instance",
    "5_initiated_data_upgrade",
    "6_completed_data_upgrade",
    "7_detached_volume_from_original_instance",
    "8_attached_volume_to_upgraded_instance",
    "9_completed_upgrade",
];
const LAST_STEP: &str = "10_completed_post_physical_backup";

pub(super) fn upgrade(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let (current, target) = (sandbox.account.project(reference)?.postgres_at(call.now).to_owned(), latest_postgres());
    let asked = call.text("target_version").unwrap_or_default();
    if current == target || (asked != target && asked != engine(&target)) {
        return Err(Refusal::new(400, format!("Project cannot be upgraded from {current} to the requested version")));
    }
    work(sandbox, reference, call.now, ProjectStatus::Upgrading)?;
    let Sandbox { account, random, startup_ms, .. } = sandbox;
    let upgrade = Upgrade { tracking_id: random.uuid(), began_at: call.now, ends_at: call.now + *startup_ms, target };
    let reply = Reply::json(&json!({ "tracking_id": upgrade.tracking_id }));
    let project = account.project(reference)?;
    project.postgres_version = current;
    project.upgrade = Some(upgrade);
    reply
}

pub(super) fn get_eligibility(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let (current, latest) = (sandbox.account.project(reference)?.postgres_at(call.now), latest_postgres());
    let target = json!({ "postgres_version": engine(&latest), "release_channel": "ga", "app_version": format!("supabase-postgres-{latest}") });
    Reply::json(&json!({
        "eligible": current != latest,
        "current_app_version": format!("supabase-postgres-{current}"),
        "current_app_version_release_channel": "ga",
        "latest_app_version": format!("supabase-postgres-{latest}"),
        "target_upgrade_versions": if current == latest { json!([]) } else { json!([target]) },
        "duration_estimate_hours": 1,
        "legacy_auth_custom_roles": [],
        "objects_to_be_dropped": [],
        "unsupported_extensions": [],
        "user_defined_objects_in_internal_schemas": [],
        "validation_errors": [],
        "warnings": [],
    }))
}

pub(super) fn get_status(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let upgrade = sandbox.account.project(reference)?.upgrade.as_ref();
    let is_asked = |upgrade: &&Upgrade| call.asked("tracking_id").is_none_or(|id| id == upgrade.tracking_id);
    let status = upgrade.filter(is_asked).map(|upgrade| {
        let (passed, whole) = (call.now - upgrade.began_at, (upgrade.ends_at - upgrade.began_at).max(1));
        let is_done = call.now >= upgrade.ends_at;
        let step = (passed * STEPS.len() as i64 / whole).clamp(0, STEPS.len() as i64 - 1);
        json!({
            "initiated_at": iso(upgrade.began_at),
            "latest_status_at": iso(if is_done { upgrade.ends_at } else { upgrade.began_at + step * whole / STEPS.len() as i64 }),
            "target_version": engine(&upgrade.target).parse::<u32>().unwrap_or_default(),
            "progress": if is_done { LAST_STEP } else { STEPS[step as usize] },
            "status": i32::from(is_done),
        })
    });
    Reply::json(&json!({ "databaseUpgradeStatus": status.unwrap_or(Value::Null) }))
}
