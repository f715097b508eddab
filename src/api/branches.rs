//! Branches: copies of a project to try changes in.

use crate::api::organizations::ComputeSize;
use crate::api::projects::{ProjectStatus, ReleaseChannel};
use crate::call::Call;
use crate::schema::Map;
use supabase_management_wasm_macros::{endpoints, model};

/// The branches of a project.
///
/// A branch is a project of its own: with its own ref, keys, database and costs. Its ref is `project_ref` of [`Branches::list`] and
/// [`Branches::get`], and works with the other properties of the client too, as [`Projects::pause`] and [`Secrets::create`].
#[endpoints]
impl Branches {
    /// Lists all branches of a project. The answer is the whole list: there are no pages. A project without branches has an empty list.
    #[get(
        "/v1/projects/{ref}/branches",
        scope = "environment:read",
        permission = "branching_production_read",
        permission = "branching_development_read"
    )]
    pub fn list(&self, project_ref: &str) -> Call<Vec<Branch>>;

    /// Creates a branch. It is a project of its own and may cost money: do not repeat it blindly.
    ///
    /// Poll [`Branches::get_config`] with `project_ref` of the answer until its status is `ACTIVE_HEALTHY`. The plan limits how many branches
    /// there may be, and whether they may be persistent: see [`Organizations::get_entitlements`].
    #[post(
        "/v1/projects/{ref}/branches",
        scope = "environment:write",
        permission = "branching_production_create",
        permission = "branching_development_create",
        from(Branch = "branches.get", "name>branch_name")
    )]
    pub fn create(&self, project_ref: &str, body: &CreateBranch) -> Call<Branch>;

    /// Gets one branch by its name. The name is free text: it may contain `/`, and the client encodes it.
    ///
    /// `project_ref` of the answer is the branch's own ref, which the other methods take.
    #[get(
        "/v1/projects/{ref}/branches/{name}",
        scope = "environment:read",
        permission = "branching_production_read",
        permission = "branching_development_read"
    )]
    pub fn get(
        &self,
        project_ref: &str,
        /// Name of the branch: `name` in [`Branches::list`].
        name: &str,
    ) -> Call<Branch>;

    /// Gets how to reach the database of a branch, with its password and JWT secret, and the state of the branch.
    ///
    /// This is what to poll after a branch is created.
    #[get(
        "/v1/branches/{branch_id_or_ref}",
        scope = "environment:read",
        permission = "branching_production_read",
        permission = "branching_development_read"
    )]
    pub fn get_config(&self, branch_id_or_ref: &str) -> Call<BranchDetail>;

    /// Changes a branch: what is left out stays.
    #[patch(
        "/v1/branches/{branch_id_or_ref}",
        scope = "environment:write",
        permission = "branching_production_write",
        permission = "branching_development_write",
        from(Branch = "branches.get", "name>branch_name", "status>")
    )]
    pub fn update(&self, branch_id_or_ref: &str, body: &UpdateBranch) -> Call<Branch>;

    /// Deletes a branch with all its data, at once.
    ///
    /// With `force: false` it is deleted an hour later, and [`Branches::restore`] cancels that.
    #[delete(
        "/v1/branches/{branch_id_or_ref}",
        scope = "environment:write",
        permission = "branching_production_delete",
        permission = "branching_development_delete"
    )]
    pub fn delete(&self, branch_id_or_ref: &str, query: &DeleteBranchQuery) -> Call<Confirmation>;

    /// Starts to bring a branch up to date with its parent project: migrations that are newer there run on the branch.
    ///
    /// Poll [`ActionRuns::get`] with `workflow_run_id` of the answer until each step is `EXITED`; a step that is `DEAD` has failed.
    #[post(
        "/v1/branches/{branch_id_or_ref}/push",
        scope = "environment:write",
        permission = "branching_production_write",
        permission = "branching_development_write"
    )]
    pub fn push(
        &self,
        branch_id_or_ref: &str,
        /// Where to stop. Empty: at the newest migration.
        body: &BranchAction,
    ) -> Call<StartedBranchAction>;

    /// Starts to bring the changes of a branch, migrations and Edge Functions, into its parent project. Look at [`Branches::diff`] first.
    ///
    /// Poll [`ActionRuns::get`] with `workflow_run_id` of the answer until each step is `EXITED`; a step that is `DEAD` has failed.
    #[post(
        "/v1/branches/{branch_id_or_ref}/merge",
        scope = "environment:write",
        permission = "branching_production_write",
        permission = "branching_development_write"
    )]
    pub fn merge(
        &self,
        branch_id_or_ref: &str,
        /// Where to stop. Empty: at the newest migration.
        body: &BranchAction,
    ) -> Call<StartedBranchAction>;

    /// Starts to reset the database of a branch to its migrations. Data, and changes of the schema that no migration holds, are lost.
    ///
    /// Poll [`ActionRuns::get`] with `workflow_run_id` of the answer until each step is `EXITED`; a step that is `DEAD` has failed.
    #[post(
        "/v1/branches/{branch_id_or_ref}/reset",
        scope = "environment:write",
        permission = "branching_production_write",
        permission = "branching_development_write"
    )]
    pub fn reset(
        &self,
        branch_id_or_ref: &str,
        /// Where to stop. Empty: at the newest migration.
        body: &BranchAction,
    ) -> Call<StartedBranchAction>;

    /// Cancels the deletion of a branch that [`Branches::delete`] with `force: false` has scheduled, within the hour.
    ///
    /// To wake a branch that is paused, use [`Projects::restore`] with its ref.
    #[post(
        "/v1/branches/{branch_id_or_ref}/restore",
        scope = "environment:write",
        permission = "branching_production_write",
        permission = "branching_development_write"
    )]
    pub fn restore(&self, branch_id_or_ref: &str) -> Call<RestoredBranch>;

    /// Gets the difference between a branch and its parent project, as SQL text. Changes nothing, but needs the permission to write.
    #[get(
        "/v1/branches/{branch_id_or_ref}/diff",
        scope = "environment:write",
        permission = "branching_production_write",
        permission = "branching_development_write"
    )]
    pub fn diff(&self, branch_id_or_ref: &str, query: &DiffQuery) -> Call<String>;

    /// Switches branching off for a project. Expect its preview branches, and their data, to be gone afterwards.
    #[delete("/v1/projects/{ref}/branches", scope = "environment:write", permission = "branching_production_delete")]
    pub fn disable(&self, project_ref: &str) -> Call<()>;
}

