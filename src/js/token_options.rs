//! The options of `createTokenSource`.

use super::arguments::{kind_or_nothing, names_of, option_of};
use super::errors::{field, record_of};
use super::options::{choice, unknown};
use crate::call::kind_name;
use crate::error::Error;
use crate::fault::Fault;
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

/// Checks that options are an object, all of which can be read, and which has no other names than these.
fn check_names(given: &JsValue, names: &[&str], more: &str) -> Result<(), Fault> {
    if kind_name(given) != "object" {
        return Err(fault("", "object", kind_or_nothing(given)));
    }
    for name in names_of(given)? {
        option_of(given, &name)?;
        if !names.contains(&name.as_str()) {
            return Err(unknown(&name, names, more));
        }
    }
    Ok(())
}

fn check(given: &JsValue) -> Result<(), Fault> {
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
    let way = field(given, "clientAuthentication");
    if !way.is_undefined() && choice("clientAuthentication", &way, ["form", "header"])? == "header" && text("clientSecret").is_empty() {
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
