// The clients in the race, in the order of the table. Of each, a file in clients/ exports two calls: `projects`, `functions`.
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";
import { generated, versions } from "./rivals.mjs";

const nothing = "–";
const both = "requests and answers";

const heyApi = (id) => ({ id, file: "hey-api.mjs", alias: { generated: join(generated, id) }, generated: true });

/** This package, or another build of it: `pkg` is its folder, `id` how it is called. */
export const ours = (validation, { pkg = join(root, "pkg"), id = validation } = {}) => ({
  id,
  file: "ours.mjs",
  alias: { "supabase-management-wasm": join(pkg, "index.js") },
  validation,
});

export const bare = { id: "bare", file: "bare.mjs", name: "`fetch` and `json()`", checks: nothing };

/** `alias`: what an import in the file stands for; `generated`: whether it takes the API's description. */
export const clients = [
  bare,
  {
    id: "supabase-management-js",
    file: "supabase-management-js.mjs",
    name: `supabase-management-js ${versions["supabase-management-js"]}`,
    checks: nothing,
  },
  {
    id: "openapi-fetch",
    file: "openapi-fetch.mjs",
    name: `openapi-fetch ${versions["openapi-fetch"]}`,
    checks: nothing,
  },
  { ...heyApi("hey-api"), name: `hey-api ${versions["@hey-api/openapi-ts"]}`, checks: nothing },
  { ...heyApi("hey-api-zod-mini"), name: `the same with zod-mini ${versions.zod}`, checks: both },
  {
    id: "orval-zod",
    file: "orval.mjs",
    alias: { generated: join(generated, "orval-zod") },
    generated: true,
    name: `orval ${versions.orval} with zod ${versions.zod}`,
    checks: "answers",
  },
  { ...ours("lenient"), name: "**this client**", checks: "requests" },
  { ...ours("strict"), name: "**this client, strict**", checks: both },
];
