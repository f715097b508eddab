//! The database of a project: SQL, settings, poolers, migrations, read replicas, the root key of pgsodium.

use crate::api::branches::Confirmation;
use crate::api::organizations::DatabaseType;
use crate::api::projects::Region;
use crate::call::{Call, Rows};
use crate::schema::{Map, Nullable};
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// The database of a project: SQL, types, settings, poolers, logins.
#[endpoints]
impl Database {
    /// Runs SQL on the database, and answers its rows.
    ///
    /// Each row is an object whose columns keep the order of the statement. Columns of the same name fall together: give them aliases. Whole numbers beyond
    /// 2^53 lose digits in JavaScript, unless the option `bigint` is `"string"`; those of more than 64 bits do in Rust. A strict call refuses both, and the
    /// hook for deviations is told of them. Cast numbers with a fraction to `text` where all their digits count. A statement without rows answers an empty array; one that fails is an [`ErrorKind::Api`] with
    /// the message of Postgres. Never repeat it blindly, as it may have been done although the answer was lost; for reads,
    /// [`Database::query_read_only`] is safe to repeat.
    #[post("/v1/projects/{ref}/database/query", scope = "database:write", permission = "database_write", permission = "database_read")]
    pub fn query(&self, project_ref: &str, body: &RunQuery) -> Call<Rows>;

    /// Runs SQL as the user `supabase_read_only_user`, who can only read, and answers its rows.
    ///
    /// Names need their schema, as `public.users`. Rows and failures are as those of [`Database::query`]. It only reads, so it is safe to repeat,
    /// although it is a POST.
    #[post("/v1/projects/{ref}/database/query/read-only", scope = "database:read", permission = "database_read", safe)]
    pub fn query_read_only(&self, project_ref: &str, body: &ReadOnlyQuery) -> Call<Rows>;

    /// Gets the names of the databases of a project and of their schemas.
    ///
    /// Experimental.
    #[get("/v1/projects/{ref}/database/context", scope = "projects:read", permission = "database_read", rate = "10/60", rate = "1/1")]
    #[deprecated = "the API names no replacement; ask the catalogs of Postgres with `Database::query_read_only`"]
    pub fn get_metadata(&self, project_ref: &str) -> Call<DatabaseMetadata>;

    /// Gets the OpenAPI document of one schema of the database, as free JSON.
    #[get("/v1/projects/{ref}/database/openapi", scope = "database:read", permission = "database_read")]
    pub fn get_open_api(&self, project_ref: &str, query: &OpenApiQuery) -> Call<Map<Value>>;

    /// Generates the TypeScript types of the tables, views, functions and enums of a database, as the text of one file.
    #[get("/v1/projects/{ref}/types/typescript", scope = "database:read", permission = "database_read")]
    pub fn generate_types(&self, project_ref: &str, query: &GenerateTypesQuery) -> Call<GeneratedTypes>;

    /// Changes the password of the database.
    ///
    /// Everything that logs in with the old password must be given the new one. It cannot be read back.
    #[patch("/v1/projects/{ref}/database/password", scope = "database:write", permission = "database_config_write")]
    pub fn update_password(&self, project_ref: &str, body: &UpdatePassword) -> Call<UpdatedPassword>;

    /// Enables Database Webhooks: triggers that send an HTTP request when rows change.
    #[post("/v1/projects/{ref}/database/webhooks/enable", scope = "database:write", permission = "database_webhooks_config_write")]
    pub fn enable_webhooks(&self, project_ref: &str) -> Call<()>;

    /// Gets whether the database is read-only, which happens when its disk is nearly full, and whether that is suspended.
    #[get("/v1/projects/{ref}/readonly", scope = "database:read", permission = "database_readonly_config_read")]
    pub fn get_readonly_mode_status(&self, project_ref: &str) -> Call<ReadonlyModeStatus>;

    /// Lets a read-only database take writes for 15 minutes, to delete data and make room.
    ///
    /// [`Database::get_readonly_mode_status`] tells until when.
    #[post("/v1/projects/{ref}/readonly/temporary-disable", scope = "database:write", permission = "database_readonly_config_write")]
    pub fn disable_readonly_mode_temporarily(&self, project_ref: &str) -> Call<()>;

