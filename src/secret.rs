//! What must never be printed, and how it is kept out of texts that others wrote.

use crate::words::text_of;
use std::fmt;

/// Stands where a secret was.
pub(crate) const REDACTED: Hidden = Hidden;
const MARK: &[u8] = b"[redacted]";

/// Prints `[redacted]`.
pub(crate) struct Hidden;

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// An access token: trimmed, without white space or control characters, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Reads a token. The kinds of token grew three times, so no shape is required: `None` for an empty one, or one with white space or
    /// control characters or anything beyond ASCII inside.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim_ascii();
        let fine = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fine.then(|| Token(text.to_owned()))
    }

    /// The token itself. Keep it out of logs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        REDACTED.fmt(formatter)
    }
}

/// Replaces every secret in a text by `[redacted]`.
///
/// A short secret (`1`, `on`) is replaced only where it stands alone: inside other words it is a coincidence, and the text would be
/// unreadable.
pub(crate) fn redact(text: &str, secrets: &[Vec<u8>]) -> String {
    let text = text.as_bytes();
    let mut clean = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let longest = secrets.iter().filter(|secret| stands_at(text, at, secret)).map(Vec::len).max();
        if let Some(length) = longest {
            clean.extend_from_slice(MARK);
            at += length;
        } else {
            clean.push(text[at]);
            at += 1;
        }
    }
    // Secrets are UTF-8 as well: no letter was cut.
    text_of(clean)
}

/// The same for a body: JSON has more than one way to write a letter, so what the text hides from the eye is found in the strings.
pub(crate) fn redact_body(text: &str, secrets: &[Vec<u8>]) -> String {
    let clean = redact(text, secrets);
    let mut body = serde_json::from_str(&clean).unwrap_or_default();
    if redact_value(&mut body, secrets) { body.to_string() } else { clean }
}

/// Tells whether there was something to hide. How deep it goes is limited by the parser.
fn redact_value(value: &mut serde_json::Value, secrets: &[Vec<u8>]) -> bool {
    let mut found = false;
    match value {
        serde_json::Value::String(text) => {
            let clean = redact(text, secrets);
            found = clean != *text;
            *text = clean;
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| found |= redact_value(item, secrets)),
        serde_json::Value::Object(members) => {
            for (name, mut member) in std::mem::take(members) {
                found |= redact_value(&mut member, secrets);
                let clean = redact(&name, secrets);
                found |= clean != name;
                members.insert(clean, member);
            }
        }
        _ => {}
    }
    found
}

fn stands_at(text: &[u8], at: usize, secret: &[u8]) -> bool {
    if secret.is_empty() || !text[at..].starts_with(secret) {
        return false;
    }
    let apart = |neighbour: Option<&u8>| !neighbour.is_some_and(u8::is_ascii_alphanumeric);
    secret.len() >= 8 || (apart(at.checked_sub(1).and_then(|before| text.get(before))) && apart(text.get(at + secret.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str, secrets: &[&str]) -> String {
        let secrets: Vec<_> = secrets.iter().map(|secret| secret.as_bytes().to_vec()).collect();
        redact(text, &secrets)
    }

    #[test]
    fn a_long_secret_goes_wherever_it_stands() {
        assert_eq!(clean("xsbp_1234567890y sbp_1234567890", &["sbp_1234567890"]), "x[redacted]y [redacted]");
    }

    #[test]
    fn a_short_secret_goes_only_where_it_stands_alone() {
        assert_eq!(clean("value 1 of 100, \"1\"", &["1"]), "value [redacted] of 100, \"[redacted]\"");
    }

    #[test]
    fn the_longer_of_two_secrets_wins() {
        assert_eq!(clean("abcdefghij", &["abcdefgh", "abcdefghij"]), "[redacted]");
    }

    #[test]
    fn a_secret_in_other_escapes_is_found() {
        let secrets = [b"sbp_1234567890".to_vec()];
        assert_eq!(redact_body(r#"{"a":["\u0073bp_1234567890"],"b":1}"#, &secrets), r#"{"a":["[redacted]"],"b":1}"#);
        assert_eq!(redact_body(r#"{"a" : "plain"}"#, &secrets), r#"{"a" : "plain"}"#);
    }

    #[test]
    fn a_token_is_trimmed_and_never_printed() {
        let token = Token::new("  sbp_1\n").expect("a token");
        assert_eq!(token.expose(), "sbp_1");
        assert_eq!(format!("{token:?}"), "[redacted]");
        for bad in ["", "  ", "a b", "a\tb", "a\u{7f}", "é"] {
            assert!(Token::new(bad).is_none(), "{bad:?}");
        }
    }
}
