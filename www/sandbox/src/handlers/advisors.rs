//! Advice: what is wrong with the schema of a database, and with some settings.

use super::auth::config;
use super::database::POSTGRES;
use super::lints::{LINTS, Lint, PERFORMANCE, SECURITY};
use super::network;
use super::settings::SSL;
use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::json::{array, gather, json};
use crate::search::replace;
use crate::sql::Sql;
use crate::state::{Project, latest_postgres};
use serde_json::Value;

/// A row for each fault of the schema: its name, what it is about, and more about that.
pub(super) const FAULTS: &str = include_str!("../catalog/advisors.sql");

const GUIDE: &str = "https://supabase.com/docs/guides/database/database-linter?lint=";
/// A password by mail that holds longer is a risk.
const LONG_SECONDS: i64 = 3600;

/// A fault as it is answered: `lint` is its name.
pub(super) fn answer(row: &Value) -> Option<Value> {
    let lint = LINTS.iter().find(|lint| row["lint"] == lint.name)?;
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
    let remedy = if is_of_schema(lint) { format!("{GUIDE}{}", lint.remedy) } else { lint.remedy.to_owned() };
    let parts: Vec<&str> = gather([lint.name, schema, name, more].into_iter().filter(|part| !part.is_empty()));
    Some(json!({
        "name": lint.name,
        "title": lint.title,
        "level": lint.level,
        "facing": "EXTERNAL",
        "categories": [lint.category],
        "description": lint.description,
        "detail": replace(&replace(lint.detail, "{}", &format!("{schema}.{name}")), "{more}", more),
        "remediation": remedy,
        "metadata": metadata,
        "cache_key": parts.join("_"),
    }))
}

/// Whether the database must be asked.
fn is_of_schema(lint: &Lint) -> bool {
    !lint.remedy.starts_with("https:")
}

/// Whether the database must be asked for the faults of that name.
pub(super) fn is_in_schema(name: &str) -> bool {
    LINTS.iter().any(|lint| lint.name == name && is_of_schema(lint))
}

/// What is wrong with settings, as rows.
pub(super) fn of_settings(project: &Project, now: i64) -> Vec<Value> {
    let auth = config(project);
    let is_below = |name: &str, least: i64| auth[name].as_i64() < Some(least);
    let is_off = |name: &str| auth[name] != true;
    let has_no_factor = ["mfa_totp_enroll_enabled", "mfa_phone_enroll_enabled", "mfa_web_authn_enroll_enabled"].into_iter().all(is_off);
    let rows = [
        (auth["mailer_otp_exp"].as_i64() > Some(LONG_SECONDS), "auth_otp_long_expiry", "auth"),
        (is_below("mailer_otp_length", 6), "auth_otp_short_length", "auth"),
        (is_off("password_hibp_enabled"), "auth_leaked_password_protection", "auth"),
        (has_no_factor, "auth_insufficient_mfa_options", "auth"),
        (auth["password_required_characters"].as_str().unwrap_or_default().is_empty(), "auth_password_policy_missing", "auth"),
        (is_below("password_min_length", 8), "password_requirements_min_length", "auth"),
        (SSL.of(project)["database"] != true, "ssl_not_enforced", "compliance"),
        (network::is_open(project), "network_restrictions_not_set", "compliance"),
        (POSTGRES.of(project)["log_connections"] != true, "log_connections_not_enabled", "compliance"),
        (!project.has_addon("pitr"), "pitr_not_enabled", "compliance"),
        (project.postgres_at(now) != latest_postgres(), "vulnerable_postgres_version", "compliance"),
    ];
    let wrong = rows.into_iter().filter(|(is_wrong, ..)| *is_wrong);
    gather(wrong.map(|(_, name, kind)| json!({ "lint": name, "type": kind })))
}

fn advise(sandbox: &mut Sandbox, call: &Call<'_>, category: &'static str, settings: &'static [&str]) -> Answer {
    let [reference] = call.path();
    let mut of_settings = of_settings(sandbox.account.project(reference)?, call.now);
    of_settings.retain(|row| settings.iter().any(|name| row["lint"] == *name));
    Sql::read(reference, FAULTS, Vec::new(), move |_, outcome| {
        let mut rows = outcome.rows(FAULTS)?;
        rows.extend(of_settings);
        let lints = rows.iter().filter_map(answer).filter(|lint| lint["categories"][0] == category);
        Reply::json(&json!({ "lints": array(lints) }))
    })
}

pub(super) fn get_performance(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    advise(sandbox, call, PERFORMANCE, &[])
}

/// Settings count as well, unless only SQL is asked for. Version 2 looks at more of them.
pub(super) fn get_security(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let settings: &[&str] = if call.asked("lint_type").is_none() { &["auth_otp_long_expiry", "auth_leaked_password_protection"] } else { &[] };
    advise(sandbox, call, SECURITY, settings)
}
