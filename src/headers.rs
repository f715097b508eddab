//! The headers of an answer, and what they tell of rate limits and of waiting.

use crate::clock::{now, parse_date};
use crate::redact::Secrets;
use crate::send_wrapper::SendWrapper;
use gloo_net::http::Headers;
use serde::Serialize;
use std::sync::Arc;
use supabase_management_wasm_macros::record;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A `Headers`, or what a custom `fetch` gives in its place: every touch of it may throw.
    type AnyHeaders;
    #[wasm_bindgen(method, catch)]
    fn get(this: &AnyHeaders, name: &str) -> Result<JsValue, JsValue>;
}

/// The headers of an answer.
///
/// Those of a success are as `fetch` gave them, and for the thread that called it. Those of an error are a copy, which can go to another thread.
#[derive(Debug, Clone)]
pub struct ResponseHeaders(Source);

#[derive(Debug, Clone)]
enum Source {
    Js(SendWrapper<JsValue>),
    Pairs(Arc<[(String, String)]>),
}

impl ResponseHeaders {
    /// Those that `fetch` gave.
    pub(crate) fn new(raw: JsValue) -> Self {
        ResponseHeaders(Source::Js(SendWrapper::new(raw)))
    }

    /// As `fetch` gave them.
    pub(crate) fn raw(&self) -> JsValue {
        match &self.0 {
            Source::Js(raw) => JsValue::clone(raw),
            Source::Pairs(_) => self.to_headers().into_raw().into(),
        }
    }

    /// Reads all of them, as gloo-net has them. In a page only those that CORS exposes are there.
    ///
    /// # Panics
    /// Where there is no JavaScript engine: [`ResponseHeaders::pairs`] gives them everywhere.
    pub fn to_headers(&self) -> Headers {
        match &self.0 {
            // A copy is a real one, whatever a custom `fetch` gave.
            Source::Js(raw) => web_sys::Headers::new_with_headers(raw.unchecked_ref()).map_or_else(|_| Headers::new(), Headers::from_raw),
            Source::Pairs(pairs) => {
                let headers = Headers::new();
                pairs.iter().for_each(|(name, value)| headers.append(name, value));
                headers
            }
        }
    }

    /// All of them, names in lower case. In a page only those that CORS exposes are there.
    pub fn pairs(&self) -> Vec<(String, String)> {
        match &self.0 {
            Source::Js(_) => self.to_headers().entries().collect(),
            Source::Pairs(pairs) => pairs.to_vec(),
        }
    }

    /// The value of a header. Of several of one name, all with a comma between.
    pub fn get(&self, name: &str) -> Option<String> {
        match &self.0 {
            Source::Js(raw) => raw.unchecked_ref::<AnyHeaders>().get(name).ok()?.as_string(),
            Source::Pairs(pairs) => {
                let values: Vec<_> = pairs.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect();
                (!values.is_empty()).then(|| values.join(", "))
            }
        }
    }

    /// Whether the body may be text, JSON for instance, as far as its media type tells. Without one, it may be.
    pub(crate) fn allow_text(&self) -> bool {
        let media_type = self.get("content-type").unwrap_or_default();
        media_type.is_empty() || media_type.starts_with("text/") || media_type.contains("json")
    }

    /// A copy without the secrets that a server may send back.
    pub(crate) fn redacted(&self, secrets: &Secrets) -> Self {
        let mut pairs = self.pairs();
        for (_, value) in &mut pairs {
            *value = secrets.redact(value);
        }
        ResponseHeaders(Source::Pairs(pairs.into()))
    }

    /// The number in a header.
    fn number(&self, name: &str) -> Option<f64> {
        decimal(self.get(name)?.trim_ascii())
    }

    /// The time in a header, in milliseconds since 1970.
    fn date(&self, name: &str) -> Option<f64> {
        parse_date(&self.get(name)?)
    }

    /// What they tell of the rate limit.
    pub(crate) fn rate_limit(&self) -> RateLimitHeaders {
        RateLimitHeaders {
            limit: self.number("x-ratelimit-limit"),
            remaining: self.number("x-ratelimit-remaining"),
            reset_seconds: self.reset_seconds(),
        }
    }

