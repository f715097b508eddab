//! Runs of what happens to branches. Their steps pass with the time.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, gather, json};
use crate::state::{Document, Run, push_bounded};
use crate::time::iso;
use serde_json::Value;

/// How many runs are remembered.
const MOST: usize = 200;

const STEPS: [&str; 7] = ["clone", "pull", "health", "configure", "migrate", "seed", "deploy"];

/// Begins a run, and gives its id.
pub(super) fn start(sandbox: &mut Sandbox, branch_id: &str, action: &str, now: i64) -> Result<String, Refusal> {
    let Sandbox { account, random, startup_ms, .. } = sandbox;
    let branch = account.branches.iter().find(|branch| branch.id == branch_id).ok_or_else(|| Refusal::new(404, "Branch not found"))?;
    let run = Run {
        id: random.uuid(),
        branch_id: branch_id.into(),
        projects: [branch.parent_project_ref.clone(), branch.project_ref.clone()],
        action: action.into(),
        began_at: now,
        ends_at: now + *startup_ms,
        set: Document::new(),
    };
    let id = run.id.clone();
    push_bounded(&mut account.runs, run, MOST);
    Ok(id)
}

/// Name, status and times of a step.
fn step(run: &Run, index: usize, now: i64) -> (&'static str, Value, i64, i64) {
    let name = STEPS[index];
    let length = (run.ends_at - run.began_at) / STEPS.len() as i64;
    let begins = run.began_at + length * index as i64;
    let ends = begins + length;
    let status = match run.set.get(name) {
        Some(status) => status.clone(),
        None if now >= ends => "EXITED".into(),
        None if now >= begins => "RUNNING".into(),
        None => "CREATED".into(),
    };
    (name, status, begins, now.clamp(run.began_at, ends))
}

fn answer(run: &Run, now: i64) -> Value {
    let steps = (0..STEPS.len()).map(|index| {
        let (name, status, _, updated_at) = step(run, index, now);
        json!({ "name": name, "status": status, "created_at": iso(run.began_at), "updated_at": iso(updated_at) })
    });
    json!({
        "id": run.id,
        "branch_id": run.branch_id,
        "run_steps": array(steps),
        "git_config": null,
        "workdir": null,
        "check_run_id": null,
        "created_at": iso(run.began_at),
        "updated_at": iso(now.clamp(run.began_at, run.ends_at)),
    })
}

/// The runs of a project and its branches, newest first.
fn runs_of<'s>(sandbox: &'s mut Sandbox, reference: &str) -> Result<Vec<&'s mut Run>, Refusal> {
    sandbox.account.project(reference)?;
    Ok(gather(sandbox.account.runs.iter_mut().rev().filter(|run| run.projects.iter().any(|project| project == reference))))
}

fn find<'s>(sandbox: &'s mut Sandbox, call: &Call<'_>) -> Result<&'s mut Run, Refusal> {
    let [reference, id] = call.path();
    runs_of(sandbox, reference)?.into_iter().find(|run| run.id == id).ok_or_else(|| Refusal::new(404, "Action run not found"))
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let [offset, limit] = [("offset", 0), ("limit", 20)].map(|(name, usual)| call.query[name].as_f64().map_or(usual, |number| number as usize));
    Reply::list(runs_of(sandbox, reference)?.iter().skip(offset).take(limit).map(|run| answer(run, call.now)))
}

pub(super) fn count(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Ok(Reply::Count(runs_of(sandbox, reference)?.len()))
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    Reply::json(&answer(find(sandbox, call)?, call.now))
}

pub(super) fn get_logs(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let run = find(sandbox, call)?;
    let mut text = format!("{} {} of branch {}\n", iso(run.began_at), run.action, run.branch_id);
    for index in 0..STEPS.len() {
        let (name, status, begins, updated_at) = step(run, index, call.now);
        if status != "CREATED" {
            text.push_str(&format!("{} {name}: started\n", iso(begins)));
        }
        if status == "EXITED" {
            text.push_str(&format!("{} {name}: done\n", iso(updated_at)));
        }
    }
    Ok(Reply::Text(text))
}

pub(super) fn update_status(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let run = find(sandbox, call)?;
    for (name, status) in call.body().as_object().into_iter().flatten() {
        run.set.insert(name.clone(), status.clone());
    }
    Reply::json(&json!({ "message": "ok" }))
}
