//! Options of a client and of a call.

use crate::check::Fault;
use crate::secret::Token;
use crate::send::Settings;
use crate::words::{join, push_member, without_slash};
use std::fmt;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Where requests go unless [`Options::base_url`] says otherwise.
pub const DEFAULT_BASE_URL: &str = "https://api.supabase.com";

/// Milliseconds that an attempt may take unless [`Options::timeout_ms`] says otherwise.
pub const DEFAULT_TIMEOUT_MS: u32 = 60_000;

/// Timers of JavaScript hold 31 bits; anything longer would fire at once.
pub(crate) const MAX_TIMEOUT_MS: u32 = 0x7fff_ffff;

/// Options of a client; each can be replaced for one call.
///
/// ```
/// use supabase_management_wasm::{Client, Options, Validation};
///
/// let client = Client::with(Options {
///     access_token: "sbp_0123456789abcdef".into(),
///     timeout_ms: 10_000,
///     validation: Validation::Strict,
///     ..Options::default()
/// });
/// ```
#[derive(Clone)]
pub struct Options {
    /// The access token, or where to get one. Default: none, which suits a proxy that adds it.
    pub access_token: TokenSource,
    /// Where the API is: a URL without query, or a path on the page's own server. Default: [`DEFAULT_BASE_URL`].
    pub base_url: String,
    /// Headers sent along with every request, instead of the client's own where the names agree.
    pub headers: Vec<(String, String)>,
    /// Milliseconds one attempt may take, from asking for the token to the last byte of the body. Default: [`DEFAULT_TIMEOUT_MS`].
    pub timeout_ms: u32,
    /// How exact an answer must be. Default: lenient.
    pub validation: Validation,
    /// Told of everything in an answer that the API's description does not allow.
    pub on_deviation: Option<DeviationHook>,
    /// Called as `fetch(url, init)` instead of the platform's own.
    pub fetch: Option<js_sys::Function>,
    /// Aborts the call.
    pub signal: Option<web_sys::AbortSignal>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            access_token: TokenSource::None,
            base_url: DEFAULT_BASE_URL.into(),
            headers: Vec::new(),
            timeout_ms: DEFAULT_TIMEOUT_MS,
            validation: Validation::Lenient,
            on_deviation: None,
            fetch: None,
            signal: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Header values may be credentials of a proxy.
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("Options")
            .field("access_token", &self.access_token)
            .field("base_url", &self.base_url)
            .field("headers", &names)
            .field("timeout_ms", &self.timeout_ms)
            .field("validation", &self.validation)
            .finish_non_exhaustive()
    }
}

/// How exact an answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Validation {
    /// It must be JSON of the right outermost kind. A Rust model must decode besides.
    #[default]
    Lenient,
    /// Required fields must be there, and everything known must have its type.
    Strict,
}

/// What is told of deviations.
pub type DeviationHook = Rc<dyn Fn(&Deviation)>;

/// Something in an answer that the API's description does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The endpoint that answered: `projects.list`.
    pub endpoint: &'static str,
    /// Where and what.
    pub fault: Fault,
}

/// Gives a promise of a token, another one than that which was refused.
pub type TokenHook = Rc<dyn Fn(Option<&str>) -> JsValue>;

/// Where the access token comes from.
#[derive(Clone, Default)]
pub enum TokenSource {
    /// There is none.
    #[default]
    None,
    /// Always the same one.
    Fixed(String),
    /// Gives a promise of one at every attempt, or of another one than that which a server refused with 401. Its error becomes the error of the
    /// call. See [`TokenSource::ask`] and [`TokenSource::refreshing`].
    Ask(TokenHook),
}

impl TokenSource {
    /// A source that is asked at every attempt.
    pub fn ask<F: Future<Output = Result<String, JsValue>> + 'static>(source: impl Fn() -> F + 'static) -> Self {
        Self::refreshing(move |_| source())
    }

    /// A source that is asked at every attempt, and once more, with the token that was refused, after a 401.
    pub fn refreshing<F: Future<Output = Result<String, JsValue>> + 'static>(source: impl Fn(Option<String>) -> F + 'static) -> Self {
        TokenSource::Ask(Rc::new(move |refused| {
            let token = source(refused.map(str::to_owned));
            wasm_bindgen_futures::future_to_promise(async move { token.await.map(JsValue::from) }).into()
        }))
    }
}

impl From<&str> for TokenSource {
    fn from(token: &str) -> Self {
        TokenSource::Fixed(token.into())
    }
}

