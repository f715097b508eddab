//! What the headers of an answer tell of waiting. For JavaScript, `pkg/errors.js` reads them.

use crate::error::ErrorKind;
use crate::send::{Fallible, ResponseHeaders, now};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The headers, or what a custom `fetch` gives in their place.
    type Lines;
    #[wasm_bindgen(method, catch, js_name = get)]
    fn line(this: &Lines, name: &str) -> Fallible<JsValue>;

    #[wasm_bindgen(catch, js_name = Number)]
    fn number_of(text: &JsValue) -> Fallible<f64>;
    #[wasm_bindgen(js_name = Date)]
    type Clock;
    #[wasm_bindgen(static_method_of = Clock, js_class = "Date", catch, js_name = parse)]
    fn date_of(text: &JsValue) -> Fallible<f64>;
}

/// A header of an answer; null where it has none, or cannot be asked.
fn line(headers: &JsValue, name: &str) -> JsValue {
    headers.unchecked_ref::<Lines>().line(name).unwrap_or(JsValue::NULL)
}

/// The number in a header, NaN for none. There are no negative ones.
pub(crate) fn number_in(headers: &JsValue, name: &str) -> f64 {
    let text = line(headers, name);
    // Number(null) is 0, and so is Number("").
    let number = if text.is_truthy() { number_of(&text).unwrap_or(f64::NAN) } else { f64::NAN };
    if (0.0..f64::INFINITY).contains(&number) { number } else { f64::NAN }
}

/// The time in a header, NaN for none.
fn date_in(headers: &JsValue, name: &str) -> f64 {
    Clock::date_of(&line(headers, name)).unwrap_or(f64::NAN)
}

/// Milliseconds that a server asked to wait, be it with an error that is final; NaN for none.
pub(crate) fn asked_ms(status: u16, headers: &JsValue) -> f64 {
    let seconds = number_in(headers, "retry-after");
    if !seconds.is_nan() {
        return seconds * 1000.0;
    }
    // The server's own clock is the one that counts, where it may be read.
    let clock = date_in(headers, "date");
    let wait = date_in(headers, "retry-after") - if clock.is_nan() { now() } else { clock };
    // One that is over says nothing: somebody's clock is wrong.
    if wait > 0.0 {
        return wait;
    }
    let reset = number_in(headers, "x-ratelimit-reset");
    let spent = status == 429 || status >= 500 && number_in(headers, "x-ratelimit-remaining") == 0.0;
    // A reset of nothing says nothing.
    if spent && reset > 0.0 { reset * 1000.0 } else { f64::NAN }
}

/// Milliseconds that an answer with an error asks to wait, NaN for none.
pub(crate) fn wait_of(kind: &ErrorKind) -> f64 {
    match kind {
        // Tests of pure rules run without an engine to ask.
        ErrorKind::Api { status, headers: ResponseHeaders(headers), .. } if cfg!(target_arch = "wasm32") => asked_ms(*status, headers),
        _ => f64::NAN,
    }
}
