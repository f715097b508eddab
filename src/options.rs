//! Options of a client and of a call.

use crate::cause::Cause;
use crate::fault::Fault;
use crate::fetch::Fetch;
use crate::hooks::{Deviation, DeviationHook, Hook, RequestEvent, ResponseEvent, RetryEvent};
use crate::redact::Token;
use crate::text::quoted;
use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// Where requests go unless [`Options::base_url`] says otherwise.
pub const DEFAULT_BASE_URL: &str = "https://api.supabase.com";

/// Milliseconds that an attempt may take unless [`Options::timeout_ms`] says otherwise.
pub const DEFAULT_TIMEOUT_MS: u32 = 60_000;

/// Timers of JavaScript hold 31 bits; anything longer would fire at once.
pub(crate) const MAX_TIMEOUT_MS: u32 = 0x7fff_ffff;

/// How often a request is sent again unless [`Options::max_retries`] says otherwise.
pub const DEFAULT_MAX_RETRIES: u32 = 2;

/// How many attempts run at once unless [`Options::max_concurrent`] says otherwise.
pub const DEFAULT_MAX_CONCURRENT: u32 = 50;

/// What an option that is a number may be, and the words for it.
pub(crate) struct Range {
    pub(crate) least: u32,
    pub(crate) most: u32,
    pub(crate) words: &'static str,
}

impl Range {
    /// Checks the value of an option.
    ///
    /// # Errors
    /// It lies outside.
    pub(crate) fn check(&self, name: &str, value: u32) -> Result<(), Fault> {
        if (self.least..=self.most).contains(&value) { Ok(()) } else { Err(Fault::of_option(name, self.words, "another number")) }
    }
}

/// What times may be.
pub(crate) const MILLISECONDS: Range = Range { least: 1, most: MAX_TIMEOUT_MS, words: "a whole number of milliseconds, 1 to 2147483647" };

/// What `max_retries` may be.
pub(crate) const RETRIES: Range = Range { least: 0, most: 100, words: "a whole number, 0 to 100" };

/// What `max_concurrent` may be.
pub(crate) const CONCURRENT: Range = Range { least: 1, most: 10_000, words: "a whole number, 1 to 10000" };

/// What `base_url` may be.
pub(crate) const BASE_URL: &str = "an http or https URL, or a path that begins with /, without credentials, query and fragment";

/// What a key of idempotency may be.
pub(crate) const IDEMPOTENCY_KEY: &str = "visible ASCII characters";

/// Options of a client. Each of them can be changed for one call, with the methods of [`Call`](crate::Call).
///
/// ```
/// use supabase_management_wasm::{Client, Options, Validation};
///
/// let client = Client::with(Options::new("sbp_0123456789abcdef").timeout_ms(10_000).validation(Validation::Strict));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    /// The access token, or where to get one. Default: none, which suits a proxy that adds it.
    pub access_token: TokenSource,
    /// Where the API is: a URL without a query, or, in a page, a path on the page's own server. White space around it, a slash at its end, and the case of
    /// scheme and host make no difference. It must not end in `/v1`, because every path begins with that. Default: [`DEFAULT_BASE_URL`].
    pub base_url: String,
    /// Headers for every request. A header here replaces the client's own header of the same name. Default: none.
    pub headers: Vec<(String, String)>,
    /// Milliseconds that one attempt may take, from asking for the token to the last byte of the body. Default: [`DEFAULT_TIMEOUT_MS`].
    pub timeout_ms: u32,
    /// Milliseconds for all attempts together, including the waits before and between them. Default: 0, which means no limit; the client then still never
    /// begins a wait of more than ten minutes.
    pub deadline_ms: u32,
    /// How often a request may be sent again, 0 to 100. Only requests for which that does no harm are sent again: after a 429 all of them; after a lost
    /// connection, a time-out, 408, 502 to 504 and 520 to 526 those that only read, `PUT`, `DELETE`, and a migration with an idempotency key. A request
    /// that was refused with 401 and is sent again with a new token does not count. Default: [`DEFAULT_MAX_RETRIES`].
    pub max_retries: u32,
    /// What happens to a call whose rate limit is used up. Default: it waits.
    pub rate_limit: RateLimitMode,
    /// How many requests of a client may be under way at once, 1 to 10,000. It is set when the client is made, and cannot be changed for one call.
    /// Default: [`DEFAULT_MAX_CONCURRENT`].
    pub max_concurrent: u32,
    /// Whether `GET` and `HEAD` requests that are under way at the same time share one request, if their address, headers and options are the same.
    /// Each call gets a copy of the answer. Default: no.
    pub dedupe: bool,
    /// Whether `base_url` may be `http` on another machine than this one. The token then travels unencrypted. Default: no.
    pub allow_insecure: bool,
    /// How exact an answer must be. Default: lenient.
    pub validation: Validation,
    /// What becomes of whole numbers that are too large for the language, in rows of a query and wherever else the API's description allows any JSON:
    /// see [`BigInt`]. Default: the nearest number.
    pub bigint: BigInt,
    /// Is told of everything in an answer that the API's description does not allow. It is also told of what gets lost when the answer is read: digits of
    /// large whole numbers, and all but the last of several columns with the same name. Default: none.
    pub on_deviation: Option<DeviationHook>,
    /// Is told of every request right before it is sent. Default: none.
    pub on_request: Option<Hook<RequestEvent>>,
    /// Is told of every attempt that has ended, with an answer or without. Default: none.
    pub on_response: Option<Hook<ResponseEvent>>,
    /// Is told before the wait for another attempt. Default: none.
    pub on_retry: Option<Hook<RetryEvent>>,
    /// What sends the requests, instead of the platform's own `fetch`: a JavaScript function, or a transport in Rust. Default: none; without a JavaScript
    /// engine, a call is then an error.
    pub fetch: Option<Fetch>,
    /// Aborts the call. Default: none.
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
            bigint: BigInt::Number,
            on_deviation: None,
            on_request: None,
            on_response: None,
            on_retry: None,
            fetch: None,
            signal: None,
        }
    }
}

