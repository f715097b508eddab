//! Client of the [Supabase Management API](https://api.supabase.com) for WebAssembly, from Rust and from JavaScript.
//!
//! ```
//! use supabase_management_wasm::{Client, Result, api::projects::CreateProject};
//!
//! async fn create(client: &Client) -> Result<String> {
//!     let body = CreateProject { name: "blog".into(), organization_slug: "acme".into(), db_pass: "correct horse".into(), ..Default::default() };
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
//! is. The feature `js` is for the npm package alone: it exports what JavaScript calls.

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod api;
mod check;
mod client;
pub mod endpoint;
mod error;
#[cfg(not(feature = "js"))]
mod flights;
mod headers;
mod hooks;
mod limits;
#[cfg(not(feature = "js"))]
pub mod oauth;
mod options;
mod pages;
mod platform;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub mod probe;
mod retry;
#[cfg(feature = "js")]
mod run;
pub mod schema;
mod secret;
mod send;
mod wait;
#[cfg(feature = "js")]
mod wasm;
mod words;

pub use check::Fault;
pub use client::{Bytes, Call, Client, Count, RateLimit, Response, Rows};
pub use error::{Error, ErrorKind, Result};
pub use hooks::{Hook, RequestEvent, ResponseEvent, RetryEvent};
pub use limits::{BucketState, DEFAULT_MAX_CONCURRENT};
pub use options::{DEFAULT_BASE_URL, DEFAULT_TIMEOUT_MS, Deviation, Options, RateLimitMode, Refresh, TokenSource, Validation};
pub use pages::{Items, Page, Pages};
pub use retry::DEFAULT_MAX_RETRIES;
pub use schema::{Map, Nullable};
pub use secret::Token;
pub use send::ResponseHeaders;
pub use serde_json::Value;
pub use wait::{DEFAULT_WAIT_MS, Poll, Progress, Verdict, Wait, wait_until};

/// A model, or anything else that serde can write, as the plain JavaScript value that the npm package gives for it.
///
/// # Errors
/// What serde says of a value that has no such form.
pub fn to_js<T: serde::Serialize + ?Sized>(model: &T) -> std::result::Result<wasm_bindgen::JsValue, serde_wasm_bindgen::Error> {
    model.serialize(&serde_wasm_bindgen::Serializer::json_compatible())
}

/// A model from a JavaScript value, such as what a form of the page holds.
///
/// # Errors
/// What serde misses or finds wrong in it.
pub fn from_js<T: serde::de::DeserializeOwned>(value: wasm_bindgen::JsValue) -> std::result::Result<T, serde_wasm_bindgen::Error> {
    serde_wasm_bindgen::from_value(value)
}
