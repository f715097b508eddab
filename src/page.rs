//! An answer that is a page of a list, and what it says of where it stands.

use serde::Serialize;

/// An answer that is a page of a list. [`Call::items`](crate::Call::items) and [`Call::pages`](crate::Call::pages) go on from it.
pub trait Page: Sized + 'static {
    /// What is listed.
    type Item: Serialize;

    /// The items of this page.
    fn items(&self) -> &[Self::Item];

    /// Takes the items out of the page.
    fn into_items(self) -> Vec<Self::Item>;

    /// What the page says of where it stands. Its type has no public name, so that only this crate has pages.
    #[doc(hidden)]
    fn mark(&self) -> Mark<'_>;
}

/// What a page says of where it stands.
#[derive(Debug, Clone, Copy)]
pub enum Mark<'p> {
    /// Nothing.
    Bare,
    /// How many items come before it, and how many there are on all pages, if it says so.
    Offset { offset: f64, count: Option<f64> },
    /// Where the next page begins, if there is one.
    Cursor(Option<&'p str>),
    /// The path of the next page, if there is one.
    Link(Option<&'p str>),
}
