//! What a description has that the table has not, and the reverse; with the Rust lines that would settle it.
//!
//! What the table does not know is not compared: deprecation, scopes and permissions, prose, defaults, headers of answers, error answers, and the
//! limits of answers, which are never checked. Nor is it seen where one of the departures on purpose (exceptions.rs) changes once more.

use super::compare::{Difference, News, Side, choices, compare};
use super::description::{Description, NAME, Operation, places};
use super::exceptions::{EXCEPTIONS, UNDESCRIBED};
use super::lines::{FieldForm, Lines, Names, render_choice, variants_of};
use super::source::{Form, Source};
use super::words::{camel, pascal, snake};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ffi::OsString;
use std::fmt;
use std::io::Write;
use std::path::PathBuf;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::Endpoint;

const USAGE: &str = "usage: npm run drift -- [paths of OpenAPI documents, as JSON: one, or one for each version of the API]";

/// The tool: compares the document of the arguments and gives the exit code, that of `diff`.
pub fn run(arguments: &[OsString], out: &mut impl Write, errors: &mut impl Write) -> u8 {
    if arguments.iter().any(|argument| argument.to_string_lossy().starts_with('-')) {
        let _ = writeln!(errors, "{USAGE}");
        return 2;
    }
    let places = if arguments.is_empty() { places() } else { arguments.iter().map(PathBuf::from).collect() };
    match Description::read(&places).and_then(|description| Ok((description, Source::read()?))) {
        Ok((description, source)) => {
            let drift = Drift::between(&description, &source);
            // A reader such as `head` may have left.
            let _ = writeln!(out, "{drift}");
            u8::from(!drift.is_none())
        }
        Err(error) => {
            let _ = writeln!(errors, "drift: {error}\n{USAGE}");
            2
        }
    }
}

/// All differences, as text and in numbers.
pub struct Drift<'s> {
    source: &'s Source,
    names: Names,
    entries: Vec<String>,
    described: usize,
    added: usize,
    removed: usize,
    changed: usize,
    /// Differences that are there on purpose.
    expected: usize,
    /// Lines that were already shown, and where.
    shown: HashMap<String, String>,
}

impl fmt::Display for Drift<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.entries {
            writeln!(formatter, "{entry}")?;
        }
        let Drift { described, added, removed, changed, expected, .. } = self;
        let rows = endpoints().len();
        write!(formatter, "drift: {described} operations described, {rows} rows: {added} added, {removed} removed, {changed} changed")?;
        if *expected > 0 { write!(formatter, " ({expected} departures on purpose left out)") } else { Ok(()) }
    }
}

impl<'s> Drift<'s> {
    /// Compares a description with the table.
    pub fn between(description: &Description, source: &'s Source) -> Self {
        let all = description.operations();
        let operation = |(method, path): &(&'static str, &'_ str)| description.operation(method, path);
        let mut drift = Drift {
            source,
            names: Names::new(),
            entries: Vec::new(),
            described: all.len(),
            added: 0,
            removed: 0,
            changed: 0,
            expected: 0,
            shown: HashMap::new(),
        };
        let row = |(method, path): &(&str, &str)| endpoints().iter().find(|row| is(row, method, path));
        for known in &all {
            if let (Some(row), Some(operation)) = (row(known), operation(known)) {
                drift.learn(row, &operation);
            }
        }
        for known in &all {
            match (row(known), operation(known)) {
                (Some(row), Some(operation)) => drift.changes(row, known.1, &operation),
                (None, Some(operation)) => drift.addition(known.0, known.1, &operation),
                (_, None) => {}
            }
        }
        let told = |row: &&Endpoint| description.tells_of(row.route);
        for row in endpoints().iter().filter(told).filter(|row| !all.iter().any(|(method, path)| is(row, method, path))) {
            if UNDESCRIBED.iter().any(|(id, _)| *id == row.id) {
                drift.expected += 1;
            } else {
                drift.removed += 1;
                drift.entries.push(format!("- {} {} ({}): no longer described", row.verb.as_str(), row.route, row.id));
            }
        }
        drift
    }

    fn is_none(&self) -> bool {
        self.entries.is_empty()
    }

    /// Remembers what the models of a row are called in the description, so that a new operation can have them as well.
    fn learn(&mut self, row: &Endpoint, operation: &Operation) {
        let (bodies, answers) = (operation.request_media(), operation.answer_media());
        for (answer, schema) in bodies.values().map(|schema| (false, *schema)).chain(answers.values().map(|schema| (true, *schema))) {
            let root = if answer { "answer" } else { "body" };
            for (schema, place) in [(schema, root.to_string()), (&schema["items"], format!("{root}[]"))] {
                if let (Some(name), Some((model, None))) = (schema[NAME].as_str(), self.source.model_at(row.id, &place)) {
                    self.names.entry((answer, name.into())).or_insert_with(|| model.name.clone());
                }
            }
        }
    }

