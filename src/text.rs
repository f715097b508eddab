//! Text in the forms that addresses, JSON and messages need.

use std::fmt::Write;

/// A JSON string. Control characters are escaped, so that no line break of a user's key stands raw in a message.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            // Writing into a String cannot fail.
            control if control < ' ' => drop(write!(quoted, "\\u{:04x}", control as u32)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Appends a member to a path as JavaScript writes it: `.name`, or `["odd key"]`.
pub(crate) fn push_member(path: &mut String, name: &str) {
    let plain = name.bytes().all(|byte| byte == b'_' || byte == b'$' || byte.is_ascii_alphanumeric());
    if plain && name.bytes().next().is_some_and(|first| !first.is_ascii_digit()) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    } else {
        path.push('[');
        path.push_str(&quoted(name));
        path.push(']');
    }
}

/// Appends text with everything percent-encoded that could mean something in a path, a query or a form.
pub(crate) fn percent_encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(byte.into());
        } else {
            // Writing into a String cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

/// Text of which parts may be percent-encoded, as a form has it. What is no code stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code =
            bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 2;
            }
            (b'+', _) => decoded.push(b' '),
            (byte, _) => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// What of an address stands before its query.
pub(crate) fn without_query(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

/// The known name that a wrong one was probably meant to be: one that begins and ends like it, for half of its length or more. Case and
/// underscores do not count, as `organizationSlug` is what `organization_slug` was meant to be.
pub(crate) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = letters(word);
    let (mut best, mut most) = (None, 0);
    for name in names {
        let known = letters(name);
        let begin = wanted.iter().zip(&known).take_while(|(a, b)| a == b).count();
        let end = wanted.iter().rev().zip(known.iter().rev()).take_while(|(a, b)| a == b).count();
        let same = (begin + end).min(wanted.len()).min(known.len());
        if same > most && same * 2 >= wanted.len().max(known.len()) {
            (best, most) = (Some(name), same);
        }
    }
    best
}

/// Whether two names are one but for case, underscores and hyphens.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

fn letters(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| !b"_-".contains(byte)).map(|byte| byte.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_is_what_serde_reads_again() {
        for text in ["plain", "\"\\\té", "line\nbreak\r", "\0\u{1f}\u{8}\u{c}", "数 🚀"] {
            let quoted = quoted(text);
            assert_eq!(serde_json::from_str::<String>(&quoted).expect("JSON"), text, "{quoted}");
            assert!(!quoted.chars().any(char::is_control), "{quoted}");
        }
    }

    #[test]
    fn what_is_percent_encoded_is_read_again() {
        for text in ["a b&c=d", "é 数\u{1f680}", "100%", "a+b", "%41"] {
            let mut encoded = String::new();
            percent_encode(text, &mut encoded);
            assert_eq!(percent_decode(&encoded), text);
        }
        assert_eq!(percent_decode("a+b%zz%4"), "a b%zz%4");
    }

    #[test]
    fn the_nearest_name_is_a_likely_one_or_none() {
        let names = ["organization_slug", "name", "db_pass"];
        assert_eq!(nearest("organizationSlug", names), Some("organization_slug"));
        assert_eq!(nearest("dbpass", names), Some("db_pass"));
        assert_eq!(nearest("region", names), None);
    }
}
