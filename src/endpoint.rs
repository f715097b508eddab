//! An endpoint as a row of data, and what its row makes of a call's arguments: a checked path, query and body.

use crate::check::{Checker, Cursor, Fault, Kind, Mode, Path, expectation, unescape};
use crate::schema::Type;
use crate::send::Outgoing;
use crate::words::join;
use serde::Serialize;
use std::fmt;
use wasm_bindgen::JsValue;

/// A method of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Creates, or starts something.
    Post,
    /// Creates or replaces.
    Put,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
    /// Reads the headers alone.
    Head,
}

impl Verb {
    pub(crate) const ALL: [Verb; 6] = [Verb::Get, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete, Verb::Head];

    /// The name in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
            Verb::Head => "HEAD",
        }
    }
}

/// One endpoint of the API.
#[derive(Debug)]
pub struct Endpoint {
    /// Property and method of the client: `projects.get`.
    pub id: &'static str,
    /// Its method.
    pub verb: Verb,
    /// Its path as the API writes it: `/v1/projects/{ref}`.
    pub route: &'static str,
    /// The placeholders of the route, in order.
    pub placeholders: &'static [Placeholder],
    /// The model of the query.
    pub query: Option<Type>,
    /// What goes into the body.
    pub body: Body,
    /// What comes back.
    pub answer: Answer,
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
}

/// A placeholder of a route.
#[derive(Debug)]
pub struct Placeholder {
    /// Its name, as the API writes it.
    pub name: &'static str,
    /// What its value must be.
    pub ty: Type,
}

/// What goes into the body of a request.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    None,
    /// JSON of a model.
    Json(Type),
    /// JSON of a model, or the bytes of an eszip bundle.
    JsonOrEszip(Type),
    /// JSON or nothing, for calls without a row of their own.
    Free,
}

/// What comes back from an endpoint.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Answer {
    /// Nothing; what a server sends all the same is ignored.
    Nothing,
    /// JSON of a model.
    Json(Type),
    /// Plain text.
    Text,
    /// Bytes.
    Bytes,
    /// Whatever its content type says, for calls without a row of their own.
    Free,
}

/// Whether a request may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It reads, or comes to the same when it is repeated.
    Safe,
    /// Repeating it could do its work twice.
    Unsafe,
}

/// Media type of an eszip bundle.
pub(crate) const ESZIP: &str = "application/vnd.denoland.eszip";

/// What the API says of a placeholder wherever it occurs; any other is free text. An argument's own `#[schema]` wins.
pub(crate) const fn placeholder_type(name: &str) -> Type {
    use crate::schema::{LETTERS, WORD, pack};
    const PROJECT_REF: &[u8] =
        crate::packed!(&[pack::TEXT, 20, 0, 0, 0, 20, 0, 0, 0], &pack::short(LETTERS.source.len()), LETTERS.source.as_bytes(), LETTERS.dfa);
    const SLUG: &[u8] =
        crate::packed!(&[pack::TEXT, 1, 0, 0, 0, 255, 255, 255, 255], &pack::short(WORD.source.len()), WORD.source.as_bytes(), WORD.dfa);
    match name.as_bytes() {
        b"ref" => Type(PROJECT_REF),
        b"slug" | b"function_slug" => Type(SLUG),
        _ => Type::STRING,
    }
}

/// The arguments of a call as JSON text, from whichever language they came.
pub(crate) struct Arguments<'t> {
    /// An array of the path values; for a call without a row, verb and path.
    pub(crate) paths: &'t [u8],
    /// An object, or nothing.
    pub(crate) query: &'t [u8],
    /// The body where it is JSON.
    pub(crate) body: Option<&'t [u8]>,
}

/// A request that passed its checks.
#[derive(Debug)]
pub(crate) struct Request {
    /// `GET`.
    pub(crate) verb: Verb,
    /// Path and query, percent-encoded.
    pub(crate) target: String,
    /// What the body holds that must not be printed, as it is written and as it reads.
    pub(crate) secrets: Vec<Vec<u8>>,
}

impl Endpoint {
    /// Whether the call brings its own verb and path.
    pub(crate) fn is_free(&self) -> bool {
        matches!(self.body, Body::Free)
    }

