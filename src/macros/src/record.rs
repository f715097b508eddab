//! `#[record]`: a struct that JavaScript gets as a plain object, with its interface in TypeScript.

use crate::model::generic_of;
use crate::typescript::of;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Fields, ItemStruct, LitStr};

pub fn expand(arguments: &TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(syn::Error::new_spanned(arguments, "#[record] takes no arguments"));
    }
    let mut item: ItemStruct = syn::parse2(item)?;
    let Fields::Named(fields) = &mut item.fields else {
        return Err(syn::Error::new_spanned(&item, "a record is a struct with named fields"));
    };
    for field in &mut fields.named {
        let own = field.attrs.iter().position(|attribute| attribute.path().is_ident("typescript"));
        let typescript = match (own, generic_of(&field.ty, "Option")) {
            (Some(at), _) => field.attrs.remove(at).parse_args::<LitStr>()?.value(),
            // What is not known is there and undefined, so that all keys are always the same.
            (None, Some(inner)) => format!("{} | undefined", of(inner)?),
            (None, None) => continue,
        };
        field.attrs.push(syn::parse_quote!(#[cfg_attr(any(feature = "js", wasm_pack), tsify(type = #typescript))]));
    }
    Ok(quote! {
        #[cfg_attr(any(feature = "js", wasm_pack), derive(::tsify::Tsify))]
        #item
    })
}
