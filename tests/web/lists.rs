//! Random lists in pages: an honest one is read whole and once, and any other ends.

use super::*;
use serde_json::Value;
use supabase_management_wasm::api::action_runs::ListActionRunsQuery;
use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::snippets::ListSnippetsQuery;
use supabase_management_wasm::{Items, Page, Pages};

/// The three ways in which the API has pages.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Bare,
    Offset,
    Cursor,
}

const WAYS: [Way; 3] = [Way::Bare, Way::Offset, Way::Cursor];

/// Whoever asks this often has not seen that there is no end.
const ENDLESS: usize = 300;

const TIME: &str = "2026-09-23T00:00:00Z";

impl Way {
    /// An item as the API has it, with a number in the place of its name.
    fn item(self, number: usize) -> Value {
        let name = number.to_string();
        match self {
            Way::Bare => json!({
                "id": name, "branch_id": "b", "run_steps": [], "workdir": null, "check_run_id": null, "created_at": TIME, "updated_at": TIME,
            }),
            Way::Offset => json!({
                "ref": name, "name": "a", "cloud_provider": "AWS", "region": "us-east-1", "is_branch": false, "status": "INACTIVE",
                "inserted_at": TIME, "databases": [],
            }),
            Way::Cursor => json!({
                "id": name, "inserted_at": TIME, "updated_at": TIME, "type": "sql", "visibility": "user", "name": "a", "description": null,
                "project": { "id": 1, "name": "a" }, "owner": { "id": 1, "username": "a" }, "updated_by": { "id": 1, "username": "a" },
                "favorite": false,
            }),
        }
    }

    /// A page of them; what it says of where it stands.
    fn page(self, items: &[usize], offset: usize, count: usize, cursor: Option<String>) -> Value {
        let items: Vec<Value> = items.iter().map(|number| self.item(*number)).collect();
        match self {
            Way::Bare => items.into(),
            Way::Offset => json!({ "projects": items, "pagination": { "count": count, "limit": 100, "offset": offset } }),
            Way::Cursor => match cursor {
                Some(cursor) => json!({ "data": items, "cursor": cursor }),
                None => json!({ "data": items }),
            },
        }
    }
}

/// A field of the query of an address.
fn field(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    query.split('&').filter_map(|pair| pair.split_once('=')).find_map(|(key, value)| (key == name).then(|| value.into()))
}

fn number(url: &str, name: &str) -> Option<usize> {
    field(url, name).map(|text| text.trim_end_matches(".0").parse().expect("a whole number"))
}

/// What became of a list that was read to its end.
#[derive(Debug, Default)]
struct Read {
    items: Vec<usize>,
    /// Sizes of the pages; empty where it was read item by item.
    sizes: Vec<usize>,
    /// The error at the end, if there was one.
    failed: Option<Error>,
}

enum Reader<T: Page> {
    Pages(Pages<T>),
    Items(Items<T>),
}

impl<T: Page> Reader<T> {
    /// The next page, or the next item.
    async fn next(&mut self) -> Option<Result<Vec<T::Item>, Error>> {
        match self {
            Reader::Pages(pages) => pages.next().await.map(|page| page.map(Page::into_items)),
            Reader::Items(items) => items.next().await.map(|item| item.map(|item| vec![item])),
        }
    }
}

/// Reads all of a list. `drops` tells how many times a `next` is given up before one is waited for.
async fn read<T: Page>(call: Call<T>, by_page: bool, drops: &[usize]) -> Result<Read, String> {
    let mut read = Read::default();
    let mut drops = drops.iter().cycle();
    let mut reader = if by_page { Reader::Pages(call.pages()) } else { Reader::Items(call.items()) };
    for _ in 0..ENDLESS * 30 {
        for _ in 0..*drops.next().unwrap_or(&0) {
            // One that is there already is given at once.
            let first = {
                let mut next = Box::pin(reader.next());
                let waker = std::task::Waker::noop();
                next.as_mut().poll(&mut std::task::Context::from_waker(waker))
            };
            if let std::task::Poll::Ready(given) = first {
                note(&mut read, given, by_page);
            }
        }
        let given = reader.next().await;
        let ended = !matches!(given, Some(Ok(_)));
        note(&mut read, given, by_page);
        if ended {
            require(reader.next().await.is_none(), || "there is something behind the end".into())?;
            return Ok(read);
        }
    }
    Err("there is no end".into())
}

