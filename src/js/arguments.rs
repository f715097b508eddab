//! Arguments as JavaScript users give them, where their kind is not known.

use crate::call::kind_name;
use crate::fault::Fault;
use crate::text::quoted;
use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;

/// JSON of a value that should be text: a path value, or a field of a query. One of another kind has something of its kind in its place, so that the
/// check can tell what it is; one that is missing has nothing.
pub(super) fn json_of(value: &JsValue) -> Option<String> {
    if value.is_undefined() {
        return None;
    }
    if let Some(text) = value.as_string() {
        // Half of a letter becomes this sign. The check refuses it, as it has no UTF-8.
        let broken = text.contains(char::REPLACEMENT_CHARACTER) && !value.unchecked_ref::<JsString>().is_valid_utf16();
        return Some(if broken { "\"\\ud800\"".into() } else { quoted(&text) });
    }
    Some(
        match kind_name(value).as_str() {
            "boolean" => "false",
            "number" | "bigint" => "0",
            "array" => "[]",
            "object" => "{}",
            _ => "null",
        }
        .into(),
    )
}

/// The kind of a value, or that there is none.
pub(super) fn kind_or_nothing(value: &JsValue) -> String {
    if value.is_undefined() { "nothing".into() } else { kind_name(value) }
}

/// What is received where a getter or a proxy throws.
pub(super) const UNREADABLE: &str = "what cannot be read";

/// The names that an object has.
///
/// # Errors
/// It cannot be asked.
pub(super) fn names_of(object: &JsValue) -> Result<Vec<String>, Fault> {
    let names = Reflect::own_keys(object).map_err(|_| Fault::new("options", "object", UNREADABLE))?;
    Ok(names.iter().filter_map(|name| name.as_string()).collect())
}

/// What an object has under a name of its options.
///
/// # Errors
/// It cannot be read.
pub(super) fn option_of(object: &JsValue, name: &str) -> Result<JsValue, Fault> {
    Reflect::get(object, &name.into()).map_err(|_| Fault::of_option(name, "a value", UNREADABLE))
}

/// A JSON array of path values. It ends before the first one that is missing.
pub(super) fn json_list(values: &Array) -> Vec<u8> {
    let values: Vec<_> = values.iter().map_while(|value| json_of(&value)).collect();
    format!("[{}]", values.join(",")).into_bytes()
}
