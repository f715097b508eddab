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

mod call;
mod handlers;
mod limits;
mod random;
mod route;
mod seed;
mod state;
mod time;
mod transport;
mod wasm;

pub use state::BrokenState;
pub use transport::LocalSandbox;

use call::{Call, Refusal, Reply, Sent};
use limits::{Limits, Standing};
use random::Random;
use serde_json::Value;
use state::Account;
use supabase_management_wasm::Fault;
use supabase_management_wasm::endpoint::{Body, Endpoint};

/// Largest body that is taken, in bytes; a larger one gives 413.
pub const MAX_BODY: usize = 50 * 1024 * 1024;

/// Media type of an eszip bundle.
const ESZIP: &str = "application/vnd.denoland.eszip";

/// What a sandbox begins with.
#[derive(Clone)]
pub struct Options {
    /// What [`Sandbox::save`] gave; without it, two organizations with three projects.
    pub state: Option<String>,
    /// Milliseconds until a new project is healthy.
    pub startup_ms: i64,
    /// Calls per minute, for each token, endpoint and project or organization; `None` lets every call pass.
    pub rate_limit: Option<u32>,
    /// Where references and ids come from: the same seed gives the same ones.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options { state: None, startup_ms: 6_000, rate_limit: Some(limits::PER_MINUTE), seed: 0 }
    }
}

/// What of a request is looked at.
#[derive(Clone, Copy, Default)]
pub struct Request<'r> {
    /// As in a request line: `GET`.
    pub method: &'r str,
    /// Path and query, percent-encoded. What stands before `/v1/` is ignored, so that a proxy's prefix does no harm.
    pub target: &'r str,
    /// The header of that name.
    pub authorization: Option<&'r str>,
    /// The header of that name.
    pub content_type: Option<&'r str>,
    /// The body.
    pub body: &'r [u8],
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// An account with organizations, projects and what is in them.
///
/// It has no `Debug`, as it knows secrets.
pub struct Sandbox {
    account: Account,
    limits: Limits,
    random: Random,
    startup_ms: i64,
}

impl Sandbox {
    /// Starts one. Times are milliseconds since 1970.
    ///
    /// # Errors
    /// A state that [`Sandbox::save`] did not give.
    pub fn new(options: &Options, now_ms: i64) -> Result<Self, BrokenState> {
        let account = match &options.state {
            Some(text) => Account::load(text)?,
            None => seed::account(now_ms, options.startup_ms),
        };
        Ok(Sandbox { account, limits: Limits::new(options.rate_limit), random: Random::new(options.seed), startup_ms: options.startup_ms })
    }

    /// The endpoints that are answered, as the client names them: `projects.list`. A row of the client that is not among them gives 501.
    pub fn built() -> impl Iterator<Item = &'static str> {
        handlers::HANDLERS.iter().map(|(id, _)| *id)
    }

    /// Everything that exists, as JSON. It holds the values of secrets in clear. Counts of the rate limit are not in it.
    pub fn save(&self) -> String {
        self.account.save()
    }

    /// Answers a request at the given time, in milliseconds since 1970.
    pub fn handle(&mut self, request: &Request<'_>, now_ms: i64) -> Response {
        let target = route::own_part(request.target);
        let row = route::find(request.method, target);
        let token = request.authorization.and_then(accepted_token);
        let sent = row.as_ref().map_or(Ok(Sent::Nothing), |(endpoint, _)| read_body(endpoint, request));
        let place = row.as_ref().map_or("", |(endpoint, _)| endpoint.id);
        let scope = match (&row, &sent) {
            (Some((_, values)), _) if !values.is_empty() => values[0].as_str(),
            // A creation counts against what it belongs to.
            (_, Ok(Sent::Json(body))) => body.get("organization_slug").and_then(Value::as_str).unwrap_or_default(),
            _ => "",
        };
        let standing = self.limits.count([token.unwrap_or_default(), place, scope], now_ms);

        let outcome = if standing.exceeded {
            Err(Refusal::new(429, "ThrottlerException: Too Many Requests"))
        } else if let Some((endpoint, values)) = row {
            match token {
                // What hands tokens out cannot ask for one.
                None if !endpoint.anonymous => Err(Refusal::new(401, "Unauthorized")),
                _ => self.answer(endpoint, values, target, sent, request.body, now_ms),
            }
        } else {
            Err(Refusal::new(404, format!("Cannot {} {target}", request.method)))
        };
        let status = if request.method == "POST" { 201 } else { 200 };
        response(status, outcome, standing)
    }

    fn answer(
        &mut self,
        endpoint: &'static Endpoint,
        values: Vec<String>,
        target: &str,
        sent: Result<Sent<'_>, Refusal>,
        body: &[u8],
        now_ms: i64,
    ) -> Result<Reply, Refusal> {
        let Some((_, handler)) = handlers::HANDLERS.iter().find(|(id, _)| *id == endpoint.id) else {
            return Err(Refusal::new(501, format!("the sandbox does not answer {} yet", endpoint.id)));
        };
        let sent = sent?;
        let query = route::query(endpoint, target);
        let paths: Vec<&str> = values.iter().map(String::as_str).collect();
        let json = match &sent {
            Sent::Eszip(_) => None,
            Sent::Json(_) => Some(body),
            Sent::Nothing => Some(&b""[..]),
        };
        endpoint.validate(&paths, query.to_string().as_bytes(), json).map_err(|fault| refuse_fault(&fault))?;
        handler(self, &Call::new(now_ms, values, query, sent))
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
        _ if request.body.is_empty() => Ok(Sent::Nothing),
        // The API skips a body of another type, and then misses it. The answer is the same, the words say why.
        _ if media_type != "application/json" => {
            Err(Refusal::new(400, format!("Invalid input: expected a body of the content type application/json, received {media_type:?}")))
        }
        _ => {
            serde_json::from_slice(request.body).map(Sent::Json).map_err(|_| Refusal::new(400, "Invalid input: expected JSON, received another text"))
        }
    }
}

/// A fault in the words of the API.
fn refuse_fault(Fault { path, expected, received, .. }: &Fault) -> Refusal {
    // The API does not tell a field of the query from one of the body.
    let path = path.strip_prefix("query.").unwrap_or(path);
    let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
    Refusal::new(400, format!("{place}Invalid input: expected {expected}, received {received}"))
}

fn response(status: u16, outcome: Result<Reply, Refusal>, standing: Standing) -> Response {
    let mut headers = vec![
        ("x-ratelimit-limit", standing.limit.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        ("x-ratelimit-reset", standing.reset_seconds.to_string()),
    ];
    let (status, body) = match outcome {
        Ok(Reply::Nothing) => (status, Vec::new()),
        Ok(Reply::Json(text)) => (status, text),
        Err(Refusal { status, message }) => (status, serde_json::json!({ "message": message }).to_string().into_bytes()),
    };
    if !body.is_empty() {
        headers.push(("content-type", "application/json; charset=utf-8".into()));
    }
    Response { status, headers, body }
}
