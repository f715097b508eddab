//! Who can reach the database: banned addresses, allowed networks.

use super::database::texts;
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{array, gather, json};
use crate::state::Project;
use crate::time::iso;
use serde_json::Value;
use std::net::IpAddr;

pub(super) fn list_bans(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    Reply::json(&json!({ "banned_ipv4_addresses": sandbox.account.project(reference)?.banned }))
}

pub(super) fn list_enriched_bans(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let ban = |address: &String| json!({ "banned_address": address, "identifier": reference, "type": "database" });
    Reply::json(&json!({ "banned_ipv4_addresses": array(sandbox.account.project(reference)?.banned.iter().map(ban)) }))
}

pub(super) fn delete_bans(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let unbanned = texts(&call.body()["ipv4_addresses"]);
    sandbox.account.project(reference)?.banned.retain(|address| !unbanned.contains(address));
    Ok(Reply::Nothing)
}

/// The two lists of networks, by their names in the API.
const LISTS: [&str; 2] = ["dbAllowedCidrs", "dbAllowedCidrsV6"];
const SETTING: &str = "network_restrictions";

/// What is allowed: everything, as long as nobody said otherwise.
fn allowed(project: &Project) -> Value {
    let set = project.settings.get(SETTING).map(|set| set["config"].clone());
    set.unwrap_or_else(|| json!({ "dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": [] }))
}

/// Whether any address is let in.
pub(super) fn is_open(project: &Project) -> bool {
    let config = allowed(project);
    LISTS.iter().flat_map(|name| texts(&config[*name])).any(|network| network.ends_with("/0"))
}

fn is_network(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

fn allow(project: &mut Project, config: &Value, now: i64) -> Result<(), Refusal> {
    for name in LISTS {
        if let Some(at) = texts(&config[name]).iter().position(|network| !is_network(network)) {
            return Err(Refusal::invalid(&format!("{name}[{at}]"), "a network such as 203.0.113.0/24"));
        }
    }
    project.settings.insert(SETTING.into(), json!({ "config": config, "applied_at": iso(now) }));
    Ok(())
}

pub(super) fn get_restrictions(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let mut answer = restrictions(project);
    if let Some(set) = project.settings.get(SETTING) {
        answer["applied_at"] = set["applied_at"].clone();
    }
    Reply::json(&answer)
}

fn restrictions(project: &Project) -> Value {
    json!({ "entitlement": "allowed", "config": allowed(project), "status": "applied" })
}

/// Replaces both lists. One that is not given becomes empty.
pub(super) fn apply_restrictions(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let config = json!({ (LISTS[0]): texts(&call.body()[LISTS[0]]), (LISTS[1]): texts(&call.body()[LISTS[1]]) });
    let project = sandbox.account.project(reference)?;
    allow(project, &config, call.now)?;
    Reply::json(&restrictions(project))
}

/// Both lists in one, as some answers have them.
pub(super) fn together(config: &Value) -> Vec<Value> {
    let of = |name: &str, kind: &str| gather(texts(&config[name]).into_iter().map(|address| json!({ "address": address, "type": kind })));
    [of(LISTS[0], "v4"), of(LISTS[1], "v6")].concat()
}

/// What version 2 tells of the restrictions.
pub(super) fn of_v2(project: &Project) -> Value {
    let mut answer = json!({ "entitlement": "allowed", "status": "applied", "allowed_cidrs": together(&allowed(project)) });
    if let Some(set) = project.settings.get(SETTING) {
        answer["applied_at"] = set["applied_at"].clone();
        answer["updated_at"] = set["applied_at"].clone();
    }
    answer
}

/// Adds to the lists and takes away from them. The answer has both in one.
pub(super) fn update_restrictions(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    let old = allowed(project);
    let mut config = old.clone();
    for name in LISTS {
        let (added, removed) = (texts(&call.body()["add"][name]), texts(&call.body()["remove"][name]));
        let mut networks = texts(&old[name]);
        networks.extend(added);
        networks.retain(|network| !removed.contains(network));
        let mut seen = Vec::new();
        networks.retain(|network| {
            !seen.contains(network) && {
                seen.push(network.clone());
                true
            }
        });
        config[name] = json!(networks);
    }
    allow(project, &config, call.now)?;
    Reply::json(&json!({
        "entitlement": "allowed",
        "config": { "dbAllowedCidrs": together(&config) },
        "old_config": { "dbAllowedCidrs": together(&old) },
        "updated_at": iso(call.now),
        "status": "stored",
    }))
}
