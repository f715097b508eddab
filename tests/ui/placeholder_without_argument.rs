use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Gets one project.
    #[get("/v1/projects/{ref}")]
    pub fn get(&self) -> Call<Project>;
}

fn main() {}
