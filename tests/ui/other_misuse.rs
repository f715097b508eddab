use supabase_management_wasm_macros::model;

/// A plan.
#[model]
pub enum Plan {
    /// Free of charge.
    #[serde(rename = "free")]
    Free,
    /// One that is newer than this crate.
    Unknown(String),
}

fn main() {}
