//! The bell of the npm package: timer, listeners and promises are held by the call's own object in `pkg/client.js`. Closures of JavaScript cost a
//! tenth of what those of wasm-bindgen do, in time and in bytes.

use super::Heard;
use crate::send::Settings;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    /// A pending call, as `pkg/client.js` makes it.
    #[derive(Clone)]
    pub type Task;
    /// Starts the timer, and listens to the user's signal. Gives the controller of the one that `fetch` gets, if there is to be one.
    #[wasm_bindgen(method)]
    fn watch(this: &Task, bell: usize, milliseconds: f64, signal: Option<&AbortSignal>, fetching: bool) -> Option<AbortController>;
    /// Tells how it went once the value is settled.
    #[wasm_bindgen(method)]
    fn wait(this: &Task, value: &JsValue);
    /// What the headers of an answer say is left of the rate limit; NaN for nothing.
    #[wasm_bindgen(method)]
    pub(crate) fn remaining(this: &Task, headers: &JsValue) -> f64;
    /// Ends all of it: nothing is told any more.
    #[wasm_bindgen(method)]
    fn stop(this: &Task);
}

/// Where a call hears from; the number that JavaScript has is its address.
pub(crate) struct Bell {
    task: Task,
    controller: Option<AbortController>,
    /// What the address leads to.
    _heard: Rc<Heard>,
}

/// Tells a call about its timer, its signal or its promise.
#[wasm_bindgen]
pub fn hear(bell: usize, event: u32, value: JsValue) {
    let bell = bell as *const Heard;
    // SAFETY: JavaScript has the address from `Bell::new`, and forgets it at `stop`, before that which it leads to goes.
    let heard = unsafe {
        Rc::increment_strong_count(bell);
        Rc::from_raw(bell)
    };
    heard.hear(event, value);
}

impl Bell {
    pub(crate) fn new(heard: &Rc<Heard>, settings: &Settings, milliseconds: f64, fetching: bool) -> Self {
        let task: Task = settings.task.clone().unchecked_into();
        let controller = task.watch(Rc::as_ptr(heard) as usize, milliseconds, settings.signal.as_ref(), fetching);
        Bell { task, controller, _heard: Rc::clone(heard) }
    }

    pub(crate) fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    pub(crate) fn abort(&self, reason: &JsValue) {
        if let Some(controller) = &self.controller {
            controller.abort_with_reason(reason);
        }
    }

    /// Calls of JavaScript run to their end.
    pub(crate) fn finish(&self) {}

    pub(crate) fn wait(&self, value: &JsValue) {
        self.task.wait(value);
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.task.stop();
    }
}
