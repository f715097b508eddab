//! Calls of functions that a user gave, which may throw again and again.
//!
//! `js_sys::Function::call1` and its kin are not called: for an import that is marked `catch` and gives a `JsValue`, wasm-bindgen allocates a place for the
//! result before it knows whether the function throws, and does not free it when it does. For an `Option` there is no place to allocate then.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Callback;
    #[wasm_bindgen(method, catch, js_name = call)]
    fn call0(this: &Callback, context: &JsValue) -> Result<Option<Object>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = call)]
    fn call1(this: &Callback, context: &JsValue, argument: &JsValue) -> Result<Option<Object>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = call)]
    fn call2(this: &Callback, context: &JsValue, one: &JsValue, other: &JsValue) -> Result<Option<Object>, JsValue>;
}

fn given(result: Result<Option<Object>, JsValue>) -> Result<JsValue, JsValue> {
    // It is no object for certain: `Option<JsValue>` is what wasm-bindgen does not have.
    result.map(|value| value.map_or(JsValue::NULL, JsValue::from))
}

/// Calls a function. What it gives is null in the place of undefined.
///
/// # Errors
/// What it throws.
pub(crate) fn call0(function: &Function) -> Result<JsValue, JsValue> {
    given(function.unchecked_ref::<Callback>().call0(&JsValue::UNDEFINED))
}

/// The same with an argument.
///
/// # Errors
/// What it throws.
pub(crate) fn call1(function: &Function, context: &JsValue, argument: &JsValue) -> Result<JsValue, JsValue> {
    given(function.unchecked_ref::<Callback>().call1(context, argument))
}

/// The same with two.
///
/// # Errors
/// What it throws.
pub(crate) fn call2(function: &Function, one: &JsValue, other: &JsValue) -> Result<JsValue, JsValue> {
    given(function.unchecked_ref::<Callback>().call2(&JsValue::UNDEFINED, one, other))
}
