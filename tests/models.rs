//! Models as a user of the crate builds, compares and reads them.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::json;
use supabase_management_wasm::api::auth::{CreateSsoProvider, SetAttributeDefault, SsoProvider};
use supabase_management_wasm::api::auth_config::{AuthConfig, UpdateAuthConfig};
use supabase_management_wasm::api::billing::AddonChoice;
use supabase_management_wasm::api::disk::{UpdateDisk, UpdateDiskAttributes};
use supabase_management_wasm::api::functions::{BulkUpdateFunction, DeployMetadata, DeployedFunction};
use supabase_management_wasm::api::network::{RequestedSslEnforcement, SslEnforcementState, UpdateSslEnforcement};
use supabase_management_wasm::api::oauth::{AuthorizeQuery, AuthorizeResponseType};
use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::projects::{
    CreateProject, HealthQuery, InstanceSize, Project, ProjectStatus, Region, RegionSelection, ServiceName,
};
use supabase_management_wasm::api::secrets::CreateSecret;
use supabase_management_wasm::endpoint::Multipart;
use supabase_management_wasm::{Client, Nullable, Omitted, Reason, UnknownValue, Value, writable};

fn written(model: &impl serde::Serialize) -> Value {
    serde_json::to_value(model).expect("JSON")
}

#[test]
fn an_input_is_made_of_what_must_be_given_and_what_may_be() {
    let project = CreateProject::new("blog", "acme", String::from("correct horse"))
        .region_selection(RegionSelection::specific(Region::UsEast1))
        .desired_instance_size(InstanceSize::Micro);
    let expected = json!({
        "name": "blog",
        "organization_slug": "acme",
        "db_pass": "correct horse",
        "region_selection": { "type": "specific", "code": "us-east-1" },
        "desired_instance_size": "micro",
    });
    assert_eq!(written(&project), expected);
    assert!(!format!("{project:?}").contains("correct horse"));
    assert_eq!(CreateProject::default().name("blog").organization_slug("acme"), CreateProject::new("blog", "acme", ""));
    assert_eq!(written(&HealthQuery::new([ServiceName::Db]).timeout_ms(500)), json!({ "services": ["db"], "timeout_ms": 500 }));
    assert_eq!(written(&UpdateSslEnforcement::new(RequestedSslEnforcement::new(true))), json!({ "requestedConfig": { "database": true } }));
    assert_eq!(AuthorizeQuery::default().response_type, AuthorizeResponseType::Code);
    let form = Multipart::new(DeployMetadata::new("index.ts").static_patterns(["assets/*.html"])).file("index.ts", "1");
    assert_eq!((written(&form.metadata), form.file.len()), (json!({ "entrypoint_path": "index.ts", "static_patterns": ["assets/*.html"] }), 1));
}

/// Compiled, and never run: a call needs an engine of JavaScript.
#[expect(dead_code, clippy::needless_borrows_for_generic_args, reason = "that it compiles is the test")]
fn arguments_are_taken_as_people_type_them(client: &Client, project_ref: String, names: Vec<String>, secret: CreateSecret) {
    let secrets = client.secrets();
    drop(secrets.list(&project_ref));
    drop(secrets.list(project_ref));
    drop(secrets.delete("ref", ["A"]));
    drop(secrets.delete("ref", &["A", "B"]));
    drop(secrets.delete("ref", &names));
    drop(secrets.delete("ref", names.iter().filter(|name| name.starts_with('A'))));
    drop(secrets.delete("ref", names));
    let both = [secret.clone(), secret.clone()];
    drop(secrets.create("ref", &both));
    drop(secrets.create("ref", vec![secret.clone()]));
    drop(secrets.create("ref", [secret]));
    let organizations = client.organizations();
    let query = ListProjectsQuery::new().limit(5);
    drop(organizations.list_projects("acme", None));
    drop(organizations.list_projects("acme", &query));
    drop(organizations.list_projects("acme", Some(&query)));
    drop(organizations.list_projects("acme", query));
    drop(organizations.list_projects("acme", &Default::default()));
    drop(client.billing().remove_addon("ref", AddonChoice::Ipv4));
    drop(client.billing().remove_addon("ref", &AddonChoice::Ipv4));
}

