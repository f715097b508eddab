//! What happens when several operations of version 2 follow each other, and that version 1 sees the same.

#[allow(dead_code, reason = "each file of tests uses a part of the world")]
#[path = "table/world.rs"]
mod world;

use serde_json::{Value, json};
use supabase_management_sandbox::{LocalSandbox, Options, Sandbox};
use supabase_management_wasm::ErrorKind;
use supabase_management_wasm::api::v2::Data;
use supabase_management_wasm::api::v2::compute::{ComputeSpec, DeployComputeInstance, DeployComputeInstanceAttributes};
use supabase_management_wasm::api::v2::organizations::{ProjectsPageQuery, V2ListProjectsQuery};
use world::{AWS, COLLEAGUE, INVITATIONS, LATER, NOW, PAUSED, STOREFRONT, World, drain, spec, value, webhook};

fn get(world: &mut World, target: &str, now: i64) -> Value {
    value(&world.send("GET", target, None, now))
}

fn texts<'v>(list: &'v Value, pointer: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|one| one.pointer(pointer).and_then(Value::as_str).unwrap_or_default()).collect()
}

const ORGANIZATION: &str = "organizations/tidewater-labs";

// ---- the shape of refusals

#[test]
fn refusals_have_a_code_and_tell_what_is_wrong_one_by_one() {
    let mut world = World::new();
    let error = |world: &mut World, method: &str, target: &str| {
        let response = world.send(method, target, None, LATER);
        (response.status, value(&response)["error"].clone())
    };
    let (status, unknown) = error(&mut world, "GET", "/v2/nothing");
    assert_eq!((status, unknown), (404, json!({ "code": "not_found.endpoint", "message": "Cannot GET /v2/nothing" })));
    // What stands before it does no harm.
    let (status, missing) = error(&mut world, "GET", "/proxy/v2/projects/aaaaaaaaaaaaaaaaaaaa/config?x=/v1/");
    assert_eq!((status, missing), (404, json!({ "code": "not_found", "message": "Project not found" })));
    let codes = ["/v2/projects/short/config", "/v2/organizations/a%20b/roles", "/v2/projects/hqvkzumdtlrwaxbeogcy/notebooks?page[size]=0"]
        .map(|target| error(&mut world, "GET", target).1["code"].clone());
    assert_eq!(codes, ["bad_request.invalid_ref", "bad_request.invalid_slug", "bad_request"]);

    let (status, code, message) =
        world.v2_refused("POST", "analytics/log-drains", "log_drain", json!({ "name": 1, "backend_type": "loki", "config": {} }));
    assert_eq!((status, &*code, &*message), (400, "bad_request", "data.attributes.name: Invalid input: expected string, received number"));
    let body = json!({ "data": { "type": "log_drain", "attributes": { "name": 1, "backend_type": "loki", "config": {} } } }).to_string();
    let response = world.send("POST", &format!("/v2/projects/{STOREFRONT}/analytics/log-drains"), Some(body.as_bytes()), LATER);
    let issue =
        json!({ "code": "invalid_input", "message": "Invalid input: expected string, received number", "meta": { "path": "data.attributes.name" } });
    assert_eq!(value(&response)["error"]["issues"], json!([issue]));
}

#[test]
fn a_removed_project_is_refused_in_both_versions() {
    let mut world = World::new();
    world.send("DELETE", &format!("/v1/projects/{STOREFRONT}"), None, LATER);
    let response = world.send("GET", &format!("/v2/projects/{STOREFRONT}/config"), None, LATER);
    assert_eq!((response.status, &value(&response)["error"]["message"]), (400, &json!("Resource has been removed")));
}

// ---- settings

