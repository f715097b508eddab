//! What a test does with a sandbox: faults on demand, a clock that moves, the log of calls, and all of it over HTTP.

use serde_json::{Value, json};
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use supabase_management_sandbox::{Cut, Fault, LocalSandbox, Options, Outcome, Request, Response, Sandbox, Step};
use supabase_management_wasm::Error;
use supabase_management_wasm::api::database::RunQuery;
use supabase_management_wasm::api::organizations::CreateOrganization;

/// 23 September 2026.
const NOW: i64 = 1_790_150_400_000;
const TOKEN: Option<&str> = Some("Bearer sbp_0123456789abcdef0123456789abcdef01234567");
const STOREFRONT: &str = "hqvkzumdtlrwaxbeogcy";

fn new() -> Sandbox {
    Sandbox::new(&Options::default(), NOW).unwrap()
}

fn fault(endpoint: &str) -> Fault {
    Fault { endpoint: endpoint.into(), ..Fault::default() }
}

fn send(sandbox: &mut Sandbox, method: &str, target: &str, body: &Value) -> Response {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request =
        Request { method, target, authorization: TOKEN, content_type: Some("application/json"), body: body.as_bytes(), ..Request::default() };
    sandbox.handle(&request, NOW)
}

fn get(sandbox: &mut Sandbox, target: &str) -> Response {
    send(sandbox, "GET", target, &Value::Null)
}

fn value(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or_else(|error| panic!("{error} in {response:?}"))
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| &**value)
}

fn statuses<const N: usize>(sandbox: &mut Sandbox, target: &str) -> [u16; N] {
    std::array::from_fn(|_| get(sandbox, target).status)
}

// ---- faults

#[test]
fn a_fault_comes_as_often_as_it_was_asked_for_and_to_its_endpoint_alone() {
    let mut sandbox = new();
    sandbox.fail(Fault { status: Some(503), times: Some(2), ..fault("projects.list") }).unwrap();
    assert_eq!(get(&mut sandbox, "/v1/organizations").status, 200);
    assert_eq!(sandbox.faults()[0].times, Some(2));
    assert_eq!(statuses(&mut sandbox, "/v1/projects"), [503, 503, 200]);
    assert_eq!(sandbox.faults(), []);
}

#[test]
fn a_group_or_everything_fails_in_order_until_it_is_forgotten() {
    let mut sandbox = new();
    let functions = format!("/v1/projects/{STOREFRONT}/functions");
    sandbox.fail(Fault { status: Some(500), ..fault("functions.*") }).unwrap();
    sandbox.fail(Fault { status: Some(502), times: None, ..fault("*") }).unwrap();
    assert_eq!(get(&mut sandbox, "/v1/projects").status, 502);
    assert_eq!(statuses(&mut sandbox, &functions), [500, 502, 502]);
    assert_eq!(get(&mut sandbox, "/v1/nothing").status, 502, "a route that the API does not have is a call as well");
    sandbox.clear_faults();
    assert_eq!(get(&mut sandbox, "/v1/nothing").status, 404);
}

#[test]
fn by_default_an_error_has_the_shape_of_the_api() {
    let mut sandbox = new();
    for (status, message) in [(500, "Internal server error"), (503, "Service unavailable"), (418, "Internal server error")] {
        sandbox.fail(Fault { status: Some(status), ..fault("*") }).unwrap();
        let response = get(&mut sandbox, "/v1/projects");
        assert_eq!((response.status, value(&response)), (status, json!({ "message": message })));
        assert_eq!(header(&response, "content-type"), Some("application/json; charset=utf-8"));
    }
    sandbox.fail(Fault { status: Some(403), ..fault("v2.*") }).unwrap();
    assert_eq!(value(&get(&mut sandbox, "/v2/organizations/zoe-keller/projects"))["error"]["code"], "forbidden.permission_denied");
    sandbox.fail(Fault { status: Some(429), ..fault("*") }).unwrap();
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!(value(&response), json!({ "message": "ThrottlerException: Too Many Requests" }));
    let limits = ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"].map(|name| header(&response, name));
    assert_eq!(limits, [Some("1"), Some("120"), Some("0"), Some("1")]);
}