    /// What `fetch` gets of a request.
    pub(crate) fn outgoing(&self, verb: Verb, target: String, body: JsValue, json: bool, bytes: bool) -> Outgoing {
        let content_type = match self.body {
            _ if json => "application/json",
            Body::JsonOrEszip(_) => ESZIP,
            _ => "",
        };
        Outgoing { verb: verb.as_str(), target, body, content_type, bytes, answer: self.answer }
    }

    /// Checks the arguments of a request against the row, as the client does before it sends: what a server of one's own needs, the sandbox
    /// for instance. The query is a JSON object, and so is the body where it is JSON.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn validate(&self, path_values: &[&str], query: &[u8], body: Option<&[u8]>) -> Result<(), Fault> {
        let paths = serde_json::to_vec(path_values).unwrap_or_default();
        self.check(&Arguments { paths: &paths, query, body }, &mut Vec::new())
    }

    /// Checks the arguments against the row. What in the body must not be printed is added to `secrets`.
    pub(crate) fn check(&self, arguments: &Arguments<'_>, secrets: &mut Vec<Vec<u8>>) -> Result<(), Fault> {
        let mut values = Checker::new(arguments.paths, Mode::Request, false);
        values.cursor.kind();
        values.cursor.step();
        for Placeholder { name, ty } in self.placeholders {
            // The first one stands behind the bracket that opens the array.
            let first = values.cursor.position() == 1;
            if values.cursor.more(b']', first) != Some(true) {
                return Err(Fault::new(name, &expectation(*ty), "nothing"));
            }
            let mut ahead = values.cursor;
            values.passes(*ty, &Path::root(name))?;
            ahead.kind();
            // A URL parser would take them for a way to another endpoint.
            if matches!(ahead.raw_string(), Some(b"" | b"." | b"..")) {
                return Err(Fault::new(name, "a path segment", "one that is empty or made of dots"));
            }
        }
        if let Some(ty) = self.query {
            let text = if arguments.query.is_empty() { b"{}" } else { arguments.query };
            Checker::new(text, Mode::Request, false).passes(ty, &Path::root("query"))?;
        }
        match (self.body, arguments.body) {
            (Body::Json(ty) | Body::JsonOrEszip(ty), Some(text)) => check_body(ty, text, secrets),
            _ => Ok(()),
        }
    }

    /// Checks the arguments and makes the request of them. For JavaScript, `pkg/options.js` makes it.
    pub(crate) fn request(&self, arguments: &Arguments<'_>) -> Result<Request, Fault> {
        let mut secrets = Vec::new();
        self.check(arguments, &mut secrets)?;
        let mut values = Cursor::new(arguments.paths);
        let mut target = String::new();
        for (at, part) in self.route.split(['{', '}']).enumerate() {
            if at % 2 == 0 {
                target.push_str(part);
                continue;
            }
            if at == 1 {
                values.kind();
                values.step();
            }
            values.more(b']', at == 1);
            values.kind();
            encode(&values.raw_string().map(unescape).unwrap_or_default(), &mut target);
        }
        if self.query.is_some() && !arguments.query.is_empty() {
            append_query(arguments.query, &mut target)?;
        }
        Ok(Request { verb: self.verb, target, secrets })
    }
}

/// A request without a row: any verb, any path below the API's root, any query.
pub(crate) fn free_request(arguments: &Arguments<'_>) -> Result<Request, Fault> {
    let mut cursor = Cursor::new(arguments.paths);
    cursor.kind();
    cursor.step();
    let (method, mut target) = (word(&mut cursor, "method", true)?, word(&mut cursor, "path", false)?);
    let Some(verb) = Verb::ALL.into_iter().find(|verb| verb.as_str().eq_ignore_ascii_case(&method)) else {
        return Err(Fault::new("method", "GET, POST, PUT, PATCH, DELETE or HEAD", "another string"));
    };
    // URL parsers drop control characters, read `\` as `/` and `%2e` as a dot: each could lead to another endpoint.
    let path = target.as_bytes().split(|byte| *byte == b'?').next().unwrap_or_default();
    let plain =
        target.starts_with('/') && !target.starts_with("//") && target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#');
    if !plain || path.split(|byte| *byte == b'/').any(is_dots) {
        return Err(Fault::new("path", "a path that begins with /, percent-encoded, without dot segments", "another string"));
    }
    append_query(arguments.query, &mut target)?;
    Ok(Request { verb, target, secrets: Vec::new() })
}

