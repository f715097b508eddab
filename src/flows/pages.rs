//! Lists that the API gives in pages: what comes after a page, and two ways to go through all of them.

use super::walk::{Walk, Walker};
use crate::call::{Call, Reader, Response, Unreadable, read_model};
use crate::check::{Cursor, unescape};
use crate::error::Result;
use crate::fault::Fault;
use crate::options::Options;
use crate::page::{Mark, Page};
use crate::schema::endpoint::Endpoint;
use crate::text::{percent_decode, quoted};
use crate::transport::exchange::BodyFormat;
use crate::transport::exchange::Received;
use futures_core::Stream;
use std::collections::BTreeSet;
use std::fmt;
use std::mem::replace;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

impl<T: Page> Call<T> {
    /// Gives the items of all pages, from the one that the query asks for: the next page is asked for when one has been read.
    ///
    /// ```
    /// # use supabase_management_wasm::{Client, Result, api::organizations::ListProjectsQuery};
    /// # async fn example(client: Client) -> Result<()> {
    /// let mut projects = client.organizations().list_projects("acme", &ListProjectsQuery::default()).items();
    /// while let Some(project) = projects.next().await {
    ///     println!("{}", project?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "nothing is called before `next` is"]
    pub fn items(self) -> Items<T> {
        Items { pages: self.pages(), page: Vec::new().into_iter() }
    }

    /// Gives all pages, from the one that the query asks for. An empty one is given only where it is the first.
    #[must_use = "nothing is called before `next` is"]
    pub fn pages(self) -> Pages<T> {
        Pages(Walker::new(PageWalk { call: self, seen: BTreeSet::new(), begun: false, ended: false }))
    }
}

/// The pages of a list, one after the other. It is a [`Stream`] as well.
pub struct Pages<T: Page>(Walker<PageWalk<T>>);

struct PageWalk<T> {
    call: Call<T>,
    /// What tells the pages that there were from one another.
    seen: BTreeSet<String>,
    begun: bool,
    ended: bool,
}

impl<T: Page> Pages<T> {
    /// Asks for the next page; `None` after the last one, and after an error. A future that is dropped before its end changes nothing here: the next
    /// one asks for the same page, once more if the request was sent already.
    ///
    /// # Errors
    /// As the call itself. Besides, `Decode` for a page that does not lead on though it is not the last: one that is not the page that was asked
    /// for, an empty one though more are promised, a cursor that came before.
    pub async fn next(&mut self) -> Option<Result<T>> {
        self.0.next().await
    }
}

impl<T: Page> Stream for Pages<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        self.0.poll_next(context)
    }
}

impl<T: Page> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pages(…)")
    }
}

impl<T: Page> Walk for PageWalk<T> {
    type Item = Result<T>;

    async fn step(&mut self) -> Option<Result<T>> {
        while !self.ended {
            let mut reader = PageReader { call: &self.call, seen: &self.seen, new: Vec::new(), next: None };
            let answer: Result<Response<T>> = self.call.raw.run(&mut reader).await;
            let (new, next) = (reader.new, reader.next);
            self.seen.extend(new);
            match next {
                Some(query) => {
                    self.call.raw.input.query = query;
                    self.call.raw.input.continued = true;
                }
                None => self.ended = true,
            }
            let first = !replace(&mut self.begun, true);
            match answer {
                Ok(answer) if !first && answer.data.items().is_empty() => {}
                answer => return Some(answer.map(|answer| answer.data)),
            }
        }
        None
    }
}

/// Reads a page, and finds out what comes after it: a page that leads nowhere is an answer that does not fit.
struct PageReader<'p, T> {
    call: &'p Call<T>,
    seen: &'p BTreeSet<String>,
    /// What of this page is to be added to it. Not before the page has been read: who drops it on its way asks for it again.
    new: Vec<String>,
    next: Option<Vec<u8>>,
}

