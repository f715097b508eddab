//! `pages`: what an endpoint says of a list that comes in pages, and what makes its answer one.

use crate::endpoints::Route;
use crate::model::generic_of;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Token, Type};

/// The field that holds the items where the answer says what leads on.
const LED_ITEMS: &str = "data";

/// What leads from a page to the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// The number of items before it.
    Offset,
    /// The answer's `cursor`.
    Cursor,
    /// The path in the answer's `links.next`.
    Links,
}

/// `pages`, `pages(things: Thing)`, `pages(data: Thing, cursor)` or `pages(data: Thing, links)`. Behind each of the last two may stand `shared`.
pub struct Pages {
    word: Ident,
    /// The field of the answer that holds the items. Without one, the answer is the list itself.
    field: Option<(Ident, Type)>,
    lead: Lead,
    /// Whether another endpoint has the same answer, and has made it a page.
    shared: bool,
}

/// The pages of an endpoint, with what only its signature tells.
pub struct PagesOf<'t> {
    pub item: &'t Type,
    pub lead: Lead,
    /// What makes the answer a page.
    pub page: TokenStream,
}

impl Pages {
    /// What stands behind the word.
    pub fn parse(input: ParseStream<'_>, word: Ident) -> syn::Result<Self> {
        if !input.peek(syn::token::Paren) {
            return Ok(Pages { word, field: None, lead: Lead::Offset, shared: false });
        }
        let content;
        syn::parenthesized!(content in input);
        let name = content.parse()?;
        content.parse::<Token![:]>()?;
        let item = content.parse()?;
        let mut lead = Lead::Offset;
        if content.parse::<Option<Token![,]>>()?.is_some() {
            lead = match content.call(Ident::parse)?.to_string().as_str() {
                "cursor" => Lead::Cursor,
                "links" => Lead::Links,
                _ => {
                    let words = "expected `pages`, `pages(field: Item)`, `pages(data: Item, cursor)` or `pages(data: Item, links)`";
                    return Err(syn::Error::new_spanned(word, words));
                }
            };
        }
        let shared = content.parse::<Option<Token![,]>>()?.is_some();
        if shared && content.call(Ident::parse)? != "shared" {
            return Err(syn::Error::new_spanned(word, "what may stand at the end of `pages` is `shared`: another endpoint has the same answer"));
        }
        Ok(Pages { word, field: Some((name, item)), lead, shared })
    }

    pub fn of<'t>(&'t self, answer: &'t Type, route: &Route, query: bool) -> syn::Result<PagesOf<'t>> {
        let wrong = |words: &str| syn::Error::new_spanned(&self.word, words);
        if route.verb != "get" || !query {
            return Err(wrong("`pages` is for a `get` with a query, which says where a page begins"));
        }
        let lead = self.lead;
        let Some((field, item)) = &self.field else {
            let item = generic_of(answer, "Vec").ok_or_else(|| wrong("`pages` alone is for a `Vec`: else name the field, `pages(field: Item)`"))?;
            let page = page(answer, item, &quote!(self), &quote!(crate::page::Mark::Bare));
            return Ok(PagesOf { item, lead, page });
        };
        // JavaScript has no table of an answer's fields: it goes by these names.
        let path = route.path.value();
        let expected = if lead == Lead::Offset { path.rsplit('/').next().unwrap_or_default() } else { LED_ITEMS };
        if field != expected {
            return Err(syn::Error::new_spanned(field, format!("the items of such pages are in the field `{expected}`")));
        }
        let mark = match lead {
            Lead::Cursor => quote!(crate::page::Mark::Cursor(self.cursor.as_deref())),
            Lead::Links => quote!(crate::page::Mark::Link(self.links.next.as_deref())),
            Lead::Offset => quote!(crate::page::Mark::Offset { offset: self.pagination.offset, count: Some(self.pagination.count) }),
        };
        let page = if self.shared { TokenStream::new() } else { page(answer, item, &quote!(self.#field), &mark) };
        Ok(PagesOf { item, lead, page })
    }
}

fn page(answer: &Type, item: &Type, items: &TokenStream, mark: &TokenStream) -> TokenStream {
    quote! {
        impl crate::page::Page for #answer {
            type Item = #item;
            fn items(&self) -> &[#item] {
                &#items
            }
            fn into_items(self) -> Vec<#item> {
                #items
            }
            fn mark(&self) -> crate::page::Mark<'_> {
                #mark
            }
        }
    }
}
