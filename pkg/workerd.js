// Cloudflare Workers compile no bytes at run time; their tools make a module of a .wasm file. Of this file the build makes
// the entry for edge functions of Vercel and Next (pkg/build/edge-light.mjs).
import { defineClient } from "./client.js";
import { createGlue } from "./dist/client-glue.js";
import wasm from "./dist/client.wasm";
import { createRuntime } from "./loader.js";
import { defineTokenSource } from "./token-source.js";
import { addWaiters, defineWaitUntil } from "./waits.js";
import { defineWritable } from "./writable.js";

const runtime = /* @__PURE__ */ createRuntime(createGlue, () => wasm);

export const init = () => runtime.init(wasm);
export const SupabaseManagement = /* @__PURE__ */ defineClient(runtime, addWaiters);
export const createTokenSource = /* @__PURE__ */ defineTokenSource(runtime, SupabaseManagement);
export const waitUntil = /* @__PURE__ */ defineWaitUntil(runtime);
export const writable = /* @__PURE__ */ defineWritable(runtime);
export * from "./public.js";