impl<T: Page> Reader for PageReader<'_, T> {
    type Output = T;

    fn format(&self, _: &Endpoint, _: &Options) -> BodyFormat {
        BodyFormat::Bytes
    }

    fn read(&mut self, endpoint: &'static Endpoint, received: &Received) -> std::result::Result<T, Unreadable> {
        let page = read_model(self.call.decode, endpoint, received)?;
        let items = page.items();
        let first = items.first().and_then(|item| serde_json::to_string(item).ok());
        let facts = PageFacts { mark: page.mark(), items: items.len(), first };
        let (seen, new) = (self.seen, &mut self.new);
        let mut is_new = |mark: &str| {
            let first = !seen.contains(mark) && !new.iter().any(|known| known == mark);
            if first {
                new.push(mark.into());
            }
            first
        };
        let input = &self.call.raw.input;
        self.next = next_query(&input.query, &facts, &|| self.call.raw.path(), &mut is_new)?;
        Ok(page)
    }
}

/// The items of all pages of a list, one after the other. It is a [`Stream`] as well.
pub struct Items<T: Page> {
    pages: Pages<T>,
    page: std::vec::IntoIter<T::Item>,
}

impl<T: Page> Items<T> {
    /// Gives the next item, and asks for the next page where there is none left; `None` after the last item, and after an error.
    ///
    /// # Errors
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(page) => self.page = page.into_items().into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Nothing in it is ever pinned.
impl<T: Page> Unpin for Items<T> {}

impl<T: Page> Stream for Items<T> {
    type Item = Result<T::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.0.poll_next(context)) {
                Some(Ok(page)) => self.page = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Page> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Items(…)")
    }
}

/// What of a page tells where the next one begins.
pub(crate) struct PageFacts<'p> {
    pub(crate) mark: Mark<'p>,
    /// How many items it has.
    pub(crate) items: usize,
    /// Its first item as JSON: a list that tells nothing of where it stands is known by what it begins with.
    pub(crate) first: Option<String>,
}

/// The query that the next page is asked for with, made of the one that this page was asked for with; nothing after the last page.
///
/// What leads back is a fault: it would be a list that never ends, or one that is cut short and looks whole. `is_new` takes a note of what tells a page
/// from others, and says whether it is the first with that. `path` gives the path of the list, where a link leads on.
pub(crate) fn next_query(
    query: &[u8],
    page: &PageFacts<'_>,
    path: &dyn Fn() -> String,
    is_new: &mut dyn FnMut(&str) -> bool,
) -> std::result::Result<Option<Vec<u8>>, Fault> {
    let asked = |name: &str| Cursor::new(query).find(name.as_bytes());
    let offset = asked("offset").and_then(Cursor::whole_number).unwrap_or_default();
    let end = offset + page.items as f64;
    let (more, new) = match page.mark {
        Mark::Cursor(cursor) => {
            let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
            if let Some(own) = asked("cursor").and_then(Cursor::string) {
                is_new(&own);
            }
            if !is_new(cursor) {
                return Err(leads_back("cursor"));
            }
            return Ok(Some(with_member(query, "cursor", &quoted(cursor))));
        }
        Mark::Link(link) => {
            let Some(link) = link.filter(|link| !link.is_empty()) else { return Ok(None) };
            let next =
                place_in(link, &path()).ok_or_else(|| Fault::new(LINK, "the path of this list, with `page` in its query", "another address"))?;
            let next = object_of(&next);
            if let Some(own) = asked("page") {
                let mut place = Members::new();
                for (name, value) in own.members() {
                    let text = value.string().unwrap_or_else(|| String::from_utf8_lossy(value.raw_value().unwrap_or_default()).into());
                    put(&mut place, unescape(name), text);
                }
                is_new(&object_of(&place));
            }
            if !is_new(&next) {
                return Err(leads_back(LINK));
            }
            return Ok(Some(with_member(query, "page", &next)));
        }
        Mark::Offset { offset: told, .. } if told != offset => {
            return Err(Fault::new("pagination.offset", (offset as u64).to_string(), "another value"));
        }
        Mark::Offset { count: Some(count), .. } => (end < count, page.items > 0),
        Mark::Bare | Mark::Offset { count: None, .. } => {
            let limit = asked("limit").and_then(Cursor::whole_number).unwrap_or(1.0);
            (page.items as f64 >= limit, page.first.as_ref().is_none_or(|first| is_new(first)))
        }
    };
    if more && !new {
        return Err(leads_back(""));
    }
    Ok(more.then(|| with_member(query, "offset", &(end as u64).to_string())))
}

