//! Projects: a database with everything around it.

use crate::api::regions::{AvailableRegions, AvailableRegionsQuery};
pub use crate::api::regions::{InstanceSize, Region, RegionGroup};
pub use crate::api::upgrades::{PostgresEngine, ReleaseChannel};
use crate::api::upgrades::{UpgradeEligibility, UpgradeProject, UpgradeStarted, UpgradeStatus, UpgradeStatusQuery};
use crate::call::Call;

use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all projects that the token may see. The answer is the whole list: there are no pages.
    ///
    /// With many projects, [`Organizations::list_projects`] is the better way: it has pages, a search and a filter.
    ///
    /// A fine-grained token (`sbp_fc…`) sees only the organizations and projects that it was made for, which cannot be changed later. Where there are
    /// none of these, the list is empty, and that is no error. A classic token (`sbp_…`) sees all that its user may see.
    #[get("/v1/projects", scope = "projects:read", permission = "projects_read")]
    pub fn list(&self) -> Call<Vec<Project>>;

    /// Creates a project. It takes minutes until its status is `ACTIVE_HEALTHY`; the status in this answer is no evidence of it.
    ///
    /// Poll [`Projects::get`] for the status, then [`Projects::get_health`] for the services, before you configure any of them. Counts against the
    /// rate limit of the organization. Do not repeat it blindly: each success is a project of its own, and may cost money.
    #[post("/v1/projects", scope = "projects:write", permission = "organization_projects_create")]
    pub fn create(&self, body: &CreateProject) -> Call<CreatedProject>;

    /// Gets one project, with the state it is in. This is what to poll after a project is created, paused, restored, upgraded or deleted.
    ///
    /// Answers 400 `Resource has been removed` for a project that was deleted. A branch may answer 404 here: ask [`Branches::get_config`].
    #[get("/v1/projects/{ref}", scope = "projects:read", permission = "project_admin_read")]
    pub fn get(&self, project_ref: &str) -> Call<Project>;

    /// Changes the name of a project.
    #[patch(
        "/v1/projects/{ref}",
        scope = "projects:write",
        permission = "project_admin_write",
        from(Project = "projects.get", CreatedProject = "projects.create", ProjectIdentity = "projects.update")
    )]
    pub fn update(&self, project_ref: &str, body: &UpdateProject) -> Call<ProjectIdentity>;

    /// Deletes a project with all its data.
    ///
    /// Answers 400 `Project not ready for deletion.` while the project is still being set up. It is gone when [`Projects::get`] answers 400
    /// `Resource has been removed`, or 404.
    #[delete("/v1/projects/{ref}", scope = "projects:write", permission = "project_admin_write")]
    pub fn delete(&self, project_ref: &str) -> Call<ProjectIdentity>;

    /// Pauses a project: its database and services stop, its data stays.
    ///
    /// Only projects on the free plan can be paused, and they can be restored for a limited time only. Poll [`Projects::get`]: the status becomes
    /// `INACTIVE`, or `PAUSE_FAILED`. Works for a branch too, with the branch's own ref.
    #[post("/v1/projects/{ref}/pause", scope = "projects:write", permission = "project_admin_write")]
    pub fn pause(&self, project_ref: &str) -> Call<()>;

    /// Restores a project that is paused. It may come back with a newer minor version of Postgres.
    ///
    /// Poll [`Projects::get`]: the status becomes `ACTIVE_HEALTHY`, or `RESTORE_FAILED`. Works for a branch too, with the branch's own ref. To go
    /// back to an earlier state of the data, see `backups`.
    #[post("/v1/projects/{ref}/restore", scope = "projects:write", permission = "project_admin_write")]
    pub fn restore(&self, project_ref: &str) -> Call<()>;

    /// Cancels the restoration of a paused project.
    #[post("/v1/projects/{ref}/restore/cancel", scope = "projects:write", permission = "project_admin_write")]
    pub fn cancel_restore(&self, project_ref: &str) -> Call<()>;

    /// Restarts a project: its database and services are unavailable for some minutes.
    ///
    /// Poll [`Projects::get`]: the status becomes `RESTARTING`, then `ACTIVE_HEALTHY`.
    #[post("/v1/projects/{ref}/restart")]
    pub fn restart(&self, project_ref: &str) -> Call<()>;

    /// Lists the versions of Postgres that a paused project can be restored with.
    #[get("/v1/projects/{ref}/restore", scope = "projects:read", permission = "project_admin_read")]
    pub fn list_available_restore_versions(&self, project_ref: &str) -> Call<AvailableRestoreVersions>;

    /// Gets the regions that an organization can create projects in, and those that suit best: what `region_selection` of [`Projects::create`]
    /// takes.
    #[get("/v1/projects/available-regions", scope = "organizations:read", query_required)]
    pub fn get_available_regions(&self, query: &AvailableRegionsQuery) -> Call<AvailableRegions>;

    /// Gets the health of the services of a project. Poll it before you configure a service of a young project.
    ///
    /// A service that reports `UNHEALTHY` may recover. One that is switched off may never become healthy: ask only for those that you need.
    #[get("/v1/projects/{ref}/health", scope = "projects:read", permission = "project_admin_read", query_required)]
    pub fn get_health(&self, project_ref: &str, query: &HealthQuery) -> Call<Vec<ServiceHealth>>;

    /// Starts an upgrade of Postgres. The project is offline until it is done, and there is no way back to the old version.
    ///
    /// Remove read replicas and ask [`Projects::get_upgrade_eligibility`] first. Then poll [`Projects::get_upgrade_status`] with the `tracking_id` of the
    /// answer. If the upgrade fails, the old database comes back.
    #[post("/v1/projects/{ref}/upgrade", scope = "projects:write", permission = "project_admin_write+database_write")]
    pub fn upgrade(&self, project_ref: &str, body: &UpgradeProject) -> Call<UpgradeStarted>;

    /// Gets whether Postgres of a project can be upgraded, to which versions, how long it takes and what stands in the way.
    #[get("/v1/projects/{ref}/upgrade/eligibility", scope = "projects:read", permission = "project_admin_read+database_read")]
    pub fn get_upgrade_eligibility(&self, project_ref: &str) -> Call<UpgradeEligibility>;

    /// Gets how far an upgrade of Postgres is: the latest one, or the one that is asked for.
    ///
    /// It is done when `progress` is `9_completed_upgrade` or `10_completed_post_physical_backup`, and has failed when `error` is set.
    #[get("/v1/projects/{ref}/upgrade/status", scope = "projects:read", permission = "project_admin_read+database_read")]
    pub fn get_upgrade_status(&self, project_ref: &str, query: &UpgradeStatusQuery) -> Call<UpgradeStatus>;

    /// Gets the claim token of a project: who created it, and until when it is valid. The token itself cannot be read back.
    #[get("/v1/projects/{ref}/claim-token", permission = "project_admin_read", experimental)]
    pub fn get_claim_token(&self, project_ref: &str) -> Call<ProjectClaimToken>;

    /// Creates a claim token, with which another organization can take over the project by [`Organizations::claim_project`].
    ///
    /// Keep the answer: the token is in no other one.
    #[post("/v1/projects/{ref}/claim-token", permission = "organization_admin_write+project_admin_write", experimental)]
    pub fn create_claim_token(&self, project_ref: &str) -> Call<CreatedClaimToken>;

    /// Deletes the claim token of a project: nobody can claim the project with it any more.
    #[delete("/v1/projects/{ref}/claim-token", permission = "organization_admin_write+project_admin_write", experimental)]
    pub fn delete_claim_token(&self, project_ref: &str) -> Call<()>;
}

