// `npm run readme`: writes the list of all methods in the guides from the table that the client itself uses.
import { fileURLToPath } from "node:url";
import { build } from "../pkg/build.mjs";
import { writeTable } from "./document-tables.mjs";
import { tableRows, typeScriptMethods } from "./endpoints.mjs";

/** The rows as the guide shows them. */
export async function endpointList() {
  const types = typeScriptMethods();
  const lines = (await tableRows()).map(({ id, verb, path, hasBody, hasQuery }) => {
    const args = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    if (hasBody) args.push("body");
    if (hasQuery) args.push(types.get(id).includes("query?:") ? "query?" : "query");
    return `| \`${id}(${args.join(", ")})\` | \`${verb} ${path}\` |\n`;
  });
  return `| method | calls |\n| --- | --- |\n${lines.join("")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ quiet: true });
  writeTable("endpoints", await endpointList());
}
