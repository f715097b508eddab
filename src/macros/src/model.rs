//! `#[model]`: what serde and TypeScript say of a type, and the table the checker reads, from one declaration.

use crate::example;
use crate::input;
use crate::pattern;
use crate::typescript::{doc_block, inside_comment, of};
use crate::words::{for_both, for_rust, in_javascript};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Field, Fields, Lit, LitStr, Meta, Type, UnOp};

/// What `#[schema(…)]` says of a field.
#[derive(Default)]
struct Limits {
    min: Option<u32>,
    max: Option<u32>,
    pattern: Option<LitStr>,
    format: Option<LitStr>,
    minimum: Option<i64>,
    maximum: Option<i64>,
    min_items: Option<u32>,
    max_items: Option<u32>,
    only_true: bool,
    secret: bool,
    /// The one text that it may be.
    value: Option<LitStr>,
    /// Answers hold a digest of it, or a mask, in its place.
    hashed: bool,
}

/// What `#[model(…)]` says of a type.
#[derive(Default)]
struct Form {
    /// The field that tells the members of an enum apart.
    tag: Option<LitStr>,
    /// Nothing tells them apart.
    untagged: bool,
    /// An object may have more fields than it names.
    open: bool,
    /// Requests hold it, so that people build it.
    input: bool,
}

pub fn expand(arguments: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let form = parse_form(arguments)?;
    let input: DeriveInput = syn::parse2(item)?;
    if doc_lines(&input.attrs).is_empty() {
        return Err(syn::Error::new_spanned(&input.ident, "a model needs a doc comment: it is what users read"));
    }
    if let Some(attr) = input.attrs.iter().find(|attr| attr.path().is_ident("serde")) {
        return Err(syn::Error::new_spanned(attr, "`#[model]` takes no serde attribute here: it would disagree with the table"));
    }
    match &input.data {
        Data::Struct(_) => expand_struct(input, &form),
        Data::Enum(_) if form.untagged => expand_untagged(input, &form),
        Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit | Fields::Unnamed(_))) => {
            expand_values(input, &form)
        }
        Data::Enum(_) => expand_tagged(input, &form),
        Data::Union(_) => Err(syn::Error::new_spanned(&input.ident, "a union cannot be a model")),
    }
}

fn expand_struct(mut input: DeriveInput, form: &Form) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let mut attrs = std::mem::take(&mut input.attrs);
    let Data::Struct(data) = &mut input.data else { unreachable!("called for structs only") };
    let Fields::Named(fields) = &mut data.fields else {
        return Err(syn::Error::new_spanned(&name, "a model has named fields"));
    };
    if fields.named.is_empty() {
        return Err(syn::Error::new_spanned(&name, "a model has a field; an object with free keys is a `Map`"));
    }
    let built = form.input.then(|| {
        let fields: Vec<_> = fields.named.iter().collect();
        let (built, example) = (input::of_struct(&name, &fields), example::of_model(&name, &example::of_struct(&name, &fields)));
        quote!(#built #example)
    });
    let (rows, secrets) = rows_of(fields.named.iter_mut(), form.input)?;
    let debug = debug_of(&name, &fields.named, &secrets);
    let packed = pack_object(&rows, form.open);
    for_both(&mut attrs);
    fields.named.iter_mut().for_each(|field| for_both(&mut field.attrs));
    Ok(quote! {
        #(#attrs)*
        #[non_exhaustive]
        #[derive(Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(any(feature = "js", wasm_pack), derive(::tsify::Tsify))]
        #input
        #debug
        #[allow(deprecated)]
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Packed = #packed;
        }
        #built
    })
}

/// A field, as the table has it.
struct Row {
    name: String,
    required: bool,
    nullable: bool,
    secret: bool,
    /// An expression of the packed type.
    ty: TokenStream,
    /// Its type in TypeScript. Empty where nobody asks.
    typescript: String,
}

