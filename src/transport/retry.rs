//! Whether a request is sent again, and how long it waits until then.
//!
//! | what happened | `GET`, `HEAD`, `PUT`, `DELETE`, a `POST` that only reads, a migration with a key | other `POST`, `PATCH`; tokens; `PUT` of the Postgres configuration |
//! | --- | --- | --- |
//! | 429, which is refused before any work | again | again |
//! | no answer, no complete one in time, 408, 502, 503, 504, 520 to 526 | again | not again: it may have been done |
//! | any other status, an answer that cannot be read | not again | not again |
//!
//! A wait polls once more after the same failures as a call of the left column, and after no other: see [`may_pass`].

use crate::error::ErrorKind;
use crate::schema::endpoint::Repeat;
use std::fmt;

/// The longest wait of our own, in milliseconds, and the first one.
const CAP_MS: f64 = 8_000.0;
const FIRST_MS: f64 = 500.0;

/// What made an attempt fail, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// There was no answer, or it broke off.
    Network,
    /// It took too long.
    Timeout,
    /// The server said so.
    Status(u16),
}

impl Reason {
    /// `None` for what cannot get better.
    pub(crate) fn of(kind: &ErrorKind) -> Option<Self> {
        match kind {
            ErrorKind::Network { lost: true, .. } => Some(Reason::Network),
            // The token took the time, or all of it is used up.
            ErrorKind::Timeout { sent: true, overall: false, .. } => Some(Reason::Timeout),
            ErrorKind::Api { status, .. } => Some(Reason::Status(*status)),
            _ => None,
        }
    }
}

/// What hooks call it: `network`, `timeout`, or the status.
impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Network => formatter.write_str("network"),
            Reason::Timeout => formatter.write_str("timeout"),
            Reason::Status(status) => write!(formatter, "{status}"),
        }
    }
}

/// Whether the server may answer otherwise a moment later: the one table of these statuses, for calls and for waits. A 500 or 501 is not in it, as the
/// server itself answered, and says that it cannot do what it was asked for.
pub(crate) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 429 | 502..=504 | 520..=526)
}

/// The one rule of repetition.
pub(crate) fn again(repeat: Repeat, reason: Reason) -> bool {
    match (reason, repeat) {
        (Reason::Status(429), _) => true,
        (Reason::Network | Reason::Timeout, Repeat::Safe) => true,
        (Reason::Status(status), Repeat::Safe) => may_pass(status),
        _ => false,
    }
}

/// What is known of the work of attempts that have failed. What one of them tells stays true whatever comes after it, so the greatest of all holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing was done.
    #[default]
    NotDone,
    /// A request arrived, and nobody knows what became of it.
    Unknown,
    /// A status of success had come: the work is done.
    Done,
}

impl Outcome {
    /// That of one attempt. `unsent` tells of a lost connection whether it never came about.
    pub(crate) fn of(kind: &ErrorKind, unsent: bool) -> Self {
        let open = match kind {
            ErrorKind::Decode { .. } | ErrorKind::Network { status: Some(_), .. } | ErrorKind::Timeout { status: Some(_), .. } => {
                return Outcome::Done;
            }
            ErrorKind::Network { status: None, lost: true, .. } => !unsent,
            ErrorKind::Timeout { sent: true, .. } | ErrorKind::Aborted { sent: true, status: None, .. } => true,
            ErrorKind::Aborted { status: Some(200..=299), .. } => return Outcome::Done,
            ErrorKind::Api { status, .. } | ErrorKind::Aborted { status: Some(status), .. } => *status != 429 && may_pass(*status),
            _ => false,
        };
        if open { Outcome::Unknown } else { Outcome::NotDone }
    }
}

/// Whether another call of the same kind can help, and does no harm.
pub(crate) fn is_retryable(kind: &ErrorKind, repeat: Repeat) -> bool {
    match kind {
        ErrorKind::RateLimit { .. } => true,
        ErrorKind::Timeout { sent, .. } => !sent || repeat == Repeat::Safe,
        ErrorKind::Network { .. } => repeat == Repeat::Safe,
        ErrorKind::Api { status, .. } => again(repeat, Reason::Status(*status)),
        _ => false,
    }
}

/// Milliseconds to wait where the server asks for some: those, and up to a tenth more. Else a back-off at random.
pub(crate) fn wait_ms(asked_ms: Option<f64>, failures: u32, random: f64) -> f64 {
    asked_ms.map_or_else(|| back_off_ms(failures, random), |asked| spread_ms(asked, random))
}

/// Milliseconds to wait after a number of failures, where the server names none: full jitter. `random` is 0 to 1.
pub(crate) fn back_off_ms(failures: u32, random: f64) -> f64 {
    let mut most = FIRST_MS;
    // From then on it is the cap.
    for _ in 1..failures.min(9) {
        most = (most * 2.0).min(CAP_MS);
    }
    most * random
}

/// A wait that the server asked for, and up to a tenth more, so that not all who wait come back at once.
pub(crate) fn spread_ms(asked_ms: f64, random: f64) -> f64 {
    asked_ms * (1.0 + random / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsafe_is_sent_again_only_where_nothing_was_done() {
        let reasons = [Reason::Network, Reason::Timeout].into_iter().chain((100..1000).map(Reason::Status));
        for reason in reasons {
            let refused = reason == Reason::Status(429);
            assert_eq!(again(Repeat::Unsafe, reason), refused, "{reason:?}");
            let passing = match reason {
                Reason::Status(status) => [408, 429, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526].contains(&status),
                _ => true,
            };
            assert_eq!(again(Repeat::Safe, reason), passing, "{reason:?}");
        }
    }

    #[test]
    fn waits_grow_up_to_a_cap() {
        let most: Vec<_> = (1..8).map(|failures| back_off_ms(failures, 1.0)).collect();
        assert_eq!(most, [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0]);
        assert_eq!(back_off_ms(3, 0.0), 0.0);
        assert_eq!(back_off_ms(u32::MAX, 0.5), 4000.0);
    }

    #[test]
    fn a_wait_of_the_server_is_never_shortened() {
        assert_eq!(spread_ms(2000.0, 0.0), 2000.0);
        assert_eq!(spread_ms(2000.0, 1.0), 2200.0);
    }
}
