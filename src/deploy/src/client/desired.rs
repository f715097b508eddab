//! What a project should be like, as Rust users say it.

use crate::fault::Fault;
use crate::folder::whole_folder;
use crate::json::texts;
use crate::plan::Part;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

/// What a project should be like: its files, and options that are not in files. Nothing is read from a disk, so it works in a Worker and in a page as well.
///
/// ```
/// use supabase_management_deploy::Desired;
///
/// let files = [("supabase/functions/hello/index.ts", "Deno.serve(() => new Response('Hello'))")];
/// let desired = Desired::new(files).secrets([("API_KEY", "5f2b")]);
/// ```
#[derive(Clone, Default)]
pub struct Desired {
    files: BTreeMap<String, Vec<u8>>,
    options: Map<String, Value>,
}

/// Secrets may be among the options: only names are shown.
impl fmt::Debug for Desired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<&String> = self.options.keys().collect();
        f.debug_struct("Desired").field("files", &self.files.keys()).field("options", &options).finish()
    }
}

impl Desired {
    /// These files, by path: relative to the root of the project, with forward slashes. `supabase/config.toml` is read, too.
    pub fn new<P: Into<String>, C: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, C)>) -> Self {
        let files = files.into_iter().map(|(path, content)| (path.into(), content.into())).collect();
        Self { files, options: Map::new() }
    }

    /// The folder of Supabase among the files. Default: `supabase`.
    #[must_use = "it gives the changed value back"]
    pub fn dir(self, dir: &str) -> Self {
        self.with("dir", dir)
    }

    /// The parts to compare. Default: those for which the files have something.
    #[must_use = "it gives the changed value back"]
    pub fn only(self, parts: &[Part]) -> Self {
        self.with("only", names(parts))
    }

    /// The parts from which everything is removed that the files do not have: secrets, functions. Default: none, so nothing is removed.
    #[must_use = "it gives the changed value back"]
    pub fn prune(self, parts: &[Part]) -> Self {
        self.with("prune", names(parts))
    }

    /// Secrets by name. They replace those of `[edge_runtime.secrets]`. [`parse_env`](crate::parse_env) reads them from a `.env`.
    #[must_use = "it gives the changed value back"]
    pub fn secrets<N: Into<String>, V: Into<String>>(self, secrets: impl IntoIterator<Item = (N, V)>) -> Self {
        self.with("secrets", map(secrets))
    }

    /// Where `env(NAME)` of `config.toml` is looked up. A name that is not in it is an error of the plan, except for a secret, which is left as it is.
    /// Default: nothing.
    #[must_use = "it gives the changed value back"]
    pub fn env<N: Into<String>, V: Into<String>>(self, env: impl IntoIterator<Item = (N, V)>) -> Self {
        self.with("env", map(env))
    }

    /// The project to create if it does not exist yet: the body of `projects.create`. It may also have `services`, the names of the services to wait for.
    /// Default: none, so the project must exist.
    #[must_use = "it gives the changed value back"]
    pub fn project(self, project: Value) -> Self {
        self.with("project", project)
    }

    /// `config.toml` as an object. By default it is read from the files.
    #[must_use = "it gives the changed value back"]
    pub fn config(self, config: Value) -> Self {
        self.with("config", config)
    }

    /// Whether migrations that are older than the last one of the project are applied as well. Default: false.
    #[must_use = "it gives the changed value back"]
    pub fn include_all(self, include_all: bool) -> Self {
        self.with("includeAll", include_all)
    }

    /// What an earlier [`Plan::apply`](crate::Plan::apply) gave as [`Applied::remembered`](crate::Applied::remembered). Functions that have not changed then
    /// need not be read back. Default: nothing.
    #[must_use = "it gives the changed value back"]
    pub fn remembered(self, remembered: Map<String, Value>) -> Self {
        self.with("remembered", remembered)
    }

    /// Whether a project is to be created where there is none.
    pub(super) fn creates_project(&self) -> bool {
        self.options.contains_key("project")
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.options.insert(name.to_owned(), value.into());
        self
    }

    /// The options, as the rules take them.
    pub(super) fn options(&self, reference: Option<&str>) -> Result<Value, Fault> {
        let mut options = self.options.clone();
        if let Some(reference) = reference {
            options.insert("ref".to_owned(), reference.into());
        }
        let directory = options.get("dir").and_then(Value::as_str).unwrap_or("supabase");
        let path = format!("{directory}/config.toml");
        if let Some(file) = self.files.get(&path).filter(|_| !options.contains_key("config")) {
            let text = String::from_utf8_lossy(file);
            let config: Value = toml::from_str(&text).map_err(|error| Fault::new(place(&path, &text, &error), "TOML", error.message()))?;
            options.insert("config".to_owned(), config);
        }
        Ok(Value::Object(options))
    }

    /// What is known of the files: everything.
    pub(super) fn known(&self) -> Value {
        let files: Vec<(&str, &[u8])> = self.files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).collect();
        let mut known = whole_folder(&files);
        known["now"] = now().into();
        known
    }

    /// The contents of a file.
    pub(super) fn file(&self, path: &str) -> Vec<u8> {
        self.files.get(path).cloned().unwrap_or_default()
    }
}

/// The time, ISO 8601.
#[cfg(target_family = "wasm")]
fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// The time, ISO 8601.
#[cfg(not(target_family = "wasm"))]
fn now() -> String {
    time::OffsetDateTime::now_utc().format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

/// Where a text is no TOML, by line and column.
fn place(path: &str, text: &str, error: &toml::de::Error) -> String {
    let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
    format!("{path}:{}:{}", before.matches('\n').count() + 1, column + 1)
}

fn names(parts: &[Part]) -> Value {
    let names: Vec<&str> = parts.iter().map(|part| part.name()).collect();
    texts(&names)
}

fn map<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Map<String, Value> {
    values.into_iter().map(|(name, value)| (name.into(), Value::String(value.into()))).collect()
}
