//! Types of our own as JSON, and what is wrong where a JSON does not fit. The types are the rule: their names are what is known, and what is not an
//! `Option` and has no default must be there.
//!
//! serde could derive it, with a visitor and an enum of names for each type: 50 KiB of wasm more than a call for each field.

use crate::digest;
use crate::json::Write;
use crate::read::{InputError, kind, member, one_of};
use serde_json::{Map, Value};

/// Where something is read, and the first thing that was wrong. Reading goes on after it, with values that nobody sees, as a way back out of each
/// field would be more code than the field.
#[derive(Default)]
pub(crate) struct Place {
    path: String,
    wrong: Option<InputError>,
}

impl Place {
    #[cold]
    pub(crate) fn fail(&mut self, expected: &str, received: &str) {
        self.note(|| InputError::new("", expected, received));
    }

    fn note(&mut self, error: impl FnOnce() -> InputError) {
        if self.wrong.is_none() {
            self.wrong = Some(error().inside(&self.path));
        }
    }

    /// Goes to a field. Gives what [`Place::leave`] takes.
    pub(crate) fn enter(&mut self, name: &str) -> usize {
        let length = self.path.len();
        let step = member(name);
        if length > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(&step);
        length
    }

    fn enter_item(&mut self, index: usize) -> usize {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        length
    }

    pub(crate) fn leave(&mut self, length: usize) {
        self.path.truncate(length);
    }

    /// A text that is one of some values.
    pub(crate) fn known<'v>(&mut self, value: &'v Value, values: &[&str]) -> Option<&'v str> {
        match value.as_str() {
            Some(text) if values.contains(&text) => return Some(text),
            Some(_) => self.fail(&one_of(values), "another string"),
            None => self.fail("string", kind(value)),
        }
        None
    }

    /// An object with one field: what to make of it is told which of the names the field has, and what it holds.
    pub(crate) fn variant<T>(&mut self, value: &Value, names: &[&str], make: impl FnOnce(&mut Self, usize, &Value) -> T) -> T {
        let (at, value) = self.only_field(value, names).unwrap_or((0, &Value::Null));
        let length = self.enter(names[at]);
        let made = make(self, at, value);
        self.leave(length);
        made
    }

    fn only_field<'v>(&mut self, value: &'v Value, names: &[&str]) -> Option<(usize, &'v Value)> {
        match value {
            Value::Object(fields) if fields.len() == 1 => {
                let found = fields.iter().find_map(|(name, value)| Some((names.iter().position(|known| known == name)?, value)));
                if found.is_none() {
                    self.fail(&one_of(names), "another string");
                }
                return found;
            }
            Value::Object(_) => self.fail(&format!("an object with {}", one_of(names)), "an object with none or several of them"),
            other => self.fail(&one_of(names), kind(other)),
        }
        None
    }

    /// A whole number from `least` to `most`.
    fn whole(&mut self, value: &Value, least: i64, most: i64) -> i64 {
        let number = value.as_i64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let is_whole = value.is_i64() || value.is_u64();
            self.fail(if least < 0 { "integer" } else { "integer, at least 0" }, if is_whole { "a number out of its range" } else { kind(value) });
        }
        number.unwrap_or_default()
    }
}

/// What has a form in JSON.
pub(crate) trait Json: Write + Sized {
    /// Reads it. Where that fails, the place knows, and the value is any.
    fn read(value: &Value, place: &mut Place) -> Self;

    /// What it is where it is not there, if it need not be.
    fn missing() -> Option<Self> {
        None
    }

    /// Any value.
    fn any() -> Self {
        Self::read(&Value::Null, &mut Place::default())
    }
}

/// Reads a value. Paths begin with its name.
pub(crate) fn read<T: Json>(value: &Value, name: &str) -> Result<T, InputError> {
    let mut place = Place { path: name.into(), wrong: None };
    let read = T::read(value, &mut place);
    place.wrong.map_or(Ok(read), Err)
}

/// The fields of an object that is read.
pub(crate) struct Fields<'v, 'p> {
    fields: Option<&'v Map<String, Value>>,
    place: &'p mut Place,
}

impl<'v, 'p> Fields<'v, 'p> {
    pub(crate) fn new(value: &'v Value, known: &[&str], place: &'p mut Place) -> Self {
        let fields = value.as_object();
        match fields.map(|fields| fields.keys().find(|name| !known.contains(&&***name))) {
            None => place.fail("object", kind(value)),
            Some(Some(name)) => place.note(|| InputError::unknown(name, known.iter().copied())),
            Some(None) => {}
        }
        Fields { fields, place }
    }

    fn find(&self, name: &str) -> Option<&'v Value> {
        self.fields?.get(name)
    }

    #[cold]
    fn lacks(&mut self, name: &str) {
        self.place.note(|| InputError::new(name, "a value", "nothing"));
    }

    #[inline(never)]
    fn found<T: Json>(&mut self, name: &str) -> Option<T> {
        let value = self.find(name)?;
        let length = self.place.enter(name);
        let read = T::read(value, self.place);
        self.place.leave(length);
        Some(read)
    }

    /// A field.
    #[inline(never)]
    pub(crate) fn get<T: Json>(&mut self, name: &str) -> T {
        self.found(name).or_else(T::missing).unwrap_or_else(|| {
            self.lacks(name);
            T::any()
        })
    }

    /// A field that need not be there.
    #[inline(never)]
    pub(crate) fn get_or<T: Json>(&mut self, name: &str, usual: impl FnOnce() -> T) -> T {
        self.found(name).unwrap_or_else(usual)
    }
}

