use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Restores a project.
    #[post("/v1/projects/{ref}/restore", from(Project = "projects.get"))]
    pub fn restore(&self, project_ref: &str) -> Call<()>;
}

fn main() {}
