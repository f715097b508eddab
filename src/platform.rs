//! What a call has of the platform: time, the user's signal, tokens, `fetch`, and what that gives.
//!
//! It has two sides. In the npm package the call's object in `pkg/client.js` does all of it: a closure of JavaScript costs a tenth of one of
//! wasm-bindgen, and what never enters the wasm need not be copied: no token, no header, no body. For Rust users, it is bindings alone.

#[cfg_attr(feature = "js", path = "platform/task.rs")]
#[cfg_attr(not(feature = "js"), path = "platform/web.rs")]
mod side;

pub(crate) use side::Line;
#[cfg(feature = "js")]
pub(crate) use side::Task;

use std::cell::Cell;
use std::task::Waker;
use wasm_bindgen::JsValue;

/// What ended a wait.
pub(crate) enum News {
    /// What was begun has settled.
    Settled(Result<JsValue, JsValue>),
    /// The time is over.
    Late,
    /// The signal was aborted, for this reason.
    Aborted(JsValue),
    /// The turn has come, or there is something new about it.
    Stirred,
}

/// How news are told.
pub(crate) const FULFILLED: u32 = 0;
pub(crate) const REJECTED: u32 = 1;
pub(crate) const LATE: u32 = 2;
#[cfg_attr(feature = "js", expect(dead_code, reason = "pkg/client.js says it as a number"))]
pub(crate) const ABORTED: u32 = 3;

/// What a call has heard and not yet used.
#[derive(Default)]
pub(crate) struct Heard {
    news: Cell<Option<News>>,
    waker: Cell<Option<Waker>>,
}

impl Heard {
    pub(crate) fn hear(&self, event: u32, value: JsValue) {
        self.news.set(Some(match event {
            FULFILLED => News::Settled(Ok(value)),
            REJECTED => News::Settled(Err(value)),
            LATE => News::Late,
            _ => News::Aborted(value),
        }));
        // The last thing that is done here: the one who wakes may let all of this go.
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// What is new; else the waker is told later.
    pub(crate) fn news(&self, waker: &Waker) -> Option<News> {
        let news = self.news.take();
        if news.is_none() {
            self.waker.set(Some(waker.clone()));
        }
        news
    }

    /// Forgets what was meant for an earlier wait.
    pub(crate) fn forget(&self) {
        self.news.take();
    }

    /// Whether there is nothing new.
    pub(crate) fn is_silent(&self) -> bool {
        let news = self.news.take();
        let silent = news.is_none();
        self.news.set(news);
        silent
    }
}
