//! Organizations: what projects and members belong to. And the profile of the caller.

use crate::api::projects::{ProjectStatus, Region, ReleaseChannel};
use crate::call::Call;
use crate::schema::Nullable;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Your organizations.
#[endpoints]
impl Organizations {
    /// Lists the organizations that the token may see.
    ///
    /// A fine-grained token (`sbp_fc…`) sees only the organizations and projects that it was made for, which cannot be changed later. Where there are
    /// none of these, the list is empty, and that is no error. A classic token (`sbp_…`) sees all that its user may see.
    #[get("/v1/organizations", scope = "organizations:read", permission = "organizations_read")]
    pub fn list(&self) -> Call<Vec<Organization>>;

    /// Creates an organization on the free plan. Do not repeat it blindly: each success is an organization of its own.
    #[post(
        "/v1/organizations",
        permission = "organizations_create",
        from(Organization = "organizations.list", OrganizationDetails = "organizations.get")
    )]
    pub fn create(&self, body: &CreateOrganization) -> Call<Organization>;

    /// Gets one organization, with its plan. [`Organizations::list`] does not tell the plan.
    #[get("/v1/organizations/{slug}", scope = "organizations:read", permission = "organization_admin_read")]
    pub fn get(&self, slug: &str) -> Call<OrganizationDetails>;

    /// Lists the members of an organization. The answer is the whole list: there are no pages.
    #[get("/v1/organizations/{slug}/members", scope = "organizations:read", permission = "members_read")]
    pub fn list_members(&self, slug: &str) -> Call<Vec<OrganizationMember>>;

    /// Lists the projects of an organization, 100 at a time unless `limit` says less, with a search and a filter.
    ///
    /// To go on by hand, raise `offset` by `limit` until it reaches `pagination.count`. Branches are projects too: `is_branch` tells them.
    ///
    /// A fine-grained token (`sbp_fc…`) sees only the projects that it was made for, which cannot be changed later. Where there are
    /// none of these, the list is empty, and that is no error. A classic token (`sbp_…`) sees all that its user may see.
    #[get(
        "/v1/organizations/{slug}/projects",
        scope = "projects:read",
        permission = "organization_projects_read",
        pages(projects: OrganizationProject)
    )]
    pub fn list_projects(&self, slug: &str, query: &ListProjectsQuery) -> Call<ProjectPage>;

    /// Lists what the plan of an organization includes: features, limits and the choices there are. Ask it before you rely on a paid feature.
    #[get("/v1/organizations/{slug}/entitlements", scope = "organizations:read", permission = "organization_admin_read")]
    pub fn get_entitlements(&self, slug: &str) -> Call<Entitlements>;

    /// Gets the project that a claim token offers, and whether the organization could take it over. Changes nothing.
    ///
    /// The token comes from [`Projects::create_claim_token`]. It is part of the address: keep it out of logs.
    #[get("/v1/organizations/{slug}/project-claim/{token}", permission = "organization_admin_write", experimental)]
    pub fn get_project_claim(&self, slug: &str, token: &str) -> Call<ProjectClaim>;

    /// Moves the project that a claim token offers into the organization. Look at [`Organizations::get_project_claim`] first.
    #[post("/v1/organizations/{slug}/project-claim/{token}", permission = "organization_admin_write", experimental)]
    pub fn claim_project(&self, slug: &str, token: &str) -> Call<()>;
}

/// The user whom the token belongs to.
#[endpoints]
impl Profile {
    /// Gets the user whom the token belongs to.
    ///
    /// Does not work with a token that is bound to some projects or organizations.
    #[get("/v1/profile")]
    pub fn get(&self) -> Call<UserProfile>;
}

/// An organization.
#[model]
pub struct Organization {
    /// The same value as `slug`.
    #[deprecated = "use `slug`"]
    pub id: String,
    /// Reference used in paths and bodies: letters, digits, `_` and `-`.
    pub slug: String,
    /// Name that people see.
    pub name: String,
}

/// A new organization.
#[model(input)]
#[derive(Default)]
pub struct CreateOrganization {
    /// Name that people see.
    #[schema(max = 256)]
    pub name: String,
}

