//! What `pkg/sandbox.js` calls. Each instance of the wasm is one sandbox.

use crate::{Options, Request, Sandbox};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static SANDBOX: RefCell<Option<Sandbox>> = const { RefCell::new(None) };
}

/// Begins. Gives what is wrong with the state, or nothing. A rate limit of 0 is none.
#[wasm_bindgen]
pub fn start(state: Option<String>, startup_ms: f64, rate_limit: u32, seed: f64, now: f64) -> Option<String> {
    let options = Options { state, startup_ms: startup_ms as i64, rate_limit: (rate_limit > 0).then_some(rate_limit), seed: seed.to_bits() };
    match Sandbox::new(&options, now as i64) {
        Ok(sandbox) => {
            SANDBOX.set(Some(sandbox));
            None
        }
        Err(broken) => Some(broken.to_string()),
    }
}

/// Answers a request: status, body, then names and values of headers in turn. Nothing before [`start`].
#[wasm_bindgen]
pub fn handle(method: &str, target: &str, authorization: Option<String>, content_type: Option<String>, body: &[u8], now: f64) -> Vec<JsValue> {
    let request = Request { method, target, authorization: authorization.as_deref(), content_type: content_type.as_deref(), body };
    let Some(response) = SANDBOX.with_borrow_mut(|sandbox| Some(sandbox.as_mut()?.handle(&request, now as i64))) else { return Vec::new() };
    let mut values = vec![response.status.into(), js_sys::Uint8Array::from(&*response.body).into()];
    values.extend(response.headers.iter().flat_map(|(name, value)| [(*name).into(), value.into()]));
    values
}

/// Everything that exists, as JSON.
#[wasm_bindgen]
pub fn save() -> String {
    SANDBOX.with_borrow(|sandbox| sandbox.as_ref().map(Sandbox::save).unwrap_or_default())
}

/// The endpoints that are answered, one per line.
#[wasm_bindgen]
pub fn built() -> String {
    Sandbox::built().collect::<Vec<_>>().join("\n")
}
