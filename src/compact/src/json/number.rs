//! Numbers as text. Those with a fraction are left to the JavaScript engine where there is one.

use serde_json::{Number, Value};

/// What a number is whose text has the form that JSON asks for. None where it is too large for any.
pub(crate) fn read(text: &[u8], is_whole: bool) -> Option<Value> {
    let text = std::str::from_utf8(text).ok()?;
    // Only a floating-point number can be less than zero and zero.
    if is_whole && text != "-0" {
        if let Ok(number) = text.parse::<i64>() {
            return Some(number.into());
        }
        if let Ok(number) = text.parse::<u64>() {
            return Some(number.into());
        }
    }
    Number::from_f64(float(text)).map(Value::Number)
}

pub(crate) fn text(number: &Number) -> String {
    if let Some(number) = number.as_i64() {
        return number.to_string();
    }
    number.as_u64().map_or_else(|| float_text(number.as_f64().unwrap_or_default()), |number| number.to_string())
}

#[cfg(not(target_family = "wasm"))]
fn float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(not(target_family = "wasm"))]
fn float_text(number: f64) -> String {
    Value::from(number).to_string()
}

#[cfg(target_family = "wasm")]
use in_javascript::float;

/// As serde_json writes it: one that happens to be whole is told from one that always is.
#[cfg(target_family = "wasm")]
fn float_text(number: f64) -> String {
    let text = in_javascript::float_text(number);
    let is_digits = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    if is_digits { text + ".0" } else { text }
}

#[cfg(target_family = "wasm")]
mod in_javascript {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = Number)]
        pub(super) fn float(text: &str) -> f64;
        #[wasm_bindgen(js_name = String)]
        pub(super) fn float_text(number: f64) -> String;
    }
}