fn note<I: serde::Serialize>(read: &mut Read, given: Option<Result<Vec<I>, Error>>, by_page: bool) {
    match given {
        Some(Ok(items)) => {
            if by_page {
                read.sizes.push(items.len());
            }
            for item in items {
                let item = serde_json::to_value(item).expect("JSON");
                let name = item["ref"].as_str().or(item["id"].as_str()).expect("a name");
                read.items.push(name.parse().expect("a number"));
            }
        }
        Some(Err(error)) => read.failed = Some(error),
        None => {}
    }
}

/// Reads a list from where it is to begin.
async fn read_list(fetch: &Fetch, way: Way, limit: Option<usize>, begin: Option<usize>, by_page: bool, drops: &[usize]) -> Result<Read, String> {
    let client = Client::with(fetch.options().max_retries(0));
    match way {
        Way::Bare => {
            let mut query = ListActionRunsQuery::new();
            (query.offset, query.limit) = (begin.map(|begin| begin as f64), limit.map(|limit| limit as f64));
            read(client.action_runs().list(REF, &query), by_page, drops).await
        }
        Way::Offset => {
            let (offset, limit) = (begin.map(|begin| begin as i64), limit.map(|limit| limit as i64));
            let mut query = ListProjectsQuery::new().search("a b");
            (query.offset, query.limit) = (offset, limit);
            read(client.organizations().list_projects("acme", &query), by_page, drops).await
        }
        Way::Cursor => {
            let cursor = begin.map(|begin| format!("c{begin}"));
            let mut query = ListSnippetsQuery::new();
            (query.cursor, query.limit) = (cursor, limit.map(|limit| limit.to_string()));
            read(client.snippets().list(&query), by_page, drops).await
        }
    }
}

/// A limit that the API takes.
fn limit_of(lot: &mut Lot, way: Way) -> Option<usize> {
    if way == Way::Bare { lot.maybe(10, 30) } else { lot.maybe(1, 20) }
}

async fn honest(mut lot: Lot) -> Result<(), String> {
    let (way, count, most) = (lot.pick(&WAYS), lot.below(80), lot.between(1, 19));
    let (limit, begin, broken) = (limit_of(&mut lot, way), lot.maybe(0, 89), lot.maybe(0, 11));
    let by_page = lot.once_in(2);
    let drops: Vec<usize> = (0..lot.below(4)).map(|_| lot.below(3)).collect();
    let case = format!("{way:?} of {count}, {most} each, limit {limit:?}, begin {begin:?}, broken {broken:?}, by page {by_page}, drops {drops:?}");
    // A bare list keeps to the limit that is asked for: else nobody could tell a short page from the last one.
    let size = limit.map_or(most, |limit| if way == Way::Bare { limit } else { limit.min(most) });
    let start = begin.unwrap_or(0);
    let wrong: Rc<RefCell<Option<String>>> = Rc::default();
    let noted = Rc::clone(&wrong);
    let fetch = Fetch::asked(move |url, _| {
        let kept = number(url, "limit") == limit && (way != Way::Offset || field(url, "search").as_deref() == Some("a%20b"));
        if !kept {
            noted.borrow_mut().get_or_insert(format!("the query is another one: {url}"));
        }
        let from = field(url, "cursor").map(|cursor| cursor[1..].parse().expect("a number")).or(number(url, "offset")).unwrap_or(0);
        if broken == Some((from - start).div_ceil(size)) {
            return Ok(Promise::resolve(&response(503, &[], "{}")).into());
        }
        let items: Vec<usize> = (from..count.max(from)).take(size).collect();
        let end = from + items.len();
        let page = way.page(&items, from, count, (end < count).then(|| format!("c{end}")));
        Ok(Promise::resolve(&answer(200, &page)).into())
    });
    let read = read_list(&fetch, way, limit, begin, by_page, &drops).await.map_err(|wrong| format!("{wrong}: {case}"))?;
    let wrong = wrong.take();
    require(wrong.is_none(), || format!("{}: {case}", wrong.unwrap_or_default()))?;
    let expected: Vec<usize> = (start..count.max(start)).collect();
    let full = expected.len().div_ceil(size).max(1);
    // One more where only an empty page, or a short one, tells the end.
    let more = usize::from(way == Way::Bare && !expected.is_empty() && (limit.is_none() || expected.len().is_multiple_of(size)));
    let fails = broken.filter(|page| *page < full + more);
    let given = fails.map_or(&expected[..], |page| &expected[..(page * size).min(expected.len())]);
    require(read.items == given, || format!("{:?} in place of {given:?}: {case}", read.items))?;
    let status = read.failed.as_ref().map(Error::status);
    require(status == fails.map(|_| Some(503)), || format!("{:?}: {case}", read.failed))?;
    let pages = fails.unwrap_or(full).min(full);
    require(!by_page || read.sizes.len() == pages, || format!("pages of {:?}: {case}", read.sizes))?;
    // Those that were given up have asked as well.
    let asked = fails.map_or(full + more, |page| page + 1);
    require(drops.iter().any(|drops| *drops > 0) || fetch.count() == asked, || format!("{} requests, and not {asked}: {case}", fetch.count()))
}

