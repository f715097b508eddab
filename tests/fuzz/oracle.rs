//! What the checker says, said in a plain way: a value that serde_json read, against the table.

use super::documents::strings_of;
use serde_json::{Map, Value};
use supabase_management_wasm::schema::{Fields, Shape, Type};

/// What does not fit, in order, and whether it counts.
pub type Faults = Vec<(String, bool)>;

/// A plain check in progress.
pub struct Oracle {
    pub request: bool,
    pub faults: Faults,
    /// Whether there was something that it cannot judge: a string that only the pattern itself knows about, say.
    pub unsure: bool,
}

/// What is wrong with a value; `None` where that cannot be told.
pub fn judge(value: &Value, ty: Type, request: bool) -> Option<Faults> {
    let mut oracle = Oracle { request, faults: Vec::new(), unsure: false };
    oracle.value(value, ty, "");
    (!oracle.unsure).then_some(oracle.faults)
}

/// A key behind a path: as a name where it is one, else as a string of JSON between brackets, so that no line break or quote of it stands raw.
pub fn step(path: &str, key: &str) -> String {
    let letter = |letter: char| letter == '_' || letter == '$' || letter.is_ascii_alphabetic();
    let plain = key.starts_with(letter) && key.chars().all(|one| letter(one) || one.is_ascii_digit());
    match (plain, path.is_empty()) {
        (true, true) => key.into(),
        (true, false) => format!("{path}.{key}"),
        (false, _) => format!("{path}[{}]", Value::from(key)),
    }
}

impl Oracle {
    fn fault(&mut self, path: &str, counts: bool) {
        self.faults.push((path.into(), counts || self.request));
    }

    /// What only a request has to keep.
    fn limit(&mut self, path: &str, kept: bool) {
        if self.request && !kept {
            self.fault(path, true);
        }
    }

    fn value(&mut self, value: &Value, ty: Type, path: &str) {
        match (ty.shape(), value) {
            (Shape::Any, _) | (Shape::Boolean, Value::Bool(_)) | (Shape::Number, Value::Number(_)) | (Shape::String, Value::String(_)) => {}
            (Shape::True, Value::Bool(is)) if !is => self.fault(path, false),
            (Shape::True, Value::Bool(_)) => {}
            (Shape::Integer, Value::Number(number)) => self.number(number, true, i64::MIN, i64::MAX, path),
            (Shape::Bounded { min, max }, Value::Number(number)) => self.number(number, true, min, max, path),
            (Shape::Range { min, max }, Value::Number(number)) => self.number(number, false, min, max, path),
            (Shape::Text { min, max, pattern }, Value::String(text)) => {
                let length = text.chars().count() as u64;
                let inside = (u64::from(min)..=u64::from(max)).contains(&length);
                let matches = pattern.is_none_or(|pattern| {
                    let (right, wrong) = strings_of(pattern.source, min, max);
                    self.unsure |= self.request && inside && !right.contains(text) && !wrong.contains(text);
                    right.contains(text)
                });
                self.limit(path, inside && matches);
            }
            (Shape::Enum(mut names), Value::String(text)) => {
                if !names.any(|name| name == text) {
                    self.fault(path, false);
                }
            }
            (Shape::Object(fields), Value::Object(members)) => self.object(members, fields, path),
            (Shape::Array { min, max, item }, Value::Array(items)) => {
                for (at, inner) in items.iter().enumerate() {
                    self.value(inner, item, &format!("{path}[{at}]"));
                }
                self.limit(path, (min as usize..=max as usize).contains(&items.len()));
            }
            (Shape::Map(inner), Value::Object(members)) => members.iter().for_each(|(key, value)| match value {
                // As in a field that may be left out.
                Value::Null if !matches!(inner.shape(), Shape::Any) => self.fault(&step(path, key), false),
                value => self.value(value, inner, &step(path, key)),
            }),
            (Shape::Tagged { tag, mut members }, Value::Object(object)) => {
                match members.find(|(name, _)| object.get(tag).is_some_and(|it| it == name)) {
                    Some((_, member)) => self.value(value, member, path),
                    None => self.fault(path, false),
                }
            }
            (Shape::Union(mut types), _) => match types.find(|ty| self.passes(value, *ty)) {
                Some(member) => self.value(value, member, path),
                None => self.fault(path, false),
            },
            _ => self.fault(path, true),
        }
    }

    fn passes(&mut self, value: &Value, ty: Type) -> bool {
        let mut inner = Oracle { request: self.request, faults: Vec::new(), unsure: false };
        inner.value(value, ty, "");
        self.unsure |= inner.unsure;
        !inner.faults.iter().any(|(_, counts)| *counts)
    }

    fn number(&mut self, number: &serde_json::Number, whole: bool, min: i64, max: i64, path: &str) {
        if let Some(number) = number.as_i64() {
            return self.limit(path, (min..=max).contains(&number));
        }
        let float = number.as_f64().unwrap_or(f64::NAN);
        // It was perhaps written as a whole number that is too large, or with a sign before zero, or with an exponent: the number is all we know.
        self.unsure |= float.fract() == 0.0;
        if whole {
            return self.fault(path, true);
        }
        // No bound means no bound.
        let (low, high) = (min == i64::MIN || float >= min as f64, max == i64::MAX || float <= max as f64);
        self.limit(path, low && high);
    }

    fn object(&mut self, members: &Map<String, Value>, fields: Fields, path: &str) {
        for (key, value) in members {
            let here = step(path, key);
            match ({ fields }.find(|field| field.name == key), value) {
                (None, _) if fields.open() => {}
                (None, _) => self.fault(&here, false),
                (Some(field), Value::Null) if !matches!(field.ty.shape(), Shape::Any) => {
                    if !field.nullable() {
                        self.fault(&here, field.required());
                    }
                }
                (Some(field), value) => self.value(value, field.ty, &here),
            }
        }
        for field in fields.filter(|field| field.required() && !members.contains_key(field.name)) {
            self.fault(&step(path, field.name), true);
        }
    }
}
