//! Objects with an `id` that are listed, read and deleted, whatever they are.

use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::json;
use crate::state::{Document, Project};
use serde_json::Value;

/// A list of a project, by its name in the state.
pub(super) struct List {
    pub(super) name: &'static str,
    /// What is said of an object that is not there.
    pub(super) missing: &'static str,
    /// The field that holds the list in an answer; empty where the answer is the list.
    pub(super) inside: &'static str,
}

impl List {
    /// An object by its id.
    pub(super) fn find<'p>(&self, project: &'p mut Project, id: &str) -> Result<&'p mut Document, Refusal> {
        find(project.list(self.name), id, self.missing)
    }

    /// Takes an object out by its id.
    pub(super) fn take(&self, project: &mut Project, id: &str) -> Result<Document, Refusal> {
        self.find(project, id)?;
        let list = project.list(self.name);
        let at = list.iter().position(|object| object["id"] == id).unwrap_or_default();
        Ok(list.remove(at))
    }

    /// Adds an object, and answers it.
    pub(super) fn add(&self, project: &mut Project, object: Value) -> Answer {
        let reply = Reply::json(&object);
        project.list(self.name).push(document(object));
        reply
    }
}

/// An object by its id.
pub(super) fn find<'l>(list: &'l mut [Document], id: &str, missing: &str) -> Result<&'l mut Document, Refusal> {
    list.iter_mut().find(|object| object["id"] == id).ok_or_else(|| Refusal::new(404, missing))
}

/// What `json!({ … })` made.
pub(crate) fn document(value: Value) -> Document {
    match value {
        Value::Object(fields) => fields,
        _ => Document::new(),
    }
}

/// Sets those of some fields that are given.
pub(super) fn set(object: &mut Document, given: &Value, names: &[&str]) {
    for name in names {
        if let Some(value) = given.get(*name) {
            object.insert((*name).into(), value.clone());
        }
    }
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>, list: &List) -> Answer {
    let [reference] = call.path();
    let objects = json!(sandbox.account.project(reference)?.lists.get(list.name).unwrap_or(&Vec::new()));
    if list.inside.is_empty() { Reply::json(&objects) } else { Reply::json(&json!({ (list.inside): objects })) }
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>, list: &List) -> Answer {
    let [reference, id] = call.path();
    Reply::json(&json!(list.find(sandbox.account.project(reference)?, id)?))
}

/// Deletes an object, and answers what it was.
pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>, list: &List) -> Answer {
    let [reference, id] = call.path();
    Reply::json(&json!(list.take(sandbox.account.project(reference)?, id)?))
}
