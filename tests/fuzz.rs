//! Properties that hold for every input, tried on random ones: of the checker, of addresses, of errors, of what hides secrets, and of retries.
//!
//! `FUZZ_SECONDS` is how long all of them take together (default 30), `SEED` where they begin. A case that fails is made as small as it goes
//! and printed, with the command that tries it again. `tests/fuzz.test.js` does the same through the wasm, and besides with limits, pages and
//! tokens, which need calls; `tests/web/sequences.rs` does so with the Rust client.
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

#[path = "fuzz/addresses.rs"]
mod addresses;
#[path = "fuzz/checker.rs"]
mod checker;
#[path = "fuzz/documents.rs"]
mod documents;
#[path = "fuzz/errors.rs"]
mod errors;
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
