//! The bell of Rust users: one closure of wasm-bindgen, bound to what it is to tell.

use super::{ABORTED, FULFILLED, Heard, LATE, REJECTED};
use crate::options::MAX_TIMEOUT_MS;
use crate::send::Settings;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
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
    /// Until nothing is under way any more.
    controller: RefCell<Option<AbortController>>,
    signal: Option<AbortSignal>,
    timer: JsValue,
    on_abort: js_sys::Function,
    /// Whether there is a promise that will call back.
    pending: Rc<Cell<bool>>,
    /// Taken when the bell goes.
    callback: Option<Closure<dyn FnMut(u32, JsValue)>>,
}

impl Bell {
    pub(crate) fn new(heard: &Rc<Heard>, settings: &Settings, milliseconds: f64, fetching: bool) -> Self {
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
        let endless = milliseconds > f64::from(MAX_TIMEOUT_MS);
        let timer = if endless { JsValue::UNDEFINED } else { set_timeout(&bound(&callback, LATE), milliseconds) };
        let signal = settings.signal.clone();
        let controller = RefCell::new(fetching.then(|| Controller::new().into()));
        Bell { controller, signal, timer, on_abort, pending, callback: Some(callback) }
    }

    pub(crate) fn signal(&self) -> Option<AbortSignal> {
        self.controller.borrow().as_ref().map(AbortController::signal)
    }

    pub(crate) fn abort(&self, reason: &JsValue) {
        // Once: the listeners of a signal may come back here.
        let controller = self.controller.take();
        if let Some(controller) = controller {
            controller.abort_with_reason(reason);
        }
    }

    pub(crate) fn finish(&self) {
        self.controller.take();
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
        // Whoever drops a call does not want its answer.
        self.abort(&JsValue::UNDEFINED);
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
