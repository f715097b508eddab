//! JSON: what is read of a configuration, and what is written.

use crate::fault::Fault;
use serde_json::{Map, Value};
pub(crate) use supabase_management_compact::json::kind;

/// An object of names and values. All of its fields are put in by one function: as a list of pairs they would be put together, moved and taken apart in
/// each place, which is twice the wasm.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {{
        let mut fields = serde_json::Map::new();
        $($crate::json::set(&mut fields, $name, serde_json::Value::from($value));)*
        serde_json::Value::Object(fields)
    }};
}
pub(crate) use object;

/// Sets a field.
#[inline(never)]
pub(crate) fn set(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.insert(name.to_owned(), value);
}

/// A text as a value.
#[inline(never)]
pub(crate) fn string(text: &str) -> Value {
    Value::from(text)
}

/// A list of texts.
pub(crate) fn texts<T: AsRef<str>>(texts: &[T]) -> Value {
    let mut list = Vec::new();
    for text in texts {
        list.push(string(text.as_ref()));
    }
    Value::Array(list)
}

/// Adds a text to a list, unless it is there.
pub(crate) fn add(list: &mut Vec<String>, text: &str) -> bool {
    let new = !list.iter().any(|known| known == text);
    if new {
        list.push(text.to_owned());
    }
    new
}

/// The fields of an object. None of anything else.
pub(crate) fn fields(value: Option<&Value>) -> Vec<(&String, &Value)> {
    let mut fields = Vec::new();
    if let Some(Value::Object(object)) = value {
        for field in object {
            fields.push(field);
        }
    }
    fields
}

/// Whether a list of texts has one.
pub(crate) fn has_text(list: Option<&Value>, text: &str) -> bool {
    list.map_or(&[][..], items).iter().any(|item| item.as_str() == Some(text))
}

/// A field, where it is there and not null.
pub(crate) fn field<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.get(name).filter(|value| !value.is_null())
}

/// A text of an answer. Empty where there is none, or something else.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The items of an answer that is a list.
pub(crate) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text of a configuration, where it is set.
pub(crate) fn text_in<'v>(value: &'v Value, at: &str, name: &str) -> Result<Option<&'v str>, Box<Fault>> {
    match field(value, name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(Fault::of(format!("{at}.{name}"), "string", kind(other))),
    }
}

/// A yes or no of a configuration, where it is set.
pub(crate) fn boolean(value: &Value, at: &str, name: &str) -> Result<Option<bool>, Box<Fault>> {
    match field(value, name) {
        None => Ok(None),
        Some(Value::Bool(yes)) => Ok(Some(*yes)),
        Some(other) => Err(Fault::of(format!("{at}.{name}"), "boolean", kind(other))),
    }
}

/// A list of texts of a configuration. Empty where it is not set.
pub(crate) fn list_of_texts(value: &Value, at: &str, name: &str) -> Result<Vec<String>, Box<Fault>> {
    let mut list = Vec::new();
    match field(value, name) {
        None => {}
        Some(Value::Array(items)) => {
            for item in items {
                let Some(text) = item.as_str() else { return Err(Fault::of(format!("{at}.{name}"), "texts", kind(item))) };
                list.push(text.to_owned());
            }
        }
        Some(other) => return Err(Fault::of(format!("{at}.{name}"), "array", kind(other))),
    }
    Ok(list)
}

/// A number with the word of what is counted, which most words make a plural of by an `s`.
pub(crate) fn counted(count: u64, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
