// Installs what a package-lock.json asks for, when it is missing or was installed from another lock. Needs nothing but
// Node and npm itself: every script of the root begins with it, so that a fresh clone needs no `npm install`.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exclusively } from "./lock.mjs";
import { isProgram, npm } from "./run.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Several processes may ask at the same time: the first installs, the others wait.
 * @param announcement what to say before an install
 * @param flags more flags for `npm ci`
 */
export async function install(folder, announcement, flags = []) {
  const stamp = join(folder, "node_modules", ".lock-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const upToDate = () => read(stamp) === wanted;
  if (upToDate()) return;
  await exclusively(join(folder, ".installing"), "waiting for another process to install …", async () => {
    if (upToDate()) return;
    console.error(announcement);
    // No install scripts: none of what we use needs its own, and none may download anything.
    await npm("npm ci", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...flags], { cwd: folder, quiet: true });
    writeFileSync(stamp, wanted);
  });
}

/** The tools of build and lint, pinned in the root's package.json. */
export const installRoot = () => install(root, "installing the build tools (npm ci, about 240 MB, once) …");

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (isProgram(import.meta.url)) await installRoot();
