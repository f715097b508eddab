//! Options of a client and of a call.

use crate::check::Fault;
pub(crate) use crate::hooks::Hooks;
use crate::hooks::{Hook, RequestEvent, ResponseEvent, RetryEvent};
use crate::limits::{DEFAULT_MAX_CONCURRENT, Limiter};
use crate::retry::DEFAULT_MAX_RETRIES;
use crate::secret::Token;
use crate::send::{Settings, now};
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
    /// Milliseconds for all attempts and the waits before and between them; 0, the default, for no limit. Without one, no wait is begun that is
    /// longer than ten minutes.
    pub deadline_ms: u32,
    /// How often a request is sent again where that does no harm, 0 to 100: see the table in the README. Default: [`DEFAULT_MAX_RETRIES`].
    pub max_retries: u32,
    /// What happens to a call whose rate limit is spent. Default: it waits.
    pub rate_limit: RateLimitMode,
    /// How many attempts of a client run at once, 1 to 10,000; it is set when the client is made. Default: [`DEFAULT_MAX_CONCURRENT`].
    pub max_concurrent: u32,
    /// Whether `GET`s and `HEAD`s that are under way share one request, where address, headers and options are the same. Default: no.
    pub dedupe: bool,
    /// Whether `base_url` may be `http` and another machine, so that the token travels in the clear. Default: no.
    pub allow_insecure: bool,
    /// How exact an answer must be. Default: lenient.
    pub validation: Validation,
    /// Told of everything in an answer that the API's description does not allow.
    pub on_deviation: Option<DeviationHook>,
    /// Told of every request right before it is sent.
    pub on_request: Option<Hook<RequestEvent>>,
    /// Told of every attempt that has ended, with an answer or without.
    pub on_response: Option<Hook<ResponseEvent>>,
    /// Told before the wait for another attempt.
    pub on_retry: Option<Hook<RetryEvent>>,
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
            deadline_ms: 0,
            max_retries: DEFAULT_MAX_RETRIES,
            rate_limit: RateLimitMode::Wait,
            max_concurrent: DEFAULT_MAX_CONCURRENT,
            dedupe: false,
            allow_insecure: false,
            validation: Validation::Lenient,
            on_deviation: None,
            on_request: None,
            on_response: None,
            on_retry: None,
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
            .field("deadline_ms", &self.deadline_ms)
            .field("max_retries", &self.max_retries)
            .field("rate_limit", &self.rate_limit)
            .field("max_concurrent", &self.max_concurrent)
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

/// What happens to a call whose rate limit is spent, as far as the answers so far tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RateLimitMode {
    /// It waits until the window ends; those that wait go in the order of their calls.
    #[default]
    Wait,
    /// It fails with [`ErrorKind::RateLimit`](crate::ErrorKind::RateLimit), and nothing is sent.
    Error,
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

/// Where the access token comes from.
#[derive(Clone, Default)]
pub enum TokenSource {
    /// There is none.
    #[default]
    None,
    /// Always the same one.
    Fixed(String),
    /// Gives a promise of one at every attempt. Its error becomes the error of the call. See [`TokenSource::ask`].
    Ask(Rc<dyn Fn() -> JsValue>),
    /// The same, and asked once more when the server answers 401: then with the token that was refused, for another one, with which the request
    /// is sent again. See [`TokenSource::refreshing`].
    Refreshing(Refresh),
}

/// Gives a promise of a token; its argument is the one that was refused, if there is one.
pub type Refresh = Rc<dyn Fn(Option<&str>) -> JsValue>;

impl TokenSource {
    /// A source that is asked at every attempt.
    pub fn ask<F: Future<Output = Result<String, JsValue>> + 'static>(source: impl Fn() -> F + 'static) -> Self {
        TokenSource::Ask(Rc::new(move || {
            let token = source();
            wasm_bindgen_futures::future_to_promise(async move { token.await.map(JsValue::from) }).into()
        }))
    }

    /// A source that can get another token in the place of one that was refused: that one is its argument after a 401. Where it gives the same,
    /// the 401 is the error of the call.
    pub fn refreshing<F: Future<Output = Result<String, JsValue>> + 'static>(source: impl Fn(Option<String>) -> F + 'static) -> Self {
        TokenSource::Refreshing(Rc::new(move |refused| {
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
            TokenSource::Refreshing(_) => "Refreshing(…)",
        })
    }
}

