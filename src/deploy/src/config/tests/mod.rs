//! Tests that need the table itself. What a user sees is in `tests/config.rs`.

mod api;
mod mapping;
mod property;

use super::table::{Row, Table};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Body, Endpoint};
use supabase_management_wasm::schema::Type;

/// The endpoint of the client.
fn endpoint(id: &str) -> &'static Endpoint {
    endpoints().iter().find(|row| row.id == id).unwrap_or_else(|| panic!("the client has no {id}"))
}

/// The model of the body that an endpoint takes.
fn body(id: &str) -> Type {
    match endpoint(id).body {
        Body::Json(ty) => ty,
        ref other => panic!("{id} takes {other:?}"),
    }
}

/// The rows that the API has something for.
fn pushed(table: &Table) -> impl Iterator<Item = &Row> {
    table.rows.iter().filter(|row| !matches!(row.kind, b'-' | b'~'))
}
