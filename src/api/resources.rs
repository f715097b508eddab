//! The list of the properties of a client.

/// A line per module: the properties of the client in it, or of a version of the API, and their types. The table of all is made of those behind
/// `with` as well.
macro_rules! resources {
    (@table $($table:expr),* $(,)?) => {
        crate::schema::endpoint::Table {
            text: {
                const TEXT: &[u8] = crate::packed!($($table.text.as_bytes()),*);
                match std::str::from_utf8(TEXT) {
                    Ok(text) => text,
                    Err(_) => panic!("texts, one behind the other, are a text"),
                }
            },
            types: crate::schema::Packed { names: crate::packed!($($table.types.names),*), shape: crate::packed!($($table.types.shape),*) },
        }
    };
    ($owner:ty, $this:ident => $client:expr, $path:literal, with [$($more:ident),*]; $($module:ident { $($property:ident: $group:ident),* })*) => {
        $($(
            #[doc(no_inline)]
            pub use $module::$group;
        )*)*

        impl $owner {
            $($(
                #[doc = concat!("See [`", stringify!($group), "`](", $path, stringify!($module), "::", stringify!($group), ").")]
                pub fn $property(&self) -> $module::$group {
                    let $this = self;
                    $module::$group::new($client)
                }
            )*)*
        }

        /// All tables as one, as what they share takes no room then.
        pub(super) const TABLE: crate::schema::endpoint::Table = resources!(@table $($($module::$group::TABLE,)*)* $($more::TABLE),*);

        /// The same without what only a client looks at.
        pub(super) const REQUESTS: crate::schema::endpoint::Table = resources!(@table $($($module::$group::REQUESTS,)*)* $($more::REQUESTS),*);
    };
}
