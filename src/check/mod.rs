//! Does this JSON fit its model? One scanner over UTF-8 bytes, driven by the table, the same for requests and answers.
//!
//! It allocates nothing until there is something to report. Depth follows the types; what no type describes is skipped without
//! recursion. It does not replace a JSON parser: a text that is not JSON at all is found by the parser that reads it afterwards.

pub(crate) mod answer;
pub(crate) mod exact;
mod scan;
mod shown;
#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::schema::{Field, Fields, Members, Names, Pattern, Shape, Type, Types};
use crate::text::{nearest, push_member};
use exact::{Exactness, Loss, losses, place};
pub(crate) use scan::{Cursor, Kind, escapes_are_known, is_well_formed, unescape};
use supabase_management_wasm_fast_check::keeps;

/// How much is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Everything the table states, no field that it does not know.
    Request,
    /// Required fields and types. Lengths, patterns and formats are the server's business.
    Answer,
}

/// Ends a check at the first fault that counts, which is the last of `Checker::faults`.
pub(crate) struct Stop;

/// A check in progress.
pub(crate) struct Checker<'t> {
    pub(crate) cursor: Cursor<'t>,
    mode: Mode,
    /// Go on after a fault, to report them all.
    collect: bool,
    /// What was found. Only those flagged `true` make a strict check fail.
    pub(crate) faults: Vec<(Fault, bool)>,
    /// Where in the text secret values stand, quotes included.
    pub(crate) secrets: Vec<(usize, usize)>,
    /// Names that people put here by mistake.
    misplaced: Misplaced,
    /// What is minded of an answer besides its model.
    exactness: Option<Exactness>,
    /// Where in free JSON whole numbers stand that are wished as text.
    large: Vec<(usize, usize)>,
    /// Models of answers that a request may be made of by hand.
    answers: &'static [Type],
}

/// Names that belong to another argument of a call, and where they belong, in words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Misplaced {
    pub(crate) names: &'static [&'static str],
    pub(crate) belongs: &'static str,
}

