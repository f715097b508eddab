//! What a user of the configuration part sees: files, answers, differences, faults.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use supabase_management_deploy::Fault;
use supabase_management_deploy::config::{Answer, Comparison, Input, Note, Read, compare, reads};

const REF: &str = "abcdefghijklmnopqrst";
const ALL: &str = "v2.projects.getConfig";

fn env(name: &str) -> Option<String> {
    let value = match name {
        "SITE" => "https://env.example",
        "PASS" => "pa55-from-env",
        "PORT" => "2525",
        "ON" => "true",
        "SCHEMAS" => "public, other",
        "EMPTY" => "",
        _ => return None,
    };
    Some(value.into())
}

fn file(path: &str) -> Option<String> {
    match path {
        "supabase/templates/invite.html" => Some("<p>Come</p>".into()),
        "supabase/changed.html" => Some("<p>Changed</p>".into()),
        _ => None,
    }
}

fn input(config: &Value) -> Input<'_> {
    Input { config, project_ref: REF, env: &env, file: &file, now: "2026-11-30T12:00:00.000Z" }
}

/// Compares with answers of version 1.
fn compared(config: &Value, answers: &[(&str, Value)]) -> Comparison {
    let answers: Vec<_> = answers.iter().map(|(endpoint, value)| Answer { endpoint, value: Some(value) }).collect();
    compare(&input(config), &answers).expect("the file is right")
}

/// The body of the only section that differs.
fn body(config: &Value, endpoint: &str, answer: Value) -> Value {
    let found = compared(config, &[(endpoint, answer)]);
    assert_eq!(found.sections.len(), 1, "{found:?}");
    found.sections[0].body.clone()
}

fn fault(config: &Value) -> Fault {
    reads(&input(config)).expect_err("a fault")
}

fn notes(found: &Comparison) -> Vec<(&str, &str)> {
    found.notes.iter().map(|Note { path, text }| (path.as_str(), text.as_str())).collect()
}

fn auth(fields: Value) -> Value {
    json!({ "auth": fields })
}

#[test]
fn one_section_is_read_by_itself_and_several_together() {
    let one = json!({ "auth": { "site_url": "https://a.example" }, "studio": { "port": 1 }, "db": { "port": 5 } });
    assert_eq!(reads(&input(&one)), Ok(vec![Read { endpoint: "auth.getConfig", fallback: vec![] }]));
    let two = json!({ "auth": { "site_url": "https://a.example" }, "api": { "max_rows": 5 } });
    assert_eq!(reads(&input(&two)), Ok(vec![Read { endpoint: ALL, fallback: vec!["postgrest.getConfig", "auth.getConfig"] }]));
    for nothing in
        [json!({}), json!({ "auth": { "enabled": false, "site_url": "x" } }), json!({ "db": { "network_restrictions": { "allowed_cidrs": [] } } })]
    {
        assert_eq!(reads(&input(&nothing)), Ok(vec![]));
    }
}

#[test]
fn only_what_is_declared_and_differs_is_sent() {
    let config = auth(json!({ "site_url": "https://new.example", "jwt_expiry": 3600, "enable_signup": false, "sessions": { "timebox": "24h" } }));
    let answer = json!({ "site_url": "https://old.example", "jwt_exp": 3600, "disable_signup": false, "sessions_timebox": 0, "mailer_otp_exp": 5 });
    let found = compared(&config, &[("auth.getConfig", answer.clone())]);
    let section = &found.sections[0];
    assert_eq!((section.name, section.endpoint), ("auth", "auth.updateConfig"));
    assert_eq!(section.body, json!({ "site_url": "https://new.example", "disable_signup": true, "sessions_timebox": 24 }));
    let changes: Vec<_> =
        section.changes.iter().map(|change| (change.path.as_str(), change.key.as_str(), change.from.clone(), change.to.clone())).collect();
    assert_eq!(
        changes,
        [
            ("auth.site_url", "site_url", Some(json!("https://old.example")), Some(json!("https://new.example"))),
            ("auth.enable_signup", "disable_signup", Some(json!(true)), Some(json!(false))),
            ("auth.sessions.timebox", "sessions_timebox", Some(json!("0h")), Some(json!("24h"))),
        ]
    );
    let same = json!({ "site_url": "https://new.example", "jwt_exp": 3600.0, "disable_signup": true, "sessions_timebox": 24.0 });
    assert_eq!(compared(&config, &[("auth.getConfig", same)]).sections, []);
}

