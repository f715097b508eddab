//! What happens when several operations follow each other.

#[allow(dead_code, reason = "each file of tests uses a part of the world")]
#[path = "table/world.rs"]
mod world;

use serde_json::{Value, json};
use supabase_management_sandbox::{Options, Outcome, Request, Response, Sandbox, SqlError, Step};
use world::{CLIENT, LATER, NOW, PAUSED, REDIRECT, STOREFRONT, TOKEN, World, value};

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| &**value)
}

fn texts<'v>(list: &'v Value, name: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|one| one[name].as_str().unwrap_or_default()).collect()
}

/// The status of a project at a time.
fn status(world: &mut World, reference: &str, now: i64) -> String {
    value(&world.send("GET", &format!("/v1/projects/{reference}"), None, now))["status"].as_str().unwrap_or("none").to_owned()
}

fn post(world: &mut World, reference: &str, path: &str, now: i64) -> u16 {
    world.send("POST", &format!("/v1/projects/{reference}/{path}"), Some(b"{}"), now).status
}

// ---- projects

#[test]
fn a_project_is_paused_restored_and_deleted() {
    let mut world = World::new();
    assert_eq!(post(&mut world, STOREFRONT, "pause", NOW), 200);
    assert_eq!(status(&mut world, STOREFRONT, NOW), "PAUSING");
    assert_eq!(post(&mut world, STOREFRONT, "pause", NOW), 400, "it is not active any more");
    assert_eq!(status(&mut world, STOREFRONT, NOW + 6_000), "INACTIVE");
    assert_eq!(post(&mut world, STOREFRONT, "restore", NOW + 7_000), 200);
    let early = world.send("DELETE", &format!("/v1/projects/{STOREFRONT}"), None, NOW + 8_000);
    assert_eq!((early.status, value(&early)), (400, json!({ "message": "Project not ready for deletion." })));
    assert_eq!(status(&mut world, STOREFRONT, NOW + 13_000), "ACTIVE_HEALTHY");
    let deleted = value(&world.send("DELETE", &format!("/v1/projects/{STOREFRONT}"), None, NOW + 13_000));
    assert_eq!(deleted["ref"], STOREFRONT);
    assert!(deleted["id"].is_u64());
    let gone = world.send("GET", &format!("/v1/projects/{STOREFRONT}"), None, LATER);
    assert_eq!((gone.status, value(&gone)), (400, json!({ "message": "Resource has been removed" })));
    let saved = Sandbox::new(&Options { state: Some(world.sandbox.save()), ..Options::default() }, LATER).unwrap();
    assert_eq!(saved.databases().count(), 2);
}

#[test]
fn a_restoration_is_cancelled() {
    let mut world = World::new();
    assert_eq!(post(&mut world, PAUSED, "restore/cancel", NOW), 400);
    assert_eq!(post(&mut world, PAUSED, "restore", NOW), 200);
    assert_eq!(post(&mut world, PAUSED, "restore/cancel", NOW + 1), 200);
    assert_eq!(status(&mut world, PAUSED, LATER), "INACTIVE");
}

#[test]
fn an_upgrade_goes_through_its_steps() {
    let mut world = World::new();
    let eligible = world.ok("GET", "upgrade/eligibility", Value::Null);
    assert_eq!((&eligible["eligible"], &eligible["target_upgrade_versions"][0]["postgres_version"]), (&json!(true), &json!("17")));
    assert_eq!(world.ok("GET", "upgrade/status", Value::Null), json!({ "databaseUpgradeStatus": null }));
    assert_eq!(world.refused("POST", "upgrade", json!({ "target_version": "13" })).0, 400);
    let tracking = world.ok("POST", "upgrade", json!({ "target_version": "17.6.1.111" }));
    let at = |world: &mut World, now| {
        let target = format!("/v1/projects/{STOREFRONT}/upgrade/status?tracking_id={}", tracking["tracking_id"].as_str().unwrap());
        value(&world.send("GET", &target, None, now))["databaseUpgradeStatus"].clone()
    };
    let seen: Vec<_> = [0, 3_000, 5_999, 6_000].map(|later| at(&mut world, LATER + later)["progress"].clone()).into();
    assert_eq!(seen, ["0_requested", "5_initiated_data_upgrade", "9_completed_upgrade", "10_completed_post_physical_backup"]);
    assert_eq!((&at(&mut world, LATER + 6_000)["status"], status(&mut world, STOREFRONT, LATER + 1)), (&json!(1), "UPGRADING".into()));
    let project = value(&world.send("GET", &format!("/v1/projects/{STOREFRONT}"), None, LATER + 6_000));
    assert_eq!(project["database"]["version"], "17.6.1.111");
}

#[test]
fn services_are_as_healthy_as_their_project() {
    let mut world = World::new();
    let health = |world: &mut World, reference: &str| {
        let list = world.ok_of(reference, "GET", "health?services=auth&services=db&services=rest", Value::Null);
        texts(&list, "status").join(" ")
    };
    assert_eq!(health(&mut world, STOREFRONT), "ACTIVE_HEALTHY ACTIVE_HEALTHY ACTIVE_HEALTHY");
    assert_eq!(health(&mut world, PAUSED), "UNHEALTHY UNHEALTHY UNHEALTHY");
}

