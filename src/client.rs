//! The client: options, and what its calls share.

use crate::fetch::{Fetch, Transport};
use crate::options::{Options, TokenSource};
use crate::send_wrapper::SendWrapper;
use crate::transport::Dispatcher;
use crate::transport::rate_limit::BucketState;
use std::rc::Rc;

/// A client of the Management API. Cloning it is cheap, and all clones share what is known of rate limits.
///
/// It is `Send` and `Sync`, so that it fits into the contexts and signals of Leptos, Yew and Dioxus as it is. It is for one thread all the same, the one
/// that made it, which is the only one there is in WebAssembly without shared memory: a call that is made or awaited on another thread panics.
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
///
/// How a page puts it into a context: `tests/frontend-leptos`, `tests/frontend` (Yew) and `tests/frontend-dioxus` of the repository, each a page long.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) options: SendWrapper<Rc<Options>>,
    pub(crate) dispatcher: SendWrapper<Rc<Dispatcher>>,
}

/// Clones of one client are equal, and two that were made apart are not, whatever their options. Yew and Dioxus compare contexts and properties: those are
/// new when the client is another one.
impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.options, &other.options) && Rc::ptr_eq(&self.dispatcher, &other.dispatcher)
    }
}

impl Eq for Client {}

impl Client {
    /// A client with a token, or a source of tokens.
    pub fn new(access_token: impl Into<TokenSource>) -> Self {
        Self::with(Options { access_token: access_token.into(), ..Options::default() })
    }

    /// A client with options. Whether they are right is known at the first call, whose error it would be.
    pub fn with(options: Options) -> Self {
        let dispatcher = Dispatcher::new(options.max_concurrent);
        Client { options: SendWrapper::new(Rc::new(options)), dispatcher: SendWrapper::new(Rc::new(dispatcher)) }
    }

    /// A client that sends its requests through a transport of yours, in the place of `fetch`: for tests (see [`testing`](crate::testing)), natively,
    /// and where requests go some other way. It has no token, which the transport may add.
    pub fn with_transport(transport: impl Transport) -> Self {
        Self::with(Options { fetch: Some(Fetch::new(transport)), ..Options::default() })
    }

    /// What is known of the rate limits: the buckets that were used lately.
    pub fn rate_limits(&self) -> Vec<BucketState> {
        self.dispatcher.limiter.states()
    }
}
