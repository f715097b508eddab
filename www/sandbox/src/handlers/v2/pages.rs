//! Lists in pages, with links from each to its neighbours.

use crate::call::{Answer, Call, Reply};
use crate::json::{array, gather, json, text};
use crate::order::sort;
use crate::route::encode;
use serde_json::Value;

/// How many items a page has where nobody says otherwise.
const SIZE: usize = 20;

/// The path of a page of the list that was asked for: the query stays, but for the place.
fn link(call: &Call<'_>, path: &str, place: &[(&str, &str)]) -> Value {
    let pair = |name: &str, value: &str| format!("{}={}", encode(name), encode(value));
    let said = |value: &Value| value.as_str().map_or_else(|| text(value), str::to_owned);
    let mut pairs = Vec::new();
    for (name, value) in call.query.as_object().into_iter().flatten().filter(|(name, _)| *name != "page") {
        match value.as_object() {
            Some(inner) => pairs.extend(inner.iter().map(|(inner, value)| pair(&format!("{name}[{inner}]"), &said(value)))),
            None => pairs.push(pair(name, &said(value))),
        }
    }
    pairs.extend(place.iter().map(|(name, value)| pair(&format!("page[{name}]"), value)));
    format!("{path}?{}", pairs.join("&")).into()
}

/// The order of a list.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Order {
    Rising,
    Falling,
}

/// A page of items with keys that tell them apart, and their place in the list: what a page begins behind or ends in front of need not be there any more.
pub(super) fn by_cursor(call: &Call<'_>, path: &str, order: Order, mut items: Vec<(String, Value)>) -> Answer {
    let is_beyond = |key: &str, cursor: &str| if order == Order::Rising { key > cursor } else { key < cursor };
    sort(&mut items, |(one, _), (other, _)| is_beyond(one, other));
    let page = &call.query["page"];
    let size = page["size"].as_u64().map_or(SIZE, |size| size as usize);
    let (after, before) = (page["after"].as_str(), page["before"].as_str());
    let mut from = after.map_or(0, |cursor| items.iter().take_while(|(key, _)| !is_beyond(key, cursor)).count());
    let mut to = before.map_or(items.len(), |cursor| items.iter().take_while(|(key, _)| key != cursor && !is_beyond(key, cursor)).count()).max(from);
    if before.is_some() && after.is_none() {
        from = from.max(to.saturating_sub(size));
    } else {
        to = to.min(from + size);
    }
    let length = size.to_string();
    let to_page = |place: Option<(&str, &str)>| link(call, path, &gather([Some(("size", &*length)), place].into_iter().flatten()));
    let next = if to >= items.len() { Value::Null } else { to_page(items[..to].last().map(|(key, _)| ("after", &**key))) };
    let prev = if from == 0 { Value::Null } else { to_page(items.get(from).map(|(key, _)| ("before", &**key))) };
    let links = json!({ "first": to_page(None), "next": next, "prev": prev });
    Reply::json(&json!({ "data": array(items[from..to].iter().map(|(_, value)| value.clone())), "links": links }))
}

/// A page of items that are counted through.
pub(super) fn by_offset(call: &Call<'_>, path: &str, items: &[Value]) -> Answer {
    let page = &call.query["page"];
    let (offset, limit) = (page["offset"].as_u64().unwrap_or(0), page["limit"].as_u64().unwrap_or(SIZE as u64));
    let count = items.len() as u64;
    let to_page = |offset: u64| link(call, path, &[("offset", &offset.to_string()), ("limit", &limit.to_string())]);
    let following = offset.saturating_add(limit);
    // A page of nothing leads nowhere.
    let is_some = limit > 0;
    let links = json!({
        "first": to_page(0),
        "last": to_page(count.saturating_sub(1).checked_div(limit).unwrap_or(0) * limit),
        "next": if is_some && following < count { to_page(following) } else { Value::Null },
        "prev": if is_some && offset > 0 { to_page(offset.saturating_sub(limit)) } else { Value::Null },
    });
    let shown = array(items.iter().skip(offset as usize).take(limit as usize).cloned());
    Reply::json(&json!({ "data": shown, "links": links }))
}
