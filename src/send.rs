//! The one function that sends: its turn, token, `fetch`, status, body, and all of it again where that is right.

use crate::endpoint::{Answer, Endpoint, Repeat, Verb};
use crate::error::ErrorKind;
use crate::limits::{Limiter, Ticket, Verdict};
#[cfg(not(feature = "js"))]
use crate::options::TokenSource;
use crate::options::{Hooks, missing_token};
use crate::platform::{Line, News};
use crate::retry::{PATIENCE_MS, Reason, again, back_off_ms, spread_ms};
use crate::words::number;
use gloo_net::http::Headers;
use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;

pub(crate) type Fallible<T> = std::result::Result<T, JsValue>;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn view(buffer: &JsValue) -> Fallible<Bytes>;
}

/// What sending needs of the options, checked.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Without a slash at its end.
    #[cfg(not(feature = "js"))]
    pub(crate) base_url: String,
    #[cfg(not(feature = "js"))]
    pub(crate) token: TokenSource,
    /// Whether a token is asked for at each attempt.
    pub(crate) asks: bool,
    /// Whether there may be another one in the place of one that was refused.
    pub(crate) renews: bool,
    /// Whether there is none, and nobody on the way who could add it.
    pub(crate) tokenless: bool,
    /// Members of a JSON object, with names in lower case.
    #[cfg(not(feature = "js"))]
    pub(crate) headers: String,
    pub(crate) timeout_ms: u32,
    /// Milliseconds for all attempts and waits; 0 for no limit.
    pub(crate) deadline_ms: u32,
    /// When they are over.
    pub(crate) deadline: f64,
    pub(crate) max_retries: u32,
    /// Whether a spent window is an error in place of a wait.
    pub(crate) refuse: bool,
    pub(crate) limiter: Rc<Limiter>,
    pub(crate) hooks: Hooks,
    #[cfg(not(feature = "js"))]
    pub(crate) fetch: Option<js_sys::Function>,
    #[cfg(not(feature = "js"))]
    pub(crate) signal: Option<web_sys::AbortSignal>,
    /// The call's object in `pkg/client.js`.
    #[cfg(feature = "js")]
    pub(crate) task: JsValue,
}

impl Settings {
    /// Milliseconds until the deadline.
    fn left_ms(&self) -> f64 {
        if self.deadline_ms == 0 { f64::INFINITY } else { self.deadline - now() }
    }

    /// Whether there is time for a wait.
    fn has(&self, wait_ms: f64) -> bool {
        let left = self.left_ms();
        wait_ms < if left.is_finite() { left } else { PATIENCE_MS }
    }

    /// How an attempt ends that took too long, or the whole call.
    /// `sent` is nothing before the request was sent, 0 before a status came, then the status.
    fn late(&self, overall: bool, sent: Option<u16>) -> ErrorKind {
        let timeout_ms = if overall { self.deadline_ms } else { self.timeout_ms };
        ErrorKind::Timeout { timeout_ms, sent: sent.is_some(), status: sent.filter(|status| *status > 0), overall }
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// What a body is.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// There is none, or `fetch` names what it is.
    Unnamed,
    Json,
    Form,
    Eszip,
}

#[cfg(not(feature = "js"))]
impl Content {
    /// Empty for none.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Content::Unnamed => "",
            Content::Json => "application/json",
            Content::Form => "application/x-www-form-urlencoded",
            Content::Eszip => "application/vnd.denoland.eszip",
        }
    }
}

/// A request as `fetch` takes it.
pub(crate) struct Outgoing {
    pub(crate) verb: Verb,
    /// Path and query.
    #[cfg(not(feature = "js"))]
    pub(crate) target: String,
    /// Text, bytes, whatever `fetch` takes; undefined for none.
    #[cfg(not(feature = "js"))]
    pub(crate) body: JsValue,
    pub(crate) content: Content,
    /// Whether the body of a 2xx is to be read as bytes.
    pub(crate) bytes: bool,
    pub(crate) row: &'static Endpoint,
    /// The row of the endpoint that is called, where a call without a row of its own has the address of one.
    pub(crate) known: &'static Endpoint,
    /// What the API counts calls for: project, branch or organization; where the endpoint is not known, the address.
    pub(crate) subject: String,
    pub(crate) repeat: Repeat,
    /// How often it was sent.
    pub(crate) attempts: Cell<u32>,
    /// Whether an attempt may have done it.
    pub(crate) unsure: Cell<bool>,
}

impl Outgoing {
    /// `body` is text, bytes, whatever `fetch` takes; undefined for none.
    #[cfg_attr(feature = "js", expect(unused_variables, unused_mut, reason = "pkg/client.js has it"))]
    pub(crate) fn with_body(mut self, body: JsValue) -> Self {
        #[cfg(not(feature = "js"))]
        {
            self.body = body;
        }
        self
    }

