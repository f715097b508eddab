//! Digests: how what is there is compared without being read.

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal digits, as the API gives it for secrets.
pub fn digest(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or_default());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_digest_is_the_one_of_the_standard() {
        assert_eq!(super::digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
