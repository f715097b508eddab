//! Settings of the services of a project: Storage, Realtime, the Data API.

use crate::call::Call;
use crate::schema::Nullable;
use supabase_management_wasm_macros::{endpoints, model};

/// Storage of a project: its buckets, and its settings. For files, use the Storage API of the project itself.
#[endpoints]
impl Storage {
    /// Lists all buckets of a project. The answer is the whole list: there are no pages. The files in the buckets are not listed.
    #[get("/v1/projects/{ref}/storage/buckets", scope = "storage:read", permission = "storage_read")]
    pub fn list_buckets(&self, project_ref: &str) -> Call<Vec<StorageBucket>>;

    /// Gets the settings of Storage: limits, features, version.
    #[get("/v1/projects/{ref}/config/storage", permission = "storage_config_read")]
    pub fn get_config(&self, project_ref: &str) -> Call<StorageConfig>;

    /// Changes the settings of Storage: what is left out stays. Read them back with [`Storage::get_config`].
    #[patch("/v1/projects/{ref}/config/storage", permission = "storage_config_write", from(StorageConfig = "storage.getConfig"))]
    pub fn update_config(&self, project_ref: &str, body: &UpdateStorageConfig) -> Call<()>;
}

/// Settings of Realtime: broadcast, presence, changes of the database.
#[endpoints]
impl Realtime {
    /// Gets the settings of Realtime.
    #[get("/v1/projects/{ref}/config/realtime", permission = "realtime_config_read")]
    pub fn get_config(&self, project_ref: &str) -> Call<RealtimeConfig>;

    /// Changes the settings of Realtime: what is left out stays. All connected clients are disconnected, and connect again on their own.
    #[patch("/v1/projects/{ref}/config/realtime", permission = "realtime_config_write", from(RealtimeConfig = "realtime.getConfig"))]
    pub fn update_config(&self, project_ref: &str, body: &UpdateRealtimeConfig) -> Call<()>;

    /// Ends all Realtime connections of a project. It does not switch Realtime off: that is `suspend` of [`Realtime::update_config`]. Answers 404 if
    /// Realtime does not know the project.
    #[post("/v1/projects/{ref}/config/realtime/shutdown", permission = "realtime_config_write")]
    pub fn shutdown(&self, project_ref: &str) -> Call<()>;
}

/// Settings of the Data API (PostgREST), which gives HTTP access to the database.
#[endpoints]
impl Postgrest {
    /// Gets the settings of the Data API. The answer holds the JWT secret: keep it out of logs.
    #[get("/v1/projects/{ref}/postgrest", scope = "rest:read", permission = "data_api_config_read")]
    pub fn get_config(&self, project_ref: &str) -> Call<PostgrestConfig>;

    /// Changes the settings of the Data API: what is left out stays. The JWT secret is not in the answer.
    #[patch(
        "/v1/projects/{ref}/postgrest",
        scope = "rest:write",
        permission = "data_api_config_write",
        from(PostgrestConfig = "postgrest.getConfig", UpdatedPostgrestConfig = "postgrest.updateConfig")
    )]
    pub fn update_config(&self, project_ref: &str, body: &UpdatePostgrestConfig) -> Call<UpdatedPostgrestConfig>;
}

/// A bucket.
#[model]
pub struct StorageBucket {
    /// Identifier, the same as the name as a rule.
    pub id: String,
    /// Name.
    pub name: String,
    /// Identifier of the user who created it.
    pub owner: String,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// Whether everybody can read its files without a token.
    pub public: bool,
}

/// Settings of Storage.
#[model]
pub struct StorageConfig {
    /// How large a file can be, in bytes. A bucket can have a lower limit.
    #[serde(rename = "fileSizeLimit")]
    pub file_size_limit: i64,
    /// What is switched on.
    pub features: StorageFeatures,
    /// What the running version of Storage can do.
    pub capabilities: StorageCapabilities,
    /// Where requests go.
    pub external: StorageExternal,
    /// Name of the last migration of the tables of Storage.
    #[serde(rename = "migrationVersion")]
    pub migration_version: String,
    /// How Storage pools its database connections, as `recycled`.
    #[serde(rename = "databasePoolMode")]
    pub database_pool_mode: String,
}

/// Features of Storage.
#[model]
pub struct StorageFeatures {
    /// Resizing of images. On paid plans.
    #[serde(rename = "imageTransformation")]
    pub image_transformation: StorageFeature,
    /// Access by the S3 protocol.
    #[serde(rename = "s3Protocol")]
    pub s3_protocol: StorageFeature,
    /// Analytics buckets, with Iceberg tables.
    #[serde(rename = "icebergCatalog")]
    pub iceberg_catalog: IcebergCatalog,
    /// Vector buckets, for embeddings.
    #[serde(rename = "vectorBuckets")]
    pub vector_buckets: VectorBuckets,
}

