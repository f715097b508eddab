//! What a sandbox begins with, as people write it. What a project holds is what calls of the API would create, so each thing is checked by the row of
//! that call and made by its handler. Only what no call can say has fields of its own here: references, states, times.

use crate::Sandbox;
use crate::call::{Answer, Call, Headers, Reply, Sent};
use crate::handlers::organizations::{MEMBERS, ROLES};
use crate::handlers::v2::organizations::CONNECTIONS;
use crate::handlers::{self, lists::document, migrations};
use crate::json::{gather, json, text};
use crate::read::{InputError, kind, one_of, split};
use crate::record::{read, record};
use crate::sql::Outcome;
use crate::state::{Branch, Migration, Organization, Project, Snippet, check_reference};
use crate::time::iso;
use crate::tokens::digest_of;
use serde_json::{Map, Value};
use supabase_management_wasm::api::functions::FunctionStatus;
use supabase_management_wasm::api::projects::ProjectStatus;
use supabase_management_wasm::api::requests;
use supabase_management_wasm::endpoint::{Body, Endpoint};
use supabase_management_wasm::schema::{Shape, Type};

/// The account of a sandbox that was given none: something of every kind.
pub(crate) const DEFAULT: &str = include_str!("defaults/account.json");

/// How a field becomes calls.
enum Calls {
    /// A list, with a call for each item.
    Each,
    /// The whole of it is the body of a call.
    Once,
}

/// What a project may hold, the endpoint that takes it, and what may be said besides. In this order: a hostname needs its add-on, and branches copy
/// what their project has.
#[rustfmt::skip]
const HOLDS: &[(&str, &str, Calls, &[&str])] = &[
    ("functions", "functions.create", Calls::Each, &["version", "status", "created_at", "updated_at"]),
    ("secrets", "secrets.create", Calls::Once, &[]),
    ("apiKeys", "apiKeys.create", Calls::Each, &[]),
    ("migrations", "migrations.upsert", Calls::Each, &["version"]),
    ("auth", "auth.updateConfig", Calls::Once, &[]),
    ("ssoProviders", "ssoProviders.create", Calls::Each, &[]),
    ("thirdPartyAuth", "thirdPartyAuth.create", Calls::Each, &[]),
    ("signingKeys", "signingKeys.create", Calls::Each, &[]),
    ("postgrest", "postgrest.updateConfig", Calls::Once, &[]),
    ("storage", "storage.updateConfig", Calls::Once, &[]),
    ("realtime", "realtime.updateConfig", Calls::Once, &[]),
    ("postgres", "database.updatePostgresConfig", Calls::Once, &[]),
    ("pooler", "database.updatePoolerConfig", Calls::Once, &[]),
    ("sslEnforcement", "sslEnforcement.update", Calls::Once, &[]),
    ("networkRestrictions", "networkRestrictions.apply", Calls::Once, &[]),
    ("addons", "billing.applyAddon", Calls::Each, &[]),
    ("customHostname", "customHostname.initialize", Calls::Once, &[]),
    ("vanitySubdomain", "vanitySubdomain.activate", Calls::Once, &[]),
    ("branches", "branches.create", Calls::Each, &[]),
];

/// The endpoint that takes a project.
const PROJECT: &str = "projects.create";
/// What of a project no call can say.
const PROJECT_OWN: &[&str] = &["ref", "status", "created_at", "postgres_version", "buckets", "networkBans", "snippets", "githubConnections"];

record! {
    struct ProjectOwn {
        r#ref as "ref": Option<String>,
        status: ProjectStatus = healthy(),
        created_at: Option<i64>,
        postgres_version: Option<String>,
        buckets: Vec<Bucket> = Vec::new(),
        network_bans as "networkBans": Vec<String> = Vec::new(),
        snippets: Vec<SeededSnippet> = Vec::new(),
        github_connections as "githubConnections": Vec<Connection> = Vec::new(),
    }
}

record! {
    /// To a repository on GitHub, which the API only lists.
    struct Connection {
        /// `owner/name`.
        repository: String,
    }
}

record! {
    /// Of an organization, beside the one who asks.
    struct Member {
        id: Option<String>,
        username: String,
        primary_email: Option<String>,
        mfa_enabled: bool = false,
        role: String = developer(),
    }
}

record! {
    struct Bucket {
        name: String,
        public: bool = false,
    }
}

record! {
    struct SeededSnippet {
        id: Option<String>,
        name: String,
        sql: String,
        created_at: Option<i64>,
    }
}

