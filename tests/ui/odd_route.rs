use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Gets one project.
    #[get("/v1/projects/{ref}.json")]
    pub fn get(&self, project_ref: &str) -> Call<Project>;
}

fn main() {}