/// A duration in milliseconds. One of a part of a millisecond is a whole one, as none would be no limit, or an error.
pub(crate) fn whole_ms(duration: Duration) -> u32 {
    u32::try_from(duration.as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX)
}

impl Options {
    /// Options with a token, or a source of tokens; the rest as it is by default.
    pub fn new(access_token: impl Into<TokenSource>) -> Self {
        Options { access_token: access_token.into(), ..Options::default() }
    }

    /// Sets [`Options::access_token`].
    #[must_use]
    pub fn access_token(self, access_token: impl Into<TokenSource>) -> Self {
        Options { access_token: access_token.into(), ..self }
    }

    /// Sets [`Options::base_url`].
    #[must_use]
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Options { base_url: base_url.into(), ..self }
    }

    /// Adds one to [`Options::headers`].
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets [`Options::timeout_ms`].
    #[must_use]
    pub fn timeout_ms(self, timeout_ms: u32) -> Self {
        Options { timeout_ms, ..self }
    }

    /// Sets [`Options::timeout_ms`], as a duration.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        self.timeout_ms(whole_ms(timeout))
    }

    /// Sets [`Options::deadline_ms`].
    #[must_use]
    pub fn deadline_ms(self, deadline_ms: u32) -> Self {
        Options { deadline_ms, ..self }
    }

    /// Sets [`Options::deadline_ms`], as a duration.
    #[must_use]
    pub fn deadline(self, deadline: Duration) -> Self {
        self.deadline_ms(whole_ms(deadline))
    }

    /// Sets [`Options::max_retries`].
    #[must_use]
    pub fn max_retries(self, max_retries: u32) -> Self {
        Options { max_retries, ..self }
    }

    /// Sets [`Options::rate_limit`].
    #[must_use]
    pub fn rate_limit(self, rate_limit: RateLimitMode) -> Self {
        Options { rate_limit, ..self }
    }

    /// Sets [`Options::max_concurrent`].
    #[must_use]
    pub fn max_concurrent(self, max_concurrent: u32) -> Self {
        Options { max_concurrent, ..self }
    }

    /// Sets [`Options::dedupe`].
    #[must_use]
    pub fn dedupe(self, dedupe: bool) -> Self {
        Options { dedupe, ..self }
    }

    /// Sets [`Options::allow_insecure`].
    #[must_use]
    pub fn allow_insecure(self, allow_insecure: bool) -> Self {
        Options { allow_insecure, ..self }
    }

    /// Sets [`Options::validation`].
    #[must_use]
    pub fn validation(self, validation: Validation) -> Self {
        Options { validation, ..self }
    }

    /// Sets [`Options::bigint`].
    #[must_use]
    pub fn bigint(self, bigint: BigInt) -> Self {
        Options { bigint, ..self }
    }

    /// Sets [`Options::on_deviation`].
    #[must_use]
    pub fn on_deviation(self, hook: impl Fn(&Deviation) + 'static) -> Self {
        Options { on_deviation: Some(Rc::new(hook)), ..self }
    }

    /// Sets [`Options::on_request`].
    #[must_use]
    pub fn on_request(self, hook: impl Fn(&RequestEvent) + 'static) -> Self {
        Options { on_request: Some(Rc::new(hook)), ..self }
    }

    /// Sets [`Options::on_response`].
    #[must_use]
    pub fn on_response(self, hook: impl Fn(&ResponseEvent) + 'static) -> Self {
        Options { on_response: Some(Rc::new(hook)), ..self }
    }

    /// Sets [`Options::on_retry`].
    #[must_use]
    pub fn on_retry(self, hook: impl Fn(&RetryEvent) + 'static) -> Self {
        Options { on_retry: Some(Rc::new(hook)), ..self }
    }

    /// Sets [`Options::fetch`].
    #[must_use]
    pub fn fetch(self, fetch: impl Into<Fetch>) -> Self {
        Options { fetch: Some(fetch.into()), ..self }
    }

    /// Sets [`Options::signal`].
    #[must_use]
    pub fn signal(self, signal: &web_sys::AbortSignal) -> Self {
        Options { signal: Some(signal.clone()), ..self }
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
            .field("bigint", &self.bigint)
            .finish_non_exhaustive()
    }
}