/// A branch.
#[model]
pub struct Branch {
    /// Identifier, a UUID. Paths take `project_ref` instead.
    pub id: String,
    /// Name: free text.
    pub name: String,
    /// The branch's own ref: 20 lowercase letters.
    pub project_ref: String,
    /// Ref of the project that it is a branch of.
    pub parent_project_ref: String,
    /// Whether it is the default branch, which stands for the project itself.
    pub is_default: bool,
    /// Git branch that it follows. Absent without one.
    pub git_branch: Option<String>,
    /// Number of the pull request that it belongs to. Absent without one.
    pub pr_number: Option<i64>,
    /// Not filled in any more.
    #[deprecated = "use `check_run_id` of `ActionRuns::list`"]
    pub latest_check_run_id: Option<f64>,
    /// Whether it stays until it is deleted. A preview branch is paused when idle, and deleted with its pull request.
    pub persistent: bool,
    /// How far its last run has come.
    #[deprecated = "use `ActionRuns::list`, or `preview_project_status`"]
    pub status: BranchStatus,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// When a review was requested, ISO 8601. Absent without a request.
    pub review_requested_at: Option<String>,
    /// Whether it began with the data of its parent project.
    pub with_data: bool,
    /// Address that is called with news of the branch. Absent without one.
    pub notify_url: Option<String>,
    /// When it will be deleted, ISO 8601. Absent unless its deletion is scheduled.
    pub deletion_scheduled_at: Option<String>,
    /// What state its project is in.
    pub preview_project_status: Option<ProjectStatus>,
}

/// How far the last run of a branch has come.
#[model(input)]
pub enum BranchStatus {
    /// Its project is being created.
    #[serde(rename = "CREATING_PROJECT")]
    CreatingProject,
    /// Migrations are running.
    #[serde(rename = "RUNNING_MIGRATIONS")]
    RunningMigrations,
    /// Migrations have run.
    #[serde(rename = "MIGRATIONS_PASSED")]
    MigrationsPassed,
    /// A migration has failed.
    #[serde(rename = "MIGRATIONS_FAILED")]
    MigrationsFailed,
    /// Edge Functions are deployed: the run is complete.
    #[serde(rename = "FUNCTIONS_DEPLOYED")]
    FunctionsDeployed,
    /// Edge Functions could not be deployed.
    #[serde(rename = "FUNCTIONS_FAILED")]
    FunctionsFailed,
    /// A state that is newer than this crate.
    Other(String),
}

