//! Advisors in version 2: the checks that you choose, of security, speed and health.

use super::data::Data;
use crate::api::analytics::{LintFacing, LintLevel};
use crate::call::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// What Supabase advises: problems that it finds in the database, its settings, its server and its logs.
#[endpoints(v2)]
impl Advisors {
    /// Runs the checks that you name, and gets what they find. Changes nothing.
    ///
    /// A check that finds nothing has no entry in the answer. A project that does not run gets the finding `project_not_active`, and a check that could
    /// not be made `advisor_check_unavailable`.
    #[post("/v2/projects/{ref}/advisors/run", permission = "advisors_read", safe)]
    pub fn run(&self, project_ref: &str, body: &Data<RunAdvisors>) -> Call<Data<AdvisorFindings>>;
}

/// Which checks to run, with their type.
#[model(input)]
pub struct RunAdvisors {
    /// Kind of the resource.
    #[schema(value = "project_advisors")]
    pub r#type: String,
    /// The checks.
    pub attributes: RunAdvisorsAttributes,
}

/// Which checks to run.
#[model(input)]
#[derive(Default)]
pub struct RunAdvisorsAttributes {
    /// The checks.
    pub lints: Vec<LintToRun>,
}

/// A check to run.
#[model(input)]
pub struct LintToRun {
    /// Which check.
    pub name: LintToRunName,
}

/// A check that can be asked for.
#[model]
pub enum LintToRunName {
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
    /// Connections to the database are not logged.
    #[serde(rename = "log_connections_not_enabled")]
    LogConnectionsNotEnabled,
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
    /// The database cannot be reached.
    #[serde(rename = "db_not_reachable")]
    DbNotReachable,
    /// Connections to the database fail.
    #[serde(rename = "db_connection_failing")]
    DbConnectionFailing,
    /// The database has no connections left.
    #[serde(rename = "db_connection_limit_reached")]
    DbConnectionLimitReached,
    /// The server of the database sends no measurements any more.
    #[serde(rename = "instance_telemetry_lost")]
    InstanceTelemetryLost,
    /// The database is down.
    #[serde(rename = "instance_db_down")]
    InstanceDbDown,
    /// An alert of the server of the database is on.
    #[serde(rename = "instance_alert_firing")]
    InstanceAlertFiring,
    /// Many requests to the Data API fail, by its logs.
    #[serde(rename = "log_data_api_error_rate_high")]
    LogDataApiErrorRateHigh,
    /// Many requests to Auth fail, by its logs.
    #[serde(rename = "log_auth_error_rate_high")]
    LogAuthErrorRateHigh,
    /// Many requests to Storage fail, by its logs.
    #[serde(rename = "log_storage_error_rate_high")]
    LogStorageErrorRateHigh,
    /// Many calls of Edge Functions fail, by their logs.
    #[serde(rename = "log_edge_function_error_rate_high")]
    LogEdgeFunctionErrorRateHigh,
}

/// What checks found.
#[model]
pub struct AdvisorFindings {
    /// Kind of the resource.
    #[schema(value = "project_advisors")]
    pub r#type: String,
    /// The findings.
    pub attributes: AdvisorFindingsAttributes,
}

/// What checks found.
#[model]
pub struct AdvisorFindingsAttributes {
    /// The findings. Empty if there are none.
    pub lints: Vec<V2Lint>,
}

/// A finding of a check.
#[model]
pub struct V2Lint {
    /// Which check found it.
    pub name: V2LintName,
    /// Title of the check, for people.
    pub title: String,
    /// How serious it is.
    pub level: LintLevel,
    /// Whom it is for.
    pub facing: LintFacing,
    /// What it is about.
    pub categories: Vec<V2LintCategory>,
    /// What the check looks for, and why.
    pub description: String,
    /// What it found, with the names of the objects.
    pub detail: String,
    /// Address of a page that tells what to do.
    pub remediation: String,
    /// Identifies the finding: the same finding has the same key the next time.
    pub cache_key: String,
    /// When it was seen, ISO 8601. Absent where it is what holds now.
    pub observed_at: Option<String>,
    /// What it found, for programs.
    pub metadata: Option<V2LintMetadata>,
}

/// The check that a finding is of.
#[model]
pub enum V2LintName {
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
    /// Connections to the database are not logged.
    #[serde(rename = "log_connections_not_enabled")]
    LogConnectionsNotEnabled,
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
    /// The database cannot be reached.
    #[serde(rename = "db_not_reachable")]
    DbNotReachable,
    /// Connections to the database fail.
    #[serde(rename = "db_connection_failing")]
    DbConnectionFailing,
    /// The database has no connections left.
    #[serde(rename = "db_connection_limit_reached")]
    DbConnectionLimitReached,
    /// The server of the database sends no measurements any more.
    #[serde(rename = "instance_telemetry_lost")]
    InstanceTelemetryLost,
    /// The database is down.
    #[serde(rename = "instance_db_down")]
    InstanceDbDown,
    /// An alert of the server of the database is on.
    #[serde(rename = "instance_alert_firing")]
    InstanceAlertFiring,
    /// Many requests to the Data API fail, by its logs.
    #[serde(rename = "log_data_api_error_rate_high")]
    LogDataApiErrorRateHigh,
    /// Many requests to Auth fail, by its logs.
    #[serde(rename = "log_auth_error_rate_high")]
    LogAuthErrorRateHigh,
    /// Many requests to Storage fail, by its logs.
    #[serde(rename = "log_storage_error_rate_high")]
    LogStorageErrorRateHigh,
    /// Many calls of Edge Functions fail, by their logs.
    #[serde(rename = "log_edge_function_error_rate_high")]
    LogEdgeFunctionErrorRateHigh,
    /// The project is not running, so that it cannot be checked.
    #[serde(rename = "project_not_active")]
    ProjectNotActive,
    /// A check could not be made.
    #[serde(rename = "advisor_check_unavailable")]
    AdvisorCheckUnavailable,
    /// A check that is newer than this crate.
    Other(String),
}

/// What a finding is about.
#[model]
pub enum V2LintCategory {
    /// Speed.
    #[serde(rename = "PERFORMANCE")]
    Performance,
    /// Security.
    #[serde(rename = "SECURITY")]
    Security,
    /// Whether all runs as it should.
    #[serde(rename = "HEALTH")]
    Health,
    /// A value that is newer than this crate.
    Other(String),
}

/// What a check found. Which fields there are depends on the check.
#[model]
pub struct V2LintMetadata {
    /// Schema of the object.
    pub schema: Option<String>,
    /// Name of the object.
    pub name: Option<String>,
    /// What it is about, if it is no object of the database.
    pub entity: Option<String>,
    /// What kind of object it is.
    pub r#type: Option<V2LintMetadataType>,
    /// Name of the foreign key.
    pub fkey_name: Option<String>,
    /// Numbers of the columns of the foreign key, from 1.
    pub fkey_columns: Option<Vec<f64>>,
}

/// A kind of object.
#[model]
pub enum V2LintMetadataType {
    /// A table.
    #[serde(rename = "table")]
    Table,
    /// A view.
    #[serde(rename = "view")]
    View,
    /// A materialized view.
    #[serde(rename = "materialized view")]
    MaterializedView,
    /// A foreign table.
    #[serde(rename = "foreign table")]
    ForeignTable,
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
    /// The health of the project.
    #[serde(rename = "health")]
    Health,
    /// A value that is newer than this crate.
    Other(String),
}
