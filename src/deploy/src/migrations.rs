//! Migrations: files of SQL that run once each, in the order of their versions, and the history that a project keeps of them.
//!
//! A file runs together with its row of the history in one transaction, so that neither is there without the other. Repeating it is safe: the row is
//! written first, and a second one with its version is refused before anything of the file runs.

use crate::fault::Fault;
use crate::folder::{File, View};
use crate::functions::join_known;
use crate::json::{counted, items, object, string, text};
use crate::plan::{Action, Draft, Part, Read, given, refusal};
use crate::sorted::sort;
use crate::sql::{Kind, kind_of, literal, statements};
use serde_json::Value;
use supabase_management_compact::search::{contains, join, part};

const HISTORY: &str = "select version, name from supabase_migrations.schema_migrations order by version";

/// How many files run in one call, and how many bytes. Each has a transaction of its own all the same.
const MOST_FILES: usize = 32;
const MOST_BYTES: usize = 256 * 1024;

/// The table that official tools keep, too.
const SET_UP: &str = "create schema if not exists supabase_migrations; \
    create table if not exists supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text); ";

/// A file of `migrations`.
pub(crate) struct Migration<'f> {
    version: String,
    name: String,
    path: String,
    file: File<'f>,
    /// Whether it is one statement that no transaction takes.
    alone: bool,
}

/// The migrations of a folder, in the order of their versions, which are compared as texts.
pub(crate) fn read<'f>(view: &View<'f>, directory: &str, notes: &mut Vec<String>) -> Result<Vec<Migration<'f>>, Box<Fault>> {
    let root = join_known(directory, "migrations");
    let mut migrations: Vec<Migration> = Vec::new();
    for path in view.below(&root) {
        let file_name = part(path, root.len() + 1, path.len());
        let Some((version, name)) = version_and_name(file_name) else {
            notes.push(format!("migrations: {file_name} is left out: a migration is called <digits>_<name>.sql"));
            continue;
        };
        let Some(file) = view.file(path) else { continue };
        let alone = needs_no_transaction(path, file.text())?;
        if let Some(other) = of_version(&migrations, version) {
            return Err(Fault::of(path, "a version of its own", format!("the one of {}", other.path)));
        }
        let after = migrations.iter().position(|other| other.version.as_str() > version).unwrap_or(migrations.len());
        migrations.insert(after, Migration { version: version.to_owned(), name: name.to_owned(), path: path.to_owned(), file, alone });
    }
    Ok(migrations)
}

/// The migration of a version.
fn of_version<'m, 'f>(migrations: &'m [Migration<'f>], version: &str) -> Option<&'m Migration<'f>> {
    migrations.iter().find(|migration| migration.version == version)
}

fn version_and_name(file_name: &str) -> Option<(&str, &str)> {
    let (version, name) = file_name.strip_suffix(".sql")?.split_once('_')?;
    (!version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains('/')).then_some((version, name))
}

/// Whether a file must run without a transaction, which only one that is a single statement can.
fn needs_no_transaction(path: &str, text: &str) -> Result<bool, Box<Fault>> {
    let statements = statements(text);
    let mut alone = false;
    for statement in &statements {
        match kind_of(statement) {
            Kind::Control => return Err(Fault::of(path, "no transaction of its own, as each file runs in one", "begin, commit or rollback")),
            Kind::Alone => alone = true,
            Kind::Plain => {}
        }
    }
    if !alone || statements.len() == 1 {
        Ok(alone)
    } else {
        Err(Fault::of(path, "a statement that cannot run in a transaction in a file of its own", "several statements"))
    }
}

/// The read of the history. Where there is none yet, the API refuses the statement.
pub(crate) fn history_read(reference: &str) -> Read {
    let body = object!("query": HISTORY);
    Read { key: "history".into(), endpoint: "database.queryReadOnly", arguments: vec![string(reference), body], tolerated: &[400, 401, 403, 404] }
}

/// The other way to the history, for tokens that may run no SQL.
pub(crate) fn list_read(reference: &str) -> Read {
    Read { key: "migrations".into(), endpoint: "migrations.list", arguments: vec![string(reference)], tolerated: &[] }
}

/// How the history is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// With SQL, on a table that is there or not.
    Sql {
        /// Whether the table must be made first.
        set_up: bool,
    },
    /// With the endpoints of migrations, which choose the versions themselves.
    Endpoints,
}

/// The versions that a project has, and how to add to them. `None` where another read is needed.
pub(crate) fn history<'a>(sql: &'a Value, list: Option<&'a Value>) -> Result<Option<(Way, &'a [Value])>, Box<Fault>> {
    match (refusal(sql), list) {
        (None, _) => Ok(Some((Way::Sql { set_up: false }, items(given(sql))))),
        (Some((400, message)), _) if contains(message, "schema_migrations") && contains(message, "does not exist") => {
            Ok(Some((Way::Sql { set_up: true }, &[])))
        }
        (Some((401 | 403, _)), None) => Ok(None),
        (Some((401 | 403, _)), Some(list)) => Ok(Some((Way::Endpoints, items(given(list))))),
        (Some((_, message)), _) => Err(Fault::of("migrations", "a history of migrations that can be read", message)),
    }
}

