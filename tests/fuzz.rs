//! Properties that hold for every input, tried on random ones: of the checker, of addresses, of errors, of what hides secrets, of limits, retries,
//! pages and tokens.
//!
//! `FUZZ_SECONDS` is how long all of them take together (default 30), `SEED` where they begin. A case that fails is made as small as it goes
//! and printed, with the command that tries it again. `tests/fuzz.test.js` does the same through the wasm.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "conformance.rs asks for all of it")]
#[path = "conformance/asked.rs"]
mod asked;
#[allow(dead_code, reason = "the tool for drift makes more of it")]
#[path = "conformance/compare.rs"]
mod compare;
#[allow(dead_code, reason = "so does it of this")]
#[path = "conformance/description.rs"]
mod description;
#[path = "conformance/dialect.rs"]
mod dialect;
#[allow(dead_code, reason = "conformance.rs asks for all of it")]
#[path = "conformance/exceptions.rs"]
mod exceptions;
#[allow(dead_code, reason = "conformance.rs asks for all of it")]
#[path = "conformance/form.rs"]
mod form;
#[allow(dead_code, reason = "conformance.rs asks for all of it")]
#[path = "conformance/mutations.rs"]
mod mutations;
#[allow(dead_code, reason = "conformance.rs asks for all of it")]
#[path = "conformance/samples.rs"]
mod samples;
#[path = "conformance/texts.rs"]
mod texts;

// Parts of the crate by themselves: what they call, and where no call can be made natively, the property plays.
#[allow(dead_code, reason = "its users are in the crate")]
#[path = "../src/limits.rs"]
mod limits;
#[path = "../src/pages.rs"]
mod pages;
#[path = "fuzz/stand_ins.rs"]
mod stand_ins;
use stand_ins::{Client, check, client, error, secret, words};
use supabase_management_wasm::{TokenSource, Validation, api, endpoint, schema};

#[path = "fuzz/oauth.rs"]
mod oauth;

#[path = "fuzz/addresses.rs"]
mod addresses;
#[path = "fuzz/checker.rs"]
mod checker;
#[path = "fuzz/documents.rs"]
mod documents;
#[path = "fuzz/errors.rs"]
mod errors;
#[path = "fuzz/limits.rs"]
mod limiter;
#[path = "fuzz/lists.rs"]
mod lists;
#[path = "fuzz/oracle.rs"]
mod oracle;
#[path = "fuzz/redaction.rs"]
mod redaction;
#[path = "fuzz/retries.rs"]
mod retries;
#[path = "fuzz/runner.rs"]
mod runner;
#[path = "fuzz/types.rs"]
mod types;
