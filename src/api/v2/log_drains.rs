//! Log drains in version 2: the logs of a project, sent on to a service of yours.

use super::data::Data;
use crate::call::Call;
use crate::schema::{Map, Nullable};
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Log drains: the logs of a project, sent on to a service of yours.
#[endpoints(v2)]
impl LogDrains {
    /// Lists all log drains of a project. The answer is the whole list: there are no pages.
    #[get("/v2/projects/{ref}/analytics/log-drains", scope = "analytics_config:read", permission = "analytics_config_read")]
    pub fn list(&self, project_ref: &str) -> Call<Data<Vec<LogDrain>>>;

    /// Creates a log drain. It costs money; on another plan the API answers 402. Do not repeat it blindly: each success is a drain of its own.
    ///
    /// `backend_type` of its attributes tells what `config` must hold.
    #[post(
        "/v2/projects/{ref}/analytics/log-drains",
        scope = "analytics_config:write",
        permission = "analytics_config_write",
        plan = "Pro",
        plan = "Team",
        plan = "Enterprise"
    )]
    pub fn create(&self, project_ref: &str, body: &Data<CreateLogDrain>) -> Call<Data<LogDrain>>;

    /// Changes a log drain. `backend_type` must always be given. Give `config` whole: the API does not say whether what is left out of it stays.
    #[put("/v2/projects/{ref}/analytics/log-drains/{id}", scope = "analytics_config:write", permission = "analytics_config_write")]
    pub fn update(
        &self,
        project_ref: &str,
        /// Identifier of the log drain: `id` in [`v2::LogDrains::list`].
        #[schema(format = "uuid")]
        id: &str,
        body: &Data<UpdateLogDrain>,
    ) -> Call<Data<LogDrain>>;

    /// Deletes a log drain: the logs are not sent on any more.
    #[delete("/v2/projects/{ref}/analytics/log-drains/{id}", scope = "analytics_config:write", permission = "analytics_config_write")]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Identifier of the log drain: `id` in [`v2::LogDrains::list`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<()>;
}

/// A log drain.
#[model]
pub struct LogDrain {
    /// Identifier of the log drain, a UUID.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "log_drain")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: LogDrainAttributes,
}

// The description does not say that `backend_type` decides about `config`. By shape alone each config would be every other one too.
/// What is known of a log drain: `backend_type` tells where logs are sent, and what `config` holds.
///
/// The API does not say whether secrets in `config` are given as they are: do not write an answer back.
#[model(tag = "backend_type")]
pub enum LogDrainAttributes {
    /// An address of yours that takes logs by HTTP.
    #[serde(rename = "webhook")]
    Webhook {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: WebhookDrainConfig,
    },
    /// Datadog.
    #[serde(rename = "datadog")]
    Datadog {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: DatadogDrainConfig,
    },
    /// Loki, as Grafana has it.
    #[serde(rename = "loki")]
    Loki {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: LokiDrainConfig,
    },
    /// Sentry.
    #[serde(rename = "sentry")]
    Sentry {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: SentryDrainConfig,
    },
    /// A bucket of Amazon S3.
    #[serde(rename = "s3")]
    S3 {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: S3DrainConfig,
    },
    /// Axiom.
    #[serde(rename = "axiom")]
    Axiom {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: AxiomDrainConfig,
    },
    /// Last9.
    #[serde(rename = "last9")]
    Last9 {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Last9DrainConfig,
    },
    /// A service that takes OpenTelemetry (OTLP).
    #[serde(rename = "otlp")]
    Otlp {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: OtlpDrainConfig,
    },
    /// A server that takes the syslog protocol.
    #[serde(rename = "syslog")]
    Syslog {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: SyslogDrainConfig,
    },
    /// A Postgres database.
    #[serde(rename = "postgres")]
    Postgres {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Map<Value>,
    },
    /// Google BigQuery.
    #[serde(rename = "bigquery")]
    Bigquery {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Map<Value>,
    },
    /// ClickHouse.
    #[serde(rename = "clickhouse")]
    Clickhouse {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Map<Value>,
    },
    /// A service that is newer than this crate.
    Other(Value),
}

/// A new log drain.
#[model(input)]
pub struct CreateLogDrain {
    /// Kind of the resource.
    #[schema(value = "log_drain")]
    pub r#type: String,
    /// What it shall be like.
    pub attributes: CreateLogDrainAttributes,
}

