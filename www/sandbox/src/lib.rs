//! The Supabase Management API on your own machine: a state machine behind the endpoint rows of the client.
//!
//! ```
//! use supabase_management_sandbox::{Options, Request, Sandbox};
//!
//! let mut sandbox = Sandbox::new(&Options::default(), 0).unwrap();
//! let request = Request { method: "GET", target: "/v1/projects", authorization: Some("Bearer sbp_any"), ..Request::default() };
//! assert_eq!(sandbox.handle(&request, 0).status, 200);
//! ```
//!
//! It has neither clock nor timers nor network: a request and the time go in, a response comes out. What exists is routed and checked by
//! [`supabase_management_wasm::api::endpoints`]; what is answered stands in the table of `handlers`. A row that nobody answers yet gives 501.
//!
//! What needs a real Postgres is run by the host of the sandbox: see [`Sandbox::begin`]. Without one, [`Sandbox::handle`] says so.

mod call;
mod control;
mod digest;
mod handlers;
mod json;
mod limits;
mod multipart;
mod random;
mod read;
mod record;
mod route;
mod seed;
mod sql;
mod state;
mod time;
mod tokens;
mod transport;
mod typescript;
mod wasm;

pub use control::{Called, Cut, Fault};
pub use handlers::v2::events::Delivery;
pub use read::InputError;
pub use sql::{Outcome, Pending, SqlError, Statement, Step};
pub use transport::LocalSandbox;

use supabase_management_compact::{order, search};

use call::{Answer, Call, Headers, Refusal, Reply, Sent, of_v2};
use control::{Control, Ending};
use json::{array, gather, json};
use limits::{Limits, Standing};
use multipart::Part;
use random::Random;
use serde_json::Value;
use state::Account;
use std::borrow::Cow;
use supabase_management_wasm::endpoint::{Answer as RowAnswer, Body, Endpoint};
use tokens::Viewer;

/// Largest body that is taken, in bytes; a larger one gives 413.
pub const MAX_BODY: usize = 50 * 1024 * 1024;

/// Media type of an eszip bundle.
const ESZIP: &str = "application/vnd.denoland.eszip";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// What a sandbox begins with.
#[derive(Clone)]
pub struct Options {
    /// What [`Sandbox::save`] gave.
    pub state: Option<String>,
    /// What it begins with, as people write it: the README tells how. Without it and without a state, two organizations with three projects. With
    /// a state there can be none.
    pub seed: Option<Value>,
    /// Milliseconds until a new project is healthy.
    pub startup_ms: i64,
    /// Calls per minute, for each token, endpoint and project or organization; `None` lets every call pass.
    pub rate_limit: Option<u32>,
    /// Where references and ids come from: the same number gives the same ones.
    pub random_seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options { state: None, seed: None, startup_ms: 6_000, rate_limit: Some(limits::PER_MINUTE), random_seed: 0 }
    }
}

/// What of a request is looked at.
#[derive(Clone, Copy, Default)]
pub struct Request<'r> {
    /// As in a request line: `GET`.
    pub method: &'r str,
    /// Path and query, percent-encoded. What stands before `/v1/` or `/v2/` is ignored, so that a proxy's prefix does no harm.
    pub target: &'r str,
    /// The header of that name.
    pub authorization: Option<&'r str>,
    /// The header of that name.
    pub content_type: Option<&'r str>,
    /// The header of that name: who downloads a function and accepts `multipart/form-data` gets its files.
    pub accept: Option<&'r str>,
    /// The header of that name: a migration with the same one is applied once.
    pub idempotency_key: Option<&'r str>,
    /// Where this sandbox is reached, as `http://127.0.0.1:54321`: what it answers as an address to upload to begins with it. Without it, that is the
    /// address of the API itself, which is right where a client calls the sandbox in the same program.
    pub origin: Option<&'r str>,
    /// The body.
    pub body: &'r [u8],
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long a host waits before it gives the answer, in milliseconds: see [`Fault`].
    pub delay_ms: u32,
    /// What a host does to the connection in place of answering as a whole.
    pub cut: Option<Cut>,
}

/// An account with organizations, projects and what is in them.
///
/// It has no `Debug`, as it knows secrets.
pub struct Sandbox {
    account: Account,
    limits: Limits,
    random: Random,
    startup_ms: i64,
    control: Control,
}

