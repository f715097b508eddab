// Browsers, Node, Deno, Bun, bundlers: the bytes are in a module, so that there is no file to be found at run time.
import { defineClient } from "./client.js";
import { createGlue } from "./dist/client-glue.js";
import bytes from "./dist/client-bytes.js";
import { createRuntime } from "./loader.js";
import { defineTokenSource } from "./token-source.js";
import { addWaiters, defineWaitUntil } from "./waits.js";
import { defineWritable } from "./writable.js";

const runtime = /* @__PURE__ */ createRuntime(createGlue, () => new WebAssembly.Module(bytes()));

/** Optional: starts the wasm without blocking. Chrome before 114 needs it on the main thread. */
export const init = () => runtime.init(bytes());

export const SupabaseManagement = /* @__PURE__ */ defineClient(runtime, addWaiters);
export const createTokenSource = /* @__PURE__ */ defineTokenSource(runtime, SupabaseManagement);
export const waitUntil = /* @__PURE__ */ defineWaitUntil(runtime);
export const writable = /* @__PURE__ */ defineWritable(runtime);
export * from "./public.js";
