//! What a comparison of the configuration takes and gives.

use serde_json::Value;
use std::fmt;

/// All that a comparison needs but the answers of the API.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file `supabase/config.toml`, parsed.
    pub config: &'a Value,
    /// The project that is compared.
    pub project_ref: &'a str,
    /// The variable of the environment with a name.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// The text of a file, by its path from the folder in which the folder `supabase` lies.
    pub file: &'a dyn Fn(&str) -> Option<String>,
    /// The time of now, as `2026-11-30T12:00:00Z`: codes for tests of text messages are valid for ten years from it.
    pub now: &'a str,
}

/// A read of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The endpoint of the client, `auth.getConfig`. The project is all that its path needs.
    pub endpoint: &'static str,
    /// What to read instead if the API refuses it (403, 404).
    pub fallback: Vec<&'static str>,
}

/// What the API answered to a read.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The endpoint of the read, or of a fallback.
    pub endpoint: &'a str,
    /// The answer; none where it was refused.
    pub value: Option<&'a Value>,
}

/// Something of the file that has no effect, and why. It holds no value of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where: `auth.email.smtp.pass`.
    pub path: String,
    /// Why.
    pub text: String,
}

/// A setting that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its path in the file: `auth.enable_signup`.
    pub path: String,
    /// The field of the API: `disable_signup`.
    pub key: String,
    /// What the project has, in the terms of the file: `24h`, not 24. None where it has nothing, and for secrets.
    pub from: Option<Value>,
    /// What the file says, likewise. None for secrets.
    pub to: Option<Value>,
    /// Whether it is a secret.
    pub secret: bool,
}

/// A section of the file that differs, and the write that makes the project follow.
#[derive(Clone, PartialEq)]
pub struct Section {
    /// Its name: `auth`.
    pub name: &'static str,
    /// The endpoint of the client that takes the body: `auth.updateConfig`.
    pub endpoint: &'static str,
    /// The body. It can hold secrets as they are: never show it.
    pub body: Value,
    /// What changes.
    pub changes: Vec<Change>,
    /// Fields of the body that stay as they are: the API wants them along, or would forget them.
    pub companions: Vec<String>,
}

impl fmt::Debug for Section {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Section { name, endpoint, body: _, changes, companions } = self;
        to.debug_struct("Section")
            .field("name", name)
            .field("endpoint", endpoint)
            .field("changes", changes)
            .field("companions", companions)
            .finish_non_exhaustive()
    }
}

/// What differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The sections that differ, in the order in which they are to be written.
    pub sections: Vec<Section>,
    /// The sections that could not be compared, since their read was refused, or answered without them: a token can be too narrow.
    pub not_compared: Vec<&'static str>,
    /// What has no effect.
    pub notes: Vec<Note>,
}
