//! Waiting for work that the API does after it has answered: polls until it is done, has failed, or the time is over.

mod methods;
pub(crate) mod named;
pub(crate) mod polling;
pub(crate) mod rules;
mod status;
