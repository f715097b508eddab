//! Version 2 of the API: what each of its endpoints does. Where version 1 has the same resource, both show the same state.

mod advisors;
mod branches;
pub(crate) mod compute;
pub(crate) mod events;
mod log_drains;
mod notebooks;
pub(crate) mod organizations;
mod pages;
mod private_link;
mod projects;
mod webhooks;

use super::Handler;
use super::lists::List;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{self, array, json};
use crate::state::Document;
use serde_json::Value;
use webhooks::{ORGANIZATION, PROJECT};

/// The endpoints that are answered, by the names that the client gives them.
#[rustfmt::skip]
pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("v2.organizations.listProjects", organizations::list_projects),
    ("v2.organizations.listMembers", organizations::list_members),
    ("v2.organizations.listRoles", organizations::list_roles),
    ("v2.organizations.assignMemberRole", organizations::assign_role),
    ("v2.organizations.createInvitations", organizations::invite),
    ("v2.organizations.deleteInvitations", organizations::delete_invitations),
    ("v2.organizations.listGithubConnections", organizations::list_connections),
    ("v2.organizationWebhooks.listEndpoints", |sandbox, call| webhooks::list(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.createEndpoint", |sandbox, call| webhooks::create(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.deleteAllEndpoints", |sandbox, call| webhooks::delete_all(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.getEndpoint", |sandbox, call| webhooks::get(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.updateEndpoint", |sandbox, call| webhooks::update(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.deleteEndpoint", |sandbox, call| webhooks::delete(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.listDeliveries", |sandbox, call| webhooks::list_deliveries(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.testEndpoint", |sandbox, call| webhooks::test(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.getDelivery", |sandbox, call| webhooks::get_delivery(sandbox, call, &ORGANIZATION)),
    ("v2.organizationWebhooks.retryDelivery", |sandbox, call| webhooks::retry(sandbox, call, &ORGANIZATION)),
    ("v2.projectWebhooks.listEndpoints", |sandbox, call| webhooks::list(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.createEndpoint", |sandbox, call| webhooks::create(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.deleteAllEndpoints", |sandbox, call| webhooks::delete_all(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.getEndpoint", |sandbox, call| webhooks::get(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.updateEndpoint", |sandbox, call| webhooks::update(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.deleteEndpoint", |sandbox, call| webhooks::delete(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.listDeliveries", |sandbox, call| webhooks::list_deliveries(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.testEndpoint", |sandbox, call| webhooks::test(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.getDelivery", |sandbox, call| webhooks::get_delivery(sandbox, call, &PROJECT)),
    ("v2.projectWebhooks.retryDelivery", |sandbox, call| webhooks::retry(sandbox, call, &PROJECT)),
    ("v2.projects.getConfig", projects::get_config),
    ("v2.projects.transfer", projects::transfer),
    ("v2.projects.previewTransfer", projects::preview_transfer),
    ("v2.branches.create", branches::create),
    ("v2.logDrains.list", log_drains::list),
    ("v2.logDrains.create", log_drains::create),
    ("v2.logDrains.update", log_drains::update),
    ("v2.logDrains.delete", |sandbox, call| delete(sandbox, call, &log_drains::DRAINS)),
    ("v2.advisors.run", advisors::run),
    ("v2.privateLink.list", private_link::list),
    ("v2.privateLink.create", private_link::create),
    ("v2.privateLink.delete", private_link::delete),
    ("v2.privateLink.deleteForDatabase", private_link::delete),
    ("v2.notebooks.list", notebooks::list),
    ("v2.notebooks.create", notebooks::create),
    ("v2.notebooks.get", notebooks::get),
    ("v2.notebooks.update", notebooks::update),
    ("v2.notebooks.delete", |sandbox, call| delete(sandbox, call, &notebooks::NOTEBOOKS)),
    ("v2.compute.list", compute::list),
    ("v2.compute.get", compute::get),
    ("v2.compute.delete", |sandbox, call| delete(sandbox, call, &compute::INSTANCES)),
    ("v2.compute.deploy", compute::deploy),
    ("v2.compute.createUpload", compute::create_upload),
];

/// The attributes of the resource that a body holds.
fn attributes<'c>(call: &'c Call<'_>) -> &'c Value {
    &call.body()["data"]["attributes"]
}

/// A text of these attributes.
fn text<'c>(call: &'c Call<'_>, name: &str) -> Option<&'c str> {
    attributes(call)[name].as_str()
}

/// What is refused of an attribute that has the right type.
fn invalid(name: &str, expected: &str) -> Refusal {
    Refusal::invalid(&format!("data.attributes.{name}"), expected)
}

/// A resource of a kind without an id.
fn nameless(kind: &str, attributes: Value) -> Value {
    json!({ "type": kind, "attributes": attributes })
}

/// A resource of a kind.
fn resource(kind: &str, id: &Value, attributes: Value) -> Value {
    json!({ "id": id, "type": kind, "attributes": attributes })
}

/// A resource of a kind whose attributes are kept as they are, without some.
fn kept(kind: &str, object: &Document, hidden: &[&str]) -> Value {
    let attributes = object.iter().filter(|(name, _)| *name != "id" && !hidden.contains(&name.as_str()));
    resource(kind, &object["id"], json::object(attributes.map(|(name, value)| (name.clone(), value.clone()))))
}

/// Answers a resource or a list of them.
fn data(data: Value) -> Answer {
    Reply::json(&json!({ "data": data }))
}

/// The same with a status of its own.
fn data_with(status: u16, data: Value) -> Answer {
    Reply::json_with(status, &json!({ "data": data }))
}

/// Deletes what a list of a project has under an id.
fn delete(sandbox: &mut Sandbox, call: &Call<'_>, list: &List) -> Answer {
    let [reference, id] = call.path();
    list.take(sandbox.account.project(reference)?, id)?;
    Ok(Reply::Empty(204))
}

/// Answers all of a list of a project, which has no pages.
fn all(sandbox: &mut Sandbox, call: &Call<'_>, list: &List, answer: impl Fn(&Document) -> Value) -> Answer {
    let [reference] = call.path();
    data(array(sandbox.account.project(reference)?.list(list.name).iter().map(answer)))
}