#[test]
fn body_and_headers_are_those_that_were_asked_for() {
    let mut sandbox = new();
    let headers = [("Retry-After".to_owned(), "7".to_owned()), ("X-Own".to_owned(), "yes".to_owned())];
    sandbox.fail(Fault { status: Some(429), headers: headers.into(), body: Some(json!({ "code": 1 })), ..fault("*") }).unwrap();
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!((value(&response), header(&response, "retry-after"), header(&response, "x-own")), (json!({ "code": 1 }), Some("7"), Some("yes")));
    assert_eq!(response.headers.iter().filter(|(name, _)| *name == "retry-after").count(), 1);
    sandbox.fail(Fault { status: Some(400), body: Some(json!("plain")), ..fault("*") }).unwrap();
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!((&*response.body, header(&response, "content-type")), (&b"plain"[..], Some("text/plain; charset=utf-8")));
    sandbox.fail(Fault { html: true, ..fault("*") }).unwrap();
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!((response.status, header(&response, "content-type")), (502, Some("text/html; charset=utf-8")));
    assert!(response.body.starts_with(b"<!DOCTYPE html>"));
    sandbox.fail(Fault { html: true, status: Some(520), body: Some(json!("<p>")), ..fault("*") }).unwrap();
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!((response.status, &*response.body), (520, &b"<p>"[..]));
    sandbox.fail(Fault { status: Some(204), ..fault("*") }).unwrap();
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!((response.status, response.body.len(), header(&response, "content-type")), (204, 0, None));
}

#[test]
fn a_call_that_fails_does_nothing_unless_it_was_carried_out_first() {
    let mut sandbox = new();
    let body = json!({ "name": "Acme" });
    let count = |sandbox: &mut Sandbox| value(&get(sandbox, "/v1/organizations")).as_array().unwrap().len();
    for lost in [Fault { status: Some(500), ..fault("organizations.create") }, Fault { lost: true, ..fault("organizations.create") }] {
        sandbox.fail(lost.clone()).unwrap();
        send(&mut sandbox, "POST", "/v1/organizations", &body);
        assert_eq!(count(&mut sandbox), 2);
    }
    sandbox.fail(Fault { status: Some(500), carried_out: true, ..fault("organizations.create") }).unwrap();
    assert_eq!(send(&mut sandbox, "POST", "/v1/organizations", &body).status, 500);
    sandbox.fail(Fault { lost: true, carried_out: true, ..fault("organizations.create") }).unwrap();
    let response = send(&mut sandbox, "POST", "/v1/organizations", &body);
    assert_eq!((response.cut, response.body.len()), (Some(Cut::Lost), 0));
    assert_eq!(count(&mut sandbox), 4);
}

#[test]
fn a_late_or_truncated_answer_is_the_real_one() {
    let mut sandbox = new();
    sandbox.fail(Fault { delay_ms: 250, ..fault("*") }).unwrap();
    sandbox.fail(Fault { truncated: true, ..fault("*") }).unwrap();
    let [late, half, whole] = std::array::from_fn(|_| get(&mut sandbox, "/v1/organizations"));
    assert_eq!((late.delay_ms, late.cut, &late.body), (250, None, &whole.body));
    assert_eq!((half.delay_ms, half.cut, &half.body), (0, Some(Cut::Truncated), &whole.body));
    assert_eq!((whole.delay_ms, whole.cut), (0, None));
}

