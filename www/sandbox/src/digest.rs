//! Digests, and keys that follow from what they belong to.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

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

/// HMAC with SHA-256, RFC 2104.
pub(crate) fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut block = [0; 64];
    let short = if key.len() > block.len() { sha256(key).to_vec() } else { key.to_vec() };
    block[..short.len()].copy_from_slice(&short);
    let padded = |pad: u8, text: &[u8]| sha256(&[&block.map(|byte| byte ^ pad), text].concat());
    padded(0x5c, &padded(0x36, text))
}

/// A value of a project that is made rather than kept: the same for the same reference.
pub(crate) fn derived(purpose: &str, reference: &str) -> String {
    hex(&hmac(purpose.as_bytes(), reference.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{base64url, from_base64url, hex, hmac};

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

    #[test]
    fn hmac_is_that_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex(&hmac(b"Jefe", b"what do ya want for nothing?")), expected);
        let expected = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
        assert_eq!(hex(&hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")), expected);
    }
}
