//! What all resources of the second version have: the object around them, and the links of their lists.

use crate::schema::Nullable;
use serde::{Deserialize, Serialize};
use supabase_management_wasm_macros::model;

/// What this version of the API is given and gives: `{ "data": … }`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Data<T> {
    /// A resource, or a list of them.
    pub data: T,
}

impl<T> Data<T> {
    /// A body that holds a resource, or a list of them.
    pub fn new(data: T) -> Self {
        Data { data }
    }
}

impl<T> From<T> for Data<T> {
    fn from(data: T) -> Self {
        Data { data }
    }
}

/// Where a page of a list leads: paths of the API, with a query.
///
/// `for await` and `pages()` in JavaScript, and [`Call::items`](crate::Call::items) in Rust, follow them.
#[model]
pub struct PageLinks {
    /// The first page. Not all lists tell it.
    pub first: Option<Nullable<String>>,
    /// The last page. Not all lists tell it.
    pub last: Option<Nullable<String>>,
    /// The next page. `null` on the last one.
    pub next: Nullable<String>,
    /// The page before. `null` on the first one.
    pub prev: Nullable<String>,
}
