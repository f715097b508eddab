//! Auth: its settings, SSO providers, trusted issuers of JWTs.

use super::lists::{List, document, set};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::{hex, hmac};
use crate::json::{array, json, object};
use crate::random::Random;
use crate::read::parse_own;
use crate::search::split_once;
use crate::state::{Document, Project};
use crate::time::iso;
use serde_json::Value;
use std::sync::OnceLock;
use supabase_management_wasm::api::auth_config::AuthConfig;
use supabase_management_wasm::schema::{Field, Schema, Shape, Type};

const CONFIG: &str = "auth";
/// Settings that are neither null nor off as long as nobody sets them.
const DEFAULTS: &str = include_str!("../defaults/auth.json");
/// Secrets for the client, which never prints them, but told by the API as they are: others become digests.
const TOLD: [&str; 2] = ["sms_test_otp", "sms_vonage_api_key"];

/// The settings that the API answers with.
fn fields() -> impl Iterator<Item = Field> {
    static CONFIG: OnceLock<Type> = OnceLock::new();
    let fields = match CONFIG.get_or_init(|| AuthConfig::TYPE.unpack()).shape() {
        Shape::Object(fields) => Some(fields),
        _ => None,
    };
    fields.into_iter().flatten()
}

/// All settings. A secret is a digest with the reference as its key, as the official tools compare it.
pub(super) fn config(project: &Project) -> Value {
    let defaults = document(parse_own(DEFAULTS));
    let chosen = project.settings.get(CONFIG);
    let setting = |field: &Field| {
        let usual = || match (defaults.get(field.name), field.ty.shape()) {
            (Some(value), _) => value.clone(),
            (None, Shape::Boolean) => false.into(),
            _ => Value::Null,
        };
        // A null clears. What cannot be null is then what it was at first.
        let chosen = chosen.and_then(|chosen| chosen.get(field.name)).filter(|value| field.nullable() || !value.is_null());
        let value = chosen.cloned().unwrap_or_else(usual);
        match &value {
            Value::String(text) if field.secret() && !TOLD.contains(&field.name) => hex(&hmac(project.r#ref.as_bytes(), text.as_bytes())).into(),
            _ => value,
        }
    };
    object(fields().map(|field| (field.name.to_owned(), setting(&field))))
}

pub(super) fn get_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&config(sandbox.account.project(reference)?))
}

pub(super) fn update_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if let Some(change) = call.body().as_object() {
        let settings = project.settings.entry(CONFIG).or_insert_with(|| json!({}));
        // Without a host nothing else of the mail server holds.
        let forgets_smtp = change.get("smtp_host").is_some_and(|host| host.is_null() || host == "");
        if let Some(settings) = settings.as_object_mut().filter(|_| forgets_smtp) {
            settings.retain(|name, _| !name.starts_with("smtp_"));
        }
        for (name, value) in change.iter().filter(|(name, _)| !forgets_smtp || !name.starts_with("smtp_")) {
            settings[name] = value.clone();
        }
    }
    Reply::json(&config(project))
}

// ---- SSO

pub(super) const PROVIDERS: List = List { name: "sso_providers", missing: "SSO Identity Provider not found", inside: "items" };

/// What the description of a provider says of its name: the attribute `entityID` of the XML, or the address of it.
fn entity_id(given: &Value) -> Option<String> {
    let of_xml = |xml: &str| {
        let (_, rest) = split_once(xml, "entityID=")?;
        let quote = rest.chars().next()?;
        rest[1..].split(quote).next().map(str::to_owned)
    };
    given["metadata_xml"].as_str().and_then(of_xml).or_else(|| given["metadata_url"].as_str().map(str::to_owned))
}

fn set_provider(provider: &mut Document, given: &Value, random: &mut Random, now: i64) -> Result<(), Refusal> {
    let mut saml = document(provider["saml"].clone());
    if !given["metadata_xml"].is_null() || !given["metadata_url"].is_null() {
        // One takes the place of the other.
        saml.retain(|name, _| !name.starts_with("metadata_"));
        saml.insert("entity_id".into(), entity_id(given).unwrap_or_default().into());
    }
    set(&mut saml, given, &["metadata_xml", "metadata_url", "attribute_mapping", "name_id_format"]);
    if saml.get("entity_id").is_none_or(|id| id == "") {
        return Err(Refusal::new(400, "One of metadata_url and metadata_xml is required"));
    }
    if let Some(domains) = given["domains"].as_array() {
        let mut domain = |name: &Value| json!({ "id": random.uuid(), "domain": name, "created_at": iso(now), "updated_at": iso(now) });
        let domains = array(domains.iter().map(&mut domain));
        provider.insert("domains".into(), domains);
    }
    provider.insert("saml".into(), saml.into());
    provider.insert("updated_at".into(), iso(now).into());
    Ok(())
}

pub(super) fn create_provider(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    if config(project)["saml_enabled"] != true {
        return Err(Refusal::new(404, "SAML 2.0 is not enabled for this project"));
    }
    let mut provider =
        document(json!({ "id": random.uuid(), "saml": { "id": random.uuid() }, "domains": [], "created_at": iso(call.now), "updated_at": null }));
    set_provider(&mut provider, call.body(), random, call.now)?;
    PROVIDERS.add(project, provider.into())
}

pub(super) fn update_provider(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let provider = PROVIDERS.find(account.project(reference)?, id)?;
    let mut changed = provider.clone();
    set_provider(&mut changed, call.body(), random, call.now)?;
    *provider = changed;
    Reply::json(&json!(provider))
}

// ---- issuers

pub(super) const ISSUERS: List = List { name: "third_party_auth", missing: "Third-party auth integration not found", inside: "" };

pub(super) fn create_issuer(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let body = call.body();
    let kind = [("oidc_issuer_url", "oidc"), ("jwks_url", "jwks"), ("custom_jwks", "custom")].into_iter().find(|(name, _)| !body[*name].is_null());
    let Some((_, kind)) = kind else {
        return Err(Refusal::new(400, "One of oidc_issuer_url, jwks_url and custom_jwks is required"));
    };
    let issuer = json!({
        "id": random.uuid(),
        "type": kind,
        "oidc_issuer_url": body["oidc_issuer_url"],
        "jwks_url": body["jwks_url"],
        "custom_jwks": body["custom_jwks"],
        // Nothing is fetched from elsewhere.
        "resolved_jwks": body["custom_jwks"],
        "inserted_at": iso(call.now),
        "updated_at": iso(call.now),
        "resolved_at": if body["custom_jwks"].is_null() { Value::Null } else { iso(call.now).into() },
    });
    ISSUERS.add(project, issuer)
}
