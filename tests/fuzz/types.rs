//! The types of the table.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Answer, Body};
use supabase_management_wasm::schema::{Shape, Type};

/// A type, and whose it is.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "what fails is printed with it")]
pub struct Known {
    pub id: &'static str,
    pub ty: Type,
}

/// Every type of every row: placeholders, queries, bodies, answers.
pub fn types() -> &'static [Known] {
    static TYPES: OnceLock<Vec<Known>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let of_row = |row: &'static supabase_management_wasm::endpoint::Endpoint| {
            let body = if let Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty) = row.body { Some(ty) } else { None };
            let answer = if let Answer::Json(ty) = row.answer { Some(ty) } else { None };
            let others = [row.query, body, answer].into_iter().flatten();
            row.placeholders.iter().map(|placeholder| placeholder.ty).chain(others).map(|ty| Known { id: row.id, ty }).collect::<Vec<_>>()
        };
        endpoints().iter().flat_map(of_row).collect()
    })
}

/// The types that lie directly in a type.
pub fn inside(ty: Type) -> Vec<Type> {
    match ty.shape() {
        Shape::Object(fields) => fields.map(|field| field.ty).collect(),
        Shape::Array { item, .. } => vec![item],
        Shape::Map(value) => vec![value],
        Shape::Tagged { members, .. } => members.map(|(_, member)| member).collect(),
        Shape::Union(types) => types.collect(),
        _ => Vec::new(),
    }
}

/// A type and all types in it.
pub fn all_in(ty: Type) -> Vec<Type> {
    let mut all = vec![ty];
    let mut at = 0;
    while at < all.len() {
        all.extend(inside(all[at]));
        at += 1;
    }
    all
}

/// The names of fields that tell the members of a union apart: of them the checker reads a key as it is written.
pub fn tags() -> &'static BTreeSet<&'static str> {
    static TAGS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    TAGS.get_or_init(|| {
        let all = types().iter().flat_map(|known| all_in(known.ty));
        all.filter_map(|ty| if let Shape::Tagged { tag, .. } = ty.shape() { Some(tag) } else { None }).collect()
    })
}

/// Whether the fast path decides about all values of a type by itself: what it cannot tell apart it leaves to a closer look.
pub fn is_plain(ty: Type) -> bool {
    !matches!(ty.shape(), Shape::Tagged { .. } | Shape::Union(_) | Shape::True) && inside(ty).into_iter().all(is_plain)
}
