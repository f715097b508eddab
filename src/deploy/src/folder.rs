//! The files of a project, as far as they are known. Nothing is read here: what a plan needs to know is asked for, and given by whoever can read.
//!
//! What is known is JSON, as both languages hand it in: `{ directories, paths, files }`. `directories` are those all files of which are in `paths`;
//! `files` has what was asked for, `{ text, sha256, size }` by path, or null where there is no such file.

use crate::json::{add, items, object, text, texts};
use crate::paths;
use crate::sorted::sort;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// A file.
#[derive(Clone, Copy)]
pub(crate) struct File<'f>(&'f Value);

impl<'f> File<'f> {
    /// Its text. Of bytes that are no text, whatever can be read of them: imports are looked for in it.
    pub(crate) fn text(self) -> &'f str {
        text(self.0, "text")
    }

    /// SHA-256 of its bytes.
    pub(crate) fn sha256(self) -> &'f str {
        text(self.0, "sha256")
    }

    /// How many bytes it has.
    pub(crate) fn size(self) -> u64 {
        self.0.get("size").and_then(Value::as_u64).unwrap_or_default()
    }
}

/// A look into a folder, which notes what is missing.
pub(crate) struct View<'f> {
    known: &'f Value,
    wanted: RefCell<Vec<String>>,
}

impl<'f> View<'f> {
    pub(crate) fn new(known: &'f Value) -> Self {
        Self { known, wanted: RefCell::default() }
    }

    /// What must be given before the plan is complete: paths of files, and directories, with a slash at the end.
    pub(crate) fn wanted(&self) -> Vec<String> {
        self.wanted.borrow().clone()
    }

    /// A file, where it is known. One that is not known is asked for.
    pub(crate) fn file(&self, path: &str) -> Option<File<'f>> {
        if let Some(known) = self.looked_up(path) {
            return known.is_object().then_some(File(known));
        }
        if self.is_listed(path) != Some(false) {
            self.want(path);
        }
        None
    }

    /// Whether it is known that there is no such file.
    pub(crate) fn is_absent(&self, path: &str) -> bool {
        match self.looked_up(path) {
            Some(known) => known.is_null(),
            None => self.is_listed(path) == Some(false),
        }
    }

    /// Whether there is such a file. Of one that cannot be known yet: no, and it is asked for.
    pub(crate) fn has(&self, path: &str) -> bool {
        match self.looked_up(path) {
            Some(known) => known.is_object(),
            None => self.is_listed(path).unwrap_or_else(|| {
                self.want(path);
                false
            }),
        }
    }

    /// The paths of all files below a directory, which may be of any depth, in their order. Where they are not known they are asked for.
    pub(crate) fn below(&self, directory: &str) -> Vec<&'f str> {
        let directory = format!("{}/", directory.trim_end_matches('/'));
        if directory != "/" && !self.covers(&directory) {
            self.want(&directory);
        }
        let mut paths = self.listed_below(&directory);
        sort(&mut paths);
        paths
    }

    /// Whether it is a directory with files in it, as far as that is known.
    pub(crate) fn is_directory(&self, path: &str) -> bool {
        !self.listed_below(&format!("{}/", path.trim_end_matches('/'))).is_empty()
    }

    fn listed_below(&self, directory: &str) -> Vec<&'f str> {
        let mut paths = Vec::new();
        for path in self.list("paths") {
            let path = path.as_str().unwrap_or_default();
            if directory == "/" || path.starts_with(directory) {
                paths.push(path);
            }
        }
        paths
    }

    fn looked_up(&self, path: &str) -> Option<&'f Value> {
        self.known.get("files")?.get(path)
    }

    /// Whether the list knows such a file; `None` where no list covers it.
    fn is_listed(&self, path: &str) -> Option<bool> {
        self.covers(path).then(|| self.list("paths").iter().any(|known| known.as_str() == Some(path)))
    }

    fn covers(&self, path: &str) -> bool {
        self.list("directories").iter().any(|directory| directory.as_str().is_some_and(|directory| directory == "/" || path.starts_with(directory)))
    }

    fn list(&self, name: &str) -> &'f [Value] {
        self.known.get(name).map_or(&[], items)
    }

    fn want(&self, path: &str) {
        add(&mut self.wanted.borrow_mut(), path);
    }
}

/// What is known of a file, for [`next`](crate::next).
pub fn file(bytes: &[u8]) -> Value {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    object!("text": text, "sha256": crate::digest(bytes), "size": bytes.len())
}

/// What is known of a folder that is whole: what is not among these files does not exist.
///
/// ```
/// let known = supabase_management_deploy::whole_folder(&[("supabase/functions/hello/index.ts", b"Deno.serve(() => new Response())")]);
/// assert_eq!(known["paths"][0], "supabase/functions/hello/index.ts");
/// ```
pub fn whole_folder(contents: &[(&str, &[u8])]) -> Value {
    let mut files = Map::new();
    for (path, bytes) in contents {
        if let Some(path) = paths::clean(path) {
            files.insert(path, file(bytes));
        }
    }
    let mut listed = Vec::new();
    for path in files.keys() {
        listed.push(Value::from(path.as_str()));
    }
    object!("directories": texts(&["/"]), "paths": listed, "files": files)
}