#[test]
fn lists_durations_and_sizes_have_the_form_of_the_api() {
    let api = json!({ "api": { "schemas": ["public", "other"], "extra_search_path": ["public", "extensions"] } });
    let answer = json!({ "db_schema": "public", "db_extra_search_path": "public, extensions" });
    assert_eq!(body(&api, "postgrest.getConfig", answer), json!({ "db_schema": "public,other" }));
    for (text, seconds) in [("90s", 90), ("1m30s", 90), ("1.5h", 5400), ("1500ms", 1), ("0", 0)] {
        let config = auth(json!({ "email": { "max_frequency": text } }));
        assert_eq!(body(&config, "auth.getConfig", json!({ "smtp_max_frequency": 7 })), json!({ "smtp_max_frequency": seconds }), "{text}");
    }
    for (size, bytes) in [(json!("50MiB"), 52_428_800), (json!("5MB"), 5_242_880), (json!("1.5 kb"), 1536), (json!("77"), 77), (json!(78), 78)] {
        let config = json!({ "storage": { "file_size_limit": size } });
        assert_eq!(body(&config, "storage.getConfig", json!({ "fileSizeLimit": 1 })), json!({ "fileSizeLimit": bytes }), "{size}");
    }
    // Redirects are a set.
    let config = auth(json!({ "additional_redirect_urls": ["https://a.example", "https://b.example"] }));
    let found = compared(&config, &[("auth.getConfig", json!({ "uri_allow_list": "https://b.example,https://a.example" }))]);
    assert_eq!(found.sections, []);
}

#[test]
fn what_has_the_wrong_kind_is_a_fault_before_anything_is_read() {
    let wrong = |fields: Value| fault(&auth(fields)).to_string();
    assert_eq!(wrong(json!({ "jwt_expiry": "3600" })), "auth.jwt_expiry: expected a whole number, received string");
    assert_eq!(wrong(json!({ "enable_signup": 1 })), "auth.enable_signup: expected true or false, received number");
    assert_eq!(wrong(json!({ "email": 5 })), "auth.email: expected a table, received number");
    assert_eq!(wrong(json!({ "email": { "max_frequency": 60 } })), "auth.email.max_frequency: expected a duration such as 1m30s, received number");
    for text in ["1x", "", "h", "1", ".", "1h-5m"] {
        let received = wrong(json!({ "email": { "max_frequency": text } }));
        assert_eq!(received, "auth.email.max_frequency: expected a duration such as 1m30s, received another string", "{text}");
    }
    assert_eq!(wrong(json!({ "captcha": { "provider": "other" } })), "auth.captcha.provider: expected hcaptcha/turnstile, received another string");
    assert_eq!(
        wrong(json!({ "email": { "template": { "invite": { "content_path": "./none.html" } } } })),
        "auth.email.template.invite.content_path: expected a file, received none"
    );
    for size in ["5 XB", "MiB", "ib", "1ib", "-5"] {
        assert_eq!(fault(&json!({ "storage": { "file_size_limit": size } })).expected, "a size such as 50MiB", "{size}");
    }
}