/// An organization, with its plan and settings.
#[model]
pub struct OrganizationDetails {
    /// The same value as the slug in the path.
    pub id: String,
    /// Name that people see.
    pub name: String,
    /// Plan that it pays for.
    pub plan: Option<OrganizationPlan>,
    /// What the AI features of the dashboard may read. Empty: none of these.
    pub opt_in_tags: Vec<OptInTag>,
    /// Release channels of Postgres that its projects may use.
    pub allowed_release_channels: Vec<ReleaseChannel>,
}

/// Plan of an organization.
#[model]
pub enum OrganizationPlan {
    /// Free of charge.
    #[serde(rename = "free")]
    Free,
    /// Pro plan.
    #[serde(rename = "pro")]
    Pro,
    /// Team plan.
    #[serde(rename = "team")]
    Team,
    /// Enterprise plan.
    #[serde(rename = "enterprise")]
    Enterprise,
    /// Plan of platforms that build on Supabase.
    #[serde(rename = "platform")]
    Platform,
    /// A plan that is newer than this crate.
    Other(String),
}

/// Consent of an organization to what the AI features of the dashboard read.
#[model]
pub enum OptInTag {
    /// They may read the database schema.
    #[serde(rename = "AI_SQL_GENERATOR_OPT_IN")]
    AiSqlGenerator,
    /// They may read data in the database.
    #[serde(rename = "AI_DATA_GENERATOR_OPT_IN")]
    AiDataGenerator,
    /// They may read logs.
    #[serde(rename = "AI_LOG_GENERATOR_OPT_IN")]
    AiLogGenerator,
    /// A consent that is newer than this crate.
    Other(String),
}

/// A member of an organization.
#[model]
pub struct OrganizationMember {
    /// Identifier of the user, a UUID. It is the `user_id` of [`JitAccess::update`].
    pub user_id: String,
    /// Name of the user.
    pub user_name: String,
    /// Email address of the user.
    pub email: Option<String>,
    /// Name of the role in the organization, as `Owner`.
    pub role_name: String,
    /// Whether the user signs in with a second factor.
    pub mfa_enabled: bool,
}

/// Which projects of an organization to list.
#[model(input)]
#[derive(Default)]
pub struct ListProjectsQuery {
    /// How many projects to skip. Default: 0.
    #[schema(minimum = 0)]
    pub offset: Option<i64>,
    /// How many projects to answer at most. Default: 100.
    #[schema(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
    /// Text to search the names of projects for.
    pub search: Option<String>,
    /// Order. Default: `name_asc`.
    pub sort: Option<ProjectSort>,
    /// States that the project may be in, separated by commas: `ACTIVE_HEALTHY`, `INACTIVE` or both. Default: any.
    pub statuses: Option<String>,
}

/// Order of projects.
#[model]
pub enum ProjectSort {
    /// By name, A first.
    #[serde(rename = "name_asc")]
    NameAsc,
    /// By name, Z first.
    #[serde(rename = "name_desc")]
    NameDesc,
    /// By age, oldest first.
    #[serde(rename = "created_asc")]
    CreatedAsc,
    /// By age, newest first.
    #[serde(rename = "created_desc")]
    CreatedDesc,
}

/// A page of the projects of an organization.
#[model]
pub struct ProjectPage {
    /// The projects of this page.
    pub projects: Vec<OrganizationProject>,
    /// Where this page stands.
    pub pagination: Pagination,
}

/// A project in the list of its organization.
#[model]
pub struct OrganizationProject {
    /// Reference used in every path: 20 lowercase letters.
    pub r#ref: String,
    /// Name that people see.
    pub name: String,
    /// Cloud that it runs in, as `AWS`.
    pub cloud_provider: String,
    /// Where it runs, as `us-east-1`.
    pub region: Region,
    /// Whether it is a branch of another project.
    pub is_branch: bool,
    /// What state it is in.
    pub status: ProjectStatus,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// Its primary database and its read replicas.
    pub databases: Vec<OrganizationProjectDatabase>,
}

