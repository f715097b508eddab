//! What the file declares: the branch's own part laid over it, variables of the environment put in, every value in the form of the API.

use super::model::{Input, Note};
use super::nearest::nearest;
use super::table::{Row, Table};
use super::values::{flag, kind_of, to_api};
use crate::fault::Fault;
use crate::json::fields;
use serde_json::{Map, Value};

/// A setting that the file declares, with its value for the API.
pub(super) struct Declared {
    /// Which row of the table.
    pub(super) row: usize,
    pub(super) value: Value,
}

/// The file, ready to be compared.
pub(super) struct File {
    pub(super) declared: Vec<Declared>,
    pub(super) notes: Vec<Note>,
}

/// A variable that is not set.
struct Unset(String);

/// Puts variables of the environment in the place of `env(NAME)`, also inside of lists and tables. Tells whether the value itself was one.
fn resolved(value: &Value, input: &Input<'_>) -> Result<(Value, bool), Unset> {
    let resolved = match value {
        Value::String(text) => match text.strip_prefix("env(").and_then(|text| text.strip_suffix(')')) {
            Some(name) => {
                let text = (input.env)(name).filter(|text| !text.is_empty()).ok_or_else(|| Unset(name.into()))?;
                return Ok((text.into(), true));
            }
            None => value.clone(),
        },
        Value::Array(items) => {
            let mut list = Vec::new();
            for item in items {
                list.push(resolved(item, input)?.0);
            }
            Value::Array(list)
        }
        Value::Object(fields) => {
            let mut table = Map::new();
            for (name, item) in fields {
                table.insert(name.clone(), resolved(item, input)?.0);
            }
            Value::Object(table)
        }
        _ => value.clone(),
    };
    Ok((resolved, false))
}

#[expect(clippy::unnecessary_box_returns, reason = "it is what an error of the rules is")]
fn missing(path: &str, Unset(name): Unset) -> Box<Fault> {
    Fault::of(path, ["the environment variable ", &name].concat(), "none")
}

/// The value at a path.
fn at<'v>(config: &'v Value, path: &str) -> Option<&'v Value> {
    let mut value = config;
    for name in path.split('.') {
        value = value.get(name)?;
    }
    Some(value)
}

/// A switch of the file.
fn switch(config: &Value, path: &str, input: &Input<'_>) -> Result<Option<bool>, Box<Fault>> {
    let Some(value) = at(config, path) else { return Ok(None) };
    let (value, from_env) = resolved(value, input).map_err(|unset| missing(path, unset))?;
    let on = flag(&value, from_env);
    on.map(Some).ok_or_else(|| Fault::of(path, "true or false", kind_of(&value)))
}

/// Lays a table over another: tables field by field, anything else as a whole.
fn lay(over: &Value, under: &mut Value) {
    match (over, under) {
        (Value::Object(over), Value::Object(under)) => {
            for (name, value) in over {
                match under.get_mut(name) {
                    Some(under) => lay(value, under),
                    None => drop(under.insert(name.clone(), value.clone())),
                }
            }
        }
        (over, under) => *under = over.clone(),
    }
}

/// The file with the part of `[remotes]` that is for this project laid over it.
pub(crate) fn overlaid(input: &Input<'_>) -> Result<Value, Box<Fault>> {
    let mut config = input.config.clone();
    let mut found: Option<&str> = None;
    for (name, remote) in fields(input.config.get("remotes")) {
        let id = remote.get("project_id").and_then(|id| resolved(id, input).ok());
        if id.is_none_or(|(id, _)| id.as_str() != Some(input.project_ref)) {
            continue;
        }
        if let Some(first) = found {
            let path = ["remotes.", name, ".project_id"].concat();
            return Err(Fault::of(path, "a project of its own", ["the one of remotes.", first].concat()));
        }
        found = Some(name);
        lay(remote, &mut config);
    }
    Ok(config)
}

