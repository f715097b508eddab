//! Reads what somebody wrote as JSON into our own types, and says where it is wrong. The types are the rule: their names are what is known, and what
//! is not an `Option` and has no default must be there.

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Value};
use std::fmt::{self, Display};
use supabase_management_wasm::testing::nearest;

/// Something that does not fit: in a seed, in a state, or in a fault to come. It never quotes a value, which may be a secret.
///
/// ```
/// use supabase_management_sandbox::{Options, Sandbox};
/// use serde_json::json;
///
/// let seed = json!({ "projects": [{ "name": "blog", "status": "SLEEPING" }] });
/// let error = Sandbox::new(&Options { seed: Some(seed), ..Options::default() }, 0).err().unwrap();
/// assert_eq!(error.path, "seed.projects[0].status");
/// assert_eq!(error.received, "another string");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InputError {
    /// Where: `seed.projects[1].status`.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What is there: its kind, never its value.
    pub received: String,
}

impl InputError {
    pub(crate) fn new(path: impl Into<String>, expected: impl Into<String>, received: impl Into<String>) -> Self {
        InputError { path: path.into(), expected: expected.into(), received: received.into() }
    }

    /// The same, seen from outside: `a[0]` inside of `seed` is at `seed.a[0]`.
    pub(crate) fn inside(mut self, outer: &str) -> Self {
        if outer.is_empty() {
            return self;
        }
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{outer}{dot}{}", self.path);
        self
    }

    /// A name that nobody knows, with the one that was probably meant.
    pub(crate) fn unknown<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        let expected = match nearest(name, known) {
            Some(near) => format!("a known field (did you mean {near}?)"),
            None => "a known field".into(),
        };
        InputError::new(member(name), expected, "an unknown field")
    }
}

impl Display for InputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(formatter, "{}{colon}expected {}, received {}", self.path, self.expected, self.received)
    }
}

impl std::error::Error for InputError {}

/// A name as a step of a path.
fn member(name: &str) -> String {
    let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain { name.into() } else { format!("[{}]", Value::from(name)) }
}

/// What a value is, in a word.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// One of some values, in words.
pub(crate) fn one_of(values: &[&str]) -> String {
    format!("one of {}", values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", "))
}

/// JSON of any kind. The one way to parse it, as each other one would be a parser of its own in the wasm.
pub(crate) fn parse(json: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(json)
}

/// JSON that is our own.
pub(crate) fn parse_own(json: &str) -> Value {
    parse(json.as_bytes()).unwrap_or_default()
}

/// Reads a value. Paths begin with its name.
pub(crate) fn read<'v, T: Deserialize<'v>>(value: &'v Value, name: &str) -> Result<T, InputError> {
    T::deserialize(Reader(value)).map_err(|Wrong(error)| error.inside(name))
}

/// The error while reading. It is small, as each step hands it on, and made in few places: this is compiled for each type that is read.
#[derive(Debug)]
struct Wrong(Box<InputError>);

impl Wrong {
    #[cold]
    fn new(expected: impl Into<String>, received: impl Into<String>) -> Self {
        Wrong(Box::new(InputError::new("", expected, received)))
    }

    /// Another kind of value.
    #[cold]
    fn kind(value: &Value, expected: &dyn Expected) -> Self {
        Wrong::new(in_words(expected), kind(value))
    }

    #[cold]
    fn inside(self, name: &str) -> Self {
        Wrong(Box::new(self.0.inside(&member(name))))
    }

    #[cold]
    fn at(self, index: usize) -> Self {
        Wrong(Box::new(self.0.inside(&format!("[{index}]"))))
    }
}

impl Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Wrong {}

/// What serde expects, in our words.
fn in_words(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    let words = match &*expected {
        "a string" => "string",
        "a boolean" => "boolean",
        "a sequence" => "array",
        "a map" => "object",
        "i64" => "integer",
        "u16" | "u32" => "integer, at least 0",
        "f64" => "number",
        other => other,
    };
    words.into()
}

