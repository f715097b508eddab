//! The client: options, and what its calls share.

use crate::fetch::{Fetch, Transport};
use crate::options::{Options, TokenSource};
use crate::send_wrapper::SendWrapper;
use crate::transport::Dispatcher;
use crate::transport::rate_limit::BucketState;
use std::rc::Rc;

/// A client of the Management API. Cloning it is cheap, and all clones share what is known of rate limits.
///
/// It is `Send` and `Sync`, so that it fits into the contexts and signals of Leptos, Yew and Dioxus as it is. Still, it belongs to the thread that made it:
/// a call that is made or awaited on another thread panics. WebAssembly without shared memory has only one thread, so this cannot happen there.
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
/// `tests/frontend-leptos`, `tests/frontend` (Yew) and `tests/frontend-dioxus` of the repository show how a page puts it into a context.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) options: SendWrapper<Rc<Options>>,
    pub(crate) dispatcher: SendWrapper<Rc<Dispatcher>>,
}

/// Clones of one client are equal. Two clients that were made separately are not, even with the same options. Yew and Dioxus compare contexts and
/// properties to see whether something has changed, and a clone has not.
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

    /// A client with options. They are checked at the first call: a wrong option is the error of that call.
    pub fn with(options: Options) -> Self {
        let dispatcher = Dispatcher::new(options.max_concurrent);
        Client { options: SendWrapper::new(Rc::new(options)), dispatcher: SendWrapper::new(Rc::new(dispatcher)) }
    }

    /// A client that sends its requests through a transport of yours instead of `fetch`: in tests (see [`testing`](crate::testing)), in native programs, and
    /// wherever requests travel another way. It has no token; the transport may add one, or use [`Client::with`] and [`Options::fetch`].
    pub fn with_transport(transport: impl Transport) -> Self {
        Self::with(Options { fetch: Some(Fetch::new(transport)), ..Options::default() })
    }

    /// What is known about the rate limits of the endpoints and projects that were called lately.
    pub fn rate_limits(&self) -> Vec<BucketState> {
        self.dispatcher.limiter.states()
    }
}
