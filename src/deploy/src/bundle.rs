//! What was deployed, read back: the API gives the source files of a function as a form of several parts (RFC 7578), where it is asked to.

use crate::digest::digest;
use crate::json::{object, text};
use crate::paths;
use serde_json::{Map, Value};
use supabase_management_compact::json::parse;
use supabase_management_compact::search::{find, replace};

/// The entry point and the files of a deployed function, from the form that `functions.getBody` answers: `{ entrypoint, files: { path: sha256 } }`. Null if
/// the body is not such a form, because the function was deployed as a bundle.
pub fn read_bundle(body: &[u8]) -> Value {
    let Some(parts) = parts(body) else { return Value::Null };
    let mut files = Map::new();
    let mut entrypoint = Value::Null;
    for (head, content) in parts {
        let path = header(head, "supabase-path").map(str::to_owned).or_else(|| parameter(head, "filename"));
        match path {
            Some(path) => {
                files.insert(without_scheme(&path), digest(content).into());
            }
            None if parameter(head, "name").as_deref() == Some("metadata") => {
                let metadata: Value = parse(content).unwrap_or_default();
                let path = match text(&metadata, "deno2_entrypoint_path") {
                    "" => text(&metadata, "entrypoint_path"),
                    path => path,
                };
                if !path.is_empty() {
                    entrypoint = without_scheme(path).into();
                }
            }
            None => {}
        }
    }
    object!("entrypoint": entrypoint, "files": files)
}

/// A path of the API, which may be an address of a file.
pub(crate) fn without_scheme(path: &str) -> String {
    paths::clean(path.strip_prefix("file://").unwrap_or(path)).unwrap_or_default()
}

/// The parts: head and content of each. The boundary is the first line.
fn parts(body: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let line = find(body, b"\r\n").filter(|_| body.starts_with(b"--"))?;
    let mut between = b"\r\n".to_vec();
    between.extend_from_slice(&body[..line]);
    let mut rest = &body[line..];
    let mut parts = Vec::new();
    while let Some(next) = rest.strip_prefix(b"\r\n") {
        let head = find(next, b"\r\n\r\n")?;
        let content = &next[head + 4..];
        let end = find(content, &between)?;
        parts.push((std::str::from_utf8(&next[..head]).ok()?, &content[..end]));
        rest = &content[end + between.len()..];
    }
    rest.starts_with(b"--").then_some(parts)
}

/// A header of a part.
fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    for line in head.split('\n') {
        if let Some((known, value)) = line.split_once(':')
            && known.trim().eq_ignore_ascii_case(name)
        {
            return Some(value.trim());
        }
    }
    None
}

/// A parameter of the disposition of a part. The whole of it: a path keeps its directories.
fn parameter(head: &str, name: &str) -> Option<String> {
    let (_, mut rest) = header(head, "content-disposition")?.split_once(';')?;
    loop {
        let (parameter, behind) = rest.split_once(';').unwrap_or((rest, ""));
        if let Some((known, value)) = parameter.split_once('=')
            && known.trim().eq_ignore_ascii_case(name)
        {
            let value = value.trim().trim_matches('"');
            return Some(replace(&replace(&replace(value, "%22", "\""), "%0D", "\r"), "%0A", "\n"));
        }
        if behind.is_empty() {
            return None;
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_entry_point_and_digests() {
        let form = "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"deno2_entrypoint_path\":\"file:///a/index.ts\"}\r\n\
            --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a/index.ts\"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--b--\r\n";
        let expected = object!("entrypoint": "a/index.ts", "files": object!("a/index.ts": digest(b"abc")));
        assert_eq!(read_bundle(form.as_bytes()), expected);
        assert_eq!(read_bundle(b"EZBR"), Value::Null);
    }
}
