//! Rules that hold for every call, whichever way it is made. `tests/one-rule.test.js` says the same of the npm package.

use super::transport::{Answer, answers, lost, status};
use super::*;
use supabase_management_wasm::api::database::CreateMigration;
use supabase_management_wasm::api::network::{RequestedSslEnforcement, UpdateSslEnforcement};
use supabase_management_wasm::{BigInt, Deviation, Hook, RateLimitMode, RequestEvent, ResponseEvent, RetryEvent};

/// No connection came about: nothing was sent.
fn refused() -> Answer {
    Box::new(|| Err(js("Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })")))
}

/// The head of a success, and a body that breaks off.
fn broken() -> Answer {
    Box::new(|| {
        let body = "{ status: 200, headers: new Headers(), text: () => Promise.reject('why'), arrayBuffer: () => Promise.reject('why') }";
        Ok(js(body))
    })
}

fn busy() -> Answer {
    status(503, &[], "<html>busy")
}

/// A write that may be repeated.
fn put(client: &Client) -> Call<supabase_management_wasm::api::network::SslEnforcementState> {
    let body = UpdateSslEnforcement::new(RequestedSslEnforcement::new(true));
    client.ssl_enforcement().update(REF, &body)
}

fn path(error: &Error) -> Option<&str> {
    assert!(matches!(error.kind(), ErrorKind::Input(_)), "{error}");
    error.fault().map(|fault| &*fault.path)
}