#[test]
fn variables_stand_for_values_of_any_kind() {
    let config = json!({
        "api": { "schemas": "env(SCHEMAS)" },
        "auth": { "site_url": "env(SITE)", "enable_signup": "env(ON)", "additional_redirect_urls": ["env(SITE)"], "email": { "smtp": { "host": "h", "port": "env(PORT)", "pass": "env(PASS)" } } },
    });
    let found =
        compared(&config, &[("postgrest.getConfig", json!({ "db_schema": "public" })), ("auth.getConfig", json!({ "disable_signup": true }))]);
    assert_eq!(found.sections[0].body, json!({ "db_schema": "public,other" }));
    let sent = json!({ "site_url": "https://env.example", "disable_signup": false, "uri_allow_list": "https://env.example", "smtp_host": "h", "smtp_port": "2525", "smtp_pass": "pa55-from-env" });
    assert_eq!(found.sections[1].body, sent);
    assert!(!format!("{found:?}").contains("pa55"));
}

#[test]
fn a_variable_that_is_not_set_is_a_fault_but_for_secrets() {
    let wrong = fault(&auth(json!({ "site_url": "env(NOT_SET)" })));
    assert_eq!(wrong.to_string(), "auth.site_url: expected the environment variable NOT_SET, received none");
    let github = |secret: &str| auth(json!({ "external": { "github": { "enabled": true, "client_id": "id", "secret": secret } } }));
    for (secret, why) in [
        ("env(NOT_SET)", "not sent, since there is no environment variable NOT_SET"),
        ("env(EMPTY)", "not sent, since there is no environment variable EMPTY"),
        ("", "not sent, since it is empty"),
    ] {
        let found = compared(&github(secret), &[("auth.getConfig", json!({ "external_github_enabled": false }))]);
        assert_eq!(notes(&found), [("auth.external.github.secret", why)]);
        assert_eq!(found.sections[0].body, json!({ "external_github_enabled": true, "external_github_client_id": "id" }));
    }
    // What is switched off needs no variables.
    let off = auth(json!({ "external": { "github": { "enabled": false, "client_id": "env(NOT_SET)", "secret": "env(NOT_SET)" } } }));
    assert_eq!(notes(&compared(&off, &[("auth.getConfig", json!({ "external_github_enabled": false }))])), []);
    let encrypted = fault(&github("encrypted:abc"));
    assert_eq!((encrypted.path.as_str(), encrypted.received.contains("abc")), ("auth.external.github.secret", false));
}

#[test]
fn secrets_are_compared_by_their_keyed_hash_and_never_shown() {
    let config = auth(json!({ "hook": { "send_sms": { "enabled": true, "uri": "https://h.example", "secrets": "v1,whsec_c2VjcmV0" } } }));
    // echo -n v1,whsec_c2VjcmV0 | openssl dgst -sha256 -hmac abcdefghijklmnopqrst
    let hash = "a06c2dce9ed9468d2a61907d7996ee83aacaab5cd4343ef6e46c0204c5d215d6";
    let remote = json!({ "hook_send_sms_enabled": true, "hook_send_sms_uri": "https://h.example", "hook_send_sms_secrets": hash });
    assert_eq!(compared(&config, &[("auth.getConfig", remote)]).sections, []);
    let remote = json!({ "hook_send_sms_enabled": true, "hook_send_sms_uri": "https://h.example", "hook_send_sms_secrets": "00" });
    let found = compared(&config, &[("auth.getConfig", remote)]);
    let section = &found.sections[0];
    assert_eq!((section.changes[0].secret, &section.changes[0].from, &section.changes[0].to), (true, &None, &None));
    assert_eq!(section.companions, ["hook_send_sms_enabled", "hook_send_sms_uri"]);
    assert_eq!(section.body["hook_send_sms_secrets"], "v1,whsec_c2VjcmV0");
    assert!(!format!("{found:?}").contains("whsec"));
}

