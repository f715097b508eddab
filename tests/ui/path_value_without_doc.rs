use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    /// Gets one tree. A project's reference is known; what `{tree}` is must be said.
    #[get("/v1/projects/{ref}/trees/{tree}")]
    pub fn get_tree(&self, project_ref: &str, tree: &str) -> Call<Tree>;
}

fn main() {}
