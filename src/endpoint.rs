//! An endpoint as a row of data, and what its row makes of a call's arguments: a checked path, query and body.

use crate::check::{Checker, Cursor, Fault, Kind, Mode, Path, expectation, unescape};
use crate::schema::{Packed, Type, take_until};
use crate::send::{Content, Outgoing};
use crate::words::{join, text_of};
use serde::Serialize;
use std::cell::Cell;
use std::fmt;

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

/// The endpoints of a property of the client, or of several, packed.
pub(crate) struct Table {
    /// A line for each endpoint: name, verb, route, scope and permissions.
    pub(crate) text: &'static str,
    /// For each endpoint two bytes of kinds and flags, its own limits, then the types of placeholders, query, body and answer.
    pub(crate) types: Packed,
}

/// What the first two bytes of an endpoint in [`Table::types`] say.
#[rustfmt::skip]
pub(crate) mod row {
    // Kinds of body.
    pub(crate) const NONE: u8 = 0;
    pub(crate) const JSON: u8 = 1;
    pub(crate) const JSON_OR_ESZIP: u8 = 2;
    pub(crate) const FORM: u8 = 3;
    pub(crate) const MULTIPART: u8 = 4;
    pub(crate) const KIND: u8 = 7;
    // Flags beside them.
    pub(crate) const QUERY: u8 = 8;
    pub(crate) const KEYED: u8 = 16;
    pub(crate) const ANONYMOUS: u8 = 32;
    pub(crate) const UNSAFE: u8 = 64;
    pub(crate) const RATED: u8 = 128;
    // Kinds of answer besides JSON.
    pub(crate) const NOTHING: u8 = 0;
    pub(crate) const TEXT: u8 = 2;
    pub(crate) const BYTES: u8 = 3;
    pub(crate) const ROWS: u8 = 4;
    pub(crate) const COUNT: u8 = 5;
    pub(crate) const URL: u8 = 6;
    pub(crate) const JSON_OR_ERROR: u8 = 7;
    // How a list goes on, beside the kind of answer.
    pub(crate) const OFFSET: u8 = 8;
    pub(crate) const CURSOR: u8 = 16;
    /// In place of a placeholder's type: the one that its name has.
    pub(crate) const BY_NAME: super::Packed = super::Packed { names: &[], shape: &[31] };
}

impl Table {
    /// The rows. What they take is never given back: each table is unpacked once.
    pub(crate) fn unpack(&self) -> &'static [Endpoint] {
        let (mut text, mut types) = (self.text.as_bytes(), self.types);
        let mut rows = Vec::new();
        while !text.is_empty() {
            // SAFETY: parts of a text, between ASCII characters.
            let mut word = |end| unsafe { std::str::from_utf8_unchecked(take_until(end, &mut text)) };
            let (id, verb, route, needs) = (word(b' '), word(b' '), word(b' '), word(b'\n'));
            rows.push(Endpoint::unpack(id, verb, route, needs, &mut types));
        }
        rows.leak()
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
    /// Whether it takes the header `Idempotency-Key`, which makes repeating it safe.
    pub keyed: bool,
    /// Whether it never carries the access token.
    pub anonymous: bool,
    /// Whether an answer of 2xx can carry an `error`, which is then the error of the call.
    pub error_inside: bool,
    /// Whether the answer is a page of a list, and what leads to the next one.
    pub paging: Paging,
    /// Documented limits for one project that are below the usual one.
    pub rates: &'static [Rate],
    /// Scope and permissions as one text: see [`Endpoint::scope`] and [`Endpoint::permissions`].
    pub(crate) needs: &'static str,
}

/// A limit of how often an endpoint may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many calls.
    pub calls: u8,
    /// In how many seconds.
    pub seconds: u8,
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
    /// A form, its fields as a URL has them.
    Form(Type),
    /// A form of several parts: `metadata`, and any number of files.
    Multipart(Type),
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
    /// What a query of the database gives: a list of objects.
    Rows,
    /// The number in the header `X-Total-Count`.
    Count,
    /// Nothing is called: the answer is the address itself.
    Url,
    /// Whatever its content type says, for calls without a row of their own.
    Free,
}

