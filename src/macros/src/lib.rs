//! The attributes of `supabase-management-wasm`.
//!
//! [`macro@endpoints`] turns method signatures into typed methods, table rows and TypeScript; [`macro@model`] turns a struct or an enum
//! into a model of the API: serde, TypeScript and the table that the checker reads; [`macro@record`] gives TypeScript to what is no model.

mod endpoints;
mod example;
mod input;
mod model;
mod pages;
mod pattern;
mod record;
mod typescript;
mod words;
mod writable;

use proc_macro::TokenStream;

/// Declares a group of endpoints: the struct, its methods, their table rows and their TypeScript interface.
///
/// ```text
/// /// Your projects.
/// #[endpoints]
/// impl Projects {
///     /// Gets one project.
///     #[get("/v1/projects/{ref}", scope = "projects:read", permission = "project_read")]
///     pub fn get(&self, project_ref: &str) -> Call<Project>;
/// }
/// ```
///
/// Arguments named `body` and `query` are the JSON body and the query; the others fill the placeholders of the route in order. What users read of an
/// argument is its doc comment; those of placeholders that are the same thing everywhere, as `{ref}`, need none.
///
/// The method takes more than the signature says, so that nobody has to convert: whatever is text for a `&str`, whatever can be gone through for a
/// slice, `None` as well for a query without required fields, and for an enum in the path also the enum itself.
///
/// A list that comes in pages says so: `pages` where the answer is a `Vec` and the query has an `offset`, `pages(things: Thing)` where the items are
/// in a field that the route ends with, `pages(data: Thing, cursor)` where the answer's `cursor` leads on, `pages(data: Thing, links)` where the path
/// in its `links.next` does. An answer that another endpoint has made a page ends it with `shared`: `pages(data: Thing, links, shared)`.
///
/// A write says which answers its body can be made from: `from(Thing = "things.get")`, with what stands in another place there (see
/// `src/request/writable.rs`).
///
/// `#[endpoints(v2)]` is a group of version 2: its property is one of `Client::v2`, and its ids begin with `v2.`. `alpha` and `plan = "Enterprise"` are
/// for the docs. A body or an answer of the type `Value` is JSON of whatever shape, and may be missing.
#[proc_macro_attribute]
pub fn endpoints(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = proc_macro2::TokenStream::from(item);
    endpoints::expand(arguments.into(), item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares a model of the API: a struct with named fields, an enum of strings, or an enum tagged by a field.
///
/// Field attributes: `#[schema(min = 1, max = 256, pattern = "^[a-z]+$", format = "uuid", minimum = 0, maximum = 9, min_items = 1, max_items = 9,
/// secret, hashed)]`, and `value = "branch"` for a text that is always the same, which nobody need give. An enum with the variant `Other(String)`
/// accepts values the API may add later.
///
/// `#[model(input)]` says that requests hold it, so that people build it: it gets `new` and setters. What is in no request needs none. An enum of
/// strings that requests hold has no conversion that cannot fail, as a request with an unknown value is refused.
#[proc_macro_attribute]
pub fn model(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = proc_macro2::TokenStream::from(item);
    model::expand(arguments.into(), item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Declares a struct that JavaScript gets as a plain object, beside its `derive(Serialize)`: its TypeScript is an interface with the same docs.
///
/// A field that is an `Option` is there and may be undefined. `#[typescript("\"a\" | \"b\"")]` on a field gives another type than that of Rust.
#[proc_macro_attribute]
pub fn record(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = proc_macro2::TokenStream::from(item);
    record::expand(&arguments.into(), item).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A `schema::Pattern` of a regular expression, or of a format by its name, compiled.
#[proc_macro]
pub fn pattern(source: TokenStream) -> TokenStream {
    let source = syn::parse_macro_input!(source as syn::LitStr);
    let text = source.value();
    let compiled = if text.starts_with('^') { pattern::from_pattern(&text, source.span()) } else { pattern::from_format(&text, source.span()) };
    compiled.unwrap_or_else(syn::Error::into_compile_error).into()
}