/// A way to a value, kept on the stack until somebody asks.
#[derive(Clone, Copy)]
pub(crate) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root(&'p str),
    Name(&'p str),
    Key(&'p [u8]),
    Index(u32),
}

impl<'p> Path<'p> {
    /// The beginning of a path: empty for a body or an answer, else `query` or the name of a placeholder.
    pub(crate) fn root(name: &'p str) -> Self {
        Path { parent: None, step: Step::Root(name) }
    }

    pub(crate) fn name(&'p self, name: &'p str) -> Path<'p> {
        Path { parent: Some(self), step: Step::Name(name) }
    }

    /// Whether it is the whole of a value, or an item of the list that it is.
    fn is_top(&self) -> bool {
        match self.parent {
            None => true,
            Some(parent) => parent.parent.is_none() && matches!(self.step, Step::Index(_)),
        }
    }

    /// `raw` is a key as the JSON has it.
    pub(crate) fn key(&'p self, raw: &'p [u8]) -> Path<'p> {
        Path { parent: Some(self), step: Step::Key(raw) }
    }

    pub(crate) fn index(&'p self, index: u32) -> Path<'p> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// As people read it: `a.b[0]["odd key"]`.
    pub(crate) fn text(&self) -> String {
        self.written().0
    }

    /// As people read it, `a.b[0]["odd key"]`, and which bytes of it are keys that others gave.
    fn written(&self) -> (String, Vec<(usize, usize)>) {
        let (mut text, mut foreign) = (String::new(), Vec::new());
        self.write(&mut text, &mut foreign);
        (text, foreign)
    }

    fn write(&self, text: &mut String, foreign: &mut Vec<(usize, usize)>) {
        if let Some(parent) = self.parent {
            parent.write(text, foreign);
        }
        match self.step {
            Step::Root(name) => text.push_str(name),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Name(name) => push_member(text, name),
            Step::Key(raw) => {
                let from = text.len();
                push_member(text, &scan::unescape(raw));
                foreign.push((from, text.len()));
            }
        }
    }

    /// A fault at its end.
    pub(crate) fn fault(&self, expected: impl Into<String>, received: impl Into<String>) -> Fault {
        let (path, foreign) = self.written();
        Fault::new(path, expected, received).with_foreign(foreign)
    }
}

impl<'t> Checker<'t> {
    pub(crate) fn new(text: &'t [u8], mode: Mode, collect: bool) -> Self {
        Checker {
            cursor: Cursor::new(text),
            mode,
            collect,
            faults: Vec::new(),
            secrets: Vec::new(),
            misplaced: Misplaced::default(),
            exactness: None,
            large: Vec::new(),
            answers: &[],
        }
    }

    /// Lets the check of a request recognize names that belong elsewhere.
    pub(crate) fn with_misplaced(mut self, misplaced: Misplaced) -> Self {
        self.misplaced = misplaced;
        self
    }

    /// Lets the check of an answer mind what would be lost.
    fn with_exactness(mut self, exactness: Option<Exactness>) -> Self {
        self.exactness = exactness;
        self
    }

    /// Lets the check of a request recognize fields that answers alone have.
    pub(crate) fn with_answers(mut self, answers: &'static [Type]) -> Self {
        self.answers = answers;
        self
    }

    /// Checks the value at the cursor as a whole: the first fault that counts, if there is one.
    pub(crate) fn passes(&mut self, ty: Type, path: &Path<'_>) -> Result<(), Fault> {
        let stopped = self.value(ty, path).is_err();
        match self.faults.iter().rposition(|(_, counts)| *counts) {
            Some(at) if stopped || self.collect => Err(self.faults.swap_remove(at).0),
            _ => Ok(()),
        }
    }

    /// Notes a fault. `counts` says whether it makes a strict check fail.
    fn fault(&mut self, path: &Path<'_>, counts: bool, expected: &str, received: &str) -> Result<(), Stop> {
        // A request never carries what does not fit; an answer is judged by what counts.
        let counts = counts || self.mode == Mode::Request;
        if !counts && !self.collect {
            return Ok(());
        }
        self.note(path.fault(expected, received), counts)
    }

    fn note(&mut self, fault: Fault, counts: bool) -> Result<(), Stop> {
        self.faults.push((fault, counts));
        if self.collect { Ok(()) } else { Err(Stop) }
    }

    /// The value at hand is not what it should be: says so, and steps over it.
    fn mismatch(&mut self, path: &Path<'_>, ty: Type) -> Result<(), Stop> {
        let received = self.cursor.kind().name();
        self.fault(path, true, &expectation(ty), received)?;
        self.skip(path)
    }

    fn skip(&mut self, path: &Path<'_>) -> Result<(), Stop> {
        if self.cursor.skip() { Ok(()) } else { self.broken(path) }
    }

    /// Whether another item or field follows.
    fn more(&mut self, close: u8, first: bool, path: &Path<'_>) -> Result<bool, Stop> {
        match self.cursor.more(close, first) {
            Some(more) => Ok(more),
            None => self.broken(path).map(|()| false),
        }
    }

    /// The text ends early or is not JSON here: nothing after it can be judged.
    fn broken(&mut self, path: &Path<'_>) -> Result<(), Stop> {
        let received = if self.cursor.at_end() { "the end of the text" } else { "text that is not JSON" };
        let _ = self.fault(path, true, "JSON", received);
        Err(Stop)
    }

    /// Checks the value at the cursor and moves behind it.
    pub(crate) fn value(&mut self, ty: Type, path: &Path<'_>) -> Result<(), Stop> {
        let kind = self.cursor.kind();
        match (ty.shape(), kind) {
            (_, Kind::End | Kind::Junk) => self.broken(path),
            (Shape::Any, _) => self.free(path),
            (Shape::Boolean, Kind::Boolean) | (Shape::String, Kind::String) => self.skip(path),
            (Shape::Number, Kind::Number) => {
                let from = self.cursor.position();
                self.skip(path)?;
                self.held(from, path)
            }
            (Shape::True, Kind::Boolean) => self.only_true(ty, path),
            (Shape::Range { min, max }, Kind::Number) => self.number(ty, false, min, max, path),
            (Shape::Union(types), _) => self.union(types, path),
            (Shape::Integer, Kind::Number) => self.number(ty, true, i64::MIN, i64::MAX, path),
            (Shape::Bounded { min, max }, Kind::Number) => self.number(ty, true, min, max, path),
            (Shape::Text { .. }, Kind::String) if self.mode == Mode::Answer => self.skip(path),
            (Shape::Text { min, max, pattern }, Kind::String) => self.text(min, max, pattern, path),
            (Shape::Enum(names), Kind::String) => self.choice(ty, names, path),
            (Shape::Object(fields), Kind::Object) => self.object(fields, path),
            (Shape::Array { min, max, item }, Kind::Array) => self.array(min, max, item, path),
            (Shape::Map(value), Kind::Object) => self.map(value, path),
            (Shape::Tagged { tag, members }, Kind::Object) => self.tagged(tag, members, path),
            _ => self.mismatch(path, ty),
        }
    }

    /// Steps over free JSON, and tells of what would be lost of it.
    fn free(&mut self, path: &Path<'_>) -> Result<(), Stop> {
        let begin = self.cursor;
        self.skip(path)?;
        match self.exactness {
            Some(exactness) if !keeps(self.cursor.since(begin.position())) => self.look_closer(begin, exactness, path),
            _ => Ok(()),
        }
    }

    fn look_closer(&mut self, begin: Cursor<'t>, Exactness { integers, as_text }: Exactness, path: &Path<'_>) -> Result<(), Stop> {
        let mut result = Ok(());
        losses(begin, integers, &mut |loss, open| {
            let (path, foreign) = place(path.written(), open);
            result = match loss {
                Loss::Digits { from, to, .. } if as_text => {
                    self.large.push((from, to));
                    Ok(())
                }
                Loss::Digits { written, .. } => self.note(integers.fault(path, foreign, written), true),
                Loss::Value => self.note(Fault::new(path, "a name that comes once", "the same name again").with_foreign(foreign), true),
            };
            result.is_ok()
        });
        result
    }

    /// Whether a number of a model is held as it is written; the cursor stands behind it.
    fn held(&mut self, from: usize, path: &Path<'_>) -> Result<(), Stop> {
        let Some(Exactness { integers, .. }) = self.exactness else { return Ok(()) };
        let written = self.cursor.since(from);
        if integers.hold(written) {
            return Ok(());
        }
        let (path, foreign) = path.written();
        self.note(integers.fault(path, foreign, written), true)
    }

    fn number(&mut self, ty: Type, must_be_whole: bool, min: i64, max: i64, path: &Path<'_>) -> Result<(), Stop> {
        let from = self.cursor.position();
        let (whole, inside) = self.cursor.number(min, max);
        let received = match () {
            () if must_be_whole && !whole => "number",
            () if !inside && self.mode == Mode::Request => "a number outside of it",
            () => return self.held(from, path),
        };
        self.fault(path, true, &expectation(ty), received)
    }

    fn only_true(&mut self, ty: Type, path: &Path<'_>) -> Result<(), Stop> {
        if !self.cursor.is_true() {
            self.fault(path, false, &expectation(ty), "false")?;
        }
        self.skip(path)
    }

    /// The first type that the value fits.
    fn union(&mut self, types: Types, path: &Path<'_>) -> Result<(), Stop> {
        let mut expected = String::new();
        for member in types {
            let mut checker = Checker { cursor: self.cursor, ..Checker::new(&[], self.mode, false) };
            let Err(fault) = checker.passes(member, &Path::root("")) else { return self.value(member, path) };
            expected.push_str(if expected.is_empty() { "" } else { " or " });
            // Without a match nothing inside is known.
            expected.push_str(&if fault.path.is_empty() { fault.expected } else { expectation(member) });
        }
        let received = self.cursor.kind().name();
        self.fault(path, false, &expected, received)?;
        self.skip(path)
    }

    fn text(&mut self, min: u32, max: u32, pattern: Option<Pattern>, path: &Path<'_>) -> Result<(), Stop> {
        let mut run = pattern.map(|pattern| pattern.run());
        let Some(length) = self.cursor.text(&mut |byte| {
            if let Some(run) = &mut run {
                run.feed(byte);
            }
        }) else {
            return self.broken(path);
        };
        let expected = match (run, pattern) {
            _ if length < min || length > max => bounds(min.into(), max.into(), " characters"),
            (Some(run), Some(pattern)) if !run.matched() => format!("string matching {}", pattern.source),
            _ => return Ok(()),
        };
        self.fault(path, true, &expected, &format!("a string of {length} characters"))
    }

    fn choice(&mut self, ty: Type, names: Names, path: &Path<'_>) -> Result<(), Stop> {
        let Some(raw) = self.cursor.raw_string() else { return self.broken(path) };
        let mut all = names;
        if all.any(|name| name.as_bytes() == raw) {
            return Ok(());
        }
        // Rarely, a known value is written with escapes.
        let value = unescape(raw);
        let mut all = names;
        if all.any(|name| name == value) {
            return Ok(());
        }
        self.fault(path, false, &expectation(ty), self.other("another string", "an unknown value"))
    }

    /// The words for a request or for an answer.
    fn other(&self, request: &'static str, answer: &'static str) -> &'static str {
        if self.mode == Mode::Request { request } else { answer }
    }

    fn array(&mut self, min: u32, max: u32, item: Type, path: &Path<'_>) -> Result<(), Stop> {
        self.cursor.step();
        let mut count = 0;
        while self.more(b']', count == 0, path)? {
            self.value(item, &path.index(count))?;
            count += 1;
        }
        if self.mode == Mode::Request && (count < min || count > max) {
            return self.fault(path, true, &bounds(min.into(), max.into(), " items"), &format!("{count} items"));
        }
        Ok(())
    }

    fn map(&mut self, value: Type, path: &Path<'_>) -> Result<(), Stop> {
        self.cursor.step();
        let mut first = true;
        while self.more(b'}', first, path)? {
            first = false;
            let Some(key) = self.cursor.key() else { return self.broken(path) };
            let path = path.key(key);
            if self.cursor.kind() == Kind::Null && !matches!(value.shape(), Shape::Any) {
                // No key of a map must be there, so that null counts as absent, as it does in a field that may be left out. An item of a list has its
                // place, and nothing can be left out of it: there null is a wrong type.
                self.fault(&path, false, &expectation(value), "null")?;
                self.skip(&path)?;
                continue;
            }
            self.value(value, &path)?;
        }
        Ok(())
    }

    fn tagged(&mut self, tag: &str, members: Members, path: &Path<'_>) -> Result<(), Stop> {
        let found = self.cursor.find(tag.as_bytes());
        let value = found.and_then(|mut found| if found.kind() == Kind::String { found.raw_string().map(unescape) } else { None });
        // Without a match nothing inside is known: the path is the union's.
        let mut expected = format!("object whose {tag} is one of ");
        for (name, object) in members {
            if value.as_deref() == Some(name) {
                return self.value(object, path);
            }
            push_name(&mut expected, name);
        }
        let received = match found {
            Some(mut found) if value.is_none() => found.kind().name(),
            Some(_) => "another one",
            None => "an object without it",
        };
        self.fault(path, self.mode == Mode::Request, &expected, received)?;
        self.skip(path)
    }

    fn object(&mut self, fields: Fields, path: &Path<'_>) -> Result<(), Stop> {
        let whole = self.cursor;
        self.cursor.step();
        let mut seen = [0u64; SEEN];
        let mut first = true;
        while self.more(b'}', first, path)? {
            first = false;
            let Some(key) = self.cursor.key() else { return self.broken(path) };
            // Rarely, a key is written with escapes.
            let Some((field, left)) = fields.position(unescape(key).as_bytes()) else {
                if !fields.open() {
                    self.stranger(fields, whole, key, path)?;
                }
                self.skip(path)?;
                continue;
            };
            mark(&mut seen, left);
            self.field(&field, path)?;
        }
        let mut all = fields;
        while let Some(field) = all.next() {
            if field.required() && !mark(&mut seen, all.left()) {
                self.fault(&path.name(field.name), true, &expectation(field.ty), "nothing")?;
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &Field, path: &Path<'_>) -> Result<(), Stop> {
        let path = path.name(field.name);
        if self.cursor.kind() == Kind::Null && !matches!(field.ty.shape(), Shape::Any) {
            if !field.nullable() {
                self.fault(&path, field.required(), &expectation(field.ty), "null")?;
            }
            return self.skip(&path);
        }
        let from = self.cursor.position();
        self.value(field.ty, &path)?;
        if field.secret() {
            self.secrets.push((from, self.cursor.position()));
        }
        Ok(())
    }

    /// A field of an object that the table does not know.
    fn stranger(&mut self, fields: Fields, whole: Cursor<'_>, key: &[u8], path: &Path<'_>) -> Result<(), Stop> {
        let expected = if self.mode == Mode::Request { self.known_field(fields, whole, &unescape(key), path) } else { "a known field".into() };
        self.fault(&Path { parent: Some(path), step: Step::Key(key) }, false, &expected, "an unknown field")
    }

    /// What should stand in the place of a field that the table does not know, with the name that was meant where one is near.
    fn known_field(&self, fields: Fields, whole: Cursor<'_>, key: &str, path: &Path<'_>) -> String {
        if self.misplaced.names.contains(&key) {
            return format!("a known field ({})", self.misplaced.belongs);
        }
        if path.is_top() && self.answers.iter().any(|answer| answer.field(key).is_some()) {
            return "a known field (answers alone have it: writable makes a body of an answer)".into();
        }
        // Nobody meant a field that is there as well, nor the next best one then.
        match nearest(key, fields.map(|field| field.name)).filter(|name| whole.find(name.as_bytes()).is_none()) {
            Some(near) => format!("a known field (did you mean {near}?)"),
            None => "a known field".into(),
        }
    }
}

/// Room for the fields that were seen: a bit for each six bytes of the table, which is the least that a field takes.
const SEEN: usize = crate::schema::pack::MOST / 6 / 64 + 1;

/// Marks a field as seen, by what is left of the table behind it. Tells whether it was.
fn mark(seen: &mut [u64; SEEN], left: usize) -> bool {
    let (word, bit) = (left / 6 / 64 % SEEN, 1 << (left / 6 % 64));
    let before = seen[word] & bit != 0;
    seen[word] |= bit;
    before
}

/// What a type asks for, in words.
pub(crate) fn expectation(ty: Type) -> String {
    let word = match ty.shape() {
        Shape::Any => "JSON",
        Shape::Boolean => "boolean",
        Shape::True => "true",
        Shape::Integer => "integer",
        Shape::Bounded { min, max } => return format!("integer, {}", bounds(min, max, "")),
        Shape::Range { min, max } => return format!("number, {}", bounds(min, max, "")),
        Shape::Union(types) => {
            let mut text = String::new();
            for member in types {
                text.push_str(if text.is_empty() { "" } else { " or " });
                text.push_str(&expectation(member));
            }
            return text;
        }
        Shape::Number => "number",
        Shape::String | Shape::Text { .. } => "string",
        Shape::Enum(names) => {
            let mut text = String::from("one of ");
            names.for_each(|name| push_name(&mut text, name));
            return text;
        }
        Shape::Array { .. } => "array",
        Shape::Object(_) | Shape::Map(_) | Shape::Tagged { .. } => "object",
    };
    word.into()
}

/// A value behind the others, in quotes.
fn push_name(text: &mut String, name: &str) {
    let comma = if text.ends_with('"') { ", \"" } else { "\"" };
    text.push_str(comma);
    text.push_str(name);
    text.push('"');
}

/// Bounds in words; the extremes of the types mean "no bound".
fn bounds(min: i64, max: i64, unit: &str) -> String {
    let open = max == i64::MAX || max == i64::from(u32::MAX);
    match (min <= 0 && !unit.is_empty() || min == i64::MIN, open) {
        (_, true) => format!("at least {min}{unit}"),
        (true, false) => format!("at most {max}{unit}"),
        (false, false) if min == max => format!("exactly {min}{unit}"),
        (false, false) => format!("{min} to {max}{unit}"),
    }
}
