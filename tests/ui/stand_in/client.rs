//! As much of the crate's module as the code of `#[endpoints]` names: a case of `tests/ui.rs` is a crate of its own.

#[derive(Debug, Clone)]
pub struct Client;
