//! Calls as JavaScript makes them.

use super::answers::JsReader;
use super::arguments::json_list;
use super::clients::{JsClient, client_of};
use super::errors::{Pending, record_of, reject};
use super::names::OPTION_NAMES;
use super::options::{self, Scope};
use super::records::{row, to_js};
use crate::api::endpoints;
use crate::call::{CallBody, Input, RawCall};
use crate::flows::upload::{UPLOAD, upload};
use crate::headers::{RateLimit, ResponseHeaders};
use crate::schema::endpoint::Paging;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A call that a promise of JavaScript waits for: its arguments, and where its end goes.
    #[wasm_bindgen(extends = Pending)]
    pub type PendingCall;
    #[wasm_bindgen(method, getter)]
    fn client(this: &PendingCall) -> JsClient;
    /// The number of the endpoint in the table; undefined for `client.request`.
    #[wasm_bindgen(method, getter)]
    fn endpoint(this: &PendingCall) -> Option<usize>;
    /// Path values; method and path of `client.request`.
    #[wasm_bindgen(method, getter)]
    fn values(this: &PendingCall) -> Array;
    /// JSON, or undefined.
    #[wasm_bindgen(method, getter)]
    fn query(this: &PendingCall) -> Option<String>;
    /// Whether the query is that of a further page of a list.
    #[wasm_bindgen(method, getter)]
    fn continued(this: &PendingCall) -> bool;
    /// The body as `fetch` takes it.
    #[wasm_bindgen(method, getter)]
    fn body(this: &PendingCall) -> JsValue;
    /// The bytes of the JSON that is checked of it.
    #[wasm_bindgen(method, getter)]
    fn json(this: &PendingCall) -> Option<Uint8Array>;
    /// Its text, where that goes out unchecked.
    #[wasm_bindgen(method, getter)]
    fn text(this: &PendingCall) -> Option<String>;
    /// The options of this call; undefined for those of the client.
    #[wasm_bindgen(method, getter)]
    fn options(this: &PendingCall) -> JsValue;
    /// What it has sent and must not show: texts. Looked for in pages of a list, which are read again when the call is over.
    #[wasm_bindgen(method, getter)]
    pub(super) fn hidden(this: &PendingCall) -> Option<Array>;
    #[wasm_bindgen(method, setter)]
    fn set_hidden(this: &PendingCall, hidden: &Array);
    /// The call has ended well.
    #[wasm_bindgen(method)]
    fn succeed(this: &PendingCall, value: &JsValue, status: u16, attempts: u32, headers: &JsValue);
}

/// The call of these arguments. What is wrong with an option is the error that it ends with.
pub(super) fn raw_call(pending: &PendingCall) -> RawCall {
    let (client, row) = (client_of(&pending.client()), row(pending.endpoint()));
    let body = pending.body();
    let input = Input {
        paths: json_list(&pending.values()),
        query: pending.query().unwrap_or_default().into_bytes(),
        continued: pending.continued(),
        body: match (pending.json(), pending.text()) {
            (None, None) if body.is_undefined() => CallBody::None,
            (json, text) => CallBody::Ready { value: body, json: json.map(|json| json.to_vec()), text },
        },
        option_names: &OPTION_NAMES,
        fault: None,
    };
    let mut call = RawCall::new(&client, endpoints(), row, input);
    let given = pending.options();
    if !given.is_undefined() {
        match options::read(&call.options, &given, Scope::Call(row)) {
            Ok(given) => call.options = Rc::new(given.options),
            Err(fault) => call.input.fault = Some(fault),
        }
    }
    call
}

/// What errors name the call by: method and path, with placeholders where the endpoint is known. Empty where it can lead nowhere.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = routeOf))]
pub fn route_of(pending: &PendingCall) -> String {
    raw_call(pending).route()
}

/// Starts a call. It ends with `succeed`, `fail` or `throwValue`.
#[cfg_attr(not(wasm_pack), wasm_bindgen)]
pub fn call(pending: PendingCall) {
    let call = raw_call(&pending);
    if std::ptr::eq(call.endpoint, &raw const UPLOAD) {
        return start(async move {
            match upload(&call).await {
                Ok(response) => pending.succeed(&response.data.into(), response.status, response.attempts, &response.headers.raw()),
                Err(error) => reject(&pending, &error),
            }
        });
    }
    start(async move {
        match call.run(&mut JsReader).await {
            Ok(response) => {
                if call.endpoint.paging != Paging::None {
                    pending.set_hidden(&response.secrets.iter().map(JsValue::from).collect());
                }
                pending.succeed(&response.data, response.status, response.attempts, &response.headers.raw());
            }
            Err(error) => reject(&pending, &error),
        }
    });
}

/// Runs a future to its end. It begins at once, so that calls go out in the order in which they are made.
pub(super) fn start(future: impl Future<Output = ()> + 'static) {
    let mut future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        wasm_bindgen_futures::spawn_local(future);
    }
}

/// The address of an endpoint that a browser is to open: `url`, or the `error`. Nothing is called.
#[cfg_attr(not(wasm_pack), wasm_bindgen)]
pub fn address(pending: PendingCall) -> JsValue {
    #[derive(Serialize)]
    struct Address {
        url: Option<String>,
        #[serde(with = "serde_wasm_bindgen::preserve")]
        error: JsValue,
    }
    to_js(&match raw_call(&pending).url() {
        Ok(url) => Address { url: Some(url), error: JsValue::UNDEFINED },
        Err(error) => Address { url: None, error: record_of(&error) },
    })
}

/// What the headers of an answer tell: all of them as `Headers`, and the rate limit.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = readHeaders))]
pub fn read_headers(raw: JsValue) -> JsValue {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Details {
        #[serde(with = "serde_wasm_bindgen::preserve")]
        headers: JsValue,
        rate_limit: Option<RateLimit>,
    }
    let headers = ResponseHeaders::new(raw);
    let rate_limit = RateLimit::told(&headers);
    to_js(&Details { headers: headers.to_headers().into_raw().into(), rate_limit })
}
