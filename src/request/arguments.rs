//! The arguments of a call, as they are checked.

/// The arguments of a call, from whichever language they came.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'t> {
    /// A JSON array of the path values; for a call without a row, of method and path.
    pub(crate) paths: &'t [u8],
    /// A JSON object, or nothing.
    pub(crate) query: &'t [u8],
    /// Whether the query is that of a further page of a list: the server gave it, and nothing in it is the user's to get wrong.
    pub(crate) continued: bool,
    pub(crate) body: BodyArgument<'t>,
    /// Names of options, which JavaScript users may put into the body or the query by mistake.
    pub(crate) option_names: &'static [&'static str],
}

/// The body of a call, as far as it is looked at before it is sent.
#[derive(Clone, Copy)]
pub(crate) enum BodyArgument<'t> {
    /// There is none.
    None,
    /// JSON text; of a form with files, what is checked of it.
    Json(&'t [u8]),
    /// Text that is sent as it is, by a call without a row.
    Text(&'t str),
    /// Bytes, or what else only `fetch` understands.
    Opaque,
}

impl<'t> BodyArgument<'t> {
    pub(super) fn json(self) -> Option<&'t [u8]> {
        if let BodyArgument::Json(text) = self { Some(text) } else { None }
    }
}
