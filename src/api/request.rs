//! Calls of what this crate has no method for.

use super::endpoints;
use crate::call::{Call, Input, decode};
use crate::client::Client;
use crate::schema::endpoint::{Endpoint, Verb};

impl Client {
    /// Calls what this crate has no method for, with the same token, checks of the path, and errors.
    ///
    /// Where method and path are those of an endpoint that has a method, its rules hold: whether it is safe to repeat, its rate limits, what of its body
    /// is secret, and whether it carries the token.
    ///
    /// An answer that is no JSON is a `Value::String` of its text, and an empty one is `Value::Null`.
    ///
    /// ```
    /// # use supabase_management_wasm::{Client, Result, endpoint::Verb};
    /// # async fn example(client: Client) -> Result<()> {
    /// let regions = client.request(Verb::Get, "/v1/projects/available-regions").query(&[("organization_slug", "acme")]).await?;
    /// println!("{}", regions["all"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As any other call.
    pub fn request(&self, verb: Verb, path: &str) -> Call<serde_json::Value> {
        Call::new(self, endpoints(), Endpoint::UNLISTED, Input::new(&[verb.as_str(), path]), decode::value)
    }
}
