//! Plan and apply for Supabase projects: what a folder says is compared with what a project has, and the difference is applied.
//!
//! The rules of this crate know no network. [`next`] says what to read, then gives the plan: which things differ, and which calls take the difference
//! away. Whoever has a client makes them, in JavaScript and in Rust.

mod bundle;
#[cfg(feature = "client")]
mod client;
pub mod config;
mod deployed;
mod digest;
mod env_file;
mod fault;
mod folder;
mod functions;
mod glob;
mod import_map;
mod imports;
mod json;
mod migrations;
mod next;
mod options;
mod paths;
mod plan;
mod project;
mod secrets;
mod settings;
mod sorted;
mod sql;
mod wasm;

pub use bundle::read_bundle;
#[cfg(feature = "client")]
pub use client::{Applied, Desired, Error, Fleet, FleetEntry, FleetProject, FleetReport, Outcome, Plan, Progress, plan};
pub use digest::digest;
pub use env_file::parse_env;
pub use fault::Fault;
pub use folder::{file, whole_folder};
pub use next::{Next, next};
pub use plan::{Action, Change, Draft, Part, Read, Request, activation};
