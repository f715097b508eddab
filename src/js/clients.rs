//! The clients of JavaScript, each with what its calls share.

use super::options::{self, Scope};
use super::records::{RateLimitState, to_js};
use crate::client::Client;
use crate::options::Options;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A client as JavaScript holds it.
    pub type JsClient;
    /// What tells it from others.
    #[wasm_bindgen(method, getter)]
    fn number(this: &JsClient) -> u32;
    /// Its options, which were checked when it was made: a plain object.
    #[wasm_bindgen(method, getter)]
    fn options(this: &JsClient) -> JsValue;
}

thread_local! {
    static CLIENTS: RefCell<Vec<(u32, Client)>> = const { RefCell::new(Vec::new()) };
}

/// The client with its rate limits. Nobody says when a client is gone: one that is not in use and knows of no window is dropped, as a new one would soon
/// know as much.
pub(super) fn client_of(js: &JsClient) -> Client {
    let number = js.number();
    let known = || CLIENTS.with_borrow(|clients| clients.iter().find(|(known, _)| *known == number).map(|(_, client)| client.clone()));
    if let Some(client) = known() {
        return client;
    }
    // They were right when the client was made, and are what they were. A getter of theirs may call this very client, which is then known.
    let given = options::read(&Options::default(), &js.options(), Scope::Client);
    known().unwrap_or_else(|| {
        let client = Client::with(given.map(|given| given.options).unwrap_or_default());
        CLIENTS.with_borrow_mut(|clients| {
            if clients.len() == clients.capacity() {
                clients.retain(|(_, client)| Rc::strong_count(&client.dispatcher) > 1 || !client.dispatcher.limiter.is_blank());
            }
            clients.push((number, client.clone()));
        });
        client
    })
}

/// What is known of the rate limits of a client.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = rateLimits))]
pub fn rate_limits(client: &JsClient) -> JsValue {
    let states = client_of(client).rate_limits();
    to_js(&states.into_iter().map(RateLimitState::from).collect::<Vec<_>>())
}
