//! The client: options, and what its calls share.

use crate::options::{Options, TokenSource};
use crate::transport::Transport;
use crate::transport::rate_limit::BucketState;
use std::rc::Rc;

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
    pub(crate) options: Rc<Options>,
    pub(crate) transport: Rc<Transport>,
}

impl Client {
    /// A client with a token, or a source of tokens.
    pub fn new(access_token: impl Into<TokenSource>) -> Self {
        Self::with(Options { access_token: access_token.into(), ..Options::default() })
    }

    /// A client with options. Whether they are right is known at the first call, whose error it would be.
    pub fn with(options: Options) -> Self {
        let transport = Transport::new(options.max_concurrent);
        Client { options: Rc::new(options), transport: Rc::new(transport) }
    }

    /// What is known of the rate limits: the buckets that were used lately.
    pub fn rate_limits(&self) -> Vec<BucketState> {
        self.transport.limiter.states()
    }
}