    /// Whether it asks for JSON.
    pub(crate) fn wants_json(&self) -> bool {
        matches!(self.row.answer, Answer::Json(_) | Answer::Rows)
    }

    /// Whether it changes something.
    pub(crate) fn writes(&self) -> bool {
        !matches!(self.verb, Verb::Get | Verb::Head) && (self.verb != Verb::Post || self.known.repeat == Repeat::Unsafe)
    }
}

/// An answer with a status of 2xx.
#[derive(Clone)]
pub(crate) struct Incoming {
    pub(crate) status: u16,
    /// A `Headers`, or what a custom `fetch` gives in its place.
    pub(crate) headers: JsValue,
    /// A string or an `ArrayBuffer`; undefined where nothing was wanted or came.
    pub(crate) body: JsValue,
}

/// What hooks are told of.
pub(crate) enum Event<'e> {
    Request,
    Response { began: f64, result: &'e Result<Incoming, ErrorKind> },
    Retry { wait_ms: f64, reason: &'e str },
}

/// Sends a request, again where that is right. A token that it got is added to `secrets`.
pub(crate) async fn send(request: &Outgoing, settings: &Settings, secrets: &mut Vec<Vec<u8>>) -> Result<Incoming, ErrorKind> {
    let mut sending = Sending {
        request,
        settings,
        secrets,
        line: Line::new(settings),
        turn: settings.limiter.turn(),
        stage: Stage::Rest,
        rest: 0.0,
        ticket: None,
        overall: false,
        renewing: Renewing::No,
        status: 0,
        began: 0.0,
        failures: 0,
        end: None,
    };
    if settings.tokenless && !request.row.anonymous {
        return Err(ErrorKind::Input(missing_token()));
    }
    sending.enter();
    // One wait for all stages: each place that waits would cost as much as a stage.
    loop {
        if let Some(end) = sending.end.take() {
            return end;
        }
        let news = poll_fn(|context| sending.hear(context.waker())).await;
        sending.go_on(news);
    }
}

/// What a call waits for.
#[derive(Clone, Copy)]
enum Stage {
    /// A time.
    Rest,
    /// Its turn.
    Queue,
    /// The token.
    Token,
    /// Status and headers.
    Fetch,
    /// The body.
    Body,
    /// Another token, in the place of one that was refused.
    Renew,
}

/// Whether a token was refused, which happens once.
enum Renewing {
    No,
    /// The answer to the old one.
    Asked(ErrorKind),
    /// The next attempt has the new one.
    Fresh,
    Done,
}

/// A call under way. Each step has made an end of it, or waits for something.
struct Sending<'c> {
    request: &'c Outgoing,
    settings: &'c Settings,
    secrets: &'c mut Vec<Vec<u8>>,
    line: Line,
    turn: f64,
    stage: Stage,
    /// Until when it rests.
    rest: f64,
    ticket: Option<Ticket<'c>>,
    /// Whether it is the time for all attempts that is over first.
    overall: bool,
    renewing: Renewing,
    /// Of the answer whose body is on its way.
    status: u16,
    began: f64,
    failures: u32,
    end: Option<Result<Incoming, ErrorKind>>,
}