#[test]
fn unknown_names_are_told_and_local_ones_are_not() {
    let config = json!({
        "atuh": {}, "studio": { "prot": 1 }, "functions": { "hello": { "verify_jwt": false } }, "edge_runtime": { "policy": "x" },
        "auth": { "site_ulr": "x", "jwt_secret": "env(NOT_SET)", "external": { "apple": { "url": "", "redirect_uri": "x" }, "gogle": { "enabled": true } }, "third_party": { "clerk": { "enabled": true }, "auth0": { "enabled": false } } },
        "db": { "settings": { "max_connection": 5 }, "pooler": { "enabled": false } },
        "experimental": { "webhooks": { "enabled": true }, "s3_host": "env(S3)" },
    });
    let found = compared(&config, &[]);
    assert_eq!(
        notes(&found),
        [
            ("atuh", "unknown; did you mean auth?"),
            ("auth.site_ulr", "unknown; did you mean site_url?"),
            ("auth.external.gogle", "unknown; did you mean google?"),
            ("auth.third_party", "not part of this: see thirdPartyAuth.create"),
            ("db.settings.max_connection", "unknown; did you mean max_connections?"),
            ("experimental.webhooks", "not part of this: see database.enableWebhooks"),
        ]
    );
}

#[test]
fn the_part_of_a_remote_lies_over_the_rest() {
    let mut config = json!({
        "auth": { "site_url": "https://base.example", "jwt_expiry": 60 },
        "remotes": { "other": { "project_id": "zzzzzzzzzzzzzzzzzzzz", "auth": { "jwt_expiry": 1 } }, "prod": { "project_id": REF, "auth": { "site_url": "https://prod.example" } } },
    });
    let sent = body(&config, "auth.getConfig", json!({ "site_url": "", "jwt_exp": 1 }));
    assert_eq!(sent, json!({ "site_url": "https://prod.example", "jwt_exp": 60 }));
    config["remotes"]["other"]["project_id"] = json!(REF);
    assert_eq!(fault(&config).to_string(), "remotes.prod.project_id: expected a project of its own, received the one of remotes.other");
}

#[test]
fn a_section_that_no_answer_has_is_not_compared() {
    let config = json!({ "api": { "max_rows": 5 }, "auth": { "jwt_expiry": 1 }, "db": { "settings": { "max_connections": 5 } } });
    let all = json!({ "data": { "attributes": { "auth": {}, "database": { "postgres_settings": {} } } } });
    let answers = [Answer { endpoint: ALL, value: Some(&all) }];
    let found = compare(&input(&config), &answers).unwrap();
    assert_eq!(found.not_compared, ["api", "auth"]);
    assert_eq!(found.sections[0].body, json!({ "max_connections": 5 }));
    // The fallbacks of a read that was refused.
    let own = json!({ "max_rows": 5 });
    let answers = [Answer { endpoint: ALL, value: None }, Answer { endpoint: "postgrest.getConfig", value: Some(&own) }];
    assert_eq!(compare(&input(&config), &answers).unwrap().not_compared, ["db.settings", "auth"]);
}

#[test]
fn settings_of_postgres_that_stay_are_sent_along() {
    let config = json!({ "db": { "settings": { "max_connections": 90, "work_mem": "8MB" } } });
    let answer = json!({ "shared_buffers": "256MB", "max_connections": 60, "work_mem": "8MB", "log_connections": true });
    let found = compared(&config, &[("database.getPostgresConfig", answer)]);
    assert_eq!(found.sections[0].body, json!({ "max_connections": 90, "shared_buffers": "256MB", "work_mem": "8MB" }));
    assert_eq!(found.sections[0].companions, ["shared_buffers", "work_mem"]);
    assert_eq!(notes(&found), [("db.settings.log_connections", "goes back to its default, since the API cannot set it")]);
}

#[test]
fn networks_and_limits_of_storage_go_together() {
    let config = json!({ "db": { "network_restrictions": { "enabled": true, "allowed_cidrs": ["10.0.0.0/8"] } } });
    let answer = json!({ "config": { "dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": ["::/0"] } });
    assert_eq!(body(&config, "networkRestrictions.get", answer), json!({ "dbAllowedCidrs": ["10.0.0.0/8"], "dbAllowedCidrsV6": ["::/0"] }));
    let config = json!({ "storage": { "vector": { "enabled": false, "max_buckets": 3 } } });
    let answer = json!({ "features": { "vectorBuckets": { "enabled": true, "maxBuckets": 10, "maxIndexes": 5 } } });
    let limits = json!({ "features": { "vectorBuckets": { "enabled": false, "maxBuckets": 10, "maxIndexes": 5 } } });
    assert_eq!(body(&config, "storage.getConfig", answer), limits);
}