#[test]
fn what_waits_for_sql_fails_when_it_is_answered() {
    let mut sandbox = new();
    let target = format!("/v1/projects/{STOREFRONT}/database/query");
    let request = Request {
        method: "POST",
        target: &target,
        authorization: TOKEN,
        content_type: Some("application/json"),
        body: br#"{"query":"select 1"}"#,
        ..Request::default()
    };
    sandbox.fail(Fault { status: Some(504), carried_out: true, ..fault("database.query") }).unwrap();
    let Step::Sql(pending) = sandbox.begin(&request, NOW) else { panic!("it is carried out") };
    assert_eq!(sandbox.calls()[0].status, None);
    let Step::Done(response) = sandbox.resume(pending, Outcome::Rows("[]".into()), NOW) else { panic!("it needs no more") };
    assert_eq!((response.status, sandbox.calls()[0].status), (504, Some(504)));
    sandbox.fail(Fault { status: Some(504), ..fault("database.query") }).unwrap();
    assert!(matches!(sandbox.begin(&request, NOW), Step::Done(response) if response.status == 504));
}

#[test]
fn a_fault_that_makes_no_sense_is_refused_with_the_path_of_what_is_wrong() {
    let mut sandbox = new();
    let ok = || Fault { status: Some(503), ..fault("*") };
    let header = |name: &str, value: &str| Fault { headers: [(name.to_owned(), value.to_owned())].into(), ..ok() };
    let cases = [
        (fault("*"), "", "received none of them"),
        (Fault { endpoint: "projects.lst".into(), ..ok() }, "endpoint", "(did you mean projects.list?), received an unknown one"),
        (Fault { endpoint: "project.*".into(), ..ok() }, "endpoint", "received an unknown one"),
        (Fault { endpoint: "proj*".into(), ..ok() }, "endpoint", "received an unknown one"),
        (Fault { endpoint: String::new(), ..ok() }, "endpoint", "received an unknown one"),
        (Fault { times: Some(0), ..ok() }, "times", "received 0"),
        (Fault { status: Some(199), ..fault("*") }, "status", "expected integer, 200 to 599, received 199"),
        (Fault { status: Some(600), ..fault("*") }, "status", "received 600"),
        (Fault { delay_ms: u32::MAX, ..fault("*") }, "delayMs", "at most 2147483647"),
        (header("two words", "x"), "headers[\"two words\"]", "another name"),
        (header("Content-Length", "1"), "headers[\"Content-Length\"]", "another name"),
        (header("x", "a\r\nb"), "headers[\"x\"]", "printable ASCII"),
        (Fault { lost: true, ..ok() }, "lost", "as nothing is answered"),
        (Fault { lost: true, truncated: true, ..fault("*") }, "lost", "as nothing is answered"),
        (Fault { body: Some(json!({})), delay_ms: 1, ..fault("*") }, "status", "the status that body and headers go with"),
        (Fault { html: true, body: Some(json!({})), ..fault("*") }, "body", "the text of a page"),
        (Fault { status: Some(204), body: Some(json!({})), ..fault("*") }, "body", "none, as this status has none"),
    ];
    for (fault, path, words) in cases {
        let error = sandbox.fail(fault.clone()).err().unwrap_or_else(|| panic!("{fault:?} is taken"));
        assert!(error.path == path && error.to_string().contains(words), "{error} in place of {path}: {words}");
    }
    assert_eq!(sandbox.faults(), []);
    for _ in 0..1_000 {
        sandbox.fail(ok()).unwrap();
    }
    assert_eq!(sandbox.fail(ok()).unwrap_err().to_string(), "expected at most 1000 faults that wait, received one more");
}

// ---- the clock

#[test]
fn the_clock_moves_for_everything_that_depends_on_time() {
    let mut sandbox = Sandbox::new(&Options { rate_limit: Some(1), ..Options::default() }, NOW).unwrap();
    assert_eq!(statuses(&mut sandbox, "/v1/projects"), [200, 429]);
    sandbox.advance(60_000);
    let response = get(&mut sandbox, "/v1/projects");
    assert_eq!((response.status, &value(&response)[1]["status"]), (200, &json!("ACTIVE_HEALTHY")));
    let created =
        send(&mut sandbox, "POST", "/v1/projects", &json!({ "name": "late", "db_pass": "correct horse", "organization_slug": "zoe-keller" }));
    assert_eq!(value(&created)["created_at"], "2026-09-23T08:01:00.000Z");
    // A state goes on at the time that it was saved at.
    let state = sandbox.save();
    let mut after = Sandbox::new(&Options { state: Some(state), ..Options::default() }, NOW).unwrap();
    let response = get(&mut after, "/v1/organizations");
    assert_eq!((response.status, after.calls()[0].time), (200, NOW + 60_000));
    after.advance(u64::MAX);
    after.advance(u64::MAX);
    assert_eq!(get(&mut after, "/v1/organizations").status, 200);
}

