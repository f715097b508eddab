//! Ends a wait when the time is over or the user's signal says so, whatever the awaited promise does.

#[cfg_attr(feature = "js", path = "watch/task.rs")]
#[cfg_attr(not(feature = "js"), path = "watch/closure.rs")]
mod bell;

use bell::Bell;
#[cfg(feature = "js")]
pub(crate) use bell::Task;

use crate::limits::Waiter;
use crate::send::Settings;
use std::cell::Cell;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// What ended a wait.
pub(crate) enum News {
    /// The promise did.
    Settled(Result<JsValue, JsValue>),
    /// The time is over.
    Late,
    /// The signal was aborted, for this reason.
    Aborted(JsValue),
    /// The turn has come, or there is something new about it.
    Stirred,
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
    /// It is late after so many milliseconds, or never. `fetching` makes a signal for `fetch`.
    pub(crate) fn start(settings: &Settings, milliseconds: f64, fetching: bool) -> Self {
        let heard = Rc::new(Heard::default());
        let bell = Bell::new(&heard, settings, milliseconds, fetching);
        Watch { heard, bell, signal: settings.signal.clone() }
    }

    /// A signal for `fetch`, so that the connection is closed as well.
    pub(crate) fn fetch_signal(&self) -> Option<AbortSignal> {
        self.bell.signal()
    }

    /// Nothing is under way any more that would have to be aborted.
    pub(crate) fn finish(&self) {
        self.bell.finish();
    }

    /// A reason not to wait any longer.
    pub(crate) fn halted(&self) -> Option<News> {
        let (halt, reason) = match &self.signal {
            Some(signal) if signal.aborted() => (News::Aborted(signal.reason()), signal.reason()),
            _ if self.heard.late.get() => (News::Late, JsValue::UNDEFINED),
            _ => return None,
        };
        self.bell.abort(&reason);
        Some(halt)
    }

    /// Waits for what a function gave. One wait at a time.
    pub(crate) fn wait(&self, value: &JsValue) {
        self.bell.wait(value);
    }

    /// What is new, or the waker is told later. `waiter` is where its turn is told of.
    pub(crate) fn hear(&self, waiter: Option<&Waiter>, waker: &Waker) -> Poll<News> {
        if waiter.is_some_and(|waiter| waiter.watch(waker)) {
            return Poll::Ready(News::Stirred);
        }
        let news = self.halted().or_else(|| self.heard.settled.take().map(News::Settled));
        if news.is_none() {
            self.heard.waker.set(Some(waker.clone()));
        }
        news.map_or(Poll::Pending, Poll::Ready)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.heard.waker.take();
    }
}
