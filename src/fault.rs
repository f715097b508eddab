//! What is wrong with a value, and where it stands.

use crate::text::push_member;
use std::fmt;

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
    pub(crate) fn new(path: impl Into<String>, expected: impl Into<String>, received: impl Into<String>) -> Self {
        Fault { path: path.into(), expected: expected.into(), received: received.into() }
    }

    /// A fault of an option. The path says which one: `options.timeout_ms`.
    pub(crate) fn of_option(name: &str, expected: impl Into<String>, received: impl Into<String>) -> Self {
        let mut path = String::from("options");
        push_member(&mut path, name);
        Fault::new(path, expected, received)
    }
}

/// The words that an error shows: `[3].status: expected string, received number`.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { path, expected, received } = self;
        let colon = if path.is_empty() { "" } else { ": " };
        write!(formatter, "{path}{colon}expected {expected}, received {received}")
    }
}