impl Sandbox {
    /// Starts one. Times are milliseconds since 1970.
    ///
    /// # Errors
    /// A state that [`Sandbox::save`] did not give, or a seed that does not fit; the error says where.
    pub fn new(options: &Options, now_ms: i64) -> Result<Self, InputError> {
        if options.state.is_some() && options.seed.is_some() {
            return Err(InputError::new("seed", "nothing, as there is a state", "a seed"));
        }
        let account = options.state.as_deref().map_or_else(|| Ok(Account::empty()), Account::load)?;
        let mut sandbox = Sandbox {
            account,
            limits: Limits::new(options.rate_limit),
            random: Random::new(options.random_seed),
            startup_ms: options.startup_ms,
            control: Control::new(options.clone()),
        };
        match (&options.state, &options.seed) {
            (Some(_), _) => {}
            (None, Some(seed)) => seed::sow(&mut sandbox, seed, now_ms)?,
            (None, None) => {
                // What is random in it is the same in every sandbox.
                sandbox.random = Random::new(0);
                seed::sow(&mut sandbox, &read::parse_own(seed::DEFAULT), now_ms)?;
                sandbox.random = Random::new(options.random_seed);
            }
        }
        Ok(sandbox)
    }

    /// The endpoints that are answered, as the client names them: `projects.list`. A row of the client that is not among them gives 501.
    pub fn built() -> impl Iterator<Item = &'static str> {
        handlers::all().map(|(id, _)| *id)
    }

    /// Everything that exists, as JSON. It holds the values of secrets in clear. Counts of the rate limit are not in it.
    pub fn save(&self) -> String {
        self.account.save()
    }

    /// What to run on a database that was never used, one text after the other: the migrations of its project, in order. One that fails was
    /// written down without having been applied.
    pub fn initial_sql(&self, database: &str) -> Vec<String> {
        let project = self.account.projects.iter().find(|project| project.r#ref == database);
        gather(project.into_iter().flat_map(|project| &project.migrations).map(handlers::migrations::as_sql))
    }

    /// The databases that there are, by the references of their projects and branches. Any other was deleted.
    pub fn databases(&self) -> impl Iterator<Item = &str> {
        self.account.projects.iter().map(|project| &*project.r#ref)
    }

    /// Answers a request at the given time, in milliseconds since 1970, without a database: what needs one is refused with 501.
    pub fn handle(&mut self, request: &Request<'_>, now_ms: i64) -> Response {
        let mut step = self.begin(request, now_ms);
        loop {
            match step {
                Step::Done(response) => return response,
                Step::Sql(pending) => step = self.resume(pending, Outcome::NoDatabase, now_ms),
            }
        }
    }

    /// Answers a request, or says which SQL must be run first. Others may be answered meanwhile.
    pub fn begin(&mut self, request: &Request<'_>, now_ms: i64) -> Step {
        if let Some(response) = control::answer(self, request, now_ms) {
            return Step::Done(response);
        }
        let now_ms = self.time(now_ms);
        self.account.sweep(now_ms);
        handlers::v2::events::settle(self, now_ms);
        let target = route::own_part(request.target);
        let row = route::find(request.method, target).or_else(|| {
            // A server answers HEAD wherever it answers GET.
            if request.method == "HEAD" { route::find("GET", target) } else { None }
        });
        let token = request.authorization.and_then(accepted_token).filter(|token| self.account.oauth.takes(token, now_ms));
        let sent = row.as_ref().map_or(Ok(Sent::Nothing), |(endpoint, _)| read_body(endpoint, request));
        let place = row.as_ref().map_or("", |(endpoint, _)| endpoint.id);
        let rate = row.as_ref().and_then(|(endpoint, _)| endpoint.rates.first());
        let scope = match (&row, &sent) {
            (Some((_, values)), _) if !values.is_empty() => values[0].as_str(),
            // A creation counts against what it belongs to.
            (_, Ok(Sent::Json(body))) => body.get("organization_slug").and_then(Value::as_str).unwrap_or_default(),
            _ => "",
        };
        let known = row.as_ref().map(|(endpoint, values)| (*endpoint, &**values));
        let entry = self.control.log.begin(now_ms, request.method, target, known, sent.as_ref().ok(), request.body);
        let viewer = Viewer::new(&self.account, token);
        let ending = self.control.begin(entry, place, request.method == "HEAD", viewer.clone());
        let standing = self.limits.count([token.unwrap_or_default(), place, scope], rate, now_ms);

        let outcome = if ending.fault.as_ref().is_some_and(|fault| fault.prevents()) {
            // The fault has an answer of its own.
            Ok(Reply::Nothing)
        } else if standing.exceeded {
            Err(Refusal::new(429, "ThrottlerException: Too Many Requests"))
        } else if let Some((endpoint, values)) = row {
            match token {
                // What hands tokens out cannot ask for one, and a browser that is sent here has none.
                None if !endpoint.anonymous && !matches!(endpoint.answer, RowAnswer::Url) => Err(Refusal::new(401, "Unauthorized")),
                _ => self.seen_by(&viewer, |sandbox| sandbox.answer(endpoint, values, target, sent, request, now_ms)),
            }
        } else if let Some(answer) = handlers::v2::compute::upload(self, request, target, now_ms) {
            answer
        } else {
            Err(Refusal::new(404, format!("Cannot {} {target}", request.method)))
        };
        let outcome = if target.starts_with("/v2/") { of_v2(outcome) } else { outcome };
        let step = finish(if request.method == "POST" { 201 } else { 200 }, outcome, standing);
        self.control.end(step, ending)
    }

    /// Goes on with what waits for SQL.
    pub fn resume(&mut self, pending: Pending, outcome: Outcome, now_ms: i64) -> Step {
        let Pending { sql, standing, status, ending } = pending;
        self.account.sweep(self.time(now_ms));
        let answer = match &ending {
            Some(Ending { viewer, .. }) => self.seen_by(&viewer.clone(), |sandbox| (sql.then)(sandbox, outcome)),
            None => (sql.then)(self, outcome),
        };
        let step = finish(status, answer, standing);
        match ending {
            Some(ending) => self.control.end(step, ending),
            None => step,
        }
    }

    /// Does something with what a viewer sees.
    fn seen_by(&mut self, viewer: &Viewer, work: impl FnOnce(&mut Self) -> Answer) -> Answer {
        let hidden = self.account.hide(viewer);
        let known = self.account.organizations.len();
        let answer = work(self);
        self.account.unhide(hidden, viewer, known);
        answer
    }

    fn answer(
        &mut self,
        endpoint: &'static Endpoint,
        values: Vec<String>,
        target: &str,
        sent: Result<Sent<'_>, Refusal>,
        request: &Request<'_>,
        now_ms: i64,
    ) -> Answer {
        let Some((_, handler)) = handlers::all().find(|(id, _)| *id == endpoint.id) else {
            return Err(Refusal::new(501, format!("the sandbox does not answer {} yet", endpoint.id)));
        };
        let sent = sent?;
        let query = route::query(endpoint, target);
        let paths: Vec<&str> = gather(values.iter().map(String::as_str));
        let made;
        let json = match &sent {
            Sent::Eszip(_) => None,
            // The text as it came: a field that is there twice is checked twice.
            Sent::Json(_) if !matches!(endpoint.body, Body::Form(_)) => Some(request.body),
            Sent::Json(value) => {
                made = json::text(value);
                Some(made.as_bytes())
            }
            Sent::Multipart(metadata, parts) => {
                made = json::text(&multipart_value(metadata, parts));
                Some(made.as_bytes())
            }
            Sent::Nothing => Some(&b""[..]),
        };
        endpoint.validate(&paths, json::text(&query).as_bytes(), json).or_else(|fault| {
            // The API has words of its own for this one: those of the handler.
            let is_lost = fault.path == "metadata.entrypoint_path" && fault.expected == "the path of one of the files";
            if is_lost { Ok(()) } else { Err(refuse_fault(&fault)) }
        })?;
        let Request { authorization, accept, idempotency_key, origin, .. } = *request;
        let call = Call::new(now_ms, values, query, sent, Headers { authorization, accept, idempotency_key, origin });
        handlers::v2::events::run(self, endpoint.id, *handler, &call)
    }
}

/// The token of an `Authorization` header, if the sandbox takes it.
fn accepted_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with("sbp_") && !token.contains(char::is_whitespace)).then_some(token)
}

