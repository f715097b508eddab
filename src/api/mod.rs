//! Every endpoint, one module per property of the client, each with its models below.

use crate::client::Client;
use crate::endpoint::Endpoint;

/// A line per property of the client: its module and its type.
macro_rules! resources {
    ($($property:ident: $group:ident,)*) => {
        $(pub mod $property;)*

        impl Client {
            $(
                #[doc = concat!("See [`", stringify!($group), "`](crate::api::", stringify!($property), "::", stringify!($group), ").")]
                pub fn $property(&self) -> $property::$group {
                    $property::$group::new(self.clone())
                }
            )*
        }

        /// The table: the endpoints of each property, in the order of this list.
        pub const ENDPOINTS: &[&[Endpoint]] = &[$($property::$group::ENDPOINTS),*];
    };
}

resources! {
    organizations: Organizations,
    projects: Projects,
    functions: Functions,
    secrets: Secrets,
}
