//! Organizations: their projects, members, roles, invitations, connections to GitHub.
//!
//! Any organization has all of it here: the plans of the API are not looked at.

use super::super::lists::{document, find};
use super::super::organizations::{MEMBERS, ROLES, USER_ID, USER_NAME, databases, members, role_name};
use super::super::projects::number;
use super::pages::{Order, by_cursor};
use super::{attributes, data, nameless, resource};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, gather, json};
use crate::search::contains;
use crate::state::{Account, Document};
use crate::time::iso;
use serde_json::Value;

pub(super) fn list_projects(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let account = &sandbox.account;
    account.organization(slug)?;
    let search = call.asked("search").unwrap_or_default().to_ascii_lowercase();
    let own = account.projects.iter().filter(|project| {
        project.organization_slug == slug
            && !account.is_branch(&project.r#ref)
            && (contains(&project.name.to_ascii_lowercase(), &search) || contains(&project.r#ref, &search))
    });
    let items = own.map(|project| {
        let attributes = json!({
            "name": project.name,
            "region": project.region,
            "status": project.status_at(call.now),
            "cloud_provider": "AWS",
            "inserted_at": iso(project.created_at),
            "databases": databases(project, call.now),
        });
        (format!("{}.{}", iso(project.created_at), project.r#ref), resource("project", &json!(project.r#ref), attributes))
    });
    let order = if call.asked("sort") == Some("-inserted_at") { Order::Falling } else { Order::Rising };
    by_cursor(call, &format!("/v2/organizations/{slug}/projects"), order, gather(items))
}

// ---- members

/// The role of a member as it is answered. What it holds for is shown by name.
fn role(account: &Account, member: &Document) -> Value {
    let references: Vec<&str> = gather(member.get("projects").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
    let known = account.projects.iter().filter(|project| references.contains(&&*project.r#ref));
    json!({
        "name": role_name(&member["role"]),
        "projects": array(known.map(|project| json!({ "name": project.name, "ref": project.r#ref }))),
        "scope": if references.is_empty() { "organization" } else { "project" },
    })
}

pub(super) fn list_members(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let account = &sandbox.account;
    let filter = call.query["filter"].as_object();
    let mut wanted = members(account.organization(slug)?);
    wanted.retain(|member| filter.is_none_or(|filter| filter.iter().all(|(name, value)| member.get(name) == Some(value))));
    let items = wanted.iter().map(|member| {
        let attributes = json!({
            "username": member["username"],
            "primary_email": member["primary_email"],
            "avatar_url": null,
            "is_sso_user": false,
            "mfa_enabled": member["mfa_enabled"],
            "roles": [role(account, member)],
        });
        (member["id"].as_str().unwrap_or_default().to_owned(), resource("organization_member", &member["id"], attributes))
    });
    by_cursor(call, &format!("/v2/organizations/{slug}/members"), Order::Rising, gather(items))
}

pub(super) fn list_roles(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    sandbox.account.organization(slug)?;
    data(array(ROLES.iter().map(|(_, name)| nameless("organization_role", json!({ "name": name })))))
}

/// The references of the projects that a role is given for, all of them of the organization.
fn references(account: &Account, slug: &str, given: &Value) -> Result<Vec<Value>, Refusal> {
    let references: Vec<Value> = gather(given.as_array().into_iter().flatten().map(|project| project["ref"].clone()));
    let is_own = |reference: &Value| account.projects.iter().any(|project| *reference == project.r#ref && project.organization_slug == slug);
    if references.iter().all(is_own) { Ok(references) } else { Err(Refusal::new(404, "Project not found")) }
}

pub(super) fn assign_role(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug, user] = call.path();
    let account = &mut sandbox.account;
    let mut all = members(account.organization(slug)?);
    find(&mut all, user, "Member not found")?;
    let references = references(account, slug, &attributes(call)["projects"])?;
    let member = find(&mut all, user, "Member not found")?;
    member.insert("role".into(), attributes(call)["role"].clone());
    member.insert("projects".into(), references.into());
    let member = member.clone();
    let is_owner = |member: &Document| member["role"] == ROLES[0].0 && member.get("projects").is_none_or(|projects| *projects == json!([]));
    if !all.iter().any(is_owner) {
        return Err(Refusal::new(400, "An organization needs an owner"));
    }
    *account.organization_mut(slug)?.lists.of(MEMBERS) = all;
    data(nameless("organization_member_role", role(account, &member)))
}

// ---- invitations

/// Those that were sent, by the email address.
const INVITATIONS: &str = "invitations";

fn invitation(email: &str) -> Value {
    nameless("organization_invitation", json!({ "email": email }))
}

/// Invites those who can be invited, and tells of the others.
pub(super) fn invite(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let account = &mut sandbox.account;
    let known: Vec<Value> = gather(members(account.organization(slug)?).iter().map(|member| member["primary_email"].clone()));
    let (mut sent, mut issues, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for given in call.body()["data"].as_array().into_iter().flatten() {
        let attributes = &given["attributes"];
        let email = attributes["email"].as_str().unwrap_or_default();
        let references = references(account, slug, &attributes["projects"])?;
        let invited = account.organization(slug)?.lists.get(INVITATIONS).into_iter().flatten().chain(&new);
        let fault = if known.iter().any(|known| known == email) {
            "is a member already"
        } else if invited.into_iter().any(|invitation: &Document| invitation["id"] == email) {
            "was invited already"
        } else {
            sent.push(invitation(email));
            new.push(document(json!({
                "id": email,
                "role": attributes["role"],
                "projects": references,
                "require_sso": attributes["require_sso"] == true,
                "created_at": iso(call.now),
            })));
            continue;
        };
        issues.push(json!({ "code": "bad_request", "message": format!("{email} {fault}"), "meta": { "email": email } }));
    }
    account.organization_mut(slug)?.lists.of(INVITATIONS).extend(new);
    let mut answer = json!({ "data": sent });
    if !issues.is_empty() {
        answer["error"] = json!({ "code": "bad_request", "message": "Some invitations were not sent", "issues": issues });
    }
    Reply::json(&answer)
}

/// Takes back all of some invitations, or none of them.
pub(super) fn delete_invitations(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let organization = sandbox.account.organization_mut(slug)?;
    let given: Vec<&str> = gather(call.body()["data"].as_array().into_iter().flatten().filter_map(|given| given["attributes"]["email"].as_str()));
    let sent = organization.lists.of(INVITATIONS);
    for email in &given {
        find(sent, email, "Invitation not found")?;
    }
    sent.retain(|invitation| !given.iter().any(|email| invitation["id"] == *email));
    data(array(given.into_iter().map(invitation)))
}

// ---- connections to GitHub

/// Those of a project, which this API only lists.
pub(crate) const CONNECTIONS: &str = "github_connections";

pub(super) fn list_connections(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [slug] = call.path();
    let account = &sandbox.account;
    account.organization(slug)?;
    let wanted = call.query["filter"]["project_ref"].as_str();
    let own = account.projects.iter().filter(|project| project.organization_slug == slug && wanted.is_none_or(|wanted| wanted == project.r#ref));
    let mut items = Vec::new();
    for project in own {
        for connection in project.lists.get(CONNECTIONS).into_iter().flatten() {
            let mut shown = super::kept("github_connection", connection, &[]);
            shown["attributes"]["project"] = json!({ "id": number(&project.r#ref), "name": project.name, "ref": project.r#ref });
            let email =
                members(account.organization(slug)?).iter().find(|member| member["id"] == USER_ID).map(|member| member["primary_email"].clone());
            shown["attributes"]["user"] = json!({ "id": number(USER_ID), "username": USER_NAME, "primary_email": email });
            items.push((project.r#ref.clone(), shown));
        }
    }
    by_cursor(call, &format!("/v2/organizations/{slug}/integrations/github/connections"), Order::Rising, items)
}
