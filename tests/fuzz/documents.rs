//! Documents of a type: values that fit most of the time, changes that break them, and the many ways to write one down.
//!
//! All of it is made of a tape, which is a list of numbers: proptest makes it shorter and its numbers smaller, and the document shrinks along.
//! At the end of the tape there are only zeros, which stand for the least.

use super::texts::texts;
use super::types::tags;
use serde_json::{Map, Value, json};
use supabase_management_wasm::schema::{Fields, Shape, Type};

/// Numbers to make decisions with.
pub struct Tape<'t> {
    words: &'t [u32],
    at: usize,
}

/// Strings of a pattern, or of a format, of the API: right ones and wrong ones.
pub fn strings_of(source: &str, min: u32, max: u32) -> (Vec<String>, Vec<String>) {
    let mut schema = match source {
        "uri" | "uuid" | "email" | "date-time" => json!({ "format": source }),
        // How the table writes what the description states as bounds of a string.
        "^([1-9][0-9]?|100)$" => json!({ "minimum": 1, "maximum": 100 }),
        _ => json!({ "pattern": source }),
    };
    if min > 0 {
        schema["minLength"] = min.into();
    }
    if max < u32::MAX {
        schema["maxLength"] = max.into();
    }
    let (right, wrong) = texts(&schema);
    let read = |value: Value| value.as_str().unwrap_or_default().to_owned();
    (right.into_iter().map(read).collect(), wrong.into_iter().map(|(value, _)| read(value)).collect())
}

/// Letters of one to four bytes, and those that JSON, regular expressions or paths have a meaning for.
const LETTERS: [char; 20] =
    ['a', 'Z', '0', ' ', '"', '\\', '/', '.', '\n', '\t', '\0', '\u{7f}', 'é', '\u{2028}', '数', '\u{fffd}', '🚀', '\u{10ffff}', '{', '%'];

const KEYS: [&str; 8] = ["unheard_of", "", "odd key", "id", "a.b", "é\"\\\n", "__proto__", "type"];

impl<'t> Tape<'t> {
    pub fn new(words: &'t [u32]) -> Self {
        Tape { words, at: 0 }
    }

    fn next(&mut self) -> u32 {
        self.at += 1;
        self.words.get(self.at - 1).copied().unwrap_or(0)
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.next() as usize % count.max(1)
    }

    /// True once in a while, and never at the end of the tape.
    fn rarely(&mut self, one_in: u32) -> bool {
        self.next() % one_in == one_in - 1
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    pub fn text(&mut self, most: usize) -> String {
        let length = if self.rarely(40) { 300 } else { self.below(most + 1) };
        (0..length).map(|_| self.pick(&LETTERS)).collect()
    }

    fn number(&mut self, min: i64, max: i64) -> Value {
        let edges = [min, max, min.saturating_sub(1), max.saturating_add(1), 0, 1, -1, 7, 1 << 53, (1 << 53) + 1, i64::MAX, i64::MIN];
        match self.below(4) {
            0 | 1 => self.pick(&edges[..2]).into(),
            2 => self.pick(&edges).into(),
            _ => self.pick(&[0.5, -3.25, 1.25e-7, 1e300, -1e300, 1e21, 4.9e-324, 18_446_744_073_709_551_615.0, min as f64 - 0.5]).into(),
        }
    }

    /// Any value, not too deep.
    pub fn any(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(self.next().is_multiple_of(2)),
            2 => json!(self.next()),
            3 => self.number(0, 100),
            4 | 5 => json!(self.text(6)),
            6 => (0..self.below(4)).map(|_| self.any(depth - 1)).collect(),
            _ => Value::Object((0..self.below(4)).map(|_| (self.key(), self.any(depth - 1))).collect()),
        }
    }

    fn key(&mut self) -> String {
        if self.rarely(3) { self.text(4) } else { self.pick(&KEYS).into() }
    }

    /// A value that fits, most of the time.
    pub fn fitting(&mut self, ty: Type, depth: usize) -> Value {
        match ty.shape() {
            Shape::Any => self.any(depth.min(2)),
            Shape::Boolean => json!(self.next().is_multiple_of(2)),
            Shape::True => json!(!self.rarely(9)),
            Shape::Number => self.number(i64::MIN, i64::MAX),
            Shape::Integer => json!(self.next() as i32),
            Shape::Range { min, max } | Shape::Bounded { min, max } => self.number(min, max),
            Shape::String => json!(self.text(12)),
            Shape::Text { min, max, pattern: None } => {
                let length = self.pick(&[min, min.saturating_add(1), max.min(min + 30), max.min(2000).saturating_add(1)]);
                json!((0..length).map(|_| self.pick(&LETTERS)).collect::<String>())
            }
            Shape::Text { min, max, pattern: Some(pattern) } => {
                let (right, wrong) = strings_of(pattern.source, min, max);
                json!(if self.rarely(12) { self.pick(&wrong) } else { self.pick(&right) })
            }
            Shape::Enum(names) => {
                let names: Vec<_> = names.collect();
                json!(if self.rarely(15) { "A_VALUE_OF_TOMORROW" } else { self.pick(&names) })
            }
            Shape::Array { min, max, item } => {
                let most = (max as usize).min(min as usize + if depth > 0 { 3 } else { 1 });
                let count = min as usize + self.below(most - min as usize + 1);
                (0..count).map(|_| self.fitting(item, depth.saturating_sub(1))).collect()
            }
            Shape::Map(inner) => Value::Object((0..self.below(3)).map(|_| (self.key(), self.fitting(inner, depth.saturating_sub(1)))).collect()),
            Shape::Object(fields) => Value::Object(self.fields(fields, depth)),
            Shape::Tagged { tag, members } => {
                let (name, member) = self.pick(&members.collect::<Vec<_>>());
                let mut value = self.fitting(member, depth);
                if !self.rarely(12) {
                    value[tag] = name.into();
                }
                value
            }
            Shape::Union(types) => {
                let member = self.pick(&types.collect::<Vec<_>>());
                self.fitting(member, depth)
            }
            _ => Value::Null,
        }
    }

