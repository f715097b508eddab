//! The one function that sends: its turn, token, headers, `fetch`, status, body, and all of it again where that is right.
//!
//! `fetch` and what it gives may be anybody's: every touch of them is fallible, as an exception that passes through wasm, or a panic, would
//! leave the promise of a call pending for ever.

use crate::check::Fault;
use crate::endpoint::{Answer, Endpoint, Repeat};
use crate::error::ErrorKind;
use crate::limits::{Limiter, Ticket, Told, Verdict};
use crate::options::{DEFAULT_BASE_URL, Hooks, TokenSource, check_token, missing_token};
use crate::retry::{PATIENCE_MS, Reason, again, back_off_ms, spread_ms};
use crate::secret::both_forms;
use crate::watch::{News, Watch};
use crate::words::{join, number, push_comma, push_member};
use gloo_net::http::Headers;
use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::*;

type Fallible<T> = std::result::Result<T, JsValue>;

#[wasm_bindgen]
extern "C" {
    /// The platform's `fetch` at this very moment: tests and tools replace it.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &JsValue) -> Fallible<JsValue>;

    /// What `fetch` resolved to. A `Response` is not asked for its class: one of another realm, or of another implementation, is as good.
    type Reply;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Reply) -> Fallible<JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Reply) -> Fallible<JsValue>;

    /// Its headers.
    type Lines;
    #[wasm_bindgen(method, catch, js_name = get)]
    fn line(this: &Lines, name: &str) -> Fallible<JsValue>;

    #[wasm_bindgen(catch, js_name = Number)]
    fn number_of(text: &JsValue) -> Fallible<f64>;
    #[wasm_bindgen(js_name = Date)]
    type Clock;
    #[wasm_bindgen(static_method_of = Clock, js_class = "Date", catch, js_name = parse)]
    fn date_of(text: &JsValue) -> Fallible<f64>;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    fn view(buffer: &JsValue) -> Fallible<Bytes>;
}

