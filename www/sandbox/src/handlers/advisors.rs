//! Advice: what is wrong with the schema of a database, and with some settings.

use super::auth::config;
use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::sql::Sql;
use serde_json::{Value, json};

/// A row for each fault of the schema: its name, what it is about, and more about that.
const FAULTS: &str = include_str!("../catalog/advisors.sql");

/// A kind of fault.
struct Lint {
    name: &'static str,
    title: &'static str,
    level: &'static str,
    category: &'static str,
    description: &'static str,
    /// With `{}` for what is meant, `{more}` for what the row has besides.
    detail: &'static str,
    remedy: &'static str,
}

const PERFORMANCE: &str = "PERFORMANCE";
const SECURITY: &str = "SECURITY";

#[rustfmt::skip]
const LINTS: [Lint; 12] = [
    Lint { name: "unindexed_foreign_keys", title: "Unindexed foreign keys", level: "INFO", category: PERFORMANCE,
        description: "Identifies foreign key constraints without a covering index, which can impact database performance.",
        detail: "Table `{}` has a foreign key `{more}` without a covering index. This can lead to suboptimal query performance.",
        remedy: "0001_unindexed_foreign_keys" },
    Lint { name: "no_primary_key", title: "No Primary Key", level: "INFO", category: PERFORMANCE,
        description: "Detects if a table does not have a primary key. Tables without a primary key can be inefficient to interact with at scale.",
        detail: "Table `{}` does not have a primary key",
        remedy: "0004_no_primary_key" },
    Lint { name: "policy_exists_rls_disabled", title: "Policy Exists RLS Disabled", level: "ERROR", category: SECURITY,
        description: "Detects cases where row level security (RLS) policies have been created, but RLS has not been enabled for the underlying table.",
        detail: "Table `{}` has RLS policies but RLS is not enabled on the table. Policies include {more}.",
        remedy: "0007_policy_exists_rls_disabled" },
    Lint { name: "rls_enabled_no_policy", title: "RLS Enabled No Policy", level: "INFO", category: SECURITY,
        description: "Detects cases where row level security (RLS) has been enabled on a table but no RLS policies have been created.",
        detail: "Table `{}` has RLS enabled, but no policies exist",
        remedy: "0008_rls_enabled_no_policy" },
    Lint { name: "duplicate_index", title: "Duplicate Index", level: "WARN", category: PERFORMANCE,
        description: "Detects cases where two or more identical indexes exist.",
        detail: "Table `{}` has identical indexes {more}. Drop all except one of them",
        remedy: "0009_duplicate_index" },
    Lint { name: "security_definer_view", title: "Security Definer View", level: "ERROR", category: SECURITY,
        description: "Detects views defined with the SECURITY DEFINER property. These views enforce the permissions of the view creator, not of the querying user",
        detail: "View `{}` is defined with the SECURITY DEFINER property",
        remedy: "0010_security_definer_view" },
    Lint { name: "function_search_path_mutable", title: "Function Search Path Mutable", level: "WARN", category: SECURITY,
        description: "Detects functions where the search_path parameter is not set.",
        detail: "Function `{}` has a role mutable search_path",
        remedy: "0011_function_search_path_mutable" },
    Lint { name: "rls_disabled_in_public", title: "RLS Disabled in Public", level: "ERROR", category: SECURITY,
        description: "Detects cases where row level security (RLS) has not been enabled on tables in schemas exposed to PostgREST",
        detail: "Table `{}` is public, but RLS has not been enabled.",
        remedy: "0013_rls_disabled_in_public" },
    Lint { name: "extension_in_public", title: "Extension in Public", level: "WARN", category: SECURITY,
        description: "Detects extensions installed in the `public` schema.",
        detail: "Extension `{}` is installed in the public schema. Move it to another schema.",
        remedy: "0014_extension_in_public" },
    Lint { name: "materialized_view_in_api", title: "Materialized View in API", level: "WARN", category: SECURITY,
        description: "Detects materialized views that are accessible over the Data APIs.",
        detail: "Materialized view `{}` is selectable by anon or authenticated roles",
        remedy: "0016_materialized_view_in_api" },
    Lint { name: "auth_otp_long_expiry", title: "Auth OTP long expiry", level: "WARN", category: SECURITY,
        description: "OTP expiry exceeds recommended threshold",
        detail: "OTP expiry of the email provider is set to more than an hour. It is recommended to set it to less than an hour.",
        remedy: "https://supabase.com/docs/guides/platform/going-into-prod#security" },
    Lint { name: "auth_leaked_password_protection", title: "Leaked Password Protection Disabled", level: "WARN", category: SECURITY,
        description: "Leaked password protection is currently disabled.",
        detail: "Supabase Auth prevents the use of compromised passwords by checking against HaveIBeenPwned.org. Enable this feature to enhance security.",
        remedy: "https://supabase.com/docs/guides/auth/password-security#password-strength-and-leaked-password-protection" },
];

const GUIDE: &str = "https://supabase.com/docs/guides/database/database-linter?lint=";
/// A password by mail that holds longer is a risk.
const LONG_SECONDS: i64 = 3600;

/// A fault as it is answered.
fn answer(lint: &Lint, row: &Value) -> Value {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let (schema, name, more) = (text("schema"), text("name"), text("more"));
    let mut metadata = json!({ "type": text("type") });
    for (field, value) in [("schema", schema), ("name", name), ("fkey_name", if row["columns"].is_null() { "" } else { more })] {
        if !value.is_empty() {
            metadata[field] = value.into();
        }
    }
    if !row["columns"].is_null() {
        metadata["fkey_columns"] = row["columns"].clone();
    }
    let remedy = if lint.remedy.starts_with("https:") { lint.remedy.to_owned() } else { format!("{GUIDE}{}", lint.remedy) };
    let parts: Vec<&str> = [lint.name, schema, name, more].into_iter().filter(|part| !part.is_empty()).collect();
    json!({
        "name": lint.name,
        "title": lint.title,
        "level": lint.level,
        "facing": "EXTERNAL",
        "categories": [lint.category],
        "description": lint.description,
        "detail": lint.detail.replace("{}", &format!("{schema}.{name}")).replace("{more}", more),
        "remediation": remedy,
        "metadata": metadata,
        "cache_key": parts.join("_"),
    })
}

fn advise(sandbox: &mut Sandbox, call: &Call<'_>, category: &'static str, settings: Vec<&'static str>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Sql::read(reference, FAULTS, Vec::new(), move |_, outcome| {
        let mut rows = outcome.rows(FAULTS)?;
        rows.extend(settings.iter().map(|name| json!({ "lint": name, "type": "auth" })));
        let lints = rows.iter().filter_map(|row| {
            let lint = LINTS.iter().find(|lint| row["lint"] == lint.name && lint.category == category)?;
            Some(answer(lint, row))
        });
        Reply::json(&json!({ "lints": lints.collect::<Value>() }))
    })
}

pub(super) fn get_performance(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    advise(sandbox, call, PERFORMANCE, Vec::new())
}

/// Settings count as well, unless only SQL is asked for.
pub(super) fn get_security(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let config = config(sandbox.account.project(reference)?);
    let mut settings = Vec::new();
    if call.asked("lint_type").is_none() {
        if config["mailer_otp_exp"].as_i64() > Some(LONG_SECONDS) {
            settings.push("auth_otp_long_expiry");
        }
        if config["password_hibp_enabled"] != true {
            settings.push("auth_leaked_password_protection");
        }
    }
    advise(sandbox, call, SECURITY, settings)
}
