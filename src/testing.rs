//! Tests of what uses the client, natively and without a network: [`Script`] answers in the place of the API.
//!
//! ```
//! use supabase_management_wasm::testing::{Reply, Script};
//! use supabase_management_wasm::{Client, Error};
//!
//! /// What is to be tested.
//! async fn names(client: &Client) -> Result<Vec<String>, Error> {
//!     Ok(client.secrets().list("abcdefghijklmnopqrst").await?.into_iter().map(|secret| secret.name).collect())
//! }
//!
//! let script = Script::new()
//!     // The first answer is a failure that passes: the client tries again, and the time it would wait is skipped.
//!     .expect("secrets.list", Reply::error(503, "try again"))
//!     .expect("secrets.list", Reply::json(200, &serde_json::json!([{ "name": "API_KEY", "value": "5f2b" }])));
//! let client = Client::with_transport(script.clone());
//!
//! let found = futures_executor::block_on(names(&client)).unwrap();
//! assert_eq!(found, ["API_KEY"]);
//! assert_eq!(script.requests()[1].uri(), "https://api.supabase.com/v1/projects/abcdefghijklmnopqrst/secrets");
//! script.finish();
//! ```
//!
//! On a native target the waits of a thread take no time as long as a script lives on it: the clock jumps to the moment that is waited for. So a test of
//! half an hour of polling ends at once, and a reply that comes too late still is one.

use crate::cause::Cause;
use crate::error::{Error, ErrorKind, Facts};
use crate::fetch::{EndpointId, Transport};
use crate::headers::ResponseHeaders;
use crate::transport::cancellation::sleep;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

/// A scripted API: it answers requests in order, or by their endpoint, and keeps them. Cloning it is cheap, and all clones are one.
#[derive(Clone, Default)]
pub struct Script(Rc<Inner>);

#[derive(Default)]
struct Inner {
    lines: RefCell<VecDeque<(String, Check, Reply)>>,
    always: RefCell<Vec<(String, Answer)>>,
    requests: RefCell<Vec<http::Request<Vec<u8>>>>,
    /// Requests that nobody expected.
    surprises: RefCell<Vec<String>>,
    _time: VirtualTime,
}

/// As long as one of these lives, waits of its thread take no time on a native target: whoever waits lets the clock jump to what is waited for. A
/// [`Script`] holds one; a transport of your own that answers at once may as well. In a JavaScript engine it does nothing.
#[derive(Debug)]
pub struct VirtualTime {
    #[cfg(not(target_family = "wasm"))]
    _lives: crate::clock::VirtualTime,
}

/// Lets waits of this thread take no time, until what it gives is dropped.
pub fn virtual_time() -> VirtualTime {
    VirtualTime {
        #[cfg(not(target_family = "wasm"))]
        _lives: crate::clock::virtual_time(),
    }
}

impl Default for VirtualTime {
    fn default() -> Self {
        virtual_time()
    }
}

/// The time that clients of this thread go by, in milliseconds since 1970: virtual, where that was asked for.
pub fn now_ms() -> f64 {
    crate::clock::now()
}

/// Waits, as clients of this thread do: in no time, where time is virtual.
pub async fn sleep_ms(milliseconds: f64) {
    // Only a signal could end it early, and there is none.
    let _ = sleep(milliseconds, None).await;
}

/// The known name that a wrong one was probably meant to be, if there is one: for a "did you mean".
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    crate::text::nearest(word, names)
}

type Check = Box<dyn Fn(&http::Request<Vec<u8>>)>;
type Answer = Rc<dyn Fn(&http::Request<Vec<u8>>) -> Reply>;

impl Script {
    /// An empty script, which expects no request.
    pub fn new() -> Self {
        Script::default()
    }

    /// The next request must be for this endpoint, `projects.get`, and gets this reply. Use [`Script::expect_with`] to look at the request as well.
    #[must_use]
    pub fn expect(self, endpoint: &str, reply: Reply) -> Self {
        self.expect_with(endpoint, |_| (), reply)
    }

    /// The same, and `check` looks at the request: it panics where that is not right.
    ///
    /// ```
    /// # use supabase_management_wasm::testing::{Reply, Script};
    /// let script = Script::new().expect_with(
    ///     "secrets.delete",
    ///     |request| assert_eq!(request.body(), br#"["API_KEY"]"#),
    ///     Reply::empty(200),
    /// );
    /// ```
    #[must_use]
    pub fn expect_with(self, endpoint: &str, check: impl Fn(&http::Request<Vec<u8>>) + 'static, reply: Reply) -> Self {
        self.0.lines.borrow_mut().push_back((endpoint.into(), Box::new(check), reply));
        self
    }