fn word(cursor: &mut Cursor<'_>, name: &str, first: bool) -> Result<String, Fault> {
    let there = cursor.more(b']', first) == Some(true);
    let kind = if there { cursor.kind() } else { Kind::End };
    if kind != Kind::String {
        return Err(Fault::new(name, "string", kind.name()));
    }
    Ok(cursor.raw_string().map(unescape).unwrap_or_default())
}

/// Whether a URL parser takes this segment as `.` or `..`.
fn is_dots(mut segment: &[u8]) -> bool {
    let mut dots = 0;
    while let Some(rest) = [&b"."[..], b"%2e", b"%2E"].iter().find_map(|dot| segment.strip_prefix(*dot)) {
        segment = rest;
        dots += 1;
    }
    segment.is_empty() && (dots == 1 || dots == 2)
}

/// Checks a body, and finds what in it must not be printed.
fn check_body(ty: Type, text: &[u8], secrets: &mut Vec<Vec<u8>>) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::new("", &expectation(ty), "nothing"));
    }
    let mut checker = Checker::new(text, Mode::Request, false);
    checker.passes(ty, &Path::root(""))?;
    for &(from, to) in &checker.secrets {
        // Inside the quotes. A server may repeat the value, or the JSON that it got.
        let raw = text.get(from..to).unwrap_or_default().trim_ascii();
        let raw = raw.strip_prefix(b"\"").and_then(|raw| raw.strip_suffix(b"\"")).unwrap_or(raw);
        secrets.push(raw.to_vec());
        secrets.push(unescape(raw).into_bytes());
    }
    Ok(())
}

/// Writes a query, which is the JSON of an object, behind the path.
fn append_query(text: &[u8], target: &mut String) -> Result<(), Fault> {
    let object: serde_json::Value = serde_json::from_slice(text).unwrap_or_default();
    for (name, value) in object.as_object().into_iter().flatten() {
        for item in value.as_array().map_or(std::slice::from_ref(value), |items| items) {
            let text = match item {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Bool(_) | serde_json::Value::Number(_) => item.to_string(),
                _ => return Err(Fault::new(&join(&["query.", name]), "string, number, boolean or an array of them", "something else")),
            };
            target.push(if target.contains('?') { '&' } else { '?' });
            encode(name, target);
            target.push('=');
            encode(&text, target);
        }
    }
    Ok(())
}

/// Percent-encodes everything that could mean something in a path or a query.
fn encode(text: &str, target: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            target.push(byte.into());
        } else {
            target.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// What can be the body of a request.
pub trait RequestBody {
    /// The bytes to send, and whether they are JSON.
    ///
    /// # Errors
    /// What serde says of a value that has no JSON.
    fn payload(&self) -> Result<Payload, serde_json::Error>;
}

/// The bytes of a body.
#[derive(Clone)]
#[non_exhaustive]
pub enum Payload {
    /// JSON text.
    Json(Vec<u8>),
    /// An eszip bundle.
    Eszip(Vec<u8>),
}

impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The bytes may hold secrets.
        match self {
            Payload::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Payload::Eszip(bytes) => write!(formatter, "Eszip({} bytes)", bytes.len()),
        }
    }
}

impl<T: Serialize + ?Sized> RequestBody for T {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        serde_json::to_vec(self).map(Payload::Json)
    }
}

/// The body of an endpoint that takes a model, or a bundle as `deno` and the Supabase CLI make it.
///
/// With a bundle, all settings travel in the query.
#[derive(Clone)]
pub enum JsonOrEszip<T> {
    /// The model.
    Json(T),
    /// The bundle.
    Eszip(Vec<u8>),
}

impl<T: fmt::Debug> fmt::Debug for JsonOrEszip<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonOrEszip::Json(model) => model.fmt(formatter),
            JsonOrEszip::Eszip(bytes) => write!(formatter, "Eszip({} bytes)", bytes.len()),
        }
    }
}

impl<T> From<T> for JsonOrEszip<T> {
    fn from(model: T) -> Self {
        JsonOrEszip::Json(model)
    }
}

