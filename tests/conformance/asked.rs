//! What the description asks of a row: the schemas that samples are made of, as real answers corrected them.

use super::compare::{FORM, JSON, MULTIPART};
use super::description::{Description, Operation};
use super::exceptions::EXCEPTIONS;
use serde_json::{Value, json};
use supabase_management_wasm::endpoint::{Answer, Endpoint};

/// Routes that the description lacks, each with the one that takes and gives the same.
const ALIKE: &[(&str, &str)] = &[("/v1/projects/{ref}/analytics/endpoints/logs", "/v1/projects/{ref}/analytics/endpoints/logs.all")];

/// The reason of exceptions that make a field optional.
const OPTIONAL: &str = "real answers leave it out";

/// The schemas of one row.
pub struct Asked {
    pub placeholders: Vec<(String, Value)>,
    pub query: Value,
    pub body: Option<Value>,
    /// Where the answer is JSON of a model.
    pub answer: Option<Value>,
}

/// What is asked of a row; one without a description has none.
pub fn asked(description: &Description, row: &Endpoint) -> Option<Asked> {
    let route = ALIKE.iter().find(|(route, _)| *route == row.route).map_or(row.route, |(_, alike)| alike);
    let operation = description.operation(row.verb.as_str(), route)?;
    Some(Asked {
        placeholders: operation.placeholders().into_iter().map(|(name, schema)| (name.into(), schema.clone())).collect(),
        query: operation.query(),
        body: body_of(&operation),
        answer: if let Answer::Json(_) = row.answer { answer_of(row, &operation) } else { None },
    })
}

fn body_of(operation: &Operation) -> Option<Value> {
    let mut media = operation.request_media();
    if let Some(schema) = media.remove(MULTIPART) {
        let mut schema = schema.clone();
        // In place of the bytes of a file, its path is checked.
        let path = json!({ "type": "string" });
        schema["properties"]["file"]["items"] = json!({ "type": "object", "properties": { "path": path }, "required": ["path"] });
        return Some(schema);
    }
    [JSON, FORM].into_iter().find_map(|name| media.get(name)).map(|schema| (*schema).clone())
}

fn answer_of(row: &Endpoint, operation: &Operation) -> Option<Value> {
    let mut schema = operation.answer_media().remove(JSON)?.clone();
    for (id, place, reason) in EXCEPTIONS {
        if (*id == row.id || *id == "*") && *reason == OPTIONAL {
            leave_out(&mut schema, place.strip_prefix("answer").unwrap_or_default());
        }
    }
    if row.id == "organizations.getEntitlements" {
        choose_by_type(&mut schema["properties"]["entitlements"]["items"]);
    }
    Some(schema)
}

/// Makes the field at the end of a way optional, where there is such a way: `.items[].saml.id`.
fn leave_out(schema: &mut Value, way: &str) {
    if let Some(rest) = way.strip_prefix("[]") {
        return schema.get_mut("items").map_or((), |item| leave_out(item, rest));
    }
    let way = way.trim_start_matches('.');
    let (name, rest) = way.split_at(way.find(['.', '[']).unwrap_or(way.len()));
    if !rest.is_empty() {
        return schema.pointer_mut(&format!("/properties/{name}")).map_or((), |field| leave_out(field, rest));
    }
    if let Some(names) = schema.get_mut("required").and_then(Value::as_array_mut) {
        names.retain(|known| known != name);
    }
}

/// An entitlement's `config` goes with its `type`: three members in place of one object with two unions.
fn choose_by_type(entitlement: &mut Value) {
    let kinds = entitlement["properties"]["type"]["enum"].as_array().cloned().unwrap_or_default();
    let configs = entitlement["properties"]["config"]["oneOf"].as_array().cloned().unwrap_or_default();
    let member = |(kind, config): (Value, Value)| {
        let mut member = entitlement.clone();
        member["properties"]["type"]["enum"] = json!([kind]);
        member["properties"]["config"] = config;
        member
    };
    let members: Vec<Value> = kinds.into_iter().zip(configs).map(member).collect();
    *entitlement = json!({ "oneOf": members });
}
