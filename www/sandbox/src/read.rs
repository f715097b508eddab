//! What somebody wrote as JSON, and where it is wrong.

pub(crate) use crate::json::parse;
use crate::json::{gather, text};
use serde_json::{Map, Value};
use std::fmt::{self, Display};
pub(crate) use supabase_management_compact::json::kind;
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
pub(crate) fn member(name: &str) -> String {
    let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain { name.into() } else { format!("[{}]", text(&name.into())) }
}

/// One of some values, in words.
pub(crate) fn one_of(values: &[&str]) -> String {
    format!("one of {}", gather(values.iter().map(|value| format!("{value:?}"))).join(", "))
}

/// JSON that is our own.
pub(crate) fn parse_own(json: &str) -> Value {
    parse(json.as_bytes()).unwrap_or_default()
}

/// The fields of an object with names of ours, and all others.
pub(crate) fn split(fields: &Map<String, Value>, own: &[&str]) -> (Value, Map<String, Value>) {
    let (own, others): (Map<_, _>, Map<_, _>) = fields.clone().into_iter().partition(|(name, _)| own.contains(&&**name));
    (Value::Object(own), others)
}
