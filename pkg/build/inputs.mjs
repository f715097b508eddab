// What a step read and what it wrote, as hashes: a step whose inputs and outputs are as it left them need not run again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./install.mjs";

const skipped = new Set(["target", "node_modules", "dist", ".git"]);

/** All files below the given ones; what does not exist is left out. */
export function filesIn(paths) {
  return paths.flatMap((path) => {
    if (!existsSync(path)) return [];
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).sort();
    return filesIn(names.filter((name) => !skipped.has(name)).map((name) => join(path, name)));
  });
}

/** One hash over names and contents. */
export function fingerprint(files, more = "") {
  const hash = createHash("sha256").update(more);
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

/**
 * Runs `step` unless the stamp says that it ran with these inputs and its outputs are still the same.
 * @param step resolves to the paths of all files that it wrote
 */
export async function unlessDone(stamp, inputs, step) {
  const recorded = existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : {};
  const intact = () => recorded.outputs.every(existsSync) && fingerprint(recorded.outputs) === recorded.result;
  if (recorded.inputs === inputs && intact()) return false;
  const outputs = await step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ inputs, outputs, result: fingerprint(outputs) }));
  return true;
}
