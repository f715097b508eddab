//! The second version of the API, one module per property of [`Client::v2`](crate::Client::v2), each with its models below.
//!
//! Where the first version has the same resource, the second stands beside it: `client.projects()` and `client.v2().projects()`. Values and answers
//! have the shape that the API gives them, `data` with `type`, `id` and `attributes`. Its lists lead on by `links`, which
//! [`Call::items`](crate::Call::items) and [`Call::pages`](crate::Call::pages) follow.

pub mod advisors;
pub mod branches;
pub mod compute;
mod data;
pub mod errors;
pub mod log_drains;
pub mod notebooks;
pub mod organization_webhooks;
pub mod organizations;
pub mod private_link;
pub mod project_webhooks;
pub mod projects;
pub mod webhooks;

use crate::client::Client;
pub use data::{Data, PageLinks};

/// The second version of the API. [`Client::v2`](crate::Client::v2) gives it.
#[derive(Debug, Clone)]
pub struct V2 {
    client: Client,
}

impl Client {
    /// The second version of the API: see [`V2`](crate::api::v2::V2).
    pub fn v2(&self) -> V2 {
        V2 { client: self.clone() }
    }
}

resources! {
    V2, version => version.client.clone(), "crate::api::v2::", with [];
    organizations { organizations: Organizations }
    organization_webhooks { organization_webhooks: OrganizationWebhooks }
    projects { projects: Projects }
    project_webhooks { project_webhooks: ProjectWebhooks }
    branches { branches: Branches }
    log_drains { log_drains: LogDrains }
    advisors { advisors: Advisors }
    private_link { private_link: PrivateLink }
    notebooks { notebooks: Notebooks }
    compute { compute: Compute }
}
