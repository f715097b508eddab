//! One function that sends: its turn, the token, `fetch`, the answer, and all of it again where that is right.

use super::cancellation::{Cancellation, Cancelled, sleep};
use super::exchange::{BodyFormat, Outgoing, Received, ReceivedBody, Trace};
use super::hooks;
use super::http::{Answer, FetchError, fetch};
use super::rate_limit::{LONGEST_WAIT_MS, Limiter, Permit, Refused};
use super::retry::{Outcome, Reason, again, wait_ms};
use super::time::{Deadline, now};
use crate::clock::random;
use crate::error::ErrorKind;
use crate::options::{DEFAULT_BASE_URL, Options, RateLimitMode, TokenSource, check_token, missing_fetch, missing_token};
use crate::redact::Token;
use crate::schema::endpoint::Answer as AnswerKind;
use web_sys::AbortController;

/// The token of a call, which a source may have to give first.
struct TokenState {
    token: Option<Token>,
    /// Whether the source was asked for another one, which happens once.
    renewed: bool,
    /// Whether the token was got just now, in the place of one that was refused.
    fresh: bool,
}

/// Sends a request, again where that is right.
///
/// # Errors
/// Why its last attempt failed, or why there was none.
pub(super) async fn send(outgoing: &Outgoing, limiter: &Limiter, trace: &mut Trace) -> Result<Received, ErrorKind> {
    let Outgoing { request, options, .. } = outgoing;
    let anonymous = request.known.anonymous;
    if cfg!(not(target_family = "wasm")) && options.fetch.is_none() {
        return Err(ErrorKind::Input(missing_fetch()));
    }
    // A transport of the user's may add a token of its own.
    let token = match &options.access_token {
        TokenSource::Fixed(text) if !anonymous => Some(check_token(text).map_err(ErrorKind::Input)?),
        TokenSource::None if !anonymous && !options.is_sent_by_rust() && options.base() == DEFAULT_BASE_URL => {
            return Err(ErrorKind::Input(missing_token()));
        }
        _ => None,
    };
    if let Some(token) = &token {
        trace.secrets.add(token.expose());
    }
    let mut token = TokenState { token, renewed: false, fresh: false };
    let deadline = Deadline::new(options.deadline_ms);
    let turn = limiter.turn();
    let mut failures = 0;
    loop {
        // Tokens are what others wait for, in their turn: who asks for one must not stand behind them.
        let permit = if anonymous { None } else { Some(admit(outgoing, limiter, turn, deadline).await?) };
        let kind = match attempt(outgoing, permit.as_ref(), &mut token, deadline, trace).await {
            Ok(received) => return Ok(received),
            Err(kind) => kind,
        };
        trace.outcome = trace.outcome.max(if request.writes() { Outcome::of(&kind, is_unsent(&kind)) } else { Outcome::NotDone });
        let Some(reason) = Reason::of(&kind) else { return Err(kind) };
        let asked_ms = if let ErrorKind::Api { status, headers, .. } = &kind { headers.asked_wait_ms(*status) } else { None };
        drop(permit);
        if outgoing.is_stream() {
            return Err(kind);
        }
        if reason == Reason::Status(401) && !anonymous && !token.renewed && matches!(options.access_token, TokenSource::Refreshing(_)) {
            renew(outgoing, &mut token, deadline, trace, kind).await?;
            hooks::tell_retry(options, request, trace.attempts, 0.0, reason.to_string());
            continue;
        }
        failures += 1;
        let most = if deadline.left_ms().is_finite() { deadline.left_ms() } else { LONGEST_WAIT_MS };
        let mut wait = wait_ms(asked_ms, failures, random());
        if let Some(asked) = asked_ms.filter(|_| wait >= most) {
            wait = asked;
        }
        if failures > options.max_retries || !again(request.repeat, reason) || wait >= most {
            return Err(kind);
        }
        hooks::tell_retry(options, request, trace.attempts, wait, reason.to_string());
        rest_until(now() + wait, outgoing).await?;
    }
}

