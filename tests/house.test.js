// The limits of how the code is built (`npm run house` prints the figures), and small crates that show that the figures
// see what they are there to see.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { figures, floors, folderTree, inWords, limits } from "./house.mjs";
import { circles, usesOf } from "./house/uses.mjs";

describe("the code", () => {
  const found = figures(folderTree(root));

  it("has no files that use each other in a circle", () => {
    const ways = found.circles.map(({ files, way }) => ({ files, way: way.map(inWords) }));
    assert.equal(ways.length, limits.circles, JSON.stringify(ways, null, 2));
  });

  it("uses, in each room, only the same floor and those below", () => {
    assert.equal(found.above.length, limits.above, found.above.join("\n"));
  });

  it("has a room for each file, and a file in each room", () => {
    assert.equal(found.homeless.length, limits.homeless, `in no room: ${found.homeless.join(", ")}`);
    assert.equal(found.empty.length, limits.empty, `without a file: ${found.empty.join(", ")}`);
    assert.equal(new Set(floors.flat()).size, floors.flat().length, "a room stands twice in the list");
  });

  it("is understood by these tests, path by path", () => {
    assert.equal(found.lost.length, limits.lost, found.lost.join("\n"));
    // A reader that found no uses at all would find no circles either.
    assert.ok(found.uses.length > found.files.length, `${found.uses.length} uses among ${found.files.length} files`);
  });

  it("has no circles in the layer above the client either", () => {
    const { files, uses } = usesOf({ read: folderTree(root).read, root: "src/deploy/src/lib.rs" });
    assert.ok(uses.length > 50);
    assert.deepEqual(circles(files, uses), []);
  });

  it("asks only in a few places whether it is compiled for JavaScript", () => {
    assert.equal(found.javascriptInRust.length, limits.javascriptInRust, found.javascriptInRust.join("\n"));
  });

  it("adds few lines of JavaScript", () => {
    assert.ok(found.javascriptLines > 0);
    assert.ok(found.javascriptLines <= limits.javascriptLines, `${found.javascriptLines} lines`);
  });
});

