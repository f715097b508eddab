//! PrivateLink in version 2: access to the database from a network at AWS, without the internet between them.

use super::data::Data;
use crate::api::organizations::DatabaseType;
use crate::call::Call;
use crate::schema::Nullable;
use supabase_management_wasm_macros::{endpoints, model};

/// Access to the database of a project from networks of AWS accounts, by AWS PrivateLink.
#[endpoints(v2)]
impl PrivateLink {
    /// Lists the associations of a project with AWS accounts. The answer is the whole list: there are no pages.
    #[get("/v2/projects/{ref}/private-link/associations", permission = "project_admin_read")]
    pub fn list(&self, project_ref: &str) -> Call<Data<Vec<PrivateLinkAssociation>>>;

    /// Associates a database of a project with an AWS account. On another plan the API answers 402.
    ///
    /// Poll [`v2::PrivateLink::list`] until its status is `READY`, then accept the share in the AWS account, before the request expires.
    #[post("/v2/projects/{ref}/private-link/associations", permission = "project_admin_write", plan = "Team", plan = "Enterprise")]
    pub fn create(&self, project_ref: &str, body: &Data<CreatePrivateLinkAssociation>) -> Call<Data<PrivateLinkAssociation>>;

    /// Ends all associations of a project with an AWS account.
    #[delete("/v2/projects/{ref}/private-link/associations/aws-account/{aws_account_id}", permission = "project_admin_write")]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Number of the AWS account, 12 digits.
        aws_account_id: &str,
    ) -> Call<()>;

    /// Ends the association of one database of a project with an AWS account.
    #[delete(
        "/v2/projects/{ref}/private-link/associations/aws-account/{aws_account_id}/database/{database_identifier}",
        permission = "project_admin_write"
    )]
    pub fn delete_for_database(
        &self,
        project_ref: &str,
        /// Number of the AWS account, 12 digits.
        aws_account_id: &str,
        /// Identifier of the database: the project ref for the primary, one of its own for a read replica.
        database_identifier: &str,
    ) -> Call<()>;
}

/// An association.
#[model]
pub struct PrivateLinkAssociation {
    /// Identifier of the association.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "private_link_association")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: PrivateLinkAssociationAttributes,
}

/// What is known of an association.
#[model]
pub struct PrivateLinkAssociationAttributes {
    /// Name of the AWS account, for people. Absent without one.
    pub account_name: Option<String>,
    /// Number of the AWS account, 12 digits.
    pub aws_account_id: String,
    /// Host name by which the database is reached.
    pub custom_dns_name: String,
    /// Identifier of the database: the project ref for the primary, one of its own for a read replica.
    pub database_identifier: String,
    /// Whether it is the primary or a read replica.
    pub database_type: DatabaseType,
    /// ARN of the resource configuration. Absent until there is one.
    pub resource_access_manager_resource_config_arn: Option<String>,
    /// Identifier of the resource configuration. Absent until there is one.
    pub resource_access_manager_resource_config_id: Option<String>,
    /// ARN of the share in AWS Resource Access Manager, which the AWS account accepts. Absent until there is one.
    pub resource_access_manager_share_arn: Option<String>,
    /// When it was shared with the AWS account, ISO 8601. `null` before.
    pub shared_at: Nullable<String>,
    /// What state it is in.
    pub status: PrivateLinkAssociationStatus,
}

/// State of an association.
#[model]
pub enum PrivateLinkAssociationStatus {
    /// It is being set up.
    #[serde(rename = "CREATING")]
    Creating,
    /// It is set up, and shared with the AWS account.
    #[serde(rename = "READY")]
    Ready,
    /// The AWS account did not accept the share in time.
    #[serde(rename = "ASSOCIATION_REQUEST_EXPIRED")]
    AssociationRequestExpired,
    /// The AWS account has accepted the share.
    #[serde(rename = "ASSOCIATION_ACCEPTED")]
    AssociationAccepted,
    /// It could not be set up.
    #[serde(rename = "CREATION_FAILED")]
    CreationFailed,
    /// It is being ended.
    #[serde(rename = "DELETING")]
    Deleting,
    /// A state that is newer than this crate.
    Other(String),
}

/// A new association.
#[model(input)]
pub struct CreatePrivateLinkAssociation {
    /// Kind of the resource.
    #[schema(value = "private_link_association")]
    pub r#type: String,
    /// What to associate.
    pub attributes: CreatePrivateLinkAssociationAttributes,
}

/// What to associate.
#[model(input)]
#[derive(Default)]
pub struct CreatePrivateLinkAssociationAttributes {
    /// Number of the AWS account, 12 digits.
    pub aws_account_id: String,
    /// Name of the AWS account, for people.
    pub account_name: Option<String>,
    /// Identifier of the database: the project ref for the primary, one of its own for a read replica. Default: the primary.
    pub database_identifier: Option<String>,
}
