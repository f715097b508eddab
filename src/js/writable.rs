//! Bodies made of answers, for JavaScript.

use super::arguments::kind_or_nothing;
use super::errors::record_of;
use super::records::to_js;
use crate::api::endpoints;
use crate::error::Error;
use crate::fault::Fault;
use crate::request::writable::{Omitted as Left, writable};
use crate::schema::endpoint::Endpoint;
use crate::text::nearest;
use serde::Serialize;
use supabase_management_wasm_macros::record;
use wasm_bindgen::prelude::*;

/// Something that a body made of an answer does not have.
#[record]
#[derive(Serialize)]
pub(super) struct Omitted {
    /// Where it is in the answer, or where it would be in the body if the answer has it not: `smtp_pass`, `[0].updated_at`.
    path: String,
    /// Why it is left out:
    ///
    /// - `read-only`: only answers have it, the request has no such field.
    /// - `secret`: it is a digest or a mask of a secret. Set the secret itself, or the new place is without it.
    /// - `null`: the request does not take `null` there.
    /// - `invalid`: the request does not take this value: it is newer than this package, or outside of the limits.
    /// - `alternative`: the request takes one of several fields, and another one is there.
    /// - `missing`: the answer does not have it, and the request must: add it before you send the body.
    #[typescript("\"read-only\" | \"secret\" | \"null\" | \"invalid\" | \"alternative\" | \"missing\"")]
    reason: &'static str,
    /// What the body takes there.
    expected: String,
}

/// A body that was made, or why not.
#[derive(Serialize)]
struct Made {
    /// JSON.
    body: Option<String>,
    omitted: Vec<Omitted>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    error: JsValue,
}

/// The write of this name, if its body can be made of an answer.
fn write_of(name: &JsValue) -> Result<&'static Endpoint, Fault> {
    let mut writes = endpoints().iter().filter(|row| row.reads().next().is_some());
    let Some(text) = name.as_string() else { return Err(Fault::new("endpoint", "the name of a method", kind_or_nothing(name))) };
    writes.clone().find(|row| row.id == text).ok_or_else(|| {
        let near = nearest(&text, writes.by_ref().map(|row| row.id)).map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
        Fault::new("endpoint", format!("a method whose body an answer can become{near}"), "another one")
    })
}

fn error_of(name: &JsValue, fault: Fault) -> JsValue {
    let error = match write_of(name) {
        Ok(row) => Error::input(row.id, row.verb_and_route(), fault),
        Err(unknown) => Error::input("writable", "", unknown),
    };
    record_of(&error)
}

/// Makes a body of the JSON of an answer. Without one, the answer is nothing.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = makeWritable))]
pub fn make_writable(endpoint: &JsValue, answer: Option<String>) -> JsValue {
    let made = write_of(endpoint).and_then(|row| {
        let answer = answer.ok_or_else(|| Fault::new("answer", "an answer", "nothing"))?;
        writable(row, false, answer.as_bytes()).map_err(|fault| {
            let path = inside_answer(&fault.path);
            fault.at(path)
        })
    });
    to_js(&match made {
        Ok((body, omitted)) => Made {
            body: Some(String::from_utf8_lossy(&body).into_owned()),
            omitted: omitted.into_iter().map(|Left { path, reason, expected }| Omitted { path, reason: reason.as_str(), expected }).collect(),
            error: JsValue::UNDEFINED,
        },
        Err(fault) => Made { body: None, omitted: Vec::new(), error: error_of(endpoint, fault) },
    })
}

/// A path that begins in the argument.
fn inside_answer(path: &str) -> String {
    format!("answer{}{path}", if path.is_empty() || path.starts_with('[') { "" } else { "." })
}

/// The record of an error about an answer that only JavaScript could look at.
#[cfg_attr(not(wasm_pack), wasm_bindgen(js_name = refuseAnswer))]
pub fn refuse_answer(endpoint: &JsValue, path: String, expected: String, received: String) -> JsValue {
    error_of(endpoint, Fault::new(path, expected, received))
}
