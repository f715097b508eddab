//! What is wrong with a value, and where it stands.

use crate::text::push_member;
use std::fmt;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Where: `name`, `a.b`, `[3].status`.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What is there: a kind or a length, never a value.
    pub received: String,
    /// Which bytes of the path are names that others gave: a user, or a server. All else in it are our own words, which are never hidden.
    foreign: Vec<(usize, usize)>,
}

impl Fault {
    /// A fault at a path. Calls make their own; this is for tests of what is done with them.
    pub fn new(path: impl Into<String>, expected: impl Into<String>, received: impl Into<String>) -> Self {
        Fault { path: path.into(), expected: expected.into(), received: received.into(), foreign: Vec::new() }
    }

    /// The same, where parts of the path are names that others gave.
    pub(crate) fn with_foreign(self, foreign: Vec<(usize, usize)>) -> Self {
        Fault { foreign, ..self }
    }

    /// The same, where all behind the first member of the path is what others gave: `options.name`.
    pub(crate) fn with_foreign_end(self) -> Self {
        let begin = self.path.find(['.', '[']).unwrap_or(self.path.len());
        let end = self.path.len();
        self.with_foreign(vec![(begin, end)])
    }

    /// The same at another path.
    pub(crate) fn at(self, path: impl Into<String>) -> Self {
        Fault { path: path.into(), foreign: Vec::new(), ..self }
    }

    /// Which bytes of the path are names that others gave.
    pub(crate) fn foreign(&self) -> &[(usize, usize)] {
        &self.foreign
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
        let Fault { path, expected, received, .. } = self;
        let colon = if path.is_empty() { "" } else { ": " };
        write!(formatter, "{path}{colon}expected {expected}, received {received}")
    }
}
