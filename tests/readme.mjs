// `npm run readme`: writes the list of endpoints in the README from the table that the client itself uses.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import { tableRows, typeScriptMethods } from "./endpoints.mjs";

const file = join(root, "README.md");
const block = /(?<=<!-- endpoints -->\n).*?(?=<!-- \/endpoints -->)/s;

/** The rows as the README shows them. */
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

export const endpointsInReadme = () => block.exec(readFileSync(file, "utf8"))[0];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ quiet: true });
  const list = await endpointList();
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(block, () => list),
  );
}
