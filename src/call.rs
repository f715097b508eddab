//! A call as a value: it is configured, and runs when it is awaited. Where it ends, its error is put together.

use crate::check::answer::{check_outermost, inspect, with_text_for_large};
use crate::check::exact::{Exactness, Integers, is_json};
use crate::check::{Cursor, Kind, expectation};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Facts, Result};
use crate::fault::Fault;
use crate::headers::{RateLimit, ResponseHeaders};
use crate::hooks::Deviation;
use crate::options::{BigInt, Options, TokenSource, Validation, check_idempotency_key, is_secret_header, whole_ms};
use crate::redact::Secrets;
use crate::request::body::{Payload, RequestBody};
use crate::request::{Arguments, BODY, BodyArgument, Destination, Request, path_of};
use crate::schema::Type;
use crate::schema::endpoint::{Answer, Endpoint, Repeat, Verb};
use crate::send_wrapper::SendWrapper;
use crate::text::percent_decode;
use crate::transport::Dispatcher;
use crate::transport::exchange::BodyFormat;
use crate::transport::exchange::{Outgoing, OutgoingBody, Received, ReceivedBody, Trace};
use crate::transport::retry::{Outcome, is_retryable};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// The bytes of a file.
pub type Bytes = Vec<u8>;

/// How many there are.
pub type Count = u64;

/// What a query of the database gives: columns in the order of the statement.
pub type Rows = Vec<serde_json::Map<String, serde_json::Value>>;

/// The arguments of a call.
#[derive(Clone, Default)]
pub(crate) struct Input {
    /// A JSON array.
    pub(crate) paths: Vec<u8>,
    /// A JSON object, or nothing.
    pub(crate) query: Vec<u8>,
    /// Whether the query is that of a further page of a list, as the server gave it.
    pub(crate) continued: bool,
    pub(crate) body: CallBody,
    /// Names of options, which users of JavaScript may put into the body or the query by mistake.
    pub(crate) option_names: &'static [&'static str],
    /// What is wrong with an argument that cannot even be looked at.
    pub(crate) fault: Option<Fault>,
}

/// The body of a call.
#[derive(Clone, Default)]
pub(crate) enum CallBody {
    #[default]
    None,
    /// As a Rust user gave it.
    Payload(Payload),
    /// As JavaScript hands it to `fetch`, with the JSON that is checked, or the text that is sent.
    Ready { value: JsValue, json: Option<Vec<u8>>, text: Option<String> },
}

impl Input {
    pub(crate) fn new(paths: &[&str]) -> Self {
        let mut input = Input::default();
        input.paths = input.json("", serde_json::to_vec(paths));
        input
    }

    pub(crate) fn query(mut self, query: &(impl Serialize + ?Sized)) -> Self {
        self.query = self.json("query", serde_json::to_vec(query));
        self
    }

    pub(crate) fn body(mut self, body: &(impl RequestBody + ?Sized)) -> Self {
        match body.payload() {
            Ok(payload) => self.body = CallBody::Payload(payload),
            // The first fault is the one that is told.
            Err(error) => {
                self.fault.get_or_insert_with(|| no_json(BODY, &error));
            }
        }
        self
    }

    fn json(&mut self, path: &str, result: serde_json::Result<Vec<u8>>) -> Vec<u8> {
        result.unwrap_or_else(|error| {
            self.fault.get_or_insert_with(|| no_json(path, &error));
            Vec::new()
        })
    }

    fn arguments(&self) -> Arguments<'_> {
        let body = match &self.body {
            CallBody::None => BodyArgument::None,
            CallBody::Payload(Payload::Json(json) | Payload::Multipart { json, .. }) => BodyArgument::Json(json),
            CallBody::Ready { json: Some(json), .. } => BodyArgument::Json(json),
            CallBody::Ready { text: Some(text), .. } => BodyArgument::Text(text),
            CallBody::Payload(Payload::Eszip(_) | Payload::Bytes(_)) | CallBody::Ready { .. } => BodyArgument::Opaque,
        };
        Arguments { paths: &self.paths, query: &self.query, continued: self.continued, body, option_names: self.option_names }
    }
}

