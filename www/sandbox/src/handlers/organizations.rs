//! Organizations.

use crate::Sandbox;
use crate::call::{Call, Refusal, Reply, model};
use crate::state::Organization;
use serde_json::json;
use supabase_management_wasm::api::organizations as api;

pub(crate) fn list(sandbox: &mut Sandbox, _: &Call<'_>) -> Result<Reply, Refusal> {
    Reply::model(&sandbox.account.organizations.iter().map(answer).collect::<Result<Vec<_>, _>>()?)
}

pub(crate) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let api::CreateOrganization { name, .. } = call.body()?;
    let Sandbox { account, random, .. } = sandbox;
    let slug = random.reference(|slug| account.organization(slug).is_ok());
    let organization = Organization { slug, name };
    let reply = Reply::model(&answer(&organization)?)?;
    account.organizations.push(organization);
    Ok(reply)
}

fn answer(organization: &Organization) -> Result<api::Organization, Refusal> {
    let Organization { slug, name } = organization;
    model(json!({ "id": slug, "slug": slug, "name": name }))
}
