//! All operations: each row of the client's table is called with as little and with as much as it takes, and what comes back fits the row.

#[path = "table/samples.rs"]
mod samples;
#[allow(dead_code, reason = "each file of tests uses a part of the world")]
#[path = "table/world.rs"]
mod world;

use samples::{escaped, holds, maximal, minimal, over, query_string, wrong};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use supabase_management_sandbox::{Request, Response, Sandbox};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Answer, Body, Endpoint};
use supabase_management_wasm::schema::{Shape, Type};
use world::{CLIENT, INVITED, LATER, NOW, PAUSED, REDIRECT, STOREFRONT, TOKEN, World, value};

/// What a sample cannot know of the world that it is tried in: names that are there, and values that only the API's words describe.
#[derive(Default)]
struct Situation {
    /// Set in both bodies, where `null` takes a field out; an array's items are set one by one.
    body: Value,
    query: Value,
    /// Set in the largest only.
    largest: Value,
    largest_query: Value,
    /// In the place of the first project.
    project: Option<&'static str>,
    /// Calls before it: method, path behind the project, body.
    before: Vec<(&'static str, String, Value)>,
    /// What the smallest request is refused with.
    too_little: Option<(u16, &'static str)>,
}

fn situation(row: &Endpoint, world: &World) -> Situation {
    let body = |body: Value| Situation { body, ..Situation::default() };
    let query = |query: Value| Situation { query, ..Situation::default() };
    let largest = |largest: Value| Situation { largest, ..Situation::default() };
    let of_v2 = |attributes: Value| json!({ "data": { "attributes": attributes } });
    match row.id {
        "projects.create" => {
            Situation { largest: json!({ "region_selection": null }), ..body(json!({ "organization_slug": "tidewater-labs", "name": "blog" })) }
        }
        "projects.getAvailableRegions" => query(json!({ "organization_slug": "tidewater-labs" })),
        "projects.getHealth" => query(json!({ "services": ["auth", "db", "realtime", "rest", "pg_bouncer"] })),
        "projects.upgrade" => body(json!({ "target_version": "17" })),
        "projects.restore" | "projects.cancelRestore" => Situation {
            project: Some(PAUSED),
            before: if row.id == "projects.restore" { Vec::new() } else { vec![("POST", "restore".into(), Value::Null)] },
            ..Situation::default()
        },
        "functions.bulkUpdate" => body(json!([{ "slug": "send-receipt" }])),
        "functions.deploy" => Situation { largest_query: json!({ "slug": "Hello" }), ..query(json!({ "slug": "hello" })) },
        "branches.create" => Situation { largest: json!({ "is_default": false }), ..body(json!({ "branch_name": "other" })) },
        "branches.restore" => {
            Situation { before: vec![("DELETE", format!("/branches/{}?force=false", world.branch), Value::Null)], ..Situation::default() }
        }
        "pgsodium.updateConfig" => body(json!({ "root_key": "0f".repeat(32) })),
        "readReplicas.remove" => body(json!({ "database_identifier": world.replica })),
        "networkRestrictions.apply" => {
            Situation { largest: json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] }), ..Situation::default() }
        }
        "networkRestrictions.update" => {
            let lists = json!({ "dbAllowedCidrs": ["203.0.113.0/24"], "dbAllowedCidrsV6": ["2001:db8::/32"] });
            Situation { largest: json!({ "add": lists, "remove": lists }), ..Situation::default() }
        }
        "backups.restore" => body(json!({ "id": world.backup })),
        "backups.restorePitr" => body(json!({ "recovery_time_target_unix": NOW / 1000 })),
        "backups.updateSchedule" => body(json!({ "schedule_for": "03:30:00" })),
        "backups.getRestorePoint" => Situation { largest_query: json!({ "name": "before" }), ..Situation::default() },
        "backups.undo" => body(json!({ "name": "before" })),
        "jitAccess.authorize" => body(json!({ "role": "postgres" })),
        "disk.update" => body(json!({ "attributes": { "size_gb": 16 } })),
        "ssoProviders.create" => Situation {
            too_little: Some((400, "One of metadata_url and metadata_xml is required")),
            largest: json!({ "metadata_xml": "<EntityDescriptor entityID=\"https://id.example/xml\"/>" }),
            ..Situation::default()
        },
        "thirdPartyAuth.create" => {
            Situation { too_little: Some((400, "One of oidc_issuer_url, jwks_url and custom_jwks is required")), ..Situation::default() }
        }
        "signingKeys.createLegacy" => Situation { project: Some(PAUSED), ..Situation::default() },
        "customHostname.activate" => Situation { before: vec![("POST", "custom-hostname/reverify".into(), Value::Null)], ..Situation::default() },
        "vanitySubdomain.activate" => body(json!({ "vanity_subdomain": "tidewater" })),
        "billing.applyAddon" => body(json!({ "addon_variant": "ci_small", "addon_type": "compute_instance" })),
        "migrations.rollback" => query(json!({ "gte": world.migration })),
        "oauth.authorizeUrl" => {
            Situation { largest_query: json!({ "organization_slug": "zoe-keller" }), ..query(json!({ "response_type": "code" })) }
        }
        "oauth.authorizeProjectClaimUrl" => query(json!({ "response_type": "code" })),
        "oauth.token" => Situation {
            too_little: Some((401, "Client authentication failed")),
            largest: json!({ "grant_type": "authorization_code", "client_id": CLIENT, "code": world.code, "redirect_uri": REDIRECT }),
            ..Situation::default()
        },
        "jitAccess.invite" => Situation {
            too_little: Some((400, "email: Invalid input: expected an email address")),
            largest: json!({ "email": "other@example.com" }),
            ..Situation::default()
        },
        "jitAccess.acceptInvite" => body(json!({ "email": "guest@example.com", "token": world.invitation[1] })),
        "v2.organizations.assignMemberRole" => largest(of_v2(json!({ "projects": [{ "ref": STOREFRONT }] }))),
        "v2.organizations.createInvitations" => {
            let attributes = json!({ "email": "new@example.com", "role": "read-only", "require_sso": true, "projects": [{ "ref": STOREFRONT }] });
            largest(json!({ "data": [{ "type": "organization_invitation", "attributes": attributes }] }))
        }
        "v2.organizations.deleteInvitations" => body(json!({ "data": [{ "type": "organization_invitation", "attributes": { "email": INVITED } }] })),
        "v2.projects.transfer" | "v2.projects.previewTransfer" => body(of_v2(json!({ "target_organization_slug": "zoe-keller" }))),
        "v2.branches.create" => Situation { largest: of_v2(json!({ "desired_disk_size_gb": 16 })), ..body(of_v2(json!({ "name": "other" }))) },
        "v2.privateLink.create" => {
            Situation { largest: of_v2(json!({ "database_identifier": world.replica })), ..body(of_v2(json!({ "aws_account_id": "210987654321" }))) }
        }
        "v2.compute.deploy" => largest(of_v2(json!({ "context_upload_id": world.upload }))),
        "oauth.revoke" => body(json!({ "client_id": CLIENT, "refresh_token": world.refresh_token })),
        _ => Situation::default(),
    }
}