    fn fields(&mut self, fields: Fields, depth: usize) -> Map<String, Value> {
        let mut members = Map::new();
        for field in fields {
            let there = if field.required() { !self.rarely(60) } else { depth > 0 && self.rarely(3) };
            if there {
                let null = field.nullable() && self.rarely(3) || self.rarely(40);
                members.insert(field.name.into(), if null { Value::Null } else { self.fitting(field.ty, depth.saturating_sub(1)) });
            }
        }
        if self.rarely(12) {
            members.insert(self.key(), self.any(1));
        }
        if self.rarely(4) {
            // Another order.
            let mut reversed: Vec<_> = members.into_iter().collect();
            reversed.reverse();
            members = reversed.into_iter().collect();
        }
        members
    }

    /// Changes one thing somewhere in a value, and tells where.
    pub fn change(&mut self, value: &mut Value, path: &str) -> String {
        match value {
            Value::Array(items) if !items.is_empty() && !self.rarely(4) => {
                let at = self.below(items.len());
                self.change(&mut items[at], &format!("{path}[{at}]"))
            }
            Value::Object(members) if !members.is_empty() && !self.rarely(4) => {
                let key = self.pick(&members.keys().cloned().collect::<Vec<_>>());
                let here = super::oracle::step(path, &key);
                if self.rarely(4) {
                    members.shift_remove(&key);
                    return here;
                }
                members.get_mut(&key).map(|inner| self.change(inner, &here)).unwrap_or_default()
            }
            Value::Object(members) if self.rarely(3) => {
                let key = self.key();
                let here = super::oracle::step(path, &key);
                members.insert(key, self.any(1));
                here
            }
            other => {
                *other = self.any(1);
                path.into()
            }
        }
    }

    /// The text of a value, in one of the many ways to write it.
    pub fn write(&mut self, value: &Value) -> String {
        let mut text = String::new();
        self.write_into(value, &mut text);
        text
    }

    fn space(&mut self, text: &mut String) {
        if self.rarely(10) {
            text.push_str(self.pick(&[" ", "\n\t", "\r\n  "]));
        }
    }

    fn write_into(&mut self, value: &Value, text: &mut String) {
        self.space(text);
        match value {
            Value::Array(items) => {
                text.push('[');
                for (at, item) in items.iter().enumerate() {
                    text.push_str(if at > 0 { "," } else { "" });
                    self.write_into(item, text);
                }
                text.push(']');
            }
            Value::Object(members) => {
                text.push('{');
                for (at, (key, item)) in members.iter().enumerate() {
                    text.push_str(if at > 0 { "," } else { "" });
                    self.space(text);
                    let as_it_is = tags().contains(key.as_str());
                    self.write_string(key, as_it_is, text);
                    self.space(text);
                    text.push(':');
                    self.write_into(item, text);
                }
                text.push('}');
            }
            Value::String(string) => self.write_string(string, false, text),
            other => text.push_str(&other.to_string()),
        }
        self.space(text);
    }

    /// A string with as many escapes as anybody would write, or more.
    fn write_string(&mut self, string: &str, as_it_is: bool, text: &mut String) {
        if as_it_is || !self.rarely(6) {
            text.push_str(&json!(string).to_string());
            return;
        }
        text.push('"');
        for letter in string.chars() {
            match letter {
                '/' if self.rarely(2) => text.push_str("\\/"),
                '"' | '\\' | '\0'..='\u{1f}' => text.push_str(&unit_escapes(letter, false)),
                _ if self.rarely(2) => text.push_str(&unit_escapes(letter, self.next() % 2 == 1)),
                _ => text.push(letter),
            }
        }
        text.push('"');
    }
}

/// A letter as `\uXXXX`, or two of them.
pub fn unit_escapes(letter: char, upper: bool) -> String {
    let mut units = [0; 2];
    letter.encode_utf16(&mut units).iter().map(|unit| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") }).collect()
}
