//! The Rust face of the client as something that JavaScript can call, so that tests/situations and tests/faults judge both faces alike.
//!
//! Everything here goes through the public Rust API. What JavaScript hands over is read in `given`, what a call ends with is told in `told`, and
//! `calls` has the methods that the tests use, one line each.

mod calls;
mod given;
mod told;

use given::Given;
use js_sys::Promise;
use serde_json::json;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Answer, Body, Paging};
use supabase_management_wasm::{Client, Options, to_js};
use told::Walk;
use wasm_bindgen::prelude::*;

/// What a function gives, or what JavaScript is to throw.
type Fallible<T> = Result<T, JsValue>;

/// Lets a panic say where it was: a trap alone would leave a promise pending, and nobody would know why.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| told::shout(&panic.to_string())));
}

/// What JavaScript has to know of the endpoints to sort the arguments of a method: a list of objects.
///
/// # Errors
/// None that is known of.
#[wasm_bindgen]
pub fn methods() -> Fallible<JsValue> {
    let methods = endpoints().iter().map(|row| {
        json!({
            "id": row.id,
            "paths": row.placeholders.len(),
            "body": !matches!(row.body, Body::None),
            "query": row.query.is_some(),
            "json": matches!(row.answer, Answer::Json(_) | Answer::Rows),
            "nothing": matches!(row.answer, Answer::Nothing),
            "pages": row.paging != Paging::None,
        })
    });
    Ok(to_js(&methods.collect::<Vec<_>>())?)
}

/// A client.
#[wasm_bindgen]
pub struct Face(Client);

#[wasm_bindgen]
impl Face {
    /// A client with the options of a JavaScript object.
    ///
    /// # Errors
    /// Where an option is of a kind that Rust has no value for.
    #[wasm_bindgen(constructor)]
    pub fn new(given: &JsValue) -> Fallible<Face> {
        let mut options = Options::default();
        given::options(given)?(&mut options);
        Ok(Face(Client::with(options)))
    }

    /// Calls an endpoint: gives data, status, headers, rate limit and attempts. `raw` asks for the answer's text in the place of a model.
    ///
    /// # Errors
    /// Where an argument is of a kind that Rust has no value for.
    pub fn call(&self, id: &str, paths: Vec<String>, body: JsValue, query: JsValue, options: JsValue, raw: bool) -> Fallible<Promise> {
        calls::call(&self.0, id, &Given { paths, body, query, options, raw })
    }

    /// Calls what has no method of its own.
    ///
    /// # Errors
    /// As [`Face::call`].
    pub fn request(&self, verb: &str, path: &str, body: JsValue, query: JsValue, options: JsValue, raw: bool) -> Fallible<Promise> {
        calls::request(&self.0, verb, path, &Given { paths: Vec::new(), body, query, options, raw })
    }

    /// Goes through the pages of a list, or through the items of all pages.
    ///
    /// # Errors
    /// As [`Face::call`].
    pub fn pages(&self, id: &str, paths: Vec<String>, query: JsValue, options: JsValue, items: bool) -> Fallible<Walk> {
        calls::pages(&self.0, id, &Given { paths, body: JsValue::UNDEFINED, query, options, raw: false }, items)
    }

    /// Waits for something, to its end. `looked_for` is what the waiter takes besides the path: an id, a name.
    ///
    /// # Errors
    /// As [`Face::call`].
    pub fn wait(&self, id: &str, paths: Vec<String>, looked_for: JsValue, options: JsValue) -> Fallible<Promise> {
        Ok(calls::wait(&self.0, id, &Given { paths, body: JsValue::UNDEFINED, query: looked_for, options, raw: false })?.to_its_end())
    }

    /// Waits for something, step by step.
    ///
    /// # Errors
    /// As [`Face::call`].
    pub fn progress(&self, id: &str, paths: Vec<String>, looked_for: JsValue, options: JsValue) -> Fallible<Walk> {
        Ok(calls::wait(&self.0, id, &Given { paths, body: JsValue::UNDEFINED, query: looked_for, options, raw: false })?.step_by_step())
    }
}
