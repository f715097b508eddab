//! Projects: a database with everything around it.

use crate::api::regions::{AvailableRegions, AvailableRegionsQuery};
use crate::api::upgrades::{UpgradeEligibility, UpgradeProject, UpgradeStarted, UpgradeStatus, UpgradeStatusQuery};
use crate::client::Call;
use crate::error::{ErrorKind, Result};
use crate::wait::{Poll, Read, Status, Wait, of_services};
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all projects that the token may see, at once: there are no pages.
    ///
    /// With many projects, `organizations.listProjects` is the better way: it has pages, a search and a filter.
    #[get("/v1/projects", scope = "projects:read", permission = "projects_read")]
    pub fn list(&self) -> Call<Vec<Project>>;

    /// Creates a project. It takes minutes until its status is `ACTIVE_HEALTHY`; the status in this answer is no evidence of it.
    ///
    /// Poll `projects.get` for the status, then `projects.getHealth` for the services, before you configure any of them. Counts against the
    /// rate limit of the organization. Do not repeat it blindly: each success is a project of its own, and may cost money.
    #[post("/v1/projects", scope = "projects:write", permission = "organization_projects_create")]
    pub fn create(&self, body: &CreateProject) -> Call<CreatedProject>;

    /// Gets one project, with the state it is in. This is what to poll after a project is created, paused, restored, upgraded or deleted.
    ///
    /// Answers 400 `Resource has been removed` for a project that was deleted. A branch may answer 404 here: ask `branches.getConfig`.
    #[get("/v1/projects/{ref}", scope = "projects:read", permission = "project_admin_read")]
    pub fn get(&self, project_ref: &str) -> Call<Project>;

    /// Changes the name of a project.
    #[patch("/v1/projects/{ref}", scope = "projects:write", permission = "project_admin_write")]
    pub fn update(&self, project_ref: &str, body: &UpdateProject) -> Call<ProjectIdentity>;

    /// Deletes a project with all its data.
    ///
    /// Answers 400 `Project not ready for deletion.` while the project is still being set up. It is gone when `projects.get` answers 400
    /// `Resource has been removed`, or 404.
    #[delete("/v1/projects/{ref}", scope = "projects:write", permission = "project_admin_write")]
    pub fn delete(&self, project_ref: &str) -> Call<ProjectIdentity>;

    /// Pauses a project: its database and services stop, its data stays.
    ///
    /// Only projects on the free plan can be paused, and they can be restored for a limited time only. Poll `projects.get`: the status becomes
    /// `INACTIVE`, or `PAUSE_FAILED`. Works for a branch too, with the branch's own ref.
    #[post("/v1/projects/{ref}/pause", scope = "projects:write", permission = "project_admin_write")]
    pub fn pause(&self, project_ref: &str) -> Call<()>;

    /// Restores a project that is paused. It may come back with a newer minor version of Postgres.
    ///
    /// Poll `projects.get`: the status becomes `ACTIVE_HEALTHY`, or `RESTORE_FAILED`. Works for a branch too, with the branch's own ref. To go
    /// back to an earlier state of the data, see `backups`.
    #[post("/v1/projects/{ref}/restore", scope = "projects:write", permission = "project_admin_write")]
    pub fn restore(&self, project_ref: &str) -> Call<()>;

    /// Cancels the restoration of a paused project.
    #[post("/v1/projects/{ref}/restore/cancel", scope = "projects:write", permission = "project_admin_write")]
    pub fn cancel_restore(&self, project_ref: &str) -> Call<()>;

    /// Lists the versions of Postgres that a paused project can be restored with.
    #[get("/v1/projects/{ref}/restore", scope = "projects:read", permission = "project_admin_read")]
    pub fn list_available_restore_versions(&self, project_ref: &str) -> Call<AvailableRestoreVersions>;

    /// Gets the regions that an organization can create projects in, and those that suit best: what `region_selection` of `projects.create`
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
    /// Ask `projects.getUpgradeEligibility` first. Poll `projects.getUpgradeStatus` with the `tracking_id` of the answer. If the upgrade fails,
    /// the old database comes back. Read replicas must be removed before.
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

    /// Gets the claim token of a project: who created it, and until when it holds. The token itself cannot be read back.
    #[get("/v1/projects/{ref}/claim-token", permission = "project_admin_read", experimental)]
    pub fn get_claim_token(&self, project_ref: &str) -> Call<ProjectClaimToken>;

    /// Creates a claim token, with which another organization can take over the project by `organizations.claimProject`.
    ///
    /// Keep the answer: the token is in no other one.
    #[post("/v1/projects/{ref}/claim-token", permission = "organization_admin_write+project_admin_write", experimental)]
    pub fn create_claim_token(&self, project_ref: &str) -> Call<CreatedClaimToken>;

    /// Deletes the claim token of a project: nobody can claim the project with it any more.
    #[delete("/v1/projects/{ref}/claim-token", permission = "organization_admin_write+project_admin_write", experimental)]
    pub fn delete_claim_token(&self, project_ref: &str) -> Call<()>;
}

