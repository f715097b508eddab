use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Gets one project.
    #[get("/v1/projects/{ref}")]
    pub fn get(&self, project_ref: &str) -> Call<Project>

    /// Lists all projects.
    #[get("/v1/projects")]
    pub fn list(&self) -> Call<Vec<Project>>;
}

fn main() {}
