//! The loop of every wait: when it polls, what a failed poll means, and when it ends.

use super::super::walk::{Walk, Walker};
use super::rules::{Rule, Verdict};
use crate::api::projects::ServiceName;
use crate::call::Call;
use crate::cause::Cause;
use crate::error::{Error, ErrorKind, Result, Waited};
use crate::fault::Fault;
use crate::options::{MILLISECONDS, Options, whole_ms};
use crate::send_wrapper::SendWrapper;
use crate::transport::cancellation::{Cancellation, Cancelled, sleep};
use crate::transport::retry;
use crate::transport::time::now;
use futures_core::Stream;
use std::any::Any;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

/// Milliseconds that a wait may take in all unless [`Wait::deadline_ms`] says otherwise: half an hour.
pub const DEFAULT_WAIT_MS: u32 = 1_800_000;

/// Polls that may fail in a row for reasons that pass.
const MOST_MISSED: u32 = 5;

/// The state that a poll has found, and its status in words.
pub(crate) type Found<T, E> = Pin<Box<dyn Future<Output = std::result::Result<(T, String), E>>>>;

type Reader<T, E> = dyn Fn(&Poll) -> Found<T, E>;
type Change = Rc<dyn Fn(&mut Options)>;

/// How a poll fails. What ends the wait by itself is an [`Error`] of the wait.
pub trait PollFailure: From<Error> + 'static {
    /// Whether the next poll may do better.
    fn may_pass(&self) -> bool;

    /// Milliseconds that the server asked to wait.
    fn asked_wait_ms(&self) -> f64;

    /// What stands behind the error of a wait that has ended without an answer.
    fn into_cause(self) -> Cause;
}

impl PollFailure for Error {
    fn may_pass(&self) -> bool {
        match self.kind() {
            ErrorKind::Api { status, .. } => retry::may_pass(*status),
            // What came and is no answer, such as a redirect that is hidden from a page, comes again.
            ErrorKind::Network { lost, .. } => *lost,
            ErrorKind::Timeout { .. } | ErrorKind::RateLimit { .. } => true,
            _ => false,
        }
    }

    fn asked_wait_ms(&self) -> f64 {
        self.retry_after_ms().unwrap_or_default()
    }

    fn into_cause(self) -> Cause {
        Cause::new(self)
    }
}

/// Polls until `done` says so. `read` gets what its calls need: see [`Poll::call`].
///
/// ```
/// # use supabase_management_wasm::{Client, Result, wait_until};
/// # async fn example(client: Client) -> Result<()> {
/// let secrets = client.secrets();
/// wait_until(move |poll| poll.call(secrets.list("abcdefghijklmnopqrst")), |found| !found.is_empty()).deadline_ms(60_000).await?;
/// # Ok(())
/// # }
/// ```
pub fn wait_until<T: 'static, F, V>(read: impl Fn(&Poll) -> F + 'static, done: impl Fn(&T) -> V + 'static) -> Wait<T>
where
    F: IntoFuture<Output = Result<T>, IntoFuture: 'static>,
    V: Into<Verdict>,
{
    let done = Rc::new(done);
    Wait::new("waitUntil", Rule::OWN, move |poll| {
        let (work, done) = (read(poll).into_future(), Rc::clone(&done));
        Box::pin(async move {
            let state = work.await?;
            let words = match done(&state).into() {
                Verdict::Going => "pending",
                Verdict::Done => "done",
                Verdict::Failed => "failed",
            };
            Ok((state, words.into()))
        })
    })
}

/// What a poll's calls need.
pub struct Poll {
    /// Aborted when the wait ends.
    pub signal: Option<AbortSignal>,
    /// Milliseconds that are left of the wait.
    pub deadline_ms: u32,
    /// The services that must be healthy too.
    pub(crate) services: Rc<[String]>,
    change: Option<Change>,
}

impl Poll {
    /// Gives a call the signal and the options of the wait.
    pub fn call<T>(&self, call: Call<T>) -> Call<T> {
        call.with_options(|options| self.apply(options))
    }

    pub(crate) fn apply(&self, options: &mut Options) {
        if let Some(change) = &self.change {
            change(options);
        }
        options.signal.clone_from(&self.signal);
        options.deadline_ms = self.deadline_ms;
    }
}

/// What a poll has found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Progress<T> {
    /// The status in words: that of the answer, or `migrate RUNNING, seed CREATED` where there are several.
    pub status: String,
    /// The answer.
    pub state: Rc<T>,
    /// Milliseconds since the wait began.
    pub elapsed_ms: u32,
    /// How many polls there have been.
    pub polls: u32,
}

