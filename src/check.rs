//! Does this JSON fit its model? One scanner over UTF-8 bytes, driven by the table, the same for requests and answers.
//!
//! It allocates nothing until there is something to report. Depth follows the types; what no type describes is skipped without
//! recursion. It does not replace a JSON parser: a text that is not JSON at all is found by the parser that reads it afterwards.

mod scan;
#[cfg(test)]
mod tests;

use crate::schema::{Field, Fields, Members, Names, Pattern, Shape, Type, Types};
use crate::words::{join, number, quoted};
pub(crate) use scan::{Cursor, Kind, unescape};

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `name`, `a.b`, `[3].status`.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What is there: a kind or a length, never a value.
    pub received: String,
}

impl Fault {
    // One place where the texts are copied: inlined, they were a tenth of the wasm.
    #[inline(never)]
    pub(crate) fn new(path: &str, expected: &str, received: &str) -> Self {
        Fault { path: path.into(), expected: expected.into(), received: received.into() }
    }
}

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

    fn name(&'p self, name: &'p str) -> Path<'p> {
        Path { parent: Some(self), step: Step::Name(name) }
    }

    fn write(&self, text: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(text);
        }
        match self.step {
            Step::Root(name) => text.push_str(name),
            Step::Index(index) => text.push_str(&join(&["[", &number(index.into()), "]"])),
            Step::Name(name) => write_key(name, text),
            Step::Key(raw) => write_key(&scan::unescape(raw), text),
        }
    }
}

fn write_key(key: &str, text: &mut String) {
    let plain = key.bytes().all(|byte| byte == b'_' || byte == b'$' || byte.is_ascii_alphanumeric());
    if plain && key.bytes().next().is_some_and(|first| !first.is_ascii_digit()) {
        text.push_str(&join(&[if text.is_empty() { "" } else { "." }, key]));
    } else {
        text.push_str(&join(&["[", &quoted(key), "]"]));
    }
}

impl<'t> Checker<'t> {
    pub(crate) fn new(text: &'t [u8], mode: Mode, collect: bool) -> Self {
        Checker { cursor: Cursor::new(text), mode, collect, faults: Vec::new(), secrets: Vec::new() }
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
        let mut text = String::new();
        path.write(&mut text);
        self.faults.push((Fault::new(&text, expected, received), counts));
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
            (Shape::Any, _) | (Shape::Boolean, Kind::Boolean) | (Shape::Number, Kind::Number) | (Shape::String, Kind::String) => self.skip(path),
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

    fn number(&mut self, ty: Type, must_be_whole: bool, min: i64, max: i64, path: &Path<'_>) -> Result<(), Stop> {
        let (whole, inside) = self.cursor.number(min, max);
        let received = match () {
            () if must_be_whole && !whole => "number",
            () if !inside && self.mode == Mode::Request => "a number outside of it",
            () => return Ok(()),
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
            (Some(run), Some(pattern)) if !run.matched() => join(&["string matching ", pattern.source]),
            _ => return Ok(()),
        };
        self.fault(path, true, &expected, &join(&["a string of ", &number(length.into()), " characters"]))
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
            self.value(item, &Path { parent: Some(path), step: Step::Index(count) })?;
            count += 1;
        }
        if self.mode == Mode::Request && (count < min || count > max) {
            return self.fault(path, true, &bounds(min.into(), max.into(), " items"), &join(&[&number(count.into()), " items"]));
        }
        Ok(())
    }

    fn map(&mut self, value: Type, path: &Path<'_>) -> Result<(), Stop> {
        self.cursor.step();
        let mut first = true;
        while self.more(b'}', first, path)? {
            first = false;
            let Some(key) = self.cursor.key() else { return self.broken(path) };
            self.value(value, &Path { parent: Some(path), step: Step::Key(key) })?;
        }
        Ok(())
    }

