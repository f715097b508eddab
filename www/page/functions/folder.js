// A folder that was dropped on the page, or chosen in it, as the files of a project: contents by path.

/** What a project has beside its sources. Nothing of it is deployed, and some of it is large. */
const skipped = new Set([".git", ".temp", ".branches", "node_modules", ".DS_Store"]);

/** A folder with more files than this is not one of functions. */
const mostFiles = 5_000;

const isSkipped = (path) => path.split("/").some((name) => skipped.has(name));

/** Files of an `<input type="file" webkitdirectory>`, by path. */
export const filesOfInput = (files) =>
  without(Array.from(files, (file) => [file.webkitRelativePath || file.name, file]));

/** Files and folders of a drop, by path. They must be asked for at once: after the event they are gone. */
export async function filesOfDrop({ items }) {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return without(found);
}

function without(pairs) {
  const kept = pairs.filter(([path]) => !isSkipped(path));
  if (kept.length > mostFiles) throw new Error(`the folder has ${kept.length} files: choose that of the functions`);
  return new Map(kept);
}

async function walk(entry, found) {
  const path = entry.fullPath.replace(/^\//, "");
  if (isSkipped(path)) return;
  if (entry.isFile) {
    found.push([path, await new Promise((resolve, reject) => entry.file(resolve, reject))]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives some entries at a time, and none when all were given.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await walk(one, found);
  }
}

/**
 * Where the files of a folder belong in a project. The folder may be a whole project, its `supabase`, the `functions` in it, or
 * one function, which has an `index` file.
 * @param paths as they were given, each beginning with the name of the folder
 * @returns paths in the project by the paths that were given; empty where the folder is none of these
 */
export function placed(paths) {
  const parts = paths.map((path) => path.split("/"));
  /** Places of all files that are below the folder at this depth. */
  const from = (depth, name, prefix) => {
    const inside = parts.filter((names) => name === undefined || names[depth] === name);
    return new Map(inside.map((names) => [names.join("/"), prefix + names.slice(depth).join("/")]));
  };
  const project = depthOf(parts, (names, at) => names[at] === "supabase" && names[at + 1] === "functions");
  if (project !== undefined) return from(project, "supabase", "");
  const isOne = new Set(parts.map(([root]) => root)).size === 1 && parts.some(isIndex);
  if (isOne) return from(0, undefined, "supabase/functions/");
  const functions = depthOf(parts, (names, at) => names[at] === "functions");
  return functions === undefined ? new Map() : from(functions, "functions", "supabase/");
}

/** Whether a path is that of the file that a function begins with, right below the folder of the function. */
const isIndex = (names) => names.length === 2 && /^index\.(ts|tsx|js|jsx|mjs)$/.test(names[1]);

/** How deep a folder lies that is looked for; undefined where there is none. */
function depthOf(parts, isIt) {
  const depths = parts.map((names) => names.findIndex((_, at) => at < names.length - 1 && isIt(names, at)));
  return depths.find((depth) => depth >= 0);
}

/** The files of a project, as `plan` takes them. */
export function projectFiles(given) {
  const places = placed([...given.keys()]);
  if (places.size === 0) {
    throw new Error("there are no functions in it: drop a function’s folder with an index.ts, or the folder supabase");
  }
  return Object.fromEntries(Array.from(places, ([path, place]) => [place, given.get(path)]));
}
