//! The model of each endpoint, as its method has it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use supabase_management_wasm::api::billing::AddonChoice;
use supabase_management_wasm::endpoint::{JsonOrEszip, Multipart};
use supabase_management_wasm::{Call, Client, Result};

/// Reads JSON into a model and writes it down again.
pub type Read = fn(&str) -> serde_json::Result<Value>;

/// The models of one endpoint; `()` where it has none.
pub struct Model {
    /// As Rust names it: `api_keys.get_legacy`.
    pub name: &'static str,
    pub answer: Read,
    /// Of a form with files: its metadata.
    pub body: Read,
    pub query: Read,
}

/// The models of an endpoint, by the name that JavaScript has for it: `apiKeys.getLegacy`.
pub fn of(id: &str) -> Option<&'static Model> {
    let name: String =
        id.chars().flat_map(|letter| letter.is_ascii_uppercase().then_some('_').into_iter().chain([letter.to_ascii_lowercase()])).collect();
    MODELS.iter().find(|model| model.name == name)
}

/// One line per row: path values, and what else the method takes.
macro_rules! models {
    ($($(@$version:ident)? $property:ident.$method:ident($($path:expr),* $(; $($kind:ident),+)?);)*) => {
        &[$(model(
            concat!($(stringify!($version), ".",)? stringify!($property), ".", stringify!($method)),
            method!(($($version)?) $property $method ($($path),*) $($($kind)+)?),
        )),*]
    };
}

/// The compiler sees to it that the models are those of the method.
#[rustfmt::skip]
macro_rules! method {
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*)) => { |it, (), ()| it$(.$version())?.$group().$name($($path),*) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) query) => { |it, (), query| it$(.$version())?.$group().$name($($path,)* query) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) body) => { |it, body, ()| it$(.$version())?.$group().$name($($path,)* body) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) list) => { |it, body: &Vec<_>, ()| it$(.$version())?.$group().$name($($path,)* body) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) names) => { |it, body: &Vec<String>, ()| it$(.$version())?.$group().$name($($path,)* body) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) body query) => { |it, body, query| it$(.$version())?.$group().$name($($path,)* body, query) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) json query) => { |it, body, query| it$(.$version())?.$group().$name($($path,)* &json(body), query) };
    (($($version:ident)?) $group:ident $name:ident ($($path:expr),*) parts query) => { |it, body, query| it$(.$version())?.$group().$name($($path,)* &parts(body), query) };
}