    /// Gets the settings of Postgres that the project overrides. A setting at its default is left out, so the answer may be `{}`.
    #[get("/v1/projects/{ref}/config/database/postgres", scope = "database:read", permission = "database_config_read")]
    pub fn get_postgres_config(&self, project_ref: &str) -> Call<PostgresConfig>;

    /// Replaces ALL settings of Postgres that the project overrides: what is left out goes back to its default.
    ///
    /// To change one setting, read [`Database::get_postgres_config`], change the answer and send all of it. It may restart Postgres and its read replicas
    /// unless `restart_database` is `false`; so repeating it blindly may restart them again. Answers the settings that the project overrides now.
    #[put(
        "/v1/projects/{ref}/config/database/postgres",
        scope = "database:write",
        permission = "database_config_write",
        once,
        from(PostgresConfig = "database.getPostgresConfig")
    )]
    pub fn update_postgres_config(&self, project_ref: &str, body: &UpdatePostgresConfig) -> Call<PostgresConfig>;

    /// Lists the settings of the shared pooler (Supavisor): one entry for the primary and one for each read replica.
    #[get("/v1/projects/{ref}/config/database/pooler", scope = "database:read", permission = "database_pooling_config_read")]
    pub fn get_pooler_config(&self, project_ref: &str) -> Call<Vec<PoolerConfig>>;

    /// Changes the settings of the pooler: what is left out stays.
    #[patch(
        "/v1/projects/{ref}/config/database/pooler",
        scope = "database:write",
        permission = "database_pooling_config_write",
        from(PoolerConfig = "database.getPoolerConfig", UpdatedPoolerConfig = "database.updatePoolerConfig")
    )]
    pub fn update_pooler_config(&self, project_ref: &str, body: &UpdatePoolerConfig) -> Call<UpdatedPoolerConfig>;

    /// Gets the settings of the dedicated pooler (PgBouncer). What is left out is not set.
    #[get("/v1/projects/{ref}/config/database/pgbouncer", scope = "database:read", permission = "database_read")]
    pub fn get_pgbouncer_config(&self, project_ref: &str) -> Call<PgbouncerConfig>;

    /// Creates a database role with a temporary password, as the Supabase CLI uses it to log in.
    ///
    /// Keep the answer: the password is in no other one. It holds for `ttl_seconds`.
    #[post("/v1/projects/{ref}/cli/login-role", scope = "database:write", permission = "database_write")]
    pub fn create_login_role(&self, project_ref: &str, body: &CreateLoginRole) -> Call<LoginRole>;

    /// Deletes the database roles that [`Database::create_login_role`] created.
    #[delete("/v1/projects/{ref}/cli/login-role", scope = "database:write", permission = "database_write")]
    pub fn delete_login_roles(&self, project_ref: &str) -> Call<Confirmation>;
}

/// The root key of pgsodium, which encrypts data inside the database, as Vault does.
#[endpoints]
impl Pgsodium {
    /// Gets the root key. Handle it as the password of everything that is encrypted.
    #[get("/v1/projects/{ref}/pgsodium", scope = "secrets:read", permission = "project_admin_write")]
    pub fn get_config(&self, project_ref: &str) -> Call<PgsodiumConfig>;

    /// Replaces the root key. Data that is encrypted with the old key may become unreadable for ever: keep the old one.
    ///
    /// Answers 400 for a key that is not 64 hexadecimal digits.
    #[put("/v1/projects/{ref}/pgsodium", scope = "secrets:write", permission = "project_admin_write", from(PgsodiumConfig = "pgsodium.getConfig"))]
    pub fn update_config(&self, project_ref: &str, body: &UpdatePgsodiumConfig) -> Call<PgsodiumConfig>;
}

/// The migrations of the database of a project. Only for selected partner OAuth apps.
#[endpoints]
impl Migrations {
    /// Lists the migrations in the history of the database. Only for selected partner OAuth apps.
    #[get("/v1/projects/{ref}/database/migrations", scope = "database:read", permission = "database_migrations_read")]
    pub fn list(&self, project_ref: &str) -> Call<Vec<MigrationEntry>>;

