//! Lists that the API gives in pages: what comes after a page, and two ways to go through all of them. For JavaScript, `pkg/pages.js` does the same.

use crate::check::Fault;
use crate::client::{Call, run};
use crate::error::Result;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::mem::replace;

/// An answer that is a page of a list. [`Call::items`] and [`Call::pages`] go on from it.
pub trait Page: Sized + 'static {
    /// What is listed.
    type Item: Serialize;

    /// The items of this page.
    fn items(&self) -> &[Self::Item];

    /// Takes the items out of the page.
    fn into_items(self) -> Vec<Self::Item>;

    /// What the page says of where it stands. Its type has no public name, so that only this crate has pages.
    #[doc(hidden)]
    fn mark(&self) -> Mark<'_>;
}

/// What a page says of where it stands.
#[derive(Debug, Clone, Copy)]
pub enum Mark<'p> {
    /// Nothing.
    Bare,
    /// How many items come before it, and how many there are on all pages.
    Offset { offset: f64, count: f64 },
    /// Where the next page begins, if there is one.
    Cursor(Option<&'p str>),
}

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
        let trail = Trail::of(&self.input.query);
        Pages { call: self, trail, begun: false, ended: false }
    }
}

/// The pages of a list, one after the other.
pub struct Pages<T> {
    call: Call<T>,
    trail: Trail,
    begun: bool,
    ended: bool,
}