fn no_json(path: &str, error: &serde_json::Error) -> Fault {
    Fault::new(path, "a value that has JSON", error.to_string())
}

/// What serde makes of the bytes of an answer.
type Decode<T> = fn(&[u8]) -> serde_json::Result<T>;

/// A call that runs when it is awaited.
///
/// What is set here holds for this call alone, in place of the client's [`Options`].
#[must_use = "a call does nothing until it is awaited"]
#[derive(Clone)]
pub struct Call<T> {
    pub(crate) raw: SendWrapper<RawCall>,
    pub(crate) decode: Decode<T>,
}

impl<T> Call<T> {
    /// `rows` are the endpoints among which one is found that tells how things are after a write that may have been done.
    pub(crate) fn new(client: &Client, rows: &'static [Endpoint], endpoint: &'static Endpoint, input: Input, decode: Decode<T>) -> Self {
        Call { raw: SendWrapper::new(RawCall::new(client, rows, endpoint, input)), decode }
    }

    fn options_mut(&mut self) -> &mut Options {
        Rc::make_mut(&mut self.raw.options)
    }

    /// Milliseconds that one attempt may take, from asking for the token to the last byte of the body.
    pub fn timeout_ms(mut self, timeout_ms: u32) -> Self {
        self.options_mut().timeout_ms = timeout_ms;
        self
    }

    /// Milliseconds for all attempts and the waits before and between them.
    pub fn deadline_ms(mut self, deadline_ms: u32) -> Self {
        self.options_mut().deadline_ms = deadline_ms;
        self
    }

    /// The same as [`Call::timeout_ms`], as a duration.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.timeout_ms(whole_ms(timeout))
    }

    /// The same as [`Call::deadline_ms`], as a duration.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.deadline_ms(whole_ms(deadline))
    }

    /// How often it is sent again where that does no harm.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.options_mut().max_retries = max_retries;
        self
    }

    /// Aborts the call when the signal is.
    pub fn signal(mut self, signal: &AbortSignal) -> Self {
        self.options_mut().signal = Some(signal.clone());
        self
    }

    /// Adds a header, in place of one of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.options_mut().headers.push((name.into(), value.into()));
        self
    }

    /// Makes an endpoint that takes the header `Idempotency-Key` safe to repeat: the API does the work of a key once. Any other endpoint
    /// refuses the call, and so does an empty key.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        let fault = match check_idempotency_key(key) {
            _ if !self.raw.endpoint.keyed => {
                Some(Fault::of_option("idempotency_key", "an endpoint that takes the header Idempotency-Key", "another one"))
            }
            checked => checked.err(),
        };
        self.raw.input.fault = self.raw.input.fault.take().or(fault);
        self.header("idempotency-key", key)
    }

    /// How exact the answer must be.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options_mut().validation = validation;
        self
    }

    /// Changes any other option for this call alone.
    ///
    /// ```
    /// # use supabase_management_wasm::{Client, Result};
    /// # async fn example(client: Client) -> Result<()> {
    /// client.projects().list().with_options(|options| options.base_url = "/api/supabase-proxy".into()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_options(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(self.options_mut());
        self
    }

    /// Gives the answer's own text instead of the model, for the day when the API is ahead of this crate. Where JSON is promised it is JSON, or
    /// empty for a 204.
    pub fn raw(self) -> Call<String> {
        let decode = if matches!(self.raw.endpoint.answer, Answer::Json(_) | Answer::Rows) { decode::json_text } else { decode::text };
        let mut raw = self.raw;
        raw.as_text = true;
        Call { raw, decode }
    }

    /// Reads the answer into something else.
    pub(crate) fn reading<U: DeserializeOwned>(self) -> Call<U> {
        Call { raw: self.raw, decode: decode::json }
    }

    /// Gives status, headers and rate limit besides the model.
    ///
    /// # Errors
    /// As the call itself.
    pub fn with_response(self) -> impl Future<Output = Result<Response<T>>> + Send {
        let Call { raw, decode } = self;
        SendWrapper::new(Box::pin(async move { raw.run(&mut ModelReader::new(decode)).await }))
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Its arguments may be secrets.
        write!(formatter, "Call({})", self.raw.endpoint.id)
    }
}

