//! `pages`: what an endpoint says of a list that comes in pages, and what makes its answer one.

use crate::endpoints::Route;
use crate::model::generic_of;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Token, Type};

/// The field that holds the items where a cursor leads on.
const CURSOR_ITEMS: &str = "data";

/// `pages`, `pages(things: Thing)` or `pages(data: Thing, cursor)`.
pub struct Pages {
    word: Ident,
    /// The field of the answer that holds the items. Without one, the answer is the list itself.
    field: Option<(Ident, Type)>,
    cursor: bool,
}

/// The pages of an endpoint, with what only its signature tells.
pub struct PagesOf<'t> {
    pub item: &'t Type,
    pub cursor: bool,
    /// What makes the answer a page.
    pub page: TokenStream,
}

impl Pages {
    /// What stands behind the word.
    pub fn parse(input: ParseStream<'_>, word: Ident) -> syn::Result<Self> {
        if !input.peek(syn::token::Paren) {
            return Ok(Pages { word, field: None, cursor: false });
        }
        let content;
        syn::parenthesized!(content in input);
        let name = content.parse()?;
        content.parse::<Token![:]>()?;
        let item = content.parse()?;
        let cursor = content.parse::<Option<Token![,]>>()?.is_some();
        if cursor && content.call(Ident::parse)? != "cursor" {
            return Err(syn::Error::new_spanned(word, "expected `pages`, `pages(field: Item)` or `pages(data: Item, cursor)`"));
        }
        Ok(Pages { word, field: Some((name, item)), cursor })
    }

    pub fn of<'t>(&'t self, answer: &'t Type, route: &Route, query: bool) -> syn::Result<PagesOf<'t>> {
        let wrong = |words: &str| syn::Error::new_spanned(&self.word, words);
        if route.verb != "get" || !query {
            return Err(wrong("`pages` is for a `get` with a query, which says where a page begins"));
        }
        let cursor = self.cursor;
        let Some((field, item)) = &self.field else {
            let item = generic_of(answer, "Vec").ok_or_else(|| wrong("`pages` alone is for a `Vec`: else name the field, `pages(field: Item)`"))?;
            let page = page(answer, item, &quote!(self), &quote!(crate::page::Mark::Bare));
            return Ok(PagesOf { item, cursor, page });
        };
        // JavaScript has no table of an answer's fields: it goes by these names.
        let path = route.path.value();
        let expected = if cursor { CURSOR_ITEMS } else { path.rsplit('/').next().unwrap_or_default() };
        if field != expected {
            return Err(syn::Error::new_spanned(field, format!("the items of such pages are in the field `{expected}`")));
        }
        let mark = if cursor {
            quote!(crate::page::Mark::Cursor(self.cursor.as_deref()))
        } else {
            quote!(crate::page::Mark::Offset { offset: self.pagination.offset, count: Some(self.pagination.count) })
        };
        Ok(PagesOf { item, cursor, page: page(answer, item, &quote!(self.#field), &mark) })
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
