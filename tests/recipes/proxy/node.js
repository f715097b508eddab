// Node, with the adapter of Hono between node:http and functions of requests: `SUPABASE_ACCESS_TOKEN=sbp_… node node.js`
import { serve } from "@hono/node-server";
import { createProxy } from "supabase-management-wasm/proxy";
import { mayUse } from "./session.js";

const proxy = createProxy({
  prefix: "/api/supabase",
  allow: ["projects.get", "functions.*"],
  authorize: (request, { ref }) => mayUse(request, ref),
});

serve({ fetch: proxy, port: Number(process.env.PORT ?? 8000) }, ({ port }) => {
  console.log(`listening on http://localhost:${port}/`);
});
