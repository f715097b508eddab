//! The resources of the second version of the API on a native target: bodies are short to write, unions are chosen by the field beside them, a success
//! may carry errors, and no `Debug` shows a secret.
#![cfg(not(target_family = "wasm"))]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::IntoFuture;
use supabase_management_wasm::api::v2::Data;
use supabase_management_wasm::api::v2::advisors::{LintToRun, LintToRunName, RunAdvisors, RunAdvisorsAttributes};
use supabase_management_wasm::api::v2::log_drains::{
    CreateLogDrain, CreateLogDrainAttributes, DatadogDrainConfig, LogDrainAttributes, UpdateLogDrain, UpdateLogDrainAttributes, WebhookDrainConfig,
};
use supabase_management_wasm::api::v2::notebooks::{
    CreateNotebook, CreateNotebookAttributes, NotebookTimeRange, NotebookTimeUnit, WriteNotebookCell, WriteNotebookContent,
};
use supabase_management_wasm::api::v2::organizations::{CreateInvitation, CreateInvitationAttributes, OrganizationRoleName, RoleProject};
use supabase_management_wasm::api::v2::webhooks::{
    CreateWebhookEndpoint, CreateWebhookEndpointAttributes, ListWebhooksQuery, WebhookEventSubscription, WebhookEventType, WebhookResponseBody,
    WebhooksPageQuery,
};
use supabase_management_wasm::testing::{Reply, Script};
use supabase_management_wasm::{Client, Nullable};

const REF: &str = "abcdefghijklmnopqrst";
const ID: &str = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";

fn block_on<C: IntoFuture>(call: C) -> C::Output {
    futures_executor::block_on(call.into_future())
}

/// A script of one call whose body must be this one.
fn script(endpoint: &str, body: Value, status: u16, answer: &Value) -> Script {
    let check = move |request: &http::Request<Vec<u8>>| assert_eq!(serde_json::from_slice::<Value>(request.body()).expect("JSON"), body);
    Script::new().expect_with(endpoint, check, Reply::json(status, answer))
}

fn drain(backend: &str, config: &Value) -> Value {
    json!({ "id": ID, "type": "log_drain", "attributes": { "name": "logs", "backend_type": backend, "config": config } })
}

#[test]
fn the_backend_chooses_the_config() {
    let sent = json!({ "data": { "type": "log_drain", "attributes": {
        "backend_type": "datadog", "name": "logs", "description": "all", "config": { "api_key": "s3cr3t", "region": "US1" } } } });
    let script = script("v2.logDrains.create", sent, 201, &json!({ "data": drain("datadog", &json!({ "region": "US1" })) }));
    let config = DatadogDrainConfig::new().api_key("s3cr3t").region("US1");
    let body = Data::new(CreateLogDrain::new(CreateLogDrainAttributes::datadog("logs", config).description("all")));
    assert!(!format!("{body:?}").contains("s3cr3t"), "{body:?}");
    let found = block_on(Client::with_transport(script.clone()).v2().log_drains().create(REF, &body)).expect("it is created");
    let LogDrainAttributes::Datadog { name, config, .. } = found.data.attributes else { panic!("{found:?}") };
    assert_eq!((name.as_str(), config.region.as_deref()), ("logs", Some("US1")));
    script.finish();
}

#[test]
fn an_update_names_its_backend() {
    let sent = json!({ "data": { "type": "log_drain", "attributes": { "backend_type": "webhook", "config": { "gzip": true } } } });
    let script = script("v2.logDrains.update", sent, 200, &json!({ "data": drain("webhook", &json!({})) }));
    // What is of another kind sets nothing.
    let attributes =
        UpdateLogDrainAttributes::webhook().webhook_config(WebhookDrainConfig::new().gzip(true)).datadog_config(DatadogDrainConfig::new());
    let body = Data::new(UpdateLogDrain::new(attributes));
    block_on(Client::with_transport(script.clone()).v2().log_drains().update(REF, ID, &body)).expect("it is changed");
    script.finish();
}

#[test]
fn a_backend_that_is_newer_is_read_as_it_is() {
    let answer = json!({ "data": [drain("kafka", &json!({ "brokers": ["a"] })), drain("sentry", &json!({ "newer": 1 }))] });
    let script = Script::new().expect("v2.logDrains.list", Reply::json(200, &answer));
    let found = block_on(Client::with_transport(script).v2().log_drains().list(REF)).expect("it is read").data;
    assert!(matches!(&found[0].attributes, LogDrainAttributes::Other(value) if value["config"]["brokers"][0] == "a"), "{found:?}");
    assert!(matches!(&found[1].attributes, LogDrainAttributes::Sentry { .. }), "{found:?}");
}

