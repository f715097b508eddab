//! What can go wrong with a call, in one type, and the words for it.
//!
//! What an error tells (may it have been done, is it worth another try, how long to wait) is computed once, where the call ends, and carried here as
//! data: [`Facts`].

mod said;

use crate::cause::Cause;
use crate::fault::Fault;
use crate::headers::ResponseHeaders;
use crate::send_wrapper::SendWrapper;
use std::any::Any;
use std::fmt;
use std::rc::Rc;

/// What a call gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call failed, and which one it was. It holds no token, no secret and no URL.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    endpoint: &'static str,
    route: String,
    facts: Facts,
    wait: Option<Waited>,
}

/// What is known of a failure besides its kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// How often the request was sent; of a wait, how often it polled.
    pub(crate) attempts: u32,
    /// Whether it was a write that may have been done all the same, by any of its attempts.
    pub(crate) outcome_unknown: bool,
    /// Whether a status of success had come to one of them: the work itself is done.
    pub(crate) succeeded: bool,
    /// Whether another try can help, and does no harm.
    pub(crate) retryable: bool,
    /// Milliseconds that the server asks to wait, or until the window of the rate limit ends.
    pub(crate) retry_after_ms: Option<f64>,
    /// The OAuth scope that the endpoint needs.
    pub(crate) scope: Option<&'static str>,
    /// The permissions that the endpoint needs: all names of any of the lists.
    pub(crate) permissions: Vec<Vec<&'static str>>,
    /// The endpoint that tells how things are after a write that may have been done.
    pub(crate) look_at: Option<&'static str>,
    /// What `fetch` gave for a reason, ready for the end of a message.
    pub(crate) reason: String,
    /// Whether a page called a server of another origin, which fails without a word where that does not allow it.
    pub(crate) other_origin: bool,
}

/// What an error of a wait has besides.
#[derive(Clone)]
pub(crate) struct Waited {
    /// Its words, where the kind does not give them.
    words: Option<String>,
    /// The status that was seen last; nothing where no poll was answered.
    status: Option<String>,
    /// The answer that was seen last.
    state: Option<SendWrapper<Rc<dyn Any>>>,
    /// Why the last poll failed, where it did.
    failure: Option<Cause>,
}

impl Waited {
    pub(crate) fn new(words: Option<String>, status: Option<String>, state: Option<Rc<dyn Any>>, failure: Option<Cause>) -> Self {
        Waited { words, status, state: state.map(SendWrapper::new), failure }
    }
}

/// The kinds of failure.
#[derive(Clone)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument or an option is wrong; nothing was sent.
    Input(Fault),
    /// The server answered with another status than 2xx, or with 200 and an `error` where logs and usage have their `result`.
    Api {
        /// The status.
        status: u16,
        /// The body as text, whatever it was.
        text: String,
        /// The headers.
        headers: ResponseHeaders,
    },
    /// The server answered 2xx, so the operation itself succeeded, but its body is not what it should be.
    Decode {
        /// What does not fit, and where.
        fault: Fault,
        /// The status.
        status: u16,
        /// The body as text.
        text: String,
    },
    /// There was no answer, or it broke off.
    Network {
        /// What `fetch` rejected with, without the secrets that the call has sent.
        cause: Cause,
        /// The status, where the answer broke off after it.
        status: Option<u16>,
        /// Whether the connection failed; else something came that is no answer.
        lost: bool,
    },
    /// There was no complete answer in time.
    Timeout {
        /// The time it had, in milliseconds.
        timeout_ms: u32,
        /// Whether it was sent at all: the token may have taken the time, or the turn.
        sent: bool,
        /// The status, where the answer had begun.
        status: Option<u16>,
        /// Whether it was the time for all attempts together.
        overall: bool,
    },
    /// The rate limit is spent, as far as the answers so far tell, and there is no time to wait or no wish to. This attempt was not sent.
    RateLimit {
        /// Milliseconds until the window ends.
        wait_ms: f64,
    },
    /// What was waited for has failed.
    Wait {
        /// The status that shows it: `INIT_FAILED`.
        status: String,
    },
    /// The signal aborted the call. Where that was a write, [`Error::outcome_unknown`] tells whether it may have been done.
    Aborted {
        /// The signal's reason.
        reason: Cause,
        /// Whether the request was under way.
        sent: bool,
        /// The status, where the answer had begun.
        status: Option<u16>,
    },
    /// The source of tokens failed.
    Token {
        /// Its error.
        cause: Cause,
    },
}

impl ErrorKind {
    /// The signal aborted the call before its request left, or between two attempts.
    pub(crate) fn aborted(reason: impl Into<Cause>) -> Self {
        ErrorKind::Aborted { reason: reason.into(), sent: false, status: None }
    }
}

