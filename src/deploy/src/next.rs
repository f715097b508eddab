//! The way to a plan, step by step: what must be read of the folder, what must be read of the project, then the plan.

use crate::deployed::{body_key, body_read, deploy, deployed, digest_of, is_remembered, is_same, named};
use crate::fault::Fault;
use crate::folder::View;
use crate::functions::{self, Functions};
use crate::json::{has_text, object, string, text};
use crate::migrations::{self, Migration};
use crate::options;
use crate::plan::{Draft, Part, Read, given};
use crate::settings::Settings;
use crate::{project, secrets};
use serde_json::{Map, Value};

/// What is needed next.
#[derive(Debug, Clone)]
pub enum Next {
    /// These files, and directories (with a slash at the end), are to be looked up, then ask again.
    Files(Vec<String>),
    /// These reads are to be made, in any order, then ask again.
    Reads(Vec<Read>),
    /// The plan.
    Plan(Draft),
}

/// What is needed next on the way to a plan. `desired` are the options, as [`Desired`](crate::Desired) makes them. `known` is what was looked up and read
/// so far: `{ directories, paths, files, answers }`.
///
/// # Errors
/// Where something in the folder, in `config.toml` or in the options is wrong, or the project has migrations that the folder has not.
pub fn next(desired: &Value, known: &Value) -> Result<Next, Fault> {
    step(desired, known).map_err(|fault| *fault)
}

fn step(desired: &Value, known: &Value) -> Result<Next, Box<Fault>> {
    let view = View::new(known);
    let mut draft = Draft::default();
    let directory = options::check(desired)?;
    let desired = &for_project(desired, &directory, &view)?;
    let local = Local::read(desired, &directory, &view, &mut draft)?;
    let mut reads = Reads { answers: &known["answers"], missing: Vec::new() };

    let compares_project = includes(desired, Part::Project) && !desired["project"].is_null();
    let list = if compares_project { reads.ask(project::read()) } else { None };
    let found = list.map_or(Ok(None), |list| project::find(desired, given(list)))?;
    let reference = desired["ref"].as_str().or_else(|| found.map(|project| text(project, "ref")));
    if reference.is_none() && !compares_project {
        return Err(Fault::of("ref", "the reference of a project, or the option project", "neither"));
    }
    if let Some(reference) = reference {
        local.ask(desired, reference, &mut reads)?;
    }
    let settings = Settings { desired, directory: &directory, view: &view, now: text(known, "now"), reference: reference.unwrap_or_default() };
    let compares_settings = includes(desired, Part::Config) && desired["config"].is_object();
    if compares_settings {
        // Also of a project that is yet to be created: what is wrong in the file is told before. A file that it names may be unknown so far.
        let needed = settings.reads(reads.answers).or_else(|fault| if view.wanted().is_empty() { Err(fault) } else { Ok(Vec::new()) })?;
        for read in needed {
            if reference.is_some() {
                reads.ask(read);
            }
        }
    }
    let missing = reads.missing;
    let wanted = view.wanted();
    if !wanted.is_empty() {
        return Ok(Next::Files(wanted));
    }
    if !missing.is_empty() {
        return Ok(Next::Reads(missing));
    }

    draft.reference = reference.map(str::to_owned);
    if compares_project {
        project::ensure(&desired["project"], found, &mut draft)?;
    }
    match reference {
        Some(reference) => {
            local.compare_data(desired, reference, &known["answers"], &mut draft)?;
            if compares_settings {
                settings.compare(&known["answers"], &mut draft)?;
            }
            local.compare_functions(desired, &view, reference, &known["answers"], &mut draft);
        }
        None => {
            if compares_settings {
                draft.notes.push("config: compared once the project is there".to_owned());
            }
            local.compare_with_nothing(desired, &view, &mut draft)?;
        }
    }
    Ok(Next::Plan(draft))
}

/// The same with the part of `[remotes]` for the project in its place, which may change functions and secrets, too. A project that is yet to be created has
/// no reference that the file could name.
fn for_project(desired: &Value, directory: &str, view: &View) -> Result<Value, Box<Fault>> {
    let mut desired = desired.clone();
    if desired["config"]["remotes"].is_object()
        && let Some(reference) = desired["ref"].as_str()
    {
        let settings = Settings { desired: &desired, directory, view, now: "", reference };
        let config = settings.overlaid()?;
        desired["config"] = config;
    }
    Ok(desired)
}

/// Whether a part is to be compared: all are, unless `only` names some.
fn includes(desired: &Value, part: Part) -> bool {
    desired["only"].is_null() || has_text(desired.get("only"), part.name())
}

/// Whether what is not in the folder goes.
fn prunes(desired: &Value, part: Part) -> bool {
    has_text(desired.get("prune"), part.name())
}

/// Reads, of which some have an answer.
struct Reads<'a> {
    answers: &'a Value,
    missing: Vec<Read>,
}

impl<'a> Reads<'a> {
    /// The answer of a read. One without an answer is to be made.
    fn ask(&mut self, read: Read) -> Option<&'a Value> {
        let answer = self.answers.get(&read.key);
        if answer.is_none() {
            self.missing.push(read);
        }
        answer
    }
}

