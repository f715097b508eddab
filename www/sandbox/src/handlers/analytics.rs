//! Logs and usage: nobody uses the services of these projects, so there is nothing in them.

use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::time::iso;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

pub(super) fn get_logs(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "result": [] }))
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
    Reply::json(&json!({ "result": (0..count).rev().map(item).collect::<Value>() }))
}

pub(super) fn get_api_requests_count(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "result": [{ "count": 0 }] }))
}
