//! What the checker says, said in a plain way: a value that is read, against a tree.

use super::model::{Member, Model};
use crate::check::Mode;

/// A JSON value that keeps doubles among its keys.
#[derive(Debug, Clone)]
pub(super) enum Json {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// What does not fit, in order, and whether it counts.
pub(super) type Faults = Vec<(String, bool)>;

pub(super) fn plain(json: &Json, model: &Model, mode: Mode, path: &str, found: &mut Faults) {
    let request = mode == Mode::Request;
    let mut outside = |inside: bool| {
        if request && !inside {
            found.push((path.into(), true));
        }
    };
    match (model, json) {
        (Model::Any, _)
        | (Model::Boolean, Json::Boolean(_))
        | (Model::True, Json::Boolean(true))
        | (Model::Number, Json::Integer(_) | Json::Float(_))
        | (Model::Integer, Json::Integer(_))
        | (Model::String, Json::String(_)) => {}
        (Model::True, Json::Boolean(false)) => found.push((path.into(), request)),
        (Model::Bounded(min, max) | Model::Range(min, max), Json::Integer(value)) => outside((min..=max).contains(&value)),
        (Model::Range(min, max), Json::Float(value)) => outside((*min as f64..=*max as f64).contains(value)),
        (Model::Text(min, max), Json::String(text)) => outside((*min..=*max).contains(&(text.chars().count() as u32))),
        (Model::Enum(values), Json::String(text)) => {
            if !values.contains(&text.as_str()) {
                found.push((path.into(), request));
            }
        }
        (Model::Object(members), Json::Object(fields)) => object(members, false, fields, mode, path, found),
        (Model::Open(members), Json::Object(fields)) => object(members, true, fields, mode, path, found),
        (Model::Array(min, max, item), Json::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                plain(value, item, mode, &format!("{path}[{index}]"), found);
            }
            if request && !(*min..=*max).contains(&(items.len() as u32)) {
                found.push((path.into(), true));
            }
        }
        (Model::Map(model), Json::Object(fields)) => fields.iter().for_each(|(key, value)| match (value, &**model) {
            (Json::Null, model) if !matches!(model, Model::Any) => found.push((joined(path, key), request)),
            (value, model) => plain(value, model, mode, &joined(path, key), found),
        }),
        (Model::Tagged(tag, members), Json::Object(fields)) => {
            let value = fields.iter().find(|(key, _)| key == tag).map(|(_, value)| value);
            match members.iter().find(|(name, _)| matches!(value, Some(Json::String(text)) if text == name)) {
                Some((_, object)) => plain(json, object, mode, path, found),
                None => found.push((path.to_string(), request)),
            }
        }
        (Model::Union(members), _) => match members.iter().find(|member| !counts(json, member, mode)) {
            Some(member) => plain(json, member, mode, path, found),
            None => found.push((path.to_string(), request)),
        },
        _ => found.push((path.into(), true)),
    }
}

/// Whether anything counts of what does not fit.
fn counts(json: &Json, model: &Model, mode: Mode) -> bool {
    let mut found = Vec::new();
    plain(json, model, mode, "", &mut found);
    found.iter().any(|(_, counts)| *counts)
}

fn object(members: &[Member], open: bool, fields: &[(String, Json)], mode: Mode, path: &str, found: &mut Faults) {
    let request = mode == Mode::Request;
    for (key, value) in fields {
        let path = joined(path, key);
        match (members.iter().find(|member| member.name == key), value) {
            (None, _) if open => {}
            (None, _) => found.push((path, request)),
            (Some(member), Json::Null) if !matches!(member.model, Model::Any) => {
                if !member.nullable {
                    found.push((path, request || member.required));
                }
            }
            (Some(member), value) => plain(value, &member.model, mode, &path, found),
        }
    }
    let missing = members.iter().filter(|member| member.required && !fields.iter().any(|(key, _)| key == member.name));
    found.extend(missing.map(|member| (joined(path, member.name), true)));
}

fn joined(path: &str, key: &str) -> String {
    match (key.contains(' '), path.is_empty()) {
        (true, _) => format!("{path}[\"{key}\"]"),
        (false, true) => key.into(),
        (false, false) => format!("{path}.{key}"),
    }
}
