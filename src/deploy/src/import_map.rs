//! Import maps: `deno.json`, `deno.jsonc`, or a file of their own.

use crate::fault::Fault;
use crate::folder::View;
use crate::json::add;
use crate::paths;
use serde_json::Value;
use supabase_management_compact::json::parse;
use supabase_management_compact::list::gather;

/// What a specifier stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file or a directory of this project. A slash at the end says that it is a directory.
    Local(String),
    /// Something that is loaded from elsewhere, or lies out of reach.
    Elsewhere,
}

/// Names, and what they stand for.
type Mappings = Vec<(String, Target)>;

/// The local part of an import map: names from elsewhere need no file.
#[derive(Debug, Default)]
pub(crate) struct ImportMap {
    /// The files that it is made of, the first one first.
    pub(crate) files: Vec<String>,
    imports: Mappings,
    /// What holds for files whose path begins so.
    scopes: Vec<(String, Mappings)>,
}

impl ImportMap {
    /// Reads the map of a path, and the one that it refers to.
    pub(crate) fn load(view: &View, path: &str) -> Result<Self, Box<Fault>> {
        let mut map = Self::default();
        let mut seen = Vec::new();
        let mut path = path.to_owned();
        loop {
            if !add(&mut seen, &path) {
                return Err(Fault::of(path, "an import map", "one that refers to itself"));
            }
            let Some(file) = view.file(&path) else { return Ok(map) };
            let document = read(&path, file.text())?;
            map.files.push(path.clone());
            let directory = paths::directory(&path).to_owned();
            map.imports = mappings(&path, "imports", document.get("imports"), &directory)?;
            map.scopes = scopes(&path, document.get("scopes"), &directory)?;
            let only_refers = map.imports.is_empty() && map.scopes.is_empty() && is_deno_configuration(&path);
            match document.get("importMap").and_then(Value::as_str).filter(|reference| only_refers && !reference.is_empty()) {
                Some(reference) => match paths::join(&directory, reference) {
                    Some(next) => path = next,
                    None => return Err(Fault::of(format!("{path}: importMap"), "a file within the project", "one outside of it")),
                },
                None => return Ok(map),
            }
        }
    }

    /// Everything local that the map names: it is sent, whether a source file imports it or not.
    pub(crate) fn local_targets(&self) -> Vec<&str> {
        let mut targets = Vec::new();
        add_local(&mut targets, &self.imports);
        for (_, mappings) in &self.scopes {
            add_local(&mut targets, mappings);
        }
        targets
    }

    /// What a specifier in the file `importer` stands for, or `None` where it is no file of this project.
    pub(crate) fn resolve(&self, importer: &str, specifier: &str) -> Option<String> {
        let mut closest: (&str, &[(String, Target)]) = ("", &[]);
        for (scope, mappings) in &self.scopes {
            if importer.starts_with(scope.as_str()) && scope.len() >= closest.0.len() {
                closest = (scope, mappings);
            }
        }
        let mapped = substitute(closest.1, specifier).or_else(|| substitute(&self.imports, specifier));
        let path = match mapped {
            Some((Target::Local(target), rest)) => paths::clean(&format!("{target}{rest}"))?,
            Some((Target::Elsewhere, _)) => return None,
            None if specifier.starts_with("./") || specifier.starts_with("../") => paths::join(paths::directory(importer), specifier)?,
            None => return None,
        };
        // Without a dot it has no extension: nothing that could be a file to send.
        path.contains('.').then_some(path)
    }
}

fn add_local<'m>(targets: &mut Vec<&'m str>, mappings: &'m [(String, Target)]) {
    for (_, target) in mappings {
        if let Target::Local(path) = target {
            targets.push(path);
        }
    }
}

/// The longest key that the specifier begins with: its target, and what follows the key.
fn substitute<'m, 's>(mappings: &'m [(String, Target)], specifier: &'s str) -> Option<(&'m Target, &'s str)> {
    let mut found: Option<(&'m Target, &'s str)> = None;
    for (key, target) in mappings {
        if let Some(rest) = specifier.strip_prefix(key.as_str())
            && found.is_none_or(|(_, shortest)| rest.len() < shortest.len())
        {
            found = Some((target, rest));
        }
    }
    found
}

fn read(path: &str, text: &str) -> Result<Value, Box<Fault>> {
    let mut plain = text.to_owned();
    let stripped = json_strip_comments::strip(&mut plain).is_ok();
    let document = stripped.then(|| parse(plain.as_bytes()).ok()).flatten();
    document.filter(Value::is_object).ok_or_else(|| Fault::of(path, "a JSON object, which may have comments", "something else"))
}

fn scopes(path: &str, value: Option<&Value>, directory: &str) -> Result<Vec<(String, Mappings)>, Box<Fault>> {
    let mut scopes = Vec::new();
    for (name, value) in object(path, "scopes", value)? {
        if let Target::Local(scope) = target(directory, name) {
            scopes.push((scope, mappings(path, &format!("scopes.{name}"), Some(value), directory)?));
        }
    }
    Ok(scopes)
}

fn mappings(path: &str, field: &str, value: Option<&Value>, directory: &str) -> Result<Mappings, Box<Fault>> {
    let mut mappings = Vec::new();
    for (key, value) in object(path, field, value)? {
        let Some(text) = value.as_str() else { return Err(Fault::of(format!("{path}: {field}.{key}"), "a text", "something else")) };
        mappings.push((key.clone(), target(directory, text)));
    }
    Ok(mappings)
}

fn object<'v>(path: &str, field: &str, value: Option<&'v Value>) -> Result<Vec<(&'v String, &'v Value)>, Box<Fault>> {
    match value {
        None => Ok(Vec::new()),
        Some(Value::Object(fields)) => Ok(gather(fields)),
        Some(_) => Err(Fault::of(format!("{path}: {field}"), "an object", "something else")),
    }
}

fn target(directory: &str, text: &str) -> Target {
    // An absolute path is one of the machine, not of the project.
    if text.starts_with('/') || paths::has_scheme(text) {
        return Target::Elsewhere;
    }
    paths::join(directory, text).map_or(Target::Elsewhere, Target::Local)
}

/// Whether a file is a configuration of Deno, which can also refer to a map.
fn is_deno_configuration(path: &str) -> bool {
    matches!(paths::name(path).to_ascii_lowercase().as_str(), "deno.json" | "deno.jsonc")
}