/// What serde finds wrong.
impl Error for Wrong {
    fn custom<T: Display>(message: T) -> Self {
        Wrong::new("another value", message.to_string())
    }

    fn invalid_type(received: Unexpected<'_>, expected: &dyn Expected) -> Self {
        // Of what has the right kind, only numbers can still be of a wrong type: with a fraction, or below zero.
        let received =
            if matches!(received, Unexpected::Float(_) | Unexpected::Signed(_) | Unexpected::Unsigned(_)) { "number" } else { "another value" };
        Wrong::new(in_words(expected), received)
    }

    fn invalid_value(received: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let is_text = matches!(received, Unexpected::Other(_));
        Wrong::new(in_words(expected), if is_text { "another string" } else { "a number out of its range" })
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Wrong::new(one_of(expected), "another string")
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Wrong(Box::new(InputError::unknown(field, expected.iter().copied())))
    }

    fn missing_field(field: &'static str) -> Self {
        Wrong(Box::new(InputError::new(field, "a value", "nothing")))
    }
}

#[derive(Clone, Copy)]
struct Reader<'v>(&'v Value);

/// Each kind of value goes its own way: code for the others is not even compiled.
impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(_) => self.deserialize_bool(visitor),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(_) => self.deserialize_str(visitor),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if let Value::Bool(value) = self.0 { visitor.visit_bool(*value) } else { Err(Wrong::kind(self.0, &visitor)) }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let Value::Number(number) = self.0 else { return Err(Wrong::kind(self.0, &visitor)) };
        match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => visitor.visit_i64(number),
            (None, Some(number)) => visitor.visit_u64(number),
            (None, None) => visitor.visit_f64(number.as_f64().unwrap_or_default()),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if let Value::String(text) = self.0 { visitor.visit_borrowed_str(text) } else { Err(Wrong::kind(self.0, &visitor)) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if let Value::Array(items) = self.0 { visitor.visit_seq(Items { items, next: 0 }) } else { Err(Wrong::kind(self.0, &visitor)) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let Value::Object(fields) = self.0 else { return Err(Wrong::kind(self.0, &"a map")) };
        visitor.visit_map(Members { fields: fields.iter(), next: None })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::String(text) => visitor.visit_enum((&**text).into_deserializer()),
            Value::Object(fields) if fields.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Members { fields: fields.iter(), next: None }))
            }
            Value::Object(_) => Err(Wrong::new(format!("an object with {}", one_of(variants)), "an object with none or several of them")),
            other => Err(Wrong::new(one_of(variants), kind(other))),
        }
    }

    // serde would take a list of the values of a struct as well, which nobody means.
    fn deserialize_struct<V: Visitor<'de>>(self, _: &str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_i64(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u64 u128 f32 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct identifier ignored_any
    }
}

struct Items<'v> {
    items: &'v [Value],
    next: usize,
}

impl<'v> SeqAccess<'v> for Items<'v> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'v>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let at = self.next;
        let Some(item) = self.items.get(at) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(Reader(item)).map(Some).map_err(|error| error.at(at))
    }
}

struct Members<'v> {
    fields: serde_json::map::Iter<'v>,
    next: Option<(&'v str, &'v Value)>,
}

impl<'v> MapAccess<'v> for Members<'v> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'v>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some((name, value)) = self.fields.next() else { return Ok(None) };
        self.next = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'v>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let (name, value) = self.next.take().unwrap_or(("", &Value::Null));
        seed.deserialize(Reader(value)).map_err(|error| error.inside(name))
    }
}

/// The fields of an object with names of ours, and all others.
pub(crate) fn split(fields: &Map<String, Value>, own: &[&str]) -> (Value, Map<String, Value>) {
    let (own, others): (Map<_, _>, Map<_, _>) = fields.clone().into_iter().partition(|(name, _)| own.contains(&&**name));
    (Value::Object(own), others)
}
