//! From a row and the arguments of a call to a request: checked, and encoded as HTTP has it.

mod arguments;
pub mod body;
mod encode;
mod files;
mod prepare;
pub mod query;
mod secrets;
#[cfg(test)]
mod tests;
pub mod writable;

pub(crate) use arguments::{Arguments, BodyArgument};
pub(crate) use prepare::{BODY, Destination, MISPLACED_IN_QUERY, Request, path_of};
