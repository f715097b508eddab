//! What a schema asks for, in the words of the table.

use super::compare::{choices, is_map, map_value, tagged, with_tag};
use serde_json::Value;

/// The form of the values of a schema.
pub enum Form<'s> {
    Any,
    Boolean,
    /// `true` alone.
    True,
    Number,
    Integer,
    Text,
    /// One of some strings.
    Choice(Vec<&'s str>),
    List(&'s Value),
    /// An object with free keys.
    Map(Value),
    Object,
    /// Objects told apart by one field: its name, its values, and the member that goes with each.
    Tagged(&'s str, Vec<(&'s str, Value)>),
    /// Nothing tells the members apart.
    Union(&'s [Value]),
}

pub fn form(schema: &Value) -> Form<'_> {
    if let Some(values) = choices(schema) {
        return Form::Choice(values);
    }
    if let Some((tag, members)) = tagged(schema, None) {
        return Form::Tagged(tag, members.into_iter().map(|(value, member)| (value, with_tag(member, tag, value))).collect());
    }
    if let Some(members) = schema["oneOf"].as_array() {
        return Form::Union(members);
    }
    match schema["type"].as_str() {
        None => Form::Any,
        Some("boolean") if schema.get("enum").is_some() => Form::True,
        Some("boolean") => Form::Boolean,
        Some("number") => Form::Number,
        Some("integer") => Form::Integer,
        Some("string") => Form::Text,
        Some("array") => Form::List(&schema["items"]),
        Some("object") if is_map(schema) => Form::Map(map_value(schema)),
        Some("object") => Form::Object,
        Some(other) => panic!("nobody has looked at the type {other}"),
    }
}

/// The kinds of JSON that a schema takes, `null` apart.
pub fn kinds(schema: &Value) -> Vec<&'static str> {
    match form(schema) {
        Form::Any => vec!["boolean", "number", "string", "array", "object"],
        Form::Boolean | Form::True => vec!["boolean"],
        Form::Number | Form::Integer => vec!["number"],
        Form::Text | Form::Choice(_) => vec!["string"],
        Form::List(_) => vec!["array"],
        Form::Map(_) | Form::Object | Form::Tagged(..) => vec!["object"],
        Form::Union(members) => members.iter().flat_map(kinds).collect(),
    }
}

/// The properties of an object schema.
pub fn fields(schema: &Value) -> Vec<(&String, &Value)> {
    schema["properties"].as_object().into_iter().flatten().collect()
}

pub fn required(schema: &Value, name: &str) -> bool {
    schema["required"].as_array().is_some_and(|names| names.iter().any(|known| known == name))
}

pub fn nullable(schema: &Value) -> bool {
    schema["nullable"] == true
}

/// Whether two values mean the same: 7 and 7.0 do.
pub fn same(one: &Value, other: &Value) -> bool {
    alike(one, other, &|_| false)
}

/// Whether two answers mean the same: there, a field that is null may as well be absent.
pub fn same_answer(one: &Value, other: &Value) -> bool {
    alike(one, other, &Value::is_null)
}

fn alike(one: &Value, other: &Value, absent: &dyn Fn(&Value) -> bool) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other, absent)),
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(name, value)| other.get(name).map_or_else(|| absent(value), |other| alike(value, other, absent)))
                && other.iter().all(|(name, value)| one.contains_key(name) || absent(value))
        }
        _ => one == other,
    }
}
