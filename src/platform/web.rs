//! The side of Rust users: bindings of the platform, and one closure that is bound to what it is to tell.
//!
//! `fetch` and what it gives may be anybody's: every touch of them is fallible, as an exception that passes through wasm, or a panic, would
//! leave the promise of a call pending for ever.

use super::{ABORTED, FULFILLED, Heard, LATE, REJECTED};
use crate::check::Fault;
use crate::headers::{asked_ms, number_in};
use crate::limits::Told;
use crate::options::{MAX_TIMEOUT_MS, TokenSource, check_token};
use crate::secret::both_forms;
use crate::send::{Fallible, Outgoing, Settings, error};
use crate::words::{join, push_comma, push_member};
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
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

    /// The platform's `fetch` at this very moment: tests and tools replace it.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &JsValue) -> Fallible<JsValue>;

    /// What `fetch` resolved to. A `Response` is not asked for its class: one of another realm, or of another implementation, is as good.
    type Reply;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Reply) -> Fallible<JsValue>;
}

/// What a call holds of the platform.
pub(crate) struct Line {
    heard: Rc<Heard>,
    bell: RefCell<Option<Bell>>,
    /// The token to use, empty for none.
    token: RefCell<String>,
    reply: RefCell<JsValue>,
    headers: RefCell<JsValue>,
}

impl Line {
    pub(crate) fn new(settings: &Settings) -> Self {
        let token = if let TokenSource::Fixed(token) = &settings.token { token.clone() } else { String::new() };
        Line {
            heard: Rc::default(),
            bell: RefCell::default(),
            token: RefCell::new(token.trim_ascii().into()),
            reply: RefCell::new(JsValue::UNDEFINED),
            headers: RefCell::new(JsValue::UNDEFINED),
        }
    }

    pub(crate) fn heard(&self) -> &Heard {
        &self.heard
    }

    /// Listens anew: to the clock, the signal, and whatever is begun from now on. `fetching` makes a signal for `fetch`.
    pub(crate) fn watch(&self, settings: &Settings, milliseconds: f64, fetching: bool) {
        // One at a time: the last one stops what it began.
        self.bell.take();
        self.heard.forget();
        self.bell.replace(Some(Bell::new(&self.heard, settings, milliseconds, fetching)));
    }

    fn wait(&self, given: Fallible<JsValue>) {
        match (given, &*self.bell.borrow()) {
            (Ok(value), Some(bell)) => bell.wait(&value),
            // An abort comes first: it may be what was thrown.
            (Err(thrown), _) if self.heard.is_silent() => self.heard.hear(REJECTED, thrown),
            _ => {}
        }
    }

    /// Asks for a token, or for another one.
    pub(crate) fn ask(&self, settings: &Settings, renew: bool) {
        if !self.heard.is_silent() {
            return;
        }
        let refused = self.token.borrow().clone();
        self.wait(Ok(match &settings.token {
            TokenSource::Ask(source) => source(),
            TokenSource::Refreshing(source) => source(renew.then_some(&refused)),
            TokenSource::None | TokenSource::Fixed(_) => JsValue::UNDEFINED,
        }));
    }

    /// What is no string is no token either: an empty one says so.
    pub(crate) fn keep_token(&self, token: JsValue, secrets: &mut Vec<Vec<u8>>) -> Result<(), Fault> {
        let token = check_token(&token.as_string().unwrap_or_default())?;
        secrets.extend(both_forms(token.expose()));
        self.token.replace(token.expose().into());
        Ok(())
    }

    /// Whether a token is another one than the one that was refused.
    pub(crate) fn is_another(&self, token: &JsValue) -> bool {
        token.as_string().is_none_or(|token| token.trim_ascii() != *self.token.borrow())
    }

    pub(crate) fn fetch(&self, request: &Outgoing, settings: &Settings) {
        if !self.heard.is_silent() {
            return;
        }
        let signal = self.bell.borrow().as_ref().and_then(Bell::signal);
        let token = if request.row.anonymous { String::new() } else { self.token.borrow().clone() };
        let given = call_fetch(request, &token, settings, signal.as_ref());
        self.wait(given);
    }

    /// The status of what `fetch` resolved to, as far as that is known to be sound.
    pub(crate) fn head(&self, reply: JsValue) -> Fallible<u16> {
        let status = if reply.is_object() { reply.unchecked_ref::<Reply>().status()?.as_f64().unwrap_or(-1.0) } else { -1.0 };
        let headers = if reply.is_object() { reply.unchecked_ref::<Reply>().headers()? } else { JsValue::UNDEFINED };
        if !(0.0..1000.0).contains(&status) || !headers.is_object() {
            return Err(error("fetch resolved to something that is no Response"));
        }
        if status < 1.0 {
            return Err(error("the answer is hidden: probably a redirect, and redirects are not followed"));
        }
        self.reply.replace(reply);
        self.headers.replace(headers);
        Ok(status as u16)
    }

    pub(crate) fn read(&self, bytes: bool) {
        let reply = self.reply.replace(JsValue::UNDEFINED);
        let reply: &Reply = reply.unchecked_ref();
        self.wait(if bytes { reply.array_buffer() } else { reply.text() });
    }

    /// Those of the answer; undefined where there is none.
    pub(crate) fn headers(&self) -> JsValue {
        self.headers.borrow().clone()
    }

    /// What the headers of the answer tell of the rate limit.
    pub(crate) fn told(&self) -> Told {
        let headers = &*self.headers.borrow();
        let remaining = number_in(headers, "x-ratelimit-remaining");
        if remaining.is_nan() {
            return Told::NOTHING;
        }
        Told { limit: number_in(headers, "x-ratelimit-limit"), remaining, reset_seconds: number_in(headers, "x-ratelimit-reset") }
    }

