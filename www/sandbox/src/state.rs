//! What exists, and its text form. Facts only: what the API answers is made of them in `handlers`, so that a model of the client may grow
//! without making old texts unreadable.

use crate::call::Refusal;
use crate::json::{Broken, Bytes, Write, json, text};
use crate::read::{InputError, kind, one_of, parse};
use crate::record::{Json, Place, read, read_bytes, record};
use serde_json::{Map, Value};
use supabase_management_wasm::api::branches::BranchStatus;
use supabase_management_wasm::api::functions::FunctionStatus;
use supabase_management_wasm::api::projects::ProjectStatus;

/// Changes when a text of before could not be read any more.
const VERSION: u32 = 1;

/// A JSON object, in the shape of an answer of the API or of a part of one: what is only set and read back.
pub(crate) type Document = Map<String, Value>;

/// Lists of objects with an `id`, by their name.
#[derive(Default)]
pub(crate) struct Lists(Vec<(String, Vec<Document>)>);

impl Lists {
    pub(crate) fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Vec<Document>> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, list)| list)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Vec<Document>> {
        self.0.iter_mut().find(|(other, _)| other == name).map(|(_, list)| list)
    }

    /// That list, which is empty at first.
    pub(crate) fn of(&mut self, name: &str) -> &mut Vec<Document> {
        let at = self.0.iter().position(|(other, _)| other == name).unwrap_or_else(|| {
            // By name, so that the text is the same whatever came first.
            let at = self.0.iter().take_while(|(other, _)| **other < *name).count();
            self.0.insert(at, (name.into(), Vec::new()));
            at
        });
        &mut self.0[at].1
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Vec<Document>> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.remove(at).1)
    }
}

impl Json for Lists {
    fn read(value: &Value, place: &mut Place) -> Self {
        Lists(Json::read(value, place))
    }
}

impl Write for Lists {
    fn write(&self) -> Value {
        self.0.write()
    }
}

record! {
    /// Everything that exists. What came with a later sandbox is left out of the text as long as there is none.
    pub(crate) struct Account {
        version: u32,
        /// How far the clock was moved, in milliseconds.
        pub(crate) advanced_ms: i64 = 0,
        pub(crate) organizations: Vec<Organization>,
        /// Those of branches as well.
        pub(crate) projects: Vec<Project>,
        pub(crate) branches: Vec<Branch> = Vec::new(),
        /// Newest last.
        pub(crate) runs: Vec<Run> = Vec::new(),
        pub(crate) snippets: Vec<Snippet> = Vec::new(),
        /// References of projects that were deleted, newest last.
        pub(crate) removed: Vec<String> = Vec::new(),
        pub(crate) oauth: OAuth = OAuth::default(),
    }
}

record! {
    pub(crate) struct Organization {
        pub(crate) slug: String,
        pub(crate) name: String,
        /// Members, invitations, webhooks and what was delivered to them.
        pub(crate) lists: Lists = Lists::default(),
        /// Digests (SHA-256) of the tokens that see it. Without any, all tokens do.
        pub(crate) tokens: Vec<String> = Vec::new(),
    }
}

record! {
    pub(crate) struct Project {
        pub(crate) r#ref as "ref": String,
        pub(crate) organization_slug: String,
        pub(crate) name: String,
        pub(crate) region: String,
        /// Times are milliseconds since 1970.
        pub(crate) created_at: i64,
        pub(crate) status: ProjectStatus,
        /// When the status becomes another.
        pub(crate) change: Option<Change>,
        pub(crate) postgres_version: String = latest_postgres(),
        pub(crate) upgrade: Option<Upgrade>,
        pub(crate) functions: Vec<Function>,
        /// What was bundled and not activated, newest last.
        pub(crate) bundles: Vec<Function> = Vec::new(),
        pub(crate) secrets: Vec<Secret>,
        /// What was set, by the name of the setting: what is answered are the defaults with it.
        pub(crate) settings: Document = Document::new(),
        pub(crate) lists: Lists = Lists::default(),
        /// The variants of add-ons that were chosen.
        pub(crate) addons: Vec<String> = Vec::new(),
        /// Addresses that Postgres does not let in.
        pub(crate) banned: Vec<String> = Vec::new(),
        /// Oldest first.
        pub(crate) migrations: Vec<Migration> = Vec::new(),
        pub(crate) hostname: Option<Hostname>,
        pub(crate) claim: Option<Claim>,
    }
}

