//! The second version of the API on a native target: its place beside the first, pages that links lead through, errors, and an upload that goes to
//! another host.
#![cfg(not(target_family = "wasm"))]

use serde_json::{Value, json};
use std::future::IntoFuture;
use std::rc::Rc;
use supabase_management_wasm::api::v2::Data;
use supabase_management_wasm::api::v2::branches::{V2CreateBranch, V2CreateBranchAttributes};
use supabase_management_wasm::testing::{Reply, Script};
use supabase_management_wasm::{Client, Fetch, Options};

const REF: &str = "abcdefghijklmnopqrst";
const TOKEN: &str = "sbp_0123456789abcdef0123456789abcdef01234567";
const ADDRESS: &str = "https://storage.example/bucket/web.tar.gz?X-Amz-Signature=0f1e2d3c4b5a6978&X-Amz-Expires=900";

fn block_on<C: IntoFuture>(call: C) -> C::Output {
    futures_executor::block_on(call.into_future())
}

fn client(script: &Script) -> Client {
    Client::with(Options::new(TOKEN).fetch(Fetch::new(script.clone())).header("x-panel", "admin"))
}

fn branch() -> Data<V2CreateBranch> {
    Data::new(V2CreateBranch::new(V2CreateBranchAttributes::new("feature")))
}

