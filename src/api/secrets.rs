//! Secrets: environment variables of the Edge Functions.

use crate::call::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// The secrets that the Edge Functions of a project see in their environment.
#[endpoints]
impl Secrets {
    /// Lists all secrets of a project. Values cannot be read back: each comes as a digest.
    #[get("/v1/projects/{ref}/secrets", scope = "secrets:read", permission = "edge_functions_secrets_read")]
    pub fn list(&self, project_ref: &str) -> Call<Vec<Secret>>;

    /// Creates secrets, and replaces those that exist. A project holds 100 at most.
    #[post("/v1/projects/{ref}/secrets", scope = "secrets:write", permission = "edge_functions_secrets_write")]
    pub fn create(&self, project_ref: &str, body: &[CreateSecret]) -> Call<()>;

    /// Deletes secrets by their names. Names that do not exist are no error.
    #[delete("/v1/projects/{ref}/secrets", scope = "secrets:write", permission = "edge_functions_secrets_write")]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Names of the secrets.
        body: &[String],
    ) -> Call<()>;
}

/// A secret, without its value.
#[model]
pub struct Secret {
    /// Name of the environment variable.
    pub name: String,
    /// SHA-256 of the value, in hexadecimal digits.
    #[schema(secret, hashed)]
    pub value: String,
    /// When it was last set, ISO 8601.
    pub updated_at: Option<String>,
}

/// A secret to be set.
#[model(input)]
#[derive(Default)]
pub struct CreateSecret {
    /// Name of the environment variable. Names that begin with `SUPABASE_` are reserved.
    #[schema(max = 256, pattern = "^(?!SUPABASE_).*")]
    pub name: String,
    /// Value.
    #[schema(max = 24576, secret)]
    pub value: String,
}