/// A call that runs. It is `Send`, as the executors of many frameworks ask, and is polled on the thread that made it.
pub struct CallFuture<T>(pub(crate) SendWrapper<Pin<Box<dyn Future<Output = Result<T>>>>>);

impl<T> Future for CallFuture<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CallFuture(…)")
    }
}

impl Call<serde_json::Value> {
    /// Adds a query to a call of [`Client::request`]. A name that comes more than once is sent as often.
    pub fn query(mut self, query: &[(&str, &str)]) -> Self {
        let mut object: serde_json::Map<String, serde_json::Value> = serde_json::Map::new();
        for (name, value) in query {
            let values = object.entry(*name).or_insert_with(|| serde_json::Value::Array(Vec::new()));
            if let Some(values) = values.as_array_mut() {
                values.push((*value).into());
            }
        }
        self.raw.input = std::mem::take(&mut self.raw.input).query(&object);
        self
    }

    /// Adds a JSON body to a call of [`Client::request`].
    pub fn body(mut self, body: &serde_json::Value) -> Self {
        self.raw.input = std::mem::take(&mut self.raw.input).body(body);
        self
    }
}

impl<T: 'static> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = CallFuture<T>;

    fn into_future(self) -> CallFuture<T> {
        let Call { raw, decode } = self;
        CallFuture(SendWrapper::new(Box::pin(async move { Ok(raw.run(&mut ModelReader::new(decode)).await?.data) })))
    }
}

/// An answer, and what came with it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// The model.
    pub data: T,
    /// The status: 200 to 299.
    pub status: u16,
    /// The headers. In a page only those that CORS exposes can be read.
    pub headers: ResponseHeaders,
    /// How often the request was sent.
    pub attempts: u32,
    /// What the call has sent and must not show, for whoever looks at the answer once more.
    pub(crate) secrets: Secrets,
}

impl<T> Response<T> {
    /// What the headers say of the rate limit.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::of(&self.headers)
    }
}

/// The address of an endpoint that is for a browser to open. Nothing is called.
pub(crate) fn build_url(client: &Client, rows: &'static [Endpoint], endpoint: &'static Endpoint, input: Input) -> Result<String> {
    RawCall::new(client, rows, endpoint, input).url()
}

/// A call in whichever language: all but how its answer is read.
#[derive(Clone)]
pub(crate) struct RawCall {
    pub(crate) endpoint: &'static Endpoint,
    rows: &'static [Endpoint],
    pub(crate) input: Input,
    pub(crate) options: Rc<Options>,
    dispatcher: Rc<Dispatcher>,
    /// Whether the answer is read as the text that it is, of which nothing is lost.
    as_text: bool,
}

/// How an answer becomes what a call gives.
pub(crate) trait Reader {
    type Output;

    /// In which form the body of a success is read.
    fn format(&self, endpoint: &Endpoint, options: &Options) -> BodyFormat;

    /// Which whole numbers it reads as they are written.
    fn integers(&self) -> Integers {
        Integers::RUST
    }

    /// JSON in which something was changed, as the body of an answer.
    fn body_of(&self, json: Vec<u8>) -> ReceivedBody {
        ReceivedBody::Bytes(json)
    }

