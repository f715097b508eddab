//! What the webhooks of organizations and of projects share: endpoints that are told of events, and what was delivered to them.

use super::data::PageLinks;
use crate::schema::{Map, Nullable};
use serde_json::Value;
use supabase_management_wasm_macros::model;

/// Which part of a list of webhooks to answer.
#[model(input)]
#[derive(Default)]
pub struct ListWebhooksQuery {
    /// Which page.
    pub page: Option<WebhooksPageQuery>,
}

/// Which page of a list of webhooks to answer.
#[model(input)]
#[derive(Default)]
pub struct WebhooksPageQuery {
    /// How many to skip: a multiple of the limit. Default: 0.
    #[schema(minimum = 0)]
    pub offset: Option<i64>,
    /// How many to answer at most. Default: 20.
    #[schema(minimum = 0)]
    pub limit: Option<i64>,
}

/// A page of webhook endpoints.
#[model]
pub struct WebhookEndpointList {
    /// The endpoints of this page.
    pub data: Vec<WebhookEndpoint>,
    /// Paths of other pages.
    pub links: PageLinks,
}

/// A webhook endpoint.
#[model]
pub struct WebhookEndpoint {
    /// Identifier of the endpoint, a UUID.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "endpoint")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: WebhookEndpointAttributes,
}

/// What is known of a webhook endpoint. Its signing secret cannot be read back.
#[model]
pub struct WebhookEndpointAttributes {
    /// Identifier of the endpoint, a UUID: the same value as `id` beside the attributes.
    pub id: String,
    /// Address that is told.
    pub url: String,
    /// Whether it is told.
    pub enabled: bool,
    /// What it is for. `null` without a description.
    pub description: Nullable<String>,
    /// What it is told of.
    pub event_types: Vec<WebhookEventSubscription>,
    /// Headers of HTTP that are sent with each delivery. `null` without any.
    #[schema(secret)]
    pub custom_headers: Option<Nullable<Map<String>>>,
    /// The user who created it, a UUID.
    pub created_by: String,
    /// When it was created, ISO 8601.
    pub created_at: String,
}

/// A kind of event that an endpoint is told of.
#[model(input)]
pub struct WebhookEventSubscription {
    /// The kind of event, or `*` for all.
    pub r#type: WebhookEventType,
}

/// A kind of event that an endpoint can ask for.
#[model(input)]
pub enum WebhookEventType {
    /// A project was paused.
    #[serde(rename = "v1.project.paused")]
    ProjectPaused,
    /// A project was created.
    #[serde(rename = "v1.project.created")]
    ProjectCreated,
    /// A project was restored.
    #[serde(rename = "v1.project.restored")]
    ProjectRestored,
    /// A project was moved to another organization.
    #[serde(rename = "v1.project.transferred")]
    ProjectTransferred,
    /// A project was deleted.
    #[serde(rename = "v1.project.removed")]
    ProjectRemoved,
    /// A project was restarted.
    #[serde(rename = "v1.project.restarted")]
    ProjectRestarted,
    /// A project has another status.
    #[serde(rename = "v1.project.status.changed")]
    ProjectStatusChanged,
    /// A backup of a project has begun.
    #[serde(rename = "v1.project.backup.started")]
    ProjectBackupStarted,
    /// A branch was created.
    #[serde(rename = "v1.project.branch.created")]
    ProjectBranchCreated,
    /// A branch was changed.
    #[serde(rename = "v1.project.branch.updated")]
    ProjectBranchUpdated,
    /// A branch was deleted.
    #[serde(rename = "v1.project.branch.removed")]
    ProjectBranchRemoved,
    /// Somebody was invited to an organization.
    #[serde(rename = "v1.organization.member.invitation.created")]
    OrganizationMemberInvitationCreated,
    /// An invitation to an organization was taken back.
    #[serde(rename = "v1.organization.member.invitation.canceled")]
    OrganizationMemberInvitationCanceled,
    /// An organization has a new member.
    #[serde(rename = "v1.organization.member.added")]
    OrganizationMemberAdded,
    /// A member has left an organization.
    #[serde(rename = "v1.organization.member.removed")]
    OrganizationMemberRemoved,
    /// A member was given a role.
    #[serde(rename = "v1.organization.member.role.assigned")]
    OrganizationMemberRoleAssigned,
    /// A role was taken from a member.
    #[serde(rename = "v1.organization.member.role.removed")]
    OrganizationMemberRoleRemoved,
    /// A role of a member was changed.
    #[serde(rename = "v1.organization.member.role.updated")]
    OrganizationMemberRoleUpdated,
    /// An organization has a larger plan.
    #[serde(rename = "v1.organization.billing.plan.upgraded")]
    OrganizationBillingPlanUpgraded,
    /// An organization has a smaller plan.
    #[serde(rename = "v1.organization.billing.plan.downgraded")]
    OrganizationBillingPlanDowngraded,
    /// All of them.
    #[serde(rename = "*")]
    All,
    /// An event that is newer than this crate.
    Other(String),
}

