//! One request of a row and its arguments.

use super::arguments::{Arguments, BodyArgument};
use super::encode::{append_query, pairs_of, well_formed};
use super::files;
use super::secrets;
use crate::check::{Checker, Cursor, Kind, Misplaced, Mode, Path, expectation, unescape};
use crate::fault::Fault;
use crate::redact::Secrets;
use crate::schema::endpoint::{Answer, Body, Endpoint, Placeholder, Repeat, Verb};
use crate::schema::{Shape, Type};
use crate::text::{percent_encode, quoted, without_query};

/// Where an option belongs that stands in a query.
pub(crate) const MISPLACED_IN_QUERY: &str = "it belongs into the options, one argument further";

/// The path of a body as a whole. What is in it begins at its own root: `name`, `[0].value`.
pub(crate) const BODY: &str = "body";

/// Where a call goes, as far as that is known before it is checked: what errors and hooks call it.
pub(crate) struct Destination {
    /// The row of the method: [`Endpoint::UNLISTED`] for `Client::request`.
    pub(crate) endpoint: &'static Endpoint,
    /// The row of the endpoint that is called, which may be known though the call came without a row.
    pub(crate) known: &'static Endpoint,
    pub(crate) verb: Verb,
    /// Method and path, with placeholders: `GET /v1/projects/{ref}`.
    pub(crate) route: String,
}

impl Destination {
    /// `rows` are those among which a call without a row may find the endpoint that it leads to.
    pub(crate) fn new(endpoint: &'static Endpoint, rows: &'static [Endpoint], arguments: &Arguments<'_>) -> Self {
        if !endpoint.is_unlisted() {
            return Destination { endpoint, known: endpoint, verb: endpoint.verb, route: endpoint.verb_and_route() };
        }
        let words = Cursor::new(arguments.paths).items();
        let mut words = words.into_iter().map(|word| word.string());
        let (method, path) = (words.next().flatten(), words.next().flatten());
        let (Some(method), Some(path)) = (method, path) else {
            return Destination { endpoint, known: endpoint, verb: endpoint.verb, route: String::new() };
        };
        let path = without_query(&path);
        let verb = Verb::ALL.into_iter().find(|verb| verb.as_str().eq_ignore_ascii_case(&method));
        let known = verb.and_then(|verb| Endpoint::find(rows, verb, path));
        // Without the values in the path, where the endpoint is known.
        let route = known.map_or_else(|| format!("{} {path}", method.to_ascii_uppercase()), Endpoint::verb_and_route);
        Destination { endpoint, known: known.unwrap_or(endpoint), verb: verb.unwrap_or(Verb::Get), route }
    }

    /// The route as errors show it. That of a known endpoint is our own word; any other is the path that the user gave, which may hold a secret.
    pub(crate) fn shown_route(&self, secrets: &Secrets) -> String {
        if self.known.is_unlisted() { secrets.redact_name(&self.route) } else { self.route.clone() }
    }
}

/// A request that passed its checks.
pub(crate) struct Request {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) known: &'static Endpoint,
    pub(crate) verb: Verb,
    /// What errors and hooks call it: `GET /v1/projects/{ref}`.
    pub(crate) route: String,
    /// Path and query, percent-encoded.
    pub(crate) target: String,
    /// The value of the header `Content-Type`. Without one, `fetch` names what the body is.
    pub(crate) media_type: Option<&'static str>,
    /// The body of a form, made of the JSON that was checked.
    pub(crate) form: Option<String>,
    /// What the API counts calls for: project, branch or organization; where the endpoint is not known, the address.
    pub(crate) subject: String,
    /// Whether it may be sent again after a failure that leaves open whether it was done.
    pub(crate) repeat: Repeat,
}

impl Request {
    /// Checks the arguments, and makes the request of them. What they hold that must not be printed is added to `secrets`, also where they are wrong.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub(crate) fn new(destination: &Destination, arguments: &Arguments<'_>, keyed: bool, secrets: &mut Secrets) -> Result<Self, Fault> {
        let Destination { endpoint, known, verb, ref route } = *destination;
        let target = if endpoint.is_unlisted() {
            secrets::of_unlisted(known, arguments, secrets);
            unlisted_target(verb, arguments)?
        } else {
            secrets::of_path(endpoint, arguments, secrets);
            check(endpoint, arguments, secrets)?;
            target(endpoint, arguments)?
        };
        let json = arguments.body.json();
        let form = match (endpoint.body, json) {
            (Body::Form(_), Some(text)) => Some(pairs_of(text, "")?),
            _ => None,
        };
        let path = without_query(&target);
        let subject = if known.is_unlisted() { format!("{} {path}", verb.as_str()) } else { subject_of(path, json) };
        let repeat = known.repeat_of(verb, keyed);
        Ok(Request { endpoint, known, verb, route: route.clone(), media_type: media_type(endpoint, arguments.body), form, subject, repeat, target })
    }

    /// Whether it asks for JSON.
    pub(crate) fn wants_json(&self) -> bool {
        matches!(self.endpoint.answer, Answer::Json(_) | Answer::Rows)
    }

    /// Whether it changes something.
    pub(crate) fn writes(&self) -> bool {
        !matches!(self.verb, Verb::Get | Verb::Head) && (self.verb != Verb::Post || self.known.repeat == Repeat::Unsafe)
    }
}