/// How exact an answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Validation {
    /// The answer must be JSON of the right outermost kind: a list or an object. In Rust, the model must also be able to hold it.
    #[default]
    Lenient,
    /// Required fields must be there, everything known must have its type, and nothing may be lost when the answer is read.
    Strict,
}

/// What becomes of whole numbers in free JSON that are too large for the language. In Rust these are numbers below -2^63 and from 2^64 on; in JavaScript
/// they are numbers beyond 2^53 in either direction. Numbers with a fraction or an exponent are always the nearest floating point number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BigInt {
    /// The nearest number. [`Options::on_deviation`] is told of each, and [`Validation::Strict`] refuses them.
    #[default]
    Number,
    /// A string with their digits. Whatever is set here, [`Call::raw`](crate::Call::raw) gives the text of the answer as it came.
    String,
}

/// What happens to a call whose rate limit is used up, as far as the answers so far show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RateLimitMode {
    /// It waits until the window ends; those that wait go in the order of their calls.
    #[default]
    Wait,
    /// It fails with [`ErrorKind::RateLimit`](crate::ErrorKind::RateLimit), and nothing is sent.
    Error,
}

/// Where the access token comes from.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum TokenSource {
    /// There is none.
    #[default]
    None,
    /// Always the same one.
    Fixed(String),
    /// Gives one at every attempt. Its error becomes the error of the call. See [`TokenSource::ask`].
    Ask(Rc<dyn Fn() -> PendingToken>),
    /// Gives one at every attempt. When the server answers 401, it is asked again with the refused token as its argument, and the request is sent once more
    /// with the token that it gives then. See [`TokenSource::refreshing`].
    Refreshing(Refresh),
}

/// A token that a source is about to give.
pub type PendingToken = Pin<Box<dyn Future<Output = Result<String, Cause>>>>;

/// Gives a token; its argument is the one that was refused, if there is one.
pub type Refresh = Rc<dyn Fn(Option<&str>) -> PendingToken>;

impl TokenSource {
    /// A source that is asked at every attempt.
    pub fn ask<F: Future<Output = Result<String, Cause>> + 'static>(source: impl Fn() -> F + 'static) -> Self {
        TokenSource::Ask(Rc::new(move || Box::pin(source())))
    }

    /// A source that can replace a token which was refused. After a 401, the refused token is its argument; otherwise the argument is `None`. If it gives
    /// the same token again, the 401 is the error of the call.
    pub fn refreshing<F: Future<Output = Result<String, Cause>> + 'static>(source: impl Fn(Option<String>) -> F + 'static) -> Self {
        TokenSource::Refreshing(Rc::new(move |refused| Box::pin(source(refused.map(str::to_owned)))))
    }
}