/// A database of a project: the primary or a read replica.
#[model]
pub struct OrganizationProjectDatabase {
    /// Compute size.
    pub infra_compute_size: Option<ComputeSize>,
    /// Where it runs, as `us-east-1`.
    pub region: Region,
    /// What state it is in.
    pub status: DatabaseStatus,
    /// Cloud that it runs in, as `AWS`.
    pub cloud_provider: String,
    /// Identifier of the database. A read replica has one of its own.
    pub identifier: String,
    /// Whether it is the primary or a read replica.
    pub r#type: DatabaseType,
    /// Size of the disk, in GB.
    pub disk_volume_size_gb: Option<f64>,
    /// Type of the disk.
    pub disk_type: Option<DiskType>,
    /// Throughput of the disk, in MB per second.
    pub disk_throughput_mbps: Option<f64>,
    /// When the disk was last changed, ISO 8601.
    pub disk_last_modified_at: Option<String>,
}

/// A compute size.
#[model(input)]
pub enum ComputeSize {
    /// Shared cores, the smallest.
    #[serde(rename = "pico")]
    Pico,
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
    /// A size that is newer than this crate.
    Other(String),
}

/// State of a database.
#[model]
pub enum DatabaseStatus {
    /// Running.
    #[serde(rename = "ACTIVE_HEALTHY")]
    ActiveHealthy,
    /// Running, with trouble.
    #[serde(rename = "ACTIVE_UNHEALTHY")]
    ActiveUnhealthy,
    /// Being set up, or starting.
    #[serde(rename = "COMING_UP")]
    ComingUp,
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
    /// Not known at the moment.
    #[serde(rename = "UNKNOWN")]
    Unknown,
    /// A read replica that is being set up.
    #[serde(rename = "INIT_READ_REPLICA")]
    InitReadReplica,
    /// A read replica that could not be set up.
    #[serde(rename = "INIT_READ_REPLICA_FAILED")]
    InitReadReplicaFailed,
    /// Restarting.
    #[serde(rename = "RESTARTING")]
    Restarting,
    /// Moving to another size.
    #[serde(rename = "RESIZING")]
    Resizing,
    /// A state that is newer than this crate.
    Other(String),
}

/// Part that a database plays in its project.
#[model]
pub enum DatabaseType {
    /// The one that takes writes.
    #[serde(rename = "PRIMARY")]
    Primary,
    /// A copy that only answers reads.
    #[serde(rename = "READ_REPLICA")]
    ReadReplica,
    /// A type that is newer than this crate.
    Other(String),
}

/// Type of a disk.
#[model]
pub enum DiskType {
    /// General purpose.
    #[serde(rename = "gp3")]
    Gp3,
    /// High performance.
    #[serde(rename = "io2")]
    Io2,
    /// A type that is newer than this crate.
    Other(String),
}

/// Where a page stands among all.
#[model]
pub struct Pagination {
    /// How many there are on all pages together.
    pub count: f64,
    /// How many a page holds at most.
    pub limit: f64,
    /// How many come before this page.
    pub offset: f64,
}

/// What the plan of an organization includes.
#[model]
pub struct Entitlements {
    /// One entry per feature, with those that the plan does not include.
    pub entitlements: Vec<Entitlement>,
}

// The description does not say that `type` decides about `config`. By shape alone each numeric and each set would be a boolean too.
/// What an organization may do with one feature. `type` tells what kind of value `config` holds.
#[model(tag = "type")]
pub enum Entitlement {
    /// A feature that is included or not.
    #[serde(rename = "boolean")]
    Boolean {
        /// The feature.
        feature: EntitlementFeature,
        /// Whether the organization may use it.
        #[serde(rename = "hasAccess")]
        has_access: bool,
        /// Whether it is included.
        config: BooleanEntitlement,
    },
    /// A feature with a limit.
    #[serde(rename = "numeric")]
    Numeric {
        /// The feature.
        feature: EntitlementFeature,
        /// Whether the organization may use it.
        #[serde(rename = "hasAccess")]
        has_access: bool,
        /// The limit.
        config: NumericEntitlement,
    },
    /// A feature with choices.
    #[serde(rename = "set")]
    Set {
        /// The feature.
        feature: EntitlementFeature,
        /// Whether the organization may use it.
        #[serde(rename = "hasAccess")]
        has_access: bool,
        /// The choices.
        config: SetEntitlement,
    },
    /// A kind that is newer than this crate.
    Other(Value),
}

