//! Values made of a schema: right ones, and wrong ones with the place of what is wrong.

use serde_json::{Value, json};

/// Part of wrong strings, to be found nowhere in an error.
pub const MARK: &str = "q7-MARK";

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
}

/// An answer that nobody described, and what is written after it was read.
pub struct Variant {
    pub sent: Value,
    pub back: Value,
    pub what: &'static str,
}

/// The way as errors write it: `a.b`, `[3].c`, `a["odd key"]`.
pub fn steps(root: &str, way: &[Step]) -> String {
    let mut text = String::from(root);
    for step in way {
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) if key.contains(' ') => text.push_str(&format!("[{key:?}]")),
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
    }
    text
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

/// The properties of an object schema.
pub fn fields(schema: &Value) -> Vec<(&String, &Value)> {
    schema["properties"].as_object().into_iter().flatten().collect()
}

fn required(schema: &Value, name: &str) -> bool {
    schema["required"].as_array().is_some_and(|names| names.iter().any(|known| known == name))
}

/// Whether the way leads to a field that may be left out.
pub fn optional(schema: &Value, way: &[Step]) -> bool {
    match way {
        [] => false,
        [Step::Index(_), rest @ ..] => optional(&schema["items"], rest),
        [Step::Key(name)] => !required(schema, name) && schema["properties"].get(name).is_some(),
        [Step::Key(name), rest @ ..] => optional(&schema["properties"][name], rest),
    }
}

/// Strings that match a pattern of the API: what they begin with, how they go on, and a beginning that does not match.
const PATTERNS: &[(&str, &str, &str, &str)] = &[
    ("^[a-z]+$", "", "qwertz", "A"),
    ("^[\\w-]+$", "", "Az0_-", "a b"),
    ("^[A-Za-z0-9_-]+$", "", "Az0_-", "a.b"),
    ("^[A-Za-z][A-Za-z0-9_-]*$", "Z", "9a_-", "9a"),
    ("^(?!SUPABASE_).*", "", "Zoë 🚀", "SUPABASE_"),
    ("^\\d+$", "", "2026", "x"),
    ("^(-?[0-9]+(?:\\.[0-9]+)?)(us|ms|s|min|h|d)?$", "-1.5", "0", "x"),
    ("^([0-9]{1,15}=[0-9]+,?)*$", "7=1,8=2", "3", "=1"),
    ("^\\s*([a-zA-Z0-9_-]+(\\s*,+\\s*)?)*\\s*$", " a, b", "c", "a;b"),
    ("^[a-z_][a-z0-9_]+$", "_0", "z9_", "9"),
    ("^[^,]+$", "", "é ", "a,"),
];

const FORMATS: &[(&str, &[&str], &[&str])] = &[
    ("uri", &["https://example.com/a?b=c#d", "postgres://user@host:5432/db"], &["example.com", "/a", "https://a b"]),
    ("uuid", &["6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d", "6F1ED7B4-6A0E-4F7C-8C39-6B6D8B1A2C3D"], &["6f1ed7b4", "6f1ed7b46a0e4f7c8c396b6d8b1a2c3d"]),
    ("email", &["jane.doe@example.com"], &["jane", "@example.com"]),
    ("date-time", &["2026-09-23T00:00:00Z", "2026-09-23T00:00:00.123+02:00"], &["2026-09-23", "yesterday"]),
];

