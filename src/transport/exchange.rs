//! What goes out and what comes back.

use super::http::BodyFormat;
use super::retry::Outcome;
use crate::headers::ResponseHeaders;
use crate::options::Options;
use crate::redact::Secrets;
use crate::request::Request;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// All that is to be sent.
pub(crate) struct Outgoing {
    pub(crate) request: Request,
    /// Text, bytes, a form, whatever `fetch` takes; undefined for none.
    pub(crate) body: JsValue,
    pub(crate) options: Rc<Options>,
    /// How the body of a success is read.
    pub(crate) format: BodyFormat,
}

/// An answer with a status of 2xx, and its body.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: ResponseHeaders,
    /// A string or an `ArrayBuffer`; undefined where nothing was wanted or came.
    pub(crate) body: JsValue,
}

/// What is noted of a call on its way, for the error that it may end with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace {
    /// How often it was sent.
    pub(crate) attempts: u32,
    /// What is known of the work of a write.
    pub(crate) outcome: Outcome,
    /// What it has sent and must not show.
    pub(crate) secrets: Secrets,
}
