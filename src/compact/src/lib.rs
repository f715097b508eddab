//! What `serde_json` and the standard library do as well, in less WebAssembly.
//!
//! They are made for speed with input of any size, and for every type and use their code is compiled anew. Here is one function for each task, which is
//! as fast for what an API takes and gives. Values are those of `serde_json`, and in the tests the originals say what is right.

pub mod digest;
pub mod json;
pub mod list;
pub mod order;
#[cfg(test)]
mod random;
pub mod search;

/// A quarter of the size of the standard allocator. Only the npm build asks for it: a front end has an allocator of its own.
#[cfg(all(target_arch = "wasm32", feature = "allocator"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
