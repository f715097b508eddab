//! Migrations: what changed the schema of a database, in order.
//!
//! Where there is a database, it has the history as well, in the table where the official tools look for it. What was written there goes before
//! what the sandbox remembers.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{gather, joined, json};
use crate::order::sort;
use crate::sql::{Outcome, Sql, literal};
use crate::state::{Migration, Project};
use crate::time::iso;
use serde_json::Value;

/// Makes the table of the history, where there is none.
const TABLE: &str = "create schema if not exists supabase_migrations;\n\
    create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text, rollback text[], \
    created_by text, idempotency_key text);\n";

/// Empties a database.
pub(super) const RESET: &str = "drop schema if exists public cascade;\ncreate schema public;\ndrop schema if exists supabase_migrations cascade;\n";

const HISTORY: &str = "select version, name, to_json(statements) as statements, to_json(rollback) as rollback, idempotency_key \
    from supabase_migrations.schema_migrations order by version";

/// A table or schema that is not there: nobody has written a history.
const NO_TABLE: [&str; 2] = ["42P01", "3F000"];

fn not_found() -> Refusal {
    Refusal::new(404, "Migration not found")
}

/// Applies a migration and writes it down.
pub(crate) fn as_sql(migration: &Migration) -> String {
    // A comment without an end would swallow what follows.
    joined(migration.statements.iter().map(|statement| format!("{statement}\n;\n"))) + &record(migration)
}

fn record(migration: &Migration) -> String {
    let array = |texts: &[String]| format!("array[{}]::text[]", gather(texts.iter().map(|text| literal(text))).join(", "));
    let optional = |text: &Option<String>| text.as_deref().map_or("null".into(), literal);
    format!(
        "{TABLE}insert into supabase_migrations.schema_migrations (version, name, statements, rollback, idempotency_key) values ({}, {}, {}, {}, {}) \
         on conflict (version) do update set name = excluded.name, statements = excluded.statements, rollback = excluded.rollback;\n",
        literal(&migration.version),
        optional(&migration.name),
        array(&migration.statements),
        array(&migration.rollback),
        optional(&migration.idempotency_key),
    )
}

/// Adds to a history, which stays in order.
pub(crate) fn add(project: &mut Project, migrations: Vec<Migration>) {
    for migration in migrations {
        project.migrations.retain(|known| known.version != migration.version);
        project.migrations.push(migration);
    }
    sort(&mut project.migrations, |one, other| one.version > other.version);
}

/// What was asked for, with the version that the server picks: the time, as the official tools write it.
fn asked(project: &Project, call: &Call<'_>) -> Migration {
    let digits = |time: i64| iso(time).bytes().filter(u8::is_ascii_digit).take(14).map(char::from).collect::<String>();
    let is_taken = |version: &String| project.migrations.iter().any(|migration| migration.version == *version);
    let version = (0..).map(|seconds| digits(call.now + seconds * 1000)).find(|version| !is_taken(version)).unwrap_or_default();
    let text = |name: &str| call.text(name).map(str::to_owned);
    Migration {
        version,
        name: text("name"),
        statements: text("query").into_iter().collect(),
        rollback: text("rollback").into_iter().collect(),
        idempotency_key: call.headers.idempotency_key.map(str::to_owned),
    }
}

/// Whether the request was done before.
fn is_repeated(project: &Project, call: &Call<'_>) -> bool {
    let key = call.headers.idempotency_key;
    key.is_some() && project.migrations.iter().any(|migration| migration.idempotency_key.as_deref() == key)
}

pub(super) fn apply(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    if is_repeated(project, call) {
        return Ok(Reply::Empty(200));
    }
    let (migration, reference) = (asked(project, call), reference.to_owned());
    let sql = as_sql(&migration);
    Sql::write(&reference.clone(), sql.clone(), move |sandbox, outcome| {
        outcome.text(&sql)?;
        add(sandbox.account.project(&reference)?, vec![migration]);
        Ok(Reply::Empty(200))
    })
}