impl Projects {
    /// Waits until a project is `ACTIVE_HEALTHY`: after it was created, restored, restarted, resized or upgraded. Fails when it is `INIT_FAILED`,
    /// `RESTORE_FAILED` or `REMOVED`. Polls `projects.get`; with [`Wait::services`] also `projects.getHealth`, once the project is healthy.
    ///
    /// What is left of the state before counts too: begin to wait when the call that starts the work has been answered.
    pub fn wait_until_healthy(&self, project_ref: &str) -> Wait<Project> {
        let this = self.clone();
        let project_ref = project_ref.to_owned();
        Wait::named("projects.waitUntilHealthy", move |poll| read_healthy(&this, &project_ref, poll), Status::status)
    }

    /// Waits until a paused project that is being restored is `ACTIVE_HEALTHY`. Fails when it is `INIT_FAILED`, `RESTORE_FAILED` or `REMOVED`. Polls
    /// `projects.get`.
    pub fn wait_until_restored(&self, project_ref: &str) -> Wait<Project> {
        let this = self.clone();
        let project_ref = project_ref.to_owned();
        Wait::named("projects.waitUntilRestored", move |poll| poll.read(this.get(&project_ref)), Status::status)
    }

    /// Waits until a project is paused: `INACTIVE`. Fails when it is `PAUSE_FAILED`. Polls `projects.get`.
    pub fn wait_until_paused(&self, project_ref: &str) -> Wait<Project> {
        let this = self.clone();
        let project_ref = project_ref.to_owned();
        Wait::named("projects.waitUntilPaused", move |poll| poll.read(this.get(&project_ref)), Status::status)
    }

    /// Waits until a project that was deleted is gone, which gives `None`: `projects.get` answers 400 `Resource has been removed`, or 404.
    pub fn wait_until_deleted(&self, project_ref: &str) -> Wait<Option<Project>> {
        let this = self.clone();
        let project_ref = project_ref.to_owned();
        Wait::named("projects.waitUntilDeleted", move |poll| read_deleted(&this, &project_ref, poll), Status::status)
    }

    /// Waits until an upgrade of Postgres is done: the one that `projects.upgrade` gave the `tracking_id` of, else the latest. Fails when it has an
    /// `error`. Polls `projects.getUpgradeStatus`.
    pub fn wait_until_upgraded(&self, project_ref: &str, tracking_id: Option<&str>) -> Wait<UpgradeStatus> {
        let this = self.clone();
        let project_ref = project_ref.to_owned();
        let query = UpgradeStatusQuery { tracking_id: tracking_id.map(str::to_owned) };
        Wait::named("projects.waitUntilUpgraded", move |poll| poll.read(this.get_upgrade_status(&project_ref, &query)), Status::status)
    }
}

/// The project, and the services where they are asked for and it is healthy itself.
fn read_healthy(projects: &Projects, project_ref: &str, poll: &Poll) -> Read<Project> {
    let call = poll.call(projects.get(project_ref));
    let services = poll.services.to_vec();
    let health = poll.call(projects.get_health(project_ref, &HealthQuery { services: services.clone(), timeout_ms: None }));
    Box::pin(async move {
        let project = call.await?;
        let healthy = project.status == ProjectStatus::ActiveHealthy && !services.is_empty();
        let words = if healthy { Some(of_services(&services, &health.await?)) } else { None };
        Ok((project, words))
    })
}

