//! What exists, and its text form. Facts only: what the API answers is made of them in `handlers`, so that a model of the client may grow
//! without making old texts unreadable.

use crate::call::Refusal;
use crate::read::{InputError, kind, parse, read};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use supabase_management_wasm::api::branches::BranchStatus;
use supabase_management_wasm::api::functions::FunctionStatus;
use supabase_management_wasm::api::projects::ProjectStatus;

/// Changes when a text of before could not be read any more.
const VERSION: u32 = 1;

/// A JSON object, in the shape of an answer of the API or of a part of one: what is only set and read back.
pub(crate) type Document = Map<String, Value>;

/// Lists of objects with an `id`, by their name.
pub(crate) type Lists = BTreeMap<String, Vec<Document>>;

/// Everything that exists. What came with a later sandbox is left out of the text as long as there is none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Account {
    version: u32,
    /// How far the clock was moved, in milliseconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) advanced_ms: i64,
    pub(crate) organizations: Vec<Organization>,
    /// Those of branches as well.
    pub(crate) projects: Vec<Project>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) branches: Vec<Branch>,
    /// Newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) runs: Vec<Run>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) snippets: Vec<Snippet>,
    /// References of projects that were deleted, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) removed: Vec<String>,
    #[serde(default, skip_serializing_if = "OAuth::is_empty")]
    pub(crate) oauth: OAuth,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organization {
    pub(crate) slug: String,
    pub(crate) name: String,
    /// Members, invitations, webhooks and what was delivered to them.
    #[serde(default, skip_serializing_if = "Lists::is_empty")]
    pub(crate) lists: Lists,
    /// Digests (SHA-256) of the tokens that see it. Without any, all tokens do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tokens: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Project {
    pub(crate) r#ref: String,
    pub(crate) organization_slug: String,
    pub(crate) name: String,
    pub(crate) region: String,
    /// Times are milliseconds since 1970.
    pub(crate) created_at: i64,
    #[serde(deserialize_with = "project_status")]
    pub(crate) status: ProjectStatus,
    /// When the status becomes another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) change: Option<Change>,
    #[serde(default = "latest_postgres")]
    pub(crate) postgres_version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) upgrade: Option<Upgrade>,
    pub(crate) functions: Vec<Function>,
    /// What was bundled and not activated, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) bundles: Vec<Function>,
    pub(crate) secrets: Vec<Secret>,
    /// What was set, by the name of the setting: what is answered are the defaults with it.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) settings: Document,
    #[serde(default, skip_serializing_if = "Lists::is_empty")]
    pub(crate) lists: Lists,
    /// The variants of add-ons that were chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) addons: Vec<String>,
    /// Addresses that Postgres does not let in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) banned: Vec<String>,
    /// Oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) migrations: Vec<Migration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) hostname: Option<Hostname>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) claim: Option<Claim>,
}

/// A status to come.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    pub(crate) at: i64,
    #[serde(deserialize_with = "project_status")]
    pub(crate) status: ProjectStatus,
}

/// The last upgrade of Postgres.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Upgrade {
    pub(crate) tracking_id: String,
    pub(crate) began_at: i64,
    pub(crate) ends_at: i64,
    pub(crate) target: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Function {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: String,
    #[serde(deserialize_with = "function_status")]
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
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    Text(String),
    Eszip(#[serde(serialize_with = "to_base64", deserialize_with = "from_base64")] Vec<u8>),
    Files(Vec<SourceFile>),
}

/// A file of a function. It is kept as text where it is one, so that people can read it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) content: Content,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Content {
    Text(String),
    Base64(#[serde(serialize_with = "to_base64", deserialize_with = "from_base64")] Vec<u8>),
}

impl SourceFile {
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Base64(bytes) => bytes,
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secret {
    pub(crate) name: String,
    /// In clear: the sandbox is what the functions would get it from.
    pub(crate) value: String,
    pub(crate) updated_at: i64,
}

/// A branch. What is in it is a project of its own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Branch {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) project_ref: String,
    /// For the default branch, the project itself.
    pub(crate) parent_project_ref: String,
    pub(crate) persistent: bool,
    pub(crate) with_data: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) git_branch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) notify_url: Option<String>,
    /// The status that somebody set.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "branch_status")]
    pub(crate) status: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) review_requested_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deleted_at: Option<i64>,
}

/// A run of what happens to a branch.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Run {
    pub(crate) id: String,
    pub(crate) branch_id: String,
    /// The project that the branch belongs to, and the branch's own.
    pub(crate) projects: [String; 2],
    /// What was asked for.
    pub(crate) action: String,
    pub(crate) began_at: i64,
    pub(crate) ends_at: i64,
    /// Statuses of steps that somebody set.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) set: Document,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snippet {
    pub(crate) id: String,
    pub(crate) project_ref: String,
    pub(crate) name: String,
    pub(crate) sql: String,
    pub(crate) created_at: i64,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Migration {
    pub(crate) version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    pub(crate) statements: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rollback: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) idempotency_key: Option<String>,
}

