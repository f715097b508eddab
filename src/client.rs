//! The client, and a call as a value: it can be configured, and runs when it is awaited.

use crate::check::{Checker, Cursor, Fault, Kind, Mode, Path, expectation};
use crate::endpoint::{
    Answer, Arguments, Body, Endpoint, FormFile, Paging, Payload, Repeat, RequestBody, Verb, free_request, pairs_of, without_query,
};
use crate::error::{Error, ErrorKind, Place, Result};
#[cfg(not(feature = "js"))]
use crate::flights::Flights;
#[cfg(not(feature = "js"))]
use crate::limits::BucketState;
use crate::limits::Limiter;
use crate::options::{Deviation, Options, TokenSource, Validation, is_secret_header, settle};
use crate::schema::{Shape, Type};
use crate::secret::{both_forms, redact, redact_body, secrets_of_header};
use crate::send::{Incoming, Outgoing, ResponseHeaders, Settings, bytes_of, now, send};
use crate::words::{join, without_slash};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

/// A client of the Management API. Cloning it is cheap.
///
/// ```
/// # use supabase_management_wasm::{Client, Result};
/// # async fn example() -> Result<()> {
/// let client = Client::new("sbp_0123456789abcdef");
/// for project in client.projects().list().await? {
///     println!("{} is {}", project.name, project.status);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    options: Rc<Options>,
    limiter: Rc<Limiter>,
    #[cfg(not(feature = "js"))]
    flights: Rc<Flights>,
}

impl Client {
    /// A client with a token, or a source of tokens.
    pub fn new(access_token: impl Into<TokenSource>) -> Self {
        Self::with(Options { access_token: access_token.into(), ..Options::default() })
    }

    /// A client with options. Whether they are right is known at the first call, whose error it would be.
    pub fn with(options: Options) -> Self {
        let limiter = Limiter::new(options.max_concurrent, now);
        Client {
            options: Rc::new(options),
            limiter,
            #[cfg(not(feature = "js"))]
            flights: Rc::default(),
        }
    }

    /// What is known of the rate limits: the buckets that were used lately.
    #[cfg(not(feature = "js"))]
    pub fn rate_limits(&self) -> Vec<BucketState> {
        self.limiter.states()
    }

    /// Calls what this crate has no method for, with the same token, checks of the path, and errors.
    ///
    /// ```
    /// # use supabase_management_wasm::{Client, Result, endpoint::Verb};
    /// # async fn example(client: Client) -> Result<()> {
    /// let regions = client.request(Verb::Get, "/v1/projects/available-regions").query(&[("organization_slug", "acme")]).await?;
    /// println!("{}", regions["all"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As any other call.
    pub fn request(&self, verb: Verb, path: &str) -> Call<serde_json::Value> {
        Call::new(self, &FREE, Input::new(&[verb.as_str(), path]), decode::value)
    }
}

/// The row of [`Client::request`].
pub(crate) static FREE: Endpoint = Endpoint {
    id: "request",
    verb: Verb::Get,
    route: "",
    placeholders: &[],
    query: None,
    body: Body::Free,
    answer: Answer::Free,
    repeat: Repeat::Unsafe,
    keyed: false,
    anonymous: false,
    error_inside: false,
    rates: &[],
    needs: "",
    paging: Paging::None,
};

/// The bytes of a file.
pub type Bytes = Vec<u8>;

/// How many there are.
pub type Count = u64;

/// What a query of the database gives: columns in the order of the statement.
pub type Rows = Vec<serde_json::Map<String, serde_json::Value>>;

/// The address of an endpoint that is for a browser to open.
pub(crate) fn build_url(client: &Client, endpoint: &'static Endpoint, input: Input) -> Result<String> {
    let built = || {
        if let Some(fault) = &input.fault {
            return Err(fault.clone());
        }
        let request = endpoint.request(&Arguments { paths: &input.paths, query: &input.query, body: None })?;
        settle(&client.options, &client.limiter)?;
        Ok(join(&[without_slash(&client.options.base_url), &request.target]))
    };
    let place = Place { endpoint: endpoint.id, route: join(&[endpoint.verb.as_str(), " ", endpoint.route]), safe: true, reads: true, row: endpoint };
    built().map_err(|fault| Error::new(place, ErrorKind::Input(fault), 0))
}

