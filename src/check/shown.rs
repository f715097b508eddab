//! JSON as it may be shown.

use super::{Checker, Mode, Path};
use crate::schema::Type;

impl Type {
    /// The text of a request's value with `"[redacted]"` in the place of each secret, as a log shows it. `None` for a text that does not fit: what
    /// is in it, nobody knows.
    pub fn shown(self, json: &[u8]) -> Option<String> {
        let mut checker = Checker::new(json, Mode::Request, false);
        checker.passes(self, &Path::root("")).ok()?;
        let mut places = checker.secrets;
        // Nearly in order, as they stand: only what holds others comes behind them.
        for end in 1..places.len() {
            let mut at = end;
            while at > 0 && places[at - 1] > places[at] {
                places.swap(at - 1, at);
                at -= 1;
            }
        }
        let (mut shown, mut done) = (Vec::with_capacity(json.len()), 0);
        // A secret inside of another one is gone with that.
        for (from, to) in places {
            if from >= done {
                shown.extend_from_slice(json.get(done..from)?);
                shown.extend_from_slice(br#""[redacted]""#);
                done = to;
            }
        }
        shown.extend_from_slice(json.get(done..)?);
        String::from_utf8(shown).ok()
    }
}
