//! Advice, logs and usage of a project.

use crate::call::Call;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// What Supabase advises: problems that it finds in the database and its settings.
#[endpoints]
impl Advisors {
    /// Gets what could make the database faster, as indexes that are missing or unused. Experimental.
    #[get("/v1/projects/{ref}/advisors/performance", scope = "database:read", permission = "advisors_read")]
    #[deprecated = "experimental; use `v2::Advisors::run`, which has the checks of both advisors"]
    pub fn get_performance(&self, project_ref: &str) -> Call<Advisories>;

    /// Gets what could make the project safer, as tables without row level security. Experimental.
    #[get("/v1/projects/{ref}/advisors/security", scope = "database:read", permission = "advisors_read")]
    #[deprecated = "experimental; use `v2::Advisors::run`, which has the checks of both advisors"]
    pub fn get_security(&self, project_ref: &str, query: &SecurityAdvisorsQuery) -> Call<Advisories>;
}

/// Logs and usage of a project.
#[endpoints]
impl Analytics {
    /// Searches the logs of a project with SQL in the dialect of ClickHouse.
    ///
    /// There is one table, `logs`; filter it by `source_name`, as in
    /// `select timestamp, event_message from logs where source_name = 'edge_logs' limit 100`. Without both timestamps only the last minute is searched;
    /// they may be 24 hours apart at most, else the API answers 400, and are rounded to minutes.
    #[get("/v1/projects/{ref}/analytics/endpoints/logs", scope = "analytics:read", permission = "analytics_logs_read", error_inside)]
    pub fn get_logs(&self, project_ref: &str, query: &LogsQuery) -> Call<LogsResult>;

    /// Searches the logs of a project with SQL in the dialect of BigQuery: one table for each source, as `edge_logs`.
    ///
    /// Without `sql` only `edge_logs` is searched, and without both timestamps only the last minute; they may be 24 hours apart at most, else the API
    /// answers 400, and are rounded to minutes.
    #[get(
        "/v1/projects/{ref}/analytics/endpoints/logs.all",
        scope = "analytics:read",
        permission = "analytics_logs_read",
        rate = "30/60",
        error_inside
    )]
    #[deprecated = "use `Analytics::get_logs`; the API removed it on 23 September 2026: it is kept for self-hosted and older deployments"]
    pub fn get_logs_all(&self, project_ref: &str, query: &LogsQuery) -> Call<LogsResult>;

    /// Gets how the database and its machine are doing right now, as text in the format of Prometheus: a line for each value.
    #[get("/v1/projects/{ref}/analytics/endpoints/metrics")]
    pub fn get_metrics(&self, project_ref: &str) -> Call<String>;

    /// Gets how many requests Auth, Realtime, the Data API and Storage were sent, period by period.
    #[get("/v1/projects/{ref}/analytics/endpoints/usage.api-counts", permission = "analytics_usage_read", rate = "30/60", error_inside)]
    pub fn get_usage_api_counts(&self, project_ref: &str, query: &UsageQuery) -> Call<UsageApiCounts>;

    /// Gets how many requests the APIs of a project were sent in total. The API does not say since when.
    #[get("/v1/projects/{ref}/analytics/endpoints/usage.api-requests-count", permission = "analytics_usage_read", rate = "30/60", error_inside)]
    pub fn get_usage_api_requests_count(&self, project_ref: &str) -> Call<UsageApiRequestsCount>;

    /// Gets how often an Edge Function was called, with which outcome, and what it used, period by period.
    ///
    /// The API does not describe the rows of the `result`.
    #[get("/v1/projects/{ref}/analytics/endpoints/functions.combined-stats", permission = "analytics_usage_read", query_required, error_inside)]
    pub fn get_functions_combined_stats(&self, project_ref: &str, query: &FunctionsCombinedStatsQuery) -> Call<LogsResult>;
}

/// What an advisor found.
#[model]
pub struct Advisories {
    /// The findings. Empty if there are none.
    pub lints: Vec<Lint>,
}