/// A hostname of one's own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hostname {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) step: HostnameStep,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HostnameStep {
    Initiated,
    Verified,
    Active,
}

/// What lets another organization take a project over.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim {
    pub(crate) token: String,
    pub(crate) created_at: i64,
}

/// What apps were given.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OAuth {
    /// Newest last.
    pub(crate) codes: Vec<Code>,
    pub(crate) grants: Vec<Grant>,
    /// Access tokens that are no longer taken, newest last.
    pub(crate) revoked: Vec<String>,
}

/// A code that a token is given for, once.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) challenge: Option<String>,
    /// Whether the challenge is a digest.
    #[serde(default)]
    pub(crate) hashed: bool,
    pub(crate) created_at: i64,
}

/// A pair of tokens.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) expires_at: i64,
}

impl OAuth {
    fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.grants.is_empty() && self.revoked.is_empty()
    }
}

/// The newest Postgres that projects get.
pub(crate) fn latest_postgres() -> String {
    "17.6.1.111".into()
}

/// Adds to a list that would grow for ever: the oldest go.
pub(crate) fn push_bounded<T>(list: &mut Vec<T>, item: T, most: usize) {
    if list.len() >= most {
        list.drain(..=list.len() - most);
    }
    list.push(item);
}

/// Steps of deployments, deleted projects, codes and tokens that are remembered.
pub(crate) const REMEMBERED: usize = 500;

impl Account {
    /// Nobody's account, with nothing in it.
    pub(crate) fn empty() -> Self {
        Account {
            version: VERSION,
            advanced_ms: 0,
            organizations: Vec::new(),
            projects: Vec::new(),
            branches: Vec::new(),
            runs: Vec::new(),
            snippets: Vec::new(),
            removed: Vec::new(),
            oauth: OAuth::default(),
        }
    }

    /// Reads what [`Account::save`] gave.
    pub(crate) fn load(text: &str) -> Result<Self, InputError> {
        let broken = |error: serde_json::Error| {
            let place = format!("text that is not JSON (line {}, column {})", error.line(), error.column());
            InputError::new("state", "JSON", place)
        };
        let value = parse(text.as_bytes()).map_err(broken)?;
        // Told first: a text of another version may have any shape.
        match &value["version"] {
            Value::Null if !value.is_object() => return Err(InputError::new("state", "object", kind(&value))),
            version if *version == VERSION => {}
            version => {
                let received =
                    if version.is_null() { "nothing".into() } else { version.as_u64().map_or(kind(version).into(), |number| number.to_string()) };
                return Err(InputError::new("state.version", VERSION.to_string(), received));
            }
        }
        let account: Account = read(&value, "state")?;
        account.check().map_err(|error| error.inside("state"))?;
        Ok(account)
    }

