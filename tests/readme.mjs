// `npm run readme`: writes the list of endpoints in the README from the table that the client itself uses.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import bytes from "../pkg/dist/client-bytes.js";
import { createGlue } from "../pkg/dist/client-glue.js";
import { createRuntime } from "../pkg/loader.js";

const file = join(root, "README.md");
const block = /(?<=<!-- endpoints -->\n).*?(?=<!-- \/endpoints -->)/s;

/** The rows as the README shows them. */
export function endpointList() {
  const runtime = createRuntime(createGlue, () => new WebAssembly.Module(bytes()));
  const rows = runtime.invoke("table").trim().split("\n");
  const lines = rows.map((row) => {
    const [id, verb, path, [, body], ...query] = row.split(" ");
    const args = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    if (body !== "0") args.push("body");
    if (query.length > 0) args.push("query?");
    return `| \`${id}(${args.join(", ")})\` | \`${verb} ${path}\` |\n`;
  });
  return `| method | calls |\n| --- | --- |\n${lines.join("")}`;
}

export const endpointsInReadme = () => block.exec(readFileSync(file, "utf8"))[0];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ quiet: true });
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(block, () => endpointList()),
  );
}
