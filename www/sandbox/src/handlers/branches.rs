//! Branches. What is in one is a project of its own, which the operations of projects work on as well.

use super::migrations;
use super::projects::{COMPUTE, engine, host};
use super::{action_runs, disk, secrets};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::derived;
use crate::json::{gather, joined, json};
use crate::sql::{Outcome, Sql};
use crate::state::{Account, Branch, Migration, Project};
use crate::time::iso;
use serde_json::Value;
use supabase_management_wasm::api::projects::ProjectStatus;

/// How long a branch that is not deleted by force can still be restored.
const GRACE_MS: i64 = 3_600_000;

fn not_found() -> Refusal {
    Refusal::new(404, "Branch not found")
}

/// A branch by its id, or the reference of its project.
fn find<'a>(account: &'a mut Account, id_or_ref: &str) -> Result<&'a mut Branch, Refusal> {
    account.branches.iter_mut().find(|branch| branch.id == id_or_ref || branch.project_ref == id_or_ref).ok_or_else(not_found)
}

fn is_default(branch: &Branch) -> bool {
    branch.project_ref == branch.parent_project_ref
}

fn answer(account: &Account, branch: &Branch, now: i64) -> Value {
    let project = account.projects.iter().find(|project| project.r#ref == branch.project_ref);
    let project_status = project.map_or(&ProjectStatus::Unknown, |project| project.status_at(now));
    let status = match &branch.status {
        Some(status) => status,
        None if *project_status == ProjectStatus::ComingUp => "CREATING_PROJECT",
        None => "FUNCTIONS_DEPLOYED",
    };
    let mut answer = json!({
        "id": branch.id,
        "name": branch.name,
        "project_ref": branch.project_ref,
        "parent_project_ref": branch.parent_project_ref,
        "is_default": is_default(branch),
        "persistent": branch.persistent,
        "status": status,
        "created_at": iso(branch.created_at),
        "updated_at": iso(branch.updated_at),
        "with_data": branch.with_data,
        "preview_project_status": project_status,
    });
    for (name, text) in [("git_branch", &branch.git_branch), ("notify_url", &branch.notify_url)] {
        if let Some(text) = text {
            answer[name] = text.as_str().into();
        }
    }
    for (name, time) in [("review_requested_at", branch.review_requested_at), ("deletion_scheduled_at", branch.deleted_at)] {
        if let Some(time) = time {
            answer[name] = iso(time).into();
        }
    }
    answer
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let account = &mut sandbox.account;
    account.project(reference)?;
    let own = account.branches.iter().filter(|branch| branch.parent_project_ref == reference);
    Reply::list(own.map(|branch| answer(account, branch, call.now)))
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, name] = call.path();
    let account = &mut sandbox.account;
    account.project(reference)?;
    let branch = account.branches.iter().find(|branch| branch.parent_project_ref == reference && branch.name == name);
    Reply::json(&answer(account, branch.ok_or_else(not_found)?, call.now))
}

/// What the default branch is called that nobody has named.
const MAIN: &str = "main";

/// The default branch of a project.
fn new(id: String, name: &str, reference: &str, now: i64) -> Branch {
    Branch {
        id,
        name: name.into(),
        project_ref: reference.into(),
        parent_project_ref: reference.into(),
        persistent: true,
        with_data: true,
        git_branch: None,
        notify_url: None,
        status: None,
        created_at: now,
        updated_at: now,
        review_requested_at: None,
        deleted_at: None,
    }
}

/// Creates a branch; the first one of a project makes the project itself the default branch.
pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&make(sandbox, reference, call.body(), call.now)?)
}

