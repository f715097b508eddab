//! Ends a wait when the time is over or the user's signal says so, whatever the awaited promise does.

use js_sys::{Array, Promise};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// What can be waited for: one type, so that its code is there once.
pub(crate) type Wait = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// Why a wait ended without a value.
pub(crate) enum Halt {
    /// The promise rejected.
    Rejected(JsValue),
    /// The time is over.
    Timeout,
    /// The signal was aborted, for this reason.
    Aborted(JsValue),
}

#[derive(Default)]
struct State {
    late: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

/// A timer and a signal. What it holds is freed when it goes.
pub(crate) struct Watch {
    state: Rc<State>,
    /// Its signal goes to `fetch`, so that the connection is closed as well.
    pub(crate) controller: Option<AbortController>,
    signal: Option<AbortSignal>,
    timer: JsValue,
    on_abort: Closure<dyn FnMut()>,
    /// Lives as long as the timer may call it.
    _on_timeout: Closure<dyn FnMut()>,
}

impl Watch {
    pub(crate) fn start(timeout_ms: u32, signal: Option<&AbortSignal>) -> Self {
        let state = Rc::new(State::default());
        let wake = |late: bool| {
            let state = Rc::clone(&state);
            Closure::new(move || {
                state.late.set(state.late.get() || late);
                if let Some(waker) = state.waker.take() {
                    waker.wake();
                }
            })
        };
        let (on_timeout, on_abort) = (wake(true), wake(false));
        if let Some(signal) = signal {
            // A signal that cannot be listened to is looked at whenever something else happens.
            let _ = signal.add_event_listener_with_callback("abort", on_abort.as_ref().unchecked_ref());
        }
        let timer = set_timeout(on_timeout.as_ref(), timeout_ms);
        Watch { state, controller: AbortController::new().ok(), signal: signal.cloned(), timer, on_abort, _on_timeout: on_timeout }
    }

    /// Whether there is a reason not to wait any longer.
    pub(crate) fn check(&self) -> Result<(), Halt> {
        let (halt, reason) = match &self.signal {
            Some(signal) if signal.aborted() => (Halt::Aborted(signal.reason()), signal.reason()),
            _ if self.state.late.get() => (Halt::Timeout, JsValue::UNDEFINED),
            _ => return Ok(()),
        };
        if let Some(controller) = &self.controller {
            controller.abort_with_reason(&reason);
        }
        Err(halt)
    }

    /// Waits for what a function gave or threw.
    pub(crate) async fn settle(&self, given: Result<JsValue, JsValue>) -> Result<JsValue, Halt> {
        let mut wait = given.map(|value| adopt(&value)).map_err(Halt::Rejected)?;
        poll_fn(|context| {
            if let Err(halt) = self.check() {
                return Poll::Ready(Err(halt));
            }
            if let Poll::Ready(result) = wait.as_mut().poll(context) {
                return Poll::Ready(result.map_err(Halt::Rejected));
            }
            self.state.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }
}

/// A promise of our own for whatever a function returned: a promise that it replaced or broke can then no longer surprise.
pub(crate) fn adopt(value: &JsValue) -> Wait {
    Box::pin(JsFuture::from(Promise::race(&Array::of1(value))))
}

impl Drop for Watch {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", self.on_abort.as_ref().unchecked_ref());
        }
    }
}
