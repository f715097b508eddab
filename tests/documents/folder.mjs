// A folder in which the JavaScript of the documents lies as files, beside a package that is the one of this repository.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";

/** Makes the folder anew: `name` tells the tests apart that run at the same time. */
export function makeFolder(name, files) {
  const folder = join(root, "target", "documents", name);
  rmSync(folder, { recursive: true, force: true });
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@electric-sql"), { recursive: true });
  const link = (target, path) => symlinkSync(target, path, process.platform === "win32" ? "junction" : "dir");
  link(join(root, "pkg"), join(modules, "supabase-management-wasm"));
  link(join(root, "node_modules", "@electric-sql", "pglite"), join(modules, "@electric-sql", "pglite"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

/** The name of the file of a block. */
export const fileOf = ({ file, line }, ending) => `${file.replace(/\W/g, "_")}_${line}${ending}`;
