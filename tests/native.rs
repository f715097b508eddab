//! Calls on a native target, through a scripted transport: there is no JavaScript engine, no network, and no time that passes.
#![cfg(not(target_family = "wasm"))]

use serde_json::json;
use std::cell::RefCell;
use std::future::IntoFuture;
use std::rc::Rc;
use std::time::{Duration, Instant};
use supabase_management_wasm::api::{database::RunQuery, functions::DeployMetadata, secrets::CreateSecret};
use supabase_management_wasm::endpoint::{Multipart, Verb};
use supabase_management_wasm::testing::{Reply, Script, api_error};
use supabase_management_wasm::{BigInt, Cause, Client, ErrorKind, Fetch, Options, TokenSource, Validation};
use supabase_management_wasm::{RateLimitMode, wait_until};

fn block_on<C: IntoFuture>(call: C) -> C::Output {
    futures_executor::block_on(call.into_future())
}

const REF: &str = "abcdefghijklmnopqrst";

fn secrets() -> Reply {
    Reply::json(200, &json!([{ "name": "A", "value": "0f" }]))
}

#[test]
fn a_call_gives_its_model() {
    let script = Script::new().expect("secrets.list", secrets());
    let client = Client::with_transport(script.clone());
    let found = block_on(client.secrets().list(REF).with_response()).expect("it goes well");
    assert_eq!((found.status, found.attempts, found.data[0].name.as_str()), (200, 1, "A"));
    assert_eq!(found.headers.get("Content-Type").as_deref(), Some("application/json"));
    let requests = script.requests();
    assert_eq!(requests[0].method(), "GET");
    assert_eq!(requests[0].uri().to_string(), format!("https://api.supabase.com/v1/projects/{REF}/secrets"));
    script.finish();
}

#[test]
fn a_client_equals_its_clones_alone() {
    let client = Client::new("sbp_0123456789abcdef");
    assert_eq!(client, client.clone());
    assert_ne!(client, Client::new("sbp_0123456789abcdef"));
}

#[test]
fn a_call_without_an_engine_says_so() {
    let error = block_on(Client::new("sbp_0123456789abcdef").projects().list()).expect_err("there is no fetch");
    assert!(error.is_input(), "{error}");
    assert!(error.to_string().contains("there is no fetch outside of a JavaScript engine"), "{error}");
}

#[test]
fn an_input_error_is_an_error_and_sends_nothing() {
    let script = Script::new();
    let client = Client::with_transport(script.clone());
    let error = block_on(client.secrets().create("short", [CreateSecret::new("A", "1")])).expect_err("the ref is too short");
    assert!(error.is_input() && error.attempts() == 0, "{error}");
    assert!(script.requests().is_empty());
    script.finish();
}

#[test]
fn what_passes_is_tried_again_and_no_time_passes() {
    let script = Script::new()
        .expect("secrets.list", Reply::error(503, "later").header("retry-after", "30"))
        .expect("secrets.list", Reply::lost("connection reset"))
        .expect("secrets.list", secrets());
    let client = Client::with_transport(script.clone());
    let began = Instant::now();
    let found = block_on(client.secrets().list(REF).with_response()).expect("the third attempt");
    assert_eq!(found.attempts, 3);
    assert!(began.elapsed() < Duration::from_secs(5));
    script.finish();
}

#[test]
fn a_retry_after_may_be_a_date() {
    let script = Script::new().expect(
        "secrets.list",
        Reply::error(503, "later").header("date", "Sun, 29 Nov 2026 10:00:00 GMT").header("retry-after", "Sun, 29 Nov 2026 10:00:07 GMT"),
    );
    let client = Client::with_transport(script);
    let error = block_on(client.secrets().list(REF).max_retries(0)).expect_err("it is refused");
    assert_eq!(error.retry_after_ms(), Some(7_000.0));
}

#[test]
fn a_lost_write_may_have_been_done_and_is_not_repeated() {
    let script = Script::new().expect("projects.pause", Reply::lost("connection reset"));
    let client = Client::with_transport(script.clone());
    let error = block_on(client.projects().pause(REF)).expect_err("it is lost");
    assert!(error.is_network() && error.outcome_unknown(), "{error}");
    assert!(error.to_string().contains("connection reset"), "{error}");
    script.finish();
}

