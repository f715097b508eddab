//! Forms of several parts (RFC 7578), in and out.

use crate::search::{find, replace};

/// A part of a form.
pub(crate) struct Part<'b> {
    pub(crate) name: String,
    /// The whole of it: a path, with its directories.
    pub(crate) file_name: Option<String>,
    pub(crate) content: &'b [u8],
}

/// The parts of a body. `None` where it is no such form.
pub(crate) fn read<'b>(content_type: &str, body: &'b [u8]) -> Option<Vec<Part<'b>>> {
    let boundary = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    })?;
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&between.as_bytes()[2..]).or_else(|| after(body, between.as_bytes()))?;
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        let head_end = find(rest, b"\r\n\r\n")?;
        let content = &rest[head_end + 4..];
        let end = find(content, between.as_bytes())?;
        let head = String::from_utf8_lossy(&rest[..head_end]);
        let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
        parts.push(Part { name: parameter(disposition, "name")?, file_name: parameter(disposition, "filename"), content: &content[..end] });
        rest = &content[end + between.len()..];
    }
}

/// A form, and its content type. What separates its parts must occur in none of them.
pub(crate) fn write(boundary: &str, parts: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file_name, content) in parts {
        let file = file_name.map(|path| format!("; filename=\"{}\"", path.replace('"', "%22").replace(['\r', '\n'], " "))).unwrap_or_default();
        let kind = if file_name.is_some() { "text/plain" } else { "application/json" };
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\nContent-Type: {kind}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A quoted parameter of a header. Of two that end alike, `filename` and `name`, the one that stands alone is meant.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|part| {
        let (known, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        known
            .trim()
            .eq_ignore_ascii_case(name)
            .then(|| [("%22", "\""), ("%0D", "\r"), ("%0A", "\n")].iter().fold(value.to_owned(), |value, (code, byte)| replace(&value, code, byte)))
    })
}

fn after<'b>(text: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    find(text, wanted).map(|at| &text[at + wanted.len()..])
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_was_written_is_read() {
        let parts: [(&str, Option<&str>, &[u8]); 3] =
            [("metadata", None, b"{}"), ("file", Some("a/index.ts"), b"x\r\n--other\r\n"), ("file", Some("b \"c\".wasm"), b"\0\xff")];
        let (content_type, body) = write("between", &parts);
        let read = read(&content_type, &body).unwrap();
        let seen: Vec<_> = read.iter().map(|part| (&*part.name, part.file_name.as_deref(), part.content)).collect();
        assert_eq!(seen, parts);
    }

    #[test]
    fn what_is_no_form_is_none() {
        let good = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";
        assert_eq!(read("multipart/form-data; boundary=b", good).unwrap().len(), 1);
        for (content_type, body) in [
            ("multipart/form-data", &good[..]),
            ("multipart/form-data; boundary=c", good),
            ("multipart/form-data; boundary=b", &good[..20]),
            ("multipart/form-data; boundary=b", &good[..good.len() - 8]),
            ("multipart/form-data; boundary=b", b"--b\r\nX: y\r\n\r\n1\r\n--b--"),
        ] {
            assert!(read(content_type, body).is_none(), "{content_type} {body:?}");
        }
    }
}