/// A finding of an advisor.
#[model]
pub struct Lint {
    /// Which check found it.
    pub name: LintName,
    /// Title of the check, for people.
    pub title: String,
    /// How serious it is.
    pub level: LintLevel,
    /// Whom it is for.
    pub facing: LintFacing,
    /// What it is about.
    pub categories: Vec<LintCategory>,
    /// What the check looks for, and why.
    pub description: String,
    /// What it found, with the names of the objects.
    pub detail: String,
    /// Address of a page that tells what to do.
    pub remediation: String,
    /// What it found, for programs.
    pub metadata: Option<LintMetadata>,
    /// Identifies the finding: the same finding has the same key the next time.
    pub cache_key: String,
}

/// A check of an advisor.
#[model]
pub enum LintName {
    /// A foreign key has no index.
    #[serde(rename = "unindexed_foreign_keys")]
    UnindexedForeignKeys,
    /// A view or materialized view shows `auth.users` to API callers.
    #[serde(rename = "auth_users_exposed")]
    AuthUsersExposed,
    /// A policy calls a function of Auth for every row rather than once.
    #[serde(rename = "auth_rls_initplan")]
    AuthRlsInitplan,
    /// A table has no primary key.
    #[serde(rename = "no_primary_key")]
    NoPrimaryKey,
    /// An index has never been used.
    #[serde(rename = "unused_index")]
    UnusedIndex,
    /// Several permissive policies hold for the same role and action, and all of them are evaluated.
    #[serde(rename = "multiple_permissive_policies")]
    MultiplePermissivePolicies,
    /// A table has policies, but row level security is off.
    #[serde(rename = "policy_exists_rls_disabled")]
    PolicyExistsRlsDisabled,
    /// Row level security is on, but there are no policies: nobody sees a row through the API.
    #[serde(rename = "rls_enabled_no_policy")]
    RlsEnabledNoPolicy,
    /// Two indexes are the same.
    #[serde(rename = "duplicate_index")]
    DuplicateIndex,
    /// A view reads with the rights of its owner rather than of its user.
    #[serde(rename = "security_definer_view")]
    SecurityDefinerView,
    /// A function does not fix its `search_path`.
    #[serde(rename = "function_search_path_mutable")]
    FunctionSearchPathMutable,
    /// A table that the API shows has no row level security.
    #[serde(rename = "rls_disabled_in_public")]
    RlsDisabledInPublic,
    /// An extension is installed in the schema `public`.
    #[serde(rename = "extension_in_public")]
    ExtensionInPublic,
    /// A policy trusts `user_metadata`, which users can change themselves.
    #[serde(rename = "rls_references_user_metadata")]
    RlsReferencesUserMetadata,
    /// The API shows a materialized view, to which row level security does not apply.
    #[serde(rename = "materialized_view_in_api")]
    MaterializedViewInApi,
    /// The API shows a foreign table, to which row level security does not apply.
    #[serde(rename = "foreign_table_in_api")]
    ForeignTableInApi,
    /// A column has a `reg*` type, which stands in the way of an upgrade of Postgres.
    #[serde(rename = "unsupported_reg_types")]
    UnsupportedRegTypes,
    /// One-time passwords hold too long.
    #[serde(rename = "auth_otp_long_expiry")]
    AuthOtpLongExpiry,
    /// One-time passwords are too short.
    #[serde(rename = "auth_otp_short_length")]
    AuthOtpShortLength,
    /// The database accepts connections without SSL.
    #[serde(rename = "ssl_not_enforced")]
    SslNotEnforced,
    /// Any address can connect to the database.
    #[serde(rename = "network_restrictions_not_set")]
    NetworkRestrictionsNotSet,
    /// Passwords may be too short.
    #[serde(rename = "password_requirements_min_length")]
    PasswordRequirementsMinLength,
    /// Point-in-time recovery is off.
    #[serde(rename = "pitr_not_enabled")]
    PitrNotEnabled,
    /// Passwords are not compared with known leaks.
    #[serde(rename = "auth_leaked_password_protection")]
    AuthLeakedPasswordProtection,
    /// Too few ways of multi-factor authentication are on.
    #[serde(rename = "auth_insufficient_mfa_options")]
    AuthInsufficientMfaOptions,
    /// There are no rules for passwords.
    #[serde(rename = "auth_password_policy_missing")]
    AuthPasswordPolicyMissing,
    /// A service key has leaked.
    #[serde(rename = "leaked_service_key")]
    LeakedServiceKey,
    /// No backup administrator was found.
    #[serde(rename = "no_backup_admin")]
    NoBackupAdmin,
    /// Postgres has security patches that are not installed.
    #[serde(rename = "vulnerable_postgres_version")]
    VulnerablePostgresVersion,
    /// A value that is newer than this crate.
    Other(String),
}

