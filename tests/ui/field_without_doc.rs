use supabase_management_wasm_macros::model;

/// A project.
#[model]
pub struct Project {
    /// Name that people see.
    pub name: String,
    pub r#ref: String,
}

fn main() {}
