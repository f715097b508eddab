// What `npm run budgets -- --bytes` says of a wasm; the other figures come from programs that have their own tests.
import assert from "node:assert/strict";
import { it } from "node:test";
import { leb, section, sections, text } from "../pkg/build/module.mjs";
import { partOf, partsOf } from "./budgets/bytes.mjs";

it("counts a function for the module or crate that its name begins with", () => {
  for (const [name, part] of [
    ["supabase_management_wasm::check::Checker::value::h009f03b22f54e8b3", "src/check"],
    ["supabase_management_wasm::check::scan::decode::h0dfef8cc0c0924d2", "src/check"],
    [
      "<supabase_management_wasm::run::ToTheEnd<F> as core::future::future::Future>::poll::h7240c5d9a79300df",
      "src/run",
    ],
    ["supabase_management_wasm::wasm::<impl supabase_management_wasm::platform::side::Task>::hide", "src/wasm"],
    ["core::ptr::drop_in_place<supabase_management_wasm::send::Sending>", "src/send"],
    ["core[c5930c85a12de822]::ptr::drop_in_place::<supabase_management_wasm[c5930c85a12de822]::send::A>", "src/send"],
    ["supabase_management_wasm::Client::new", "src/lib"],
    ["supabase_management_wasm_skim::Skim::value::h11ea074c870ea946", "crate supabase_management_wasm_skim"],
    ["<u32 as core[c5930c85a12de822]::fmt::Display>::fmt", "crate core"],
    ["<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop", "crate alloc"],
    ["memcmp", "exports, and what LLVM adds"],
  ])
    assert.equal(partOf(name), part, name);
});

it("counts every byte once, but for the header and the names", () => {
  // A function of no arguments is imported; two more are defined, one of them with a `nop`.
  const header = Buffer.from("\0asm\x01\0\0\0");
  const types = section(1, Buffer.from([1, 0x60, 0, 0]));
  const imports = section(sections.import, Buffer.from([1, ...text("a"), ...text("b"), 0, 0]));
  const functions = section(3, Buffer.from([2, 0, 0]));
  const code = section(sections.code, Buffer.from([2, 2, 0, 0x0b, 3, 0, 0x01, 0x0b]));
  const called = ["core::imported", "supabase_management_wasm::send::one", "alloc::two"];
  const list = [called.length, ...called.flatMap((name, at) => [at, ...text(name)])];
  const names = section(sections.custom, Buffer.from([...text("name"), 1, ...leb(list.length), ...list]));
  const { parts, sum } = partsOf(Buffer.concat([header, types, imports, functions, code, names]));
  assert.equal(parts.get("src/send"), 3);
  assert.equal(parts.get("crate alloc"), 4);
  assert.equal(parts.get("crate core"), undefined);
  assert.equal(sum, types.length + imports.length + functions.length + code.length);
});
