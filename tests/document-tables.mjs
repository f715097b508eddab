// The tables of README.md and of the guides that commands of this repository write. Each stands between two comments of its
// name: `<!-- size -->` and `<!-- /size -->`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../pkg/build/install.mjs";

/** In which file each table stands. */
const files = {
  bench: "README.md",
  compared: "www/docs/guide/situations.md",
  deploy: "www/docs/guide/deploying.md",
  endpoints: "www/docs/guide/methods.md",
  official: "www/docs/guide/sandbox.md",
  situations: "www/docs/guide/situations.md",
  size: "www/docs/guide/performance.md",
};

const between = (name) => new RegExp(`(?<=<!-- ${name} -->\\n).*?(?=<!-- /${name} -->)`, "s");

function open(name) {
  if (!Object.hasOwn(files, name)) throw new Error(`no document has a table "${name}"`);
  const path = join(root, files[name]);
  const text = readFileSync(path, "utf8");
  const found = between(name).exec(text);
  if (!found) throw new Error(`${files[name]} has no <!-- ${name} --> and <!-- /${name} --> around the table`);
  return { path, text, table: found[0] };
}

/** The table of this name, as the document shows it. */
export const readTable = (name) => open(name).table;

/** Puts a table into its document. */
export function writeTable(name, table) {
  const { path, text } = open(name);
  writeFileSync(
    path,
    text.replace(between(name), () => table),
  );
}
