//! Wrong values, made of a schema, each with the place of what is wrong.

use super::form::{Form, fields, form, kinds, nullable, required};
use super::samples::{maximal, minimal, repeated, with, without};
use super::texts::{MARK, numbers, texts};
use serde_json::{Value, json};

/// A step to a value inside of another one.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// A whole value in which one thing is wrong.
pub struct Sample {
    pub value: Value,
    pub steps: Vec<Step>,
    pub what: &'static str,
    /// Whether it is in a union, or where one should be.
    pub in_union: bool,
    /// Whether it is wrong wherever a string is asked for, and no other schema makes it right.
    limits: bool,
}

/// What is wrong, where a list is in place of an object: serde reads one as the fields of a struct in their order, where they fit.
const LIST: &str = "a list in place of an object";

/// The way as errors write it: `a.b`, `[3].c`, `a["odd key"]`.
pub fn steps(root: &str, way: &[Step]) -> String {
    let mut text = String::from(root);
    for step in way {
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) if key.is_empty() || key.contains(|letter: char| letter != '_' && !letter.is_ascii_alphanumeric()) => {
                text.push_str(&format!("[{key:?}]"));
            }
            Step::Key(key) => {
                text.push_str(if text.is_empty() { "" } else { "." });
                text.push_str(key);
            }
        }
    }
    text
}

fn here(value: Value, what: &'static str) -> Sample {
    Sample { value, steps: Vec::new(), what, in_union: false, limits: false }
}

fn at(name: &str, value: Value, what: &'static str) -> Sample {
    Sample { steps: vec![Step::Key(name.into())], ..here(value, what) }
}

fn deeper(step: Step, inner: Sample, whole: impl Fn(Value) -> Value) -> Sample {
    Sample { value: whole(inner.value), steps: std::iter::once(step).chain(inner.steps).collect(), ..inner }
}

/// Wrong values, each wrong in one way.
pub fn wrong(schema: &Value) -> Vec<Sample> {
    let mut all = other_kinds(schema);
    let limits = |wrong: Vec<(Value, &'static str)>| wrong.into_iter().map(|(value, what)| Sample { limits: true, ..here(value, what) });
    match form(schema) {
        Form::Any | Form::Boolean => {}
        Form::True => all.push(here(json!(false), "false")),
        Form::Text => all.extend(limits(texts(schema).1)),
        Form::Integer | Form::Number => all.extend(limits(numbers(schema).1)),
        Form::Choice(values) => {
            let others = [MARK.into(), format!("{}{MARK}", values[0]), "odd \"value\"\\".into(), String::new()];
            all.extend(others.into_iter().filter(|other| !values.contains(&&**other)).map(|other| here(json!(other), "an unknown value")));
        }
        Form::List(item) => all.extend(wrong_lists(schema, item)),
        Form::Map(value) => {
            for key in ["plain", "odd key", ""] {
                let inner = wrong(&value).into_iter().map(|sample| {
                    let absent = sample.what == "null" && sample.steps.is_empty();
                    Sample { what: if absent { "null in a map" } else { sample.what }, ..sample }
                });
                all.extend(inner.map(|sample| deeper(Step::Key(key.into()), sample, |value| json!({ key: value }))));
            }
        }
        Form::Object => all.extend(wrong_objects(schema)),
        Form::Tagged(tag, members) => all.extend(wrong_tagged(tag, &members)),
        Form::Union(members) => all.extend(wrong_unions(members)),
    }
    let union = matches!(form(schema), Form::Tagged(..) | Form::Union(_));
    all.into_iter().map(|sample| Sample { in_union: sample.in_union || union, ..sample }).collect()
}

fn other_kinds(schema: &Value) -> Vec<Sample> {
    if matches!(form(schema), Form::Any) {
        return Vec::new();
    }
    let kinds = kinds(schema);
    let others =
        [("boolean", json!(true)), ("number", json!(7)), ("string", json!(MARK)), ("array", json!([[[MARK]]])), ("object", json!({ MARK: 1 }))];
    let what = |kind| if kind == "array" && matches!(form(schema), Form::Object) { LIST } else { "another type" };
    let mut all: Vec<_> = others.into_iter().filter(|(kind, _)| !kinds.contains(kind)).map(|(kind, value)| here(value, what(kind))).collect();
    if !nullable(schema) {
        all.push(here(Value::Null, "null"));
    }
    all
}

fn wrong_lists(schema: &Value, item: &Value) -> Vec<Sample> {
    let full = repeated(&maximal(item), 2);
    let in_second = |value: Value| {
        let mut list = full.clone();
        list[1] = value;
        list
    };
    let mut all: Vec<_> = wrong(item).into_iter().map(|sample| deeper(Step::Index(1), sample, in_second)).collect();
    if let Some(min) = schema["minItems"].as_u64().filter(|min| *min > 0) {
        all.push(here(repeated(&maximal(item), min - 1), "too few items"));
    }
    if let Some(max) = schema["maxItems"].as_u64() {
        all.push(here(repeated(&maximal(item), max + 1), "too many items"));
    }
    all
}

fn wrong_objects(schema: &Value) -> Vec<Sample> {
    let full = maximal(schema);
    let mut all = Vec::new();
    for (name, ty) in fields(schema) {
        if required(schema, name) {
            let what = if nullable(ty) { "a missing field that may be null" } else { "a missing field" };
            all.push(at(name, without(&full, name), what));
            all.push(at(name, without(&minimal(schema), name), what));
        }
        for sample in wrong(ty) {
            let optional = sample.what == "null" && sample.steps.is_empty() && !required(schema, name);
            let what = if optional { "null in an optional field" } else { sample.what };
            all.push(deeper(Step::Key(name.clone()), Sample { what, ..sample }, |value| with(&full, name, value)));
        }
    }
    if !super::compare::is_open(schema) {
        all.push(at("unheard_of", with(&full, "unheard_of", json!(MARK)), "an unknown field"));
        all.push(at("un heard", with(&full, "un heard", json!(null)), "an unknown field"));
        all.push(at("", with(&full, "", json!(true)), "an unknown field"));
    }
    all
}

fn wrong_tagged(tag: &str, members: &[(&str, Value)]) -> Vec<Sample> {
    let mut all = Vec::new();
    for (_, member) in members {
        // What is wrong with the tag is not the member's alone: it is added below.
        all.extend(wrong_objects(member).into_iter().filter(|one| one.steps.first().is_some_and(|step| *step != Step::Key(tag.into()))));
        // Without a match the path is the union's.
        let full = maximal(member);
        all.push(here(without(&full, tag), "a missing tag"));
        all.push(here(with(&full, tag, json!(MARK)), "an unknown tag"));
        all.push(here(with(&full, tag, json!(7)), "another type of the tag"));
    }
    all
}

/// Without a match the path is the union's, however deep the fault is.
fn wrong_unions(members: &[Value]) -> Vec<Sample> {
    let mut all = Vec::new();
    for member in members {
        let others = || members.iter().filter(|other| *other != member);
        for sample in wrong(member) {
            if sample.limits || !others().any(|other| fits(other, &sample.value)) {
                all.push(here(sample.value, sample.what));
            }
        }
    }
    all
}

/// Whether a value is of the kind that a schema asks for, with the fields that must be there.
fn fits(schema: &Value, value: &Value) -> bool {
    let kind = match value {
        Value::Null => return nullable(schema),
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    kinds(schema).contains(&kind) && fields(schema).iter().all(|(name, _)| !required(schema, name) || value.get(&**name).is_some())
}
