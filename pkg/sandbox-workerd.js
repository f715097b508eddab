// Cloudflare Workers compile no bytes at run time; their tools make a module of a .wasm file.
import wasm from "./dist/sandbox.wasm";
import { defineSandbox } from "./sandbox/create.js";

export const createSandbox = /* @__PURE__ */ defineSandbox(() => wasm);
