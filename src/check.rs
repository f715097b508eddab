//! Does this JSON fit its model? One scanner over UTF-8 bytes, driven by the table, the same for requests and answers.
//!
//! It allocates nothing until there is something to report. Depth follows the types; what no type describes is skipped without
//! recursion. It does not replace a JSON parser: a text that is not JSON at all is found by the parser that reads it afterwards.

mod scan;

use crate::schema::{Field, Limits, List, Model, Tagged, Text, Type};
use crate::words::{join, number};
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
    /// Which field came after which, as lists repeat the order of their first object.
    hints: [u8; 64],
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
    let plain = !key.is_empty()
        && !key.as_bytes()[0].is_ascii_digit()
        && key.bytes().all(|byte| byte == b'_' || byte == b'$' || byte.is_ascii_alphanumeric());
    if plain {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(key);
    } else {
        text.push_str("[\"");
        for letter in key.chars() {
            if letter == '"' || letter == '\\' {
                text.push('\\');
            }
            text.push(letter);
        }
        text.push_str("\"]");
    }
}

impl<'t> Checker<'t> {
    pub(crate) fn new(text: &'t [u8], mode: Mode, collect: bool) -> Self {
        Checker { cursor: Cursor::new(text), mode, collect, faults: Vec::new(), secrets: Vec::new(), hints: [0; 64] }
    }