/// A project.
#[model]
pub struct Project {
    /// The same value as `ref`.
    #[deprecated = "use `ref`"]
    pub id: String,
    /// Reference used in every path: 20 lowercase letters.
    pub r#ref: String,
    /// The same value as `organization_slug`.
    #[deprecated = "use `organization_slug`"]
    pub organization_id: String,
    /// The organization it belongs to.
    pub organization_slug: String,
    /// Name that people see.
    pub name: String,
    /// Where it runs, as `us-east-1`.
    pub region: Region,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// What state it is in.
    pub status: ProjectStatus,
    /// Its database.
    pub database: ProjectDatabase,
}

/// State of a project.
#[model]
pub enum ProjectStatus {
    /// Paused.
    #[serde(rename = "INACTIVE")]
    Inactive,
    /// Running.
    #[serde(rename = "ACTIVE_HEALTHY")]
    ActiveHealthy,
    /// Running, with trouble.
    #[serde(rename = "ACTIVE_UNHEALTHY")]
    ActiveUnhealthy,
    /// Being set up, or starting.
    #[serde(rename = "COMING_UP")]
    ComingUp,
    /// Not known at the moment.
    #[serde(rename = "UNKNOWN")]
    Unknown,
    /// Stopping.
    #[serde(rename = "GOING_DOWN")]
    GoingDown,
    /// Could not be set up.
    #[serde(rename = "INIT_FAILED")]
    InitFailed,
    /// Gone.
    #[serde(rename = "REMOVED")]
    Removed,
    /// Being restored from a backup, or woken from a pause.
    #[serde(rename = "RESTORING")]
    Restoring,
    /// Its Postgres is being upgraded.
    #[serde(rename = "UPGRADING")]
    Upgrading,
    /// Being paused.
    #[serde(rename = "PAUSING")]
    Pausing,
    /// Could not be restored.
    #[serde(rename = "RESTORE_FAILED")]
    RestoreFailed,
    /// Restarting.
    #[serde(rename = "RESTARTING")]
    Restarting,
    /// Could not be paused.
    #[serde(rename = "PAUSE_FAILED")]
    PauseFailed,
    /// Moving to another size.
    #[serde(rename = "RESIZING")]
    Resizing,
    /// A state that is newer than this crate.
    Other(String),
}