/// Creates what a body of version 1 asks for, and gives what that version answers. Only version 2 asks for a size of the disk.
pub(super) fn make(sandbox: &mut Sandbox, reference: &str, body: &Value, now: i64) -> Result<Value, Refusal> {
    let Sandbox { account, random, startup_ms, .. } = sandbox;
    let name = body["branch_name"].as_str().unwrap_or_default();
    let wants_default = body["is_default"] == true;
    let parent = account.project(reference)?;
    let mut project = Project::new(String::new(), parent.organization_slug.clone(), name.into(), parent.region.clone(), now, ProjectStatus::ComingUp);
    (project.functions, project.migrations) = (parent.functions.clone(), parent.migrations.clone());
    parent.postgres_at(now).clone_into(&mut project.postgres_version);
    let mut siblings = account.branches.iter().filter(|branch| branch.parent_project_ref == reference).peekable();
    let is_first = siblings.peek().is_none();
    if siblings.any(|branch| branch.name == name) || (is_first && !wants_default && name == MAIN) {
        return Err(Refusal::new(400, "A branch of that name exists already"));
    }
    if wants_default && !is_first {
        return Err(Refusal::new(400, "The project has a default branch already"));
    }
    if account.branches.iter().any(|branch| branch.project_ref == reference && !is_default(branch)) {
        return Err(Refusal::new(400, "A branch cannot have branches of its own"));
    }
    let mut branch = new(random.uuid(), name, reference, now);
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    (branch.git_branch, branch.notify_url) = (text("git_branch"), text("notify_url"));
    branch.with_data = body["with_data"].as_bool().unwrap_or(wants_default);
    branch.persistent = wants_default || body["persistent"] == true;
    if !wants_default {
        project.r#ref = random.reference(|reference| account.has_had(reference));
        project.region = text("region").unwrap_or(project.region);
        project.pass(ProjectStatus::ComingUp, now + *startup_ms, ProjectStatus::ActiveHealthy);
        project.addons.extend(body["desired_instance_size"].as_str().map(|size| format!("{COMPUTE}{size}")));
        if !body["desired_disk_size_gb"].is_null() {
            disk::resize(&mut project, &body["desired_disk_size_gb"], now)?;
        }
        super::api_keys::add_defaults(&mut project, random, now);
        let given = body["secrets"].as_object().into_iter().flatten();
        secrets::set(&mut project, gather(given.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().into()))), now)?;
        branch.project_ref.clone_from(&project.r#ref);
        account.projects.push(project);
        if is_first {
            account.branches.push(new(random.uuid(), MAIN, reference, now));
        }
    }
    let made = answer(account, &branch, now);
    let id = branch.id.clone();
    account.branches.push(branch);
    action_runs::start(sandbox, &id, "create", now)?;
    Ok(made)
}

/// Deletes all branches of a project.
pub(super) fn disable(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let account = &mut sandbox.account;
    account.project(reference)?;
    let own = |branch: &&Branch| branch.parent_project_ref == reference && !is_default(branch);
    let gone: Vec<String> = gather(account.branches.iter().filter(own).map(|branch| branch.project_ref.clone()));
    for reference in gone {
        account.remove(&reference);
    }
    account.branches.retain(|branch| branch.parent_project_ref != reference);
    Ok(Reply::Empty(200))
}

pub(super) fn get_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    let reference = find(&mut sandbox.account, id)?.project_ref.clone();
    let project = sandbox.account.project(&reference)?;
    let version = project.postgres_at(call.now);
    Reply::json(&json!({
        "ref": reference,
        "postgres_version": version,
        "postgres_engine": engine(version),
        "release_channel": "ga",
        "status": project.status_at(call.now),
        "db_host": host(&reference),
        "db_port": 5432,
        "db_user": "postgres",
        "db_pass": derived("db_pass", &reference),
        "jwt_secret": super::jwt_secret(&reference),
    }))
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    let account = &mut sandbox.account;
    let branch = find(account, id)?;
    let text = |name: &str| call.text(name).map(str::to_owned);
    branch.name = text("branch_name").unwrap_or_else(|| branch.name.clone());
    branch.git_branch = text("git_branch").or(branch.git_branch.take());
    branch.notify_url = text("notify_url").or(branch.notify_url.take());
    branch.status = text("status").or(branch.status.take());
    branch.persistent = call.body()["persistent"].as_bool().unwrap_or(branch.persistent);
    match call.body()["request_review"].as_bool() {
        Some(true) => branch.review_requested_at = Some(call.now),
        Some(false) => branch.review_requested_at = None,
        None => {}
    }
    branch.updated_at = call.now;
    let id = branch.id.clone();
    let account = &sandbox.account;
    let branch = account.branches.iter().find(|branch| branch.id == id).ok_or_else(not_found)?;
    Reply::json(&answer(account, branch, call.now))
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    let branch = find(&mut sandbox.account, id)?;
    if is_default(branch) {
        return Err(Refusal::new(400, "The default branch cannot be deleted: disable branching instead"));
    }
    if call.query["force"].as_bool().unwrap_or(true) {
        let reference = branch.project_ref.clone();
        sandbox.account.remove(&reference);
    } else {
        branch.deleted_at = Some(call.now + GRACE_MS);
    }
    Reply::json(&json!({ "message": "ok" }))
}

