//! What is behind an error: what `fetch` rejected with, the reason of a signal, what a source of tokens or a transport failed with.

use crate::redact::Secrets;
use crate::send_wrapper::SendWrapper;
use js_sys::{Array, Object, Reflect};
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = String)]
    fn string_of(value: &JsValue) -> Result<String, JsValue>;
}

/// What is behind an error: a value of JavaScript, or an error of Rust.
///
/// It can go to another thread, as errors do. The value of JavaScript stays on its own: [`Cause::js`] is for the thread that it came from, which is the
/// only one there is in WebAssembly without shared memory.
#[derive(Clone)]
pub struct Cause(Origin);

#[derive(Clone)]
enum Origin {
    Js { value: SendWrapper<JsValue>, words: Arc<str> },
    Rust(Arc<dyn StdError + Send + Sync>),
    Words(Arc<str>),
}

impl Cause {
    /// An error of Rust as a cause.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Cause(Origin::Rust(error.into().into()))
    }

    /// The words of whatever has some as a cause: of an error of a framework that is not `Send`, for instance.
    pub fn from_display(words: impl fmt::Display) -> Self {
        words.to_string().into()
    }

    /// The value of JavaScript, where it is one.
    ///
    /// # Panics
    /// On another thread than the one that it came from.
    pub fn js(&self) -> Option<&JsValue> {
        if let Origin::Js { value, .. } = &self.0 { Some(value) } else { None }
    }

    /// The error of Rust, where it is one of this type.
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        if let Origin::Rust(error) = &self.0 { error.downcast_ref() } else { None }
    }

    /// As JavaScript has it: the value that it is, or an `Error` with its words.
    ///
    /// # Panics
    /// On another thread than the one that it came from, and where there is no JavaScript engine.
    pub fn to_js(&self) -> JsValue {
        self.js().cloned().unwrap_or_else(|| js_sys::Error::new(&self.to_string()).into())
    }

    /// A cause that is fit to be printed: none of the secrets that the call has sent is in it.
    pub(crate) fn clean(&self, secrets: &Secrets) -> Self {
        match &self.0 {
            Origin::Js { value, .. } => clean(value, secrets).into(),
            Origin::Rust(error) if secrets.redact(&error.to_string()) == error.to_string() => self.clone(),
            Origin::Rust(_) | Origin::Words(_) => secrets.redact(&self.to_string()).into(),
        }
    }

    /// What it says, for the end of a message: `: fetch failed: connect ECONNREFUSED …`.
    pub(crate) fn words(&self) -> String {
        match &self.0 {
            Origin::Js { words, .. } => words.to_string(),
            Origin::Rust(error) => chain(&**error).map(|error| format!(": {error}")).collect(),
            Origin::Words(words) => format!(": {words}"),
        }
    }

    /// Whether it says that nothing was sent: refused, no such host, no secure connection. Browsers do not tell.
    pub(crate) fn never_left(&self) -> bool {
        match &self.0 {
            Origin::Js { value, .. } => never_left(value),
            Origin::Rust(error) => {
                let refused = |error: &(dyn StdError + 'static)| {
                    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
                };
                chain(&**error).any(refused)
            }
            Origin::Words(_) => false,
        }
    }
}

/// An error, and what is behind it.
fn chain<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}

impl From<JsValue> for Cause {
    fn from(value: JsValue) -> Self {
        let words = words(&value).into();
        Cause(Origin::Js { value: SendWrapper::new(value), words })
    }
}

impl From<String> for Cause {
    fn from(words: String) -> Self {
        Cause(Origin::Words(words.into()))
    }
}

impl From<&str> for Cause {
    fn from(words: &str) -> Self {
        Cause(Origin::Words(words.into()))
    }
}

impl From<Box<dyn StdError + Send + Sync>> for Cause {
    fn from(error: Box<dyn StdError + Send + Sync>) -> Self {
        Cause::new(error)
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Cause::new(error)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Origin::Js { words, .. } if words.is_empty() => formatter.write_str("a value of JavaScript that says nothing"),
            Origin::Js { words, .. } => formatter.write_str(words.strip_prefix(": ").unwrap_or(words)),
            Origin::Rust(error) => error.fmt(formatter),
            Origin::Words(words) => formatter.write_str(words),
        }
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Cause({self})")
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        if let Origin::Rust(error) = &self.0 { error.source() } else { None }
    }
}

/// How many causes of causes are looked at.
const DEEPEST: u32 = 4;

/// A cause that is fit to be printed: what `fetch` rejected with may hold the request, and with it the token.
///
/// It is the original where that is of the language's own making and holds no secret; else a copy of what can be cleaned.
fn clean(cause: &JsValue, secrets: &Secrets) -> JsValue {
    clean_at(cause, secrets, 0).unwrap_or_else(|_| js_sys::Error::new("the reason could not be read").into())
}