#[test]
fn a_server_that_hangs_is_given_up() {
    let script = Script::new().expect("secrets.list", Reply::never());
    let client = Client::with_transport(script.clone());
    let error = block_on(client.secrets().list(REF).timeout_ms(10_000).max_retries(0)).expect_err("it hangs");
    assert!(error.is_timeout(), "{error}");
    let late = Script::new().expect("secrets.list", secrets().after(Duration::from_secs(9)));
    let found = block_on(Client::with_transport(late).secrets().list(REF).timeout_ms(10_000)).expect("it is late, not too late");
    assert_eq!(found.len(), 1);
}

#[test]
fn waits_poll_to_their_end() {
    let state = |status: &str| Reply::json(200, &json!({ "name": "A", "value": status }));
    let script = Script::new().always("secrets.list", move |request| {
        let _ = (request, &state);
        secrets()
    });
    let client = Client::with_transport(script.clone());
    let polls = std::cell::Cell::new(0);
    let group = client.clone();
    let found = block_on(
        wait_until(
            move |poll| poll.call(group.secrets().list(REF)),
            move |_: &Vec<_>| {
                polls.set(polls.get() + 1);
                polls.get() == 20
            },
        )
        .deadline_ms(1_000_000),
    );
    assert_eq!(found.expect("the twentieth poll").len(), 1);
    assert_eq!(script.requests().len(), 20);
}

#[test]
fn a_wait_polls_again_after_what_may_pass_and_after_nothing_else() {
    for status in [400, 404, 500, 501, 505, 507, 519, 527] {
        let script = Script::new().expect("projects.get", Reply::error(status, "no"));
        let error = block_on(Client::with_transport(script.clone()).projects().wait_until_healthy(REF)).expect_err("it cannot pass");
        assert_eq!(error.status(), Some(status), "{error}");
        assert_eq!(script.requests().len(), 1, "{status}");
        script.finish();
    }
    for status in [408, 429, 502, 503, 504, 520, 526] {
        let script = Script::new().always("projects.get", move |_| Reply::error(status, "no"));
        let wait = Client::with_transport(script.clone()).projects().wait_until_healthy(REF).with_options(|options| options.max_retries = 0);
        assert_eq!(block_on(wait).expect_err("too often").status(), Some(status));
        assert_eq!(script.requests().len(), 6, "{status}");
    }
}

#[test]
fn a_wait_that_is_late_tells_why_its_last_polls_have_failed() {
    let script = Script::new().always("projects.get", |_| Reply::error(503, "busy"));
    let wait = Client::with_transport(script).projects().wait_until_healthy(REF).with_options(|options| options.max_retries = 0);
    let error = block_on(wait.deadline_ms(10_000)).expect_err("it is late");
    assert!(error.is_timeout(), "{error}");
    let words = "projects.waitUntilHealthy: nothing is known of the project after 10000 ms and 3 polls; the last poll failed: \
                 projects.get (GET /v1/projects/{ref}): 503 busy";
    assert_eq!(error.to_string(), words);
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<supabase_management_wasm::Error>());
    assert_eq!(cause.expect("the error of the last poll").status(), Some(503));

    let silent = Script::new().always("projects.get", |_| Reply::never());
    let error = block_on(Client::with_transport(silent).projects().wait_until_healthy(REF).deadline_ms(10_000)).expect_err("it hangs");
    assert_eq!(error.to_string(), "projects.waitUntilHealthy: nothing is known of the project after 10000 ms and 1 poll");
    assert!(std::error::Error::source(&error).is_none());
}

#[test]
fn a_header_that_asks_for_years_closes_an_endpoint_for_ten_minutes() {
    for (name, value) in [("retry-after", "999999999"), ("retry-after", "Tue, 01 Jan 2999 00:00:00 GMT"), ("x-ratelimit-reset", "999999999")] {
        let refusal = Reply::error(429, "no").header("x-ratelimit-limit", "120").header("x-ratelimit-remaining", "0").header(name, value);
        let script = Script::new().expect("secrets.list", refusal).expect("secrets.list", secrets());
        let client = Client::with_transport(script.clone());
        assert!(block_on(client.secrets().list(REF)).expect_err("refused").is_rate_limited());
        let error = block_on(client.secrets().list(REF)).expect_err("it is closed");
        let wait = error.retry_after_ms().expect("a time");
        assert!(matches!(error.kind(), ErrorKind::RateLimit { .. }) && wait > 0.0 && wait <= 600_000.0, "{error}");
        assert_eq!(script.requests().len(), 1);
        // Other calls make the time pass.
        let pause = Script::new().expect("secrets.list", secrets().after(Duration::from_secs(600)));
        block_on(Client::with_transport(pause).secrets().list(REF).timeout_ms(1_000_000)).expect("it is slow");
        block_on(client.secrets().list(REF)).expect("one call goes ahead and looks");
        script.finish();
    }
}

