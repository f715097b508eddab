//! What a new sandbox holds: a small account with something of every kind in it.

use crate::state::{Account, Change, Function, Organization, Project, Secret, Source};
use supabase_management_wasm::api::functions::FunctionStatus;
use supabase_management_wasm::api::projects::ProjectStatus;

/// A morning of February 2026: things that have been there for a while.
const BEFORE: i64 = 1_770_713_431_208;
const DAY: i64 = 86_400_000;

/// The account of a sandbox that starts now. One of its projects does so as well.
pub(crate) fn account(now: i64, startup_ms: i64) -> Account {
    let organizations = vec![organization("tidewater-labs", "Tidewater Labs"), organization("zoe-keller", "Zoë Keller's Org")];

    let mut storefront = project("hqvkzumdtlrwaxbeogcy", "tidewater-labs", "storefront", "eu-central-1", BEFORE, ProjectStatus::ActiveHealthy);
    storefront.functions = vec![
        function("0f4a8c52-6d0b-4f7e-9a3c-5b1e27d94c60", "send-receipt", "Send receipt", 7, BEFORE + 2 * DAY, true),
        function("b81d3e07-52c9-4a68-8f14-c0a97e6d2b35", "stripe-webhook", "Stripe webhook", 23, BEFORE + 3 * DAY, false),
        function("6c97f1da-0e83-4b25-b7d6-3f48a20c915e", "resize-image", "Resize image", 2, BEFORE + 11 * DAY, true),
    ];
    storefront.secrets = vec![
        secret("STRIPE_SECRET_KEY", "sk_test_sandbox_only", BEFORE + 3 * DAY),
        secret("STRIPE_WEBHOOK_SECRET", "whsec_sandbox_only", BEFORE + 3 * DAY),
        secret("MAIL_FROM", "orders@tidewater.example", BEFORE + 2 * DAY),
    ];

    let mut staging = project("wnfcjpoybtgxirdkqseu", "tidewater-labs", "storefront-staging", "us-east-1", now, ProjectStatus::ComingUp);
    staging.change = Some(Change { at: now + startup_ms, status: ProjectStatus::ActiveHealthy });
    staging.secrets = vec![secret("MAIL_FROM", "staging@tidewater.example", now)];

    let mut notes = project("udqsbyhamzptvcfwelkr", "zoe-keller", "field-notes", "ap-southeast-2", BEFORE - 200 * DAY, ProjectStatus::Inactive);
    notes.functions = vec![function("d25b90e4-7a16-4c3f-a5e8-18f60c7b4d92", "daily-digest", "Daily digest", 4, BEFORE - 180 * DAY, true)];

    Account::new(organizations, vec![storefront, staging, notes])
}

fn organization(slug: &str, name: &str) -> Organization {
    Organization { slug: slug.into(), name: name.into() }
}

fn project(reference: &str, organization_slug: &str, name: &str, region: &str, created_at: i64, status: ProjectStatus) -> Project {
    Project {
        r#ref: reference.into(),
        organization_slug: organization_slug.into(),
        name: name.into(),
        region: region.into(),
        created_at,
        status,
        change: None,
        functions: Vec::new(),
        secrets: Vec::new(),
    }
}

fn function(id: &str, slug: &str, name: &str, version: i64, created_at: i64, verify_jwt: bool) -> Function {
    Function {
        id: id.into(),
        slug: slug.into(),
        name: name.into(),
        status: FunctionStatus::Active,
        version,
        created_at,
        updated_at: created_at + version * DAY,
        verify_jwt,
        import_map: false,
        entrypoint_path: None,
        import_map_path: None,
        source: Source::Text(format!("Deno.serve(() => new Response({name:?}));\n")),
    }
}

fn secret(name: &str, value: &str, updated_at: i64) -> Secret {
    Secret { name: name.into(), value: value.into(), updated_at }
}
