//! Ends a wait when the time is over or the user's signal says so, whatever the awaited promise does.

#[cfg_attr(feature = "js", path = "watch/task.rs")]
#[cfg_attr(not(feature = "js"), path = "watch/closure.rs")]
mod bell;

use bell::Bell;
#[cfg(feature = "js")]
pub(crate) use bell::Task;

use crate::send::Settings;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// Why a wait ended without a value.
pub(crate) enum Halt {
    /// The promise rejected.
    Rejected(JsValue),
    /// The time is over.
    Timeout,
    /// The signal was aborted, for this reason.
    Aborted(JsValue),
}

/// What a bell tells.
pub(crate) const FULFILLED: u32 = 0;
pub(crate) const REJECTED: u32 = 1;
pub(crate) const LATE: u32 = 2;
#[cfg_attr(feature = "js", expect(dead_code, reason = "pkg/client.js says it as a number"))]
pub(crate) const ABORTED: u32 = 3;

/// What a bell has told so far.
#[derive(Default)]
pub(crate) struct Heard {
    late: Cell<bool>,
    settled: Cell<Option<Result<JsValue, JsValue>>>,
    waker: Cell<Option<Waker>>,
}

impl Heard {
    pub(crate) fn hear(&self, event: u32, value: JsValue) {
        match event {
            FULFILLED => self.settled.set(Some(Ok(value))),
            REJECTED => self.settled.set(Some(Err(value))),
            LATE => self.late.set(true),
            _ => {}
        }
        // The last thing that is done here: the one who wakes may let all of this go.
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// A timer and a signal. What it holds is freed when it goes.
pub(crate) struct Watch {
    heard: Rc<Heard>,
    bell: Bell,
    signal: Option<AbortSignal>,
}

impl Watch {
    pub(crate) fn start(settings: &Settings) -> Self {
        let heard = Rc::new(Heard::default());
        let bell = Bell::new(&heard, settings);
        Watch { heard, bell, signal: settings.signal.clone() }
    }

    /// A signal for `fetch`, so that the connection is closed as well.
    pub(crate) fn fetch_signal(&self) -> AbortSignal {
        self.bell.signal()
    }

    /// Whether there is a reason not to wait any longer.
    pub(crate) fn check(&self) -> Result<(), Halt> {
        let (halt, reason) = match &self.signal {
            Some(signal) if signal.aborted() => (Halt::Aborted(signal.reason()), signal.reason()),
            _ if self.heard.late.get() => (Halt::Timeout, JsValue::UNDEFINED),
            _ => return Ok(()),
        };
        self.bell.abort(&reason);
        Err(halt)
    }

    /// Waits for what a function gave or threw. One wait at a time.
    pub(crate) fn settle(&self, given: Result<JsValue, JsValue>) -> impl Future<Output = Result<JsValue, Halt>> {
        match given {
            Ok(value) => self.bell.wait(&value),
            Err(thrown) => self.heard.settled.set(Some(Err(thrown))),
        }
        poll_fn(|context| {
            if let Err(halt) = self.check() {
                return Poll::Ready(Err(halt));
            }
            if let Some(result) = self.heard.settled.take() {
                return Poll::Ready(result.map_err(Halt::Rejected));
            }
            self.heard.waker.set(Some(context.waker().clone()));
            Poll::Pending
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.heard.waker.take();
    }
}