fn clean_at(cause: &JsValue, secrets: &Secrets, depth: u32) -> Result<JsValue, JsValue> {
    if let Some(text) = cause.as_string() {
        return Ok(secrets.redact(&text).into());
    }
    if cause.is_symbol() {
        let text = string_of(cause)?;
        let clean = secrets.redact(&text);
        return Ok(if clean == text { cause.clone() } else { clean.into() });
    }
    if !is_object(cause) {
        return Ok(cause.clone());
    }
    if is_printable(cause, secrets, depth)? {
        return Ok(cause.clone());
    }
    let message = Reflect::get(cause, &"message".into())?;
    let message = string_of(if message.is_undefined() || message.is_null() { cause } else { &message })?;
    let copy = js_sys::Error::new(&secrets.redact(&message));
    for name in ["name", "code", "stack"] {
        if let Some(text) = Reflect::get(cause, &name.into())?.as_string() {
            let own = Object::new();
            Reflect::set(&own, &"value".into(), &secrets.redact(&text).into())?;
            for (flag, value) in [("configurable", true), ("writable", true), ("enumerable", name == "code")] {
                Reflect::set(&own, &flag.into(), &value.into())?;
            }
            Reflect::define_property(&copy, &name.into(), &own)?;
        }
    }
    let inner = Reflect::get(cause, &"cause".into())?;
    if !inner.is_undefined() && depth < DEEPEST {
        Reflect::set(&copy, &"cause".into(), &clean_at(&inner, secrets, depth + 1)?)?;
    }
    Ok(copy.into())
}

fn is_object(value: &JsValue) -> bool {
    value.is_object() || value.is_function()
}

/// Whether it is an error of the language itself, and nothing in it is a secret or can hide one.
fn is_printable(cause: &JsValue, secrets: &Secrets, depth: u32) -> Result<bool, JsValue> {
    if !is_built_in(cause)? {
        return Ok(false);
    }
    let same = |text: &str| secrets.redact(text) == text;
    for name in ["message", "name", "stack"] {
        if !same(&string_of(&Reflect::get(cause, &name.into())?)?) {
            return Ok(false);
        }
    }
    for key in Reflect::own_keys(cause)?.iter() {
        let property = Reflect::get_own_property_descriptor(cause.unchecked_ref::<Object>(), &key)?;
        let name = string_of(&key)?;
        if !Reflect::get(&property, &"get".into())?.is_undefined() {
            // A getter may say something else each time; that of the stack is the engine's.
            if name == "stack" {
                continue;
            }
            return Ok(false);
        }
        let value = Reflect::get(&property, &"value".into())?;
        let list = name == "errors" && Array::is_array(&value);
        let may_be_object = name == "cause" || list;
        let values = if list { Array::from(&value) } else { Array::of1(&value) };
        for value in values.iter() {
            if is_object(&value) && !may_be_object {
                return Ok(false);
            }
            if depth >= DEEPEST || !Object::is(&clean_at(&value, secrets, depth + 1)?, &value) {
                return Ok(false);
            }
        }
        if !same(&name) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_built_in(cause: &JsValue) -> Result<bool, JsValue> {
    let prototype: JsValue = Reflect::get_prototype_of(cause)?.into();
    let global = js_sys::global();
    for class in ["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "AggregateError", "DOMException"] {
        let class = Reflect::get(&global, &class.into())?;
        if is_object(&class) && Object::is(&Reflect::get(&class, &"prototype".into())?, &prototype) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A property that is text; nothing where it is none, or cannot be read.
fn text_of(value: &JsValue, name: &str) -> Option<String> {
    if !is_object(value) {
        return None;
    }
    Reflect::get(value, &name.into()).ok()?.as_string()
}

fn inner_of(cause: &JsValue) -> JsValue {
    if is_object(cause) { Reflect::get(cause, &"cause".into()).unwrap_or_default() } else { JsValue::UNDEFINED }
}

/// What a cause says, for the end of a message: `: fetch failed: connect ECONNREFUSED …`. The inner reason says more, but only Node has it.
fn words(cause: &JsValue) -> String {
    let inner = inner_of(cause);
    let parts = [text_of(cause, "message"), text_of(&inner, "message"), text_of(&inner, "code"), cause.as_string()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).map(|part| format!(": {part}")).collect()
}

/// Whether the reason says that nothing was sent: refused, no such host, no secure connection. Browsers do not tell.
fn never_left(cause: &JsValue) -> bool {
    let inner = inner_of(cause);
    let codes = [text_of(cause, "code"), text_of(&inner, "code")];
    codes.into_iter().flatten().any(|code| NEVER_LEFT.iter().any(|begin| code.starts_with(begin)))
}

const NEVER_LEFT: [&str; 11] = [
    "ECONNREFUSED",
    "ConnectionRefused",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_T",
    "CERT_",
    "ERR_TLS_CERT",
    "DEPTH_ZERO_",
    "ERR_INVALID_URL",
];
