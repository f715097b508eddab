//! Projects in version 2: all settings of one in a single answer, and the move to another organization.

use super::data::Data;
use crate::api::database::{PgbouncerPoolMode, SessionReplicationRole};
use crate::api::network::{AllowedAddress, RestrictionEntitlement, RestrictionStatus};
use crate::api::services::{StorageFeature, UpstreamTarget};
use crate::call::Call;
use crate::schema::{Map, Nullable};
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Your projects, by version 2 of the API: what [`Projects::list`] of version 1 gives the refs of.
#[endpoints(v2)]
impl Projects {
    /// Gets the settings of the Data API, Auth, the database, the pooler, Realtime and Storage in one answer. It only reads: each has a method of its
    /// own in version 1 that changes it, as [`Auth::update_config`].
    ///
    /// A fine-grained token needs all of the permissions. Without one of them, the settings that it is for may be left out, or be an empty `auth`.
    #[get(
        "/v2/projects/{ref}/config",
        permission = "database_config_read+database_read+database_ssl_config_read+database_network_restrictions_read+auth_config_read+data_api_config_read+realtime_config_read+storage_config_read",
        alpha
    )]
    pub fn get_config(&self, project_ref: &str) -> Call<Data<ProjectConfig>>;

    /// Moves a project to another organization. Look at [`v2::Projects::preview_transfer`] first.
    ///
    /// The project is from then on paid by that organization, and its members alone can reach it.
    #[post("/v2/projects/{ref}/transfers", permission = "organization_admin_write")]
    pub fn transfer(&self, project_ref: &str, body: &Data<TransferProject>) -> Call<()>;

    /// Tells whether a project could be moved to another organization, and what would change. Changes nothing.
    #[post("/v2/projects/{ref}/transfers/previews", permission = "project_admin_read", safe)]
    pub fn preview_transfer(&self, project_ref: &str, body: &Data<TransferProject>) -> Call<Data<TransferPreview>>;
}

/// Where to move a project.
#[model(input)]
pub struct TransferProject {
    /// Kind of the resource.
    #[schema(value = "project_transfer_input")]
    pub r#type: String,
    /// Where to.
    pub attributes: TransferProjectAttributes,
}

/// Where to move a project.
#[model(input)]
#[derive(Default)]
pub struct TransferProjectAttributes {
    /// Slug of the organization that it shall belong to.
    pub target_organization_slug: String,
}

/// Whether a project could be moved.
#[model]
pub struct TransferPreview {
    /// Kind of the resource.
    #[schema(value = "project_transfer_result")]
    pub r#type: String,
    /// The findings.
    pub attributes: TransferPreviewAttributes,
}

/// What a move of a project would come to.
#[model]
pub struct TransferPreviewAttributes {
    /// Whether it could be moved.
    pub valid: bool,
    /// What stands in the way.
    pub errors: Vec<TransferFinding>,
    /// What would be lost or changed.
    pub warnings: Vec<TransferFinding>,
    /// What is good to know.
    pub info: Vec<TransferFinding>,
}

/// Something to know about a move.
#[model]
pub struct TransferFinding {
    /// What it is, for programs.
    pub key: String,
    /// What it is, for people.
    pub message: String,
}

/// The settings of a project, with its ref.
#[model]
pub struct ProjectConfig {
    /// Ref of the project: 20 lowercase letters.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "project_config")]
    pub r#type: String,
    /// The settings.
    pub attributes: ProjectConfigAttributes,
}

