//! The project itself: found by its name, or created.

use crate::fault::Fault;
use crate::json::{fields, items, object, string, text, text_in, texts};
use crate::plan::{Action, Draft, Part, Read};
use serde_json::{Map, Value};

/// What must be waited for where nothing else is said: what the other parts talk to.
const SERVICES: [&str; 4] = ["auth", "db", "rest", "storage"];

/// The read of all projects.
pub(crate) fn read() -> Read {
    Read { key: "projects".into(), endpoint: "projects.list", arguments: Vec::new(), tolerated: &[] }
}

/// The project that is meant: that of `ref`, or the one that has the name of `project`.
pub(crate) fn find<'v>(desired: &Value, list: &'v Value) -> Result<Option<&'v Value>, Box<Fault>> {
    if let Some(reference) = desired["ref"].as_str() {
        return Ok(items(list).iter().find(|project| text(project, "ref") == reference));
    }
    let project = &desired["project"];
    let name = text_in(project, "project", "name")?.ok_or_else(|| Fault::of("project.name", "string", "nothing"))?;
    let organization = text_in(project, "project", "organization_slug")?;
    let mut found = None;
    for project in items(list) {
        let there = [text(project, "organization_slug"), text(project, "organization_id")];
        if text(project, "name") != name || organization.is_some_and(|slug| !there.contains(&slug)) {
            continue;
        }
        if found.is_some() {
            return Err(Fault::of("project.name", "a name that one project has", "one of several; give its reference"));
        }
        found = Some(project);
    }
    Ok(found)
}

/// Adds what creates a project, or waits until it is up. Its keys that are no fields of the API are ours: `services`.
pub(crate) fn ensure(desired: &Value, found: Option<&Value>, out: &mut Draft) -> Result<(), Box<Fault>> {
    let first = out.changes.len();
    let name = text(desired, "name");
    let services = match desired.get("services") {
        None => texts(&SERVICES),
        Some(list @ Value::Array(_)) => list.clone(),
        Some(other) => return Err(Fault::of("project.services", "array", crate::json::kind(other))),
    };
    match found {
        Some(project) if text(project, "status") == "ACTIVE_HEALTHY" => out.unchanged += 1,
        Some(project) => {
            let detail = format!("wait until it is healthy, now {}", text(project, "status"));
            out.change(Part::Project, Action::Update, name, detail);
        }
        None => {
            let mut body = Map::new();
            for (name, value) in fields(Some(desired)) {
                if name != "services" {
                    body.insert(name.clone(), value.clone());
                }
            }
            let body = Value::Object(body);
            for field in ["organization_slug", "db_pass"] {
                if text(&body, field).is_empty() {
                    return Err(Fault::of(format!("project.{field}"), "string, as the project does not exist yet", "nothing"));
                }
            }
            out.change(Part::Project, Action::Create, name, String::new());
            out.request("projects.create", Part::Project, format!("create {name}"), vec![body], 0..0);
        }
    }
    if out.changes.len() > first {
        let reference = found.map_or(Value::Null, |project| string(text(project, "ref")));
        let options = object!("services": services);
        let title = format!("wait until {name} is healthy");
        out.request("projects.waitUntilHealthy", Part::Project, title, vec![reference, options], first..out.changes.len());
    }
    Ok(())
}