#[test]
fn a_wrong_drain_sends_nothing() {
    let script = Script::new();
    let body = Data::new(CreateLogDrain::new(CreateLogDrainAttributes::webhook("logs", WebhookDrainConfig::new().url("https://example.com"))));
    let error = block_on(Client::with_transport(script.clone()).v2().log_drains().update(
        REF,
        "no uuid",
        &Data::new(UpdateLogDrain::new(UpdateLogDrainAttributes::webhook())),
    ))
    .expect_err("the id is wrong");
    assert!(error.is_input(), "{error}");
    let error = block_on(Client::with_transport(script.clone()).v2().log_drains().create("short", &body)).expect_err("the ref is wrong");
    assert!(error.is_input(), "{error}");
    script.finish();
}

#[test]
fn invitations_can_fail_in_part() {
    let sent = json!({ "data": [
        { "type": "organization_invitation", "attributes": { "email": "jane@example.com", "role": "developer", "projects": [{ "ref": REF }] } },
        { "type": "organization_invitation", "attributes": { "email": "joe@example.com", "role": "read-only" } },
    ] });
    let answer = json!({
        "data": [{ "type": "organization_invitation", "attributes": { "email": "jane@example.com" } }],
        "error": { "code": "bad_request", "message": "some failed", "issues": [
            { "code": "conflict", "message": "is a member", "meta": { "email": "joe@example.com" }, "issues": [{ "code": "x", "message": "y" }] }
        ] }
    });
    let script = script("v2.organizations.createInvitations", sent, 201, &answer);
    let invite = |email, role| CreateInvitation::new(CreateInvitationAttributes::new(email, role));
    let mut first = invite("jane@example.com", OrganizationRoleName::Developer);
    first.attributes = first.attributes.projects([RoleProject::new(REF)]);
    let body = Data::new(vec![first, invite("joe@example.com", OrganizationRoleName::ReadOnly)]);
    let found = block_on(Client::with_transport(script.clone()).v2().organizations().create_invitations("acme", &body)).expect("a success");
    assert_eq!(found.data[0].attributes.email, "jane@example.com");
    let issues = found.error.and_then(|error| error.issues).expect("what failed");
    assert_eq!(issues[0].meta.as_ref().and_then(|meta| meta.get("email")), Some(&json!("joe@example.com")));
    assert_eq!(issues[0].issues.as_ref().map(Vec::len), Some(1));
    script.finish();
}

#[test]
fn checks_of_advisors_are_asked_for_again() {
    let answer = json!({ "data": { "type": "project_advisors", "attributes": { "lints": [{
        "name": "newer_check", "title": "", "level": "WARN", "facing": "EXTERNAL", "categories": ["HEALTH", "COST"], "description": "", "detail": "",
        "remediation": "", "cache_key": "k" }] } } });
    let script = Script::new().expect("v2.advisors.run", Reply::lost("reset")).expect("v2.advisors.run", Reply::json(200, &answer));
    let body = Data::new(RunAdvisors::new(RunAdvisorsAttributes::new([LintToRun::new(LintToRunName::NoPrimaryKey)])));
    let found = block_on(Client::with_transport(script.clone()).v2().advisors().run(REF, &body)).expect("the second attempt");
    let finding = &found.data.attributes.lints[0];
    assert_eq!((finding.name.as_str(), finding.categories[1].as_str()), ("newer_check", "COST"));
    script.finish();
}

#[test]
fn notebooks_are_written_cell_by_cell() {
    let sent = json!({ "data": { "type": "notebook", "attributes": { "name": "Orders", "content": { "cells": [
        { "type": "markdown", "text": "# Orders" },
        { "type": "database", "sql": "select 1", "row_limit": 10.0 },
        { "type": "log", "sql": "select 2", "time_range": { "type": "relative", "amount": 2.0, "unit": "hour" } },
    ] } } } });
    let answer = json!({ "data": { "id": "1", "type": "notebook", "attributes": {
        "name": "Orders", "description": null, "favorite": false, "inserted_at": "", "updated_at": "", "owner": null,
        "updated_by": { "id": 7, "username": "jane" },
        "content": { "schema_version": 1, "cells": [{ "type": "video", "id": "9" }] } } } });
    let script = script("v2.notebooks.create", sent, 201, &answer);
    let range = NotebookTimeRange::relative(2.0, NotebookTimeUnit::Hour);
    let cells =
        [WriteNotebookCell::markdown("# Orders"), WriteNotebookCell::database("select 1").row_limit(10.0), WriteNotebookCell::log("select 2", range)];
    let body = Data::new(CreateNotebook::new(CreateNotebookAttributes::new("Orders", WriteNotebookContent::new(cells))));
    let found = block_on(Client::with_transport(script.clone()).v2().notebooks().create(REF, &body)).expect("it is created");
    assert_eq!(found.data.attributes.content.cells.len(), 1, "a cell that is newer than the crate is read");
    assert_eq!(found.data.attributes.owner, Nullable::NULL);
    script.finish();
}

