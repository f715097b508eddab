// The client of the package that `wasm-pack build` makes without `npm run build`: see src/js/wasm_pack.rs. There the glue
// of wasm-bindgen loads the wasm, once, so no fresh instance takes the place of one that has trapped.
import { defineClient } from "./client.js";
import { SupabaseManagementError } from "./errors.js";
import { defineTokenSource } from "./token-source.js";
import { addWaiters, defineWaitUntil } from "./waits.js";
import { defineWritable } from "./writable.js";

let call;
const own = { dead: undefined };

/** The wasm calls it when it starts, with a function that calls those of Rust by name. */
export function connect(invoke) {
  call = invoke;
}

const runtime = {
  pending: new Set(),

  current() {
    if (own.dead) throw own.dead;
    if (call) return own;
    const message = "there is no WebAssembly yet: await the default export, or call initSync, before the first client";
    throw new SupabaseManagementError({ message });
  },

  invoke(name, ...args) {
    runtime.current();
    try {
      return call(name, args);
    } catch (cause) {
      const engines = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
      // What others threw may hold whatever they know, a token for instance.
      const hidden = { cause: engines ? cause : new Error("something was thrown through the WebAssembly module") };
      own.dead = new SupabaseManagementError({ message: "the WebAssembly module failed; load it anew", hidden });
      for (const one of runtime.pending) one.die(own.dead);
      throw own.dead;
    }
  },
};

export const SupabaseManagement = /* @__PURE__ */ defineClient(runtime, addWaiters);
export const createTokenSource = /* @__PURE__ */ defineTokenSource(runtime, SupabaseManagement);
export const waitUntil = /* @__PURE__ */ defineWaitUntil(runtime);
export const writable = /* @__PURE__ */ defineWritable(runtime);
