//! What goes out and what comes back.

use super::retry::Outcome;
use crate::headers::ResponseHeaders;
use crate::options::Options;
use crate::redact::Secrets;
use crate::request::Request;
use crate::request::body::Payload;
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use std::borrow::Cow;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// In which form a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    /// A string, which the engine makes and which stays outside of the wasm.
    Text,
    /// An `ArrayBuffer`.
    Bytes,
}

/// All that is to be sent.
pub(crate) struct Outgoing {
    pub(crate) request: Request,
    pub(crate) body: OutgoingBody,
    pub(crate) options: Rc<Options>,
    /// How the body of a success is read.
    pub(crate) format: BodyFormat,
}

impl Outgoing {
    /// Whether its body is a stream, which can be read once: there is nothing to send again.
    pub(crate) fn is_stream(&self) -> bool {
        let OutgoingBody::Js(value) = &self.body else { return false };
        value.is_object() && Reflect::get(value, &"getReader".into()).is_ok_and(|reader| reader.is_function())
    }
}

/// The body of a request.
#[derive(Clone)]
pub(crate) enum OutgoingBody {
    None,
    /// The form of an endpoint that takes one.
    Form(String),
    /// As a Rust user gave it.
    Payload(Payload),
    /// As JavaScript gave it: text, bytes, a form, whatever `fetch` takes.
    Js(JsValue),
}

/// An answer with a status of 2xx, and its body.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: ResponseHeaders,
    pub(crate) body: ReceivedBody,
}

/// The body of an answer.
#[derive(Clone)]
pub(crate) enum ReceivedBody {
    /// Nothing was wanted, or nothing came.
    None,
    /// What `fetch` gave: a string or an `ArrayBuffer`, unless it is a custom one that gives something else.
    Js(JsValue),
    /// What a transport in Rust gave.
    Bytes(Vec<u8>),
}

impl ReceivedBody {
    /// It as a value of JavaScript, where it is one.
    pub(crate) fn js(&self) -> JsValue {
        if let ReceivedBody::Js(value) = self { value.clone() } else { JsValue::UNDEFINED }
    }

    /// Its bytes, where it was read as such.
    pub(crate) fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            ReceivedBody::None => None,
            ReceivedBody::Js(value) => bytes_view(value).map(|view| view.to_vec().into()),
            ReceivedBody::Bytes(bytes) => Some(bytes.into()),
        }
    }

    /// Its text, as far as it is one.
    pub(crate) fn text(&self) -> String {
        if let ReceivedBody::Js(value) = self
            && let Some(text) = value.as_string()
        {
            return text;
        }
        self.bytes().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The same for a caller of its own: whoever writes into its bytes must not change those of others.
    pub(crate) fn unshared(self) -> Self {
        match &self {
            ReceivedBody::Js(value) => value.dyn_ref::<ArrayBuffer>().map_or_else(|| self.clone(), |bytes| ReceivedBody::Js(bytes.slice(0).into())),
            _ => self,
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// What a custom `fetch` gives as bytes may be anything.
    #[wasm_bindgen(js_name = Uint8Array)]
    type AnyBytes;
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn view(buffer: &JsValue) -> Result<AnyBytes, JsValue>;
}

/// A body that was read as bytes, seen as such. What only has their name is none.
pub(crate) fn bytes_view(body: &JsValue) -> Option<Uint8Array> {
    if !body.is_object() {
        return None;
    }
    let length = Reflect::get(body, &"byteLength".into()).ok()?.as_f64()?;
    let view: Uint8Array = AnyBytes::view(body).ok()?.unchecked_into();
    (f64::from(view.byte_length()) == length).then_some(view)
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
