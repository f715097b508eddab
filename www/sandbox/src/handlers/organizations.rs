//! Organizations, and who is asking.

use super::disk::disk;
use super::lists::document;
use super::projects::{COMPUTE, status_of};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, gather, json};
use crate::order::sort;
use crate::search::{contains, split_once};
use crate::state::{Claim, Document, Organization, Project};
use crate::time::iso;
use serde_json::Value;

/// Who all tokens belong to.
pub(super) const USER_ID: &str = "7d2e2c1a-94b6-4f0e-8a35-c6f1b90d3e27";
pub(super) const USER_NAME: &str = "zoe-keller";
const EMAIL: &str = "zoe@keller.example";

/// How long another organization can claim a project.
const CLAIM_MS: i64 = 24 * 3_600_000;

pub(super) fn list(sandbox: &mut Sandbox, _: &Call<'_>) -> Answer {
    Reply::list(sandbox.account.organizations.iter().map(answer))
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let Sandbox { account, random, .. } = sandbox;
    let slug = random.reference(|slug| account.organization(slug).is_ok());
    let organization = Organization::new(slug, call.text("name").unwrap_or_default().into());
    let reply = Reply::json(&answer(&organization));
    account.organizations.push(organization);
    reply
}

fn answer(organization: &Organization) -> Value {
    let Organization { slug, name, .. } = organization;
    json!({ "id": slug, "slug": slug, "name": name })
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let Organization { slug, name, .. } = sandbox.account.organization(slug)?;
    Reply::json(&json!({ "id": slug, "name": name, "plan": "pro", "opt_in_tags": [], "allowed_release_channels": ["ga", "preview"] }))
}

pub(super) fn list_members(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let member = |member: &Document| {
        json!({
            "user_id": member["id"],
            "user_name": member["username"],
            "email": member["primary_email"],
            "role_name": role_name(&member["role"]),
            "mfa_enabled": member["mfa_enabled"],
        })
    };
    Reply::list(members(sandbox.account.organization(slug)?).iter().map(member))
}

/// The members of an organization but the one who is asking, unless the role of that one was changed.
pub(crate) const MEMBERS: &str = "members";

/// The members: who all tokens belong to, and others.
pub(super) fn members(organization: &Organization) -> Vec<Document> {
    let mut members = organization.lists.get(MEMBERS).cloned().unwrap_or_default();
    if !members.iter().any(|member| member["id"] == USER_ID) {
        let me = json!({ "id": USER_ID, "username": USER_NAME, "primary_email": EMAIL, "mfa_enabled": true, "role": ROLES[0].0 });
        members.insert(0, document(me));
    }
    members
}

/// Roles as they are asked for, and their names.
pub(crate) const ROLES: [(&str, &str); 5] =
    [("owner", "Owner"), ("administrator", "Administrator"), ("developer", "Developer"), ("read-only", "Read-only"), ("no-access", "No access")];

pub(super) fn role_name(role: &Value) -> &'static str {
    ROLES.iter().find(|(known, _)| role == known).map_or("No access", |(_, name)| name)
}