#[test]
fn a_body_has_the_shape_of_the_api_and_the_kind_nobody_need_give() {
    let created = json!({ "data": { "id": "1", "type": "branch", "attributes": {
        "name": "feature", "is_default": false, "parent_project_ref": REF, "project_ref": REF, "persistent": false, "with_data": false,
        "created_at": "", "updated_at": "", "newer": 1
    } } });
    let sent = json!({ "data": { "type": "branch", "attributes": { "name": "feature" } } });
    let check = move |request: &http::Request<Vec<u8>>| {
        assert_eq!(serde_json::from_slice::<Value>(request.body()).expect("JSON"), sent);
        assert_eq!(request.uri().path(), format!("/v2/projects/{REF}/branches"));
    };
    let script = Script::new().expect_with("v2.branches.create", check, Reply::json(201, &created));
    let found = block_on(client(&script).v2().branches().create(REF, &branch())).expect("it goes well");
    assert_eq!((found.data.r#type.as_str(), found.data.attributes.name.as_str()), ("branch", "feature"));
    script.finish();
}

#[test]
fn a_write_that_was_lost_may_have_been_done() {
    let script = Script::new().expect("v2.branches.create", Reply::lost("reset"));
    let error = block_on(client(&script).v2().branches().create(REF, &branch())).expect_err("it is lost");
    assert!(error.outcome_unknown() && error.to_string().ends_with("look before you repeat it"), "{error}");
    assert_eq!(error.endpoint(), "v2.branches.create");
}

#[test]
fn an_error_tells_its_code_and_what_is_wrong() {
    let body = json!({ "error": { "code": "bad_request.invalid_body", "message": "Invalid body", "issues": [
        { "code": "too_long", "message": "too long", "meta": { "path": ["data", "attributes", "name"] } }
    ] } });
    let script = Script::new().expect("v2.branches.create", Reply::json(400, &body));
    let error = block_on(client(&script).v2().branches().create(REF, &branch())).expect_err("it is refused");
    assert_eq!((error.code().as_deref(), error.message().as_deref()), (Some("bad_request.invalid_body"), Some("Invalid body")));
    assert_eq!(error.validation_errors(), [("data.attributes.name".to_owned(), "too long".to_owned())]);
    assert!(error.to_string().ends_with("400 Invalid body"), "{error}");

    let body = json!({ "error": { "code": "not_found.endpoint", "message": format!("Cannot POST /v2/projects/{REF}/branches") } });
    let script = Script::new().expect("v2.branches.create", Reply::json(404, &body));
    let error = block_on(client(&script).v2().branches().create(REF, &branch())).expect_err("there is no such route");
    assert!(error.unknown_route() && !error.is_not_found(), "{error}");
}

fn page(names: &[&str], next: Option<&str>) -> Reply {
    let item = |name: &&str| {
        json!({ "id": name, "type": "notebook", "attributes": {
        "name": name, "description": null, "favorite": false, "inserted_at": "", "updated_at": "", "owner": null, "updated_by": null
    } })
    };
    let items: Vec<_> = names.iter().map(item).collect();
    Reply::json(200, &json!({ "data": items, "links": { "next": next, "prev": null } }))
}

#[test]
fn links_lead_through_short_and_empty_pages() {
    let path = format!("/v2/projects/{REF}/notebooks");
    let query = |wanted: &'static str| {
        move |request: &http::Request<Vec<u8>>| {
            assert_eq!(request.uri().query().unwrap_or_default(), wanted);
            assert!(request.headers().contains_key("authorization"));
        }
    };
    let script = Script::new()
        .expect_with("v2.notebooks.list", query(""), page(&["a"], Some(&format!("{path}?page%5Bafter%5D=a&page%5Bsize%5D=2"))))
        .expect_with("v2.notebooks.list", query("page%5Bafter%5D=a&page%5Bsize%5D=2"), page(&[], Some(&format!("{path}?page[after]=b&page[new]=1"))))
        // What the server adds to the place goes back to it, though this crate does not know it.
        .expect_with("v2.notebooks.list", query("page%5Bafter%5D=b&page%5Bnew%5D=1"), page(&["c"], None));
    let mut items = client(&script).v2().notebooks().list(REF, None).items();
    let mut found = Vec::new();
    while let Some(item) = block_on(Box::pin(items.next())) {
        found.push(item.expect("it goes well").id);
    }
    assert_eq!(found, ["a", "c"]);
    script.finish();
}

#[test]
fn a_link_to_anywhere_else_is_never_followed() {
    for link in ["https://evil.example/v2/notebooks?page[after]=a", "/v2/projects/zyxwvutsrqponmlkjihg/notebooks?page[after]=a"] {
        let script = Script::new().expect("v2.notebooks.list", page(&["a"], Some(link)));
        let mut pages = client(&script).v2().notebooks().list(REF, None).pages();
        let error = block_on(Box::pin(pages.next())).expect("something").expect_err("the link leads elsewhere");
        assert!(error.is_decode(), "{error}");
        assert_eq!(error.fault().map(|fault| fault.path.as_str()), Some("links.next"));
        assert_eq!(script.requests().len(), 1);
    }
}

fn place(url: &str) -> Reply {
    let attributes = json!({ "url": url, "method": "PUT", "expires_at": "2026-12-01T00:00:00Z" });
    Reply::json(201, &json!({ "data": { "id": "u-1", "type": "upload", "attributes": attributes } }))
}

#[test]
fn an_upload_goes_to_its_host_without_the_token() {
    let put = |request: &http::Request<Vec<u8>>| {
        assert_eq!((request.method().as_str(), request.uri().to_string().as_str()), ("PUT", ADDRESS));
        let headers: Vec<_> = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("ASCII"))).collect();
        assert_eq!(headers, [("content-type", "application/gzip")]);
        assert_eq!(request.body(), b"archive");
    };
    let script = Script::new().expect("v2.compute.createUpload", place(ADDRESS)).expect_with("v2.compute.upload", put, Reply::empty(200));
    let id = block_on(client(&script).v2().compute().upload(REF, "web", *b"archive")).expect("it goes well");
    assert_eq!(id, "u-1");
    let create = &script.requests()[0];
    assert_eq!((create.method().as_str(), create.uri().path()), ("POST", format!("/v2/projects/{REF}/compute/web/uploads").as_str()));
    assert_eq!(create.headers()["authorization"], format!("Bearer {TOKEN}"));
    script.finish();
}

