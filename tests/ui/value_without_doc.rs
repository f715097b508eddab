use supabase_management_wasm_macros::model;

/// A plan.
#[model]
pub enum Plan {
    #[serde(rename = "free")]
    Free,
}

fn main() {}
