//! `npm run drift -- <path of an OpenAPI document>`: what in it is other than in the table of this crate.
//!
//! Each version of the API has a document of its own. Without a path it takes those of `$OPENAPI`, a list such as `$PATH` is one, or
//! `../shared/api/openapi.json` and `../shared/api/v2/openapi.json`. What is of a version that no document tells of is not compared. Ends with 0 where nothing differs, 1 where something does, and 2 where there
//! is nothing to compare. See tests/conformance/drift.rs for what is compared and what is not.

#[path = "compare.rs"]
mod compare;
#[path = "description.rs"]
mod description;
#[path = "dialect.rs"]
mod dialect;
#[path = "drift.rs"]
mod drift;
#[expect(dead_code, reason = "what cannot be tried is of no interest here")]
#[path = "exceptions.rs"]
mod exceptions;
#[path = "lines.rs"]
mod lines;
#[allow(dead_code, reason = "the tests ask more of it")]
#[path = "source.rs"]
mod source;
#[path = "words.rs"]
mod words;

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    drift::run(&arguments, &mut std::io::stdout(), &mut std::io::stderr()).into()
}