    /// Runs a migration, and puts it into the history. Only for selected partner OAuth apps.
    ///
    /// With the option [`idempotency_key`](Call::idempotency_key), a key of your choice for this migration, the API does the work of a key once, so repeating the call with the
    /// same key is safe. Without it, do not repeat it blindly. At most 120 calls in 3 minutes.
    #[post(
        "/v1/projects/{ref}/database/migrations",
        scope = "database:write",
        permission = "database_migrations_write",
        idempotency_key,
        rate = "120/180"
    )]
    pub fn apply(&self, project_ref: &str, body: &CreateMigration) -> Call<()>;

    /// Puts a migration into the history without running it, or replaces it there. Only for selected partner OAuth apps.
    ///
    /// With the option [`idempotency_key`](Call::idempotency_key), a key of your choice, repeated calls mean the same migration.
    #[put("/v1/projects/{ref}/database/migrations", scope = "database:write", permission = "database_migrations_write", idempotency_key)]
    pub fn upsert(&self, project_ref: &str, body: &CreateMigration) -> Call<()>;

    /// Rolls back all migrations from a version on, that version included, and removes them from the history. Only for selected partner OAuth apps.
    #[delete("/v1/projects/{ref}/database/migrations", scope = "database:write", permission = "database_migrations_write", query_required)]
    pub fn rollback(&self, project_ref: &str, query: &RollbackMigrationsQuery) -> Call<()>;

    /// Gets one migration with its SQL. Only for selected partner OAuth apps.
    #[get("/v1/projects/{ref}/database/migrations/{version}", scope = "database:read", permission = "database_migrations_read")]
    pub fn get(&self, project_ref: &str, #[schema(pattern = r"^\d+$")] version: &str) -> Call<Migration>;

    /// Changes the name or the rollback of a migration in the history; its SQL stays. Only for selected partner OAuth apps.
    #[patch(
        "/v1/projects/{ref}/database/migrations/{version}",
        scope = "database:write",
        permission = "database_migrations_write",
        from(Migration = "migrations.get")
    )]
    pub fn update(&self, project_ref: &str, #[schema(pattern = r"^\d+$")] version: &str, body: &UpdateMigration) -> Call<()>;
}

/// Read replicas: copies of the database that answer reads only, in the region of your choice.
#[endpoints]
impl ReadReplicas {
    /// Sets up a read replica. It takes a while, and its compute and disk are billed like those of the primary.
    ///
    /// Needs a paid plan, a compute size of at least Small, and physical backups. Poll [`Organizations::list_projects`]: among the databases of the
    /// project, its status becomes `ACTIVE_HEALTHY`, or `INIT_READ_REPLICA_FAILED`. Do not repeat it blindly: each success is a replica of its own.
    #[post("/v1/projects/{ref}/read-replicas/setup", permission = "infra_read_replicas_write")]
    pub fn setup(&self, project_ref: &str, body: &SetupReadReplica) -> Call<()>;

    /// Removes a read replica. Its connection strings and API addresses stop working.
    #[post("/v1/projects/{ref}/read-replicas/remove", permission = "infra_read_replicas_write")]
    pub fn remove(&self, project_ref: &str, body: &RemoveReadReplica) -> Call<()>;
}

/// SQL to run.
#[model(input)]
#[derive(Default)]
pub struct RunQuery {
    /// The SQL.
    #[schema(min = 1)]
    pub query: String,
    /// Values for the placeholders `$1`, `$2`, … of the statement, in this order. This is how to pass what comes from users.
    pub parameters: Option<Vec<Value>>,
    /// Whether it runs as a user who can only read. Default: false.
    pub read_only: Option<bool>,
}

/// SQL that only reads.
#[model(input)]
#[derive(Default)]
pub struct ReadOnlyQuery {
    /// The SQL. Names need their schema, as `public.users`.
    #[schema(min = 1)]
    pub query: String,
    /// Values for the placeholders `$1`, `$2`, … of the statement, in this order. This is how to pass what comes from users.
    pub parameters: Option<Vec<Value>>,
}