    /// Reads it.
    ///
    /// # Errors
    /// Why that is not possible.
    fn read(&mut self, endpoint: &'static Endpoint, received: &Received) -> std::result::Result<Self::Output, Unreadable>;
}

/// Why an answer does not become what a call gives.
pub(crate) enum Unreadable {
    /// It is not what the endpoint promises.
    Fault(Fault),
    /// It carries an error in the place of a result.
    ErrorInside,
}

/// An answer, and what is known of the call that it came to.
struct Answered {
    received: Received,
    destination: Destination,
    trace: Trace,
}

impl From<Fault> for Unreadable {
    fn from(fault: Fault) -> Self {
        Unreadable::Fault(fault)
    }
}

impl RawCall {
    pub(crate) fn new(client: &Client, rows: &'static [Endpoint], endpoint: &'static Endpoint, input: Input) -> Self {
        RawCall { endpoint, rows, input, options: Rc::clone(&client.options), dispatcher: Rc::clone(&client.dispatcher), as_text: false }
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// All that can go wrong.
    pub(crate) async fn run<R: Reader>(&self, reader: &mut R) -> Result<Response<R::Output>> {
        let integers = (!self.as_text).then(|| reader.integers());
        let mut answered = self.send(reader.format(self.endpoint, &self.options), integers).await?;
        if let Some(json) = integers.and_then(|integers| self.with_text_for_large(&answered.received, integers)) {
            answered.received.body = reader.body_of(json);
        }
        match reader.read(self.endpoint, &answered.received) {
            Ok(data) => {
                let Received { status, headers, .. } = answered.received;
                let Trace { attempts, secrets, .. } = answered.trace;
                Ok(Response { data, status, headers, attempts, secrets })
            }
            Err(unreadable) => Err(self.unreadable(answered, unreadable)),
        }
    }

    /// Sends it, and gives the answer as it came: checked as far as that is asked for, and not yet read.
    async fn send(&self, format: BodyFormat, integers: Option<Integers>) -> Result<Answered> {
        let mut trace = Trace { secrets: self.known_secrets(), ..Trace::default() };
        let destination = Destination::new(self.endpoint, self.rows, &self.input.arguments());
        let outgoing = match self.prepare(&destination, format, &mut trace) {
            Ok(outgoing) => outgoing,
            Err(kind) => return Err(self.error(&destination, kind, Repeat::Unsafe, trace)),
        };
        let repeat = outgoing.request.repeat;
        let received = match self.dispatcher.dispatch(outgoing, &mut trace).await {
            Ok(received) => received,
            Err(kind) => return Err(self.error(&destination, kind, repeat, trace)),
        };
        let answered = Answered { received, destination, trace };
        match self.inspect(&answered, integers) {
            Ok(()) => Ok(answered),
            Err(fault) => Err(self.unreadable(answered, fault.into())),
        }
    }

    /// The same call of another endpoint, without its body.
    pub(crate) fn of(&self, endpoint: &'static Endpoint) -> Self {
        RawCall { endpoint, input: Input { body: CallBody::None, ..self.input.clone() }, ..self.clone() }
    }

    /// Sends its body to an address that an answer gave. It is that of another server, which must not see what is this client's: no token goes along, and
    /// no header but the type of the body. Whoever has the address can use it, so it is a secret itself.
    ///
    /// # Errors
    /// As of any other call.
    pub(crate) async fn send_to(&self, address: &str, media_type: &'static str) -> Result<Response<()>> {
        let (base, target) = split_address(address);
        let options = Options { access_token: TokenSource::None, base_url: base.into(), headers: Vec::new(), ..Options::clone(&self.options) };
        let mut trace = Trace { secrets: self.known_secrets(), ..Trace::default() };
        add_address(address, &mut trace.secrets);
        let call = RawCall { options: Rc::new(options), ..self.clone() };
        let endpoint = call.endpoint;
        let (route, repeat) = (endpoint.verb_and_route(), endpoint.repeat);
        let destination = Destination { endpoint, known: endpoint, verb: endpoint.verb, route: route.clone() };
        let request = Request {
            endpoint,
            known: endpoint,
            verb: endpoint.verb,
            route,
            target: target.into(),
            media_type: Some(media_type),
            form: None,
            subject: String::new(),
            repeat,
        };
        let outgoing = Outgoing { request, body: call.outgoing_body(), options: Rc::clone(&call.options), format: BodyFormat::Text };
        match call.dispatcher.dispatch(outgoing, &mut trace).await {
            Ok(Received { status, headers, .. }) => Ok(Response { data: (), status, headers, attempts: trace.attempts, secrets: trace.secrets }),
            Err(kind) => Err(call.error(&destination, kind, repeat, trace)),
        }
    }

    /// The bytes of an answer that is JSON, and what it should be.
    fn json_of<'r>(&self, received: &'r Received) -> Option<(Cow<'r, [u8]>, Type)> {
        let ty = match self.endpoint.answer {
            Answer::Json(ty) => ty,
            Answer::Rows => Type::ROWS,
            Answer::Free if received.headers.allow_text() => Type::ANY,
            _ => return None,
        };
        let bytes = received.body.bytes()?;
        let is_other = match self.endpoint.answer {
            // A statement that gives no rows may be answered with nothing.
            Answer::Rows => bytes.is_empty(),
            Answer::Free => !is_json(&bytes),
            _ => false,
        };
        (!is_other).then_some((bytes, ty))
    }