/// A new webhook endpoint.
#[model(input)]
pub struct CreateWebhookEndpoint {
    /// Kind of the resource.
    #[schema(value = "endpoint")]
    pub r#type: String,
    /// What it shall be like.
    pub attributes: CreateWebhookEndpointAttributes,
}

/// What a new webhook endpoint shall be like.
#[model(input)]
#[derive(Default)]
pub struct CreateWebhookEndpointAttributes {
    /// Address to tell.
    #[schema(format = "uri")]
    pub url: String,
    /// What to tell it of.
    #[schema(min_items = 1)]
    pub event_types: Vec<WebhookEventSubscription>,
    /// Secret that each delivery is signed with, as Standard Webhooks says. It cannot be read back: keep it.
    #[schema(secret, min = 8, max = 64)]
    pub signing_secret: String,
    /// Whether to tell it. Default: true.
    pub enabled: Option<bool>,
    /// What it is for.
    #[schema(max = 512)]
    pub description: Option<Nullable<String>>,
    /// Headers of HTTP to send with each delivery.
    #[schema(secret)]
    pub custom_headers: Option<Nullable<Map<String>>>,
}

/// Changes of a webhook endpoint.
#[model(input)]
pub struct UpdateWebhookEndpoint {
    /// Kind of the resource.
    #[schema(value = "endpoint")]
    pub r#type: String,
    /// What shall change.
    pub attributes: UpdateWebhookEndpointAttributes,
}

/// What shall change in a webhook endpoint. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateWebhookEndpointAttributes {
    /// Address to tell.
    #[schema(format = "uri")]
    pub url: Option<String>,
    /// All that it is to be told of.
    #[schema(min_items = 1)]
    pub event_types: Option<Vec<WebhookEventSubscription>>,
    /// Secret that each delivery is signed with, as Standard Webhooks says. It cannot be read back: keep it.
    #[schema(secret, min = 8, max = 64)]
    pub signing_secret: Option<String>,
    /// Whether to tell it.
    pub enabled: Option<bool>,
    /// What it is for. `null` takes the description away.
    #[schema(max = 512)]
    pub description: Option<Nullable<String>>,
    /// All headers of HTTP to send with each delivery. `null` takes them away.
    #[schema(secret)]
    pub custom_headers: Option<Nullable<Map<String>>>,
}

/// A delivery.
#[model]
pub struct WebhookDelivery {
    /// Identifier of the delivery, a UUID.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "delivery")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: WebhookDeliveryAttributes,
}