/// The database of a project.
#[model]
pub struct ProjectDatabase {
    /// Host name.
    pub host: String,
    /// Full version of Postgres, as `17.6.1.084`.
    pub version: String,
    /// Major version of Postgres, as `17`.
    pub postgres_engine: String,
    /// Release channel, as `ga`.
    pub release_channel: ReleaseChannel,
}

/// A new project.
#[model(input)]
#[derive(Default)]
pub struct CreateProject {
    /// Name that people see.
    #[schema(max = 256)]
    pub name: String,
    /// The organization it will belong to.
    #[schema(pattern = r"^[\w-]+$")]
    pub organization_slug: String,
    /// Password of the database. It cannot be read back; [`Database::update_password`] changes it.
    #[schema(secret)]
    pub db_pass: String,
    /// The organization it will belong to.
    #[deprecated = "use `organization_slug`"]
    pub organization_id: Option<String>,
    /// Ignored: the plan is the organization's.
    #[deprecated = "the plan of the organization holds"]
    pub plan: Option<Plan>,
    /// Where it will run. Not together with `region_selection`.
    #[deprecated = "use `region_selection`"]
    pub region: Option<Region>,
    /// Where it will run: one region, or the best one of a part of the world. [`Projects::get_available_regions`] tells what there is. Not together
    /// with `region`; give one of them, because the API documents no default.
    pub region_selection: Option<RegionSelection>,
    /// Ignored.
    #[deprecated = "it has no effect"]
    pub kps_enabled: Option<bool>,
    /// Compute size. Only `nano` is free; the default is the smallest size that the plan has.
    pub desired_instance_size: Option<InstanceSize>,
    /// Address of a template that the project is set up from.
    #[schema(format = "uri")]
    pub template_url: Option<String>,
}

/// A plan.
#[model]
pub enum Plan {
    /// Free of charge.
    #[serde(rename = "free")]
    Free,
    /// Paid.
    #[serde(rename = "pro")]
    Pro,
}

/// Where a project will run.
#[model(tag = "type", input)]
pub enum RegionSelection {
    /// In one region.
    #[serde(rename = "specific")]
    Specific {
        /// The region.
        code: Region,
    },
    /// In the region that suits best at the moment.
    #[serde(rename = "smartGroup")]
    SmartGroup {
        /// The part of the world.
        code: RegionGroup,
    },
}

/// A project as it was created.
#[model]
pub struct CreatedProject {
    /// The same value as `ref`.
    #[deprecated = "use `ref`"]
    pub id: String,
    /// Reference used in every path: 20 lowercase letters.
    pub r#ref: String,
    /// The same value as `organization_slug`.
    #[deprecated = "use `organization_slug`"]
    pub organization_id: String,
    /// The organization it belongs to.
    pub organization_slug: String,
    /// Name that people see.
    pub name: String,
    /// Where it runs, as `us-east-1`.
    pub region: Region,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// What state it is in.
    pub status: ProjectStatus,
}

/// A new name for a project.
#[model(input)]
#[derive(Default)]
pub struct UpdateProject {
    /// Name that people see.
    #[schema(min = 1, max = 256)]
    pub name: String,
}

/// Which project was changed or deleted.
#[model]
pub struct ProjectIdentity {
    /// Number that the platform counts it by. Paths take `ref` instead.
    pub id: i64,
    /// Reference used in every path: 20 lowercase letters.
    pub r#ref: String,
    /// Name that people see.
    pub name: String,
}

/// What a paused project can be restored with.
#[model]
pub struct AvailableRestoreVersions {
    /// The versions.
    pub available_versions: Vec<RestoreVersion>,
}

