//! What webhooks are told, and how it reaches them. The sandbox has no network: whoever hosts it delivers, if anybody does.

use super::super::Handler;
use super::super::lists::document;
use super::webhooks::{DELIVERIES, ENDPOINTS};
use crate::Sandbox;
use crate::call::{Answer, Call, Reply};
use crate::digest::{base64, from_base64, hmac};
use crate::json::{gather, json, object, text};
use crate::random::Random;
use crate::state::{Account, Document, Lists, REMEMBERED, push_bounded};
use crate::time::iso;
use serde_json::Value;
use std::fmt;

/// The endpoints whose success is an event.
#[rustfmt::skip]
const EVENTS: &[(&str, &str)] = &[
    ("projects.create", "v1.project.created"),
    ("projects.delete", "v1.project.removed"),
    ("projects.pause", "v1.project.paused"),
    ("projects.restore", "v1.project.restored"),
    ("projects.restart", "v1.project.restarted"),
    ("organizations.claimProject", "v1.project.transferred"),
    ("v2.projects.transfer", "v1.project.transferred"),
    ("backups.createRestorePoint", "v1.project.backup.started"),
    ("branches.create", "v1.project.branch.created"),
    ("v2.branches.create", "v1.project.branch.created"),
    ("branches.update", "v1.project.branch.updated"),
    ("branches.delete", "v1.project.branch.removed"),
    ("v2.organizations.createInvitations", "v1.organization.member.invitation.created"),
    ("v2.organizations.deleteInvitations", "v1.organization.member.invitation.canceled"),
    ("v2.organizations.assignMemberRole", "v1.organization.member.role.updated"),
];

const STATUS_CHANGED: &str = "v1.project.status.changed";

/// The slug of an organization, and the reference of a project of it.
pub(super) type About = (String, Option<String>);

/// What the first value of a path leads to. A branch is an affair of its project.
fn about(account: &mut Account, id: &str) -> Option<About> {
    let branch = account.branches.iter().find(|branch| branch.id == id || branch.project_ref == id);
    let id = branch.map_or_else(|| id.to_owned(), |branch| branch.parent_project_ref.clone());
    match account.project(&id) {
        Ok(project) => Some((project.organization_slug.clone(), Some(id))),
        Err(_) => account.organization(&id).is_ok().then_some((id, None)),
    }
}

/// What an answer tells of a project that was not there before.
fn created(answer: &Reply) -> Option<About> {
    let Reply::Json(text) = answer else { return None };
    let made = crate::read::parse(text).ok()?;
    Some((made["organization_slug"].as_str()?.into(), Some(made["ref"].as_str()?.into())))
}