/// How a list goes on that the API gives in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// There are no pages.
    None,
    /// The next page begins at an `offset`: the number of items before it.
    Offset,
    /// The next page begins where the `cursor` says that came with this one.
    Cursor,
}

/// Whether a request may be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It reads, or comes to the same when it is repeated.
    Safe,
    /// Repeating it could do its work twice.
    Unsafe,
}

/// The placeholder whose value must not be printed: a claim token.
const SECRET_PLACEHOLDER: &str = "token";

/// What the API says of a placeholder wherever it occurs; any other is free text. An argument's own `#[schema]` wins.
fn placeholder_type(name: &str) -> Type {
    use crate::schema::{LETTERS, Pattern, WORD, pack};
    use supabase_management_wasm_macros::pattern;
    const PROJECT_REF: &[u8] =
        crate::packed!(&[pack::TEXT, 20, 0, 0, 0, 20, 0, 0, 0], &pack::short(LETTERS.source.len()), LETTERS.source.as_bytes(), LETTERS.dfa);
    const SLUG: &[u8] =
        crate::packed!(&[pack::TEXT, 1, 0, 0, 0, 255, 255, 255, 255], &pack::short(WORD.source.len()), WORD.source.as_bytes(), WORD.dfa);
    const UUID: &[u8] = {
        const PATTERN: Pattern = pattern!("uuid");
        crate::packed!(&[pack::TEXT, 0, 0, 0, 0, 255, 255, 255, 255], &pack::short(PATTERN.source.len()), PATTERN.source.as_bytes(), PATTERN.dfa)
    };
    const BRANCH: &[u8] = crate::packed!(&[pack::UNION], &pack::long(PROJECT_REF.len()), PROJECT_REF, &pack::long(UUID.len()), UUID);
    match name {
        "ref" => Type(PROJECT_REF),
        "slug" | "function_slug" => Type(SLUG),
        "branch_id_or_ref" => Type(BRANCH),
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
    fn unpack(id: &'static str, verb: &str, route: &'static str, needs: &'static str, types: &mut Packed) -> Self {
        let (kind, result) = (types.byte(), types.byte());
        let mut rates = Vec::new();
        if kind & row::RATED != 0 {
            for _ in 0..types.byte() {
                rates.push(Rate { calls: types.byte(), seconds: types.byte() });
            }
        }
        let mut placeholders = Vec::new();
        let mut rest = route.as_bytes();
        loop {
            take_until(b'{', &mut rest);
            if rest.is_empty() {
                break;
            }
            // SAFETY: as above.
            let name = unsafe { std::str::from_utf8_unchecked(take_until(b'}', &mut rest)) };
            let own = types.inner();
            placeholders.push(Placeholder { name, ty: if own.0 == row::BY_NAME.shape { placeholder_type(name) } else { own } });
        }
        let query = if kind & row::QUERY == 0 { None } else { Some(types.inner()) };
        let body = match kind & row::KIND {
            row::JSON => Body::Json(types.inner()),
            row::JSON_OR_ESZIP => Body::JsonOrEszip(types.inner()),
            row::FORM => Body::Form(types.inner()),
            row::MULTIPART => Body::Multipart(types.inner()),
            _ => Body::None,
        };
        let error_inside = result & row::KIND == row::JSON_OR_ERROR;
        let answer = match result & row::KIND {
            row::TEXT => Answer::Text,
            row::BYTES => Answer::Bytes,
            row::ROWS => Answer::Rows,
            row::COUNT => Answer::Count,
            row::URL => Answer::Url,
            row::JSON | row::JSON_OR_ERROR => Answer::Json(types.inner()),
            _ => Answer::Nothing,
        };
        Endpoint {
            id,
            verb: Verb::ALL.into_iter().find(|known| known.as_str() == verb).unwrap_or(Verb::Get),
            route,
            placeholders: placeholders.leak(),
            query,
            body,
            answer,
            repeat: if kind & row::UNSAFE == 0 { Repeat::Safe } else { Repeat::Unsafe },
            keyed: kind & row::KEYED != 0,
            anonymous: kind & row::ANONYMOUS != 0,
            error_inside,
            rates: rates.leak(),
            needs,
            paging: match result & !row::KIND {
                row::OFFSET => Paging::Offset,
                row::CURSOR => Paging::Cursor,
                _ => Paging::None,
            },
        }
    }

    /// The OAuth scope that an app needs, where the API names one.
    pub fn scope(&self) -> Option<&'static str> {
        self.needs.split('|').next().filter(|scope| !scope.is_empty())
    }

    /// The permissions that a fine-grained token needs: all names of any of the lists.
    pub fn permissions(&self) -> Vec<Vec<&'static str>> {
        self.needs.split('|').skip(1).map(|together| together.split('+').collect()).collect()
    }

    /// The endpoint that a verb and a path lead to, where it is a known one. For JavaScript, `pkg/options.js` finds it.
    #[cfg(not(feature = "js"))]
    pub(crate) fn find(verb: Verb, path: &str) -> Option<&'static Endpoint> {
        let fits = |row: &&Endpoint| row.verb == verb && is_of(path.as_bytes(), row.route.as_bytes());
        // `/v1/projects/available-regions` is not a project.
        crate::api::endpoints().iter().filter(fits).min_by_key(|row| row.placeholders.len())
    }

    /// Whether the call brings its own verb and path.
    pub(crate) fn is_free(&self) -> bool {
        matches!(self.body, Body::Free)
    }

    /// What `fetch` gets of a request, but for the body. `known` is the endpoint itself, or what a call without a row leads to; `json` is its body where that is
    /// JSON, `keyed` whether a key of idempotency goes with it.
    pub(crate) fn outgoing(
        &'static self,
        known: &'static Endpoint,
        verb: Verb,
        target: &str,
        json: Option<&[u8]>,
        bytes: bool,
        keyed: bool,
    ) -> Outgoing {
        let content = match self.body {
            Body::Form(_) => Content::Form,
            // `fetch` names it, as it chooses what stands between the parts.
            Body::Multipart(_) => Content::Unnamed,
            _ if json.is_some() => Content::Json,
            Body::JsonOrEszip(_) => Content::Eszip,
            _ => Content::Unnamed,
        };
        let safe = match known.repeat {
            Repeat::Safe => true,
            Repeat::Unsafe if known.is_free() => !matches!(verb, Verb::Post | Verb::Patch),
            Repeat::Unsafe => known.keyed && keyed,
        };
        let path = without_query(target);
        let subject = if known.is_free() { join(&[verb.as_str(), " ", path]) } else { subject_of(path, json) };
        let repeat = if safe { Repeat::Safe } else { Repeat::Unsafe };
        Outgoing {
            verb,
            subject,
            #[cfg(not(feature = "js"))]
            target: target.into(),
            #[cfg(not(feature = "js"))]
            body: wasm_bindgen::JsValue::UNDEFINED,
            content,
            bytes,
            row: self,
            known,
            repeat,
            attempts: Cell::new(0),
            unsure: Cell::new(false),
        }
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

    /// Checks the arguments against the row. Where in the body there is something that must not be printed is added to `secrets`.
    pub(crate) fn check(&self, arguments: &Arguments<'_>, secrets: &mut Vec<(usize, usize)>) -> Result<(), Fault> {
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
            (Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty), Some(text)) => check_body(ty, text, secrets),
            _ => Ok(()),
        }
    }

    /// Adds what a body of this endpoint holds that must not be printed, as far as it fits.
    pub(crate) fn find_secrets(&self, body: Option<&[u8]>, secrets: &mut Vec<(usize, usize)>) {
        if let (Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty), Some(text)) = (self.body, body) {
            // Whether the rest is right is the server's to say.
            let mut checker = Checker::new(text, Mode::Request, true);
            let _ = checker.value(ty, &Path::root(""));
            *secrets = checker.secrets;
        }
    }

    /// What a call without a row, which leads here, sends that must not be printed.
    pub(crate) fn secrets_sent(&self, path: &str, body: Option<&[u8]>) -> Vec<Vec<u8>> {
        let mut places = Vec::new();
        self.find_secrets(body, &mut places);
        let body = body.unwrap_or_default();
        let mut secrets: Vec<_> = places.into_iter().flat_map(|(from, to)| secrets_in(body.get(from..to).unwrap_or_default())).collect();
        if self.route.ends_with("{token}") {
            secrets.extend(path.rsplit('/').next().map(|token| token.as_bytes().to_vec()));
        }
        secrets
    }

    /// A path value that is a token.
    fn secret_path_value(&self, arguments: &Arguments<'_>) -> Vec<Vec<u8>> {
        let Some(at) = self.placeholders.iter().position(|placeholder| placeholder.name == SECRET_PLACEHOLDER) else { return Vec::new() };
        let values: Vec<serde_json::Value> = serde_json::from_slice(arguments.paths).unwrap_or_default();
        values.get(at).map(|value| secrets_in(value.to_string().as_bytes())).unwrap_or_default()
    }

    /// Checks the arguments and makes the request of them. For JavaScript, `pkg/options.js` makes it.
    pub(crate) fn request(&self, arguments: &Arguments<'_>) -> Result<Request, Fault> {
        let mut places = Vec::new();
        self.check(arguments, &mut places)?;
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
        let body = arguments.body.unwrap_or_default();
        let mut secrets: Vec<_> = places.into_iter().flat_map(|(from, to)| secrets_in(body.get(from..to).unwrap_or_default())).collect();
        secrets.extend(self.secret_path_value(arguments));
        if let Body::Form(_) = self.body {
            // As they are written there.
            for secret in secrets.clone() {
                let mut written = String::new();
                encode(&String::from_utf8_lossy(&secret), &mut written);
                secrets.push(written.into_bytes());
            }
        }
        Ok(Request { verb: self.verb, target, secrets })
    }
}