impl<T: Page> Pages<T> {
    /// Asks for the next page; `None` after the last one, and after an error. A future that is dropped before its end has asked for nothing: the
    /// next one asks for the same page.
    ///
    /// # Errors
    /// As the call itself. Besides, `Decode` for a page that does not lead on though it is not the last: one that is not the page that was asked
    /// for, an empty one though more are promised, a cursor that came before.
    pub async fn next(&mut self) -> Option<Result<T>> {
        while !self.ended {
            let Pages { call, trail, .. } = self;
            let mut more = None;
            let answer = run(call, &mut |page: &T| {
                more = trail.after(page.mark(), page.items())?;
                Ok(())
            })
            .await;
            match more {
                Some((name, value)) => self.call.input.query = with(&self.call.input.query, name, value),
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

/// A query with another value of a field.
fn with(query: &[u8], name: &str, value: Value) -> Vec<u8> {
    let mut query: Map<String, Value> = serde_json::from_slice(query).unwrap_or_default();
    query.insert(name.into(), value);
    serde_json::to_vec(&query).unwrap_or_default()
}

/// The items of all pages of a list, one after the other.
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

/// What was asked for, and what came, as far as the next page depends on it.
#[derive(Debug, Default)]
struct Trail {
    offset: u64,
    /// How many items a page holds at most, where the query says so.
    limit: Option<f64>,
    /// The cursors that there were; of lists that tell nothing of where they stand, what each began with.
    seen: HashSet<String>,
}

impl Trail {
    fn of(query: &[u8]) -> Self {
        let query: Map<String, Value> = serde_json::from_slice(query).unwrap_or_default();
        let number = |name| query.get(name).and_then(Value::as_f64);
        let cursor = query.get("cursor").and_then(Value::as_str);
        Trail { offset: number("offset").unwrap_or_default() as u64, limit: number("limit"), seen: cursor.into_iter().map(String::from).collect() }
    }

    /// The field of the query that the next page is asked for with; nothing after the last one.
    ///
    /// What leads back is a fault: it would be a list that never ends, or one that is cut short and looks whole.
    fn after<I: Serialize>(&mut self, mark: Mark<'_>, items: &[I]) -> std::result::Result<Option<(&'static str, Value)>, Fault> {
        let next = self.offset + items.len() as u64;
        let (more, new) = match mark {
            Mark::Cursor(cursor) => {
                let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
                let new = self.seen.insert(cursor.into());
                return if new { Ok(Some(("cursor", cursor.into()))) } else { Err(back("cursor")) };
            }
            Mark::Offset { offset, .. } if offset != self.offset as f64 => {
                return Err(Fault::new("pagination.offset", &self.offset.to_string(), "another value"));
            }
            Mark::Offset { count, .. } => ((next as f64) < count, !items.is_empty()),
            Mark::Bare => {
                let more = items.len() as f64 >= self.limit.unwrap_or(1.0);
                let begin = items.first().and_then(|item| serde_json::to_string(item).ok());
                (more, begin.is_none_or(|begin| self.seen.insert(begin)))
            }
        };
        if more && !new {
            return Err(back(""));
        }
        self.offset = next;
        Ok(more.then(|| ("offset", next.into())))
    }
}

fn back(path: &str) -> Fault {
    Fault::new(path, "something that no page had before", "nothing new")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::endpoints;
    use crate::endpoint::{Answer, Paging};
    use crate::schema::{Shape, Type};
    use serde_json::json;

    /// Where a page leads to: `offset=2`, "" for nowhere, or the path of what is wrong.
    fn after(trail: &mut Trail, mark: Mark<'_>, items: &[i32]) -> String {
        match trail.after(mark, items) {
            Ok(Some((name, value))) => format!("{name}={value}"),
            Ok(None) => String::new(),
            Err(fault) => format!("wrong {}", fault.path),
        }
    }

    fn trail(query: Value) -> Trail {
        Trail::of(query.to_string().as_bytes())
    }

    #[test]
    fn pages_with_a_count_end_when_it_is_reached() {
        let mut way = trail(json!({}));
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: 5.0 }, &[1, 2]), "offset=2");
        assert_eq!(after(&mut way, Mark::Offset { offset: 2.0, count: 5.0 }, &[1, 2]), "offset=4");
        assert_eq!(after(&mut way, Mark::Offset { offset: 4.0, count: 5.0 }, &[5]), "");
        // Where some were removed in between.
        let mut way = trail(json!({ "offset": 4 }));
        assert_eq!(after(&mut way, Mark::Offset { offset: 4.0, count: 6.0 }, &[1]), "offset=5");
        assert_eq!(after(&mut way, Mark::Offset { offset: 5.0, count: 4.0 }, &[]), "");
        assert_eq!(after(&mut trail(json!({})), Mark::Offset { offset: 0.0, count: 0.0 }, &[]), "");
    }

    #[test]
    fn pages_with_a_count_that_lead_nowhere_are_faults() {
        assert_eq!(after(&mut trail(json!({})), Mark::Offset { offset: 0.0, count: 1.0 }, &[]), "wrong ");
        let mut way = trail(json!({ "offset": 2 }));
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: 9.0 }, &[1]), "wrong pagination.offset");
        let mut way = trail(json!({}));
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: 2.0 }, &[1]), "offset=1");
        assert_eq!(after(&mut way, Mark::Offset { offset: 0.0, count: 2.0 }, &[1]), "wrong pagination.offset");
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

    fn names(ty: Option<Type>) -> Vec<&'static str> {
        let Some(Shape::Object(fields)) = ty.map(Type::shape) else { return Vec::new() };
        fields.into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn rows_say_what_the_models_have() {
        let mut found = Vec::new();
        for row in endpoints().iter().filter(|row| row.paging != Paging::None) {
            let field = if row.paging == Paging::Cursor { "cursor" } else { "offset" };
            assert!(names(row.query).contains(&field), "{}: its query has no {field}", row.id);
            let Answer::Json(ty) = row.answer else { panic!("{} answers no JSON", row.id) };
            let fields = names(Some(ty));
            let expected = match (row.paging, ty.shape()) {
                (_, Shape::Array { .. }) => vec![],
                (Paging::Cursor, _) => vec!["data", "cursor"],
                _ => vec![row.route.rsplit('/').next().unwrap_or_default(), "pagination"],
            };
            assert_eq!(fields, expected, "{}", row.id);
            found.push(row.id);
        }
        assert_eq!(found, ["organizations.listProjects", "actionRuns.list", "snippets.list"]);
    }
}