#[test]
fn null_is_told_from_what_is_left_out() {
    let change = UpdateAuthConfig::new().site_url("https://example.com").smtp_host(Nullable::NULL).jwt_exp(3600).smtp_user(None);
    assert_eq!(written(&change), json!({ "site_url": "https://example.com", "smtp_host": null, "jwt_exp": 3600, "smtp_user": null }));
}

#[test]
fn unions_have_a_constructor_for_each_kind() {
    let disk = UpdateDisk::new(UpdateDiskAttributes::gp3(3000, 8).throughput_mibps(125));
    assert_eq!(written(&disk)["attributes"], json!({ "type": "gp3", "iops": 3000, "size_gb": 8, "throughput_mibps": 125 }));
    let other = UpdateDiskAttributes::io2(3000, 8);
    assert_eq!(other.clone().throughput_mibps(125), other);
    assert_eq!([SetAttributeDefault::from("a"), true.into(), 1.5.into()].map(|value| written(&value)), [json!("a"), json!(true), json!(1.5)]);
}

#[test]
fn an_enum_of_answers_takes_any_text() {
    let status = ProjectStatus::from("ACTIVE_HEALTHY");
    assert_eq!(status, ProjectStatus::ActiveHealthy);
    let text: &str = "ACTIVE_HEALTHY";
    assert_eq!([status == text, text == status, status == *text, *text == status], [true; 4]);
    assert_eq!((status.as_ref(), status.to_string()), ("ACTIVE_HEALTHY", "ACTIVE_HEALTHY".to_string()));
    let Ok(other) = "DREAMING".parse::<ProjectStatus>();
    assert_eq!((&other, ProjectStatus::from("DREAMING".to_string())), (&ProjectStatus::Other("DREAMING".into()), other.clone()));
    assert!(ProjectStatus::values().contains(&"COMING_UP") && !ProjectStatus::values().contains(&"DREAMING"));
}

#[test]
fn an_enum_that_requests_hold_takes_only_what_they_may_hold() {
    assert_eq!("us-east-1".parse(), Ok(Region::UsEast1));
    assert_eq!(AuthorizeResponseType::try_from("code"), Ok(AuthorizeResponseType::Code));
    let error: UnknownValue = "moon-1".parse::<Region>().expect_err("no region");
    assert_eq!((&*error.value, error.expected), ("moon-1", Region::values()));
    assert!(error.to_string().starts_with("unknown value \"moon-1\", expected one of: us-"), "{error}");
    // An answer may bring one that is newer than the crate.
    let region: Region = serde_json::from_value(json!("moon-1")).expect("a region");
    assert!(matches!(&region, Region::Other(name) if name == "moon-1"));
    assert!("moon-1".parse::<AuthorizeResponseType>().is_err());
}

#[test]
fn an_answer_is_made_of_its_json() {
    let project: Project = serde_json::from_value(json!({
        "id": "abcdefghijklmnopqrst",
        "ref": "abcdefghijklmnopqrst",
        "organization_id": "acme",
        "organization_slug": "acme",
        "name": "blog",
        "region": "us-east-1",
        "created_at": "2026-01-01T00:00:00Z",
        "status": "ACTIVE_HEALTHY",
        "database": { "host": "db.example.com", "version": "17.6", "postgres_engine": "17", "release_channel": "ga" },
    }))
    .expect("a project");
    assert_eq!((&*project.name, project.status), ("blog", ProjectStatus::ActiveHealthy));
}

/// A model of its JSON, where `null` stands for each field that is not there.
fn filled<T: serde::de::DeserializeOwned>(mut known: Value) -> T {
    loop {
        match serde_json::from_value(known.clone()) {
            Ok(model) => return model,
            Err(error) => {
                let words = error.to_string();
                let missing = words.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()).unwrap_or_else(|| panic!("{words}"));
                known[missing] = Value::Null;
            }
        }
    }
}

