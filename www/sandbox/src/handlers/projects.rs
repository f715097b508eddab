//! Projects, from their creation to their deletion.

use super::settings::POSTGREST;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::sha256;
use crate::json::{array, json};
use crate::state::Project;
use crate::time::iso;
use serde_json::Value;
use supabase_management_wasm::api::projects::ProjectStatus;

/// What the variants of the add-on for compute begin with.
pub(super) const COMPUTE: &str = "ci_";

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let account = &sandbox.account;
    // Branches are listed by their project.
    let own = account.projects.iter().filter(|project| !account.is_branch(&project.r#ref));
    Reply::list(own.map(|project| answer(project, call.now)))
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let region = region_of(call.body())?;
    let Sandbox { account, random, startup_ms, .. } = sandbox;
    let slug = call.text("organization_slug").unwrap_or_default();
    account.organization(slug)?;
    let reference = random.reference(|reference| account.has_had(reference));
    let name = call.text("name").unwrap_or_default();
    let mut project = Project::new(reference, slug.into(), name.into(), region, call.now, ProjectStatus::ComingUp);
    project.pass(ProjectStatus::ComingUp, call.now + *startup_ms, ProjectStatus::ActiveHealthy);
    project.addons.extend(call.text("desired_instance_size").filter(|size| *size != "micro").map(|size| format!("{COMPUTE}{size}")));
    super::api_keys::add_defaults(&mut project, random, call.now);
    let reply = Reply::json(&facts(&project, call.now));
    account.projects.push(project);
    reply
}

fn region_of(body: &Value) -> Result<String, Refusal> {
    let selection = &body["region_selection"];
    match (body["region"].as_str(), selection["code"].as_str()) {
        (Some(_), Some(_)) => Err(Refusal::new(400, "region and region_selection cannot be used together")),
        (None, Some(group)) if selection["type"] == "smartGroup" => {
            Ok(GROUPS.iter().find(|(code, ..)| *code == group).map_or(DEFAULT_REGION, |(.., region)| *region).into())
        }
        (code, None) | (None, code) => Ok(code.unwrap_or(DEFAULT_REGION).into()),
    }
}

/// What a created project tells, and a listed one as well.
fn facts(project: &Project, now: i64) -> Value {
    json!({
        "id": project.r#ref,
        "ref": project.r#ref,
        "organization_id": project.organization_slug,
        "organization_slug": project.organization_slug,
        "name": project.name,
        "region": project.region,
        "created_at": iso(project.created_at),
        "status": project.status_at(now),
    })
}

fn answer(project: &Project, now: i64) -> Value {
    let mut answer = facts(project, now);
    let version = project.postgres_at(now);
    answer["database"] = json!({
        "host": host(&project.r#ref),
        "version": version,
        "postgres_engine": engine(version),
        "release_channel": "ga",
    });
    answer
}

/// Where the database of a project listens.
pub(super) fn host(reference: &str) -> String {
    format!("db.{reference}.supabase.co")
}

/// `17` of `17.6.1.111`.
pub(super) fn engine(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&answer(sandbox.account.project(reference)?, call.now))
}

/// A project with the number that it has in some answers.
fn identity(project: &Project) -> Value {
    json!({ "id": number(&project.r#ref), "ref": project.r#ref, "name": project.name })
}

/// The number of a project or user.
pub(super) fn number(reference: &str) -> u32 {
    let digest = sha256(reference.as_bytes());
    u32::from_be_bytes([0, digest[0], digest[1], digest[2]])
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    project.name = call.text("name").unwrap_or_default().into();
    Reply::json(&identity(project))
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if status_of(project, call.now).is_busy {
        return Err(Refusal::new(400, "Project not ready for deletion."));
    }
    let reply = Reply::json(&identity(project));
    sandbox.account.remove(reference);
    reply
}

/// What a status means for what can be done.
pub(super) struct Status {
    pub(super) is_healthy: bool,
    pub(super) is_paused: bool,
    /// It is on its way to another one.
    pub(super) is_busy: bool,
}

pub(super) fn status_of(project: &Project, now: i64) -> Status {
    let status = project.status_at(now);
    let is_healthy = *status == ProjectStatus::ActiveHealthy;
    let is_paused = *status == ProjectStatus::Inactive;
    Status { is_healthy, is_paused, is_busy: !is_healthy && !is_paused && project.change.as_ref().is_some_and(|change| change.at > now) }
}

/// Lets a project that is up be something else for a while, and come back.
pub(super) fn work(sandbox: &mut Sandbox, reference: &str, now: i64, status: ProjectStatus) -> Result<(), Refusal> {
    let Sandbox { account, startup_ms, .. } = sandbox;
    let project = account.project(reference)?;
    if !status_of(project, now).is_healthy {
        return Err(Refusal::new(400, format!("Project is not active: its status is {}", project.status_at(now).as_str())));
    }
    project.pass(status, now + *startup_ms, ProjectStatus::ActiveHealthy);
    Ok(())
}

pub(super) fn pause(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    work(sandbox, reference, call.now, ProjectStatus::Pausing)?;
    let Sandbox { account, startup_ms, .. } = sandbox;
    account.project(reference)?.pass(ProjectStatus::Pausing, call.now + *startup_ms, ProjectStatus::Inactive);
    Ok(Reply::Empty(200))
}

pub(super) fn restart(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    work(sandbox, reference, call.now, ProjectStatus::Restarting)?;
    Ok(Reply::Empty(200))
}

pub(super) fn restore(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, startup_ms, .. } = sandbox;
    let project = account.project(reference)?;
    if !status_of(project, call.now).is_paused {
        return Err(Refusal::new(400, "Project is not paused"));
    }
    project.pass(ProjectStatus::Restoring, call.now + *startup_ms, ProjectStatus::ActiveHealthy);
    Ok(Reply::Empty(200))
}

pub(super) fn cancel_restore(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if *project.status_at(call.now) != ProjectStatus::Restoring {
        return Err(Refusal::new(400, "Project is not being restored"));
    }
    project.status = ProjectStatus::Inactive;
    project.change = None;
    Ok(Reply::Empty(200))
}

pub(super) fn list_restore_versions(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let version = sandbox.account.project(reference)?.postgres_at(call.now);
    Reply::json(&json!({ "available_versions": [{ "version": version, "release_channel": "ga", "postgres_engine": engine(version) }] }))
}

pub(super) fn get_health(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let Status { is_healthy, is_paused, .. } = status_of(project, call.now);
    let schema = POSTGREST.of(project)["db_schema"].clone();
    let health = |name: &Value| {
        let mut health = json!({
            "name": name,
            "healthy": is_healthy,
            "status": if is_healthy { "ACTIVE_HEALTHY" } else if is_paused { "UNHEALTHY" } else { "COMING_UP" },
        });
        match name.as_str() {
            _ if !is_healthy => health["error"] = format!("the project is {}", project.status_at(call.now).as_str()).into(),
            Some("auth") => {
                let description = "GoTrue is a user registration and authentication API";
                health["info"] = json!({ "name": "GoTrue", "version": "v2.185.0", "description": description });
            }
            Some("realtime") => {
                health["info"] = json!({ "healthy": true, "db_connected": true, "replication_connected": false, "connected_cluster": 0 });
            }
            Some("rest") => health["info"] = json!({ "db_schema": schema }),
            _ => {}
        }
        health
    };
    Reply::list(call.query["services"].as_array().into_iter().flatten().map(health))
}

const DEFAULT_REGION: &str = "us-east-1";

/// Groups of regions, their names, and the region that a project gets.
const GROUPS: [(&str, &str, &str); 3] =
    [("americas", "Americas", DEFAULT_REGION), ("emea", "Europe", "eu-central-1"), ("apac", "Asia-Pacific", "ap-southeast-1")];

/// Regions, their names, continents and groups.
#[rustfmt::skip]
const REGIONS: [(&str, &str, &str, &str); 18] = [
    ("us-east-1", "East US (North Virginia)", "NA", "americas"),
    ("us-east-2", "East US (Ohio)", "NA", "americas"),
    ("us-west-1", "West US (North California)", "NA", "americas"),
    ("us-west-2", "West US (Oregon)", "NA", "americas"),
    ("ca-central-1", "Canada (Central)", "NA", "americas"),
    ("sa-east-1", "South America (São Paulo)", "SA", "americas"),
    ("eu-west-1", "West EU (Ireland)", "EU", "emea"),
    ("eu-west-2", "West Europe (London)", "EU", "emea"),
    ("eu-west-3", "West EU (Paris)", "EU", "emea"),
    ("eu-central-1", "Central EU (Frankfurt)", "EU", "emea"),
    ("eu-central-2", "Central Europe (Zurich)", "EU", "emea"),
    ("eu-north-1", "North EU (Stockholm)", "EU", "emea"),
    ("ap-south-1", "South Asia (Mumbai)", "AS", "apac"),
    ("ap-southeast-1", "Southeast Asia (Singapore)", "AS", "apac"),
    ("ap-southeast-2", "Oceania (Sydney)", "OC", "apac"),
    ("ap-northeast-1", "Northeast Asia (Tokyo)", "AS", "apac"),
    ("ap-northeast-2", "Northeast Asia (Seoul)", "AS", "apac"),
    ("ap-east-1", "East Asia (Hong Kong)", "AS", "apac"),
];

pub(super) fn get_available_regions(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    sandbox.account.organization(call.asked("organization_slug").unwrap_or_default())?;
    let region = |(code, name, ..): &(&str, &str, &str, &str)| json!({ "name": name, "code": code, "type": "specific", "provider": "AWS" });
    let group = |(code, name, _): &(&str, &str, &str)| json!({ "name": name, "code": code, "type": "smartGroup" });
    let near = REGIONS.iter().filter(|(_, _, continent, _)| call.asked("continent").is_none_or(|asked| asked == *continent));
    let recommended = near.clone().next().map_or("americas", |(.., group)| group);
    Reply::json(&json!({
        "recommendations": {
            "smartGroup": GROUPS.iter().find(|(code, ..)| *code == recommended).map(group),
            "specific": array(near.take(3).map(region)),
        },
        "all": { "smartGroup": array(GROUPS.iter().map(group)), "specific": array(REGIONS.iter().map(region)) },
    }))
}
