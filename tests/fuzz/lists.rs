//! Lists in pages: an honest one is read whole, and any other ends. It is `src/pages.rs` itself, on a client whose answers are a function.

use super::client::{Call, Input};
use super::error::{Error, ErrorKind};
use super::pages::{Mark, Page};
use super::runner::hold;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use supabase_management_wasm::probe::answered;

/// The three ways in which the API has pages.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Bare,
    Offset,
    Cursor,
}

#[derive(Debug, Clone)]
enum Told {
    Bare,
    Offset(f64, f64),
    Cursor(Option<String>),
}

#[derive(Debug, Clone)]
struct Sheet {
    items: Vec<u32>,
    told: Told,
}

impl Page for Sheet {
    type Item = u32;

    fn items(&self) -> &[u32] {
        &self.items
    }

    fn into_items(self) -> Vec<u32> {
        self.items
    }

    fn mark(&self) -> Mark<'_> {
        match &self.told {
            Told::Bare => Mark::Bare,
            Told::Offset(offset, count) => Mark::Offset { offset: *offset, count: *count },
            Told::Cursor(cursor) => Mark::Cursor(cursor.as_deref()),
        }
    }
}

/// Whoever asks this often has not seen that there is no end.
const ENDLESS: usize = 500;

/// What became of a list that was read to its end.
#[derive(Debug, Default, PartialEq)]
struct Read {
    items: Vec<u32>,
    /// Sizes of the pages; empty where it was read item by item.
    sizes: Vec<usize>,
    /// The status of the error, which is 200 for a page that leads nowhere.
    failed: Option<u16>,
}

fn status_of(error: &Error) -> u16 {
    match error.kind() {
        ErrorKind::Api { status, .. } | ErrorKind::Decode { status, .. } => *status,
        _ => 0,
    }
}

/// Runs something to its end, or drops it after the first look.
fn look<T>(future: impl Future<Output = T>, dropped: bool) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..if dropped { 1 } else { 9 * ENDLESS } {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
    }
    assert!(dropped, "it waits for nobody");
    None
}

/// Reads all of a list. `drops` tells how many times a `next` is given up before one is waited for.
fn read(call: Call<Sheet>, by_page: bool, drops: &[u8]) -> Read {
    let mut read = Read::default();
    let mut drops = drops.iter().cycle();
    let mut patience = || *drops.next().unwrap_or(&0);
    let (mut pages, mut items) = if by_page { (Some(call.pages()), None) } else { (None, Some(call.items())) };
    for _ in 0..ENDLESS * 30 {
        let mut next = |dropped| match (&mut pages, &mut items) {
            (Some(pages), _) => look(pages.next(), dropped).map(|page| page.map(|page| page.map(Page::into_items))),
            (_, Some(items)) => look(items.next(), dropped).map(|item| item.map(|item| item.map(|item| vec![item]))),
            _ => None,
        };
        let given = (0..patience()).find_map(|_| next(true)).or_else(|| next(false));
        match given.flatten() {
            Some(Ok(some)) => {
                if by_page {
                    read.sizes.push(some.len());
                }
                read.items.extend(some);
            }
            Some(Err(error)) => {
                read.failed = Some(status_of(&error));
                assert!(next(false).flatten().is_none(), "there is something behind the error");
                return read;
            }
            None => {
                assert!(next(false).flatten().is_none(), "there is something behind the end");
                return read;
            }
        }
    }
    panic!("there is no end");
}

fn call_of(query: &Value, serve: impl Fn(Map<String, Value>) -> super::error::Result<Sheet> + 'static) -> Call<Sheet> {
    Call { input: Input { query: query.to_string().into_bytes() }, serve: Rc::new(serve) }
}

fn number(query: &Map<String, Value>, name: &str) -> Option<usize> {
    query.get(name).and_then(Value::as_f64).map(|number| number as usize)
}

