//! Add-ons of a project and what they cost.

use super::projects::{COMPUTE, work};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::{gather, json};
use crate::read::parse_own;
use crate::state::Project;
use serde_json::Value;
use supabase_management_wasm::api::projects::ProjectStatus;

/// A line for each variant: type and its name, variant and its name, price in words, amount, interval, and what else there is to know.
const VARIANTS: &str = include_str!("../defaults/addons.txt");

/// What the machine of a project has, in the order of the table.
const MACHINE: [&str; 7] =
    ["cpu_cores", "cpu_dedicated", "memory_gb", "baseline_disk_io_mbs", "max_disk_io_mbs", "connections_direct", "connections_pooler"];

/// The machine of a project that has chosen none.
const USUAL: &str = "ci_micro";

/// Type, its name, and the variant as it is answered.
fn variants() -> impl Iterator<Item = (&'static str, &'static str, Value)> {
    VARIANTS.lines().filter_map(|line| {
        let columns: Vec<&str> = gather(line.split('|'));
        let [kind, kind_name, id, name, description, amount, interval, more] = columns[..] else { return None };
        let price = json!({
            "description": description,
            "type": if interval == "hourly" { "usage" } else { "fixed" },
            "interval": interval,
            "amount": parse_own(amount),
        });
        let mut variant = json!({ "id": id, "name": name, "price": price });
        match kind {
            "compute_instance" => {
                for (name, value) in MACHINE.iter().zip(more.split(' ')) {
                    variant["meta"][*name] = if *name == "cpu_dedicated" { (value == "dedicated").into() } else { parse_own(value) };
                }
            }
            "pitr" => variant["meta"] = json!({ "backup_duration_days": more.parse::<u32>().unwrap_or(0) }),
            _ => {}
        }
        Some((kind, kind_name, variant))
    })
}

/// The type of a variant.
fn kind_of(id: &str) -> Option<&'static str> {
    variants().find(|(.., variant)| variant["id"] == id).map(|(kind, ..)| kind)
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let project = sandbox.account.project(reference)?;
    // Every project has a machine.
    let usual = if project.has_addon(COMPUTE) { None } else { Some(USUAL) };
    let chosen = |id: &Value| usual.into_iter().chain(project.addons.iter().map(String::as_str)).any(|chosen| chosen == id);
    let (mut selected, mut available): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for (kind, name, variant) in variants() {
        if chosen(&variant["id"]) {
            selected.push(json!({ "type": kind, "variant": variant }));
        }
        match available.last_mut().filter(|addon| addon["type"] == kind).and_then(|addon| addon["variants"].as_array_mut()) {
            Some(variants) => variants.push(variant),
            None => available.push(json!({ "type": kind, "name": name, "variants": [variant] })),
        }
    }
    Reply::json(&json!({ "selected_addons": selected, "available_addons": available }))
}

/// What the machine of a project has.
pub(super) fn machine(project: &Project) -> Value {
    let chosen = project.addons.iter().find(|variant| variant.starts_with(COMPUTE)).map_or(USUAL, String::as_str);
    variants().find(|(.., variant)| variant["id"] == chosen).map(|(.., variant)| variant["meta"].clone()).unwrap_or_default()
}

/// Takes out the variants of a type.
fn drop_kind(project: &mut Project, kind: &str) {
    project.addons.retain(|chosen| kind_of(chosen) != Some(kind));
}

/// A new machine needs a restart.
fn restart_for(sandbox: &mut Sandbox, call: &Call<'_>, kind: &str) -> Result<(), Refusal> {
    let [reference, ..] = call.path::<2>();
    if kind == "compute_instance" { work(sandbox, reference, call.now, ProjectStatus::Resizing) } else { Ok(()) }
}

pub(super) fn apply(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let (id, kind) = (call.text("addon_variant").unwrap_or_default(), call.text("addon_type").unwrap_or_default());
    sandbox.account.project(reference)?;
    if kind_of(id) != Some(kind) {
        return Err(Refusal::new(400, format!("addon_variant: {id} is no variant of {kind}")));
    }
    restart_for(sandbox, call, kind)?;
    let project = sandbox.account.project(reference)?;
    drop_kind(project, kind);
    project.addons.push(id.into());
    Ok(Reply::Nothing)
}

pub(super) fn remove(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, id] = call.path();
    let project = sandbox.account.project(reference)?;
    if !project.addons.iter().any(|chosen| chosen == id) {
        return Err(Refusal::new(404, "Add-on not found"));
    }
    restart_for(sandbox, call, kind_of(id).unwrap_or_default())?;
    sandbox.account.project(reference)?.addons.retain(|chosen| chosen != id);
    Ok(Reply::Nothing)
}
