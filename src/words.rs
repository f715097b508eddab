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
    let mut text = Vec::new();
    if value < 0 {
        text.push(b'-');
    }
    let mut unit = 1;
    let value = value.unsigned_abs();
    while value / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        text.push(b'0' + (value / unit % 10) as u8);
        unit /= 10;
    }
    text_of(text)
}

/// Text of bytes that are UTF-8, or nothing.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
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
    json.push_str(&join(&["\"", name, "\":\""]));
    let mut escaped = Vec::new();
    for byte in value.bytes() {
        match byte {
            // The only control character that a header may have.
            b'\t' => escaped.extend(*b"\\t"),
            b'"' | b'\\' => escaped.extend([b'\\', byte]),
            _ => escaped.push(byte),
        }
    }
    escaped.push(b'"');
    json.push_str(&text_of(escaped));
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
    fn numbers_read_as_they_are_written_elsewhere() {
        for value in [0, 7, 10, -1, 429, i64::MAX, i64::MIN] {
            assert_eq!(number(value), value.to_string());
        }
    }
}
