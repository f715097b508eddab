//! Calls that the rules ask for by name.

use crate::bundle::read_bundle;
use crate::json::{items, object, text};
use crate::plan::{Read, Request};
use serde_json::Value;
use std::time::Duration;
use supabase_management_wasm::api::api_keys::{ApiKey, RevealQuery};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::api::functions::{DeployMetadata, DeployQuery};
use supabase_management_wasm::api::projects::ServiceName;
use supabase_management_wasm::endpoint::{Endpoint, Multipart};
use supabase_management_wasm::{Client, Result};

/// The answer of a read, as the rules take it, under its key.
pub(super) async fn answer(client: &Client, read: &Read) -> Result<(String, Value)> {
    let given = if read.endpoint == "functions.getBody" {
        source(client, &read.arguments).await
    } else {
        call(client, read.endpoint, &read.arguments, None).await
    };
    let answer = match given {
        Ok(given) => object!("given": given),
        Err(error) => match error.status().filter(|status| read.tolerated.contains(status)) {
            Some(status) => object!("status": status, "message": error.to_string()),
            None => return Err(error),
        },
    };
    Ok((read.key.clone(), answer))
}

/// The source of a function as its files. Without the header the API gives a bundle that only Deno can read.
async fn source(client: &Client, arguments: &[Value]) -> Result<Value> {
    let [reference, slug] = [0, 1].map(|at| arguments.get(at).and_then(Value::as_str).unwrap_or_default());
    let body = client.functions().get_body(reference, slug).header("accept", "multipart/form-data").await?;
    Ok(read_bundle(&body))
}

/// Calls an endpoint by its name. Path values come first, then the body.
async fn call(client: &Client, id: &str, arguments: &[Value], key: Option<&str>) -> Result<Value> {
    let Some(endpoint) = endpoints().iter().find(|endpoint| endpoint.id == id) else { return Ok(Value::Null) };
    let (values, rest) = arguments.split_at(endpoint.placeholders.len().min(arguments.len()));
    let mut call = client.request(endpoint.verb, &path(endpoint, values));
    if let Some(key) = key {
        call = call.header("idempotency-key", key);
    }
    match rest.first() {
        Some(body) => call.body(body).await,
        None => call.await,
    }
}

/// The path of an endpoint, with its values. They are references, names and digits, which are the same in a path.
fn path(endpoint: &Endpoint, values: &[Value]) -> String {
    let mut path = String::new();
    let mut values = values.iter();
    for (at, piece) in endpoint.route.split(['{', '}']).enumerate() {
        path.push_str(if at % 2 == 0 { piece } else { values.next().and_then(Value::as_str).unwrap_or_default() });
    }
    path
}

/// Makes a call of a plan. `file` gives the contents of a path.
pub(super) async fn perform(client: &Client, request: &Request, arguments: &[Value], file: impl Fn(&str) -> Vec<u8>) -> Result<Value> {
    let reference = arguments.first().and_then(Value::as_str).unwrap_or_default();
    match request.endpoint {
        "functions.deploy" => deploy(client, reference, arguments, file).await,
        "projects.waitUntilHealthy" => wait(client, reference, &arguments[1]).await.map(|()| Value::Null),
        // What is to go is gone.
        "functions.delete" => match call(client, request.endpoint, arguments, None).await {
            Err(error) if error.status() == Some(404) => Ok(Value::Null),
            other => other,
        },
        endpoint => call(client, endpoint, arguments, request.idempotency_key.as_deref()).await,
    }
}

async fn deploy(client: &Client, reference: &str, arguments: &[Value], file: impl Fn(&str) -> Vec<u8>) -> Result<Value> {
    let (form, query) = (&arguments[1], &arguments[2]);
    let metadata = &form["metadata"];
    let mut settings = DeployMetadata::new(text(metadata, "entrypoint_path"));
    settings.name = Some(text(metadata, "name").to_owned());
    settings.import_map_path = Some(text(metadata, "import_map_path").to_owned());
    settings.static_patterns = Some(items(&metadata["static_patterns"]).iter().filter_map(|pattern| Some(pattern.as_str()?.to_owned())).collect());
    settings.verify_jwt = metadata["verify_jwt"].as_bool();
    let mut body = Multipart::new(settings);
    for part in items(&form["file"]) {
        let path = text(part, "path");
        body = body.file(path, file(path));
    }
    let mut settings = DeployQuery::default();
    settings.slug = Some(text(query, "slug").to_owned());
    settings.bundle_only = query["bundleOnly"].as_bool();
    let deployed = client.functions().deploy(reference, &body, &settings).raw().await?;
    // What is a model of the client is JSON.
    Ok(serde_json::from_str(&deployed).unwrap_or_default())
}

async fn wait(client: &Client, reference: &str, options: &Value) -> Result<()> {
    let services: Vec<ServiceName> = items(&options["services"]).iter().filter_map(|name| serde_json::from_value(name.clone()).ok()).collect();
    client.projects().wait_until_healthy(reference).services(&services).deadline(Duration::from_secs(30 * 60)).await?;
    Ok(())
}

/// The keys of a project, revealed where the token may.
pub(super) async fn keys(client: &Client, reference: &str) -> Result<Vec<ApiKey>> {
    let mut query = RevealQuery::default();
    query.reveal = Some(true);
    match client.api_keys().list(reference, &query).await {
        Err(error) if error.status() == Some(403) => client.api_keys().list(reference, RevealQuery::default()).await,
        other => other,
    }
}