/// How serious a finding is.
#[model]
pub enum LintLevel {
    /// To be fixed at once.
    #[serde(rename = "ERROR")]
    Error,
    /// To be fixed.
    #[serde(rename = "WARN")]
    Warn,
    /// Good to know.
    #[serde(rename = "INFO")]
    Info,
    /// A value that is newer than this crate.
    Other(String),
}

/// Whom a finding is for.
#[model]
pub enum LintFacing {
    /// You, the user of Supabase.
    #[serde(rename = "EXTERNAL")]
    External,
    /// A value that is newer than this crate.
    Other(String),
}

/// What a finding is about.
#[model]
pub enum LintCategory {
    /// Speed.
    #[serde(rename = "PERFORMANCE")]
    Performance,
    /// Security.
    #[serde(rename = "SECURITY")]
    Security,
    /// A value that is newer than this crate.
    Other(String),
}

/// What a check found. Which fields there are depends on the check.
#[model]
pub struct LintMetadata {
    /// Schema of the object.
    pub schema: Option<String>,
    /// Name of the object.
    pub name: Option<String>,
    /// What the finding is about, if that is not an object of the database.
    pub entity: Option<String>,
    /// What kind of object it is.
    pub r#type: Option<LintMetadataType>,
    /// Name of the foreign key.
    pub fkey_name: Option<String>,
    /// Numbers of the columns of the foreign key, from 1.
    pub fkey_columns: Option<Vec<f64>>,
}

/// A kind of object.
#[model]
pub enum LintMetadataType {
    /// A table.
    #[serde(rename = "table")]
    Table,
    /// A view.
    #[serde(rename = "view")]
    View,
    /// A setting of Auth.
    #[serde(rename = "auth")]
    Auth,
    /// A function.
    #[serde(rename = "function")]
    Function,
    /// An extension.
    #[serde(rename = "extension")]
    Extension,
    /// A rule that the project should keep.
    #[serde(rename = "compliance")]
    Compliance,
    /// A value that is newer than this crate.
    Other(String),
}

/// Which findings are asked for.
#[model(input)]
#[derive(Default)]
pub struct SecurityAdvisorsQuery {
    /// Kind of check. All if it is left out.
    pub lint_type: Option<LintType>,
}

/// A kind of check.
#[model]
pub enum LintType {
    /// Checks that are made by SQL in the database.
    #[serde(rename = "sql")]
    Sql,
}

/// What is searched in the logs.
#[model(input)]
#[derive(Default)]
pub struct LogsQuery {
    /// The SQL, in the dialect and with the tables of the method that it is for.
    pub sql: Option<String>,
    /// Begin of the time that is searched, ISO 8601, as `2026-01-31T12:00:00Z`. Without it and the end: one minute ago.
    #[schema(format = "date-time")]
    pub iso_timestamp_start: Option<String>,
    /// End of the time that is searched, ISO 8601. At most 24 hours after the begin. Without it and the begin: now.
    #[schema(format = "date-time")]
    pub iso_timestamp_end: Option<String>,
}