#[expect(deprecated, reason = "deprecated endpoints are in the table as well")]
pub const MODELS: &[Model] = models! {
    organizations.list();
    organizations.create(; body);
    organizations.get("");
    organizations.list_members("");
    organizations.list_projects(""; query);
    organizations.get_entitlements("");
    organizations.get_project_claim("", "");
    organizations.claim_project("", "");
    profile.get();
    projects.list();
    projects.create(; body);
    projects.get("");
    projects.update(""; body);
    projects.delete("");
    projects.pause("");
    projects.restore("");
    projects.cancel_restore("");
    projects.list_available_restore_versions("");
    projects.get_available_regions(; query);
    projects.get_health(""; query);
    projects.upgrade(""; body);
    projects.get_upgrade_eligibility("");
    projects.get_upgrade_status(""; query);
    projects.get_claim_token("");
    projects.create_claim_token("");
    projects.delete_claim_token("");
    functions.list("");
    functions.get("", "");
    functions.get_body("", "");
    functions.create(""; json, query);
    functions.deploy(""; parts, query);
    functions.update("", ""; json, query);
    functions.bulk_update(""; list);
    functions.delete("", "");
    secrets.list("");
    secrets.create(""; list);
    secrets.delete(""; names);
    api_keys.list(""; query);
    api_keys.create(""; body, query);
    api_keys.get("", ""; query);
    api_keys.update("", ""; body, query);
    api_keys.delete("", ""; query);
    api_keys.get_legacy("");
    api_keys.update_legacy(""; query);
    branches.list("");
    branches.create(""; body);
    branches.get("", "");
    branches.get_config("");
    branches.update(""; body);
    branches.delete(""; query);
    branches.push(""; body);
    branches.merge(""; body);
    branches.reset(""; body);
    branches.restore("");
    branches.diff(""; query);
    branches.disable("");
    action_runs.list(""; query);
    action_runs.count("");
    action_runs.get("", "");
    action_runs.get_logs("", "");
    action_runs.update_status("", ""; body);
    database.query(""; body);
    database.query_read_only(""; body);
    database.get_metadata("");
    database.get_open_api(""; query);
    database.generate_types(""; query);
    database.update_password(""; body);
    database.enable_webhooks("");
    database.get_readonly_mode_status("");
    database.disable_readonly_mode_temporarily("");
    database.get_postgres_config("");
    database.update_postgres_config(""; body);
    database.get_pooler_config("");
    database.update_pooler_config(""; body);
    database.get_pgbouncer_config("");
    database.create_login_role(""; body);
    database.delete_login_roles("");
    pgsodium.get_config("");
    pgsodium.update_config(""; body);
    migrations.list("");
    migrations.apply(""; body);
    migrations.upsert(""; body);
    migrations.rollback(""; query);
    migrations.get("", "");
    migrations.update("", ""; body);
    read_replicas.setup(""; body);
    read_replicas.remove(""; body);
    ssl_enforcement.get("");
    ssl_enforcement.update(""; body);
    network_bans.list("");
    network_bans.list_enriched("");
    network_bans.delete(""; body);
    network_restrictions.get("");
    network_restrictions.apply(""; body);
    network_restrictions.update(""; body);
    backups.list("");
    backups.restore(""; body);
    backups.restore_pitr(""; body);
    backups.get_schedule("");
    backups.update_schedule(""; body);
    backups.get_restore_point(""; query);
    backups.create_restore_point(""; body);
    backups.undo(""; body);
    jit_access.get("");
    jit_access.list("");
    jit_access.authorize(""; body);
    jit_access.update(""; body);
    jit_access.delete("", "");
    jit_access.get_config("");
    jit_access.update_config(""; body);
    disk.get("");
    disk.update(""; body);
    disk.get_utilization("");
    disk.get_autoscale_config("");
    snippets.list(; query);
    snippets.get("");
    advisors.get_performance("");
    advisors.get_security(""; query);
    analytics.get_logs(""; query);
    analytics.get_logs_all(""; query);
    analytics.get_usage_api_counts(""; query);
    analytics.get_usage_api_requests_count("");
    analytics.get_functions_combined_stats(""; query);
    auth.get_config("");
    auth.update_config(""; body);
    sso_providers.list("");
    sso_providers.create(""; body);
    sso_providers.get("", "");
    sso_providers.update("", ""; body);
    sso_providers.delete("", "");
    third_party_auth.list("");
    third_party_auth.create(""; body);
    third_party_auth.get("", "");
    third_party_auth.delete("", "");
    signing_keys.list("");
    signing_keys.create(""; body);
    signing_keys.get("", "");
    signing_keys.update("", ""; body);
    signing_keys.delete("", "");
    signing_keys.get_legacy("");
    signing_keys.create_legacy("");
    custom_hostname.get("");
    custom_hostname.initialize(""; body);
    custom_hostname.reverify("");
    custom_hostname.activate("");
    custom_hostname.delete(""; query);
    vanity_subdomain.get("");
    vanity_subdomain.check_availability(""; body);
    vanity_subdomain.activate(""; body);
    vanity_subdomain.deactivate("");
    storage.list_buckets("");
    storage.get_config("");
    storage.update_config(""; body);
    realtime.get_config("");
    realtime.update_config(""; body);
    realtime.shutdown("");
    postgrest.get_config("");
    postgrest.update_config(""; body);
    billing.list_addons("");
    billing.apply_addon(""; body);
    billing.remove_addon("", &AddonChoice::ComputeMicro);
    oauth.authorize_url(; query);
    oauth.token(; body);
    oauth.revoke(; body);
    oauth.authorize_project_claim_url(; query);
    analytics.get_metrics("");
    projects.restart("");
    jit_access.invite(""; body);
    jit_access.accept_invite(""; body);
    jit_access.delete_invite("", "");
    @v2 organizations.list_projects(""; query);
    @v2 organizations.list_members(""; query);
    @v2 organizations.list_roles("");
    @v2 organizations.assign_member_role("", ""; body);
    @v2 organizations.create_invitations(""; body);
    @v2 organizations.delete_invitations(""; body);
    @v2 organizations.list_github_connections(""; query);
    @v2 organization_webhooks.list_endpoints(""; query);
    @v2 organization_webhooks.create_endpoint(""; body);
    @v2 organization_webhooks.delete_all_endpoints("");
    @v2 organization_webhooks.get_endpoint("", "");
    @v2 organization_webhooks.update_endpoint("", ""; body);
    @v2 organization_webhooks.delete_endpoint("", "");
    @v2 organization_webhooks.list_deliveries("", ""; query);
    @v2 organization_webhooks.test_endpoint("", ""; body);
    @v2 organization_webhooks.get_delivery("", "");
    @v2 organization_webhooks.retry_delivery("", "");
    @v2 projects.get_config("");
    @v2 projects.transfer(""; body);
    @v2 projects.preview_transfer(""; body);
    @v2 project_webhooks.list_endpoints(""; query);
    @v2 project_webhooks.create_endpoint(""; body);
    @v2 project_webhooks.delete_all_endpoints("");
    @v2 project_webhooks.get_endpoint("", "");
    @v2 project_webhooks.update_endpoint("", ""; body);
    @v2 project_webhooks.delete_endpoint("", "");
    @v2 project_webhooks.list_deliveries("", ""; query);
    @v2 project_webhooks.test_endpoint("", ""; body);
    @v2 project_webhooks.get_delivery("", "");
    @v2 project_webhooks.retry_delivery("", "");
    @v2 branches.create(""; body);
    @v2 log_drains.list("");
    @v2 log_drains.create(""; body);
    @v2 log_drains.update("", ""; body);
    @v2 log_drains.delete("", "");
    @v2 advisors.run(""; body);
    @v2 private_link.list("");
    @v2 private_link.create(""; body);
    @v2 private_link.delete("", "");
    @v2 private_link.delete_for_database("", "", "");
    @v2 notebooks.list(""; query);
    @v2 notebooks.create(""; body);
    @v2 notebooks.get("", "");
    @v2 notebooks.update("", ""; body);
    @v2 notebooks.delete("", "");
    @v2 compute.list("");
    @v2 compute.get("", "");
    @v2 compute.delete("", "");
    @v2 compute.deploy("", ""; body);
    @v2 compute.create_upload("", "");
};

/// The call is never made: natively there is no JavaScript to make it.
const fn model<R: Gives, B: Json, Q: Json>(name: &'static str, _: fn(&Client, &B, &Q) -> R) -> Model {
    Model { name, answer: read::<R::Answer>, body: read::<B>, query: read::<Q> }
}

fn json<T: Clone>(model: &T) -> JsonOrEszip<T> {
    JsonOrEszip::Json(model.clone())
}

fn parts<T: Clone>(metadata: &T) -> Multipart<T> {
    Multipart::new(metadata.clone())
}

/// What a method gives.
trait Gives {
    type Answer: Json;
}

impl<T: Json> Gives for Call<T> {
    type Answer = T;
}

/// An address that is built.
impl Gives for Result<String> {
    type Answer = String;
}

trait Json: Serialize + DeserializeOwned {}

impl<T: Serialize + DeserializeOwned> Json for T {}

fn read<T: Json>(text: &str) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_str::<T>(text)?)
}
