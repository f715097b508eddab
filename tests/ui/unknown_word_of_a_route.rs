use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all projects.
    #[get("/v1/projects", scopes = "projects:read")]
    pub fn list(&self) -> Call<Vec<Project>>;
}

fn main() {}
