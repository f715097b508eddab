//! What the mounted parts of the crate call, in the form in which they call it: errors, a client whose lists are a function, and one whose tokens
//! come from a server that the property plays.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use supabase_management_wasm::Validation;
use supabase_management_wasm::api::oauth::{RevokeToken, TokenRequest};

/// Of `src/check.rs`.
pub mod check {
    #[derive(Debug)]
    pub struct Fault {
        pub path: String,
    }

    impl Fault {
        pub fn new(path: &str, _: &str, _: &str) -> Self {
            Fault { path: path.into() }
        }
    }
}

/// Of `src/error.rs`: an error as it is, but with words that all may read.
pub mod error {
    use supabase_management_wasm::probe;
    pub use supabase_management_wasm::{ErrorKind, Fault};

    pub type Result<T> = std::result::Result<T, Error>;

    #[derive(Debug)]
    pub struct Error(supabase_management_wasm::Error);

    impl Error {
        /// Of a call that writes.
        pub fn new(kind: ErrorKind) -> Self {
            Error(probe::error(kind, false, false))
        }

        pub fn kind(&self) -> &ErrorKind {
            self.0.kind()
        }

        pub fn outcome_unknown(&self) -> bool {
            self.0.outcome_unknown()
        }

        pub fn words(&self) -> String {
            self.0.to_string()
        }
    }
}

/// Of `src/secret.rs`.
pub mod secret {
    pub const REDACTED: &str = "[redacted]";
}

/// Of `src/words.rs`.
pub mod words {
    pub fn join(parts: &[&str]) -> String {
        parts.concat()
    }
}

/// Of `src/client.rs`: calls whose answer is a function of the query.
pub mod client {
    use super::check::Fault;
    use super::error::{Error, ErrorKind, Result};
    use super::once_pending;
    use serde_json::{Map, Value};
    use std::rc::Rc;

    pub struct Call<T> {
        pub input: Input,
        pub serve: Rc<dyn Fn(Map<String, Value>) -> Result<T>>,
    }

    pub struct Input {
        pub query: Vec<u8>,
    }

    pub struct Response<T> {
        pub data: T,
    }

    pub async fn run<T>(call: &Call<T>, judge: &mut dyn FnMut(&T) -> std::result::Result<(), Fault>) -> Result<Response<T>> {
        once_pending().await;
        let data = (call.serve)(serde_json::from_slice(&call.input.query).unwrap_or_default())?;
        judge(&data).map_err(|Fault { path }| {
            let fault = super::error::Fault { path, expected: String::new(), received: String::new() };
            Error::new(ErrorKind::Decode { fault, status: 200, text: String::new() })
        })?;
        Ok(Response { data })
    }
}

/// Comes back at the second look, so that it can be dropped in between.
pub async fn once_pending() {
    let mut looked = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut looked, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

type Later<T> = Pin<Box<dyn Future<Output = error::Result<T>>>>;

/// What `tokens.rs` plays.
pub trait Server {
    /// Gives new tokens for a refresh token.
    fn token(&self, refresh_token: &str) -> Later<Value>;
    fn revoke(&self, refresh_token: &str) -> Later<()>;
}

/// A client as far as tokens need it.
#[derive(Clone)]
pub struct Client(pub Rc<dyn Server>);

impl Client {
    pub fn oauth(&self) -> &Self {
        self
    }

    pub fn token(&self, form: &TokenRequest) -> Asking<()> {
        let basic = form.client_id.is_none();
        Asking { given: self.0.token(form.refresh_token.as_deref().expect("a refresh token")), basic, kind: PhantomData }
    }

    pub fn revoke(&self, body: &RevokeToken) -> Later<()> {
        self.0.revoke(&body.refresh_token)
    }
}

/// A call of `oauth.token`.
pub struct Asking<T> {
    given: Later<Value>,
    /// Whether the header is to say who asks.
    basic: bool,
    kind: PhantomData<T>,
}

impl<T> Asking<T> {
    pub fn reading<U>(self) -> Asking<U> {
        Asking { given: self.given, basic: self.basic, kind: PhantomData }
    }

    pub fn validation(self, _: Validation) -> Self {
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        assert_eq!((name, value), ("authorization", "Basic"));
        self.basic = false;
        self
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for Asking<T> {
    type Output = error::Result<T>;
    type IntoFuture = Later<T>;

    fn into_future(self) -> Later<T> {
        assert!(!self.basic, "nobody knows who asks");
        Box::pin(async move {
            let value = self.given.await?;
            let text = value.to_string();
            serde_json::from_value(value).map_err(|_| {
                let fault = error::Fault { path: String::new(), expected: String::new(), received: String::new() };
                error::Error::new(error::ErrorKind::Decode { fault, status: 201, text })
            })
        })
    }
}

pub fn basic(_: &str, _: &str) -> String {
    "Basic".into()
}
