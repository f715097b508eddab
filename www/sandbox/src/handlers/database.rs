//! The database of a project: SQL, settings, poolers, roles, replicas, the root key of pgsodium.

use super::lists::{List, document};
use super::projects::{host, number};
use super::settings::Setting;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::digest::derived;
use crate::json::{gather, json};
use crate::sql::Sql;
use crate::state::Project;
use crate::time::iso;
use serde_json::Value;

// ---- SQL

pub(super) fn query(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    run(sandbox, call, call.body()["read_only"].as_bool().unwrap_or(false))
}

pub(super) fn query_read_only(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    run(sandbox, call, true)
}

fn run(sandbox: &mut Sandbox, call: &Call<'_>, read_only: bool) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    let sql = call.text("query").unwrap_or_default().to_owned();
    let parameters = call.body()["parameters"].as_array().cloned().unwrap_or_default();
    // The rows go out as they came: numbers keep their digits, and columns their order.
    Sql::with(reference, sql.clone(), parameters, read_only, move |_, outcome| Ok(Reply::JsonWith(201, outcome.text(&sql)?.into_bytes())))
}

// ---- settings

/// What was set, and nothing else: all others have the value that Postgres has for them.
pub(super) const POSTGRES: Setting = Setting { name: "postgres", defaults: "{}" };
const POOLER: Setting = Setting { name: "pooler", defaults: r#"{"default_pool_size":15,"pool_mode":"transaction"}"# };
/// What a pool holds on the smallest machine.
pub(super) const USUAL_POOL: i64 = 15;
const PGSODIUM: Setting = Setting { name: "pgsodium", defaults: "{}" };
const READONLY: Setting = Setting { name: "readonly", defaults: "{}" };
/// How many connections a pooler takes.
const MOST_CLIENTS: i64 = 200;
/// How long the read-only mode stays off.
const READONLY_OFF_MS: i64 = 15 * 60_000;

pub(super) fn get_postgres_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    super::settings::get(sandbox, call, &POSTGRES)
}

/// Replaces all of it.
pub(super) fn update_postgres_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let mut settings = call.body().clone();
    if let Some(fields) = settings.as_object_mut() {
        // An order, and no setting.
        fields.shift_remove("restart_database");
    }
    sandbox.account.project(reference)?.settings.insert(POSTGRES.name.into(), settings);
    get_postgres_config(sandbox, call)
}

fn connection(project: &Project, user: &str, port: u16) -> String {
    format!("postgresql://{user}:[YOUR-PASSWORD]@{}:{port}/postgres", pooler_host(project))
}

fn pooler_host(project: &Project) -> String {
    format!("aws-0-{}.pooler.supabase.com", project.region)
}

pub(super) fn get_pooler_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let (settings, user) = (POOLER.of(project), format!("postgres.{reference}"));
    let port = if settings["pool_mode"] == "session" { 5432 } else { 6543 };
    Reply::json(&json!([{
        "identifier": reference,
        "database_type": "PRIMARY",
        "is_using_scram_auth": true,
        "db_user": user,
        "db_host": pooler_host(project),
        "db_port": port,
        "db_name": "postgres",
        "connection_string": connection(project, &user, port),
        "connectionString": connection(project, &user, port),
        "default_pool_size": settings["default_pool_size"],
        "max_client_conn": MOST_CLIENTS,
        "pool_mode": settings["pool_mode"],
    }]))
}

pub(super) fn update_pooler_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    super::settings::update(sandbox, call, &POOLER)
}

/// What holds for PgBouncer, with what nobody can set by this API.
pub(super) fn pgbouncer(project: &Project) -> Value {
    let mut settings = POOLER.of(project);
    settings["max_client_conn"] = MOST_CLIENTS.into();
    settings["ignore_startup_parameters"] = "extra_float_digits".into();
    for (name, value) in [("server_idle_timeout", 600), ("server_lifetime", 3600), ("query_wait_timeout", 120), ("reserve_pool_size", 0)] {
        settings[name] = value.into();
    }
    settings
}

pub(super) fn get_pgbouncer_config(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let mut answer = pgbouncer(sandbox.account.project(reference)?);
    answer["connection_string"] = format!("postgresql://postgres:[YOUR-PASSWORD]@{}:6543/postgres", host(reference)).into();
    if answer["default_pool_size"].is_null() {
        // The size that a null leaves to the machine is not told.
        answer.as_object_mut().map(|fields| fields.shift_remove("default_pool_size"));
    }
    Reply::json(&answer)
}

pub(super) fn update_password(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    // The password itself is kept nowhere.
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "message": "Successfully updated password" }))
}

pub(super) fn enable_webhooks(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?.settings.insert("webhooks".into(), json!(true));
    Ok(Reply::Nothing)
}

pub(super) fn get_readonly(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let until = READONLY.of(sandbox.account.project(reference)?)["off_until"].as_i64().unwrap_or(0);
    Reply::json(&json!({ "enabled": false, "override_enabled": until > call.now, "override_active_until": iso(until) }))
}

pub(super) fn disable_readonly(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    READONLY.set(sandbox.account.project(reference)?, &json!({ "off_until": call.now + READONLY_OFF_MS }));
    Ok(Reply::Nothing)
}

pub(super) fn get_pgsodium(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let set = PGSODIUM.of(sandbox.account.project(reference)?);
    Reply::json(&json!({ "root_key": set["root_key"].as_str().map_or_else(|| derived("pgsodium", reference), str::to_owned) }))
}

pub(super) fn update_pgsodium(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let key = call.text("root_key").unwrap_or_default();
    if key.len() != 64 || !key.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Refusal::new(400, "Expected a 32 byte secret, hex-encoded (64 characters)."));
    }
    PGSODIUM.set(project, call.body());
    get_pgsodium(sandbox, call)
}

// ---- roles and replicas

/// How long the password of a role for the command line holds.
const ROLE_SECONDS: u32 = 300;

pub(super) fn create_login_role(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    account.project(reference)?;
    let role = if call.body()["read_only"] == true { "cli_login_supabase_read_only_user" } else { "cli_login_postgres" };
    Reply::json(&json!({ "role": role, "password": random.key(32), "ttl_seconds": ROLE_SECONDS }))
}

pub(super) fn delete_login_roles(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Reply::json(&json!({ "message": "ok" }))
}

const REPLICAS: List = List { name: "replicas", missing: "Read replica not found", inside: "" };
/// How many a project can have.
const MOST_REPLICAS: usize = 5;

pub(super) fn setup_replica(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let region = call.text("read_replica_region").unwrap_or_default();
    if project.list(REPLICAS.name).len() >= MOST_REPLICAS {
        return Err(Refusal::new(400, format!("A project can have at most {MOST_REPLICAS} read replicas")));
    }
    let place = |at: u32| format!("{reference}-rr-{region}-{:05}", (number(region) + at) % 100_000);
    let is_taken = |project: &mut Project, id: &str| REPLICAS.find(project, id).is_ok();
    let id = (0..).map(place).find(|id| !is_taken(project, id)).unwrap_or_default();
    project.list(REPLICAS.name).push(document(json!({ "id": id, "region": region })));
    Ok(Reply::Nothing)
}

pub(super) fn remove_replica(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let id = call.text("database_identifier").unwrap_or_default();
    REPLICAS.take(sandbox.account.project(reference)?, id)?;
    Ok(Reply::Nothing)
}

/// A list of strings.
pub(super) fn texts(value: &Value) -> Vec<String> {
    gather(value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)))
}