impl Error {
    pub(crate) fn new(endpoint: &'static str, route: impl Into<String>, kind: ErrorKind, facts: Facts) -> Self {
        Error(Box::new(Inner { kind, endpoint, route: route.into(), facts, wait: None }))
    }

    /// An argument or an option is wrong, and nothing was sent.
    pub(crate) fn input(endpoint: &'static str, route: impl Into<String>, fault: Fault) -> Self {
        Self::new(endpoint, route, ErrorKind::Input(fault), Facts::default())
    }

    /// An error of a wait.
    pub(crate) fn of_wait(id: &'static str, kind: ErrorKind, polls: u32, waited: Waited) -> Self {
        let mut error = Self::new(id, "", kind, Facts { attempts: polls, ..Facts::default() });
        error.0.wait = Some(waited);
        error
    }

    /// What a wait has seen last, where it failed or ran out of time: the answer that it gives when it ends well. It may hold secrets. It stays on the
    /// thread of the wait: on another one there is none.
    pub fn state<T: 'static>(&self) -> Option<&T> {
        self.0.wait.as_ref()?.state.as_ref().filter(|state| state.valid())?.downcast_ref()
    }

    /// Whether it is the error of a wait itself, and not of a poll.
    pub(crate) fn is_of_wait(&self) -> bool {
        self.0.wait.is_some()
    }

    /// The status that a wait has seen last; nothing where none of its polls was answered.
    pub(crate) fn wait_status(&self) -> Option<&str> {
        self.0.wait.as_ref()?.status.as_deref()
    }

    /// Why the last poll failed of a wait that ran out of time.
    pub(crate) fn wait_failure(&self) -> Option<&Cause> {
        self.0.wait.as_ref()?.failure.as_ref()
    }

    /// How often the request was sent; of a wait, how often it polled.
    pub fn attempts(&self) -> u32 {
        self.0.facts.attempts
    }

    /// Milliseconds that the server asked to wait, or until the window of the rate limit ends.
    pub fn retry_after_ms(&self) -> Option<f64> {
        self.0.facts.retry_after_ms
    }

    /// Whether it was a write that may have been done all the same, by this attempt or by one before: look before you repeat it.
    pub fn outcome_unknown(&self) -> bool {
        self.0.facts.outcome_unknown
    }

    /// Whether a status of success had come, to whichever attempt: the work itself is done.
    pub(crate) fn has_succeeded(&self) -> bool {
        self.0.facts.succeeded
    }

    /// Whether it can help to make the same call again, and that does no harm.
    pub fn is_retryable(&self) -> bool {
        self.0.facts.retryable
    }

    /// The OAuth scope that the endpoint needs, where the API names one.
    pub fn required_scope(&self) -> Option<&'static str> {
        self.0.facts.scope
    }

    /// The permissions that a fine-grained token needs for the endpoint: all names of any of the lists.
    pub fn required_permissions(&self) -> Vec<Vec<&'static str>> {
        self.0.facts.permissions.clone()
    }

    /// Whether the server does not know the address at all: there is no such endpoint, where else 404 means that an object is missing.
    pub fn unknown_route(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::Api { status: 404, text, .. } if said::is_unknown_route(text))
    }

    /// What the server found wrong in the request, where it answered 400 or 422 and lists it, or its words can be read so: path and reason. The path is
    /// empty where it does not say where.
    pub fn validation_errors(&self) -> Vec<(String, String)> {
        match &self.0.kind {
            ErrorKind::Api { status: 400 | 422, text, .. } => said::validation_errors(text),
            _ => Vec::new(),
        }
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The same of another kind.
    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// What went wrong, to keep.
    pub fn into_kind(self) -> ErrorKind {
        self.0.kind
    }

    /// Whether an argument or an option is wrong; nothing was sent.
    pub fn is_input(&self) -> bool {
        matches!(self.kind(), ErrorKind::Input(_))
    }

    /// Whether the server says that the object does not exist (404). An address that it does not know at all is none: see [`Error::unknown_route`].
    pub fn is_not_found(&self) -> bool {
        self.has_status(404) && !self.unknown_route()
    }

    /// Whether the server does not take the token (401).
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401)
    }

    /// Whether the token may not do that (403): see [`Error::required_scope`] and [`Error::missing_permissions`].
    pub fn is_forbidden(&self) -> bool {
        self.has_status(403)
    }

    /// Whether the rate limit is spent: the server said so (429), or it is known from the answers so far, and there was no time to wait or no wish to.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429) || matches!(self.kind(), ErrorKind::RateLimit { .. })
    }

    /// Whether there was no complete answer in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout { .. })
    }

    /// Whether there was no answer, or it broke off.
    pub fn is_network(&self) -> bool {
        matches!(self.kind(), ErrorKind::Network { .. })
    }

    /// Whether the answer is not what it should be, though the operation itself succeeded.
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), ErrorKind::Decode { .. })
    }

    /// Whether the signal aborted the call.
    pub fn is_aborted(&self) -> bool {
        matches!(self.kind(), ErrorKind::Aborted { .. })
    }

    fn has_status(&self, wanted: u16) -> bool {
        matches!(self.kind(), ErrorKind::Api { status, .. } if *status == wanted)
    }

    /// What does not fit, where something was checked.
    pub fn fault(&self) -> Option<&Fault> {
        match &self.0.kind {
            ErrorKind::Input(fault) | ErrorKind::Decode { fault, .. } => Some(fault),
            _ => None,
        }
    }

    /// The endpoint: `projects.get`.
    pub fn endpoint(&self) -> &'static str {
        self.0.endpoint
    }

    /// Its method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub fn route(&self) -> &str {
        &self.0.route
    }

    /// The status, where a server answered.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            ErrorKind::Api { status, .. } | ErrorKind::Decode { status, .. } => Some(*status),
            ErrorKind::Network { status, .. } | ErrorKind::Timeout { status, .. } | ErrorKind::Aborted { status, .. } => *status,
            _ => None,
        }
    }

    /// The body of the answer, where there was one.
    pub fn text(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Api { text, .. } | ErrorKind::Decode { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What the server said, where it answered with an error.
    pub fn message(&self) -> Option<String> {
        match &self.0.kind {
            ErrorKind::Api { text, .. } => Some(said::words(text)),
            _ => None,
        }
    }

    /// The code of an error that the server answered with, for programs to go by: `not_found.endpoint`. The second version of the API always has one; of
    /// the first only some answers do, and those of OAuth.
    pub fn code(&self) -> Option<String> {
        match &self.0.kind {
            ErrorKind::Api { text, .. } => said::code(text),
            _ => None,
        }
    }

    /// The permissions that a fine-grained token lacks, where the server listed them.
    pub fn missing_permissions(&self) -> Vec<String> {
        match &self.0.kind {
            ErrorKind::Api { text, .. } => said::missing_permissions(text),
            _ => Vec::new(),
        }
    }
}

/// The words of an error: who, what, where.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_words(formatter, "base_url")
    }
}