/// What a new log drain shall be like: `backend_type` tells where to send logs, and what `config` holds.
#[model(tag = "backend_type", input)]
pub enum CreateLogDrainAttributes {
    /// An address of yours that takes logs by HTTP.
    #[serde(rename = "webhook")]
    Webhook {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: WebhookDrainConfig,
    },
    /// Datadog.
    #[serde(rename = "datadog")]
    Datadog {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: DatadogDrainConfig,
    },
    /// Loki, as Grafana has it.
    #[serde(rename = "loki")]
    Loki {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: LokiDrainConfig,
    },
    /// Sentry.
    #[serde(rename = "sentry")]
    Sentry {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: SentryDrainConfig,
    },
    /// A bucket of Amazon S3.
    #[serde(rename = "s3")]
    S3 {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: S3DrainConfig,
    },
    /// Axiom.
    #[serde(rename = "axiom")]
    Axiom {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: AxiomDrainConfig,
    },
    /// Last9.
    #[serde(rename = "last9")]
    Last9 {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Last9DrainConfig,
    },
    /// A service that takes OpenTelemetry (OTLP).
    #[serde(rename = "otlp")]
    Otlp {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: OtlpDrainConfig,
    },
    /// A server that takes the syslog protocol.
    #[serde(rename = "syslog")]
    Syslog {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: SyslogDrainConfig,
    },
    /// A Postgres database.
    #[serde(rename = "postgres")]
    Postgres {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Map<Value>,
    },
    /// Google BigQuery.
    #[serde(rename = "bigquery")]
    Bigquery {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Map<Value>,
    },
    /// ClickHouse.
    #[serde(rename = "clickhouse")]
    Clickhouse {
        /// Name that people see.
        name: String,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Map<Value>,
    },
}

/// Changes of a log drain.
#[model(input)]
pub struct UpdateLogDrain {
    /// Kind of the resource.
    #[schema(value = "log_drain")]
    pub r#type: String,
    /// What shall change.
    pub attributes: UpdateLogDrainAttributes,
}

/// What shall change in a log drain. `backend_type` must be given: it tells what `config` holds. What else is left out stays.
#[model(tag = "backend_type", input)]
pub enum UpdateLogDrainAttributes {
    /// An address of yours that takes logs by HTTP.
    #[serde(rename = "webhook")]
    Webhook {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<WebhookDrainConfig>,
    },
    /// Datadog.
    #[serde(rename = "datadog")]
    Datadog {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<DatadogDrainConfig>,
    },
    /// Loki, as Grafana has it.
    #[serde(rename = "loki")]
    Loki {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<LokiDrainConfig>,
    },
    /// Sentry.
    #[serde(rename = "sentry")]
    Sentry {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<SentryDrainConfig>,
    },
    /// A bucket of Amazon S3.
    #[serde(rename = "s3")]
    S3 {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<S3DrainConfig>,
    },
    /// Axiom.
    #[serde(rename = "axiom")]
    Axiom {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<AxiomDrainConfig>,
    },
    /// Last9.
    #[serde(rename = "last9")]
    Last9 {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<Last9DrainConfig>,
    },
    /// A service that takes OpenTelemetry (OTLP).
    #[serde(rename = "otlp")]
    Otlp {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<OtlpDrainConfig>,
    },
    /// A server that takes the syslog protocol.
    #[serde(rename = "syslog")]
    Syslog {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it.
        config: Option<SyslogDrainConfig>,
    },
    /// A Postgres database.
    #[serde(rename = "postgres")]
    Postgres {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Option<Map<Value>>,
    },
    /// Google BigQuery.
    #[serde(rename = "bigquery")]
    Bigquery {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Option<Map<Value>>,
    },
    /// ClickHouse.
    #[serde(rename = "clickhouse")]
    Clickhouse {
        /// Name that people see.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How to reach it. The API does not describe it.
        #[schema(secret)]
        config: Option<Map<Value>>,
    },
}

