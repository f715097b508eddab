//! What the project has, from the answers of either version of the API, by the names that writes have.

use super::model::Answer;
use super::table::Place;
use crate::json::object;
use serde_json::Value;

/// The read that has all sections.
pub(super) const ALL: &str = "v2.projects.getConfig";

/// What an endpoint answered.
fn answer<'a>(answers: &[Answer<'a>], endpoint: &str) -> Option<&'a Value> {
    answers.iter().find(|answer| answer.endpoint == endpoint).and_then(|answer| answer.value)
}

/// A section of the project. None where no answer has it; an empty `auth` is that of a token that must not see it.
pub(super) fn section(place: &Place, answers: &[Answer<'_>]) -> Option<Value> {
    let all = answer(answers, ALL).and_then(|all| of_all(place.name, all.get("data")?.get("attributes")?));
    let own = || answer(answers, place.read).and_then(|own| of_own(place.name, own));
    let empty = |value: &Value| value.as_object().is_none_or(|fields| fields.is_empty() && place.name != "db.settings");
    all.filter(|value| !empty(value)).or_else(|| own().filter(|value| !empty(value)))
}

/// From the answer that has all sections.
fn of_all(name: &str, all: &Value) -> Option<Value> {
    let database = || all.get("database");
    Some(match name {
        "db.settings" => database()?.get("postgres_settings")?.clone(),
        "db.ssl_enforcement" => object!("requestedConfig": object!("database": database()?.get("ssl_enforced")?.clone())),
        "db.network_restrictions" => {
            let networks = database()?.get("network_restrictions")?.get("allowed_cidrs")?.as_array()?;
            let of = |kind: &str| {
                let mut addresses = Vec::new();
                for network in networks {
                    if network["type"] == kind {
                        addresses.push(network["address"].clone());
                    }
                }
                addresses
            };
            object!("dbAllowedCidrs": of("v4"), "dbAllowedCidrsV6": of("v6"))
        }
        _ => all.get(name)?.clone(),
    })
}

/// From the answer that has this section alone.
fn of_own(name: &str, own: &Value) -> Option<Value> {
    Some(match name {
        "db.ssl_enforcement" => object!("requestedConfig": own.get("currentConfig")?.clone()),
        "db.network_restrictions" => own.get("config")?.clone(),
        _ => own.clone(),
    })
}
