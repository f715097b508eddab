//! Branches in version 2: a new branch, with a size of its disk.

use super::data::Data;
use crate::api::projects::InstanceSize;
use crate::call::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// The branches of a project, by version 2 of the API. It can only create them: all else is [`Branches`](crate::api::Branches) of version 1.
#[endpoints(v2)]
impl Branches {
    /// Creates a branch. It is a project of its own and may cost money: do not repeat it blindly.
    ///
    /// Poll [`Branches::get_config`] with `project_ref` of the answer until its status is `ACTIVE_HEALTHY`. Answers 402 where the plan has no branches
    /// left.
    #[post("/v2/projects/{ref}/branches")]
    pub fn create(&self, project_ref: &str, body: &Data<V2CreateBranch>) -> Call<Data<V2Branch>>;
}

/// A new branch.
#[model(input)]
pub struct V2CreateBranch {
    /// Kind of the resource.
    #[schema(value = "branch")]
    pub r#type: String,
    /// What it shall be like.
    pub attributes: V2CreateBranchAttributes,
}

/// What a new branch shall be like.
#[model(input)]
#[derive(Default)]
pub struct V2CreateBranchAttributes {
    /// Name: free text.
    pub name: String,
    /// Git branch to follow. Without it, schema and functions come from the parent project.
    pub git_branch: Option<String>,
    /// Compute size.
    pub desired_instance_size: Option<InstanceSize>,
    /// Size of the disk, in GB.
    pub desired_disk_size_gb: Option<f64>,
    /// Where it will run, as `us-east-1`.
    pub region: Option<String>,
    /// Whether it stays until it is deleted. A preview branch is paused when idle, and deleted with its pull request.
    pub persistent: Option<bool>,
    /// Whether it begins with the data of its parent project. Otherwise it begins without data.
    pub with_data: Option<bool>,
    /// Address to call with news of the branch, as when an action run is complete.
    #[schema(format = "uri")]
    pub notify_url: Option<String>,
}

/// A branch.
#[model]
pub struct V2Branch {
    /// Identifier, a UUID. Paths take `project_ref` of the attributes instead.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "branch")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: V2BranchAttributes,
}

/// What is known of a branch.
#[model]
pub struct V2BranchAttributes {
    /// Name: free text.
    pub name: String,
    /// Git branch that it follows. Absent without one.
    pub git_branch: Option<String>,
    /// Whether it is the default branch, which stands for the project itself.
    pub is_default: bool,
    /// Ref of the project that it is a branch of.
    pub parent_project_ref: String,
    /// The branch's own ref: 20 lowercase letters.
    pub project_ref: String,
    /// Whether it stays until it is deleted. A preview branch is paused when idle, and deleted with its pull request.
    pub persistent: bool,
    /// Whether it began with the data of its parent project.
    pub with_data: bool,
    /// Address that is called with news of the branch. Absent without one.
    pub notify_url: Option<String>,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
}
