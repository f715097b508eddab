//! Plan and apply for Supabase projects: what a folder says is compared with what a project has, and the difference is applied.
//!
//! The rules of this crate know no network. They say which calls to make, and what follows from the answers, for JavaScript and for Rust.

pub mod config;
