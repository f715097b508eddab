// Bun: `SUPABASE_ACCESS_TOKEN=sbp_… bun bun.js <ref of the project>`
import { readFolder } from "supabase-management-wasm/deploy/folder";
import { deploy } from "./everyday.js";

const { done } = await deploy(await readFolder("supabase"), Bun.argv[2], Bun.env);
console.log(`${done.length} changes were made`);
