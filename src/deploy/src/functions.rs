//! Edge Functions: which ones a folder has, and the files that each of them is made of.

use crate::fault::Fault;
use crate::folder::View;
use crate::import_map::ImportMap;
use crate::json::{add, boolean, fields, list_of_texts, text_in};
use crate::{glob, imports, paths};
use serde_json::Value;
use supabase_management_compact::search::part;

/// A function as the folder has it.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub(crate) slug: String,
    /// Whether callers need a JWT, where `config.toml` says so. Else the deployed function keeps what it has.
    pub(crate) verify_jwt: Option<bool>,
    pub(crate) entrypoint: String,
    /// Path of its import map. Empty where it has none.
    pub(crate) import_map: String,
    /// Patterns of the files that it reads when it runs.
    pub(crate) static_patterns: Vec<String>,
    /// The files to send, each once.
    pub(crate) files: Vec<String>,
}

/// All functions of a folder, and what there is to say about them.
#[derive(Debug, Default)]
pub(crate) struct Functions {
    pub(crate) deployable: Vec<Function>,
    /// Those that `config.toml` turns off. They are not deployed, and not removed either.
    pub(crate) disabled: Vec<String>,
    pub(crate) notes: Vec<String>,
}

/// Reads the functions of `directory`, which is the folder `supabase` of the project. `config` is `config.toml`.
pub(crate) fn read(view: &View, directory: &str, config: &Value) -> Result<Functions, Box<Fault>> {
    let mut functions = Functions::default();
    let declared = &config["functions"];
    if !declared.is_null() && !declared.is_object() {
        return Err(Fault::of("functions", "a table", "something else"));
    }
    for slug in slugs(view, directory, declared)? {
        let settings = &declared[&slug];
        let at = format!("functions.{slug}");
        if boolean(settings, &at, "enabled")? == Some(false) {
            functions.disabled.push(slug);
            continue;
        }
        let function = read_one(view, directory, &slug, settings, &at, &mut functions.notes)?;
        functions.deployable.push(function);
    }
    Ok(functions)
}

/// The functions that have a directory with an `index.ts`, and those that only `config.toml` names.
fn slugs(view: &View, directory: &str, declared: &Value) -> Result<Vec<String>, Box<Fault>> {
    let root = join_known(directory, "functions");
    let mut slugs = Vec::new();
    for path in view.below(&root) {
        let inside = part(path, root.len() + 1, path.len());
        if let Some(slug) = inside.strip_suffix("/index.ts").filter(|slug| is_slug(slug)) {
            add(&mut slugs, slug);
        }
    }
    for (slug, settings) in fields(Some(declared)) {
        // Beside tables of functions there are settings of all of them.
        if !settings.is_object() {
            continue;
        }
        if !is_slug(slug) {
            return Err(Fault::of(format!("functions.{slug}"), "a name of letters, digits, `_` and `-` that begins with a letter", "another name"));
        }
        add(&mut slugs, slug);
    }
    Ok(slugs)
}

