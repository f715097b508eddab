//! The pages of a list, as JavaScript goes through them.

use super::calls::{PendingCall, raw_call};
use super::errors::{field, record_of};
use super::records::to_js;
use crate::call::{RawCall, is_array, kind_name};
use crate::check::Cursor;
use crate::fault::Fault;
use crate::flows::pages::{PageFacts, next_query};
use crate::page::Mark;
use crate::redact::Secrets;
use crate::schema::Shape;
use crate::schema::endpoint::{Answer, Paging};
use js_sys::{Array, JSON, Reflect, Set};
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
    let call = raw_call(pending);
    to_js(&match turn(&call, page, seen) {
        Ok((items, query)) => Turn { items, query, error: JsValue::UNDEFINED },
        Err(fault) => {
            let mut secrets = Secrets::default();
            pending.hidden().iter().flat_map(Array::iter).filter_map(|text| text.as_string()).for_each(|text| secrets.add(&text));
            let error = call.undecodable(fault, status, json_text(page).unwrap_or_default(), attempts, secrets);
            Turn { items: JsValue::UNDEFINED, query: None, error: record_of(&error) }
        }
    })
}

/// JSON of a value; nothing where it has none.
fn json_text(value: &JsValue) -> Option<String> {
    JsValue::from(JSON::stringify(value).ok()?).as_string()
}

fn turn(call: &RawCall, page: &JsValue, seen: &Set) -> Result<(JsValue, Option<String>), Fault> {
    let endpoint = call.endpoint;
    let (cursor, links) = (endpoint.paging == Paging::Cursor, endpoint.paging == Paging::Links);
    let bare = matches!(endpoint.answer, Answer::Json(ty) if matches!(ty.shape(), Shape::Array { .. }));
    // The macro sees to it that this is the member with the items.
    let member = if bare {
        ""
    } else if cursor || links {
        "data"
    } else {
        endpoint.route.rsplit('/').next().unwrap_or_default()
    };
    let items = if bare { page.clone() } else { field(page, member) };
    if !is_array(&items) {
        return Err(Fault::new(member, "array", kind_name(&items)));
    }
    let length = field(&items, "length").as_f64().unwrap_or_default() as usize;
    let first = if length > 0 { Reflect::get_u32(&items, 0).ok().and_then(|first| json_text(&first)) } else { None };
    let next = if links { field(&field(page, "links"), "next") } else { field(page, "cursor") };
    let text = next.as_string();
    if (cursor || links) && text.is_none() && !next.is_undefined() && !next.is_null() {
        return Err(Fault::new(if links { "links.next" } else { "cursor" }, "string", kind_name(&next)));
    }
    let asked = Cursor::new(&call.input.query).find(b"offset").and_then(Cursor::whole_number).unwrap_or_default();
    let pagination = field(page, "pagination");
    let told = field(&pagination, "offset");
    // A page that does not say where it begins is taken for the one that was asked for. What is no number is no offset.
    let offset = if told.is_undefined() { asked } else { told.as_f64().unwrap_or(f64::NAN) };
    let mark = match field(&pagination, "count").as_f64() {
        _ if cursor => Mark::Cursor(text.as_deref()),
        _ if links => Mark::Link(text.as_deref()),
        None if bare => Mark::Bare,
        count => Mark::Offset { offset, count },
    };
    let facts = PageFacts { mark, items: length, first };
    let mut is_new = |mark: &str| {
        let new = !seen.has(&mark.into());
        seen.add(&mark.into());
        new
    };
    let query = next_query(&call.input.query, &facts, &|| call.path(), &mut is_new)?;
    Ok((items, query.map(|query| String::from_utf8_lossy(&query).into_owned())))
}