#[wasm_bindgen_test]
async fn an_honest_list_is_read_whole_and_once() {
    hold("Rust: an honest list is read whole and once", honest).await;
}

/// What a page says: its items, and where it says to stand.
type Sheet = (Vec<usize>, bool, usize, Option<usize>);

async fn any(mut lot: Lot) -> Result<(), String> {
    let way = lot.pick(&WAYS);
    let (limit, begin, by_page) = (limit_of(&mut lot, way), lot.maybe(0, 5), lot.once_in(2));
    // Few items and few cursors, so that a list that never ends has to repeat one.
    let sheets: Vec<Sheet> = (0..lot.between(1, 7))
        .map(|_| {
            let most = if lot.once_in(3) { 31 } else { 4 };
            ((0..lot.below(most)).map(|_| lot.below(12)).collect(), lot.once_in(8), lot.below(40), lot.maybe(0, 5))
        })
        .collect();
    let case = format!("{way:?}, limit {limit:?}, begin {begin:?}, by page {by_page}, {sheets:?}");
    let served: Rc<RefCell<Vec<(usize, Sheet)>>> = Rc::default();
    let noted = Rc::clone(&served);
    let fetch = Fetch::asked(move |url, _| {
        let mut served = noted.borrow_mut();
        if served.len() > ENDLESS {
            return Err("it asks for ever".into());
        }
        let sheet = sheets[served.len() % sheets.len()].clone();
        let asked = number(url, "offset").unwrap_or(0);
        let (items, lies, count, cursor) = &sheet;
        let cursor = cursor.map(|cursor| if cursor == 0 { String::new() } else { format!("c{cursor}") });
        let page = way.page(items, if *lies { *count } else { asked }, *count, cursor);
        served.push((asked, sheet));
        Ok(Promise::resolve(&answer(200, &page)).into())
    });
    let read = read_list(&fetch, way, limit, begin, by_page, &[]).await.map_err(|wrong| format!("{wrong}: {case}"))?;
    let served = served.borrow();
    let good = served.len() - usize::from(read.failed.is_some());
    // The page that leads nowhere is not given; all before it are.
    let expected: Vec<usize> = served[..good].iter().flat_map(|(_, (items, ..))| items.clone()).collect();
    require(read.items == expected, || format!("{:?} in place of {expected:?}: {case}", read.items))?;
    let decodes = |error: &Error| matches!(error.kind(), ErrorKind::Decode { status: 200, .. });
    require(read.failed.as_ref().is_none_or(decodes), || format!("{:?}: {case}", read.failed))?;
    // An error has a reason in the page, and a list that ends without one has ended by its own words.
    let (asked, (items, lies, count, cursor)) = served.last().ok_or("nothing was asked for")?;
    let ends = match way {
        Way::Bare => items.len() < limit.unwrap_or(1),
        Way::Offset => !(*lies && count != asked) && asked + items.len() >= *count,
        Way::Cursor => cursor.is_none_or(|cursor| cursor == 0),
    };
    require(ends == read.failed.is_none(), || format!("{:?}, after {served:?}: {case}", read.failed))?;
    // Nobody is asked for the same page twice.
    let mut places: Vec<String> = urls(&fetch);
    places.sort();
    places.dedup();
    require(places.len() == served.len(), || format!("one page was asked for twice: {case}"))
}

fn urls(fetch: &Fetch) -> Vec<String> {
    fetch.calls.borrow().iter().map(|(url, _)| url.clone()).collect()
}

#[wasm_bindgen_test]
async fn any_list_ends_and_nothing_of_it_is_lost_or_comes_twice() {
    hold("Rust: any list ends, and nothing of it is lost or comes twice", any).await;
}