// ---- the log

#[test]
fn calls_are_written_down_without_secrets() {
    let mut sandbox = new();
    let secrets = format!("/v1/projects/{STOREFRONT}/secrets");
    send(&mut sandbox, "POST", &secrets, &json!([{ "name": "A", "value": "hidden" }]));
    send(&mut sandbox, "POST", "/v1/projects", &json!({ "name": "blog", "db_pass": "hidden", "organization_slug": "zoe-keller" }));
    send(&mut sandbox, "POST", "/v1/projects", &json!({ "name": "blog", "db_pas": "hidden", "organization_slug": "zoe-keller" }));
    get(&mut sandbox, "/v1/organizations/zoe-keller/projects?limit=5&search=a%20b&token=hidden");
    get(&mut sandbox, "/proxy/v1/organizations/zoe-keller/project-claim/hidden");
    get(&mut sandbox, "/v1/nothing?token=hidden");
    send(&mut sandbox, "POST", &format!("/v1/projects/{STOREFRONT}/branches"), &json!({ "branch_name": "a", "secrets": { "A": "hidden" } }));
    let form = b"grant_type=refresh_token&refresh_token=hidden&client_secret=hidden";
    let request = Request {
        method: "POST",
        target: "/v1/oauth/token",
        content_type: Some("application/x-www-form-urlencoded"),
        body: form,
        ..Request::default()
    };
    sandbox.handle(&request, NOW);
    let calls = sandbox.calls();
    assert!(!format!("{calls:?}").contains("hidden") && !format!("{calls:?}").contains("sbp_"), "{calls:?}");
    assert_eq!(calls[0].body, json!([{ "name": "A", "value": "[redacted]" }]));
    assert_eq!(calls[1].body, json!({ "name": "blog", "db_pass": "[redacted]", "organization_slug": "zoe-keller" }));
    assert_eq!((&calls[2].body, calls[2].status), (&Value::Null, Some(400)));
    let listed = &calls[3];
    assert_eq!((listed.endpoint, &*listed.path), (Some("organizations.listProjects"), "/v1/organizations/zoe-keller/projects"));
    assert_eq!((&*listed.method, &listed.query, listed.time), ("GET", &json!({ "limit": 5, "search": "a b" }), NOW));
    assert_eq!(calls[4].path, "/v1/organizations/zoe-keller/project-claim/[redacted]");
    assert_eq!((calls[5].endpoint, &*calls[5].path, calls[5].status), (None, "/v1/nothing", Some(404)));
    assert_eq!(calls[6].body["secrets"], "[redacted]");
    assert_eq!(calls[7].body["grant_type"], "refresh_token");
}

#[test]
fn the_log_is_bounded() {
    let mut sandbox = Sandbox::new(&Options { rate_limit: None, ..Options::default() }, NOW).unwrap();
    for number in 0..1_500 {
        get(&mut sandbox, &format!("/v1/snippets/{number}"));
    }
    let calls = sandbox.calls();
    assert_eq!((calls.len(), &*calls[0].path, &*calls[999].path), (1_000, "/v1/snippets/500", "/v1/snippets/1499"));
    let large = json!({ "name": "a".repeat(200), "organization_slug": "zoe-keller", "db_pass": "b".repeat(9_000) });
    send(&mut sandbox, "POST", "/v1/projects", &large);
    get(&mut sandbox, &format!("/v1/{}", "ä".repeat(2_000)));
    let calls = sandbox.calls();
    assert_eq!((&calls[998].body, calls[999].path.len()), (&Value::Null, 1_024));
    sandbox.clear_calls();
    get(&mut sandbox, "/v1/projects");
    assert_eq!((sandbox.calls().len(), sandbox.calls()[0].status), (1, Some(200)));
}

