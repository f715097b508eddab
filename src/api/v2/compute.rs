//! Compute in version 2: servers of your own beside the database of a project. Alpha: the API gives it to a list of organizations.

use super::data::Data;
use crate::call::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// Servers of your own beside the database of a project: compute instances, each built from a directory that you upload.
///
/// It is alpha, for organizations on a list: the others get an error 404 with the code `not_found.compute.not_enabled`.
#[endpoints(v2)]
impl Compute {
    /// Lists the compute instances of a project. The answer is the whole list: there are no pages.
    #[get("/v2/projects/{ref}/compute", alpha)]
    pub fn list(&self, project_ref: &str) -> Call<Data<Vec<ComputeInstance>>>;

    /// Gets one compute instance. This is what to poll after [`v2::Compute::deploy`], until `build_state` is not `building` any more.
    #[get("/v2/projects/{ref}/compute/{name}", alpha)]
    pub fn get(
        &self,
        project_ref: &str,
        /// Name of the compute instance: `id` in [`v2::Compute::list`].
        #[schema(pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
        name: &str,
    ) -> Call<Data<ComputeInstance>>;

    /// Deletes a compute instance.
    #[delete("/v2/projects/{ref}/compute/{name}", alpha)]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Name of the compute instance: `id` in [`v2::Compute::list`].
        #[schema(pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
        name: &str,
    ) -> Call<()>;

    /// Starts to build and deploy a compute instance, a new one or one that there is. It may cost money.
    ///
    /// Poll [`v2::Compute::get`] until `build_state` is `active`, or `failed`: then `state_reason` says why.
    #[post("/v2/projects/{ref}/compute/{name}/deploy", alpha)]
    pub fn deploy(
        &self,
        project_ref: &str,
        /// Name of the compute instance, which becomes its `id`.
        #[schema(pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
        name: &str,
        body: &Data<DeployComputeInstance>,
    ) -> Call<Data<ComputeInstance>>;

    /// Gets an address that the directory to build from is uploaded to, as a `.tar.gz`.
    ///
    /// Upload with the `method` and to the `url` of the answer, before `expires_at`, by a client for HTTP and not by this one: it is a host of its own,
    /// which must not see the access token. The address is a secret itself: whoever has it can upload. Then call [`v2::Compute::deploy`] with `id`
    /// of the answer as `context_upload_id`.
    #[post("/v2/projects/{ref}/compute/{name}/uploads", alpha)]
    pub fn create_upload(
        &self,
        project_ref: &str,
        /// Name of the compute instance.
        #[schema(pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
        name: &str,
    ) -> Call<Data<ComputeInstanceUpload>>;
}

/// A compute instance.
#[model]
pub struct ComputeInstance {
    /// Name of the compute instance, which paths take.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "project_compute_instance")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: ComputeInstanceAttributes,
}

/// What is known of a compute instance.
#[model]
pub struct ComputeInstanceAttributes {
    /// How far it is built.
    pub build_state: ComputeBuildState,
    /// What it is asked to be like.
    pub spec: ComputeSpec,
    /// Which generation of the secrets it runs with.
    pub secret_generation: String,
    /// Which version of its image it runs. Absent before it is built.
    pub image_version: Option<String>,
    /// Why it is in this state, for people.
    pub state_reason: Option<String>,
    /// Whether it is being deleted.
    pub deleting: Option<bool>,
    /// Why the number of its instances is not known.
    pub instances_error: Option<String>,
    /// How many instances of it there are.
    pub instances: Option<ComputeInstanceCounts>,
}

/// How far a compute instance is built.
#[model]
pub enum ComputeBuildState {
    /// It is being built.
    #[serde(rename = "building")]
    Building,
    /// It is built, and runs.
    #[serde(rename = "active")]
    Active,
    /// It could not be built.
    #[serde(rename = "failed")]
    Failed,
    /// A state that is newer than this crate.
    Other(String),
}

/// What a compute instance is like. The API does not say which values there are.
#[model(input)]
#[derive(Default)]
pub struct ComputeSpec {
    /// Size of each instance.
    pub size: String,
    /// How many instances there are.
    pub instances: f64,
    /// Who can reach it.
    pub exposure: String,
    /// What it runs on.
    pub runtime: Option<String>,
}

/// How many instances of a compute instance there are.
#[model]
pub struct ComputeInstanceCounts {
    /// How many are asked for.
    pub declared: f64,
    /// How many run.
    pub live: f64,
    /// How many take requests.
    pub ready: f64,
    /// How many run an older version.
    pub stale: f64,
}

/// What to build and deploy.
#[model(input)]
pub struct DeployComputeInstance {
    /// Kind of the resource.
    #[schema(value = "project_compute_instance")]
    pub r#type: String,
    /// What it shall be like.
    pub attributes: DeployComputeInstanceAttributes,
}

/// What a compute instance shall be like.
#[model(input)]
#[derive(Default)]
pub struct DeployComputeInstanceAttributes {
    /// Size, number and exposure.
    pub spec: ComputeSpec,
    /// What to build it from: `id` in the answer of [`v2::Compute::create_upload`]. Without it, what it was built from stays.
    pub context_upload_id: Option<String>,
}

/// Where to upload a directory to.
#[model]
pub struct ComputeInstanceUpload {
    /// Identifier of the upload: `context_upload_id` of [`v2::Compute::deploy`].
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "project_compute_instance_upload")]
    pub r#type: String,
    /// How to upload.
    pub attributes: ComputeInstanceUploadAttributes,
}

/// How to upload.
#[model]
pub struct ComputeInstanceUploadAttributes {
    /// Address to upload to. It is signed: whoever has it can upload. Send no access token to it.
    #[schema(secret)]
    pub url: String,
    /// Method of HTTP to upload with, as `PUT`.
    pub method: String,
    /// Until when the address holds, ISO 8601.
    pub expires_at: String,
}