fn media_type(endpoint: &Endpoint, body: BodyArgument<'_>) -> Option<&'static str> {
    match (endpoint.body, body) {
        (Body::Form(_), _) => Some("application/x-www-form-urlencoded"),
        // `fetch` names it, as it chooses what stands between the parts.
        (Body::Multipart(_), _) => None,
        // Of what may be anything, there may be nothing.
        (_, BodyArgument::Json(text)) => (!text.is_empty()).then_some("application/json"),
        (Body::JsonOrEszip(_), _) => Some("application/vnd.denoland.eszip"),
        _ => None,
    }
}

impl Endpoint {
    /// Whether a request may be sent again. `keyed` is whether it has an idempotency key.
    pub(crate) fn repeat_of(&self, verb: Verb, keyed: bool) -> Repeat {
        let safe = match self.repeat {
            Repeat::Safe => true,
            Repeat::Unsafe if self.is_unlisted() => !matches!(verb, Verb::Post | Verb::Patch),
            Repeat::Unsafe => self.keyed && keyed,
        };
        if safe { Repeat::Safe } else { Repeat::Unsafe }
    }

    /// Checks the arguments of a request against the row, as the client does before it sends: what a server of one's own needs, the sandbox
    /// for instance. The query is a JSON object, and so is the body where it is JSON.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn validate(&self, path_values: &[&str], query: &[u8], body: Option<&[u8]>) -> Result<(), Fault> {
        let paths = format!("[{}]", path_values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(","));
        let body = body.map_or(BodyArgument::None, BodyArgument::Json);
        check(self, &Arguments { paths: paths.as_bytes(), query, continued: false, body, option_names: &[] }, &mut Secrets::default())
    }

    /// Everything in an answer that the row does not state: what strict validation fails for, and what it lets pass, such as unknown fields and
    /// values. For who makes answers. An answer that is no JSON has nothing of the kind.
    pub fn deviations(&self, answer: &[u8]) -> Vec<Fault> {
        let Answer::Json(ty) = self.answer else { return Vec::new() };
        let mut checker = Checker::new(answer, Mode::Answer, true);
        if let Err(fault) = checker.passes(ty, &Path::root("")) {
            checker.faults.push((fault, true));
        }
        checker.faults.into_iter().map(|(fault, _)| fault).collect()
    }
}

/// Checks the arguments against a row: path values, query, body.
fn check(endpoint: &Endpoint, arguments: &Arguments<'_>, secrets: &mut Secrets) -> Result<(), Fault> {
    let mut values = Checker::new(arguments.paths, Mode::Request, false);
    values.cursor.kind();
    values.cursor.step();
    for (at, Placeholder { name, ty }) in endpoint.placeholders.iter().enumerate() {
        if values.cursor.more(b']', at == 0) != Some(true) {
            return Err(Fault::new(*name, expectation(*ty), "nothing"));
        }
        let mut ahead = values.cursor;
        values.passes(*ty, &Path::root(name))?;
        ahead.kind();
        // A URL parser would take them for a way to another endpoint.
        if matches!(ahead.raw_string(), Some(b"" | b"." | b"..")) {
            return Err(Fault::new(*name, "a path segment", "one that is empty or made of dots"));
        }
    }
    if let Some(ty) = endpoint.query
        && !arguments.continued
    {
        let text = if arguments.query.is_empty() { b"{}" } else { arguments.query };
        let misplaced = Misplaced { names: arguments.option_names, belongs: MISPLACED_IN_QUERY };
        Checker::new(text, Mode::Request, false).with_misplaced(misplaced).passes(ty, &Path::root("query"))?;
    }
    match (endpoint.body_type(), arguments.body) {
        (Some(ty), BodyArgument::Json(text)) => check_body(endpoint, ty, text, arguments.option_names, secrets),
        _ => Ok(()),
    }
}