/// An address of yours that takes logs by HTTP.
#[model(input)]
#[derive(Default)]
pub struct WebhookDrainConfig {
    /// Address to send to.
    pub url: Option<String>,
    /// Version of HTTP to send with. The API documents no default.
    pub http: Option<DrainHttpVersion>,
    /// Whether to compress what is sent. The API documents no default.
    pub gzip: Option<bool>,
    /// Headers of HTTP to send along, as `Authorization`.
    #[schema(secret)]
    pub headers: Option<Map<String>>,
}

/// A version of HTTP.
#[model(input)]
pub enum DrainHttpVersion {
    /// HTTP/1.1.
    #[serde(rename = "http1")]
    Http1,
    /// HTTP/2.
    #[serde(rename = "http2")]
    Http2,
    /// A version that is newer than this crate.
    Other(String),
}

/// Datadog.
#[model(input)]
#[derive(Default)]
pub struct DatadogDrainConfig {
    /// API key of Datadog.
    #[schema(secret)]
    pub api_key: Option<String>,
    /// Region of Datadog, as `US1`.
    pub region: Option<String>,
}

/// Loki, as Grafana has it.
#[model(input)]
#[derive(Default)]
pub struct LokiDrainConfig {
    /// Address to send to.
    pub url: Option<String>,
    /// User name. `null` where it takes none.
    pub username: Option<Nullable<String>>,
    /// Password. `null` where it takes none.
    #[schema(secret)]
    pub password: Option<Nullable<String>>,
    /// Headers of HTTP to send along, as `Authorization`.
    #[schema(secret)]
    pub headers: Option<Map<String>>,
}

/// Sentry.
#[model(input)]
#[derive(Default)]
pub struct SentryDrainConfig {
    /// DSN of the project at Sentry: an address with a key in it.
    #[schema(secret)]
    pub dsn: Option<String>,
}

/// Axiom.
#[model(input)]
#[derive(Default)]
pub struct AxiomDrainConfig {
    /// Host name of Axiom, as `api.axiom.co`.
    pub domain: Option<String>,
    /// API token of Axiom.
    #[schema(secret)]
    pub api_token: Option<String>,
    /// Name of the dataset to write to.
    pub dataset_name: Option<String>,
}

/// A server that takes the syslog protocol.
#[model(input)]
#[derive(Default)]
pub struct SyslogDrainConfig {
    /// Host name of the server.
    pub host: Option<String>,
    /// Port of the server.
    #[schema(minimum = 0, maximum = 65535)]
    pub port: Option<i64>,
    /// Whether to connect with TLS. Default: false.
    pub tls: Option<bool>,
    /// Structured data to put into each message.
    pub structured_data: Option<String>,
    /// Key that messages are encrypted with.
    #[schema(secret)]
    pub cipher_key: Option<String>,
    /// Certificate of the authority that the server's is signed by, in PEM.
    pub ca_cert: Option<String>,
    /// Certificate to show to the server, in PEM.
    pub client_cert: Option<String>,
    /// Private key of that certificate, in PEM.
    #[schema(secret)]
    pub client_key: Option<String>,
}

/// A bucket of Amazon S3.
#[model(input)]
#[derive(Default)]
pub struct S3DrainConfig {
    /// Identifier of the access key.
    pub access_key_id: Option<String>,
    /// How long to collect logs before they are written, in milliseconds.
    pub batch_timeout: Option<f64>,
    /// Name of the bucket.
    pub s3_bucket: Option<String>,
    /// The access key itself.
    #[schema(secret)]
    pub secret_access_key: Option<String>,
    /// Region of the bucket, as `us-east-1`.
    pub storage_region: Option<String>,
}

/// Last9.
#[model(input)]
#[derive(Default)]
pub struct Last9DrainConfig {
    /// User name.
    pub username: Option<String>,
    /// Password.
    #[schema(secret)]
    pub password: Option<String>,
    /// Region of Last9.
    pub region: Option<String>,
}

/// A service that takes OpenTelemetry (OTLP).
#[model(input)]
#[derive(Default)]
pub struct OtlpDrainConfig {
    /// Address to send to.
    pub endpoint: Option<String>,
    /// Protocol to send with. Default: `http/protobuf`.
    pub protocol: Option<String>,
    /// Whether to compress what is sent. Default: true.
    pub gzip: Option<bool>,
    /// Headers of HTTP to send along, as `Authorization`.
    #[schema(secret)]
    pub headers: Option<Map<String>>,
}
