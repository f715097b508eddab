//! Waits: whole, step by step, late, aborted, and over polls that fail.

use super::*;
use supabase_management_wasm::api::projects::{Project, ServiceName};
use supabase_management_wasm::{Verdict, wait_until};

fn with_status(status: &str) -> serde_json::Value {
    let mut project = project();
    project["status"] = json!(status);
    project
}

/// A `fetch` that answers in turn, with the last for ever.
fn answering(answers: Vec<(u16, serde_json::Value)>) -> Fetch {
    let next = Cell::new(0);
    Fetch::resolving(move || {
        let at = next.get();
        next.set((at + 1).min(answers.len() - 1));
        answer(answers[at].0, &answers[at].1)
    })
}

fn statuses(list: &[&str]) -> Fetch {
    answering(list.iter().map(|status| (200, with_status(status))).collect())
}

#[wasm_bindgen_test]
async fn a_wait_gives_the_answer_that_ends_it() {
    let fetch = statuses(&["UNKNOWN", "COMING_UP", "ACTIVE_HEALTHY"]);
    let project = end(fetch.client().projects().wait_until_healthy(REF).poll_ms(1)).await.expect("a project");
    assert_eq!((project.status, fetch.count()), (ProjectStatus::ActiveHealthy, 3));
}

#[wasm_bindgen_test]
async fn each_poll_is_told_and_a_failure_ends_it() {
    let fetch = statuses(&["COMING_UP", "INIT_FAILED"]);
    let mut wait = fetch.client().projects().wait_until_healthy(REF).poll_ms(1);
    let mut seen = Vec::new();
    let error = loop {
        match wait.next().await.expect("an end") {
            Ok(progress) => seen.push((progress.status, progress.polls, progress.state.status.clone())),
            Err(error) => break error,
        }
    };
    assert!(wait.next().await.is_none());
    let expected = [("COMING_UP".into(), 1, ProjectStatus::ComingUp), ("INIT_FAILED".into(), 2, ProjectStatus::InitFailed)];
    assert_eq!(seen, expected);
    assert!(matches!(error.kind(), ErrorKind::Wait { status } if status == "INIT_FAILED"));
    assert_eq!(error.to_string(), "projects.waitUntilHealthy: the project is INIT_FAILED after 2 polls");
    assert_eq!(error.state::<Project>().map(|project| &project.status), Some(&ProjectStatus::InitFailed));
    assert!(!format!("{error:?}").contains("db.example"));
}

#[wasm_bindgen_test]
async fn services_must_be_healthy_as_well() {
    let health = |status: &str| json!([{ "name": "auth", "status": status, "healthy": false }]);
    let healthy = (200, with_status("ACTIVE_HEALTHY"));
    let fetch =
        answering(vec![(200, with_status("COMING_UP")), healthy.clone(), (200, health("UNHEALTHY")), healthy, (200, health("ACTIVE_HEALTHY"))]);
    end(fetch.client().projects().wait_until_healthy(REF).services(&[ServiceName::Auth]).poll_ms(1)).await.expect("a project");
    assert_eq!(fetch.count(), 5);
    assert!(fetch.last().0.ends_with("/health?services=auth"));
    let error = end(fetch.client().projects().wait_until_paused(REF).services(&[ServiceName::Auth])).await.expect_err("not of this wait");
    assert_eq!(error.fault().map(|fault| &*fault.path), Some("options.services"));
}

#[wasm_bindgen_test]
async fn what_is_gone_is_deleted() {
    for gone in [(400, json!({ "message": "Resource has been removed" })), (404, json!({ "message": "Project not found" }))] {
        let fetch = answering(vec![(200, with_status("GOING_DOWN")), gone]);
        assert!(end(fetch.client().projects().wait_until_deleted(REF).poll_ms(1)).await.expect("nothing").is_none());
    }
    let fetch = answering(vec![(404, json!({ "message": "Cannot GET /v1/projects/x" }))]);
    assert_eq!(end(fetch.client().projects().wait_until_deleted(REF)).await.expect_err("no such route").status(), Some(404));
}

#[wasm_bindgen_test]
async fn a_hostname_that_is_verified_refuses_to_be_so_again() {
    let ssl = json!({ "status": "active", "validation_records": [] });
    let proof = json!({ "type": "", "name": "", "value": "" });
    let result = json!({ "id": "1", "hostname": "a", "ssl": ssl, "ownership_verification": proof, "custom_origin_server": "b", "status": "active" });
    let config = |status: &str| {
        let data = json!({ "success": true, "errors": [], "messages": [], "result": result });
        json!({ "status": status, "custom_hostname": "a", "data": data })
    };
    let refusal = (400, json!({ "message": "Verification has been completed, please proceed to activation." }));
    let fetch = answering(vec![refusal.clone(), (200, config("4_origin_setup_completed"))]);
    end(fetch.client().custom_hostname().wait_until_verified(REF)).await.expect("a hostname");
    let fetch = answering(vec![refusal, (200, config("2_initiated"))]);
    assert_eq!(end(fetch.client().custom_hostname().wait_until_verified(REF)).await.expect_err("not yet").status(), Some(400));
}

