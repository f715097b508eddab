//! The side of the npm package: the call's own object in `pkg/client.js`.

use super::Heard;
use crate::limits::Told;
use crate::send::{Outgoing, Settings};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A pending call, as `pkg/client.js` makes it.
    #[derive(Clone)]
    pub type Task;
    /// What happens from now on goes to this address, and that the time is over; with a signal for `fetch`, if there is to be one.
    #[wasm_bindgen(method)]
    fn watch(this: &Task, bell: usize, milliseconds: f64, fetching: bool);
    /// Asks for a token, or for another one: then the answer is 1 where it is.
    #[wasm_bindgen(method)]
    fn ask(this: &Task, renew: bool);
    /// Calls `fetch`, and gives the status, or an error if there is none. 1: it wants JSON; 2: it carries the token; from 4 on the content type.
    #[wasm_bindgen(method)]
    fn fetch(this: &Task, what: u32);
    #[wasm_bindgen(method)]
    fn read(this: &Task, bytes: bool);
    /// A number in the headers of the answer, NaN for none: what is left, limit, reset.
    #[wasm_bindgen(method)]
    fn number(this: &Task, which: u32) -> f64;
    /// Milliseconds that the answer asks to wait, NaN for none.
    #[wasm_bindgen(method)]
    fn asked(this: &Task, status: u16) -> f64;
}

/// How a call reaches its object.
pub(crate) struct Line {
    task: Task,
    heard: Rc<Heard>,
}

impl Drop for Line {
    fn drop(&mut self) {
        // What follows may run the user's code: from now on the address leads nowhere.
        self.task.watch(0, f64::INFINITY, false);
    }
}

/// Tells a call what has happened.
#[wasm_bindgen]
pub fn hear(bell: usize, event: u32, value: JsValue) {
    let bell = bell as *const Heard;
    // SAFETY: JavaScript has the address from `Line::watch`, and forgets it when the line is dropped, which what it leads to outlives.
    let heard = unsafe {
        Rc::increment_strong_count(bell);
        Rc::from_raw(bell)
    };
    heard.hear(event, value);
}

impl Line {
    pub(crate) fn new(settings: &Settings) -> Self {
        Line { task: settings.task.clone().unchecked_into(), heard: Rc::default() }
    }

    pub(crate) fn heard(&self) -> &Heard {
        &self.heard
    }

    pub(crate) fn watch(&self, _: &Settings, milliseconds: f64, fetching: bool) {
        self.heard.forget();
        self.task.watch(Rc::as_ptr(&self.heard) as usize, milliseconds, fetching);
    }

    pub(crate) fn ask(&self, _: &Settings, renew: bool) {
        self.task.ask(renew);
    }

    pub(crate) fn keep_token(&self, _: JsValue, _: &mut Vec<Vec<u8>>) -> Result<(), crate::Fault> {
        Ok(())
    }

    pub(crate) fn is_another(&self, token: &JsValue) -> bool {
        token.as_f64() == Some(1.0)
    }

    pub(crate) fn fetch(&self, request: &Outgoing, _: &Settings) {
        let (json, token) = (u32::from(request.wants_json()), u32::from(!request.row.anonymous));
        self.task.fetch(json + token * 2 + request.content as u32 * 4);
    }

    pub(crate) fn head(&self, reply: JsValue) -> Result<u16, JsValue> {
        reply.as_f64().map(|status| status as u16).ok_or(reply)
    }

    pub(crate) fn read(&self, bytes: bool) {
        self.task.read(bytes);
    }

    /// JavaScript has them.
    pub(crate) fn headers(&self) -> JsValue {
        JsValue::UNDEFINED
    }

    pub(crate) fn told(&self) -> Told {
        let remaining = self.task.number(0);
        if remaining.is_nan() {
            return Told::NOTHING;
        }
        Told { remaining, limit: self.task.number(1), reset_seconds: self.task.number(2) }
    }

    pub(crate) fn asked_ms(&self, status: u16) -> f64 {
        self.task.asked(status)
    }

    /// Calls of JavaScript run to their end.
    pub(crate) fn finish(&self) {}
}
