//! The sandbox as what sends the requests of a client, for tests of Rust users: no server, no network, no time that passes.

use crate::{Called, Cut, Fault, InputError, Options, Outcome, Request, Response, Sandbox, Statement, Step};
use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::io;
use std::rc::Rc;
use supabase_management_wasm::testing::{VirtualTime, now_ms, sleep_ms, virtual_time};
use supabase_management_wasm::{Cause, Client, Fetch, Transport};

/// A sandbox that a client of the same program calls. Cloning it is cheap, and all clones are one.
///
/// ```
/// use supabase_management_sandbox::LocalSandbox;
/// use supabase_management_wasm::api::projects::ProjectStatus;
///
/// let sandbox = LocalSandbox::default();
/// let client = sandbox.client();
/// let call = async { client.projects().list().await };
/// let projects = futures_executor::block_on(call).unwrap();
/// assert_eq!(projects[0].status, ProjectStatus::ActiveHealthy);
/// ```
///
/// As long as one lives, waits of its thread take no time on a native target: the clock, which is the sandbox's as well, jumps to what is waited for.
#[derive(Clone)]
pub struct LocalSandbox(Rc<Inner>);

struct Inner {
    sandbox: RefCell<Sandbox>,
    database: Box<Database>,
    _time: VirtualTime,
}

type Database = dyn Fn(&Statement) -> Outcome;

impl LocalSandbox {
    /// Lets clients call a sandbox that has no database: what needs one is refused with 501.
    pub fn new(sandbox: Sandbox) -> Self {
        LocalSandbox::with_database(sandbox, |_| Outcome::NoDatabase)
    }

    /// Lets clients call a sandbox whose SQL you run: on a Postgres of yours, one database for each [`Statement::database`]. It is asked for one
    /// statement after the other, and answers at once; it must not call the sandbox.
    ///
    /// ```
    /// use supabase_management_sandbox::{LocalSandbox, Options, Outcome, Sandbox};
    /// use supabase_management_wasm::api::database::RunQuery;
    ///
    /// let sandbox = Sandbox::new(&Options::default(), 0).unwrap();
    /// let sandbox = LocalSandbox::with_database(sandbox, |statement| {
    ///     // Here a driver runs `statement.sql` with `statement.parameters`, and gives the rows as JSON or the error of Postgres.
    ///     assert_eq!(statement.database, "hqvkzumdtlrwaxbeogcy");
    ///     Outcome::Rows(r#"[{"one":1}]"#.into())
    /// });
    /// let client = sandbox.client();
    /// let call = async { client.database().query("hqvkzumdtlrwaxbeogcy", &RunQuery::new("select 1 as one")).await };
    /// let rows = futures_executor::block_on(call).unwrap();
    /// assert_eq!(rows.len(), 1);
    /// ```
    pub fn with_database(sandbox: Sandbox, run: impl Fn(&Statement) -> Outcome + 'static) -> Self {
        LocalSandbox(Rc::new(Inner { sandbox: RefCell::new(sandbox), database: Box::new(run), _time: virtual_time() }))
    }

    /// A client that calls it, with a token that it takes.
    pub fn client(&self) -> Client {
        let token = "sbp_0123456789abcdef0123456789abcdef01234567";
        Client::with(supabase_management_wasm::Options::new(token).fetch(Fetch::new(self.clone())))
    }

    /// Everything that exists, as [`Sandbox::save`] gives it.
    pub fn save(&self) -> String {
        self.0.sandbox.borrow().save()
    }

    /// Lets the next answers of an endpoint be something else: see [`Fault`]. A delay takes no time, as no wait does here: the clock jumps.
    ///
    /// ```
    /// use supabase_management_sandbox::{Fault, LocalSandbox};
    /// use supabase_management_wasm::api::organizations::CreateOrganization;
    ///
    /// let sandbox = LocalSandbox::default();
    /// let client = sandbox.client();
    /// // The client tries again: the third answer is the first good one.
    /// sandbox.fail(Fault { endpoint: "projects.list".into(), status: Some(503), times: Some(2), ..Fault::default() }).unwrap();
    /// let call = async { client.projects().list().await };
    /// assert_eq!(futures_executor::block_on(call).unwrap().len(), 3);
    /// assert_eq!(sandbox.calls().len(), 3);
    ///
    /// // It does what was asked for, and nobody hears of it.
    /// sandbox.fail(Fault { endpoint: "organizations.*".into(), lost: true, carried_out: true, ..Fault::default() }).unwrap();
    /// let call = async { client.organizations().create(&CreateOrganization::new("Acme")).await };
    /// assert!(futures_executor::block_on(call).unwrap_err().outcome_unknown());
    /// ```
    ///
    /// # Errors
    /// See [`Sandbox::fail`].
    pub fn fail(&self, fault: Fault) -> Result<(), InputError> {
        self.0.sandbox.borrow_mut().fail(fault)
    }

