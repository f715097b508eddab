use supabase_management_wasm_macros::model;

/// A disk.
#[model]
pub struct Disk {
    /// Size in GB.
    #[schema(minimum = 1)]
    pub size_gb: String,
}

fn main() {}