impl<T: Serialize> RequestBody for JsonOrEszip<T> {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        match self {
            JsonOrEszip::Json(model) => model.payload(),
            JsonOrEszip::Eszip(bytes) => Ok(Payload::Eszip(bytes.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ENDPOINTS;
    use serde_json::json;

    const REF: &str = "hqvkzumdtlrwaxbeogcy";

    fn row(id: &str) -> &'static Endpoint {
        ENDPOINTS.iter().flat_map(|group| group.iter()).find(|row| row.id == id).expect("a row")
    }

    /// Verb, path and query of a request without a body, or where it is wrong.
    fn target(row: &Endpoint, paths: &[&str], query: &serde_json::Value) -> Result<String, String> {
        let (paths, query) = (json!(paths).to_string(), query.to_string());
        let arguments = Arguments { paths: paths.as_bytes(), query: query.as_bytes(), body: None };
        let request = if row.is_free() { free_request(&arguments) } else { row.request(&arguments) };
        request.map(|request| format!("{} {}", request.verb.as_str(), request.target)).map_err(|fault| fault.path)
    }

    /// A row whose placeholders are free text, as some of the API are.
    static FREE_TEXT: Endpoint = Endpoint {
        id: "tests.get",
        verb: Verb::Get,
        route: "/v1/a/{one}/b/{two}",
        placeholders: &[Placeholder { name: "one", ty: Type::STRING }, Placeholder { name: "two", ty: Type::STRING }],
        query: Some(Type::ANY),
        body: Body::None,
        answer: Answer::Nothing,
        repeat: Repeat::Safe,
    };

    #[test]
    fn path_values_are_escaped_and_stay_one_segment() {
        for (value, escaped) in [
            ("a-b_c.d~e9Z", "a-b_c.d~e9Z"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("é 数\u{1f680}", "%C3%A9%20%E6%95%B0%F0%9F%9A%80"),
            ("%2e%2e", "%252e%252e"),
            ("..%2f", "..%252f"),
            ("\"\\\n\0", "%22%5C%0A%00"),
            ("...", "..."),
            ("{two}", "%7Btwo%7D"),
            (":@!$&'()*+,;=", "%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"),
        ] {
            assert_eq!(target(&FREE_TEXT, &[value, "x"], &json!({})), Ok(format!("GET /v1/a/{escaped}/b/x")));
            assert_eq!(target(&FREE_TEXT, &["x", value], &json!({})), Ok(format!("GET /v1/a/x/b/{escaped}")));
        }
    }

    #[test]
    fn a_path_value_that_leads_elsewhere_is_refused() {
        for value in ["", ".", ".."] {
            assert_eq!(target(&FREE_TEXT, &[value, "x"], &json!({})), Err("one".into()), "{value:?}");
            assert_eq!(target(&FREE_TEXT, &["x", value], &json!({})), Err("two".into()), "{value:?}");
        }
        assert_eq!(target(&FREE_TEXT, &["x"], &json!({})), Err("two".into()));
        assert_eq!(target(&FREE_TEXT, &[], &json!({})), Err("one".into()));
        for value in ["", "short", "hqvkzumdtlrwaxbeogcY", "hqvkzumdtlrwaxbeogc/", "hqvkzumdtlrwaxbeogcyy"] {
            assert_eq!(target(row("functions.list"), &[value], &json!({})), Err("ref".into()), "{value:?}");
        }
    }

    #[test]
    fn a_query_is_encoded_and_arrays_are_repeated() {
        let query = json!({ "q": "a b&c=d", "é": true, "list": ["x", 1, false], "none": [], "n": -1.5e30 });
        let expected = "GET /v1/a/x/b/y?q=a%20b%26c%3Dd&%C3%A9=true&list=x&list=1&list=false&n=-1.5e%2B30";
        assert_eq!(target(&FREE_TEXT, &["x", "y"], &query), Ok(expected.into()));
        assert_eq!(target(&FREE_TEXT, &["x", "y"], &json!({})), Ok("GET /v1/a/x/b/y".into()));
        for odd in [json!({ "a": null }), json!({ "a": {} }), json!({ "a": [[]] }), json!({ "a": [null] })] {
            assert_eq!(target(&FREE_TEXT, &["x", "y"], &odd), Err("query.a".into()), "{odd}");
        }
        let update = row("functions.update");
        let query = json!({ "verify_jwt": false, "name": "a b" });
        let expected = format!("PATCH /v1/projects/{REF}/functions/hello?verify_jwt=false&name=a%20b");
        assert_eq!(target(update, &[REF, "hello"], &query), Ok(expected));
        assert_eq!(target(update, &[REF, "hello"], &json!({ "verify_jwt": "false" })), Err("query.verify_jwt".into()));
        assert_eq!(target(update, &[REF, "hello"], &json!({ "timeoutMs": 1 })), Err("query.timeoutMs".into()));
    }

    #[test]
    fn a_call_without_a_row_keeps_its_path_as_it_is() {
        let free = &crate::client::FREE;
        let query = json!({ "a b": [1, "2"] });
        assert_eq!(target(free, &["get", "/v1/a%20b/c"], &query), Ok("GET /v1/a%20b/c?a%20b=1&a%20b=2".into()));
        assert_eq!(target(free, &["DELETE", "/v1/a?b=c"], &query), Ok("DELETE /v1/a?b=c&a%20b=1&a%20b=2".into()));
        assert_eq!(target(free, &["GET", "/v1/.../a..b/.c"], &json!({})), Ok("GET /v1/.../a..b/.c".into()));
        for path in [
            "",
            "v1/a",
            "https://evil.example",
            "\\v1",
            "/v1/../x",
            "/..",
            "/v1/.",
            "/v1/%2e%2E/x",
            "/v1/.%2e",
            "/v1/%2E",
            "/v1/a b",
            "/v1/\t",
            "/v1/é",
            "/v1#x",
            "/v1\\..\\x",
            "/v1/\u{7f}",
        ] {
            assert_eq!(target(free, &["GET", path], &json!({})), Err("path".into()), "{path:?}");
        }
        for method in ["", "TRACE", "CONNECT", "GET ", "GÉT"] {
            assert_eq!(target(free, &[method, "/v1"], &json!({})), Err("method".into()), "{method:?}");
        }
        assert_eq!(target(free, &["GET"], &json!({})), Err("path".into()));
        assert_eq!(target(free, &["GET", "/v1"], &json!({ "a": {} })), Err("query.a".into()));
    }

    #[test]
    fn a_path_of_two_slashes_is_refused() {
        // Behind the base URL `/`, `//evil.example` would be a host, and get the token.
        assert_eq!(target(&crate::client::FREE, &["GET", "//evil.example/v1"], &json!({})), Err("path".into()));
    }

    #[test]
    fn secrets_of_a_body_are_found_as_written_and_as_read() {
        let mut secrets = Vec::new();
        let body = br#" {"name":"n","organization_slug":"acme","db_pass" : "p\"\u00e9" } "#;
        let arguments = Arguments { paths: b"[]", query: b"", body: Some(body) };
        row("projects.create").check(&arguments, &mut secrets).expect("a body that fits");
        let found: Vec<_> = secrets.iter().map(|secret| String::from_utf8_lossy(secret).into_owned()).collect();
        assert_eq!(found, [r#"p\"\u00e9"#, "p\"é"]);

        let body = br#"[{"name":"A","value":"one"},{"value":"two","name":"B"}]"#;
        let paths = json!([REF]).to_string();
        let mut secrets = Vec::new();
        row("secrets.create").check(&Arguments { paths: paths.as_bytes(), query: b"", body: Some(body) }, &mut secrets).expect("a body that fits");
        assert_eq!(secrets, [&b"one"[..], b"one", b"two", b"two"]);
    }

    #[test]
    fn what_others_check_with_is_what_the_client_checks_with() {
        let check = |id: &str, paths: &[&str], query: &str, body: Option<&str>| {
            let fault = row(id).validate(paths, query.as_bytes(), body.map(str::as_bytes));
            fault.map_err(|fault| fault.path)
        };
        let create = Some(r#"{"slug":"a","name":"b","body":"c"}"#);
        assert_eq!(check("functions.create", &[REF], "", create), Ok(()));
        assert_eq!(check("functions.create", &[REF], r#"{"slug":"a b"}"#, create), Err("query.slug".into()));
        assert_eq!(check("functions.create", &[REF], "", Some(r#"{"slug":"9","name":"b","body":"c"}"#)), Err("slug".into()));
        assert_eq!(check("functions.create", &[REF], "", Some("")), Err(String::new()));
        assert_eq!(check("functions.create", &["x"], "", create), Err("ref".into()));
        assert_eq!(check("secrets.delete", &[REF], "", Some("[1]")), Err("[0]".into()));
    }
}
