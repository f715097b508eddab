// Deno: `SUPABASE_ACCESS_TOKEN=sbp_… deno run --allow-net --allow-env deno.js`
import { createProxy } from "supabase-management-wasm/proxy";
import { mayUse } from "./session.js";

const proxy = createProxy({
  prefix: "/api/supabase",
  allow: ["projects.get", "functions.*"],
  authorize: (request, { ref }) => mayUse(request, ref),
});

Deno.serve({ port: Number(Deno.env.get("PORT") ?? 8000) }, proxy);