pub(super) fn list_projects(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let account = &sandbox.account;
    account.organization(slug)?;
    let search = call.asked("search").unwrap_or_default().to_ascii_lowercase();
    let statuses: Vec<&str> = call.asked("statuses").map(|statuses| gather(statuses.split(','))).unwrap_or_default();
    let wanted = |project: &&Project| {
        project.organization_slug == slug
            && (contains(&project.name.to_ascii_lowercase(), &search) || contains(&project.r#ref, &search))
            && (statuses.is_empty() || statuses.contains(&project.status_at(call.now).as_str()))
    };
    let mut projects: Vec<&Project> = account.projects.iter().filter(wanted).collect();
    let by = call.asked("sort").unwrap_or_default();
    sort(&mut projects, |one, other| match by {
        "name_desc" => one.name < other.name,
        "created_asc" => one.created_at > other.created_at,
        "created_desc" => one.created_at < other.created_at,
        _ => one.name > other.name,
    });
    let offset = call.query["offset"].as_u64().unwrap_or(0);
    let limit = call.query["limit"].as_u64().unwrap_or(100);
    let page = projects.iter().skip(offset as usize).take(limit as usize).map(|project| {
        json!({
            "ref": project.r#ref,
            "name": project.name,
            "cloud_provider": "AWS",
            "region": project.region,
            "is_branch": account.is_branch(&project.r#ref),
            "status": project.status_at(call.now),
            "inserted_at": iso(project.created_at),
            "databases": databases(project, call.now),
        })
    });
    Reply::json(&json!({ "projects": array(page), "pagination": { "count": projects.len(), "limit": limit, "offset": offset } }))
}

/// The primary, and read replicas.
pub(super) fn databases(project: &Project, now: i64) -> Vec<Value> {
    let mut databases = vec![database(project, &project.r#ref, &project.region, "PRIMARY", now)];
    for replica in project.lists.get("replicas").into_iter().flatten() {
        let [id, region] = ["id", "region"].map(|name| replica[name].as_str().unwrap_or_default());
        databases.push(database(project, id, region, "READ_REPLICA", now));
    }
    databases
}

fn database(project: &Project, identifier: &str, region: &str, kind: &str, now: i64) -> Value {
    let size = project.addons.iter().find_map(|variant| variant.strip_prefix(COMPUTE)).unwrap_or("micro");
    let disk = &disk(project)["attributes"];
    let mut database = json!({
        "infra_compute_size": size,
        "region": region,
        "status": if status_of(project, now).is_healthy { "ACTIVE_HEALTHY" } else { "COMING_UP" },
        "cloud_provider": "AWS",
        "identifier": identifier,
        "type": kind,
        "disk_volume_size_gb": disk["size_gb"],
        "disk_type": disk["type"],
    });
    if !disk["throughput_mibps"].is_null() {
        database["disk_throughput_mbps"] = disk["throughput_mibps"].clone();
    }
    database
}

/// A line for each feature: `yes`, `no`, a number with its unit, or a set.
const ENTITLEMENTS: &str = include_str!("../defaults/entitlements.txt");

pub(super) fn get_entitlements(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    sandbox.account.organization(slug)?;
    let entitlement = |line: &str| {
        let (key, value) = split_once(line, ": ").unwrap_or((line, "no"));
        let (kind, access, config) = if let Some(set) = value.strip_prefix('{') {
            ("set", true, json!({ "enabled": true, "set": gather(set.trim_end_matches('}').split(',')) }))
        } else if let Some((number, unit)) = value.split_once(' ') {
            let number: i64 = number.parse().unwrap_or(0);
            ("numeric", number > 0, json!({ "enabled": number > 0, "value": number, "unlimited": false, "unit": unit }))
        } else {
            ("boolean", value == "yes", json!({ "enabled": value == "yes" }))
        };
        json!({ "feature": { "key": key, "type": kind }, "type": kind, "hasAccess": access, "config": config })
    };
    Reply::json(&json!({ "entitlements": array(ENTITLEMENTS.lines().map(entitlement)) }))
}

pub(super) fn get_profile(_: &mut Sandbox, _: &Call<'_>) -> Answer {
    Reply::json(&json!({ "gotrue_id": USER_ID, "primary_email": EMAIL, "username": USER_NAME }))
}

// ---- claims

/// The token without what makes it one.
fn claim_facts(claim: &Claim) -> Value {
    json!({
        "token_alias": format!("{}...", &claim.token[..claim.token.len().min(12)]),
        "expires_at": iso(claim.created_at + CLAIM_MS),
        "created_at": iso(claim.created_at),
        "created_by": USER_ID,
    })
}

fn no_token() -> Refusal {
    Refusal::new(404, "Claim token not found")
}

pub(super) fn get_claim_token(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let claim = sandbox.account.project(reference)?.claim.as_ref();
    Reply::json(&claim_facts(claim.filter(|claim| call.now < claim.created_at + CLAIM_MS).ok_or_else(no_token)?))
}

pub(super) fn create_claim_token(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let claim = Claim { token: format!("scp_{}", random.token()), created_at: call.now };
    let mut answer = claim_facts(&claim);
    answer["token"] = claim.token.clone().into();
    project.claim = Some(claim);
    Reply::json_with(200, &answer)
}

pub(super) fn delete_claim_token(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?.claim.take().ok_or_else(no_token)?;
    Ok(Reply::Empty(204))
}

/// The project that a token was made for.
fn claimed<'s>(sandbox: &'s mut Sandbox, call: &Call<'_>) -> Result<&'s mut Project, Refusal> {
    let [slug, token] = call.path();
    sandbox.account.organization(slug)?;
    let is_claimed = |claim: &Claim| claim.token == token && call.now < claim.created_at + CLAIM_MS;
    sandbox.account.projects.iter_mut().find(|project| project.claim.as_ref().is_some_and(is_claimed)).ok_or_else(no_token)
}

pub(super) fn get_project_claim(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let project = claimed(sandbox, call)?;
    let created_at = project.claim.as_ref().map_or(0, |claim| claim.created_at);
    Reply::json(&json!({
        "project": { "ref": project.r#ref, "name": project.name },
        "preview": {
            "valid": true,
            "warnings": [],
            "errors": [],
            "info": [],
            "members_exceeding_free_project_limit": [],
            "source_subscription_plan": "pro",
            "target_subscription_plan": "pro",
        },
        "expires_at": iso(created_at + CLAIM_MS),
        "created_at": iso(created_at),
        "created_by": USER_ID,
    }))
}

pub(super) fn claim_project(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug, _] = call.path();
    let project = claimed(sandbox, call)?;
    project.organization_slug = slug.into();
    project.claim = None;
    Ok(Reply::Empty(204))
}
