// Hono, on whatever it runs; Bun serves this file as it is.
import { Hono } from "hono";
import { createProxy } from "supabase-management-wasm/proxy";
import { mayUse } from "./session.js";

const proxy = createProxy({
  prefix: "/api/supabase",
  allow: ["projects.get", "functions.*"],
  authorize: (request, { ref }) => mayUse(request, ref),
});

const app = new Hono();
app.all("/api/supabase/*", (context) => proxy(context.req.raw));

export default app;