/// Sets items of a list one by one.
fn change(sample: &mut Value, change: &Value) {
    match (&mut *sample, change) {
        (_, Value::Null) => {}
        (Value::Array(items), Value::Array(changes)) => items.iter_mut().zip(changes).for_each(|(item, change)| over(item, change)),
        (sample, change) => over(sample, change),
    }
}

fn body_type(row: &Endpoint) -> Option<Type> {
    match row.body {
        Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty) => Some(ty),
        _ => None,
    }
}

/// What is sent to a row.
struct Sent {
    target: String,
    content_type: Option<&'static str>,
    body: Vec<u8>,
    json: Value,
}

fn target(row: &Endpoint, values: &[String], query: &Value) -> String {
    let mut route = row.route.to_owned();
    for (placeholder, value) in row.placeholders.iter().zip(values) {
        route = route.replacen(&format!("{{{}}}", placeholder.name), &escaped(value), 1);
    }
    let query = query_string(query);
    if query.is_empty() { route } else { format!("{route}?{query}") }
}

fn made(row: &Endpoint, world: &World, situation: &Situation, is_largest: bool) -> Sent {
    let sample = if is_largest { maximal } else { minimal };
    let mut query = row.query.map_or_else(|| json!({}), sample);
    change(&mut query, &situation.query);
    let mut json = body_type(row).map_or(Value::Null, sample);
    change(&mut json, &situation.body);
    if is_largest {
        change(&mut query, &situation.largest_query);
        change(&mut json, &situation.largest);
    }
    let mut values = world.path_values(row);
    if let Some(project) = situation.project {
        values[0] = project.into();
    }
    let (content_type, body) = match row.body {
        Body::Form(_) => (Some("application/x-www-form-urlencoded"), query_string(&json).into_bytes()),
        Body::Multipart(_) => (Some("multipart/form-data; boundary=between"), form(&json["metadata"])),
        _ if json.is_null() => (None, Vec::new()),
        _ => (Some("application/json"), json.to_string().into_bytes()),
    };
    Sent { target: target(row, &values, &query), content_type, body, json }
}

