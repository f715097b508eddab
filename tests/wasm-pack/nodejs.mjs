import { createRequire } from "node:module";
import { use } from "./application.mjs";

await use(createRequire(import.meta.url)("supabase-management-wasm"));
