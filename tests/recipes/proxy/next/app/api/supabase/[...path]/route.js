// A route handler of Next: app/api/supabase/[...path]/route.js
import { createProxy } from "supabase-management-wasm/proxy";
import { mayUse } from "../../../../../session.js";

const proxy = createProxy({
  prefix: "/api/supabase",
  allow: ["projects.get", "functions.*"],
  authorize: (request, { ref }) => mayUse(request, ref),
});

export { proxy as DELETE, proxy as GET, proxy as HEAD, proxy as OPTIONS, proxy as PATCH, proxy as POST, proxy as PUT };