impl Error {
    /// The words, with the name that the option `base_url` has in the language of whoever reads them.
    pub(crate) fn write_words(&self, formatter: &mut impl fmt::Write, base_url: &str) -> fmt::Result {
        if let Some(Waited { words: Some(words), failure, .. }) = &self.0.wait {
            formatter.write_str(words)?;
            let Some(failure) = failure else { return Ok(()) };
            formatter.write_str("; the last poll failed: ")?;
            return match failure.downcast_ref::<Error>() {
                Some(error) => error.write_words(formatter, base_url),
                None => write!(formatter, "{failure}"),
            };
        }
        formatter.write_str(self.0.endpoint)?;
        if !self.0.route.is_empty() {
            write!(formatter, " ({})", self.0.route)?;
        }
        formatter.write_str(": ")?;
        let Facts { reason, .. } = &self.0.facts;
        match &self.0.kind {
            ErrorKind::Input(fault) => write!(formatter, "{fault}{}", self.words_of_doubt()),
            ErrorKind::Api { status, text, .. } => {
                let moved = if (300..400).contains(status) { " (redirects are not followed)" } else { "" };
                write!(formatter, "{status} {}{moved}{}{}", said::words(text), self.hint(base_url), self.words_of_doubt())
            }
            ErrorKind::Decode { fault, status, .. } => write!(formatter, "{status}, {SUCCEEDED} cannot be used: {fault}"),
            ErrorKind::Network { status: Some(status), .. } => write!(formatter, "{status}, {SUCCEEDED} broke off{reason}"),
            ErrorKind::Network { .. } => {
                let origin = if self.0.facts.other_origin {
                    format!("; in a page, this may be CORS: let {base_url} be a path to a proxy of your own")
                } else {
                    String::new()
                };
                write!(formatter, "no answer, the connection failed{reason}{origin}{}", self.words_of_doubt())
            }
            ErrorKind::Timeout { timeout_ms, status, overall, .. } => {
                if let Some(status) = status {
                    write!(formatter, "{status}, {SUCCEEDED} did not end: ")?;
                }
                let whole = if *overall { " for all attempts together" } else { "" };
                write!(formatter, "no complete answer within {timeout_ms} ms{whole}{}", self.words_of_sending())
            }
            ErrorKind::RateLimit { wait_ms } => {
                write!(formatter, "the rate limit is spent for another {} ms{}", wait_ms.ceil() as u64, self.words_of_sending())
            }
            ErrorKind::Wait { status } => write!(formatter, "it is {status}"),
            ErrorKind::Aborted { .. } => write!(formatter, "aborted{}", self.words_of_doubt()),
            ErrorKind::Token { .. } => formatter.write_str("the source of access tokens failed"),
        }
    }
}

