//! Edge Functions.

use crate::call::{Bytes, Call};
use crate::request::body::{JsonOrEszip, Multipart};
use supabase_management_wasm_macros::{endpoints, model};

/// The Edge Functions of a project.
#[endpoints]
impl Functions {
    /// Lists all functions of a project. The answer is the whole list: there are no pages.
    #[get("/v1/projects/{ref}/functions", scope = "edge_functions:read", permission = "edge_functions_read")]
    pub fn list(&self, project_ref: &str) -> Call<Vec<EdgeFunction>>;

    /// Gets one function, without its source. [`Functions::get_body`] gives the source.
    #[get("/v1/projects/{ref}/functions/{function_slug}", scope = "edge_functions:read", permission = "edge_functions_read")]
    pub fn get(&self, project_ref: &str, function_slug: &str) -> Call<EdgeFunction>;

    /// Gets the eszip bundle of a function, as bytes.
    #[get("/v1/projects/{ref}/functions/{function_slug}/body", scope = "edge_functions:read", permission = "edge_functions_read")]
    pub fn get_body(&self, project_ref: &str, function_slug: &str) -> Call<Bytes>;

    /// Creates a function from its source, or from an eszip bundle, whose settings then travel in the query.
    ///
    /// Answers 402 where the plan allows no more functions.
    #[post("/v1/projects/{ref}/functions", scope = "edge_functions:write", permission = "edge_functions_write")]
    #[deprecated = "use `Functions::deploy`"]
    pub fn create(
        &self,
        project_ref: &str,
        /// Source and settings, or an eszip bundle.
        body: &JsonOrEszip<CreateFunction>,
        /// Settings of an eszip bundle.
        query: &FunctionSettings,
    ) -> Call<EdgeFunction>;

    /// Deploys a function from its source files: creates it, or replaces it. The server bundles the files, and the function is deployed when the answer
    /// is there.
    ///
    /// The body is one `metadata` and any number of files, whose names are relative paths with forward slashes. The files are sent one by one, because
    /// the API unpacks no archive. A `.zip`, a path with `..`, and a path that two files have are refused before anything is sent.
    ///
    /// To deploy many functions, deploy a few at a time with [`bundle_only`](DeployQuery::bundle_only), and activate all of them with one
    /// [`Functions::bulk_update`]. That is also kinder to the rate limit.
    ///
    /// Answers 402 if the plan allows no more functions. [`Organizations::get_entitlements`] tells how many there may be, and how large.
    #[post("/v1/projects/{ref}/functions/deploy", scope = "edge_functions:write", permission = "edge_functions_write")]
    pub fn deploy(
        &self,
        project_ref: &str,
        /// What the files are for, and the files themselves.
        multipart: &Multipart<DeployMetadata>,
        /// Which function it is, and whether it becomes active.
        query: &DeployQuery,
    ) -> Call<DeployedFunction>;

    /// Changes a function. What is left out stays as it is. An eszip bundle replaces its source; the settings are then in the query.
    #[patch(
        "/v1/projects/{ref}/functions/{function_slug}",
        scope = "edge_functions:write",
        permission = "edge_functions_write",
        from(EdgeFunction = "functions.get")
    )]
    pub fn update(
        &self,
        project_ref: &str,
        function_slug: &str,
        /// What changes, or an eszip bundle.
        body: &JsonOrEszip<UpdateFunction>,
        /// Settings of an eszip bundle.
        query: &FunctionSettings,
    ) -> Call<EdgeFunction>;

    /// Creates or replaces many functions at once: what [`Functions::deploy`] answered to [`bundle_only`](DeployQuery::bundle_only) becomes active.
    ///
    /// [`writable`](crate::writable) makes an item of such an answer: it takes no `updated_at`. Sending it twice comes to the same, as `version` is yours to raise. Answers 402 where the plan
    /// allows no more functions.
    #[put(
        "/v1/projects/{ref}/functions",
        scope = "edge_functions:write",
        permission = "edge_functions_write",
        from(EdgeFunction = "functions.list", DeployedFunction = "functions.deploy")
    )]
    pub fn bulk_update(&self, project_ref: &str, body: &[BulkUpdateFunction]) -> Call<BulkUpdatedFunctions>;

    /// Deletes a function.
    #[delete("/v1/projects/{ref}/functions/{function_slug}", scope = "edge_functions:write", permission = "edge_functions_write")]
    pub fn delete(&self, project_ref: &str, function_slug: &str) -> Call<()>;
}

