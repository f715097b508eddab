//! What a model gets that people build: a constructor of what must be given, and a setter for each field.

use crate::model::{doc_lines, generic_of, only_value};
use crate::words::in_rust;
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Field, Ident, Type, Variant};

/// How many arguments a function may have before clippy asks for fewer.
const MOST_ARGUMENTS: usize = 7;

/// What a constructor or a setter takes for a type, and what makes it that type.
fn accepted(name: &Ident, ty: &Type) -> (TokenStream, TokenStream) {
    if spelt(ty) == "bool" {
        return (quote!(bool), quote!(#name));
    }
    if let Some(item) = generic_of(ty, "Vec") {
        let taken = quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<#item>>);
        return (taken, quote!(#name.into_iter().map(::std::convert::Into::into).collect()));
    }
    if let Some(value) = generic_of(ty, "Map") {
        let pair = quote!((impl ::std::convert::Into<::std::string::String>, impl ::std::convert::Into<#value>));
        let taken = quote!(impl ::std::iter::IntoIterator<Item = #pair>);
        return (taken, quote!(#name.into_iter().map(|(key, value)| (key.into(), value.into())).collect()));
    }
    (quote!(impl ::std::convert::Into<#ty>), quote!(#name.into()))
}

fn name_of(field: &Field) -> &Ident {
    field.ident.as_ref().unwrap_or_else(|| unreachable!("the fields of a model have names"))
}

/// The first sentence of the docs of a field.
fn first_sentence(attrs: &[Attribute]) -> String {
    let lines = doc_lines(attrs);
    let paragraph = lines.iter().take_while(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    in_rust(paragraph.find(". ").map_or(&*paragraph, |end| &paragraph[..=end]))
}

fn deprecated(attrs: &[Attribute]) -> Option<&Attribute> {
    attrs.iter().find(|attr| attr.path().is_ident("deprecated"))
}

fn spelt(ty: &Type) -> String {
    ty.to_token_stream().to_string()
}

/// The name of a setter: that of its field, unless something else has that name.
pub fn setter_name(field: &Ident) -> Ident {
    match field.unraw().to_string().as_str() {
        taken @ ("clone" | "default" | "new") => format_ident!("{taken}_value"),
        _ => field.clone(),
    }
}

/// What the docs of a constructor say of its arguments.
fn arguments_in_words<'f>(required: impl Iterator<Item = &'f Field>) -> Vec<String> {
    required.map(|field| format!(" - `{}`: {}", name_of(field).unraw(), first_sentence(&field.attrs))).collect()
}

/// A function that makes a value of what must be given. `path` is what is made: `Self`, or one of its variants.
fn constructor(name: &Ident, path: &TokenStream, docs: &str, fields: &[&Field]) -> TokenStream {
    let (fixed, open): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| only_value(field).is_some());
    let (optional, required): (Vec<&Field>, Vec<&Field>) = open.iter().partition(|field| generic_of(&field.ty, "Option").is_some());
    let required: Vec<_> = required
        .into_iter()
        .map(|field| {
            let name = name_of(field);
            (name, accepted(name, &field.ty))
        })
        .collect();
    let parameters = required.iter().map(|(name, (taken, _))| quote!(#name: #taken));
    let given = required.iter().map(|(name, (_, value))| quote!(#name: #value));
    let left_out = optional.iter().map(|field| name_of(field));
    let fixed = fixed.into_iter().map(|field| {
        let (name, value) = (name_of(field), only_value(field));
        quote!(#name: #value.into())
    });
    let words = arguments_in_words(open.iter().copied().filter(|field| generic_of(&field.ty, "Option").is_none()));
    let words = if words.is_empty() { Vec::new() } else { std::iter::once(String::new()).chain(words).collect() };
    let lint = (required.len() > MOST_ARGUMENTS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        #[doc = #docs]
        #(#[doc = #words])*
        #[allow(deprecated)]
        #lint
        pub fn #name(#(#parameters),*) -> Self {
            #path { #(#given,)* #(#fixed,)* #(#left_out: ::std::option::Option::None,)* }
        }
    }
}

/// `new` of what must be given, and a setter for each field.
pub fn of_struct(name: &Ident, fields: &[&Field]) -> TokenStream {
    let any_required = fields.iter().any(|field| generic_of(&field.ty, "Option").is_none() && only_value(field).is_none());
    let docs = if any_required { " Makes one of what must be given; all else is left out." } else { " Makes one in which nothing is set." };
    let new = constructor(&format_ident!("new"), &quote!(Self), docs, fields);
    let setters = fields.iter().filter(|field| only_value(field).is_none()).map(|field| {
        let field_name = name_of(field);
        let setter = setter_name(field_name);
        let inner = generic_of(&field.ty, "Option");
        let (taken, value) = accepted(field_name, inner.unwrap_or(&field.ty));
        let value = if inner.is_some() { quote!(::std::option::Option::Some(#value)) } else { value };
        let label = field_name.unraw().to_string();
        let docs = format!(" Sets [`{label}`](#structfield.{label}). {}", first_sentence(&field.attrs));
        let deprecated = deprecated(&field.attrs);
        quote! {
            #[doc = #docs]
            #deprecated
            #[allow(deprecated)]
            #[must_use = "a setter gives the changed value back"]
            pub fn #setter(mut self, #field_name: #taken) -> Self {
                self.#field_name = #value;
                self
            }
        }
    });
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

/// A constructor for each member of a union, and a setter for each optional field: one for all members that have it, where it has one type in them, and
/// else one for each of them.
pub fn of_union<'v>(name: &Ident, variants: impl Iterator<Item = &'v Variant>) -> TokenStream {
    let variants: Vec<&Variant> = variants.collect();
    let constructors = variants.iter().map(|variant| {
        let ident = &variant.ident;
        let docs = format!(" Makes one of the kind [`{ident}`](Self::{ident}). {}", first_sentence(&variant.attrs));
        constructor(&snake(ident), &quote!(Self::#ident), &docs, &variant.fields.iter().collect::<Vec<_>>())
    });
    let mut seen: Vec<&Ident> = Vec::new();
    let mut setters = Vec::new();
    for field in variants.iter().flat_map(|variant| variant.fields.iter()) {
        let (field_name, Some(inner)) = (name_of(field), generic_of(&field.ty, "Option")) else { continue };
        if seen.contains(&field_name) {
            continue;
        }
        seen.push(field_name);
        let found =
            |variant: &&Variant| variant.fields.iter().find(|other| name_of(other) == field_name).map(|other| spelt(&other.ty) == spelt(&field.ty));
        if variants.iter().filter_map(found).any(|same| !same) {
            setters.extend(
                variants
                    .iter()
                    .flat_map(|variant| variant.fields.iter().filter(|other| name_of(other) == field_name).map(|other| own_setter(variant, other))),
            );
            continue;
        }
        let having: Vec<_> = variants.iter().filter(|variant| found(variant).is_some()).map(|variant| &variant.ident).collect();
        let all = having.len() == variants.len();
        let (taken, value) = accepted(field_name, inner);
        let rest = (!all).then(|| quote!(_ => {}));
        let docs = format!(
            " Sets `{}`. {}{}",
            field_name.unraw(),
            first_sentence(&field.attrs),
            if all { "" } else { " A kind that has no such field stays as it is." }
        );
        setters.push(quote! {
            #[doc = #docs]
            #[must_use = "a setter gives the changed value back"]
            pub fn #field_name(mut self, #field_name: #taken) -> Self {
                let value = ::std::option::Option::Some(#value);
                match &mut self {
                    #(Self::#having { #field_name, .. })|* => *#field_name = value,
                    #rest
                }
                self
            }
        });
    }
    quote! {
        impl #name {
            #(#constructors)*
            #(#setters)*
        }
    }
}

/// The setter of a field that has other types in other members: it has the name of its member before its own.
fn own_setter(variant: &Variant, field: &Field) -> TokenStream {
    let (ident, name) = (&variant.ident, name_of(field));
    let Some(inner) = generic_of(&field.ty, "Option") else { return TokenStream::new() };
    let (taken, value) = accepted(name, inner);
    let setter = format_ident!("{}_{}", snake(ident), name.unraw());
    let docs =
        format!(" Sets `{}` of the kind [`{ident}`](Self::{ident}). {} Another kind stays as it is.", name.unraw(), first_sentence(&field.attrs));
    quote! {
        #[doc = #docs]
        #[must_use = "a setter gives the changed value back"]
        pub fn #setter(mut self, #name: #taken) -> Self {
            let value = ::std::option::Option::Some(#value);
            if let Self::#ident { #name, .. } = &mut self {
                *#name = value;
            }
            self
        }
    }
}

/// What a union of plain types can be made of: each of its types.
pub fn of_plain_union<'v>(name: &Ident, variants: impl Iterator<Item = &'v Variant>) -> TokenStream {
    let conversions = variants.flat_map(|variant| {
        let ident = &variant.ident;
        let own = variant.fields.iter().map(move |field| {
            let ty = &field.ty;
            quote! {
                impl ::std::convert::From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#ident(value)
                    }
                }
            }
        });
        let text = variant.fields.iter().filter(|field| spelt(&field.ty) == "String").map(move |_| {
            quote! {
                impl ::std::convert::From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#ident(value.into())
                    }
                }
            }
        });
        own.chain(text)
    });
    quote!(#(#conversions)*)
}

/// `SmartGroup` as the name of a function.
pub fn snake(name: &Ident) -> Ident {
    format_ident!("{}", snake_of(&name.to_string()))
}

/// `SmartGroup` with small letters: `smart_group`.
pub fn snake_of(name: &str) -> String {
    let mut text = String::new();
    // One word, although it has two capitals.
    for letter in name.replace("OAuth", "Oauth").chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
