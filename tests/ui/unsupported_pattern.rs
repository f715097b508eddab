use supabase_management_wasm_macros::model;

/// A project.
#[model]
pub struct Project {
    /// Name that people see.
    #[schema(pattern = "[a-z]+")]
    pub name: String,
}

/// A project with a pattern that looks behind.
#[model]
pub struct Behind {
    /// Name that people see.
    #[schema(pattern = "^(?<!a)b$")]
    pub name: String,
}

fn main() {}
