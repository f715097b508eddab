//! Calls of functions that may throw again and again.
//!
//! wasm-bindgen allocates a place in its table for the result of a call that throws as well, and never frees it. `pkg/loader.js` catches what is thrown.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Attempt;
    #[wasm_bindgen(js_name = attempt)]
    fn call(function: &Function, argument: &JsValue) -> Attempt;
    #[wasm_bindgen(method, getter)]
    fn failed(this: &Attempt) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Attempt) -> JsValue;
}

/// What a function gives; nothing where it throws.
pub(super) fn attempt(function: &Function, argument: &JsValue) -> Option<JsValue> {
    let attempt = call(function, argument);
    if attempt.failed() { None } else { Some(attempt.value()) }
}