/// Right strings and wrong ones.
fn texts(schema: &Value) -> (Vec<String>, Vec<(String, &'static str)>) {
    let min = schema["minLength"].as_u64().unwrap_or(0) as usize;
    let max = schema["maxLength"].as_u64().map(|max| max as usize);
    if let Some(name) = schema["format"].as_str() {
        let (_, right, wrong) = FORMATS.iter().find(|(known, _, _)| *known == name).unwrap_or_else(|| panic!("no sample of the format {name}"));
        return (right.iter().map(|text| (*text).into()).collect(), wrong.iter().map(|text| ((*text).into(), "off the format")).collect());
    }
    let (head, fill, off) = match schema["pattern"].as_str() {
        None => ("", "Zoë 🚀 数据", None),
        Some(source) => {
            let found = PATTERNS.iter().find(|(known, ..)| *known == source).unwrap_or_else(|| panic!("no sample of the pattern {source}"));
            (found.1, found.2, Some(found.3))
        }
    };
    let made = |head: &str, length: usize| head.chars().chain(fill.chars().cycle()).take(length).collect::<String>();
    let least = min.max(if off.is_some() { head.chars().count().max(1) } else { 0 });
    let mut right = vec![made(head, least), made(head, max.unwrap_or(least + 11))];
    right.dedup();
    let mut wrong = Vec::new();
    if let Some(max) = max {
        wrong.push((made(head, max + 1), "too long"));
    }
    if min > 0 {
        wrong.push((made(head, min - 1), "too short"));
    }
    if let Some(off) = off {
        wrong.push((made(off, min.max(off.chars().count())), "off the pattern"));
    }
    (right, wrong)
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut changed = object.clone();
    changed[name] = value;
    changed
}

fn without(object: &Value, name: &str) -> Value {
    let mut fields = object.as_object().cloned().unwrap_or_default();
    fields.shift_remove(name);
    Value::Object(fields)
}

/// As little as possible.
pub fn minimal(schema: &Value) -> Value {
    if let Some(members) = schema["oneOf"].as_array() {
        return minimal(&members[0]);
    }
    match schema["type"].as_str() {
        Some("object") => {
            fields(schema).into_iter().filter(|(name, _)| required(schema, name)).map(|(name, ty)| (name.clone(), minimal(ty))).collect()
        }
        Some("array") => repeated(minimal(&schema["items"]), schema["minItems"].as_u64().unwrap_or(0)),
        _ => correct(schema).remove(0),
    }
}

/// As much as possible.
pub fn maximal(schema: &Value) -> Value {
    if let Some(members) = schema["oneOf"].as_array() {
        return maximal(&members[members.len() - 1]);
    }
    match schema["type"].as_str() {
        Some("object") if schema["additionalProperties"].is_object() => json!({ "plain": maximal(&schema["additionalProperties"]) }),
        Some("object") => fields(schema).into_iter().map(|(name, ty)| (name.clone(), maximal(ty))).collect(),
        Some("array") => repeated(maximal(&schema["items"]), schema["maxItems"].as_u64().unwrap_or(3).min(3)),
        _ => correct(schema).pop().unwrap_or_default(),
    }
}

fn repeated(item: Value, count: u64) -> Value {
    Value::Array((0..count).map(|_| item.clone()).collect())
}

/// Right values: each member, each choice, each bound, each field alone.
pub fn correct(schema: &Value) -> Vec<Value> {
    if let Some(members) = schema["oneOf"].as_array() {
        return members.iter().flat_map(correct).collect();
    }
    let mut all = match schema["type"].as_str() {
        None => vec![json!({ "any": [1, "b", null] })],
        Some("boolean") => vec![json!(false), json!(true)],
        Some("string") => match schema["enum"].as_array() {
            Some(values) => values.clone(),
            None => texts(schema).0.into_iter().map(Value::String).collect(),
        },
        Some("integer" | "number") => {
            let (min, max) = range(schema);
            vec![json!(min.unwrap_or(-1)), json!(max.unwrap_or(min.unwrap_or(0) + 1_790_000_000_000))]
        }
        Some("array") => {
            let (few, many) = (minimal(schema), maximal(schema));
            let each = correct(&schema["items"]);
            let count = schema["maxItems"].as_u64().unwrap_or(3).clamp(1, 3);
            [few, many].into_iter().chain(each.into_iter().map(|item| repeated(item, count.max(schema["minItems"].as_u64().unwrap_or(0))))).collect()
        }
        Some("object") if schema["additionalProperties"].is_object() => {
            let values = correct(&schema["additionalProperties"]);
            std::iter::once(json!({})).chain(values.into_iter().map(|value| json!({ "plain": value.clone(), "odd key": value }))).collect()
        }
        Some("object") => {
            let (few, many) = (minimal(schema), maximal(schema));
            let mut all = vec![few.clone(), many.clone()];
            for (name, ty) in fields(schema) {
                if !required(schema, name) {
                    all.push(with(&few, name, maximal(ty)));
                    all.push(without(&many, name));
                }
                all.extend(correct(ty).into_iter().map(|value| with(&many, name, value)));
            }
            all
        }
        Some(other) => panic!("no sample of the type {other}"),
    };
    if schema["nullable"] == true {
        // Not the last one, which is the largest.
        all.insert(0, Value::Null);
    }
    all
}

fn range(schema: &Value) -> (Option<i64>, Option<i64>) {
    let above = i64::from(schema["exclusiveMinimum"] == true);
    (schema["minimum"].as_i64().map(|min| min + above), schema["maximum"].as_i64())
}

fn deeper(step: &Step, inner: Sample, whole: impl Fn(Value) -> Value) -> Sample {
    Sample { value: whole(inner.value), steps: std::iter::once(step.clone()).chain(inner.steps).collect(), what: inner.what }
}

/// Wrong values, each wrong in one way.
pub fn wrong(schema: &Value) -> Vec<Sample> {
    let here = |value: Value, what: &'static str| Sample { value, steps: Vec::new(), what };
    let mut all = Vec::new();
    let kind = if schema.get("oneOf").is_some() { Some("object") } else { schema["type"].as_str() };
    let Some(kind) = kind else { return all };
    for (name, value) in
        [("boolean", json!(true)), ("number", json!(7)), ("string", json!(MARK)), ("array", json!([MARK])), ("object", json!({ MARK: 1 }))]
    {
        if name != kind && !(name == "number" && kind == "integer") {
            all.push(here(value, "another type"));
        }
    }
    if schema["nullable"] != true {
        all.push(here(Value::Null, "null"));
    }
    if let Some(members) = schema["oneOf"].as_array() {
        let tag = schema["discriminator"]["propertyName"].as_str().unwrap_or_default();
        for member in members {
            // What is wrong with the tag is not the member's alone: it is added below.
            all.extend(wrong(member).into_iter().filter(|one| one.steps.first().is_some_and(|step| *step != Step::Key(tag.into()))));
            // Without a match the path is the union's.
            let at_tag = |value: Value, what| Sample { value, steps: Vec::new(), what };
            all.push(at_tag(without(&maximal(member), tag), "a missing tag"));
            all.push(at_tag(with(&maximal(member), tag, json!(MARK)), "an unknown tag"));
            all.push(at_tag(with(&maximal(member), tag, json!(7)), "another type"));
        }
        return all;
    }
    match kind {
        "string" => match schema["enum"].as_array() {
            Some(values) => {
                all.push(here(json!(MARK), "an unknown value"));
                all.push(here(json!(format!("{}{MARK}", text(&values[0]))), "an unknown value"));
                all.push(here(json!(""), "an unknown value"));
            }
            None => all.extend(texts(schema).1.into_iter().map(|(text, what)| here(text.into(), what))),
        },
        "integer" | "number" => {
            let (min, max) = range(schema);
            all.extend(min.map(|min| here(json!(min - 1), "too small")));
            all.extend(max.map(|max| here(json!(max + 1), "too large")));
            if kind == "integer" {
                all.push(here(json!(min.unwrap_or(0) as f64 + 0.5), "a fraction"));
            }
        }
        "array" => {
            let full = maximal(&json!({ "type": "array", "items": schema["items"], "maxItems": 2 }));
            for sample in wrong(&schema["items"]) {
                all.push(deeper(&Step::Index(1), sample, |item| with_item(&full, 1, item)));
            }
            if let Some(min) = schema["minItems"].as_u64().filter(|min| *min > 0) {
                all.push(here(repeated(maximal(&schema["items"]), min - 1), "too few items"));
            }
            if let Some(max) = schema["maxItems"].as_u64() {
                all.push(here(repeated(maximal(&schema["items"]), max + 1), "too many items"));
            }
        }
        "boolean" => {}
        _ if schema["additionalProperties"].is_object() => {
            for key in ["plain", "odd key"] {
                for sample in wrong(&schema["additionalProperties"]) {
                    all.push(deeper(&Step::Key(key.into()), sample, |value| json!({ key: value })));
                }
            }
        }
        _ => {
            let full = maximal(schema);
            let at = |name: &str, value: Value, what| Sample { value, steps: vec![Step::Key(name.into())], what };
            for (name, ty) in fields(schema) {
                if required(schema, name) {
                    all.push(at(name, without(&full, name), "a missing field"));
                    all.push(at(name, without(&minimal(schema), name), "a missing field"));
                }
                for sample in wrong(ty) {
                    all.push(deeper(&Step::Key(name.clone()), sample, |value| with(&full, name, value)));
                }
            }
            all.push(at("unheard_of", with(&full, "unheard_of", json!(MARK)), "an unknown field"));
            all.push(at("un heard", with(&full, "un heard", json!(null)), "an unknown field"));
        }
    }
    all
}

fn with_item(list: &Value, at: usize, item: Value) -> Value {
    let mut changed = list.clone();
    changed[at] = item;
    changed
}

/// Answers that are newer than the description, or leave out what they may by saying null.
pub fn answer_variants(schema: &Value) -> Vec<Variant> {
    let mut all = Vec::new();
    match schema["type"].as_str() {
        Some("string") if schema.get("enum").is_some() => {
            let new = json!("A_VALUE_OF_TOMORROW");
            all.push(Variant { sent: new.clone(), back: new, what: "an unknown value of an answer" });
        }
        Some("array") => {
            for Variant { sent, back, what } in answer_variants(&schema["items"]) {
                all.push(Variant { sent: json!([sent]), back: json!([back]), what });
            }
        }
        Some("object") => {
            let full = maximal(schema);
            let news = json!({ "deep": [1, { "b": null }] });
            all.push(Variant { sent: with(&full, "unheard_of", news), back: full.clone(), what: "an unknown field of an answer" });
            for (name, ty) in fields(schema) {
                if !required(schema, name) && ty["nullable"] != true {
                    all.push(Variant { sent: with(&full, name, Value::Null), back: without(&full, name), what: "null in an optional field" });
                }
                for Variant { sent, back, what } in answer_variants(ty) {
                    all.push(Variant { sent: with(&full, name, sent), back: with(&full, name, back), what });
                }
            }
        }
        _ => {}
    }
    all
}
