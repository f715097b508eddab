use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Gets one project.
    pub fn get(&self, project_ref: &str) -> Call<Project>;
}

fn main() {}