/// A new branch.
#[model(input)]
#[derive(Default)]
pub struct CreateBranch {
    /// Name: free text.
    #[schema(min = 1)]
    pub branch_name: String,
    /// Git branch to follow. Without it, schema and functions come from the parent project.
    pub git_branch: Option<String>,
    /// Whether it is the default branch, which stands for the project itself.
    pub is_default: Option<bool>,
    /// Whether it stays until it is deleted. A preview branch is paused when idle, and deleted with its pull request.
    pub persistent: Option<bool>,
    /// Where it will run, as `us-east-1`.
    pub region: Option<String>,
    /// Compute size.
    pub desired_instance_size: Option<ComputeSize>,
    /// Release channel of Postgres.
    pub release_channel: Option<ReleaseChannel>,
    /// Version of Postgres.
    pub postgres_engine: Option<BranchPostgresEngine>,
    /// Secrets of its Edge Functions: names and values.
    #[schema(secret)]
    pub secrets: Option<Map<String>>,
    /// Whether it begins with the data of its parent project. Otherwise it begins without data.
    pub with_data: Option<bool>,
    /// Address to call with news of the branch, as when an action run is complete.
    #[schema(format = "uri")]
    pub notify_url: Option<String>,
}

/// Version of Postgres of a new branch.
#[model]
pub enum BranchPostgresEngine {
    /// Postgres 15.
    #[serde(rename = "15")]
    V15,
    /// Postgres 17.
    #[serde(rename = "17")]
    V17,
    /// Postgres 17 with the storage engine OrioleDB.
    #[serde(rename = "17-oriole")]
    V17Oriole,
}

/// How to reach a branch, and what state it is in.
#[model]
pub struct BranchDetail {
    /// The branch's own ref: 20 lowercase letters.
    pub r#ref: String,
    /// Version of Postgres.
    pub postgres_version: String,
    /// Major version of Postgres, as `17`.
    pub postgres_engine: String,
    /// Release channel, as `ga`.
    pub release_channel: ReleaseChannel,
    /// What state it is in.
    pub status: ProjectStatus,
    /// Host name of its database.
    pub db_host: String,
    /// Port of its database.
    pub db_port: i64,
    /// User of its database.
    pub db_user: Option<String>,
    /// Password of its database.
    #[schema(secret)]
    pub db_pass: Option<String>,
    /// Secret that its JWTs are signed with.
    #[schema(secret)]
    pub jwt_secret: Option<String>,
}

/// Changes of a branch. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateBranch {
    /// Name: free text.
    pub branch_name: Option<String>,
    /// Git branch to follow.
    pub git_branch: Option<String>,
    /// Ignored.
    #[deprecated = "it has no effect: call `Branches::reset`"]
    pub reset_on_push: Option<bool>,
    /// Whether it stays until it is deleted. A preview branch is paused when idle, and deleted with its pull request.
    pub persistent: Option<bool>,
    /// Sets the status of its last run, in the place of what the run itself has reported.
    pub status: Option<BranchStatus>,
    /// Whether to request a review.
    pub request_review: Option<bool>,
    /// Address to call with news of the branch, as when an action run is complete.
    #[schema(format = "uri")]
    pub notify_url: Option<String>,
}

/// How to delete a branch.
#[model(input)]
#[derive(Default)]
pub struct DeleteBranchQuery {
    /// Whether to delete it at once. `false` deletes it after one hour, until when [`Branches::restore`] cancels it. Default: true.
    pub force: Option<bool>,
}

/// The API did, or will do, what was asked.
#[model]
pub struct Confirmation {
    /// Always `ok`.
    pub message: ConfirmationMessage,
}

/// Message of a confirmation.
#[model]
pub enum ConfirmationMessage {
    /// It worked.
    #[serde(rename = "ok")]
    Ok,
    /// A message that is newer than this crate.
    Other(String),
}

/// How far to go when a branch is pushed, merged or reset.
#[model(input)]
#[derive(Default)]
pub struct BranchAction {
    /// Version of the migration to stop at. Default: the newest.
    pub migration_version: Option<String>,
}

/// A push, merge or reset of a branch that has begun.
#[model]
pub struct StartedBranchAction {
    /// Identifier of the run: poll [`ActionRuns::get`] with it.
    pub workflow_run_id: String,
    /// Always `ok`: it has begun, not ended.
    pub message: ConfirmationMessage,
}

/// A branch whose deletion was cancelled.
#[model]
pub struct RestoredBranch {
    /// That it is being restored.
    pub message: RestoredMessage,
}

/// Message about a branch that is restored.
#[model]
pub enum RestoredMessage {
    /// It is being restored.
    #[serde(rename = "Branch restoration initiated")]
    Initiated,
    /// A message that is newer than this crate.
    Other(String),
}

/// What to compare between a branch and its parent project.
#[model(input)]
#[derive(Default)]
pub struct DiffQuery {
    /// Schemas to compare, separated by commas, as `public,auth`. The API does not say which ones without it.
    pub included_schemas: Option<String>,
    /// Whether to compare with `pg-delta` instead of the default tool.
    pub pgdelta: Option<bool>,
}
