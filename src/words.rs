//! Texts put together without `core::fmt`, whose machinery would be a quarter of the wasm.

/// The parts, one behind the other.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A whole number in decimal digits.
pub(crate) fn number(value: i64) -> String {
    let mut text = String::new();
    if value < 0 {
        text.push('-');
    }
    let mut unit = 1;
    let value = value.unsigned_abs();
    while value / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        text.push((b'0' + (value / unit % 10) as u8) as char);
        unit /= 10;
    }
    text
}

/// Text of bytes that are UTF-8, or nothing.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// Without the slash at the end of an address, as a path follows.
pub(crate) fn without_slash(mut text: &str) -> &str {
    while let Some(shorter) = text.strip_suffix('/') {
        text = shorter;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_are_written_elsewhere() {
        for value in [0, 7, 10, -1, 429, i64::MAX, i64::MIN] {
            assert_eq!(number(value), value.to_string());
        }
    }
}
