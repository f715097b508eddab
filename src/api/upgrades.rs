//! Upgrades of Postgres.

use crate::schema::Nullable;
use serde_json::Value;
use supabase_management_wasm_macros::model;

/// What to upgrade a project to.
#[model(input)]
#[derive(Default)]
pub struct UpgradeProject {
    /// Major version of Postgres, as `17`: a `postgres_version` of `target_upgrade_versions`.
    pub target_version: String,
    /// How far the version is tested: the `release_channel` beside that `postgres_version`.
    pub release_channel: Option<ReleaseChannel>,
}

/// An upgrade that has been started.
#[model]
pub struct UpgradeStarted {
    /// What [`Projects::get_upgrade_status`] takes.
    pub tracking_id: String,
}

/// Whether a project can be upgraded, and to what.
#[model]
pub struct UpgradeEligibility {
    /// Whether it can be upgraded now.
    pub eligible: bool,
    /// The version that it runs, as `supabase-postgres-17.6.1.084`.
    pub current_app_version: String,
    /// How far that version is tested.
    pub current_app_version_release_channel: ReleaseChannel,
    /// The latest version that there is.
    pub latest_app_version: String,
    /// The versions that it can be upgraded to.
    pub target_upgrade_versions: Vec<TargetUpgradeVersion>,
    /// How long the project may be offline, in hours.
    pub duration_estimate_hours: f64,
    /// Your own roles whose passwords are hashed with MD5: set these passwords again after the upgrade, or nobody can log in with them.
    pub legacy_auth_custom_roles: Vec<String>,
    /// What would be lost.
    #[deprecated = "use `validation_errors`"]
    pub objects_to_be_dropped: Vec<String>,
    /// Extensions that the new version does not have.
    #[deprecated = "use `validation_errors`"]
    pub unsupported_extensions: Vec<String>,
    /// Your own objects in schemas of the platform.
    #[deprecated = "use `validation_errors`"]
    pub user_defined_objects_in_internal_schemas: Vec<String>,
    /// What has to be put right first.
    pub validation_errors: Vec<UpgradeObstacle>,
    /// What will be different afterwards.
    pub warnings: Vec<UpgradeWarning>,
}

/// A version that a project can be upgraded to.
#[model]
pub struct TargetUpgradeVersion {
    /// Major version of Postgres.
    pub postgres_version: PostgresEngine,
    /// How far it is tested.
    pub release_channel: ReleaseChannel,
    /// Full version, as `supabase-postgres-17.6.1.084`.
    pub app_version: String,
}

/// What stands in the way of an upgrade.
#[model(tag = "type")]
pub enum UpgradeObstacle {
    /// Objects depend on the extension `pg_cron`, which the upgrade drops and creates again. Remove them.
    #[serde(rename = "objects_depending_on_pg_cron")]
    ObjectsDependingOnPgCron {
        /// The objects.
        dependents: Vec<String>,
    },
    /// An index calls the function `ll_to_earth`. Drop it, or write it differently.
    #[serde(rename = "indexes_referencing_ll_to_earth")]
    IndexesReferencingLlToEarth {
        /// Schema of the table.
        schema_name: String,
        /// The table.
        table_name: String,
        /// The index.
        index_name: String,
    },
    /// A function is written in a language that the new version does not have.
    #[serde(rename = "function_using_obsolete_lang")]
    FunctionUsingObsoleteLang {
        /// Schema of the function.
        schema_name: String,
        /// The function.
        function_name: String,
        /// The language.
        lang_name: String,
    },
    /// An extension that the new version does not have. Drop it.
    #[serde(rename = "unsupported_extension")]
    UnsupportedExtension {
        /// The extension.
        extension_name: String,
    },
    /// A foreign data wrapper has a handler that the new version does not have. Change or drop it.
    #[serde(rename = "unsupported_fdw_handler")]
    UnsupportedFdwHandler {
        /// The foreign data wrapper.
        fdw_name: String,
        /// Its handler.
        fdw_handler_name: String,
    },
    /// An unlogged table has a sequence that is logged. Make both of one kind.
    #[serde(rename = "unlogged_table_with_persistent_sequence")]
    UnloggedTableWithPersistentSequence {
        /// Schema of the table.
        schema_name: String,
        /// The table.
        table_name: String,
        /// The sequence.
        sequence_name: String,
    },
    /// An object of your own lies in a schema of the platform. Move it to one of yours.
    #[serde(rename = "user_defined_objects_in_internal_schemas")]
    UserDefinedObjectsInInternalSchemas {
        /// What it is.
        obj_type: InternalObjectType,
        /// The schema it lies in.
        schema_name: String,
        /// The object.
        obj_name: String,
    },
    /// A replication slot is in use. Drop it.
    #[serde(rename = "active_replication_slot")]
    ActiveReplicationSlot {
        /// The slot.
        slot_name: String,
    },
    /// The project runs on x86 processors.
    #[serde(rename = "x86_architecture")]
    X86Architecture {},
    /// The project hibernates.
    #[serde(rename = "project_hibernating")]
    ProjectHibernating {},
    /// A kind that is newer than this crate.
    Other(Value),
}