// The description requires all of them, but a token without the permission for one gets the others.
/// The settings of a project. Those that the token may not see are left out.
#[model]
pub struct ProjectConfigAttributes {
    /// The Data API (PostgREST).
    pub api: Option<ApiSettings>,
    /// Auth: names of settings in lower case, as `site_url`, and their values. In the place of a secret, as `smtp_pass`, is a keyed hash of it: equal
    /// secrets have equal hashes, but it is not the secret, and written to a project it breaks what the secret is for. Empty where the token may not see
    /// the settings.
    pub auth: Option<Map<Value>>,
    /// The database.
    pub database: Option<DatabaseSettings>,
    /// The connection pooler.
    pub pooler: Option<PoolerSettings>,
    /// Realtime.
    pub realtime: Option<RealtimeSettings>,
    /// Storage.
    pub storage: Option<StorageSettings>,
}

/// Settings of the Data API.
#[model]
pub struct ApiSettings {
    /// Schemas that the API shows, separated by commas, as `public,graphql_public`. The first one is the default.
    pub db_schema: String,
    /// Schemas in which functions and types are looked up beside the one that is asked for, separated by commas, as `public, extensions`.
    pub db_extra_search_path: String,
    /// How many rows an answer can have.
    pub max_rows: f64,
    /// Database connections of the Data API. `null`: set by the compute size.
    pub db_pool: Nullable<f64>,
    /// How long a request can wait for a connection, in seconds.
    pub db_pool_acquisition_timeout: f64,
}

/// Settings of the database.
#[model]
pub struct DatabaseSettings {
    /// Major version of Postgres, as 17.
    pub major_version: f64,
    /// Whether the database refuses connections without SSL.
    pub ssl_enforced: bool,
    /// Settings of Postgres that the project overrides.
    pub postgres_settings: PostgresSettings,
    /// Which networks can connect.
    pub network_restrictions: NetworkRestrictionsSettings,
}