/// What databases there are.
#[model]
pub struct DatabaseMetadata {
    /// The databases.
    pub databases: Vec<DatabaseEntry>,
}

/// A database. The API may send more about it than is named here.
#[model(open)]
pub struct DatabaseEntry {
    /// Name, as `postgres`.
    pub name: String,
    /// Its schemas.
    pub schemas: Vec<SchemaEntry>,
}

/// A schema. The API may send more about it than is named here.
#[model(open)]
pub struct SchemaEntry {
    /// Name, as `public`.
    pub name: String,
}

/// Which schema is described.
#[model(input)]
#[derive(Default)]
pub struct OpenApiQuery {
    /// Name of the schema. Default: `public`.
    pub schema: Option<String>,
}

/// Which schemas get types.
#[model(input)]
#[derive(Default)]
pub struct GenerateTypesQuery {
    /// Names of the schemas, separated by commas. Default: `public`.
    pub included_schemas: Option<String>,
}

/// Generated TypeScript.
#[model]
pub struct GeneratedTypes {
    /// Source text of the types, one whole file.
    pub types: String,
}

/// A new password.
#[model(input)]
#[derive(Default)]
pub struct UpdatePassword {
    /// The password. It cannot be read back.
    #[schema(min = 4, secret)]
    pub password: String,
}

/// What became of a new password.
#[model]
pub struct UpdatedPassword {
    /// What the API says of it, for people.
    pub message: String,
}

/// Whether the database is read-only.
#[model]
pub struct ReadonlyModeStatus {
    /// Whether the database is read-only now.
    pub enabled: bool,
    /// Whether read-only mode is suspended for a time.
    pub override_enabled: bool,
    /// Until when it is suspended, a time. It lies in the past, as 1970, if it never was.
    pub override_active_until: String,
}

/// Settings of Postgres that the project overrides. A setting that is left out has its default.
#[model]
pub struct PostgresConfig {
    /// How much memory the planner assumes for caching, by Postgres and the operating system together. A string with a unit, as `768MB`; without a
    /// unit, blocks of 8 kB.
    pub effective_cache_size: Option<String>,
    /// Memory that one decoding of changes may use before it writes to disk. A string with a unit, as `64MB`; without a unit, kB.
    pub logical_decoding_work_mem: Option<String>,
    /// Memory for each maintenance operation, as `VACUUM` and `CREATE INDEX`. A string with a unit, as `64MB`; without a unit, kB.
    pub maintenance_work_mem: Option<String>,
    /// How much of the text of a running statement `pg_stat_activity` keeps. A string with a unit, as `2kB`; without a unit, bytes.
    pub track_activity_query_size: Option<String>,
    /// How many clients can be connected at the same time. Needs a restart.
    pub max_connections: Option<i64>,
    /// Locks per transaction that the shared lock table has room for, on average. Needs a restart.
    pub max_locks_per_transaction: Option<i64>,
    /// Parallel workers that one maintenance command can start.
    pub max_parallel_maintenance_workers: Option<i64>,
    /// Parallel workers that all statements together can use.
    pub max_parallel_workers: Option<i64>,
    /// Parallel workers that one node of a plan can start. 0 switches parallel execution off.
    pub max_parallel_workers_per_gather: Option<i64>,
    /// How many replication slots there can be. Needs a restart.
    pub max_replication_slots: Option<i64>,
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
    /// How many connections can stream WAL to replicas and backups at the same time. Needs a restart.
    pub max_wal_senders: Option<i64>,
    /// How many background processes there can be. Needs a restart.
    pub max_worker_processes: Option<i64>,
    /// Which triggers and rules fire.
    pub session_replication_role: Option<SessionReplicationRole>,
    /// Memory of the shared cache. A string with a unit, as `256MB`; without a unit, blocks of 8 kB. Needs a restart.
    pub shared_buffers: Option<String>,
    /// How long a statement may run before it is cancelled. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `30s`; without a unit,
    /// milliseconds. `0` means no limit.
    pub statement_timeout: Option<String>,
    /// Whether the time of each commit is recorded. Needs a restart.
    pub track_commit_timestamp: Option<bool>,
    /// How much old WAL is kept for replicas at least. A string with a unit, as `1GB`; without a unit, MB.
    pub wal_keep_size: Option<String>,
    /// After how much silence a replication connection is ended. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `30s`; without a unit,
    /// milliseconds. `0` means never.
    pub wal_sender_timeout: Option<String>,
    /// Memory for each sort or hash of a statement before it writes to disk. A statement can use it several times. A string with a unit, as `64MB`;
    /// without a unit, kB.
    pub work_mem: Option<String>,
    /// The longest time between two automatic checkpoints. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `5min`; without a unit,
    /// seconds.
    pub checkpoint_timeout: Option<String>,
    /// Whether a replica tells the primary which rows its statements still need, so that they are not cleaned up.
    pub hot_standby_feedback: Option<bool>,
}