/// A function of one file, which is the entrypoint.
fn form(metadata: &Value) -> Vec<u8> {
    let path = metadata["entrypoint_path"].as_str().unwrap();
    let part = |head: &str, content: &str| format!("--between\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
    let metadata = part("name=\"metadata\"", &metadata.to_string());
    let file = part(&format!("name=\"file\"; filename=\"{path}\""), "Deno.serve(() => new Response())");
    format!("{metadata}{file}--between--\r\n").into_bytes()
}

fn send(world: &mut World, row: &Endpoint, sent: &Sent) -> Response {
    let request = Request {
        method: row.verb.as_str(),
        target: &sent.target,
        authorization: if row.anonymous { None } else { TOKEN },
        content_type: sent.content_type,
        body: &sent.body,
        ..Request::default()
    };
    world.run(&request, LATER)
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| &**value)
}

/// The words of a refusal of either version.
fn said(body: &Value) -> &str {
    let words = if body["error"].is_object() { &body["error"] } else { body };
    words["message"].as_str().unwrap_or_default()
}

/// Whether a refusal has the shape of the version of its row.
fn has_shape(row: &Endpoint, body: &Value) -> bool {
    if row.route.starts_with("/v2/") {
        body["error"]["code"].is_string() && body["error"]["message"].is_string()
    } else {
        body["message"].is_string()
    }
}

/// What is wrong with an answer that should have gone well.
fn problem(row: &Endpoint, response: &Response) -> Option<String> {
    let shown = || format!("{} {}", response.status, String::from_utf8_lossy(&response.body).chars().take(300).collect::<String>());
    let fits = match row.answer {
        Answer::Json(_) => {
            let faults = row.deviations(&response.body);
            if !faults.is_empty() {
                return Some(format!("{faults:?} in {}", shown()));
            }
            header(response, "content-type") == Some("application/json; charset=utf-8")
        }
        Answer::Nothing => response.body.is_empty() && header(response, "content-type").is_none(),
        Answer::Text => header(response, "content-type") == Some("text/plain; charset=utf-8"),
        Answer::Bytes => !response.body.is_empty() && header(response, "content-type").is_some(),
        Answer::Rows => serde_json::from_slice::<Value>(&response.body).is_ok_and(|rows| rows.is_array()),
        Answer::Count => header(response, "x-total-count").is_some_and(|count| count.parse::<u32>().is_ok()),
        Answer::Url => header(response, "location").is_some_and(|address| address.contains("code=")),
        _ => false,
    };
    let is_good = if matches!(row.answer, Answer::Url) { response.status == 302 } else { response.status / 100 == 2 };
    (!fits || !is_good).then(shown)
}