/// A feature that a plan may include.
#[model]
pub struct EntitlementFeature {
    /// Name of the feature.
    pub key: FeatureKey,
    /// What kind of value it has: the same as `type` of the entitlement.
    pub r#type: FeatureType,
}

/// What kind of value an entitlement has.
#[model]
pub enum FeatureType {
    /// Included or not.
    #[serde(rename = "boolean")]
    Boolean,
    /// A limit.
    #[serde(rename = "numeric")]
    Numeric,
    /// Choices.
    #[serde(rename = "set")]
    Set,
    /// A kind that is newer than this crate.
    Other(String),
}

/// Whether something is switched on.
#[model]
pub struct BooleanEntitlement {
    /// Whether it is on.
    pub enabled: bool,
}

/// The limit of a feature.
#[model]
pub struct NumericEntitlement {
    /// Whether the feature is included.
    pub enabled: bool,
    /// The limit, in `unit`. Without meaning if `unlimited` is true.
    pub value: f64,
    /// Whether there is no limit.
    pub unlimited: bool,
    /// What `value` counts, as `days`, `byte` or `functions`.
    pub unit: String,
}

/// The choices of a feature.
#[model]
pub struct SetEntitlement {
    /// Whether the feature is included.
    pub enabled: bool,
    /// The choices, as `pitr_7` of `pitr.available_variants`.
    pub set: Vec<String>,
}