    /// Checks the value at the cursor as a whole: the first fault that counts, if there is one.
    pub(crate) fn passes(&mut self, ty: &Type, path: &Path<'_>) -> Result<(), Fault> {
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
    fn mismatch(&mut self, path: &Path<'_>, ty: &Type) -> Result<(), Stop> {
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
    pub(crate) fn value(&mut self, ty: &Type, path: &Path<'_>) -> Result<(), Stop> {
        let kind = self.cursor.kind();
        match (ty, kind) {
            (_, Kind::End | Kind::Junk) => self.broken(path),
            (Type::Any, _) | (Type::Boolean, Kind::Boolean) | (Type::Number, Kind::Number) => self.skip(path),
            (Type::Integer(limits), Kind::Number) => self.integer(ty, limits, path),
            (Type::String(text), Kind::String) => self.text(text, path),
            (Type::Enum(values), Kind::String) => self.choice(ty, values, path),
            (Type::Object(model), Kind::Object) => self.object(model, path),
            (Type::Array(list), Kind::Array) => self.array(list, path),
            (Type::Map(value), Kind::Object) => self.map(value, path),
            (Type::Tagged(tagged), Kind::Object) => self.tagged(tagged, path),
            _ => self.mismatch(path, ty),
        }
    }

    fn integer(&mut self, ty: &Type, limits: &Limits, path: &Path<'_>) -> Result<(), Stop> {
        let (whole, value) = self.cursor.integer();
        let outside = self.mode == Mode::Request && value.is_none_or(|value| value < limits.min || value > limits.max);
        if !whole {
            return self.fault(path, true, &expectation(ty), "number");
        }
        if outside { self.fault(path, true, &expectation(ty), "a number outside of it") } else { Ok(()) }
    }

    fn text(&mut self, text: &Text, path: &Path<'_>) -> Result<(), Stop> {
        if self.mode == Mode::Answer || std::ptr::eq(text, &crate::schema::ANY_TEXT) {
            return self.skip(path);
        }
        let mut run = text.pattern.map(|pattern| pattern.run());
        let Some(length) = self.cursor.text(&mut |byte| {
            if let Some(run) = &mut run {
                run.feed(byte);
            }
        }) else {
            return self.broken(path);
        };
        if length < text.min || length > text.max {
            return self.fault(path, true, &bounds(text.min.into(), text.max.into(), " characters"), &characters(length));
        }
        match (run, text.pattern) {
            (Some(run), Some(pattern)) if !run.matched() => self.fault(path, true, &join(&["string matching ", pattern.source]), &characters(length)),
            _ => Ok(()),
        }
    }

    fn choice(&mut self, ty: &Type, values: &[&str], path: &Path<'_>) -> Result<(), Stop> {
        let Some(raw) = self.cursor.raw_string() else { return self.broken(path) };
        if values.iter().any(|value| value.as_bytes() == raw) {
            return Ok(());
        }
        // Rarely, a known value is written with escapes.
        let value = scan::unescape(raw);
        if values.contains(&&*value) {
            return Ok(());
        }
        self.fault(path, false, &expectation(ty), if self.mode == Mode::Request { "another string" } else { "an unknown value" })
    }

    fn array(&mut self, list: &List, path: &Path<'_>) -> Result<(), Stop> {
        self.cursor.step();
        let mut count = 0;
        while self.more(b']', count == 0, path)? {
            let item = Path { parent: Some(path), step: Step::Index(count) };
            self.value(&list.item, &item)?;
            count += 1;
        }
        if self.mode == Mode::Request && (count < list.min || count > list.max) {
            return self.fault(path, true, &bounds(list.min.into(), list.max.into(), " items"), &join(&[&number(count.into()), " items"]));
        }
        Ok(())
    }

    fn map(&mut self, value: &Type, path: &Path<'_>) -> Result<(), Stop> {
        self.cursor.step();
        let mut first = true;
        while self.more(b'}', first, path)? {
            first = false;
            let Some(key) = self.cursor.key() else { return self.broken(path) };
            self.value(value, &Path { parent: Some(path), step: Step::Key(key) })?;
        }
        Ok(())
    }

    fn tagged(&mut self, tagged: &Tagged, path: &Path<'_>) -> Result<(), Stop> {
        let ahead = self.cursor;
        let tag = ahead.find(tagged.tag.as_bytes()).and_then(|mut found| found.raw_string().map(scan::unescape));
        if let Some((_, model)) = tagged.members.iter().find(|(value, _)| tag.as_deref() == Some(value)) {
            return self.object(model, path);
        }
        let mut expected = String::from("one of ");
        list_names(&mut expected, tagged.members.iter().map(|(value, _)| *value));
        let received = if tag.is_some() { "another string" } else { "nothing" };
        self.fault(&path.name(tagged.tag), self.mode == Mode::Request, &expected, received)?;
        self.skip(path)
    }

    fn object(&mut self, model: &Model, path: &Path<'_>) -> Result<(), Stop> {
        self.cursor.step();
        let fields = model.fields;
        let mut seen = [0u64; 4];
        let mut last = fields.len();
        let mut first = true;
        while self.more(b'}', first, path)? {
            first = false;
            let slot = (last * 7 + fields.as_ptr() as usize / 4) & 63;
            let guess = self.hints[slot] as usize;
            if fields.get(guess).is_some_and(|field| self.cursor.is_key(field.name.as_bytes())) {
                last = guess;
            } else {
                let Some(key) = self.cursor.key() else { return self.broken(path) };
                let Some(found) = position(fields, key) else {
                    self.stranger(fields, key, path)?;
                    self.skip(path)?;
                    continue;
                };
                self.hints[slot] = found as u8;
                last = found;
            }
            seen[last / 64 % 4] |= 1 << (last % 64);
            self.field(&fields[last], path)?;
        }
        for (index, field) in fields.iter().enumerate() {
            if field.required && seen[index / 64 % 4] & (1 << (index % 64)) == 0 {
                self.fault(&path.name(field.name), true, &expectation(&field.ty), "nothing")?;
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &Field, path: &Path<'_>) -> Result<(), Stop> {
        let path = path.name(field.name);
        if self.cursor.kind() == Kind::Null && !matches!(field.ty, Type::Any) {
            if !field.nullable {
                self.fault(&path, field.required, &expectation(&field.ty), "null")?;
            }
            return self.skip(&path);
        }
        if !field.secret {
            return self.value(&field.ty, &path);
        }
        let from = self.cursor.position();
        self.value(&field.ty, &path)?;
        self.secrets.push((from, self.cursor.position()));
        Ok(())
    }

    /// A field the table does not know.
    fn stranger(&mut self, fields: &[Field], key: &[u8], path: &Path<'_>) -> Result<(), Stop> {
        let mut expected = String::from("no such field");
        if self.mode == Mode::Request {
            let key = scan::unescape(key);
            if let Some(near) = nearest(&key, fields.iter().map(|field| field.name)) {
                expected.push_str(&join(&[", did you mean ", near, "?"]));
            }
        }
        self.fault(&Path { parent: Some(path), step: Step::Key(key) }, false, &expected, "an unknown field")
    }
}

fn position(fields: &[Field], key: &[u8]) -> Option<usize> {
    if let Some(found) = fields.iter().position(|field| field.name.as_bytes() == key) {
        return Some(found);
    }
    if !key.contains(&b'\\') {
        return None;
    }
    let key = scan::unescape(key);
    fields.iter().position(|field| field.name == key)
}

/// The known name that a wrong one was probably meant to be: at most a third of its letters differ.
pub(crate) fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (distance(word.as_bytes(), name.as_bytes()), name))
        .filter(|(distance, name)| *distance <= name.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Levenshtein distance that ignores case and underscores, as `organizationSlug` is what `organization_slug` was meant to be.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let letters = |text: &[u8]| -> Vec<u8> { text.iter().filter(|byte| **byte != b'_').take(64).map(u8::to_ascii_lowercase).collect() };
    let (a, b) = (letters(a), letters(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

/// What a type asks for, in words.
pub(crate) fn expectation(ty: &Type) -> String {
    match ty {
        Type::Any => "JSON".into(),
        Type::Boolean => "boolean".into(),
        Type::Integer(limits) if limits.min == i64::MIN && limits.max == i64::MAX => "integer".into(),
        Type::Integer(limits) => join(&["integer, ", &bounds(limits.min, limits.max, "")]),
        Type::Number => "number".into(),
        Type::String(_) => "string".into(),
        Type::Enum(values) => {
            let mut text = String::from("one of ");
            list_names(&mut text, values.iter().copied());
            text
        }
        Type::Array(_) => "array".into(),
        Type::Object(_) | Type::Map(_) | Type::Tagged(_) => "object".into(),
    }
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

/// What a string is called in a fault: its length says enough, its text might be a secret.
pub(crate) fn characters(length: u32) -> String {
    join(&["a string of ", &number(length.into()), " characters"])
}

fn list_names<'n>(text: &mut String, names: impl Iterator<Item = &'n str>) {
    for (index, name) in names.enumerate() {
        text.push_str(if index == 0 { "\"" } else { ", \"" });
        text.push_str(name);
        text.push('"');
    }
}