fn no(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_row_is_answered() {
    let rows: BTreeSet<_> = endpoints().iter().map(|row| row.id).collect();
    assert_eq!(Sandbox::built().count(), rows.len());
    assert_eq!(Sandbox::built().collect::<BTreeSet<_>>(), rows);
}

#[test]
fn the_smallest_and_the_largest_request_of_each_row_get_an_answer_that_fits() {
    let mut problems = Vec::new();
    let mut answers = 0;
    for row in endpoints() {
        for is_largest in [false, true] {
            let mut world = World::full();
            let situation = situation(row, &world);
            for (method, path, body) in &situation.before {
                let body = if body.is_null() { None } else { Some(body.to_string()) };
                let target = if path.starts_with('/') {
                    format!("/v1{path}")
                } else {
                    format!("/v1/projects/{}/{path}", situation.project.unwrap_or(STOREFRONT))
                };
                let response = world.send(method, &target, body.as_deref().map(str::as_bytes), LATER);
                assert_eq!(response.status / 100, 2, "{}: {method} {target}: {response:?}", row.id);
            }
            let sent = made(row, &world, &situation, is_largest);
            let response = send(&mut world, row, &sent);
            let what = if is_largest { "the largest" } else { "the smallest" };
            answers += 1;
            if let (false, Some((status, message))) = (is_largest, situation.too_little) {
                let body = value(&response);
                if response.status != status || said(&body) != message {
                    problems.push(format!("{}: {what}: {} {body}", row.id, response.status));
                }
            } else if let Some(problem) = problem(row, &response) {
                problems.push(format!("{}: {what} ({}): {problem}", row.id, sent.target));
            }
        }
    }
    println!("{answers} answers of {} rows", endpoints().len());
    no(&problems);
}

#[test]
fn statuses_are_those_of_the_description() {
    // Where they do not follow from the verb.
    let known = [
        ("branches.restore", 200),
        ("oauth.revoke", 204),
        ("projects.pause", 200),
        ("projects.restore", 200),
        ("projects.cancelRestore", 200),
        ("projects.createClaimToken", 200),
        ("projects.deleteClaimToken", 204),
        ("migrations.apply", 200),
        ("jitAccess.authorize", 200),
        ("realtime.updateConfig", 204),
        ("realtime.shutdown", 204),
        ("projects.restart", 200),
        ("v2.projects.transfer", 200),
        ("v2.projects.previewTransfer", 200),
        ("v2.advisors.run", 200),
        ("v2.compute.deploy", 202),
        ("v2.compute.delete", 204),
        ("v2.logDrains.delete", 204),
        ("v2.notebooks.delete", 204),
        ("v2.privateLink.delete", 204),
        ("v2.privateLink.deleteForDatabase", 204),
        ("organizations.claimProject", 204),
        // A page asks first, and then redirects.
        ("oauth.authorizeUrl", 302),
        ("oauth.authorizeProjectClaimUrl", 302),
    ];
    let mut problems = Vec::new();
    for row in endpoints() {
        let mut world = World::full();
        let situation = situation(row, &world);
        for (method, path, _) in &situation.before {
            let target =
                if path.starts_with('/') { format!("/v1{path}") } else { format!("/v1/projects/{}/{path}", situation.project.unwrap_or(STOREFRONT)) };
            world.send(method, &target, None, LATER);
        }
        let sent = made(row, &world, &situation, true);
        let usual = if row.verb.as_str() == "POST" { 201 } else { 200 };
        let expected = known.iter().find(|(id, _)| *id == row.id).map_or(usual, |(_, status)| *status);
        let status = send(&mut world, row, &sent).status;
        if status != expected {
            problems.push(format!("{}: {status}, not {expected}", row.id));
        }
    }
    no(&problems);
}

#[test]
fn what_is_not_there_is_refused_as_the_api_does() {
    let mut problems = Vec::new();
    for row in endpoints() {
        for (at, placeholder) in row.placeholders.iter().enumerate() {
            let unknown = match placeholder.name {
                "ref" | "branch_id_or_ref" => "aaaaaaaaaaaaaaaaaaaa",
                // What it names comes into being later.
                "name" if row.id == "v2.compute.createUpload" => continue,
                "slug" | "function_slug" | "name" | "run_id" | "token" => "nobody",
                "version" => "1",
                "addon_variant" => "ipv4_default",
                _ => "00000000-0000-4000-8000-000000000000",
            };
            let mut world = World::full();
            let situation = situation(row, &world);
            let sent = made(row, &world, &situation, true);
            let mut values = world.path_values(row);
            values[at] = unknown.into();
            let query = sent.target.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
            let sent = Sent { target: format!("{}{query}", target(row, &values, &json!({}))), ..sent };
            let response = send(&mut world, row, &sent);
            let expected = if row.id == "snippets.get" { 406 } else { 404 };
            let said = serde_json::from_slice::<Value>(&response.body).unwrap_or_default();
            if row.verb.as_str() != "HEAD" && !has_shape(row, &said) || response.status != expected {
                problems.push(format!("{}: unknown {}: {} {said}", row.id, placeholder.name, response.status));
            }
        }
    }
    no(&problems);
}

#[test]
fn a_wrong_field_is_a_400_that_names_it() {
    let mut problems = Vec::new();
    let mut tried = 0;
    for row in endpoints() {
        let world = World::full();
        let situation = situation(row, &world);
        let good = made(row, &world, &situation, true);
        let Some(Shape::Object(fields)) = body_type(row).map(Type::shape).filter(|_| !matches!(row.body, Body::Multipart(_) | Body::Form(_))) else {
            continue;
        };
        for field in fields {
            let Some(value) = wrong(field.ty) else { continue };
            let mut json = good.json.clone();
            json[field.name] = value;
            let mut world = World::full();
            let sent = Sent {
                target: made(row, &world, &situation, true).target,
                content_type: good.content_type,
                body: json.to_string().into_bytes(),
                json,
            };
            let response = send(&mut world, row, &sent);
            let answer = world::value(&response);
            tried += 1;
            let message = said(&answer);
            let is_named = message.contains(field.name) && message.contains("Invalid input: expected ");
            if response.status != 400 || !has_shape(row, &answer) || !is_named {
                problems.push(format!("{}: {}: {} {answer}", row.id, field.name, response.status));
            }
            // One field of a large model stands for all.
            if tried % 50 == 0 {
                break;
            }
        }
    }
    println!("{tried} wrong fields");
    no(&problems);
}

#[test]
fn nothing_is_answered_without_a_token() {
    for row in endpoints().iter().filter(|row| !row.anonymous && !matches!(row.answer, Answer::Url)) {
        let mut world = World::new();
        let target = row.route.replace("{ref}", STOREFRONT).replace(['{', '}'], "");
        let response = world.run(&Request { method: row.verb.as_str(), target: &target, ..Request::default() }, LATER);
        assert_eq!(response.status, 401, "{}", row.id);
        if row.verb.as_str() != "HEAD" {
            let v1 = json!({ "message": "Unauthorized" });
            let v2 = json!({ "error": { "code": "unauthorized", "message": "Unauthorized" } });
            assert_eq!(value(&response), if row.route.starts_with("/v2/") { v2 } else { v1 }, "{}", row.id);
        }
    }
}

/// Who writes, who reads, and where in the answer it stands (empty: the answer itself), with what cannot be read back.
const PAIRS: &[(&str, &str, &str, &[&str])] = &[
    ("storage.updateConfig", "storage.getConfig", "", &[]),
    ("realtime.updateConfig", "realtime.getConfig", "", &[]),
    ("postgrest.updateConfig", "postgrest.getConfig", "", &[]),
    ("database.updatePostgresConfig", "database.getPostgresConfig", "", &["restart_database"]),
    ("database.updatePoolerConfig", "database.getPoolerConfig", "/0", &[]),
    ("pgsodium.updateConfig", "pgsodium.getConfig", "", &[]),
    ("disk.update", "disk.get", "", &[]),
    ("backups.updateSchedule", "backups.getSchedule", "", &[]),
    ("jitAccess.updateConfig", "jitAccess.getConfig", "", &[]),
    ("networkRestrictions.apply", "networkRestrictions.get", "/config", &[]),
    ("apiKeys.update", "apiKeys.get", "", &[]),
    ("functions.update", "functions.get", "", &["body"]),
    ("migrations.update", "migrations.get", "", &["rollback"]),
    ("projects.update", "projects.get", "", &[]),
    ("v2.logDrains.update", "v2.logDrains.list", "/data/0", &[]),
    ("v2.notebooks.update", "v2.notebooks.get", "/data", &[]),
    ("v2.organizationWebhooks.updateEndpoint", "v2.organizationWebhooks.getEndpoint", "/data", &["signing_secret"]),
    ("v2.projectWebhooks.updateEndpoint", "v2.projectWebhooks.getEndpoint", "/data", &["signing_secret"]),
    ("v2.compute.deploy", "v2.compute.get", "/data", &["context_upload_id"]),
];

#[test]
fn what_was_written_is_read_back() {
    let row = |id: &str| endpoints().iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id}"));
    for (writer, reader, place, lost) in PAIRS {
        let (writer, reader) = (row(writer), row(reader));
        for is_largest in [false, true] {
            let mut world = World::full();
            let mut situation = situation(writer, &world);
            for name in *lost {
                if writer.id.starts_with("v2.") {
                    for sample in [&mut situation.body, &mut situation.largest] {
                        sample["data"]["attributes"][*name] = Value::Null;
                    }
                } else {
                    situation.body[*name] = Value::Null;
                }
            }
            if situation.body.is_null() {
                situation.body = json!({});
            }
            let sent = made(writer, &world, &situation, is_largest);
            let response = send(&mut world, writer, &sent);
            assert!(response.status / 100 == 2, "{}: {response:?}", writer.id);
            let asked =
                Sent { target: target(reader, &world.path_values(reader), &json!({})), content_type: None, body: Vec::new(), json: Value::Null };
            let read = value(&send(&mut world, reader, &asked));
            let read = read.pointer(place).unwrap();
            let written = if writer.id.starts_with("v2.") { &sent.json["data"] } else { &sent.json };
            assert!(holds(read, written), "{}: wrote {written}, read {read}", writer.id);
        }
    }
    println!("{} pairs", PAIRS.len());
}

