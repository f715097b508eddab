//! Why there is no plan, or why it broke off.

use crate::fault::Fault;
use crate::plan::Change;
use std::fmt;

/// Why there is no plan, or why it broke off.
#[derive(Debug)]
pub enum Error {
    /// Something in the folder, in `config.toml` or in the options is wrong. Nothing was changed.
    Input(Fault),
    /// A read failed. Nothing was changed.
    Read(supabase_management_wasm::Error),
    /// A call of an apply failed.
    BrokenOff {
        /// What the call was to do: `deploy hello`.
        title: String,
        /// Why.
        cause: Box<supabase_management_wasm::Error>,
        /// The changes that were made.
        done: Vec<Change>,
        /// The changes that were not.
        left: Vec<Change>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Input(fault) => write!(f, "plan: {fault}"),
            Error::Read(error) => error.fmt(f),
            Error::BrokenOff { title, cause, done, left } => {
                write!(f, "{title}: {cause} ({} of {} changes were made)", done.len(), done.len() + left.len())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Input(fault) => Some(fault),
            Error::Read(error) => Some(error),
            Error::BrokenOff { cause, .. } => Some(cause.as_ref()),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Input(fault)
    }
}
