//! Plans: what differs between a folder and a project, and the calls that take the difference away.

use serde_json::{Map, Value};
use std::fmt;
use std::ops::Range;

/// A part of a project. They are applied in this order: what runs needs its secrets, and the configuration may name what a migration creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The project itself: that it exists and is up.
    Project,
    /// Environment variables of the functions.
    Secrets,
    /// Files of `migrations`.
    Migrations,
    /// Sections of `config.toml`.
    Config,
    /// Edge Functions.
    Functions,
}

impl Part {
    /// All parts, in the order in which they are applied.
    pub const ALL: [Self; 5] = [Self::Project, Self::Secrets, Self::Migrations, Self::Config, Self::Functions];

    /// Its name in options and plans: `functions`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Secrets => "secrets",
            Self::Migrations => "migrations",
            Self::Config => "config",
            Self::Functions => "functions",
        }
    }

    /// The part of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// What happens to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Create,
    /// It is there, and differs.
    Update,
    /// It is there, and goes.
    Delete,
}

impl Action {
    /// Its name in plans: `create`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// Its sign in a printed plan.
    fn sign(self) -> char {
        match self {
            Self::Create => '+',
            Self::Update => '~',
            Self::Delete => '-',
        }
    }
}

/// One difference. It holds no value of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is part of.
    pub part: Part,
    /// What happens.
    pub action: Action,
    /// The function, the secret, the file of a migration, or the setting: `auth.site_url`.
    pub name: String,
    /// What else a reader wants to know: sizes, old and new values of settings. Empty where there is nothing to say.
    pub detail: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.action.sign(), self.part.name(), self.name)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

/// A read that a plan needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Under which name its answer is given.
    pub key: String,
    /// The endpoint, by its name in the client: `secrets.list`.
    pub endpoint: &'static str,
    /// Path values, then the body or the query, as the method of the client takes them.
    pub arguments: Vec<Value>,
    /// Statuses that are an answer, too: the plan goes another way then.
    pub tolerated: &'static [u16],
}

/// What a read gave: answers are `{ given }`, or `{ status, message }` of a status that the read tolerates.
pub(crate) fn given(answer: &Value) -> &Value {
    &answer["given"]
}

/// Status and words of a read that was refused.
pub(crate) fn refusal(answer: &Value) -> Option<(u64, &str)> {
    Some((answer.get("status")?.as_u64()?, crate::json::text(answer, "message")))
}

/// A call that takes differences away. Its arguments may hold secrets, so that `Debug` leaves them out.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// The endpoint, by its name in the client.
    pub endpoint: &'static str,
    /// What it is part of.
    pub part: Part,
    /// What it does, for people: `deploy hello`.
    pub title: String,
    /// Path values, the body, the query, as the method of the client takes them. The files of `functions.deploy` are named, and their contents are
    /// to be filled in.
    pub arguments: Vec<Value>,
    /// Which changes of the plan are done when it has succeeded.
    pub changes: Range<usize>,
    /// Digest of a function that is only bundled: what was bundled once need not be sent again.
    pub bundle: Option<String>,
    /// Key that lets the API do it once, however often it is sent.
    pub idempotency_key: Option<String>,
    /// Whether it activates what was bundled: the second argument is then made of the answers by [`activation`].
    pub activates: bool,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("endpoint", &self.endpoint).field("title", &self.title).finish_non_exhaustive()
    }
}

/// What differs, and what to do about it.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The differences.
    pub changes: Vec<Change>,
    /// How many things are as they should be.
    pub unchanged: usize,
    /// What a reader should know besides: what was not compared, what is left alone.
    pub notes: Vec<String>,
    /// The calls, in order.
    pub requests: Vec<Request>,
    /// The project, once it is known.
    pub reference: Option<String>,
    /// What to remember of each function, so that a later plan need not read it back: by its slug `{ digest, bundle }`, the digest of its files and
    /// settings, and what the API calls its bundle. That is empty where it is not deployed yet.
    pub functions: Map<String, Value>,
}

impl Draft {
    /// Adds a difference.
    #[inline(never)]
    pub(crate) fn change(&mut self, part: Part, action: Action, name: &str, detail: String) {
        self.changes.push(Change { part, action, name: name.to_owned(), detail });
    }

    /// Adds a call that covers these changes.
    #[inline(never)]
    pub(crate) fn request(&mut self, endpoint: &'static str, part: Part, title: String, arguments: Vec<Value>, changes: Range<usize>) {
        self.requests.push(Request { endpoint, part, title, arguments, changes, bundle: None, idempotency_key: None, activates: false });
    }
}

/// The body that activates functions, made of the answers to their bundling.
pub fn activation(answers: &[Value]) -> Value {
    const FIELDS: [&str; 11] =
        ["id", "slug", "name", "status", "version", "created_at", "verify_jwt", "import_map", "entrypoint_path", "import_map_path", "ezbr_sha256"];
    let mut items = Vec::new();
    for answer in answers {
        let mut item = Map::new();
        for name in FIELDS {
            if let Some(value) = crate::json::field(answer, name) {
                item.insert(name.to_owned(), value.clone());
            }
        }
        items.push(Value::Object(item));
    }
    Value::Array(items)
}
