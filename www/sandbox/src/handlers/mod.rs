//! What each endpoint does. A row of the client that has no line here is answered with 501.

mod functions;
mod organizations;
mod projects;
mod secrets;

use crate::Sandbox;
use crate::call::{Call, Refusal, Reply};
use sha2::{Digest, Sha256};

/// Does what a call asks for. Nothing has changed when it refuses.
pub(crate) type Handler = fn(&mut Sandbox, &Call<'_>) -> Result<Reply, Refusal>;

/// The endpoints that are answered, by the names that the client gives them.
pub(crate) const HANDLERS: &[(&str, Handler)] = &[
    ("organizations.list", organizations::list),
    ("organizations.create", organizations::create),
    ("projects.list", projects::list),
    ("projects.create", projects::create),
    ("functions.list", functions::list),
    ("functions.create", functions::create),
    ("functions.get", functions::get),
    ("functions.update", functions::update),
    ("functions.delete", functions::delete),
    ("secrets.list", secrets::list),
    ("secrets.create", secrets::create),
    ("secrets.delete", secrets::delete),
];

/// SHA-256 in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