/// What is known of a delivery.
#[model]
pub struct WebhookDeliveryAttributes {
    /// Identifier of the delivery, a UUID: the same value as `id` beside the attributes.
    pub id: String,
    /// Identifier of the event, a UUID. Deliveries that repeat one another have the same.
    pub event_id: String,
    /// What became of it.
    pub status: WebhookDeliveryStatus,
    /// When it was last tried, ISO 8601.
    pub attempt_timestamp: String,
    /// Status of HTTP that the endpoint answered.
    pub response_code: f64,
    /// Headers of HTTP that the endpoint answered. `null` without an answer.
    pub response_headers: Nullable<Map<String>>,
    /// Body that the endpoint answered. `null` without one.
    pub response_body: Nullable<WebhookResponseBody>,
    /// The event.
    pub event: WebhookEvent,
}

/// What became of a delivery.
#[model]
pub enum WebhookDeliveryStatus {
    /// It was not tried yet, or is tried again.
    #[serde(rename = "pending")]
    Pending,
    /// The endpoint has taken it.
    #[serde(rename = "success")]
    Success,
    /// The endpoint has not taken it.
    #[serde(rename = "failure")]
    Failure,
    /// It is not sent, as where the endpoint is not enabled.
    #[serde(rename = "skipped")]
    Skipped,
    /// A state that is newer than this crate.
    Other(String),
}

/// Body that an endpoint answered: text, or an object of texts.
#[model(untagged)]
pub enum WebhookResponseBody {
    /// Text.
    Text(String),
    /// An object of texts.
    Fields(Map<String>),
    /// Something that is newer than this crate.
    Other(Value),
}

/// An event that an endpoint is told of.
#[model]
pub struct WebhookEvent {
    /// The kind of event.
    pub r#type: WebhookDeliveredEventType,
    /// When it happened, ISO 8601.
    pub timestamp: String,
    /// Whom it is about, and more that depends on the kind of event.
    pub payload: WebhookEventPayload,
}

