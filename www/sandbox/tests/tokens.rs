//! What one token's account holds is not there for another.

use serde_json::{Value, json};
use supabase_management_sandbox::{Options, Request, Response, Sandbox};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::Body;

const MINE: &str = "Bearer sbp_mine";
const OTHER: &str = "Bearer sbp_other";
const PROJECT: &str = "minemineminemineaaaa";
/// Nobody has it.
const NOWHERE: &str = "zzzzzzzzzzzzzzzzzzzz";

fn sandbox() -> Sandbox {
    let seed = json!({
        "organizations": [
            { "slug": "mine", "name": "Mine", "tokens": ["sbp_mine"] },
            { "slug": "other", "name": "Other", "tokens": ["sbp_other"] },
            { "slug": "shared", "name": "Shared" },
        ],
        "projects": [
            { "ref": PROJECT, "name": "mine", "organization_slug": "mine", "branches": [{ "branch_name": "preview" }],
              "snippets": [{ "name": "secret", "sql": "select 1" }], "functions": [{ "slug": "hello", "name": "Hello", "body": "" }] },
            { "name": "shared", "organization_slug": "shared" },
        ],
    });
    Sandbox::new(&Options { seed: Some(seed), ..Options::default() }, 0).unwrap()
}

fn send(sandbox: &mut Sandbox, authorization: &str, method: &str, target: &str, body: Option<&Value>) -> Response {
    let text = body.map(Value::to_string).unwrap_or_default();
    let content_type = body.map(|_| "application/json");
    let request = Request { method, target, authorization: Some(authorization), content_type, body: text.as_bytes(), ..Request::default() };
    sandbox.handle(&request, 0)
}

fn get(sandbox: &mut Sandbox, authorization: &str, target: &str) -> Value {
    serde_json::from_slice(&send(sandbox, authorization, "GET", target, None).body).unwrap_or_default()
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[test]
fn a_token_sees_what_is_its_own_and_what_is_everybody_s() {
    let mut sandbox = sandbox();
    assert_eq!(names(&get(&mut sandbox, MINE, "/v1/organizations")), ["Mine", "Shared"]);
    assert_eq!(names(&get(&mut sandbox, OTHER, "/v1/organizations")), ["Other", "Shared"]);
    assert_eq!(names(&get(&mut sandbox, "Bearer sbp_stranger", "/v1/organizations")), ["Shared"]);
    assert_eq!(names(&get(&mut sandbox, MINE, "/v1/projects")), ["mine", "shared"]);
    assert_eq!(names(&get(&mut sandbox, OTHER, "/v1/projects")), ["shared"]);
    assert_eq!(get(&mut sandbox, MINE, "/v1/snippets")["data"][0]["name"], "secret");
    assert_eq!(get(&mut sandbox, OTHER, "/v1/snippets")["data"], json!([]));
}

#[test]
fn what_another_token_s_account_holds_cannot_be_told_from_what_does_not_exist() {
    let mut sandbox = sandbox();
    let branch = get(&mut sandbox, MINE, &format!("/v1/projects/{PROJECT}/branches"))[0]["id"].as_str().unwrap().to_owned();
    let mut compared = 0;
    for row in endpoints() {
        let own = row.route.replace("{ref}", PROJECT).replace("{slug}", "mine").replace("{branch_id_or_ref}", &branch);
        let nobody_s =
            row.route.replace("{ref}", NOWHERE).replace("{slug}", "nobody").replace("{branch_id_or_ref}", "2d8f4c10-6a0e-4f7c-8c39-6b6d8b1a2c3d");
        if own == nobody_s {
            continue;
        }
        let fill = |route: &str| {
            let mut filled = String::new();
            for part in route.split('/').skip(1) {
                filled.push('/');
                filled.push_str(if part.starts_with('{') { "0f4a8c52-6d0b-4f7e-9a3c-5b1e27d94c60" } else { part });
            }
            filled
        };
        let answers = [own, nobody_s].map(|route| {
            let response = send(&mut sandbox, OTHER, row.verb.as_str(), &fill(&route), (!matches!(row.body, Body::None)).then_some(&json!({})));
            (response.status, response.body)
        });
        assert_eq!(answers[0], answers[1], "{}", row.id);
        assert!(answers[0].0 >= 400, "{}: {}", row.id, answers[0].0);
        compared += 1;
    }
    assert!(compared > 190, "{compared}");
    // Nothing of it has changed.
    assert_eq!(names(&get(&mut sandbox, MINE, &format!("/v1/projects/{PROJECT}/functions"))), ["Hello"]);
}

#[test]
fn what_a_token_with_an_account_creates_is_its_own() {
    let mut sandbox = sandbox();
    let made = send(&mut sandbox, OTHER, "POST", "/v1/organizations", Some(&json!({ "name": "New" })));
    assert_eq!(made.status, 201);
    assert_eq!(names(&get(&mut sandbox, OTHER, "/v1/organizations")), ["Other", "Shared", "New"]);
    assert_eq!(names(&get(&mut sandbox, MINE, "/v1/organizations")), ["Mine", "Shared"]);
    // A token itself is not in the state, and what it owns is read back.
    let state = sandbox.save();
    assert!(!state.contains("sbp_"));
    let mut again = Sandbox::new(&Options { state: Some(state), ..Options::default() }, 0).unwrap();
    assert_eq!(names(&get(&mut again, MINE, "/v1/organizations")), ["Mine", "Shared"]);
}