    /// Seconds until the window ends.
    fn reset_seconds(&self) -> Option<f64> {
        let reset = self.number("x-ratelimit-reset")?;
        // Some servers say when the window ends, in seconds since 1970, and not how long that is.
        if reset < SINCE_1970 { Some(reset) } else { Some((reset - now() / 1000.0).max(0.0)) }
    }

    /// Milliseconds that the server asks to wait, be it with an error that is final.
    pub(crate) fn asked_wait_ms(&self, status: u16) -> Option<f64> {
        if let Some(seconds) = self.number("retry-after") {
            return Some(seconds * 1000.0);
        }
        if let Some(time) = self.date("retry-after") {
            // The server's own clock is the one that counts, where it may be read.
            let wait = time - self.date("date").unwrap_or_else(now);
            // A time that is over says nothing: somebody's clock is wrong.
            if wait > 0.0 {
                return Some(wait);
            }
        }
        let spent = status == 429 || status >= 500 && self.number("x-ratelimit-remaining") == Some(0.0);
        // A reset of nothing says nothing.
        let reset = if spent { self.reset_seconds().filter(|seconds| *seconds > 0.0) } else { None };
        reset.map(|seconds| (seconds * 1000.0).round())
    }
}

/// Pairs of name and value, such as a test has them.
impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for ResponseHeaders {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| (name.into().to_ascii_lowercase(), value.into())).collect();
        ResponseHeaders(Source::Pairs(pairs.into()))
    }
}

impl Default for ResponseHeaders {
    fn default() -> Self {
        ResponseHeaders(Source::Pairs(Arc::new([])))
    }
}

/// A number of decimal digits. What else Rust or JavaScript take for a number is none here: `1e3`, `0x10`, `1.5`, `inf`.
fn decimal(text: &str) -> Option<f64> {
    let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.bytes().fold(0.0, |number, digit| number * 10.0 + f64::from(digit.wrapping_sub(b'0')));
    fits.then_some(number.min(LARGEST))
}

/// What a number in a header is cut to: as many seconds or calls as this are as good as more, and milliseconds of them are whole numbers still.
const LARGEST: f64 = 1e12;

/// A number from here on is a time since 1970, and no count of seconds: it would be thirty years.
const SINCE_1970: f64 = 1e9;

/// What the headers of an answer tell of the rate limit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RateLimitHeaders {
    pub(crate) limit: Option<f64>,
    pub(crate) remaining: Option<f64>,
    pub(crate) reset_seconds: Option<f64>,
}

/// How often an endpoint may still be called, for one project or organization.
#[record]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RateLimit {
    /// Calls per window.
    pub limit: Option<u32>,
    /// Calls left in this window.
    pub remaining: Option<u32>,
    /// Seconds until the window ends, also where the header gives the time itself, in seconds since 1970.
    pub reset_seconds: Option<u32>,
}

impl RateLimit {
    /// Reads the headers of an answer, be it a success or an error.
    pub fn of(headers: &ResponseHeaders) -> Self {
        let RateLimitHeaders { limit, remaining, reset_seconds } = headers.rate_limit();
        let whole = |number: Option<f64>| number.map(|number| number.ceil() as u32);
        RateLimit { limit: whole(limit), remaining: whole(remaining), reset_seconds: whole(reset_seconds) }
    }

    /// The same, or nothing where the headers tell nothing.
    pub(crate) fn told(headers: &ResponseHeaders) -> Option<Self> {
        Some(Self::of(headers)).filter(|limit| !limit.is_unknown())
    }

    /// Whether nothing is known.
    pub(crate) fn is_unknown(&self) -> bool {
        *self == RateLimit::default()
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn a_number_is_one_of_decimal_digits() {
        for (text, number) in [("0", 0.0), ("60", 60.0), ("007", 7.0), (&"9".repeat(400), 1e12)] {
            assert_eq!(decimal(text), Some(number), "{text}");
        }
        for text in ["", " ", "-1", "+1", "0x10", "1e3", "inf", "NaN", ".5", "1.5", "2.", "1,5", "1 2"] {
            assert_eq!(decimal(text), None, "{text:?}");
        }
    }
}
