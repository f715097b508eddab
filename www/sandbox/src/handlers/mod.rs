//! What each endpoint does. A row of the client that has no line here is answered with 501.

mod action_runs;
mod advisors;
mod analytics;
mod api_keys;
mod auth;
mod backups;
mod billing;
mod branches;
mod catalog;
mod database;
mod disk;
mod domains;
mod functions;
mod jit_access;
mod lints;
pub(crate) mod lists;
pub(crate) mod migrations;
mod network;
mod oauth;
pub(crate) mod organizations;
mod projects;
mod secrets;
mod settings;
mod signing_keys;
mod snippets;
mod upgrades;
pub(crate) mod v2;

use crate::Sandbox;
use crate::call::{Answer, Call};
use crate::digest::derived;
use auth::{ISSUERS, PROVIDERS};
use settings::{POSTGREST, REALTIME, STORAGE};

/// Does what a call asks for. Nothing has changed when it refuses.
pub(crate) type Handler = fn(&mut Sandbox, &Call<'_>) -> Answer;

/// The endpoints that are answered, by the names that the client gives them.
pub(crate) fn all() -> impl Iterator<Item = &'static (&'static str, Handler)> {
    HANDLERS.iter().chain(v2::HANDLERS)
}

/// Those of version 1.
#[rustfmt::skip]
const HANDLERS: &[(&str, Handler)] = &[
    ("organizations.list", organizations::list),
    ("organizations.create", organizations::create),
    ("organizations.get", organizations::get),
    ("organizations.listMembers", organizations::list_members),
    ("organizations.listProjects", organizations::list_projects),
    ("organizations.getEntitlements", organizations::get_entitlements),
    ("organizations.getProjectClaim", organizations::get_project_claim),
    ("organizations.claimProject", organizations::claim_project),
    ("profile.get", organizations::get_profile),
    ("projects.list", projects::list),
    ("projects.create", projects::create),
    ("projects.get", projects::get),
    ("projects.update", projects::update),
    ("projects.delete", projects::delete),
    ("projects.pause", projects::pause),
    ("projects.restart", projects::restart),
    ("projects.restore", projects::restore),
    ("projects.cancelRestore", projects::cancel_restore),
    ("projects.listAvailableRestoreVersions", projects::list_restore_versions),
    ("projects.getAvailableRegions", projects::get_available_regions),
    ("projects.getHealth", projects::get_health),
    ("projects.upgrade", upgrades::upgrade),
    ("projects.getUpgradeEligibility", upgrades::get_eligibility),
    ("projects.getUpgradeStatus", upgrades::get_status),
    ("projects.getClaimToken", organizations::get_claim_token),
    ("projects.createClaimToken", organizations::create_claim_token),
    ("projects.deleteClaimToken", organizations::delete_claim_token),
    ("functions.list", functions::list),
    ("functions.get", functions::get),
    ("functions.getBody", functions::get_body),
    ("functions.create", functions::create),
    ("functions.deploy", functions::deploy),
    ("functions.update", functions::update),
    ("functions.bulkUpdate", functions::bulk_update),
    ("functions.delete", functions::delete),
    ("secrets.list", secrets::list),
    ("secrets.create", secrets::create),
    ("secrets.delete", secrets::delete),
    ("apiKeys.list", api_keys::list),
    ("apiKeys.create", api_keys::create),
    ("apiKeys.get", api_keys::get),
    ("apiKeys.update", api_keys::update),
    ("apiKeys.delete", api_keys::delete),
    ("apiKeys.getLegacy", api_keys::get_legacy),
    ("apiKeys.updateLegacy", api_keys::update_legacy),
    ("branches.list", branches::list),
    ("branches.create", branches::create),
    ("branches.get", branches::get),
    ("branches.getConfig", branches::get_config),
    ("branches.update", branches::update),
    ("branches.delete", branches::delete),
    ("branches.push", branches::push),
    ("branches.merge", branches::merge),
    ("branches.reset", branches::reset),
    ("branches.restore", branches::restore),
    ("branches.diff", branches::diff),
    ("branches.disable", branches::disable),
    ("actionRuns.list", action_runs::list),
    ("actionRuns.count", action_runs::count),
    ("actionRuns.get", action_runs::get),
    ("actionRuns.getLogs", action_runs::get_logs),
    ("actionRuns.updateStatus", action_runs::update_status),
    ("database.query", database::query),
    ("database.queryReadOnly", database::query_read_only),
    ("database.getMetadata", catalog::get_metadata),
    ("database.getOpenApi", catalog::get_open_api),
    ("database.generateTypes", catalog::generate_types),
    ("database.updatePassword", database::update_password),
    ("database.enableWebhooks", database::enable_webhooks),
    ("database.getReadonlyModeStatus", database::get_readonly),
    ("database.disableReadonlyModeTemporarily", database::disable_readonly),
    ("database.getPostgresConfig", database::get_postgres_config),
    ("database.updatePostgresConfig", database::update_postgres_config),
    ("database.getPoolerConfig", database::get_pooler_config),
    ("database.updatePoolerConfig", database::update_pooler_config),
    ("database.getPgbouncerConfig", database::get_pgbouncer_config),
    ("database.createLoginRole", database::create_login_role),
    ("database.deleteLoginRoles", database::delete_login_roles),
    ("pgsodium.getConfig", database::get_pgsodium),
    ("pgsodium.updateConfig", database::update_pgsodium),
    ("migrations.list", migrations::list),
    ("migrations.apply", migrations::apply),
    ("migrations.upsert", migrations::upsert),
    ("migrations.rollback", migrations::rollback),
    ("migrations.get", migrations::get),
    ("migrations.update", migrations::update),
    ("readReplicas.setup", database::setup_replica),
    ("readReplicas.remove", database::remove_replica),
    ("sslEnforcement.get", settings::get_ssl),
    ("sslEnforcement.update", settings::update_ssl),
    ("networkBans.list", network::list_bans),
    ("networkBans.listEnriched", network::list_enriched_bans),
    ("networkBans.delete", network::delete_bans),
    ("networkRestrictions.get", network::get_restrictions),
    ("networkRestrictions.apply", network::apply_restrictions),
    ("networkRestrictions.update", network::update_restrictions),
    ("backups.list", backups::list),
    ("backups.restore", backups::restore),
    ("backups.restorePitr", backups::restore_pitr),
    ("backups.getSchedule", backups::get_schedule),
    ("backups.updateSchedule", backups::update_schedule),
    ("backups.getRestorePoint", backups::get_restore_point),
    ("backups.createRestorePoint", backups::create_restore_point),
    ("backups.undo", backups::undo),
    ("jitAccess.get", jit_access::get),
    ("jitAccess.list", jit_access::list),
    ("jitAccess.authorize", jit_access::authorize),
    ("jitAccess.update", jit_access::update),
    ("jitAccess.delete", jit_access::delete),
    ("jitAccess.invite", jit_access::invite),
    ("jitAccess.acceptInvite", jit_access::accept_invite),
    ("jitAccess.deleteInvite", jit_access::delete_invite),
    ("jitAccess.getConfig", jit_access::get_config),
    ("jitAccess.updateConfig", jit_access::update_config),
    ("disk.get", disk::get),
    ("disk.update", disk::update),
    ("disk.getUtilization", disk::get_utilization),
    ("disk.getAutoscaleConfig", disk::get_autoscale),
    ("snippets.list", snippets::list),
    ("snippets.get", snippets::get),
    ("advisors.getPerformance", advisors::get_performance),
    ("advisors.getSecurity", advisors::get_security),
    ("analytics.getLogs", analytics::get_logs),
    ("analytics.getLogsAll", analytics::get_logs),
    ("analytics.getMetrics", analytics::get_metrics),
    ("analytics.getUsageApiCounts", analytics::get_api_counts),
    ("analytics.getUsageApiRequestsCount", analytics::get_api_requests_count),
    ("analytics.getFunctionsCombinedStats", analytics::get_logs),
    ("auth.getConfig", auth::get_config),
    ("auth.updateConfig", auth::update_config),
    ("ssoProviders.list", |sandbox, call| lists::list(sandbox, call, &PROVIDERS)),
    ("ssoProviders.create", auth::create_provider),
    ("ssoProviders.get", |sandbox, call| lists::get(sandbox, call, &PROVIDERS)),
    ("ssoProviders.update", auth::update_provider),
    ("ssoProviders.delete", |sandbox, call| lists::delete(sandbox, call, &PROVIDERS)),
    ("thirdPartyAuth.list", |sandbox, call| lists::list(sandbox, call, &ISSUERS)),
    ("thirdPartyAuth.create", auth::create_issuer),
    ("thirdPartyAuth.get", |sandbox, call| lists::get(sandbox, call, &ISSUERS)),
    ("thirdPartyAuth.delete", |sandbox, call| lists::delete(sandbox, call, &ISSUERS)),
    ("signingKeys.list", signing_keys::list),
    ("signingKeys.create", signing_keys::create),
    ("signingKeys.get", signing_keys::get),
    ("signingKeys.update", signing_keys::update),
    ("signingKeys.delete", signing_keys::delete),
    ("signingKeys.getLegacy", signing_keys::get_legacy),
    ("signingKeys.createLegacy", signing_keys::create_legacy),
    ("customHostname.get", domains::get_hostname),
    ("customHostname.initialize", domains::initialize_hostname),
    ("customHostname.reverify", domains::reverify_hostname),
    ("customHostname.activate", domains::activate_hostname),
    ("customHostname.delete", domains::delete_hostname),
    ("vanitySubdomain.get", domains::get_subdomain),
    ("vanitySubdomain.checkAvailability", domains::check_subdomain),
    ("vanitySubdomain.activate", domains::activate_subdomain),
    ("vanitySubdomain.deactivate", domains::deactivate_subdomain),
    ("storage.listBuckets", settings::list_buckets),
    ("storage.getConfig", |sandbox, call| settings::get(sandbox, call, &STORAGE)),
    ("storage.updateConfig", |sandbox, call| settings::set(sandbox, call, &STORAGE, 200)),
    ("realtime.getConfig", |sandbox, call| settings::get(sandbox, call, &REALTIME)),
    ("realtime.updateConfig", |sandbox, call| settings::set(sandbox, call, &REALTIME, 204)),
    ("realtime.shutdown", settings::shut_realtime_down),
    ("postgrest.getConfig", settings::get_postgrest),
    ("postgrest.updateConfig", |sandbox, call| settings::update(sandbox, call, &POSTGREST)),
    ("billing.listAddons", billing::list),
    ("billing.applyAddon", billing::apply),
    ("billing.removeAddon", billing::remove),
    ("oauth.authorizeUrl", oauth::authorize),
    ("oauth.token", oauth::token),
    ("oauth.revoke", oauth::revoke),
    ("oauth.authorizeProjectClaimUrl", oauth::authorize_claim),
];

/// What signs the JWTs of a project.
fn jwt_secret(reference: &str) -> String {
    derived("jwt_secret", reference)
}
