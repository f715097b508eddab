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
        text.push((b'0' + (value / unit % 10) as u8).into());
        unit /= 10;
    }
    text
}

/// Text of bytes that are UTF-8, or nothing.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    decoded(&bytes).unwrap_or_default()
}

/// `String::from_utf8` is faster, and four times as large.
fn decoded(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        let length = match first.leading_ones() {
            0 => 1,
            length @ 2..=4 => length,
            _ => return None,
        };
        // The bits behind the ones and the zero that tell the length.
        let mut code = u32::from(*first) & (0xff >> length);
        for _ in 1..length {
            let next = rest.next().filter(|next| **next & 0xc0 == 0x80)?;
            code = code << 6 | u32::from(*next & 0x3f);
        }
        let letter = char::from_u32(code).filter(|letter| letter.len_utf8() == length as usize)?;
        text.push(letter);
    }
    Some(text)
}

/// A comma, unless what stands there opens an object.
pub(crate) fn push_comma(json: &mut String) {
    if !json.is_empty() && !json.ends_with('{') {
        json.push(',');
    }
}

/// A member of a JSON object, behind the others. The name must need no escape.
pub(crate) fn push_member(json: &mut String, name: &str, value: &str) {
    push_comma(json);
    json.push_str(&join(&[&quoted(name), ":", &quoted(value)]));
}

/// A JSON string. The only control character in it may be a tab: a header may have no other.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = vec![b'"'];
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\' | b'\t') {
            quoted.push(b'\\');
        }
        quoted.push(if byte == b'\t' { b't' } else { byte });
    }
    quoted.push(b'"');
    text_of(quoted)
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
    fn members_of_an_object_are_escaped() {
        let mut json = String::from("{");
        push_member(&mut json, "a", "plain");
        push_member(&mut json, "b", "\"\\\té");
        assert_eq!(json, r#"{"a":"plain","b":"\"\\\té""#);
    }

    #[test]
    fn text_is_what_the_standard_library_takes_for_it() {
        let samples = ["", "a", "é", "€", "😀", "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}\u{d7ff}\u{e000}"];
        for sample in samples {
            assert_eq!(text_of(sample.into()), sample);
        }
        for first in 0..=255u8 {
            for second in 0..=255u8 {
                for tail in [&[][..], &[0x80], &[0xbf, 0x80], &[0x41]] {
                    let bytes = [&[first, second], tail].concat();
                    assert_eq!(decoded(&bytes), String::from_utf8(bytes.clone()).ok(), "{bytes:x?}");
                }
            }
        }
    }

    #[test]
    fn numbers_read_as_they_are_written_elsewhere() {
        for value in [0, 7, 10, -1, 429, i64::MAX, i64::MIN] {
            assert_eq!(number(value), value.to_string());
        }
    }
}
