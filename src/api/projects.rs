//! Projects: a database with everything around it.

use crate::client::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all projects that the token may see, at once: there are no pages.
    #[get("/v1/projects", scope = "projects:read", permission = "projects_read")]
    pub fn list(&self) -> Call<Vec<Project>>;

    /// Creates a project. It takes minutes until its status is `ACTIVE_HEALTHY`; the status in this answer is no evidence of it.
    ///
    /// Counts against the rate limit of the organization. Do not repeat it blindly: each success is a project of its own, and may cost money.
    #[post("/v1/projects", scope = "projects:write", permission = "organization_projects_create")]
    pub fn create(&self, body: &CreateProject) -> Call<CreatedProject>;
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
    /// Version of Postgres.
    pub version: String,
    /// Major version of Postgres, as `15`.
    pub postgres_engine: String,
    /// Release channel, as `ga`.
    pub release_channel: String,
}

/// A new project.
#[model]
#[derive(Default)]
pub struct CreateProject {
    /// Password of the database. It cannot be read back.
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
    /// Where it will run: one region, or the best one of a part of the world. Not together with `region`.
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
}

/// A compute size.
#[model]
pub enum InstanceSize {
    /// Shared cores, free plan.
    #[serde(rename = "nano")]
    Nano,
    /// Shared cores.
    #[serde(rename = "micro")]
    Micro,
    /// Shared cores.
    #[serde(rename = "small")]
    Small,
    /// Shared cores.
    #[serde(rename = "medium")]
    Medium,
    /// 2 cores.
    #[serde(rename = "large")]
    Large,
    /// 4 cores.
    #[serde(rename = "xlarge")]
    XLarge,
    /// 8 cores.
    #[serde(rename = "2xlarge")]
    X2Large,
    /// 16 cores.
    #[serde(rename = "4xlarge")]
    X4Large,
    /// 32 cores.
    #[serde(rename = "8xlarge")]
    X8Large,
    /// 48 cores.
    #[serde(rename = "12xlarge")]
    X12Large,
    /// 64 cores.
    #[serde(rename = "16xlarge")]
    X16Large,
    /// 96 cores.
    #[serde(rename = "24xlarge")]
    X24Large,
    /// 96 cores, more memory.
    #[serde(rename = "24xlarge_optimized_memory")]
    X24LargeOptimizedMemory,
    /// 96 cores, faster ones.
    #[serde(rename = "24xlarge_optimized_cpu")]
    X24LargeOptimizedCpu,
    /// 96 cores, most memory.
    #[serde(rename = "24xlarge_high_memory")]
    X24LargeHighMemory,
    /// 192 cores.
    #[serde(rename = "48xlarge")]
    X48Large,
    /// 192 cores, more memory.
    #[serde(rename = "48xlarge_optimized_memory")]
    X48LargeOptimizedMemory,
    /// 192 cores, faster ones.
    #[serde(rename = "48xlarge_optimized_cpu")]
    X48LargeOptimizedCpu,
    /// 192 cores, most memory.
    #[serde(rename = "48xlarge_high_memory")]
    X48LargeHighMemory,
}