    fn tagged(&mut self, tag: &str, members: Members, path: &Path<'_>) -> Result<(), Stop> {
        let found = self.cursor.find(tag.as_bytes());
        let value = found.and_then(|mut found| if found.kind() == Kind::String { found.raw_string().map(unescape) } else { None });
        // Without a match nothing inside is known: the path is the union's.
        let mut expected = join(&["object whose ", tag, " is one of "]);
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
        self.cursor.step();
        let mut seen = [0u64; SEEN];
        let mut first = true;
        while self.more(b'}', first, path)? {
            first = false;
            let Some(key) = self.cursor.key() else { return self.broken(path) };
            let Some((field, left)) = position(fields, key) else {
                if !fields.open() {
                    self.stranger(fields, key, path)?;
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

    /// A field the table does not know.
    fn stranger(&mut self, fields: Fields, key: &[u8], path: &Path<'_>) -> Result<(), Stop> {
        let expected = if self.mode == Mode::Request { no_such_field(fields, key) } else { "a known field".into() };
        self.fault(&Path { parent: Some(path), step: Step::Key(key) }, false, &expected, "an unknown field")
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

/// A field by its name, and what is left of the table behind it.
fn position(mut fields: Fields, key: &[u8]) -> Option<(Field, usize)> {
    // Rarely, a key is written with escapes.
    let text = unescape(key);
    let field = fields.find(|field| field.name == text)?;
    Some((field, fields.left()))
}

/// The words for a field that the table does not know. For JavaScript, `pkg/errors.js` finds the name that was meant.
#[cfg(feature = "js")]
fn no_such_field(fields: Fields, key: &[u8]) -> String {
    let mut text = String::from("a known field");
    for field in fields {
        text.push_str(&join(&["\0", field.name]));
    }
    text.push_str(&join(&["\0", &unescape(key)]));
    text
}

/// The words for a field that the table does not know.
#[cfg(not(feature = "js"))]
fn no_such_field(fields: Fields, key: &[u8]) -> String {
    let near = nearest(key, &mut fields.map(|field| field.name));
    near.map_or_else(|| "a known field".into(), |near| join(&["a known field (did you mean ", near, "?)"]))
}

/// The known name that a wrong one was probably meant to be: one that begins and ends like it, for half of its length or more. Case and
/// underscores do not count, as `organizationSlug` is what `organization_slug` was meant to be.
#[cfg(not(feature = "js"))]
fn nearest(word: &[u8], names: &mut dyn Iterator<Item = &'static str>) -> Option<&'static str> {
    let word = letters(word);
    let (mut best, mut most) = (None, 0);
    for name in names {
        let known = letters(name.as_bytes());
        let begin = word.iter().zip(&known).take_while(|(a, b)| a == b).count();
        let end = word.iter().rev().zip(known.iter().rev()).take_while(|(a, b)| a == b).count();
        let same = (begin + end).min(word.len()).min(known.len());
        if same > most && same * 2 >= word.len().max(known.len()) {
            (best, most) = (Some(name), same);
        }
    }
    best
}

#[cfg(not(feature = "js"))]
fn letters(text: &[u8]) -> Vec<u8> {
    let mut letters = text.to_ascii_lowercase();
    letters.retain(|byte| *byte != b'_');
    letters
}

/// What a type asks for, in words.
pub(crate) fn expectation(ty: Type) -> String {
    let word = match ty.shape() {
        Shape::Any => "JSON",
        Shape::Boolean => "boolean",
        Shape::True => "true",
        Shape::Integer => "integer",
        Shape::Bounded { min, max } => return join(&["integer, ", &bounds(min, max, "")]),
        Shape::Range { min, max } => return join(&["number, ", &bounds(min, max, "")]),
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
    let (low, high) = (number(min), number(max));
    match (min <= 0 && !unit.is_empty() || min == i64::MIN, open) {
        (_, true) => join(&["at least ", &low, unit]),
        (true, false) => join(&["at most ", &high, unit]),
        (false, false) if min == max => join(&["exactly ", &low, unit]),
        (false, false) => join(&[&low, " to ", &high, unit]),
    }
}