impl TokenSource {
    /// Whether two sources are one.
    fn same_as(&self, other: &TokenSource) -> bool {
        match (self, other) {
            (TokenSource::None, TokenSource::None) => true,
            (TokenSource::Fixed(one), TokenSource::Fixed(other)) => one == other,
            (TokenSource::Ask(one), TokenSource::Ask(other)) => Rc::ptr_eq(one, other),
            (TokenSource::Refreshing(one), TokenSource::Refreshing(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
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

impl Options {
    /// Checks them.
    ///
    /// # Errors
    /// The first one that is wrong.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if let TokenSource::Fixed(text) = &self.access_token {
            check_token(text)?;
        }
        let base_url = plain_url(&self.base_url);
        if !is_base_url(&base_url) {
            return Err(Fault::of_option("base_url", BASE_URL, "another string"));
        }
        if let Some(version) = version_at_end(&base_url) {
            let expected = format!("an address without /{version} at its end, as that is a part of every path: /{version}/projects");
            return Err(Fault::of_option("base_url", expected, format!("one that ends in /{version}")));
        }
        if !self.allow_insecure && is_insecure(&base_url) {
            let expected = "https, as the token would travel in the clear (allow_insecure takes it all the same)";
            return Err(Fault::of_option("base_url", expected, "http"));
        }
        MILLISECONDS.check("timeout_ms", self.timeout_ms)?;
        // 0 stands for no limit.
        if self.deadline_ms > 0 {
            MILLISECONDS.check("deadline_ms", self.deadline_ms)?;
        }
        RETRIES.check("max_retries", self.max_retries)?;
        CONCURRENT.check("max_concurrent", self.max_concurrent)?;
        self.headers.iter().try_for_each(|(name, value)| check_header(name, value))
    }

    /// Whether requests go through a transport that is written in Rust.
    pub(crate) fn is_sent_by_rust(&self) -> bool {
        self.fetch.as_ref().is_some_and(Fetch::is_rust)
    }

    /// The base URL in the one form that all ways to write it have, without a slash at its end, as a path follows.
    pub(crate) fn base(&self) -> Cow<'_, str> {
        match plain_url(&self.base_url) {
            Cow::Borrowed(url) => url.trim_end_matches('/').into(),
            Cow::Owned(url) => url.trim_end_matches('/').to_owned().into(),
        }
    }

    /// The headers with names in lower case. Of several of one name the last one counts.
    pub(crate) fn header_fields(&self) -> Vec<(String, &str)> {
        let mut fields: Vec<(String, &str)> = Vec::new();
        for (name, value) in &self.headers {
            let name = name.to_ascii_lowercase();
            match fields.iter_mut().find(|(known, _)| *known == name) {
                Some(field) => field.1 = value,
                None => fields.push((name, value)),
            }
        }
        fields
    }

    /// Whether a key of idempotency is among the headers.
    pub(crate) fn is_keyed(&self) -> bool {
        self.headers.iter().any(|(name, value)| name.eq_ignore_ascii_case("idempotency-key") && !value.is_empty())
    }

    /// Whether two calls have the same options, but for the signal, which is of one call alone. Functions are the same where they are one.
    pub(crate) fn same_as(&self, other: &Options) -> bool {
        let hooks = same_hook(&self.on_deviation, &other.on_deviation)
            && same_hook(&self.on_request, &other.on_request)
            && same_hook(&self.on_response, &other.on_response)
            && same_hook(&self.on_retry, &other.on_retry);
        // All fields are named, so that whoever adds an option is asked whether it matters here.
        let plain = |options: &Options| {
            #[rustfmt::skip]
            let Options {
                timeout_ms, deadline_ms, max_retries, rate_limit, max_concurrent, allow_insecure, validation, bigint,
                access_token: _, base_url: _, fetch: _, headers: _, on_deviation: _, on_request: _, on_response: _, on_retry: _,
                // Each call has its own.
                dedupe: _, signal: _,
            } = *options;
            (timeout_ms, deadline_ms, max_retries, rate_limit, max_concurrent, allow_insecure, validation, bigint)
        };
        let same_fetch = match (&self.fetch, &other.fetch) {
            (Some(one), Some(other)) => one.same_as(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        hooks
            && plain(self) == plain(other)
            && self.access_token.same_as(&other.access_token)
            && same_fetch
            && self.base() == other.base()
            && self.header_fields() == other.header_fields()
    }
}

fn same_hook<E>(one: &Option<Hook<E>>, other: &Option<Hook<E>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Checks a token that somebody gave.
pub(crate) fn check_token(text: &str) -> Result<Token, Fault> {
    Token::new(text).ok_or_else(|| {
        let text = text.trim();
        let received = match () {
            () if text.is_empty() => "an empty string",
            () if text.split_whitespace().next().is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer")) => {
                "one behind the word Bearer, which the client adds itself"
            }
            () if text.contains(['\n', '\r']) => "one with a line break inside",
            () if text.contains(char::is_whitespace) => "one with white space inside",
            () => "one with other characters",
        };
        Fault::of_option("access_token", "a token of visible ASCII characters without white space", received)
    })
}

/// Checks a header that goes along with requests.
pub(crate) fn check_header(name: &str, value: &str) -> Result<(), Fault> {
    let path = || format!("options.headers[{}]", quoted(name));
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(token) {
        return Err(Fault::new(path(), "the name of an HTTP header", "another string").with_foreign_end());
    }
    // `fetch` takes Latin-1: what lies beyond would make it throw, and so would control characters.
    if !value.chars().all(|letter| letter == '\t' || (' '..='~').contains(&letter) || ('\u{80}'..='\u{ff}').contains(&letter)) {
        return Err(Fault::new(path(), "the value of an HTTP header", "a string with other characters").with_foreign_end());
    }
    Ok(())
}

/// Checks a key that makes a request safe to repeat.
pub(crate) fn check_idempotency_key(key: &str) -> Result<(), Fault> {
    let fine = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
    if fine { Ok(()) } else { Err(Fault::of_option("idempotency_key", IDEMPOTENCY_KEY, "another string")) }
}

/// A URL without white space at its ends, its scheme and host in lower case: `HTTPS://X.Y` is the same server as `https://x.y`.
fn plain_url(url: &str) -> Cow<'_, str> {
    let url = url.trim();
    let Some(scheme) = url.find("://").filter(|_| !url.starts_with('/')) else { return url.into() };
    let path = url[scheme + 3..].find(['/', '?', '#']).map_or(url.len(), |length| scheme + 3 + length);
    let (origin, path) = url.split_at(path);
    if origin.bytes().any(|byte| byte.is_ascii_uppercase()) { (origin.to_ascii_lowercase() + path).into() } else { url.into() }
}

/// The version that a base URL ends in by mistake. It is in the path of every endpoint, so that it would come twice.
fn version_at_end(url: &str) -> Option<&'static str> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let last = path.trim_end_matches('/').rsplit_once('/')?.1;
    ["v1", "v2"].into_iter().find(|version| last.eq_ignore_ascii_case(version))
}

pub(crate) fn is_base_url(url: &str) -> bool {
    let fine = url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\?#@".contains(&byte));
    match url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) {
        Some(host) => fine && !host.is_empty() && !host.starts_with(['/', ':']),
        // After two slashes comes a host, which a path must not name.
        None => fine && url.starts_with('/') && !url.starts_with("//"),
    }
}

/// Whether a token would travel in the clear, to another machine than this one.
pub(crate) fn is_insecure(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let host = match rest.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => rest.split([':', '/']).next().unwrap_or_default(),
    };
    let host = host.to_ascii_lowercase();
    let loopback =
        host.strip_prefix("127.").is_some_and(|rest| rest.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())));
    !(loopback || host == "::1" || host == "localhost" || host.ends_with(".localhost"))
}

