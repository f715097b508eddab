// Only the package itself declares the cfg that its macros look at.
#![allow(unexpected_cfgs)]
use supabase_management_wasm_macros::{endpoints, model};

#[path = "stand_in/call.rs"]
mod call;
#[path = "stand_in/client.rs"]
mod client;
#[path = "../../src/schema/mod.rs"]
mod schema;

use call::Call;

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
