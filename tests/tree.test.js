// What a front end gains by the client is a short list: an addition to it is a decision.
import assert from "node:assert/strict";
import { it } from "node:test";
import { gained } from "./tree.mjs";

it("a Leptos app gains the client's own three crates and six of others", async () => {
  const names = (await gained("frontend-leptos")).map((line) => line.split(" ")[0]);
  assert.deepEqual(names, [
    "base64ct",
    "foldhash",
    "fragile",
    "gloo-net",
    "gloo-utils",
    "serde-wasm-bindgen",
    "supabase-management-wasm",
    "supabase-management-wasm-fast-check",
    "supabase-management-wasm-macros",
  ]);
});
