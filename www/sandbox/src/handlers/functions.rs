//! Edge Functions.

use super::sha256;
use crate::Sandbox;
use crate::call::{Call, Refusal, Reply, model};
use crate::state::{Function, Source};
use serde_json::json;
use supabase_management_wasm::api::functions as api;
use supabase_management_wasm::api::functions::{CreateFunction, FunctionSettings, FunctionStatus, UpdateFunction};
use supabase_management_wasm::endpoint::JsonOrEszip;

pub(crate) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference] = call.path();
    Reply::model(&sandbox.account.project(reference)?.functions.iter().map(answer).collect::<Result<Vec<_>, _>>()?)
}

pub(crate) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let project = account.project(reference)?;
    let body = call.body_or_eszip()?;
    let settings: FunctionSettings = call.query()?;
    let (slug, name, verify_jwt, source, settings) = match body {
        JsonOrEszip::Json(CreateFunction { slug, name, body, verify_jwt, .. }) => {
            (slug, name, verify_jwt, Source::Text(body), FunctionSettings::default())
        }
        JsonOrEszip::Eszip(bytes) => {
            let Some(slug) = settings.slug.clone() else {
                return Err(Refusal::new(400, "slug: Invalid input: expected string, received nothing"));
            };
            let name = settings.name.clone().unwrap_or_else(|| slug.clone());
            (slug, name, settings.verify_jwt, Source::Eszip(bytes), settings)
        }
    };
    if project.function(&slug).is_ok() {
        return Err(Refusal::new(409, "Duplicated function slug"));
    }
    let function = Function {
        id: random.uuid(),
        slug,
        name,
        status: FunctionStatus::Active,
        version: 1,
        created_at: call.now,
        updated_at: call.now,
        verify_jwt: verify_jwt.unwrap_or(true),
        import_map: settings.import_map.unwrap_or(false),
        entrypoint_path: settings.entrypoint_path,
        import_map_path: settings.import_map_path,
        source,
    };
    let reply = Reply::model(&answer(&function)?)?;
    project.functions.push(function);
    Ok(reply)
}

pub(crate) fn get(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference, slug] = call.path();
    Reply::model(&answer(sandbox.account.project(reference)?.function(slug)?)?)
}

pub(crate) fn update(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference, slug] = call.path();
    let function = sandbox.account.project(reference)?.function(slug)?;
    let body = call.body_or_eszip()?;
    let settings: FunctionSettings = call.query()?;
    let (name, verify_jwt) = match body {
        JsonOrEszip::Json(UpdateFunction { name, body, verify_jwt, .. }) => {
            if let Some(text) = body {
                function.source = Source::Text(text);
            }
            (name, verify_jwt)
        }
        JsonOrEszip::Eszip(bytes) => {
            function.source = Source::Eszip(bytes);
            function.import_map = settings.import_map.unwrap_or(function.import_map);
            function.entrypoint_path = settings.entrypoint_path.or(function.entrypoint_path.take());
            function.import_map_path = settings.import_map_path.or(function.import_map_path.take());
            (settings.name, settings.verify_jwt)
        }
    };
    if let Some(name) = name {
        function.name = name;
    }
    function.verify_jwt = verify_jwt.unwrap_or(function.verify_jwt);
    function.version += 1;
    function.updated_at = call.now;
    Reply::model(&answer(function)?)
}

pub(crate) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Result<Reply, Refusal> {
    let [reference, slug] = call.path();
    let project = sandbox.account.project(reference)?;
    project.function(slug)?;
    project.functions.retain(|function| function.slug != slug);
    Ok(Reply::Nothing)
}

fn answer(function: &Function) -> Result<api::EdgeFunction, Refusal> {
    let digest = match &function.source {
        Source::Eszip(bytes) => Some(sha256(bytes)),
        Source::Text(_) => None,
    };
    model(json!({
        "id": function.id,
        "slug": function.slug,
        "name": function.name,
        "status": function.status,
        "version": function.version,
        "created_at": function.created_at,
        "updated_at": function.updated_at,
        "verify_jwt": function.verify_jwt,
        "import_map": function.import_map,
        "entrypoint_path": function.entrypoint_path,
        "import_map_path": function.import_map_path,
        "ezbr_sha256": digest,
    }))
}
