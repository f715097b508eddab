use supabase_management_wasm_macros::model;

/// A plan.
#[model]
pub enum Number {
    /// Free of charge.
    #[serde(rename = "free")]
    Free,
    /// One that is newer than this crate.
    Other(u32),
}

fn main() {}
