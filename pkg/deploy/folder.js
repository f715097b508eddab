// A folder on a disk, for Node, Deno and Bun.
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/** What the official tool keeps in the folder for itself, and what git does. */
const skipped = new Set([".git", ".temp", ".branches"]);

const absent = (error) => {
  if (["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"].includes(error.code)) return undefined;
  throw error;
};

/** What may not be looked at, as above the folder that `deno run --allow-read=.` allows, belongs to no project of ours either. */
const unseen = (error) => {
  if (["EACCES", "EPERM"].includes(error.code) || ["NotCapable", "PermissionDenied"].includes(error.name))
    return undefined;
  return absent(error);
};

export async function readFolder(path = "supabase") {
  const folder = resolve(path);
  const found = await stat(folder).catch(absent);
  if (!found?.isDirectory()) throw new Error(`there is no folder ${path}`);
  const root = await realpath((await repository(dirname(folder))) ?? dirname(folder));
  const inside = (path) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
  const named = (path) => relative(root, path).split(sep).join("/");

  /** The place of a file, unless a link leads out of the project with it. */
  async function placeOf(path) {
    const place = await realpath(join(root, path)).catch(absent);
    return place !== undefined && inside(place) ? place : undefined;
  }

  async function list(directory) {
    const paths = [];
    const seen = new Set();
    async function walk(directory) {
      const place = await placeOf(directory);
      if (place === undefined || seen.has(place)) return;
      seen.add(place);
      for (const entry of (await readdir(place, { withFileTypes: true }).catch(absent)) ?? []) {
        const path = join(directory, entry.name);
        const kind = entry.isSymbolicLink() ? await stat(join(root, path)).catch(absent) : entry;
        if (kind?.isDirectory() && !skipped.has(entry.name)) await walk(path);
        else if (kind?.isFile()) paths.push(path.split(sep).join("/"));
      }
    }
    await walk(directory);
    return paths;
  }

  async function read(path) {
    const place = await placeOf(path);
    return place === undefined ? undefined : await readFile(place).catch(absent);
  }

  return { dir: named(await realpath(folder)), files: { list, read } };
}

/** The repository around a folder: paths of files are told as seen from there, as the official tool tells them. */
async function repository(folder) {
  for (let path = folder; ; path = dirname(path)) {
    if (await stat(join(path, ".git")).catch(unseen)) return path;
    if (path === dirname(path)) return undefined;
  }
}
