// The rivals, pinned in package.json beside this file: installed when they are missing, generated anew in each run.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install as installFolder, root } from "../../pkg/build/install.mjs";
import { findNode } from "../runtimes/harness/programs.mjs";
import { run } from "../runtimes/harness/run.mjs";

const home = fileURLToPath(new URL(".", import.meta.url));

/** Where an import of a rival leads, wherever the importing file lies. */
export const modules = join(home, "node_modules");

export const generated = join(root, "target", "bench", "generated");

export const { devDependencies: versions } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

const announcement = "tests/bench: installing the clients to compare with (npm ci, about 110 MB, once) …";

export const install = () => installFolder(home, announcement);

/** The generators want Node 22 or newer, which the runtimes bring. Their output runs anywhere. */
export async function generate(description) {
  rmSync(generated, { recursive: true, force: true });
  const node = findNode(22) ?? process.execPath;
  // In this folder, as orval looks around for the version of zod that it is to write for.
  await run(node, [join(home, "generate.mjs"), description, generated], { cwd: home });
}
