//! Client of the [Supabase Management API](https://api.supabase.com) for WebAssembly, from Rust and from JavaScript.
//!
//! ```
//! use supabase_management_wasm::{Client, Result, api::projects::CreateProject};
//!
//! async fn create(client: &Client) -> Result<String> {
//!     let body = CreateProject::new("blog", "acme", "correct horse");
//!     let project = client.projects().create(&body).await?;
//!     Ok(project.r#ref)
//! }
//! # let _ = create;
//! ```
//!
//! Requests are checked against the API's description before they are sent. Answers are read tolerantly: unknown fields are ignored and
//! unknown values of enums kept; [`Call::raw`] gives the text itself. A call is a value: it runs when it is awaited.
//!
//! The crate needs a JavaScript engine around it, and nothing else: no runtime such as tokio. Leptos, Yew, Dioxus and workers-rs can use it as it
//! is. The feature `js` is for the npm package alone: it exports what JavaScript calls. The feature `time` reads the times of answers, which models
//! keep as text: `timestamp(&project.created_at)?` is a `time::OffsetDateTime`.

#![deny(unsafe_code)]
// What only the npm package uses is judged where that is compiled.
#![cfg_attr(not(any(feature = "js", wasm_pack)), allow(dead_code, unused_imports))]

/// The examples of the README and of the guides, compiled.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../README.md")]
    struct Readme;
    #[doc = include_str!("../www/docs/guide/first-call.md")]
    struct FirstCall;
    #[doc = include_str!("../www/docs/guide/pages.md")]
    struct Pages;
    #[doc = include_str!("../www/docs/guide/rust.md")]
    struct Rust;
    #[doc = include_str!("../www/docs/guide/waiting.md")]
    struct Waiting;
}

// The rooms of the house, from the ground up: each uses those above it in this list, and none below.
mod callback;
mod clock;
mod send_wrapper;
mod text;

#[cfg(feature = "time")]
mod timestamp;

mod fault;

pub mod schema;

mod check;

mod redact;

mod request;

mod cause;
mod fetch;
mod headers;

mod error;

mod hooks;
mod options;

mod transport;

mod client;
mod page;

mod call;

pub mod api;

mod flows;

pub mod testing;

#[cfg(any(feature = "js", wasm_pack))]
mod js;

// `wasm-pack build` in the repository gets its exports from .cargo/config.toml, which RUSTFLAGS of one's own takes out of use: the package would be
// empty. wasm-pack sets CARGO_BUILD_TARGET, and cargo the other variable, for what is compiled for its own sake and not for a crate that uses it.
#[cfg(all(target_arch = "wasm32", not(any(feature = "js", wasm_pack))))]
const _: () = assert!(
    option_env!("CARGO_PRIMARY_PACKAGE").is_none() || option_env!("CARGO_BUILD_TARGET").is_none(),
    "this package would have no exports. In the repository, `npm run build` makes the npm package; `wasm-pack build` makes one without RUSTFLAGS"
);

#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub mod probe;

/// Endpoints as rows of data, and bodies as they are given.
pub mod endpoint {
    pub use crate::request::body::{FormFile, JsonOrEszip, Multipart, Payload, RequestBody};
    pub use crate::request::query::OptionalQuery;
    pub use crate::schema::endpoint::{Answer, Body, Endpoint, Paging, Placeholder, Rate, Repeat, Verb};
}

pub use call::{Bytes, Call, CallFuture, Count, Response, Rows};
pub use cause::Cause;
pub use client::Client;
pub use error::{Error, ErrorKind, Result};
pub use fault::Fault;
pub use fetch::{EndpointId, Fetch, Transport};
pub use flows::oauth;
pub use flows::pages::{Items, Pages};
pub use flows::upload::Upload;
pub use flows::wait::polling::{DEFAULT_WAIT_MS, Poll, Progress, Wait, WaitFuture, WaitProgress, wait_until};
pub use flows::wait::rules::Verdict;
pub use flows::writable::{Writable, writable};
pub use headers::{RateLimit, ResponseHeaders};
pub use hooks::{Deviation, DeviationHook, Hook, RequestEvent, ResponseEvent, RetryEvent};
pub use options::{
    BigInt, DEFAULT_BASE_URL, DEFAULT_MAX_CONCURRENT, DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT_MS, Options, PendingToken, RateLimitMode, Refresh,
    TokenSource, Validation,
};
pub use page::Page;
pub use redact::Token;
pub use request::writable::{Omitted, Reason, WritableFrom};
pub use schema::{Map, Nullable, UnknownValue};
pub use serde_json::Value;
#[cfg(feature = "time")]
pub use timestamp::timestamp;
pub use transport::rate_limit::BucketState;

/// A model, or anything else that serde can write, as the plain JavaScript value that the npm package gives for it.
///
/// ```no_run
/// # use supabase_management_wasm::{Client, Result, to_js};
/// # async fn example(client: Client, draw: js_sys::Function) -> Result<()> {
/// let projects = client.projects().list().await?;
/// if let Ok(plain) = to_js(&projects) {
///     // For what is not written in Rust, a chart for instance.
///     let _ = draw.call1(&wasm_bindgen::JsValue::NULL, &plain);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// What serde says of a value that has no such form.
pub fn to_js<T: serde::Serialize + ?Sized>(model: &T) -> std::result::Result<wasm_bindgen::JsValue, serde_wasm_bindgen::Error> {
    model.serialize(&serde_wasm_bindgen::Serializer::json_compatible())
}

/// A model from a JavaScript value, such as what a form of the page holds.
///
/// ```no_run
/// # use supabase_management_wasm::{api::secrets::CreateSecret, from_js};
/// # fn example(entries: &web_sys::FormData) -> Option<CreateSecret> {
/// // The names of its fields are those of the model.
/// let fields = js_sys::Object::from_entries(entries).ok()?;
/// from_js(fields.into()).ok()
/// # }
/// ```
///
/// # Errors
/// What serde misses or finds wrong in it.
pub fn from_js<T: serde::de::DeserializeOwned>(value: wasm_bindgen::JsValue) -> std::result::Result<T, serde_wasm_bindgen::Error> {
    serde_wasm_bindgen::from_value(value)
}