// ---- begin anew

#[test]
fn a_reset_sandbox_is_as_it_was_at_first() {
    let mut sandbox = Sandbox::new(&Options { rate_limit: Some(1), random_seed: 7, ..Options::default() }, NOW).unwrap();
    let state = sandbox.save();
    let created = send(&mut sandbox, "POST", "/v1/organizations", &json!({ "name": "Acme" }));
    sandbox.advance(5);
    sandbox.fail(Fault { status: Some(500), ..fault("*") }).unwrap();
    sandbox.reset(NOW);
    assert_eq!((sandbox.save(), sandbox.calls().len(), sandbox.faults().len()), (state, 0, 0));
    assert_eq!(send(&mut sandbox, "POST", "/v1/organizations", &json!({ "name": "Acme" })).body, created.body);
    assert_eq!(sandbox.calls()[0].time, NOW);
    // So it does with a state, and with a seed.
    let seed = json!({ "projects": [{ "name": "blog" }] });
    let mut sown = Sandbox::new(&Options { seed: Some(seed), ..Options::default() }, NOW).unwrap();
    let state = sown.save();
    let mut loaded = Sandbox::new(&Options { state: Some(state.clone()), ..Options::default() }, NOW).unwrap();
    for sandbox in [&mut sown, &mut loaded] {
        send(sandbox, "POST", "/v1/organizations", &json!({ "name": "Acme" }));
        sandbox.reset(NOW);
        assert_eq!(sandbox.save(), state);
    }
}

// ---- over HTTP