/// The arguments of a call, as JSON.
#[derive(Clone)]
pub(crate) struct Input {
    paths: Vec<u8>,
    pub(crate) query: Vec<u8>,
    body: Option<Payload>,
    /// What serde said of an argument that has no JSON.
    fault: Option<Fault>,
}

impl Input {
    pub(crate) fn new(paths: &[&str]) -> Self {
        let (paths, fault) = json("", serde_json::to_vec(paths));
        Input { paths, query: Vec::new(), body: None, fault }
    }

    pub(crate) fn query(mut self, query: &(impl Serialize + ?Sized)) -> Self {
        let (query, fault) = json("query", serde_json::to_vec(query));
        self.query = query;
        self.fault = self.fault.or(fault);
        self
    }

    pub(crate) fn body(mut self, body: &(impl RequestBody + ?Sized)) -> Self {
        match body.payload() {
            Ok(payload) => self.body = Some(payload),
            Err(error) => self.fault = Some(no_json("", &error)),
        }
        self
    }
}

fn json(path: &str, result: serde_json::Result<Vec<u8>>) -> (Vec<u8>, Option<Fault>) {
    match result {
        Ok(bytes) => (bytes, None),
        Err(error) => (Vec::new(), Some(no_json(path, &error))),
    }
}

fn no_json(path: &str, error: &serde_json::Error) -> Fault {
    Fault { path: path.into(), expected: "a value that has JSON".into(), received: error.to_string() }
}

/// A call that runs when it is awaited.
///
/// What is set here holds for this call alone, in place of the client's [`Options`].
#[must_use = "a call does nothing until it is awaited"]
#[derive(Clone)]
pub struct Call<T> {
    endpoint: &'static Endpoint,
    pub(crate) input: Input,
    options: Options,
    limiter: Rc<Limiter>,
    #[cfg(not(feature = "js"))]
    flights: Rc<Flights>,
    decode: fn(&[u8]) -> serde_json::Result<T>,
}

impl<T> Call<T> {
    pub(crate) fn new(client: &Client, endpoint: &'static Endpoint, input: Input, decode: fn(&[u8]) -> serde_json::Result<T>) -> Self {
        Call {
            endpoint,
            input,
            options: Options::clone(&client.options),
            limiter: Rc::clone(&client.limiter),
            #[cfg(not(feature = "js"))]
            flights: Rc::clone(&client.flights),
            decode,
        }
    }

    /// Milliseconds that one attempt may take, from asking for the token to the last byte of the body.
    pub fn timeout_ms(mut self, timeout_ms: u32) -> Self {
        self.options.timeout_ms = timeout_ms;
        self
    }

    /// Milliseconds for all attempts and the waits before and between them.
    pub fn deadline_ms(mut self, deadline_ms: u32) -> Self {
        self.options.deadline_ms = deadline_ms;
        self
    }

    /// How often it is sent again where that does no harm.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.options.max_retries = max_retries;
        self
    }

    /// Aborts the call when the signal is.
    pub fn signal(mut self, signal: &AbortSignal) -> Self {
        self.options.signal = Some(signal.clone());
        self
    }

    /// Adds a header, in place of one of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// Makes an endpoint that takes the header `Idempotency-Key` safe to repeat: the API does the work of a key once. Any other endpoint
    /// refuses the call.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        if !self.endpoint.keyed {
            self.input.fault = Some(Fault::new("idempotency_key", "an endpoint that takes the header Idempotency-Key", "another one"));
        }
        self.header("idempotency-key", key)
    }

    /// How exact the answer must be.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.options.validation = validation;
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
        change(&mut self.options);
        self
    }

    /// Gives the answer's own text instead of the model, for the day when the API is ahead of this crate.
    pub fn raw(self) -> Call<String> {
        self.decoding(decode::text)
    }

    /// Reads the answer into something else.
    #[cfg(not(feature = "js"))]
    pub(crate) fn reading<U: DeserializeOwned>(self) -> Call<U> {
        self.decoding(decode::json)
    }

    fn decoding<U>(self, decode: fn(&[u8]) -> serde_json::Result<U>) -> Call<U> {
        Call {
            endpoint: self.endpoint,
            input: self.input,
            options: self.options,
            limiter: self.limiter,
            #[cfg(not(feature = "js"))]
            flights: self.flights,
            decode,
        }
    }

    /// Gives status, headers and rate limit besides the model.
    ///
    /// # Errors
    /// As the call itself.
    pub async fn with_response(self) -> Result<Response<T>> {
        run(&self, &mut |_| Ok(())).await
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
        self.input = self.input.query(&object);
        self
    }

    /// Adds a JSON body to a call of [`Client::request`].
    pub fn body(mut self, body: &serde_json::Value) -> Self {
        self.input = self.input.body(body);
        self
    }
}