#[wasm_bindgen_test]
async fn a_wait_ends_when_its_time_is_over() {
    let fetch = statuses(&["COMING_UP"]);
    let error = end(fetch.client().projects().wait_until_healthy(REF).poll_ms(10).deadline_ms(60)).await.expect_err("too late");
    assert!(matches!(error.kind(), ErrorKind::Timeout { timeout_ms: 60, .. }), "{error}");
    assert!(error.to_string().starts_with("projects.waitUntilHealthy: the project is COMING_UP after 60 ms and "), "{error}");
    assert!(error.state::<Project>().is_some() && fetch.count() > 1);

    let silent = Fetch::new(|| Ok(forever()));
    let error = end(silent.client().projects().wait_until_healthy(REF).deadline_ms(30)).await.expect_err("too late");
    assert!(error.state::<Project>().is_none());
    assert_eq!(get(&get(&silent.calls.borrow()[0].1, "signal"), "aborted"), JsValue::TRUE, "the connection is closed");

    for wait in [fetch.client().projects().wait_until_healthy(REF).poll_ms(0), fetch.client().projects().wait_until_healthy(REF).deadline_ms(0)] {
        assert!(matches!(end(wait).await.expect_err("no time").kind(), ErrorKind::Input(_)));
    }
}

#[wasm_bindgen_test]
async fn an_aborted_wait_gives_the_reason_of_its_signal() {
    let reason = js("new Error('why')");
    for fetch in [Fetch::new(|| Ok(forever())), statuses(&["COMING_UP"])] {
        let controller = AbortController::new().expect("a controller");
        let wait = fetch.client().projects().wait_until_healthy(REF).signal(&controller.signal());
        let (later, why) = (controller.clone(), reason.clone());
        wasm_bindgen_futures::spawn_local(async move {
            sleep(20).await;
            later.abort_with_reason(&why);
        });
        let error = end(wait).await.expect_err("aborted");
        assert!(matches!(error.kind(), ErrorKind::Aborted { reason: given, .. } if given.js() == Some(&reason)), "{error}");
        // One that is aborted already polls nothing.
        let count = fetch.count();
        end(fetch.client().projects().wait_until_healthy(REF).signal(&controller.signal())).await.expect_err("aborted");
        assert_eq!(fetch.count(), count);
    }
}

#[wasm_bindgen_test]
async fn polls_may_fail_five_times_in_a_row() {
    let busy = (503, json!({ "message": "busy" }));
    let with = |times: usize| {
        let mut answers = vec![busy.clone(); times];
        answers.push((200, with_status("ACTIVE_HEALTHY")));
        answering(answers)
    };
    let client = |fetch: &Fetch| Client::with(fetch.options().max_retries(0));
    let wait = |fetch: &Fetch| client(fetch).projects().wait_until_healthy(REF).poll_ms(1);
    end(wait(&with(5))).await.expect("a project");
    assert_eq!(end(wait(&with(6))).await.expect_err("too often").status(), Some(503));
    let refused = answering(vec![(403, json!({ "message": "no" }))]);
    assert_eq!(end(wait(&refused)).await.expect_err("refused").status(), Some(403));
    assert_eq!(refused.count(), 1);
}

#[wasm_bindgen_test]
async fn one_can_wait_for_anything() {
    let fetch = Fetch::resolving(|| answer(200, &json!([])));
    let (projects, count) = (fetch.client().projects(), Rc::new(Cell::new(0)));
    let seen = Rc::clone(&count);
    let wait = wait_until(
        move |poll| poll.call(projects.list()),
        move |_| {
            seen.set(seen.get() + 1);
            seen.get() == 3
        },
    );
    let wait = wait.poll_ms(1).with_options(|options| options.headers.push(("x-a".into(), "b".into())));
    assert!(end(wait).await.expect("a list").is_empty());
    assert_eq!((count.get(), &fetch.last().1["headers"]["x-a"]), (3, &json!("b")));
    let projects = fetch.client().projects();
    let error = end(wait_until(move |poll| poll.call(projects.list()), |_| Verdict::Failed)).await.expect_err("failed");
    assert_eq!(error.to_string(), "waitUntil: the state is failed after 1 poll");
}