/// A version of Postgres to restore a project with.
#[model]
pub struct RestoreVersion {
    /// Full version, as `17.6.1.084`.
    pub version: String,
    /// How far it is tested.
    pub release_channel: ReleaseChannel,
    /// Major version of Postgres.
    pub postgres_engine: PostgresEngine,
}

/// Which services to look at.
#[model(input)]
#[derive(Default)]
pub struct HealthQuery {
    /// The services.
    pub services: Vec<ServiceName>,
    /// How long the check may take, in milliseconds. The API documents no default.
    #[schema(minimum = 0, maximum = 10000)]
    pub timeout_ms: Option<i64>,
}

/// A service of a project.
#[model(input)]
pub enum ServiceName {
    /// Auth: users and their sessions.
    #[serde(rename = "auth")]
    Auth,
    /// Postgres itself.
    #[serde(rename = "db")]
    Db,
    /// Postgres, as its user `postgres` reaches it.
    #[serde(rename = "db_postgres_user")]
    DbPostgresUser,
    /// The shared connection pooler, Supavisor.
    #[serde(rename = "pooler")]
    Pooler,
    /// Realtime: messages, presence and changes of the database.
    #[serde(rename = "realtime")]
    Realtime,
    /// The Data API, PostgREST.
    #[serde(rename = "rest")]
    Rest,
    /// Storage: files.
    #[serde(rename = "storage")]
    Storage,
    /// The dedicated connection pooler, PgBouncer.
    #[serde(rename = "pg_bouncer")]
    PgBouncer,
    /// A service that is newer than this crate.
    Other(String),
}

/// The health of one service.
#[model]
pub struct ServiceHealth {
    /// Which service.
    pub name: ServiceName,
    /// Whether it runs as it should.
    #[deprecated = "use `status`"]
    pub healthy: bool,
    /// What state it is in.
    pub status: ServiceHealthStatus,
    /// More about it; absent for most services.
    pub info: Option<ServiceHealthInfo>,
    /// Why it is not healthy; absent if it is.
    pub error: Option<String>,
}

/// State of a service.
#[model]
pub enum ServiceHealthStatus {
    /// Starting.
    #[serde(rename = "COMING_UP")]
    ComingUp,
    /// Running.
    #[serde(rename = "ACTIVE_HEALTHY")]
    ActiveHealthy,
    /// Not reachable, or in trouble. It may recover.
    #[serde(rename = "UNHEALTHY")]
    Unhealthy,
    /// A state that is newer than this crate.
    Other(String),
}

/// What a service says of itself. The services have different fields.
#[model(untagged)]
pub enum ServiceHealthInfo {
    /// Auth.
    Auth(AuthHealth),
    /// Realtime.
    Realtime(RealtimeHealth),
    /// The Data API.
    Rest(RestHealth),
    /// Something that is newer than this crate.
    Other(Value),
}

/// What Auth says of itself.
#[model]
pub struct AuthHealth {
    /// Name of its server.
    pub name: AuthServerName,
    /// Version of its server.
    pub version: String,
    /// What its server is for, in words.
    pub description: String,
}

/// Name of the server behind Auth.
#[model]
pub enum AuthServerName {
    /// The only one so far.
    #[serde(rename = "GoTrue")]
    GoTrue,
    /// A name that is newer than this crate.
    Other(String),
}

/// What Realtime says of itself.
#[model]
pub struct RealtimeHealth {
    /// Whether it runs as it should.
    #[deprecated = "use `status` of the service"]
    pub healthy: bool,
    /// Whether it has a connection to the database. Realtime can be healthy without one.
    pub db_connected: bool,
    /// Whether it has a replication connection to the database, which broadcasts from the database need. Realtime can be healthy without one.
    pub replication_connected: bool,
    /// How many clients are connected to it, on all its servers.
    pub connected_cluster: i64,
}

/// What the Data API says of itself.
#[model]
pub struct RestHealth {
    /// The schemas that it serves, with commas between them.
    pub db_schema: String,
}

/// A claim token, without the token itself.
#[model]
pub struct ProjectClaimToken {
    /// A short form of the token, to tell it by.
    pub token_alias: String,
    /// Until when it can be used, ISO 8601.
    pub expires_at: String,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// The user who created it, a UUID.
    pub created_by: String,
}

/// A claim token as it was created.
#[model]
pub struct CreatedClaimToken {
    /// The token. It cannot be read back: keep it.
    #[schema(secret)]
    pub token: String,
    /// A short form of the token, to tell it by.
    pub token_alias: String,
    /// Until when it can be used, ISO 8601.
    pub expires_at: String,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// The user who created it, a UUID.
    pub created_by: String,
}
