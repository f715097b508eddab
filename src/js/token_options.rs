//! The options of `createTokenSource`.

use super::errors::{field, record_of};
use crate::call::kind_name;
use crate::error::Error;
use crate::fault::Fault;
use crate::text::nearest;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// What there is, and of which kind it is.
const OPTIONS: [(&str, &str); 8] = [
    ("client", "object"),
    ("clientId", "string"),
    ("clientSecret", "string"),
    ("clientAuthentication", "string"),
    ("tokens", "object"),
    ("onTokens", "function"),
    ("refreshBeforeSeconds", "number"),
    ("now", "function"),
];

/// What `exchange` takes.
const GRANT: [&str; 4] = ["code", "codeVerifier", "redirectUri", "resource"];

/// The record of an error of a token source.
pub(super) fn record(fault: Fault) -> JsValue {
    record_of(&Error::input("createTokenSource", "", fault))
}

/// A fault of an option; the path begins with a dot, or is empty for all of them.
fn fault(path: &str, expected: &str, received: impl Into<String>) -> Fault {
    Fault::new(format!("options{path}"), expected, received)
}

/// The kind of a value, or that there is none.
fn kind_or_nothing(value: &JsValue) -> String {
    if value.is_undefined() { "nothing".into() } else { kind_name(value) }
}

fn check_names(given: &JsValue, names: &[&str], more: &str) -> Result<(), Fault> {
    for name in Object::keys(given.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()) {
        if !names.contains(&name.as_str()) {
            let hint = nearest(&name, names.iter().copied())
                .map_or_else(|| format!("there are {}{more}", names.join(", ")), |near| format!("did you mean {near}?"));
            return Err(Fault::of_option(&name, format!("a known option ({hint})"), "an unknown option"));
        }
    }
    Ok(())
}

fn check(given: &JsValue) -> Result<(), Fault> {
    if kind_name(given) != "object" {
        return Err(fault("", "object", kind_or_nothing(given)));
    }
    check_names(given, &OPTIONS.map(|(name, _)| name), "; those of a client belong into client")?;
    for (name, kind) in OPTIONS {
        let value = field(given, name);
        if !value.is_undefined() && kind_name(&value) != kind {
            return Err(fault(&format!(".{name}"), kind, kind_name(&value)));
        }
    }
    let text = |name| field(given, name).as_string().unwrap_or_default();
    if text("clientId").is_empty() {
        let received = if field(given, "clientId").is_undefined() { "nothing" } else { "an empty string" };
        return Err(fault(".clientId", "the client ID of the app", received));
    }
    let way = field(given, "clientAuthentication").as_string();
    if way.as_ref().is_some_and(|way| way != "form" && way != "header") {
        return Err(fault(".clientAuthentication", "one of \"form\", \"header\"", "another string"));
    }
    if way.as_deref() == Some("header") && text("clientSecret").is_empty() {
        return Err(fault(".clientSecret", "string, as it goes into the header", "nothing"));
    }
    if field(given, "refreshBeforeSeconds").as_f64().is_some_and(|seconds| seconds < 0.0) {
        return Err(fault(".refreshBeforeSeconds", "a number of seconds, 0 or more", "another number"));
    }
    let tokens = field(given, "tokens");
    if tokens.is_undefined() {
        return Ok(());
    }
    for name in ["access_token", "refresh_token"] {
        let value = field(&tokens, name);
        if !value.is_string() {
            return Err(fault(&format!(".tokens.{name}"), "string", kind_or_nothing(&value)));
        }
    }
    let end = field(&tokens, "expiresAt");
    if !end.is_undefined() && !end.is_null() && kind_name(&end) != "number" {
        return Err(fault(".tokens.expiresAt", "number, in milliseconds since 1970", kind_name(&end)));
    }
    Ok(())
}

fn record_of_fault(checked: Result<(), Fault>) -> JsValue {
    checked.map_or_else(record, |()| JsValue::UNDEFINED)
}

/// Checks the options of `createTokenSource`. Gives the record of an error, or nothing.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = checkTokenOptions))]
pub fn check_token_options(given: &JsValue) -> JsValue {
    record_of_fault(check(given))
}

/// Checks what `exchange` was given. Gives the record of an error, or nothing.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = checkGrant))]
pub fn check_grant(given: &JsValue) -> JsValue {
    record_of_fault(check_names(given, &GRANT, ""))
}
