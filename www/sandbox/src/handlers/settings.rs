//! Settings that are only set and read back: a document of defaults, and what was set, which goes over it.

use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::json::json;
use crate::read::parse_own;
use crate::state::Project;
use serde_json::Value;

/// A setting, by its name in the state.
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// What holds as long as nothing was set, as JSON.
    pub(super) defaults: &'static str,
}

pub(super) const STORAGE: Setting = Setting { name: "storage", defaults: include_str!("../defaults/storage.json") };
pub(super) const REALTIME: Setting = Setting { name: "realtime", defaults: include_str!("../defaults/realtime.json") };
pub(super) const POSTGREST: Setting = Setting { name: "postgrest", defaults: include_str!("../defaults/postgrest.json") };
pub(super) const SSL: Setting = Setting { name: "ssl", defaults: r#"{"database":false}"# };

impl Setting {
    pub(super) fn of(&self, project: &Project) -> Value {
        let mut value = parse_own(self.defaults);
        if let Some(set) = project.settings.get(self.name) {
            merge(&mut value, set);
        }
        value
    }

    /// Sets the fields of an object, and leaves all others as they are. `null` is a value: it clears.
    pub(super) fn set(&self, project: &mut Project, change: &Value) {
        merge(project.settings.entry(self.name).or_insert_with(|| json!({})), change);
    }
}

/// Fields of objects are set one by one, at any depth; anything else is replaced.
fn merge(value: &mut Value, change: &Value) {
    match (value, change) {
        (Value::Object(fields), Value::Object(changes)) => {
            for (name, change) in changes {
                merge(fields.entry(name.as_str()).or_insert(Value::Null), change);
            }
        }
        (value, change) => *value = change.clone(),
    }
}

/// Answers a setting.
pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>, setting: &Setting) -> Answer {
    let [reference] = call.path();
    Reply::json(&setting.of(sandbox.account.project(reference)?))
}

/// Sets fields, and answers the setting.
pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>, setting: &Setting) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    setting.set(project, call.body());
    Reply::json(&setting.of(project))
}

/// Sets fields, and answers nothing.
pub(super) fn set(sandbox: &mut Sandbox, call: &Call<'_>, setting: &Setting, status: u16) -> Answer {
    let [reference] = call.path();
    setting.set(sandbox.account.project(reference)?, call.body());
    Ok(Reply::Empty(status))
}

/// The Data API tells its secret beside its settings.
pub(super) fn get_postgrest(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let mut value = POSTGREST.of(sandbox.account.project(reference)?);
    value["jwt_secret"] = super::jwt_secret(reference).into();
    Reply::json(&value)
}

pub(super) fn get_ssl(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&json!({ "currentConfig": SSL.of(sandbox.account.project(reference)?), "appliedSuccessfully": true }))
}

pub(super) fn update_ssl(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    SSL.set(sandbox.account.project(reference)?, &call.body()["requestedConfig"]);
    get_ssl(sandbox, call)
}

/// Ends all connections of Realtime, of which there are none.
pub(super) fn shut_realtime_down(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    sandbox.account.project(reference)?;
    Ok(Reply::Empty(204))
}

/// Buckets: the API only lists them.
pub(super) fn list_buckets(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&json!(sandbox.account.project(reference)?.lists.get("buckets").unwrap_or(&Vec::new())))
}