#[test]
fn the_settings_of_a_project_are_those_of_version_1() {
    let mut world = World::new();
    world.ok("PATCH", "config/auth", json!({ "site_url": "https://a.example", "smtp_host": "mail.example", "smtp_pass": "secret" }));
    world.ok("PATCH", "postgrest", json!({ "max_rows": 7, "db_pool": 12, "db_pool_acquisition_timeout": 20 }));
    world.ok("PUT", "config/database/postgres", json!({ "work_mem": "64MB", "max_connections": 90 }));
    world.ok("PUT", "ssl-enforcement", json!({ "requestedConfig": { "database": true } }));
    world.ok("POST", "network-restrictions/apply", json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] }));
    world.ok("PATCH", "config/database/pooler", json!({ "default_pool_size": 33, "pool_mode": "session" }));
    world.ok("PATCH", "config/realtime", json!({ "private_only": true, "max_concurrent_users": 5 }));
    world.ok("PATCH", "config/storage", json!({ "fileSizeLimit": 1234, "features": { "imageTransformation": { "enabled": false } } }));
    let config = world.v2("GET", "config", "", Value::Null);
    assert_eq!((&config["id"], &config["type"]), (&json!(STOREFRONT), &json!("project_config")));
    let attributes = &config["attributes"];
    assert_eq!(attributes["auth"], world.ok("GET", "config/auth", Value::Null));
    assert_eq!(attributes["auth"]["smtp_pass"].as_str().unwrap().len(), 64, "a digest, never the secret");
    for (pointer, expected) in [
        ("/api/max_rows", json!(7)),
        ("/api/db_pool", json!(12)),
        ("/api/db_pool_acquisition_timeout", json!(20)),
        ("/api/db_schema", json!("public,graphql_public")),
        ("/database/major_version", json!(17)),
        ("/database/ssl_enforced", json!(true)),
        ("/database/postgres_settings", json!({ "work_mem": "64MB", "max_connections": 90 })),
        ("/database/network_restrictions/status", json!("applied")),
        ("/pooler/default_pool_size", json!(33)),
        ("/pooler/pool_mode", json!("session")),
        ("/realtime/private_only", json!(true)),
        ("/realtime/max_concurrent_users", json!(5)),
        ("/storage/file_size_limit", json!(1234)),
        ("/storage/features/image_transformation/enabled", json!(false)),
    ] {
        assert_eq!(attributes.pointer(pointer), Some(&expected), "{pointer}");
    }
    let networks = &attributes["database"]["network_restrictions"]["allowed_cidrs"];
    assert_eq!(*networks, json!([{ "address": "203.0.113.0/24", "type": "v4" }, { "address": "2001:db8::/32", "type": "v6" }]));
    // What was left to the machine is told as a number.
    world.ok("PATCH", "config/database/pooler", json!({ "default_pool_size": null }));
    assert_eq!(world.v2("GET", "config", "", Value::Null)["attributes"]["pooler"]["default_pool_size"], 15);
}

// ---- organizations