fn is_unsent(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::Network { cause, .. } if cause.never_left())
}

async fn admit<'l>(outgoing: &Outgoing, limiter: &'l Limiter, turn: u64, deadline: Deadline) -> Result<Permit<'l>, ErrorKind> {
    let Outgoing { request, options, .. } = outgoing;
    let refuse = options.rate_limit == RateLimitMode::Error;
    let permit = limiter.admit(request.known, &request.subject, turn, refuse, deadline, options.signal.as_ref()).await;
    permit.map_err(|refused| match refused {
        Refused::Spent(wait_ms) => ErrorKind::RateLimit { wait_ms },
        Refused::Late => ErrorKind::Timeout { timeout_ms: options.deadline_ms, sent: false, status: None, overall: true },
        Refused::Aborted(reason) => ErrorKind::aborted(reason),
    })
}

/// Timers may ring a moment early, and what a server asks to wait is never shortened.
async fn rest_until(time: f64, outgoing: &Outgoing) -> Result<(), ErrorKind> {
    loop {
        let left = time - now();
        if left <= 0.0 {
            return Ok(());
        }
        sleep(left, outgoing.options.signal.as_ref()).await.map_err(ErrorKind::aborted)?;
    }
}

/// The time that an attempt has.
#[derive(Clone, Copy)]
struct AttemptTime {
    milliseconds: f64,
    /// Whether it is the time for all attempts that is over first.
    overall: bool,
}

impl AttemptTime {
    fn new(options: &Options, deadline: Deadline) -> Self {
        let (left, timeout) = (deadline.left_ms(), f64::from(options.timeout_ms));
        AttemptTime { milliseconds: timeout.min(left).max(0.0), overall: left < timeout }
    }

    /// How an attempt ends that was cancelled. `status` is the one that had come.
    fn cancelled(self, cause: Cancelled, options: &Options, sent: bool, status: Option<u16>) -> ErrorKind {
        match cause {
            Cancelled::Aborted(reason) => ErrorKind::Aborted { reason: reason.into(), sent, status },
            Cancelled::Late => {
                let timeout_ms = if self.overall { options.deadline_ms } else { options.timeout_ms };
                ErrorKind::Timeout { timeout_ms, sent, status, overall: self.overall }
            }
        }
    }
}

/// One attempt, from the token to the last byte of the answer.
async fn attempt(
    outgoing: &Outgoing,
    permit: Option<&Permit<'_>>,
    token: &mut TokenState,
    deadline: Deadline,
    trace: &mut Trace,
) -> Result<Received, ErrorKind> {
    let Outgoing { request, options, .. } = outgoing;
    let time = AttemptTime::new(options, deadline);
    // A transport that is written in Rust is dropped instead.
    let controller = if options.is_sent_by_rust() { None } else { AbortController::new().ok() };
    let fetch_signal = controller.as_ref().map(AbortController::signal);
    let cancellation = Cancellation::new(options.signal.as_ref(), time.milliseconds, controller);
    let unsent = |cause| time.cancelled(cause, options, false, None);
    cancellation.check().map_err(unsent)?;
    if !request.known.anonymous && !std::mem::take(&mut token.fresh) {
        ask_for_token(options, token, &cancellation, time, None, trace).await?;
    }
    cancellation.check().map_err(unsent)?;
    trace.attempts += 1;
    hooks::tell_request(options, request, trace.attempts);
    let began = now();
    let result = async {
        // A hook may have aborted it.
        cancellation.check().map_err(unsent)?;
        if let Some(permit) = permit {
            permit.mark_sent();
        }
        let sending = fetch(outgoing, token.token.as_ref(), fetch_signal.as_ref());
        let answer = match cancellation.guard(sending).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(FetchError::Rejected(cause))) => return Err(ErrorKind::Network { cause, status: None, lost: true }),
            Ok(Err(FetchError::NoRequest(cause) | FetchError::NoResponse(cause))) => {
                return Err(ErrorKind::Network { cause, status: None, lost: false });
            }
            Err(cause) => return Err(time.cancelled(cause, options, true, None)),
        };
        if let Some(permit) = permit {
            let closed_ms = if answer.status == 429 { answer.headers.asked_wait_ms(429) } else { None };
            permit.learn(answer.headers.rate_limit(), closed_ms);
        }
        receive(outgoing, answer, &cancellation, time).await
    }
    .await;
    cancellation.disarm();
    hooks::tell_response(options, request, trace.attempts, began, &result);
    result
}

