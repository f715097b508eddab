// The client without the bytes of the wasm: who uses it brings them, as a file of its own. Nor has it the waiters, unless
// they are added.
import { defineClient } from "./client.js";
import { createGlue } from "./dist/client-glue.js";
import { SupabaseManagementError } from "./errors.js";
import { createRuntime } from "./loader.js";
import { defineTokenSource } from "./token-source.js";
import { addWaiters, defineWaitUntil } from "./waits.js";
import { defineWritable } from "./writable.js";

const runtime = /* @__PURE__ */ createRuntime(createGlue, () => {
  throw new SupabaseManagementError({
    message: `the slim entry has no WebAssembly yet: await init() or call initSync(module) before the first client`,
  });
});

export const init = (source = new URL("./dist/client.wasm", import.meta.url)) => runtime.init(source);
export const initSync = (source) => runtime.initSync(source);
export const SupabaseManagement = /* @__PURE__ */ defineClient(runtime);
export const createTokenSource = /* @__PURE__ */ defineTokenSource(runtime, SupabaseManagement);
export const waitUntil = /* @__PURE__ */ defineWaitUntil(runtime);
export const writable = /* @__PURE__ */ defineWritable(runtime);
export * from "./public.js";
export { addWaiters };
