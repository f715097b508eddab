use supabase_management_wasm_macros::model;

/// A disk.
#[model]
pub struct Disk {
    /// Size in GB.
    #[schema(min = 1)]
    pub size_gb: Option<i64>,
}

fn main() {}
