//! The options of a plan, checked: each that is not known, or is of another kind, is a fault.

use crate::fault::Fault;
use crate::json::{fields, items, kind, text};
use crate::paths;
use crate::plan::Part;
use serde_json::Value;

/// What each option must be.
const OPTIONS: [(&str, Kind); 10] = [
    ("ref", Kind::Text),
    ("dir", Kind::Text),
    ("config", Kind::Object),
    ("only", Kind::Parts),
    ("prune", Kind::Parts),
    ("secrets", Kind::Texts),
    ("env", Kind::Texts),
    ("project", Kind::Object),
    ("includeAll", Kind::YesOrNo),
    ("remembered", Kind::Object),
];

#[derive(Clone, Copy)]
enum Kind {
    Text,
    YesOrNo,
    Object,
    /// An object of texts.
    Texts,
    /// A list of names of parts.
    Parts,
}

/// Checks all options, and gives the folder `supabase`.
pub(crate) fn check(desired: &Value) -> Result<String, Box<Fault>> {
    for (name, value) in fields(Some(desired)) {
        if value.is_null() {
            continue;
        }
        let at = format!("options.{name}");
        let Some((_, expected)) = OPTIONS.iter().find(|(known, _)| known == name) else {
            return Err(Fault::of(at, "ref, dir, files, config, only, prune, secrets, env, project, includeAll or remembered", "an unknown option"));
        };
        check_one(*expected, value, &at)?;
    }
    if let Some(reference) = desired["ref"].as_str()
        && (reference.len() != 20 || !reference.bytes().all(|byte| byte.is_ascii_lowercase()))
    {
        return Err(Fault::of("ref", "the reference of a project, 20 lowercase letters", "another text"));
    }
    for part in desired.get("prune").map_or(&[][..], items) {
        if part != "secrets" && part != "functions" {
            return Err(Fault::of("options.prune", "secrets or functions", "another part, of which nothing is ever removed"));
        }
    }
    let directory = desired.get("dir").map_or("supabase", |_| text(desired, "dir"));
    paths::clean(directory).ok_or_else(|| Fault::of("options.dir", "a folder of the project", "one outside of it"))
}

fn check_one(expected: Kind, value: &Value, at: &str) -> Result<(), Box<Fault>> {
    let (fits, words) = match expected {
        Kind::Text => (value.is_string(), "string"),
        Kind::YesOrNo => (value.is_boolean(), "boolean"),
        Kind::Object | Kind::Texts => (value.is_object(), "object"),
        Kind::Parts => (value.is_array(), "array"),
    };
    if !fits {
        return Err(Fault::of(at, words, kind(value)));
    }
    if let Kind::Texts = expected {
        for (name, value) in fields(Some(value)) {
            if !value.is_string() {
                return Err(Fault::of(format!("{at}.{name}"), "string", kind(value)));
            }
        }
    }
    if let Kind::Parts = expected {
        for (index, part) in items(value).iter().enumerate() {
            if part.as_str().and_then(Part::from_name).is_none() {
                return Err(Fault::of(format!("{at}[{index}]"), "project, secrets, migrations, config or functions", "something else"));
            }
        }
    }
    Ok(())
}