#[test]
fn an_upload_that_fails_tells_no_address() {
    let echo = format!("<Error><Resource>{ADDRESS}</Resource><Key>0f1e2d3c4b5a6978</Key></Error>");
    let script = Script::new().expect("v2.compute.createUpload", place(ADDRESS)).expect("v2.compute.upload", Reply::bytes(403, echo));
    let seen = Rc::new(std::cell::RefCell::new(String::new()));
    let note = Rc::clone(&seen);
    let upload = client(&script).v2().compute().upload(REF, "web", *b"archive").with_options(move |options| {
        options.on_request = Some(Rc::new(move |event| note.borrow_mut().push_str(&format!("{event:?}"))));
    });
    let error = block_on(upload).expect_err("it is refused");
    assert_eq!((error.endpoint(), error.route(), error.status()), ("v2.compute.upload", "PUT {url}", Some(403)));
    let all = format!("{error} {error:?} {:?} {:?} {}", error.text(), error.message(), seen.borrow());
    for secret in ["0f1e2d3c4b5a6978", "X-Amz-Expires", "web.tar.gz", TOKEN] {
        assert!(!all.contains(secret), "{secret} is in {all}");
    }
    script.finish();
}

#[test]
fn a_lost_upload_is_sent_again_to_the_same_host_alone() {
    let script = Script::new()
        .expect("v2.compute.createUpload", place(ADDRESS))
        .expect("v2.compute.upload", Reply::lost(&format!("failed to fetch {ADDRESS}")))
        .expect("v2.compute.upload", Reply::empty(200));
    assert_eq!(block_on(client(&script).v2().compute().upload(REF, "web", *b"archive")).expect("it goes well"), "u-1");
    for request in &script.requests()[1..] {
        assert_eq!(request.uri().to_string(), ADDRESS);
        assert!(!request.headers().contains_key("authorization"));
    }
    script.finish();
}

#[test]
fn an_upload_is_not_sent_in_the_clear_nor_followed_elsewhere() {
    for address in ["http://storage.example/a?b=c", "ftp://storage.example/a", "//storage.example/a", "/a", "https://user@storage.example/a", ""] {
        let script = Script::new().expect("v2.compute.createUpload", place(address));
        let error = block_on(client(&script).v2().compute().upload(REF, "web", *b"archive")).expect_err("it is not safe");
        assert!(error.is_decode(), "{address}: {error}");
        assert_eq!(error.fault().map(|fault| fault.path.as_str()), Some("data.attributes.url"), "{address}");
        script.finish();
    }
    let moved = Reply::empty(307).header("location", "https://evil.example/");
    let script = Script::new().expect("v2.compute.createUpload", place(ADDRESS)).expect("v2.compute.upload", moved);
    let error = block_on(client(&script).v2().compute().upload(REF, "web", *b"archive")).expect_err("redirects are not followed");
    assert_eq!(error.status(), Some(307));
    script.finish();
}

#[test]
fn a_wrong_upload_sends_nothing() {
    let script = Script::new();
    let error = block_on(client(&script).v2().compute().upload(REF, "Web/1", *b"archive")).expect_err("the name is wrong");
    assert!(error.is_input() && error.fault().is_some_and(|fault| fault.path == "name"), "{error}");
    script.finish();
}

#[test]
fn a_compute_instance_is_waited_for() {
    let state = |build_state: &str| {
        Reply::json(
            200,
            &json!({ "data": { "id": "web", "type": "project_compute_instance", "attributes": {
            "build_state": build_state, "spec": { "size": "small", "instances": 1, "exposure": "public" }, "secret_generation": "1"
        } } }),
        )
    };
    let script = Script::new().expect("v2.compute.get", state("building")).expect("v2.compute.get", state("failed"));
    let error = block_on(client(&script).v2().compute().wait_until_built(REF, "web")).expect_err("it fails");
    assert!(error.to_string().contains("failed"), "{error}");
    script.finish();
}
