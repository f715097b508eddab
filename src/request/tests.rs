//! Requests of rows and without one.

use super::{Arguments, BodyArgument, Destination, Request};
use crate::api::endpoints;
use crate::fault::Fault;
use crate::redact::Secrets;
use crate::schema::Type;
use crate::schema::endpoint::{Answer, Body, Endpoint, Placeholder, Repeat, Verb};
use serde_json::json;

const REF: &str = "hqvkzumdtlrwaxbeogcy";

fn row(id: &str) -> &'static Endpoint {
    endpoints().iter().find(|row| row.id == id).expect("a row")
}

/// A request with these arguments, and what of it must not be printed.
fn request(row: &'static Endpoint, paths: &[&str], query: &str, body: BodyArgument<'_>) -> (Result<Request, Fault>, Secrets) {
    let paths = json!(paths).to_string();
    let arguments = Arguments { paths: paths.as_bytes(), query: query.as_bytes(), continued: false, body, option_names: &[] };
    let mut secrets = Secrets::default();
    (Request::new(&Destination::new(row, endpoints(), &arguments), &arguments, false, &mut secrets), secrets)
}

/// Verb, path and query of a request without a body, or where it is wrong.
fn target(row: &'static Endpoint, paths: &[&str], query: &serde_json::Value) -> Result<String, String> {
    let (request, _) = request(row, paths, &query.to_string(), BodyArgument::None);
    request.map(|request| format!("{} {}", request.verb.as_str(), request.target)).map_err(|fault| fault.path)
}

/// A row whose placeholders are free text, as some of the API are.
const FREE_TEXT: &Endpoint = &Endpoint {
    id: "tests.get",
    verb: Verb::Get,
    route: "/v1/a/{one}/b/{two}",
    placeholders: &[Placeholder { name: "one", ty: Type::STRING }, Placeholder { name: "two", ty: Type::STRING }],
    query: Some(Type::ANY),
    body: Body::None,
    answer: Answer::Nothing,
    repeat: Repeat::Safe,
    ..*Endpoint::UNLISTED
};

