use supabase_management_wasm_macros::model;

/// A region.
#[model(closed)]
pub struct Region {
    /// Its code.
    pub code: String,
}

fn main() {}