    fn addition(&mut self, method: &str, path: &str, operation: &Operation) {
        self.added += 1;
        let (file, property) = match nearest(path).and_then(|row| self.source.method(row.id)) {
            Some(method) => (method.file.clone(), method.id.rsplit_once('.').map_or("", |(property, _)| property).to_string()),
            None => {
                let name = snake(path.split('/').rfind(|part| !part.starts_with('{')).unwrap_or_default());
                let (folder, version) = if path.starts_with("/v2/") { ("v2/", "v2.") } else { ("", "") };
                (format!("src/api/{folder}{name}.rs"), version.to_string() + &camel(&name))
            }
        };
        let lines = Lines::new(self.source, &self.names, &file, Side::Request).of_operation(method, path, operation, &property);
        let id = operation.id();
        let id = if id.is_empty() { String::new() } else { format!(" ({id})") };
        self.entries.push(format!("+ {} {path}{id}: new operation; add to `{property}` in {file}:\n{}", method.to_uppercase(), indented(&lines)));
    }

    fn changes(&mut self, row: &Endpoint, path: &str, operation: &Operation) {
        let head = format!("~ {} ({} {})", row.id, row.verb.as_str(), row.route);
        let mut found = compare(row, operation);
        let before = found.len();
        found.retain(|one| !EXCEPTIONS.iter().any(|(id, place, _)| (*id == row.id || *id == "*") && *place == one.place));
        self.expected += before - found.len();
        if row.route != path {
            self.entries.push(format!("{head}: the path is {path} now"));
        }
        self.changed += usize::from(!found.is_empty() || row.route != path);
        for one in &found {
            let mut entry = format!("{head}: {}: {}", one.place, one.words);
            if let Some((advice, lines)) = self.advice(row, one) {
                entry.push_str(&format!("; {advice}"));
                entry.push_str(&self.once(&format!("{} at {}", row.id, one.place), &advice, &lines));
            }
            self.entries.push(entry);
        }
    }

    /// The lines behind the advice; where they were shown before, the place of that: endpoints share models.
    fn once(&mut self, here: &str, advice: &str, lines: &str) -> String {
        if lines.is_empty() {
            return String::new();
        }
        match self.shown.entry(format!("{advice}\n{lines}")) {
            Entry::Occupied(there) => format!(" the lines of {}", there.get()),
            Entry::Vacant(free) => {
                free.insert(here.into());
                format!("\n{}", indented(lines))
            }
        }
    }

    /// What to do about a difference, and the lines to do it with.
    fn advice(&self, row: &Endpoint, one: &Difference) -> Option<(String, String)> {
        // A field belongs to what it is in, anything else to where it stands.
        let parent = match &one.news {
            News::Field { name, .. } => one.place.strip_suffix(&**name)?.strip_suffix('.')?,
            News::Gone => one.place.rsplit_once('.')?.0,
            _ => &one.place,
        };
        let found = self.source.model_at(row.id, parent);
        let file = match found {
            Some((model, _)) => &*model.file,
            None => self.source.method(row.id).map_or("src/api", |method| &*method.file),
        };
        let (owner, called) = match found {
            Some((model, Some(member))) => (model.name.clone() + &pascal(member), format!("the member {member:?} of `{}` in {file}", model.name)),
            Some((model, None)) => (model.name.clone(), format!("`{}` in {file}", model.name)),
            None => (pascal(&row.id.replace('.', "_")), format!("its model in {file}")),
        };
        let side = if one.place.starts_with("answer") { Side::Answer } else { Side::Request };
        let lines = Lines::new(self.source, &self.names, file, side);
        let tag = found.and_then(|(model, _)| if let Form::Tagged { tag, .. } = &model.form { Some(&**tag) } else { None });
        Some(match &one.news {
            News::Words => return None,
            News::Gone | News::GoneMember => (found.map(|_| format!("see {called}"))?, String::new()),
            News::Field { name, schema, required, new } => {
                let verb = if *new { "add to" } else { "write anew in" };
                let form = FieldForm { new: *new, public: tag.is_none() };
                (format!("{verb} {called}:"), lines.of_field(name, schema, *required, &owner, form))
            }
            News::Choice(value) => {
                let mut taken = found.map(|(model, _)| variants_of(model)).unwrap_or_default();
                (format!("add to the enum {called}:"), render_choice(value, &mut taken))
            }
            News::Member { tag: value, schema } => (format!("add to the enum {called}:"), lines.of_member(tag.zip(value.as_deref()), schema, &owner)),
            // A path value that is not one of some is a string in any case.
            News::Type(schema) if one.place.starts_with("path.") && choices(schema).is_none() => return None,
            News::Type(schema) => ("its type:".into(), lines.of_type(schema, &pascal(&row.id.replace('.', "_")))),
        })
    }
}

/// Whether this row is the operation. What its placeholders are called says nothing.
fn is(row: &Endpoint, method: &str, path: &str) -> bool {
    row.verb.as_str().eq_ignore_ascii_case(method) && parts(row.route).eq(parts(path))
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part })
}

/// The row whose path goes the longest way together with this one and the shortest way alone.
fn nearest(path: &str) -> Option<&'static Endpoint> {
    let common = |row: &Endpoint| parts(row.route).zip(parts(path)).take_while(|(one, other)| one == other).count();
    // More than `/v1`. Of equal ones the first, as a table begins with what matters.
    let near = endpoints().iter().rev().filter(|row| common(row) > 2);
    near.max_by_key(|row| (common(row), Reverse(parts(row.route).count())))
}

fn indented(lines: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
    lines.trim_end().lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