/// What is missing without a token.
pub(crate) const MISSING_TOKEN: &str = "a token, or the base_url of a server that adds one";

/// Without a token only a proxy can help; the API itself would answer 401.
pub(crate) fn missing_token() -> Fault {
    Fault::of_option("access_token", MISSING_TOKEN, "nothing")
}

/// Natively there is no `fetch`.
pub(crate) fn missing_fetch() -> Fault {
    Fault::of_option("fetch", "a transport, as there is no fetch outside of a JavaScript engine (Client::with_transport)", "nothing")
}

/// Whether the value of a header is a secret: a proxy has its own.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["auth", "key", "token", "secret", "cookie"].iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_a_url_or_a_path_and_nothing_else() {
        for fine in ["https://api.supabase.com", "http://127.0.0.1:3000", "https://proxy.example/api/", "/api/supabase-proxy"] {
            assert!(is_base_url(fine), "{fine}");
        }
        for bad in
            ["", "api.supabase.com", "ftp://x", "https://", "https://a:b@c", "//evil.example", "https://x/?a", "https://x/#a", "https://x y", "/a\\b"]
        {
            assert!(!is_base_url(bad), "{bad}");
        }
    }

    #[test]
    fn a_base_url_is_read_as_it_was_meant() {
        let read = |url: &str| {
            let options = Options::default().base_url(url).allow_insecure(true);
            options.check().map(|()| options.base().into_owned()).map_err(|fault| format!("{}: {}", fault.path, fault.received))
        };
        for (given, meant) in [
            ("HTTPS://X.Y", "https://x.y"),
            (" https://x.y/ \n", "https://x.y"),
            ("\thttps://X.y/Path/To", "https://x.y/Path/To"),
            ("Http://LOCALHOST:3000//", "http://localhost:3000"),
            ("/api/Proxy/ ", "/api/Proxy"),
            ("/", ""),
            ("https://v1", "https://v1"),
            ("https://x.y/v1/proxy", "https://x.y/v1/proxy"),
            ("https://x.y/api-v1", "https://x.y/api-v1"),
            ("/HTTPS://x", "/HTTPS://x"),
        ] {
            assert_eq!(read(given), Ok(meant.into()), "{given:?}");
        }
        for (given, end) in [
            ("https://api.supabase.com/v1", "/v1"),
            ("https://api.supabase.com/v1/ ", "/v1"),
            ("HTTPS://X.Y/V1//", "/v1"),
            ("https://x.y/supabase/v2", "/v2"),
            ("/api/v1", "/v1"),
            ("/v2/", "/v2"),
        ] {
            assert_eq!(read(given), Err(format!("options.base_url: one that ends in {end}")), "{given:?}");
        }
        for bad in ["https://x y", "https://x.y\n/a", "HTTPS://A:B@C", "https://", "HTTPS:// /x"] {
            assert_eq!(read(bad), Err("options.base_url: another string".into()), "{bad:?}");
        }
        let one = Options::default().base_url("HTTPS://api.supabase.com/ ");
        assert_eq!(one.base(), DEFAULT_BASE_URL);
        assert!(one.same_as(&Options::default()));
    }

    #[test]
    fn what_is_wrong_with_a_token_is_said_and_the_token_is_not() {
        for (text, received) in [
            ("", "an empty string"),
            (" \n", "an empty string"),
            ("Bearer sbp_1", "one behind the word Bearer, which the client adds itself"),
            ("bearer\tsbp_1", "one behind the word Bearer, which the client adds itself"),
            ("sbp_1\nsbp_2", "one with a line break inside"),
            ("sbp_1 sbp_2", "one with white space inside"),
            ("sbp_é", "one with other characters"),
            ("sbp_\u{7f}", "one with other characters"),
        ] {
            let fault = check_token(text).expect_err("a fault");
            assert_eq!((fault.path.as_str(), fault.received.as_str()), ("options.access_token", received), "{text:?}");
        }
        // A token that only begins like the word is none of ours to refuse.
        assert!(check_token("bearer_1").is_ok() && check_token(" sbp_1\r\n").is_ok());
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
        for bad in [
            "http://proxy.example",
            "http://127",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil",
            "http://[::2]",
            "http://10.0.0.1:80",
            "http://127.x",
        ] {
            assert!(is_insecure(bad), "{bad}");
        }
    }

    #[test]
    fn the_words_of_a_range_say_its_ends() {
        for range in [MILLISECONDS, RETRIES, CONCURRENT] {
            assert!(range.words.ends_with(&format!(", {} to {}", range.least, range.most)), "{}", range.words);
            assert!(range.check("x", range.most).is_ok() && range.check("x", range.least).is_ok());
            let fault = range.check("x", range.most + 1).expect_err("a fault");
            assert_eq!((fault.path.as_str(), fault.expected.as_str()), ("options.x", range.words));
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