    /// Every request for this endpoint that is not expected next gets what `answer` makes of it.
    ///
    /// ```
    /// # use supabase_management_wasm::testing::{Reply, Script};
    /// let script = Script::new().always("projects.list", |_| Reply::json(200, &serde_json::json!([])));
    /// ```
    #[must_use]
    pub fn always(self, endpoint: &str, answer: impl Fn(&http::Request<Vec<u8>>) -> Reply + 'static) -> Self {
        self.0.always.borrow_mut().push((endpoint.into(), Rc::new(answer)));
        self
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<http::Request<Vec<u8>>> {
        self.0.requests.borrow().clone()
    }

    /// Says that the test is over.
    ///
    /// # Panics
    /// Where a request was expected that never came, or one came that was not expected.
    pub fn finish(&self) {
        let surprises = self.0.surprises.borrow();
        assert!(surprises.is_empty(), "{}", surprises.join("; "));
        let left: Vec<_> = self.0.lines.borrow().iter().map(|(endpoint, ..)| endpoint.clone()).collect();
        assert!(left.is_empty(), "these requests were expected and never came: {}", left.join(", "));
    }

    fn reply(&self, request: &http::Request<Vec<u8>>) -> Reply {
        let id = request.extensions().get::<EndpointId>().map_or("request", |id| id.0);
        let line = {
            let mut lines = self.0.lines.borrow_mut();
            if lines.front().is_some_and(|(endpoint, ..)| endpoint == id) { lines.pop_front() } else { None }
        };
        if let Some((_, check, reply)) = line {
            check(request);
            return reply;
        }
        let answer = self.0.always.borrow().iter().find(|(endpoint, _)| endpoint == id).map(|(_, answer)| Rc::clone(answer));
        if let Some(answer) = answer {
            return answer(request);
        }
        let next = self.0.lines.borrow().front().map_or_else(|| "no request".to_owned(), |(endpoint, ..)| endpoint.clone());
        let words = format!("the script expects {next}, and got {id}");
        self.0.surprises.borrow_mut().push(words.clone());
        // A refusal that is final: no retry hides it.
        Reply::error(501, &words)
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Vec<u8>>) -> impl Future<Output = Result<http::Response<Vec<u8>>, Cause>> + 'static {
        let reply = self.reply(&request);
        self.0.requests.borrow_mut().push(request);
        reply.given()
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Script({} requests so far, {} expected)", self.0.requests.borrow().len(), self.0.lines.borrow().len())
    }
}

/// What a request gets.
#[derive(Debug, Clone)]
pub struct Reply {
    end: End,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum End {
    Answer { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    Lost(String),
    Never,
}

impl Reply {
    fn new(end: End) -> Self {
        Reply { end, delay: Duration::ZERO }
    }

    /// An answer with a JSON body: a model, or `serde_json::json!(…)`.
    ///
    /// # Panics
    /// Where serde cannot write it as JSON.
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        let body = serde_json::to_vec(body).expect("the body of a reply is JSON");
        Self::new(End::Answer { status, headers: vec![("content-type".into(), "application/json".into())], body })
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::bytes(status, Vec::new())
    }

    /// An answer with these bytes.
    pub fn bytes(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(End::Answer { status, headers: Vec::new(), body: body.into() })
    }

    /// An answer that is an error, as the API words one.
    pub fn error(status: u16, message: &str) -> Self {
        Self::json(status, &serde_json::json!({ "message": message }))
    }

    /// The connection is lost, for this reason.
    pub fn lost(reason: &str) -> Self {
        Self::new(End::Lost(reason.into()))
    }

    /// There never is an answer, as from a server that hangs.
    pub fn never() -> Self {
        Self::new(End::Never)
    }

    /// Adds a header to an answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let End::Answer { headers, .. } = &mut self.end {
            headers.push((name.into(), value.into()));
        }
        self
    }

    /// Lets it come later.
    #[must_use]
    pub fn after(self, delay: Duration) -> Self {
        Reply { delay, ..self }
    }

    async fn given(self) -> Result<http::Response<Vec<u8>>, Cause> {
        if !self.delay.is_zero() {
            sleep_ms(self.delay.as_secs_f64() * 1000.0).await;
        }
        match self.end {
            End::Lost(reason) => Err(reason.into()),
            End::Never => std::future::pending().await,
            End::Answer { status, headers, body } => {
                let mut answer = http::Response::builder().status(status);
                for (name, value) in headers {
                    answer = answer.header(name, value);
                }
                answer.body(body).map_err(Cause::new)
            }
        }
    }
}

/// An error such as a call of this endpoint gives for that answer of the API, for tests of what shows errors.
///
/// ```
/// use supabase_management_wasm::testing::api_error;
///
/// let error = api_error("projects.get", 404, "Project not found");
/// assert!(error.is_not_found());
/// assert_eq!(error.to_string(), "projects.get: 404 Project not found");
/// ```
pub fn api_error(endpoint: &'static str, status: u16, message: &str) -> Error {
    let text = serde_json::json!({ "message": message }).to_string();
    let kind = ErrorKind::Api { status, text, headers: ResponseHeaders::default() };
    Error::new(endpoint, "", kind, Facts { attempts: 1, ..Facts::default() })
}