impl File {
    /// Reads what is declared.
    pub(super) fn read(table: &Table, input: &Input<'_>) -> Result<File, Box<Fault>> {
        let config = overlaid(input)?;
        let mut file = File { declared: Vec::new(), notes: Vec::new() };
        let mut open = Vec::new();
        for place in &table.places {
            let on = match place.gate {
                Some(usual) => switch(&config, &[place.name, ".enabled"].concat(), input)?.unwrap_or(usual),
                None => place.read != "-",
            };
            if place.gate == Some(true) && !on {
                file.note(place.name, "left alone, since `enabled` is false");
            }
            open.push(on);
        }
        // One provider of text messages can be on. The first is it, as it is for the official tool.
        let (mut active, mut providers): (Option<&str>, Vec<&str>) = (None, Vec::new());
        for row in table.rows.iter().filter(|row| row.kind == b'S' && open[row.place]) {
            providers.push(row.table());
            if switch(&config, &row.path, input)? == Some(true) {
                match active {
                    Some(first) => file.note(&row.path, &["not switched on, since ", first, " is"].concat()),
                    None => active = Some(row.table()),
                }
            }
        }
        file.unknown(table, &config, "")?;
        for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| open[row.place]) {
            let Some(value) = at(&config, &row.path) else { continue };
            if matches!(row.kind, b'-' | b'~') {
                continue;
            }
            let idle = providers.contains(&row.table()) && active != Some(row.table()) && row.kind != b'S';
            if idle || row.gated && switch(&config, &[row.table(), ".enabled"].concat(), input)? == Some(false) {
                continue;
            }
            if let Some(value) = file.value(row, value, input)? {
                let name = if active == Some(row.table()) { row.table().rsplit('.').next().into() } else { Value::Null };
                file.declared.push(Declared { row: index, value: if row.kind == b'S' { name } else { value } });
            }
        }
        Ok(file)
    }

    /// The value of a setting for the API; none for a secret that is not there.
    fn value(&mut self, row: &Row, value: &Value, input: &Input<'_>) -> Result<Option<Value>, Box<Fault>> {
        let (value, from_env) = match resolved(value, input) {
            Ok(resolved) => resolved,
            Err(Unset(name)) if row.secret() => {
                self.note(&row.path, &["not sent, since there is no environment variable ", &name].concat());
                return Ok(None);
            }
            Err(unset) => return Err(missing(&row.path, unset)),
        };
        let mut api = to_api(row, &value, from_env)?;
        let text = api.as_str().unwrap_or_default();
        if row.secret() && text.starts_with("encrypted:") {
            return Err(Fault::of(&row.path, "env(NAME)", "a value that is encrypted, which is not supported"));
        }
        if row.secret() && text.is_empty() {
            self.note(&row.path, "not sent, since it is empty");
            return Ok(None);
        }
        if row.kind == b'f' {
            // The official tool takes it from the folder of the project, and from the one of the file for notifications.
            let mut path = text;
            while let Some(rest) = path.strip_prefix("./") {
                path = rest;
            }
            let content = (input.file)(path).or_else(|| (input.file)(&["supabase/", path].concat()));
            let fault = || Fault::of(&row.path, "a file", "none");
            api = content.ok_or_else(fault)?.into();
        }
        Ok(Some(api))
    }

    fn note(&mut self, path: &str, text: &str) {
        self.notes.push(Note { path: path.into(), text: text.into() });
    }

    fn elsewhere(&mut self, row: &Row) {
        let text = if row.key.contains('.') { ["not part of this: see ", &row.key].concat() } else { "the API has no such setting".into() };
        self.note(&row.path, &text);
    }

    /// Notes names that nobody knows, and what is switched on that belongs elsewhere.
    fn unknown(&mut self, table: &Table, value: &Value, path: &str) -> Result<(), Box<Fault>> {
        let Some(fields) = value.as_object() else {
            return Err(Fault::of(path, "a table", kind_of(value)));
        };
        let below = |path: &str| if path.is_empty() { String::new() } else { [path, "."].concat() };
        let prefix = below(path);
        for (name, value) in fields {
            let path = [&prefix, name.as_str()].concat();
            let inside = below(&path);
            match table.rows.iter().find(|row| row.path == path) {
                Some(row) if row.kind == b'~' && is_on(value) => self.elsewhere(row),
                Some(_) => {
                    // All of it is local but for what the table names.
                    for inner in table.rows.iter().filter(|row| row.kind == b'~') {
                        if inner.path.strip_prefix(&inside).and_then(|rest| at(value, rest)).is_some_and(is_on) {
                            self.elsewhere(inner);
                        }
                    }
                }
                None if table.rows.iter().any(|row| row.path.starts_with(&inside)) => self.unknown(table, value, &path)?,
                None => {
                    let siblings = table.rows.iter().filter_map(|row| row.path.strip_prefix(&prefix)?.split('.').next());
                    let text = match nearest(name, siblings) {
                        Some(near) => ["unknown; did you mean ", near, "?"].concat(),
                        None => "unknown".into(),
                    };
                    self.note(&path, &text);
                }
            }
        }
        Ok(())
    }
}

/// Whether something is switched on, or at all there.
fn is_on(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Object(fields) => fields.get("enabled").map_or_else(|| fields.values().any(is_on), is_on),
        _ => true,
    }
}
