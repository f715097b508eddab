//! Requests: what is described passes, and what is wrong in one way fails at its place.

use super::asked::Asked;
use super::mutations::{Sample, steps, wrong};
use super::samples::{correct, maximal, minimal};
use super::texts::MARK;
use super::{described, no, rows, short, tell};
use serde_json::{Value, json};
use supabase_management_wasm::Fault;
use supabase_management_wasm::endpoint::{Body, Endpoint};

/// The arguments of one call.
#[derive(Clone)]
pub struct Arguments {
    pub paths: Vec<String>,
    pub query: Value,
    pub body: Option<Value>,
}

impl Arguments {
    /// As many as possible, but no query.
    fn of(asked: &Asked) -> Self {
        Arguments {
            paths: asked.placeholders.iter().map(|(_, schema)| text(&maximal(schema))).collect(),
            query: json!({}),
            body: asked.body.as_ref().map(maximal),
        }
    }

    pub fn try_on(&self, row: &Endpoint) -> Result<(), Fault> {
        let paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
        let body = self.body.clone().map(|body| if let Body::Multipart(_) = row.body { with_files(body) } else { body }.to_string());
        row.validate(&paths, self.query.to_string().as_bytes(), body.as_deref().map(str::as_bytes))
    }

    fn with_query(&self, query: Value) -> Self {
        Arguments { query, ..self.clone() }
    }

    fn with_body(&self, body: Value) -> Self {
        Arguments { body: Some(body), ..self.clone() }
    }

    fn with_path(&self, at: usize, value: String) -> Self {
        let mut arguments = self.clone();
        arguments.paths[at] = value;
        arguments
    }
}

/// A form whose files fit together, which the description does not ask for and the server does: each has a path of its own, and what the metadata names is
/// among them. What is wrong in another way stays so.
fn with_files(mut form: Value) -> Value {
    let mut paths = Vec::new();
    for name in ["entrypoint_path", "import_map_path"] {
        if let Some(path) = form.get_mut("metadata").and_then(|metadata| metadata.get_mut(name)).filter(|path| path.is_string()) {
            *path = json!(name);
            paths.push(json!({ "path": name }));
        }
    }
    let Some(all) = form.as_object_mut() else { return form };
    if let Value::Array(files) = all.entry("file").or_insert(json!([])) {
        for (at, file) in files.iter_mut().enumerate() {
            if let Some(path) = file.get_mut("path").filter(|path| path.is_string()) {
                *path = json!(format!("{at}.ts"));
            }
        }
        files.extend(paths);
    }
    form
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().into()
}

/// A query that has what it needs.
fn base(asked: &Asked) -> Arguments {
    Arguments::of(asked).with_query(minimal(&asked.query))
}

#[test]
fn requests_pass_as_described() {
    let Some(description) = described("REQUESTS") else { return };
    let mut problems = Vec::new();
    let mut requests = 0;
    for (row, asked) in rows(&description) {
        let mut good = |arguments: Arguments, what: &str| {
            requests += 1;
            if let Err(fault) = arguments.try_on(row) {
                problems.push(format!("{}: {what}: {fault:?}", row.id));
            }
        };
        let base = base(&asked);
        good(Arguments { body: asked.body.as_ref().map(minimal), ..base.clone() }, "the smallest request");
        good(base.with_query(maximal(&asked.query)), "the largest request");
        for value in correct(&asked.query) {
            good(base.with_query(value.clone()), &format!("query {value}"));
        }
        for value in asked.body.as_ref().map(correct).unwrap_or_default() {
            good(base.with_body(value.clone()), &format!("body {}", short(&value)));
        }
        for (at, (_, schema)) in asked.placeholders.iter().enumerate() {
            for value in correct(schema).into_iter().filter(|value| *value != "") {
                good(base.with_path(at, text(&value)), &format!("path {value}"));
            }
        }
    }
    tell(&format!("conformance: {requests} requests checked"));
    no(&problems);
}

/// A request that is wrong in one way: its arguments, what is wrong, and where that is.
type Bad = (Arguments, &'static str, String);

#[test]
fn what_is_wrong_in_a_request_fails_at_its_place() {
    let Some(description) = described("MUTATIONS") else { return };
    let mut problems = Vec::new();
    let mut mutations = 0;
    for (row, asked) in rows(&description) {
        let bad = wrong_queries(row, &asked).into_iter().chain(wrong_bodies(&asked)).chain(wrong_paths(&asked));
        for (arguments, what, path) in bad {
            mutations += 1;
            match arguments.try_on(row) {
                Ok(()) => problems.push(format!("{}: {what} at `{path}` is not noticed", row.id)),
                Err(fault) if fault.path != path => problems.push(format!("{}: {what} at `{path}` is reported as {fault:?}", row.id)),
                // What somebody sent is never repeated: it may be a secret.
                Err(fault) if format!("{fault:?}").contains(MARK) => {
                    problems.push(format!("{}: {what} at `{path}` is repeated by {fault:?}", row.id));
                }
                Err(_) => {}
            }
        }
    }
    tell(&format!("conformance: {mutations} mutations of requests tried"));
    no(&problems);
}

fn wrong_queries(row: &Endpoint, asked: &Asked) -> Vec<Bad> {
    // An endpoint without a query ignores it.
    let samples = if row.query.is_some() { wrong(&asked.query) } else { Vec::new() };
    let base = base(asked);
    let bad = |Sample { value, steps: way, what, .. }| (base.with_query(value), what, steps("query", &way));
    samples.into_iter().map(bad).collect()
}

fn wrong_bodies(asked: &Asked) -> Vec<Bad> {
    let base = base(asked);
    // The body as a whole has a name, its fields have their own.
    let place = |way: &[_]| if way.is_empty() { "body".into() } else { steps("", way) };
    let bad = |Sample { value, steps: way, what, .. }| (base.with_body(value), what, place(&way));
    asked.body.as_ref().map(wrong).unwrap_or_default().into_iter().map(bad).collect()
}

fn wrong_paths(asked: &Asked) -> Vec<Bad> {
    let base = base(asked);
    let mut all = Vec::new();
    for (at, (name, schema)) in asked.placeholders.iter().enumerate() {
        let wrong = wrong(schema).into_iter().filter(|sample| sample.value.is_string()).map(|sample| text(&sample.value));
        all.extend(wrong.chain(["", ".", ".."].map(String::from)).map(|value| (base.with_path(at, value), "a path value", name.clone())));
    }
    if let Some((name, _)) = asked.placeholders.last() {
        let mut arguments = base.clone();
        arguments.paths.pop();
        all.push((arguments, "a missing path value", name.clone()));
    }
    all
}
