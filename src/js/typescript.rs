//! Declarations that belong to no single Rust type.

use wasm_bindgen::prelude::*;

/// The interface that each group of endpoints adds its property to: of several declarations, one tells what it is.
#[wasm_bindgen(typescript_custom_section)]
const RESOURCES: &str = "\
/**
 * What a client can do: each property has the methods for one part of the API, as `client.projects.list()`.
 */
export interface Resources {
  /**
   * The second version of the API. Where the first has the same resource, this one stands beside it.
   */
  readonly v2: V2;
}
/**
 * What a client can do with the second version of the API: each property has the methods for one part of it, as `client.v2.branches.create(ref, body)`.
 *
 * Values, answers and errors are in the shape that the API gives them: `{ data: { type, id, attributes } }`.
 */
export interface V2 {
}
/**
 * What the second version of the API is given and gives: a resource, or a list of them.
 */
export interface Data<T> {
  /**
   * The resource, or the list of them.
   */
  data: T;
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
