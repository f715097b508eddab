//! What sends requests in the place of the platform's `fetch`.

use crate::cause::Cause;
use futures_util::future::LocalBoxFuture;
use js_sys::Function;
use std::fmt;
use std::future::Future;
use std::rc::Rc;

/// Sends requests in the place of the platform's `fetch`: a function of JavaScript, or a [`Transport`].
///
/// ```
/// use supabase_management_wasm::{Client, Fetch, Options};
///
/// // A service that stands between: it adds a header, and sends the request by whatever means there are.
/// let fetch = Fetch::new(|mut request: http::Request<Vec<u8>>| async move {
///     request.headers_mut().insert("x-panel", http::HeaderValue::from_static("admin"));
///     send(request).await
/// });
/// let client = Client::with(Options::new("sbp_0123456789abcdef").fetch(fetch));
/// # async fn send(_: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, std::io::Error> { Ok(http::Response::new(Vec::new())) }
/// # let _ = client;
/// ```
#[derive(Clone)]
pub struct Fetch(pub(crate) Sender);

#[derive(Clone)]
pub(crate) enum Sender {
    /// Called as `fetch(url, init)`.
    Js(Function),
    Rust(Rc<Send>),
}

/// A transport, without the types that only its users need: a client that has none does not carry them.
pub(crate) type Send = dyn Fn(Sent) -> LocalBoxFuture<'static, Result<Given, Cause>>;

/// A request that is sent.
pub(crate) struct Sent {
    pub(crate) endpoint: &'static str,
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// An answer that was given.
pub(crate) struct Given {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// Sends requests, and gives their answers: with reqwest or workers-rs, or from a script, for a test (see [`testing`](crate::testing)).
///
/// A function or closure is one that takes an [`http::Request`] and gives a future of an [`http::Response`]. The endpoint that is called is among
/// the request's extensions, as an [`EndpointId`]. Dropping the future cancels the request: that is what a timeout does, and a signal.
pub trait Transport: 'static {
    /// Sends one request, and gives the answer with its whole body, whatever its status is. Redirects must not be followed: the token would go with
    /// them.
    ///
    /// # Errors
    /// Why there is no answer. Where it holds a [`std::io::Error`] that says `ConnectionRefused`, nothing was sent; of any other a write may have been
    /// done.
    fn send(&self, request: http::Request<Vec<u8>>) -> impl Future<Output = Result<http::Response<Vec<u8>>, Cause>> + 'static;
}

impl<F, R, E> Transport for F
where
    F: Fn(http::Request<Vec<u8>>) -> R + 'static,
    R: Future<Output = Result<http::Response<Vec<u8>>, E>> + 'static,
    E: Into<Cause>,
{
    fn send(&self, request: http::Request<Vec<u8>>) -> impl Future<Output = Result<http::Response<Vec<u8>>, Cause>> + 'static {
        let answer = self(request);
        async move { answer.await.map_err(Into::into) }
    }
}

/// The endpoint that a request is for, among its extensions: `projects.get`; `request` for one that the client does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndpointId(pub &'static str);

impl Fetch {
    /// Sends through a transport.
    pub fn new(transport: impl Transport) -> Self {
        let transport = Rc::new(transport);
        Fetch(Sender::Rust(Rc::new(move |sent| {
            let transport = Rc::clone(&transport);
            Box::pin(async move {
                let (parts, body) = transport.send(sent.into_request()?).await?.into_parts();
                let text = |value: &http::HeaderValue| value.as_bytes().iter().map(|byte| char::from(*byte)).collect();
                let headers = parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
                Ok(Given { status: parts.status.as_u16(), headers, body })
            })
        })))
    }

    /// Whether two are one.
    pub(crate) fn same_as(&self, other: &Fetch) -> bool {
        match (&self.0, &other.0) {
            (Sender::Js(one), Sender::Js(other)) => one == other,
            (Sender::Rust(one), Sender::Rust(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// Whether it is written in Rust.
    pub(crate) fn is_rust(&self) -> bool {
        matches!(self.0, Sender::Rust(_))
    }
}

impl Sent {
    fn into_request(self) -> Result<http::Request<Vec<u8>>, Cause> {
        let mut request = http::Request::builder().method(self.method).uri(self.url).extension(EndpointId(self.endpoint));
        for (name, value) in self.headers {
            // Headers are Latin-1, and were checked to be.
            let bytes: Vec<u8> = value.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect();
            request = request.header(name, bytes);
        }
        request.body(self.body).map_err(Cause::new)
    }
}

/// Called as `fetch(url, init)`.
impl From<Function> for Fetch {
    fn from(function: Function) -> Self {
        Fetch(Sender::Js(function))
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_rust() { "Fetch(a transport)" } else { "Fetch(a function)" })
    }
}
