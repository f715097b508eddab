//! Models as a user of the crate builds, compares and reads them.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::json;
use supabase_management_wasm::api::auth::SetAttributeDefault;
use supabase_management_wasm::api::auth_config::UpdateAuthConfig;
use supabase_management_wasm::api::billing::AddonChoice;
use supabase_management_wasm::api::disk::{UpdateDisk, UpdateDiskAttributes};
use supabase_management_wasm::api::functions::DeployMetadata;
use supabase_management_wasm::api::network::{RequestedSslEnforcement, UpdateSslEnforcement};
use supabase_management_wasm::api::oauth::{AuthorizeQuery, AuthorizeResponseType};
use supabase_management_wasm::api::organizations::ListProjectsQuery;
use supabase_management_wasm::api::projects::{
    CreateProject, HealthQuery, InstanceSize, Project, ProjectStatus, Region, RegionSelection, ServiceName,
};
use supabase_management_wasm::api::secrets::CreateSecret;
use supabase_management_wasm::endpoint::Multipart;
use supabase_management_wasm::{Client, Nullable, UnknownValue, Value};

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