#[test]
fn settings_of_auth_are_read_back_cleared_and_hashed() {
    let mut world = World::full();
    let row = |id: &str| endpoints().iter().find(|row| row.id == id).unwrap();
    let (reader, writer) = (row("auth.getConfig"), row("auth.updateConfig"));
    let Some(Shape::Object(answered)) = (if let Answer::Json(ty) = reader.answer { Some(ty.shape()) } else { None }) else { panic!() };
    let secrets: BTreeSet<_> = answered.filter(|field| field.secret()).map(|field| field.name).collect();

    let all = maximal(body_type(writer).unwrap());
    let written = world.ok("PATCH", "config/auth", all.clone());
    assert_eq!(world.ok("GET", "config/auth", Value::Null), written);
    let mut hashed = 0;
    for (name, value) in all.as_object().unwrap() {
        let Some(read) = written.get(name) else { panic!("{name} is not read") };
        if secrets.contains(name.as_str()) && !["sms_test_otp", "sms_vonage_api_key"].contains(&name.as_str()) {
            hashed += 1;
            let digest = read.as_str().unwrap();
            assert!(digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}: {read}");
        } else {
            assert!(holds(read, value), "{name}: {read} in place of {value}");
        }
    }
    assert!(hashed > 30, "{hashed}");

    // `printf text | openssl dgst -sha256 -hmac hqvkzumdtlrwaxbeogcy`
    assert_eq!(written["smtp_pass"], "b9963134ed0432e99b02e3b9de7fd5d507eba24d5a5e2ae92f1894ab500a5c85");
    let cleared = world.ok("PATCH", "config/auth", json!({ "site_url": null, "smtp_host": "" }));
    for name in ["site_url", "smtp_host", "smtp_pass", "smtp_user"] {
        assert_eq!(cleared[name], Value::Null, "{name}");
    }
    assert_eq!(cleared["external_github_enabled"], true, "what is left out stays");
}