    /// Milliseconds that the answer asks to wait, NaN for none.
    pub(crate) fn asked_ms(&self, status: u16) -> f64 {
        asked_ms(status, &self.headers.borrow())
    }

    /// Nothing is under way any more that would have to be aborted.
    pub(crate) fn finish(&self) {
        if let Some(bell) = &*self.bell.borrow() {
            bell.controller.take();
        }
    }
}

fn call_fetch(request: &Outgoing, token: &str, settings: &Settings, signal: Option<&AbortSignal>) -> Fallible<JsValue> {
    let accept = if request.wants_json() { "application/json" } else { "" };
    let authorization = if token.is_empty() { String::new() } else { join(&["Bearer ", token]) };
    // Node would send the body once more, `db_pass` and all, to whatever host a redirect names.
    let mut init = join(&["{\"method\":\"", request.verb.as_str(), "\",\"redirect\":\"manual\",\"headers\":{"]);
    for (name, value) in [("accept", accept), ("content-type", request.content.media_type()), ("authorization", &authorization)] {
        if !value.is_empty() {
            push_member(&mut init, name, value);
        }
    }
    // A member that comes twice has its last value.
    if !settings.headers.is_empty() {
        push_comma(&mut init);
    }
    init.push_str(&settings.headers);
    init.push_str("}}");
    let init: web_sys::RequestInit = js_sys::JSON::parse(&init)?.unchecked_into();
    init.set_signal(signal);
    if !request.body.is_undefined() {
        init.set_body(&request.body);
    }
    let url = join(&[&settings.base_url, &request.target]);
    match &settings.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&url), &init),
        None => global_fetch(&url, &init),
    }
}

/// Where a call hears from. What it holds is freed when it goes.
struct Bell {
    /// Until nothing is under way any more.
    controller: Rc<Cell<Option<AbortController>>>,
    fetch_signal: Option<AbortSignal>,
    signal: Option<AbortSignal>,
    timer: JsValue,
    on_abort: js_sys::Function,
    /// Whether there is a promise that will call back.
    pending: Rc<Cell<bool>>,
    /// Whether nobody listens any more.
    over: Rc<Cell<bool>>,
    /// Taken when the bell goes.
    callback: Option<Closure<dyn Fn(u32, JsValue)>>,
}

impl Bell {
    fn new(heard: &Rc<Heard>, settings: &Settings, milliseconds: f64, fetching: bool) -> Self {
        let (pending, over) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
        let controller = fetching.then(|| AbortController::from(Controller::new()));
        let fetch_signal = controller.as_ref().map(AbortController::signal);
        let controller = Rc::new(Cell::new(controller));
        let signal = settings.signal.clone();
        let tell = {
            let (heard, over, controller, signal) = (Rc::clone(heard), Rc::clone(&over), Rc::clone(&controller), signal.clone());
            move |event, value| {
                let aborted = signal.as_ref().filter(|signal| signal.aborted());
                let (event, value) = match aborted {
                    Some(signal) => (ABORTED, signal.reason()),
                    // A signal that says so without being so.
                    None if event == ABORTED => return,
                    None => (event, value),
                };
                if over.get() {
                    return;
                }
                if event == LATE || event == ABORTED {
                    over.set(true);
                    abort(&controller, &value);
                }
                heard.hear(event, value);
            }
        };
        let (telling, waiting) = (tell.clone(), Rc::clone(&pending));
        let callback = Closure::new(move |event, value| {
            if event == FULFILLED || event == REJECTED {
                waiting.set(false);
            }
            telling(event, value);
        });
        let on_abort = bound(&callback, ABORTED);
        if let Some(signal) = &signal {
            // A signal that cannot be listened to is looked at whenever something else happens.
            let _ = signal.add_event_listener_with_callback("abort", &on_abort);
        }
        let endless = milliseconds > f64::from(MAX_TIMEOUT_MS);
        let timer = if endless { JsValue::UNDEFINED } else { set_timeout(&bound(&callback, LATE), milliseconds) };
        // One that was aborted before will not say so.
        tell(ABORTED, JsValue::UNDEFINED);
        Bell { controller, fetch_signal, signal, timer, on_abort, pending, over, callback: Some(callback) }
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.fetch_signal.clone()
    }

    fn wait(&self, value: &JsValue) {
        let Some(callback) = &self.callback else { return };
        self.pending.set(true);
        // A promise of our own for whatever a function returned: a promise that it replaced or broke can then no longer surprise.
        Race::race(&Array::of1(value)).then(&bound(callback, FULFILLED), &bound(callback, REJECTED));
    }
}

/// Once: the listeners of a signal may come back here.
fn abort(controller: &Cell<Option<AbortController>>, reason: &JsValue) {
    if let Some(controller) = controller.take() {
        controller.abort_with_reason(reason);
    }
}

fn bound(callback: &Closure<dyn Fn(u32, JsValue)>, event: u32) -> js_sys::Function {
    callback.as_ref().unchecked_ref::<Callback>().bind(&JsValue::UNDEFINED, event)
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.over.set(true);
        // Whoever drops a call does not want its answer.
        abort(&self.controller, &JsValue::UNDEFINED);
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", &self.on_abort);
        }
        if self.pending.get() {
            // The promise may still call back, which must find somebody. The engine frees the callback together with the promise.
            self.callback.take().map(Closure::into_js_value);
        }
    }
}
