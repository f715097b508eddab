//! The disk of a project.

use crate::call::Call;
use crate::schema::Nullable;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// The disk that the database lives on.
#[endpoints]
impl Disk {
    /// Gets type, size and speed of the disk.
    #[get("/v1/projects/{ref}/config/disk", permission = "infra_disk_config_read")]
    pub fn get(&self, project_ref: &str) -> Call<DiskConfig>;

    /// Changes type, size or speed of the disk: all of `attributes` is set. It may cost money.
    ///
    /// A disk cannot become smaller, and can be changed again only hours later. Poll [`Disk::get`].
    #[post("/v1/projects/{ref}/config/disk", permission = "infra_disk_config_write", from(DiskConfig = "disk.get"))]
    pub fn update(&self, project_ref: &str, body: &UpdateDisk) -> Call<()>;

    /// Gets how full the disk is.
    #[get("/v1/projects/{ref}/config/disk/util", permission = "infra_disk_config_read")]
    pub fn get_utilization(&self, project_ref: &str) -> Call<DiskUtilization>;

    /// Gets how the disk grows on its own when it is nearly full.
    #[get("/v1/projects/{ref}/config/disk/autoscale", permission = "infra_disk_config_read")]
    pub fn get_autoscale_config(&self, project_ref: &str) -> Call<DiskAutoscaleConfig>;
}

/// The disk.
#[model]
pub struct DiskConfig {
    /// Type, size and speed.
    pub attributes: DiskAttributes,
    /// When it was last changed, ISO 8601. Absent if it never was.
    pub last_modified_at: Option<String>,
}

/// Type, size and speed of a disk.
#[model(tag = "type")]
pub enum DiskAttributes {
    /// General purpose SSD.
    #[serde(rename = "gp3")]
    Gp3 {
        /// Read and write operations per second (IOPS).
        iops: i64,
        /// Size, in GB.
        size_gb: i64,
        /// Throughput, in MiB per second.
        throughput_mibps: Option<i64>,
    },
    /// High performance SSD. Its throughput grows with its IOPS.
    #[serde(rename = "io2")]
    Io2 {
        /// Read and write operations per second (IOPS).
        iops: i64,
        /// Size, in GB.
        size_gb: i64,
    },
    /// A kind that is newer than this crate.
    Other(Value),
}

/// How the disk shall be.
#[model(input)]
pub struct UpdateDisk {
    /// Type, size and speed.
    pub attributes: UpdateDiskAttributes,
}

/// Type, size and speed that a disk shall have.
#[model(tag = "type", input)]
pub enum UpdateDiskAttributes {
    /// General purpose SSD.
    #[serde(rename = "gp3")]
    Gp3 {
        /// Read and write operations per second (IOPS).
        #[schema(minimum = 1)]
        iops: i64,
        /// Size, in GB. Not less than it is.
        #[schema(minimum = 1)]
        size_gb: i64,
        /// Throughput, in MiB per second. A gp3 disk begins with 125.
        #[schema(minimum = 1)]
        throughput_mibps: Option<i64>,
    },
    /// High performance SSD. Its throughput grows with its IOPS.
    #[serde(rename = "io2")]
    Io2 {
        /// Read and write operations per second (IOPS).
        #[schema(minimum = 1)]
        iops: i64,
        /// Size, in GB. Not less than it is.
        #[schema(minimum = 1)]
        size_gb: i64,
    },
}

/// How full the disk is.
#[model]
pub struct DiskUtilization {
    /// When it was measured.
    pub timestamp: String,
    /// What was measured.
    pub metrics: DiskMetrics,
}

/// Sizes of the file system.
#[model]
pub struct DiskMetrics {
    /// Size of the file system, in bytes.
    pub fs_size_bytes: f64,
    /// What is free, in bytes.
    pub fs_avail_bytes: f64,
    /// What is used, in bytes.
    pub fs_used_bytes: f64,
}

/// How the disk grows on its own.
#[model]
pub struct DiskAutoscaleConfig {
    /// By how much it grows, in percent of its size. `null`: the default.
    pub growth_percent: Nullable<i64>,
    /// By how much it grows at least, in GB. `null`: the default.
    pub min_increment_gb: Nullable<i64>,
    /// Beyond which size it does not grow, in GB. `null`: the default.
    pub max_size_gb: Nullable<i64>,
}
