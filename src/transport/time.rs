//! The clock, and timers.

use crate::options::MAX_TIMEOUT_MS;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// Calls back once, unless it is dropped before.
pub(crate) struct Timer {
    id: JsValue,
    /// What the engine calls. It lives as long as the timer may ring.
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Nothing for a time that timers of JavaScript cannot hold: they would ring at once, and nobody waits so long.
    pub(crate) fn new(milliseconds: f64, callback: impl FnOnce() + 'static) -> Option<Self> {
        if milliseconds > f64::from(MAX_TIMEOUT_MS) {
            return None;
        }
        let callback = Closure::once(callback);
        Some(Timer { id: set_timeout(callback.as_ref(), milliseconds.max(0.0)), _callback: callback })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// How long a call may take in all, with the waits before and between its attempts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    /// Milliseconds since 1970; infinite for no limit.
    at: f64,
}

impl Deadline {
    /// `milliseconds` from now; 0 is no limit.
    pub(crate) fn new(milliseconds: u32) -> Self {
        Deadline { at: if milliseconds == 0 { f64::INFINITY } else { now() + f64::from(milliseconds) } }
    }

    pub(crate) fn left_ms(&self) -> f64 {
        if self.at.is_finite() { self.at - now() } else { f64::INFINITY }
    }
}