#[test]
fn projects_of_an_organization_come_in_pages() {
    let mut world = World::new();
    let page = |world: &mut World, query: &str| value(&world.send("GET", &format!("/v1/organizations/tidewater-labs/projects?{query}"), None, LATER));
    let all = page(&mut world, "sort=name_desc");
    assert_eq!(texts(&all["projects"], "name"), ["storefront-staging", "storefront"]);
    let second = page(&mut world, "offset=1&limit=1");
    assert_eq!(
        (texts(&second["projects"], "name"), &second["pagination"]),
        (vec!["storefront-staging"], &json!({ "count": 2, "limit": 1, "offset": 1 }))
    );
    assert_eq!(texts(&page(&mut world, "search=STAG")["projects"], "name"), ["storefront-staging"]);
    assert_eq!(page(&mut world, "statuses=INACTIVE,REMOVED")["pagination"]["count"], 0);
}

#[test]
fn a_project_is_claimed_by_another_organization() {
    let mut world = World::new();
    let token = world.ok("POST", "claim-token", Value::Null)["token"].as_str().unwrap().to_owned();
    let target = format!("/v1/organizations/zoe-keller/project-claim/{token}");
    assert_eq!(value(&world.send("GET", &target, None, LATER))["project"]["name"], "storefront");
    assert_eq!(world.send("POST", &target, None, LATER).status, 204);
    assert_eq!(world.send("POST", &target, None, LATER).status, 404, "once");
    assert_eq!(value(&world.send("GET", &format!("/v1/projects/{STOREFRONT}"), None, LATER))["organization_slug"], "zoe-keller");
}

// ---- branches

