use supabase_management_wasm_macros::model;

/// A default.
#[model(untagged)]
pub enum Default {
    /// Text, or a number.
    Either(String, f64),
}

fn main() {}
