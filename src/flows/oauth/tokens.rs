//! Tokens as they are kept, and when it is time for new ones.

use crate::redact::REDACTED;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Tokens of a user for an app, and when they end: what is stored, in the same JSON as that of the npm package. Printed, it shows neither.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Tokens {
    /// The access token.
    pub access_token: String,
    /// The refresh token. It works once.
    pub refresh_token: String,
    /// Seconds that the access token lived from the moment when it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<f64>,
    /// When the access token ends, in milliseconds since 1970. Default: `expires_in` seconds from now; without that either, a refresh comes only
    /// when a server answers 401.
    #[serde(default, rename = "expiresAt", skip_serializing_if = "Option::is_none")]
    pub expires_at_ms: Option<f64>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Tokens");
        shown.field("access_token", &REDACTED).field("refresh_token", &REDACTED);
        shown.field("expires_in", &self.expires_in).field("expires_at_ms", &self.expires_at_ms).finish()
    }
}

impl Tokens {
    /// Tokens as they are kept: of tokens whose end is not known, it is counted from `begun`.
    pub(crate) fn kept(mut self, begun: f64) -> Self {
        self.access_token = self.access_token.trim().into();
        self.expires_in = self.expires_in.filter(|seconds| *seconds > 0.0);
        self.expires_at_ms = self.expires_at_ms.or(self.expires_in.map(|seconds| begun + seconds * 1000.0));
        self
    }

    /// Whether it is time for a refresh. Of tokens that live shortly, no more than half of the time is given away.
    pub(crate) fn is_due(&self, now: f64, before_seconds: f64) -> bool {
        let half = self.expires_in.map_or(before_seconds, |seconds| seconds / 2.0);
        self.expires_at_ms.is_some_and(|end| now >= end - before_seconds.min(half) * 1000.0)
    }
}
