//! Every endpoint, one module per property of the client or for some small ones, each with its models below.
//!
//! What requests hold has a `new` of what must be given, and a setter for each field; the fields are public as well. It has a `Default` unless a
//! required field has no value that goes without saying. A setter takes what becomes the value, without `Some`; a field that may be `null` takes
//! [`Nullable::NULL`](crate::Nullable::NULL) or `None` for it.
//!
//! ```
//! use supabase_management_wasm::api::projects::{CreateProject, InstanceSize};
//!
//! let body = CreateProject::new("blog", "acme", "correct horse battery staple").desired_instance_size(InstanceSize::Micro);
//! assert_eq!(body.name, "blog");
//! ```
//!
//! The API adds fields and values without notice, so all models are `#[non_exhaustive]`. An answer for a test of yours is read from its JSON, as a
//! real one is:
//!
//! ```
//! use serde_json::json;
//! use supabase_management_wasm::api::secrets::Secret;
//!
//! let secret: Secret = serde_json::from_value(json!({ "name": "API_URL", "value": "a digest" }))?;
//! assert_eq!(secret.name, "API_URL");
//! # Ok::<_, serde_json::Error>(())
//! ```
//!
//! Enums of strings compare with text. Those of answers are made of any text by `From`: what is newer than this crate is `Other`. Those that requests
//! hold are parsed, which fails for what is unknown, as the request would:
//!
//! ```
//! use supabase_management_wasm::api::projects::{ProjectStatus, Region};
//!
//! assert!(ProjectStatus::from("ACTIVE_HEALTHY") == "ACTIVE_HEALTHY");
//! assert_eq!("us-east-1".parse(), Ok(Region::UsEast1));
//! assert!("moon-1".parse::<Region>().is_err());
//! ```
//!
//! Times are the text that the API sent; with the feature `time`, `timestamp` makes a `time::OffsetDateTime` of one.

#![deny(missing_debug_implementations)]

#[macro_use]
mod resources;

pub mod action_runs;
pub mod analytics;
pub mod api_keys;
pub mod auth;
pub mod auth_config;
pub mod backups;
pub mod billing;
pub mod branches;
pub mod database;
pub mod disk;
pub mod domains;
pub mod functions;
pub mod jit_access;
pub mod network;
pub mod oauth;
pub mod organizations;
pub mod projects;
pub mod regions;
mod request;
pub mod secrets;
pub mod services;
pub mod snippets;
pub mod upgrades;
pub mod v2;

use crate::client::Client;
use crate::schema::endpoint::Endpoint;
use std::sync::OnceLock;

resources! {
    Client, client => client.clone(), "crate::api::", with [v2];
    organizations { organizations: Organizations, profile: Profile }
    projects { projects: Projects }
    functions { functions: Functions }
    secrets { secrets: Secrets }
    api_keys { api_keys: ApiKeys }
    branches { branches: Branches }
    action_runs { action_runs: ActionRuns }
    database { database: Database, pgsodium: Pgsodium, migrations: Migrations, read_replicas: ReadReplicas }
    network { ssl_enforcement: SslEnforcement, network_bans: NetworkBans, network_restrictions: NetworkRestrictions }
    backups { backups: Backups }
    jit_access { jit_access: JitAccess }
    disk { disk: Disk }
    snippets { snippets: Snippets }
    analytics { advisors: Advisors, analytics: Analytics }
    auth { auth: Auth, sso_providers: SsoProviders, third_party_auth: ThirdPartyAuth, signing_keys: SigningKeys }
    domains { custom_hostname: CustomHostname, vanity_subdomain: VanitySubdomain }
    services { storage: Storage, realtime: Realtime, postgrest: Postgrest }
    billing { billing: Billing }
    oauth { oauth: Oauth }
}

/// The table of all endpoints that have a method. Those of one property of the client stand together.
pub fn endpoints() -> &'static [Endpoint] {
    static ROWS: OnceLock<&[Endpoint]> = OnceLock::new();
    ROWS.get_or_init(|| TABLE.unpack())
}

/// The same rows, as far as requests go: an answer that is JSON is any JSON, and neither scopes nor permissions are told. A server of one's own that
/// asks for these alone holds half of the table.
///
/// ```
/// use supabase_management_wasm::api::{endpoints, requests};
///
/// let (rows, whole) = (requests(), endpoints());
/// assert!(rows.iter().zip(whole).all(|(row, same)| row.id == same.id && row.route == same.route));
/// let row = rows.iter().find(|row| row.id == "projects.get").unwrap();
/// assert!(row.validate(&["no reference"], b"{}", None).is_err());
/// ```
pub fn requests() -> &'static [Endpoint] {
    static ROWS: OnceLock<&[Endpoint]> = OnceLock::new();
    ROWS.get_or_init(|| REQUESTS.unpack())
}