/// The packed bytes of an object: names, heads, and what belongs to them.
fn pack_object(rows: &[Row], open: bool) -> TokenStream {
    let tag = format_ident!("{}", if open { "OPEN" } else { "OBJECT" });
    let names = pack_names(rows.iter().map(|row| row.name.clone()));
    let heads = rows.iter().map(|Row { required, nullable, secret, ty, .. }| {
        let flags = u8::from(*required) | u8::from(*nullable) << 1 | u8::from(*secret) << 2;
        quote!(&#ty.head(#flags))
    });
    let types: Vec<_> = rows.iter().map(|row| &row.ty).collect();
    quote! {
        crate::schema::Packed {
            names: crate::packed!(#names, #(#types.names),*),
            shape: crate::packed!(&[crate::schema::pack::#tag], #(#heads,)* #(#types.body()),*),
        }
    }
}

/// Names, each before a line feed, and a zero.
fn pack_names(names: impl Iterator<Item = String>) -> Literal {
    let text: String = names.map(|name| name + "\n").chain(["\0".into()]).collect();
    Literal::byte_string(text.as_bytes())
}

/// A type made of a tag and one other type.
fn pack_around(tag: &str, before: &Literal, inner: &TokenStream) -> TokenStream {
    let tag = format_ident!("{tag}");
    quote! {
        crate::schema::Packed {
            names: #inner.names,
            shape: crate::packed!(&[crate::schema::pack::#tag], #before, &#inner.head(0), #inner.body()),
        }
    }
}

/// A type without names.
fn pack_plain(tag: &str, rest: &TokenStream) -> TokenStream {
    let tag = format_ident!("{tag}");
    quote!(crate::schema::Packed { names: &[], shape: crate::packed!(&[crate::schema::pack::#tag], #rest) })
}

/// Numbers with seven bits to a byte, the lowest first.
fn pack_numbers(numbers: &[u64]) -> Literal {
    let mut bytes = Vec::new();
    for number in numbers {
        let mut left = *number;
        while left > 127 {
            bytes.push(left as u8 | 128);
            left >>= 7;
        }
        bytes.push(left as u8);
    }
    Literal::byte_string(&bytes)
}

/// The upper bound of a count, one higher, so that "no bound" is zero.
fn above(max: Option<u32>) -> u64 {
    max.map_or(0, |max| u64::from(max) + 1)
}

/// Small numbers of either sign as small ones without.
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// The packed bytes of a type, as far as the name of the type tells.
pub fn pack_type(ty: &Type) -> TokenStream {
    if let Type::Slice(slice) = ty {
        return pack_list(&slice.elem, 0, None);
    }
    if let Some(item) = generic_of(ty, "Vec") {
        return pack_list(item, 0, None);
    }
    if let Some(value) = generic_of(ty, "Map") {
        let value = pack_type(value);
        return pack_around("MAP", &pack_numbers(&[]), &value);
    }
    if let Some(data) = generic_of(ty, "Data") {
        let row = Row { name: "data".into(), required: true, nullable: false, secret: false, ty: pack_type(data), typescript: String::new() };
        return pack_object(&[row], false);
    }
    quote!(<#ty as crate::schema::Schema>::TYPE)
}

/// What is checked of a form with files: the metadata, and that each file has a path. What a path may be is a rule of its own, src/request/files.rs.
pub fn pack_multipart(metadata: &Type) -> TokenStream {
    let path = quote!(<::std::string::String as crate::schema::Schema>::TYPE);
    let row = |name: &str, required, ty| Row { name: name.into(), required, nullable: false, secret: false, ty, typescript: String::new() };
    let file = pack_object(&[row("path", true, path)], false);
    let files = pack_around("ARRAY", &pack_numbers(&[0, 0]), &file);
    pack_object(&[row("metadata", true, pack_type(metadata)), row("file", false, files)], false)
}

fn pack_list(item: &Type, min: u32, max: Option<u32>) -> TokenStream {
    pack_around("ARRAY", &pack_numbers(&[min.into(), above(max)]), &pack_type(item))
}

/// What the docs say of a field that is `hashed`.
const HASHED: &str = " A digest or a mask of it, not the secret itself, which the API never tells: do not send it back.";

/// The table rows of some fields, and which of them are secret. Adds to each field what serde and the docs need. `sent` is whether requests hold them.
fn rows_of<'f>(fields: impl Iterator<Item = &'f mut Field>, sent: bool) -> syn::Result<(Vec<Row>, Vec<bool>)> {
    let mut rows = Vec::new();
    let mut secrets = Vec::new();
    for field in fields {
        let limits = take_limits(field)?;
        let wire = wire_name(field)?;
        if doc_lines(&field.attrs).is_empty() {
            return Err(syn::Error::new_spanned(&field.ident, format!("`{wire}` needs a doc comment: unit, range, meaning")));
        }
        let line = if limits.hashed { Some(HASHED.into()) } else { limits.in_words().map(|line| format!(" {line}")) };
        if let Some(line) = line {
            field.attrs.push(syn::parse_quote!(#[doc = ""]));
            field.attrs.push(syn::parse_quote!(#[doc = #line]));
        }
        if let Some(note) = deprecation(&field.attrs)? {
            let line = format!(" @deprecated {}", in_javascript(&note));
            field.attrs.push(syn::parse_quote!(#[cfg_attr(any(feature = "js", wasm_pack), doc = #line)]));
        }
        if generic_of(&field.ty, "Option").is_some() {
            field.attrs.push(syn::parse_quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
        }
        let optional = generic_of(&field.ty, "Option");
        let inner = optional.unwrap_or(&field.ty);
        let nullable = generic_of(inner, "Nullable");
        let typescript = match of(inner)? {
            _ if limits.only_true => "true".into(),
            text => match &limits.value {
                Some(value) => format!("{:?}", value.value()),
                // The types refuse a digest in the place of a secret.
                None if limits.hashed => text.replacen("string", "Digest", 1),
                None if limits.secret && sent && text.starts_with("string") => text.replacen("string", "Plaintext", 1),
                None if limits.secret && sent => text.replace(", string>", ", Plaintext>"),
                None => text,
            },
        };
        let differs = typescript != of(inner)?;
        rows.push(Row {
            name: wire,
            required: optional.is_none(),
            nullable: nullable.is_some(),
            secret: limits.secret,
            ty: limits.schema_of(nullable.unwrap_or(inner))?,
            typescript: typescript.clone(),
        });
        secrets.push(limits.secret);
        // In free JSON, null is a value as any other.
        let is_typed = |value: &Type| value.to_token_stream().to_string() != "Value";
        let is_map = !sent && generic_of(nullable.unwrap_or(inner), "Map").is_some_and(is_typed);
        let reader = match (is_map, optional.is_some(), nullable.is_some()) {
            (true, false, false) => Some("crate::schema::map_without_nulls"),
            (true, true, false) => Some("crate::schema::optional_map_without_nulls"),
            (true, false, true) => Some("crate::schema::nullable_map_without_nulls"),
            (true, true, true) => Some("crate::schema::optional_nullable_map_without_nulls"),
            (false, true, true) => Some("crate::schema::present"),
            (false, ..) => None,
        };
        if let Some(reader) = reader {
            field.attrs.push(syn::parse_quote!(#[serde(deserialize_with = #reader)]));
        }
        // What tsify would call by its name in Rust.
        if differs || typescript.contains(" | null") || typescript.contains("unknown") || typescript.contains("Record<") {
            field.attrs.push(syn::parse_quote!(#[cfg_attr(any(feature = "js", wasm_pack), tsify(type = #typescript))]));
        }
    }
    Ok((rows, secrets))
}

/// `Debug` that never prints a secret.
fn debug_of<'f>(name: &syn::Ident, fields: impl IntoIterator<Item = &'f Field>, secrets: &[bool]) -> TokenStream {
    let text = name.to_string();
    let lines = fields.into_iter().zip(secrets).map(|(field, &secret)| {
        let ident = &field.ident;
        let label = ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let label = label.trim_start_matches("r#");
        if secret { quote!(.field(#label, &crate::redact::REDACTED)) } else { quote!(.field(#label, &self.#ident)) }
    });
    quote! {
        #[allow(deprecated)]
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.debug_struct(#text)#(#lines)*.finish()
            }
        }
    }
}

/// An enum of strings.
fn expand_values(mut input: DeriveInput, form: &Form) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let mut attrs = std::mem::take(&mut input.attrs);
    let Data::Enum(data) = &mut input.data else { unreachable!("called for enums only") };
    let mut idents = Vec::new();
    let mut values = Vec::new();
    // The values have no place of their own in TypeScript: the type tells what they mean.
    let mut list = vec![String::new()];
    let mut open = false;
    for variant in &mut data.variants {
        if doc_lines(&variant.attrs).is_empty() {
            return Err(syn::Error::new_spanned(&variant.ident, "a value needs a doc comment"));
        }
        if matches!(variant.fields, Fields::Unnamed(_)) {
            if variant.ident != "Other" {
                return Err(syn::Error::new_spanned(&variant.ident, "only the variant `Other(String)` holds a value"));
            }
            if variant.fields.to_token_stream().to_string().replace(' ', "") != "(String)" {
                return Err(syn::Error::new_spanned(&variant.fields, "`Other` holds one `String`"));
            }
            open = true;
            if form.input {
                // No conversion makes one, so that a request with it is not made by accident.
                variant.attrs.push(syn::parse_quote!(#[doc = ""]));
                variant.attrs.push(syn::parse_quote!(#[doc = " For answers alone: a request that holds it is refused before it is sent."]));
            }
            continue;
        }
        let Some(value) = take_rename(&mut variant.attrs)? else {
            return Err(syn::Error::new_spanned(&variant.ident, "name the value of the API: #[serde(rename = \"…\")]"));
        };
        let meaning = in_javascript(&doc_lines(&variant.attrs).join(" "));
        for_rust(&mut variant.attrs);
        list.push(inside_comment(&format!(" - {}: {meaning}", code(&format!("{:?}", value.value())))));
        idents.push(variant.ident.clone());
        values.push(value);
    }
    let mut union = values.iter().map(|value| format!("{:?}", value.value())).collect::<Vec<_>>().join(" | ");
    if open {
        // A string that nobody can write down: editors complete the known values, and no other one is compared with or sent.
        union.push_str(" | NewerValue");
    }
    let (other_as_str, from_other) = if open {
        (quote!(#name::Other(value) => value,), quote!(Ok(#name::Other(text))))
    } else {
        (quote!(), quote!(Err(::serde::de::Error::unknown_variant(&text, Self::values()))))
    };
    let conversions = conversions(&name, open && !form.input);
    // What takes only known values is of requests alone.
    let example = (form.input || !open).then(|| example::of_model(&name, &example::of_values(&name, &idents)));
    let names = pack_names(values.iter().map(LitStr::value));
    for_both(&mut attrs);
    Ok(quote! {
        #(#attrs)*
        #(#[cfg_attr(any(feature = "js", wasm_pack), doc = #list)])*
        #[non_exhaustive]
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[cfg_attr(any(feature = "js", wasm_pack), derive(::tsify::Tsify))]
        #[cfg_attr(any(feature = "js", wasm_pack), tsify(type = #union))]
        #input
        impl #name {
            /// The value as the API writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#name::#idents => #values,)*
                    #other_as_str
                }
            }
            /// All values that this crate knows, as the API writes them.
            pub const fn values() -> &'static [&'static str] {
                &[#(#values),*]
            }
            fn known(text: &str) -> ::std::option::Option<Self> {
                match text {
                    #(#values => ::std::option::Option::Some(#name::#idents),)*
                    _ => ::std::option::Option::None,
                }
            }
        }
        #conversions
        #example
        impl ::std::convert::AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::cmp::PartialEq<str> for #name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }
        impl ::std::cmp::PartialEq<&str> for #name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }
        impl ::std::cmp::PartialEq<#name> for str {
            fn eq(&self, other: &#name) -> bool {
                self == other.as_str()
            }
        }
        impl ::std::cmp::PartialEq<#name> for &str {
            fn eq(&self, other: &#name) -> bool {
                *self == other.as_str()
            }
        }
        impl ::std::fmt::Display for #name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
                match Self::known(&text) {
                    ::std::option::Option::Some(value) => Ok(value),
                    ::std::option::Option::None => #from_other,
                }
            }
        }
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Packed = crate::schema::Packed { names: #names, shape: &[crate::schema::pack::ENUM] };
        }
    })
}

/// What an enum of strings can be made of. Of any text, where it takes what it does not know; else the text may be wrong, and the type says so.
fn conversions(name: &syn::Ident, takes_all: bool) -> TokenStream {
    if takes_all {
        return quote! {
            impl ::std::convert::From<::std::string::String> for #name {
                fn from(text: ::std::string::String) -> Self {
                    Self::known(&text).unwrap_or(Self::Other(text))
                }
            }
            impl ::std::convert::From<&str> for #name {
                fn from(text: &str) -> Self {
                    Self::known(text).unwrap_or_else(|| Self::Other(text.into()))
                }
            }
            impl ::std::str::FromStr for #name {
                type Err = ::std::convert::Infallible;
                fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                    Ok(text.into())
                }
            }
        };
    }
    quote! {
        impl ::std::str::FromStr for #name {
            type Err = crate::schema::UnknownValue;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::known(text).ok_or_else(|| crate::schema::UnknownValue::new(text, Self::values()))
            }
        }
        impl ::std::convert::TryFrom<&str> for #name {
            type Error = crate::schema::UnknownValue;
            fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                text.parse()
            }
        }
    }
}

/// A code span of Markdown.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// An enum whose members are objects told apart by one field.
fn expand_tagged(mut input: DeriveInput, form: &Form) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let mut attrs = std::mem::take(&mut input.attrs);
    let Some(tag) = &form.tag else {
        return Err(syn::Error::new_spanned(&name, "an enum of objects needs the field that tells them apart: #[model(tag = \"…\")]"));
    };
    let Data::Enum(data) = &mut input.data else { unreachable!("called for enums only") };
    let mut members = Vec::new();
    let mut union = Vec::new();
    let mut arms = Vec::new();
    let mut names = vec![tag.value()];
    let members_of =
        |data: &syn::DataEnum| data.variants.iter().filter(|variant| matches!(variant.fields, Fields::Named(_))).cloned().collect::<Vec<_>>();
    let built = form.input.then(|| {
        let members = members_of(data);
        let example = members.first().map(|first| example::of_model(&name, &example::of_member(&name, &input::snake(&first.ident), first)));
        let built = input::of_union(&name, members.iter());
        quote!(#built #example)
    });
    for variant in &mut data.variants {
        if is_other(variant)? {
            variant.attrs.push(syn::parse_quote!(#[serde(untagged)]));
            arms.push(quote!(Self::Other(value) => formatter.debug_tuple("Other").field(value).finish()));
            continue;
        }
        if doc_lines(&variant.attrs).is_empty() {
            return Err(syn::Error::new_spanned(&variant.ident, "a member needs a doc comment"));
        }
        let Some(value) = rename_of(&variant.attrs)? else {
            return Err(syn::Error::new_spanned(&variant.ident, "name the value of the tag: #[serde(rename = \"…\")]"));
        };
        let Fields::Named(fields) = &mut variant.fields else {
            return Err(syn::Error::new_spanned(&variant.ident, "a member has named fields"));
        };
        let (mut rows, secrets) = rows_of(fields.named.iter_mut(), form.input)?;
        union.push(member_type(&variant.attrs, &tag.value(), &value.value(), fields.named.iter().zip(&rows))?);
        arms.push(debug_arm(&variant.ident, &fields.named, &secrets));
        variant.attrs.push(syn::parse_quote!(#[non_exhaustive]));
        let only = pack_names(std::iter::once(value.value()));
        let only = quote!(crate::schema::Packed { names: #only, shape: &[crate::schema::pack::ENUM] });
        names.push(value.value());
        rows.insert(0, Row { name: tag.value(), required: true, nullable: false, secret: false, ty: only, typescript: String::new() });
        let object = pack_object(&rows, false);
        members.push(object);
    }
    let union = union.join(" | ");
    let names = pack_names(names.into_iter());
    let places: Vec<_> = (0..members.len()).collect();
    // A field of a member has its docs in `union`: tsify writes nothing of it.
    for field in data.variants.iter_mut().flat_map(|variant| variant.fields.iter_mut()) {
        field.attrs.retain(|attr| !attr.path().is_ident("cfg_attr"));
        for_rust(&mut field.attrs);
    }
    data.variants.iter_mut().for_each(|variant| for_rust(&mut variant.attrs));
    for_both(&mut attrs);
    Ok(quote! {
        #(#attrs)*
        #[non_exhaustive]
        #[derive(Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(any(feature = "js", wasm_pack), derive(::tsify::Tsify))]
        #[cfg_attr(any(feature = "js", wasm_pack), tsify(type = #union))]
        #[serde(tag = #tag)]
        #input
        #[allow(deprecated)]
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    #(#arms,)*
                }
            }
        }
        #[allow(deprecated)]
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Packed = {
                const MEMBERS: &[crate::schema::Packed] = &[#(#members),*];
                crate::schema::Packed {
                    names: crate::packed!(#names, #(MEMBERS[#places].names),*),
                    shape: crate::packed!(&[crate::schema::pack::TAGGED], #(MEMBERS[#places].body()),*),
                }
            };
        }
        #built
    })
}

/// Whether a variant is `Other(Value)`, which holds what is newer than this crate.
fn is_other(variant: &syn::Variant) -> syn::Result<bool> {
    let Fields::Unnamed(fields) = &variant.fields else { return Ok(false) };
    if variant.ident != "Other" {
        return Ok(false);
    }
    match fields.to_token_stream().to_string().replace(' ', "").as_str() {
        "(Value)" => Ok(true),
        _ => Err(syn::Error::new_spanned(fields, "`Other` of a union holds one `Value`")),
    }
}

/// The TypeScript of a member of a tagged union.
fn member_type<'f>(attrs: &[Attribute], tag: &str, value: &str, fields: impl Iterator<Item = (&'f Field, &'f Row)>) -> syn::Result<String> {
    let mut text = format!("{{\n{}  {tag}: {value:?};\n", jsdoc(attrs, &[], "  ")?);
    for (field, Row { name: wire, required, typescript, .. }) in fields {
        let mark = if *required { "" } else { "?" };
        text.push_str(&format!("{}  {wire}{mark}: {typescript};\n", jsdoc(&field.attrs, &[], "  ")?));
    }
    text.push('}');
    Ok(text)
}

/// `Debug` of a member of a tagged union, which never prints a secret.
fn debug_arm<'f>(variant: &syn::Ident, fields: impl IntoIterator<Item = &'f Field>, secrets: &[bool]) -> TokenStream {
    let text = variant.to_string();
    let mut idents = Vec::new();
    let lines: Vec<_> = fields
        .into_iter()
        .zip(secrets)
        .map(|(field, &secret)| {
            let ident = &field.ident;
            let label = ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let label = label.trim_start_matches("r#").to_string();
            if secret {
                return quote!(.field(#label, &crate::redact::REDACTED));
            }
            idents.push(ident.clone());
            quote!(.field(#label, #ident))
        })
        .collect();
    quote!(Self::#variant { #(#idents,)* .. } => formatter.debug_struct(#text)#(#lines)*.finish())
}

/// An enum whose members nothing tells apart: the first that fits is meant.
fn expand_untagged(mut input: DeriveInput, form: &Form) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let mut attrs = std::mem::take(&mut input.attrs);
    let Data::Enum(data) = &mut input.data else { unreachable!("called for enums only") };
    let mut members = Vec::new();
    let mut union = Vec::new();
    for variant in &data.variants {
        if doc_lines(&variant.attrs).is_empty() {
            return Err(syn::Error::new_spanned(&variant.ident, "a member needs a doc comment"));
        }
        if is_other(variant)? {
            continue;
        }
        let ty = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0].ty,
            _ => return Err(syn::Error::new_spanned(&variant.ident, "a member holds one type")),
        };
        members.push(pack_type(ty));
        union.push(of(ty)?);
    }
    let (union, count) = (union.join(" | "), members.len() as u8);
    let built = form.input.then(|| input::of_plain_union(&name, data.variants.iter()));
    data.variants.iter_mut().for_each(|variant| for_rust(&mut variant.attrs));
    for_both(&mut attrs);
    Ok(quote! {
        #(#attrs)*
        #[non_exhaustive]
        #[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(any(feature = "js", wasm_pack), derive(::tsify::Tsify))]
        #[cfg_attr(any(feature = "js", wasm_pack), tsify(type = #union))]
        #[serde(untagged)]
        #input
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Packed = crate::schema::Packed {
                names: crate::packed!(#(#members.names),*),
                shape: crate::packed!(&[crate::schema::pack::UNION, #count], #(&#members.head(0), #members.body()),*),
            };
        }
        #built
    })
}

impl Limits {
    /// The table's type of a field: its Rust type, without `Option` and `Nullable`, narrowed by what the attribute says.
    fn schema_of(&self, ty: &Type) -> syn::Result<TokenStream> {
        let text = self.min.is_some() || self.max.is_some() || self.pattern.is_some() || self.format.is_some();
        if text {
            if ty.to_token_stream().to_string() != "String" {
                return Err(syn::Error::new_spanned(ty, "min, max, pattern and format go with `String`"));
            }
            return self.text();
        }
        if self.hashed {
            if ty.to_token_stream().to_string() != "String" || !self.secret {
                return Err(syn::Error::new_spanned(ty, "hashed goes with a `String` that is `secret`"));
            }
            return Ok(pack_plain("DIGEST", &quote!()));
        }
        if self.minimum.is_some() || self.maximum.is_some() {
            let tag = match ty.to_token_stream().to_string().as_str() {
                "i64" => "BOUNDED",
                "f64" => "RANGE",
                _ => return Err(syn::Error::new_spanned(ty, "minimum and maximum go with `i64` and `f64`")),
            };
            let bounds = pack_numbers(&[zigzag(self.minimum.unwrap_or(i64::MIN)), zigzag(self.maximum.unwrap_or(i64::MAX))]);
            return Ok(pack_plain(tag, &quote!(#bounds)));
        }
        if let Some(value) = &self.value {
            if ty.to_token_stream().to_string() != "String" {
                return Err(syn::Error::new_spanned(ty, "value goes with `String`"));
            }
            let only = pack_names(std::iter::once(value.value()));
            return Ok(quote!(crate::schema::Packed { names: #only, shape: &[crate::schema::pack::ENUM] }));
        }
        if self.only_true {
            if ty.to_token_stream().to_string() != "bool" {
                return Err(syn::Error::new_spanned(ty, "only_true goes with `bool`"));
            }
            return Ok(pack_plain("TRUE", &quote!()));
        }
        if self.min_items.is_some() || self.max_items.is_some() {
            let Some(item) = generic_of(ty, "Vec") else {
                return Err(syn::Error::new_spanned(ty, "min_items and max_items go with `Vec`"));
            };
            return Ok(pack_list(item, self.min_items.unwrap_or(0), self.max_items));
        }
        Ok(pack_type(ty))
    }

    fn text(&self) -> syn::Result<TokenStream> {
        let pattern = match (&self.pattern, &self.format) {
            (Some(_), Some(format)) => return Err(syn::Error::new(format.span(), "pattern and format exclude each other")),
            (Some(pattern), None) => pattern::from_pattern(&pattern.value(), pattern.span())?,
            (None, Some(format)) => pattern::from_format(&format.value(), format.span())?,
            (None, None) => quote!(crate::schema::Pattern { source: "", dfa: &[] }),
        };
        let lengths = pack_numbers(&[self.min.unwrap_or(0).into(), above(self.max)]);
        let rest = quote!(
            #lengths,
            &crate::schema::pack::short(PATTERN.source.len()),
            PATTERN.source.as_bytes(),
            &crate::schema::pack::long(PATTERN.dfa.len()),
            PATTERN.dfa
        );
        let packed = pack_plain("TEXT", &rest);
        Ok(quote! {({
            const PATTERN: crate::schema::Pattern = #pattern;
            #packed
        })})
    }

    /// The limits as a sentence of the docs, so that they are written once.
    fn in_words(&self) -> Option<String> {
        let mut words = Vec::new();
        words.extend(count_in_words(self.min, self.max, "character"));
        words.extend(count_in_words(self.min_items, self.max_items, "item"));
        match (self.minimum, self.maximum) {
            (Some(min), Some(max)) => words.push(format!("{min} to {max}")),
            (Some(min), None) => words.push(format!("at least {min}")),
            (None, Some(max)) => words.push(format!("at most {max}")),
            (None, None) => {}
        }
        if let Some(pattern) = &self.pattern {
            words.push(format!("must match `{}`", pattern.value()));
        }
        if let Some(value) = &self.value {
            words.push(format!("always `{}`", value.value()));
        }
        if let Some(format) = &self.format {
            words.push(format!("format `{}`", format.value()));
        }
        if words.is_empty() { None } else { Some(format!("Limits: {}.", words.join(", "))) }
    }
}

fn count_in_words(min: Option<u32>, max: Option<u32>, what: &str) -> Option<String> {
    let (words, last) = match (min, max) {
        (Some(min), Some(max)) if min == max => (format!("exactly {max}"), max),
        (Some(min), Some(max)) => (format!("{min} to {max}"), max),
        (Some(min), None) => (format!("at least {min}"), min),
        (None, Some(max)) => (format!("at most {max}"), max),
        (None, None) => return None,
    };
    Some(format!("{words} {what}{}", if last == 1 { "" } else { "s" }))
}

/// A string type narrowed by the attributes of a path argument, and its limits as a sentence, or `None` where it has no `#[schema]`.
pub fn take_text(attrs: &mut Vec<Attribute>) -> syn::Result<Option<(TokenStream, Option<String>)>> {
    let limits = parse_limits(attrs)?;
    limits.map(|limits| Ok((limits.text()?, limits.in_words()))).transpose()
}

/// The one text that a field may be, where there is one: nobody need give it.
pub fn only_value(field: &Field) -> Option<LitStr> {
    parse_limits(&mut field.attrs.clone()).ok().flatten().and_then(|limits| limits.value)
}

fn take_limits(field: &mut Field) -> syn::Result<Limits> {
    Ok(parse_limits(&mut field.attrs)?.unwrap_or_default())
}

fn parse_limits(attrs: &mut Vec<Attribute>) -> syn::Result<Option<Limits>> {
    let Some(at) = attrs.iter().position(|attr| attr.path().is_ident("schema")) else { return Ok(None) };
    let attr = attrs.remove(at);
    let mut limits = Limits::default();
    attr.parse_nested_meta(|meta| {
        if meta.path.is_ident("secret") {
            limits.secret = true;
            return Ok(());
        }
        if meta.path.is_ident("hashed") {
            limits.hashed = true;
            return Ok(());
        }
        if meta.path.is_ident("only_true") {
            limits.only_true = true;
            return Ok(());
        }
        let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let value: Expr = meta.value()?.parse()?;
        match key.as_str() {
            "min" => limits.min = Some(whole(&value)?),
            "max" => limits.max = Some(whole(&value)?),
            "min_items" => limits.min_items = Some(whole(&value)?),
            "max_items" => limits.max_items = Some(whole(&value)?),
            "minimum" => limits.minimum = Some(number(&value)?),
            "maximum" => limits.maximum = Some(number(&value)?),
            "pattern" => limits.pattern = Some(text(&value)?),
            "format" => limits.format = Some(text(&value)?),
            "value" => limits.value = Some(text(&value)?),
            _ => {
                return Err(meta.error(
                    "unknown key, expected one of: min, max, pattern, format, minimum, maximum, min_items, max_items, only_true, value, secret, hashed",
                ));
            }
        }
        Ok(())
    })?;
    Ok(Some(limits))
}

fn whole(value: &Expr) -> syn::Result<u32> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse(),
        _ => Err(syn::Error::new_spanned(value, "expected a whole number")),
    }
}

fn number(value: &Expr) -> syn::Result<i64> {
    match value {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => number(&unary.expr).map(|number| -number),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse(),
        _ => Err(syn::Error::new_spanned(value, "expected a whole number")),
    }
}

fn text(value: &Expr) -> syn::Result<LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.clone()),
        _ => Err(syn::Error::new_spanned(value, "expected a string")),
    }
}

/// The type inside `Outer<…>`.
pub fn generic_of<'t>(ty: &'t Type, outer: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    if segment.ident != outer {
        return None;
    }
    let syn::PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
    list.args.iter().find_map(|argument| if let syn::GenericArgument::Type(inner) = argument { Some(inner) } else { None })
}

fn wire_name(field: &Field) -> syn::Result<String> {
    if let Some(name) = rename_of(&field.attrs)? {
        return Ok(name.value());
    }
    Ok(field.ident.as_ref().map(|ident| ident.to_string().trim_start_matches("r#").to_string()).unwrap_or_default())
}

/// The serde attributes a model may carry. Any other would change the JSON behind the back of the table.
fn serde_string(attrs: &[Attribute], key: &str) -> syn::Result<Option<LitStr>> {
    let mut found = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        attr.parse_nested_meta(|meta| {
            if meta.path.is_ident(key) {
                found = Some(meta.value()?.parse::<LitStr>()?);
                return Ok(());
            }
            Err(meta.error(format!("`#[model]` knows only `{key}` here: another serde attribute would disagree with the table")))
        })?;
    }
    Ok(found)
}

fn rename_of(attrs: &[Attribute]) -> syn::Result<Option<LitStr>> {
    serde_string(attrs, "rename")
}

fn take_rename(attrs: &mut Vec<Attribute>) -> syn::Result<Option<LitStr>> {
    let found = rename_of(attrs)?;
    // Values write and read themselves, so no derive is there to own the attribute.
    attrs.retain(|attr| !attr.path().is_ident("serde"));
    Ok(found)
}

/// What stands in `#[model(…)]`.
fn parse_form(arguments: TokenStream) -> syn::Result<Form> {
    let mut form = Form::default();
    let parser = syn::meta::parser(|meta| {
        match meta.path.get_ident().map(ToString::to_string).as_deref() {
            Some("tag") => form.tag = Some(meta.value()?.parse()?),
            Some("untagged") => form.untagged = true,
            Some("open") => form.open = true,
            Some("input") => form.input = true,
            _ => return Err(meta.error("`#[model]` takes `tag = \"…\"`, `untagged`, `open` or `input`")),
        }
        Ok(())
    });
    syn::parse::Parser::parse2(parser, arguments)?;
    Ok(form)
}

/// The note of `#[deprecated]`.
pub fn deprecation(attrs: &[Attribute]) -> syn::Result<Option<String>> {
    let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("deprecated")) else { return Ok(None) };
    let note = match &attr.meta {
        Meta::NameValue(pair) => text(&pair.value)?.value(),
        Meta::List(_) => {
            let mut note = String::new();
            attr.parse_nested_meta(|meta| {
                note = meta.value()?.parse::<LitStr>()?.value();
                Ok(())
            })?;
            note
        }
        Meta::Path(_) => return Err(syn::Error::new(attr.span(), "say what to use instead: #[deprecated = \"…\"]")),
    };
    Ok(Some(note))
}

/// The lines of a doc comment.
pub fn doc_lines(attrs: &[Attribute]) -> Vec<String> {
    attrs
        .iter()
        .filter_map(|attr| match &attr.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_string()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// A constant with TypeScript text, read by wasm-bindgen.
pub fn typescript_section(name: &str, text: &str) -> TokenStream {
    let constant = format_ident!("TYPESCRIPT_{}", name.to_uppercase(), span = Span::call_site());
    quote! {
        #[cfg(any(feature = "js", wasm_pack))]
        #[::wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const #constant: &str = #text;
    }
}

/// The JSDoc of an item: its doc lines, and what else is to be said.
pub fn jsdoc(attrs: &[Attribute], more: &[String], indent: &str) -> syn::Result<String> {
    let mut lines: Vec<_> = doc_lines(attrs).iter().map(|line| in_javascript(line)).collect();
    lines.extend(more.iter().cloned());
    if let Some(note) = deprecation(attrs)? {
        lines.push(format!("@deprecated {}", in_javascript(&note)));
    }
    Ok(doc_block(&lines, indent))
}
