//! What the macros say of a mistake, word for word. `TRYBUILD=overwrite cargo test --test ui` writes the `.stderr` files anew.
//!
//! The words are those of the compiler that `rust-toolchain.toml` names.
#![cfg(not(target_arch = "wasm32"))]

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
