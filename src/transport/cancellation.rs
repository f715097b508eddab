//! What ends a wait from outside: the clock, and the user's signal.

use super::signals::{Subscription, abort_reason};
use super::time::{Timer, park};
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// Why a wait was ended.
#[derive(Debug, Clone)]
pub(crate) enum Cancelled {
    /// The time is over.
    Late,
    /// The signal was aborted, for this reason.
    Aborted(JsValue),
}

/// Ends waits when a time is over, or when a signal is aborted.
pub(crate) struct Cancellation {
    state: Rc<State>,
    _timer: Option<Timer>,
    _subscription: Option<Subscription>,
}

struct State {
    signal: Option<AbortSignal>,
    cancelled: Cell<Option<Cancelled>>,
    waker: Cell<Option<Waker>>,
    /// Closes the connection of a request that is under way.
    controller: Cell<Option<AbortController>>,
}

impl State {
    fn cancel(&self, cause: Cancelled) {
        let cause = match self.signal.as_ref().and_then(abort_reason) {
            Some(reason) => Cancelled::Aborted(reason),
            // An event that says so of a signal that is not aborted says nothing.
            None if matches!(cause, Cancelled::Aborted(_)) => return,
            None => cause,
        };
        if self.cause().is_some() {
            return;
        }
        let reason = if let Cancelled::Aborted(reason) = &cause { reason.clone() } else { JsValue::UNDEFINED };
        self.cancelled.set(Some(cause));
        // At once: whoever listens to that may come back here, and finds everything in its place.
        self.abort(&reason);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    fn cause(&self) -> Option<Cancelled> {
        let cause = self.cancelled.take();
        self.cancelled.set(cause.clone());
        cause
    }

    fn abort(&self, reason: &JsValue) {
        if let Some(controller) = self.controller.take() {
            if reason.is_undefined() { controller.abort() } else { controller.abort_with_reason(reason) }
        }
    }
}

impl Cancellation {
    /// `after_ms` may be infinite. `controller` is aborted when this cancels, or when it is dropped before [`Self::disarm`].
    pub(crate) fn new(signal: Option<&AbortSignal>, after_ms: f64, controller: Option<AbortController>) -> Self {
        let state = Rc::new(State { signal: signal.cloned(), cancelled: Cell::default(), waker: Cell::default(), controller: Cell::new(controller) });
        let (late, aborted) = (Rc::clone(&state), Rc::downgrade(&state));
        let timer = Timer::new(after_ms, move || late.cancel(Cancelled::Late));
        let subscription = signal.map(|signal| {
            Subscription::new(signal, move || {
                if let Some(state) = aborted.upgrade() {
                    state.cancel(Cancelled::Aborted(JsValue::UNDEFINED));
                }
            })
        });
        // A signal that was aborted before will not say so.
        state.cancel(Cancelled::Aborted(JsValue::UNDEFINED));
        Cancellation { state, _timer: timer, _subscription: subscription }
    }

    /// Whether it has come to that.
    ///
    /// # Errors
    /// Why.
    pub(crate) fn check(&self) -> Result<(), Cancelled> {
        self.state.cause().map_or(Ok(()), Err)
    }

    /// What the work gives, if it ends before. Else the work is dropped.
    ///
    /// # Errors
    /// Why it was ended.
    pub(crate) async fn guard<F: Future>(&self, work: F) -> Result<F::Output, Cancelled> {
        let mut work = pin!(work);
        poll_fn(|context| {
            self.check()?;
            let Poll::Ready(value) = work.as_mut().poll(context) else {
                self.state.waker.set(Some(context.waker().clone()));
                park(context.waker());
                // The work may have run into it by itself.
                self.check()?;
                return Poll::Pending;
            };
            // A signal that cannot be listened to is looked at now.
            if self.state.signal.is_some() {
                self.state.cancel(Cancelled::Aborted(JsValue::UNDEFINED));
            }
            self.check()?;
            Poll::Ready(Ok(value))
        })
        .await
    }

    /// Nothing is under way any more that would have to be aborted.
    pub(crate) fn disarm(&self) {
        self.state.controller.take();
    }
}

impl Drop for Cancellation {
    fn drop(&mut self) {
        // Whoever drops a call does not want its answer.
        self.state.abort(&JsValue::UNDEFINED);
    }
}

/// Waits for a time; less where the signal is aborted meanwhile.
///
/// # Errors
/// The reason of the signal.
pub(crate) async fn sleep(milliseconds: f64, signal: Option<&AbortSignal>) -> Result<(), JsValue> {
    match Cancellation::new(signal, milliseconds, None).guard(std::future::pending::<()>()).await {
        Err(Cancelled::Aborted(reason)) => Err(reason),
        Ok(()) | Err(Cancelled::Late) => Ok(()),
    }
}
