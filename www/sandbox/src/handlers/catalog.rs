//! What is in a database: its types in TypeScript, the description of its API, its schemas.

use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::json::{array, gather, json, object};
use crate::sql::Sql;
use crate::typescript;
use serde_json::{Map, Value};

/// One row: relations, enums, functions and relationships of some schemas, each a list.
const CATALOG: &str = include_str!("../catalog/catalog.sql");
const METADATA: &str = include_str!("../catalog/metadata.sql");

/// Reads the catalog of some schemas, separated by commas.
fn read(sandbox: &mut Sandbox, reference: &str, schemas: &str, answer: impl FnOnce(&Value) -> Answer + 'static) -> Answer {
    sandbox.account.project(reference)?;
    let names = gather(schemas.split(',').map(str::trim)).join(",");
    Sql::read(reference, CATALOG, vec![names.into()], move |_, outcome| answer(outcome.rows(CATALOG)?.first().unwrap_or(&Value::Null)))
}

pub(super) fn generate_types(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let schemas = call.asked("included_schemas").unwrap_or("public").to_owned();
    read(sandbox, reference, &schemas.clone(), move |catalog| Reply::json(&json!({ "types": typescript::write(catalog, &schemas) })))
}

pub(super) fn get_metadata(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Sql::read(reference, METADATA, Vec::new(), |_, outcome| Reply::json(&json!({ "databases": outcome.rows(METADATA)? })))
}

/// As PostgREST describes a schema: Swagger 2.0.
pub(super) fn get_open_api(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let schema = call.asked("schema").unwrap_or("public").to_owned();
    let host = format!("{reference}.supabase.co");
    read(sandbox, reference, &schema, move |catalog| {
        let (mut paths, mut definitions) = (Map::new(), Map::new());
        for relation in catalog["relations"].as_array().into_iter().flatten().filter(|relation| relation["kind"] != "c") {
            let name = relation["name"].as_str().unwrap_or_default();
            let mut verbs = vec!["get"];
            verbs.extend(if relation["insertable"] == true { Some("post") } else { None });
            verbs.extend(if relation["updatable"] == true { vec!["patch", "delete"] } else { Vec::new() });
            let answer = |verb: &str| {
                if verb == "get" {
                    "200"
                } else if verb == "post" {
                    "201"
                } else {
                    "204"
                }
            };
            let operation = |verb: &str| json!({ "tags": [name], "responses": { (answer(verb)): { "description": "OK" } } });
            paths.insert(format!("/{name}"), object(verbs.into_iter().map(|verb| (verb.to_owned(), operation(verb)))));
            definitions.insert(name.into(), definition(relation));
        }
        for function in catalog["functions"].as_array().into_iter().flatten() {
            let name = function["name"].as_str().unwrap_or_default();
            let operation = json!({ "tags": [format!("(rpc) {name}")], "responses": { "200": { "description": "OK" } } });
            paths.insert(format!("/rpc/{name}"), json!({ "post": operation }));
        }
        Reply::json(&json!({
            "swagger": "2.0",
            "info": { "title": "standard public schema", "description": "", "version": "14.1" },
            "host": host,
            "basePath": "/rest/v1",
            "schemes": ["https"],
            "consumes": ["application/json"],
            "produces": ["application/json"],
            "paths": paths,
            "definitions": definitions,
        }))
    })
}

fn definition(relation: &Value) -> Value {
    let columns = || relation["columns"].as_array().into_iter().flatten();
    let property = |column: &Value| {
        let kind = match column["type"].as_str().unwrap_or_default() {
            "int2" | "int4" | "int8" => "integer",
            "float4" | "float8" | "numeric" => "number",
            "bool" => "boolean",
            array if array.starts_with('_') => "array",
            _ => "string",
        };
        (column["name"].as_str().unwrap_or_default().to_owned(), json!({ "format": column["format"], "type": kind }))
    };
    let required = columns().filter(|column| column["nullable"] == false && column["default"] == false).map(|column| column["name"].clone());
    json!({ "type": "object", "required": array(required), "properties": object(columns().map(property)) })
}
