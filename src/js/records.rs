//! What is handed to JavaScript as plain objects.

use crate::api::endpoints;
use crate::flows::upload::UPLOAD;
use crate::hooks;
use crate::schema::endpoint::{Answer, Body, Endpoint, Paging};
use crate::transport::rate_limit::BucketState;
use serde::Serialize;
use supabase_management_wasm_macros::record;
use wasm_bindgen::prelude::*;

/// A record as a plain JavaScript object. Records have no form that could fail.
pub(super) fn to_js(record: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(record).unwrap_or_default()
}

/// What JavaScript makes a method of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EndpointRecord {
    /// `projects.get`.
    id: &'static str,
    /// Method and path, with placeholders.
    route: String,
    /// How many path values it takes.
    path_values: usize,
    body: BodyRecord,
    has_query: bool,
    /// Whether it builds an address and calls nothing.
    builds_url: bool,
    has_pages: bool,
}

/// How JavaScript prepares a body.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum BodyRecord {
    None,
    Bytes,
    Json,
    JsonOrBytes,
    Multipart,
}

/// The endpoints, in the order of their numbers.
#[cfg_attr(not(wasm_pack), wasm_bindgen)]
pub fn table() -> JsValue {
    let record = |endpoint: &Endpoint| EndpointRecord {
        id: endpoint.id,
        route: endpoint.verb_and_route(),
        path_values: endpoint.placeholders.len(),
        body: match endpoint.body {
            Body::None | Body::Free => BodyRecord::None,
            Body::Json(_) | Body::Form(_) => BodyRecord::Json,
            Body::JsonOrEszip(_) => BodyRecord::JsonOrBytes,
            Body::Multipart(_) => BodyRecord::Multipart,
        },
        has_query: endpoint.query.is_some(),
        builds_url: matches!(endpoint.answer, Answer::Url),
        has_pages: endpoint.paging != Paging::None,
    };
    // Made like the others, though it is two requests.
    let upload = EndpointRecord { path_values: 2, body: BodyRecord::Bytes, ..record(&UPLOAD) };
    to_js(&endpoints().iter().map(record).chain([upload]).collect::<Vec<_>>())
}

/// The row of a number of the table; the one of `client.request` where there is no number.
pub(super) fn row(number: Option<usize>) -> &'static Endpoint {
    number.map_or(Endpoint::UNLISTED, |number| endpoints().get(number).unwrap_or(&UPLOAD))
}

/// What is known of the rate limit of an endpoint, for one project, branch or organization.
#[record]
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RateLimitState {
    /// The endpoint: `projects.get`; `request` for one that the client does not know.
    endpoint: &'static str,
    /// Ref of the project or branch, or slug of the organization; undefined for calls that count against the user.
    subject: Option<String>,
    /// Calls per window, as the last answer said.
    limit: Option<u32>,
    /// Calls left in this window, less those under way.
    remaining: Option<u32>,
    /// Seconds until the window ends; up to one more than the header said, which is rounded.
    reset_seconds: Option<u32>,
    /// Calls under way.
    running: u32,
    /// Calls that wait.
    waiting: u32,
}

impl From<BucketState> for RateLimitState {
    fn from(state: BucketState) -> Self {
        let BucketState { endpoint, subject, limit, remaining, reset_seconds, running, waiting } = state;
        let subject = Some(subject).filter(|subject| !subject.is_empty());
        RateLimitState { endpoint, subject, limit, remaining, reset_seconds, running, waiting }
    }
}

/// Something in an answer that the description does not allow.
#[record]
#[derive(Serialize)]
pub(super) struct Deviation<'d> {
    /// The endpoint that answered: `projects.list`.
    endpoint: &'static str,
    /// Where: `[3].status`. Empty for the answer itself.
    path: &'d str,
    /// What the description asks for.
    expected: &'d str,
    /// What is there: a kind, never a value.
    received: &'d str,
}

impl<'d> From<&'d hooks::Deviation> for Deviation<'d> {
    fn from(hooks::Deviation { endpoint, fault }: &'d hooks::Deviation) -> Self {
        Deviation { endpoint, path: &fault.path, expected: &fault.expected, received: &fault.received }
    }
}
