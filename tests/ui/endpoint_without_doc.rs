use supabase_management_wasm_macros::endpoints;

/// Your projects.
#[endpoints]
impl Projects {
    #[get("/v1/projects")]
    pub fn list(&self) -> Call<Vec<Project>>;
}

fn main() {}