impl Sending<'_> {
    fn hear(&self, waker: &Waker) -> Poll<News> {
        if let (Stage::Queue, Some(ticket)) = (self.stage, &self.ticket)
            && ticket.waiter.watch(waker)
        {
            return Poll::Ready(News::Stirred);
        }
        self.line.heard().news(waker).map_or(Poll::Pending, Poll::Ready)
    }

    /// Watches the clock and the signal from now on.
    fn watch(&self, milliseconds: f64, fetching: bool) {
        self.line.watch(self.settings, milliseconds, fetching);
    }

    /// The time that an attempt has.
    fn watch_attempt(&mut self, fetching: bool) {
        let (left, timeout) = (self.settings.left_ms(), f64::from(self.settings.timeout_ms));
        self.overall = left < timeout;
        self.watch(timeout.min(left).max(0.0), fetching);
    }

    #[inline(never)]
    fn give_up(&mut self, kind: ErrorKind) {
        self.end = Some(Err(kind));
    }

    /// Waits for its time and its turn.
    fn enter(&mut self) {
        if self.rest > 0.0 {
            let left = self.rest - now();
            if left > 0.0 {
                self.stage = Stage::Rest;
                return self.watch(left, false);
            }
        }
        let Settings { limiter, refuse, .. } = self.settings;
        // Tokens are what others wait for, in their turn: they must not stand behind them.
        if self.request.row.anonymous {
            return self.begin();
        }
        if self.ticket.is_none() {
            let bucket = limiter.bucket(self.request.known, &self.request.subject);
            self.ticket = Some(limiter.enter(bucket, self.turn, *refuse || self.settings.deadline_ms > 0));
        }
        let Some(ticket) = &self.ticket else { return };
        if ticket.waiter.granted.get() {
            return self.begin();
        }
        let now = ticket.looked();
        let wait = match ticket.bucket.verdict(now) {
            Verdict::Go => f64::INFINITY,
            Verdict::Busy(until) => until - now,
            Verdict::Spent(until) if *refuse || !self.settings.has(until - now) => {
                return self.give_up(ErrorKind::RateLimit { wait_ms: until - now });
            }
            Verdict::Spent(until) => until - now,
        };
        let wait = if ticket.arm(wait) { wait } else { f64::INFINITY };
        self.stage = Stage::Queue;
        self.watch(self.settings.left_ms().min(wait), false);
    }

    /// Begins an attempt: the token comes first.
    fn begin(&mut self) {
        self.watch_attempt(true);
        self.stage = Stage::Token;
        if self.request.row.anonymous || !self.settings.asks {
            return self.fetch();
        }
        if let Renewing::Fresh = self.renewing {
            self.renewing = Renewing::Done;
            return self.fetch();
        }
        self.line.ask(self.settings, false);
    }

    /// Calls `fetch`, unless the signal was aborted.
    fn fetch(&mut self) {
        let (request, settings) = (self.request, self.settings);
        if !self.line.heard().is_silent() {
            return;
        }
        request.attempts.set(request.attempts.get() + 1);
        settings.hooks.tell(request, settings, &Event::Request);
        if settings.hooks.listen() {
            self.began = now();
        }
        if let Some(ticket) = &self.ticket {
            ticket.sent.set(true);
        }
        self.stage = Stage::Fetch;
        self.line.fetch(request, settings);
    }

    /// Keeps a token, or ends with what is wrong with it.
    fn keep_token(&mut self, token: JsValue) -> bool {
        match self.line.keep_token(token, self.secrets) {
            Ok(()) => true,
            Err(fault) => {
                self.give_up(ErrorKind::Input(fault));
                false
            }
        }
    }

    /// What happened is one step further, or the end.
    fn go_on(&mut self, news: News) {
        match (self.stage, news) {
            (Stage::Queue, News::Late) if self.settings.left_ms() > 0.0 => {
                if let Some(ticket) = &self.ticket {
                    ticket.knock();
                }
                self.enter()
            }
            (Stage::Queue, News::Late) => self.give_up(self.settings.late(true, None)),
            (Stage::Rest | Stage::Queue, News::Late | News::Stirred) => self.enter(),
            (Stage::Token | Stage::Renew, News::Settled(Err(cause))) => self.give_up(ErrorKind::Token { cause }),
            (Stage::Token, News::Settled(Ok(token))) => {
                if self.keep_token(token) {
                    self.fetch()
                }
            }
            (Stage::Renew, News::Settled(Ok(token))) => {
                let another = self.line.is_another(&token);
                match std::mem::replace(&mut self.renewing, Renewing::Fresh) {
                    Renewing::Asked(refusal) if !another => self.give_up(refusal),
                    _ => {
                        if self.keep_token(token) {
                            // A 401 is refused before any work is done.
                            self.tell_retry(0.0, "401");
                            self.enter()
                        }
                    }
                }
            }
            (Stage::Fetch, News::Settled(Ok(reply))) => match self.line.head(reply) {
                Ok(status) => {
                    self.status = status;
                    if let Some(ticket) = &self.ticket {
                        ticket.learn(self.line.told());
                    }
                    if status == 204 {
                        return self.read(News::Settled(Ok(JsValue::UNDEFINED)));
                    }
                    self.stage = Stage::Body;
                    self.line.read(is_success(status) && self.request.bytes);
                }
                Err(cause) => self.conclude(Err(ErrorKind::Network { cause, status: None, lost: false })),
            },
            (Stage::Fetch, news) => {
                let kind = self.stopped(news, Some(0));
                self.conclude(Err(kind))
            }
            (Stage::Body, news) => self.read(news),
            (_, news) => self.give_up(self.stopped(news, None)),
        }
    }

    /// `sent` is nothing before the request was sent, 0 before a status came, then the status.
    #[inline(never)]
    fn stopped(&self, news: News, sent: Option<u16>) -> ErrorKind {
        match news {
            News::Settled(Err(cause)) => ErrorKind::Network { cause, status: sent.filter(|status| *status > 0), lost: true },
            News::Aborted(reason) | News::Settled(Ok(reason)) => ErrorKind::Aborted { reason },
            News::Late | News::Stirred => self.settings.late(self.overall, sent),
        }
    }

    /// The body is there, or will not be.
    fn read(&mut self, body: News) {
        let status = self.status;
        let success = is_success(status);
        // A body that nobody needs was read so that the connection can be used again: nothing is lost with it.
        let needless = success && matches!(self.request.row.answer, Answer::Nothing | Answer::Count);
        let result = match body {
            News::Aborted(reason) => Err(ErrorKind::Aborted { reason }),
            _ if needless => Ok(JsValue::UNDEFINED),
            News::Settled(Ok(body)) => Ok(body),
            // The status says enough; an error body that breaks off, or never ends, must not hide it.
            _ if !success => Ok(JsValue::UNDEFINED),
            news => Err(self.stopped(news, Some(status))),
        };
        self.conclude(result.and_then(|body| {
            let headers = self.line.headers();
            if success {
                Ok(Incoming { status, headers, body })
            } else {
                Err(ErrorKind::Api { status, text: text_in(&body), headers: ResponseHeaders(headers) })
            }
        }))
    }

    /// An attempt has ended.
    fn conclude(&mut self, result: Result<Incoming, ErrorKind>) {
        self.line.finish();
        self.settings.hooks.tell(self.request, self.settings, &Event::Response { began: self.began, result: &result });
        match result {
            Err(kind) => self.fail(kind),
            done => self.end = Some(done),
        }
    }

    /// Again, or not.
    fn fail(&mut self, kind: ErrorKind) {
        let (settings, request) = (self.settings, self.request);
        let asked = if let ErrorKind::Api { status, .. } = kind { self.line.asked_ms(status) } else { f64::NAN };
        let ticket = self.ticket.take();
        let Some(reason) = Reason::of(&kind) else { return self.give_up(kind) };
        if let (Reason::Status(429), false, Some(ticket)) = (reason, asked.is_nan(), &ticket) {
            ticket.close(asked);
        }
        drop(ticket);
        if let (Reason::Status(401), true, false, Renewing::No) = (reason, settings.renews, request.row.anonymous, &self.renewing) {
            self.renewing = Renewing::Asked(kind);
            self.watch_attempt(false);
            self.stage = Stage::Renew;
            return self.line.ask(settings, true);
        }
        // It may have been done, and so may what is sent after it.
        request.unsure.set(request.unsure.get() || request.writes() && reason != Reason::Status(429) && again(Repeat::Safe, reason));
        self.failures += 1;
        let random = js_sys::Math::random();
        let mut wait = if asked.is_nan() { back_off_ms(self.failures, random) } else { spread_ms(asked, random) };
        if !settings.has(wait) && !asked.is_nan() {
            wait = asked;
        }
        if self.failures > settings.max_retries || !again(request.repeat, reason) || !settings.has(wait) {
            return self.give_up(kind);
        }
        match reason {
            Reason::Network => self.tell_retry(wait, "network"),
            Reason::Timeout => self.tell_retry(wait, "timeout"),
            Reason::Status(status) => self.tell_retry(wait, &number(status.into())),
        }
        self.rest = now() + wait;
        self.enter()
    }

    fn tell_retry(&self, wait_ms: f64, reason: &str) {
        self.settings.hooks.tell(self.request, self.settings, &Event::Retry { wait_ms, reason });
    }
}

