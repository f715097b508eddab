//! Timers and deadlines.

pub(crate) use crate::clock::now;
pub(crate) use platform::{Timer, park};

#[cfg(target_family = "wasm")]
mod platform {
    use crate::options::MAX_TIMEOUT_MS;
    use std::task::Waker;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = setTimeout)]
        fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
        #[wasm_bindgen(js_name = clearTimeout)]
        fn clear_timeout(timer: &JsValue);
    }

    /// Calls back once, unless it is dropped before.
    pub(crate) struct Timer {
        id: JsValue,
        /// What the engine calls. It lives as long as the timer may ring.
        _callback: Closure<dyn FnMut()>,
    }

    impl Timer {
        /// Nothing for a time that timers of JavaScript cannot hold: they would ring at once, and nobody waits so long.
        pub(crate) fn new(milliseconds: f64, callback: impl Fn() + 'static) -> Option<Self> {
            if milliseconds > f64::from(MAX_TIMEOUT_MS) {
                return None;
            }
            let callback = Closure::<dyn FnMut()>::new(callback);
            Some(Timer { id: set_timeout(callback.as_ref(), milliseconds.max(0.0)), _callback: callback })
        }
    }

    impl Drop for Timer {
        fn drop(&mut self) {
            clear_timeout(&self.id);
        }
    }

    /// The engine rings by itself.
    pub(crate) fn park(_: &Waker) {}
}

#[cfg(not(target_family = "wasm"))]
mod platform {
    use crate::clock::{clear_alarm, set_alarm};
    use crate::options::MAX_TIMEOUT_MS;

    pub(crate) use crate::clock::park;

    /// Calls back once, unless it is dropped before.
    pub(crate) struct Timer(u64);

    impl Timer {
        /// Nothing for a time that is too long in a JavaScript engine as well.
        pub(crate) fn new(milliseconds: f64, callback: impl Fn() + 'static) -> Option<Self> {
            (milliseconds <= f64::from(MAX_TIMEOUT_MS)).then(|| Timer(set_alarm(milliseconds.max(0.0), callback)))
        }
    }

    impl Drop for Timer {
        fn drop(&mut self) {
            clear_alarm(self.0);
        }
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