#[test]
fn faults_clock_calls_and_state_are_there_over_http_without_a_token() {
    let mut sandbox = new();
    let ask = |sandbox: &mut Sandbox, method: &str, name: &str, body: &str| {
        let target = format!("/_sandbox/{name}");
        sandbox.handle(&Request { method, target: &target, body: body.as_bytes(), ..Request::default() }, NOW)
    };
    let added = ask(&mut sandbox, "POST", "faults", r#"{"endpoint":"projects.list","status":503,"times":2,"delayMs":3,"carriedOut":true}"#);
    assert_eq!((added.status, &value(&added)["times"]), (200, &json!(2)));
    assert_eq!(get(&mut sandbox, "/v1/projects").status, 503);
    assert_eq!(value(&ask(&mut sandbox, "GET", "faults", ""))[0]["times"], 1);
    assert_eq!(ask(&mut sandbox, "DELETE", "faults", "").status, 204);
    assert_eq!(value(&ask(&mut sandbox, "GET", "faults", "")), json!([]));
    let calls = value(&ask(&mut sandbox, "GET", "calls", ""));
    let expected =
        json!([{ "time": NOW, "method": "GET", "path": "/v1/projects", "endpoint": "projects.list", "query": null, "body": null, "status": 503 }]);
    assert_eq!(calls, expected);
    assert_eq!(ask(&mut sandbox, "DELETE", "calls", "").status, 204);
    assert_eq!(value(&ask(&mut sandbox, "GET", "calls", "")), json!([]));
    assert_eq!(value(&ask(&mut sandbox, "POST", "clock", r#"{"advance":6000}"#)), json!({ "now": NOW + 6_000, "advanced": 6_000 }));
    assert_eq!(value(&ask(&mut sandbox, "GET", "clock", "")), json!({ "now": NOW + 6_000, "advanced": 6_000 }));
    let state = ask(&mut sandbox, "GET", "state", "");
    assert_eq!(String::from_utf8(state.body).unwrap(), sandbox.save());
    assert_eq!(ask(&mut sandbox, "POST", "reset", "").status, 204);
    assert_eq!(value(&ask(&mut sandbox, "GET", "clock", ""))["advanced"], 0);
    assert_eq!(ask(&mut sandbox, "GET", "nothing", "").status, 404);
    assert_eq!(ask(&mut sandbox, "PUT", "faults", "{}").status, 404);
    for (name, body, message) in [
        ("faults", "", "expected JSON, received text that is not JSON"),
        ("faults", "[]", "expected object, received array"),
        ("faults", r#"{"stauts":500}"#, "stauts: expected a known field (did you mean status?), received an unknown field"),
        ("faults", r#"{"status":"500"}"#, "status: expected integer, at least 0, received string"),
        ("faults", r#"{"status":-1}"#, "status: expected integer, at least 0, received a number out of its range"),
        ("faults", r#"{"status":500,"headers":{"x":1}}"#, "headers.x: expected string, received number"),
        ("faults", r#"{"status":500,"times":0}"#, "times: expected integer, at least 1, or null for all, received 0"),
        ("clock", r#"{"advance":-1}"#, "advance: expected milliseconds, 0 to 3155760000000, received a number outside of it"),
        ("clock", "{}", "advance: expected a value, received nothing"),
    ] {
        let refused = ask(&mut sandbox, "POST", name, body);
        assert_eq!((refused.status, &value(&refused)["message"]), (400, &json!(message)), "{body}");
    }
    assert_eq!(sandbox.calls(), [], "the log is of the API alone");
    // Behind a prefix they are not there, where they could be mistaken for the API.
    assert_eq!(get(&mut sandbox, "/proxy/_sandbox/state").status, 404);
}

// ---- with the client

fn run<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    futures_executor::block_on(future)
}

#[test]
fn a_client_of_the_same_program_meets_every_fault() {
    let sandbox = LocalSandbox::default();
    let client = sandbox.client();
    let list = || run(async { client.projects().list().await });
    let create = || run(async { client.organizations().create(&CreateOrganization::new("Acme")).await });

    sandbox.fail(Fault { status: Some(503), times: Some(2), ..fault("projects.list") }).unwrap();
    assert_eq!(list().unwrap().len(), 3);
    assert_eq!(sandbox.calls().iter().map(|call| call.status).collect::<Vec<_>>(), [Some(503), Some(503), Some(200)]);

    sandbox.fail(Fault { status: Some(429), ..fault("projects.list") }).unwrap();
    assert!(list().is_ok(), "it waits, and asks again");

    sandbox.fail(Fault { lost: true, carried_out: true, ..fault("organizations.create") }).unwrap();
    let error = create().unwrap_err();
    assert!(error.outcome_unknown() && error.is_network(), "{error}");
    assert_eq!(run(async { client.organizations().list().await }).unwrap().len(), 3, "it was carried out");

    sandbox.fail(Fault { truncated: true, ..fault("projects.list") }).unwrap();
    assert!(list().is_ok(), "reading is tried again");

    sandbox.fail(Fault { html: true, status: Some(400), ..fault("projects.list") }).unwrap();
    assert_eq!(list().unwrap_err().status(), Some(400));

    sandbox.fail(Fault { delay_ms: 3_600_000, times: None, ..fault("projects.list") }).unwrap();
    let began = std::time::Instant::now();
    assert!(list().unwrap_err().is_timeout());
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "no wait takes time");

    sandbox.reset();
    assert_eq!((list().unwrap().len(), sandbox.calls().len()), (3, 1));
}

#[test]
fn a_database_of_ones_own_runs_the_statements() {
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    let sandbox = LocalSandbox::with_database(new(), move |statement| {
        counted.set(counted.get() + 1);
        assert_eq!((&*statement.database, &*statement.sql), (STOREFRONT, "select 1 as one"));
        Outcome::Rows(r#"[{"one":1}]"#.into())
    });
    let client = sandbox.client();
    let rows = run(async { client.database().query(STOREFRONT, &RunQuery::new("select 1 as one")).await }).unwrap();
    assert_eq!((rows.len(), count.get()), (1, 1));
    assert_eq!(sandbox.calls()[0].body["query"], "select 1 as one");
}