/// Reads the body of an answer, and tells success from failure.
async fn receive(outgoing: &Outgoing, answer: Answer, cancellation: &Cancellation, time: AttemptTime) -> Result<Received, ErrorKind> {
    let (status, headers, success) = (answer.status, answer.headers.clone(), answer.is_success());
    let format = if success { outgoing.format } else { BodyFormat::Text };
    let read = if status == 204 { Ok(Ok(ReceivedBody::None)) } else { cancellation.guard(answer.read(format)).await };
    // The status says enough; an error body that breaks off, or never ends, must not hide it. Nor is anything lost with a body that nobody needs, which
    // is read so that the connection can be used again.
    let needless = !success || matches!(outgoing.request.endpoint.answer, AnswerKind::Nothing | AnswerKind::Count);
    let body = match read {
        Ok(Ok(body)) => body,
        Err(Cancelled::Aborted(reason)) => return Err(ErrorKind::Aborted { reason: reason.into(), sent: true, status: Some(status) }),
        _ if needless => ReceivedBody::None,
        Ok(Err(cause)) => return Err(ErrorKind::Network { cause, status: Some(status), lost: true }),
        Err(Cancelled::Late) => return Err(time.cancelled(Cancelled::Late, &outgoing.options, true, Some(status))),
    };
    if success {
        return Ok(Received { status, headers, body });
    }
    Err(ErrorKind::Api { status, text: body.text(), headers })
}

/// Asks the source of tokens, where there is one; for another one than `refused`, if that is given.
async fn ask_for_token(
    options: &Options,
    token: &mut TokenState,
    cancellation: &Cancellation,
    time: AttemptTime,
    refused: Option<&str>,
    trace: &mut Trace,
) -> Result<(), ErrorKind> {
    let pending = match &options.access_token {
        TokenSource::Ask(source) => source(),
        TokenSource::Refreshing(source) => source(refused),
        TokenSource::None | TokenSource::Fixed(_) => return Ok(()),
    };
    let given = cancellation.guard(pending).await.map_err(|cause| time.cancelled(cause, options, false, None))?;
    let given = given.map_err(|cause| ErrorKind::Token { cause })?;
    let given = check_token(&given).map_err(ErrorKind::Input)?;
    trace.secrets.add(given.expose());
    token.token = Some(given);
    Ok(())
}

/// Gets another token in the place of one that was refused. The request was refused before any work was done.
///
/// # Errors
/// The refusal itself, where the source gives the same token again; what the source fails with.
async fn renew(outgoing: &Outgoing, token: &mut TokenState, deadline: Deadline, trace: &mut Trace, refusal: ErrorKind) -> Result<(), ErrorKind> {
    let options = &outgoing.options;
    let time = AttemptTime::new(options, deadline);
    let cancellation = Cancellation::new(options.signal.as_ref(), time.milliseconds, None);
    let refused = token.token.clone();
    let text = refused.as_ref().map(|token| token.expose().to_owned());
    ask_for_token(options, token, &cancellation, time, text.as_deref(), trace).await?;
    if token.token == refused {
        return Err(refusal);
    }
    (token.renewed, token.fresh) = (true, true);
    Ok(())
}
