// In a page `await init()` fetches the wasm; Node has it as a file.
import { readFileSync } from "node:fs";
import * as exports from "supabase-management-wasm";
import { use } from "./application.mjs";

let early;
try {
  new exports.SupabaseManagement();
} catch (error) {
  early = error;
}
if (!/await the default export/.test(early?.message)) throw new Error(`a client without the wasm: ${early}`);
const wasm = new URL("./supabase_management_wasm_bg.wasm", import.meta.resolve("supabase-management-wasm"));
await exports.default({ module_or_path: readFileSync(wasm) });
await use(exports);