/// What sending needs of the options, checked.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) token: TokenSource,
    /// Members of a JSON object, with names in lower case.
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
    pub(crate) fetch: Option<js_sys::Function>,
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
    fn late(&self, overall: bool, sent: bool) -> ErrorKind {
        ErrorKind::Timeout { timeout_ms: if overall { self.deadline_ms } else { self.timeout_ms }, sent, overall }
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// A request as `fetch` takes it.
pub(crate) struct Outgoing {
    pub(crate) verb: String,
    /// Path and query.
    pub(crate) target: String,
    /// Text, bytes, whatever `fetch` takes; undefined for none.
    pub(crate) body: JsValue,
    /// Empty for none.
    pub(crate) content_type: &'static str,
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
    /// Whether it was sent again after it may have been done.
    pub(crate) unsure: Cell<bool>,
}

impl Outgoing {
    /// Whether it changes something.
    pub(crate) fn writes(&self) -> bool {
        !matches!(&*self.verb, "GET" | "HEAD") && (self.verb != "POST" || self.known.repeat == Repeat::Unsafe)
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
    Response { began: f64, headers: &'e JsValue, result: &'e Result<Incoming, ErrorKind> },
    Retry { wait_ms: f64, reason: &'e str },
}

/// Sends a request, again where that is right. The token is added to `secrets`.
pub(crate) async fn send(request: &Outgoing, settings: &Settings, secrets: &mut Vec<Vec<u8>>) -> Result<Incoming, ErrorKind> {
    let mut sending = Sending {
        request,
        settings,
        secrets,
        turn: settings.limiter.turn(),
        stage: Stage::Rest,
        rest: 0.0,
        ticket: None,
        watch: None,
        overall: false,
        token: JsValue::UNDEFINED,
        renewed: false,
        refusal: None,
        head: None,
        began: 0.0,
        failures: 0,
        end: None,
    };
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

/// A call under way. Each step has made an end of it, or waits for something.
struct Sending<'c> {
    request: &'c Outgoing,
    settings: &'c Settings,
    secrets: &'c mut Vec<Vec<u8>>,
    turn: f64,
    stage: Stage,
    /// Until when it rests.
    rest: f64,
    ticket: Option<Ticket<'c>>,
    watch: Option<Watch>,
    /// Whether it is the time for all attempts that is over first.
    overall: bool,
    /// The one to use, where that is known.
    token: JsValue,
    renewed: bool,
    /// The answer to a token that is being renewed.
    refusal: Option<ErrorKind>,
    head: Option<Head>,
    began: f64,
    failures: u32,
    end: Option<Result<Incoming, ErrorKind>>,
}

impl Sending<'_> {
    fn hear(&self, waker: &Waker) -> Poll<News> {
        let waiter = self.ticket.as_ref().filter(|_| matches!(self.stage, Stage::Queue)).map(|ticket| &*ticket.waiter);
        self.watch.as_ref().map_or(Poll::Pending, |watch| watch.hear(waiter, waker))
    }

    /// Watches the clock and the signal from now on.
    fn watch(&mut self, milliseconds: f64, fetching: bool) {
        // One at a time: the last one stops what it began.
        self.watch = None;
        self.watch = Some(Watch::start(self.settings, milliseconds, fetching));
    }

    /// The time that an attempt has. One that is over is told of at once.
    fn watch_attempt(&mut self, fetching: bool) {
        let (left, timeout) = (self.settings.left_ms(), f64::from(self.settings.timeout_ms));
        self.overall = left < timeout;
        self.watch(timeout.min(left).max(0.0), fetching);
    }

    #[inline(never)]
    fn give_up(&mut self, kind: ErrorKind) {
        self.end = Some(Err(kind));
    }

    fn wait(&mut self, stage: Stage, given: Fallible<JsValue>) {
        self.stage = stage;
        match (given, &self.watch) {
            (Ok(value), Some(watch)) => watch.wait(&value),
            (Ok(_), None) => {}
            (Err(thrown), _) => self.go_on(News::Settled(Err(thrown))),
        }
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
        if self.request.row.anonymous || !self.token.is_undefined() {
            return self.fetch();
        }
        if let TokenSource::Fixed(text) = &self.settings.token {
            self.token = JsValue::from_str(text);
        }
        let Some(asked) = self.settings.token.ask_for(None) else { return self.fetch() };
        self.wait(Stage::Token, Ok(asked))
    }

    /// Calls `fetch`.
    fn fetch(&mut self) {
        let (request, settings) = (self.request, self.settings);
        let authorization = if request.row.anonymous { Ok(String::new()) } else { authorize(&self.token, settings, self.secrets) };
        let authorization = match authorization {
            Ok(authorization) => authorization,
            Err(fault) => return self.give_up(ErrorKind::Input(fault)),
        };
        let Some(watch) = &self.watch else { return };
        if let Some(halt) = watch.halted() {
            return self.give_up(self.stopped(halt, None));
        }
        request.attempts.set(request.attempts.get() + 1);
        settings.hooks.tell(request, settings, &Event::Request);
        if settings.hooks.listen() {
            self.began = now();
        }
        if let Some(ticket) = &self.ticket {
            ticket.sent.set(true);
        }
        let given = call_fetch(request, &authorization, settings, watch);
        self.wait(Stage::Fetch, given)
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
            (Stage::Queue, News::Late) => self.give_up(self.settings.late(true, false)),
            (Stage::Rest | Stage::Queue, News::Late | News::Stirred) => self.enter(),
            (Stage::Token | Stage::Renew, News::Settled(Err(cause))) => self.give_up(ErrorKind::Token { cause }),
            (Stage::Token, News::Settled(Ok(token))) => {
                self.token = token;
                self.fetch()
            }
            (Stage::Renew, News::Settled(Ok(token))) => {
                let same = token == self.token;
                self.token = token;
                match self.refusal.take() {
                    Some(refusal) if same => self.give_up(refusal),
                    _ => {
                        // A 401 is refused before any work is done.
                        self.tell_retry(0.0, "401");
                        self.enter()
                    }
                }
            }
            (Stage::Fetch, News::Settled(Ok(reply))) => match Head::of(reply.unchecked_into()) {
                Ok(head) => {
                    if let Some(ticket) = &self.ticket {
                        ticket.learn(told(&head.headers, self.settings));
                    }
                    let body = if head.status == 204 { None } else { Some(head.read(self.request)) };
                    self.head = Some(head);
                    match body {
                        Some(body) => self.wait(Stage::Body, body),
                        None => self.read(News::Settled(Ok(JsValue::UNDEFINED))),
                    }
                }
                Err(cause) => self.conclude(Err(ErrorKind::Network { cause, status: None, lost: false }), &JsValue::UNDEFINED),
            },
            (Stage::Fetch, news) => {
                let kind = self.stopped(news, Some(0));
                self.conclude(Err(kind), &JsValue::UNDEFINED)
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
            News::Late | News::Stirred => self.settings.late(self.overall, sent.is_some()),
        }
    }

    /// The body is there, or will not be.
    fn read(&mut self, body: News) {
        let Some(Head { status, headers, .. }) = self.head.take() else { return };
        let success = status / 100 == 2;
        // A body that nobody needs was read so that the connection can be used again: nothing is lost with it.
        let needless = success && matches!(self.request.row.answer, Answer::Nothing | Answer::Count);
        let result = match body {
            News::Aborted(reason) => Err(ErrorKind::Aborted { reason }),
            _ if needless => Ok(JsValue::UNDEFINED),
            News::Settled(Ok(body)) => Ok(body),
            // The status says enough; an error body that breaks off must not hide it.
            News::Settled(Err(_)) if !success => Ok(JsValue::UNDEFINED),
            news => Err(self.stopped(news, Some(status))),
        };
        let result = match result {
            Ok(body) if success => Ok(Incoming { status, headers: headers.clone(), body }),
            Ok(body) => {
                let text = body.as_string().unwrap_or_default();
                Err(ErrorKind::Api { status, text, headers: ResponseHeaders(headers.clone()) })
            }
            Err(kind) => Err(kind),
        };
        self.conclude(result, &headers)
    }

    /// An attempt has ended.
    fn conclude(&mut self, result: Result<Incoming, ErrorKind>, headers: &JsValue) {
        if let Some(watch) = &self.watch {
            watch.finish();
        }
        self.settings.hooks.tell(self.request, self.settings, &Event::Response { began: self.began, headers, result: &result });
        match result {
            Err(kind) => self.fail(kind),
            done => self.end = Some(done),
        }
    }

    /// Again, or not.
    fn fail(&mut self, kind: ErrorKind) {
        let (settings, request) = (self.settings, self.request);
        let asked = wait_of(&kind);
        let ticket = self.ticket.take();
        let Some(reason) = Reason::of(&kind) else { return self.give_up(kind) };
        if let (Reason::Status(429), false, Some(ticket)) = (reason, asked.is_nan(), &ticket) {
            ticket.close(asked);
        }
        drop(ticket);
        if reason == Reason::Status(401) && settings.token.renews() && !self.renewed && !self.token.is_undefined() {
            self.renewed = true;
            self.refusal = Some(kind);
            self.watch_attempt(false);
            let refused = self.token.as_string().unwrap_or_default();
            return self.wait(Stage::Renew, Ok(settings.token.ask_for(Some(&refused)).unwrap_or_default()));
        }
        self.token = JsValue::UNDEFINED;
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
        request.unsure.set(request.unsure.get() || request.writes() && reason != Reason::Status(429));
        self.rest = now() + wait;
        self.enter()
    }

    fn tell_retry(&self, wait_ms: f64, reason: &str) {
        self.settings.hooks.tell(self.request, self.settings, &Event::Retry { wait_ms, reason });
    }
}

/// What the headers of an answer tell of the rate limit.
fn told(headers: &JsValue, settings: &Settings) -> Told {
    let remaining = remaining_in(headers, settings);
    if remaining.is_nan() {
        return Told { limit: remaining, remaining, reset_seconds: remaining };
    }
    Told { limit: number_in(headers, "x-ratelimit-limit"), remaining, reset_seconds: number_in(headers, "x-ratelimit-reset") }
}

/// Each answer is asked for it: JavaScript does that at half of the cost.
#[cfg(feature = "js")]
fn remaining_in(headers: &JsValue, settings: &Settings) -> f64 {
    settings.task.unchecked_ref::<crate::watch::Task>().remaining(headers)
}

#[cfg(not(feature = "js"))]
fn remaining_in(headers: &JsValue, _: &Settings) -> f64 {
    number_in(headers, "x-ratelimit-remaining")
}

/// A header of an answer; null where it has none, or cannot be asked.
fn line(headers: &JsValue, name: &str) -> JsValue {
    headers.unchecked_ref::<Lines>().line(name).unwrap_or(JsValue::NULL)
}

/// The number in a header, NaN for none. There are no negative ones.
#[inline(never)]
fn number_in(headers: &JsValue, name: &str) -> f64 {
    let text = line(headers, name);
    // Number(null) is 0, and so is Number("").
    let number = if text.is_truthy() { number_of(&text).unwrap_or(f64::NAN) } else { f64::NAN };
    if number < 0.0 { f64::NAN } else { number }
}

/// The time in a header, NaN for none.
fn date_in(headers: &JsValue, name: &str) -> f64 {
    Clock::date_of(&line(headers, name)).unwrap_or(f64::NAN)
}

/// Milliseconds that the server asked to wait, be it with an error that is final; NaN for none.
pub(crate) fn wait_of(kind: &ErrorKind) -> f64 {
    let ErrorKind::Api { status, headers: ResponseHeaders(headers), .. } = kind else { return f64::NAN };
    // Tests of pure rules run without an engine to ask.
    if !cfg!(target_arch = "wasm32") {
        return f64::NAN;
    }
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
    let spent = *status == 429 || number_in(headers, "x-ratelimit-remaining") == 0.0;
    // A reset of nothing says nothing.
    if spent && reset > 0.0 { reset * 1000.0 } else { f64::NAN }
}

/// The value of the header, empty for none; the token goes among the secrets.
fn authorize(token: &JsValue, settings: &Settings, secrets: &mut Vec<Vec<u8>>) -> Result<String, Fault> {
    if token.is_undefined() && matches!(settings.token, TokenSource::None) {
        let own = settings.base_url == DEFAULT_BASE_URL;
        return if own { Err(missing_token()) } else { Ok(String::new()) };
    }
    if cfg!(feature = "js") {
        // JavaScript has checked it, and keeps it among the secrets (pkg/client.js).
        return Ok(join(&["Bearer ", &token.as_string().unwrap_or_default()]));
    }
    // What is no string is no token either: an empty one says so.
    let token = check_token(&token.as_string().unwrap_or_default())?;
    secrets.extend(both_forms(token.expose()));
    Ok(join(&["Bearer ", token.expose()]))
}

fn call_fetch(request: &Outgoing, authorization: &str, settings: &Settings, watch: &Watch) -> Fallible<JsValue> {
    let accept = if matches!(request.row.answer, Answer::Json(_) | Answer::Rows) { "application/json" } else { "" };
    // Node would send the body once more, `db_pass` and all, to whatever host a redirect names.
    let mut init = join(&["{\"method\":\"", &request.verb, "\",\"redirect\":\"manual\",\"headers\":{"]);
    for (name, value) in [("accept", accept), ("content-type", request.content_type), ("authorization", authorization)] {
        if !value.is_empty() {
            push_member(&mut init, name, value);
        }
    }
    // A member that comes twice has its last value.
    if !settings.headers.is_empty() {
        push_comma(&mut init);
    }
    init.push_str(&settings.headers);
    init.push_str("}}");
    // One call into JavaScript for all that is plain.
    let init: web_sys::RequestInit = js_sys::JSON::parse(&init)?.unchecked_into();
    init.set_signal(watch.fetch_signal().as_ref());
    if !request.body.is_undefined() {
        init.set_body(&request.body);
    }
    let url = join(&[&settings.base_url, &request.target]);
    match &settings.fetch {
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&url), &init),
        None => global_fetch(&url, &init),
    }
}

/// What `fetch` resolved to, as far as it is known to be sound.
struct Head {
    status: u16,
    headers: JsValue,
    reply: Reply,
}

impl Head {
    #[inline(never)]
    fn of(reply: Reply) -> Fallible<Self> {
        if !reply.is_object() {
            return Err(error("fetch resolved to something that is no Response"));
        }
        let status = reply.status()?.as_f64().unwrap_or(-1.0);
        let headers = reply.headers()?;
        if !(0.0..1000.0).contains(&status) || !headers.is_object() {
            return Err(error("fetch resolved to something that is no Response"));
        }
        if status < 1.0 {
            return Err(error("the answer is hidden: probably a redirect, and redirects are not followed"));
        }
        Ok(Head { status: status as u16, headers, reply })
    }

    fn is_success(&self) -> bool {
        self.status / 100 == 2
    }

    fn read(&self, request: &Outgoing) -> Fallible<JsValue> {
        if self.is_success() && request.bytes { self.reply.array_buffer() } else { self.reply.text() }
    }
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
