use supabase_management_wasm_macros::{endpoints, model};

#[path = "stand_in/client.rs"]
mod client;
#[path = "stand_in/endpoint.rs"]
mod endpoint;
#[path = "../../src/schema.rs"]
mod schema;

use client::Call;

/// A project.
#[model]
pub struct Project {
    /// Name that people see.
    pub name: String,
}

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all projects.
    #[get("/v1/projects")]
    pub fn list(&self) -> Call<Vec<Projct>>;
}

fn main() {}
