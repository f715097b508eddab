//! The pages of a list, as JavaScript goes through them.

use super::calls::{PendingCall, raw_call};
use super::errors::{field, record_of};
use super::records::to_js;
use crate::call::{RawCall, kind_name};
use crate::check::Cursor;
use crate::fault::Fault;
use crate::flows::pages::{PageFacts, next_query};
use crate::page::Mark;
use crate::schema::Shape;
use crate::schema::endpoint::{Answer, Paging};
use js_sys::{Array, JSON, Set};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What a page leads to.
#[derive(Serialize)]
struct Turn {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    items: JsValue,
    /// The query that the next page is asked for with, as JSON. Nothing after the last page.
    query: Option<String>,
    /// The record of what is wrong with the page.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    error: JsValue,
}

/// Looks at a page, and tells what comes after it.
///
/// `pending` is the call that gave it, with this status after so many attempts; `seen` holds what tells the pages before from one another.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = turnPage))]
pub fn turn_page(pending: &PendingCall, page: &JsValue, seen: &Set, status: u16, attempts: u32) -> JsValue {
    let turn = match raw_call(pending) {
        Err(error) => Err(error),
        Ok(call) => turn(&call, page, seen).map_err(|fault| {
            let text = json_text(page).unwrap_or_default();
            call.undecodable(fault, status, text, attempts)
        }),
    };
    to_js(&match turn {
        Ok((items, query)) => Turn { items: items.into(), query, error: JsValue::UNDEFINED },
        Err(error) => Turn { items: JsValue::UNDEFINED, query: None, error: record_of(&error) },
    })
}

/// JSON of a value; nothing where it has none.
fn json_text(value: &JsValue) -> Option<String> {
    JsValue::from(JSON::stringify(value).ok()?).as_string()
}

fn turn(call: &RawCall, page: &JsValue, seen: &Set) -> Result<(Array, Option<String>), Fault> {
    let endpoint = call.endpoint;
    let cursor = endpoint.paging == Paging::Cursor;
    let bare = matches!(endpoint.answer, Answer::Json(ty) if matches!(ty.shape(), Shape::Array { .. }));
    // The macro sees to it that this is the member with the items.
    let member = if bare {
        ""
    } else if cursor {
        "data"
    } else {
        endpoint.route.rsplit('/').next().unwrap_or_default()
    };
    let items = if bare { page.clone() } else { field(page, member) };
    if !Array::is_array(&items) {
        return Err(Fault::new(member, "array", kind_name(&items)));
    }
    let items: Array = items.unchecked_into();
    let first = if items.length() > 0 { json_text(&items.get(0)) } else { None };
    let next = field(page, "cursor");
    let text = next.as_string();
    if cursor && text.is_none() && !next.is_undefined() && !next.is_null() {
        return Err(Fault::new("cursor", "string", kind_name(&next)));
    }
    let asked = Cursor::new(&call.input.query).find(b"offset").and_then(Cursor::whole_number).unwrap_or_default();
    let pagination = field(page, "pagination");
    let (count, told) = (field(&pagination, "count").as_f64(), field(&pagination, "offset"));
    if !cursor && !told.is_undefined() && told.as_f64() != Some(asked) {
        return Err(Fault::new("pagination.offset", (asked as u64).to_string(), "another value"));
    }
    let mark = match count {
        _ if cursor => Mark::Cursor(text.as_deref()),
        Some(count) => Mark::Offset { offset: asked, count },
        None => Mark::Bare,
    };
    let facts = PageFacts { mark, items: items.length() as usize, first };
    let mut is_new = |mark: &str| {
        let new = !seen.has(&mark.into());
        seen.add(&mark.into());
        new
    };
    let query = next_query(&call.input.query, &facts, &mut is_new)?;
    Ok((items, query.map(|query| String::from_utf8_lossy(&query).into_owned())))
}
