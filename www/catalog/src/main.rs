//! Prints every endpoint of the client as JSON: its route, and the types of its path values, query, body and answer with all
//! their limits.
//!
//! The page makes its forms of it and the documentation its reference, so that both show exactly what the client checks.
//! `www/catalog/catalog.mjs` runs it, and adds the texts for people.

use serde_json::{Map, Value, json};
use std::io::Write;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Answer, Body, Endpoint, Paging, Repeat};
use supabase_management_wasm::schema::{Field, Shape, Type};

fn main() -> std::io::Result<()> {
    let rows: Vec<Value> = endpoints().iter().map(row).collect();
    writeln!(std::io::stdout(), "{}", Value::from(rows))
}

fn row(endpoint: &Endpoint) -> Value {
    let (body, body_type) = match endpoint.body {
        Body::Json(ty) => ("json", Some(ty)),
        Body::JsonOrEszip(ty) => ("jsonOrEszip", Some(ty)),
        Body::Form(ty) => ("form", Some(ty)),
        Body::Multipart(ty) => ("multipart", Some(ty)),
        _ => ("none", None),
    };
    let (answer, answer_type) = match endpoint.answer {
        Answer::Json(ty) => ("json", Some(ty)),
        Answer::Text => ("text", None),
        Answer::Bytes => ("bytes", None),
        Answer::Rows => ("rows", None),
        Answer::Count => ("count", None),
        Answer::Url => ("url", None),
        _ => ("nothing", None),
    };
    let paging = match endpoint.paging {
        Paging::None => None,
        Paging::Offset => Some("offset"),
        Paging::Cursor => Some("cursor"),
        Paging::Links => Some("links"),
    };
    let path: Vec<Value> = endpoint.placeholders.iter().map(|one| json!({ "name": one.name, "type": shape(one.ty) })).collect();
    let limits: Vec<Value> = endpoint.rates.iter().map(|rate| json!({ "calls": rate.calls, "seconds": rate.seconds })).collect();
    without_nulls(json!({
        "id": endpoint.id,
        "verb": endpoint.verb.as_str(),
        "route": endpoint.route,
        "path": path,
        "query": endpoint.query.map(shape),
        "body": body,
        "bodyType": body_type.map(shape),
        "answer": answer,
        "answerType": answer_type.map(shape),
        "paging": paging,
        "repeatable": endpoint.repeat == Repeat::Safe,
        "takesIdempotencyKey": endpoint.keyed,
        "sendsToken": !endpoint.anonymous,
        "rateLimits": limits,
        "scope": endpoint.scope(),
        "permissions": endpoint.permissions(),
    }))
}

/// A type in the words of JSON Schema, as far as it has a word.
fn shape(ty: Type) -> Value {
    match ty.shape() {
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::True => json!({ "type": "boolean", "const": true }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Range { min, max } => numbers("number", min, max),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Bounded { min, max } => numbers("integer", min, max),
        Shape::String => json!({ "type": "string" }),
        Shape::Text { min, max, pattern } => text(min, max, pattern.map(|pattern| pattern.source)),
        Shape::Enum(names) => json!({ "type": "string", "enum": names.collect::<Vec<_>>() }),
        Shape::Object(fields) => {
            let open = fields.open();
            json!({ "type": "object", "open": open, "fields": fields.map(field).collect::<Vec<_>>() })
        }
        Shape::Array { min, max, item } => {
            let mut list = json!({ "type": "array", "item": shape(item) });
            counts(&mut list, ["minItems", "maxItems"], min, max);
            list
        }
        Shape::Map(value) => json!({ "type": "map", "value": shape(value) }),
        Shape::Tagged { tag, members } => {
            let members: Vec<Value> = members.map(|(value, ty)| json!({ "value": value, "type": shape(ty) })).collect();
            json!({ "type": "tagged", "tag": tag, "members": members })
        }
        Shape::Union(types) => json!({ "type": "union", "types": types.map(shape).collect::<Vec<_>>() }),
        // The shapes may become more; what is new is shown as what the client would take for it, which is anything.
        _ => json!({ "type": "any" }),
    }
}

fn field(field: Field) -> Value {
    let flags = [("required", field.required()), ("nullable", field.nullable()), ("secret", field.secret())];
    let mut one = json!({ "name": field.name, "type": shape(field.ty) });
    for (name, _) in flags.into_iter().filter(|(_, set)| *set) {
        one[name] = Value::Bool(true);
    }
    one
}

/// Bounds that are those of the number type itself say nothing.
fn numbers(name: &str, min: i64, max: i64) -> Value {
    let bound = |bound: i64, none: i64| (bound != none).then_some(bound);
    without_nulls(json!({ "type": name, "minimum": bound(min, i64::MIN), "maximum": bound(max, i64::MAX) }))
}

fn text(min: u32, max: u32, pattern: Option<&str>) -> Value {
    let mut text = json!({ "type": "string" });
    counts(&mut text, ["minLength", "maxLength"], min, max);
    // What has no sign of an expression is the name of a format: `uuid`.
    match pattern {
        Some(format) if format.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') => text["format"] = format.into(),
        Some(expression) => text["pattern"] = expression.into(),
        None => {}
    }
    text
}

fn counts(value: &mut Value, [least, most]: [&str; 2], min: u32, max: u32) {
    if min > 0 {
        value[least] = min.into();
    }
    if max < u32::MAX {
        value[most] = max.into();
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into(),
        other => other,
    }
}