/// A feature of Storage that is on or off.
#[model(input)]
#[derive(Default)]
pub struct StorageFeature {
    /// Whether it is on.
    pub enabled: bool,
}

/// Limits of analytics buckets.
#[model]
pub struct IcebergCatalog {
    /// Whether they are on.
    pub enabled: bool,
    /// How many namespaces there can be.
    #[serde(rename = "maxNamespaces")]
    pub max_namespaces: i64,
    /// How many tables there can be.
    #[serde(rename = "maxTables")]
    pub max_tables: i64,
    /// How many catalogs there can be.
    #[serde(rename = "maxCatalogs")]
    pub max_catalogs: i64,
}

/// Limits of vector buckets.
#[model]
pub struct VectorBuckets {
    /// Whether they are on.
    pub enabled: bool,
    /// How many buckets there can be.
    #[serde(rename = "maxBuckets")]
    pub max_buckets: i64,
    /// How many indexes there can be.
    #[serde(rename = "maxIndexes")]
    pub max_indexes: i64,
}

/// What a version of Storage can do.
#[model]
pub struct StorageCapabilities {
    /// Whether files can be listed the second way, with cursors.
    pub list_v2: bool,
    /// Whether it can have analytics buckets.
    pub iceberg_catalog: bool,
}

/// Where requests to Storage go.
#[model]
pub struct StorageExternal {
    /// Which release they go to.
    #[serde(rename = "upstreamTarget")]
    pub upstream_target: UpstreamTarget,
}

/// A release of Storage.
#[model(input)]
pub enum UpstreamTarget {
    /// The one that all have.
    #[serde(rename = "main")]
    Main,
    /// The next one, which is being tried.
    #[serde(rename = "canary")]
    Canary,
    /// A value that is newer than this crate.
    Other(String),
}

/// Changes of Storage. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateStorageConfig {
    /// How large a file can be, in bytes. The plan may allow less.
    #[schema(minimum = 0, maximum = 536870912000)]
    #[serde(rename = "fileSizeLimit")]
    pub file_size_limit: Option<i64>,
    /// What shall be on.
    pub features: Option<UpdateStorageFeatures>,
    /// Where requests shall go.
    pub external: Option<UpdateStorageExternal>,
}

/// Features of Storage that shall be on or off. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateStorageFeatures {
    /// Resizing of images.
    #[serde(rename = "imageTransformation")]
    pub image_transformation: Option<StorageFeature>,
    /// Access by the S3 protocol.
    #[serde(rename = "s3Protocol")]
    pub s3_protocol: Option<StorageFeature>,
    /// Analytics buckets, with Iceberg tables.
    #[serde(rename = "icebergCatalog")]
    pub iceberg_catalog: Option<UpdateIcebergCatalog>,
    /// Vector buckets, for embeddings.
    #[serde(rename = "vectorBuckets")]
    pub vector_buckets: Option<UpdateVectorBuckets>,
}

/// Limits that analytics buckets shall have.
#[model(input)]
#[derive(Default)]
pub struct UpdateIcebergCatalog {
    /// Whether they shall be on.
    pub enabled: bool,
    /// How many namespaces there can be.
    #[schema(minimum = 0)]
    #[serde(rename = "maxNamespaces")]
    pub max_namespaces: i64,
    /// How many tables there can be.
    #[schema(minimum = 0)]
    #[serde(rename = "maxTables")]
    pub max_tables: i64,
    /// How many catalogs there can be.
    #[schema(minimum = 0)]
    #[serde(rename = "maxCatalogs")]
    pub max_catalogs: i64,
}

/// Limits that vector buckets shall have.
#[model(input)]
#[derive(Default)]
pub struct UpdateVectorBuckets {
    /// Whether they shall be on.
    pub enabled: bool,
    /// How many buckets there can be.
    #[schema(minimum = 0)]
    #[serde(rename = "maxBuckets")]
    pub max_buckets: i64,
    /// How many indexes there can be.
    #[schema(minimum = 0)]
    #[serde(rename = "maxIndexes")]
    pub max_indexes: i64,
}

/// Where requests to Storage shall go.
#[model(input)]
pub struct UpdateStorageExternal {
    /// Which release they shall go to.
    #[serde(rename = "upstreamTarget")]
    pub upstream_target: UpstreamTarget,
}

