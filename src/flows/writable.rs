//! Bodies made of answers, for Rust users.

use crate::error::{Error, Result};
use crate::fault::Fault;
use crate::request::writable::{Omitted, WritableFrom, writable as rule};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A body that was made of an answer, and what it does not have of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Writable<Body> {
    /// The body.
    pub body: Body,
    /// What is left out: look here before you trust a copy. Secrets are here, as the API tells only digests of them.
    pub omitted: Vec<Omitted>,
}

/// Makes a body of an answer: what a read gave, as the write of the same thing takes it, to write it back or to another project.
///
/// Nothing is left out in silence. Fields that answers alone have, secrets, of which the API tells a digest, and values that the request does not take
/// are in [`omitted`](Writable::omitted), each with its [`Reason`](crate::Reason). What takes a list is made item by item.
///
/// ```
/// # use supabase_management_wasm::{Client, Reason, Result, api::auth_config::UpdateAuthConfig, writable};
/// # async fn example(client: Client, from: &str, to: &str) -> Result<()> {
/// let config = client.auth().get_config(from).await?;
/// let copy = writable::<UpdateAuthConfig, _>(&config)?;
/// client.auth().update_config(to, &copy.body).await?;
/// for left in copy.omitted.iter().filter(|left| left.reason == Reason::Secret) {
///     println!("{} must be set by hand", left.path);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// An [`Error`] of the kind `Input`: the answer lacks what the body must have. The path says what.
pub fn writable<Body, Answer>(answer: &Answer) -> Result<Writable<Body>>
where
    Body: WritableFrom<Answer> + DeserializeOwned,
    Answer: Serialize,
{
    let endpoint = Body::endpoint();
    let refused = |fault| Error::input(endpoint.id, endpoint.verb_and_route(), fault);
    let json = serde_json::to_vec(answer).map_err(|error| refused(Fault::new("", "JSON", error.to_string())))?;
    let (body, omitted) = rule(endpoint, true, &json).map_err(refused)?;
    match serde_json::from_slice(&body) {
        Ok(body) => Ok(Writable { body, omitted }),
        // What passed the table and is no model lacks a field.
        Err(error) => {
            let lacking = omitted.iter().find(|one| error.to_string().contains(&format!("`{}`", one.path)));
            Err(refused(
                lacking.map_or_else(|| Fault::new("", "a whole body", error.to_string()), |one| Fault::new(&one.path, &one.expected, "nothing")),
            ))
        }
    }
}
