//! The sandbox as what sends the requests of a client, for tests of Rust users: no server, no network, no time that passes.

use crate::{Options, Request, Sandbox};
use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::rc::Rc;
use supabase_management_wasm::testing::{VirtualTime, now_ms, virtual_time};
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
pub struct LocalSandbox(Rc<(RefCell<Sandbox>, VirtualTime)>);

impl LocalSandbox {
    /// Lets clients call a sandbox.
    pub fn new(sandbox: Sandbox) -> Self {
        LocalSandbox(Rc::new((RefCell::new(sandbox), virtual_time())))
    }

    /// A client that calls it, with a token that it takes.
    pub fn client(&self) -> Client {
        let token = "sbp_0123456789abcdef0123456789abcdef01234567";
        Client::with(supabase_management_wasm::Options::new(token).fetch(Fetch::new(self.clone())))
    }

    /// Everything that exists, as [`Sandbox::save`] gives it.
    pub fn save(&self) -> String {
        self.0.0.borrow().save()
    }
}

/// A sandbox with two organizations and three projects.
impl Default for LocalSandbox {
    fn default() -> Self {
        let sandbox = Sandbox::new(&Options::default(), now_ms() as i64);
        LocalSandbox::new(sandbox.unwrap_or_else(|_| unreachable!("only a state that was saved can be broken")))
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
        let given = self.0.0.borrow_mut().handle(&asked, now_ms() as i64);
        let mut answer = http::Response::builder().status(given.status);
        for (name, value) in given.headers {
            answer = answer.header(name, value);
        }
        std::future::ready(answer.body(given.body).map_err(Cause::new))
    }
}

impl fmt::Debug for LocalSandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LocalSandbox(…)")
    }
}
