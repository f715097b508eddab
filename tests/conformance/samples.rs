//! Right values, made of a schema.

use super::form::{Form, fields, form, nullable, required};
use super::texts::{numbers, texts};
use serde_json::{Value, json};

/// An answer that nobody described, and what is written after it was read.
pub struct Variant {
    pub sent: Value,
    pub back: Value,
    pub what: &'static str,
}

pub fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut changed = object.clone();
    changed[name] = value;
    changed
}

pub fn without(object: &Value, name: &str) -> Value {
    let mut fields = object.as_object().cloned().unwrap_or_default();
    fields.shift_remove(name);
    Value::Object(fields)
}

pub fn repeated(item: &Value, count: u64) -> Value {
    Value::Array((0..count).map(|_| item.clone()).collect())
}

/// As little as possible.
pub fn minimal(schema: &Value) -> Value {
    match form(schema) {
        Form::Tagged(_, members) => minimal(&members[0].1),
        Form::Union(members) => minimal(&members[0]),
        Form::Object => fields(schema).into_iter().filter(|(name, _)| required(schema, name)).map(|(name, ty)| (name.clone(), minimal(ty))).collect(),
        Form::Map(_) => json!({}),
        Form::List(item) => repeated(&minimal(item), schema["minItems"].as_u64().unwrap_or(0)),
        _ => correct(schema).remove(0),
    }
}

/// As much as possible.
pub fn maximal(schema: &Value) -> Value {
    match form(schema) {
        Form::Tagged(_, members) => maximal(&members[members.len() - 1].1),
        Form::Union(members) => maximal(&members[members.len() - 1]),
        Form::Object => fields(schema).into_iter().map(|(name, ty)| (name.clone(), maximal(ty))).collect(),
        Form::Map(value) => json!({ "plain": maximal(&value), "odd key": maximal(&value) }),
        Form::List(item) => repeated(&maximal(item), schema["maxItems"].as_u64().unwrap_or(3).min(3)),
        _ => correct(schema).pop().unwrap_or_default(),
    }
}

/// Right values: each member, each choice, each bound, each field alone. The last is the largest.
pub fn correct(schema: &Value) -> Vec<Value> {
    let mut all = match form(schema) {
        Form::Any => vec![json!("text"), json!({ "any": [1, "b", null] })],
        Form::Boolean => vec![json!(false), json!(true)],
        Form::True => vec![json!(true)],
        Form::Text => texts(schema).0,
        Form::Choice(values) => values.into_iter().map(Value::from).collect(),
        Form::Integer | Form::Number => numbers(schema).0,
        Form::List(item) => correct_lists(schema, item),
        Form::Map(value) => {
            let some = correct(&value).into_iter().map(|value| json!({ "plain": value, "odd key": value, "": value }));
            std::iter::once(json!({})).chain(some).collect()
        }
        Form::Object => correct_objects(schema),
        Form::Tagged(_, members) => members.iter().flat_map(|(_, member)| correct(member)).collect(),
        Form::Union(members) => members.iter().flat_map(correct).collect(),
    };
    if nullable(schema) {
        all.insert(0, Value::Null);
    }
    all
}

fn correct_lists(schema: &Value, item: &Value) -> Vec<Value> {
    let least = schema["minItems"].as_u64().unwrap_or(0);
    let count = schema["maxItems"].as_u64().unwrap_or(2).clamp(1, 2).max(least);
    let each = correct(item);
    let mut all = vec![minimal(schema)];
    all.extend(each.iter().map(|item| repeated(item, count)));
    all.push(maximal(schema));
    all
}

fn correct_objects(schema: &Value) -> Vec<Value> {
    let (few, many) = (minimal(schema), maximal(schema));
    let mut all = vec![few.clone()];
    for (name, ty) in fields(schema) {
        if !required(schema, name) {
            all.push(with(&few, name, maximal(ty)));
            all.push(without(&many, name));
        }
        all.extend(correct(ty).into_iter().map(|value| with(&many, name, value)));
    }
    all.push(many);
    all
}

/// Answers that are newer than the description, or leave out what they may by saying null.
pub fn answer_variants(schema: &Value) -> Vec<Variant> {
    let kept = |value: Value, what| Variant { sent: value.clone(), back: value, what };
    match form(schema) {
        Form::Choice(_) => vec![kept(json!("A_VALUE_OF_TOMORROW"), "an unknown value of an answer")],
        Form::List(item) => around(answer_variants(item), |value| json!([value])),
        Form::Map(value) => {
            let mut all = around(answer_variants(&value), |value| json!({ "odd key": value }));
            if !matches!(form(&value), Form::Any) && !nullable(&value) {
                let full = maximal(schema);
                all.push(Variant { sent: with(&full, "gone", Value::Null), back: full, what: "null in a map" });
            }
            all
        }
        Form::Object => object_variants(schema),
        Form::Tagged(tag, members) => {
            let mut all: Vec<_> = members.iter().flat_map(|(_, member)| member_variants(member, tag)).collect();
            all.push(kept(json!({ tag: "a member of tomorrow", "deep": [{}] }), "an unknown member of a union"));
            all
        }
        Form::Union(members) => {
            let mut all: Vec<_> = members.iter().flat_map(answer_variants).collect();
            all.push(kept(json!([[["a member of tomorrow"]]]), "an unknown member of a union"));
            all
        }
        _ => Vec::new(),
    }
}

fn around(variants: Vec<Variant>, whole: impl Fn(Value) -> Value) -> Vec<Variant> {
    variants.into_iter().map(|Variant { sent, back, what }| Variant { sent: whole(sent), back: whole(back), what }).collect()
}

/// Another value of the tag would be another member.
fn member_variants(member: &Value, tag: &str) -> Vec<Variant> {
    let value = maximal(&member["properties"][tag]);
    object_variants(member).into_iter().filter(|variant| variant.sent[tag] == value).collect()
}

fn object_variants(schema: &Value) -> Vec<Variant> {
    let full = maximal(schema);
    let news = json!({ "deep": [1, { "b": null }] });
    let mut all = vec![Variant { sent: with(&full, "unheard_of", news), back: full.clone(), what: "an unknown field of an answer" }];
    for (name, ty) in fields(schema) {
        if !required(schema, name) && !nullable(ty) {
            all.push(Variant { sent: with(&full, name, Value::Null), back: without(&full, name), what: "null in an optional field" });
        }
        all.extend(around_field(answer_variants(ty), &full, name));
    }
    all
}

fn around_field(variants: Vec<Variant>, full: &Value, name: &str) -> Vec<Variant> {
    around(variants, |value| with(full, name, value))
}