record! {
    struct FunctionOwn {
        version: Option<i64>,
        status: FunctionStatus = active(),
        created_at: Option<i64>,
        updated_at: Option<i64>,
    }
}

record! {
    struct MigrationOwn {
        version: Option<String>,
    }
}

fn healthy() -> ProjectStatus {
    ProjectStatus::ActiveHealthy
}

fn developer() -> String {
    "developer".into()
}

fn active() -> FunctionStatus {
    FunctionStatus::Active
}

/// Brings an empty sandbox into the state that a seed tells.
pub(crate) fn sow(sandbox: &mut Sandbox, seed: &Value, now: i64) -> Result<(), InputError> {
    let fields = object(seed, &["organizations", "projects"], None).map_err(|error| error.inside("seed"))?;
    for (at, item) in items(fields, "organizations", "seed")? {
        add_organization(sandbox, item).map_err(|error| error.inside(&at))?;
    }
    let projects = items(fields, "projects", "seed")?;
    if sandbox.account.organizations.is_empty() && !projects.is_empty() {
        sandbox.account.organizations.push(Organization::new("sandbox".into(), "Sandbox".into()));
    }
    for (at, item) in projects {
        add_project(sandbox, item, now).map_err(|error| error.inside(&at))?;
    }
    Ok(())
}

fn add_organization(sandbox: &mut Sandbox, item: &Value) -> Result<(), InputError> {
    record! {
        struct Own {
            slug: Option<String>,
            members: Vec<Member> = Vec::new(),
            tokens: Vec<String> = Vec::new(),
        }
    }
    const OWN: &[&str] = &["slug", "members", "tokens"];
    let row = row("organizations.create");
    let (own, body) = split(object(item, OWN, Some(row))?, OWN);
    let own: Own = read(&own, "")?;
    if let Some(slug) = &own.slug {
        let fits = !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !fits {
            return Err(InputError::new("slug", "letters, digits, - and _", "another string"));
        }
        if sandbox.account.organization(slug).is_ok() {
            return Err(InputError::new("slug", "a slug of its own", "that of another organization"));
        }
    }
    for (at, token) in own.tokens.iter().enumerate() {
        if !token.starts_with("sbp_") || token.contains(char::is_whitespace) {
            return Err(InputError::new(format!("tokens[{at}]"), "a token: sbp_ and more, without white space", "another string"));
        }
    }
    for (at, member) in own.members.iter().enumerate() {
        if !ROLES.iter().any(|(role, _)| *role == member.role) {
            let roles: Vec<&str> = gather(ROLES.iter().map(|(role, _)| *role));
            return Err(InputError::new(format!("members[{at}].role"), one_of(&roles), "another string"));
        }
    }
    call(sandbox, row, Vec::new(), Value::Object(body), 0)?;
    let Some(organization) = sandbox.account.organizations.last_mut() else { return Ok(()) };
    organization.slug = own.slug.unwrap_or_else(|| organization.slug.clone());
    organization.tokens = gather(own.tokens.iter().map(|token| digest_of(token)));
    for Member { id, username, primary_email, mfa_enabled, role } in own.members {
        let id = id.unwrap_or_else(|| sandbox.random.uuid());
        let member = json!({ "id": id, "username": username, "primary_email": primary_email, "mfa_enabled": mfa_enabled, "role": role });
        organization.lists.of(MEMBERS).push(document(member));
    }
    Ok(())
}

