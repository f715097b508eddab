// Node: `SUPABASE_ACCESS_TOKEN=sbp_… node node.js <ref of the project>`
import { readFolder } from "supabase-management-wasm/deploy/folder";
import { deploy } from "./everyday.js";

const { done } = await deploy(await readFolder("supabase"), process.argv[2], process.env);
console.log(`${done.length} changes were made`);
