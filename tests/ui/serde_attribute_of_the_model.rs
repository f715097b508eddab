use supabase_management_wasm_macros::model;

/// A project.
#[model]
#[serde(rename_all = "camelCase")]
pub struct Project {
    /// Name that people see.
    pub first_name: String,
}

fn main() {}