fn is_success(status: u16) -> bool {
    status / 100 == 2
}

#[cfg(not(feature = "js"))]
fn text_in(body: &JsValue) -> String {
    body.as_string().unwrap_or_default()
}

/// JavaScript has it.
#[cfg(feature = "js")]
fn text_in(_: &JsValue) -> String {
    String::new()
}

/// The bytes of an answer that was read as such.
pub(crate) fn bytes_of(incoming: &Incoming) -> Result<Vec<u8>, ErrorKind> {
    if incoming.body.is_undefined() {
        return Ok(Vec::new());
    }
    let view = if incoming.body.is_object() { Bytes::view(&incoming.body) } else { Err(error("the body of the answer is not made of bytes")) };
    match view {
        Ok(bytes) => Ok(bytes.unchecked_into::<js_sys::Uint8Array>().to_vec()),
        Err(cause) => Err(ErrorKind::Network { cause, status: Some(incoming.status), lost: false }),
    }
}

/// The headers of an answer.
#[derive(Debug, Clone)]
pub struct ResponseHeaders(pub(crate) JsValue);

impl ResponseHeaders {
    /// Reads all of them. In a page only those that CORS exposes are there.
    pub fn to_headers(&self) -> Headers {
        // A copy is a real one, whatever a custom `fetch` gave.
        let copy = web_sys::Headers::new_with_headers(self.0.unchecked_ref());
        copy.map_or_else(|_| Headers::new(), Headers::from_raw)
    }

    /// The value of a header.
    pub fn get(&self, name: &str) -> Option<String> {
        self.to_headers().get(name)
    }
}

pub(crate) fn error(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}
