//! Rate limits: how often something may still be called in this minute.

use supabase_management_wasm::endpoint::Rate;

/// What the API allows, for most endpoints.
pub(crate) const PER_MINUTE: u32 = 120;

const WINDOW_MS: i64 = 60_000;

/// Counts in fixed windows, each of which begins with its first call.
pub(crate) struct Limits {
    per_minute: Option<u32>,
    /// Few: those that ended are dropped at the next call.
    windows: Vec<([String; 3], Window)>,
}

struct Window {
    ends: i64,
    length: i64,
    calls: u32,
}

/// What the headers say.
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_seconds: i64,
    /// This call is one too many.
    pub(crate) exceeded: bool,
}

impl Limits {
    /// `None` counts nothing.
    pub(crate) fn new(per_minute: Option<u32>) -> Self {
        Limits { per_minute, windows: Vec::new() }
    }

    /// Counts a call of a token to an endpoint of a project or organization. Some endpoints have a limit of their own, where that is lower.
    pub(crate) fn count(&mut self, key: [&str; 3], own: Option<&Rate>, now: i64) -> Standing {
        let Some(limit) = self.per_minute else {
            return Standing { limit: PER_MINUTE, remaining: PER_MINUTE, reset_seconds: WINDOW_MS / 1000, exceeded: false };
        };
        let own = own.map(|rate| (u32::from(rate.calls), i64::from(rate.seconds) * 1000)).filter(|(calls, _)| *calls < limit);
        let (limit, length) = own.unwrap_or((limit, WINDOW_MS));
        // A clock that was set back begins anew.
        self.windows.retain(|(_, window)| (1..=window.length).contains(&(window.ends - now)));
        let at = self.windows.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.windows.push((key.map(str::to_owned), Window { ends: now + length, length, calls: 0 }));
            self.windows.len() - 1
        });
        let window = &mut self.windows[at].1;
        window.calls = window.calls.saturating_add(1);
        Standing {
            limit,
            remaining: limit.saturating_sub(window.calls),
            reset_seconds: (window.ends - now + 999) / 1000,
            exceeded: window.calls > limit,
        }
    }
}
