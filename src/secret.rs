//! What must never be printed, and how it is kept out of texts that others wrote.

use crate::words::{quoted, text_of};
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

/// A secret as it reads and as it is written: a server may repeat either.
pub(crate) fn both_forms(secret: &str) -> [Vec<u8>; 2] {
    let written = quoted(secret);
    [secret.into(), written[1..written.len() - 1].into()]
}

/// The value of a header that is secret, and what of it others may have without its scheme or name: `Bearer …`, `session=…`.
pub(crate) fn secrets_of_header(value: &str) -> Vec<Vec<u8>> {
    let parts = value.split([' ', '\t', ';', ',', '=']).filter(|part| part.len() > 7);
    std::iter::once(value).chain(parts).flat_map(both_forms).collect()
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

/// The same for a body: JSON has more than one way to write a letter, so it is read first, and what the text hides from the eye is found in the
/// strings. It stays JSON: a short secret (`true`, `400`, `message`) is often what others have as literals and names as well, and who cut those
/// out would lose what the server says.
pub(crate) fn redact_body(text: &str, secrets: &[Vec<u8>]) -> String {
    let long: Vec<_> = secrets.iter().filter(|secret| secret.len() >= LONG).cloned().collect();
    let Ok(mut body) = serde_json::from_str(text) else { return redact(text, secrets) };
    let clean = if redact_value(&mut body, secrets, &long) { body.to_string() } else { text.into() };
    // One may be more than a string of the body: JSON itself, for instance. Behind a backslash no secret begins, as `n` is no letter there.
    let bare = without_escapes(&clean);
    if redact(&bare, &long) == bare { clean } else { redact(text, secrets) }
}

fn without_escapes(json: &str) -> String {
    let (mut text, mut letters) = (String::new(), json.chars());
    while let Some(letter) = letters.next() {
        let escape = letter == '\\' && letters.next().is_some();
        text.push(if escape { '\0' } else { letter });
    }
    text
}

/// Tells whether there was something to hide. How deep it goes is limited by the parser.
fn redact_value(value: &mut serde_json::Value, secrets: &[Vec<u8>], long: &[Vec<u8>]) -> bool {
    let mut found = false;
    match value {
        serde_json::Value::String(text) => {
            let clean = redact(text, secrets);
            found = clean != *text;
            *text = clean;
        }
        serde_json::Value::Number(number) => {
            let text = number.to_string();
            let clean = redact(&text, secrets);
            found = clean != text;
            if found {
                *value = clean.into();
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| found |= redact_value(item, secrets, long)),
        serde_json::Value::Object(members) => {
            for (name, mut member) in std::mem::take(members) {
                found |= redact_value(&mut member, secrets, long);
                let clean = redact(&name, long);
                found |= clean != name;
                members.insert(clean, member);
            }
        }
        _ => {}
    }
    found
}

/// From this length on a secret is hidden wherever it stands.
const LONG: usize = 8;

fn stands_at(text: &[u8], at: usize, secret: &[u8]) -> bool {
    if secret.is_empty() || !text[at..].starts_with(secret) {
        return false;
    }
    let apart = |neighbour: Option<&u8>| !neighbour.is_some_and(u8::is_ascii_alphanumeric);
    secret.len() >= LONG || (apart(at.checked_sub(1).and_then(|before| text.get(before))) && apart(text.get(at + secret.len())))
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
    fn a_body_stays_json_whatever_the_secrets_are() {
        let secrets = ["true", "400", "message", "nsecret-1234"].map(|secret| secret.as_bytes().to_vec());
        let text = r#"{"message":"nsecret-1234 is true","code":400,"retry":true,"nsecret-1234":null}"#;
        let clean = r#"{"message":"[redacted] is [redacted]","code":"[redacted]","retry":true,"[redacted]":null}"#;
        assert_eq!(redact_body(text, &secrets), clean);
        // A line feed, and no secret behind it.
        let line = r#"{"message":"line\nsecret-1234"}"#;
        assert_eq!(redact_body(line, &secrets), line);
        // A secret that is JSON, and comes back as a part of it.
        assert_eq!(redact_body(r#"{"sent":{"a":"b"}}"#, &[br#"{"a":"b"}"#.to_vec()]), r#"{"sent":[redacted]}"#);
    }

    #[test]
    fn a_secret_in_json_that_is_quoted_in_json_is_found() {
        let secrets = both_forms("session=\"abc\\d\"");
        assert_eq!(
            redact_body(r#"{"message":"{\"cookie\":\"session=\\\"abc\\\\d\\\"\"}"}"#, &secrets),
            r#"{"message":"{\"cookie\":\"[redacted]\"}"}"#
        );
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
