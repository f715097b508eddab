use supabase_management_wasm_macros::model;

/// A disk.
#[model]
pub struct Disk {
    /// Name that people see.
    #[schema(min_items = 1)]
    pub name: String,
}

fn main() {}
