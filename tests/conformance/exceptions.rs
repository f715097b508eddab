//! Where the table differs from the description on purpose.

/// Why an answer has an enum where the description has any text.
const VALUES_OF_REQUESTS: &str = "the values that requests take: so the one fits into the other";

/// Endpoint (`*` for all), place, reason. One that no longer applies fails the conformance test.
pub const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("*", "path.function_slug", "its pattern needs a character, so the shortest length is 1"),
    ("*", "path.slug", "the same: `\\w` means the letters, digits and `_` of ASCII"),
    ("functions.getBody", "answer", "the bytes of a bundle, whatever the description says"),
    ("database.query", "answer", "rows, of which the description says nothing"),
    ("database.queryReadOnly", "answer", "rows, of which the description says nothing"),
    ("oauth.token", "body.grant_type", "the grant of JWT bearer tokens is newer than the description"),
    ("oauth.token", "body.assertion", "it belongs to that grant, as RFC 7523 has it"),
    ("billing.listAddons", "answer.selected_addons[].type", "`etl_pipeline` is newer than the description"),
    ("billing.listAddons", "answer.available_addons[].type", "`etl_pipeline` is newer than the description"),
    ("billing.applyAddon", "body.addon_type", "`etl_pipeline` is newer than the description"),
    ("postgrest.getConfig", "answer.db_pool_acquisition_timeout", "newer than the description of version 1; version 2 has it"),
    ("postgrest.updateConfig", "answer.db_pool_acquisition_timeout", "newer than the description of version 1; version 2 has it"),
    ("postgrest.updateConfig", "body.db_pool_acquisition_timeout", "newer than the description of version 1; version 2 has it"),
    // A token that may not read one of these gets the others.
    ("v2.projects.getConfig", "answer.data.attributes.api", "real answers leave it out"),
    ("v2.projects.getConfig", "answer.data.attributes.auth", "real answers leave it out"),
    ("v2.projects.getConfig", "answer.data.attributes.database", "real answers leave it out"),
    ("v2.projects.getConfig", "answer.data.attributes.pooler", "real answers leave it out"),
    ("v2.projects.getConfig", "answer.data.attributes.realtime", "real answers leave it out"),
    ("v2.projects.getConfig", "answer.data.attributes.storage", "real answers leave it out"),
    ("snippets.list", "query.limit", "the description states a number of 1 to 100 as a string"),
    ("networkRestrictions.get", "answer.status", "real answers leave it out"),
    ("networkRestrictions.apply", "answer.status", "real answers leave it out"),
    ("auth.getConfig", "answer.nimbus_oauth_email_optional", "real answers leave it out"),
    ("auth.updateConfig", "answer.nimbus_oauth_email_optional", "real answers leave it out"),
    ("ssoProviders.list", "answer.items[].saml.id", "real answers leave it out"),
    ("ssoProviders.list", "answer.items[].saml.attribute_mapping.keys", "real answers leave it out"),
    ("ssoProviders.list", "answer.items[].domains[].id", "real answers leave it out"),
    ("*", "answer.saml.id", "real answers leave it out"),
    ("*", "answer.saml.attribute_mapping.keys", "real answers leave it out"),
    ("*", "answer.domains[].id", "real answers leave it out"),
    ("projects.list", "answer[].region", VALUES_OF_REQUESTS),
    ("projects.get", "answer.region", VALUES_OF_REQUESTS),
    ("projects.create", "answer.region", VALUES_OF_REQUESTS),
    ("organizations.listProjects", "answer.projects[].region", VALUES_OF_REQUESTS),
    ("organizations.listProjects", "answer.projects[].databases[].region", VALUES_OF_REQUESTS),
    ("projects.list", "answer[].database.release_channel", VALUES_OF_REQUESTS),
    ("projects.get", "answer.database.release_channel", VALUES_OF_REQUESTS),
    ("branches.getConfig", "answer.release_channel", VALUES_OF_REQUESTS),
    ("database.updatePoolerConfig", "answer.pool_mode", VALUES_OF_REQUESTS),
    ("organizations.getEntitlements", "answer.entitlements[]<boolean>.config", "the kind of the feature tells the members apart"),
    ("organizations.getEntitlements", "answer.entitlements[]<numeric>.config", "the kind of the feature tells the members apart"),
    ("organizations.getEntitlements", "answer.entitlements[]<set>.config", "the kind of the feature tells the members apart"),
];

/// Rows that the description lacks, and why they are there.
pub const UNDESCRIBED: &[(&str, &str)] = &[
    ("analytics.getLogs", "newer than the description; it takes the place of `logs.all`"),
    ("analytics.getMetrics", "newer than the description"),
    ("projects.restart", "newer than the description"),
    ("jitAccess.invite", "newer than the description, and nothing is known of its body and its answer"),
    ("jitAccess.acceptInvite", "newer than the description, and nothing is known of its answer"),
    ("jitAccess.deleteInvite", "newer than the description"),
];

/// Those among them that nothing in the description is like, so that there is nothing to try them with here: tests/v2.test.js does.
pub const UNASKED: &[&str] = &["analytics.getMetrics", "projects.restart", "jitAccess.invite", "jitAccess.acceptInvite", "jitAccess.deleteInvite"];
