//! Webhooks of a project: endpoints that are told of its events, and what was delivered to them.

use super::data::Data;
use crate::api::v2::webhooks::{
    CreateWebhookEndpoint, ListWebhooksQuery, UpdateWebhookEndpoint, WebhookDelivery, WebhookEndpoint, WebhookEndpointList,
};
// The examples in the docs are made of them, too.
#[cfg(doc)]
use crate::api::v2::webhooks::{CreateWebhookEndpointAttributes, UpdateWebhookEndpointAttributes, WebhookEventSubscription, WebhookEventType};
use crate::call::Call;
use serde_json::Value;
use supabase_management_wasm_macros::endpoints;

/// Webhooks of a project: endpoints of yours that are told of its events, and what was delivered to them.
///
/// Each delivery is signed with the secret of its endpoint, as Standard Webhooks says.
#[endpoints(v2)]
impl ProjectWebhooks {
    /// Lists the webhook endpoints of a project, a page at a time: 20 unless `page.limit` says otherwise.
    #[get("/v2/projects/{ref}/webhooks/endpoints", pages(data: WebhookEndpoint, links, shared))]
    pub fn list_endpoints(&self, project_ref: &str, query: &ListWebhooksQuery) -> Call<WebhookEndpointList>;

    /// Creates a webhook endpoint. Do not repeat it blindly: each success is an endpoint of its own, and is told of each event.
    #[post("/v2/projects/{ref}/webhooks/endpoints")]
    pub fn create_endpoint(&self, project_ref: &str, body: &Data<CreateWebhookEndpoint>) -> Call<Data<WebhookEndpoint>>;

    /// Deletes all webhook endpoints of a project, and answers which they were.
    #[delete("/v2/projects/{ref}/webhooks/endpoints")]
    pub fn delete_all_endpoints(&self, project_ref: &str) -> Call<Data<Vec<WebhookEndpoint>>>;

    /// Gets one webhook endpoint.
    #[get("/v2/projects/{ref}/webhooks/endpoints/{id}")]
    pub fn get_endpoint(
        &self,
        project_ref: &str,
        /// Identifier of the endpoint: `id` in [`v2::ProjectWebhooks::list_endpoints`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<Data<WebhookEndpoint>>;

    /// Changes a webhook endpoint: what is left out stays. `enabled: false` stops deliveries to it.
    #[patch("/v2/projects/{ref}/webhooks/endpoints/{id}")]
    pub fn update_endpoint(
        &self,
        project_ref: &str,
        /// Identifier of the endpoint: `id` in [`v2::ProjectWebhooks::list_endpoints`].
        #[schema(format = "uuid")]
        id: &str,
        body: &Data<UpdateWebhookEndpoint>,
    ) -> Call<Data<WebhookEndpoint>>;

    /// Deletes a webhook endpoint. The shape of the answer is not known.
    #[delete("/v2/projects/{ref}/webhooks/endpoints/{id}")]
    pub fn delete_endpoint(
        &self,
        project_ref: &str,
        /// Identifier of the endpoint: `id` in [`v2::ProjectWebhooks::list_endpoints`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<Value>;

    /// Lists what was delivered to a webhook endpoint: 20 deliveries unless `page.limit` says otherwise. The shape of the answer is not known.
    #[get("/v2/projects/{ref}/webhooks/endpoints/{id}/deliveries")]
    pub fn list_deliveries(
        &self,
        project_ref: &str,
        /// Identifier of the endpoint: `id` in [`v2::ProjectWebhooks::list_endpoints`].
        #[schema(format = "uuid")]
        id: &str,
        query: &ListWebhooksQuery,
    ) -> Call<Value>;

    /// Sends an event to a webhook endpoint to try it. The shapes of the request and of the answer are not known.
    #[post("/v2/projects/{ref}/webhooks/endpoints/{id}/test", rate = "10/60")]
    pub fn test_endpoint(
        &self,
        project_ref: &str,
        /// Identifier of the endpoint: `id` in [`v2::ProjectWebhooks::list_endpoints`].
        #[schema(format = "uuid")]
        id: &str,
        /// What to send, if anything.
        body: &Value,
    ) -> Call<Value>;

    /// Gets one delivery: the event, and what the endpoint answered.
    #[get("/v2/projects/{ref}/webhooks/deliveries/{id}")]
    pub fn get_delivery(
        &self,
        project_ref: &str,
        /// Identifier of the delivery, a UUID: in [`v2::ProjectWebhooks::list_deliveries`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<Data<WebhookDelivery>>;

    /// Delivers an event once more. The shape of the answer is not known.
    #[post("/v2/projects/{ref}/webhooks/deliveries/{id}/retry", rate = "10/60")]
    pub fn retry_delivery(
        &self,
        project_ref: &str,
        /// Identifier of the delivery, a UUID: in [`v2::ProjectWebhooks::list_deliveries`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<Value>;
}