/// Which triggers and rules fire.
#[model(input)]
pub enum SessionReplicationRole {
    /// The normal case: all but those that are for replicas.
    #[serde(rename = "origin")]
    Origin,
    /// Only those that are for replicas or for always; foreign keys are not checked.
    #[serde(rename = "replica")]
    Replica,
    /// The same as `origin` for Postgres; replication tools may tell them apart.
    #[serde(rename = "local")]
    Local,
    /// A value that is newer than this crate.
    Other(String),
}

/// All settings of Postgres that the project shall override. A setting that is left out goes back to its default.
#[model(input)]
#[derive(Default)]
pub struct UpdatePostgresConfig {
    /// How much memory the planner assumes for caching, by Postgres and the operating system together. A string with a unit, as `768MB`; without a
    /// unit, blocks of 8 kB.
    pub effective_cache_size: Option<String>,
    /// Memory that one decoding of changes may use before it writes to disk. A string with a unit, as `64MB`; without a unit, kB.
    pub logical_decoding_work_mem: Option<String>,
    /// Memory for each maintenance operation, as `VACUUM` and `CREATE INDEX`. A string with a unit, as `64MB`; without a unit, kB.
    pub maintenance_work_mem: Option<String>,
    /// How much of the text of a running statement `pg_stat_activity` keeps. A string with a unit, as `2kB`; without a unit, bytes.
    pub track_activity_query_size: Option<String>,
    /// How many clients can be connected at the same time. Needs a restart.
    #[schema(minimum = 1, maximum = 262143)]
    pub max_connections: Option<i64>,
    /// Locks per transaction that the shared lock table has room for, on average. Needs a restart.
    #[schema(minimum = 10, maximum = 2147483640)]
    pub max_locks_per_transaction: Option<i64>,
    /// Parallel workers that one maintenance command can start.
    #[schema(minimum = 0, maximum = 1024)]
    pub max_parallel_maintenance_workers: Option<i64>,
    /// Parallel workers that all statements together can use.
    #[schema(minimum = 0, maximum = 1024)]
    pub max_parallel_workers: Option<i64>,
    /// Parallel workers that one node of a plan can start. 0 switches parallel execution off.
    #[schema(minimum = 0, maximum = 1024)]
    pub max_parallel_workers_per_gather: Option<i64>,
    /// How many replication slots there can be. Needs a restart.
    pub max_replication_slots: Option<i64>,
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
    /// How many connections can stream WAL to replicas and backups at the same time. Needs a restart.
    pub max_wal_senders: Option<i64>,
    /// How many background processes there can be. Needs a restart.
    #[schema(minimum = 0, maximum = 262143)]
    pub max_worker_processes: Option<i64>,
    /// Which triggers and rules fire.
    pub session_replication_role: Option<SessionReplicationRole>,
    /// Memory of the shared cache. A string with a unit, as `256MB`; without a unit, blocks of 8 kB. Needs a restart.
    pub shared_buffers: Option<String>,
    /// How long a statement may run before it is cancelled. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `30s`; without a unit,
    /// milliseconds. `0` means no limit.
    #[schema(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$")]
    pub statement_timeout: Option<String>,
    /// Whether the time of each commit is recorded. Needs a restart.
    pub track_commit_timestamp: Option<bool>,
    /// How much old WAL is kept for replicas at least. A string with a unit, as `1GB`; without a unit, MB.
    pub wal_keep_size: Option<String>,
    /// After how much silence a replication connection is ended. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `30s`; without a unit,
    /// milliseconds. `0` means never.
    #[schema(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$")]
    pub wal_sender_timeout: Option<String>,
    /// Memory for each sort or hash of a statement before it writes to disk. A statement can use it several times. A string with a unit, as `64MB`;
    /// without a unit, kB.
    pub work_mem: Option<String>,
    /// The longest time between two automatic checkpoints. A string with a unit: `us`, `ms`, `s`, `min`, `h` or `d`, as `5min`; without a unit,
    /// seconds.
    #[schema(pattern = r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$")]
    pub checkpoint_timeout: Option<String>,
    /// Whether a replica tells the primary which rows its statements still need, so that they are not cleaned up.
    pub hot_standby_feedback: Option<bool>,
    /// Whether Postgres may restart where a setting needs it. With `false` it does not, and such a setting waits for the next restart.
    pub restart_database: Option<bool>,
}