    /// Moves the clock of the sandbox ahead, in milliseconds: see [`Sandbox::advance`]. That of the client stays.
    ///
    /// ```
    /// use supabase_management_sandbox::LocalSandbox;
    /// use supabase_management_wasm::api::projects::ProjectStatus;
    ///
    /// let sandbox = LocalSandbox::default();
    /// let client = sandbox.client();
    /// let status = || futures_executor::block_on(async { client.projects().get("wnfcjpoybtgxirdkqseu").await }).unwrap().status;
    /// assert_eq!(status(), ProjectStatus::ComingUp);
    /// sandbox.advance(6_000);
    /// assert_eq!(status(), ProjectStatus::ActiveHealthy);
    /// ```
    pub fn advance(&self, milliseconds: u64) {
        self.0.sandbox.borrow_mut().advance(milliseconds);
    }

    /// The last 1,000 calls, oldest first.
    ///
    /// ```
    /// use supabase_management_sandbox::LocalSandbox;
    ///
    /// let sandbox = LocalSandbox::default();
    /// let client = sandbox.client();
    /// futures_executor::block_on(async { client.projects().list().await }).unwrap();
    /// let calls = sandbox.calls();
    /// assert_eq!((calls[0].endpoint, calls[0].status), (Some("projects.list"), Some(200)));
    /// ```
    pub fn calls(&self) -> Vec<Called> {
        self.0.sandbox.borrow().calls()
    }

    /// Begins anew: see [`Sandbox::reset`].
    pub fn reset(&self) {
        self.0.sandbox.borrow_mut().reset(now_ms() as i64);
    }

    fn answer(&self, request: &Request<'_>) -> Response {
        let now = now_ms() as i64;
        let mut step = self.0.sandbox.borrow_mut().begin(request, now);
        loop {
            match step {
                Step::Done(response) => return response,
                Step::Sql(pending) => {
                    let outcome = (self.0.database)(pending.statement());
                    step = self.0.sandbox.borrow_mut().resume(pending, outcome, now);
                }
            }
        }
    }
}

/// What a client gets of an answer, by and by.
async fn given(answer: Response) -> Result<http::Response<Vec<u8>>, Cause> {
    if answer.delay_ms > 0 {
        sleep_ms(answer.delay_ms.into()).await;
    }
    let lost = |kind: io::ErrorKind, words: &str| Err(Cause::new(io::Error::new(kind, words)));
    match answer.cut {
        Some(Cut::Lost) => return lost(io::ErrorKind::ConnectionReset, "the connection was lost"),
        Some(Cut::Truncated) => return lost(io::ErrorKind::UnexpectedEof, "the body ended early"),
        None => {}
    }
    let mut response = http::Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(&*name, value);
    }
    response.body(answer.body).map_err(Cause::new)
}

/// A sandbox with two organizations and three projects.
impl Default for LocalSandbox {
    fn default() -> Self {
        let sandbox = Sandbox::new(&Options::default(), now_ms() as i64);
        LocalSandbox::new(sandbox.unwrap_or_else(|error| unreachable!("the seed of every sandbox fits: {error}")))
    }
}

impl Transport for LocalSandbox {
    fn send(&self, request: http::Request<Vec<u8>>) -> impl Future<Output = Result<http::Response<Vec<u8>>, Cause>> + 'static {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let origin = request.uri().scheme_str().zip(request.uri().authority()).map(|(scheme, authority)| format!("{scheme}://{authority}"));
        let asked = Request {
            method: request.method().as_str(),
            target: request.uri().path_and_query().map_or("/", |target| target.as_str()),
            authorization: header("authorization"),
            content_type: header("content-type"),
            accept: header("accept"),
            idempotency_key: header("idempotency-key"),
            origin: origin.as_deref(),
            body: request.body(),
        };
        given(self.answer(&asked))
    }
}

impl fmt::Debug for LocalSandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LocalSandbox(…)")
    }
}
