//! Edge Functions.

use crate::client::Call;
use crate::endpoint::JsonOrEszip;
use supabase_management_wasm_macros::{endpoints, model};

/// The Edge Functions of a project.
#[endpoints]
impl Functions {
    /// Lists all functions of a project, at once: there are no pages.
    #[get("/v1/projects/{ref}/functions", scope = "edge_functions:read", permission = "edge_functions_read")]
    pub fn list(&self, project_ref: &str) -> Call<Vec<Function>>;

    /// Creates a function from its source, or from an eszip bundle, whose settings then travel in the query.
    ///
    /// Answers 402 where the plan allows no more functions.
    #[post("/v1/projects/{ref}/functions", scope = "edge_functions:write", permission = "edge_functions_write")]
    #[deprecated = "deploy functions with `POST /v1/projects/{ref}/functions/deploy`"]
    pub fn create(&self, project_ref: &str, body: &JsonOrEszip<CreateFunction>, query: &FunctionSettings) -> Call<Function>;

    /// Gets one function. Its source is not in it.
    #[get("/v1/projects/{ref}/functions/{function_slug}", scope = "edge_functions:read", permission = "edge_functions_read")]
    pub fn get(&self, project_ref: &str, function_slug: &str) -> Call<Function>;

    /// Changes a function: what is left out stays. An eszip bundle replaces its source, with settings in the query.
    #[patch("/v1/projects/{ref}/functions/{function_slug}", scope = "edge_functions:write", permission = "edge_functions_write")]
    pub fn update(&self, project_ref: &str, function_slug: &str, body: &JsonOrEszip<UpdateFunction>, query: &FunctionSettings) -> Call<Function>;

    /// Deletes a function.
    #[delete("/v1/projects/{ref}/functions/{function_slug}", scope = "edge_functions:write", permission = "edge_functions_write")]
    pub fn delete(&self, project_ref: &str, function_slug: &str) -> Call<()>;
}

/// An Edge Function.
#[model]
pub struct Function {
    /// Identifier, a UUID.
    pub id: String,
    /// Name in addresses and paths.
    pub slug: String,
    /// Name that people see.
    pub name: String,
    /// Whether it can be called.
    pub status: FunctionStatus,
    /// Grows by one with every deployment.
    pub version: i64,
    /// When it was created, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last deployed, in milliseconds since 1970.
    pub updated_at: i64,
    /// Whether callers need a valid JWT.
    pub verify_jwt: Option<bool>,
    /// Whether it has an import map.
    pub import_map: Option<bool>,
    /// Path of the file it starts with.
    pub entrypoint_path: Option<String>,
    /// Path of its import map.
    pub import_map_path: Option<String>,
    /// SHA-256 of its eszip bundle, in hexadecimal digits. The same digits mean the same source.
    pub ezbr_sha256: Option<String>,
}

/// Whether a function can be called.
#[model]
pub enum FunctionStatus {
    /// Yes.
    #[serde(rename = "ACTIVE")]
    Active,
    /// It is gone.
    #[serde(rename = "REMOVED")]
    Removed,
    /// Not now: it used up what the plan allows.
    #[serde(rename = "THROTTLED")]
    Throttled,
    /// A state that is newer than this crate.
    Other(String),
}

/// A new function, from its source.
#[model]
#[derive(Default)]
pub struct CreateFunction {
    /// Name in addresses and paths; begins with a letter.
    #[schema(pattern = "^[A-Za-z][A-Za-z0-9_-]*$")]
    pub slug: String,
    /// Name that people see.
    pub name: String,
    /// Source text.
    pub body: String,
    /// Whether callers need a valid JWT. Default: true.
    pub verify_jwt: Option<bool>,
}

/// Changes of a function. What is left out stays.
#[model]
#[derive(Default)]
pub struct UpdateFunction {
    /// Name that people see.
    pub name: Option<String>,
    /// Source text.
    pub body: Option<String>,
    /// Whether callers need a valid JWT.
    pub verify_jwt: Option<bool>,
}

/// Settings of a function that is sent as an eszip bundle.
#[model]
#[derive(Default)]
pub struct FunctionSettings {
    /// Name in addresses and paths.
    #[schema(pattern = "^[A-Za-z0-9_-]+$")]
    pub slug: Option<String>,
    /// Name that people see.
    pub name: Option<String>,
    /// Whether callers need a valid JWT.
    pub verify_jwt: Option<bool>,
    /// Whether the bundle has an import map.
    pub import_map: Option<bool>,
    /// Path of the file it starts with, inside the bundle.
    pub entrypoint_path: Option<String>,
    /// Path of its import map, inside the bundle.
    pub import_map_path: Option<String>,
    /// SHA-256 of the bundle, in hexadecimal digits.
    pub ezbr_sha256: Option<String>,
}