#[test]
fn path_values_are_escaped_and_stay_one_segment() {
    for (value, escaped) in [
        ("a-b_c.d~e9Z", "a-b_c.d~e9Z"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("é 数\u{1f680}", "%C3%A9%20%E6%95%B0%F0%9F%9A%80"),
        ("%2e%2e", "%252e%252e"),
        ("..%2f", "..%252f"),
        ("\"\\\n\0", "%22%5C%0A%00"),
        ("...", "..."),
        ("{two}", "%7Btwo%7D"),
        (":@!$&'()*+,;=", "%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"),
    ] {
        assert_eq!(target(FREE_TEXT, &[value, "x"], &json!({})), Ok(format!("GET /v1/a/{escaped}/b/x")));
        assert_eq!(target(FREE_TEXT, &["x", value], &json!({})), Ok(format!("GET /v1/a/x/b/{escaped}")));
    }
}

#[test]
fn a_path_value_that_leads_elsewhere_is_refused() {
    for value in ["", ".", ".."] {
        assert_eq!(target(FREE_TEXT, &[value, "x"], &json!({})), Err("one".into()), "{value:?}");
        assert_eq!(target(FREE_TEXT, &["x", value], &json!({})), Err("two".into()), "{value:?}");
    }
    assert_eq!(target(FREE_TEXT, &["x"], &json!({})), Err("two".into()));
    assert_eq!(target(FREE_TEXT, &[], &json!({})), Err("one".into()));
    for value in ["", "short", "hqvkzumdtlrwaxbeogcY", "hqvkzumdtlrwaxbeogc/", "hqvkzumdtlrwaxbeogcyy"] {
        assert_eq!(target(row("functions.list"), &[value], &json!({})), Err("ref".into()), "{value:?}");
    }
}

#[test]
fn a_query_is_encoded_and_arrays_are_repeated() {
    let query = json!({ "q": "a b&c=d", "é": true, "list": ["x", 1, false], "none": [], "n": -1.5e30, "f": 5.0 });
    let expected = "GET /v1/a/x/b/y?q=a%20b%26c%3Dd&%C3%A9=true&list=x&list=1&list=false&n=-1.5e%2B30&f=5";
    assert_eq!(target(FREE_TEXT, &["x", "y"], &query), Ok(expected.into()));
    assert_eq!(target(FREE_TEXT, &["x", "y"], &json!({})), Ok("GET /v1/a/x/b/y".into()));
    for odd in [json!({ "a": null }), json!({ "a": [{}] }), json!({ "a": [[]] }), json!({ "a": [null] })] {
        assert_eq!(target(FREE_TEXT, &["x", "y"], &odd), Err("query.a".into()), "{odd}");
    }
    let deep = json!({ "page": { "size": 50.0, "after": "a b" }, "filter": { "[x]": ["p", "q"] }, "none": {}, "last": 1 });
    let expected = "GET /v1/a/x/b/y?page%5Bsize%5D=50&page%5Bafter%5D=a%20b&filter%5B%5Bx%5D%5D=p&filter%5B%5Bx%5D%5D=q&last=1";
    assert_eq!(target(FREE_TEXT, &["x", "y"], &deep), Ok(expected.into()));
    for odd in [json!({ "a": { "b": {} } }), json!({ "a": { "b": null } }), json!({ "a": { "b": [[]] } })] {
        assert_eq!(target(FREE_TEXT, &["x", "y"], &odd), Err("query.a.b".into()), "{odd}");
    }
    let update = row("functions.update");
    let query = json!({ "verify_jwt": false, "name": "a b" });
    let expected = format!("PATCH /v1/projects/{REF}/functions/hello?verify_jwt=false&name=a%20b");
    assert_eq!(target(update, &[REF, "hello"], &query), Ok(expected));
    assert_eq!(target(update, &[REF, "hello"], &json!({ "verify_jwt": "false" })), Err("query.verify_jwt".into()));
    assert_eq!(target(update, &[REF, "hello"], &json!({ "timeoutMs": 1 })), Err("query.timeoutMs".into()));
}

#[test]
fn a_call_without_a_row_keeps_its_path_as_it_is() {
    let free = Endpoint::UNLISTED;
    let query = json!({ "a b": [1, "2"] });
    assert_eq!(target(free, &["get", "/v1/a%20b/c"], &query), Ok("GET /v1/a%20b/c?a%20b=1&a%20b=2".into()));
    assert_eq!(target(free, &["DELETE", "/v1/a?b=c"], &query), Ok("DELETE /v1/a?b=c&a%20b=1&a%20b=2".into()));
    assert_eq!(target(free, &["GET", "/v1/.../a..b/.c"], &json!({})), Ok("GET /v1/.../a..b/.c".into()));
    for path in [
        "",
        "v1/a",
        "https://evil.example",
        "\\v1",
        "/v1/../x",
        "/..",
        "/v1/.",
        "/v1/%2e%2E/x",
        "/v1/.%2e",
        "/v1/%2E",
        "/v1/a b",
        "/v1/\t",
        "/v1/é",
        "/v1#x",
        "/v1\\..\\x",
        "/v1/\u{7f}",
    ] {
        assert_eq!(target(free, &["GET", path], &json!({})), Err("path".into()), "{path:?}");
    }
    for method in ["", "TRACE", "CONNECT", "GET ", "GÉT"] {
        assert_eq!(target(free, &[method, "/v1"], &json!({})), Err("method".into()), "{method:?}");
    }
    assert_eq!(target(free, &["GET"], &json!({})), Err("path".into()));
    assert_eq!(target(free, &["GET", "/v1"], &json!({ "a": [{}] })), Err("query.a".into()));
}

#[test]
fn a_path_of_two_slashes_is_refused() {
    // Behind the base URL `/`, `//evil.example` would be a host, and get the token.
    assert_eq!(target(Endpoint::UNLISTED, &["GET", "//evil.example/v1"], &json!({})), Err("path".into()));
}

#[test]
fn secrets_of_a_request_are_hidden_as_written_and_as_read() {
    let hidden = |row: &'static Endpoint, paths: &[&str], body: BodyArgument<'_>, said: &str| request(row, paths, "", body).1.redact(said);
    let body = BodyArgument::Json(br#" {"name":"n","organization_slug":"acme","db_pass" : "p\"\u00e9-long-enough" } "#);
    let said = r#"p\"é-long-enough p"é-long-enough acme"#;
    assert_eq!(hidden(row("projects.create"), &[], body, said), "[redacted] [redacted] acme");
    let body = BodyArgument::Json(br#"[{"name":"A","value":"one"},{"value":"two","name":"B"}]"#);
    assert_eq!(hidden(row("secrets.create"), &[REF], body, "A one B two"), "A [redacted] B [redacted]");
    let body = BodyArgument::Json(br#"{"branch_name":"b","secrets":{"A":"one","B":"t\two"}}"#);
    assert_eq!(hidden(row("branches.create"), &[REF], body, "one t\two"), "[redacted] [redacted]");
    let none = BodyArgument::None;
    assert_eq!(hidden(row("organizations.claimProject"), &["acme", "claim/token"], none, "claim/token claim%2Ftoken"), "[redacted] [redacted]");
}

#[test]
fn secrets_of_a_request_without_a_row_are_hidden_too() {
    let hidden = |paths: &[&str], body: &str, said: &str| request(Endpoint::UNLISTED, paths, "", BodyArgument::Text(body)).1.redact(said);
    let create = ["POST", "/v1/projects"];
    assert_eq!(hidden(&create, r#"{"db_pass":"correct-horse"}"#, "correct-horse"), "[redacted]");
    let token = ["POST", "/v1/oauth/token"];
    assert_eq!(hidden(&token, "client_id=app-of-mine&client_secret=sba%2Fsecret", "app-of-mine sba/secret"), "app-of-mine [redacted]");
    let unknown = ["POST", "/v1/new/thing"];
    assert_eq!(hidden(&unknown, "user_password=hunter22&name=somebody", "hunter22 somebody"), "[redacted] somebody");
}

#[test]
fn a_request_without_a_row_finds_the_row_that_it_leads_to() {
    let known = |method: &str, path: &str| {
        let paths = json!([method, path]).to_string();
        let arguments = Arguments { paths: paths.as_bytes(), query: b"", continued: false, body: BodyArgument::None, option_names: &[] };
        Destination::new(Endpoint::UNLISTED, endpoints(), &arguments).known.id
    };
    assert_eq!(known("get", &format!("/v1/projects/{REF}?a=b")), "projects.get");
    assert_eq!(known("GET", "/v1/projects/available-regions"), "projects.getAvailableRegions");
    assert_eq!(known("GET", &format!("/v1/projects/{REF}/api-keys/legacy")), "apiKeys.getLegacy");
    assert_eq!(known("POST", "/v1/oauth/token"), "oauth.token");
    assert_eq!(known("GET", "/v1/new/thing"), "request");
}

#[test]
fn what_reads_has_no_body() {
    for method in ["GET", "HEAD"] {
        let (request, _) = request(Endpoint::UNLISTED, &[method, "/v1/a"], "", BodyArgument::Json(b"{}"));
        assert_eq!(request.err().expect("a fault").path, "body");
    }
}

#[test]
fn what_others_check_with_is_what_the_client_checks_with() {
    let check = |id: &str, paths: &[&str], query: &str, body: Option<&str>| {
        let fault = row(id).validate(paths, query.as_bytes(), body.map(str::as_bytes));
        fault.map_err(|fault| fault.path)
    };
    let create = Some(r#"{"slug":"a","name":"b","body":"c"}"#);
    assert_eq!(check("functions.create", &[REF], "", create), Ok(()));
    assert_eq!(check("functions.create", &[REF], r#"{"slug":"a b"}"#, create), Err("query.slug".into()));
    assert_eq!(check("functions.create", &[REF], "", Some(r#"{"slug":"9","name":"b","body":"c"}"#)), Err("slug".into()));
    assert_eq!(check("functions.create", &[REF], "", Some("")), Err(String::new()));
    assert_eq!(check("functions.create", &["x"], "", create), Err("ref".into()));
    assert_eq!(check("secrets.delete", &[REF], "", Some("[1]")), Err("[0]".into()));
}
