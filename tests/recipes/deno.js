// Deno: `SUPABASE_ACCESS_TOKEN=sbp_… deno run --allow-net --allow-env --allow-read=. deno.js <ref of the project>`
import { readFolder } from "supabase-management-wasm/deploy/folder";
import { deploy } from "./everyday.js";

const { done } = await deploy(await readFolder("supabase"), Deno.args[0], Deno.env.toObject());
console.log(`${done.length} changes were made`);