/// What the API counts calls for: project, branch or organization in the path, or else the organization in the body; empty for the user.
fn subject_of(path: &str, json: Option<&[u8]>) -> String {
    let mut path = path.as_bytes();
    let mut part = || take_until(b'/', &mut path);
    let (_, _, group, subject) = (part(), part(), part(), part());
    if matches!(group, b"projects" | b"organizations" | b"branches") && !subject.is_empty() {
        return text_of(subject.to_vec());
    }
    let Some(mut found) = json.and_then(|json| Cursor::new(json).find(b"organization_slug")) else { return String::new() };
    let text = if found.kind() == Kind::String { found.raw_string() } else { None };
    text.map(unescape).unwrap_or_default()
}

/// What of a target is its path.
pub(crate) fn without_query(target: &str) -> &str {
    // SAFETY: what stands before an ASCII character.
    unsafe { std::str::from_utf8_unchecked(take_until(b'?', &mut target.as_bytes())) }
}

#[cfg(not(feature = "js"))]
/// Whether a path is one of a route: the same segments, any in the place of a placeholder.
fn is_of(mut path: &[u8], mut route: &[u8]) -> bool {
    while !route.is_empty() {
        let (given, known) = (take_until(b'/', &mut path), take_until(b'/', &mut route));
        if given != known && (known.first() != Some(&b'{') || given.is_empty()) {
            return false;
        }
    }
    path.is_empty()
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

/// Checks a body, and finds where in it there is something that must not be printed.
fn check_body(ty: Type, text: &[u8], secrets: &mut Vec<(usize, usize)>) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::new("", &expectation(ty), "nothing"));
    }
    let mut checker = Checker::new(text, Mode::Request, false);
    checker.passes(ty, &Path::root(""))?;
    *secrets = checker.secrets;
    Ok(())
}

