// What workerd loads: it puts the wasm to work, and hands requests to it. `npx wrangler deploy` of a project of yours has the same from worker-build.
import { fetch, initSync } from "./app.js";
import module from "./app_bg.wasm";

const { memory, ...exported } = initSync({ module });
/** Values of JavaScript that Rust holds. */
const held = Object.values(exported).find((value) => value instanceof WebAssembly.Table && value.length > 0);

export default {
  fetch(request, env, context) {
    // For the test, which looks for what is kept of a request.
    if (new URL(request.url).pathname === "/sizes")
      return Response.json({ memory: memory.buffer.byteLength, held: held.length });
    return fetch(request, env, context);
  },
};
