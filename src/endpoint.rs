//! An endpoint as a row of data, and what its row makes of a call's arguments: a checked path, query and body.

use crate::check::{Checker, Cursor, Fault, Kind, Mode, Path, expectation, unescape};
use crate::schema::Type;
use crate::send::Outgoing;
use crate::words::join;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A method of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
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
    const PROJECT_REF: &[u8] = crate::packed!(&[pack::TEXT, 20, 0, 0, 0, 20, 0, 0, 0], &pack::short(LETTERS.source.len()), LETTERS.source.as_bytes(), LETTERS.dfa);
    const SLUG: &[u8] = crate::packed!(&[pack::TEXT, 1, 0, 0, 0, 255, 255, 255, 255], &pack::short(WORD.source.len()), WORD.source.as_bytes(), WORD.dfa);
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
    let plain = target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#');
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
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Payload {
    /// JSON text.
    Json(Vec<u8>),
    /// An eszip bundle.
    Eszip(Vec<u8>),
}

impl<T: Serialize + ?Sized> RequestBody for T {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        serde_json::to_vec(self).map(Payload::Json)
    }
}

/// The body of an endpoint that takes a model, or a bundle as `deno` and the Supabase CLI make it.
///
/// With a bundle, all settings travel in the query.
#[derive(Debug, Clone)]
pub enum JsonOrEszip<T> {
    /// The model.
    Json(T),
    /// The bundle.
    Eszip(Vec<u8>),
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
