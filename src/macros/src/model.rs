//! `#[model]`: what serde and TypeScript say of a type, and the table the checker reads, from one declaration.

use crate::pattern;
use crate::typescript::doc_block;
use proc_macro2::{Span, TokenStream};
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
    minimum: Option<Expr>,
    maximum: Option<Expr>,
    min_items: Option<u32>,
    max_items: Option<u32>,
    secret: bool,
}

pub fn expand(arguments: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let tag = parse_tag(arguments)?;
    let input: DeriveInput = syn::parse2(item)?;
    if doc_lines(&input.attrs).is_empty() {
        return Err(syn::Error::new_spanned(&input.ident, "a model needs a doc comment: it is what users read"));
    }
    if let Some(attr) = input.attrs.iter().find(|attr| attr.path().is_ident("serde")) {
        return Err(syn::Error::new_spanned(attr, "`#[model]` takes no serde attribute here: it would disagree with the table"));
    }
    match &input.data {
        Data::Struct(_) => expand_struct(input),
        Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit | Fields::Unnamed(_))) => expand_values(input),
        Data::Enum(_) => expand_tagged(input, tag),
        Data::Union(_) => Err(syn::Error::new_spanned(&input.ident, "a union cannot be a model")),
    }
}

fn expand_struct(mut input: DeriveInput) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let attrs = std::mem::take(&mut input.attrs);
    let Data::Struct(data) = &mut input.data else { unreachable!("called for structs only") };
    let Fields::Named(fields) = &mut data.fields else {
        return Err(syn::Error::new_spanned(&name, "a model has named fields"));
    };
    let (rows, secrets) = rows_of(fields.named.iter_mut())?;
    let debug = debug_of(&name, &fields.named, &secrets);
    let packed = pack_object(&rows);
    Ok(quote! {
        #(#attrs)*
        #[derive(Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "js", derive(::tsify::Tsify))]
        #input
        #debug
        #[allow(deprecated)]
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Type = crate::schema::Type(#packed);
        }
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
}

/// The packed bytes of an object.
fn pack_object(rows: &[Row]) -> TokenStream {
    let required = rows.iter().filter(|row| row.required).count();
    let fields = rows.iter().map(|Row { name, required, nullable, secret, ty }| {
        quote! {
            &crate::schema::pack::flags(#required, #nullable, #secret),
            &crate::schema::pack::short(#name.len()),
            #name.as_bytes(),
            &crate::schema::pack::long(#ty.len()),
            #ty
        }
    });
    quote!(crate::packed!(&[crate::schema::pack::OBJECT], &crate::schema::pack::short(#required), #(#fields),*))
}

/// The packed bytes of a type, as far as the name of the type tells.
pub fn pack_type(ty: &Type) -> TokenStream {
    if let Type::Slice(slice) = ty {
        return pack_list(&slice.elem, 0, u32::MAX);
    }
    if let Some(item) = generic_of(ty, "Vec") {
        return pack_list(item, 0, u32::MAX);
    }
    if let Some(value) = generic_of(ty, "Map") {
        let value = pack_type(value);
        return quote!(crate::packed!(&[crate::schema::pack::MAP], #value));
    }
    quote!(<#ty as crate::schema::Schema>::TYPE.0)
}

fn pack_list(item: &Type, min: u32, max: u32) -> TokenStream {
    let item = pack_type(item);
    quote!(crate::packed!(&[crate::schema::pack::ARRAY], &u32::to_le_bytes(#min), &u32::to_le_bytes(#max), #item))
}

/// The table rows of some fields, and which of them are secret. Adds to each field what serde and the docs need.
fn rows_of<'f>(fields: impl Iterator<Item = &'f mut Field>) -> syn::Result<(Vec<Row>, Vec<bool>)> {
    let mut rows = Vec::new();
    let mut secrets = Vec::new();
    for field in fields {
        let limits = take_limits(field)?;
        let wire = wire_name(field)?;
        if doc_lines(&field.attrs).is_empty() {
            return Err(syn::Error::new_spanned(&field.ident, format!("`{wire}` needs a doc comment: unit, range, meaning")));
        }
        if let Some(line) = limits.in_words() {
            let line = format!(" {line}");
            field.attrs.push(syn::parse_quote!(#[doc = ""]));
            field.attrs.push(syn::parse_quote!(#[doc = #line]));
        }
        if let Some(note) = deprecation(&field.attrs)? {
            let line = format!(" @deprecated {note}");
            field.attrs.push(syn::parse_quote!(#[cfg_attr(feature = "js", doc = #line)]));
        }
        if generic_of(&field.ty, "Option").is_some() {
            field.attrs.push(syn::parse_quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
        }
        let optional = generic_of(&field.ty, "Option");
        let inner = optional.unwrap_or(&field.ty);
        let nullable = generic_of(inner, "Nullable");
        rows.push(Row {
            name: wire,
            required: optional.is_none(),
            nullable: nullable.is_some(),
            secret: limits.secret,
            ty: limits.schema_of(nullable.unwrap_or(inner))?,
        });
        secrets.push(limits.secret);
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
        if secret { quote!(.field(#label, &crate::secret::REDACTED)) } else { quote!(.field(#label, &self.#ident)) }
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
fn expand_values(mut input: DeriveInput) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let attrs = std::mem::take(&mut input.attrs);
    let Data::Enum(data) = &mut input.data else { unreachable!("called for enums only") };
    let mut idents = Vec::new();
    let mut values = Vec::new();
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
            continue;
        }
        let Some(value) = take_rename(&mut variant.attrs)? else {
            return Err(syn::Error::new_spanned(&variant.ident, "name the value of the API: #[serde(rename = \"…\")]"));
        };
        idents.push(variant.ident.clone());
        values.push(value);
    }
    let mut union = values.iter().map(|value| format!("{:?}", value.value())).collect::<Vec<_>>().join(" | ");
    if open {
        // Keeps completion in editors, which a plain `| string` would swallow.
        union.push_str(" | (string & {})");
    }
    let (other_as_str, from_other) = if open {
        (quote!(#name::Other(value) => value,), quote!(_ => Ok(#name::Other(text)),))
    } else {
        (quote!(), quote!(_ => Err(::serde::de::Error::unknown_variant(&text, &[#(#values),*])),))
    };
    let from_str_doc = "The value as the API writes it.";
    Ok(quote! {
        #(#attrs)*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "js", derive(::tsify::Tsify))]
        #[cfg_attr(feature = "js", tsify(type = #union))]
        #input
        impl #name {
            #[doc = #from_str_doc]
            pub fn as_str(&self) -> &str {
                match self {
                    #(#name::#idents => #values,)*
                    #other_as_str
                }
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
                match text.as_str() {
                    #(#values => Ok(#name::#idents),)*
                    #from_other
                }
            }
        }
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Type = crate::schema::Type(
                crate::packed!(&[crate::schema::pack::ENUM], #(&crate::schema::pack::short(#values.len()), #values.as_bytes()),*)
            );
        }
    })
}

/// An enum whose members are objects told apart by one field.
fn expand_tagged(mut input: DeriveInput, tag: Option<LitStr>) -> syn::Result<TokenStream> {
    let name = input.ident.clone();
    let attrs = std::mem::take(&mut input.attrs);
    let Some(tag) = tag else {
        return Err(syn::Error::new_spanned(&name, "an enum of objects needs the field that tells them apart: #[model(tag = \"…\")]"));
    };
    let Data::Enum(data) = &mut input.data else { unreachable!("called for enums only") };
    let mut members = Vec::new();
    for variant in &mut data.variants {
        let Some(value) = rename_of(&variant.attrs)? else {
            return Err(syn::Error::new_spanned(&variant.ident, "name the value of the tag: #[serde(rename = \"…\")]"));
        };
        let Fields::Named(fields) = &mut variant.fields else {
            return Err(syn::Error::new_spanned(&variant.ident, "a member has named fields"));
        };
        let (rows, secrets) = rows_of(fields.named.iter_mut())?;
        if secrets.contains(&true) {
            return Err(syn::Error::new_spanned(&variant.ident, "a secret belongs into a struct, whose Debug hides it"));
        }
        let mut rows = rows;
        let only = quote!(crate::packed!(&[crate::schema::pack::ENUM], &crate::schema::pack::short(#value.len()), #value.as_bytes()));
        rows.insert(0, Row { name: tag.value(), required: true, nullable: false, secret: false, ty: only });
        let object = pack_object(&rows);
        members.push(quote! {
            &crate::schema::pack::short(#value.len()),
            #value.as_bytes(),
            &crate::schema::pack::long(#object.len()),
            #object
        });
    }
    Ok(quote! {
        #(#attrs)*
        #[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "js", derive(::tsify::Tsify))]
        #[serde(tag = #tag)]
        #input
        impl crate::schema::Schema for #name {
            const TYPE: crate::schema::Type = crate::schema::Type(
                crate::packed!(&[crate::schema::pack::TAGGED], &crate::schema::pack::short(#tag.len()), #tag.as_bytes(), #(#members),*)
            );
        }
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
        if self.minimum.is_some() || self.maximum.is_some() {
            if ty.to_token_stream().to_string() != "i64" {
                return Err(syn::Error::new_spanned(ty, "minimum and maximum go with `i64`"));
            }
            let minimum = self.minimum.as_ref().map_or_else(|| quote!(i64::MIN), ToTokens::to_token_stream);
            let maximum = self.maximum.as_ref().map_or_else(|| quote!(i64::MAX), ToTokens::to_token_stream);
            return Ok(quote!(crate::packed!(&[crate::schema::pack::BOUNDED], &i64::to_le_bytes(#minimum), &i64::to_le_bytes(#maximum))));
        }
        if self.min_items.is_some() || self.max_items.is_some() {
            let Some(item) = generic_of(ty, "Vec") else {
                return Err(syn::Error::new_spanned(ty, "min_items and max_items go with `Vec`"));
            };
            return Ok(pack_list(item, self.min_items.unwrap_or(0), self.max_items.unwrap_or(u32::MAX)));
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
        let (min, max) = (self.min.unwrap_or(0), self.max.unwrap_or(u32::MAX));
        Ok(quote! {{
            const PATTERN: crate::schema::Pattern = #pattern;
            crate::packed!(
                &[crate::schema::pack::TEXT],
                &u32::to_le_bytes(#min),
                &u32::to_le_bytes(#max),
                &crate::schema::pack::short(PATTERN.source.len()),
                PATTERN.source.as_bytes(),
                PATTERN.dfa
            )
        }})
    }

    /// The limits as a sentence of the docs, so that they are written once.
    fn in_words(&self) -> Option<String> {
        let mut words = Vec::new();
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => words.push(format!("exactly {min} characters")),
            (Some(min), Some(max)) => words.push(format!("{min} to {max} characters")),
            (Some(min), None) => words.push(format!("at least {min} characters")),
            (None, Some(max)) => words.push(format!("at most {max} characters")),
            (None, None) => {}
        }
        match (self.min_items, self.max_items) {
            (Some(min), Some(max)) => words.push(format!("{min} to {max} items")),
            (Some(min), None) => words.push(format!("at least {min} items")),
            (None, Some(max)) => words.push(format!("at most {max} items")),
            (None, None) => {}
        }
        let number = |bound: &Expr| bound.to_token_stream().to_string().replace(['_', ' '], "");
        match (&self.minimum, &self.maximum) {
            (Some(min), Some(max)) => words.push(format!("{} to {}", number(min), number(max))),
            (Some(min), None) => words.push(format!("at least {}", number(min))),
            (None, Some(max)) => words.push(format!("at most {}", number(max))),
            (None, None) => {}
        }
        if let Some(pattern) = &self.pattern {
            words.push(format!("must match `{}`", pattern.value()));
        }
        if let Some(format) = &self.format {
            words.push(format!("format `{}`", format.value()));
        }
        if words.is_empty() { None } else { Some(format!("Limits: {}.", words.join(", "))) }
    }
}

/// A string type narrowed by the attributes of a path argument, or `None` where it has no `#[schema]`.
pub fn take_text(attrs: &mut Vec<Attribute>) -> syn::Result<Option<TokenStream>> {
    let limits = parse_limits(attrs)?;
    limits.map(|limits| limits.text()).transpose()
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
        let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let value: Expr = meta.value()?.parse()?;
        match key.as_str() {
            "min" => limits.min = Some(whole(&value)?),
            "max" => limits.max = Some(whole(&value)?),
            "min_items" => limits.min_items = Some(whole(&value)?),
            "max_items" => limits.max_items = Some(whole(&value)?),
            "minimum" => limits.minimum = Some(number(value)?),
            "maximum" => limits.maximum = Some(number(value)?),
            "pattern" => limits.pattern = Some(text(&value)?),
            "format" => limits.format = Some(text(&value)?),
            _ => {
                return Err(meta.error("unknown key, expected one of: min, max, pattern, format, minimum, maximum, min_items, max_items, secret"));
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

fn number(value: Expr) -> syn::Result<Expr> {
    let bare = match &value {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => &*unary.expr,
        other => other,
    };
    match bare {
        Expr::Lit(ExprLit { lit: Lit::Int(_), .. }) => Ok(value),
        _ => Err(syn::Error::new_spanned(&value, "expected a whole number")),
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

/// `tag = "…"` of `#[model(tag = "…")]`.
fn parse_tag(arguments: TokenStream) -> syn::Result<Option<LitStr>> {
    let mut tag = None;
    let parser = syn::meta::parser(|meta| {
        if !meta.path.is_ident("tag") {
            return Err(meta.error("`#[model]` takes nothing but `tag = \"…\"`"));
        }
        tag = Some(meta.value()?.parse()?);
        Ok(())
    });
    syn::parse::Parser::parse2(parser, arguments)?;
    Ok(tag)
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
        #[cfg(feature = "js")]
        #[::wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const #constant: &str = #text;
    }
}

/// The JSDoc of an item: its doc lines, and what else is to be said.
pub fn jsdoc(attrs: &[Attribute], more: &[String], indent: &str) -> syn::Result<String> {
    let mut lines = doc_lines(attrs);
    lines.extend(more.iter().cloned());
    if let Some(note) = deprecation(attrs)? {
        lines.push(format!("@deprecated {note}"));
    }
    Ok(doc_block(&lines, indent))
}
