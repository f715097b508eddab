use supabase_management_wasm_macros::model;

/// A key.
#[model]
pub struct Key {
    /// Whether it may leave.
    #[schema(only_true)]
    pub ext: String,
}

fn main() {}