/// The body as the row wants it.
fn read_body<'r>(endpoint: &Endpoint, request: &Request<'r>) -> Result<Sent<'r>, Refusal> {
    if request.body.len() > MAX_BODY {
        return Err(Refusal::new(413, "request entity too large"));
    }
    let media_type = request.content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match endpoint.body {
        Body::None => Ok(Sent::Nothing),
        Body::JsonOrEszip(_) if media_type == ESZIP && request.body.is_empty() => {
            Err(Refusal::new(400, "Invalid input: expected the bytes of an eszip bundle, received nothing"))
        }
        Body::JsonOrEszip(_) if media_type == ESZIP => Ok(Sent::Eszip(request.body)),
        // Nothing is a form without fields.
        Body::Form(_) if media_type == FORM => Ok(Sent::Json(route::form(request.body))),
        _ if request.body.is_empty() => Ok(Sent::Nothing),
        Body::Multipart(_) if media_type == MULTIPART => read_multipart(request),
        Body::Form(_) | Body::Multipart(_) => {
            let expected = if matches!(endpoint.body, Body::Form(_)) { FORM } else { MULTIPART };
            Err(Refusal::new(400, format!("Invalid input: expected a body of the content type {expected}, received {media_type:?}")))
        }
        // The API skips a body of another type, and then misses it. The answer is the same, the words say why.
        _ if media_type != "application/json" => {
            Err(Refusal::new(400, format!("Invalid input: expected a body of the content type application/json, received {media_type:?}")))
        }
        _ => read::parse(request.body).map(Sent::Json).map_err(|_| Refusal::new(400, "Invalid input: expected JSON, received another text")),
    }
}

