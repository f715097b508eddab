//! Backups of the database, and the ways back to them.

use crate::call::Call;
use crate::schema::Nullable;
use supabase_management_wasm_macros::{endpoints, model};

/// The backups of a project's database.
///
/// Whatever restores one replaces the data of now, and the project cannot be reached meanwhile.
#[endpoints]
impl Backups {
    /// Lists the backups of a project, and the time span that [`Backups::restore_pitr`] can go back to.
    #[get("/v1/projects/{ref}/database/backups", scope = "database:read", permission = "backups_read")]
    pub fn list(&self, project_ref: &str) -> Call<BackupList>;

    /// Starts to restore a physical backup of [`Backups::list`]. All that was written since is lost, and the project is offline meanwhile.
    ///
    /// Poll [`Projects::get`]: the status becomes `ACTIVE_HEALTHY`, or `RESTORE_FAILED`.
    #[post(
        "/v1/projects/{ref}/database/backups/restore",
        scope = "database:write",
        permission = "backups_write",
        experimental,
        from(Backup = "backups.list")
    )]
    pub fn restore(&self, project_ref: &str, body: &RestoreBackup) -> Call<()>;

    /// Starts to bring the database back to a point in time. All that was written since is lost, and the project is offline meanwhile.
    ///
    /// Needs the add-on for point-in-time recovery: `pitr_enabled` of [`Backups::list`] tells. Poll [`Projects::get`]: the status becomes
    /// `ACTIVE_HEALTHY`, or `RESTORE_FAILED`.
    #[post("/v1/projects/{ref}/database/backups/restore-pitr", scope = "database:write", permission = "backups_write")]
    pub fn restore_pitr(&self, project_ref: &str, body: &RestorePitr) -> Call<()>;

    /// Gets when the daily backup is made. Answers 402 where the plan does not include a schedule.
    #[get("/v1/projects/{ref}/database/backups/schedule", scope = "database:read", permission = "backups_read")]
    pub fn get_schedule(&self, project_ref: &str) -> Call<BackupSchedule>;

    /// Sets when the daily backup is made; it can be changed three times in 24 hours at most. Answers 402 where the plan does not include a schedule.
    #[patch(
        "/v1/projects/{ref}/database/backups/schedule",
        scope = "database:write",
        permission = "backups_write",
        from(BackupSchedule = "backups.getSchedule")
    )]
    pub fn update_schedule(&self, project_ref: &str, body: &UpdateBackupSchedule) -> Call<BackupSchedule>;

    /// Gets a restore point. This is what to poll after [`Backups::create_restore_point`]: it becomes `AVAILABLE`, or `FAILED`.
    #[get("/v1/projects/{ref}/database/backups/restore-point", scope = "database:read", permission = "backups_read", experimental)]
    pub fn get_restore_point(
        &self,
        project_ref: &str,
        /// Name of the restore point.
        query: &RestorePointQuery,
    ) -> Call<RestorePoint>;

    /// Starts to create a restore point, for [`Backups::undo`] to go back to. Poll [`Backups::get_restore_point`] with its name.
    #[post(
        "/v1/projects/{ref}/database/backups/restore-point",
        scope = "database:write",
        permission = "backups_write",
        experimental,
        from(RestorePoint = "backups.getRestorePoint")
    )]
    pub fn create_restore_point(&self, project_ref: &str, body: &RestorePointName) -> Call<RestorePoint>;

    /// Starts to bring the database back to a restore point. All that was written since is lost.
    ///
    /// Poll [`Projects::get`]: the status becomes `ACTIVE_HEALTHY`, or `RESTORE_FAILED`.
    #[post("/v1/projects/{ref}/database/backups/undo", scope = "database:write", permission = "backups_write", experimental)]
    pub fn undo(&self, project_ref: &str, body: &RestorePointName) -> Call<()>;
}