    /// The JSON of an answer in which large whole numbers are text, where that is wished and there are some.
    fn with_text_for_large(&self, received: &Received, integers: Integers) -> Option<Vec<u8>> {
        if self.options.bigint != BigInt::String {
            return None;
        }
        let (bytes, ty) = self.json_of(received)?;
        with_text_for_large(&bytes, ty, integers)
    }

    /// Checks an answer as far as that is asked for, and tells of what the description does not allow, and of what the language would lose.
    fn inspect(&self, answered: &Answered, integers: Option<Integers>) -> std::result::Result<(), Fault> {
        let is_strict = self.options.validation == Validation::Strict;
        if !is_strict && self.options.on_deviation.is_none() {
            return Ok(());
        }
        // A lenient call of JavaScript reads text, which stays outside of the wasm.
        let Some((bytes, ty)) = self.json_of(&answered.received) else { return Ok(()) };
        let exactness = integers.map(|integers| Exactness { integers, as_text: self.options.bigint == BigInt::String });
        let hook = self.options.on_deviation.as_deref();
        let report = hook.map(|hook| {
            move |fault: &Fault| {
                hook(&Deviation { endpoint: self.endpoint.id, fault: answered.trace.secrets.redact_fault(fault) });
            }
        });
        let report = report.as_ref().map(|report| report as &dyn Fn(&Fault));
        inspect(&bytes, ty, is_strict, exactness, report)
    }

    /// The error of an answer that does not become what the call gives.
    fn unreadable(&self, answered: Answered, unreadable: Unreadable) -> Error {
        let Answered { received: Received { status, headers, body }, destination, trace } = answered;
        let text = body.text();
        let kind = match unreadable {
            Unreadable::Fault(fault) => ErrorKind::Decode { fault, status, text },
            Unreadable::ErrorInside => ErrorKind::Api { status, text, headers },
        };
        self.error(&destination, kind, Repeat::Unsafe, trace)
    }

    /// The address that it would call.
    pub(crate) fn url(&self) -> Result<String> {
        let destination = Destination::new(self.endpoint, self.rows, &self.input.arguments());
        let mut secrets = self.known_secrets();
        let built = self.request(&destination, &mut secrets).map(|request| format!("{}{}", self.options.base(), request.target));
        built.map_err(|fault| Error::input(self.endpoint.id, destination.route, fault))
    }

    /// Its path, for what comes after it has been checked.
    pub(crate) fn path(&self) -> String {
        path_of(self.endpoint, &self.input.paths).unwrap_or_default()
    }

    /// What errors name it by, before anything is sent.
    pub(crate) fn route(&self) -> String {
        let arguments = self.input.arguments();
        let destination = Destination::new(self.endpoint, self.rows, &arguments);
        destination.shown_route(&self.known_secrets())
    }