    /// What the types do not tell: who belongs to whom.
    fn check(&self) -> Result<(), InputError> {
        let is_project = |reference: &str| self.projects.iter().any(|project| project.r#ref == reference);
        for (at, project) in self.projects.iter().enumerate() {
            let path = |name: &str| format!("projects[{at}].{name}");
            check_reference(&project.r#ref).map_err(|error| error.inside(&path("ref")))?;
            if self.projects[..at].iter().any(|other| other.r#ref == project.r#ref) {
                return Err(InputError::new(path("ref"), "a reference of its own", "that of another project"));
            }
            if self.organization(&project.organization_slug).is_err() {
                return Err(InputError::new(path("organization_slug"), "the slug of an organization", "another string"));
            }
        }
        for (at, branch) in self.branches.iter().enumerate() {
            for (name, reference) in [("project_ref", &branch.project_ref), ("parent_project_ref", &branch.parent_project_ref)] {
                if !is_project(reference) {
                    return Err(InputError::new(format!("branches[{at}].{name}"), "the reference of a project", "another string"));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn save(&self) -> String {
        // Strings, numbers and lists of them always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn organization(&self, slug: &str) -> Result<&Organization, Refusal> {
        self.organizations.iter().find(|organization| organization.slug == slug).ok_or_else(|| Refusal::new(404, "Organization not found"))
    }

    pub(crate) fn organization_mut(&mut self, slug: &str) -> Result<&mut Organization, Refusal> {
        self.organizations.iter_mut().find(|organization| organization.slug == slug).ok_or_else(|| Refusal::new(404, "Organization not found"))
    }

    /// Whether what a reference leads to is a branch of another project.
    pub(crate) fn is_branch(&self, reference: &str) -> bool {
        self.branches.iter().any(|branch| branch.project_ref == reference && branch.parent_project_ref != reference)
    }

    pub(crate) fn project(&mut self, reference: &str) -> Result<&mut Project, Refusal> {
        match self.projects.iter().position(|project| project.r#ref == reference) {
            Some(at) => Ok(&mut self.projects[at]),
            None if self.removed.iter().any(|removed| removed == reference) => Err(Refusal::new(400, "Resource has been removed")),
            None => Err(Refusal::new(404, "Project not found")),
        }
    }

    /// Whether a reference is taken, or was.
    pub(crate) fn has_had(&self, reference: &str) -> bool {
        self.projects.iter().any(|project| project.r#ref == reference) || self.removed.iter().any(|removed| removed == reference)
    }

    /// Deletes a project with the branches of it, or the project of a branch with that.
    pub(crate) fn remove(&mut self, reference: &str) {
        let is_of = |branch: &Branch| branch.parent_project_ref == reference || branch.project_ref == reference;
        let mut gone = vec![reference.to_owned()];
        gone.extend(self.branches.iter().filter(|branch| is_of(branch)).map(|branch| branch.project_ref.clone()));
        self.branches.retain(|branch| !is_of(branch));
        // The default branch of a project is that project: deleting another one of its branches leaves both.
        self.projects.retain(|project| !gone.contains(&project.r#ref));
        self.runs.retain(|run| !gone.contains(&run.projects[0]));
        gone.dedup();
        for reference in gone {
            push_bounded(&mut self.removed, reference, REMEMBERED);
        }
    }

    /// Deletes the branches whose time has come.
    pub(crate) fn sweep(&mut self, now: i64) {
        while let Some(branch) = self.branches.iter().find(|branch| branch.deleted_at.is_some_and(|at| at <= now)) {
            let reference = branch.project_ref.clone();
            self.remove(&reference);
        }
    }
}

impl Organization {
    pub(crate) fn new(slug: String, name: String) -> Self {
        Organization { slug, name, lists: Lists::new(), tokens: Vec::new() }
    }
}

impl Project {
    pub(crate) fn new(r#ref: String, organization_slug: String, name: String, region: String, created_at: i64, status: ProjectStatus) -> Self {
        Project {
            r#ref,
            organization_slug,
            name,
            region,
            created_at,
            status,
            change: None,
            postgres_version: latest_postgres(),
            upgrade: None,
            functions: Vec::new(),
            bundles: Vec::new(),
            secrets: Vec::new(),
            settings: Document::new(),
            lists: Lists::new(),
            addons: Vec::new(),
            banned: Vec::new(),
            migrations: Vec::new(),
            hostname: None,
            claim: None,
        }
    }

    pub(crate) fn status_at(&self, now: i64) -> &ProjectStatus {
        match &self.change {
            Some(change) if change.at <= now => &change.status,
            _ => &self.status,
        }
    }

    /// Lets the status be one for a while, and then another.
    pub(crate) fn pass(&mut self, status: ProjectStatus, at: i64, then: ProjectStatus) {
        self.status = status;
        self.change = Some(Change { at, status: then });
    }

    pub(crate) fn postgres_at(&self, now: i64) -> &str {
        match &self.upgrade {
            Some(upgrade) if upgrade.ends_at <= now => &upgrade.target,
            _ => &self.postgres_version,
        }
    }

    pub(crate) fn function(&mut self, slug: &str) -> Result<&mut Function, Refusal> {
        self.functions.iter_mut().find(|function| function.slug == slug).ok_or_else(|| Refusal::new(404, "Function not found"))
    }

    /// A list of objects, which is empty at first.
    pub(crate) fn list(&mut self, name: &str) -> &mut Vec<Document> {
        self.lists.entry(name.into()).or_default()
    }

    /// Whether an add-on of that kind was chosen: `pitr` for `pitr_7`.
    pub(crate) fn has_addon(&self, kind: &str) -> bool {
        self.addons.iter().any(|variant| variant.starts_with(kind))
    }
}

/// What the reference of a project must be.
pub(crate) fn check_reference(text: &str) -> Result<(), InputError> {
    let fits = text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    if fits { Ok(()) } else { Err(InputError::new("", "20 lowercase letters", "another string")) }
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// A text that is one of the values: those of models let newer ones through.
fn known<'de, D: Deserializer<'de>>(deserializer: D, values: &'static [&'static str]) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if values.contains(&&*text) { Ok(text) } else { Err(serde::de::Error::unknown_variant("", values)) }
}

pub(crate) fn project_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ProjectStatus, D::Error> {
    known(deserializer, ProjectStatus::values()).map(|text| ProjectStatus::from(&*text))
}

pub(crate) fn function_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FunctionStatus, D::Error> {
    let values = FunctionStatus::values();
    known(deserializer, values)?.parse().map_err(|_| serde::de::Error::unknown_variant("", values))
}

fn branch_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    known(deserializer, BranchStatus::values()).map(Some)
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(|_| serde::de::Error::invalid_value(serde::de::Unexpected::Other("another string"), &"bytes in base64"))
}