impl<T: 'static> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T>>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(run(&self, &mut |_| Ok(())).await?.data) })
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
}

impl<T> Response<T> {
    /// What the headers say of the rate limit.
    pub fn rate_limit(&self) -> RateLimit {
        RateLimit::of(&self.headers)
    }
}

/// How often an endpoint may still be called, for one project or organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RateLimit {
    /// Calls per window.
    pub limit: Option<u32>,
    /// Calls left in this window.
    pub remaining: Option<u32>,
    /// Seconds until the window ends.
    pub reset_seconds: Option<u32>,
}

impl RateLimit {
    /// Reads the headers of an answer, be it a success or an error.
    pub fn of(headers: &ResponseHeaders) -> Self {
        let headers = headers.to_headers();
        let number = |name: &str| headers.get(name).and_then(|value| value.trim().parse().ok());
        RateLimit { limit: number("x-ratelimit-limit"), remaining: number("x-ratelimit-remaining"), reset_seconds: number("x-ratelimit-reset") }
    }
}

/// What else is asked of an answer that decodes.
type Judge<'j, T> = &'j mut dyn FnMut(&T) -> std::result::Result<(), Fault>;

pub(crate) async fn run<T>(call: &Call<T>, judge: Judge<'_, T>) -> Result<Response<T>> {
    let Call { endpoint, input, options, .. } = call;
    let (json, body) = match &input.body {
        None => (None, JsValue::UNDEFINED),
        Some(Payload::Json(text)) => (Some(&**text), JsValue::from_str(&String::from_utf8_lossy(text))),
        Some(Payload::Eszip(bytes)) => (None, js_sys::Uint8Array::from(&**bytes).into()),
        Some(Payload::Multipart { json, .. }) => (Some(&**json), JsValue::UNDEFINED),
    };
    let arguments = Arguments { paths: &input.paths, query: &input.query, body: json };
    let safe = endpoint.repeat == Repeat::Safe;
    let reads = matches!(endpoint.verb, Verb::Get | Verb::Head) || (endpoint.verb == Verb::Post && safe);
    let route = join(&[endpoint.verb.as_str(), " ", endpoint.route]);
    let mut place = Place { endpoint: endpoint.id, route, safe, reads, row: endpoint };
    let mut secrets: Vec<Vec<u8>> = Vec::new();
    if let TokenSource::Fixed(token) = &options.access_token {
        secrets.extend(both_forms(token.trim_ascii()));
    }
    secrets.extend(options.headers.iter().filter(|(name, _)| is_secret_header(name)).flat_map(|(_, value)| secrets_of_header(value)));
    let request = match &input.fault {
        Some(fault) => Err(fault.clone()),
        None if endpoint.is_free() => free_request(&arguments),
        None => endpoint.request(&arguments),
    };
    if endpoint.is_free()
        && let Ok(request) = &request
    {
        place.route = join(&[request.verb.as_str(), " ", without_query(&request.target)]);
    }
    let mut attempts = 0;
    let result = match (settle(options, &call.limiter), request) {
        (Ok(settings), Ok(request)) => match encoded(endpoint, input, body) {
            Ok(body) => {
                secrets.extend(request.secrets);
                let known = known_of(endpoint, request.verb, &request.target);
                if endpoint.is_free() && !known.is_free() {
                    // Without the values in the path.
                    place.route = join(&[known.verb.as_str(), " ", known.route]);
                    secrets.extend(known.secrets_sent(without_query(&request.target), json));
                }
                let outgoing = endpoint.outgoing(known, request.verb, &request.target, json, true, is_keyed(&options.headers));
                let outgoing = outgoing.with_body(body);
                place.safe = outgoing.repeat == Repeat::Safe;
                place.reads = !outgoing.writes();
                place.row = outgoing.known;
                exchange(call, settings, outgoing, &mut secrets, &mut attempts, judge).await
            }
            Err(kind) => Err(kind),
        },
        (Err(fault), _) | (_, Err(fault)) => Err(ErrorKind::Input(fault)),
    };
    result.map_err(|mut kind| {
        // Texts of others lose the secrets that this client sent.
        if let ErrorKind::Api { text, .. } | ErrorKind::Decode { text, .. } = &mut kind {
            *text = redact_body(text, &secrets);
        }
        if let ErrorKind::Input(fault) | ErrorKind::Decode { fault, .. } = &mut kind {
            fault.path = redact(&fault.path, &secrets);
        }
        Error::new(place, kind, attempts)
    })
}