/// Checks a token that somebody gave.
pub(crate) fn check_token(text: &str) -> Result<Token, Fault> {
    let received = if text.trim_ascii().is_empty() { "an empty string" } else { "one with other characters" };
    Token::new(text).ok_or_else(|| fault("accessToken", "a token of visible ASCII characters without white space", received))
}

/// Checks options, and makes of them what sending needs. For JavaScript, `pkg/options.js` does the same.
pub(crate) fn settle(options: &Options, limiter: &Rc<Limiter>) -> Result<Settings, Fault> {
    if let TokenSource::Fixed(text) = &options.access_token {
        check_token(text)?;
    }
    if !is_base_url(options.base_url.as_bytes()) {
        let expected = "an http or https URL, or a path that begins with /, without credentials, query and fragment";
        return Err(fault("baseUrl", expected, "another string"));
    }
    if !options.allow_insecure && is_insecure(&options.base_url) {
        return Err(insecure());
    }
    if options.timeout_ms == 0 || options.timeout_ms > MAX_TIMEOUT_MS {
        return Err(fault("timeoutMs", "a whole number of milliseconds, 1 to 2147483647", "another number"));
    }
    if options.deadline_ms > MAX_TIMEOUT_MS {
        return Err(fault("deadlineMs", "a whole number of milliseconds, up to 2147483647", "another number"));
    }
    if options.max_retries > 100 {
        return Err(fault("maxRetries", "a whole number, 0 to 100", "another number"));
    }
    if options.max_concurrent == 0 || options.max_concurrent > 10_000 {
        return Err(fault("maxConcurrent", "a whole number, 1 to 10000", "another number"));
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
    let base_url = without_slash(&options.base_url);
    Ok(Settings {
        #[cfg(not(feature = "js"))]
        base_url: base_url.into(),
        #[cfg(not(feature = "js"))]
        token: options.access_token.clone(),
        asks: matches!(options.access_token, TokenSource::Ask(_) | TokenSource::Refreshing(_)),
        renews: matches!(options.access_token, TokenSource::Refreshing(_)),
        tokenless: matches!(options.access_token, TokenSource::None) && base_url == DEFAULT_BASE_URL,
        #[cfg(not(feature = "js"))]
        headers,
        timeout_ms: options.timeout_ms,
        deadline_ms: options.deadline_ms,
        deadline: now() + f64::from(options.deadline_ms),
        max_retries: options.max_retries,
        refuse: options.rate_limit == RateLimitMode::Error,
        limiter: Rc::clone(limiter),
        #[cfg(feature = "js")]
        hooks: Hooks(false),
        #[cfg(not(feature = "js"))]
        hooks: Hooks { on_request: options.on_request.clone(), on_response: options.on_response.clone(), on_retry: options.on_retry.clone() },
        #[cfg(not(feature = "js"))]
        fetch: options.fetch.clone(),
        #[cfg(not(feature = "js"))]
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

/// Whether a token would travel in the clear, to another machine than this one.
fn is_insecure(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let host = match rest.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => rest.split([':', '/']).next().unwrap_or_default(),
    };
    let host = host.to_ascii_lowercase();
    let numbers = host.strip_prefix("127.").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    !(numbers || host == "::1" || host == "localhost" || host.ends_with(".localhost"))
}

fn insecure() -> Fault {
    fault("baseUrl", "https, as the token would travel in the clear (allowInsecure takes it all the same)", "http")
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
    fn http_is_for_this_machine_alone() {
        for fine in [
            "https://proxy.example",
            "/api",
            "http://localhost",
            "http://LOCALHOST:3000/x",
            "http://127.0.0.1:1",
            "http://127.9.9.9/",
            "http://[::1]:80/a",
            "http://a.localhost",
        ] {
            assert!(!is_insecure(fine), "{fine}");
        }
        for bad in
            ["http://proxy.example", "http://127.0.0.1.evil.example", "http://localhost.evil", "http://[::2]", "http://10.0.0.1:80", "http://127.x"]
        {
            assert!(is_insecure(bad), "{bad}");
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
