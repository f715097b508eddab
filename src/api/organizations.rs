//! Organizations: what projects and members belong to.

use crate::client::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// Your organizations.
#[endpoints]
impl Organizations {
    /// Lists the organizations that the token may see.
    #[get("/v1/organizations", scope = "organizations:read", permission = "organizations_read")]
    pub fn list(&self) -> Call<Vec<Organization>>;

    /// Creates an organization on the free plan.
    #[post("/v1/organizations", permission = "organizations_create")]
    pub fn create(&self, body: &CreateOrganization) -> Call<Organization>;
}

/// An organization.
#[model]
pub struct Organization {
    /// The same value as `slug`.
    #[deprecated = "use `slug`"]
    pub id: String,
    /// Reference used in paths and bodies: letters, digits, `_` and `-`.
    pub slug: String,
    /// Name that people see.
    pub name: String,
}

/// A new organization.
#[model]
#[derive(Default)]
pub struct CreateOrganization {
    /// Name that people see.
    #[schema(max = 256)]
    pub name: String,
}
