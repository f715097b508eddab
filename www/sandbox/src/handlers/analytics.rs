//! Logs and usage: nobody uses the services of these projects, so there is nothing in them.

use super::billing::machine;
use super::disk::bytes;
use super::projects::status_of;
use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::json::{array, joined, json};
use crate::time::iso;

const MINUTE: i64 = 60_000;

pub(super) fn get_logs(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "result": [] }))
}

/// How the machine of the database is doing, in the format of Prometheus.
pub(super) fn get_metrics(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let is_healthy = status_of(project, call.now).is_healthy;
    let (size, used) = bytes(project);
    let machine = machine(project);
    let memory = (machine["memory_gb"].as_f64().unwrap_or(1.0) * 1_073_741_824.0) as i64;
    let mut metrics = vec![("pg_up", "Whether the database answers.", "", i64::from(is_healthy))];
    if is_healthy {
        metrics.extend([
            (
                "max_connections_connection_count",
                "How many connections the database takes.",
                "",
                machine["connections_direct"].as_i64().unwrap_or(60),
            ),
            ("pg_stat_database_num_backends", "How many connections there are.", r#",datname="postgres""#, 0),
            ("pg_database_size_bytes", "Size of the database.", r#",datname="postgres""#, used),
            ("node_filesystem_size_bytes", "Size of the disk.", r#",mountpoint="/data""#, size),
            ("node_filesystem_avail_bytes", "What is left of the disk.", r#",mountpoint="/data""#, size - used),
            ("node_memory_MemTotal_bytes", "Memory of the machine.", "", memory),
            ("node_boot_time_seconds", "When the machine was started, in seconds since 1970.", "", project.created_at / 1000),
        ]);
    }
    let line = |(name, help, label, value): (&str, &str, &str, i64)| {
        let labels = format!(r#"supabase_project_ref="{reference}",service_type="db"{label}"#);
        format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name}{{{labels}}} {value}\n")
    };
    Ok(Reply::Text(joined(metrics.into_iter().map(line))))
}

/// Steps of time, and how many of them: of each interval, as many as its chart shows.
pub(super) fn get_api_counts(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    let (step, count) = match call.asked("interval") {
        Some("15min") => (MINUTE, 15),
        Some("30min") => (MINUTE, 30),
        Some("3hr") => (15 * MINUTE, 12),
        Some("1day") => (60 * MINUTE, 24),
        Some("3day") => (60 * MINUTE, 72),
        Some("7day") => (24 * 60 * MINUTE, 7),
        _ => (5 * MINUTE, 12),
    };
    let last = call.now / step * step;
    let item = |back: i64| {
        let timestamp = iso(last - back * step);
        json!({ "timestamp": timestamp, "total_auth_requests": 0, "total_realtime_requests": 0, "total_rest_requests": 0, "total_storage_requests": 0 })
    };
    Reply::json(&json!({ "result": array((0..count).rev().map(item)) }))
}

pub(super) fn get_api_requests_count(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "result": [{ "count": 0 }] }))
}
