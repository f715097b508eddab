use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all projects.
    #[get("/v1/projects")]
    pub fn list(&self) -> Result<Vec<Project>>;
}

fn main() {}