/// Writes a migration down that was applied in another way.
pub(super) fn upsert(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let mut migration = asked(project, call);
    let key = call.headers.idempotency_key;
    if let Some(known) = project.migrations.iter().find(|known| key.is_some() && known.idempotency_key.as_deref() == key) {
        migration.version = known.version.clone();
    }
    write_down(reference, migration)
}

/// Writes to the history, in the database as well where there is one.
fn write_down(reference: &str, migration: Migration) -> Answer {
    let (sql, reference) = (record(&migration), reference.to_owned());
    Sql::write(&reference.clone(), sql.clone(), move |sandbox, outcome| {
        if outcome != Outcome::NoDatabase {
            outcome.text(&sql)?;
        }
        add(sandbox.account.project(&reference)?, vec![migration]);
        Ok(Reply::Empty(200))
    })
}

/// Reads the history that the database has, where there is one, and answers what is made of it.
fn with_history(sandbox: &mut Sandbox, reference: &str, answer: impl FnOnce(&mut Project) -> Answer + 'static) -> Answer {
    sandbox.account.project(reference)?;
    let reference = reference.to_owned();
    Sql::read(&reference.clone(), HISTORY, Vec::new(), move |sandbox, outcome| {
        let project = sandbox.account.project(&reference)?;
        match outcome {
            Outcome::NoDatabase => {}
            Outcome::Failed(error) if error.code.as_deref().is_some_and(|code| NO_TABLE.contains(&code)) => {}
            outcome => project.migrations = gather(outcome.rows(HISTORY)?.iter().map(from_row)),
        }
        answer(project)
    })
}

fn from_row(row: &Value) -> Migration {
    let text = |name: &str| row[name].as_str().map(str::to_owned);
    let texts = |name: &str| gather(row[name].as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)));
    Migration {
        version: text("version").unwrap_or_default(),
        name: text("name"),
        statements: texts("statements"),
        rollback: texts("rollback"),
        idempotency_key: text("idempotency_key"),
    }
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let entry = |migration: &Migration| {
        let mut entry = json!({ "version": migration.version });
        if let Some(name) = &migration.name {
            entry["name"] = name.as_str().into();
        }
        entry
    };
    with_history(sandbox, reference, move |project| Reply::list(project.migrations.iter().map(entry)))
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, version] = call.path();
    let version = version.to_owned();
    with_history(sandbox, reference, move |project| {
        let migration = project.migrations.iter().find(|migration| migration.version == version).ok_or_else(not_found)?;
        let mut answer = json!({ "version": version, "statements": migration.statements, "rollback": migration.rollback });
        for (name, text) in [("name", &migration.name), ("idempotency_key", &migration.idempotency_key)] {
            if let Some(text) = text {
                answer[name] = text.as_str().into();
            }
        }
        Reply::json(&answer)
    })
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, version] = call.path();
    let known = sandbox.account.project(reference)?.migrations.iter().find(|migration| migration.version == version);
    let mut migration = known.ok_or_else(not_found)?.clone();
    let text = |name: &str| call.text(name).map(str::to_owned);
    migration.name = text("name").or(migration.name);
    migration.rollback = text("rollback").map_or(migration.rollback, |rollback| vec![rollback]);
    write_down(reference, migration)
}

/// Undoes migrations from a version on, the last one first.
pub(super) fn rollback(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let from = call.asked("gte").unwrap_or_default().to_owned();
    let undone: Vec<Migration> =
        gather(sandbox.account.project(reference)?.migrations.iter().rev().filter(|migration| migration.version >= from).cloned());
    if undone.is_empty() {
        return Err(not_found());
    }
    let mut sql = joined(undone.iter().flat_map(|migration| &migration.rollback).map(|statement| format!("{statement}\n;\n")));
    sql.push_str(&format!("{TABLE}delete from supabase_migrations.schema_migrations where version >= {};\n", literal(&from)));
    let reference = reference.to_owned();
    Sql::write(&reference.clone(), sql.clone(), move |sandbox, outcome| {
        if outcome != Outcome::NoDatabase {
            outcome.text(&sql)?;
        }
        sandbox.account.project(&reference)?.migrations.retain(|migration| migration.version < from);
        Ok(Reply::Nothing)
    })
}