/// What is pending. `include_all`: also files that are older than what the project has.
pub(crate) fn compare(
    reference: &str,
    migrations: &[Migration],
    (way, remote): (Way, &[Value]),
    include_all: bool,
    out: &mut Draft,
) -> Result<(), Box<Fault>> {
    let mut known = Vec::new();
    for row in remote {
        // An endpoint that chose a version was given the name of the file.
        let version = version_of(row, migrations);
        if of_version(migrations, version).is_none() {
            return Err(Fault::of("migrations", format!("a file for {version}, which the project has"), "none"));
        }
        known.push(version);
    }
    sort(&mut known);
    let last = known.last().copied().unwrap_or_default();
    let mut pending = Vec::new();
    for migration in migrations {
        if known.contains(&migration.version.as_str()) {
            continue;
        }
        if migration.version.as_str() < last && !include_all {
            let expected = format!("a version after {last}, the last one of the project; or the option includeAll");
            return Err(Fault::of(&migration.path, expected, "an older one"));
        }
        pending.push(migration);
    }
    out.unchanged += migrations.len() - pending.len();
    let first = out.changes.len();
    for migration in &pending {
        let detail = format!("{}, {}", counted(migration.file.size(), "byte"), part(migration.file.sha256(), 0, 12));
        out.change(Part::Migrations, Action::Create, &file_stem(migration), detail);
    }
    requests(reference, &pending, way, first, out);
    Ok(())
}

/// The version of a row: its own, or the one of the file that it was made of.
fn version_of<'a>(row: &'a Value, migrations: &[Migration]) -> &'a str {
    let (version, name) = (text(row, "version"), text(row, "name"));
    if of_version(migrations, version).is_some() {
        return version;
    }
    let of_file = name.split_once('_').map_or("", |(version, _)| version);
    if of_version(migrations, of_file).is_some_and(|migration| file_stem(migration) == name) { of_file } else { version }
}

fn file_stem(migration: &Migration) -> String {
    format!("{}_{}", migration.version, migration.name)
}

fn requests(reference: &str, pending: &[&Migration], way: Way, first: usize, out: &mut Draft) {
    let mut rest = pending;
    let mut at = first;
    let mut set_up = way == Way::Sql { set_up: true };
    while let Some(next) = rest.first() {
        let count = if way == Way::Endpoints || next.alone { 1 } else { batch(rest) };
        let (batch, after) = rest.split_at(count);
        let mut stems = Vec::new();
        for migration in batch {
            stems.push(file_stem(migration));
        }
        let title = format!("apply {}", join(&stems, ", "));
        let (endpoint, body) = match way {
            Way::Endpoints => ("migrations.apply", object!("query": next.file.text(), "name": file_stem(next))),
            Way::Sql { .. } => {
                let mut sql = String::new();
                if next.alone {
                    let alone = object!("query": next.file.text());
                    out.request("database.query", Part::Migrations, title.clone(), vec![string(reference), alone], 0..0);
                    sql.push_str(&in_transaction(next, std::mem::take(&mut set_up), ""));
                } else {
                    for migration in batch {
                        sql.push_str(&in_transaction(migration, std::mem::take(&mut set_up), migration.file.text()));
                    }
                }
                ("database.query", object!("query": sql))
            }
        };
        out.request(endpoint, Part::Migrations, title, vec![string(reference), body], at..at + count);
        if let Some(request) = out.requests.last_mut().filter(|_| way == Way::Endpoints) {
            request.idempotency_key = Some(format!("{}-{}", next.version, next.file.sha256()));
        }
        at += count;
        rest = after;
    }
}

/// How many files go into the next call.
fn batch(pending: &[&Migration]) -> usize {
    let mut bytes = 0;
    let fitting = pending.iter().take(MOST_FILES).take_while(|migration| {
        bytes += migration.file.text().len();
        !migration.alone && bytes <= MOST_BYTES
    });
    fitting.count().max(1)
}

/// The row and the file in one transaction. What comes before the file stays on one line: errors of Postgres name lines.
fn in_transaction(migration: &Migration, set_up: bool, text: &str) -> String {
    let set_up = if set_up { SET_UP } else { "" };
    let version = literal(&migration.version);
    let name = literal(&migration.name);
    let mut list = Vec::new();
    for statement in statements(migration.file.text()) {
        list.push(literal(statement));
    }
    // A file that ends in a comment, or without a semicolon, must not take the end of the transaction along.
    format!(
        "begin; {set_up}insert into supabase_migrations.schema_migrations (version, name, statements) values ({version}, {name}, array[{}]::text[]); {text}\n;commit;\n",
        join(&list, ", ")
    )
}
