//! The bell of Rust users: one closure of wasm-bindgen, bound to what it is to tell.

use super::{ABORTED, FULFILLED, Heard, LATE, REJECTED};
use crate::send::Settings;
use js_sys::Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(js_name = Promise)]
    type Race;
    #[wasm_bindgen(static_method_of = Race, js_class = "Promise")]
    fn race(promises: &Array) -> Race;
    #[wasm_bindgen(method)]
    fn then(this: &Race, fulfilled: &JsValue, rejected: &JsValue);

    // Where there is `fetch`, there is this.
    #[wasm_bindgen(extends = AbortController, js_name = AbortController)]
    type Controller;
    #[wasm_bindgen(constructor, js_class = "AbortController")]
    fn new() -> Controller;

    type Callback;
    #[wasm_bindgen(method)]
    fn bind(this: &Callback, context: &JsValue, event: u32) -> js_sys::Function;
}

/// Where a call hears from.
pub(crate) struct Bell {
    controller: AbortController,
    signal: Option<AbortSignal>,
    timer: JsValue,
    on_abort: js_sys::Function,
    /// Whether there is a promise that will call back.
    pending: Rc<Cell<bool>>,
    /// Taken when the bell goes.
    callback: Option<Closure<dyn FnMut(u32, JsValue)>>,
}

impl Bell {
    pub(crate) fn new(heard: &Rc<Heard>, settings: &Settings) -> Self {
        let pending = Rc::new(Cell::new(false));
        let (hearing, waiting) = (Rc::clone(heard), Rc::clone(&pending));
        let callback = Closure::new(move |event, value| {
            if event == FULFILLED || event == REJECTED {
                waiting.set(false);
            }
            hearing.hear(event, value);
        });
        let on_abort = bound(&callback, ABORTED);
        if let Some(signal) = &settings.signal {
            // A signal that cannot be listened to is looked at whenever something else happens.
            let _ = signal.add_event_listener_with_callback("abort", &on_abort);
        }
        let timer = set_timeout(&bound(&callback, LATE), settings.timeout_ms);
        let signal = settings.signal.clone();
        Bell { controller: Controller::new().into(), signal, timer, on_abort, pending, callback: Some(callback) }
    }

    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    pub(crate) fn abort(&self, reason: &JsValue) {
        self.controller.abort_with_reason(reason);
    }

    pub(crate) fn wait(&self, value: &JsValue) {
        let Some(callback) = &self.callback else { return };
        self.pending.set(true);
        // A promise of our own for whatever a function returned: a promise that it replaced or broke can then no longer surprise.
        Race::race(&Array::of1(value)).then(&bound(callback, FULFILLED), &bound(callback, REJECTED));
    }
}

fn bound(callback: &Closure<dyn FnMut(u32, JsValue)>, event: u32) -> js_sys::Function {
    callback.as_ref().unchecked_ref::<Callback>().bind(&JsValue::UNDEFINED, event)
}

impl Drop for Bell {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", &self.on_abort);
        }
        if self.pending.get() {
            // The promise may still call back, which must find somebody. The engine frees the callback together with the promise.
            self.callback.take().map(Closure::into_js_value);
        }
    }
}