/// A kind of event that was delivered, by its name or an older one.
#[model]
pub enum WebhookDeliveredEventType {
    /// A project was paused.
    #[serde(rename = "v1.project.paused")]
    ProjectPaused,
    /// A project was created.
    #[serde(rename = "v1.project.created")]
    ProjectCreated,
    /// A project was restored.
    #[serde(rename = "v1.project.restored")]
    ProjectRestored,
    /// A project was moved to another organization.
    #[serde(rename = "v1.project.transferred")]
    ProjectTransferred,
    /// A project was deleted.
    #[serde(rename = "v1.project.removed")]
    ProjectRemoved,
    /// A project was restarted.
    #[serde(rename = "v1.project.restarted")]
    ProjectRestarted,
    /// A project has another status.
    #[serde(rename = "v1.project.status.changed")]
    ProjectStatusChanged,
    /// A backup of a project has begun.
    #[serde(rename = "v1.project.backup.started")]
    ProjectBackupStarted,
    /// A branch was created.
    #[serde(rename = "v1.project.branch.created")]
    ProjectBranchCreated,
    /// A branch was changed.
    #[serde(rename = "v1.project.branch.updated")]
    ProjectBranchUpdated,
    /// A branch was deleted.
    #[serde(rename = "v1.project.branch.removed")]
    ProjectBranchRemoved,
    /// Somebody was invited to an organization.
    #[serde(rename = "v1.organization.member.invitation.created")]
    OrganizationMemberInvitationCreated,
    /// An invitation to an organization was taken back.
    #[serde(rename = "v1.organization.member.invitation.canceled")]
    OrganizationMemberInvitationCanceled,
    /// An organization has a new member.
    #[serde(rename = "v1.organization.member.added")]
    OrganizationMemberAdded,
    /// A member has left an organization.
    #[serde(rename = "v1.organization.member.removed")]
    OrganizationMemberRemoved,
    /// A member was given a role.
    #[serde(rename = "v1.organization.member.role.assigned")]
    OrganizationMemberRoleAssigned,
    /// A role was taken from a member.
    #[serde(rename = "v1.organization.member.role.removed")]
    OrganizationMemberRoleRemoved,
    /// A role of a member was changed.
    #[serde(rename = "v1.organization.member.role.updated")]
    OrganizationMemberRoleUpdated,
    /// An organization has a larger plan.
    #[serde(rename = "v1.organization.billing.plan.upgraded")]
    OrganizationBillingPlanUpgraded,
    /// An organization has a smaller plan.
    #[serde(rename = "v1.organization.billing.plan.downgraded")]
    OrganizationBillingPlanDowngraded,
    /// A project was paused, by an older name of the event.
    #[serde(rename = "project.v1.paused")]
    OlderProjectPaused,
    /// A project was created, by an older name of the event.
    #[serde(rename = "project.v1.created")]
    OlderProjectCreated,
    /// A project was restored, by an older name of the event.
    #[serde(rename = "project.v1.restored")]
    OlderProjectRestored,
    /// A project was moved to another organization, by an older name of the event.
    #[serde(rename = "project.v1.transferred")]
    OlderProjectTransferred,
    /// A project was deleted, by an older name of the event.
    #[serde(rename = "project.v1.removed")]
    OlderProjectRemoved,
    /// A project was restarted, by an older name of the event.
    #[serde(rename = "project.v1.restarted")]
    OlderProjectRestarted,
    /// A project has another status, by an older name of the event.
    #[serde(rename = "project.v1.status.changed")]
    OlderProjectStatusChanged,
    /// A backup of a project has begun, by an older name of the event.
    #[serde(rename = "project.v1.backup.started")]
    OlderProjectBackupStarted,
    /// A branch was created, by an older name of the event.
    #[serde(rename = "project.v1.branch.created")]
    OlderProjectBranchCreated,
    /// A branch was changed, by an older name of the event.
    #[serde(rename = "project.v1.branch.updated")]
    OlderProjectBranchUpdated,
    /// A branch was deleted, by an older name of the event.
    #[serde(rename = "project.v1.branch.removed")]
    OlderProjectBranchRemoved,
    /// Somebody was invited to an organization, by an older name of the event.
    #[serde(rename = "organization.v1.member.invitation.created")]
    OlderOrganizationMemberInvitationCreated,
    /// An invitation to an organization was taken back, by an older name of the event.
    #[serde(rename = "organization.v1.member.invitation.canceled")]
    OlderOrganizationMemberInvitationCanceled,
    /// An organization has a new member, by an older name of the event.
    #[serde(rename = "organization.v1.member.added")]
    OlderOrganizationMemberAdded,
    /// A member has left an organization, by an older name of the event.
    #[serde(rename = "organization.v1.member.removed")]
    OlderOrganizationMemberRemoved,
    /// A member was given a role, by an older name of the event.
    #[serde(rename = "organization.v1.member.role.assigned")]
    OlderOrganizationMemberRoleAssigned,
    /// A role was taken from a member, by an older name of the event.
    #[serde(rename = "organization.v1.member.role.removed")]
    OlderOrganizationMemberRoleRemoved,
    /// A role of a member was changed, by an older name of the event.
    #[serde(rename = "organization.v1.member.role.updated")]
    OlderOrganizationMemberRoleUpdated,
    /// An organization has a larger plan, by an older name of the event.
    #[serde(rename = "organization.v1.billing.plan.upgraded")]
    OlderOrganizationBillingPlanUpgraded,
    /// An organization has a smaller plan, by an older name of the event.
    #[serde(rename = "organization.v1.billing.plan.downgraded")]
    OlderOrganizationBillingPlanDowngraded,
    /// A branch was deleted, by an older name of the event.
    #[serde(rename = "project.v1.branch.deleted")]
    OlderProjectBranchDeleted,
    /// An event that is newer than this crate.
    Other(String),
}

/// Whom an event is about. It has more fields, which depend on the kind of event.
#[model(open)]
pub struct WebhookEventPayload {
    /// Slug of the organization.
    pub organization_slug: String,
    /// Ref of the project. `null` where the event is about none.
    pub project_ref: Nullable<String>,
}
