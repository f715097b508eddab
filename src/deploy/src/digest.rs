//! Digests: how what is there is compared without being read.

use supabase_management_compact::digest::{hex, sha256};

/// SHA-256 in hexadecimal digits, as the API gives it for secrets.
pub fn digest(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_digest_is_the_one_of_the_standard() {
        assert_eq!(super::digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
