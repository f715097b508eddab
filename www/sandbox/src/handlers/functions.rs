//! Edge Functions.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply, Sent};
use crate::digest::{hex, sha256};
use crate::json::{array, gather, json, text};
use crate::multipart::{self, Part};
use crate::order::sort;
use crate::random::Random;
use crate::search::{contains, split_once};
use crate::state::{Content, Function, Project, Source, SourceFile, push_bounded};
use serde_json::Value;
use supabase_management_wasm::api::functions::FunctionStatus;

/// How many a project holds.
const MOST: usize = 500;
/// How many bundles wait for their activation.
const MOST_BUNDLES: usize = 100;
const ESZIP: &str = "application/vnd.denoland.eszip";

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::list(sandbox.account.project(reference)?.functions.iter().map(|function| answer(reference, function)))
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, slug] = call.path();
    Reply::json(&answer(reference, sandbox.account.project(reference)?.function(slug)?))
}

/// A function that nobody has deployed before.
fn new(random: &mut Random, now: i64, slug: &str, source: Source) -> Function {
    Function {
        id: random.uuid(),
        slug: slug.into(),
        name: slug.into(),
        status: FunctionStatus::Active,
        version: 1,
        created_at: now,
        updated_at: now,
        verify_jwt: true,
        import_map: false,
        entrypoint_path: None,
        import_map_path: None,
        source,
    }
}

/// Sets what is given, in a body or in a query, and leaves all else as it is.
fn set(function: &mut Function, settings: &Value) {
    let text = |name: &str| settings[name].as_str().map(str::to_owned);
    function.name = text("name").unwrap_or_else(|| function.name.clone());
    function.verify_jwt = settings["verify_jwt"].as_bool().unwrap_or(function.verify_jwt);
    function.import_map = settings["import_map"].as_bool().unwrap_or(function.import_map);
    let path = |name: &str| settings[name].as_str().map(|path| in_source(path).to_owned());
    function.entrypoint_path = path("entrypoint_path").or(function.entrypoint_path.take());
    function.import_map_path = path("import_map_path").or(function.import_map_path.take());
}

/// The folder that a function's files are unpacked in, and where the paths of an answer point into.
fn folder(reference: &str, function: &Function) -> String {
    format!("file:///tmp/user_fn_{reference}_{}_{}/source/", function.id, function.version)
}

/// A path as it was sent with the files. Official tools send back what an answer had.
fn in_source(path: &str) -> &str {
    let unpacked = path.strip_prefix("file:///tmp/user_fn_").and_then(|rest| split_once(rest, "/source/"));
    unpacked.map_or(path, |(_, path)| path)
}

/// There is room for one more.
fn check_room(project: &Project) -> Result<(), Refusal> {
    let is_full = project.functions.len() >= MOST;
    if is_full { Err(Refusal::new(402, "Maximum number of functions reached for your plan")) } else { Ok(()) }
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let (settings, source) = match &call.sent {
        // A bundle has its settings in the query.
        Sent::Eszip(bytes) => (&call.query, Source::Eszip(bytes.to_vec())),
        _ => (call.body(), Source::Text(call.text("body").unwrap_or_default().into())),
    };
    let Some(slug) = settings["slug"].as_str() else {
        return Err(Refusal::new(400, "slug: Invalid input: expected string, received nothing"));
    };
    if project.function(slug).is_ok() {
        return Err(Refusal::new(409, "Duplicated function slug"));
    }
    check_room(project)?;
    let mut function = new(random, call.now, slug, source);
    set(&mut function, settings);
    let reply = Reply::json(&answer(reference, &function));
    project.functions.push(function);
    reply
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, slug] = call.path();
    let function = sandbox.account.project(reference)?.function(slug)?;
    match &call.sent {
        Sent::Eszip(bytes) => {
            function.source = Source::Eszip(bytes.to_vec());
            set(function, &call.query);
        }
        _ => {
            if let Some(text) = call.text("body") {
                function.source = Source::Text(text.into());
            }
            set(function, call.body());
        }
    }
    function.version += 1;
    function.updated_at = call.now;
    Reply::json(&answer(reference, function))
}

pub(super) fn deploy(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let Sent::Multipart(metadata, parts) = &call.sent else {
        return Err(Refusal::new(400, "Invalid input: expected a form of several parts"));
    };
    let Some(slug) = call.asked("slug").or(metadata["name"].as_str()) else {
        return Err(Refusal::new(400, "slug: Invalid input: expected string, received nothing"));
    };
    let files: Vec<_> = gather(parts.iter().filter(|part| part.name == "file").map(source_file));
    let entrypoint = metadata["entrypoint_path"].as_str().unwrap_or_default();
    if !files.iter().any(|file| same_path(&file.path, entrypoint)) {
        return Err(Refusal::new(400, format!("Entrypoint path does not exist - {entrypoint}")));
    }
    let mut function = match project.functions.iter().find(|function| function.slug == slug) {
        Some(known) => Function {
            source: Source::Files(files),
            version: known.version + 1,
            status: FunctionStatus::Active,
            updated_at: call.now,
            ..known.clone()
        },
        None => {
            check_room(project)?;
            new(random, call.now, slug, Source::Files(files))
        }
    };
    // A path that is given as empty is none.
    function.import_map_path = None;
    set(&mut function, metadata);
    function.import_map_path = function.import_map_path.filter(|path| !path.is_empty());
    function.import_map = function.import_map_path.is_some();
    let reply = Reply::json(&answer(reference, &function));
    if call.asked_flag("bundleOnly") {
        push_bounded(&mut project.bundles, function, MOST_BUNDLES);
    } else {
        put(project, function);
    }
    reply
}