/// Whether a key of idempotency is among the headers.
pub(crate) fn is_keyed(headers: &[(String, String)]) -> bool {
    headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("idempotency-key"))
}

/// The body as `fetch` takes it: a form is no JSON.
fn encoded(endpoint: &Endpoint, input: &Input, body: JsValue) -> std::result::Result<JsValue, ErrorKind> {
    match (&input.body, endpoint.body) {
        (Some(Payload::Json(text)), Body::Form(_)) => pairs_of(text).map(|pairs| JsValue::from_str(&pairs)).map_err(ErrorKind::Input),
        (Some(Payload::Multipart { metadata, files, .. }), _) => {
            form_data(metadata, files).map_err(|cause| ErrorKind::Network { cause, status: None, lost: false })
        }
        _ => Ok(body),
    }
}

fn form_data(metadata: &str, files: &[FormFile]) -> std::result::Result<JsValue, JsValue> {
    let form = web_sys::FormData::new()?;
    form.append_with_str("metadata", metadata)?;
    for FormFile { path, content } in files {
        let part = js_sys::Array::of1(&js_sys::Uint8Array::from(&**content));
        form.append_with_blob_and_filename("file", &web_sys::Blob::new_with_u8_array_sequence(&part)?, path)?;
    }
    Ok(form.into())
}

async fn exchange<T>(
    call: &Call<T>,
    settings: Settings,
    outgoing: Outgoing,
    secrets: &mut Vec<Vec<u8>>,
    attempts: &mut u32,
    judge: Judge<'_, T>,
) -> std::result::Result<Response<T>, ErrorKind> {
    let Call { endpoint, options, decode, .. } = call;
    let incoming = dispatch(call, settings, outgoing, secrets, attempts).await?;
    let bytes = match endpoint.answer {
        Answer::Count => ResponseHeaders(incoming.headers.clone()).get("x-total-count").unwrap_or_default().into_bytes(),
        _ => bytes_of(&incoming)?,
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let hook = options.on_deviation.as_deref();
    let report = hook.map(|hook| move |fault: &Fault| hook(&Deviation { endpoint: endpoint.id, fault: fault.clone() }));
    let report = report.as_ref().map(|report| report as &dyn Fn(&Fault));
    let status = incoming.status;
    if let Answer::Json(ty) = endpoint.answer {
        outermost(bytes, ty).map_err(|fault| undecodable(fault, bytes, status))?;
        inspect(bytes, ty, options.validation == Validation::Strict, report).map_err(|fault| undecodable(fault, bytes, status))?;
        if endpoint.error_inside && has_error(bytes) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            return Err(ErrorKind::Api { status, text, headers: ResponseHeaders(incoming.headers) });
        }
    }
    let data = decode(bytes).map_err(|error| {
        // serde knows the reason but not the path: the checker finds it.
        let ty = if let Answer::Json(ty) = endpoint.answer { ty } else { Type::ANY };
        if matches!(endpoint.answer, Answer::Count) {
            return undecodable(Fault::new("", "a count in the header x-total-count", "another header, or none"), bytes, status);
        }
        let fault = inspect(bytes, ty, true, None).err().unwrap_or_else(|| Fault::new("", &expectation(ty), &error.to_string()));
        undecodable(fault, bytes, status)
    })?;
    judge(&data).map_err(|fault| undecodable(fault, bytes, status))?;
    Ok(Response { data, status, headers: ResponseHeaders(incoming.headers), attempts: *attempts })
}

