// A call as a program in JavaScript.
import { isBytes } from "../form/value.js";

const nameOf = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** The path of a file that was chosen, as a program would name it. */
export const fileNameOf = (value) => value.name ?? "bundle.eszip";

function literal(value, indent = "") {
  const deeper = `${indent}  `;
  if (isBytes(value)) return `await readFile(${JSON.stringify(fileNameOf(value))})`;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${deeper}${literal(item, deeper)},\n`).join("")}${indent}]`;
  }
  if (Object(value) !== value) return JSON.stringify(value) ?? "undefined";
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (fields.length === 0) return "{}";
  return `{\n${fields.map(([name, inner]) => `${deeper}${nameOf(name)}: ${literal(inner, deeper)},\n`).join("")}${indent}}`;
}

/** @param args the arguments of the call, without secrets */
export function javascriptOf({ id, answer }, args) {
  const call = `client.${id}(${args.map((value) => literal(value)).join(", ")})`;
  const makes = answer === "nothing" ? `await ${call};` : `const answer = ${answer === "url" ? "" : "await "}${call};`;
  return [
    call.includes("await readFile(") && 'import { readFile } from "node:fs/promises";',
    'import { SupabaseManagement } from "supabase-management-wasm";',
    "",
    "// The token is that of the environment: SUPABASE_ACCESS_TOKEN.",
    "const client = new SupabaseManagement();",
    makes,
    answer !== "nothing" && "console.log(answer);",
  ]
    .filter((line) => line !== false)
    .join("\n");
}