pub(super) fn restore(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    find(&mut sandbox.account, id)?.deleted_at.take().ok_or_else(|| Refusal::new(400, "Branch is not scheduled for deletion"))?;
    Reply::json_with(200, &json!({ "message": "Branch restoration initiated" }))
}

/// What one database lacks of another's migrations, up to a version.
fn missing(account: &mut Account, from: &str, to: &str, until: Option<&str>) -> Result<Vec<Migration>, Refusal> {
    let known: Vec<String> = gather(account.project(to)?.migrations.iter().map(|migration| migration.version.clone()));
    let is_missing = |migration: &&Migration| !known.contains(&migration.version) && until.is_none_or(|until| *migration.version <= *until);
    Ok(gather(account.project(from)?.migrations.iter().filter(is_missing).cloned()))
}

/// Brings the migrations and functions of one project to another, and answers the run that does so.
fn bring(sandbox: &mut Sandbox, call: &Call<'_>, action: &'static str, to_parent: bool) -> Answer {
    let [id] = call.path();
    let branch = find(&mut sandbox.account, id)?;
    let (id, mut way) = (branch.id.clone(), [branch.parent_project_ref.clone(), branch.project_ref.clone()]);
    if to_parent {
        way.reverse();
    }
    let [from, to] = way;
    let target = to.clone();
    let brought = missing(&mut sandbox.account, &from, &to, call.text("migration_version"))?;
    let now = call.now;
    let finish = move |sandbox: &mut Sandbox, brought: Vec<Migration>| {
        let functions = sandbox.account.project(&from)?.functions.clone();
        let project = sandbox.account.project(&to)?;
        for function in functions {
            match project.function(&function.slug) {
                Ok(known) => *known = function,
                Err(_) => project.functions.push(function),
            }
        }
        migrations::add(project, brought);
        started(sandbox, &id, action, now)
    };
    if brought.is_empty() {
        return finish(sandbox, brought);
    }
    let sql = joined(brought.iter().map(migrations::as_sql));
    Sql::write(&target, sql.clone(), move |sandbox, outcome| {
        // Without a database there is only the history.
        if outcome != Outcome::NoDatabase {
            outcome.text(&sql)?;
        }
        finish(sandbox, brought)
    })
}

fn started(sandbox: &mut Sandbox, branch_id: &str, action: &str, now: i64) -> Answer {
    let run = action_runs::start(sandbox, branch_id, action, now)?;
    Reply::json(&json!({ "workflow_run_id": run, "message": "ok" }))
}

pub(super) fn push(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    bring(sandbox, call, "push", false)
}

pub(super) fn merge(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    if is_default(find(&mut sandbox.account, id)?) {
        return Err(Refusal::new(400, "The default branch cannot be merged"));
    }
    bring(sandbox, call, "merge", true)
}

/// Makes the database of a branch anew, of its migrations up to a version.
pub(super) fn reset(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    let branch = find(&mut sandbox.account, id)?;
    if is_default(branch) {
        return Err(Refusal::new(400, "The default branch cannot be reset"));
    }
    let (id, reference, now) = (branch.id.clone(), branch.project_ref.clone(), call.now);
    let until = call.text("migration_version").map(str::to_owned);
    let kept: Vec<Migration> = sandbox.account.project(&reference)?.migrations.clone();
    let kept: Vec<Migration> = kept.into_iter().filter(|migration| until.as_ref().is_none_or(|until| migration.version <= *until)).collect();
    let sql = format!("{}{}", migrations::RESET, joined(kept.iter().map(migrations::as_sql)));
    Sql::write(&reference.clone(), sql.clone(), move |sandbox, outcome| {
        if outcome != Outcome::NoDatabase {
            outcome.text(&sql)?;
        }
        sandbox.account.project(&reference)?.migrations = kept;
        started(sandbox, &id, "reset", now)
    })
}

/// What the branch has and its project lacks, as SQL.
pub(super) fn diff(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [id] = call.path();
    let branch = find(&mut sandbox.account, id)?;
    let (from, to) = (branch.project_ref.clone(), branch.parent_project_ref.clone());
    let more = missing(&mut sandbox.account, &from, &to, None)?;
    Ok(Reply::Text(joined(more.iter().flat_map(|migration| &migration.statements).map(|statement| format!("{}\n", statement.trim_end())))))
}
