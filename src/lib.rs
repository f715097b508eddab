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

pub mod api;
mod check;
mod client;
pub mod endpoint;
mod error;
mod options;
#[cfg(feature = "js")]
mod run;
pub mod schema;
mod secret;
mod send;
#[cfg(feature = "js")]
mod wasm;
mod watch;
mod words;

pub use check::Fault;
pub use client::{Call, Client, RateLimit, Response};
pub use error::{Error, ErrorKind, Result};
pub use options::{DEFAULT_BASE_URL, DEFAULT_TIMEOUT_MS, Deviation, Options, TokenSource, Validation};
pub use secret::Token;
pub use send::ResponseHeaders;
