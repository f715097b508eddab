//! The disk of a project.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::json;
use crate::state::Project;
use crate::time::iso;
use serde_json::Value;

const NAME: &str = "disk";

pub(super) fn disk(project: &Project) -> Value {
    let set = project.settings.get(NAME).cloned();
    set.unwrap_or_else(|| json!({ "attributes": { "type": "gp3", "iops": 3000, "size_gb": 8, "throughput_mibps": 125 } }))
}

/// What is used of each disk.
const USED: i64 = 1_342_177_280;

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&disk(sandbox.account.project(reference)?))
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let (now, asked) = (disk(project)["attributes"]["size_gb"].as_i64(), call.body()["attributes"]["size_gb"].as_i64());
    if asked < now {
        return Err(Refusal::new(400, "The disk of a project cannot be made smaller"));
    }
    project.settings.insert(NAME.into(), json!({ "attributes": call.body()["attributes"], "last_modified_at": iso(call.now) }));
    Ok(Reply::Nothing)
}

/// Makes the disk of a new project as large as is asked for.
pub(super) fn resize(project: &mut Project, size_gb: &Value, now: i64) -> Result<(), Refusal> {
    let mut disk = disk(project);
    if size_gb.as_f64() < disk["attributes"]["size_gb"].as_f64() {
        return Err(Refusal::new(400, "The disk of a project cannot be made smaller"));
    }
    disk["attributes"]["size_gb"] = size_gb.clone();
    disk["last_modified_at"] = iso(now).into();
    project.settings.insert(NAME.into(), disk);
    Ok(())
}

/// How large the disk is, and how much of it is used.
pub(super) fn bytes(project: &Project) -> (i64, i64) {
    let size = disk(project)["attributes"]["size_gb"].as_f64().unwrap_or(0.0) as i64 * 1_073_741_824;
    (size, USED.min(size))
}

pub(super) fn get_utilization(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let (size, used) = bytes(sandbox.account.project(reference)?);
    Reply::json(&json!({
        "timestamp": iso(call.now),
        "metrics": { "fs_size_bytes": size, "fs_avail_bytes": size - used, "fs_used_bytes": used },
    }))
}

/// Nobody can set it by this API.
pub(super) fn get_autoscale(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "growth_percent": null, "min_increment_gb": null, "max_size_gb": null }))
}