/// Rows, or an error.
#[model]
pub struct LogsResult {
    /// The rows: objects whose columns depend on what was asked for. Absent where there is an error.
    pub result: Option<Vec<Value>>,
    /// What went wrong, although the status is 200. The rows are then missing or not complete.
    pub error: Option<AnalyticsError>,
}

/// What went wrong: a text, or more about it.
#[model(untagged)]
pub enum AnalyticsError {
    /// In words.
    Text(String),
    /// With a code and details.
    Details(AnalyticsErrorDetails),
    /// Something that is newer than this crate.
    Other(Value),
}

/// What went wrong, with details.
#[model]
pub struct AnalyticsErrorDetails {
    /// Code of the error, as an HTTP status.
    pub code: f64,
    /// The single errors.
    pub errors: Vec<AnalyticsErrorItem>,
    /// The error, for people.
    pub message: String,
    /// Kind of the error, as `INVALID_ARGUMENT`.
    pub status: String,
}

/// A single error.
#[model]
pub struct AnalyticsErrorItem {
    /// Where it comes from, as `global`.
    pub domain: String,
    /// What is wrong, as the name of a parameter.
    pub location: String,
    /// What kind of thing `location` names, as `parameter`.
    #[serde(rename = "locationType")]
    pub location_type: String,
    /// The error, for people.
    pub message: String,
    /// Kind of the error, as `invalidQuery`.
    pub reason: String,
}

/// Which time is asked for.
#[model(input)]
#[derive(Default)]
pub struct UsageQuery {
    /// How far back the counts go, up to now. The API documents no default.
    pub interval: Option<UsageInterval>,
}

/// A time up to now.
#[model]
pub enum UsageInterval {
    /// 15 minutes.
    #[serde(rename = "15min")]
    Minutes15,
    /// 30 minutes.
    #[serde(rename = "30min")]
    Minutes30,
    /// 1 hour.
    #[serde(rename = "1hr")]
    Hour1,
    /// 3 hours.
    #[serde(rename = "3hr")]
    Hours3,
    /// 1 day.
    #[serde(rename = "1day")]
    Day1,
    /// 3 days.
    #[serde(rename = "3day")]
    Days3,
    /// 7 days.
    #[serde(rename = "7day")]
    Days7,
}

/// Numbers of requests, or an error.
#[model]
pub struct UsageApiCounts {
    /// One item per period. Absent where there is an error.
    pub result: Option<Vec<UsageApiCountsItem>>,
    /// What went wrong, although the status is 200.
    pub error: Option<AnalyticsError>,
}

/// Numbers of requests in one period.
#[model]
pub struct UsageApiCountsItem {
    /// When the period begins, ISO 8601.
    pub timestamp: String,
    /// Requests to Auth.
    pub total_auth_requests: f64,
    /// Requests to Realtime.
    pub total_realtime_requests: f64,
    /// Requests to the Data API.
    pub total_rest_requests: f64,
    /// Requests to Storage.
    pub total_storage_requests: f64,
}

/// A number of requests, or an error.
#[model]
pub struct UsageApiRequestsCount {
    /// One item with the number. Absent where there is an error.
    pub result: Option<Vec<UsageApiRequestsCountItem>>,
    /// What went wrong, although the status is 200.
    pub error: Option<AnalyticsError>,
}

/// A number of requests.
#[model]
pub struct UsageApiRequestsCountItem {
    /// How many requests there were.
    pub count: f64,
}

/// Which function and which time is asked for.
#[model(input)]
pub struct FunctionsCombinedStatsQuery {
    /// How far back the numbers go, up to now.
    pub interval: StatsInterval,
    /// Identifier of the function: `id` in [`Functions::list`], a UUID.
    pub function_id: String,
}

/// A time up to now.
#[model]
pub enum StatsInterval {
    /// 15 minutes.
    #[serde(rename = "15min")]
    Minutes15,
    /// 1 hour.
    #[serde(rename = "1hr")]
    Hour1,
    /// 3 hours.
    #[serde(rename = "3hr")]
    Hours3,
    /// 1 day.
    #[serde(rename = "1day")]
    Day1,
}
