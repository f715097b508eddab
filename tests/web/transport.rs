//! Sending again, waiting for a turn, and what is told of it.

use super::*;
use supabase_management_wasm::api::analytics::LogsQuery;
use supabase_management_wasm::api::database::CreateMigration;
use supabase_management_wasm::{BucketState, RateLimitMode};

const SPENT: &[(&str, &str)] = &[("x-ratelimit-limit", "120"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60")];

/// What a fetch resolves to, or rejects with.
pub(super) type Answer = Box<dyn Fn() -> Result<JsValue, JsValue>>;

/// A fetch that gives these answers, one after the other; the last one again and again.
pub(super) fn answers(list: Vec<Answer>) -> Fetch {
    let count = Cell::new(0);
    Fetch::new(move || {
        let at = count.get().min(list.len() - 1);
        count.set(count.get() + 1);
        list[at]().map(|answer| Promise::resolve(&answer).into())
    })
}

pub(super) fn status(status: u16, headers: &'static [(&str, &str)], body: &'static str) -> Answer {
    Box::new(move || Ok(response(status, headers, body)))
}

pub(super) fn lost() -> Answer {
    Box::new(|| Err(js_sys::TypeError::new("fetch failed").into()))
}

#[wasm_bindgen_test]
async fn what_does_no_harm_is_sent_again() {
    for first in [lost, || status(503, &[], "<html>"), || status(429, &[], "{}")] {
        let fetch = answers(vec![first(), status(200, &[], "[]")]);
        let answer = end(fetch.client().projects().list().with_response()).await.expect("projects");
        assert_eq!((answer.attempts, fetch.count()), (2, 2));
    }
    let fetch = answers(vec![status(500, &[], "{}")]);
    assert_eq!((fails(fetch.client().projects().list()).await.attempts(), fetch.count()), (1, 1));
    let fetch = answers(vec![lost()]);
    assert_eq!((fails(fetch.client().projects().list().max_retries(1)).await.attempts(), fetch.count()), (2, 2));
}

#[wasm_bindgen_test]
async fn a_write_that_may_have_been_done_is_not_sent_again() {
    let fetch = answers(vec![lost(), status(200, &[], "")]);
    let error = fails(fetch.client().projects().pause(REF)).await;
    assert_eq!((error.outcome_unknown(), error.attempts(), fetch.count()), (true, 1, 1));
    let refused = js("Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })");
    let fetch = answers(vec![Box::new(move || Err(refused.clone()))]);
    assert!(!fails(fetch.client().projects().pause(REF)).await.outcome_unknown());
    // With a key, the API does the work of it once.
    let migration = CreateMigration::new("select 1");
    let fetch = answers(vec![lost(), status(200, &[], "")]);
    end(fetch.client().migrations().apply(REF, &migration).idempotency_key("k")).await.expect("done");
    assert_eq!(fetch.count(), 2);
}

#[wasm_bindgen_test]
async fn a_wait_that_does_not_fit_is_an_error_at_once() {
    let fetch = answers(vec![status(429, &[("retry-after", "60")], r#"{"message":"ThrottlerException: Too Many Requests"}"#)]);
    let client = fetch.client();
    let error = fails(client.projects().list().deadline_ms(500)).await;
    assert_eq!((error.status(), error.retry_after_ms()), (Some(429), Some(60_000.0)));
    assert!(error.to_string().contains("60000 ms"), "{error}");
    // And the next call knows it.
    let error = fails(client.projects().list().deadline_ms(500)).await;
    assert!(matches!(error.kind(), ErrorKind::RateLimit { .. }), "{error}");
    assert_eq!((error.attempts(), fetch.count()), (0, 1));
}

#[wasm_bindgen_test]
async fn a_spent_window_is_an_error_or_a_wait() {
    let fetch = answers(vec![status(200, SPENT, "[]")]);
    let client = Client::with(fetch.options().rate_limit(RateLimitMode::Error));
    end(client.projects().list()).await.expect("projects");
    let error = fails(client.projects().list()).await;
    assert!(error.retry_after_ms().is_some_and(|wait| wait > 59_000.0), "{error}");
    let [BucketState { endpoint: "projects.list", limit: Some(120), remaining: Some(0), running: 0, waiting: 0, .. }] = &client.rate_limits()[..]
    else {
        panic!("{:?}", client.rate_limits());
    };
    let short = &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")];
    let fetch = answers(vec![status(200, short, "[]")]);
    let client = fetch.client();
    end(client.projects().list()).await.expect("projects");
    let before = js_sys::Date::now();
    end(client.projects().list()).await.expect("projects");
    let waited = js_sys::Date::now() - before;
    assert!((900.0..1500.0).contains(&waited), "{waited}");
}

#[wasm_bindgen_test]
async fn one_call_goes_ahead_of_the_others_to_learn_the_limit() {
    let release: Rc<RefCell<Vec<Function>>> = Rc::default();
    let held = Rc::clone(&release);
    let fetch = Fetch::new(move || Ok(Promise::new(&mut |resolve, _| held.borrow_mut().push(resolve)).into()));
    let client = fetch.client();
    let calls: Vec<_> = (0..5)
        .map(|_| {
            future_to_promise({
                let call = client.projects().list();
                async move { call.await.map(|_| JsValue::UNDEFINED).map_err(|error| error.to_string().into()) }
            })
        })
        .collect();
    sleep(20).await;
    assert_eq!(fetch.count(), 1);
    let answer = || response(200, &[("x-ratelimit-remaining", "100"), ("x-ratelimit-reset", "60")], "[]");
    let resolve = release.borrow_mut().remove(0);
    resolve.call1(&JsValue::UNDEFINED, &answer()).expect("a promise");
    sleep(20).await;
    assert_eq!(fetch.count(), 5);
    for resolve in release.take() {
        resolve.call1(&JsValue::UNDEFINED, &answer()).expect("a promise");
    }
    JsFuture::from(Promise::all(&calls.into_iter().collect::<Array>())).await.expect("all of them");
}

#[wasm_bindgen_test]
async fn a_deadline_is_for_all_attempts_together() {
    let fetch = Fetch::new(|| Ok(forever()));
    let before = js_sys::Date::now();
    let error = fails(fetch.client().projects().list().timeout_ms(40).deadline_ms(100)).await;
    assert!(matches!(error.kind(), ErrorKind::Timeout { .. }), "{error}");
    assert!(js_sys::Date::now() - before < 400.0);
}

#[wasm_bindgen_test]
async fn a_source_gets_another_token_once() {
    let asked: Rc<RefCell<Vec<Option<String>>>> = Rc::default();
    let seen = Rc::clone(&asked);
    let source = TokenSource::refreshing(move |refused: Option<String>| {
        seen.borrow_mut().push(refused.clone());
        std::future::ready(Ok(if refused.is_some() { "sbp_new".to_owned() } else { TOKEN.to_owned() }))
    });
    let fetch = answers(vec![status(401, &[], r#"{"message":"Unauthorized"}"#), status(201, &[], "{}")]);
    let client = Client::with(fetch.options().access_token(source));
    end(client.projects().pause(REF)).await.expect("done");
    assert_eq!(fetch.last().1["headers"]["authorization"], json!("Bearer sbp_new"));
    assert_eq!(*asked.borrow(), [None, Some(TOKEN.to_owned())]);
    let fetch = answers(vec![status(401, &[], "{}")]);
    let error = fails(client.projects().pause(REF).with_options(|options| options.fetch = Some(fetch.function.clone().into()))).await;
    assert_eq!((error.status(), error.attempts()), (Some(401), 2));
}

#[wasm_bindgen_test]
async fn hooks_are_told_without_values() {
    let told: Rc<RefCell<Vec<String>>> = Rc::default();
    let (one, two, three) = (Rc::clone(&told), Rc::clone(&told), Rc::clone(&told));
    let fetch = answers(vec![status(503, &[], "no"), status(200, &[], "[]")]);
    let options = fetch
        .options()
        .on_request(move |event| one.borrow_mut().push(format!("{} {} {}", event.endpoint, event.route, event.attempt)))
        .on_response(move |event| two.borrow_mut().push(format!("{:?} {:?} {}", event.status, event.error, event.attempt)))
        .on_retry(move |event| three.borrow_mut().push(format!("{} {}", event.reason, event.attempt)));
    end(Client::with(options).functions().list(REF)).await.expect("functions");
    let route = "functions.list GET /v1/projects/{ref}/functions";
    let expected = [&format!("{route} 1"), "Some(503) Some(\"ApiError\") 1", "503 1", &format!("{route} 2"), "Some(200) None 2"];
    assert_eq!(*told.borrow(), expected);
}

#[wasm_bindgen_test]
async fn reads_that_are_the_same_share_a_request() {
    let fetch = Fetch::new(|| Ok(js("new Promise((resolve) => setTimeout(() => resolve(new Response('[]')), 30))")));
    let client = Client::with(fetch.options().dedupe(true));
    let controller = AbortController::new().expect("a controller");
    let (one, two) = (client.projects().list().into_future(), client.projects().list().into_future());
    let gone = client.projects().list().signal(&controller.signal()).into_future();
    let calls = [one, two].map(|call| future_to_promise(async { call.await.map(|_| JsValue::TRUE).map_err(|error| error.to_string().into()) }));
    let gone = future_to_promise(async { Ok(gone.await.err().map(|error| matches!(error.kind(), ErrorKind::Aborted { .. })).into()) });
    sleep(5).await;
    controller.abort();
    assert_eq!(JsFuture::from(gone).await, Ok(JsValue::TRUE));
    for call in calls {
        assert_eq!(JsFuture::from(call).await, Ok(JsValue::TRUE));
    }
    assert_eq!(fetch.count(), 1);
    end(client.projects().list()).await.expect("projects");
    assert_eq!(fetch.count(), 2);
}

#[wasm_bindgen_test]
async fn errors_say_what_can_be_done() {
    let fetch = answers(vec![status(403, &[], r#"{"message":"no","missing_permissions":["a_b"]}"#)]);
    let error = fails(fetch.client().projects().get(REF)).await;
    assert_eq!(error.required_scope(), Some("projects:read"));
    assert_eq!(error.required_permissions(), [["project_admin_read"]]);
    assert!(error.to_string().ends_with("missing: a_b)"), "{error}");
    let fetch = answers(vec![status(404, &[], r#"{"message":"Cannot GET /v1/x"}"#)]);
    assert!(fails(fetch.client().projects().get(REF)).await.unknown_route());
    let fetch = answers(vec![status(400, &[], r#"{"message":"roles: Invalid input: expected array"}"#)]);
    let expected = [("roles".to_owned(), "Invalid input: expected array".to_owned())];
    assert_eq!(fails(fetch.client().projects().get(REF)).await.validation_errors(), expected);
    let fetch = answers(vec![status(200, &[], r#"{"result":null,"error":{"message":"bad sql"}}"#)]);
    let error = fails(fetch.client().analytics().get_logs(REF, &LogsQuery::default())).await;
    assert_eq!((error.status(), error.message().as_deref()), (Some(200), Some("bad sql")));
}

#[wasm_bindgen_test]
async fn a_call_that_is_dropped_aborts_its_request() {
    let fetch = Fetch::new(|| Ok(forever()));
    let client = fetch.client();
    let mut call = client.projects().list().into_future();
    let waker = std::task::Waker::noop();
    assert!(std::pin::Pin::new(&mut call).poll(&mut std::task::Context::from_waker(waker)).is_pending());
    sleep(5).await;
    let signal = get(&fetch.calls.borrow()[0].1, "signal");
    assert_eq!(get(&signal, "aborted"), JsValue::FALSE);
    drop(call);
    assert_eq!(get(&signal, "aborted"), JsValue::TRUE);
}
