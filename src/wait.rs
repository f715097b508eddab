//! Waiting for work that the API does after it has answered: polls until it is done, has failed, or the time is over.

mod alarm;
mod rules;
mod status;

#[cfg(feature = "js")]
#[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT_WAITERS: &str = include_str!("wait/waiters.d.ts");

pub use rules::Verdict;

use crate::api::projects::ServiceName;
use crate::check::Fault;
use crate::client::Call;
use crate::error::{Error, ErrorKind, Result};
use crate::options::{MAX_TIMEOUT_MS, Options};
use crate::words::{join, number};
use alarm::within;
use rules::Rule;
pub(crate) use status::{Status, of_backup, of_services};
use std::any::Any;
use std::future::{Future, IntoFuture, pending};
use std::pin::Pin;
use std::rc::Rc;
use web_sys::{AbortController, AbortSignal};

/// Milliseconds that a wait may take in all unless [`Wait::deadline_ms`] says otherwise: half an hour.
pub const DEFAULT_WAIT_MS: u32 = 1_800_000;

/// Polls that may fail in a row for reasons that pass.
const MOST_MISSED: u32 = 5;

/// An answer to a poll, and its status where the state alone does not tell it.
pub(crate) type Read<T> = Pin<Box<dyn Future<Output = Result<(T, Option<String>)>>>>;

type Reader<T> = dyn Fn(&Poll) -> Read<T>;
type Change = Rc<dyn Fn(&mut Options)>;

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
    let read = move |poll: &Poll| -> Read<T> {
        let work = read(poll).into_future();
        Box::pin(async move { Ok((work.await?, None)) })
    };
    let words = move |state: &T| match done(state).into() {
        Verdict::Going => "pending".into(),
        Verdict::Done => "done".into(),
        Verdict::Failed => "failed".into(),
    };
    Wait::new("waitUntil", Rule::OWN, read, words)
}

/// What a poll's calls need.
pub struct Poll {
    /// Aborts them when the wait ends.
    pub signal: Option<AbortSignal>,
    /// Milliseconds that are left of the wait.
    pub deadline_ms: u32,
    pub(crate) services: Rc<[ServiceName]>,
    change: Option<Change>,
}

impl Poll {
    /// Gives a call the signal and the options of the wait.
    pub fn call<T>(&self, call: Call<T>) -> Call<T> {
        call.with_options(|options| {
            if let Some(change) = &self.change {
                change(options);
            }
            options.signal.clone_from(&self.signal);
            options.deadline_ms = self.deadline_ms;
        })
    }

    pub(crate) fn read<T: 'static>(&self, call: Call<T>) -> Read<T> {
        let call = self.call(call);
        Box::pin(async move { Ok((call.await?, None)) })
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
/// connection, too late, 408, 429, 5xx) is made up for by the next one, up to five in a row; any other error ends the wait.
///
/// # Errors
/// An [`Error`]: `Wait` if the work has failed, `Timeout` if it is not done in time, `Aborted`, or that of a poll. [`Error::state`] has what was seen
/// last.
#[must_use = "a wait does nothing until it is awaited"]
pub struct Wait<T> {
    id: &'static str,
    rule: Rule,
    read: Box<Reader<T>>,
    words: Box<dyn Fn(&T) -> String>,
    fault: Option<Fault>,
    poll_ms: Option<u32>,
    deadline_ms: u32,
    signal: Option<AbortSignal>,
    services: Rc<[ServiceName]>,
    change: Option<Change>,
    began: Option<f64>,
    polls: u32,
    missed: u32,
    /// What the server asked to wait, with the last of them.
    asked_ms: u32,
    status: String,
    last: Option<Rc<T>>,
    /// What [`Wait::next`] gives next, where it polls no more.
    end: Option<Option<Error>>,
}

impl<T: 'static> Wait<T> {
    fn new(id: &'static str, rule: Rule, read: impl Fn(&Poll) -> Read<T> + 'static, words: impl Fn(&T) -> String + 'static) -> Self {
        Wait {
            id,
            rule,
            read: Box::new(read),
            words: Box::new(words),
            fault: None,
            poll_ms: None,
            deadline_ms: DEFAULT_WAIT_MS,
            signal: None,
            services: Rc::new([]),
            change: None,
            began: None,
            polls: 0,
            missed: 0,
            asked_ms: 0,
            status: "UNKNOWN".into(),
            last: None,
            end: None,
        }
    }

    /// One of the waiters that the rules name.
    pub(crate) fn named(id: &'static str, read: impl Fn(&Poll) -> Read<T> + 'static, words: impl Fn(&T) -> String + 'static) -> Self {
        Self::new(id, Rule::of(id), read, words)
    }

    /// Milliseconds between an answer and the next poll, always the same: 1 to 2147483647.
    pub fn poll_ms(mut self, poll_ms: u32) -> Self {
        self.poll_ms = Some(poll_ms);
        self.limit("pollMs", poll_ms)
    }

    /// Milliseconds for all of it, from the first poll on: 1 to 2147483647. Default: [`DEFAULT_WAIT_MS`].
    pub fn deadline_ms(mut self, deadline_ms: u32) -> Self {
        self.deadline_ms = deadline_ms;
        self.limit("deadlineMs", deadline_ms)
    }

