use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Gets one function. The body is called `body`, whatever its type is called.
    #[post("/v1/projects/{ref}/functions/{function_slug}")]
    pub fn get(&self, project_ref: &str, function_slug: &str, settings: &Settings) -> Call<Project>;
}

fn main() {}