fn is_slug(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

fn read_one(view: &View, directory: &str, slug: &str, settings: &Value, at: &str, notes: &mut Vec<String>) -> Result<Function, Box<Fault>> {
    let named = |field: &str| -> Result<Option<String>, Box<Fault>> {
        let Some(text) = text_in(settings, at, field)?.filter(|text| !text.is_empty()) else { return Ok(None) };
        let path = (!text.starts_with('/')).then(|| paths::join(directory, text)).flatten();
        path.map(Some).ok_or_else(|| Fault::of(format!("{at}.{field}"), "a file within the project", "a path out of it"))
    };
    let entrypoint = named("entrypoint")?.unwrap_or_else(|| join_known(directory, &format!("functions/{slug}/index.ts")));
    let import_map = match named("import_map")? {
        Some(path) => path,
        None => find_import_map(view, directory, &entrypoint).unwrap_or_default(),
    };
    let mut static_patterns = Vec::new();
    for pattern in list_of_texts(settings, at, "static_files")? {
        let path = paths::join(directory, &pattern)
            .ok_or_else(|| Fault::of(format!("{at}.static_files"), "files within the project", "a path out of it"))?;
        static_patterns.push(path);
    }

    let mut files = Files { view, slug, notes, files: Vec::new() };
    let map = if import_map.is_empty() {
        ImportMap::default()
    } else {
        files.require(&import_map, &format!("{at}.import_map"))?;
        ImportMap::load(view, &import_map)?
    };
    for path in &map.files {
        files.add(path);
    }
    for pattern in &static_patterns {
        files.add_static(pattern, at)?;
    }
    files.require(&entrypoint, &format!("{at}.entrypoint"))?;
    files.walk(&map, &entrypoint);
    for target in map.local_targets() {
        files.add_target(&map, target);
    }
    let files = files.files;
    Ok(Function { slug: slug.to_owned(), verify_jwt: boolean(settings, at, "verify_jwt")?, entrypoint, import_map, static_patterns, files })
}

/// The import map that a function has without saying so: beside its first file, else the one of all functions.
fn find_import_map(view: &View, directory: &str, entrypoint: &str) -> Option<String> {
    let beside = paths::directory(entrypoint);
    let candidates = [(beside, "deno.json"), (beside, "deno.jsonc"), (beside, "import_map.json"), (directory, "functions/import_map.json")];
    for (directory, name) in candidates {
        let path = join_known(directory, name);
        if view.has(&path) {
            return Some(path);
        }
    }
    None
}

/// The files of a function, as they are found.
struct Files<'v, 'f> {
    view: &'v View<'f>,
    slug: &'v str,
    notes: &'v mut Vec<String>,
    files: Vec<String>,
}

impl Files<'_, '_> {
    /// A file that must be there. One that is not known yet is asked for.
    fn require(&self, path: &str, at: &str) -> Result<(), Box<Fault>> {
        if self.view.is_absent(path) { Err(Fault::of(at, format!("the file {path}"), "none")) } else { Ok(()) }
    }

    fn add(&mut self, path: &str) {
        if self.view.file(path).is_some() {
            add(&mut self.files, path);
        }
    }

    fn add_static(&mut self, pattern: &str, at: &str) -> Result<(), Box<Fault>> {
        let mut any = false;
        if glob::is_pattern(pattern) {
            for path in self.view.below(glob::base(pattern)) {
                if glob::matches(pattern, path) {
                    any = true;
                    self.add(path);
                }
            }
        } else if self.view.is_directory(pattern) {
            return Err(Fault::of(format!("{at}.static_files"), "a file or a pattern", format!("the directory {pattern}")));
        } else if self.view.has(pattern) {
            any = true;
            self.add(pattern);
        }
        if !any {
            self.note(&format!("no file matches {pattern}"));
        }
        Ok(())
    }

    /// Follows the imports of a file, depth first.
    fn walk(&mut self, map: &ImportMap, first: &str) {
        let mut walked = Vec::new();
        let mut open = vec![first.to_owned()];
        while let Some(path) = open.pop() {
            if !add(&mut walked, &path) {
                continue;
            }
            let Some(file) = self.view.file(&path) else {
                self.note(&format!("{path} is imported, and does not exist"));
                continue;
            };
            self.add(&path);
            for specifier in imports::specifiers(file.text()) {
                if let Some(imported) = map.resolve(&path, &specifier) {
                    open.push(imported);
                }
            }
        }
    }

    /// What an import map names is sent, even if nothing imports it: with its imports, where it is a file.
    fn add_target(&mut self, map: &ImportMap, target: &str) {
        if target.ends_with('/') || self.view.is_directory(target) {
            for path in self.view.below(target) {
                self.add(path);
            }
        } else {
            self.walk(map, target);
        }
    }

    fn note(&mut self, text: &str) {
        self.notes.push(format!("{}: {text}", self.slug));
    }
}

/// A path below a directory, of names that hold nothing to clean.
pub(crate) fn join_known(directory: &str, path: &str) -> String {
    if directory.is_empty() { path.to_owned() } else { format!("{directory}/{path}") }
}
