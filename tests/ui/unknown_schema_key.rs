use supabase_management_wasm_macros::model;

/// A project.
#[model]
pub struct Project {
    /// Name that people see.
    #[schema(max_length = 256)]
    pub name: String,
}

fn main() {}