impl From<String> for TokenSource {
    fn from(token: String) -> Self {
        TokenSource::Fixed(token)
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            TokenSource::None => "None",
            TokenSource::Fixed(_) => "Fixed([redacted])",
            TokenSource::Ask(_) => "Ask(…)",
        })
    }
}

/// Checks a token that somebody gave.
pub(crate) fn check_token(text: &str) -> Result<Token, Fault> {
    let received = if text.trim_ascii().is_empty() { "an empty string" } else { "one with other characters" };
    Token::new(text).ok_or_else(|| fault("accessToken", "a token of visible ASCII characters without white space", received))
}

/// Checks options, and makes of them what sending needs. For JavaScript, `pkg/options.js` does the same.
pub(crate) fn settle(options: &Options) -> Result<Settings, Fault> {
    if let TokenSource::Fixed(text) = &options.access_token {
        check_token(text)?;
    }
    if !is_base_url(options.base_url.as_bytes()) {
        let expected = "an http or https URL, or a path that begins with /, without credentials, query and fragment";
        return Err(fault("baseUrl", expected, "another string"));
    }
    if options.timeout_ms == 0 || options.timeout_ms > MAX_TIMEOUT_MS {
        return Err(fault("timeoutMs", "a whole number of milliseconds, 1 to 2147483647", "another number"));
    }
    let mut headers = String::new();
    for (name, value) in &options.headers {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let path = join(&["headers[\"", name, "\"]"]);
        if name.is_empty() || !name.bytes().all(token) {
            return Err(fault(&path, "the name of an HTTP header", "another string"));
        }
        // `fetch` takes Latin-1: what lies beyond would make it throw, and so would control characters.
        if !value.chars().all(|letter| letter == '\t' || (' '..='\u{ff}').contains(&letter) && letter != '\u{7f}') {
            return Err(fault(&path, "the value of an HTTP header", "a string with other characters"));
        }
        push_member(&mut headers, &name.to_ascii_lowercase(), value);
    }
    Ok(Settings {
        base_url: without_slash(&options.base_url).into(),
        token: options.access_token.clone(),
        headers,
        timeout_ms: options.timeout_ms,
        fetch: options.fetch.clone(),
        signal: options.signal.clone(),
        #[cfg(feature = "js")]
        task: wasm_bindgen::JsValue::UNDEFINED,
    })
}

fn is_base_url(text: &[u8]) -> bool {
    let fine = text.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'?' | b'#' | b'@'));
    let host = text.strip_prefix(b"https://").or_else(|| text.strip_prefix(b"http://"));
    // After two slashes comes a host, which a path must not name.
    let next = host.or_else(|| text.strip_prefix(b"/")).map(|rest| rest.first());
    fine && match next {
        Some(None) => host.is_none(),
        Some(Some(first)) => *first != b'/' && *first != b':',
        None => false,
    }
}

/// What an option is called by whoever gave a wrong one, and what was wrong.
fn fault(path: &str, expected: &str, received: &str) -> Fault {
    Fault::new(&join(&["options.", path]), expected, received)
}

/// Without a token only a proxy can help; the API itself would answer 401.
pub(crate) fn missing_token() -> Fault {
    fault("accessToken", "a token, as an option or in the environment variable SUPABASE_ACCESS_TOKEN", "nothing")
}

/// Secrets among the headers: a proxy has its own.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let holds = |part: &[u8]| name.as_bytes().windows(part.len()).any(|window| window == part);
    holds(b"auth") || holds(b"key") || holds(b"token") || holds(b"secret") || holds(b"cookie")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_a_url_or_a_path_and_nothing_else() {
        for fine in ["https://api.supabase.com", "http://127.0.0.1:3000", "https://proxy.example/api/", "/api/supabase-proxy"] {
            assert!(is_base_url(fine.as_bytes()), "{fine}");
        }
        for bad in
            ["", "api.supabase.com", "ftp://x", "https://", "https://a:b@c", "//evil.example", "https://x/?a", "https://x/#a", "https://x y", "/a\\b"]
        {
            assert!(!is_base_url(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn debug_shows_neither_token_nor_header_values() {
        let options = Options { access_token: "sbp_secret".into(), headers: vec![("x-key".into(), "hidden".into())], ..Options::default() };
        let text = format!("{options:?}");
        assert!(!text.contains("sbp_secret") && !text.contains("hidden"), "{text}");
        assert!(text.contains("x-key"), "{text}");
    }
}
