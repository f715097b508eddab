//! Answers as plain JavaScript values. The engine's own parser reads them: their text stays outside of the wasm.

use crate::call::{Reader, Unreadable, count_in, kind_name};
use crate::check::answer::check_outermost;
use crate::check::exact::Integers;
use crate::check::{Kind, expectation};
use crate::fault::Fault;
use crate::headers::ResponseHeaders;
use crate::options::{BigInt, Options, Validation};
use crate::schema::endpoint::{Answer, Endpoint};
use crate::schema::{Shape, Type};
use crate::transport::exchange::BodyFormat;
use crate::transport::exchange::{Received, ReceivedBody, bytes_view};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // `Option`, for the reason that src/callback.rs gives.
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn json_parse(text: &JsValue) -> Result<Option<Object>, JsValue>;

    type TextDecoder;
    #[wasm_bindgen(constructor)]
    fn new() -> TextDecoder;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &JsValue) -> Result<JsValue, JsValue>;

    type Text;
    #[wasm_bindgen(method)]
    fn trim(this: &Text) -> JsValue;
}

/// The value of JSON, which may be null and anything else.
fn parse_json(text: &JsValue) -> Result<JsValue, JsValue> {
    json_parse(text).map(|value| value.map_or(JsValue::NULL, JsValue::from))
}

/// Digits of `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE_INTEGER: &str = "9007199254740991";

/// Reads answers as JavaScript users get them.
pub(super) struct JsReader;

impl Reader for JsReader {
    type Output = JsValue;

    fn format(&self, endpoint: &Endpoint, options: &Options) -> BodyFormat {
        let looks = options.on_deviation.is_some() || options.validation == Validation::Strict || options.bigint == BigInt::String;
        match endpoint.answer {
            Answer::Json(_) | Answer::Rows if looks => BodyFormat::Bytes,
            Answer::Bytes | Answer::Free => BodyFormat::Bytes,
            _ => BodyFormat::Text,
        }
    }

    fn integers(&self) -> Integers {
        Integers { most: MAX_SAFE_INTEGER, least: MAX_SAFE_INTEGER }
    }

    fn body_of(&self, json: Vec<u8>) -> ReceivedBody {
        ReceivedBody::Js(String::from_utf8_lossy(&json).as_ref().into())
    }

    fn read(&mut self, endpoint: &'static Endpoint, received: &Received) -> Result<JsValue, Unreadable> {
        let Received { status, headers, body } = received;
        let body = &body.js();
        match endpoint.answer {
            Answer::Nothing | Answer::Url => Ok(JsValue::UNDEFINED),
            Answer::Count => Ok((count_in(headers)?.parse::<u64>().unwrap_or_default() as f64).into()),
            // A statement of SQL that gives no rows may be answered with nothing.
            Answer::Rows if *status == 204 || is_nothing(body) => Ok(Array::new().into()),
            _ if *status == 204 => Ok(JsValue::UNDEFINED),
            Answer::Text => Ok(body.clone()),
            Answer::Bytes => bytes(body),
            Answer::Free => free(body, headers),
            Answer::Rows => parse(body, None),
            Answer::Json(ty) => {
                let value = parse(body, Some(ty))?;
                let carries_error = endpoint.error_inside && super::errors::field(&value, "error").is_truthy();
                if carries_error { Err(Unreadable::ErrorInside) } else { Ok(value) }
            }
        }
    }
}

/// Whether there is nothing in a body, in whichever form it was read.
fn is_nothing(body: &JsValue) -> bool {
    body.as_string().map_or_else(|| bytes_view(body).is_some_and(|bytes| bytes.length() == 0), |text| text.is_empty())
}

fn bytes(body: &JsValue) -> Result<JsValue, Unreadable> {
    bytes_view(body).map(Into::into).ok_or_else(|| Fault::new("", "a body of bytes", kind_name(body)).into())
}

/// The text of a body, which a custom `fetch` may give as anything.
fn text(body: &JsValue) -> Result<JsValue, Unreadable> {
    if body.is_string() {
        return Ok(body.clone());
    }
    TextDecoder::new().decode(body).map_err(|_| Fault::new("", "a body of text", kind_name(body)).into())
}

fn is_blank(text: &JsValue) -> bool {
    !text.unchecked_ref::<Text>().trim().is_truthy()
}

/// JSON of the outermost kind that the endpoint promises; rows where no type is given.
fn parse(body: &JsValue, ty: Option<Type>) -> Result<JsValue, Unreadable> {
    let text = text(body)?;
    let any = ty.is_some_and(|ty| matches!(ty.shape(), Shape::Any));
    let expected = || ty.map_or_else(|| "array".into(), expectation);
    let value = match parse_json(&text) {
        Ok(value) => value,
        // What may be anything may also be text, or nothing.
        Err(_) if any => return Ok(if is_blank(&text) { JsValue::UNDEFINED } else { text }),
        Err(_) if is_blank(&text) => return Err(Fault::new("", expected(), "nothing").into()),
        Err(_) => return Err(Fault::new("", "JSON", Kind::Junk.name()).into()),
    };
    let kind = json_kind(&value);
    match ty {
        Some(ty) => check_outermost(kind, ty)?,
        None if kind != Kind::Array => return Err(Fault::new("", expected(), kind.name()).into()),
        None => {}
    }
    Ok(value)
}

fn json_kind(value: &JsValue) -> Kind {
    if Array::is_array(value) {
        Kind::Array
    } else if value.is_object() {
        Kind::Object
    } else if value.is_string() {
        Kind::String
    } else if value.is_null() {
        Kind::Null
    } else if value.as_f64().is_some() {
        Kind::Number
    } else {
        Kind::Boolean
    }
}

/// The answer to a request without a row: JSON, text or bytes, as its content type says; undefined where it is empty.
fn free(body: &JsValue, headers: &ResponseHeaders) -> Result<JsValue, Unreadable> {
    if body.is_string() {
        // JSON in which numbers have become text.
        return Ok(parse_json(body).unwrap_or_else(|_| body.clone()));
    }
    let content = bytes(body)?;
    if content.unchecked_ref::<js_sys::Uint8Array>().length() == 0 {
        return Ok(JsValue::UNDEFINED);
    }
    if !headers.allow_text() {
        return Ok(content);
    }
    let text = text(body)?;
    Ok(parse_json(&text).unwrap_or(text))
}
