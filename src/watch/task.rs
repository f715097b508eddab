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
    /// Starts the timer, and listens to the user's signal. Gives the controller of the one that `fetch` gets.
    #[wasm_bindgen(method)]
    fn watch(this: &Task, bell: usize, timeout_ms: u32, signal: Option<&AbortSignal>) -> AbortController;
    /// Tells how it went once the value is settled.
    #[wasm_bindgen(method)]
    fn wait(this: &Task, value: &JsValue);
    /// Ends all of it: nothing is told any more.
    #[wasm_bindgen(method)]
    fn stop(this: &Task);
}

/// Where a call hears from; the number that JavaScript has is its address.
pub(crate) struct Bell {
    task: Task,
    controller: AbortController,
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
    pub(crate) fn new(heard: &Rc<Heard>, settings: &Settings) -> Self {
        let task: Task = settings.task.clone().unchecked_into();
        let controller = task.watch(Rc::as_ptr(heard) as usize, settings.timeout_ms, settings.signal.as_ref());
        Bell { task, controller, _heard: Rc::clone(heard) }
    }

    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    pub(crate) fn abort(&self, reason: &JsValue) {
        self.controller.abort_with_reason(reason);
    }

    pub(crate) fn wait(&self, value: &JsValue) {
        self.task.wait(value);
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.task.stop();
    }
}
