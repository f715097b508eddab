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

/// Where a project runs, which is no model.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Region;

/// A project.
#[model]
pub struct Project {
    /// Where it runs.
    pub region: Option<Region>,
}

/// Your projects.
#[endpoints]
impl Projects {
    /// Lists all regions.
    #[get("/v1/projects/{ref}/regions")]
    pub fn list(&self, project_ref: &str) -> Call<Vec<Region>>;
}

fn main() {}
