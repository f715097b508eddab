// A Worker of Cloudflare. `wrangler secret put SUPABASE_ACCESS_TOKEN` gives it the token.
import { createProxy } from "supabase-management-wasm/proxy";
import { mayUse } from "./session.js";

let proxy;

export default {
  fetch(request, env) {
    proxy ??= createProxy({
      accessToken: env.SUPABASE_ACCESS_TOKEN,
      baseUrl: env.SUPABASE_API_URL,
      prefix: "/api/supabase",
      allow: ["projects.get", "functions.*"],
      authorize: (request, { ref }) => mayUse(request, ref),
    });
    return proxy(request);
  },
};