fn check_body(endpoint: &Endpoint, ty: Type, text: &[u8], names: &'static [&'static str], secrets: &mut Secrets) -> Result<(), Fault> {
    if text.is_empty() {
        if matches!(ty.shape(), Shape::Any) {
            return Ok(());
        }
        return Err(Fault::new(BODY, expectation(ty), "nothing"));
    }
    let misplaced = Misplaced { names, belongs: "it belongs into the options, the last argument" };
    let mut checker = Checker::new(text, Mode::Request, false).with_misplaced(misplaced).with_answers(endpoint.answers);
    let checked = checker.passes(ty, &Path::root(""));
    secrets::add_places(&checker.secrets, text, matches!(endpoint.body, Body::Form(_)), secrets);
    checked.map_err(of_body)?;
    if matches!(endpoint.body, Body::Multipart(_)) { files::check(text) } else { Ok(()) }
}

/// A fault of a body. What is wrong with the whole of it has a path, too: an empty one would leave open which argument is meant.
fn of_body(fault: Fault) -> Fault {
    if fault.path.is_empty() { fault.at(BODY) } else { fault }
}

/// Path and query of a request that passed its checks.
fn target(endpoint: &Endpoint, arguments: &Arguments<'_>) -> Result<String, Fault> {
    let mut target = path_of(endpoint, arguments.paths)?;
    if endpoint.query.is_some() {
        append_query(arguments.query, &mut target)?;
    }
    Ok(target)
}

/// The path of a request. `paths` is the JSON of its values.
pub(crate) fn path_of(endpoint: &Endpoint, paths: &[u8]) -> Result<String, Fault> {
    let mut values = Cursor::new(paths).items().into_iter();
    let mut target = String::new();
    for part in endpoint.route.split_inclusive(['{', '}']) {
        match part.strip_suffix('}') {
            Some(name) => {
                let raw = values.next().and_then(|mut value| value.raw_string()).unwrap_or_default();
                percent_encode(&well_formed(raw, &Path::root(name))?, &mut target);
            }
            None => target.push_str(part.strip_suffix('{').unwrap_or(part)),
        }
    }
    Ok(target)
}

/// Path and query of a request without a row: any path below the API's root, any query.
fn unlisted_target(verb: Verb, arguments: &Arguments<'_>) -> Result<String, Fault> {
    let mut words = Cursor::new(arguments.paths).items().into_iter();
    let mut word = |name| {
        let Some(mut word) = words.next() else { return Err(Fault::new(name, "string", "nothing")) };
        match word.kind() {
            Kind::String => Ok(word.raw_string().map(unescape).unwrap_or_default()),
            other => Err(Fault::new(name, "string", other.name())),
        }
    };
    let (method, mut target) = (word("method")?, word("path")?);
    if !Verb::ALL.iter().any(|verb| verb.as_str().eq_ignore_ascii_case(&method)) {
        return Err(Fault::new("method", "GET, POST, PUT, PATCH, DELETE or HEAD", "another string"));
    }
    // URL parsers drop control characters, read `\` as `/` and `%2e` as a dot: each could lead to another endpoint.
    let graphic = target.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\#{}".contains(&byte));
    let plain = target.starts_with('/') && !target.starts_with("//") && graphic;
    if !plain || without_query(&target).split('/').any(is_dots) {
        return Err(Fault::new("path", "a path that begins with /, percent-encoded, without dot segments", "another string"));
    }
    if matches!(verb, Verb::Get | Verb::Head) && !matches!(arguments.body, BodyArgument::None) {
        return Err(Fault::new(BODY, format!("nothing, as {} has no body", verb.as_str()), "a body"));
    }
    append_query(arguments.query, &mut target)?;
    Ok(target)
}

/// Whether a URL parser takes this segment as `.` or `..`.
fn is_dots(mut segment: &str) -> bool {
    let mut dots = 0;
    while let Some(rest) = [".", "%2e", "%2E"].iter().find_map(|dot| segment.strip_prefix(dot)) {
        segment = rest;
        dots += 1;
    }
    segment.is_empty() && (dots == 1 || dots == 2)
}

/// What the API counts calls for: project, branch or organization in the path, or else the organization in the body; empty for the user.
fn subject_of(path: &str, json: Option<&[u8]>) -> String {
    let mut parts = path.split('/').skip(2);
    if let (Some("projects" | "organizations" | "branches"), Some(subject)) = (parts.next(), parts.next())
        && !subject.is_empty()
    {
        return subject.to_owned();
    }
    json.and_then(|json| Cursor::new(json).find(b"organization_slug")).and_then(Cursor::string).unwrap_or_default()
}