/// Writes a field. One that need not be there is left out where it is empty.
#[inline(never)]
pub(crate) fn put(fields: &mut Map<String, Value>, name: &str, value: Value, is_optional: bool) {
    let is_empty = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        other => *other == 0,
    };
    if !(is_optional && is_empty) {
        fields.insert(name.into(), value);
    }
}

/// A struct with a form in JSON. `field as "name"` is called otherwise there, and `field: Type = value` need not be there, nor is it written where it
/// is empty: `null`, 0, or a list or an object without anything in it.
macro_rules! record {
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@get $fields:ident, $name:expr) => { $fields.get($name) };
    (@get $fields:ident, $name:expr, $usual:expr) => { $fields.get_or($name, || $usual) };
    (@may) => { false };
    (@may $usual:expr) => { true };
    (
        $(#[$meta:meta])*
        $vis:vis struct $type:ident {
            $($(#[$about:meta])* $seen:vis $field:ident $(as $name:literal)? : $of:ty $(= $usual:expr)?),* $(,)?
        }
    ) => {
        $(#[$meta])*
        $vis struct $type {
            $($(#[$about])* $seen $field: $of,)*
        }

        impl $crate::record::Json for $type {
            fn read(value: &serde_json::Value, place: &mut $crate::record::Place) -> Self {
                let mut fields = $crate::record::Fields::new(value, &[$($crate::record::record!(@name $field $($name)?)),*], place);
                $type {
                    $($field: $crate::record::record!(@get fields, $crate::record::record!(@name $field $($name)?) $(, $usual)?),)*
                }
            }
        }

        impl $crate::json::Write for $type {
            fn write(&self) -> serde_json::Value {
                let mut fields = serde_json::Map::new();
                $($crate::record::put(
                    &mut fields,
                    $crate::record::record!(@name $field $($name)?),
                    $crate::json::Write::write(&self.$field),
                    $crate::record::record!(@may $($usual)?) || <$of as $crate::record::Json>::missing().is_some(),
                );)*
                fields.into()
            }
        }
    };
}
pub(crate) use record;

impl Json for String {
    fn read(value: &Value, place: &mut Place) -> Self {
        if !value.is_string() {
            place.fail("string", kind(value));
        }
        value.as_str().unwrap_or_default().into()
    }
}

impl Json for bool {
    fn read(value: &Value, place: &mut Place) -> Self {
        if !value.is_boolean() {
            place.fail("boolean", kind(value));
        }
        *value == true
    }
}

impl Json for f64 {
    fn read(value: &Value, place: &mut Place) -> Self {
        if !value.is_number() {
            place.fail("number", kind(value));
        }
        value.as_f64().unwrap_or_default()
    }
}

impl Json for i64 {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.whole(value, i64::MIN, i64::MAX)
    }
}

impl Json for u32 {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.whole(value, 0, u32::MAX.into()) as u32
    }
}

impl Json for u16 {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.whole(value, 0, u16::MAX.into()) as u16
    }
}

/// JSON of any kind.
impl Json for Value {
    fn read(value: &Value, _: &mut Place) -> Self {
        value.clone()
    }
}

/// An object of any kind.
impl Json for Map<String, Value> {
    fn read(value: &Value, place: &mut Place) -> Self {
        if !value.is_object() {
            place.fail("object", kind(value));
        }
        value.as_object().cloned().unwrap_or_default()
    }
}

/// `null` is none, too.
impl<T: Json> Json for Option<T> {
    fn read(value: &Value, place: &mut Place) -> Self {
        if value.is_null() { None } else { Some(T::read(value, place)) }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(value: &Value, place: &mut Place) -> Self {
        let Some(items) = value.as_array() else {
            place.fail("array", kind(value));
            return Vec::new();
        };
        let mut read = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let length = place.enter_item(index);
            read.push(T::read(item, place));
            place.leave(length);
        }
        read
    }
}

impl Json for [String; 2] {
    fn read(value: &Value, place: &mut Place) -> Self {
        Vec::read(value, place).try_into().unwrap_or_else(|_| {
            place.fail("array of 2 strings", "an array of another length");
            Default::default()
        })
    }
}

/// Bytes, which are written as base64.
pub(crate) fn read_bytes(value: &Value, place: &mut Place) -> Vec<u8> {
    let bytes = digest::from_base64(&String::read(value, place));
    if bytes.is_none() {
        place.fail("bytes in base64", "another string");
    }
    bytes.unwrap_or_default()
}

/// Something by names, each once: few, so that they need no tree. An object in JSON.
impl<T: Json> Json for Vec<(String, T)> {
    fn read(value: &Value, place: &mut Place) -> Self {
        let mut read = Vec::new();
        for (name, value) in Map::read(value, place) {
            let length = place.enter(&name);
            read.push((name, T::read(&value, place)));
            place.leave(length);
        }
        read
    }
}