    /// An error of this call that was found after its end: an answer that does not fit. `secrets` are those of the call.
    pub(crate) fn undecodable(&self, fault: Fault, status: u16, text: String, attempts: u32, secrets: Secrets) -> Error {
        let destination = Destination::new(self.endpoint, self.rows, &self.input.arguments());
        let trace = Trace { attempts, secrets, ..Trace::default() };
        self.error(&destination, ErrorKind::Decode { fault, status, text }, Repeat::Unsafe, trace)
    }

    /// What is secret before anything is looked at: the token, and headers that a proxy may want.
    fn known_secrets(&self) -> Secrets {
        let mut secrets = Secrets::default();
        if let TokenSource::Fixed(token) = &self.options.access_token {
            secrets.add(token.trim());
        }
        self.options.headers.iter().filter(|(name, _)| is_secret_header(name)).for_each(|(_, value)| secrets.add_header(value));
        secrets
    }

    fn request(&self, destination: &Destination, secrets: &mut Secrets) -> std::result::Result<Request, Fault> {
        if let Some(fault) = &self.input.fault {
            return Err(fault.clone());
        }
        let request = Request::new(destination, &self.input.arguments(), self.options.is_keyed(), secrets)?;
        self.options.check()?;
        Ok(request)
    }

    fn prepare(&self, destination: &Destination, format: BodyFormat, trace: &mut Trace) -> std::result::Result<Outgoing, ErrorKind> {
        let request = self.request(destination, &mut trace.secrets).map_err(ErrorKind::Input)?;
        let body = request.form.as_ref().map_or_else(|| self.outgoing_body(), |form| OutgoingBody::Form(form.clone()));
        Ok(Outgoing { request, body, options: Rc::clone(&self.options), format })
    }

    fn outgoing_body(&self) -> OutgoingBody {
        match &self.input.body {
            CallBody::None => OutgoingBody::None,
            CallBody::Ready { value, .. } => OutgoingBody::Js(value.clone()),
            CallBody::Payload(payload) => OutgoingBody::Payload(payload.clone()),
        }
    }

