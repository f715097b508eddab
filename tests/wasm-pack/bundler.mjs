// Node can import the wasm as a bundler does, behind a flag.
import * as exports from "supabase-management-wasm";
import { use } from "./application.mjs";

await use(exports);