fn left(omitted: &[Omitted]) -> Vec<(&str, Reason)> {
    omitted.iter().map(|one| (&*one.path, one.reason)).collect()
}

#[test]
fn a_body_is_made_of_what_was_read_and_says_what_it_has_not() {
    let config: AuthConfig = filled(json!({
        "mailer_otp_exp": 3600, "passkey_enabled": false, "mfa_phone_otp_length": 6, "sms_otp_length": 6, "oauth_server_enabled": false,
        "oauth_server_allow_dynamic_registration": false, "custom_oauth_enabled": false, "custom_oauth_max_providers": 3,
        "site_url": "https://example.com", "jwt_exp": 999_999_999, "smtp_host": "smtp.example.com", "smtp_pass": "0f0f", "external_google_secret": "1e1e",
    }));
    let copy = writable::<UpdateAuthConfig, _>(&config).expect("a body");
    let body = written(&copy.body);
    assert_eq!(
        (&body["site_url"], &body["smtp_host"], &body["smtp_admin_email"]),
        (&json!("https://example.com"), &json!("smtp.example.com"), &Value::Null)
    );
    assert!(body.as_object().is_some_and(|fields| fields.contains_key("smtp_admin_email") && !fields.contains_key("smtp_pass")));
    let reasons = left(&copy.omitted);
    for expected in [
        ("smtp_pass", Reason::Secret),
        ("external_google_secret", Reason::Secret),
        ("custom_oauth_max_providers", Reason::ReadOnly),
        ("jwt_exp", Reason::Invalid),
    ] {
        assert!(reasons.contains(&expected), "{expected:?} in {reasons:?}");
    }
    assert!(!format!("{copy:?}").contains("0f0f"));
    assert_eq!(copy.omitted.iter().find(|one| one.path == "jwt_exp").map(|one| &*one.expected), Some("integer, 0 to 604800"));
}

#[test]
fn what_stands_in_another_place_of_an_answer_is_found_there() {
    let provider: SsoProvider = serde_json::from_value(json!({
        "id": "a", "saml": { "entity_id": "b", "metadata_url": "https://c", "metadata_xml": "<d/>" }, "domains": [{ "domain": "e", "id": "f" }],
    }))
    .expect("a provider");
    let copy = writable::<CreateSsoProvider, _>(&provider).expect("a body");
    assert_eq!(written(&copy.body), json!({ "type": "saml", "metadata_url": "https://c", "domains": ["e"] }));
    let mut reasons = left(&copy.omitted);
    reasons.sort_unstable_by_key(|(path, _)| *path);
    let expected = [
        ("domains[0].id", Reason::ReadOnly),
        ("id", Reason::ReadOnly),
        ("saml.entity_id", Reason::ReadOnly),
        ("saml.metadata_xml", Reason::Alternative),
    ];
    assert_eq!(reasons, expected);
    let state: SslEnforcementState =
        serde_json::from_value(json!({ "currentConfig": { "database": true }, "appliedSuccessfully": true })).expect("a state");
    let copy = writable::<UpdateSslEnforcement, _>(&state).expect("a body");
    assert_eq!(written(&copy.body), json!({ "requestedConfig": { "database": true } }));
    assert_eq!(Reason::Alternative.to_string(), "alternative");
}

#[test]
fn a_body_that_would_lack_what_it_must_have_is_refused() {
    let function = |status: &str| -> DeployedFunction {
        serde_json::from_value(json!({ "id": "a", "slug": "b", "name": "c", "status": status, "version": 1, "updated_at": 2 })).expect("a function")
    };
    let copy = writable::<BulkUpdateFunction, _>(&function("ACTIVE")).expect("a body");
    assert_eq!(left(&copy.omitted), [("updated_at", Reason::ReadOnly)]);
    let error = writable::<BulkUpdateFunction, _>(&function("HIBERNATING")).expect_err("a status that no request takes");
    let fault = error.fault().expect("a fault");
    assert_eq!(
        (error.endpoint(), &*fault.path, &*fault.expected),
        ("functions.bulkUpdate", "status", "one of \"ACTIVE\", \"REMOVED\", \"THROTTLED\"")
    );
}
