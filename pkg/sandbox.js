// Node, Deno, Bun, browsers, bundlers: the bytes of the sandbox are in a module, so that there is no file to be found at run time.
import bytes, { length } from "./dist/sandbox-bytes.js";
import { defineSandbox } from "./sandbox/create.js";
import { findPglite } from "./sandbox/pglite.js";

/** In Node the wasm lies beside this file, unless it was bundled. Reading it is faster than decoding its text. */
function fromFile() {
  try {
    const file = globalThis.process.getBuiltinModule("node:fs").readFileSync(new URL(name, import.meta.url));
    return file.length === length ? file : undefined;
  } catch {
    return undefined;
  }
}

// No literal, so that no bundler takes the file along.
const name = ["./dist", "sandbox.wasm"].join("/");

export const createSandbox = /* @__PURE__ */ defineSandbox(
  () => new WebAssembly.Module(fromFile() ?? bytes()),
  findPglite,
);
