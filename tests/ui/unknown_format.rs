use supabase_management_wasm_macros::model;

/// A project.
#[model]
pub struct Project {
    /// Address.
    #[schema(format = "url")]
    pub address: String,
}

fn main() {}
