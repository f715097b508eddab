//! What JavaScript sees: the exports of the npm package, and how options, answers and errors travel over the boundary.
//!
//! The rules are in the rooms below. What must outlive a trap stays in JavaScript (options, tokens, pending calls): an instance of the wasm that was
//! lost is replaced by a fresh one, which builds its clients again from what JavaScript holds.

mod answers;
mod arguments;
mod calls;
mod clients;
mod errors;
mod identity;
mod names;
mod options;
mod pages;
mod records;
mod token_options;
mod tokens;
mod typescript;
mod waits;
#[cfg(wasm_pack)]
mod wasm_pack;
mod writable;

/// A quarter of the size of the standard allocator (`npm run size` shows it).
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