describe("the figures", () => {
  /** Figures of a crate made of these files; their names are given without `src/`. */
  const of = (texts, names = []) => {
    const sources = new Map(
      Object.entries(texts).map(([name, text]) => [name.includes("pkg/") ? name : `src/${name}`, text]),
    );
    return figures({ files: [...sources.keys()], read: (path) => sources.get(path) }, names);
  };
  const uses = (texts) => of(texts).uses.map(({ from, to }) => `${from} ${to}`.replaceAll(/src\/|\.rs/g, ""));

  it("follow a path through what lib.rs exports to the file that defines it", () => {
    const lib = "mod a; mod b; pub use a::{Client, Other as Renamed};";
    const a = "pub struct Client; pub struct Other;";
    assert.deepEqual(uses({ "lib.rs": lib, "a.rs": a, "b.rs": "use crate::{Client};" }), ["lib a", "b a"]);
    assert.deepEqual(uses({ "lib.rs": lib, "a.rs": a, "b.rs": "fn f() -> crate::Renamed {}" }), ["lib a", "b a"]);
    const all = "mod a; mod b; pub use a::*;";
    assert.deepEqual(uses({ "lib.rs": all, "a.rs": a, "b.rs": "use crate::Client;" }), ["lib a", "b a"]);
  });

  it("see every way to write a path", () => {
    const files = { "lib.rs": "mod a; mod b;", "b.rs": "pub mod c;", "b/c.rs": "pub fn d() {}" };
    for (const code of [
      "use crate::b::c::d;",
      "use crate::{b::{c::{self}}};",
      "use super::b::c::*;",
      "fn f() { crate::b::c::d() }",
      "fn f() { use crate::b::c; }",
      "impl crate::b::c::D for E {}",
      "macro_rules! m { () => { $crate::b::c::d() } }",
      '#[serde(with = "crate::b::c::d")] struct E;',
      "mod inside { use super::super::b::c::d; }",
    ])
      assert.deepEqual(uses({ ...files, "a.rs": code }), ["a b/c"], code);
    assert.deepEqual(uses({ ...files, "a.rs": "", "b.rs": "mod c; use c::d;" }), ["b b/c"]);
    assert.deepEqual(uses({ ...files, "a.rs": "", "b/c.rs": "use super::d;", "b.rs": "mod c; fn d() {}" }), ["b/c b"]);
  });

  it("leave out what uses nothing: comments, texts, `mod`, visibility, unit tests", () => {
    const files = { "lib.rs": "mod a; mod b;", "b.rs": "pub fn d() {}" };
    for (const code of [
      "// crate::b::d()",
      "/// See [`d`](crate::b::d).\nstruct A;",
      "/* /* */ use crate::b; */",
      'const A: &str = "crate::b::d";',
      'const A: &str = r#""crate::b::d"#;',
      "pub(in crate::b) struct A;",
      "#[cfg(test)] mod tests { use crate::b::d; }",
      "#[cfg(test)] use crate::b::{d};",
      "#[cfg(test)] #[derive(Debug)] struct A(crate::b::D);",
      "struct A { #[cfg(test)] d: crate::b::D }",
    ])
      assert.deepEqual(uses({ ...files, "a.rs": code }), [], code);
    const tested = { ...files, "a.rs": "#[cfg(test)] mod tests;", "a/tests.rs": "use crate::b;" };
    assert.deepEqual(uses(tested), []);
    // What follows a test counts again.
    const after = "#[cfg(test)] fn t() { }\n#[cfg(not(test))] use crate::b::d;";
    assert.deepEqual(uses({ ...files, "a.rs": after }), ["a b"]);
  });

  it("count what attributes write", () => {
    const macros = {
      "macros/Cargo.toml": "",
      "macros/src/lib.rs": "mod model; mod help; pub fn model(i: T) -> T { model::expand(i) }",
      "macros/src/model.rs": "use crate::help; fn expand() { quote!(impl crate::b::D for #name {}) }",
      "macros/src/help.rs": 'fn f() { parse_quote!(#[serde(with = "crate::c::d")]) }',
    };
    const files = { "lib.rs": "mod a; mod b; mod c;", "a.rs": "#[model] struct A;", "b.rs": "", "c.rs": "" };
    assert.deepEqual(uses({ ...files, ...macros }), ["a b", "a c"]);
    assert.deepEqual(uses({ ...files, ...macros, "a.rs": "struct A;" }), []);
  });

  it("see modules that are named in the arguments of a macro of the crate", () => {
    const all = "mod one; mod two; macro_rules! all { ($($m:ident)*) => { $($m::f();)* } } all! { one }";
    assert.deepEqual(uses({ "lib.rs": "mod a;", "a.rs": all, "a/one.rs": "", "a/two.rs": "" }), ["a a/one"]);
  });

  it("find circles, one in each set of files, and the way round", () => {
    const files = {
      "lib.rs": "mod a; mod b; mod c; mod d; mod e; pub use a::A;",
      "a.rs": "use crate::b::B; pub struct A;",
      "b.rs": "use crate::c::C;",
      "c.rs": "use crate::A; use crate::d::D;",
      "d.rs": "use super::e::E;",
      "e.rs": "",
    };
    const [circle, ...others] = of(files).circles;
    assert.deepEqual(others, []);
    assert.deepEqual(circle.files, ["src/a.rs", "src/b.rs", "src/c.rs"]);
    assert.deepEqual(circle.way.map(inWords), [
      "src/a.rs:1 uses crate::b::B of src/b.rs",
      "src/b.rs:1 uses crate::c::C of src/c.rs",
      "src/c.rs:1 uses crate::A of src/a.rs",
    ]);
    assert.equal(of({ ...files, "e.rs": "use crate::d::D;" }).circles.length, 2);
    assert.equal(of({ ...files, "c.rs": "" }).circles.length, 0);
  });

  it("find uses of a higher floor, and what is in no room", () => {
    const files = {
      "lib.rs": "mod low; mod high; mod other;",
      "low.rs": "mod inner;",
      "low/inner.rs": "use crate::high::f;",
      "high.rs": "use crate::low::g; use crate::other;",
      "other.rs": "",
    };
    const found = of(files, [["low"], ["high"], ["lib", "none"]]);
    assert.deepEqual(found.above, ["src/low/inner.rs:1 uses crate::high::f of src/high.rs"]);
    assert.deepEqual([found.homeless, found.empty], [["src/other.rs"], ["none"]]);
    assert.deepEqual(of(files, [["low", "high", "other", "lib"]]).above, []);
  });

  it("name paths that lead nowhere, and files that no module declares", () => {
    const found = of({ "lib.rs": "mod a;", "a.rs": "use crate::missing;", "b.rs": "" });
    assert.deepEqual(found.lost, ["src/a.rs:1 crate::missing", "src/b.rs is in no module"]);
  });

  it("count conditions on JavaScript, `unsafe` and lines", () => {
    const found = of({
      "lib.rs": '#[cfg(feature = "js")] mod js; mod a;',
      "js/mod.rs": '#[cfg(feature = "js")] fn f() {}',
      "a.rs": `#[cfg(not(feature = "js"))] fn f() {}
// #[cfg(feature = "js")]
#[cfg_attr(any(test, feature = "js"), allow(unused))] unsafe fn g() { unsafe { "unsafe {" } }
fn h() { cfg!(feature = "js"); cfg!(feature = "other"); }
unsafe impl Send for A {}
#[cfg(test)] mod tests {
}
`,
      "pkg/client.js": "1\n2\n",
      "pkg/cli.js": "1\n",
      "pkg/build/wasm.js": "1\n",
    });
    assert.deepEqual(found.javascriptInRust, ["src/a.rs:1", "src/a.rs:3", "src/a.rs:4"]);
    assert.deepEqual(found.unsafe, { "src/a.rs": 3 });
    assert.deepEqual([found.javascriptLines, found.rustLines, found.rustLinesNoTests], [2, 7, 5]);
  });
});