/// The backups of a project.
#[model]
pub struct BackupList {
    /// Where they are kept, as `us-east-1`.
    pub region: String,
    /// Whether physical backups are made, with WAL-G.
    pub walg_enabled: bool,
    /// Whether the database can go back to any point in time.
    pub pitr_enabled: bool,
    /// The backups.
    pub backups: Vec<Backup>,
    /// Time span that physical backups cover. Its fields are absent where there are none.
    pub physical_backup_data: PhysicalBackupData,
}

/// A backup.
#[model]
pub struct Backup {
    /// Identifier, for [`Backups::restore`].
    pub id: i64,
    /// Whether it is physical: a copy of the files of the database. Otherwise it is logical: a dump of its contents.
    pub is_physical_backup: bool,
    /// Whether it can be used.
    pub status: BackupStatus,
    /// When it was made, ISO 8601.
    pub inserted_at: String,
}

/// State of a backup.
#[model]
pub enum BackupStatus {
    /// Complete.
    #[serde(rename = "COMPLETED")]
    Completed,
    /// Could not be made.
    #[serde(rename = "FAILED")]
    Failed,
    /// Being made.
    #[serde(rename = "PENDING")]
    Pending,
    /// Gone.
    #[serde(rename = "REMOVED")]
    Removed,
    /// In the archive.
    #[serde(rename = "ARCHIVED")]
    Archived,
    /// Given up.
    #[serde(rename = "CANCELLED")]
    Cancelled,
    /// A state that is newer than this crate.
    Other(String),
}

/// Time span that physical backups cover.
#[model]
pub struct PhysicalBackupData {
    /// Earliest point in time to go back to, in seconds since 1970.
    pub earliest_physical_backup_date_unix: Option<i64>,
    /// Latest point in time to go back to, in seconds since 1970.
    pub latest_physical_backup_date_unix: Option<i64>,
}

/// The backup to restore.
#[model(input)]
#[derive(Default)]
pub struct RestoreBackup {
    /// Identifier of the backup: `id` of [`Backups::list`].
    pub id: i64,
}

/// The point in time to go back to.
#[model(input)]
#[derive(Default)]
pub struct RestorePitr {
    /// The point in time, in seconds since 1970, within `physical_backup_data` of [`Backups::list`].
    #[schema(minimum = 0)]
    pub recovery_time_target_unix: i64,
}

/// When the daily backup is made.
#[model]
pub struct BackupSchedule {
    /// Time of day in UTC, as `03:30:00`.
    pub schedule_for: String,
    /// When the schedule was last changed, ISO 8601.
    pub updated_at: String,
}

/// When the daily backup shall be made.
#[model(input)]
#[derive(Default)]
pub struct UpdateBackupSchedule {
    /// Time of day in UTC: hours, minutes and seconds, as `03:30:00`.
    pub schedule_for: String,
}

/// Which restore point to get.
#[model(input)]
#[derive(Default)]
pub struct RestorePointQuery {
    /// Name of the restore point. Always give it: the API does not say which one it answers without.
    #[schema(max = 20)]
    pub name: Option<String>,
}

/// A restore point.
#[model]
pub struct RestorePoint {
    /// Name.
    pub name: String,
    /// Whether it can be used.
    pub status: RestorePointStatus,
    /// When it was complete, ISO 8601. `null` until then.
    pub completed_on: Nullable<String>,
}

/// State of a restore point.
#[model]
pub enum RestorePointStatus {
    /// Can be used.
    #[serde(rename = "AVAILABLE")]
    Available,
    /// Being made.
    #[serde(rename = "PENDING")]
    Pending,
    /// Gone.
    #[serde(rename = "REMOVED")]
    Removed,
    /// Could not be made.
    #[serde(rename = "FAILED")]
    Failed,
    /// A state that is newer than this crate.
    Other(String),
}

/// A restore point by its name: the one to create, or the one to go back to.
#[model(input)]
#[derive(Default)]
pub struct RestorePointName {
    /// Name of the restore point.
    #[schema(max = 20)]
    pub name: String,
}
