// Cloudflare Workers compile no bytes at run time; their tools make a module of a .wasm file.
import wasm from "./dist/sandbox.wasm";
import { defineSandbox } from "./sandbox/create.js";

// Nor do they import what is not there when they are made: PGlite is handed over, or there is none.
export const createSandbox = /* @__PURE__ */ defineSandbox(
  () => wasm,
  async () => undefined,
);