    fn limit(mut self, name: &str, milliseconds: u32) -> Self {
        if milliseconds == 0 || milliseconds > MAX_TIMEOUT_MS {
            self.fault = Some(Fault::new(&join(&["options.", name]), "a whole number of milliseconds, 1 to 2147483647", "another number"));
        }
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
    pub fn services(mut self, services: &[ServiceName]) -> Self {
        if self.id != "projects.waitUntilHealthy" {
            self.fault = Some(Fault::new("options.services", "a wait for the health of a project", "another one"));
        }
        self.services = services.into();
        self
    }

    /// Polls, and gives what it found; nothing after the last. A failure is given after the state that shows it.
    pub async fn next(&mut self) -> Option<Result<Progress<T>>> {
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
        Some(Ok(Progress { status: self.status.clone(), state, elapsed_ms: self.elapsed(), polls: self.polls }))
    }

    /// Waits for the next answer.
    async fn advance(&mut self) -> Result<(T, Verdict)> {
        if let Some(fault) = &self.fault {
            return Err(self.error(ErrorKind::Input(fault.clone())));
        }
        loop {
            self.halt(false)?;
            if self.polls == 0 {
                self.began = Some(js_sys::Date::now());
            } else {
                let pause = self.pause().min(self.left());
                within(pending::<()>(), pause, self.signal.as_ref(), None).await;
                self.halt(self.left() <= 1)?;
            }
            self.polls += 1;
            let controller = AbortController::new().ok();
            let poll = Poll {
                signal: controller.as_ref().map(AbortController::signal),
                deadline_ms: self.left(),
                services: Rc::clone(&self.services),
                change: self.change.clone(),
            };
            match within((self.read)(&poll), self.left(), self.signal.as_ref(), controller.as_ref()).await {
                Some(Ok((state, words))) => {
                    (self.missed, self.asked_ms) = (0, 0);
                    self.status = words.unwrap_or_else(|| (self.words)(&state));
                    let verdict = self.rule.judge(&self.status);
                    return Ok((state, verdict));
                }
                Some(Err(error)) if is_passing(error.kind()) && self.missed < MOST_MISSED => {
                    self.missed += 1;
                    self.asked_ms = error.retry_after_ms().unwrap_or(0.0) as u32;
                }
                Some(Err(error)) => return Err(error),
                None => self.halt(true)?,
            }
        }
    }

    fn pause(&self) -> u32 {
        // What a server asks for is never shortened.
        self.poll_ms.unwrap_or_else(|| pause_after(self.polls)).max(self.asked_ms)
    }

    fn elapsed(&self) -> u32 {
        self.began.map_or(0, |began| (js_sys::Date::now() - began).max(0.0) as u32)
    }

    fn left(&self) -> u32 {
        self.deadline_ms.saturating_sub(self.elapsed()).max(1)
    }

    /// An error if the wait is over: because of the signal, or of the time.
    fn halt(&self, late: bool) -> Result<()> {
        match &self.signal {
            Some(signal) if signal.aborted() => Err(self.error(ErrorKind::Aborted { reason: signal.reason() })),
            _ if late => {
                let after = join(&[&number(self.deadline_ms.into()), " ms and "]);
                Err(self.waited(ErrorKind::Timeout { timeout_ms: self.deadline_ms, sent: true, status: None, overall: true }, &after))
            }
            _ => Ok(()),
        }
    }

    fn failed(&self) -> Error {
        self.waited(ErrorKind::Wait { status: self.status.clone() }, "")
    }

    fn waited(&self, kind: ErrorKind, after: &str) -> Error {
        let polls = [&*number(self.polls.into()), if self.polls > 1 { " polls" } else { " poll" }].concat();
        let words = join(&[self.id, ": the ", self.rule.noun, " is ", &self.status, " after ", after, &polls]);
        Error::of_wait(self.id, kind, Some(words), self.last.clone().map(|state| state as Rc<dyn Any>))
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::of_wait(self.id, kind, None, self.last.clone().map(|state| state as Rc<dyn Any>))
    }
}

impl<T: 'static> IntoFuture for Wait<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T>>>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
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
        })
    }
}

/// Milliseconds after this many polls.
fn pause_after(polls: u32) -> u32 {
    (1..polls).fold(3_000, |pause, _| (pause + pause / 2).min(15_000))
}

/// Whether the next poll may do better.
fn is_passing(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::Api { status, .. } => matches!(status, 408 | 429 | 500..),
        ErrorKind::Network { .. } | ErrorKind::Timeout { .. } | ErrorKind::RateLimit { .. } => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::ResponseHeaders;
    use wasm_bindgen::JsValue;

    #[test]
    fn polls_get_rarer() {
        assert_eq!([1, 2, 3, 4, 5, 6, 200].map(pause_after), [3_000, 4_500, 6_750, 10_125, 15_000, 15_000, 15_000]);
    }

    #[test]
    fn some_errors_pass() {
        let api = |status| ErrorKind::Api { status, text: String::new(), headers: ResponseHeaders(JsValue::UNDEFINED) };
        for (status, passes) in [(400, false), (401, false), (404, false), (408, true), (429, true), (500, true), (503, true), (524, true)] {
            assert_eq!(is_passing(&api(status)), passes, "{status}");
        }
        assert!(is_passing(&ErrorKind::Timeout { timeout_ms: 1, sent: false, status: None, overall: false }));
        assert!(is_passing(&ErrorKind::Network { cause: JsValue::UNDEFINED, status: None, lost: true }));
        assert!(!is_passing(&ErrorKind::Aborted { reason: JsValue::UNDEFINED }));
    }
}
