use supabase_management_wasm_macros::model;

/// A plan.
#[model]
pub enum Plan {
    /// Free of charge.
    Free,
}

fn main() {}