/// Where in a page the link to the next one is.
const LINK: &str = "links.next";

/// Names and values, in the order of the names: two of them are the same where they hold the same.
type Members = Vec<(String, String)>;

/// The place in a list that a link leads to, as the members of `page` in its query: `after` and `size`, or `offset` and `limit`. Nothing where it leads
/// to anything but this list, which is never followed.
fn place_in(link: &str, path: &str) -> Option<Members> {
    let (to, query) = link.split_once('?')?;
    if percent_decode(to) != percent_decode(path) {
        return None;
    }
    let mut place = Members::new();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let name = percent_decode(name);
        if let Some(name) = name.strip_prefix("page[").and_then(|name| name.strip_suffix(']')) {
            put(&mut place, name.to_owned(), percent_decode(value));
        }
    }
    (!place.is_empty()).then_some(place)
}

/// Puts a member where it belongs, in the place of one of the same name.
fn put(members: &mut Members, name: String, value: String) {
    let at = members.iter().position(|(known, _)| *known >= name).unwrap_or(members.len());
    match members.get_mut(at) {
        Some((known, old)) if *known == name => *old = value,
        _ => members.insert(at, (name, value)),
    }
}

/// The JSON of an object of strings.
fn object_of(members: &[(String, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{}", quoted(name), quoted(value))).collect();
    format!("{{{}}}", members.join(","))
}

fn leads_back(path: &str) -> Fault {
    Fault::new(path, "something that no page had before", "nothing new")
}

/// The JSON of an object with another value of a member.
fn with_member(object: &[u8], name: &str, value: &str) -> Vec<u8> {
    let mut members: Vec<_> = Cursor::new(object)
        .members()
        .into_iter()
        .map(|(known, place)| (unescape(known), place))
        .filter(|(known, _)| known != name)
        .map(|(known, place)| format!("{}:{}", quoted(&known), String::from_utf8_lossy(place.raw_value().unwrap_or_default())))
        .collect();
    members.push(format!("{}:{value}", quoted(name)));
    format!("{{{}}}", members.join(",")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::endpoints;
    use crate::schema::endpoint::{Answer, Paging};
    use crate::schema::{Shape, Type};
    use serde_json::{Value, json};

    /// A list on its way, page by page.
    struct Trail {
        query: Vec<u8>,
        seen: BTreeSet<String>,
    }

    /// Where a page leads to: `offset=2`, "" for nowhere, or the path of what is wrong.
    fn after(trail: &mut Trail, mark: Mark<'_>, items: &[i32]) -> String {
        let page = PageFacts { mark, items: items.len(), first: items.first().map(ToString::to_string) };
        let Trail { query, seen } = trail;
        let path = || "/v2/projects/abc/notebooks".to_owned();
        let next = next_query(query, &page, &path, &mut |mark| seen.insert(mark.into()));
        match next {
            Ok(Some(next)) => {
                *query = next;
                let next: Value = serde_json::from_slice(query).expect("JSON");
                let name = match mark {
                    Mark::Cursor(_) => "cursor",
                    Mark::Link(_) => "page",
                    _ => "offset",
                };
                format!("{name}={}", next[name])
            }
            Ok(None) => String::new(),
            Err(fault) => format!("wrong {}", fault.path),
        }
    }

    fn trail(query: Value) -> Trail {
        Trail { query: query.to_string().into_bytes(), seen: BTreeSet::new() }
    }

    #[test]
    fn the_rest_of_the_query_stays_as_it_is() {
        let mut way = trail(json!({ "search": "a\"b", "limit": 2, "offset": 1.0, "sort": ["x", null] }));
        assert_eq!(after(&mut way, Mark::Bare, &[1, 2]), "offset=3");
        let next: Value = serde_json::from_slice(&way.query).expect("JSON");
        assert_eq!(next, json!({ "search": "a\"b", "limit": 2, "offset": 3, "sort": ["x", null] }));
    }

    #[test]
    fn pages_with_a_count_end_when_it_is_reached() {
        let mut way = trail(json!({}));
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: Some(5.0) }, &[1, 2]), "offset=2");
        assert_eq!(after(&mut way, Mark::Offset { offset: 2.0, count: Some(5.0) }, &[1, 2]), "offset=4");
        assert_eq!(after(&mut way, Mark::Offset { offset: 4.0, count: Some(5.0) }, &[5]), "");
        // Where some were removed in between.
        let mut way = trail(json!({ "offset": 4 }));
        assert_eq!(after(&mut way, Mark::Offset { offset: 4.0, count: Some(6.0) }, &[1]), "offset=5");
        assert_eq!(after(&mut way, Mark::Offset { offset: 5.0, count: Some(4.0) }, &[]), "");
        assert_eq!(after(&mut trail(json!({})), Mark::Offset { offset: 0.0, count: Some(0.0) }, &[]), "");
    }

    #[test]
    fn pages_with_a_count_that_lead_nowhere_are_faults() {
        assert_eq!(after(&mut trail(json!({})), Mark::Offset { offset: 0.0, count: Some(1.0) }, &[]), "wrong ");
        let mut way = trail(json!({ "offset": 2 }));
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: Some(9.0) }, &[1]), "wrong pagination.offset");
        let mut way = trail(json!({}));
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: Some(2.0) }, &[1]), "offset=1");
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: Some(2.0) }, &[1]), "wrong pagination.offset");
    }

    #[test]
    fn bare_lists_end_at_an_empty_page_or_a_short_one() {
        let mut way = trail(json!({ "offset": 7 }));
        assert_eq!(after(&mut way, Mark::Bare, &[1, 2, 3]), "offset=10");
        assert_eq!(after(&mut way, Mark::Bare, &[4]), "offset=11");
        assert_eq!(after(&mut way, Mark::Bare, &[]), "");
        let mut way = trail(json!({ "limit": 2.0 }));
        assert_eq!(after(&mut way, Mark::Bare, &[1, 2]), "offset=2");
        assert_eq!(after(&mut way, Mark::Bare, &[3]), "");
    }

    #[test]
    fn bare_lists_that_begin_as_a_page_before_are_faults() {
        let mut way = trail(json!({}));
        assert_eq!(after(&mut way, Mark::Bare, &[1, 2]), "offset=2");
        assert_eq!(after(&mut way, Mark::Bare, &[1, 3]), "wrong ");
        // As any page before: two that alternate would never end either.
        let mut way = trail(json!({}));
        assert_eq!(after(&mut way, Mark::Bare, &[1]), "offset=1");
        assert_eq!(after(&mut way, Mark::Bare, &[2]), "offset=2");
        assert_eq!(after(&mut way, Mark::Bare, &[1]), "wrong ");
    }

    #[test]
    fn cursors_end_when_there_is_none_and_never_come_twice() {
        let mut way = trail(json!({ "cursor": "a" }));
        assert_eq!(after(&mut way, Mark::Cursor(Some("b")), &[]), "cursor=\"b\"");
        assert_eq!(after(&mut way, Mark::Cursor(Some("c")), &[1]), "cursor=\"c\"");
        for seen in ["a", "b", "c"] {
            assert_eq!(after(&mut way, Mark::Cursor(Some(seen)), &[1]), "wrong cursor");
        }
        assert_eq!(after(&mut way, Mark::Cursor(Some("")), &[1]), "");
        assert_eq!(after(&mut way, Mark::Cursor(None), &[1]), "");
    }

    #[test]
    fn links_lead_on_within_the_list_and_never_twice() {
        let mut way = trail(json!({ "page": { "size": 2, "after": "a" }, "filter": { "username": "x" } }));
        let link = |query: &str| format!("/v2/projects/abc/notebooks?{query}");
        assert_eq!(after(&mut way, Mark::Link(Some(&link("page%5Bafter%5D=b+c&page%5Bsize%5D=2"))), &[]), r#"page={"after":"b c","size":"2"}"#);
        let next: Value = serde_json::from_slice(&way.query).expect("JSON");
        assert_eq!(next, json!({ "page": { "after": "b c", "size": "2" }, "filter": { "username": "x" } }));
        // Nothing but the place is taken: what was asked for stays, and nothing is added.
        let more = link("page[size]=2&page[after]=d&filter[username]=y&admin=true");
        assert_eq!(after(&mut way, Mark::Link(Some(&more)), &[1]), r#"page={"after":"d","size":"2"}"#);
        let next: Value = serde_json::from_slice(&way.query).expect("JSON");
        assert_eq!(next, json!({ "page": { "after": "d", "size": "2" }, "filter": { "username": "x" } }));
        for seen in ["a", "b%20c", "d"] {
            assert_eq!(after(&mut way, Mark::Link(Some(&link(&format!("page[after]={seen}&page[size]=2")))), &[1]), "wrong links.next", "{seen}");
        }
        assert_eq!(after(&mut way, Mark::Link(None), &[1]), "");
        assert_eq!(after(&mut way, Mark::Link(Some("")), &[1]), "");
    }

    #[test]
    fn links_to_anything_else_are_faults() {
        for link in [
            "https://evil.example/v2/projects/abc/notebooks?page[after]=b",
            "//evil.example/v2/projects/abc/notebooks?page[after]=b",
            "/v2/projects/xyz/notebooks?page[after]=b",
            "/v2/projects/abc/notebooks/1?page[after]=b",
            "/v2/projects/abc/notebooks/../../xyz/notebooks?page[after]=b",
            "/v2/projects/abc/notebooks",
            "/v2/projects/abc/notebooks?",
            "/v2/projects/abc/notebooks?cursor=b",
            "?page[after]=b",
            "b",
        ] {
            assert_eq!(after(&mut trail(json!({})), Mark::Link(Some(link)), &[1]), "wrong links.next", "{link}");
        }
    }

    #[test]
    fn links_with_offsets_lead_on_too() {
        let mut way = trail(json!({}));
        let first = "/v2/projects/abc/notebooks?page%5Boffset%5D=20&page%5Blimit%5D=20";
        assert_eq!(after(&mut way, Mark::Link(Some(first)), &[1]), r#"page={"limit":"20","offset":"20"}"#);
        assert_eq!(after(&mut way, Mark::Link(Some(first)), &[1]), "wrong links.next");
    }

    fn names(ty: Option<Type>) -> Vec<&'static str> {
        let Some(Shape::Object(fields)) = ty.map(Type::shape) else { return Vec::new() };
        fields.into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn rows_say_what_the_models_have() {
        let mut found = Vec::new();
        for row in endpoints().iter().filter(|row| row.paging != Paging::None) {
            let field = match row.paging {
                Paging::Cursor => "cursor",
                Paging::Links => "page",
                _ => "offset",
            };
            assert!(names(row.query).contains(&field), "{}: its query has no {field}", row.id);
            let Answer::Json(ty) = row.answer else { panic!("{} answers no JSON", row.id) };
            let fields = names(Some(ty));
            let expected = match (row.paging, ty.shape()) {
                (_, Shape::Array { .. }) => vec![],
                (Paging::Cursor, _) => vec!["data", "cursor"],
                (Paging::Links, _) => vec!["data", "links"],
                _ => vec![row.route.rsplit('/').next().unwrap_or_default(), "pagination"],
            };
            assert_eq!(fields, expected, "{}", row.id);
            // All lists of version 2 that have pages have links: it is the word in the row that would be missing.
            if row.paging != Paging::Links {
                found.push(row.id);
            }
        }
        assert_eq!(found, ["organizations.listProjects", "actionRuns.list", "snippets.list"]);
    }
}