/// An Edge Function.
#[model]
pub struct EdgeFunction {
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
#[model(input)]
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
#[model(input)]
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

/// Settings of a function that is sent as an eszip bundle.
#[model(input)]
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

/// Metadata of a deployment. All paths are relative and have forward slashes, like the names of the files.
#[model(input)]
#[derive(Default)]
pub struct DeployMetadata {
    /// Path of the file it starts with, which must be among the files.
    pub entrypoint_path: String,
    /// Path of its import map, or of its `deno.json`, which must be among the files. An empty one is none.
    pub import_map_path: Option<String>,
    /// Patterns of the paths of files that it reads at run time, as `assets/*.html`. The files themselves are sent as well.
    pub static_patterns: Option<Vec<String>>,
    /// Whether callers need a valid JWT. Default: true.
    pub verify_jwt: Option<bool>,
    /// Name that people see.
    pub name: Option<String>,
}

/// Which function to deploy, and how.
#[model(input)]
#[derive(Default)]
pub struct DeployQuery {
    /// Name in addresses and paths; begins with a letter. Always give it, because the API documents no default.
    #[schema(pattern = "^[A-Za-z][A-Za-z0-9_-]*$")]
    pub slug: Option<String>,
    /// Whether to bundle only, and not to activate: that does one [`Functions::bulk_update`] for many functions afterwards. Default: false.
    #[serde(rename = "bundleOnly")]
    pub bundle_only: Option<bool>,
}

/// A function as it was deployed, or bundled.
#[model]
pub struct DeployedFunction {
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
    pub created_at: Option<i64>,
    /// When it was last deployed, in milliseconds since 1970.
    pub updated_at: Option<i64>,
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

/// Changes of a function. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateFunction {
    /// Name that people see.
    pub name: Option<String>,
    /// Source text.
    pub body: Option<String>,
    /// Whether callers need a valid JWT.
    pub verify_jwt: Option<bool>,
}

/// A function to be activated or changed: what [`Functions::deploy`] answered to [`bundle_only`](DeployQuery::bundle_only), without
/// `updated_at`: [`writable`](crate::writable) makes one of it.
#[model(input)]
pub struct BulkUpdateFunction {
    /// Identifier, a UUID.
    pub id: String,
    /// Name in addresses and paths; begins with a letter.
    #[schema(pattern = "^[A-Za-z][A-Za-z0-9_-]*$")]
    pub slug: String,
    /// Name that people see.
    pub name: String,
    /// Whether it can be called.
    pub status: FunctionStatus,
    /// The version that this becomes: it does not grow by itself.
    pub version: i64,
    /// When it was created, in milliseconds since 1970.
    pub created_at: Option<i64>,
    /// Whether callers need a valid JWT.
    pub verify_jwt: Option<bool>,
    /// Whether it has an import map.
    pub import_map: Option<bool>,
    /// Path of the file it starts with.
    pub entrypoint_path: Option<String>,
    /// Path of its import map.
    pub import_map_path: Option<String>,
    /// SHA-256 of its eszip bundle, in hexadecimal digits.
    pub ezbr_sha256: Option<String>,
}

/// The functions that were activated or changed.
#[model]
pub struct BulkUpdatedFunctions {
    /// The functions.
    pub functions: Vec<EdgeFunction>,
}