#[test]
fn a_branch_is_a_project_of_its_own_from_its_creation_to_its_deletion() {
    let mut world = World::new();
    assert_eq!(world.ok("GET", "branches", Value::Null), json!([]));
    let branch = world.ok("POST", "branches", json!({ "branch_name": "feature/a", "git_branch": "a" }));
    assert_eq!((&branch["status"], &branch["is_default"]), (&json!("CREATING_PROJECT"), &json!(false)));
    let reference = branch["project_ref"].as_str().unwrap().to_owned();
    assert_eq!(texts(&world.ok("GET", "branches", Value::Null), "name"), ["main", "feature/a"]);
    assert_eq!(world.ok("GET", "branches/feature%2Fa", Value::Null)["project_ref"], json!(reference));
    assert_eq!(world.refused("POST", "branches", json!({ "branch_name": "feature/a" })).0, 400);
    // The operations of projects work on it.
    assert_eq!(world.ok_of(&reference, "GET", "functions", Value::Null).as_array().unwrap().len(), 3);
    let listed = value(&world.send("GET", "/v1/projects", None, LATER));
    assert!(!texts(&listed, "ref").contains(&&*reference));
    let of_organization = value(&world.send("GET", "/v1/organizations/tidewater-labs/projects?search=feature", None, LATER));
    assert_eq!(of_organization["projects"][0]["is_branch"], true);

    let path = format!("/v1/branches/{}", branch["id"].as_str().unwrap());
    let config = value(&world.send("GET", &path, None, LATER + 6_000));
    assert_eq!((&config["ref"], &config["status"]), (&json!(reference), &json!("ACTIVE_HEALTHY")));
    let renamed = value(&world.send("PATCH", &path, Some(br#"{"branch_name":"b","request_review":true}"#), LATER + 6_000));
    assert_eq!((&renamed["name"], renamed["review_requested_at"].is_string()), (&json!("b"), true));

    assert_eq!(world.send("POST", &format!("{path}/restore"), None, LATER).status, 400, "it is not scheduled for deletion");
    world.send("DELETE", &format!("{path}?force=false"), None, LATER);
    assert_eq!(world.send("POST", &format!("{path}/restore"), None, LATER + 3_599_999).status, 200);
    world.send("DELETE", &format!("{path}?force=false"), None, LATER);
    assert_eq!(world.send("GET", &path, None, LATER + 3_600_000).status, 404, "its hour is over");
    assert_eq!(world.send("GET", &format!("/v1/projects/{reference}"), None, LATER + 3_600_000).status, 400);
}

#[test]
fn merge_and_push_bring_migrations_and_functions() {
    let mut world = World::new();
    let branch = world.ok("POST", "branches", json!({ "branch_name": "preview" }));
    let (reference, id) = (branch["project_ref"].as_str().unwrap().to_owned(), branch["id"].as_str().unwrap().to_owned());
    world.ok_of(&reference, "POST", "database/migrations", json!({ "query": "create table more (id int)", "name": "more" }));
    world.ok_of(&reference, "POST", "functions", json!({ "slug": "extra", "name": "extra", "body": "1" }));
    let diff = world.send("GET", &format!("/v1/branches/{id}/diff"), None, LATER);
    assert_eq!((&*diff.body, header(&diff, "content-type")), (&b"create table more (id int)\n"[..], Some("text/plain; charset=utf-8")));

    world.statements.clear();
    let merged = world.send("POST", &format!("/v1/branches/{id}/merge"), Some(b"{}"), LATER);
    assert_eq!(merged.status, 201);
    assert!(world.statements[0].starts_with("create table more (id int)\n;\n"), "{:?}", world.statements);
    assert_eq!(texts(&world.ok("GET", "database/migrations", Value::Null), "name"), ["create_orders", "create_items", "more"]);
    assert_eq!(world.ok("GET", "functions/extra", Value::Null)["slug"], "extra");
    assert_eq!(world.send("GET", &format!("/v1/branches/{id}/diff"), None, LATER).body, b"");

    // The run is done after a while.
    let run = value(&merged)["workflow_run_id"].as_str().unwrap().to_owned();
    let steps = |world: &mut World, now| {
        let run = value(&world.send("GET", &format!("/v1/projects/{STOREFRONT}/actions/{run}"), None, now));
        texts(&run["run_steps"], "status").join(" ")
    };
    assert_eq!(steps(&mut world, LATER), "RUNNING CREATED CREATED CREATED CREATED CREATED CREATED");
    assert_eq!(steps(&mut world, LATER + 6_000), "EXITED EXITED EXITED EXITED EXITED EXITED EXITED");
    let count = world.send("HEAD", &format!("/v1/projects/{STOREFRONT}/actions"), None, LATER);
    assert_eq!((header(&count, "x-total-count"), &*count.body), (Some("2"), &b""[..]));

    world.ok("POST", "database/migrations", json!({ "query": "select 2", "name": "late" }));
    assert_eq!(world.send("POST", &format!("/v1/branches/{id}/push"), Some(b"{}"), LATER).status, 201);
    assert_eq!(world.ok_of(&reference, "GET", "database/migrations", Value::Null).as_array().unwrap().len(), 4);
    let reset = world.send("POST", &format!("/v1/branches/{id}/reset"), Some(br#"{"migration_version":"20260212093000"}"#), LATER);
    assert_eq!(reset.status, 201);
    assert_eq!(texts(&world.ok_of(&reference, "GET", "database/migrations", Value::Null), "version"), ["20260212093000"]);
}

#[test]
fn a_project_without_branching_has_no_branches_any_more() {
    let mut world = World::full();
    let branch = world.branch.clone();
    world.ok("DELETE", "branches", Value::Null);
    assert_eq!(world.ok("GET", "branches", Value::Null), json!([]));
    assert_eq!(world.call(&branch, "GET", "functions", Value::Null).status, 400);
    assert_eq!(world.call(STOREFRONT, "GET", "functions", Value::Null).status, 200);
}

// ---- functions

/// A form with files, as the official tools send it.
fn form(metadata: &Value, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = format!("--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{metadata}\r\n").into_bytes();
    for (path, content) in files {
        let head =
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{path}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    body
}

fn deploy(world: &mut World, query: &str, body: &[u8]) -> Response {
    let target = format!("/v1/projects/{STOREFRONT}/functions/deploy?{query}");
    let content_type = Some("multipart/form-data; boundary=b");
    world.run(&Request { method: "POST", target: &target, authorization: TOKEN, content_type, body, ..Request::default() }, LATER)
}

fn download(world: &mut World, slug: &str, accept: Option<&str>) -> Response {
    let target = format!("/v1/projects/{STOREFRONT}/functions/{slug}/body");
    world.run(&Request { method: "GET", target: &target, authorization: TOKEN, accept, ..Request::default() }, LATER)
}

#[test]
fn what_was_deployed_is_downloaded_again() {
    let mut world = World::new();
    let metadata = json!({ "entrypoint_path": "functions/hello/index.ts", "import_map_path": "functions/hello/deno.json", "name": "Hello" });
    let files: [(&str, &[u8]); 3] =
        [("functions/hello/index.ts", b"Deno.serve(\r\n--c\r\n)"), ("functions/hello/deno.json", b"{}"), ("functions/hello/a.wasm", b"\0asm\xff")];
    let first = value(&deploy(&mut world, "slug=hello", &form(&metadata, &files)));
    assert_eq!((&first["version"], &first["import_map"], &first["name"]), (&json!(1), &json!(true), &json!("Hello")));
    let second = value(&deploy(&mut world, "slug=hello", &form(&metadata, &files)));
    assert_eq!(second["version"], 2);
    assert_eq!(first["ezbr_sha256"], second["ezbr_sha256"], "the same source");
    let other = value(&deploy(&mut world, "slug=hello", &form(&metadata, &[("functions/hello/index.ts", b"2")])));
    assert_ne!(first["ezbr_sha256"], other["ezbr_sha256"]);
    deploy(&mut world, "slug=hello", &form(&metadata, &files));

    let saved = world.sandbox.save();
    assert!(saved.contains("Deno.serve("), "people can read it");
    let sandbox = Sandbox::new(&Options { state: Some(saved), ..Options::default() }, LATER).unwrap();
    let mut world = World { sandbox, ..World::new() };
    let response = download(&mut world, "hello", Some("multipart/form-data"));
    let content_type = header(&response, "content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = &response.body;
    let has = |part: &[u8]| body.windows(part.len()).any(|window| window == part);
    for (path, content) in files {
        assert!(has(format!("filename=\"{path}\"").as_bytes()) && has(&[b"\r\n\r\n", content, b"\r\n--"].concat()), "{path}");
    }
    assert!(has(br#"{"deno2_entrypoint_path":"functions/hello/index.ts"}"#) && body.ends_with(format!("--{boundary}--\r\n").as_bytes()));
}

#[test]
fn a_bundle_is_downloaded_as_it_was_given() {
    let mut world = World::new();
    let target = format!("/v1/projects/{STOREFRONT}/functions?slug=zip");
    let content_type = Some("application/vnd.denoland.eszip");
    let request = Request { method: "POST", target: &target, authorization: TOKEN, content_type, body: b"EZBR\0\xff", ..Request::default() };
    assert_eq!(world.run(&request, LATER).status, 201);
    let response = download(&mut world, "zip", None);
    assert_eq!((&*response.body, header(&response, "content-type")), (&b"EZBR\0\xff"[..], content_type));
}

#[test]
fn a_bundle_alone_is_activated_by_a_bulk_update() {
    let mut world = World::new();
    let metadata = json!({ "entrypoint_path": "index.ts" });
    let bundled = value(&deploy(&mut world, "slug=later&bundleOnly=true", &form(&metadata, &[("index.ts", b"1")])));
    assert_eq!(world.refused("GET", "functions/later", Value::Null), (404, "Function not found".into()));
    let mut item = bundled.clone();
    item.as_object_mut().unwrap().shift_remove("updated_at");
    let updated = world.ok("PUT", "functions", json!([item]));
    assert_eq!(updated["functions"][0]["slug"], "later");
    assert_eq!(world.ok("GET", "functions/later", Value::Null)["ezbr_sha256"], bundled["ezbr_sha256"]);
    // One that is not there lets none be.
    let mut unknown = item.clone();
    unknown["slug"] = "unknown".into();
    item["name"] = "New name".into();
    assert_eq!(world.refused("PUT", "functions", json!([item, unknown])).0, 404);
    assert_ne!(world.ok("GET", "functions/later", Value::Null)["name"], "New name");
}

#[test]
fn a_form_that_is_wrong_is_a_400() {
    let mut world = World::new();
    let mut said = |query: &str, body: &[u8]| value(&deploy(&mut world, query, body))["message"].as_str().unwrap().to_owned();
    assert_eq!(said("slug=a", b"--b\r\n"), "Invalid input: expected a form of several parts, received another text");
    assert_eq!(
        said("slug=a", b"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--"),
        "metadata: Invalid input: expected object, received nothing"
    );
    assert_eq!(said("slug=a", &form(&json!({}), &[])), "metadata.entrypoint_path: Invalid input: expected string, received nothing");
    assert_eq!(said("slug=a", &form(&json!({ "entrypoint_path": "b.ts" }), &[("a.ts", b"")])), "Entrypoint path does not exist - b.ts");
    assert_eq!(said("", &form(&json!({ "entrypoint_path": "a.ts" }), &[("a.ts", b"")])), "slug: Invalid input: expected string, received nothing");
}

// ---- keys

#[test]
fn api_keys_are_masked_unless_they_are_revealed() {
    let mut world = World::new();
    let masked = world.ok("GET", "api-keys", Value::Null);
    assert_eq!(texts(&masked, "id")[..2], ["anon", "service_role"]);
    assert_eq!(texts(&masked, "type"), ["legacy", "legacy", "publishable", "secret"]);
    let revealed = world.ok("GET", "api-keys?reveal=true", Value::Null);
    let [masked, revealed] = [masked, revealed].map(|list| texts(&list, "api_key")[3].to_owned());
    let prefix = &revealed[..15];
    assert_eq!(masked, format!("{prefix}{}", "·".repeat(26)));
    assert_eq!((revealed.len(), revealed.starts_with("sb_secret_")), (41, true), "{revealed}");
    // What a legacy key says of itself.
    let key = texts(&world.ok("GET", "api-keys", Value::Null), "api_key")[0].to_owned();
    assert_eq!(key.split('.').count(), 3);
    assert_eq!(world.ok("PUT", "api-keys/legacy?enabled=false", Value::Null), json!({ "enabled": false }));
    assert_eq!(world.ok("GET", "api-keys/legacy", Value::Null), json!({ "enabled": false }));
}

#[test]
fn signing_keys_rotate() {
    let mut world = World::new();
    let path = "config/auth/signing-keys";
    assert_eq!(world.refused("GET", &format!("{path}/legacy"), Value::Null).0, 404);
    let legacy = world.ok("POST", &format!("{path}/legacy"), Value::Null);
    assert_eq!((&legacy["status"], &legacy["algorithm"]), (&json!("in_use"), &json!("HS256")));
    let next = world.ok("POST", path, json!({ "algorithm": "ES256" }));
    assert_eq!((&next["status"], &next["public_jwk"]["crv"]), (&json!("standby"), &json!("P-256")));
    let next = format!("{path}/{}", next["id"].as_str().unwrap());
    assert_eq!(world.ok("PATCH", &next, json!({ "status": "in_use" }))["status"], "in_use");
    assert_eq!(world.ok("GET", &format!("{path}/legacy"), Value::Null)["status"], "previously_used");
    assert_eq!(world.refused("PATCH", &next, json!({ "status": "revoked" })).0, 400, "it is in use");
    assert_eq!(world.refused("DELETE", &next, Value::Null).0, 400);
    let old = format!("{path}/{}", legacy["id"].as_str().unwrap());
    assert_eq!(world.ok("PATCH", &old, json!({ "status": "revoked" }))["status"], "revoked");
    assert_eq!(world.ok("DELETE", &old, Value::Null)["id"], legacy["id"]);
    // Only the public half of what is brought along is told, or kept.
    let private = json!({ "kty": "OKP", "crv": "Ed25519", "x": "public", "d": "private-half" });
    let own = world.ok("POST", path, json!({ "algorithm": "EdDSA", "private_jwk": private }));
    assert_eq!((&own["public_jwk"]["x"], &own["public_jwk"]["d"]), (&json!("public"), &Value::Null));
    assert!(!world.sandbox.save().contains("private-half"));
}

// ---- addresses and networks

#[test]
fn a_hostname_is_initialized_verified_activated_and_deleted() {
    let mut world = World::new();
    let addon = (400, "Please enable the Custom Domain add-on for the project first.".to_owned());
    let name = json!({ "custom_hostname": "www.example.com" });
    assert_eq!(world.refused("POST", "custom-hostname/initialize", name.clone()), addon);
    world.ok("PATCH", "billing/addons", json!({ "addon_variant": "cd_default", "addon_type": "custom_domain" }));
    assert_eq!(world.refused("GET", "custom-hostname", Value::Null), (400, "No custom hostname configuration found.".into()));
    assert_eq!(world.ok("POST", "custom-hostname/initialize", name)["status"], "2_initiated");
    assert_eq!(world.refused("POST", "custom-hostname/activate", Value::Null).0, 400, "it is not verified");
    assert_eq!(world.ok("POST", "custom-hostname/reverify", Value::Null)["status"], "4_origin_setup_completed");
    assert_eq!(world.refused("POST", "custom-hostname/reverify", Value::Null).1, "Verification has been completed, please proceed to activation.");
    assert_eq!(world.ok("POST", "custom-hostname/activate", Value::Null)["status"], "5_services_reconfigured");
    assert_eq!(world.refused("POST", "custom-hostname/activate", Value::Null).1, "Custom hostname has already been activated.");
    assert_eq!(world.ok("GET", "vanity-subdomain", Value::Null), json!({ "status": "custom-domain-used", "custom_domain": "www.example.com" }));
    world.ok("DELETE", "custom-hostname?remove_addon=true", Value::Null);
    assert_eq!(world.refused("DELETE", "custom-hostname", Value::Null), (400, "Custom hostname not configured for project".into()));
    assert_eq!(world.refused("GET", "custom-hostname", Value::Null), addon);
}

#[test]
fn a_subdomain_belongs_to_one_project() {
    let mut world = World::new();
    let name = json!({ "vanity_subdomain": "tidewater" });
    assert_eq!(world.ok("POST", "vanity-subdomain/activate", name.clone()), json!({ "custom_domain": "tidewater.supabase.co" }));
    assert_eq!(world.ok_of(PAUSED, "POST", "vanity-subdomain/check-availability", name.clone()), json!({ "available": false }));
    assert_eq!(world.call(PAUSED, "POST", "vanity-subdomain/activate", name.clone()).status, 400);
    world.ok("DELETE", "vanity-subdomain", Value::Null);
    assert_eq!(world.ok("GET", "vanity-subdomain", Value::Null), json!({ "status": "not-used" }));
    assert_eq!(world.ok_of(PAUSED, "POST", "vanity-subdomain/check-availability", name), json!({ "available": true }));
}

#[test]
fn networks_are_replaced_added_and_taken_away() {
    let mut world = World::new();
    assert_eq!(world.ok("GET", "network-restrictions", Value::Null)["config"]["dbAllowedCidrs"], json!(["0.0.0.0/0"]));
    world.ok("POST", "network-restrictions/apply", json!({ "dbAllowedCidrs": ["203.0.113.0/24"] }));
    let patch = json!({ "add": { "dbAllowedCidrs": ["8.8.8.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] }, "remove": { "dbAllowedCidrs": ["203.0.113.0/24"] } });
    let patched = world.ok("PATCH", "network-restrictions", patch);
    assert_eq!(patched["config"]["dbAllowedCidrs"], json!([{ "address": "8.8.8.0/24", "type": "v4" }, { "address": "2001:db8::/32", "type": "v6" }]));
    assert_eq!(world.ok("GET", "network-restrictions", Value::Null)["config"]["dbAllowedCidrsV6"], json!(["2001:db8::/32"]));
    let (status, message) = world.refused("POST", "network-restrictions/apply", json!({ "dbAllowedCidrs": ["8.8.8.0/24", "300.0.0.0/8"] }));
    assert_eq!((status, message.starts_with("dbAllowedCidrs[1]: Invalid input")), (400, true), "{message}");
    assert_eq!(world.ok("POST", "network-bans/retrieve", Value::Null), json!({ "banned_ipv4_addresses": ["203.0.113.99"] }));
    world.ok("DELETE", "network-bans", json!({ "ipv4_addresses": ["203.0.113.99"] }));
    assert_eq!(world.ok("POST", "network-bans/retrieve", Value::Null), json!({ "banned_ipv4_addresses": [] }));
}

#[test]
fn sso_needs_saml_and_takes_a_description_of_the_provider() {
    let mut world = World::new();
    let path = "config/auth/sso/providers";
    let body = json!({ "type": "saml", "metadata_xml": "<EntityDescriptor entityID='urn:idp'>", "domains": ["a.example"] });
    assert_eq!(world.refused("POST", path, body.clone()), (404, "SAML 2.0 is not enabled for this project".into()));
    world.ok("PATCH", "config/auth", json!({ "saml_enabled": true }));
    let provider = world.ok("POST", path, body);
    assert_eq!((&provider["saml"]["entity_id"], &provider["domains"][0]["domain"]), (&json!("urn:idp"), &json!("a.example")));
    let own = format!("{path}/{}", provider["id"].as_str().unwrap());
    let changed = world.ok("PUT", &own, json!({ "metadata_url": "https://id.example", "attribute_mapping": { "keys": { "a": { "name": "b" } } } }));
    assert_eq!((&changed["saml"]["metadata_xml"], &changed["saml"]["entity_id"]), (&Value::Null, &json!("https://id.example")));
    assert_eq!(changed["domains"], provider["domains"]);
    assert_eq!(world.ok("DELETE", &own, Value::Null), changed);
    assert_eq!(world.ok("GET", path, Value::Null), json!({ "items": [] }));
}

#[test]
fn a_disk_grows_and_add_ons_replace_each_other() {
    let mut world = World::new();
    world.ok("POST", "config/disk", json!({ "attributes": { "type": "io2", "iops": 4000, "size_gb": 20 } }));
    assert_eq!(world.ok("GET", "config/disk", Value::Null)["attributes"], json!({ "type": "io2", "iops": 4000, "size_gb": 20 }));
    assert_eq!(world.refused("POST", "config/disk", json!({ "attributes": { "type": "gp3", "iops": 3000, "size_gb": 8 } })).0, 400);
    let chosen = |world: &mut World| {
        let addons = world.ok("GET", "billing/addons", Value::Null);
        addons["selected_addons"].as_array().unwrap().iter().map(|addon| addon["variant"]["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&mut world), ["ci_micro"]);
    for variant in ["pitr_7", "pitr_14"] {
        world.ok("PATCH", "billing/addons", json!({ "addon_variant": variant, "addon_type": "pitr" }));
    }
    world.ok("PATCH", "billing/addons", json!({ "addon_variant": "ci_small", "addon_type": "compute_instance" }));
    assert_eq!(chosen(&mut world), ["ci_small", "pitr_14"]);
    assert_eq!(status(&mut world, STOREFRONT, LATER), "RESIZING");
    assert_eq!(world.refused("PATCH", "billing/addons", json!({ "addon_variant": "ci_small", "addon_type": "pitr" })).0, 400);
    world.ok("DELETE", "billing/addons/pitr_14", Value::Null);
    assert_eq!(world.refused("DELETE", "billing/addons/pitr_14", Value::Null), (404, "Add-on not found".into()));
}

// ---- OAuth

#[test]
fn a_code_is_for_one_try_and_a_refresh_token_as_well() {
    let mut world = World::new();
    let code = world.new_code("a%20state");
    let form = format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}");
    let tokens = world.tokens(&form);
    assert_eq!(tokens.status, 201);
    let tokens = value(&tokens);
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(86_400)));
    assert_eq!(world.tokens(&form).status, 400, "the code is used up");

    let profile = |world: &mut World, token: &Value, now| {
        let authorization = format!("Bearer {}", token.as_str().unwrap());
        world.run(&Request { method: "GET", target: "/v1/profile", authorization: Some(&authorization), ..Request::default() }, now).status
    };
    assert_eq!(profile(&mut world, &tokens["access_token"], LATER), 200);
    assert_eq!(profile(&mut world, &tokens["access_token"], LATER + 86_400_000), 401, "it is a day old");
    let refresh = format!("grant_type=refresh_token&refresh_token={}", tokens["refresh_token"].as_str().unwrap());
    let fresh = value(&world.tokens(&refresh));
    assert_eq!(profile(&mut world, &tokens["access_token"], LATER), 401, "the old one goes at once");
    assert_eq!(profile(&mut world, &fresh["access_token"], LATER), 200);
    assert_eq!(world.tokens(&refresh).status, 404);

    let body = json!({ "client_id": CLIENT, "client_secret": "secret", "refresh_token": fresh["refresh_token"] }).to_string();
    let request =
        Request { method: "POST", target: "/v1/oauth/revoke", content_type: Some("application/json"), body: body.as_bytes(), ..Request::default() };
    assert_eq!(world.run(&request, LATER).status, 204);
    assert_eq!(profile(&mut world, &fresh["access_token"], LATER), 401);
}

#[test]
fn the_challenge_of_a_code_is_checked() {
    let mut world = World::new();
    // RFC 7636, appendix B.
    let (verifier, challenge) = ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let mut exchange = |verifier: &str, redirect: &str, later: i64| {
        let target = format!(
            "/v1/oauth/authorize?client_id={CLIENT}&response_type=code&redirect_uri={REDIRECT}&state=a%26b&code_challenge={challenge}&code_challenge_method=S256"
        );
        let response = world.run(&Request { method: "GET", target: &target, ..Request::default() }, LATER);
        let location = header(&response, "location").unwrap().to_owned();
        assert!(location.starts_with(&format!("{REDIRECT}?code=")) && location.ends_with("&state=a%26b"), "{location}");
        let code = &location.split("code=").nth(1).unwrap()[..36];
        let body = format!("grant_type=authorization_code&code={code}&redirect_uri={redirect}&client_id={CLIENT}&code_verifier={verifier}");
        let content_type = Some("application/x-www-form-urlencoded");
        let request = Request { method: "POST", target: "/v1/oauth/token", content_type, body: body.as_bytes(), ..Request::default() };
        world.run(&request, LATER + later).status
    };
    assert_eq!(exchange(verifier, REDIRECT, 0), 201);
    assert_eq!(exchange("another", REDIRECT, 0), 400);
    assert_eq!(exchange(verifier, "https://elsewhere.example", 0), 400);
    assert_eq!(exchange(verifier, REDIRECT, 600_000), 400, "it is ten minutes old");
}

// ---- SQL

/// A query of the first project.
fn query(sandbox: &mut Sandbox, path: &str, body: &Value) -> Step {
    let (target, body) = (format!("/v1/projects/{STOREFRONT}/database/{path}"), body.to_string());
    let content_type = Some("application/json");
    sandbox
        .begin(&Request { method: "POST", target: &target, authorization: TOKEN, content_type, body: body.as_bytes(), ..Request::default() }, LATER)
}

fn done(step: Step) -> Response {
    match step {
        Step::Done(response) => response,
        Step::Sql(pending) => panic!("{pending:?}"),
    }
}

#[test]
fn a_statement_goes_to_the_host_and_its_rows_come_back_as_they_are() {
    let mut world = World::new();
    let sandbox = &mut world.sandbox;
    let Step::Sql(pending) = query(sandbox, "query", &json!({ "query": "select $1", "parameters": [1], "read_only": true })) else { panic!() };
    let statement = pending.statement().clone();
    assert_eq!(
        (&*statement.database, &*statement.sql, &*statement.parameters, statement.read_only),
        (STOREFRONT, "select $1", &[json!(1)][..], true)
    );
    assert!(!format!("{pending:?} {statement:?}").contains("select"), "it may hold secrets");
    let rows = r#"[{"b":9007199254740993,"a":1}]"#;
    let response = done(sandbox.resume(pending, Outcome::Rows(rows.into()), LATER));
    assert_eq!((response.status, &*response.body), (201, rows.as_bytes()));
    let Step::Sql(pending) = query(sandbox, "query", &json!({ "query": "select 1" })) else { panic!() };
    assert!(!pending.statement().read_only);
    let Step::Sql(pending) = query(sandbox, "query/read-only", &json!({ "query": "select 1" })) else { panic!() };
    assert!(pending.statement().read_only);
}

#[test]
fn an_error_of_postgres_is_a_400_that_points_to_its_place() {
    let mut world = World::new();
    let Step::Sql(pending) = query(&mut world.sandbox, "query", &json!({ "query": "select *\nfrom nowhere" })) else { panic!() };
    let error =
        SqlError { code: Some("42P01".into()), message: "relation \"nowhere\" does not exist".into(), position: Some(15), ..SqlError::default() };
    let response = done(world.sandbox.resume(pending, Outcome::Failed(error), LATER));
    let message = "Failed to run sql query: ERROR:  42P01: relation \"nowhere\" does not exist\nLINE 2: from nowhere\n             ^\n";
    assert_eq!((response.status, value(&response)), (400, json!({ "message": message })));
}

#[test]
fn without_a_database_what_needs_one_says_what_to_install() {
    let mut sandbox = World::new().sandbox;
    let mut get = |path: &str| {
        let target = format!("/v1/projects/{STOREFRONT}/{path}");
        sandbox.handle(&Request { method: "GET", target: &target, authorization: TOKEN, ..Request::default() }, LATER)
    };
    for path in ["types/typescript", "database/context", "database/openapi", "advisors/security", "advisors/performance"] {
        let response = get(path);
        assert_eq!(response.status, 501, "{path}");
        assert!(value(&response)["message"].as_str().unwrap().contains("npm install @electric-sql/pglite"));
    }
    // The history is known without one.
    assert_eq!(texts(&value(&get("database/migrations")), "name"), ["create_orders", "create_items"]);
}

#[test]
fn a_migration_is_applied_written_down_repeated_once_and_undone() {
    let mut world = World::new();
    let target = format!("/v1/projects/{STOREFRONT}/database/migrations");
    let apply = |world: &mut World, sql: &str| {
        let body = json!({ "query": sql, "name": "it's", "rollback": "select 'undone'" }).to_string();
        let (content_type, idempotency_key) = (Some("application/json"), Some("key-1"));
        let request = Request {
            method: "POST",
            target: &target,
            authorization: TOKEN,
            content_type,
            idempotency_key,
            body: body.as_bytes(),
            ..Request::default()
        };
        world.run(&request, LATER).status
    };
    assert_eq!(apply(&mut world, "select 1 -- no end"), 200);
    assert_eq!(apply(&mut world, "select 1 -- no end"), 200);
    assert_eq!(world.statements.len(), 1, "the second one is the first one again");
    let sql = &world.statements[0];
    assert!(sql.starts_with("select 1 -- no end\n;\n") && sql.contains("'it''s'") && sql.contains("schema_migrations"), "{sql}");
    let own = world.ok("GET", "database/migrations/20260923090000", Value::Null);
    assert_eq!((&own["name"], &own["idempotency_key"], &own["statements"]), (&json!("it's"), &json!("key-1"), &json!(["select 1 -- no end"])));
    assert_eq!(world.sandbox.initial_sql(STOREFRONT).len(), 3);
    world.statements.clear();
    world.ok("DELETE", "database/migrations?gte=20260923090000", Value::Null);
    assert!(world.statements[0].starts_with("select 'undone'\n;\n"));
    assert_eq!(world.refused("DELETE", "database/migrations?gte=20260923090000", Value::Null).0, 404);
}

#[test]
fn the_history_that_the_database_has_goes_before_what_is_remembered() {
    let mut world = World::new();
    let target = format!("/v1/projects/{STOREFRONT}/database/migrations");
    let request = Request { method: "GET", target: &target, authorization: TOKEN, ..Request::default() };
    let Step::Sql(pending) = world.sandbox.begin(&request, LATER) else { panic!() };
    let rows = r#"[{"version":"1","name":null,"statements":["a"],"rollback":null,"idempotency_key":null}]"#;
    assert_eq!(value(&done(world.sandbox.resume(pending, Outcome::Rows(rows.into()), LATER))), json!([{ "version": "1" }]));
    // Where there is no table yet, there is nothing to go before it.
    let Step::Sql(pending) = world.sandbox.begin(&request, LATER) else { panic!() };
    let error = SqlError { code: Some("42P01".into()), ..SqlError::default() };
    assert_eq!(value(&done(world.sandbox.resume(pending, Outcome::Failed(error), LATER))), json!([{ "version": "1" }]));
}

#[test]
fn types_are_those_of_the_catalog() {
    let mut world = World::new();
    let types = world.ok("GET", "types/typescript", Value::Null)["types"].as_str().unwrap().to_owned();
    for line in [
        "  public: {\n    Tables: {\n      orders: {\n        Row: {\n          id: number\n          notes: string[] | null\n",
        "          state: Database[\"public\"][\"Enums\"][\"state\"]\n          total: number\n        }\n        Insert: {\n          id?: never\n",
        "          notes?: string[] | null\n          state: Database[\"public\"][\"Enums\"][\"state\"]\n          total?: number\n",
        "            foreignKeyName: \"orders_parent_fkey\"\n            columns: [\"notes\"]\n            isOneToOne: false\n",
        "      \"open orders\": {\n        Row: {\n          id: number | null\n        }\n        Relationships: []\n",
        "      total_of: { Args: { customer: string; since?: string }; Returns: number }\n",
        "    Enums: {\n      state: \"open\" | \"paid\"\n    }\n    CompositeTypes: {\n      [_ in never]: never\n    }\n",
        "export type TablesInsert<",
        "export const Constants = {\n  public: {\n    Enums: {\n      state: [\"open\", \"paid\"],\n    },\n  },\n} as const\n",
    ] {
        assert!(types.contains(line), "{line}\nis not in\n{types}");
    }
    let openapi = world.ok("GET", "database/openapi", Value::Null);
    assert_eq!(openapi["definitions"]["orders"]["required"], json!(["state"]));
    assert_eq!(openapi["paths"]["/open orders"].as_object().unwrap().keys().collect::<Vec<_>>(), ["get"]);
}

#[test]
fn advice_is_of_the_schema_and_of_settings() {
    let mut world = World::new();
    let names = |world: &mut World, path: &str| texts(&world.ok("GET", &format!("advisors/{path}"), Value::Null)["lints"], "name").join(" ");
    assert_eq!(names(&mut world, "performance"), "unindexed_foreign_keys");
    assert_eq!(names(&mut world, "security"), "rls_disabled_in_public auth_leaked_password_protection");
    assert_eq!(names(&mut world, "security?lint_type=sql"), "rls_disabled_in_public");
    world.ok("PATCH", "config/auth", json!({ "password_hibp_enabled": true, "mailer_otp_exp": 7200 }));
    assert_eq!(names(&mut world, "security"), "rls_disabled_in_public auth_otp_long_expiry");
}

// ---- state

#[test]
fn everything_is_saved_and_read_again() {
    let mut world = World::full();
    let saved = world.sandbox.save();
    let again = Sandbox::new(&Options { state: Some(saved.clone()), rate_limit: None, ..Options::default() }, LATER).unwrap();
    assert_eq!(again.save(), saved);
    let mut again = World { sandbox: again, ..World::full() };
    for path in
        ["branches", "actions", "api-keys?reveal=true", "config/auth", "database/migrations", "custom-hostname", "billing/addons", "functions"]
    {
        assert_eq!(again.ok("GET", path, Value::Null), world.ok("GET", path, Value::Null), "{path}");
    }
}

#[test]
fn a_text_of_before_is_still_read() {
    // As the first sandbox saved it.
    let text = r#"{"version":1,"organizations":[{"slug":"acme","name":"Acme"}],"projects":[{"ref":"hqvkzumdtlrwaxbeogcy","organization_slug":"acme",
        "name":"shop","region":"eu-west-1","created_at":1,"status":"ACTIVE_HEALTHY","functions":[{"id":"a","slug":"b","name":"c","status":"ACTIVE",
        "version":1,"created_at":1,"updated_at":1,"verify_jwt":true,"import_map":false,"source":{"text":"1"}}],"secrets":[]}]}"#;
    let sandbox = Sandbox::new(&Options { state: Some(text.into()), ..Options::default() }, NOW).unwrap();
    let mut world = World { sandbox, ..World::new() };
    assert_eq!(world.ok("GET", "", Value::Null)["database"]["version"], "17.6.1.111");
    assert_eq!(world.ok("GET", "functions/b", Value::Null)["name"], "c");
    assert_eq!(world.ok("GET", "branches", Value::Null), json!([]));
}

#[test]
fn what_would_grow_for_ever_does_not() {
    let mut world = World::full();
    let metadata = json!({ "entrypoint_path": "index.ts" });
    let body = form(&metadata, &[("index.ts", b"1")]);
    let mut sizes = Vec::new();
    for round in 1..=1_500 {
        let id = world.branch_id.clone();
        world.send("POST", &format!("/v1/branches/{id}/push"), Some(b"{}"), LATER);
        deploy(&mut world, &format!("slug=f{}&bundleOnly=true", round % 200), &body);
        let code = world.new_code("x");
        world.tokens(&format!("grant_type=authorization_code&code={code}&redirect_uri={REDIRECT}"));
        world.new_code("x");
        world.statements.clear();
        if round % 500 == 0 {
            sizes.push(world.sandbox.save().len());
        }
    }
    println!("sizes of the state: {sizes:?}");
    assert!(sizes[2] < sizes[1] + 2_000, "{sizes:?}");
    let runs = world.send("HEAD", &format!("/v1/projects/{STOREFRONT}/actions"), None, LATER);
    assert_eq!(header(&runs, "x-total-count"), Some("200"));
}

#[test]
fn head_works_wherever_get_does() {
    let mut world = World::new();
    let response = world.send("HEAD", "/v1/projects", None, LATER);
    assert_eq!((response.status, &*response.body, header(&response, "content-type")), (200, &b""[..], Some("application/json; charset=utf-8")));
    assert_eq!(world.send("HEAD", "/v1/nowhere", None, LATER).status, 404);
}

#[test]
fn some_endpoints_have_a_lower_limit() {
    let mut sandbox = Sandbox::new(&Options::default(), NOW).unwrap();
    let target = format!("/v1/projects/{STOREFRONT}/vanity-subdomain");
    let statuses: Vec<_> = (0..11)
        .map(|_| {
            let response = sandbox.handle(&Request { method: "GET", target: &target, authorization: TOKEN, ..Request::default() }, NOW);
            (response.status, header(&response, "x-ratelimit-limit").unwrap().to_owned())
        })
        .collect();
    assert_eq!((&statuses[9], &statuses[10]), (&(200, "10".into()), &(429, "10".into())));
}

#[test]
fn what_all_operations_leave_can_be_saved_and_loaded() {
    let saved = World::full().sandbox.save();
    let loaded = Sandbox::new(&Options { state: Some(saved.clone()), ..Options::default() }, LATER).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(loaded.save(), saved);
}