fn add_project(sandbox: &mut Sandbox, item: &Value, now: i64) -> Result<(), InputError> {
    let row = row(PROJECT);
    let held = HOLDS.iter().map(|(name, ..)| *name);
    let known: Vec<&str> = gather(PROJECT_OWN.iter().copied().chain(held));
    let fields = object(item, &known, Some(row))?;
    let (own, body) = split(fields, PROJECT_OWN);
    let own: ProjectOwn = read(&own, "")?;
    let (_, mut body) = split(&body, &known);
    // Nobody logs in to a database that is not there.
    body.entry("db_pass").or_insert_with(|| "sandbox".into());
    body.entry("organization_slug").or_insert_with(|| sandbox.account.organizations[0].slug.as_str().into());
    if let Some(slug) = body["organization_slug"].as_str()
        && sandbox.account.organization(slug).is_err()
    {
        return Err(InputError::new("organization_slug", "the slug of one of seed.organizations", "another string"));
    }
    if let Some(reference) = &own.r#ref {
        check_reference(reference).map_err(|error| error.inside("ref"))?;
        if sandbox.account.has_had(reference) {
            return Err(InputError::new("ref", "a reference of its own", "that of another project"));
        }
    }
    let since = own.created_at.unwrap_or(now);
    call(sandbox, row, Vec::new(), Value::Object(body), since)?;
    let Some(project) = sandbox.account.projects.last_mut() else { return Ok(()) };
    project.r#ref = own.r#ref.unwrap_or_else(|| project.r#ref.clone());
    project.postgres_version = own.postgres_version.unwrap_or_else(|| project.postgres_version.clone());
    project.banned = own.network_bans;
    project.list("buckets").extend(own.buckets.into_iter().map(|bucket| {
        let time = iso(since);
        let Bucket { name, public } = bucket;
        document(json!({ "id": name, "name": name, "owner": "", "created_at": time, "updated_at": time, "public": public }))
    }));
    project.list(CONNECTIONS).extend(own.github_connections.into_iter().zip(1..).map(|(Connection { repository }, number)| {
        let time = iso(since);
        document(json!({
            "id": number.to_string(),
            "branch_limit": 5,
            "inserted_at": time,
            "updated_at": time,
            "installation_id": 51_820_944,
            "new_branch_per_pr": true,
            "supabase_changes_only": true,
            "workdir": ".",
            "repository": { "id": number, "name": repository },
        }))
    }));
    // What is made of it works on a project that is up.
    settle(project, ProjectStatus::ActiveHealthy, 0);
    let reference = project.r#ref.clone();
    for SeededSnippet { id, name, sql, created_at } in own.snippets {
        let id = id.unwrap_or_else(|| sandbox.random.uuid());
        sandbox.account.snippets.push(Snippet { id, project_ref: reference.clone(), name, sql, created_at: created_at.unwrap_or(since) });
    }
    for (name, endpoint, calls, own) in HOLDS {
        let Some(value) = fields.get(*name) else { continue };
        let row = self::row(endpoint);
        match calls {
            Calls::Once => hold(sandbox, row, own, &reference, value, since).map_err(|error| error.inside(name))?,
            Calls::Each => {
                for (at, item) in items(fields, name, "")? {
                    hold(sandbox, row, own, &reference, item, since).map_err(|error| error.inside(&at))?;
                }
            }
        }
    }
    let is_of = |branch: &&Branch| branch.parent_project_ref == reference;
    let branches: Vec<String> = gather(sandbox.account.branches.iter().filter(is_of).map(|branch| branch.project_ref.clone()));
    let ready_at = now + sandbox.startup_ms;
    for project in &mut sandbox.account.projects {
        if project.r#ref == reference {
            settle(project, own.status.clone(), ready_at);
        } else if branches.contains(&project.r#ref) {
            settle(project, ProjectStatus::ActiveHealthy, 0);
        }
    }
    Ok(())
}

/// Gives a project a status. One that it would leave by itself, it leaves at that time.
fn settle(project: &mut Project, status: ProjectStatus, ready_at: i64) {
    use ProjectStatus::{ActiveHealthy, ComingUp, Inactive, Pausing, Resizing, Restarting, Restoring, Upgrading};
    let next = match status {
        ComingUp | Restoring | Upgrading | Restarting | Resizing => ActiveHealthy,
        Pausing => Inactive,
        _ => {
            (project.status, project.change) = (status, None);
            return;
        }
    };
    project.pass(status, ready_at, next);
}

