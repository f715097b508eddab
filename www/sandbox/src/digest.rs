//! Digests, and keys that follow from what they belong to.

use base64ct::{Base64, Encoding};
pub(crate) use supabase_management_compact::digest::{hex, hmac, sha256};

/// Base64 as URLs and JWTs have it.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    let text = base64(bytes);
    let letter = |letter| match letter {
        '+' => '-',
        '/' => '_',
        other => other,
    };
    text.trim_end_matches('=').chars().map(letter).collect()
}

/// What [`base64url`] makes, read.
pub(crate) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let letter = |letter| match letter {
        '-' => Some('+'),
        '_' => Some('/'),
        '+' | '/' | '=' => None,
        other => Some(other),
    };
    let mut text: String = text.chars().map(letter).collect::<Option<_>>()?;
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    from_base64(&text)
}

/// Base64 as RFC 4648 has it, padded.
pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// What [`base64`] makes, read.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

/// A value of a project that is made rather than kept: the same for the same reference.
pub(crate) fn derived(purpose: &str, reference: &str) -> String {
    hex(&hmac(purpose.as_bytes(), reference.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{base64url, from_base64url};

    #[test]
    fn base64url_is_that_of_rfc_4648() {
        for (bytes, text) in [(&b""[..], ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (&[0xfb, 0xff, 0xbf], "-_-_")] {
            assert_eq!(base64url(bytes), text);
            assert_eq!(from_base64url(text).as_deref(), Some(bytes));
        }
        for wrong in ["Z", "Zg==", "+/+/", "Zh", "Zm9vZ", "ä"] {
            assert_eq!(from_base64url(wrong), None, "{wrong}");
        }
    }
}
