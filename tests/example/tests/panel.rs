//! The logic, against a scripted API: no network, no browser, and no time that passes.

use futures_executor::block_on;
use serde_json::{Value, json};
use std::time::Duration;
use supabase_management_example::{Saved, advice, save_secret, sleeping, wake};
use supabase_management_wasm::Client;
use supabase_management_wasm::testing::{Reply, Script, api_error};

const REF: &str = "abcdefghijklmnopqrst";

/// The client that a test gives to what it tests.
fn scripted(script: &Script) -> Client {
    Client::with_transport(script.clone())
}

fn project(status: &str) -> Reply {
    let database = json!({ "host": "db.example.com", "version": "17.6.1", "postgres_engine": "17", "release_channel": "ga" });
    let mut project = json!({ "ref": REF, "name": "blog", "region": "us-east-1", "created_at": "2026-02-10T08:50:31Z", "status": status });
    for (name, value) in [("id", REF.into()), ("organization_id", "acme".into()), ("organization_slug", "acme".into()), ("database", database)] {
        project[name] = value;
    }
    Reply::json(200, &project)
}

/// A page of the projects of an organization, two to a page.
fn page(offset: u32, projects: &[(&str, &str)]) -> Reply {
    let listed = |(name, status): &(&str, &str)| -> Value {
        json!({
            "ref": REF, "name": name, "status": status, "cloud_provider": "AWS", "region": "us-east-1", "is_branch": false,
            "inserted_at": "2026-02-10T08:50:31Z", "databases": [],
        })
    };
    let projects: Vec<_> = projects.iter().map(listed).collect();
    Reply::json(200, &json!({ "projects": projects, "pagination": { "count": 3, "limit": 2, "offset": offset } }))
}

#[test]
fn projects_that_sleep_are_found_on_every_page() {
    let script = Script::new().expect("organizations.listProjects", page(0, &[("blog", "INACTIVE"), ("shop", "ACTIVE_HEALTHY")])).expect_with(
        "organizations.listProjects",
        |request| assert!(request.uri().query().unwrap().contains("offset=2")),
        page(2, &[("wiki", "INACTIVE")]),
    );
    assert_eq!(block_on(sleeping(&scripted(&script), "acme")).unwrap(), ["blog", "wiki"]);
    script.finish();
}

#[test]
fn a_secret_says_what_it_has_replaced() {
    for (known, saved) in [(json!([]), Saved::Created), (json!([{ "name": "API_KEY", "value": "5f2b" }]), Saved::Replaced)] {
        let script = Script::new().expect("secrets.list", Reply::json(200, &known)).expect_with(
            "secrets.create",
            |request| assert_eq!(request.body(), br#"[{"name":"API_KEY","value":"s3cret"}]"#),
            Reply::empty(201),
        );
        assert_eq!(block_on(save_secret(&scripted(&script), REF, "API_KEY", "s3cret")).unwrap(), saved);
        script.finish();
    }
}

#[test]
fn a_name_that_is_reserved_is_explained_and_sends_no_write() {
    let script = Script::new().expect("secrets.list", Reply::json(200, &json!([])));
    let error = block_on(save_secret(&scripted(&script), REF, "SUPABASE_URL", "https://example.com")).unwrap_err();
    assert!(advice(&error).starts_with("Please correct this: secrets.create"), "{}", advice(&error));
    script.finish();
}

#[test]
fn waking_shows_each_step_and_takes_the_test_no_time() {
    let script = Script::new()
        .expect("projects.restore", Reply::empty(200))
        .expect("projects.get", project("RESTORING"))
        .expect("projects.get", Reply::error(503, "later"))
        .expect("projects.get", Reply::error(503, "later"))
        .expect("projects.get", Reply::error(503, "later"))
        .expect("projects.get", project("COMING_UP").after(Duration::from_secs(2)))
        .expect("projects.get", project("ACTIVE_HEALTHY"));
    let mut lines = Vec::new();
    let woken = block_on(wake(&scripted(&script), REF, |line| lines.push(line))).unwrap();
    assert_eq!(woken.name, "blog");
    let statuses: Vec<_> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(statuses, ["RESTORING", "COMING_UP", "ACTIVE_HEALTHY"]);
    script.finish();
}

#[test]
fn a_project_that_cannot_be_restored_is_an_error() {
    let script = Script::new().expect("projects.restore", Reply::empty(200)).expect("projects.get", project("RESTORE_FAILED"));
    let error = block_on(wake(&scripted(&script), REF, drop)).unwrap_err();
    assert!(error.to_string().contains("RESTORE_FAILED"), "{error}");
    script.finish();
}

#[test]
fn people_are_told_what_they_can_do() {
    for (status, message, words) in [
        (401, "JWT expired", "Your session is over. Please sign in again."),
        (429, "Too Many Requests", "That was a bit much at once. Please try again in a minute."),
        (404, "Project not found", "That did not work: Project not found"),
    ] {
        assert_eq!(advice(&api_error("projects.get", status, message)), words);
    }
}

#[test]
fn a_write_that_may_have_been_done_is_not_called_a_failure() {
    let script = Script::new().expect("secrets.list", Reply::json(200, &json!([]))).expect("secrets.create", Reply::lost("connection reset"));
    let error = block_on(save_secret(&scripted(&script), REF, "API_KEY", "s3cret")).unwrap_err();
    assert_eq!(advice(&error), "It may have been done all the same. Please look before you try again.");
    script.finish();
}
