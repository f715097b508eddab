//! What is wrong with what was given: the same three facts as in the errors of the client.

use std::fmt;

/// Something in a folder, a configuration or an option is not as it must be. It never holds a value, as that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it is: `auth.jwt_expiry` in `config.toml`, or the path of a file.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What was found instead, by its kind.
    pub received: String,
}

impl Fault {
    /// A fault at a path.
    pub fn new(path: impl Into<String>, expected: impl Into<String>, received: impl Into<String>) -> Self {
        Self { path: path.into(), expected: expected.into(), received: received.into() }
    }

    /// The same for all texts, within the rules: one function of the wasm, where [`new`](Self::new) is another one for each three types. In a box, as
    /// every question mark moves it.
    #[expect(clippy::unnecessary_box_returns, reason = "it is what an error of the rules is")]
    pub(crate) fn of(path: impl AsRef<str>, expected: impl AsRef<str>, received: impl AsRef<str>) -> Box<Self> {
        Self::of_texts(path.as_ref(), expected.as_ref(), received.as_ref())
    }

    #[inline(never)]
    #[expect(clippy::unnecessary_box_returns, reason = "it is what an error of the rules is")]
    fn of_texts(path: &str, expected: &str, received: &str) -> Box<Self> {
        Box::new(Self { path: path.to_owned(), expected: expected.to_owned(), received: received.to_owned() })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, received {}", self.path, self.expected, self.received)
    }
}

impl std::error::Error for Fault {}