#[test]
fn the_rate_limit_is_learnt_and_kept() {
    let spent = secrets().header("x-ratelimit-limit", "120").header("x-ratelimit-remaining", "0").header("x-ratelimit-reset", "20");
    let script = Script::new().expect("secrets.list", spent).expect("secrets.list", secrets());
    let client = Client::with_transport(script.clone());
    block_on(client.secrets().list(REF)).expect("the first");
    let refused = block_on(client.secrets().list(REF).with_options(|options| options.rate_limit = RateLimitMode::Error)).expect_err("spent");
    assert!(refused.is_rate_limited(), "{refused}");
    block_on(client.secrets().list(REF)).expect("it waits, in no time");
    script.finish();
}

#[test]
fn calls_at_once_take_turns() {
    let script = Script::new().always("secrets.list", |_| secrets().after(Duration::from_secs(1)));
    let client = Client::with_transport(script.clone());
    let call = || client.secrets().list(REF);
    let (one, other, third) = block_on(async { futures_util::future::join3(call().into_future(), call().into_future(), call().into_future()).await });
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    assert_eq!(script.requests().len(), 3);
}

#[test]
fn a_token_may_come_later_or_fail() {
    let script = Script::new().expect_with("secrets.list", |request| assert_eq!(request.headers()["authorization"], "Bearer sbp_later"), secrets());
    let options = |access_token| Options::default().access_token(access_token).fetch(Fetch::new(script.clone()));
    let client = Client::with(options(TokenSource::ask(|| async { Ok("sbp_later".to_owned()) })));
    block_on(client.secrets().list(REF)).expect("it has a token");
    let failing = Client::with(options(TokenSource::ask(|| async { Err(Cause::from("no vault")) })));
    let error = block_on(failing.secrets().list(REF)).expect_err("there is no token");
    let ErrorKind::Token { cause } = error.kind() else { panic!("{error}") };
    assert_eq!(cause.to_string(), "no vault");
    script.finish();
}

#[test]
fn a_form_goes_out_as_a_form() {
    let deployed = json!({ "id": "1", "slug": "hello", "name": "hello", "status": "ACTIVE", "version": 1 });
    let script = Script::new().expect_with(
        "functions.deploy",
        |request| {
            let media_type = request.headers()["content-type"].to_str().expect("text");
            let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("a form");
            let text = String::from_utf8_lossy(request.body());
            assert_eq!(text.matches(boundary).count(), 3, "{text}");
            assert!(text.contains("name=\"file\"; filename=\"index.ts\"\r\n"), "{text}");
            assert!(text.contains("\r\n\r\nDeno.serve()\r\n--"), "{text}");
        },
        Reply::json(201, &deployed),
    );
    let form = Multipart::new(DeployMetadata::new("index.ts")).file("index.ts", "Deno.serve()");
    let client = Client::with_transport(script.clone());
    let function = block_on(client.functions().deploy(REF, &form, None)).expect("it is deployed");
    assert_eq!(function.slug, "hello");
    script.finish();
}

#[test]
#[should_panic(expected = "the script expects projects.get, and got secrets.list")]
fn a_request_that_was_not_expected_is_told() {
    let script = Script::new().expect("projects.get", Reply::empty(200));
    let _ = block_on(Client::with_transport(script.clone()).secrets().list(REF));
    script.finish();
}

#[test]
fn errors_can_be_made() {
    let error = api_error("projects.get", 403, "no");
    assert!(error.is_forbidden());
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert_eq!(boxed.to_string(), "projects.get: 403 no");
}

#[test]
fn clients_and_calls_fit_where_frameworks_ask_for_send() {
    fn is_send<T: Send>(_: T) {}
    fn is_sync<T: Send + Sync + Clone + 'static>(_: &T) {}
    let client = Client::with_transport(Script::new());
    is_sync(&client);
    is_send(client.projects().list());
    is_send(client.projects().list().with_response());
    is_send(async move {
        let projects = client.projects().list().await?;
        Ok::<_, supabase_management_wasm::Error>(projects.len())
    });
}