/// What the folder has. Parts that are not asked for are empty.
struct Local<'f> {
    functions: Functions,
    secrets: Map<String, Value>,
    migrations: Vec<Migration<'f>>,
}

impl<'f> Local<'f> {
    fn read(desired: &Value, directory: &str, view: &View<'f>, draft: &mut Draft) -> Result<Self, Box<Fault>> {
        let config = &desired["config"];
        let mut local = Self { functions: Functions::default(), secrets: Map::new(), migrations: Vec::new() };
        if includes(desired, Part::Functions) {
            local.functions = functions::read(view, directory, config)?;
            for note in &local.functions.notes {
                draft.notes.push(format!("functions: {note}"));
            }
        }
        if includes(desired, Part::Migrations) {
            local.migrations = migrations::read(view, directory, &mut draft.notes)?;
        }
        if includes(desired, Part::Secrets) {
            local.secrets = secrets::desired(config, &desired["secrets"], &desired["env"], &mut draft.notes)?;
        }
        Ok(local)
    }

    fn has_functions(&self, desired: &Value) -> bool {
        includes(desired, Part::Functions) && (!self.functions.deployable.is_empty() || prunes(desired, Part::Functions))
    }

    fn has_secrets(&self, desired: &Value) -> bool {
        includes(desired, Part::Secrets) && (!self.secrets.is_empty() || prunes(desired, Part::Secrets))
    }

    /// Notes the reads that are needed, as far as they are known.
    fn ask(&self, desired: &Value, reference: &str, reads: &mut Reads) -> Result<(), Box<Fault>> {
        if self.has_secrets(desired) {
            reads.ask(read("secrets", "secrets.list", reference));
        }
        if !self.migrations.is_empty()
            && let Some(sql) = reads.ask(migrations::history_read(reference))
            && migrations::history(sql, None)?.is_none()
        {
            reads.ask(migrations::list_read(reference));
        }
        if self.has_functions(desired)
            && let Some(list) = reads.ask(read("functions", "functions.list", reference))
        {
            let deployed = deployed(given(list));
            for function in &self.functions.deployable {
                let remembered = &desired["remembered"][&function.slug];
                if named(&deployed, &function.slug).is_some_and(|remote| !is_remembered(remote, remembered)) {
                    reads.ask(body_read(reference, &function.slug));
                }
            }
        }
        Ok(())
    }

    /// Secrets and migrations.
    fn compare_data(&self, desired: &Value, reference: &str, answers: &Value, draft: &mut Draft) -> Result<(), Box<Fault>> {
        if self.has_secrets(desired) {
            secrets::compare(reference, &self.secrets, given(&answers["secrets"]), prunes(desired, Part::Secrets), draft);
        }
        if !self.migrations.is_empty()
            && let Some(history) = migrations::history(&answers["history"], answers.get("migrations"))?
        {
            migrations::compare(reference, &self.migrations, history, desired["includeAll"] == true, draft)?;
        }
        Ok(())
    }

    fn compare_functions(&self, desired: &Value, view: &View, reference: &str, answers: &Value, draft: &mut Draft) {
        if !self.has_functions(desired) {
            return;
        }
        let deployed = deployed(given(&answers["functions"]));
        let mut changed = Vec::new();
        for function in &self.functions.deployable {
            let slug = function.slug.as_str();
            let remote = named(&deployed, slug);
            let body = &answers[body_key(slug).as_str()];
            let same = remote.is_some_and(|remote| is_same(view, function, remote, &desired["remembered"][slug], body));
            let bundle = remote.filter(|_| same).map_or("", |remote| text(remote, "ezbr_sha256"));
            let remembered = object!("digest": digest_of(view, function), "bundle": bundle);
            draft.functions.insert(slug.to_owned(), remembered);
            if same {
                draft.unchanged += 1;
            } else {
                changed.push((function, remote));
            }
        }
        let mut removed = Vec::new();
        if prunes(desired, Part::Functions) {
            for function in deployed {
                let slug = text(function, "slug");
                if !self.functions.has(slug) {
                    removed.push(slug);
                }
            }
        }
        deploy(view, reference, &changed, &removed, draft);
    }

    /// What a project that does not exist yet will get. The calls follow once it is there, from a plan of their own.
    fn compare_with_nothing(&self, desired: &Value, view: &View, draft: &mut Draft) -> Result<(), Box<Fault>> {
        let mut rest = Draft::default();
        secrets::compare("", &self.secrets, &Value::Null, false, &mut rest);
        migrations::compare("", &self.migrations, (migrations::Way::Sql { set_up: true }, &[]), true, &mut rest)?;
        self.compare_functions(desired, view, "", &Value::Null, &mut rest);
        draft.changes.append(&mut rest.changes);
        Ok(())
    }
}

impl Functions {
    /// Whether the folder has a function, be it one that is turned off.
    fn has(&self, slug: &str) -> bool {
        self.deployable.iter().any(|function| function.slug == slug) || self.disabled.iter().any(|known| known == slug)
    }
}

/// A read of something that a project has.
fn read(key: &str, endpoint: &'static str, reference: &str) -> Read {
    Read { key: key.to_owned(), endpoint, arguments: vec![string(reference)], tolerated: &[] }
}