/// The project, or nothing if it is gone.
fn read_deleted(projects: &Projects, project_ref: &str, poll: &Poll) -> Read<Option<Project>> {
    let call = poll.call(projects.get(project_ref));
    Box::pin(async move {
        let project: Result<Project> = call.await;
        match project {
            Ok(project) => Ok((Some(project), None)),
            Err(error) => match error.kind() {
                ErrorKind::Api { status, text, .. } if is_gone(*status, text) => Ok((None, None)),
                _ => Err(error),
            },
        }
    })
}

/// A path that does not exist is 404 as well.
fn is_gone(status: u16, text: &str) -> bool {
    status == 400 && text.contains("has been removed") || status == 404 && !text.contains("Cannot GET")
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
    pub region: String,
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
    pub release_channel: String,
}

/// A new project.
#[model]
#[derive(Default)]
pub struct CreateProject {
    /// Password of the database. It cannot be read back; `database.updatePassword` changes it.
    #[schema(secret)]
    pub db_pass: String,
    /// Name that people see.
    #[schema(max = 256)]
    pub name: String,
    /// The organization it will belong to.
    #[deprecated = "use `organization_slug`"]
    pub organization_id: Option<String>,
    /// The organization it will belong to.
    #[schema(pattern = r"^[\w-]+$")]
    pub organization_slug: String,
    /// Ignored: the plan is the organization's.
    #[deprecated = "the plan of the organization holds"]
    pub plan: Option<Plan>,
    /// Where it will run. Not together with `region_selection`.
    #[deprecated = "use `region_selection`"]
    pub region: Option<Region>,
    /// Where it will run: one region, or the best one of a part of the world. `projects.getAvailableRegions` tells what there is. Not together
    /// with `region`; give one of them, as the API does not say what holds without both.
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

/// A region.
#[model]
pub enum Region {
    /// North Virginia.
    #[serde(rename = "us-east-1")]
    UsEast1,
    /// Ohio.
    #[serde(rename = "us-east-2")]
    UsEast2,
    /// North California.
    #[serde(rename = "us-west-1")]
    UsWest1,
    /// Oregon.
    #[serde(rename = "us-west-2")]
    UsWest2,
    /// Hong Kong.
    #[serde(rename = "ap-east-1")]
    ApEast1,
    /// Singapore.
    #[serde(rename = "ap-southeast-1")]
    ApSoutheast1,
    /// Tokyo.
    #[serde(rename = "ap-northeast-1")]
    ApNortheast1,
    /// Seoul.
    #[serde(rename = "ap-northeast-2")]
    ApNortheast2,
    /// Sydney.
    #[serde(rename = "ap-southeast-2")]
    ApSoutheast2,
    /// Ireland.
    #[serde(rename = "eu-west-1")]
    EuWest1,
    /// London.
    #[serde(rename = "eu-west-2")]
    EuWest2,
    /// Paris.
    #[serde(rename = "eu-west-3")]
    EuWest3,
    /// Stockholm.
    #[serde(rename = "eu-north-1")]
    EuNorth1,
    /// Frankfurt.
    #[serde(rename = "eu-central-1")]
    EuCentral1,
    /// Zurich.
    #[serde(rename = "eu-central-2")]
    EuCentral2,
    /// Central Canada.
    #[serde(rename = "ca-central-1")]
    CaCentral1,
    /// Mumbai.
    #[serde(rename = "ap-south-1")]
    ApSouth1,
    /// São Paulo.
    #[serde(rename = "sa-east-1")]
    SaEast1,
    /// A region that is newer than this crate.
    Other(String),
}

/// Where a project will run.
#[model(tag = "type")]
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

/// A part of the world.
#[model]
pub enum RegionGroup {
    /// North and South America.
    #[serde(rename = "americas")]
    Americas,
    /// Europe, the Middle East, Africa.
    #[serde(rename = "emea")]
    Emea,
    /// Asia and the Pacific.
    #[serde(rename = "apac")]
    Apac,
    /// A part that is newer than this crate.
    Other(String),
}

/// A compute size.
#[model]
pub enum InstanceSize {
    /// Shared cores, free plan.
    #[serde(rename = "nano")]
    Nano,
    /// 2 shared cores, 1 GB of memory.
    #[serde(rename = "micro")]
    Micro,
    /// 2 shared cores, 2 GB of memory.
    #[serde(rename = "small")]
    Small,
    /// 2 shared cores, 4 GB of memory.
    #[serde(rename = "medium")]
    Medium,
    /// 2 cores, 8 GB of memory.
    #[serde(rename = "large")]
    Large,
    /// 4 cores, 16 GB of memory.
    #[serde(rename = "xlarge")]
    XLarge,
    /// 8 cores, 32 GB of memory.
    #[serde(rename = "2xlarge")]
    X2Large,
    /// 16 cores, 64 GB of memory.
    #[serde(rename = "4xlarge")]
    X4Large,
    /// 32 cores, 128 GB of memory.
    #[serde(rename = "8xlarge")]
    X8Large,
    /// 48 cores, 192 GB of memory.
    #[serde(rename = "12xlarge")]
    X12Large,
    /// 64 cores, 256 GB of memory.
    #[serde(rename = "16xlarge")]
    X16Large,
    /// 96 cores, 384 GB of memory.
    #[serde(rename = "24xlarge")]
    X24Large,
    /// 96 cores, 768 GB of memory.
    #[serde(rename = "24xlarge_optimized_memory")]
    X24LargeOptimizedMemory,
    /// 96 cores, 192 GB of memory.
    #[serde(rename = "24xlarge_optimized_cpu")]
    X24LargeOptimizedCpu,
    /// 96 cores, 1536 GB of memory.
    #[serde(rename = "24xlarge_high_memory")]
    X24LargeHighMemory,
    /// 192 cores, 768 GB of memory.
    #[serde(rename = "48xlarge")]
    X48Large,
    /// 192 cores, 1536 GB of memory.
    #[serde(rename = "48xlarge_optimized_memory")]
    X48LargeOptimizedMemory,
    /// 192 cores, 384 GB of memory.
    #[serde(rename = "48xlarge_optimized_cpu")]
    X48LargeOptimizedCpu,
    /// 96 cores, 3072 GB of memory.
    #[serde(rename = "48xlarge_high_memory")]
    X48LargeHighMemory,
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
    pub region: String,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// What state it is in.
    pub status: ProjectStatus,
}

/// A new name for a project.
#[model]
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

/// How far a version of Postgres is tested.
#[model]
pub enum ReleaseChannel {
    /// For the platform's own people.
    #[serde(rename = "internal")]
    Internal,
    /// First tests.
    #[serde(rename = "alpha")]
    Alpha,
    /// Later tests.
    #[serde(rename = "beta")]
    Beta,
    /// General availability: for everybody, and the usual one.
    #[serde(rename = "ga")]
    Ga,
    /// Taken back.
    #[serde(rename = "withdrawn")]
    Withdrawn,
    /// A look at what comes.
    #[serde(rename = "preview")]
    Preview,
    /// A value that is newer than this crate.
    Other(String),
}

/// A major version of Postgres.
#[model]
pub enum PostgresEngine {
    /// Postgres 13.
    #[serde(rename = "13")]
    V13,
    /// Postgres 14.
    #[serde(rename = "14")]
    V14,
    /// Postgres 15.
    #[serde(rename = "15")]
    V15,
    /// Postgres 17.
    #[serde(rename = "17")]
    V17,
    /// Postgres 17 with the storage engine OrioleDB.
    #[serde(rename = "17-oriole")]
    V17Oriole,
    /// A value that is newer than this crate.
    Other(String),
}

/// Which services to look at.
#[model]
#[derive(Default)]
pub struct HealthQuery {
    /// The services.
    pub services: Vec<ServiceName>,
    /// How long the check may take, in milliseconds. The API does not say what holds without it.
    #[schema(minimum = 0, maximum = 10000)]
    pub timeout_ms: Option<i64>,
}

/// A service of a project.
#[model]
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

#[cfg(test)]
mod tests {
    use super::is_gone;

    #[test]
    fn a_project_is_gone_where_the_api_says_so() {
        for (status, text, gone) in [
            (400, r#"{"message":"Resource has been removed"}"#, true),
            (400, r#"{"message":"ref: invalid"}"#, false),
            (404, r#"{"message":"Project not found"}"#, true),
            (404, r#"{"message":"Cannot GET /v1/projects/x"}"#, false),
            (403, "Resource has been removed", false),
        ] {
            assert_eq!(is_gone(status, text), gone, "{status} {text}");
        }
    }
}
