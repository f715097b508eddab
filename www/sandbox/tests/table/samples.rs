//! Right and wrong values, made of the types of the table.

use serde_json::{Map, Value, json};
use supabase_management_wasm::schema::{Shape, Type};

/// Texts that match a pattern, a short and a longer one.
fn matching(pattern: &str) -> [&'static str; 2] {
    match pattern {
        "uuid" => ["11111111-2222-4333-8444-555555555555", "99999999-8888-4777-8666-555555555555"],
        "uri" => ["https://example.com", "https://example.com/a?b=c"],
        "date-time" => ["2026-09-23T08:00:00Z", "2026-09-23T08:59:59.999Z"],
        "email" => ["a@example.com", "someone.else@example.com"],
        "^[a-z]+$" => ["hqvkzumdtlrwaxbeogcy"; 2],
        "^[a-z_][a-z0-9_]+$" => ["keys", "_a_key_2"],
        "^(-?[0-9]+(?:\\.[0-9]+)?)(us|ms|s|min|h|d)?$" => ["8s", "1.5min"],
        "^\\d+$" => ["1", "20260923080000"],
        "^([1-9][0-9]?|100)$" => ["1", "100"],
        "^([0-9]{1,15}=[0-9]+,?)*$" => ["", "4152127777=123456,"],
        "^\\s*([a-zA-Z0-9_-]+(\\s*,+\\s*)?)*\\s*$" => ["", "a, b"],
        "^(?!SUPABASE_).*" => ["A", "MAIL_FROM"],
        "^[^/\\\\][^\\\\]*$" => ["index.ts", "hello/index.ts"],
        "^[^,]+$" => ["https://a.example", "https://b.example"],
        "^[A-Za-z0-9_-]+$" | "^[A-Za-z][A-Za-z0-9_-]*$" | "^[\\w-]+$" => ["hello", "Hello_2-x"],
        other => panic!("no sample matches {other}"),
    }
}

/// As little as possible.
pub fn minimal(ty: Type) -> Value {
    match ty.shape() {
        Shape::Object(fields) => fields.filter(|field| field.required()).map(|field| (field.name.to_owned(), minimal(field.ty))).collect(),
        Shape::Array { min, item, .. } => (0..min).map(|_| minimal(item)).collect(),
        Shape::Map(_) => json!({}),
        Shape::Tagged { tag, mut members } => member(tag, members.next().expect("a member"), minimal),
        Shape::Union(mut types) => minimal(types.next().expect("a member")),
        Shape::Text { min, pattern, .. } => text(pattern.map(|pattern| pattern.source), min, 0),
        Shape::Enum(mut names) => names.next().into(),
        Shape::Bounded { min, .. } | Shape::Range { min, .. } => min.max(0).into(),
        Shape::Boolean => false.into(),
        Shape::True => true.into(),
        Shape::Integer | Shape::Number => 0.into(),
        Shape::String => "a".into(),
        _ => "any".into(),
    }
}

/// As much as possible.
pub fn maximal(ty: Type) -> Value {
    match ty.shape() {
        Shape::Object(fields) => fields.map(|field| (field.name.to_owned(), maximal(field.ty))).collect(),
        Shape::Array { min, item, .. } => (0..min.max(1)).map(|_| maximal(item)).collect(),
        Shape::Map(value) => json!({ "plain": maximal(value), "odd key": maximal(value) }),
        Shape::Tagged { tag, members } => member(tag, members.last().expect("a member"), maximal),
        Shape::Union(types) => maximal(types.last().expect("a member")),
        Shape::Text { min, pattern, .. } => text(pattern.map(|pattern| pattern.source), min, 1),
        Shape::Enum(names) => names.last().into(),
        Shape::Bounded { max, .. } | Shape::Range { max, .. } => max.into(),
        Shape::Boolean | Shape::True => true.into(),
        Shape::Integer | Shape::Number => 7.into(),
        Shape::String => "text".into(),
        _ => json!({ "any": [1, null] }),
    }
}

fn member(tag: &str, (value, ty): (&'static str, Type), sample: fn(Type) -> Value) -> Value {
    let mut object = sample(ty);
    object[tag] = value.into();
    object
}

fn text(pattern: Option<&str>, min: u32, at: usize) -> Value {
    let text = pattern.map_or(["a", "text"][at], |pattern| matching(pattern)[at]).to_owned();
    let missing = (min as usize).saturating_sub(text.chars().count());
    (text + &"x".repeat(missing)).into()
}

/// A value that no field of that type can have.
pub fn wrong(ty: Type) -> Option<Value> {
    match ty.shape() {
        Shape::Any => None,
        Shape::Object(_) | Shape::Map(_) | Shape::Tagged { .. } => Some(json!(["no object"])),
        Shape::Union(_) => Some(json!([[["no member"]]])),
        Shape::Enum(_) => Some("no such value".into()),
        _ => Some(json!({ "no": "value" })),
    }
}

/// Sets what is given, at any depth; `null` takes a field out.
pub fn over(sample: &mut Value, change: &Value) {
    match (sample, change) {
        (Value::Object(fields), Value::Object(changes)) => {
            for (name, change) in changes {
                if change.is_null() {
                    fields.shift_remove(name);
                } else {
                    over(fields.entry(name.as_str()).or_insert(Value::Null), change);
                }
            }
        }
        (sample, change) => *sample = change.clone(),
    }
}

/// Whether a value holds another: all fields of it, at any depth.
pub fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part.iter().all(|(name, value)| whole.get(name).is_some_and(|whole| holds(whole, value))),
        (Value::Array(whole), Value::Array(part)) => whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part)),
        (Value::Number(whole), Value::Number(part)) => whole.as_f64() == part.as_f64(),
        (whole, part) => whole == part,
    }
}

/// As a query string.
pub fn query_string(query: &Value) -> String {
    let one = |name: &str, value: &Value| format!("{name}={}", escaped(&value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    let pairs = query
        .as_object()
        .unwrap_or(&Map::new())
        .iter()
        .flat_map(|(name, value)| match value {
            Value::Array(items) => items.iter().map(|item| one(name, item)).collect(),
            Value::Object(inner) => inner.iter().map(|(inner, value)| one(&escaped(&format!("{name}[{inner}]")), value)).collect(),
            value => vec![one(name, value)],
        })
        .collect::<Vec<_>>();
    pairs.join("&")
}

pub fn escaped(text: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { (byte as char).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}