#[test]
fn webhooks_of_organizations_and_of_projects_are_alike() {
    let attributes = CreateWebhookEndpointAttributes::new(
        "https://example.com/hook",
        [WebhookEventSubscription::new(WebhookEventType::ProjectBranchCreated), WebhookEventSubscription::new(WebhookEventType::All)],
        "s3cr3t-0123456789",
    )
    .custom_headers(BTreeMap::from([("X-Key".to_owned(), "s3cr3t-too".to_owned())]));
    let body = Data::new(CreateWebhookEndpoint::new(attributes));
    assert!(!format!("{body:?}").contains("s3cr3t"), "{body:?}");
    let sent = json!({ "data": { "type": "endpoint", "attributes": { "url": "https://example.com/hook",
        "event_types": [{ "type": "v1.project.branch.created" }, { "type": "*" }], "signing_secret": "s3cr3t-0123456789",
        "custom_headers": { "X-Key": "s3cr3t-too" } } } });
    let endpoint = json!({ "id": ID, "type": "endpoint", "attributes": { "id": ID, "url": "https://example.com/hook", "enabled": true,
        "description": null, "event_types": [{ "type": "v2.newer" }], "created_by": ID, "created_at": "" } });
    let answer = json!({ "data": endpoint });
    let of_organization = script("v2.organizationWebhooks.createEndpoint", sent.clone(), 201, &answer);
    let one = block_on(Client::with_transport(of_organization.clone()).v2().organization_webhooks().create_endpoint("acme", &body));
    let of_project = script("v2.projectWebhooks.createEndpoint", sent, 201, &answer);
    let other = block_on(Client::with_transport(of_project.clone()).v2().project_webhooks().create_endpoint(REF, &body));
    let (one, other) = (one.expect("an endpoint"), other.expect("an endpoint"));
    assert_eq!(one, other);
    assert_eq!(one.data.attributes.event_types[0].r#type.as_str(), "v2.newer");
    let list = json!({ "data": [endpoint], "links": { "next": null, "prev": null } });
    let check = |request: &http::Request<Vec<u8>>| assert_eq!(request.uri().query(), Some("page%5Boffset%5D=20&page%5Blimit%5D=20"));
    let pages = Script::new().expect_with("v2.projectWebhooks.listEndpoints", check, Reply::json(200, &list));
    let query = ListWebhooksQuery::new().page(WebhooksPageQuery::new().offset(20).limit(20));
    let call = Client::with_transport(pages.clone()).v2().project_webhooks().list_endpoints(REF, &query);
    assert_eq!(futures_executor::block_on_stream(call.items()).count(), 1);
    of_organization.finish();
    of_project.finish();
    pages.finish();
}

#[test]
fn a_delivery_is_read_whatever_the_endpoint_answered() {
    let delivery = |body: Value, event: &str| {
        json!({ "data": { "id": ID, "type": "delivery", "attributes": { "id": ID, "event_id": ID, "status": "failure", "attempt_timestamp": "",
            "response_code": 500, "response_headers": null, "response_body": body,
            "event": { "type": event, "timestamp": "", "payload": { "organization_slug": "acme", "project_ref": null, "more": 1 } } } } })
    };
    let script = Script::new()
        .expect("v2.projectWebhooks.getDelivery", Reply::json(200, &delivery(json!("no"), "project.v1.branch.deleted")))
        .expect("v2.projectWebhooks.getDelivery", Reply::json(200, &delivery(json!({ "error": "no" }), "v1.project.paused")))
        .expect("v2.projectWebhooks.getDelivery", Reply::json(200, &delivery(json!([1]), "v3.newer")))
        .expect("v2.projectWebhooks.getDelivery", Reply::json(200, &delivery(Value::Null, "v1.organization.member.added")));
    let webhooks = Client::with_transport(script.clone()).v2().project_webhooks();
    let bodies: Vec<_> = (0..4).map(|_| block_on(webhooks.get_delivery(REF, ID)).expect("a delivery").data.attributes.response_body).collect();
    assert!(matches!(bodies[0].as_ref(), Some(WebhookResponseBody::Text(text)) if text == "no"), "{bodies:?}");
    assert!(matches!(bodies[1].as_ref(), Some(WebhookResponseBody::Fields(_))), "{bodies:?}");
    assert!(matches!(bodies[2].as_ref(), Some(WebhookResponseBody::Other(_))), "{bodies:?}");
    assert_eq!(bodies[3], Nullable::NULL);
    script.finish();
}

#[test]
fn settings_that_the_token_may_not_see_are_left_out() {
    let answer = json!({ "data": { "id": REF, "type": "project_config", "attributes": { "auth": { "site_url": "https://example.com" } } } });
    let script = Script::new().expect("v2.projects.getConfig", Reply::json(200, &answer));
    let found = block_on(Client::with_transport(script).v2().projects().get_config(REF)).expect("what it may see").data.attributes;
    assert!(found.database.is_none() && found.storage.is_none());
    assert_eq!(found.auth.and_then(|auth| auth.get("site_url").cloned()), Some(json!("https://example.com")));
}
