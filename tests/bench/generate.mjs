// A program: makes the clients that are generated from the API's description. Arguments: the description, a folder.
import { join } from "node:path";
import { createClient } from "@hey-api/openapi-ts";
import { generate } from "orval";

const [input, folder] = process.argv.slice(2);

const heyApi = (name, ...sdk) =>
  createClient({
    input,
    output: join(folder, name),
    logs: { level: "silent", file: false },
    plugins: ["@hey-api/client-fetch", "@hey-api/typescript", ...sdk],
  });

await heyApi("hey-api", "@hey-api/sdk");
const zodMini = { name: "zod", compatibilityVersion: "mini" };
await heyApi("hey-api-zod-mini", { name: "@hey-api/sdk", validator: "zod" }, zodMini);

await generate({
  input: { target: input },
  output: {
    client: "fetch",
    mode: "single",
    target: join(folder, "orval-zod", "api.ts"),
    schemas: { path: join(folder, "orval-zod", "model"), type: "zod" },
    baseUrl: "https://api.supabase.com",
    override: { fetch: { runtimeValidation: true } },
  },
});