record! {
    /// A status to come.
    pub(crate) struct Change {
        pub(crate) at: i64,
        pub(crate) status: ProjectStatus,
    }
}

record! {
    /// The last upgrade of Postgres.
    pub(crate) struct Upgrade {
        pub(crate) tracking_id: String,
        pub(crate) began_at: i64,
        pub(crate) ends_at: i64,
        pub(crate) target: String,
    }
}

record! {
    #[derive(Clone)]
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
        pub(crate) entrypoint_path: Option<String>,
        pub(crate) import_map_path: Option<String>,
        pub(crate) source: Source,
    }
}

/// What a function was deployed from.
#[derive(Clone)]
pub(crate) enum Source {
    Text(String),
    Eszip(Vec<u8>),
    Files(Vec<SourceFile>),
}

impl Json for Source {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.variant(value, &["text", "eszip", "files"], |place, at, value| match at {
            0 => Source::Text(Json::read(value, place)),
            1 => Source::Eszip(read_bytes(value, place)),
            _ => Source::Files(Json::read(value, place)),
        })
    }
}

impl Write for Source {
    fn write(&self) -> Value {
        match self {
            Source::Text(text) => json!({ "text": text }),
            Source::Eszip(bytes) => json!({ "eszip": Bytes(bytes) }),
            Source::Files(files) => json!({ "files": files }),
        }
    }
}

record! {
    /// A file of a function. It is kept as text where it is one, so that people can read it.
    #[derive(Clone)]
    pub(crate) struct SourceFile {
        pub(crate) path: String,
        pub(crate) content: Content,
    }
}

#[derive(Clone)]
pub(crate) enum Content {
    Text(String),
    Base64(Vec<u8>),
}

impl Json for Content {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.variant(value, &["text", "base64"], |place, at, value| match at {
            0 => Content::Text(Json::read(value, place)),
            _ => Content::Base64(read_bytes(value, place)),
        })
    }
}

impl Write for Content {
    fn write(&self) -> Value {
        match self {
            Content::Text(text) => json!({ "text": text }),
            Content::Base64(bytes) => json!({ "base64": Bytes(bytes) }),
        }
    }
}

impl SourceFile {
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Base64(bytes) => bytes,
        }
    }
}

record! {
    #[derive(Clone)]
    pub(crate) struct Secret {
        pub(crate) name: String,
        /// In clear: the sandbox is what the functions would get it from.
        pub(crate) value: String,
        pub(crate) updated_at: i64,
    }
}

record! {
    /// A branch. What is in it is a project of its own.
    pub(crate) struct Branch {
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) project_ref: String,
        /// For the default branch, the project itself.
        pub(crate) parent_project_ref: String,
        pub(crate) persistent: bool,
        pub(crate) with_data: bool,
        pub(crate) git_branch: Option<String>,
        pub(crate) notify_url: Option<String>,
        /// The status that somebody set.
        pub(crate) status: Option<String>,
        pub(crate) created_at: i64,
        pub(crate) updated_at: i64,
        pub(crate) review_requested_at: Option<i64>,
        pub(crate) deleted_at: Option<i64>,
    }
}

record! {
    /// A run of what happens to a branch.
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
        pub(crate) set: Document = Document::new(),
    }
}

record! {
    pub(crate) struct Snippet {
        pub(crate) id: String,
        pub(crate) project_ref: String,
        pub(crate) name: String,
        pub(crate) sql: String,
        pub(crate) created_at: i64,
    }
}

