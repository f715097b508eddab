//! Backups, which are made every day, and restore points.

use super::lists::List;
use super::projects::work;
use super::settings::Setting;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, json};
use crate::state::{Document, Project};
use crate::time::iso;
use serde_json::Value;
use supabase_management_wasm::api::projects::ProjectStatus;

const DAY: i64 = 86_400_000;
/// How many daily backups are kept.
const KEPT: i64 = 7;
const PITR: &str = "pitr";
const SCHEDULE: Setting = Setting { name: "backup_schedule", defaults: r#"{"schedule_for":"00:00:00"}"# };

/// Days since 1970 on which a backup was made, the last one first. A day's backup is its id.
fn days(project: &Project, now: i64) -> impl Iterator<Item = i64> {
    let last = now / DAY;
    let first = (project.created_at / DAY + 1).max(last - KEPT + 1);
    (first..=last).rev()
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let is_physical = project.has_addon(PITR);
    let backup = |day: i64| json!({ "id": day, "is_physical_backup": is_physical, "status": "COMPLETED", "inserted_at": iso(day * DAY) });
    let mut physical = json!({});
    if is_physical {
        let latest = call.now / 1000;
        physical["earliest_physical_backup_date_unix"] = (project.created_at / 1000).max(latest - KEPT * DAY / 1000).into();
        physical["latest_physical_backup_date_unix"] = latest.into();
    }
    Reply::json(&json!({
        "region": project.region,
        "walg_enabled": true,
        "pitr_enabled": is_physical,
        "backups": array(days(project, call.now).map(backup)),
        "physical_backup_data": physical,
    }))
}

pub(super) fn restore(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let id = call.body()["id"].as_i64();
    if !days(sandbox.account.project(reference)?, call.now).any(|day| Some(day) == id) {
        return Err(Refusal::new(404, "Backup not found"));
    }
    work(sandbox, reference, call.now, ProjectStatus::Restoring)?;
    Ok(Reply::Nothing)
}

pub(super) fn restore_pitr(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if !project.has_addon(PITR) {
        return Err(Refusal::new(400, "Point in time recovery is not enabled for the project"));
    }
    let target = call.body()["recovery_time_target_unix"].as_i64().unwrap_or(0);
    if !(project.created_at / 1000..=call.now / 1000).contains(&target) {
        return Err(Refusal::new(400, "Recovery time target is outside of what can be restored"));
    }
    work(sandbox, reference, call.now, ProjectStatus::Restoring)?;
    Ok(Reply::Nothing)
}

pub(super) fn get_schedule(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let mut answer = SCHEDULE.of(project);
    if answer["updated_at"].is_null() {
        answer["updated_at"] = iso(project.created_at).into();
    }
    Reply::json(&answer)
}

pub(super) fn update_schedule(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let time = call.text("schedule_for").unwrap_or_default();
    let fits = |(part, most): (&str, u8)| part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number < most);
    if time.split(':').count() != 3 || !time.split(':').zip([24, 60, 60]).all(fits) {
        return Err(Refusal::invalid("schedule_for", "a time of day in UTC, HH:MM:SS"));
    }
    SCHEDULE.set(sandbox.account.project(reference)?, &json!({ "schedule_for": time, "updated_at": iso(call.now) }));
    get_schedule(sandbox, call)
}

// ---- restore points

const POINTS: List = List { name: "restore_points", missing: "Restore point not found", inside: "" };
/// How many a project keeps.
const MOST_POINTS: usize = 20;

fn point(point: &Document, now: i64) -> Value {
    let done = point["done_at"].as_i64().unwrap_or(0);
    json!({
        "name": point["id"],
        "status": if done <= now { "AVAILABLE" } else { "PENDING" },
        "completed_on": if done <= now { json!(iso(done)) } else { Value::Null },
    })
}

pub(super) fn create_restore_point(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, startup_ms, .. } = sandbox;
    let project = account.project(reference)?;
    let name = call.text("name").unwrap_or_default();
    if POINTS.find(project, name).is_ok() {
        return Err(Refusal::new(400, "A restore point of that name exists already"));
    }
    let new = super::lists::document(json!({ "id": name, "done_at": call.now + *startup_ms }));
    let reply = Reply::json(&point(&new, call.now));
    crate::state::push_bounded(project.list(POINTS.name), new, MOST_POINTS);
    reply
}

/// That of a name, or the last one.
pub(super) fn get_restore_point(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let found = match call.asked("name") {
        Some(name) => POINTS.find(project, name)?,
        None => project.list(POINTS.name).last_mut().ok_or_else(|| Refusal::new(404, POINTS.missing))?,
    };
    Reply::json(&point(found, call.now))
}

pub(super) fn undo(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let found = POINTS.find(sandbox.account.project(reference)?, call.text("name").unwrap_or_default())?;
    if point(found, call.now)["status"] != "AVAILABLE" {
        return Err(Refusal::new(400, "Restore point is not available yet"));
    }
    work(sandbox, reference, call.now, ProjectStatus::Restoring)?;
    Ok(Reply::Nothing)
}
