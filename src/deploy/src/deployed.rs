//! Functions of a folder beside those of a project: which of them differ, and how they are deployed.

use crate::bundle::without_scheme;
use crate::digest::digest;
use crate::folder::{File, View};
use crate::functions::Function;
use crate::json::{counted, field, items, object, set, string, text, texts};
use crate::paths;
use crate::plan::{Action, Draft, Part, Read, given};
use crate::sorted::sort;
use serde_json::{Map, Value};
use supabase_management_compact::json::text as text_of;
use supabase_management_compact::search::part;

/// The functions of a project, from the answer of `functions.list`. Those that were removed do not count.
pub(crate) fn deployed(list: &Value) -> Vec<&Value> {
    let mut functions = Vec::new();
    for function in items(list) {
        if text(function, "status") != "REMOVED" {
            functions.push(function);
        }
    }
    functions
}

/// The one of a name.
pub(crate) fn named<'v>(deployed: &[&'v Value], slug: &str) -> Option<&'v Value> {
    deployed.iter().copied().find(|function| text(function, "slug") == slug)
}

/// What the read of a function's source is called.
pub(crate) fn body_key(slug: &str) -> String {
    format!("function {slug}")
}

/// The read of a function's source.
pub(crate) fn body_read(reference: &str, slug: &str) -> Read {
    // 404: it was just deleted. 406 and 415: a server that gives bundles only.
    Read { key: body_key(slug), endpoint: "functions.getBody", arguments: vec![string(reference), string(slug)], tolerated: &[400, 404, 406, 415] }
}

/// Settings and files of a function, as they are sent.
fn metadata(function: &Function, verify_jwt: Option<bool>) -> Value {
    let mut metadata = Map::new();
    set(&mut metadata, "name", string(&function.slug));
    if let Some(verify_jwt) = verify_jwt {
        set(&mut metadata, "verify_jwt", verify_jwt.into());
    }
    set(&mut metadata, "entrypoint_path", string(&function.entrypoint));
    set(&mut metadata, "import_map_path", string(&function.import_map));
    set(&mut metadata, "static_patterns", texts(&function.static_patterns));
    Value::Object(metadata)
}

/// What a function is known by: the same digest means the same files and settings.
pub(crate) fn digest_of(view: &View, function: &Function) -> String {
    let mut all = text_of(&metadata(function, function.verify_jwt));
    let mut files = Vec::new();
    for path in &function.files {
        files.push(path.as_str());
    }
    sort(&mut files);
    for path in files {
        let sha256 = view.file(path).map_or("", File::sha256);
        all.push_str(&format!("\n{path} {sha256}"));
    }
    digest(all.as_bytes())
}

/// Whether the bundle of a deployed function is the one that is remembered: then nothing of it must be read.
pub(crate) fn is_remembered(remote: &Value, remembered: &Value) -> bool {
    let bundle = text(remote, "ezbr_sha256");
    !bundle.is_empty() && text(remembered, "bundle") == bundle
}

/// Whether a deployed function is the one of the folder. `body` is the answer to the read of its source.
pub(crate) fn is_same(view: &View, function: &Function, remote: &Value, remembered: &Value, body: &Value) -> bool {
    let there = field(remote, "verify_jwt").and_then(Value::as_bool);
    if function.verify_jwt.is_some_and(|wanted| there.unwrap_or(true) != wanted) {
        return false;
    }
    if is_remembered(remote, remembered) {
        return text(remembered, "digest") == digest_of(view, function);
    }
    has_same_files(view, function, remote, given(body))
}

/// Whether the files of a deployed function are those of the folder. Their places are compared as seen from the entry point, as the API may keep them
/// in another directory.
fn has_same_files(view: &View, function: &Function, remote: &Value, source: &Value) -> bool {
    let Some(Value::Object(files)) = source.get("files") else { return false };
    let entrypoint = match text(source, "entrypoint") {
        "" => without_scheme(text(remote, "entrypoint_path")),
        path => path.to_owned(),
    };
    if paths::name(&entrypoint) != paths::name(&function.entrypoint) || files.len() != function.files.len() {
        return false;
    }
    let (there, here) = (paths::directory(&entrypoint), paths::directory(&function.entrypoint));
    function.files.iter().all(|path| {
        let place = paths::relative(here, path);
        let sha256 = view.file(path).map(File::sha256);
        files.iter().any(|(path, digest)| digest.as_str() == sha256 && paths::relative(there, path) == place)
    })
}

/// Adds what deploys these functions, and what removes others. A single one becomes active at once. Several are bundled first, and become active
/// together: a project is never left with half of them.
pub(crate) fn deploy(view: &View, reference: &str, changed: &[(&Function, Option<&Value>)], removed: &[&str], out: &mut Draft) {
    let several = changed.len() > 1;
    let first = out.changes.len();
    for (at, (function, remote)) in changed.iter().enumerate() {
        let mut size = 0;
        for path in &function.files {
            size += view.file(path).map_or(0, File::size);
        }
        let detail =
            format!("{}, {}, {}", counted(function.files.len() as u64, "file"), counted(size, "byte"), part(&digest_of(view, function), 0, 12));
        let action = if remote.is_some() { Action::Update } else { Action::Create };
        out.change(Part::Functions, action, &function.slug, detail);

        let verify_jwt = function.verify_jwt.or_else(|| remote.and_then(|remote| field(remote, "verify_jwt")?.as_bool()));
        let mut files = Vec::new();
        for path in &function.files {
            files.push(object!("path": path.as_str()));
        }
        let form = object!("metadata": metadata(function, verify_jwt), "file": files);
        let mut query = Map::new();
        set(&mut query, "slug", string(&function.slug));
        if several {
            set(&mut query, "bundleOnly", true.into());
        }
        let title = format!("{} {}", if several { "bundle" } else { "deploy" }, function.slug);
        // Bundling alone changes nothing yet.
        let covered = if several { 0..0 } else { first + at..first + at + 1 };
        out.request("functions.deploy", Part::Functions, title, vec![string(reference), form, Value::Object(query)], covered);
        if let Some(request) = out.requests.last_mut().filter(|_| several) {
            request.bundle = Some(digest_of(view, function));
        }
    }
    let last = out.changes.len();
    if several {
        let title = format!("activate {}", counted(changed.len() as u64, "function"));
        out.request("functions.bulkUpdate", Part::Functions, title, vec![string(reference), Value::Null], first..last);
        if let Some(request) = out.requests.last_mut() {
            request.activates = true;
        }
    }
    for (at, slug) in removed.iter().enumerate() {
        out.change(Part::Functions, Action::Delete, slug, String::new());
        let arguments = vec![string(reference), string(slug)];
        out.request("functions.delete", Part::Functions, format!("remove {slug}"), arguments, last + at..last + at + 1);
    }
}
