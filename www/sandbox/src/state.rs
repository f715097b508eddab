//! What exists, and its text form. Facts only: what the API answers is made of them in `handlers`, so that a model of the client may grow
//! without making old texts unreadable.

use crate::call::Refusal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use supabase_management_wasm::api::functions::FunctionStatus;
use supabase_management_wasm::api::projects::ProjectStatus;

/// Changes when a text of before could not be read any more.
const VERSION: u32 = 1;

/// A state that cannot be read, and why. It never quotes the text, which may hold secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenState(String);

impl fmt::Display for BrokenState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for BrokenState {}

/// Everything that all tokens see.
#[derive(Serialize, Deserialize)]
pub(crate) struct Account {
    version: u32,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) projects: Vec<Project>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Organization {
    pub(crate) slug: String,
    pub(crate) name: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Project {
    pub(crate) r#ref: String,
    pub(crate) organization_slug: String,
    pub(crate) name: String,
    pub(crate) region: String,
    /// Times are milliseconds since 1970.
    pub(crate) created_at: i64,
    pub(crate) status: ProjectStatus,
    /// When the status becomes another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) change: Option<Change>,
    pub(crate) functions: Vec<Function>,
    pub(crate) secrets: Vec<Secret>,
}

/// A status to come.
#[derive(Serialize, Deserialize)]
pub(crate) struct Change {
    pub(crate) at: i64,
    pub(crate) status: ProjectStatus,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Function {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) status: FunctionStatus,
    pub(crate) version: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) verify_jwt: bool,
    pub(crate) import_map: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) entrypoint_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) import_map_path: Option<String>,
    pub(crate) source: Source,
}

/// What a function was deployed from.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    Text(String),
    Eszip(#[serde(serialize_with = "to_base64", deserialize_with = "from_base64")] Vec<u8>),
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Secret {
    pub(crate) name: String,
    /// In clear: the sandbox is what the functions would get it from.
    pub(crate) value: String,
    pub(crate) updated_at: i64,
}

impl Account {
    pub(crate) fn new(organizations: Vec<Organization>, projects: Vec<Project>) -> Self {
        Account { version: VERSION, organizations, projects }
    }

    pub(crate) fn load(text: &str) -> Result<Self, BrokenState> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let broken = |error: serde_json::Error| {
            let what = if error.is_data() { "JSON of another kind" } else { "text that is not JSON" };
            BrokenState(format!("{what} (line {}, column {})", error.line(), error.column()))
        };
        // Told first: a text of another version may have any shape.
        let Version { version } = serde_json::from_str(text).map_err(broken)?;
        if version != VERSION {
            return Err(BrokenState(format!("a state of version {version}, where this sandbox reads version {VERSION}")));
        }
        serde_json::from_str(text).map_err(broken)
    }

    pub(crate) fn save(&self) -> String {
        // Strings, numbers and lists of them always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn organization(&self, slug: &str) -> Result<&Organization, Refusal> {
        self.organizations.iter().find(|organization| organization.slug == slug).ok_or_else(|| Refusal::new(404, "Organization not found"))
    }

    pub(crate) fn project(&mut self, reference: &str) -> Result<&mut Project, Refusal> {
        self.projects.iter_mut().find(|project| project.r#ref == reference).ok_or_else(|| Refusal::new(404, "Project not found"))
    }
}

impl Project {
    pub(crate) fn status_at(&self, now: i64) -> &ProjectStatus {
        match &self.change {
            Some(change) if change.at <= now => &change.status,
            _ => &self.status,
        }
    }

    pub(crate) fn function(&mut self, slug: &str) -> Result<&mut Function, Refusal> {
        self.functions.iter_mut().find(|function| function.slug == slug).ok_or_else(|| Refusal::new(404, "Function not found"))
    }
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    STANDARD.decode(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}
