//! Projects.

use crate::Sandbox;
use crate::call::{Call, Refusal, Reply, model};
use crate::state::{Change, Project};
use crate::time::iso;
use serde_json::json;
use supabase_management_wasm::api::projects as api;
use supabase_management_wasm::api::projects::{CreateProject, ProjectStatus, Region, RegionGroup, RegionSelection};

pub(crate) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::model(&sandbox.account.projects.iter().map(|project| answer(project, call.now)).collect::<Result<Vec<_>, _>>()?)
}

pub(crate) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let body: CreateProject = call.body()?;
    let region = region_of(&body)?;
    let Sandbox { account, random, startup_ms, .. } = sandbox;
    account.organization(&body.organization_slug)?;
    let reference = random.reference(|reference| account.projects.iter().any(|project| project.r#ref == reference));
    let project = Project {
        r#ref: reference,
        organization_slug: body.organization_slug,
        name: body.name,
        region: region.as_str().into(),
        created_at: call.now,
        status: ProjectStatus::ComingUp,
        change: Some(Change { at: call.now + *startup_ms, status: ProjectStatus::ActiveHealthy }),
        functions: Vec::new(),
        secrets: Vec::new(),
    };
    let reply = Reply::model(&created(&project)?)?;
    account.projects.push(project);
    Ok(reply)
}

#[expect(deprecated, reason = "the API still takes `region`")]
fn region_of(body: &CreateProject) -> Result<Region, Refusal> {
    match (&body.region, &body.region_selection) {
        (Some(_), Some(_)) => Err(Refusal::new(400, "region and region_selection cannot be used together")),
        (Some(code), None) | (None, Some(RegionSelection::Specific { code, .. })) => Ok(code.clone()),
        (None, Some(RegionSelection::SmartGroup { code, .. })) => match code {
            RegionGroup::Americas => Ok(Region::UsEast1),
            RegionGroup::Emea => Ok(Region::EuCentral1),
            RegionGroup::Apac => Ok(Region::ApSoutheast1),
            _ => Err(Refusal::new(400, "region_selection.code: Invalid option")),
        },
        (None, Some(_)) => Err(Refusal::new(400, "region_selection.type: Invalid option")),
        (None, None) => Ok(Region::UsEast1),
    }
}

fn created(project: &Project) -> Result<api::CreatedProject, Refusal> {
    model(json!({
        "id": project.r#ref,
        "ref": project.r#ref,
        "organization_id": project.organization_slug,
        "organization_slug": project.organization_slug,
        "name": project.name,
        "region": project.region,
        "created_at": iso(project.created_at),
        "status": project.status,
    }))
}

fn answer(project: &Project, now: i64) -> Result<api::Project, Refusal> {
    model(json!({
        "id": project.r#ref,
        "ref": project.r#ref,
        "organization_id": project.organization_slug,
        "organization_slug": project.organization_slug,
        "name": project.name,
        "region": project.region,
        "created_at": iso(project.created_at),
        "status": project.status_at(now),
        "database": {
            "host": format!("db.{}.supabase.co", project.r#ref),
            "version": "17.6.1.111",
            "postgres_engine": "17",
            "release_channel": "ga",
        },
    }))
}