/// Name of a feature that a plan may include.
#[model]
pub enum FeatureKey {
    /// Set: compute sizes that a project may move to, as `ci_micro`.
    #[serde(rename = "instances.compute_update_available_sizes")]
    InstancesComputeUpdateAvailableSizes,
    /// Boolean: read replicas.
    #[serde(rename = "instances.read_replicas")]
    InstancesReadReplicas,
    /// Boolean: changes of size, type and speed of the disk.
    #[serde(rename = "instances.disk_modifications")]
    InstancesDiskModifications,
    /// Boolean: high availability of the database.
    #[serde(rename = "instances.high_availability")]
    InstancesHighAvailability,
    /// Boolean: databases with the OrioleDB storage engine.
    #[serde(rename = "instances.orioledb")]
    InstancesOrioledb,
    /// Boolean: replication of data to other systems (ETL).
    #[serde(rename = "replication.etl")]
    ReplicationEtl,
    /// Numeric: largest file in Storage, in bytes.
    #[serde(rename = "storage.max_file_size")]
    StorageMaxFileSize,
    /// Boolean: the largest file in Storage can be set.
    #[serde(rename = "storage.max_file_size.configurable")]
    StorageMaxFileSizeConfigurable,
    /// Boolean: image transformations in Storage.
    #[serde(rename = "storage.image_transformations")]
    StorageImageTransformations,
    /// Boolean: vector buckets in Storage.
    #[serde(rename = "storage.vector_buckets")]
    StorageVectorBuckets,
    /// Boolean: Iceberg catalogs in Storage.
    #[serde(rename = "storage.iceberg_catalog")]
    StorageIcebergCatalog,
    /// Numeric: how long audit logs are kept, in days.
    #[serde(rename = "security.audit_logs_days")]
    SecurityAuditLogsDays,
    /// Boolean: the security questionnaire.
    #[serde(rename = "security.questionnaire")]
    SecurityQuestionnaire,
    /// Boolean: the SOC 2 report.
    #[serde(rename = "security.soc2_report")]
    SecuritySoc2Report,
    /// Boolean: the ISO 27001 certificate.
    #[serde(rename = "security.iso27001_certificate")]
    SecurityIso27001Certificate,
    /// Boolean: private network links to the database.
    #[serde(rename = "security.private_link")]
    SecurityPrivateLink,
    /// Boolean: the organization can demand a second factor of its members.
    #[serde(rename = "security.enforce_mfa")]
    SecurityEnforceMfa,
    /// Numeric: how long logs are kept, in days.
    #[serde(rename = "log.retention_days")]
    LogRetentionDays,
    /// Boolean: custom hostnames.
    #[serde(rename = "custom_domain")]
    CustomDomain,
    /// Boolean: vanity subdomains.
    #[serde(rename = "vanity_subdomain")]
    VanitySubdomain,
    /// Boolean: dedicated IPv4 addresses.
    #[serde(rename = "ipv4")]
    Ipv4,
    /// Set: variants of point-in-time recovery, as `pitr_7`.
    #[serde(rename = "pitr.available_variants")]
    PitrAvailableVariants,
    /// Boolean: log drains.
    #[serde(rename = "log_drains")]
    LogDrains,
    /// Drains of audit logs.
    #[serde(rename = "audit_log_drains")]
    AuditLogDrains,
    /// Numeric: how many branches there may be.
    #[serde(rename = "branching_limit")]
    BranchingLimit,
    /// Boolean: persistent branches.
    #[serde(rename = "branching_persistent")]
    BranchingPersistent,
    /// Boolean: a phone as second factor in Auth.
    #[serde(rename = "auth.mfa_phone")]
    AuthMfaPhone,
    /// Boolean: WebAuthn as second factor in Auth.
    #[serde(rename = "auth.mfa_web_authn")]
    AuthMfaWebAuthn,
    /// Boolean: stricter rules for second factors in Auth.
    #[serde(rename = "auth.mfa_enhanced_security")]
    AuthMfaEnhancedSecurity,
    /// Set: hooks of Auth that can be used, as `HOOK_SEND_SMS`.
    #[serde(rename = "auth.hooks")]
    AuthHooks,
    /// Boolean: single sign-on to the dashboard.
    #[serde(rename = "auth.platform.sso")]
    AuthPlatformSso,
    /// Boolean: custom JWT templates in Auth.
    #[serde(rename = "auth.custom_jwt_template")]
    AuthCustomJwtTemplate,
    /// Boolean: SAML 2.0 in Auth.
    #[serde(rename = "auth.saml_2")]
    AuthSaml2,
    /// Boolean: limits on the sessions of users in Auth.
    #[serde(rename = "auth.user_sessions")]
    AuthUserSessions,
    /// Boolean: protection against leaked passwords in Auth.
    #[serde(rename = "auth.leaked_password_protection")]
    AuthLeakedPasswordProtection,
    /// Boolean: the advanced settings of Auth.
    #[serde(rename = "auth.advanced_auth_settings")]
    AuthAdvancedAuthSettings,
    /// Boolean: the performance settings of Auth.
    #[serde(rename = "auth.performance_settings")]
    AuthPerformanceSettings,
    /// Boolean: Auth checks passwords against HaveIBeenPwned.
    #[serde(rename = "auth.password_hibp")]
    AuthPasswordHibp,
    /// How many custom OAuth providers Auth may have.
    #[serde(rename = "auth.custom_oauth.max_providers")]
    AuthCustomOauthMaxProviders,
    /// Numeric: how long daily backups are kept, in days.
    #[serde(rename = "backup.retention_days")]
    BackupRetentionDays,
    /// Boolean: a backup can be restored to a new project.
    #[serde(rename = "backup.restore_to_new_project")]
    BackupRestoreToNewProject,
    /// The time of the daily backup can be set: see [`Backups::update_schedule`].
    #[serde(rename = "backup.schedule")]
    BackupSchedule,
    /// Numeric: how many Edge Functions a project may have.
    #[serde(rename = "function.max_count")]
    FunctionMaxCount,
    /// Numeric: largest bundle of an Edge Function, in MB.
    #[serde(rename = "function.size_limit_mb")]
    FunctionSizeLimitMb,
    /// Numeric: clients connected to Realtime at once.
    #[serde(rename = "realtime.max_concurrent_users")]
    RealtimeMaxConcurrentUsers,
    /// Numeric: Realtime events per second.
    #[serde(rename = "realtime.max_events_per_second")]
    RealtimeMaxEventsPerSecond,
    /// Numeric: Realtime channel joins per second.
    #[serde(rename = "realtime.max_joins_per_second")]
    RealtimeMaxJoinsPerSecond,
    /// Numeric: Realtime channels per client.
    #[serde(rename = "realtime.max_channels_per_client")]
    RealtimeMaxChannelsPerClient,
    /// Numeric: Realtime bytes per second.
    #[serde(rename = "realtime.max_bytes_per_second")]
    RealtimeMaxBytesPerSecond,
    /// Numeric: Realtime presence events per second.
    #[serde(rename = "realtime.max_presence_events_per_second")]
    RealtimeMaxPresenceEventsPerSecond,
    /// Numeric: largest Realtime payload, in KB.
    #[serde(rename = "realtime.max_payload_size_in_kb")]
    RealtimeMaxPayloadSizeInKb,
    /// Boolean: roles of members for single projects.
    #[serde(rename = "project_scoped_roles")]
    ProjectScopedRoles,
    /// Set: roles that members can have, as `Developer`.
    #[serde(rename = "security.member_roles")]
    SecurityMemberRoles,
    /// Boolean: projects can be paused.
    #[serde(rename = "project_pausing")]
    ProjectPausing,
    /// Boolean: projects can be cloned.
    #[serde(rename = "project_cloning")]
    ProjectCloning,
    /// Boolean: a paused project can be restored after its time has expired.
    #[serde(rename = "project_restore_after_expiry")]
    ProjectRestoreAfterExpiry,
    /// Boolean: the advanced model of the AI assistant.
    #[serde(rename = "assistant.advance_model")]
    AssistantAdvanceModel,
    /// Boolean: connections to GitHub.
    #[serde(rename = "integrations.github_connections")]
    IntegrationsGithubConnections,
    /// Boolean: a dedicated connection pooler.
    #[serde(rename = "dedicated_pooler")]
    DedicatedPooler,
    /// Set: parts of the dashboard with advanced metrics, as `database`.
    #[serde(rename = "observability.dashboard_advanced_metrics")]
    ObservabilityDashboardAdvancedMetrics,
    /// A feature that is newer than this crate.
    Other(String),
}

