//! What the sandbox promises, one sentence per test.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use supabase_management_sandbox::{MAX_BODY, Options, Request, Response, Sandbox};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::api::functions::EdgeFunction;
use supabase_management_wasm::api::organizations::Organization;
use supabase_management_wasm::api::projects::{CreatedProject, Project, ProjectStatus};
use supabase_management_wasm::api::secrets::Secret;

/// 23 September 2026.
const NOW: i64 = 1_790_150_400_000;
const TOKEN: Option<&str> = Some("Bearer sbp_0123456789abcdef0123456789abcdef01234567");
const STOREFRONT: &str = "/v1/projects/hqvkzumdtlrwaxbeogcy";
const JSON: &str = "application/json";
const ESZIP: &str = "application/vnd.denoland.eszip";
/// `printf hello | sha256sum`
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn new() -> Sandbox {
    Sandbox::new(&Options::default(), NOW).unwrap()
}

fn get(sandbox: &mut Sandbox, target: &str) -> Response {
    get_at(sandbox, target, NOW)
}

fn get_at(sandbox: &mut Sandbox, target: &str, now: i64) -> Response {
    sandbox.handle(&Request { method: "GET", target, authorization: TOKEN, ..Request::default() }, now)
}

fn send(sandbox: &mut Sandbox, method: &str, target: &str, body: &Value) -> Response {
    let body = body.to_string();
    sandbox.handle(&Request { method, target, authorization: TOKEN, content_type: Some(JSON), body: body.as_bytes(), ..Request::default() }, NOW)
}

fn delete(sandbox: &mut Sandbox, target: &str) -> Response {
    sandbox.handle(&Request { method: "DELETE", target, authorization: TOKEN, ..Request::default() }, NOW)
}

fn eszip(sandbox: &mut Sandbox, method: &str, target: &str, bytes: &[u8]) -> Response {
    sandbox.handle(&Request { method, target, authorization: TOKEN, content_type: Some(ESZIP), body: bytes, ..Request::default() }, NOW)
}

/// The body as a model of the client.
fn model<T: serde::de::DeserializeOwned>(response: &Response) -> T {
    serde_json::from_slice(&response.body).unwrap_or_else(|error| panic!("{error} in {response:?}"))
}

fn refusal(response: &Response) -> (u16, String) {
    let body: Value = model(response);
    assert_eq!(body.as_object().unwrap().len(), 1, "an error holds nothing but its message");
    (response.status, body["message"].as_str().unwrap().into())
}

fn refused(status: u16, message: &str) -> (u16, String) {
    (status, message.into())
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| &**value)
}

fn limit(response: &Response) -> [u32; 3] {
    ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"].map(|name| header(response, name).unwrap().parse().unwrap())
}

// ---- routes

#[test]
fn every_handler_belongs_to_a_row_of_the_client() {
    let rows: BTreeSet<_> = endpoints().iter().map(|row| row.id).collect();
    let built: BTreeSet<_> = Sandbox::built().collect();
    println!("{} of {} endpoints are built", built.len(), rows.len());
    assert_eq!(built.difference(&rows).collect::<Vec<_>>(), [&""; 0]);
    assert!(built.len() >= 12);
}

#[test]
fn an_unknown_route_is_a_404_that_repeats_it() {
    let mut sandbox = new();
    assert_eq!(refusal(&get(&mut sandbox, "/v1/nope?a=b")), refused(404, "Cannot GET /v1/nope?a=b"));
    assert_eq!(refusal(&send(&mut sandbox, "PUT", "/v1/projects", &json!({}))), refused(404, "Cannot PUT /v1/projects"));
    assert_eq!(refusal(&get(&mut sandbox, "/")), refused(404, "Cannot GET /"));
}

#[test]
fn a_prefix_before_v1_and_a_slash_at_the_end_do_no_harm() {
    let mut sandbox = new();
    assert_eq!(get(&mut sandbox, "/api/supabase-proxy/v1/projects/?x=1").status, 200);
}

