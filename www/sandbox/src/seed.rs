//! What a new sandbox holds: a small account with something of every kind in it.

use crate::handlers::add_api_keys;
use crate::handlers::lists::document;
use crate::handlers::organizations::MEMBERS;
use crate::handlers::v2::organizations::CONNECTIONS;
use crate::random::Random;
use crate::state::{Account, Change, Document, Function, Migration, Organization, Project, Secret, Snippet, Source};
use crate::time::iso;
use serde_json::json;
use supabase_management_wasm::api::functions::FunctionStatus;
use supabase_management_wasm::api::projects::ProjectStatus;

/// A morning of February 2026: things that have been there for a while.
const BEFORE: i64 = 1_770_713_431_208;
const DAY: i64 = 86_400_000;

/// The account of a sandbox that starts now. One of its projects does so as well.
pub(crate) fn account(now: i64, startup_ms: i64) -> Account {
    let mut organizations = vec![organization("tidewater-labs", "Tidewater Labs"), organization("zoe-keller", "Zoë Keller's Org")];
    let colleague = json!({
        "id": "b3a1f0de-58c4-4c7e-9d26-7e4f1c0a9b85",
        "username": "mara-lindqvist",
        "primary_email": "mara@tidewater.example",
        "mfa_enabled": false,
        "role": "developer",
    });
    organizations[0].lists.insert(MEMBERS.into(), vec![document(colleague)]);

    // What is random in it is the same in every sandbox.
    let mut random = Random::new(BEFORE as u64);
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
    storefront.postgres_version = "17.6.1.084".into();
    storefront.banned = vec!["203.0.113.99".into()];
    storefront.migrations = vec![migration("20260212093000", "create_orders", ORDERS), migration("20260301141500", "create_items", ITEMS)];
    storefront.list(CONNECTIONS).push(connection("482", "tidewater-labs/storefront", 691_204_417, BEFORE + DAY));
    storefront.list("buckets").extend(["receipts", "product-images"].map(|name| bucket(name, BEFORE + 2 * DAY)));

    let mut staging = project("wnfcjpoybtgxirdkqseu", "tidewater-labs", "storefront-staging", "us-east-1", now, ProjectStatus::ComingUp);
    staging.change = Some(Change { at: now + startup_ms, status: ProjectStatus::ActiveHealthy });
    staging.secrets = vec![secret("MAIL_FROM", "staging@tidewater.example", now)];

    let mut notes = project("udqsbyhamzptvcfwelkr", "zoe-keller", "field-notes", "ap-southeast-2", BEFORE - 200 * DAY, ProjectStatus::Inactive);
    notes.functions = vec![function("d25b90e4-7a16-4c3f-a5e8-18f60c7b4d92", "daily-digest", "Daily digest", 4, BEFORE - 180 * DAY, true)];

    let mut projects = vec![storefront, staging, notes];
    for project in &mut projects {
        let created_at = project.created_at;
        add_api_keys(project, &mut random, created_at);
    }
    let mut account = Account::new(organizations, projects);
    account.snippets = vec![
        snippet("5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8", "Orders of today", "select * from orders where created_at > current_date;", BEFORE + 5 * DAY),
        snippet("e7f41d90-3c58-4b2a-91d6-08b5a7c2e64f", "Best customers", "select customer, count(*) from orders group by 1;", BEFORE + 9 * DAY),
    ];
    account
}

const ORDERS: &str = "create table orders (
  id bigint generated always as identity primary key,
  customer text not null,
  total numeric(10, 2) not null default 0,
  created_at timestamptz not null default now()
);
alter table orders enable row level security;";

const ITEMS: &str = "create table items (
  order_id bigint not null references orders (id),
  product text not null,
  quantity integer not null default 1,
  primary key (order_id, product)
);
alter table items enable row level security;";

fn migration(version: &str, name: &str, sql: &str) -> Migration {
    Migration { version: version.into(), name: Some(name.into()), statements: vec![sql.into()], rollback: Vec::new(), idempotency_key: None }
}

fn bucket(name: &str, created_at: i64) -> Document {
    let time = iso(created_at);
    document(json!({ "id": name, "name": name, "owner": "", "created_at": time, "updated_at": time, "public": name == "product-images" }))
}

/// To a repository on GitHub, which this API only lists.
fn connection(id: &str, repository: &str, number: i64, created_at: i64) -> Document {
    let time = iso(created_at);
    document(json!({
        "id": id,
        "branch_limit": 5,
        "inserted_at": time,
        "updated_at": time,
        "installation_id": 51_820_944,
        "new_branch_per_pr": true,
        "supabase_changes_only": true,
        "workdir": ".",
        "repository": { "id": number, "name": repository },
    }))
}

fn snippet(id: &str, name: &str, sql: &str, created_at: i64) -> Snippet {
    Snippet { id: id.into(), project_ref: "hqvkzumdtlrwaxbeogcy".into(), name: name.into(), sql: sql.into(), created_at }
}

fn organization(slug: &str, name: &str) -> Organization {
    Organization::new(slug.into(), name.into())
}

fn project(reference: &str, organization_slug: &str, name: &str, region: &str, created_at: i64, status: ProjectStatus) -> Project {
    Project::new(reference.into(), organization_slug.into(), name.into(), region.into(), created_at, status)
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