    /// Puts the error together: nothing in it may be a secret, and all that it tells is computed here.
    fn error(&self, destination: &Destination, mut kind: ErrorKind, repeat: Repeat, trace: Trace) -> Error {
        let Trace { attempts, outcome, secrets } = trace;
        let mut facts = Facts { attempts, retryable: is_retryable(&kind, repeat), ..Facts::default() };
        match &mut kind {
            ErrorKind::Input(fault) => *fault = secrets.redact_fault(fault),
            ErrorKind::Decode { fault, text, .. } => {
                *fault = secrets.redact_fault(fault);
                *text = secrets.redact_body(text);
            }
            ErrorKind::Api { status, text, headers } => {
                facts.retry_after_ms = headers.asked_wait_ms(*status);
                *text = secrets.redact_body(text);
                *headers = headers.redacted(&secrets);
            }
            ErrorKind::Network { cause, status, .. } => {
                *cause = cause.clean(&secrets);
                facts.reason = cause.words();
                facts.other_origin = status.is_none() && !self.options.is_sent_by_rust() && is_other_origin(&self.options.base());
            }
            ErrorKind::RateLimit { wait_ms } => facts.retry_after_ms = Some(*wait_ms),
            _ => {}
        }
        facts.succeeded = outcome == Outcome::Done || matches!(kind, ErrorKind::Decode { .. });
        facts.outcome_unknown = outcome == Outcome::Unknown && !facts.succeeded;
        if facts.outcome_unknown {
            facts.look_at = witness(self.rows, destination.known.group(), &destination.route);
        }
        facts.scope = destination.known.scope();
        facts.permissions = destination.known.permissions();
        Error::new(self.endpoint.id, destination.shown_route(&secrets), kind, facts)
    }
}

/// The endpoint that tells how things are after a write that may have been done: the one of the same group that reads at the same path, or one level up.
/// No further, and no other group: a project does not tell what became of a statement of SQL, or of its banned addresses. What version 2 writes and does
/// not read, version 1 may.
fn witness(rows: &'static [Endpoint], group: &str, route: &str) -> Option<&'static str> {
    let (_, path) = route.split_once(' ')?;
    let reads = |path: &str| rows.iter().find(|row| row.verb == Verb::Get && row.route == path && row.group() == group).map(|row| row.id);
    let near = |path: &str| reads(path).or_else(|| reads(path.rsplit_once('/')?.0));
    near(path).or_else(|| near(&format!("/v1/{}", path.strip_prefix("/v2/")?)))
}

/// Scheme and host of an address, and what stands behind them.
fn split_address(address: &str) -> (&str, &str) {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find(['/', '?']).map_or(address.len(), |at| host + at);
    address.split_at(end)
}

/// Adds an address that is a secret: as a whole, as a server repeats it, and what it is signed with.
fn add_address(address: &str, secrets: &mut Secrets) {
    let (_, target) = split_address(address);
    secrets.add(address);
    secrets.add(target);
    let query = target.split_once('?').map_or("", |(_, query)| query);
    secrets.add(query);
    for (_, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        secrets.add(value);
        secrets.add(&percent_decode(value));
    }
}

/// Whether a page calls a server of another origin.
fn is_other_origin(base_url: &str) -> bool {
    let location = js_sys::Reflect::get(&js_sys::global(), &"location".into()).unwrap_or_default();
    let origin = if location.is_object() { js_sys::Reflect::get(&location, &"origin".into()).unwrap_or_default().as_string() } else { None };
    origin.is_some_and(|origin| !origin.is_empty() && base_url.starts_with("http") && !format!("{base_url}/").starts_with(&format!("{origin}/")))
}

/// Gives the model of an answer.
pub(crate) struct ModelReader<T> {
    decode: Decode<T>,
}

impl<T> ModelReader<T> {
    pub(crate) fn new(decode: Decode<T>) -> Self {
        ModelReader { decode }
    }
}

impl<T> Reader for ModelReader<T> {
    type Output = T;

    fn format(&self, _: &Endpoint, _: &Options) -> BodyFormat {
        BodyFormat::Bytes
    }

    fn read(&mut self, endpoint: &'static Endpoint, received: &Received) -> std::result::Result<T, Unreadable> {
        read_model(self.decode, endpoint, received)
    }
}

/// Reads the model of an answer from its bytes.
pub(crate) fn read_model<T>(decode: Decode<T>, endpoint: &'static Endpoint, received: &Received) -> std::result::Result<T, Unreadable> {
    if matches!(endpoint.answer, Answer::Count) {
        return decode(count_in(&received.headers)?.as_bytes()).map_err(|_| no_count("something else").into());
    }
    let bytes = match (received.body.bytes(), &received.body) {
        (Some(bytes), _) => bytes,
        (None, ReceivedBody::Js(body)) if !body.is_undefined() => return Err(Fault::new("", "a body of bytes", kind_name(body)).into()),
        (None, _) => Cow::Borrowed(&[][..]),
    };
    let bytes = &*bytes;
    // A byte order mark is no part of a text, but it is of a file.
    let text = if matches!(endpoint.answer, Answer::Bytes) { bytes } else { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) };
    if matches!(endpoint.answer, Answer::Rows) && !text.is_empty() {
        match Cursor::new(text).kind() {
            Kind::Array => {}
            Kind::Junk => return Err(Fault::new("", "JSON", Kind::Junk.name()).into()),
            other => return Err(Fault::new("", "array", other.name()).into()),
        }
    }
    if let Answer::Json(ty) = endpoint.answer {
        // Whether nothing will do is the reader's to say.
        if received.status != 204 {
            check_outermost(Cursor::new(text).kind(), ty)?;
        }
        if endpoint.error_inside && has_error(text) {
            return Err(Unreadable::ErrorInside);
        }
    }
    decode(text).map_err(|error| {
        let ty = if let Answer::Json(ty) = endpoint.answer { ty } else { Type::ANY };
        let fault = if text.is_empty() {
            Fault::new("", expectation(ty), Kind::End.name())
        } else if decode::json_text(text).is_err() {
            Fault::new("", "JSON", Kind::Junk.name())
        } else {
            // serde knows the reason but not the path: the checker finds it.
            inspect(text, ty, true, None, None).err().unwrap_or_else(|| Fault::new("", expectation(ty), error.to_string()))
        };
        fault.into()
    })
}

/// The count in the header of an answer.
pub(crate) fn count_in(headers: &ResponseHeaders) -> std::result::Result<String, Fault> {
    let Some(text) = headers.get("x-total-count") else { return Err(no_count("nothing")) };
    let fits = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text) } else { Err(no_count(if text.is_empty() { "nothing" } else { "something else" })) }
}