/// Settings of the shared pooler for one database.
#[model]
pub struct PoolerConfig {
    /// Identifier of the database: the project ref for the primary, one of its own for a read replica.
    pub identifier: String,
    /// Whether it is the primary or a read replica.
    pub database_type: DatabaseType,
    /// Whether clients log in with SCRAM rather than MD5.
    pub is_using_scram_auth: bool,
    /// User name for the pooler, which names the project too.
    pub db_user: String,
    /// Host name of the pooler.
    pub db_host: String,
    /// Port of the pooler.
    pub db_port: i64,
    /// Name of the database.
    pub db_name: String,
    /// Connection string of the pooler. Put the password of the database in the place of its placeholder. Use this one.
    #[schema(secret)]
    pub connection_string: String,
    /// An older name of `connection_string`.
    #[schema(secret)]
    #[serde(rename = "connectionString")]
    #[deprecated = "use `connection_string`"]
    pub connection_uri: String,
    /// Connections to Postgres for each user and database. `null`: the default of the compute size.
    pub default_pool_size: Nullable<i64>,
    /// How many clients can be connected to the pooler at the same time. `null`: the default of the compute size.
    pub max_client_conn: Nullable<i64>,
    /// When a connection goes back to the pool.
    pub pool_mode: PoolMode,
}

/// When a connection to Postgres goes back to the pool.
#[model(input)]
pub enum PoolMode {
    /// After each transaction. Prepared statements and settings of a session do not last.
    #[serde(rename = "transaction")]
    Transaction,
    /// When the client disconnects.
    #[serde(rename = "session")]
    Session,
    /// A value that is newer than this crate.
    Other(String),
}

/// Changes of the pooler. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdatePoolerConfig {
    /// Connections to Postgres for each user and database. `null` goes back to the default of the compute size.
    #[schema(minimum = 0, maximum = 3000)]
    pub default_pool_size: Option<Nullable<i64>>,
    /// When a connection goes back to the pool. It is the mode of the dedicated pooler.
    pub pool_mode: Option<PoolMode>,
}

/// Settings of the pooler after a change.
#[model]
pub struct UpdatedPoolerConfig {
    /// Connections to Postgres for each user and database. `null`: the default of the compute size.
    pub default_pool_size: Nullable<i64>,
    /// When a connection goes back to the pool.
    pub pool_mode: PoolMode,
}