fn source_file(part: &Part<'_>) -> SourceFile {
    let content = match std::str::from_utf8(part.content) {
        Ok(text) => Content::Text(text.into()),
        Err(_) => Content::Base64(part.content.to_vec()),
    };
    SourceFile { path: part.file_name.clone().unwrap_or_default(), content }
}

/// A path without the folder that every path begins in.
fn plain_path(mut path: &str) -> &str {
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    path
}

fn same_path(one: &str, other: &str) -> bool {
    plain_path(one) == plain_path(other)
}

/// Replaces a function of that slug, or adds one.
fn put(project: &mut Project, function: Function) {
    match project.function(&function.slug) {
        Ok(known) => *known = function,
        Err(_) => project.functions.push(function),
    }
}

/// Activates bundles, all of them or none.
pub(super) fn bulk_update(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let mut updated = Vec::new();
    for item in call.body().as_array().into_iter().flatten() {
        let slug = item["slug"].as_str().unwrap_or_default();
        let digest = item["ezbr_sha256"].as_str();
        let is_meant = |function: &&Function| function.slug == slug && digest.is_none_or(|digest| digest == digest_of(function));
        let known = project.functions.iter().find(|function| function.slug == slug);
        let found = project.bundles.iter().rev().find(is_meant).or(known.filter(is_meant)).or(known);
        let mut function = found.ok_or_else(|| Refusal::new(404, "Function not found"))?.clone();
        set(&mut function, item);
        function.status = item["status"].as_str().and_then(|status| status.parse().ok()).unwrap_or(FunctionStatus::Active);
        function.version = item["version"].as_i64().unwrap_or(function.version);
        function.created_at = item["created_at"].as_i64().unwrap_or(function.created_at);
        function.updated_at = call.now;
        updated.push(function);
    }
    let reply = Reply::json(&json!({ "functions": array(updated.iter().map(|function| answer(reference, function))) }));
    for function in updated {
        project.bundles.retain(|bundle| bundle.slug != function.slug);
        put(project, function);
    }
    reply
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, slug] = call.path();
    let project = sandbox.account.project(reference)?;
    project.function(slug)?;
    project.functions.retain(|function| function.slug != slug);
    Ok(Reply::Nothing)
}

/// The bundle as it was given, or the files as a form. Who asks for a form gets one, but for a bundle, which nobody can take apart here.
pub(super) fn get_body(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, slug] = call.path();
    let function = sandbox.account.project(reference)?.function(slug)?;
    let wants_form = call.headers.accept.is_some_and(|accept| contains(accept, "multipart/form-data"));
    let entrypoint = function.entrypoint_path.clone().unwrap_or_else(|| "index.ts".into());
    let files: Vec<(&str, &[u8])> = match &function.source {
        Source::Eszip(bytes) => return Ok(Reply::Bytes { content_type: ESZIP.into(), body: bytes.clone() }),
        Source::Text(text) if !wants_form => {
            return Ok(Reply::Bytes { content_type: "application/typescript".into(), body: text.clone().into_bytes() });
        }
        Source::Text(text) => vec![(&entrypoint, text.as_bytes())],
        Source::Files(files) => files.iter().map(|file| (&*file.path, file.bytes())).collect(),
    };
    let metadata = text(&json!({ "deno2_entrypoint_path": entrypoint }));
    let mut parts = vec![("metadata", None, metadata.as_bytes())];
    parts.extend(files.into_iter().map(|(path, content)| ("file", Some(path), content)));
    // What follows from the source occurs in no source.
    let (content_type, body) = multipart::write(&format!("----{}", digest_of(function)), &parts);
    Ok(Reply::Bytes { content_type, body })
}

/// The same for the same source.
fn digest_of(function: &Function) -> String {
    let digest = match &function.source {
        Source::Eszip(bytes) => sha256(bytes),
        Source::Text(text) => sha256(text.as_bytes()),
        Source::Files(files) => {
            let mut files: Vec<_> = files.iter().map(|file| [&sha256(file.path.as_bytes())[..], &sha256(file.bytes())].concat()).collect();
            sort(&mut files, |one, other| one > other);
            sha256(&files.concat())
        }
    };
    hex(&digest)
}

fn answer(reference: &str, function: &Function) -> Value {
    let mut answer = json!({
        "id": function.id,
        "slug": function.slug,
        "name": function.name,
        "status": function.status,
        "version": function.version,
        "created_at": function.created_at,
        "updated_at": function.updated_at,
        "verify_jwt": function.verify_jwt,
        "import_map": function.import_map,
        "ezbr_sha256": digest_of(function),
    });
    for (name, path) in [("entrypoint_path", &function.entrypoint_path), ("import_map_path", &function.import_map_path)] {
        if let Some(path) = path {
            let is_address = path.starts_with("file:");
            answer[name] = if is_address { path.as_str().into() } else { format!("{}{}", folder(reference, function), plain_path(path)).into() };
        }
    }
    answer
}