/// Does what a call asks for, and tells the webhooks of it.
pub(crate) fn run(sandbox: &mut Sandbox, id: &str, handler: Handler, call: &Call<'_>) -> Answer {
    let account = &sandbox.account;
    let has_webhooks = |lists: &Lists| lists.contains_key(ENDPOINTS);
    let is_heard = account.organizations.iter().map(|one| &one.lists).chain(account.projects.iter().map(|one| &one.lists)).any(has_webhooks);
    if !is_heard {
        return handler(sandbox, call);
    }
    let [first, second] = call.path();
    // The project of a claim is behind its token.
    let claimed = sandbox.account.projects.iter().find(|project| project.claim.as_ref().is_some_and(|claim| claim.token == second));
    let first = claimed.map_or_else(|| first.to_owned(), |project| project.r#ref.clone());
    let before = about(&mut sandbox.account, &first);
    let status_before = status(sandbox, &before, call.now);
    let answer = handler(sandbox, call)?;
    let about = before.or_else(|| created(&answer));
    if let Some((_, event)) = EVENTS.iter().find(|(known, _)| *known == id) {
        tell(sandbox, event, about.as_ref(), call.now);
    }
    let status_after = status(sandbox, &about, call.now);
    if status_before.is_some() && status_after.is_some() && status_before != status_after {
        tell(sandbox, STATUS_CHANGED, about.as_ref(), call.now);
    }
    Ok(answer)
}

fn status(sandbox: &mut Sandbox, about: &Option<About>, now: i64) -> Option<String> {
    let reference = about.as_ref()?.1.as_deref()?;
    Some(sandbox.account.project(reference).ok()?.status_at(now).as_str().to_owned())
}

/// Tells of the statuses whose time has come.
pub(crate) fn settle(sandbox: &mut Sandbox, now: i64) {
    let account = &mut sandbox.account;
    let mut changed = Vec::new();
    for project in &mut account.projects {
        let organization = account.organizations.iter().find(|organization| organization.slug == project.organization_slug);
        let is_heard =
            [Some(&project.lists), organization.map(|organization| &organization.lists)].iter().flatten().any(|lists| lists.contains_key(ENDPOINTS));
        if let Some(change) = project.change.take_if(|change| is_heard && change.at <= now) {
            project.status = change.status;
            changed.push(((project.organization_slug.clone(), Some(project.r#ref.clone())), change.at));
        }
    }
    for (about, at) in changed {
        tell(sandbox, STATUS_CHANGED, Some(&about), at);
    }
}

/// An event.
pub(super) fn event(kind: &str, slug: &str, reference: Option<&str>, now: i64) -> Value {
    json!({ "type": kind, "timestamp": iso(now), "payload": { "organization_slug": slug, "project_ref": reference } })
}

/// Tells the endpoints of a project and of its organization that want to know.
fn tell(sandbox: &mut Sandbox, kind: &str, about: Option<&About>, now: i64) {
    let Some((slug, reference)) = about else { return };
    let mut event = event(kind, slug, reference.as_deref(), now);
    if let Some(status) = status(sandbox, &about.cloned(), now) {
        event["payload"]["status"] = status.into();
    }
    let Sandbox { account, random, .. } = sandbox;
    let event_id = random.uuid();
    let of_project = account.projects.iter_mut().filter(|project| Some(&project.r#ref) == reference.as_ref()).map(|project| &mut project.lists);
    let of_organization = account.organizations.iter_mut().filter(|one| one.slug == *slug).map(|one| &mut one.lists);
    for lists in of_project.chain(of_organization) {
        let wants = |endpoint: &&Document| {
            endpoint["event_types"].as_array().into_iter().flatten().any(|wanted| wanted["type"] == kind || wanted["type"] == "*")
        };
        for endpoint in gather(lists.get(ENDPOINTS).into_iter().flatten().filter(wants).cloned()) {
            note(lists, random, &endpoint, &event_id, &event, now);
        }
    }
}

/// Writes down what is to be delivered to an endpoint.
pub(super) fn note(lists: &mut Lists, random: &mut Random, endpoint: &Document, event_id: &str, event: &Value, now: i64) -> Document {
    let delivery = document(json!({
        "id": random.uuid(),
        "endpoint_id": endpoint["id"],
        "event_id": event_id,
        "status": if endpoint["enabled"] == true { "pending" } else { "skipped" },
        "attempt_timestamp": iso(now),
        "response_code": 0,
        "response_headers": null,
        "response_body": null,
        "event": event,
    }));
    push_bounded(lists.of(DELIVERIES), delivery.clone(), REMEMBERED);
    delivery
}

// ---- what the host does

/// What is to be delivered to an endpoint: a POST of JSON, signed as Standard Webhooks says.
///
/// Its headers may hold secrets, so its `Debug` tells only which one it is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// Identifier of the delivery, a UUID.
    pub id: String,
    /// Where to send it.
    pub url: String,
    /// Names in lower case, and values: those of the endpoint, `content-type`, and the three of Standard Webhooks.
    pub headers: Vec<(String, String)>,
    /// The event, as JSON.
    pub body: String,
}

impl fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Delivery({})", self.id)
    }
}

/// The signature of a delivery. A secret that begins with `whsec_` is a key in base64.
fn signature(secret: &str, signed: &str) -> String {
    let decoded = secret.strip_prefix("whsec_").and_then(from_base64);
    let key = decoded.unwrap_or_else(|| secret.as_bytes().to_vec());
    format!("v1,{}", base64(&hmac(&key, signed.as_bytes())))
}

impl Account {
    fn deliveries(&mut self) -> impl Iterator<Item = &mut Lists> {
        self.organizations.iter_mut().map(|one| &mut one.lists).chain(self.projects.iter_mut().map(|one| &mut one.lists))
    }
}

impl Sandbox {
    /// Gives what is to be delivered to a webhook next, each delivery once: send it, and tell [`Sandbox::delivered`] what came back. Without a host that
    /// does so, deliveries stay `pending`.
    ///
    /// ```
    /// use supabase_management_sandbox::{Options, Request, Sandbox};
    ///
    /// let mut sandbox = Sandbox::new(&Options::default(), 0).unwrap();
    /// let body = br#"{"data":{"type":"endpoint","attributes":{"url":"https://hooks.example","event_types":[{"type":"*"}],"signing_secret":"12345678"}}}"#;
    /// let [authorization, content_type] = ["Bearer sbp_any", "application/json"].map(Some);
    /// let target = "/v2/projects/hqvkzumdtlrwaxbeogcy/webhooks/endpoints";
    /// sandbox.handle(&Request { method: "POST", target, authorization, content_type, body, ..Request::default() }, 0);
    /// sandbox.handle(&Request { method: "POST", target: "/v1/projects/hqvkzumdtlrwaxbeogcy/pause", authorization, ..Request::default() }, 0);
    ///
    /// let delivery = sandbox.next_delivery(0).unwrap();
    /// assert!(delivery.body.contains("v1.project.paused"));
    /// sandbox.delivered(&delivery.id, 200, &[], "ok", 0);
    /// ```
    pub fn next_delivery(&mut self, now_ms: i64) -> Option<Delivery> {
        for lists in self.account.deliveries() {
            let endpoints = lists.get(ENDPOINTS).cloned().unwrap_or_default();
            for delivery in lists.get_mut(DELIVERIES).into_iter().flatten() {
                if delivery["status"] != "pending" || delivery.contains_key("is_taken") {
                    continue;
                }
                let Some(endpoint) = endpoints.iter().find(|endpoint| endpoint["id"] == delivery["endpoint_id"]) else { continue };
                delivery.insert("is_taken".into(), true.into());
                let id = delivery["id"].as_str().unwrap_or_default().to_owned();
                let (body, seconds) = (text(&delivery["event"]), (now_ms / 1000).to_string());
                let signature = signature(endpoint["signing_secret"].as_str().unwrap_or_default(), &format!("{id}.{seconds}.{body}"));
                let own = endpoint["custom_headers"].as_object().into_iter().flatten();
                let mut headers: Vec<_> = gather(own.map(|(name, value)| (name.to_ascii_lowercase(), value.as_str().unwrap_or_default().to_owned())));
                let standard =
                    [("content-type", "application/json"), ("webhook-id", &id), ("webhook-timestamp", &seconds), ("webhook-signature", &signature)];
                headers.extend(standard.map(|(name, value)| (name.to_owned(), value.to_owned())));
                return Some(Delivery { id, url: endpoint["url"].as_str().unwrap_or_default().into(), headers, body });
            }
        }
        None
    }

    /// Takes what an endpoint answered to a delivery: status, headers and body. A status of 0 stands for no answer. One that is not known is ignored.
    pub fn delivered(&mut self, id: &str, status: u16, headers: &[(String, String)], body: &str, now_ms: i64) {
        let all = self.account.deliveries().filter_map(|lists| lists.get_mut(DELIVERIES)).flatten();
        for delivery in all.filter(|delivery| delivery["id"] == id) {
            let headers = object(headers.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))));
            delivery.insert("status".into(), if status / 100 == 2 { "success" } else { "failure" }.into());
            delivery.insert("attempt_timestamp".into(), iso(now_ms).into());
            delivery.insert("response_code".into(), status.into());
            delivery.insert("response_headers".into(), if status == 0 { Value::Null } else { headers });
            delivery.insert("response_body".into(), if status == 0 { Value::Null } else { body.into() });
        }
    }
}
