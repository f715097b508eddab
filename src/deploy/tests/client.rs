//! Plan and apply over the client, against the sandbox: the same as in tests/deploy.test.js.

use futures_executor::block_on;
use serde_json::json;
use supabase_management_deploy::{Desired, Error, Part, parse_env, plan};
use supabase_management_sandbox::{Fault, LocalSandbox, Options, Sandbox};
use supabase_management_wasm::Client;

/// A sandbox with one project that has nothing.
fn world() -> (LocalSandbox, Client, String) {
    let options = Options { seed: Some(json!({ "projects": [{ "name": "blog" }] })), startup_ms: 0, ..Options::default() };
    let sandbox = LocalSandbox::new(Sandbox::new(&options, 1_790_000_000_000).expect("a seed"));
    let client = sandbox.client();
    let reference = block_on(client.projects().list().into_future()).expect("projects")[0].r#ref.clone();
    (sandbox, client, reference)
}

fn files() -> Vec<(String, String)> {
    let files = [
        ("supabase/config.toml", "[functions.hello]\nverify_jwt = false\n[auth]\nsite_url = \"https://blog.example\"\n"),
        ("supabase/functions/hello/index.ts", "import \"../_shared/a.ts\";\nDeno.serve(() => new Response('hello'))"),
        ("supabase/functions/_shared/a.ts", "export const a = 'ä';"),
        ("supabase/functions/two/index.ts", "Deno.serve(() => new Response('two'))"),
    ];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec()
}

#[test]
fn a_second_plan_is_empty() {
    let (_sandbox, client, reference) = world();
    let desired = || Desired::new(files()).secrets(parse_env("A=1\nB='two words'\n"));
    let mut work = block_on(plan(&client, Some(&reference), desired())).expect("a plan");
    let names: Vec<&str> = work.changes().iter().map(|change| change.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "auth.site_url", "hello", "two"]);
    let shown = format!("{work} {work:?}");
    assert!(!shown.contains("two words"), "{shown}");

    let applied = block_on(work.apply()).expect("applied");
    assert_eq!(applied.done.len(), 5);
    assert_eq!(applied.remembered.len(), 2);
    let functions = block_on(client.functions().list(&reference).into_future()).expect("functions");
    assert_eq!(functions.iter().find(|function| function.slug == "hello").and_then(|function| function.verify_jwt), Some(false));

    let again = block_on(plan(&client, Some(&reference), desired().remembered(applied.remembered))).expect("a plan");
    assert!(again.is_empty(), "{again}");
    assert_eq!(again.unchanged(), 4);
}

#[test]
fn an_apply_that_breaks_off_goes_on_from_there() {
    let (sandbox, client, reference) = world();
    let desired = Desired::new(files()).only(&[Part::Functions, Part::Secrets]).secrets([("A", "1")]);
    let mut work = block_on(plan(&client, Some(&reference), desired)).expect("a plan");
    sandbox.fail(Fault { endpoint: "functions.bulkUpdate".into(), status: Some(400), ..Fault::default() }).expect("a fault");
    match block_on(work.apply()) {
        Err(Error::BrokenOff { done, left, cause, .. }) => {
            assert_eq!((done.len(), left.len()), (1, 2));
            assert_eq!(cause.status(), Some(400));
        }
        other => panic!("{other:?}"),
    }
    let applied = block_on(work.apply()).expect("applied");
    assert_eq!(applied.done.len(), 2);
}

#[test]
fn a_fault_has_its_place() {
    let (_sandbox, client, reference) = world();
    let cases = [
        ("supabase/config.toml", "a = ?", "supabase/config.toml:1:5"),
        ("supabase/config.toml", "[functions.nowhere]\n", "functions.nowhere.entrypoint"),
        ("supabase/migrations/1_a.sql", "begin; commit;", "supabase/migrations/1_a.sql"),
    ];
    for (path, text, place) in cases {
        match block_on(plan(&client, Some(&reference), Desired::new([(path, text)]))) {
            Err(Error::Input(fault)) => assert_eq!(fault.path, place),
            other => panic!("{other:?}"),
        }
    }
}

/// Rules that read a folder piece by piece, and a configuration that names a file.
#[test]
fn a_file_that_the_configuration_names_is_asked_for() {
    use supabase_management_deploy::{Next, next};
    let desired = json!({ "ref": "abcdefghijklmnopqrst", "config": { "auth": { "email": { "template": { "invite": { "content_path": "./supabase/invite.html" } } } } } });
    let known = json!({ "directories": ["supabase/"], "paths": ["supabase/invite.html"], "files": {}, "answers": {}, "now": "2026-11-30T00:00:00Z" });
    match next(&desired, &known) {
        Ok(Next::Files(paths)) => assert_eq!(paths, ["supabase/invite.html"]),
        other => panic!("{other:?}"),
    }
}