/// A project that a claim token offers to an organization.
#[model]
pub struct ProjectClaim {
    /// The project.
    pub project: ClaimableProject,
    /// What would come of it.
    pub preview: ClaimPreview,
    /// When the token expires, ISO 8601.
    pub expires_at: String,
    /// When the token was created, ISO 8601.
    pub created_at: String,
    /// Identifier of the user who created the token, a UUID.
    pub created_by: String,
}

/// A project that can be claimed.
#[model]
pub struct ClaimableProject {
    /// Reference of the project: 20 lowercase letters.
    pub r#ref: String,
    /// Name that people see.
    pub name: String,
}

/// What would come of the move of a project into an organization.
#[model]
pub struct ClaimPreview {
    /// Whether the project can move.
    pub valid: bool,
    /// What to think of before.
    pub warnings: Vec<ClaimMessage>,
    /// What stands against it.
    pub errors: Vec<ClaimMessage>,
    /// What is good to know.
    pub info: Vec<ClaimMessage>,
    /// Members who would have more free projects than they may.
    pub members_exceeding_free_project_limit: Vec<MemberOverLimit>,
    /// Plan of the organization that the project belongs to now.
    pub source_subscription_plan: OrganizationPlan,
    /// Plan of the organization that would get it. May be `null`.
    pub target_subscription_plan: Nullable<OrganizationPlan>,
}

/// A message about the move of a project.
#[model]
pub struct ClaimMessage {
    /// Name of the message, for programs.
    pub key: String,
    /// Text, for people.
    pub message: String,
}

/// A member who would have more free projects than allowed.
#[model]
pub struct MemberOverLimit {
    /// Name of the member.
    pub name: String,
    /// How many free projects the member may have.
    pub limit: f64,
}

/// The user whom a token belongs to.
#[model]
pub struct UserProfile {
    /// Identifier of the user.
    pub gotrue_id: String,
    /// Email address that the user signs in with.
    pub primary_email: String,
    /// Name of the user.
    pub username: String,
}
