//! Addresses of a project: a hostname of one's own, and a subdomain of one's choice.

use super::settings::Setting;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::{base64url, sha256};
use crate::json::json;
use crate::state::{Hostname, HostnameStep, Project};
use serde_json::Value;

const ADDON: &str = "cd_default";
const DOMAIN: &str = "supabase.co";

/// The project, if its add-on for hostnames is there.
fn project<'s>(sandbox: &'s mut Sandbox, call: &Call<'_>) -> Result<&'s mut Project, Refusal> {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if project.has_addon(ADDON) { Ok(project) } else { Err(Refusal::new(400, "Please enable the Custom Domain add-on for the project first.")) }
}

fn hostname(project: &mut Project) -> Result<&mut Hostname, Refusal> {
    project.hostname.as_mut().ok_or_else(|| Refusal::new(400, "No custom hostname configuration found."))
}

fn answer(reference: &str, hostname: &Hostname) -> Value {
    let is_new = hostname.step == HostnameStep::Initiated;
    let name = &hostname.name;
    let record = json!({ "txt_name": format!("_acme-challenge.{name}"), "txt_value": base64url(&sha256(hostname.id.as_bytes())) });
    let owned = |text: String| if is_new { text } else { String::new() };
    json!({
        "status": match hostname.step {
            HostnameStep::Initiated => "2_initiated",
            HostnameStep::Verified => "4_origin_setup_completed",
            HostnameStep::Active => "5_services_reconfigured",
        },
        "custom_hostname": name,
        "data": {
            "success": true,
            "errors": [],
            "messages": [],
            "result": {
                "id": hostname.id,
                "hostname": name,
                "ssl": {
                    "status": if is_new { "pending_validation" } else { "active" },
                    "validation_records": if is_new { json!([record]) } else { json!([]) },
                },
                "ownership_verification": {
                    "type": owned("txt".into()),
                    "name": owned(format!("_cf-custom-hostname.{name}")),
                    "value": owned(hostname.id.clone()),
                },
                "custom_origin_server": format!("{reference}.{DOMAIN}"),
                "status": if is_new { "pending" } else { "active" },
            },
        },
    })
}

pub(super) fn get_hostname(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&answer(reference, hostname(project(sandbox, call)?)?))
}

pub(super) fn initialize_hostname(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    project(sandbox, call)?;
    let name = call.text("custom_hostname").unwrap_or_default();
    let is_taken = |project: &Project| project.r#ref != reference && project.hostname.as_ref().is_some_and(|hostname| hostname.name == name);
    if sandbox.account.projects.iter().any(is_taken) {
        return Err(Refusal::new(544, "Custom hostname is already in use by another project"));
    }
    let id = sandbox.random.uuid();
    let project = project(sandbox, call)?;
    let hostname = project.hostname.insert(Hostname { id, name: name.into(), step: HostnameStep::Initiated });
    Reply::json(&answer(reference, hostname))
}

/// Looks at the DNS, which is always right here.
pub(super) fn reverify_hostname(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let hostname = hostname(project(sandbox, call)?)?;
    if hostname.step != HostnameStep::Initiated {
        return Err(Refusal::new(400, "Verification has been completed, please proceed to activation."));
    }
    hostname.step = HostnameStep::Verified;
    Reply::json(&answer(reference, hostname))
}

pub(super) fn activate_hostname(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let hostname = hostname(project(sandbox, call)?)?;
    match hostname.step {
        HostnameStep::Initiated => return Err(Refusal::new(400, "Custom hostname has not been verified yet.")),
        HostnameStep::Active => return Err(Refusal::new(400, "Custom hostname has already been activated.")),
        HostnameStep::Verified => hostname.step = HostnameStep::Active,
    }
    Reply::json(&answer(reference, hostname))
}

pub(super) fn delete_hostname(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    project.hostname.take().ok_or_else(|| Refusal::new(400, "Custom hostname not configured for project"))?;
    if call.asked_flag("remove_addon") {
        project.addons.retain(|variant| variant != ADDON);
    }
    Ok(Reply::Nothing)
}

// ---- subdomains

const SUBDOMAIN: Setting = Setting { name: "vanity_subdomain", defaults: "{}" };

fn subdomain(project: &Project) -> Option<String> {
    SUBDOMAIN.of(project)["name"].as_str().map(|name| format!("{name}.{DOMAIN}"))
}

pub(super) fn get_subdomain(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let active = project.hostname.as_ref().filter(|hostname| hostname.step == HostnameStep::Active);
    Reply::json(&match (subdomain(project), active) {
        (Some(domain), _) => json!({ "status": "active", "custom_domain": domain }),
        (None, Some(hostname)) => json!({ "status": "custom-domain-used", "custom_domain": hostname.name }),
        (None, None) => json!({ "status": "not-used" }),
    })
}

/// Whether a project can have a subdomain: letters, digits and hyphens that nobody else has.
fn is_available(sandbox: &Sandbox, reference: &str, name: &str) -> bool {
    let fits =
        !name.is_empty() && !name.starts_with('-') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let domain = format!("{name}.{DOMAIN}");
    let is_taken = |project: &Project| project.r#ref == name || (project.r#ref != reference && subdomain(project).as_ref() == Some(&domain));
    fits && !sandbox.account.projects.iter().any(is_taken)
}

pub(super) fn check_subdomain(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    let available = is_available(sandbox, reference, call.text("vanity_subdomain").unwrap_or_default());
    Reply::json(&json!({ "available": available }))
}

pub(super) fn activate_subdomain(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let name = call.text("vanity_subdomain").unwrap_or_default();
    sandbox.account.project(reference)?;
    if !is_available(sandbox, reference, name) {
        return Err(Refusal::new(400, "Vanity subdomain is not available"));
    }
    let project = sandbox.account.project(reference)?;
    SUBDOMAIN.set(project, &json!({ "name": name }));
    Reply::json(&json!({ "custom_domain": subdomain(project) }))
}

pub(super) fn deactivate_subdomain(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?.settings.shift_remove(SUBDOMAIN.name);
    Ok(Reply::Nothing)
}