/// Settings of the dedicated pooler.
#[model]
pub struct PgbouncerConfig {
    /// Connections to Postgres for each user and database.
    pub default_pool_size: Option<i64>,
    /// Parameters of a connection that the pooler ignores rather than refuses, separated by commas.
    pub ignore_startup_parameters: Option<String>,
    /// How many clients can be connected to the pooler at the same time.
    pub max_client_conn: Option<i64>,
    /// When a connection goes back to the pool.
    pub pool_mode: Option<PgbouncerPoolMode>,
    /// Connection string of the pooler.
    #[schema(secret)]
    pub connection_string: Option<String>,
    /// After how many seconds a connection to Postgres that nobody uses is closed.
    pub server_idle_timeout: Option<i64>,
    /// How many seconds old a connection to Postgres can become before it is replaced.
    pub server_lifetime: Option<i64>,
    /// How many seconds a statement can wait for a connection before its client is disconnected.
    pub query_wait_timeout: Option<i64>,
    /// Additional connections for a pool in which clients wait too long.
    pub reserve_pool_size: Option<i64>,
}

/// When a connection to Postgres goes back to the pool.
#[model]
pub enum PgbouncerPoolMode {
    /// After each transaction. Settings of a session do not last.
    #[serde(rename = "transaction")]
    Transaction,
    /// When the client disconnects.
    #[serde(rename = "session")]
    Session,
    /// After each statement. Transactions of several statements are refused.
    #[serde(rename = "statement")]
    Statement,
    /// A value that is newer than this crate.
    Other(String),
}

/// A new temporary role.
#[model(input)]
#[derive(Default)]
pub struct CreateLoginRole {
    /// Whether the role can only read. Otherwise it can write too.
    pub read_only: bool,
}

/// A temporary role of the database.
#[model]
pub struct LoginRole {
    /// Name of the role, the user to log in as.
    pub role: String,
    /// Its password.
    #[schema(secret)]
    pub password: String,
    /// How long the password holds, in seconds.
    pub ttl_seconds: i64,
}

/// The root key.
#[model]
pub struct PgsodiumConfig {
    /// Root key, 64 hexadecimal digits.
    #[schema(secret)]
    pub root_key: String,
}

/// A new root key.
#[model(input)]
#[derive(Default)]
pub struct UpdatePgsodiumConfig {
    /// Root key: 32 bytes, as 64 hexadecimal digits.
    #[schema(secret)]
    pub root_key: String,
}

/// A migration, in the list.
#[model]
pub struct MigrationEntry {
    /// Version: digits, a time as a rule, as `20260131120000`.
    pub version: String,
    /// Name that people see.
    pub name: Option<String>,
}

/// A migration for the history.
#[model(input)]
#[derive(Default)]
pub struct CreateMigration {
    /// The SQL of the migration.
    #[schema(min = 1)]
    pub query: String,
    /// Name that people see.
    pub name: Option<String>,
    /// The SQL that undoes it, for [`Migrations::rollback`].
    pub rollback: Option<String>,
}

/// Which migrations are rolled back.
#[model(input)]
#[derive(Default)]
pub struct RollbackMigrationsQuery {
    /// The oldest version that is rolled back: this one and all later ones.
    #[schema(pattern = r"^\d+$")]
    pub gte: String,
}

/// A migration with its SQL.
#[model]
pub struct Migration {
    /// Version: digits, a time as a rule, as `20260131120000`.
    pub version: String,
    /// Name that people see.
    pub name: Option<String>,
    /// The SQL of the migration, statement by statement.
    pub statements: Option<Vec<String>>,
    /// The SQL that undoes it, statement by statement.
    pub rollback: Option<Vec<String>>,
    /// Who created it.
    pub created_by: Option<String>,
    /// The key that it was sent with, by the option [`idempotency_key`](Call::idempotency_key).
    pub idempotency_key: Option<String>,
}

/// Changes of a migration in the history. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateMigration {
    /// Name that people see.
    pub name: Option<String>,
    /// The SQL that undoes it.
    pub rollback: Option<String>,
}

/// A new read replica.
#[model(input)]
pub struct SetupReadReplica {
    /// Where it will run.
    pub read_replica_region: Region,
}

/// Which read replica is removed.
#[model(input)]
#[derive(Default)]
pub struct RemoveReadReplica {
    /// Identifier of the replica: `identifier` among the databases in [`Organizations::list_projects`], or in [`Database::get_pooler_config`].
    pub database_identifier: String,
}
