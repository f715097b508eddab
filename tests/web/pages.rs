//! Lists that come in pages.

use super::*;
use supabase_management_wasm::api::action_runs::ListActionRunsQuery;
use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::{Items, Page, Pages};

/// A `fetch` whose answers follow each other, and the last one stays. A number is a status.
fn pages(answers: Vec<serde_json::Value>) -> Fetch {
    let number = Cell::new(0);
    Fetch::resolving(move || {
        let body = &answers[number.replace(number.get() + 1).min(answers.len() - 1)];
        answer(body.as_u64().map_or(200, |status| status as u16), body)
    })
}

fn projects(offset: usize, length: usize, count: usize) -> serde_json::Value {
    let item = |number| {
        json!({
            "ref": format!("p{number}"), "name": "a", "cloud_provider": "AWS", "region": "us-east-1", "is_branch": false, "status": "INACTIVE",
            "inserted_at": "2026-09-23T00:00:00Z", "databases": [],
        })
    };
    let items: Vec<_> = (offset..offset + length).map(item).collect();
    json!({ "projects": items, "pagination": { "count": count, "limit": 100, "offset": offset } })
}

fn runs(first: usize, length: usize) -> serde_json::Value {
    let item = |number| {
        json!({
            "id": format!("r{number}"), "branch_id": "b", "run_steps": [], "workdir": null, "check_run_id": null,
            "created_at": "2026-09-23T00:00:00Z", "updated_at": "2026-09-23T00:00:00Z",
        })
    };
    (first..first + length).map(item).collect()
}

/// All that comes before the end or an error.
async fn items<T: Page>(mut items: Items<T>) -> (Vec<T::Item>, Option<Error>) {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => all.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "an error is the end");
                return (all, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "the end stays one");
    (all, None)
}

fn urls(fetch: &Fetch) -> Vec<String> {
    fetch.calls.borrow().iter().map(|(url, _)| url.replace("https://api.supabase.com/v1", "")).collect()
}

#[wasm_bindgen_test]
async fn all_items_come_once_and_in_order() {
    let fetch = pages(vec![projects(0, 100, 250), projects(100, 100, 250), projects(200, 50, 250)]);
    let query = ListProjectsQuery::new().search("a b");
    let call = fetch.client().organizations().list_projects("acme", &query).header("x-a", "b");
    let (all, error) = end(items(call.items())).await;
    assert!(error.is_none(), "{error:?}");
    let refs: Vec<_> = all.into_iter().map(|project| project.r#ref).collect();
    assert_eq!(refs, (0..250).map(|number| format!("p{number}")).collect::<Vec<_>>());
    let path = "/organizations/acme/projects?search=a%20b";
    assert_eq!(urls(&fetch), [path.into(), format!("{path}&offset=100"), format!("{path}&offset=200")]);
    for (_, init) in fetch.calls.borrow().iter() {
        assert_eq!(get(&get(init, "headers"), "x-a"), "b");
    }
}

#[wasm_bindgen_test]
async fn a_bare_list_ends_at_an_empty_page_which_is_not_given() {
    let fetch = pages(vec![runs(5, 10), runs(15, 3), runs(0, 0)]);
    let query = ListActionRunsQuery::new().offset(5);
    let mut pages: Pages<Vec<_>> = fetch.client().action_runs().list(REF, &query).pages();
    let lengths = end(async move {
        let mut lengths = Vec::new();
        while let Some(page) = pages.next().await {
            lengths.push(page.expect("a page").len());
        }
        lengths
    });
    assert_eq!(lengths.await, [10, 3]);
    // A whole number is written as one, as JavaScript writes it.
    let path = format!("/projects/{REF}/actions?offset=");
    assert_eq!(urls(&fetch), ["5", "15", "18"].map(|offset| format!("{path}{offset}")));
    // The first one is, even where it is empty.
    let mut none = self::pages(vec![runs(0, 0)]).client().action_runs().list(REF, &ListActionRunsQuery::default()).pages();
    let both = end(async move { (none.next().await.map(|page| page.map(|runs| runs.len()).ok()), none.next().await.is_none()) });
    assert_eq!(both.await, (Some(Some(0)), true));
}

#[wasm_bindgen_test]
async fn what_leads_back_or_fails_is_an_error_after_the_items_before() {
    let organization = |fetch: &Fetch| fetch.client().organizations().list_projects("acme", &ListProjectsQuery::default());
    let path = |error: &Option<Error>| error.as_ref().and_then(Error::fault).map(|fault| fault.path.clone());

    let (all, error) = end(items(organization(&pages(vec![projects(0, 2, 9)])).items())).await;
    assert_eq!((all.len(), path(&error).as_deref()), (2, Some("pagination.offset")));
    let error = error.expect("an error");
    assert!(matches!(error.kind(), ErrorKind::Decode { status: 200, text, .. } if text.contains("\"p1\"")), "{error}");
    let words = "the answer cannot be used: pagination.offset: expected 2, received another value";
    assert!(error.to_string().ends_with(words), "{error}");

    let (all, error) = end(items(organization(&pages(vec![projects(0, 2, 9), projects(2, 0, 9)])).items())).await;
    assert_eq!((all.len(), path(&error).as_deref()), (2, Some("")));
    let runs_of = |fetch: &Fetch| fetch.client().action_runs().list(REF, &ListActionRunsQuery::default());
    let (all, error) = end(items(runs_of(&pages(vec![runs(0, 2)])).items())).await;
    assert_eq!((all.len(), path(&error).as_deref()), (2, Some("")));
    let snippets = pages(vec![json!({ "data": [], "cursor": "c" })]);
    let (all, error) = end(items(snippets.client().snippets().list(None).items())).await;
    assert_eq!((all.len(), path(&error).as_deref(), snippets.count()), (0, Some("cursor"), 2));
    assert!(urls(&snippets)[1].ends_with("/snippets?cursor=c"));

    let (all, error) = end(items(organization(&pages(vec![projects(0, 2, 9), json!(418)])).items())).await;
    assert_eq!((all.len(), error.and_then(|error| error.status())), (2, Some(418)));
}

#[wasm_bindgen_test]
async fn a_page_that_nobody_waited_for_is_asked_for_again() {
    let fetch = pages(vec![projects(0, 2, 4)]);
    let mut items = fetch.client().organizations().list_projects("acme", &ListProjectsQuery::default()).items();
    let name = end(async move {
        let mut first = Box::pin(items.next());
        std::future::poll_fn(|context| {
            assert!(first.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        drop(first);
        items.next().await.map(|item| item.map(|project| project.r#ref).ok())
    });
    assert_eq!(name.await, Some(Some("p0".into())));
    assert_eq!(urls(&fetch), ["/organizations/acme/projects"; 2]);
}
