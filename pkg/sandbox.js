// Node, Deno, Bun, browsers, bundlers: the bytes of the sandbox are in a module, so that there is no file to be found at run time.
import bytes from "./dist/sandbox-bytes.js";
import { defineSandbox } from "./sandbox/create.js";

export const createSandbox = /* @__PURE__ */ defineSandbox(() => new WebAssembly.Module(bytes()));
