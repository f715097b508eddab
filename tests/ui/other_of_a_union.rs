use supabase_management_wasm_macros::model;

/// A disk.
#[model(tag = "type")]
pub enum Disk {
    /// For general purposes.
    #[serde(rename = "gp3")]
    Gp3 {
        /// Size in GB.
        size_gb: i64,
    },
    /// One that is newer than this crate.
    Other(String),
}

fn main() {}