#[test]
fn switches_have_their_own_ways() {
    let off = json!({ "api": { "enabled": false, "max_rows": 7 } });
    assert_eq!(body(&off, "postgrest.getConfig", json!({ "db_schema": "public", "max_rows": 1 })), json!({ "db_schema": "" }));
    let on = json!({ "api": { "enabled": true } });
    assert_eq!(notes(&compared(&on, &[("postgrest.getConfig", json!({ "db_schema": "" }))])), [("api.enabled", "not switched on without schemas")]);
    let off = auth(json!({ "email": { "smtp": { "enabled": false, "host": "h" } }, "rate_limit": { "email_sent": 5 } }));
    let found = compared(&off, &[("auth.getConfig", json!({ "smtp_host": "x", "smtp_user": "y", "rate_limit_email_sent": 2 }))]);
    assert_eq!(found.sections[0].body, json!({ "smtp_host": "" }));
    assert_eq!(notes(&found), [("auth.rate_limit.email_sent", "not sent, since it is for an own mail server: auth.email.smtp")]);
    let sms = |twilio: bool, vonage: bool| {
        auth(json!({ "sms": { "twilio": { "enabled": twilio, "account_sid": "a" }, "vonage": { "enabled": vonage, "from": "f" } } }))
    };
    let answer = json!({ "sms_provider": "twilio", "sms_twilio_account_sid": "old", "sms_vonage_from": "f" });
    let answers = [("auth.getConfig", answer)];
    assert_eq!(compared(&sms(false, true), &answers).sections[0].body, json!({ "sms_provider": "vonage", "sms_vonage_from": "f" }));
    assert_eq!(compared(&sms(true, true), &answers).sections[0].body, json!({ "sms_twilio_account_sid": "a", "sms_provider": "twilio" }));
    let none = compared(&sms(false, false), &answers);
    assert_eq!((none.sections.len(), none.notes[0].path.as_str()), (0, "auth.sms.twilio.enabled"));
}

#[test]
fn a_section_that_is_switched_off_is_left_alone_and_told() {
    let off = auth(json!({ "enabled": false, "site_url": "https://never.example" }));
    let found = compared(&off, &[("auth.getConfig", json!({ "site_url": "x" }))]);
    assert_eq!((found.sections.len(), notes(&found)), (0, vec![("auth", "left alone, since `enabled` is false")]));
}

#[test]
fn templates_are_files_and_codes_for_tests_last_ten_years() {
    let email = json!({ "template": { "invite": { "subject": "Hi", "content_path": "./supabase/templates/invite.html" } }, "notification": { "password_changed": { "enabled": true, "content_path": "./changed.html" } } });
    let config = auth(json!({ "email": email, "sms": { "test_otp": { "4152127777": "123456" } } }));
    let sent = json!({
        "mailer_subjects_invite": "Hi",
        "mailer_templates_invite_content": "<p>Come</p>",
        "mailer_notifications_password_changed_enabled": true,
        "mailer_templates_password_changed_notification_content": "<p>Changed</p>",
        "sms_test_otp": "4152127777=123456",
        "sms_test_otp_valid_until": "2036-11-30T12:00:00.000Z",
    });
    let found = compared(&config, &[("auth.getConfig", json!({ "mailer_subjects_invite": "Old" }))]);
    assert_eq!(found.sections[0].body, sent);
    assert!(!format!("{found:?}").contains("123456"));
    let told = json!({ "sms_test_otp": "4152127777=123456" });
    assert_eq!(compared(&auth(json!({ "sms": { "test_otp": { "4152127777": "123456" } } })), &[("auth.getConfig", told)]).sections, []);
}