fn no_count(received: &str) -> Fault {
    Fault::new("", "a count in the header x-total-count", received)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn ask_whether_array(value: &JsValue) -> std::result::Result<bool, JsValue>;
}

/// Whether a value is an array. A proxy that was revoked cannot be asked, and counts as an object.
pub(crate) fn is_array(value: &JsValue) -> bool {
    ask_whether_array(value).unwrap_or(false)
}

/// The kind of a JavaScript value, in words.
pub(crate) fn kind_name(value: &JsValue) -> String {
    if value.is_null() {
        return "null".into();
    }
    if is_array(value) {
        return "array".into();
    }
    if let Some(number) = value.as_f64().filter(|number| !number.is_finite()) {
        return if number.is_nan() {
            "NaN".into()
        } else if number > 0.0 {
            "Infinity".into()
        } else {
            "-Infinity".into()
        };
    }
    value.js_typeof().as_string().unwrap_or_default()
}

/// Whether an object carries an error.
fn has_error(text: &[u8]) -> bool {
    let Some(mut error) = Cursor::new(text).find(b"error") else { return false };
    match error.kind() {
        Kind::Null => false,
        Kind::Boolean => error.is_true(),
        Kind::String => error.string().is_some_and(|text| !text.is_empty()),
        Kind::Number => error.whole_number() != Some(0.0),
        _ => true,
    }
}

/// How the bytes of an answer become what a call gives.
pub(crate) mod decode {
    use super::{DeserializeOwned, Rows};

    pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
        serde_json::from_slice(bytes)
    }

    /// The answer of an endpoint that the client does not know: JSON, or else its text.
    pub(crate) fn value(bytes: &[u8]) -> serde_json::Result<serde_json::Value> {
        if bytes.is_empty() {
            return Ok(serde_json::Value::Null);
        }
        json(bytes).or_else(|error| match (json_text(bytes), std::str::from_utf8(bytes)) {
            (Err(_), Ok(text)) => Ok(text.into()),
            // JSON that is deeper than serde_json goes, which no text can stand for.
            _ => Err(error),
        })
    }

    /// A statement that gives no rows may be answered with nothing.
    pub(crate) fn rows(bytes: &[u8]) -> serde_json::Result<Rows> {
        if bytes.is_empty() { Ok(Rows::new()) } else { json(bytes) }
    }

    pub(crate) fn bytes(bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
        Ok(bytes.to_vec())
    }

    pub(crate) fn text(bytes: &[u8]) -> serde_json::Result<String> {
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    /// The text of JSON, as it stands; of nothing, nothing.
    pub(crate) fn json_text(bytes: &[u8]) -> serde_json::Result<String> {
        if !bytes.is_empty() {
            json::<serde::de::IgnoredAny>(bytes)?;
        }
        text(bytes)
    }

    #[expect(clippy::unnecessary_wraps, reason = "all readers have one signature")]
    pub(crate) fn nothing(_: &[u8]) -> serde_json::Result<()> {
        Ok(())
    }
}
