use supabase_management_wasm_macros::model;

/// Settings.
#[model]
pub struct Settings {
    /// Password.
    #[schema(hashed)]
    pub password: String,
}

fn main() {}
