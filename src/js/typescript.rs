//! Declarations that belong to no single Rust type.

use wasm_bindgen::prelude::*;

/// The interface that each group of endpoints adds its property to: of several declarations, one tells what it is.
#[wasm_bindgen(typescript_custom_section)]
const RESOURCES: &str = "\
/**
 * What a client can do: each property has the methods for one part of the API, as `client.projects.list()`.
 */
export interface Resources {
}
";

/// The interface that each group of endpoints adds its bodies to that can be made of answers.
#[wasm_bindgen(typescript_custom_section)]
const WRITABLES: &str = "\
/**
 * Bodies that `writable` makes of answers, by the method that takes them.
 */
export interface Writables {
}
";

/// The methods that wait.
#[wasm_bindgen(typescript_custom_section)]
const WAITERS: &str = include_str!("waiters.d.ts");