record! {
    #[derive(Clone)]
    pub(crate) struct Migration {
        pub(crate) version: String,
        pub(crate) name: Option<String>,
        pub(crate) statements: Vec<String>,
        pub(crate) rollback: Vec<String> = Vec::new(),
        pub(crate) idempotency_key: Option<String>,
    }
}

record! {
    /// A hostname of one's own.
    pub(crate) struct Hostname {
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) step: HostnameStep,
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum HostnameStep {
    Initiated,
    Verified,
    Active,
}

const HOSTNAME_STEPS: [(&str, HostnameStep); 3] =
    [("initiated", HostnameStep::Initiated), ("verified", HostnameStep::Verified), ("active", HostnameStep::Active)];

impl Json for HostnameStep {
    fn read(value: &Value, place: &mut Place) -> Self {
        let name = place.known(value, &HOSTNAME_STEPS.map(|(name, _)| name));
        HOSTNAME_STEPS.into_iter().find(|(other, _)| Some(*other) == name).map_or(HostnameStep::Initiated, |(_, step)| step)
    }
}

impl Write for HostnameStep {
    fn write(&self) -> Value {
        HOSTNAME_STEPS.iter().find(|(_, step)| step == self).map(|(name, _)| *name).into()
    }
}

record! {
    /// What lets another organization take a project over.
    pub(crate) struct Claim {
        pub(crate) token: String,
        pub(crate) created_at: i64,
    }
}

record! {
    /// What apps were given.
    #[derive(Default)]
    pub(crate) struct OAuth {
        /// Newest last.
        pub(crate) codes: Vec<Code> = Vec::new(),
        pub(crate) grants: Vec<Grant> = Vec::new(),
        /// Access tokens that are no longer taken, newest last.
        pub(crate) revoked: Vec<String> = Vec::new(),
    }
}

record! {
    /// A code that a token is given for, once.
    pub(crate) struct Code {
        pub(crate) code: String,
        pub(crate) client_id: String,
        pub(crate) redirect_uri: String,
        pub(crate) challenge: Option<String>,
        /// Whether the challenge is a digest.
        pub(crate) hashed: bool = false,
        pub(crate) created_at: i64,
    }
}

record! {
    /// A pair of tokens.
    pub(crate) struct Grant {
        pub(crate) client_id: String,
        pub(crate) access_token: String,
        pub(crate) refresh_token: String,
        pub(crate) expires_at: i64,
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
        let broken = |Broken { line, column }: Broken| {
            let place = format!("text that is not JSON (line {line}, column {column})");
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
            // The model lets newer ones through.
            let known = BranchStatus::values();
            if branch.status.as_deref().is_some_and(|status| !known.contains(&status)) {
                return Err(InputError::new(format!("branches[{at}].status"), one_of(known), "another string"));
            }
            for (name, reference) in [("project_ref", &branch.project_ref), ("parent_project_ref", &branch.parent_project_ref)] {
                if !is_project(reference) {
                    return Err(InputError::new(format!("branches[{at}].{name}"), "the reference of a project", "another string"));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn save(&self) -> String {
        text(&self.write())
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
        Organization { slug, name, lists: Lists::default(), tokens: Vec::new() }
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
            lists: Lists::default(),
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
        self.lists.of(name)
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

/// One of the values: the model lets newer ones through.
impl Json for ProjectStatus {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.known(value, ProjectStatus::values()).unwrap_or_default().into()
    }
}

impl Write for ProjectStatus {
    fn write(&self) -> Value {
        self.as_str().into()
    }
}

impl Json for FunctionStatus {
    fn read(value: &Value, place: &mut Place) -> Self {
        place.known(value, FunctionStatus::values()).and_then(|text| text.parse().ok()).unwrap_or(FunctionStatus::Active)
    }
}

impl Write for FunctionStatus {
    fn write(&self) -> Value {
        self.as_str().into()
    }
}