/// A wait that runs when it is awaited, or step by step with [`Wait::next`]. Dropping it ends it.
///
/// It polls at once, then after 3 seconds, and half as long again each time, up to 15 seconds. A poll that fails for a reason that may pass (no
/// connection, too late, 408, 429, 502 to 504, 520 to 526) is made up for by the next one, up to five in a row; any other error ends the wait.
///
/// # Errors
/// An [`Error`]: `Wait` if the work has failed, `Timeout` if it is not done in time, `Aborted`, or that of a poll. [`Error::state`] has what was seen
/// last. Where the last polls of a `Timeout` have failed, its `source()` is the error of the last one.
#[must_use = "a wait does nothing until it is awaited"]
pub struct Wait<T, E = Error> {
    id: &'static str,
    rule: Rule,
    read: Box<Reader<T, E>>,
    fault: Option<Fault>,
    poll_ms: Option<u32>,
    deadline_ms: u32,
    signal: Option<AbortSignal>,
    services: Rc<[String]>,
    change: Option<Change>,
    calls: CallsOfWait,
    began: Option<f64>,
    polls: u32,
    missed: u32,
    /// What the server asked to wait, with the last of them.
    asked_ms: f64,
    /// Why the last poll failed, where it did.
    failure: Option<Cause>,
    /// The status that was seen last; nothing before the first answer.
    status: Option<String>,
    last: Option<Rc<T>>,
    /// What [`Wait::next`] gives next, where it polls no more.
    end: Option<Option<E>>,
}

