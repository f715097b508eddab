// A Rust front end, Yew here, uses the crate as it is: it compiles for the browser, and nothing that is meant for
// JavaScript alone comes with it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./frontend/", import.meta.url));
const built = new URL(
  "../target/tests-frontend/wasm32-unknown-unknown/debug/supabase_management_frontend.wasm",
  import.meta.url,
);

test("a Rust front end gets the client without the exports for JavaScript", async () => {
  // What the caller set for its own build, a target folder for instance, is not for this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^CARGO_(TARGET|BUILD)_/.test(name)));
  // Nor are the flags of this repository, which no front end elsewhere gets to see: see .cargo/config.toml.
  env.RUSTFLAGS ??= "";
  execFileSync("cargo", ["build", "--quiet"], { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  const bytes = readFileSync(built);
  const module = await WebAssembly.compile(bytes);
  // Each `#[wasm_bindgen]` function is one here, behind its name a hash; what begins with two underscores is wasm-bindgen's.
  const exported = WebAssembly.Module.exports(module)
    .map(({ name }) => name.replace(/_[0-9a-f]{16}$/, ""))
    .filter((name) => !name.startsWith("__") && name !== "memory");
  assert.deepEqual(exported, ["start"], "the front end exports what it exports itself, and nothing else");

  const names = WebAssembly.Module.customSections(module, "name")
    .map((section) => Buffer.from(section).toString("latin1"))
    .join();
  assert.match(names, /supabase_management_wasm/, "the client is in it, with names: what follows says something");
  assert.doesNotMatch(names, /rlsf/, "the allocator is the front end's own business");
  assert.ok(!bytes.includes("export interface Resources"), "TypeScript of the npm package is in it");
});
