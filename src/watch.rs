//! Ends a wait when the time is over or the user's signal says so, whatever the awaited promise does.

use js_sys::Array;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
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

/// Why a wait ended without a value.
pub(crate) enum Halt {
    /// The promise rejected.
    Rejected(JsValue),
    /// The time is over.
    Timeout,
    /// The signal was aborted, for this reason.
    Aborted(JsValue),
}

/// What the one callback of a watch is told, as its first argument.
const FULFILLED: u32 = 0;
const REJECTED: u32 = 1;
const LATE: u32 = 2;
const ABORTED: u32 = 3;

#[derive(Default)]
struct State {
    late: Cell<bool>,
    /// Whether there is a promise that will call back.
    pending: Cell<bool>,
    settled: Cell<Option<Result<JsValue, JsValue>>>,
    waker: Cell<Option<Waker>>,
}

impl State {
    fn hear(&self, event: u32, value: JsValue) {
        match event {
            LATE => self.late.set(true),
            ABORTED => {}
            _ => {
                self.pending.set(false);
                self.settled.set(Some(if event == FULFILLED { Ok(value) } else { Err(value) }));
            }
        }
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// A timer and a signal. What it holds is freed when it goes.
pub(crate) struct Watch {
    state: Rc<State>,
    /// Its signal goes to `fetch`, so that the connection is closed as well.
    pub(crate) controller: AbortController,
    signal: Option<AbortSignal>,
    timer: JsValue,
    on_abort: js_sys::Function,
    /// Taken when the watch goes.
    callback: Option<Closure<dyn FnMut(u32, JsValue)>>,
}

impl Watch {
    pub(crate) fn start(timeout_ms: u32, signal: Option<&AbortSignal>) -> Self {
        let state = Rc::new(State::default());
        let hearing = Rc::clone(&state);
        let callback = Closure::new(move |event, value| hearing.hear(event, value));
        let on_abort = bound(&callback, ABORTED);
        if let Some(signal) = signal {
            // A signal that cannot be listened to is looked at whenever something else happens.
            let _ = signal.add_event_listener_with_callback("abort", &on_abort);
        }
        let timer = set_timeout(&bound(&callback, LATE), timeout_ms);
        Watch { state, controller: Controller::new().into(), signal: signal.cloned(), timer, on_abort, callback: Some(callback) }
    }

    /// Whether there is a reason not to wait any longer.
    pub(crate) fn check(&self) -> Result<(), Halt> {
        let (halt, reason) = match &self.signal {
            Some(signal) if signal.aborted() => (Halt::Aborted(signal.reason()), signal.reason()),
            _ if self.state.late.get() => (Halt::Timeout, JsValue::UNDEFINED),
            _ => return Ok(()),
        };
        self.controller.abort_with_reason(&reason);
        Err(halt)
    }

    /// Waits for what a function gave or threw. One wait at a time.
    pub(crate) fn settle(&self, given: Result<JsValue, JsValue>) -> impl Future<Output = Result<JsValue, Halt>> {
        match (given, &self.callback) {
            (Ok(value), Some(callback)) => {
                self.state.pending.set(true);
                // A promise of our own for whatever a function returned: a promise that it replaced or broke can then no longer surprise.
                Race::race(&Array::of1(&value)).then(&bound(callback, FULFILLED), &bound(callback, REJECTED));
            }
            (given, _) => self.state.settled.set(Some(given)),
        }
        poll_fn(|context| {
            if let Err(halt) = self.check() {
                return Poll::Ready(Err(halt));
            }
            if let Some(result) = self.state.settled.take() {
                return Poll::Ready(result.map_err(Halt::Rejected));
            }
            self.state.waker.set(Some(context.waker().clone()));
            Poll::Pending
        })
    }
}

fn bound(callback: &Closure<dyn FnMut(u32, JsValue)>, event: u32) -> js_sys::Function {
    callback.as_ref().unchecked_ref::<Callback>().bind(&JsValue::UNDEFINED, event)
}

impl Drop for Watch {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", &self.on_abort);
        }
        self.state.waker.take();
        if self.state.pending.get() {
            // The promise may still call back, which must find somebody. The engine frees the callback together with the promise.
            self.callback.take().map(Closure::into_js_value);
        }
    }
}
