use supabase_management_wasm_macros::model;

/// A project.
#[model]
pub struct Project {
    /// The same value as `ref`.
    #[deprecated]
    pub id: String,
}

fn main() {}
