// Installs the pinned runtimes and tools of tests/runtimes/package.json when they are missing or out of date.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { install as installFolder } from "../../../pkg/build/install.mjs";

export const home = fileURLToPath(new URL("..", import.meta.url));
const modules = join(home, "node_modules");
const require = createRequire(join(home, "package.json"));

const announcement = "tests/runtimes: installing the runtimes and tools to test in (npm ci, about 350 MB, once) …";

/** No links in .bin: the `node` of the oldest and newest release must never end up on a PATH. */
export const install = () => installFolder(home, announcement, ["--no-bin-links"]);

/** Imports one of the installed tools. */
export const tool = (name) => import(pathToFileURL(require.resolve(name)).href);

/** The script behind a tool's command, to be run with Node. */
export function bin(name, command = name) {
  const folder = join(modules, name);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bins === "string" ? bins : bins[command]);
}