#[test]
fn path_values_are_percent_decoded_and_checked() {
    let mut sandbox = new();
    assert_eq!(get(&mut sandbox, &format!("{STOREFRONT}/functions/send%2Dreceipt")).status, 200);
    let (status, message) = refusal(&get(&mut sandbox, &format!("{STOREFRONT}/functions/a%2Fb")));
    assert_eq!((status, message.starts_with("function_slug: Invalid input: expected string matching ")), (400, true), "{message}");
    let (status, message) = refusal(&get(&mut sandbox, "/v1/projects/short/functions"));
    assert_eq!(status, 400);
    assert_eq!(message, "ref: Invalid input: expected exactly 20 characters, received a string of 5 characters");
}

// ---- tokens

#[test]
fn a_call_without_a_token_that_begins_with_sbp_is_unauthorized() {
    let mut sandbox = new();
    for authorization in
        [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Bearer eyJhbGciOi"), Some("Basic sbp_1"), Some("sbp_1"), Some("Bearer sbp_1 2")]
    {
        let request = Request { method: "GET", target: "/v1/projects", authorization, ..Request::default() };
        assert_eq!(refusal(&sandbox.handle(&request, NOW)), refused(401, "Unauthorized"), "{authorization:?}");
    }
    let request = Request { method: "GET", target: "/v1/projects", authorization: Some("bearer sbp_oauth_1"), ..Request::default() };
    assert_eq!(sandbox.handle(&request, NOW).status, 200);
}

#[test]
fn all_tokens_see_the_same_account() {
    let mut sandbox = new();
    send(&mut sandbox, "POST", "/v1/organizations", &json!({ "name": "Seen by all" }));
    let request = Request { method: "GET", target: "/v1/organizations", authorization: Some("Bearer sbp_another"), ..Request::default() };
    let organizations: Vec<Organization> = model(&sandbox.handle(&request, NOW));
    assert_eq!(organizations.last().unwrap().name, "Seen by all");
}

// ---- bodies

#[test]
fn a_body_that_does_not_fit_is_a_400_that_names_the_field() {
    let mut sandbox = new();
    let response = send(&mut sandbox, "POST", "/v1/organizations", &json!({}));
    assert_eq!(refusal(&response), refused(400, "name: Invalid input: expected string, received nothing"));
    let response = send(&mut sandbox, "POST", &format!("{STOREFRONT}/secrets"), &json!([{ "name": "A", "value": 1 }]));
    assert_eq!(refusal(&response), refused(400, "[0].value: Invalid input: expected string, received number"));
    let response = send(&mut sandbox, "POST", &format!("{STOREFRONT}/secrets"), &json!({}));
    assert_eq!(refusal(&response), refused(400, "Invalid input: expected array, received object"));
    let response = send(&mut sandbox, "POST", &format!("{STOREFRONT}/secrets"), &json!([{ "name": "SUPABASE_URL", "value": "" }]));
    assert_eq!(response.status, 400);
}

#[test]
fn a_body_that_is_missing_or_no_json_is_a_400() {
    let mut sandbox = new();
    let mut post = |content_type, body: &[u8]| {
        let request = Request { method: "POST", target: "/v1/organizations", authorization: TOKEN, content_type, body, ..Request::default() };
        refusal(&sandbox.handle(&request, NOW))
    };
    assert_eq!(post(Some(JSON), b""), refused(400, "Invalid input: expected object, received nothing"));
    assert_eq!(post(Some(JSON), b"{\"name\": \"A\",}"), refused(400, "Invalid input: expected JSON, received another text"));
    let message = "Invalid input: expected a body of the content type application/json, received \"application/x-www-form-urlencoded\"";
    assert_eq!(post(Some("application/x-www-form-urlencoded"), b"{\"name\":\"A\"}"), refused(400, message));
}

#[test]
fn a_body_beyond_50_mb_is_a_413() {
    let mut sandbox = new();
    let body = vec![b' '; MAX_BODY + 1];
    let request =
        Request { method: "POST", target: "/v1/organizations", authorization: TOKEN, content_type: Some(JSON), body: &body, ..Request::default() };
    let response = sandbox.handle(&request, NOW);
    assert_eq!(refusal(&response), refused(413, "request entity too large"));
    assert_eq!(limit(&response), [120, 119, 60]);
}

// ---- organizations and projects

#[test]
fn a_new_sandbox_holds_two_organizations_and_three_projects_in_different_states() {
    let mut sandbox = new();
    let organizations: Vec<Organization> = model(&get(&mut sandbox, "/v1/organizations"));
    assert_eq!(organizations.iter().map(|one| &*one.slug).collect::<Vec<_>>(), ["tidewater-labs", "zoe-keller"]);
    let projects: Vec<Project> = model(&get(&mut sandbox, "/v1/projects"));
    let seen: Vec<_> = projects.iter().map(|one| (&*one.name, one.region.as_str(), one.status.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("storefront", "eu-central-1", "ACTIVE_HEALTHY"),
            ("storefront-staging", "us-east-1", "COMING_UP"),
            ("field-notes", "ap-southeast-2", "INACTIVE")
        ]
    );
}

#[test]
fn a_created_organization_is_listed_and_can_have_projects() {
    let mut sandbox = new();
    let response = send(&mut sandbox, "POST", "/v1/organizations", &json!({ "name": "Zoë 🚀" }));
    assert_eq!(response.status, 201);
    let created: Organization = model(&response);
    let listed: Vec<Organization> = model(&get(&mut sandbox, "/v1/organizations"));
    assert_eq!(listed.last(), Some(&created));
    let body = json!({ "name": "blog", "db_pass": "correct horse", "organization_slug": created.slug });
    assert_eq!(send(&mut sandbox, "POST", "/v1/projects", &body).status, 201);
}

#[test]
fn a_created_project_comes_up_and_is_healthy_after_a_while() {
    let mut sandbox = new();
    let body = json!({ "name": "blog", "db_pass": "correct horse", "organization_slug": "zoe-keller", "region": "eu-west-3" });
    let response = send(&mut sandbox, "POST", "/v1/projects", &body);
    assert_eq!(response.status, 201);
    let created: CreatedProject = model(&response);
    assert_eq!((created.status, created.region.as_str(), &*created.created_at), (ProjectStatus::ComingUp, "eu-west-3", "2026-09-23T08:00:00.000Z"));
    assert!(created.r#ref.len() == 20 && created.r#ref.bytes().all(|byte| byte.is_ascii_lowercase()), "{}", created.r#ref);
    let mut status_at = |now| model::<Vec<Project>>(&get_at(&mut sandbox, "/v1/projects", now)).pop().unwrap().status;
    assert_eq!(status_at(NOW + 5_999), ProjectStatus::ComingUp);
    assert_eq!(status_at(NOW + 6_000), ProjectStatus::ActiveHealthy);
    assert!(!String::from_utf8_lossy(&response.body).contains("horse") && !sandbox.save().contains("horse"), "the password is kept nowhere");
}

#[test]
fn a_project_goes_where_it_is_told_or_to_a_region_of_the_group() {
    let mut sandbox = new();
    let mut region = |extra: Value| {
        let mut body = json!({ "name": "blog", "db_pass": "x", "organization_slug": "zoe-keller" });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let response = send(&mut sandbox, "POST", "/v1/projects", &body);
        if response.status == 201 { model::<CreatedProject>(&response).region.to_string() } else { refusal(&response).1 }
    };
    assert_eq!(region(json!({ "region_selection": { "type": "specific", "code": "sa-east-1" } })), "sa-east-1");
    assert_eq!(region(json!({ "region_selection": { "type": "smartGroup", "code": "emea" } })), "eu-central-1");
    let both = json!({ "region": "eu-west-1", "region_selection": { "type": "smartGroup", "code": "emea" } });
    assert_eq!(region(both), "region and region_selection cannot be used together");
}

#[test]
fn a_project_of_an_unknown_organization_is_refused() {
    let mut sandbox = new();
    let body = json!({ "name": "blog", "db_pass": "x", "organization_slug": "nobody" });
    assert_eq!(refusal(&send(&mut sandbox, "POST", "/v1/projects", &body)), refused(404, "Organization not found"));
}

#[test]
fn the_same_seed_gives_the_same_references() {
    let created = |random_seed| {
        let mut sandbox = Sandbox::new(&Options { random_seed, ..Options::default() }, NOW).unwrap();
        model::<Organization>(&send(&mut sandbox, "POST", "/v1/organizations", &json!({ "name": "A" }))).slug
    };
    assert_eq!(created(1), created(1));
    assert_ne!(created(1), created(2));
}

// ---- functions

#[test]
fn a_function_lives_from_its_creation_to_its_deletion() {
    let mut sandbox = new();
    let functions = format!("{STOREFRONT}/functions");
    let hello = format!("{functions}/hello");
    let response = send(&mut sandbox, "POST", &functions, &json!({ "slug": "hello", "name": "Hello", "body": "Deno.serve()" }));
    assert_eq!(response.status, 201);
    let created: EdgeFunction = model(&response);
    assert_eq!((created.version, created.created_at, created.updated_at, created.verify_jwt), (1, NOW, NOW, Some(true)));
    assert_eq!(model::<EdgeFunction>(&get(&mut sandbox, &hello)), created);
    assert!(model::<Vec<EdgeFunction>>(&get(&mut sandbox, &functions)).contains(&created));

    let body = json!({ "verify_jwt": false }).to_string();
    let request =
        Request { method: "PATCH", target: &hello, authorization: TOKEN, content_type: Some(JSON), body: body.as_bytes(), ..Request::default() };
    let updated: EdgeFunction = model(&sandbox.handle(&request, NOW + 5));
    assert_eq!((updated.version, updated.updated_at, updated.created_at), (2, NOW + 5, NOW));
    assert_eq!((updated.name, updated.verify_jwt), ("Hello".into(), Some(false)));

    let deleted = delete(&mut sandbox, &hello);
    assert_eq!((deleted.status, &*deleted.body, header(&deleted, "content-type")), (200, &b""[..], None));
    for gone in [get(&mut sandbox, &hello), delete(&mut sandbox, &hello), send(&mut sandbox, "PATCH", &hello, &json!({}))] {
        assert_eq!(refusal(&gone), refused(404, "Function not found"));
    }
}

#[test]
fn a_slug_is_taken_once() {
    let mut sandbox = new();
    let body = json!({ "slug": "send-receipt", "name": "Again", "body": "" });
    let response = send(&mut sandbox, "POST", &format!("{STOREFRONT}/functions"), &body);
    assert_eq!(refusal(&response), refused(409, "Duplicated function slug"));
}

#[test]
fn a_bundle_takes_its_settings_from_the_query_and_gets_a_digest() {
    let mut sandbox = new();
    let functions = format!("{STOREFRONT}/functions");
    let target = format!("{functions}?slug=hello&name=Say+hello%21&verify_jwt=false&import_map=true&entrypoint_path=main.ts&unknown=1");
    let response = eszip(&mut sandbox, "POST", &target, b"hello");
    assert_eq!(response.status, 201);
    let created: EdgeFunction = model(&response);
    assert_eq!((&*created.name, created.verify_jwt, created.import_map), ("Say hello!", Some(false), Some(true)));
    // Where the API unpacks what was sent.
    let unpacked = |function: &EdgeFunction| format!("file:///tmp/user_fn_hqvkzumdtlrwaxbeogcy_{}_{}/source/main.ts", function.id, function.version);
    assert_eq!((created.entrypoint_path.as_ref(), created.ezbr_sha256.as_deref()), (Some(&unpacked(&created)), Some(HELLO)));

    let updated: EdgeFunction = model(&eszip(&mut sandbox, "PATCH", &format!("{functions}/hello?name=Other"), b"other"));
    assert_eq!((&*updated.name, updated.version, updated.entrypoint_path.as_ref()), ("Other", 2, Some(&unpacked(&updated))));
    assert_ne!(updated.ezbr_sha256.as_deref(), Some(HELLO));
}

#[test]
fn a_query_that_does_not_fit_is_a_400() {
    let mut sandbox = new();
    let mut post = |query: &str| refusal(&eszip(&mut sandbox, "POST", &format!("{STOREFRONT}/functions?{query}"), b"hello"));
    assert_eq!(post(""), refused(400, "slug: Invalid input: expected string, received nothing"));
    assert_eq!(post("slug=a&verify_jwt=yes"), refused(400, "verify_jwt: Invalid input: expected boolean, received string"));
    assert_eq!(post("slug=a&slug=b"), refused(400, "slug: Invalid input: expected string, received array"));
}

#[test]
fn an_unknown_project_is_a_404() {
    let mut sandbox = new();
    let unknown = "/v1/projects/aaaaaaaaaaaaaaaaaaaa";
    assert_eq!(refusal(&get(&mut sandbox, &format!("{unknown}/functions"))), refused(404, "Project not found"));
    assert_eq!(refusal(&send(&mut sandbox, "DELETE", &format!("{unknown}/secrets"), &json!(["A"]))), refused(404, "Project not found"));
}

// ---- secrets

#[test]
fn secrets_are_set_replaced_listed_as_digests_and_deleted() {
    let mut sandbox = new();
    let secrets = format!("{STOREFRONT}/secrets");
    let set = send(&mut sandbox, "POST", &secrets, &json!([{ "name": "NEW", "value": "hello" }, { "name": "MAIL_FROM", "value": "hello" }]));
    assert_eq!((set.status, &*set.body, header(&set, "content-type")), (201, &b""[..], None));
    let listed: Vec<Secret> = model(&get(&mut sandbox, &secrets));
    assert_eq!(listed.len(), 4);
    for name in ["NEW", "MAIL_FROM"] {
        let secret = listed.iter().find(|secret| secret.name == name).unwrap();
        assert_eq!((&*secret.value, secret.updated_at.as_deref()), (HELLO, Some("2026-09-23T08:00:00.000Z")));
    }
    let deleted = send(&mut sandbox, "DELETE", &secrets, &json!(["NEW", "never there"]));
    assert_eq!((deleted.status, &*deleted.body, header(&deleted, "content-type")), (200, &b""[..], None));
    assert_eq!(model::<Vec<Secret>>(&get(&mut sandbox, &secrets)).len(), 3);
}

#[test]
fn a_project_holds_100_secrets_and_takes_none_of_a_list_that_is_too_long() {
    let mut sandbox = new();
    let secrets = format!("{STOREFRONT}/secrets");
    let some = |count: u32| (0..count).map(|index| json!({ "name": format!("S{index}"), "value": "" })).collect::<Value>();
    assert_eq!(refusal(&send(&mut sandbox, "POST", &secrets, &some(98))), refused(400, "A project can have at most 100 secrets"));
    assert_eq!(model::<Vec<Secret>>(&get(&mut sandbox, &secrets)).len(), 3);
    assert_eq!(send(&mut sandbox, "POST", &secrets, &some(97)).status, 201);
    assert_eq!(send(&mut sandbox, "POST", &secrets, &some(97)).status, 201, "replacing needs no room");
}

// ---- rate limits

#[test]
fn the_call_after_the_last_one_of_a_minute_is_a_429() {
    let mut sandbox = new();
    for calls in 1..=120 {
        assert_eq!(limit(&get_at(&mut sandbox, "/v1/projects", NOW + 1)), [120, 120 - calls, 60]);
    }
    let throttled = get_at(&mut sandbox, "/v1/projects", NOW + 30_002);
    assert_eq!(refusal(&throttled), refused(429, "ThrottlerException: Too Many Requests"));
    assert_eq!(limit(&throttled), [120, 0, 30]);
    assert_eq!(limit(&get_at(&mut sandbox, "/v1/projects", NOW + 60_001)), [120, 119, 60], "a window of its own");
}

#[test]
fn a_throttled_call_does_nothing() {
    let mut sandbox = Sandbox::new(&Options { rate_limit: Some(1), ..Options::default() }, NOW).unwrap();
    let secrets = format!("{STOREFRONT}/secrets");
    let statuses = ["A", "B"].map(|name| send(&mut sandbox, "POST", &secrets, &json!([{ "name": name, "value": "" }])).status);
    assert_eq!(statuses, [201, 429]);
    assert_eq!(model::<Vec<Secret>>(&get(&mut sandbox, &secrets)).len(), 4);
}

#[test]
fn calls_are_counted_per_token_endpoint_and_project() {
    let mut sandbox = new();
    let mut remaining = |token: &str, target: &str| {
        let authorization = format!("Bearer {token}");
        let request = Request { method: "GET", target, authorization: Some(&authorization), ..Request::default() };
        limit(&sandbox.handle(&request, NOW))[1]
    };
    let (functions, secrets) = (format!("{STOREFRONT}/functions"), format!("{STOREFRONT}/secrets"));
    assert_eq!(remaining("sbp_a", &functions), 119);
    assert_eq!(remaining("sbp_a", &functions), 118);
    assert_eq!(remaining("sbp_b", &functions), 119);
    assert_eq!(remaining("sbp_a", &secrets), 119);
    assert_eq!(remaining("sbp_a", "/v1/projects/udqsbyhamzptvcfwelkr/functions"), 119);
}

#[test]
fn a_new_project_counts_against_its_organization() {
    let mut sandbox = new();
    let mut remaining = |slug: &str| limit(&send(&mut sandbox, "POST", "/v1/projects", &json!({ "organization_slug": slug })))[1];
    assert_eq!(remaining("tidewater-labs"), 119);
    assert_eq!(remaining("tidewater-labs"), 118);
    assert_eq!(remaining("zoe-keller"), 119);
}

#[test]
fn every_answer_tells_the_rate_limit_errors_too() {
    let mut sandbox = new();
    for response in [get(&mut sandbox, "/v1/nope"), get(&mut sandbox, "/v1/projects/short/secrets"), sandbox.handle(&Request::default(), NOW)] {
        assert_eq!(limit(&response), [120, 119, 60]);
    }
}

#[test]
fn without_a_limit_every_call_passes_and_the_headers_stay() {
    let mut sandbox = Sandbox::new(&Options { rate_limit: None, ..Options::default() }, NOW).unwrap();
    for _ in 0..200 {
        let response = get(&mut sandbox, "/v1/projects");
        assert_eq!((response.status, limit(&response)), (200, [120, 120, 60]));
    }
}

// ---- state

#[test]
fn a_saved_state_goes_on_where_it_was() {
    let mut before = new();
    let functions = format!("{STOREFRONT}/functions");
    eszip(&mut before, "POST", &format!("{functions}?slug=hello"), b"hello");
    send(&mut before, "POST", &format!("{STOREFRONT}/secrets"), &json!([{ "name": "KEPT", "value": "hello" }]));
    send(&mut before, "POST", "/v1/projects", &json!({ "name": "blog", "db_pass": "x", "organization_slug": "zoe-keller" }));
    let state = before.save();

    let mut after = Sandbox::new(&Options { state: Some(state.clone()), ..Options::default() }, NOW).unwrap();
    assert_eq!(after.save(), state);
    for target in ["/v1/organizations", "/v1/projects", &functions, &format!("{STOREFRONT}/secrets")] {
        assert_eq!(get(&mut after, target).body, get(&mut before, target).body);
    }
    let project = model::<Vec<Project>>(&get_at(&mut after, "/v1/projects", NOW + 6_000)).pop().unwrap();
    assert_eq!((&*project.name, project.status), ("blog", ProjectStatus::ActiveHealthy));
}

#[test]
fn a_client_of_the_same_program_calls_it_and_waits_in_no_time() {
    use supabase_management_wasm::api::projects::{CreateProject, Project, ProjectStatus};
    use supabase_management_wasm::wait_until;
    let sandbox = supabase_management_sandbox::LocalSandbox::default();
    let client = sandbox.client();
    let began = std::time::Instant::now();
    let (created, healthy) = futures_executor::block_on(async {
        let organization = client.organizations().list().await?.remove(0);
        let created = client.projects().create(&CreateProject::new("shop", organization.slug, "correct horse battery")).await?;
        let (group, wanted) = (client.clone(), created.r#ref.clone());
        let is_healthy =
            move |projects: &Vec<Project>| projects.iter().any(|project| project.r#ref == wanted && project.status == ProjectStatus::ActiveHealthy);
        let all = wait_until(move |poll| poll.call(group.projects().list()), is_healthy).await?;
        Ok::<_, supabase_management_wasm::Error>((created, all.len()))
    })
    .unwrap();
    assert_eq!(created.status, ProjectStatus::ComingUp);
    assert_eq!(healthy, 4);
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
    assert!(sandbox.save().contains("shop"));
}
