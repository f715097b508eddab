//! Bodies that are no JSON, and answers that are no models.

use super::*;
use supabase_management_wasm::api::database::{CreateMigration, RunQuery};
use supabase_management_wasm::api::functions::{DeployMetadata, DeployQuery};
use supabase_management_wasm::api::oauth::{AuthorizeProjectClaimQuery, GrantType, TokenRequest};
use supabase_management_wasm::endpoint::Multipart;

fn query(text: &str) -> RunQuery {
    RunQuery::new(text)
}

#[wasm_bindgen_test]
async fn a_form_is_sent_as_one_and_without_the_token() {
    let tokens = json!({ "access_token": "sbp_oauth_1", "refresh_token": "r", "expires_in": 86400, "token_type": "Bearer" });
    let fetch = Fetch::resolving(move || answer(201, &tokens));
    let form = TokenRequest::new().grant_type(GrantType::AuthorizationCode).code("a b&c=é").redirect_uri("https://app.example/?x=1");
    assert_eq!(end(fetch.client().oauth().token(&form)).await.expect("tokens").expires_in, 86_400);
    let (url, init) = fetch.last();
    assert_eq!(url, "https://api.supabase.com/v1/oauth/token");
    assert_eq!(init["headers"]["content-type"], json!("application/x-www-form-urlencoded"));
    assert_eq!(init["headers"].get("authorization"), None);
    let expected = "grant_type=authorization_code&code=a%20b%26c%3D%C3%A9&redirect_uri=https%3A%2F%2Fapp.example%2F%3Fx%3D1";
    assert_eq!(init["body"], json!(expected));

    let wrong = form.client_id("me");
    assert_eq!(fails(fetch.client().oauth().token(&wrong)).await.fault().map(|fault| &*fault.path), Some("client_id"));
    assert_eq!(fetch.count(), 1);
}

#[wasm_bindgen_test]
async fn files_are_sent_as_parts_of_a_form() {
    let function = json!({ "id": "1", "slug": "a", "name": "a", "status": "ACTIVE", "version": 1 });
    let fetch = Fetch::resolving(move || answer(201, &function));
    let bytes = [0, 200, 255];
    let metadata = DeployMetadata::new("functions/é/index.ts").verify_jwt(false);
    let body = Multipart::new(metadata.clone()).file("functions/é/index.ts", bytes).file("deno.json", bytes);
    let query = DeployQuery::new().slug("hello");
    end(fetch.client().functions().deploy(REF, &body, &query)).await.expect("a function");
    let (url, init) = fetch.last();
    assert_eq!(url, format!("https://api.supabase.com/v1/projects/{REF}/functions/deploy?slug=hello"));
    // `fetch` chooses what stands between the parts.
    assert_eq!(init["headers"].get("content-type"), None);
    let sent = get(&fetch.calls.borrow()[0].1, "body");
    let parts = js("async form => JSON.stringify(await Promise.all([...form].map(async ([name, it]) => \
        typeof it === 'string' ? [name, it] : [name, it.name, ...new Uint8Array(await it.arrayBuffer())])))");
    let parts = parts.unchecked_into::<Function>().call1(&JsValue::UNDEFINED, &sent).expect("a promise");
    let parts = JsFuture::from(parts.unchecked_into::<Promise>()).await.expect("the parts").as_string();
    let expected = json!([
        ["metadata", r#"{"entrypoint_path":"functions/é/index.ts","verify_jwt":false}"#],
        ["file", "functions/é/index.ts", 0, 200, 255],
        ["file", "deno.json", 0, 200, 255],
    ]);
    assert_eq!(parts, Some(expected.to_string()));

    let wrong = Multipart::new(metadata).file("a", bytes).file("/etc/passwd", bytes);
    let error = fails(fetch.client().functions().deploy(REF, &wrong, &query)).await;
    assert_eq!(error.fault().map(|fault| &*fault.path), Some("file[1].path"));
}

#[wasm_bindgen_test]
async fn rows_keep_the_order_of_their_columns() {
    let fetch = Fetch::resolving(|| response(201, &[], r#"[{"b":1,"?column?":null,"a":[{}]},{"b":2}]"#));
    let rows = end(fetch.client().database().query(REF, &query("select 1"))).await.expect("rows");
    assert_eq!(rows[0].keys().collect::<Vec<_>>(), ["b", "?column?", "a"]);
    assert_eq!(rows[1]["b"], json!(2));
    // A statement that gives no rows may be answered with nothing.
    let fetch = Fetch::resolving(|| response(201, &[], ""));
    assert!(end(fetch.client().database().query(REF, &query("create table t()"))).await.expect("rows").is_empty());
}

#[wasm_bindgen_test]
async fn bytes_text_and_counts_are_no_json() {
    let fetch = Fetch::resolving(|| response(200, &[], "\u{0}bundle"));
    assert_eq!(end(fetch.client().functions().get_body(REF, "hello")).await.expect("bytes"), b"\0bundle");
    let fetch = Fetch::resolving(|| response(200, &[("content-type", "text/plain")], "a log\n"));
    assert_eq!(end(fetch.client().action_runs().get_logs(REF, "a/b")).await.expect("a text"), "a log\n");
    assert!(fetch.last().0.ends_with("/actions/a%2Fb/logs"));
    let fetch = Fetch::resolving(|| response(200, &[("x-total-count", "1790")], ""));
    assert_eq!(end(fetch.client().action_runs().count(REF)).await.expect("a count"), 1_790);
    assert_eq!(fetch.last().1["method"], json!("HEAD"));
    let fetch = Fetch::resolving(|| response(200, &[], ""));
    let error = fails(fetch.client().action_runs().count(REF)).await;
    assert_eq!(error.fault().map(|fault| &*fault.expected), Some("a count in the header x-total-count"));
}

#[wasm_bindgen_test]
fn an_address_is_built_and_not_called() {
    let fetch = Fetch::new(|| panic!("nothing is sent"));
    let client_id = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";
    let query = json!({ "project_ref": REF, "client_id": client_id, "response_type": "code", "redirect_uri": "https://a.b/?c d" });
    let mut query: AuthorizeProjectClaimQuery = serde_json::from_value(query).expect("a query");
    let expected = format!(
        "https://api.supabase.com/v1/oauth/authorize/project-claim?project_ref={REF}&client_id={client_id}\
         &response_type=code&redirect_uri=https%3A%2F%2Fa.b%2F%3Fc%20d"
    );
    let oauth = fetch.client().oauth();
    assert_eq!(oauth.authorize_project_claim_url(&query).expect("an address"), expected);
    query.project_ref = "short".into();
    let error = oauth.authorize_project_claim_url(&query).expect_err("a wrong query");
    assert_eq!(error.fault().map(|fault| &*fault.path), Some("query.project_ref"));
}

#[wasm_bindgen_test]
async fn a_key_of_idempotency_goes_where_it_is_taken() {
    let fetch = Fetch::resolving(|| response(200, &[], ""));
    let body = CreateMigration::new("select 1");
    end(fetch.client().migrations().apply(REF, &body).idempotency_key("a-key_1")).await.expect("done");
    assert_eq!(fetch.last().1["headers"]["idempotency-key"], json!("a-key_1"));
    let error = fails(fetch.client().migrations().list(REF).idempotency_key("a-key_1")).await;
    assert_eq!(error.fault().map(|fault| &*fault.path), Some("options.idempotency_key"));
    assert_eq!(fetch.count(), 1);
}