/// What every error says of which a status of success had come.
const SUCCEEDED: &str = "so the operation itself succeeded, but the answer";

impl Error {
    /// Where to look, if it may have been done.
    fn words_of_doubt(&self) -> String {
        match self.0.facts {
            Facts { outcome_unknown: false, .. } => String::new(),
            Facts { look_at: Some(endpoint), .. } => {
                format!("; the server may have done it all the same: look before you repeat it, {endpoint} may tell")
            }
            Facts { .. } => "; the server may have done it all the same: look before you repeat it".into(),
        }
    }

    /// The same, or that nothing was sent.
    fn words_of_sending(&self) -> String {
        if self.0.facts.attempts == 0 && self.0.wait.is_none() { "; nothing was sent".into() } else { self.words_of_doubt() }
    }

    /// What can be done about an error of the API.
    fn hint(&self, base_url: &str) -> String {
        if self.unknown_route() {
            return format!(" (the server has no such route: is {base_url} right?)");
        }
        let needs = self.needs();
        if self.status() == Some(403) && !needs.is_empty() {
            let missing = self.missing_permissions().join(", ");
            let missing = if missing.is_empty() { missing } else { format!("; missing: {missing}") };
            return format!(" (needs {needs}{missing})");
        }
        self.retry_after_ms().map(|wait| format!(" (the server asks to wait {} ms)", wait.ceil() as u64)).unwrap_or_default()
    }

    fn needs(&self) -> String {
        let Facts { scope, permissions, .. } = &self.0.facts;
        let scope = scope.map(|scope| format!("the OAuth scope {scope}"));
        let together: Vec<_> = permissions.iter().map(|names| names.join(" and ")).collect();
        let permissions = (!together.is_empty()).then(|| format!("the permission {}", together.join(" or ")));
        scope.into_iter().chain(permissions).collect::<Vec<_>>().join(" or ")
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The same words: bodies and causes may hold what does not belong into a log.
        write!(formatter, "Error({self})")
    }
}

impl std::error::Error for Error {
    /// What `fetch` rejected with, the signal's reason, what the source of tokens failed with, or why the last poll failed of a wait that ran out of time.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Network { cause, .. } | ErrorKind::Token { cause } | ErrorKind::Aborted { reason: cause, .. } => Some(cause),
            _ => match self.wait_failure()?.downcast_ref::<Error>() {
                Some(error) => Some(error),
                None => self.wait_failure().map(|failure| failure as _),
            },
        }
    }
}

/// An error of no endpoint, such as a test of a view needs one.
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error::new("request", "", kind, Facts::default())
    }
}

impl fmt::Debug for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Bodies and causes may hold what does not belong into a log.
        match self {
            ErrorKind::Input(fault) => write!(formatter, "Input({fault})"),
            ErrorKind::Api { status, .. } => write!(formatter, "Api({status})"),
            ErrorKind::Decode { fault, status, .. } => write!(formatter, "Decode({status}, {fault})"),
            ErrorKind::Network { status, lost, .. } => write!(formatter, "Network(status {status:?}, lost {lost})"),
            ErrorKind::Timeout { timeout_ms, .. } => write!(formatter, "Timeout({timeout_ms} ms)"),
            ErrorKind::RateLimit { wait_ms } => write!(formatter, "RateLimit({wait_ms} ms)"),
            ErrorKind::Wait { status } => write!(formatter, "Wait({status})"),
            ErrorKind::Aborted { .. } => formatter.write_str("Aborted"),
            ErrorKind::Token { .. } => formatter.write_str("Token"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_fits_wherever_errors_are_kept() {
        fn fits<E: std::error::Error + Clone + Send + Sync + 'static>() {}
        fits::<Error>();
        fits::<Cause>();
        let error =
            Error::from(ErrorKind::Api { status: 404, text: r#"{"message":"Project not found"}"#.into(), headers: ResponseHeaders::default() });
        assert!(error.is_not_found() && !error.is_forbidden());
        assert_eq!(error.to_string(), "request: 404 Project not found");
        assert_eq!(error.status(), Some(404));
        let told = std::thread::spawn(move || error.to_string()).join().expect("the thread ends");
        assert_eq!(told, "request: 404 Project not found");
    }

    #[test]
    fn the_cause_is_told_by_source() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error = Error::from(ErrorKind::Network { cause: refused.into(), status: None, lost: true });
        let source = std::error::Error::source(&error).expect("there is one");
        assert_eq!(source.to_string(), "connection refused");
        assert!(error.is_network());
    }
}
