//! `src/oauth.rs` without what needs Web Crypto, and what is to hold of it.

#[allow(dead_code, clippy::redundant_async_block, reason = "its users, and its calls, are those of the crate")]
#[path = "../../src/oauth/authority.rs"]
mod authority;
#[allow(dead_code, reason = "its users are in the crate")]
#[path = "../../src/oauth/refreshing.rs"]
mod refreshing;
#[path = "tasks.rs"]
mod tasks;
#[path = "tokens.rs"]
mod tokens;

use super::stand_ins::basic;
