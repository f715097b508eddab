//! Webhooks of organizations and of projects: endpoints, and what is delivered to them. See [`super::events`] for what they are told.

use super::super::lists::{document, find, set};
use super::super::organizations::USER_ID;
use super::events::{About, event, note};
use super::pages::by_offset;
use super::{attributes, data, kept};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal};
use crate::json::{array, gather, json};
use crate::state::{Account, Document, Lists};
use crate::time::iso;
use serde_json::Value;

/// What has webhooks.
pub(super) struct Owner {
    lists: for<'a> fn(&'a mut Account, &str) -> Result<&'a mut Lists, Refusal>,
    /// The slug of its organization, and its reference if it is a project.
    about: fn(&mut Account, &str) -> Result<About, Refusal>,
    path: &'static str,
}

pub(super) const ORGANIZATION: Owner = Owner {
    lists: |account, slug| Ok(&mut account.organization_mut(slug)?.lists),
    about: |_, slug| Ok((slug.into(), None)),
    path: "/v2/organizations",
};

pub(super) const PROJECT: Owner = Owner {
    lists: |account, reference| Ok(&mut account.project(reference)?.lists),
    about: |account, reference| Ok((account.project(reference)?.organization_slug.clone(), Some(reference.into()))),
    path: "/v2/projects",
};

/// The names of the two lists.
pub(super) const ENDPOINTS: &str = "webhooks";
pub(super) const DELIVERIES: &str = "webhook_deliveries";

const NO_ENDPOINT: &str = "Webhook endpoint not found";
const NO_DELIVERY: &str = "Webhook delivery not found";

/// What can be set.
const SETTABLE: &[&str] = &["url", "event_types", "signing_secret", "enabled", "description", "custom_headers"];

/// A resource that has its id among its attributes as well.
fn twice(kind: &str, object: &Document, hidden: &[&str]) -> Value {
    let mut resource = kept(kind, object, hidden);
    resource["attributes"]["id"] = object["id"].clone();
    resource
}

fn endpoint(object: &Document) -> Value {
    twice("endpoint", object, &["signing_secret"])
}

fn delivery(object: &Document) -> Value {
    twice("delivery", object, &["endpoint_id", "is_taken"])
}

fn list_of<'l>(lists: &'l mut Lists, name: &str) -> &'l mut Vec<Document> {
    lists.of(name)
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of] = call.path();
    let all: Vec<Value> = gather(list_of((owner.lists)(&mut sandbox.account, of)?, ENDPOINTS).iter().map(endpoint));
    by_offset(call, &format!("{}/{of}/webhooks/endpoints", owner.path), &all)
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let lists = (owner.lists)(account, of)?;
    let mut new = document(json!({
        "id": random.uuid(),
        "enabled": true,
        "description": null,
        "custom_headers": null,
        "created_by": USER_ID,
        "created_at": iso(call.now),
    }));
    set(&mut new, attributes(call), SETTABLE);
    let made = endpoint(&new);
    list_of(lists, ENDPOINTS).push(new);
    data(made)
}

pub(super) fn delete_all(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of] = call.path();
    let gone = (owner.lists)(&mut sandbox.account, of)?.remove(ENDPOINTS).unwrap_or_default();
    data(array(gone.iter().map(endpoint)))
}

pub(super) fn get(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    data(endpoint(find(list_of((owner.lists)(&mut sandbox.account, of)?, ENDPOINTS), id, NO_ENDPOINT)?))
}

pub(super) fn update(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    let changed = find(list_of((owner.lists)(&mut sandbox.account, of)?, ENDPOINTS), id, NO_ENDPOINT)?;
    set(changed, attributes(call), SETTABLE);
    data(endpoint(changed))
}

pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    let all = list_of((owner.lists)(&mut sandbox.account, of)?, ENDPOINTS);
    let gone = endpoint(find(all, id, NO_ENDPOINT)?);
    all.retain(|endpoint| endpoint["id"] != id);
    data(gone)
}

/// Newest first.
pub(super) fn list_deliveries(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    let lists = (owner.lists)(&mut sandbox.account, of)?;
    find(list_of(lists, ENDPOINTS), id, NO_ENDPOINT)?;
    let own = list_of(lists, DELIVERIES).iter().rev().filter(|delivery| delivery["endpoint_id"] == id);
    let all: Vec<Value> = gather(own.map(delivery));
    by_offset(call, &format!("{}/{of}/webhooks/endpoints/{id}/deliveries", owner.path), &all)
}

pub(super) fn get_delivery(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    data(delivery(find(list_of((owner.lists)(&mut sandbox.account, of)?, DELIVERIES), id, NO_DELIVERY)?))
}

/// Tells an endpoint of the first kind of event that it wants.
pub(super) fn test(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let (slug, reference) = (owner.about)(account, of)?;
    let lists = (owner.lists)(account, of)?;
    let endpoint = find(list_of(lists, ENDPOINTS), id, NO_ENDPOINT)?.clone();
    let wanted = endpoint["event_types"][0]["type"].as_str().filter(|kind| *kind != "*").unwrap_or("v1.project.created");
    let (event, event_id) = (event(wanted, &slug, reference.as_deref(), call.now), random.uuid());
    data(delivery(&note(lists, random, &endpoint, &event_id, &event, call.now)))
}

/// Delivers an event once more.
pub(super) fn retry(sandbox: &mut Sandbox, call: &Call<'_>, owner: &Owner) -> Answer {
    let [of, id] = call.path();
    let Sandbox { account, random, .. } = sandbox;
    let lists = (owner.lists)(account, of)?;
    let before = find(list_of(lists, DELIVERIES), id, NO_DELIVERY)?.clone();
    let text = |name: &str| before[name].as_str().unwrap_or_default();
    let endpoint = find(list_of(lists, ENDPOINTS), text("endpoint_id"), NO_ENDPOINT)?.clone();
    data(delivery(&note(lists, random, &endpoint, text("event_id"), &before["event"], call.now)))
}