#[cfg(feature = "js")]
fn known_of(endpoint: &'static Endpoint, _: Verb, _: &str) -> &'static Endpoint {
    endpoint
}

/// What a call without a row of its own leads to.
#[cfg(not(feature = "js"))]
fn known_of(endpoint: &'static Endpoint, verb: Verb, target: &str) -> &'static Endpoint {
    if endpoint.is_free() { Endpoint::find(verb, without_query(target)).unwrap_or(endpoint) } else { endpoint }
}

/// Sends it, or joins one that is the same.
async fn dispatch<T>(
    call: &Call<T>,
    settings: Settings,
    request: Outgoing,
    secrets: &mut Vec<Vec<u8>>,
    attempts: &mut u32,
) -> std::result::Result<Incoming, ErrorKind> {
    #[cfg(not(feature = "js"))]
    if call.options.dedupe && matches!(request.verb, Verb::Get | Verb::Head) {
        let (result, sent, count) = call.flights.board(request, settings).await;
        secrets.extend(sent);
        *attempts = count;
        return result;
    }
    #[cfg(feature = "js")]
    let _ = call;
    let result = send(&request, &settings, secrets).await;
    *attempts = request.attempts.get();
    result
}

/// Whether an object carries an error.
fn has_error(text: &[u8]) -> bool {
    Cursor::new(text).find(b"error").is_some_and(|mut error| error.kind() != Kind::Null)
}

/// Whether an answer is a list or an object as promised: serde would take a list for the fields of a struct, in their order.
fn outermost(text: &[u8], ty: Type) -> std::result::Result<(), Fault> {
    let kind = Cursor::new(text).kind();
    let fits = match ty.shape() {
        Shape::Array { .. } => kind == Kind::Array,
        Shape::Object(_) | Shape::Map(_) | Shape::Tagged { .. } => kind == Kind::Object,
        _ => true,
    };
    if fits { Ok(()) } else { Err(Fault::new("", &expectation(ty), kind.name())) }
}

/// Checks an answer as far as it is asked for.
pub(crate) fn inspect(text: &[u8], ty: Type, strict: bool, report: Option<&dyn Fn(&Fault)>) -> std::result::Result<(), Fault> {
    if !strict && report.is_none() {
        return Ok(());
    }
    // Most answers fit, and then there is nothing to say.
    if report.is_none() && supabase_management_wasm_skim::fits(text, ty.0) {
        return Ok(());
    }
    let mut checker = Checker::new(text, Mode::Answer, report.is_some());
    if checker.cursor.kind() == Kind::End {
        return Err(Fault::new("", &expectation(ty), "nothing"));
    }
    let _ = checker.value(ty, &Path::root(""));
    let mut wrong = Ok(());
    for (fault, counts) in checker.faults {
        if let Some(report) = report {
            report(&fault);
        }
        if counts && strict && wrong.is_ok() {
            wrong = Err(fault);
        }
    }
    wrong
}

fn undecodable(fault: Fault, text: &[u8], status: u16) -> ErrorKind {
    ErrorKind::Decode { fault, status, text: String::from_utf8_lossy(text).into_owned() }
}

/// How the bytes of an answer become what a call gives.
pub(crate) mod decode {
    use super::DeserializeOwned;

    pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
        serde_json::from_slice(bytes)
    }

    pub(crate) fn value(bytes: &[u8]) -> serde_json::Result<serde_json::Value> {
        if bytes.is_empty() { Ok(serde_json::Value::Null) } else { json(bytes) }
    }

    /// A statement that gives no rows may be answered with nothing.
    pub(crate) fn rows(bytes: &[u8]) -> serde_json::Result<super::Rows> {
        if bytes.is_empty() { Ok(super::Rows::new()) } else { json(bytes) }
    }

    pub(crate) fn bytes(bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
        Ok(bytes.to_vec())
    }

    pub(crate) fn text(bytes: &[u8]) -> serde_json::Result<String> {
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    #[expect(clippy::unnecessary_wraps, reason = "all readers have one signature")]
    pub(crate) fn nothing(_: &[u8]) -> serde_json::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::endpoints;

    #[test]
    fn an_answer_is_of_the_outermost_kind_that_is_promised() {
        for (id, right, wrong) in [("projects.list", "[]", "{}"), ("projects.upgrade", " {}", r#"["x"]"#), ("database.getOpenApi", "{}", "1")] {
            let row = endpoints().iter().find(|row| row.id == id).expect("a row");
            let Answer::Json(ty) = row.answer else { panic!("{id} answers no JSON") };
            assert_eq!(outermost(right.as_bytes(), ty), Ok(()), "{id}");
            assert!(outermost(wrong.as_bytes(), ty).is_err(), "{id}");
        }
    }
}