#[test]
fn items_and_pages_are_streams() {
    let page = |first: usize, count: usize| {
        let projects: Vec<_> = (first..first + count).map(|number| json!({ "ref": format!("{number:020}"), "name": format!("p{number}"), "cloud_provider": "AWS", "region": "eu-west-1", "is_branch": false,
                    "status": "ACTIVE_HEALTHY", "inserted_at": "2026-11-29T00:00:00Z", "databases": [] })).collect();
        Reply::json(200, &json!({ "projects": projects, "pagination": { "count": 5, "limit": 2, "offset": first } }))
    };
    let script = || {
        Script::new()
            .expect("organizations.listProjects", page(0, 2))
            .expect("organizations.listProjects", page(2, 2))
            .expect("organizations.listProjects", page(4, 1))
    };
    let call = |script: &Script| Client::with_transport(script.clone()).organizations().list_projects("acme", None);
    let found = script();
    let names: Vec<String> = futures_executor::block_on_stream(call(&found).items()).map(|project| project.expect("a project").name).collect();
    assert_eq!(names, ["p0", "p1", "p2", "p3", "p4"]);
    found.finish();
    let found = script();
    assert_eq!(futures_executor::block_on_stream(call(&found).pages()).count(), 3);
    found.finish();
    let broken = Script::new().expect("organizations.listProjects", page(0, 2)).expect("organizations.listProjects", Reply::error(403, "no"));
    let all: Vec<_> = futures_executor::block_on_stream(call(&broken).items()).collect();
    assert_eq!(all.len(), 3, "two items and the error, and then it is over");
    assert!(all[2].as_ref().is_err_and(supabase_management_wasm::Error::is_forbidden));
}

#[test]
fn the_progress_of_a_wait_is_a_stream() {
    let project = |status: &str| {
        Reply::json(
            200,
            &json!({ "ref": REF, "id": REF, "name": "blog", "organization_id": "acme", "organization_slug": "acme", "region": "eu-west-1",
                "created_at": "2026-11-29T00:00:00Z", "status": status,
                "database": { "host": "db.example", "version": "17", "postgres_engine": "17", "release_channel": "ga" } }),
        )
    };
    let script = Script::new()
        .expect("projects.get", project("COMING_UP"))
        .expect("projects.get", project("COMING_UP"))
        .expect("projects.get", project("ACTIVE_HEALTHY"));
    let wait = Client::with_transport(script.clone()).projects().wait_until_healthy(REF);
    let seen: Vec<_> = futures_executor::block_on_stream(wait.progress()).map(|found| found.expect("a state").status).collect();
    assert_eq!(seen, ["COMING_UP", "COMING_UP", "ACTIVE_HEALTHY"]);
    script.finish();
}

/// A client whose query answers this text.
fn rows(text: &str, options: Options) -> Client {
    let text = text.to_owned();
    Client::with(options.fetch(Fetch::new(Script::new().always("database.query", move |_| Reply::bytes(201, text.clone())))))
}

#[test]
fn whole_numbers_that_rust_does_not_hold_are_told_refused_or_text() {
    let query = RunQuery::new("select 1");
    let strict = || Options::new("sbp_0123456789abcdef").validation(Validation::Strict);
    // `i64` and `u64` are held.
    let fine = r#"[{"a":9007199254740993,"b":-9223372036854775808,"c":18446744073709551615,"d":1e300,"e":12345678901234567890.5}]"#;
    let found = block_on(rows(fine, strict()).database().query(REF, &query)).expect("nothing is lost");
    assert_eq!((found[0]["a"].as_i64(), found[0]["c"].as_u64()), (Some(9_007_199_254_740_993), Some(u64::MAX)));

    let large = r#"[{"a":1,"b":{"c":[18446744073709551616]}},{"a":-9223372036854775809}]"#;
    let error = block_on(rows(large, strict()).database().query(REF, &query)).expect_err("digits are lost");
    assert_eq!(error.fault().map(|fault| (&*fault.path, &*fault.received)), Some(("[0].b.c[0]", "one of 20 digits")));
    assert_eq!((error.status(), error.text()), (Some(201), Some(large)));
    // Their text is not read, so that nothing of it is lost.
    assert_eq!(block_on(rows(large, strict()).database().query(REF, &query).raw()).expect("the text"), large);

    let told: Rc<RefCell<Vec<String>>> = Rc::default();
    let note = Rc::clone(&told);
    let options = Options::new("sbp_0123456789abcdef").on_deviation(move |deviation| note.borrow_mut().push(deviation.fault.path.clone()));
    let found = block_on(rows(large, options).database().query(REF, &query)).expect("a lenient call");
    assert!(found[1]["a"].is_f64());
    assert_eq!(*told.borrow(), ["[0].b.c[0]", "[1].a"]);

    let found = block_on(rows(large, strict().bigint(BigInt::String)).database().query(REF, &query)).expect("they are text");
    assert_eq!(json!(found), json!([{ "a": 1, "b": { "c": ["18446744073709551616"] } }, { "a": "-9223372036854775809" }]));
    assert_eq!(block_on(rows(large, strict().bigint(BigInt::String)).database().query(REF, &query).raw()).expect("the text"), large);
}

