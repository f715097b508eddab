use supabase_management_wasm_macros::model;

/// A project.
#[model]
pub struct Project {
    /// Name that people see.
    #[serde(default)]
    pub name: String,
}

fn main() {}