#[wasm_bindgen_test]
async fn a_write_may_have_been_done_by_any_of_its_attempts() {
    type Story = (&'static str, fn() -> Vec<Answer>, bool);
    let stories: [Story; 12] = [
        ("503, then no connection", || vec![busy(), refused()], true),
        ("a lost connection, then no connection", || vec![lost(), refused()], true),
        ("503, then 404", || vec![busy(), status(404, &[], "{}")], true),
        ("a lost connection, then 429", || vec![lost(), status(429, &[], "{}")], true),
        ("no connection, then 503", || vec![refused(), busy()], true),
        ("no connection, then none again", || vec![refused()], false),
        ("no connection, then 404", || vec![refused(), status(404, &[], "{}")], false),
        ("429, then no connection", || vec![status(429, &[], "{}"), refused()], false),
        // Once a 2xx was seen, it is known to have been done.
        ("503, then 200 with a body that breaks off", || vec![busy(), broken()], false),
        ("200 with a body that breaks off, then 503", || vec![broken(), busy()], false),
        ("200 with a body that breaks off, then a lost connection", || vec![broken(), lost()], false),
        ("503, then 200 with a body that is no JSON", || vec![busy(), status(200, &[], "<html>")], false),
    ];
    for (name, list, unknown) in stories {
        let fetch = answers(list());
        let error = fails(put(&fetch.client()).max_retries(1)).await;
        assert_eq!((error.attempts(), fetch.count()), (2, 2), "{name}: {error}");
        assert_eq!(error.outcome_unknown(), unknown, "{name}: {error}");
        assert_eq!(error.to_string().contains("may have done it all the same"), unknown, "{name}: {error}");
    }
    // A read changes nothing, whatever becomes of it.
    for list in [vec![busy(), refused()], vec![lost(), busy()]] {
        assert!(!fails(answers(list).client().projects().get(REF).max_retries(1)).await.outcome_unknown());
    }
}

#[wasm_bindgen_test]
async fn what_keeps_the_next_attempt_back_says_so_of_the_one_before() {
    // A token that never comes.
    let fetch = answers(vec![busy()]);
    let asked = Cell::new(0);
    let source = TokenSource::ask(move || token_of(if asked.replace(asked.get() + 1) == 0 { TOKEN.into() } else { forever() }));
    let client = Client::with(fetch.options().access_token(source));
    let error = fails(put(&client).timeout_ms(300)).await;
    assert!(matches!(error.kind(), ErrorKind::Timeout { .. }), "{error}");
    assert_eq!((error.attempts(), error.outcome_unknown()), (1, true), "{error}");
    // A window that is spent.
    let spent = &[("x-ratelimit-limit", "1"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60"), ("retry-after", "0")];
    let fetch = answers(vec![status(503, spent, "{}")]);
    let client = Client::with(fetch.options().rate_limit(RateLimitMode::Error));
    let error = fails(put(&client)).await;
    assert!(matches!(error.kind(), ErrorKind::RateLimit { .. }), "{error}");
    assert_eq!((error.attempts(), error.outcome_unknown()), (1, true), "{error}");
    // The time for all attempts.
    let stages = Cell::new(0);
    let fetch =
        Fetch::new(move || Ok(if stages.replace(stages.get() + 1) == 0 { Promise::resolve(&response(503, &[], "")).into() } else { forever() }));
    let error = fails(put(&fetch.client()).deadline_ms(900)).await;
    assert!(error.outcome_unknown(), "{error}");
}

#[wasm_bindgen_test]
async fn an_idempotency_key_that_is_empty_is_refused() {
    let fetch = answers(vec![status(200, &[], "")]);
    let body = CreateMigration::new("select 1");
    let error = fails(fetch.client().migrations().apply(REF, &body).idempotency_key("")).await;
    assert!(path(&error).is_some_and(|path| path.to_lowercase().replace('_', "").contains("idempotencykey")), "{error}");
    assert_eq!(fetch.count(), 0);
}

#[wasm_bindgen_test]
async fn bytes_are_given_as_they_came_with_what_marks_their_order() {
    let fetch = Fetch::resolving(|| response(200, &[], "\u{feff}a"));
    assert_eq!(end(fetch.client().functions().get_body(REF, "hello")).await.expect("bytes"), b"\xEF\xBB\xBFa");
    // Before JSON it means nothing.
    let fetch = Fetch::resolving(|| response(200, &[], "\u{feff}[]"));
    assert!(end(fetch.client().projects().list()).await.expect("projects").is_empty());
}

#[wasm_bindgen_test]
async fn headers_of_an_error_do_not_repeat_what_was_sent_as_a_secret() {
    let password = "correct-horse-battery";
    let echo = format!("Bearer {TOKEN}, {password}, hidden-of-the-proxy");
    let fetch = Fetch::resolving(move || response(400, &[("x-echo", &echo), ("x-plain", "as it is")], "{}"));
    let body = CreateProject::new("blog", "acme", password);
    let error = fails(fetch.client().projects().create(&body).header("x-api-key", "hidden-of-the-proxy")).await;
    let ErrorKind::Api { headers, .. } = error.kind() else { panic!("{error}") };
    let all: Vec<String> = headers.to_headers().entries().map(|(name, value)| format!("{name}: {value}")).collect();
    for text in [headers.get("x-echo").expect("a header"), all.join("\n"), format!("{headers:?}")] {
        for secret in [TOKEN, password, "hidden-of-the-proxy"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
    assert_eq!(headers.get("X-Plain").as_deref(), Some("as it is"));
    assert!(headers.get("x-echo").is_some_and(|text| text.contains("[redacted]")));
}

#[wasm_bindgen_test]
async fn paths_of_deviations_do_not_repeat_what_was_sent_as_a_secret() {
    let mut odd = project();
    odd[TOKEN] = json!(1);
    odd["of a\nkind"] = json!(1);
    let text = json!([odd]).to_string();
    let fetch = Fetch::resolving(move || response(200, &[], &text));
    let told = Rc::new(RefCell::new(Vec::new()));
    let notes = Rc::clone(&told);
    let hook = Rc::new(move |deviation: &Deviation| notes.borrow_mut().push(deviation.fault.path.clone()));
    let client = Client::with(fetch.options().on_deviation(move |event| hook(event)));
    end(client.projects().list()).await.expect("projects");
    // The mark stands where the secret was; a line break never stands raw.
    assert_eq!(told.take(), ["[0].[redacted]", r#"[0]["of a\nkind"]"#]);
}

#[wasm_bindgen_test]
async fn a_wait_that_a_server_asks_for_is_a_number_in_digits_or_a_date() {
    for junk in ["0x10", "1e3", " ", "-1", "+5", "1.5", "5 s", "1,2", "Infinity", "soon", "2099-01-01"] {
        let fetch = Fetch::resolving(move || response(429, &[("retry-after", junk)], "{}"));
        let error = fails(fetch.client().projects().list().max_retries(0)).await;
        assert_eq!(error.retry_after_ms(), None, "{junk:?}: {error}");
    }
    for (text, wait) in [("5", 5_000.0), ("0", 0.0), ("007", 7_000.0)] {
        let fetch = Fetch::resolving(move || response(429, &[("retry-after", text)], "{}"));
        assert_eq!(fails(fetch.client().projects().list().max_retries(0)).await.retry_after_ms(), Some(wait));
    }
    let date = js("new Date(Date.now() + 60000).toUTCString()").as_string().expect("a date");
    let fetch = Fetch::resolving(move || response(429, &[("retry-after", &date)], "{}"));
    let wait = fails(fetch.client().projects().list().max_retries(0)).await.retry_after_ms().expect("a wait");
    assert!((55_000.0..=60_000.0).contains(&wait), "{wait}");
}

#[wasm_bindgen_test]
async fn a_reset_in_seconds_since_1970_is_that_time() {
    let in_seconds = |seconds: f64| ((js_sys::Date::now() / 1000.0).floor() + seconds).to_string();
    let reset = in_seconds(30.0);
    let fetch = Fetch::resolving(move || response(429, &[("x-ratelimit-reset", &reset)], "{}"));
    let wait = fails(fetch.client().projects().list().max_retries(0)).await.retry_after_ms().expect("a wait");
    assert!((25_000.0..=31_000.0).contains(&wait), "{wait}");

    let reset = in_seconds(2.0);
    let fetch = Fetch::resolving(move || response(200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &reset)], "[]"));
    let client = fetch.client();
    let answer = end(client.projects().list().with_response()).await.expect("projects");
    assert!(answer.rate_limit().reset_seconds.is_some_and(|seconds| seconds <= 3), "{:?}", answer.rate_limit());
    assert!(client.rate_limits()[0].reset_seconds.is_some_and(|seconds| seconds <= 4), "{:?}", client.rate_limits());
}

#[wasm_bindgen_test]
async fn a_refused_token_is_replaced_without_a_retry() {
    let source =
        || TokenSource::refreshing(|refused: Option<String>| std::future::ready(Ok(if refused.is_some() { "new" } else { "old" }.to_owned())));
    let fetch = answers(vec![status(401, &[], "{}"), status(200, &[], "[]")]);
    let client = Client::with(fetch.options().access_token(source()).max_retries(0));
    end(client.projects().list()).await.expect("projects");
    assert_eq!((fetch.count(), &fetch.last().1["headers"]["authorization"]), (2, &json!("Bearer new")));
    let fetch = answers(vec![status(401, &[], "{}"), busy()]);
    let client = Client::with(fetch.options().access_token(source()).max_retries(0));
    assert_eq!((fails(client.projects().list()).await.status(), fetch.count()), (Some(503), 2));
}

#[wasm_bindgen_test]
async fn one_at_a_time_means_one_also_while_a_call_rests_between_two_attempts() {
    let (running, most, sent) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (now, top, count) = (Rc::clone(&running), Rc::clone(&most), Rc::clone(&sent));
    let fetch = Fetch::new(move || {
        now.set(now.get() + 1);
        top.set(top.get().max(now.get()));
        count.set(count.get() + 1);
        let (now, first) = (Rc::clone(&now), count.get() == 1);
        Ok(future_to_promise(async move {
            sleep(if first { 5 } else { 700 }).await;
            now.set(now.get() - 1);
            Ok(if first { response(503, &[], "") } else { response(200, &[], "[]") })
        })
        .into())
    });
    let client = Client::with(fetch.options().max_concurrent(1));
    let done = |call: Pin<Box<dyn Future<Output = Result<(), Error>>>>| {
        future_to_promise(async move { call.await.map(|()| JsValue::UNDEFINED).map_err(|error| error.to_string().into()) })
    };
    let list = client.projects().list();
    let first = done(Box::pin(async move { list.await.map(drop) }));
    sleep(12).await;
    for _ in 0..20 {
        end(Fetch::resolving(|| response(200, &[], "[]")).client().projects().list()).await.expect("projects");
    }
    let others = client.organizations().list();
    let second = done(Box::pin(async move { others.await.map(drop) }));
    JsFuture::from(Promise::all(&Array::of2(&first, &second))).await.expect("both");
    assert_eq!((sent.get(), most.get(), running.get()), (3, 1, 0));
}

#[wasm_bindgen_test]
async fn http_is_for_this_machine_alone() {
    let fetch = Fetch::resolving(|| response(200, &[], "[]"));
    let client = |base_url: &str| Client::with(fetch.options().base_url(base_url));
    for base_url in
        ["http://127", "http://127.0.0.1.evil.example", "http://localhost.evil", "http://127.evil.example", "http://[::2]", "http://128.0.0.1"]
    {
        let error = fails(client(base_url).projects().list()).await;
        assert_eq!(path(&error), Some("options.base_url"), "{base_url}");
    }
    assert_eq!(fetch.count(), 0);
    for base_url in ["http://127.0.0.1", "http://127.1", "http://[::1]", "http://localhost", "http://a.localhost", "http://LOCALHOST:3000/api"] {
        end(client(base_url).projects().list()).await.expect("projects");
    }
}

#[wasm_bindgen_test]
async fn a_request_is_one_of_the_endpoint_that_its_address_leads_to() {
    let routes: Rc<RefCell<Vec<String>>> = Rc::default();
    let noted = Rc::clone(&routes);
    let fetch = Fetch::resolving(|| response(200, &[], "{}"));
    let hook = Rc::new(move |event: &RequestEvent| noted.borrow_mut().push(event.route.clone()));
    let client = Client::with(fetch.options().on_request(move |event| hook(event)));
    for part in ["api-keys/legacy", "config/auth/signing-keys/legacy"] {
        end(client.request(Verb::Get, &format!("/v1/projects/{REF}/{part}"))).await.expect("JSON");
        assert_eq!(routes.take(), [format!("GET /v1/projects/{{ref}}/{part}")]);
    }
    // Who asks for tokens is known by the body: the token of somebody else has no business there.
    for part in ["token", "revoke"] {
        let body = json!({ "client_secret": "sba_correct_horse" });
        end(client.request(Verb::Post, &format!("/v1/oauth/{part}")).body(&body)).await.expect("JSON");
        assert_eq!(fetch.last().1["headers"].get("authorization"), None, "{part}");
    }
    // What the endpoint calls a secret is one.
    let fetch = Fetch::resolving(|| response(400, &[], r#"{"message":"sba_correct_horse is wrong"}"#));
    let error = fails(fetch.client().request(Verb::Post, "/v1/oauth/token").body(&json!({ "client_secret": "sba_correct_horse" }))).await;
    assert_eq!(error.message().as_deref(), Some("[redacted] is wrong"));
}

#[wasm_bindgen_test]
async fn a_request_that_reads_has_no_body() {
    let fetch = Fetch::resolving(|| response(200, &[], "{}"));
    for verb in [Verb::Get, Verb::Head] {
        let error = fails(fetch.client().request(verb, "/v1/projects").body(&json!({ "a": 1 }))).await;
        assert_eq!(path(&error), Some("body"), "{error}");
    }
    assert_eq!(fetch.count(), 0);
}

#[wasm_bindgen_test]
async fn a_wait_refuses_what_cannot_be_there_before_it_asks() {
    let fetch = Fetch::resolving(|| response(403, &[], "{}"));
    let client = fetch.client();
    path(&end(client.action_runs().wait_until_finished(REF, "")).await.expect_err("no run"));
    path(&end(client.backups().wait_until_restore_point_available(REF, "")).await.expect_err("no name"));
    path(&end(client.projects().wait_until_upgraded("short", None)).await.expect_err("no ref"));
    assert_eq!(fetch.count(), 0);
}

/// What changes in the options of the second of two calls.
type Change = Box<dyn Fn(&mut Options)>;

#[wasm_bindgen_test]
async fn only_calls_with_the_same_options_share_a_request() {
    async fn sent(one: &Change, other: &Change) -> usize {
        let fetch = Fetch::new(|| Ok(js("new Promise((resolve) => setTimeout(() => resolve(new Response('[]')), 15))")));
        let client = Client::with(fetch.options().dedupe(true));
        let calls = [one, other].map(|change| client.projects().list().with_options(change));
        let calls = calls.map(|call| future_to_promise(async move { call.await.map(|_| JsValue::TRUE).map_err(|error| error.to_string().into()) }));
        JsFuture::from(Promise::all(&calls.into_iter().collect::<Array>())).await.expect("both");
        fetch.count()
    }
    let plain: Change = Box::new(|_| ());
    assert_eq!(sent(&plain, &plain).await, 1);
    let deviation: Hook<Deviation> = Rc::new(|_| ());
    let request: Hook<RequestEvent> = Rc::new(|_| ());
    let response: Hook<ResponseEvent> = Rc::new(|_| ());
    let retry: Hook<RetryEvent> = Rc::new(|_| ());
    let changes: Vec<(&str, Change)> = vec![
        ("validation", Box::new(|options| options.validation = Validation::Strict)),
        ("large numbers", Box::new(|options| options.bigint = BigInt::String)),
        ("headers", Box::new(|options| options.headers = vec![("x-a".into(), "b".into())])),
        ("the token", Box::new(|options| options.access_token = "another-token".into())),
        ("the time of an attempt", Box::new(|options| options.timeout_ms = 1_000)),
        ("the time of all attempts", Box::new(|options| options.deadline_ms = 2_000)),
        ("retries", Box::new(|options| options.max_retries = 1)),
        ("the rate limit", Box::new(|options| options.rate_limit = RateLimitMode::Error)),
        ("the address", Box::new(|options| options.base_url = "https://proxy.example".into())),
        ("the hook of deviations", Box::new(move |options| options.on_deviation = Some(Rc::clone(&deviation)))),
        ("the hook of requests", Box::new(move |options| options.on_request = Some(Rc::clone(&request)))),
        ("the hook of responses", Box::new(move |options| options.on_response = Some(Rc::clone(&response)))),
        ("the hook of retries", Box::new(move |options| options.on_retry = Some(Rc::clone(&retry)))),
    ];
    let mut wrong = Vec::new();
    for (name, change) in &changes {
        if sent(&plain, change).await != 2 {
            wrong.push(format!("{name} differs, and they share a request"));
        }
        if sent(change, change).await != 1 {
            wrong.push(format!("{name} is the same, and they share none"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
