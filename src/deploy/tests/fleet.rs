//! One operation over many projects of the sandbox.

use futures_executor::block_on;
use serde_json::json;
use std::cell::RefCell;
use supabase_management_deploy::{Fleet, FleetEntry, Outcome};
use supabase_management_sandbox::{Fault, LocalSandbox, Options, Sandbox};
use supabase_management_wasm::{Client, api::secrets::CreateSecret};

const PROJECTS: usize = 30;

/// A sandbox with many projects, in two organizations.
fn world() -> (LocalSandbox, Client, Vec<(String, String)>) {
    let organizations = json!([{ "name": "One", "slug": "one" }, { "name": "Two", "slug": "two" }]);
    let projects: Vec<_> =
        (0..PROJECTS).map(|at| json!({ "name": format!("p{at}"), "organization_slug": if at < PROJECTS - 3 { "one" } else { "two" } })).collect();
    let options = Options { seed: Some(json!({ "organizations": organizations, "projects": projects })), startup_ms: 0, ..Options::default() };
    let sandbox = LocalSandbox::new(Sandbox::new(&options, 1_790_000_000_000).expect("a seed"));
    let client = sandbox.client();
    let list = block_on(client.projects().list().into_future()).expect("projects");
    (sandbox, client, list.into_iter().map(|project| (project.r#ref, project.organization_slug)).collect())
}

#[test]
fn a_run_goes_on_from_its_journal_and_does_nothing_twice() {
    let (sandbox, client, projects) = world();
    let region = [CreateSecret::new("REGION", "eu")];
    let lines = RefCell::new(Vec::<String>::new());
    let run = |stop_after: usize| {
        let earlier: Vec<_> = lines.borrow().iter().filter_map(|line| FleetEntry::parse(line)).collect();
        let fleet = Fleet::in_lines(projects.clone()).concurrency(3).stop_after(stop_after);
        block_on(fleet.journal(earlier, |entry| lines.borrow_mut().push(entry.to_string())).run(|project| {
            let call = client.secrets().create(&project.reference, &region);
            async move { call.await.map(|()| project.resumed) }
        }))
    };
    sandbox.fail(Fault { endpoint: "secrets.create".into(), times: Some(1), status: Some(400), ..Fault::default() }).expect("a fault");
    let first = run(1);
    assert!(!first.is_complete());
    assert!(first.projects.iter().any(|(_, outcome)| matches!(outcome, Outcome::Stopped)));
    assert_eq!(first.projects.len(), PROJECTS);

    let second = run(usize::MAX);
    assert!(second.is_complete(), "{second:?}");
    let resumed = second.projects.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Done(true))).count();
    assert_eq!(resumed, 1, "the one that failed");
    for (reference, _) in &projects {
        assert_eq!(block_on(client.secrets().list(reference).into_future()).expect("secrets").len(), 1);
    }
    let third = run(usize::MAX);
    assert!(third.projects.iter().all(|(_, outcome)| matches!(outcome, Outcome::DoneBefore)));
}

#[test]
fn lines_take_turns() {
    let (_sandbox, _client, projects) = world();
    let order = RefCell::new(Vec::new());
    block_on(Fleet::in_lines(projects.clone()).concurrency(1).run(|project| {
        order.borrow_mut().push(project.reference);
        async { Ok(()) }
    }));
    let organization = |reference: &String| projects.iter().find(|(known, _)| known == reference).map(|(_, organization)| organization.as_str());
    let first: Vec<_> = order.borrow().iter().take(6).map(organization).collect();
    assert_eq!(first, [Some("one"), Some("two"), Some("one"), Some("two"), Some("one"), Some("two")]);
}

#[test]
fn a_line_that_was_cut_off_is_no_entry() {
    let entry = FleetEntry { kind: "done", reference: "abcdefghijklmnopqrst".into(), attempt: 2 };
    assert_eq!(FleetEntry::parse(&entry.to_string()), Some(entry.clone()));
    let line = entry.to_string();
    assert_eq!(FleetEntry::parse(&line[..line.len() - 3]), None);
}