fn read_multipart<'r>(request: &Request<'r>) -> Result<Sent<'r>, Refusal> {
    let broken = || Refusal::new(400, "Invalid input: expected a form of several parts, received another text");
    let mut parts = multipart::read(request.content_type.unwrap_or_default(), request.body).ok_or_else(broken)?;
    let metadata = parts.iter().position(|part| part.name == "metadata").map(|at| parts.remove(at));
    let text = metadata.ok_or_else(|| Refusal::new(400, "metadata: Invalid input: expected object, received nothing"))?.content;
    let metadata = read::parse(text).map_err(|_| Refusal::new(400, "metadata: Invalid input: expected JSON, received another text"))?;
    Ok(Sent::Multipart(metadata, parts))
}

/// A form of several parts as the JSON that its row checks.
fn multipart_value(metadata: &Value, parts: &[Part<'_>]) -> Value {
    let files = array(parts.iter().map(|part| json!({ "path": part.file_name })));
    json!({ "metadata": metadata, "file": files })
}

/// A fault in the words of the API.
fn refuse_fault(supabase_management_wasm::Fault { path, expected, received, .. }: &supabase_management_wasm::Fault) -> Refusal {
    // The API does not tell a field of the query from one of the body.
    let path = path.strip_prefix("query.").unwrap_or(path);
    // Nor does it name the body as a whole. The one field of that name, the source of a function, is text.
    let is_whole = path == "body" && matches!(expected.as_str(), "object" | "array");
    let place = if path.is_empty() || is_whole { String::new() } else { format!("{path}: ") };
    Refusal::new(400, format!("{place}Invalid input: expected {expected}, received {received}"))
}

/// The response to what a handler gave, or what must be run first. The status is that of the verb.
fn finish(status: u16, outcome: Answer, standing: Standing) -> Step {
    let mut headers = vec![
        ("x-ratelimit-limit", standing.limit.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        ("x-ratelimit-reset", standing.reset_seconds.to_string()),
    ];
    let json = || "application/json; charset=utf-8".to_owned();
    let (status, content_type, body) = match outcome {
        Ok(Reply::Sql(sql)) => return Step::Sql(Pending { sql, standing, status, ending: None }),
        Ok(Reply::Nothing) => (status, None, Vec::new()),
        Ok(Reply::Empty(status)) => (status, None, Vec::new()),
        Ok(Reply::Json(text)) => (status, Some(json()), text),
        Ok(Reply::JsonWith(status, text)) => (status, Some(json()), text),
        Ok(Reply::Text(text)) => (status, Some("text/plain; charset=utf-8".into()), text.into_bytes()),
        Ok(Reply::Bytes { content_type, body }) => (status, Some(content_type), body),
        Ok(Reply::Redirect(address)) => {
            headers.push(("location", address));
            (302, None, Vec::new())
        }
        Ok(Reply::Count(count)) => {
            headers.push(("x-total-count", count.to_string()));
            (status, None, Vec::new())
        }
        Err(refusal) => (refusal.status, Some(json()), json::text(&refusal.body()).into_bytes()),
    };
    headers.extend(content_type.map(|content_type| ("content-type", content_type)));
    let headers = gather(headers.into_iter().map(|(name, value)| (name.into(), value)));
    Step::Done(Response { status, headers, body, delay_ms: 0, cut: None })
}
