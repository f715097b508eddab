//! Action runs: what happens when a branch is created, pushed, merged or reset.

use crate::api::branches::Confirmation;
use crate::call::{Call, Count};
use crate::schema::Nullable;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// The runs that carry out changes of branches, step by step.
#[endpoints]
impl ActionRuns {
    /// Lists action runs of a project, a page at a time.
    ///
    /// To go on by hand, raise `offset` by the length of this page, until one is empty. The answer does not tell how many there are:
    /// [`ActionRuns::count`] does, outside of browsers.
    #[get("/v1/projects/{ref}/actions", scope = "environment:read", permission = "action_runs_read", pages)]
    pub fn list(&self, project_ref: &str, query: &ListActionRunsQuery) -> Call<Vec<ActionRun>>;

    /// Counts the action runs of a project.
    ///
    /// Works outside of browsers only: the number is in the header `X-Total-Count`, which the API does not let web pages read. There the call
    /// fails with [`ErrorKind::Decode`].
    #[head("/v1/projects/{ref}/actions", scope = "environment:read", permission = "action_runs_read")]
    pub fn count(&self, project_ref: &str) -> Call<Count>;

    /// Gets one action run. This is what to poll after [`Branches::push`], [`Branches::merge`] and [`Branches::reset`].
    ///
    /// It is done when each step is `EXITED`. A step that is `DEAD` has failed: [`ActionRuns::get_logs`] tells why.
    #[get("/v1/projects/{ref}/actions/{run_id}", scope = "environment:read", permission = "action_runs_read")]
    pub fn get(&self, project_ref: &str, run_id: &str) -> Call<ActionRun>;

    /// Gets the logs of an action run, as plain text.
    #[get("/v1/projects/{ref}/actions/{run_id}/logs", scope = "environment:read", permission = "action_runs_read")]
    pub fn get_logs(&self, project_ref: &str, run_id: &str) -> Call<String>;

    /// Sets the state of steps of an action run. Steps that are left out stay as they are.
    #[patch("/v1/projects/{ref}/actions/{run_id}/status", scope = "environment:write", permission = "action_runs_write")]
    pub fn update_status(&self, project_ref: &str, run_id: &str, body: &UpdateRunStatus) -> Call<Confirmation>;
}

/// Which action runs to list.
#[model(input)]
#[derive(Default)]
pub struct ListActionRunsQuery {
    /// How many runs to skip. Default: none.
    #[schema(minimum = 0)]
    pub offset: Option<f64>,
    /// How many runs to answer at most. The API documents no default.
    #[schema(minimum = 10)]
    pub limit: Option<f64>,
}

/// An action run.
#[model]
pub struct ActionRun {
    /// Identifier: the `workflow_run_id` of a push, merge or reset.
    pub id: String,
    /// Identifier of the branch that it works on.
    pub branch_id: String,
    /// Its steps. Together they tell how far it is.
    pub run_steps: Vec<RunStep>,
    /// Settings of Git, free JSON. Absent or `null` without any.
    pub git_config: Option<Value>,
    /// Directory of the repository that it works in. `null` without one.
    pub workdir: Nullable<String>,
    /// Number of its check run at GitHub. `null` without one.
    pub check_run_id: Nullable<f64>,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// When it last changed, ISO 8601.
    pub updated_at: String,
}

/// A step of an action run.
#[model]
pub struct RunStep {
    /// What it does.
    pub name: RunStepName,
    /// What state it is in.
    pub status: RunStepStatus,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// When it last changed, ISO 8601.
    pub updated_at: String,
}

/// What a step of an action run does.
#[model]
pub enum RunStepName {
    /// Clones the Git repository.
    #[serde(rename = "clone")]
    Clone,
    /// Pulls what the run works with.
    #[serde(rename = "pull")]
    Pull,
    /// Waits until the services are healthy.
    #[serde(rename = "health")]
    Health,
    /// Applies the settings of the services.
    #[serde(rename = "configure")]
    Configure,
    /// Runs new migrations.
    #[serde(rename = "migrate")]
    Migrate,
    /// Fills in the seed data.
    #[serde(rename = "seed")]
    Seed,
    /// Deploys the Edge Functions.
    #[serde(rename = "deploy")]
    Deploy,
    /// A step that is newer than this crate.
    Other(String),
}

/// State of a step.
#[model(input)]
pub enum RunStepStatus {
    /// Has not begun.
    #[serde(rename = "CREATED")]
    Created,
    /// Has failed.
    #[serde(rename = "DEAD")]
    Dead,
    /// Has ended, and worked.
    #[serde(rename = "EXITED")]
    Exited,
    /// Is paused.
    #[serde(rename = "PAUSED")]
    Paused,
    /// Is being removed.
    #[serde(rename = "REMOVING")]
    Removing,
    /// Begins anew.
    #[serde(rename = "RESTARTING")]
    Restarting,
    /// Is running.
    #[serde(rename = "RUNNING")]
    Running,
    /// A state that is newer than this crate.
    Other(String),
}

/// States to set, by step. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateRunStatus {
    /// State of the step `clone`.
    pub clone: Option<RunStepStatus>,
    /// State of the step `pull`.
    pub pull: Option<RunStepStatus>,
    /// State of the step `health`.
    pub health: Option<RunStepStatus>,
    /// State of the step `configure`.
    pub configure: Option<RunStepStatus>,
    /// State of the step `migrate`.
    pub migrate: Option<RunStepStatus>,
    /// State of the step `seed`.
    pub seed: Option<RunStepStatus>,
    /// State of the step `deploy`.
    pub deploy: Option<RunStepStatus>,
}
