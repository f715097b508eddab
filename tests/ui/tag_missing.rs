use supabase_management_wasm_macros::model;

/// Where a project will run.
#[model]
pub enum RegionSelection {
    /// In one region.
    #[serde(rename = "specific")]
    Specific {
        /// The region.
        code: String,
    },
}

fn main() {}