impl<T: 'static, E: PollFailure> Wait<T, E> {
    pub(crate) fn new(id: &'static str, rule: Rule, read: impl Fn(&Poll) -> Found<T, E> + 'static) -> Self {
        Wait {
            id,
            rule,
            read: Box::new(read),
            fault: None,
            poll_ms: None,
            deadline_ms: DEFAULT_WAIT_MS,
            signal: None,
            services: Rc::new([]),
            change: None,
            calls: CallsOfWait(None),
            began: None,
            polls: 0,
            missed: 0,
            asked_ms: 0.0,
            failure: None,
            status: None,
            last: None,
            end: None,
        }
    }

    /// Milliseconds between an answer and the next poll, always the same: 1 to 2147483647.
    pub fn poll_ms(mut self, poll_ms: u32) -> Self {
        self.poll_ms = Some(poll_ms);
        self.limit("poll_ms", poll_ms)
    }

    /// Milliseconds for all of it, from the first poll on: 1 to 2147483647. Default: [`DEFAULT_WAIT_MS`].
    pub fn deadline_ms(mut self, deadline_ms: u32) -> Self {
        self.deadline_ms = deadline_ms;
        self.limit("deadline_ms", deadline_ms)
    }

    /// The same as [`Wait::poll_ms`], as a duration.
    pub fn poll_every(self, pause: Duration) -> Self {
        self.poll_ms(whole_ms(pause))
    }

    /// The same as [`Wait::deadline_ms`], as a duration.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.deadline_ms(whole_ms(deadline))
    }

    fn limit(self, name: &str, milliseconds: u32) -> Self {
        self.refuse(MILLISECONDS.check(name, milliseconds).err())
    }

    /// Lets the wait fail before anything is sent. The first fault is told.
    pub(crate) fn refuse(mut self, fault: Option<Fault>) -> Self {
        self.fault = self.fault.or(fault);
        self
    }

    /// Ends the wait when the signal is aborted.
    pub fn signal(mut self, signal: &AbortSignal) -> Self {
        self.signal = Some(signal.clone());
        self
    }

    /// Changes any other option of the calls that poll, in place of the client's [`Options`].
    pub fn with_options(mut self, change: impl Fn(&mut Options) + 'static) -> Self {
        self.change = Some(Rc::new(change));
        self
    }

    /// Waits until these services are healthy too, once the project is: of `projects.wait_until_healthy` alone. Any other refuses it.
    pub fn services(self, services: &[ServiceName]) -> Self {
        let fault =
            (self.id != "projects.waitUntilHealthy").then(|| Fault::of_option("services", "a wait for the health of a project", "another one"));
        self.refuse(fault).with_services(services.iter().map(|name| name.as_str().to_owned()).collect())
    }

    pub(crate) fn with_services(mut self, services: Rc<[String]>) -> Self {
        self.services = services;
        self
    }

    /// Polls, and gives what it found; nothing after the last. A failure is given after the state that shows it.
    pub async fn next(&mut self) -> Option<std::result::Result<Progress<T>, E>> {
        if let Some(end) = &mut self.end {
            return end.take().map(Err);
        }
        let (state, verdict) = match self.advance().await {
            Ok(found) => found,
            Err(error) => {
                self.end = Some(None);
                return Some(Err(error));
            }
        };
        let state = Rc::new(state);
        self.last = Some(Rc::clone(&state));
        self.end = match verdict {
            Verdict::Going => None,
            Verdict::Done => Some(None),
            Verdict::Failed => Some(Some(self.failed())),
        };
        Some(Ok(Progress { status: self.seen_status(), state, elapsed_ms: self.elapsed(), polls: self.polls }))
    }

    /// What the polls find, as a stream: as [`Wait::next`] gives it.
    ///
    /// ```
    /// # use supabase_management_wasm::{Client, Result};
    /// # async fn example(client: Client) -> Result<()> {
    /// use futures_util::StreamExt;
    ///
    /// let mut progress = client.projects().wait_until_healthy("abcdefghijklmnopqrst").progress();
    /// while let Some(found) = progress.next().await {
    ///     println!("{}", found?.status);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn progress(self) -> WaitProgress<T, E> {
        WaitProgress(Walker::new(self))
    }

    /// Waits for the next answer.
    async fn advance(&mut self) -> std::result::Result<(T, Verdict), E> {
        if let Some(fault) = &self.fault {
            return Err(self.error(ErrorKind::Input(fault.clone()), None));
        }
        loop {
            if self.polls == 0 {
                self.began = Some(now());
            } else {
                let pause = self.pause().min(self.left().into());
                sleep(pause, self.signal.as_ref()).await.map_err(|reason| self.aborted(reason))?;
                if self.left() <= 1 {
                    return Err(self.late());
                }
            }
            // Before anything is called, and after a pause.
            let cancellation = Cancellation::new(self.signal.as_ref(), self.left().into(), None);
            if let Err(Cancelled::Aborted(reason)) = cancellation.check() {
                return Err(self.aborted(reason));
            }
            self.polls += 1;
            let poll =
                Poll { signal: self.signal_for_calls(), deadline_ms: self.left(), services: Rc::clone(&self.services), change: self.change.clone() };
            match cancellation.guard((self.read)(&poll)).await {
                Ok(Ok((state, status))) => {
                    let verdict = self.rule.judge(&status);
                    (self.missed, self.asked_ms, self.failure, self.status) = (0, 0.0, None, Some(status));
                    return Ok((state, verdict));
                }
                Ok(Err(error)) if error.may_pass() && self.missed < MOST_MISSED => {
                    self.missed += 1;
                    self.asked_ms = error.asked_wait_ms();
                    // One that ended with the wait did not fail by itself, and must not hide the one before.
                    if self.left() > 1 {
                        self.failure = Some(error.into_cause());
                    }
                }
                Ok(Err(error)) => return Err(error),
                Err(Cancelled::Aborted(reason)) => return Err(self.aborted(reason)),
                Err(Cancelled::Late) => return Err(self.late()),
            }
        }
    }

    /// Ends the calls of polls, before it is known to others that the wait has ended.
    pub(crate) fn end_calls(&mut self) {
        self.calls = CallsOfWait(None);
    }

    /// The signal that calls of polls get: aborted when the wait ends.
    fn signal_for_calls(&mut self) -> Option<AbortSignal> {
        // Natively there are no signals: what waits for a call is dropped.
        if self.calls.0.is_none() && cfg!(target_family = "wasm") {
            self.calls.0 = AbortController::new().ok();
        }
        self.calls.0.as_ref().map(AbortController::signal)
    }

    fn pause(&self) -> f64 {
        // What a server asks for is never shortened.
        f64::from(self.poll_ms.unwrap_or_else(|| pause_after(self.polls))).max(self.asked_ms)
    }

    fn elapsed(&self) -> u32 {
        self.began.map_or(0, |began| (now() - began).max(0.0) as u32)
    }

    fn left(&self) -> u32 {
        self.deadline_ms.saturating_sub(self.elapsed()).max(1)
    }

    fn aborted(&self, reason: JsValue) -> E {
        self.error(ErrorKind::aborted(reason), None)
    }

    fn late(&mut self) -> E {
        let after = format!("{} ms and ", self.deadline_ms);
        let failure = self.failure.take();
        let kind = ErrorKind::Timeout { timeout_ms: self.deadline_ms, sent: true, status: None, overall: true };
        self.error(kind, Some((&after, failure)))
    }

    fn failed(&self) -> E {
        self.error(ErrorKind::Wait { status: self.seen_status() }, Some(("", None)))
    }

    fn seen_status(&self) -> String {
        self.status.clone().unwrap_or_default()
    }

    /// An error of the wait itself. `after` is what its message says before the number of polls, with why the last one failed; without it, the kind has
    /// words of its own.
    fn error(&self, kind: ErrorKind, after: Option<(&str, Option<Cause>)>) -> E {
        let (words, failure) = after.map_or((None, None), |(after, failure)| {
            let polls = if self.polls == 1 { "poll" } else { "polls" };
            let seen = match &self.status {
                Some(status) => format!("the {} is {status}", self.rule.noun),
                None => format!("nothing is known of the {}", self.rule.noun),
            };
            (Some(format!("{}: {seen} after {after}{} {polls}", self.id, self.polls)), failure)
        });
        let state = self.last.clone().map(|state| state as Rc<dyn Any>);
        Error::of_wait(self.id, kind, self.polls, Waited::new(words, self.status.clone(), state, failure)).into()
    }
}