/// Settings of Postgres that a project overrides. One that is absent has its default.
#[model]
pub struct PostgresSettings {
    /// The longest time between two automatic checkpoints. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `5min`; without a unit,
    /// seconds.
    pub checkpoint_timeout: Option<String>,
    /// How much memory the planner assumes for caching, by Postgres and the operating system together. A string with a unit, as `768MB`; without a
    /// unit, blocks of 8 kB.
    pub effective_cache_size: Option<String>,
    /// From which duration on runs of autovacuum are logged. A string with a unit, as `10min`; without a unit, milliseconds. `-1` logs none.
    pub log_autovacuum_min_duration: Option<String>,
    /// How often a step of a long start of the server is logged. A string with a unit, as `10s`; without a unit, milliseconds. `0` means never.
    pub log_startup_progress_interval: Option<String>,
    /// From which size on temporary files are logged. A string with a unit, as `10MB`; without a unit, kB. `-1` logs none.
    pub log_temp_files: Option<String>,
    /// Memory that one decoding of changes may use before it writes to disk. A string with a unit, as `64MB`; without a unit, kB.
    pub logical_decoding_work_mem: Option<String>,
    /// Memory for each maintenance operation, as `VACUUM` and `CREATE INDEX`. A string with a unit, as `64MB`; without a unit, kB.
    pub maintenance_work_mem: Option<String>,
    /// How much WAL replication slots can hold back before they are cut off. A string with a unit, as `1GB`; without a unit, MB. `-1` means no limit.
    pub max_slot_wal_keep_size: Option<String>,
    /// How long a replica waits before it cancels statements that stand in the way of archived WAL. A string with a unit: `us`, `ms`, `s`, `min`, `h`
    /// or `d`, as `30s`; without a unit, milliseconds. `-1` waits for ever.
    pub max_standby_archive_delay: Option<String>,
    /// How long a replica waits before it cancels statements that stand in the way of streamed WAL. A string with a unit: `us`, `ms`, `s`, `min`, `h`
    /// or `d`, as `30s`; without a unit, milliseconds. `-1` waits for ever.
    pub max_standby_streaming_delay: Option<String>,
    /// How large the WAL may grow between automatic checkpoints; a soft limit. A string with a unit, as `1GB`; without a unit, MB.
    pub max_wal_size: Option<String>,
    /// Memory of the shared cache. A string with a unit, as `256MB`; without a unit, blocks of 8 kB.
    pub shared_buffers: Option<String>,
    /// How long a statement may run before it is cancelled. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `30s`; without a unit,
    /// milliseconds. `0` means no limit.
    pub statement_timeout: Option<String>,
    /// How much of the text of a running statement `pg_stat_activity` keeps. A string with a unit, as `2kB`; without a unit, bytes.
    pub track_activity_query_size: Option<String>,
    /// How much old WAL is kept for replicas at least. A string with a unit, as `1GB`; without a unit, MB.
    pub wal_keep_size: Option<String>,
    /// After how much silence a replication connection is ended. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `30s`; without a unit,
    /// milliseconds. `0` means never.
    pub wal_sender_timeout: Option<String>,
    /// Memory for each sort or hash of a statement before it writes to disk. A statement can use it several times. A string with a unit, as `64MB`;
    /// without a unit, kB.
    pub work_mem: Option<String>,
    /// Whether the statements of scheduled jobs (`pg_cron`) are logged.
    pub cron_log_statement: Option<bool>,
    /// Whether a replica tells the primary which rows its statements still need, so that they are not cleaned up.
    pub hot_standby_feedback: Option<bool>,
    /// Whether checkpoints are logged.
    pub log_checkpoints: Option<bool>,
    /// Whether connections are logged.
    pub log_connections: Option<bool>,
    /// Whether ends of connections are logged.
    pub log_disconnections: Option<bool>,
    /// Whether the duration of each statement is logged.
    pub log_duration: Option<bool>,
    /// Whether long waits for locks are logged.
    pub log_lock_waits: Option<bool>,
    /// Whether long waits of a replica for conflicting statements are logged.
    pub log_recovery_conflict_waits: Option<bool>,
    /// Whether commands of replication are logged.
    pub log_replication_commands: Option<bool>,
    /// Whether the time of each commit is recorded.
    pub track_commit_timestamp: Option<bool>,
    /// How many clients can be connected at the same time.
    pub max_connections: Option<f64>,
    /// Locks per transaction that the shared lock table has room for, on average.
    pub max_locks_per_transaction: Option<f64>,
    /// Workers that all subscriptions of logical replication together can use.
    pub max_logical_replication_workers: Option<f64>,
    /// Parallel workers that one maintenance command can start.
    pub max_parallel_maintenance_workers: Option<f64>,
    /// Parallel workers that all statements together can use.
    pub max_parallel_workers: Option<f64>,
    /// Parallel workers that one node of a plan can start. 0 switches parallel execution off.
    pub max_parallel_workers_per_gather: Option<f64>,
    /// How many replication slots there can be.
    pub max_replication_slots: Option<f64>,
    /// Workers that one subscription can use to copy its tables.
    pub max_sync_workers_per_subscription: Option<f64>,
    /// How many connections can stream WAL to replicas and backups at the same time.
    pub max_wal_senders: Option<f64>,
    /// How many background processes there can be.
    pub max_worker_processes: Option<f64>,
    /// Which triggers and rules fire.
    pub session_replication_role: Option<SessionReplicationRole>,
}

/// Which networks can connect to the database.
#[model]
pub struct NetworkRestrictionsSettings {
    /// Whether the project can have restrictions at all.
    pub entitlement: RestrictionEntitlement,
    /// Whether the networks are in effect.
    pub status: RestrictionStatus,
    /// The networks, IPv4 and IPv6.
    pub allowed_cidrs: Vec<AllowedAddress>,
    /// When they came into effect, ISO 8601. Absent if they never did.
    pub applied_at: Option<String>,
    /// When they were last changed, ISO 8601. Absent if they never were.
    pub updated_at: Option<String>,
}