/// What kind of object lies in a schema of the platform.
#[model]
pub enum InternalObjectType {
    /// A table.
    #[serde(rename = "table")]
    Table,
    /// A function of the database.
    #[serde(rename = "function")]
    Function,
    /// A value that is newer than this crate.
    Other(String),
}

/// What will be different after an upgrade.
#[model(tag = "type")]
pub enum UpgradeWarning {
    /// The extension `pg_graphql` no longer answers introspection queries until you switch them on in a comment of the schema.
    #[serde(rename = "pg_graphql_introspection_change")]
    PgGraphqlIntrospectionChange {},
    /// A kind that is newer than this crate.
    Other(Value),
}

/// Which upgrade to look at.
#[model(input)]
#[derive(Default)]
pub struct UpgradeStatusQuery {
    /// What [`Projects::upgrade`] answered. The latest upgrade, if it is left out.
    pub tracking_id: Option<String>,
}

/// How far an upgrade is.
#[model]
pub struct UpgradeStatus {
    /// The upgrade; `null` if there never was one.
    #[serde(rename = "databaseUpgradeStatus")]
    pub database_upgrade_status: Nullable<UpgradeState>,
}

/// State of an upgrade.
#[model]
pub struct UpgradeState {
    /// When it was started, ISO 8601.
    pub initiated_at: String,
    /// When this state was reached, ISO 8601.
    pub latest_status_at: String,
    /// The version of Postgres that it leads to, as a number.
    pub target_version: f64,
    /// What failed; absent if nothing did.
    pub error: Option<UpgradeError>,
    /// The latest step that was reached.
    pub progress: Option<UpgradeProgress>,
    /// 0 while it runs, 1 when it is done, 2 when it has failed.
    pub status: f64,
}

/// The step that an upgrade failed at.
#[model]
pub enum UpgradeError {
    /// The new server did not start.
    #[serde(rename = "1_upgraded_instance_launch_failed")]
    UpgradedInstanceLaunchFailed,
    /// The disk did not come off the new server.
    #[serde(rename = "2_volume_detachchment_from_upgraded_instance_failed")]
    VolumeDetachmentFromUpgradedInstanceFailed,
    /// The disk could not be put into the old server.
    #[serde(rename = "3_volume_attachment_to_original_instance_failed")]
    VolumeAttachmentToOriginalInstanceFailed,
    /// The upgrade of the data did not start.
    #[serde(rename = "4_data_upgrade_initiation_failed")]
    DataUpgradeInitiationFailed,
    /// The upgrade of the data did not end well.
    #[serde(rename = "5_data_upgrade_completion_failed")]
    DataUpgradeCompletionFailed,
    /// The disk did not come off the old server.
    #[serde(rename = "6_volume_detachchment_from_original_instance_failed")]
    VolumeDetachmentFromOriginalInstanceFailed,
    /// The disk could not be put into the new server.
    #[serde(rename = "7_volume_attachment_to_upgraded_instance_failed")]
    VolumeAttachmentToUpgradedInstanceFailed,
    /// The last steps on the new server failed.
    #[serde(rename = "8_upgrade_completion_failed")]
    UpgradeCompletionFailed,
    /// The backup after the upgrade failed.
    #[serde(rename = "9_post_physical_backup_failed")]
    PostPhysicalBackupFailed,
    /// An error that is newer than this crate.
    Other(String),
}

/// The steps of an upgrade.
#[model]
pub enum UpgradeProgress {
    /// Asked for.
    #[serde(rename = "0_requested")]
    Requested,
    /// Started.
    #[serde(rename = "1_started")]
    Started,
    /// The new server runs.
    #[serde(rename = "2_launched_upgraded_instance")]
    LaunchedUpgradedInstance,
    /// The disk came off the new server.
    #[serde(rename = "3_detached_volume_from_upgraded_instance")]
    DetachedVolumeFromUpgradedInstance,
    /// The disk is in the old server.
    #[serde(rename = "4_attached_volume_to_original_instance")]
    AttachedVolumeToOriginalInstance,
    /// The upgrade of the data has begun.
    #[serde(rename = "5_initiated_data_upgrade")]
    InitiatedDataUpgrade,
    /// The data is upgraded.
    #[serde(rename = "6_completed_data_upgrade")]
    CompletedDataUpgrade,
    /// The disk came off the old server.
    #[serde(rename = "7_detached_volume_from_original_instance")]
    DetachedVolumeFromOriginalInstance,
    /// The disk is in the new server.
    #[serde(rename = "8_attached_volume_to_upgraded_instance")]
    AttachedVolumeToUpgradedInstance,
    /// Done: the project runs the new version, and a backup is being made.
    #[serde(rename = "9_completed_upgrade")]
    CompletedUpgrade,
    /// Done, and the backup is made.
    #[serde(rename = "10_completed_post_physical_backup")]
    CompletedPostPhysicalBackup,
    /// A step that is newer than this crate.
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

/// How far a version of Postgres is tested.
#[model(input)]
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