#[test]
fn two_columns_of_one_name_are_told_and_refused() {
    let query = RunQuery::new("select 1 as a, 2 as a");
    let text = r#"[{"a":1,"a":2}]"#;
    let options = || Options::new("sbp_0123456789abcdef");
    let error = block_on(rows(text, options().validation(Validation::Strict)).database().query(REF, &query)).expect_err("one is lost");
    assert_eq!(error.fault().map(|fault| (&*fault.path, &*fault.expected)), Some(("[0].a", "a name that comes once")));
    let told: Rc<RefCell<u32>> = Rc::default();
    let note = Rc::clone(&told);
    let found = block_on(rows(text, options().on_deviation(move |_| *note.borrow_mut() += 1)).database().query(REF, &query)).expect("a lenient call");
    assert_eq!((json!(found), *told.borrow()), (json!([{ "a": 2 }]), 1));
    let free =
        Client::with(options().validation(Validation::Strict).fetch(Fetch::new(Script::new().always("request", move |_| Reply::bytes(200, text)))));
    let error = block_on(free.request(Verb::Get, "/v1/unknown")).expect_err("one is lost");
    assert_eq!(error.fault().map(|fault| &*fault.path), Some("[0].a"));
}

#[test]
fn a_null_in_a_map_is_a_value_that_is_not_there() {
    let keys = json!({ "email": { "name": "mail" }, "phone": null });
    let answer = json!({ "items": [{ "id": "a", "saml": { "entity_id": "b", "attribute_mapping": { "keys": keys } } }] });
    for validation in [Validation::Lenient, Validation::Strict] {
        let answer = answer.clone();
        let script = Script::new().always("ssoProviders.list", move |_| Reply::json(200, &answer));
        let client = Client::with(Options::new("sbp_0123456789abcdef").validation(validation).fetch(Fetch::new(script)));
        let found = block_on(client.sso_providers().list(REF)).expect("a null harms nobody");
        let mapping = found.items[0].saml.as_ref().and_then(|saml| saml.attribute_mapping.as_ref()).expect("it is there");
        assert_eq!(mapping.keys.as_ref().expect("it is there").keys().collect::<Vec<_>>(), ["email"]);
    }
}

#[test]
fn a_deployment_that_the_server_would_not_understand_is_not_sent() {
    let path = |form: &Multipart<DeployMetadata>| {
        let error = block_on(Client::with_transport(Script::new()).functions().deploy(REF, form, None)).expect_err("it is refused");
        assert!(error.is_input() && error.attempts() == 0, "{error}");
        error.fault().map(|fault| fault.path.clone()).unwrap_or_default()
    };
    let form = Multipart::new(DeployMetadata::new("index.ts"));
    assert_eq!(path(&form), "file");
    assert_eq!(path(&form.clone().file("other.ts", "")), "metadata.entrypoint_path");
    assert_eq!(path(&form.clone().file("hello.zip", "PK")), "file[0].path");
    let form = form.file("index.ts", "");
    for odd in ["../a.ts", "/a.ts", "C:/a.ts", "a\\b.ts", "", "./index.ts"] {
        assert_eq!(path(&form.clone().file(odd, "")), "file[1].path", "{odd}");
    }
}

#[test]
fn a_base_url_is_what_was_meant() {
    let script = Script::new().expect("secrets.list", secrets());
    let client = Client::with(Options::new("sbp_0123456789abcdef").base_url(" HTTPS://X.Y/Api/ \n").fetch(Fetch::new(script.clone())));
    block_on(client.secrets().list(REF)).expect("it goes well");
    assert_eq!(script.requests()[0].uri().to_string(), format!("https://x.y/Api/v1/projects/{REF}/secrets"));
    let client = Client::with(Options::new("sbp_0123456789abcdef").base_url("https://api.supabase.com/v1").fetch(Fetch::new(Script::new())));
    let error = block_on(client.secrets().list(REF)).expect_err("the version would come twice");
    assert_eq!(error.fault().map(|fault| (&*fault.path, &*fault.received)), Some(("options.base_url", "one that ends in /v1")));
}