/// Settings of Realtime. `null` means that the default holds.
#[model]
pub struct RealtimeConfig {
    /// Whether only private channels are allowed, which need authorization.
    pub private_only: Nullable<bool>,
    /// Database connections that Realtime uses to check authorization.
    pub connection_pool: Nullable<i64>,
    /// How many clients can be connected at the same time.
    pub max_concurrent_users: Nullable<i64>,
    /// How many events per second can be sent in one channel.
    pub max_events_per_second: Nullable<i64>,
    /// How many bytes per second can be sent in one channel.
    pub max_bytes_per_second: Nullable<i64>,
    /// How many channels a client can join.
    pub max_channels_per_client: Nullable<i64>,
    /// How many times per second clients can join channels.
    pub max_joins_per_second: Nullable<i64>,
    /// How many presence events per second can be sent.
    pub max_presence_events_per_second: Nullable<i64>,
    /// How large a message can be, in KB.
    pub max_payload_size_in_kb: Nullable<i64>,
    /// Whether Realtime is switched off for the project.
    pub suspend: Nullable<bool>,
    /// Whether presence is on.
    pub presence_enabled: bool,
}

/// Changes of Realtime. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateRealtimeConfig {
    /// Whether only private channels are allowed, which need authorization.
    pub private_only: Option<bool>,
    /// Database connections that Realtime uses to check authorization.
    #[schema(minimum = 1, maximum = 100)]
    pub connection_pool: Option<i64>,
    /// How many clients can be connected at the same time.
    #[schema(minimum = 1, maximum = 50000)]
    pub max_concurrent_users: Option<i64>,
    /// How many events per second can be sent in one channel.
    #[schema(minimum = 1, maximum = 50000)]
    pub max_events_per_second: Option<i64>,
    /// How many bytes per second can be sent in one channel.
    #[schema(minimum = 1, maximum = 10000000)]
    pub max_bytes_per_second: Option<i64>,
    /// How many channels a client can join.
    #[schema(minimum = 1, maximum = 10000)]
    pub max_channels_per_client: Option<i64>,
    /// How many times per second clients can join channels.
    #[schema(minimum = 1, maximum = 5000)]
    pub max_joins_per_second: Option<i64>,
    /// How many presence events per second can be sent.
    #[schema(minimum = 1, maximum = 5000)]
    pub max_presence_events_per_second: Option<i64>,
    /// How large a message can be, in KB.
    #[schema(minimum = 1, maximum = 10000)]
    pub max_payload_size_in_kb: Option<i64>,
    /// Whether Realtime is switched off for the project.
    pub suspend: Option<bool>,
    /// Whether presence is on.
    pub presence_enabled: Option<bool>,
}

/// Settings of the Data API.
#[model]
pub struct PostgrestConfig {
    /// Schemas that the API shows, separated by commas, as `public,graphql_public`. The first one is the default.
    pub db_schema: String,
    /// How many rows an answer can have.
    pub max_rows: i64,
    /// Schemas in which functions and types are looked up beside the one that is asked for, separated by commas, as `public, extensions`.
    pub db_extra_search_path: String,
    /// Database connections of the Data API. `null`: set by the compute size.
    pub db_pool: Nullable<i64>,
    /// How many seconds a request can wait for a connection. Older deployments leave it out.
    pub db_pool_acquisition_timeout: Option<Nullable<i64>>,
    /// Secret that signs the JWTs of the project.
    #[schema(secret)]
    pub jwt_secret: Option<String>,
}

/// Changes of the Data API. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdatePostgrestConfig {
    /// Schemas in which functions and types are looked up beside the one that is asked for, separated by commas, as `public, extensions`.
    pub db_extra_search_path: Option<String>,
    /// Schemas that the API shows, separated by commas, as `public,graphql_public`. The first one is the default.
    pub db_schema: Option<String>,
    /// How many rows an answer can have.
    #[schema(minimum = 0, maximum = 1000000)]
    pub max_rows: Option<i64>,
    /// Database connections of the Data API.
    #[schema(minimum = 0, maximum = 1000)]
    pub db_pool: Option<i64>,
    /// How many seconds a request can wait for a connection.
    #[schema(minimum = 0, maximum = 60)]
    pub db_pool_acquisition_timeout: Option<i64>,
}

/// Settings of the Data API after a change.
#[model]
pub struct UpdatedPostgrestConfig {
    /// Schemas that the API shows, separated by commas, as `public,graphql_public`. The first one is the default.
    pub db_schema: String,
    /// How many rows an answer can have.
    pub max_rows: i64,
    /// Schemas in which functions and types are looked up beside the one that is asked for, separated by commas, as `public, extensions`.
    pub db_extra_search_path: String,
    /// Database connections of the Data API. `null`: set by the compute size.
    pub db_pool: Nullable<i64>,
    /// How many seconds a request can wait for a connection. Older deployments leave it out.
    pub db_pool_acquisition_timeout: Option<Nullable<i64>>,
}
