//! From a path to the row of its endpoint, and from a query to JSON.

use crate::json::array;
use crate::search;
use serde_json::{Map, Value};
use supabase_management_wasm::api::requests;
use supabase_management_wasm::endpoint::Endpoint;
use supabase_management_wasm::schema::{Fields, Shape, Type};

/// The target from `/v1/` or `/v2/` on.
pub(crate) fn own_part(target: &str) -> &str {
    let path = target.split('?').next().unwrap_or_default();
    let begin = ["/v1/", "/v2/"].iter().filter_map(|version| search::find(path.as_bytes(), version.as_bytes())).min();
    begin.map_or(target, |at| &target[at..])
}

/// The row that answers, with the path values, decoded. A literal segment goes before a placeholder.
pub(crate) fn find(method: &str, target: &str) -> Option<(&'static Endpoint, Vec<String>)> {
    let path = target.split('?').next().unwrap_or_default();
    let path = path.strip_suffix('/').unwrap_or(path);
    let rows = requests().iter().filter(|row| row.verb.as_str() == method);
    rows.filter_map(|row| Some((row, values(row.route, path)?))).min_by_key(|(_, values)| values.len())
}

fn values(route: &str, path: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let (mut wanted, mut given) = (route.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(values),
            (Some(wanted), Some(given)) if wanted.starts_with('{') => values.push(decode(given, false)),
            (Some(wanted), Some(given)) if wanted == given => {}
            _ => return None,
        }
    }
}

/// The query as the JSON that its row checks. As with the API, what the row does not know is left out.
pub(crate) fn query(endpoint: &Endpoint, target: &str) -> Value {
    let mut object = Map::new();
    let Some(Shape::Object(fields)) = endpoint.query.map(Type::shape) else { return Value::Object(object) };
    let (_, text) = target.split_once('?').unwrap_or_default();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        put(&mut object, fields, &decode(name, true), decode(value, true));
    }
    Value::Object(object)
}

/// Sets a field of a query. One of an object has its name in brackets: `page[size]`.
fn put(object: &mut Map<String, Value>, mut fields: Fields, name: &str, value: String) {
    let (name, inner) = name.split_once('[').map_or((name, None), |(name, inner)| (name, inner.strip_suffix(']')));
    let Some(field) = fields.find(|field| field.name == name) else { return };
    match (field.ty.shape(), inner, object.get_mut(name)) {
        (Shape::Object(fields), Some(inner), None) => {
            let mut whole = Map::new();
            put(&mut whole, fields, inner, value);
            object.insert(name.into(), whole.into());
        }
        (Shape::Object(fields), Some(inner), Some(Value::Object(whole))) => put(whole, fields, inner, value),
        // Some clients write the items of a list one by one, others with commas between them.
        (Shape::Array { item, .. }, _, found) => {
            let items = value.split(',').map(|item_text| typed(item.shape(), item_text.into()));
            match found {
                Some(Value::Array(values)) => values.extend(items),
                _ => drop(object.insert(name.into(), array(items))),
            }
        }
        (ty, _, None) => {
            object.insert(name.into(), typed(ty, value));
        }
        // Twice where one is expected: the check will say so.
        (ty, _, Some(first)) => *first = Value::Array(vec![first.take(), typed(ty, value)]),
    }
}

/// The fields of a form as JSON. One that is there twice has a list, which no row wants.
pub(crate) fn form(body: &[u8]) -> Value {
    let text = String::from_utf8_lossy(body);
    let mut object = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name, true), Value::String(decode(value, true)));
        match object.get_mut(&name) {
            None => drop(object.insert(name, value)),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(object)
}

/// A text as the value that its type asks for, if it can be one.
fn typed(ty: Shape, text: String) -> Value {
    let parsed = match ty {
        Shape::Boolean | Shape::Integer | Shape::Bounded { .. } | Shape::Number | Shape::Range { .. } => crate::read::parse(text.as_bytes()).ok(),
        _ => None,
    };
    parsed.filter(|value: &Value| value.is_boolean() || value.is_number()).unwrap_or(Value::String(text))
}

/// Percent-encodes all but letters, digits and what a query has no use for.
pub(crate) fn encode(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => (byte as char).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Percent-decodes; in a query, `+` is a space.
fn decode(text: &str, query: bool) -> String {
    let text = text.as_bytes();
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        let code = if byte == b'%' { text.get(at..at + 2).and_then(hex) } else { None };
        if let Some(code) = code {
            bytes.push(code);
            at += 2;
        } else {
            bytes.push(if query && byte == b'+' { b' ' } else { byte });
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    digits.iter().try_fold(0, |code, byte| Some(code << 4 | digit(*byte)? as u8))
}
