//! Queries that need not be given, as Rust users give them.

/// What stands for a query in which every field is optional: the query, a reference to it, or `None`.
///
/// ```
/// # use supabase_management_wasm::{Client, Result, api::organizations::ListProjectsQuery};
/// # async fn example(client: Client) -> Result<()> {
/// let all = client.organizations().list_projects("acme", None).await?;
///
/// let some = client.organizations().list_projects("acme", ListProjectsQuery::new().search("blog")).await?;
/// # Ok(())
/// # }
/// ```
pub trait OptionalQuery<Q> {
    /// The query, if there is one.
    fn query(&self) -> Option<&Q>;
}

impl<Q> OptionalQuery<Q> for Q {
    fn query(&self) -> Option<&Q> {
        Some(self)
    }
}

impl<Q> OptionalQuery<Q> for &Q {
    fn query(&self) -> Option<&Q> {
        Some(self)
    }
}

impl<Q> OptionalQuery<Q> for Option<&Q> {
    fn query(&self) -> Option<&Q> {
        *self
    }
}