/// The strings in a piece of JSON that must not be printed, as they read and as they are written: a server may repeat either.
fn secrets_in(json: &[u8]) -> Vec<Vec<u8>> {
    match serde_json::from_slice(json).unwrap_or_default() {
        serde_json::Value::String(text) => {
            let written = json.trim_ascii();
            let written = written.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(written);
            vec![written.to_vec(), text.into_bytes()]
        }
        serde_json::Value::Array(items) => items.iter().flat_map(|item| secrets_in(item.to_string().as_bytes())).collect(),
        serde_json::Value::Object(fields) => fields.values().flat_map(|item| secrets_in(item.to_string().as_bytes())).collect(),
        _ => Vec::new(),
    }
}

/// Writes a query, which is the JSON of an object, behind the path.
fn append_query(text: &[u8], target: &mut String) -> Result<(), Fault> {
    let pairs = pairs_of(text)?;
    if !pairs.is_empty() {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(&pairs);
    }
    Ok(())
}

/// The fields of an object as a query, or a form, has them. An array repeats its name.
pub(crate) fn pairs_of(text: &[u8]) -> Result<String, Fault> {
    let mut pairs = String::new();
    let object: serde_json::Value = serde_json::from_slice(text).unwrap_or_default();
    for (name, value) in object.as_object().into_iter().flatten() {
        for item in value.as_array().map_or(std::slice::from_ref(value), |items| items) {
            let text = match item {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Bool(_) | serde_json::Value::Number(_) => item.to_string(),
                _ => return Err(Fault::new(&join(&["query.", name]), "string, number, boolean or an array of them", "something else")),
            };
            if !pairs.is_empty() {
                pairs.push('&');
            }
            encode(name, &mut pairs);
            pairs.push('=');
            encode(&text, &mut pairs);
        }
    }
    Ok(pairs)
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
    /// Metadata and files; `json` is what is checked of them.
    Multipart {
        /// `{ "metadata": …, "file": [{ "path": … }] }`.
        json: Vec<u8>,
        /// The metadata as it is sent.
        metadata: String,
        /// The files.
        files: Vec<FormFile>,
    },
}

impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The bytes may hold secrets.
        match self {
            Payload::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Payload::Eszip(bytes) => write!(formatter, "Eszip({} bytes)", bytes.len()),
            Payload::Multipart { files, .. } => write!(formatter, "Multipart({} files)", files.len()),
        }
    }
}

/// A file of a form.
#[derive(Clone, PartialEq, Eq)]
pub struct FormFile {
    /// Its path, relative, with forward slashes: `functions/hello/index.ts`.
    pub path: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl fmt::Debug for FormFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FormFile({:?}, {} bytes)", self.path, self.content.len())
    }
}

/// The body of an endpoint that takes metadata and files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Multipart<M> {
    /// What the files are for.
    pub metadata: M,
    /// The files.
    pub file: Vec<FormFile>,
}

impl<M: Serialize> RequestBody for Multipart<M> {
    fn payload(&self) -> Result<Payload, serde_json::Error> {
        let metadata = serde_json::to_value(&self.metadata)?;
        let paths: Vec<_> = self.file.iter().map(|file| serde_json::json!({ "path": file.path })).collect();
        let text = metadata.to_string();
        let json = serde_json::to_vec(&serde_json::json!({ "metadata": metadata, "file": paths }))?;
        Ok(Payload::Multipart { json, metadata: text, files: self.file.clone() })
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
    use crate::api::endpoints;
    use serde_json::json;

    const REF: &str = "hqvkzumdtlrwaxbeogcy";

    fn row(id: &str) -> &'static Endpoint {
        endpoints().iter().find(|row| row.id == id).expect("a row")
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
        keyed: false,
        anonymous: false,
        error_inside: false,
        rates: &[],
        needs: "",
        paging: Paging::None,
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
    fn secrets_of_a_request_are_found_as_written_and_as_read() {
        let found = |id: &str, paths: &[&str], body: &str| {
            let paths = json!(paths).to_string();
            let arguments = Arguments { paths: paths.as_bytes(), query: b"", body: Some(body.as_bytes()) };
            let request = row(id).request(&arguments).expect("a request that fits");
            request.secrets.iter().map(|secret| String::from_utf8_lossy(secret).into_owned()).collect::<Vec<_>>()
        };
        let body = r#" {"name":"n","organization_slug":"acme","db_pass" : "p\"\u00e9" } "#;
        assert_eq!(found("projects.create", &[], body), [r#"p\"\u00e9"#, "p\"é"]);
        let body = r#"[{"name":"A","value":"one"},{"value":"two","name":"B"}]"#;
        assert_eq!(found("secrets.create", &[REF], body), ["one", "one", "two", "two"]);
        let body = r#"{"branch_name":"b","secrets":{"A":"one","B":"t\two"}}"#;
        assert_eq!(found("branches.create", &[REF], body), ["one", "one", r"t\two", "t\two"]);
        assert_eq!(found("organizations.claimProject", &["acme", "claim-token"], ""), ["claim-token", "claim-token"]);
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