/// Makes one thing that a project holds.
fn hold(sandbox: &mut Sandbox, row: &'static Endpoint, own: &[&'static str], reference: &str, item: &Value, since: i64) -> Result<(), InputError> {
    let Value::Object(fields) = item else { return call(sandbox, row, vec![reference.into()], item.clone(), since) };
    object(item, own, Some(row))?;
    let (own, body) = split(fields, own);
    if row.id == "migrations.upsert" {
        return add_migration(sandbox, row, reference, &own, body);
    }
    let facts: FunctionOwn = read(&own, "")?;
    call(sandbox, row, vec![reference.into()], Value::Object(body), since)?;
    let made = sandbox.account.projects.iter_mut().find(|project| project.r#ref == reference).and_then(|project| project.functions.last_mut());
    if row.id == "functions.create"
        && let Some(function) = made
    {
        function.version = facts.version.unwrap_or(function.version);
        function.status = facts.status;
        function.created_at = facts.created_at.unwrap_or(function.created_at);
        function.updated_at = facts.updated_at.unwrap_or(function.created_at);
    }
    Ok(())
}

/// Adds to a history: it is run when its database is used for the first time.
fn add_migration(sandbox: &mut Sandbox, row: &Endpoint, reference: &str, own: &Value, body: Map<String, Value>) -> Result<(), InputError> {
    let own: MigrationOwn = read(own, "")?;
    let body = Value::Object(body);
    check(row, &[reference], &body)?;
    let Some(project) = sandbox.account.projects.iter_mut().find(|project| project.r#ref == reference) else { return Ok(()) };
    let is_taken = |version: &str| project.migrations.iter().any(|migration| migration.version == version);
    let version = match own.version {
        Some(version) if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err(InputError::new("version", "digits, such as 20260212093000", "another string"));
        }
        Some(version) if is_taken(&version) => return Err(InputError::new("version", "a version of its own", "that of another migration")),
        Some(version) => version,
        None => (1..).map(|number| format!("{number:014}")).find(|version| !is_taken(version)).unwrap_or_default(),
    };
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let statements = text("query").into_iter().collect();
    let migration = Migration { version, name: text("name"), statements, rollback: text("rollback").into_iter().collect(), idempotency_key: None };
    migrations::add(project, vec![migration]);
    Ok(())
}

/// The fields of an object whose names are all known: to us, or to the endpoint that takes the rest of it.
fn object<'v>(value: &'v Value, own: &[&'static str], row: Option<&Endpoint>) -> Result<&'v Map<String, Value>, InputError> {
    let Value::Object(fields) = value else { return Err(InputError::new("", "object", kind(value))) };
    let taken = match row.map(|row| row.body) {
        Some(Body::Json(ty) | Body::JsonOrEszip(ty)) => names(ty),
        // A body that is no object of fields is for its row to judge.
        _ => Some(Vec::new()),
    };
    let Some(mut known) = taken else { return Ok(fields) };
    known.extend(own);
    match fields.keys().find(|name| !known.contains(&&***name)) {
        Some(name) => Err(InputError::unknown(name, known.into_iter().filter(|known| !fields.contains_key(*known)))),
        None => Ok(fields),
    }
}

/// The names of the fields of an object that takes no others.
fn names(ty: Type) -> Option<Vec<&'static str>> {
    match ty.shape() {
        Shape::Object(fields) if !fields.open() => Some(gather(fields.map(|field| field.name))),
        _ => None,
    }
}

/// The items of a list, each with its path. A list that is not there has none.
fn items<'v>(fields: &'v Map<String, Value>, name: &str, outer: &str) -> Result<Vec<(String, &'v Value)>, InputError> {
    let path = InputError::new(name, "", "").inside(outer).path;
    match fields.get(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => Ok(gather(items.iter().enumerate().map(|(at, item)| (format!("{path}[{at}]"), item)))),
        Some(other) => Err(InputError::new(path, "array", kind(other))),
    }
}

fn row(id: &str) -> &'static Endpoint {
    requests().iter().find(|row| row.id == id).unwrap_or_else(|| unreachable!("the tests sow something of everything"))
}

/// Checks a body as its row says.
fn check(row: &Endpoint, values: &[&str], body: &Value) -> Result<(), InputError> {
    row.validate(values, b"{}", Some(text(body).as_bytes())).map_err(|fault| {
        let is_whole = fault.path == "body" && matches!(&*fault.expected, "object" | "array");
        InputError::new(if is_whole { String::new() } else { fault.path }, fault.expected, fault.received)
    })
}

/// Does what a call would do.
fn call(sandbox: &mut Sandbox, row: &'static Endpoint, values: Vec<String>, body: Value, now: i64) -> Result<(), InputError> {
    check(row, &gather(values.iter().map(String::as_str)), &body)?;
    let Some((_, handler)) = handlers::all().find(|(id, _)| *id == row.id) else { return Ok(()) };
    let call = Call::new(now, values, json!({}), Sent::Json(body), Headers::default());
    let mut answer: Answer = handler(sandbox, &call);
    loop {
        match answer {
            // There is no database yet.
            Ok(Reply::Sql(sql)) => answer = (sql.then)(sandbox, Outcome::NoDatabase),
            Ok(_) => return Ok(()),
            Err(refusal) => return Err(InputError::new("", format!("what {} takes", row.id), format!("what it refuses: {}", refusal.message))),
        }
    }
}