#[test]
fn pages_lead_on_by_links_and_back() {
    let mut world = World::new();
    for name in ["a", "b", "c"] {
        let body = json!({ "name": name, "db_pass": "x", "organization_slug": "tidewater-labs" }).to_string();
        assert_eq!(world.send("POST", "/v1/projects", Some(body.as_bytes()), LATER).status, 201);
    }
    let mut next = json!("/v2/organizations/tidewater-labs/projects?page[size]=2&sort=-inserted_at");
    let mut pages: Vec<Value> = Vec::new();
    while let Some(target) = next.as_str() {
        let page = get(&mut world, target, LATER);
        next = page["links"]["next"].clone();
        pages.push(page);
    }
    let names: Vec<_> = pages.iter().map(|page| texts(&page["data"], "/attributes/name")).collect();
    assert_eq!(names.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    let mut all = names.concat();
    assert_eq!(all.pop(), Some("storefront"), "the oldest is the last");
    assert_eq!(all.pop(), Some("storefront-staging"));
    let back = get(&mut world, pages[2]["links"]["prev"].as_str().unwrap(), LATER);
    assert_eq!(back["data"], pages[1]["data"]);
    assert_eq!((&pages[0]["links"]["prev"], &get(&mut world, pages[1]["links"]["first"].as_str().unwrap(), LATER)), (&Value::Null, &pages[0]));
    // A cursor holds although what it names is gone.
    let gone = pages[0]["data"][1]["id"].as_str().unwrap();
    assert_eq!(world.send("DELETE", &format!("/v1/projects/{gone}"), None, LATER + 60_000).status, 200);
    assert_eq!(get(&mut world, pages[0]["links"]["next"].as_str().unwrap(), LATER)["data"], pages[1]["data"]);
    let found = get(&mut world, "/v2/organizations/tidewater-labs/projects?search=STAG", LATER);
    assert_eq!((texts(&found["data"], "/attributes/name"), &found["links"]["next"]), (vec!["storefront-staging"], &Value::Null));
}

#[test]
fn a_client_goes_through_all_pages() {
    let client = LocalSandbox::default().client();
    let names = futures_executor::block_on(async {
        let mut page = ProjectsPageQuery::default();
        page.size = Some(1);
        let mut query = V2ListProjectsQuery::default();
        query.page = Some(page);
        let mut items = client.v2().organizations().list_projects("tidewater-labs", &query).items();
        let mut names = Vec::new();
        while let Some(item) = items.next().await {
            names.push(item?.attributes.name);
        }
        Ok::<_, supabase_management_wasm::Error>(names)
    });
    assert_eq!(names.unwrap(), ["storefront", "storefront-staging"]);
}

#[test]
fn a_role_that_was_given_is_seen_in_both_versions() {
    let mut world = World::new();
    let members = |world: &mut World, query: &str| get(world, &format!("/v2/{ORGANIZATION}/members?{query}"), LATER)["data"].clone();
    let all = members(&mut world, "");
    assert_eq!(texts(&all, "/attributes/username"), ["zoe-keller", "mara-lindqvist"]);
    assert_eq!(texts(&members(&mut world, "filter[primary_email]=mara%40tidewater.example"), "/attributes/username"), ["mara-lindqvist"]);
    assert_eq!(members(&mut world, "filter[username]=nobody"), json!([]));

    let role = json!({ "role": "administrator", "projects": [{ "ref": STOREFRONT }] });
    let given = world.v2_of(ORGANIZATION, "PATCH", &format!("members/{COLLEAGUE}/roles"), "organization_member_role", role);
    let expected = json!({ "name": "Administrator", "projects": [{ "name": "storefront", "ref": STOREFRONT }], "scope": "project" });
    assert_eq!(given["attributes"], expected);
    assert_eq!(members(&mut world, "")[1]["attributes"]["roles"], json!([expected]));
    assert_eq!(texts(&get(&mut world, &format!("/v1/{ORGANIZATION}/members"), LATER), "/role_name"), ["Owner", "Administrator"]);

    // One owner must be left, and a role holds for projects of the organization.
    for (user, role, status) in
        [(world::USER, json!({ "role": "developer" }), 400), (COLLEAGUE, json!({ "role": "owner", "projects": [{ "ref": PAUSED }] }), 404)]
    {
        let body = json!({ "data": { "type": "organization_member_role", "attributes": role } }).to_string();
        let target = format!("/v2/{ORGANIZATION}/members/{user}/roles");
        assert_eq!(world.send("PATCH", &target, Some(body.as_bytes()), LATER).status, status, "{user}");
    }
    assert_eq!(texts(&get(&mut world, &format!("/v1/{ORGANIZATION}/members"), LATER), "/role_name"), ["Owner", "Administrator"]);
}

#[test]
fn invitations_are_sent_in_part_and_taken_back_as_a_whole() {
    let mut world = World::new();
    let of = |emails: &[&str], more: Value| {
        let one = |email: &&str| {
            let mut attributes = more.clone();
            attributes["email"] = (*email).into();
            json!({ "type": "organization_invitation", "attributes": attributes })
        };
        json!({ "data": emails.iter().map(one).collect::<Value>() }).to_string()
    };
    let invited = of(&["new@example.com", "mara@tidewater.example", "new@example.com"], json!({ "role": "developer" }));
    let response = world.send("POST", INVITATIONS, Some(invited.as_bytes()), LATER);
    let answer = value(&response);
    assert_eq!((response.status, texts(&answer["data"], "/attributes/email")), (201, vec!["new@example.com"]));
    assert_eq!(texts(&answer["error"]["issues"], "/meta/email"), ["mara@tidewater.example", "new@example.com"]);

    let take_back = |world: &mut World, emails: &[&str]| world.send("DELETE", INVITATIONS, Some(of(emails, json!({})).as_bytes()), LATER).status;
    assert_eq!(take_back(&mut world, &["new@example.com", "nobody@example.com"]), 404);
    assert_eq!(take_back(&mut world, &["new@example.com"]), 200);
    assert_eq!(take_back(&mut world, &["new@example.com"]), 404, "it was taken back");
}

#[test]
fn a_connection_to_github_goes_with_its_project() {
    let mut world = World::new();
    let list =
        |world: &mut World, slug: &str, query: &str| get(world, &format!("/v2/organizations/{slug}/integrations/github/connections?{query}"), LATER);
    let one = list(&mut world, "tidewater-labs", &format!("filter[project_ref]={STOREFRONT}"));
    assert_eq!(one["data"][0]["attributes"]["repository"]["name"], "tidewater-labs/storefront");
    assert_eq!(list(&mut world, "tidewater-labs", &format!("filter[project_ref]={PAUSED}"))["data"], json!([]));
    world.v2("POST", "transfers", "project_transfer_input", json!({ "target_organization_slug": "zoe-keller" }));
    assert_eq!(list(&mut world, "tidewater-labs", "")["data"], json!([]));
    assert_eq!(texts(&list(&mut world, "zoe-keller", "")["data"], "/attributes/project/ref"), [STOREFRONT]);
}

// ---- projects

#[test]
fn a_project_moves_to_another_organization_with_its_branches() {
    let mut world = World::new();
    let branch = world.ok("POST", "branches", json!({ "branch_name": "preview" }))["project_ref"].as_str().unwrap().to_owned();
    let to = |slug: &str| json!({ "target_organization_slug": slug });
    let preview = |world: &mut World, reference: &str, slug: &str| {
        let owner = format!("projects/{reference}");
        world.v2_of(&owner, "POST", "transfers/previews", "project_transfer_input", to(slug))["attributes"].clone()
    };
    let ready = preview(&mut world, STOREFRONT, "zoe-keller");
    assert_eq!((&ready["valid"], texts(&ready["info"], "/key")), (&json!(true), vec!["branches"]));
    assert_eq!(texts(&preview(&mut world, STOREFRONT, "tidewater-labs")["errors"], "/key"), ["same_organization"]);
    assert!(texts(&preview(&mut world, &branch, "zoe-keller")["errors"], "/key").contains(&"project_is_branch"));
    assert_eq!(world.v2_refused("POST", "transfers", "project_transfer_input", to("tidewater-labs")).0, 400);
    assert_eq!(world.v2_refused("POST", "transfers", "project_transfer_input", to("nobody")).0, 404);
    world.v2("POST", "transfers", "project_transfer_input", to("zoe-keller"));
    for reference in [STOREFRONT, &branch] {
        assert_eq!(get(&mut world, &format!("/v1/projects/{reference}"), LATER)["organization_slug"], "zoe-keller");
    }
    let listed = get(&mut world, "/v2/organizations/zoe-keller/projects", LATER);
    assert!(texts(&listed["data"], "/id").contains(&STOREFRONT) && !texts(&listed["data"], "/id").contains(&&*branch), "branches are not listed");
}

#[test]
fn a_branch_of_version_2_is_one_of_version_1() {
    let mut world = World::new();
    let asked = json!({ "name": "big", "desired_disk_size_gb": 32, "desired_instance_size": "small", "git_branch": "feature" });
    let made = world.v2("POST", "branches", "branch", asked)["attributes"].clone();
    let listed = world.ok("GET", "branches/big", Value::Null);
    for name in ["name", "git_branch", "project_ref", "parent_project_ref", "persistent", "with_data", "created_at"] {
        assert_eq!(made[name], listed[name], "{name}");
    }
    let reference = made["project_ref"].as_str().unwrap().to_owned();
    assert_eq!(world.ok_of(&reference, "GET", "config/disk", Value::Null)["attributes"]["size_gb"], 32);
    let small = json!({ "name": "small", "desired_disk_size_gb": 1 });
    assert_eq!(world.v2_refused("POST", "branches", "branch", small).0, 400);
    assert_eq!(world.v2_refused("POST", "branches", "branch", json!({ "name": "big" })).0, 400);
    assert_eq!(world.ok("GET", "branches", Value::Null).as_array().unwrap().len(), 2);
}

#[test]
fn a_database_is_shared_with_an_aws_account() {
    let mut world = World::new();
    let (path, kind) = ("private-link/associations", "private_link_association");
    let made = world.v2("POST", path, kind, json!({ "aws_account_id": AWS, "account_name": "ours" }));
    assert_eq!((&made["attributes"]["status"], &made["attributes"]["shared_at"]), (&json!("CREATING"), &Value::Null));
    assert_eq!(world.v2_refused("POST", path, kind, json!({ "aws_account_id": AWS })).0, 400, "it is shared already");
    assert_eq!(
        world.v2_refused("POST", path, kind, json!({ "aws_account_id": "12" })).2,
        "data.attributes.aws_account_id: Invalid input: expected 12 digits"
    );
    assert_eq!(world.v2_refused("POST", path, kind, json!({ "aws_account_id": AWS, "database_identifier": "none" })).0, 404);
    let later = world.v2_at(LATER + 6_000, &format!("projects/{STOREFRONT}"), "GET", path, "", Value::Null);
    assert_eq!((&later[0]["attributes"]["status"], &later[0]["attributes"]["account_name"]), (&json!("READY"), &json!("ours")));
    world.v2("DELETE", &format!("{path}/aws-account/{AWS}"), "", Value::Null);
    assert_eq!(world.v2("GET", path, "", Value::Null), json!([]));
}

#[test]
fn the_advisors_that_are_asked_for_look_at_schema_and_settings() {
    let mut world = World::new();
    let run = |world: &mut World, owner: &str, names: &[&str]| {
        let lints: Value = names.iter().map(|name| json!({ "name": name })).collect();
        let found = world.v2_of(owner, "POST", "advisors/run", "project_advisors", json!({ "lints": lints }));
        texts(&found["attributes"]["lints"], "/name").join(" ")
    };
    let owner = format!("projects/{STOREFRONT}");
    assert_eq!(run(&mut world, &owner, &["rls_disabled_in_public", "ssl_not_enforced"]), "rls_disabled_in_public ssl_not_enforced");
    let asked = world.statements.len();
    assert_eq!(run(&mut world, &owner, &["ssl_not_enforced", "pitr_not_enabled", "log_auth_error_rate_high"]), "ssl_not_enforced pitr_not_enabled");
    assert_eq!(world.statements.len(), asked, "settings need no database");
    world.ok("PUT", "ssl-enforcement", json!({ "requestedConfig": { "database": true } }));
    world.ok("PATCH", "billing/addons", json!({ "addon_variant": "pitr_7", "addon_type": "pitr" }));
    assert_eq!(run(&mut world, &owner, &["ssl_not_enforced", "pitr_not_enabled"]), "");
    assert_eq!(run(&mut world, &format!("projects/{PAUSED}"), &["rls_disabled_in_public"]), "project_not_active");
}

// ---- log drains and notebooks

#[test]
fn a_log_drain_lives_from_its_creation_to_its_deletion() {
    let mut world = World::new();
    let path = "analytics/log-drains";
    let made = world.v2("POST", path, "log_drain", drain("ours"));
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let renamed = world.v2("PUT", &one, "log_drain", json!({ "backend_type": "webhook", "name": "theirs", "description": "for audits" }));
    assert_eq!(
        renamed["attributes"],
        json!({ "name": "theirs", "backend_type": "webhook", "config": { "url": "https://logs.example" }, "description": "for audits" })
    );
    let (status, _, message) = world.v2_refused("PUT", &one, "log_drain", json!({ "backend_type": "loki" }));
    assert_eq!((status, &*message), (400, "data.attributes.config: Invalid input: expected that of the other backend_type"));
    let loki = world.v2("PUT", &one, "log_drain", json!({ "backend_type": "loki", "config": { "url": "https://loki.example" } }));
    assert_eq!(world.v2("GET", path, "", Value::Null), json!([loki]));
    let saved = Sandbox::new(&Options { state: Some(world.sandbox.save()), ..Options::default() }, LATER).unwrap();
    world.sandbox = saved;
    assert_eq!(world.v2("GET", path, "", Value::Null), json!([loki]));
    assert_eq!(world.send("DELETE", &format!("/v2/projects/{STOREFRONT}/{one}"), None, LATER).status, 204);
    assert_eq!(world.v2("GET", path, "", Value::Null), json!([]));
}

#[test]
fn cells_of_a_notebook_get_ids_and_are_replaced_all_together() {
    let mut world = World::new();
    let cells = json!([{ "type": "markdown", "text": "hello" }, { "type": "database", "id": "mine", "sql": "select 1" }]);
    let made = world.v2("POST", "notebooks", "notebook", json!({ "name": "notes", "content": { "cells": cells } }));
    let shown = &made["attributes"]["content"];
    assert_eq!((&shown["cells"][1]["id"], &shown["cells"][1]["row_limit"], &shown["schema_version"]), (&json!("mine"), &json!(100), &json!(1)));
    assert_eq!(shown["cells"][0]["id"].as_str().unwrap().len(), 36);
    let path = format!("notebooks/{}", made["id"].as_str().unwrap());
    let favorite = world.v2_at(LATER + 1, &format!("projects/{STOREFRONT}"), "PATCH", &path, "notebook", json!({ "favorite": true }));
    assert_eq!((&favorite["attributes"]["content"], &favorite["attributes"]["name"]), (shown, &json!("notes")));
    assert_ne!(favorite["attributes"]["updated_at"], made["attributes"]["updated_at"]);
    let listed = get(&mut world, &format!("/v2/projects/{STOREFRONT}/notebooks"), LATER);
    assert!(listed["data"][0]["attributes"].get("content").is_none(), "a list has no cells");
}

// ---- webhooks

#[test]
fn a_webhook_is_told_of_what_happens_until_it_is_deleted() {
    let mut world = World::new();
    let (project, path) = (format!("projects/{STOREFRONT}"), "webhooks/endpoints");
    let mut asked = webhook("https://hooks.example/a");
    asked["custom_headers"] = json!({ "X-Team": "blue" });
    let endpoint = world.v2("POST", path, "endpoint", asked);
    assert!(endpoint["attributes"].get("signing_secret").is_none(), "the secret cannot be read back");
    let one = format!("{path}/{}", endpoint["id"].as_str().unwrap());
    let mut of_organization = webhook("https://hooks.example/b");
    of_organization["event_types"] = json!([{ "type": "v1.project.paused" }]);
    let other = world.v2_of(ORGANIZATION, "POST", path, "endpoint", of_organization);
    let deliveries = |world: &mut World, owner: &str, one: &str| {
        let list = get(world, &format!("/v2/{owner}/{one}/deliveries"), LATER)["data"].clone();
        list.as_array().unwrap().iter().map(|one| one["attributes"]["event"]["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };

    world.call(STOREFRONT, "POST", "pause", Value::Null);
    assert_eq!(deliveries(&mut world, &project, &one), "v1.project.status.changed v1.project.paused", "newest first");
    world.send("GET", "/v1/projects", None, LATER + 6_000);
    assert_eq!(deliveries(&mut world, &project, &one), "v1.project.status.changed v1.project.status.changed v1.project.paused");
    let of_other = format!("{path}/{}", other["id"].as_str().unwrap());
    assert_eq!(deliveries(&mut world, ORGANIZATION, &of_other), "v1.project.paused");

    // The host delivers, each once.
    let first = world.sandbox.next_delivery(LATER).unwrap();
    assert_eq!(first.url, "https://hooks.example/b");
    world.sandbox.delivered(&first.id, 200, &[("x".into(), "y".into())], "thanks", LATER);
    let read = world.v2_of(ORGANIZATION, "GET", &format!("webhooks/deliveries/{}", first.id), "", Value::Null);
    assert_eq!((&read["attributes"]["status"], &read["attributes"]["response_code"]), (&json!("success"), &json!(200)));
    assert_eq!((&read["attributes"]["response_body"], &read["attributes"]["response_headers"]), (&json!("thanks"), &json!({ "x": "y" })));
    let paused = world.sandbox.next_delivery(1_790_000_000_000).unwrap();
    let header = |name: &str| paused.headers.iter().find(|(known, _)| known == name).map(|(_, value)| &**value);
    assert_eq!((header("x-team"), header("webhook-id"), header("webhook-timestamp")), (Some("blue"), Some(&*paused.id), Some("1790000000")));
    assert!(header("webhook-signature").unwrap().starts_with("v1,"));
    let event: Value = serde_json::from_str(&paused.body).unwrap();
    assert_eq!(event["payload"]["project_ref"], STOREFRONT);
    world.sandbox.delivered(&paused.id, 500, &[], "no", LATER);

    // What failed is sent once more, as the same event.
    let failed = world.v2("GET", &format!("webhooks/deliveries/{}", paused.id), "", Value::Null);
    assert_eq!(failed["attributes"]["status"], "failure");
    let again = world.v2("POST", &format!("webhooks/deliveries/{}/retry", paused.id), "", Value::Null);
    assert_eq!((&again["attributes"]["event_id"], &again["attributes"]["status"]), (&failed["attributes"]["event_id"], &json!("pending")));
    assert_ne!(again["id"], failed["id"]);

    // One that is switched off is told nothing.
    world.v2("PATCH", &one, "endpoint", json!({ "enabled": false, "custom_headers": null }));
    let skipped = world.v2("POST", &format!("{one}/test"), "", Value::Null);
    assert_eq!(skipped["attributes"]["status"], "skipped");
    let rest: Vec<_> = std::iter::from_fn(|| world.sandbox.next_delivery(LATER)).map(|delivery| delivery.id).collect();
    assert_eq!(rest.len(), 3, "two changes of the status, and the one that is sent once more");

    assert_eq!(world.v2("DELETE", path, "", Value::Null)[0]["id"], endpoint["id"]);
    assert_eq!(world.v2("GET", path, "", Value::Null), json!([]));
    let target = format!("/v2/{project}/webhooks/deliveries/{}/retry", paused.id);
    assert_eq!(world.send("POST", &target, None, LATER).status, 404, "its endpoint is gone");
}

#[test]
fn webhooks_come_in_pages_that_are_counted() {
    let mut world = World::new();
    for at in 0..5 {
        world.v2("POST", "webhooks/endpoints", "endpoint", webhook(&format!("https://hooks.example/{at}")));
    }
    let page = |world: &mut World, query: &str| get(world, &format!("/v2/projects/{STOREFRONT}/webhooks/endpoints?{query}"), LATER);
    let second = page(&mut world, "page[offset]=2&page[limit]=2");
    assert_eq!(texts(&second["data"], "/attributes/url"), ["https://hooks.example/2", "https://hooks.example/3"]);
    for (name, count) in [("next", 1), ("prev", 2), ("first", 2), ("last", 1)] {
        let link = second["links"][name].as_str().unwrap().to_owned();
        assert_eq!(get(&mut world, &link, LATER)["data"].as_array().unwrap().len(), count, "{name}");
    }
    let all = page(&mut world, "");
    assert_eq!((all["data"].as_array().unwrap().len(), &all["links"]["next"], &all["links"]["prev"]), (5, &Value::Null, &Value::Null));
}

#[test]
fn deliveries_are_signed_as_standard_webhooks_says() {
    // The key, the id and the time of the example in its specification.
    let mut world = World::new();
    let mut asked = webhook("https://hooks.example");
    asked["signing_secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into();
    let endpoint = world.v2("POST", "webhooks/endpoints", "endpoint", asked);
    world.v2("POST", &format!("webhooks/endpoints/{}/test", endpoint["id"].as_str().unwrap()), "", Value::Null);
    let saved = world.sandbox.save();
    let event = r#"{"test": 2432232314}"#;
    let mut state: Value = serde_json::from_str(&saved).unwrap();
    let delivery = state["projects"].as_array_mut().unwrap().iter_mut().find_map(|project| project["lists"].get_mut("webhook_deliveries")).unwrap();
    delivery[0]["id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek".into();
    delivery[0]["event"] = serde_json::from_str(event).unwrap();
    let mut sandbox = Sandbox::new(&Options { state: Some(state.to_string()), ..Options::default() }, NOW).unwrap();
    let given = sandbox.next_delivery(1_614_265_330_000).unwrap();
    assert_eq!(given.body, event.replace(' ', ""));
    // `printf 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test":2432232314}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64`
    let signature = given.headers.iter().find(|(name, _)| name == "webhook-signature").map(|(_, value)| &**value);
    assert_eq!(signature, Some("v1,Vif40peJBP7Iyl0XGmu61n4MwdrcHov5CFREBpE0svs="));
}

// ---- compute

/// What to build of an upload.
fn deployment(upload: Option<String>) -> Data<DeployComputeInstance> {
    let mut attributes = DeployComputeInstanceAttributes::default();
    let mut spec = ComputeSpec::default();
    (spec.size, spec.instances, spec.exposure) = ("small".into(), 2.0, "public".into());
    attributes.spec = spec;
    attributes.context_upload_id = upload;
    DeployComputeInstance::new(attributes).into()
}

#[test]
fn a_client_uploads_an_archive_and_waits_until_it_runs() {
    let sandbox = LocalSandbox::default();
    let compute = sandbox.client().v2().compute();
    let states = futures_executor::block_on(async {
        let good = compute.upload(STOREFRONT, "web", vec![0x1f, 0x8b, 8, 0]).await?;
        compute.deploy(STOREFRONT, "web", &deployment(Some(good))).await?;
        let built = compute.wait_until_built(STOREFRONT, "web").await?;
        let bad = compute.upload(STOREFRONT, "web", b"no archive".to_vec()).await?;
        compute.deploy(STOREFRONT, "web", &deployment(Some(bad))).await?;
        let failed = compute.wait_until_built(STOREFRONT, "web").await;
        Ok::<_, supabase_management_wasm::Error>((built, failed))
    });
    let (built, failed) = states.unwrap();
    assert_eq!((built.data.attributes.build_state.as_str(), built.data.attributes.instances.unwrap().ready), ("active", 2.0));
    assert!(failed.unwrap_err().to_string().contains("the compute instance is failed"));
}

#[test]
fn a_build_that_fails_leaves_what_ran_before() {
    let mut world = World::new();
    let path = "compute/web";
    let deploy = |world: &mut World, upload: Option<&str>, instances: u32| {
        let mut attributes = json!({ "spec": spec(instances) });
        if let Some(upload) = upload {
            attributes["context_upload_id"] = upload.into();
        }
        world.v2("POST", "compute/web/deploy", "project_compute_instance", attributes)["attributes"].clone()
    };
    let at = |world: &mut World, now: i64| world.v2_at(now, &format!("projects/{STOREFRONT}"), "GET", path, "", Value::Null)["attributes"].clone();
    let kind = "project_compute_instance";
    assert_eq!(world.v2_refused("POST", "compute/web/deploy", kind, json!({ "spec": spec(1) })).0, 400, "there is nothing to build");
    assert_eq!(world.v2_refused("POST", "compute/web/deploy", kind, json!({ "spec": spec(1), "context_upload_id": "nothing" })).0, 404);
    let made = world.v2("POST", "compute/web/uploads", "", Value::Null);
    let empty = json!({ "spec": spec(1), "context_upload_id": made["id"] });
    assert_eq!(world.v2_refused("POST", "compute/web/deploy", kind, empty).2, "Nothing was uploaded yet");

    let good = world.uploaded("web", &[0x1f, 0x8b, 1]);
    assert_eq!(world.v2_refused("POST", "compute/other/deploy", kind, json!({ "spec": spec(1), "context_upload_id": good })).0, 404);
    assert_eq!(deploy(&mut world, Some(&good), 2)["build_state"], "building");
    let active = at(&mut world, LATER + 6_000);
    assert_eq!((&active["build_state"], &active["instances"]["live"]), (&json!("active"), &json!(2)));
    let bad = world.uploaded("web", b"text");
    world.sandbox.handle(&supabase_management_sandbox::Request::default(), LATER);
    deploy(&mut world, Some(&bad), 3);
    let failed = at(&mut world, LATER + 6_000);
    assert_eq!((&failed["build_state"], &failed["state_reason"]), (&json!("failed"), &json!("the upload is no archive (.tar.gz)")));
    world.v2("DELETE", path, "", Value::Null);
    assert_eq!(world.v2_refused("GET", path, "", Value::Null).0, 404);
}

#[test]
fn an_address_to_upload_to_is_a_secret_that_expires() {
    let mut world = World::new();
    let made = world.v2("POST", "compute/web/uploads", "", Value::Null);
    let url = made["attributes"]["url"].as_str().unwrap().to_owned();
    let put = |world: &mut World, target: &str, now: i64| {
        let request = supabase_management_sandbox::Request { method: "PUT", target, body: &[0x1f, 0x8b], ..Default::default() };
        let response = world.sandbox.handle(&request, now);
        (response.status, serde_json::from_slice::<Value>(&response.body).unwrap_or_default()["error"]["code"].clone())
    };
    let refused = (403, json!("forbidden.permission_denied"));
    assert_eq!(put(&mut world, url.split('?').next().unwrap(), LATER), refused);
    assert_eq!(put(&mut world, &format!("{url}0"), LATER), refused);
    assert_eq!(put(&mut world, &url.replace(made["id"].as_str().unwrap(), "other"), LATER), refused);
    assert_eq!(put(&mut world, &url, LATER + 15 * 60_000), refused);
    assert_eq!(put(&mut world, &url, LATER), (200, Value::Null));
    let error =
        futures_executor::block_on(async { LocalSandbox::default().client().v2().compute().upload("aaaaaaaaaaaaaaaaaaaa", "web", vec![]).await });
    assert!(matches!(error.unwrap_err().kind(), ErrorKind::Api { status: 404, .. }));
}

// ---- what version 1 got with it

#[test]
fn a_project_restarts() {
    let mut world = World::new();
    let status = |world: &mut World, now: i64| get(world, &format!("/v1/projects/{STOREFRONT}"), now)["status"].as_str().unwrap().to_owned();
    assert_eq!(world.call(STOREFRONT, "POST", "restart", Value::Null).status, 200);
    assert_eq!((status(&mut world, LATER), status(&mut world, LATER + 6_000)), ("RESTARTING".into(), "ACTIVE_HEALTHY".into()));
    assert_eq!(world.call(STOREFRONT, "POST", "restart", Value::Null).status, 400, "it is restarting");
    assert_eq!(world.call(PAUSED, "POST", "restart", Value::Null).status, 400);
}

#[test]
fn metrics_follow_from_the_machine_and_the_disk() {
    let mut world = World::new();
    let metrics = |world: &mut World, reference: &str| {
        String::from_utf8(world.call(reference, "GET", "analytics/endpoints/metrics", Value::Null).body).unwrap()
    };
    let labels = format!(r#"{{supabase_project_ref="{STOREFRONT}",service_type="db"}}"#);
    let text = metrics(&mut world, STOREFRONT);
    assert!(
        text.contains(&format!("# TYPE pg_up gauge\npg_up{labels} 1\n")) && text.contains(&format!("max_connections_connection_count{labels} 60\n"))
    );
    world.ok("PATCH", "billing/addons", json!({ "addon_variant": "ci_small", "addon_type": "compute_instance" }));
    let down = metrics(&mut world, STOREFRONT);
    assert!(down.contains(&format!("pg_up{labels} 0\n")) && !down.contains("max_connections"));
    let up = world.send("GET", &format!("/v1/projects/{STOREFRONT}/analytics/endpoints/metrics"), None, LATER + 6_000).body;
    assert!(String::from_utf8(up).unwrap().contains(&format!("max_connections_connection_count{labels} 90\n")));
}

#[test]
fn an_invitation_to_the_database_is_accepted_once() {
    let mut world = World::new();
    let path = "database/jit/invite";
    let first = world.ok("POST", path, json!({ "email": "guest@example.com", "roles": [{ "role": "reader" }] }));
    let second = world.ok("POST", path, json!({ "email": "guest@example.com", "roles": [{ "role": "postgres" }] }));
    let accept = |world: &mut World, invitation: &Value| {
        world.call(STOREFRONT, "POST", &format!("{path}/accept"), json!({ "email": "guest@example.com", "token": invitation["token"] })).status
    };
    assert_eq!([&first, &second, &second].map(|invitation| accept(&mut world, invitation)), [404, 201, 404], "the newer one took its place");
    let users = world.ok("GET", "database/jit/list", Value::Null);
    assert_eq!(users["items"][0]["user_roles"], json!([{ "role": "postgres" }]));
    let third = world.ok("POST", path, json!({ "email": "guest@example.com" }));
    let id = third["id"].as_str().unwrap();
    assert_eq!(world.call(STOREFRONT, "DELETE", &format!("{path}/{id}"), Value::Null).status, 200);
    assert_eq!(accept(&mut world, &third), 404);
    assert_eq!(world.refused("POST", path, json!({ "email": "guest@example.com", "roles": "postgres" })).0, 400);
}

#[test]
fn a_signed_assertion_is_exchanged_for_tokens() {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let encode = |part: Value| Base64UrlUnpadded::encode_string(part.to_string().as_bytes());
    let seconds = LATER / 1000;
    let grant = |world: &mut World, header: Value, claims: Value| {
        let assertion = format!("{}.{}.c2lnbmVk", encode(header), encode(claims));
        world.tokens(&format!("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion={assertion}"))
    };
    let mut world = World::new();
    let claims = json!({ "iss": "https://id.example", "sub": "zoe", "aud": "https://api.supabase.com", "exp": seconds + 60 });
    let header = json!({ "alg": "RS256", "kid": "one" });
    let response = grant(&mut world, header.clone(), claims.clone());
    assert_eq!((response.status, &value(&response)["token_type"]), (201, &json!("Bearer")));
    for (name, wrong) in
        [("exp", json!(seconds)), ("exp", Value::Null), ("nbf", json!(seconds + 1)), ("iss", json!("")), ("sub", Value::Null), ("aud", Value::Null)]
    {
        let mut claims = claims.clone();
        claims[name] = wrong;
        assert_eq!(grant(&mut world, header.clone(), claims).status, 400, "{name}");
    }
    assert_eq!(grant(&mut world, json!({ "alg": "none" }), claims).status, 400);
    assert_eq!(world.tokens("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer").status, 400);
}
