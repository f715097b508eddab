//! Time that passes, or a signal that ends it.

use js_sys::{Function, Promise};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
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

/// What the work gives; nothing where the time was over or the signal aborted before. Then `stop` is aborted, and the work may see that.
pub(crate) async fn within<F: Future>(work: F, milliseconds: u32, signal: Option<&AbortSignal>, stop: Option<&AbortController>) -> Option<F::Output> {
    let alarm = Alarm::new(milliseconds, signal);
    let mut work = pin!(work);
    let mut ring = pin!(JsFuture::from(alarm.promise.clone()));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => ring.as_mut().poll(context).map(|_| {
            if let Some(stop) = stop {
                stop.abort();
                // It closes its connection, which it would not if it only went.
                let _ = work.as_mut().poll(context);
            }
            None
        }),
    })
    .await
}

/// A promise that a timer or a signal fulfils.
struct Alarm {
    promise: Promise,
    ring: Option<Function>,
    timer: JsValue,
    signal: Option<AbortSignal>,
}

impl Alarm {
    fn new(milliseconds: u32, signal: Option<&AbortSignal>) -> Self {
        let mut ring = None;
        let promise = Promise::new(&mut |resolve, _| ring = Some(resolve));
        let timer = set_timeout(ring.as_ref().map_or(&JsValue::UNDEFINED, AsRef::as_ref), milliseconds);
        if let (Some(signal), Some(ring)) = (signal, &ring) {
            // A signal that cannot be listened to is looked at when the time is over.
            let _ = signal.add_event_listener_with_callback("abort", ring);
        }
        Alarm { promise, ring, timer, signal: signal.cloned() }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        let Some(ring) = &self.ring else { return };
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", ring);
        }
        // What waits for the promise is freed when that is settled.
        let _ = ring.call0(&JsValue::UNDEFINED);
    }
}