/// Settings of the connection pooler.
#[model]
pub struct PoolerSettings {
    /// Connections to Postgres for each user and database.
    pub default_pool_size: f64,
    /// Parameters of a connection that the pooler ignores rather than refuses, separated by commas.
    pub ignore_startup_parameters: String,
    /// How many clients can be connected at the same time.
    pub max_client_conn: f64,
    /// When a connection goes back to the pool.
    pub pool_mode: PgbouncerPoolMode,
    /// How many seconds a statement can wait for a connection before its client is disconnected.
    pub query_wait_timeout: f64,
    /// Additional connections for a pool in which clients wait too long.
    pub reserve_pool_size: f64,
    /// Seconds after which an unused connection to Postgres is closed.
    pub server_idle_timeout: f64,
    /// How many seconds old a connection to Postgres can become before it is replaced.
    pub server_lifetime: f64,
}

/// Settings of Realtime.
#[model]
pub struct RealtimeSettings {
    /// Database connections that Realtime uses to check authorization.
    pub connection_pool: f64,
    /// How many bytes per second can be sent in one channel.
    pub max_bytes_per_second: f64,
    /// How many channels a client can join.
    pub max_channels_per_client: f64,
    /// How many clients can be connected at the same time.
    pub max_concurrent_users: f64,
    /// How many events per second can be sent in one channel.
    pub max_events_per_second: f64,
    /// How many times per second clients can join channels.
    pub max_joins_per_second: f64,
    /// How large a message can be, in KB.
    pub max_payload_size_in_kb: f64,
    /// How many presence events per second can be sent.
    pub max_presence_events_per_second: f64,
    /// Database connections that Realtime uses to follow changes. `null`: the default holds.
    pub postgres_changes_pool: Nullable<f64>,
    /// Whether presence is on.
    pub presence_enabled: bool,
    /// Whether only private channels are allowed, which need authorization.
    pub private_only: bool,
    /// Whether Realtime is switched off for the project.
    pub suspend: bool,
}

/// Settings of Storage.
#[model]
pub struct StorageSettings {
    /// How large a file can be, in bytes. A bucket can have a lower limit.
    pub file_size_limit: i64,
    /// Name of the last migration of the tables of Storage. `null` before the first.
    pub migration_version: Nullable<String>,
    /// Which release of Storage requests go to.
    pub upstream_target: UpstreamTarget,
    /// What the running version of Storage can do.
    pub capabilities: StorageSettingsCapabilities,
    /// What is switched on.
    pub features: StorageSettingsFeatures,
}

/// What a version of Storage can do.
#[model]
pub struct StorageSettingsCapabilities {
    /// Whether it can have analytics buckets.
    pub iceberg_catalog: bool,
    /// Whether files can be listed the second way, with cursors.
    pub list_v2: bool,
    /// Whether it can keep the versions of a file.
    pub object_versioning: bool,
}

/// Features of Storage.
#[model]
pub struct StorageSettingsFeatures {
    /// Analytics buckets, with Iceberg tables.
    pub iceberg_catalog: IcebergCatalogSettings,
    /// Resizing of images. On paid plans.
    pub image_transformation: StorageFeature,
    /// Deletion of files from the cache of the CDN.
    pub purge_cache: StorageFeature,
    /// Access by the S3 protocol.
    pub s3_protocol: StorageFeature,
    /// Vector buckets, for embeddings.
    pub vector_buckets: VectorBucketsSettings,
}

/// Limits of analytics buckets.
#[model]
pub struct IcebergCatalogSettings {
    /// Whether they are on.
    pub enabled: bool,
    /// How many catalogs there can be.
    pub max_catalogs: f64,
    /// How many namespaces there can be.
    pub max_namespaces: f64,
    /// How many tables there can be.
    pub max_tables: f64,
}

/// Limits of vector buckets.
#[model]
pub struct VectorBucketsSettings {
    /// Whether they are on.
    pub enabled: bool,
    /// How many buckets there can be.
    pub max_buckets: f64,
    /// How many indexes there can be.
    pub max_indexes: f64,
}