impl<T: 'static, E: PollFailure> Walk for Wait<T, E> {
    type Item = std::result::Result<Progress<T>, E>;

    fn step(&mut self) -> impl Future<Output = Option<Self::Item>> {
        self.next()
    }
}

/// What the polls of a wait find, one after the other: see [`Wait::progress`].
pub struct WaitProgress<T: 'static, E: PollFailure = Error>(Walker<Wait<T, E>>);

impl<T: 'static, E: PollFailure> Stream for WaitProgress<T, E> {
    type Item = std::result::Result<Progress<T>, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_next(context)
    }
}

impl<T: 'static, E: PollFailure> fmt::Debug for WaitProgress<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WaitProgress(…)")
    }
}

impl<T, E> fmt::Debug for Wait<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Wait({}, {} polls so far)", self.id, self.polls)
    }
}

impl fmt::Debug for Poll {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Poll").field("deadline_ms", &self.deadline_ms).finish_non_exhaustive()
    }
}

/// Ends the calls of a wait when the wait ends.
struct CallsOfWait(Option<AbortController>);

impl Drop for CallsOfWait {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl<T: 'static, E: PollFailure> IntoFuture for Wait<T, E> {
    type Output = std::result::Result<T, E>;
    type IntoFuture = WaitFuture<T, E>;

    fn into_future(mut self) -> Self::IntoFuture {
        WaitFuture(SendWrapper::new(Box::pin(async move {
            loop {
                let (state, verdict) = self.advance().await?;
                match verdict {
                    Verdict::Done => return Ok(state),
                    going => {
                        self.last = Some(Rc::new(state));
                        if going == Verdict::Failed {
                            return Err(self.failed());
                        }
                    }
                }
            }
        })))
    }
}

/// A wait that runs. It is `Send`, as the executors of many frameworks ask, and is polled on the thread that made it.
pub struct WaitFuture<T, E>(SendWrapper<Ending<T, E>>);

type Ending<T, E> = Pin<Box<dyn Future<Output = std::result::Result<T, E>>>>;

impl<T, E> Future for WaitFuture<T, E> {
    type Output = std::result::Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> std::task::Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T, E> fmt::Debug for WaitFuture<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WaitFuture(…)")
    }
}

/// Milliseconds after this many polls.
fn pause_after(polls: u32) -> u32 {
    (1..polls).fold(3_000, |pause, _| (pause + pause / 2).min(15_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Facts;
    use crate::headers::ResponseHeaders;
    use crate::schema::endpoint::Repeat;

    #[test]
    fn polls_get_rarer() {
        assert_eq!([1, 2, 3, 4, 5, 6, 200].map(pause_after), [3_000, 4_500, 6_750, 10_125, 15_000, 15_000, 15_000]);
    }

    #[test]
    fn some_errors_pass() {
        let may_pass = |kind| Error::new("projects.get", "", kind, Facts::default()).may_pass();
        let api = |status| ErrorKind::Api { status, text: String::new(), headers: ResponseHeaders::default() };
        for status in 100..1000 {
            let kind = api(status);
            let again = retry::Reason::of(&kind).is_some_and(|reason| retry::again(Repeat::Safe, reason));
            assert_eq!(may_pass(kind), again, "a wait and a call differ about {status}");
        }
        assert!(may_pass(api(503)) && !may_pass(api(501)) && !may_pass(api(500)));
        assert!(may_pass(ErrorKind::Timeout { timeout_ms: 1, sent: false, status: None, overall: false }));
        assert!(may_pass(ErrorKind::Network { cause: "refused".into(), status: None, lost: true }));
        assert!(!may_pass(ErrorKind::Network { cause: "no answer".into(), status: None, lost: false }));
        assert!(!may_pass(ErrorKind::aborted("why")));
    }
}