#[test]
fn an_honest_list_is_read_whole_and_once() {
    let cases = (
        (select(vec![Way::Bare, Way::Offset, Way::Cursor]), 0usize..80, 1usize..20),
        (option::of(1usize..20), option::of(0usize..90), option::of(0usize..12)),
        (any::<bool>(), vec(0u8..3, 0..6)),
    );
    hold("an_honest_list_is_read_whole_and_once", &cases, |((way, count, most), (limit, begin, broken), (by_page, drops))| {
        let all: Vec<u32> = (0..count as u32).collect();
        // A bare list keeps to the limit that is asked for: else nobody could tell a short page from the last one.
        let size = limit.map_or(most, |limit| if way == Way::Bare { limit } else { limit.min(most) });
        let mut query = Map::new();
        query.insert("search".into(), "a b".into());
        if let Some(limit) = limit {
            query.insert("limit".into(), limit.into());
        }
        match begin {
            Some(begin) if way == Way::Cursor => query.insert("cursor".into(), format!("c{begin}").into()),
            Some(begin) => query.insert("offset".into(), begin.into()),
            None => None,
        };
        let requests = Rc::new(Cell::new(0));
        let counted = Rc::clone(&requests);
        let whole = all.clone();
        let call = call_of(&query.into(), move |query| {
            let number_of = counted.get();
            counted.set(number_of + 1);
            assert!(number_of < ENDLESS, "it asks for ever");
            assert_eq!((query.get("search"), number(&query, "limit")), (Some(&json!("a b")), limit), "the query is another one");
            if broken == Some(number_of) {
                return Err(Error::new(answered(503, "")));
            }
            let cursor = query.get("cursor").and_then(Value::as_str).and_then(|cursor| cursor[1..].parse().ok());
            let from = cursor.or(number(&query, "offset")).unwrap_or(0);
            let items: Vec<u32> = whole.iter().skip(from).take(size).copied().collect();
            let end = from + items.len();
            let told = match way {
                Way::Bare => Told::Bare,
                Way::Offset => Told::Offset(from as f64, whole.len() as f64),
                Way::Cursor => Told::Cursor((end < whole.len()).then(|| format!("c{end}"))),
            };
            Ok(Sheet { items, told })
        });
        let expected = &all[begin.unwrap_or(0).min(count)..];
        let read = read(call, by_page, &drops);
        let full = expected.len().div_ceil(size).max(1);
        if let Some(status) = read.failed {
            let broken = broken.expect("what broke");
            prop_assert_eq!(status, 503);
            prop_assert_eq!(requests.get(), broken + 1, "it asks again behind an error");
            prop_assert_eq!(&read.items[..], &expected[..(broken * size).min(expected.len())]);
            return Ok(());
        }
        prop_assert_eq!(&read.items[..], expected);
        // One more where only an empty page, or a short one, tells the end.
        let more = usize::from(way == Way::Bare && !expected.is_empty() && (limit.is_none() || expected.len().is_multiple_of(size)));
        prop_assert_eq!(requests.get(), full + more);
        prop_assert!(!by_page || read.sizes.len() == full, "{:?}", read.sizes);
        prop_assert!(read.sizes.iter().skip(1).all(|size| *size > 0), "{:?}", read.sizes);
        Ok(())
    });
}

#[test]
fn any_list_ends_and_nothing_of_it_is_lost_or_comes_twice() {
    // Few items and few cursors, so that a list that never ends has to repeat one.
    let sheet = (vec(0u32..12, 0..5), 0u8..8, 0usize..40, option::of(0usize..6));
    let cases = (
        (select(vec![Way::Bare, Way::Offset, Way::Cursor]), any::<bool>(), vec(sheet, 1..8)),
        (option::of(1usize..5), option::of(0usize..6)),
        (any::<bool>(), vec(0u8..3, 0..6)),
    );
    hold("any_list_ends_and_nothing_of_it_is_lost_or_comes_twice", &cases, |((way, mixed, sheets), (limit, begin), (by_page, drops))| {
        let mut query = Map::new();
        if let Some(limit) = limit {
            query.insert("limit".into(), limit.into());
        }
        let mut seen = Vec::new();
        match begin {
            Some(begin) if way == Way::Cursor => {
                seen.push(format!("c{begin}"));
                query.insert("cursor".into(), seen[0].clone().into())
            }
            Some(begin) => query.insert("offset".into(), begin.into()),
            None => None,
        };
        let served = Rc::new(RefCell::new(Vec::new()));
        let noted = Rc::clone(&served);
        let call = call_of(&query.into(), move |query| {
            let at = noted.borrow().len();
            assert!(at < ENDLESS, "it asks for ever");
            let (items, lie, count, cursor) = sheets[at % sheets.len()].clone();
            let asked = number(&query, "offset").unwrap_or(0);
            let cursor = cursor.map(|cursor| if cursor == 0 { String::new() } else { format!("c{cursor}") });
            // A list that changes its ways from page to page is none that the API has, but it must end as well.
            let way = if mixed { [Way::Bare, Way::Offset, Way::Cursor][count % 3] } else { way };
            let told = match way {
                Way::Bare => Told::Bare,
                Way::Offset => Told::Offset(if lie == 7 { count as f64 } else { asked as f64 }, count as f64),
                Way::Cursor => Told::Cursor(cursor),
            };
            let sheet = Sheet { items, told };
            noted.borrow_mut().push((asked, sheet.clone()));
            Ok(sheet)
        });
        let read = read(call, by_page, &drops);
        let served = served.borrow();
        let good = served.len() - usize::from(read.failed.is_some());
        let expected: Vec<u32> = served[..good].iter().flat_map(|(_, sheet)| sheet.items.clone()).collect();
        prop_assert_eq!(&read.items, &expected);
        prop_assert!(read.failed.is_none_or(|status| status == 200), "{:?}", read.failed);
        let (asked, last) = &served[served.len() - 1];
        // Whether the last page is one, by its own words.
        let ends = match &last.told {
            Told::Bare => last.items.len() < limit.unwrap_or(1),
            Told::Offset(offset, count) => *offset == *asked as f64 && (asked + last.items.len()) as f64 >= *count,
            Told::Cursor(cursor) => cursor.as_deref().is_none_or(str::is_empty),
        };
        if !mixed {
            prop_assert_eq!(ends, read.failed.is_none(), "{:?}", served);
            for (_, sheet) in &served[..good] {
                if let Told::Cursor(Some(cursor)) = &sheet.told {
                    prop_assert!(cursor.is_empty() || !seen.contains(cursor), "{cursor} led on twice");
                    seen.push(cursor.clone());
                }
            }
        }
        Ok(())
    });
}
