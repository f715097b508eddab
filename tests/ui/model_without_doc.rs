use supabase_management_wasm_macros::model;

#[model]
pub struct Project {
    /// Name that people see.
    pub name: String,
}

fn main() {}
