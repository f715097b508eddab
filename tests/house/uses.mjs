// Which file of a crate uses which other one, and where that leads in circles.
import { posix } from "node:path";
import { allModules, readCrate } from "./modules.mjs";

/**
 * The uses among the files of a crate.
 * @param read gives the text of a file, or undefined
 * @param root the first file of the crate, such as `src/lib.rs`
 * @param macros the first file of the crate with its attributes and macros, whose output counts as written where they are used
 * @returns `files`: all files that the crate is made of; `uses`: `{ from, to, line, path }`; `lost`: those paths from the
 * root that lead to nothing, since a use that is not understood must not pass for none; `testLines`: lines of unit tests
 */
export function usesOf({ read, root, macros }) {
  const top = readCrate(root, read);
  const made = macros ? expansions(readCrate(macros, read)) : new Map();
  const modules = [...allModules(top)];
  const own = new Map();
  for (const module of modules) for (const name of module.macros) own.set(name, [...(own.get(name) ?? []), module]);

  const uses = new Map();
  const lost = [];
  for (const module of modules) {
    for (const { file, line, path, macro, words, attribute } of module.mentions) {
      const note = (mentioned) => {
        const found = resolve(module, mentioned, own);
        const text = mentioned.join("::");
        if (found === null) lost.push(`${file}:${line} ${text}`);
        for (const to of found ?? [])
          if (to !== file && !uses.has(`${file} ${to}`))
            uses.set(`${file} ${to}`, { from: file, to, line, path: text });
      };
      if (path) note(path);
      // The name of a child module among the arguments of a macro of this crate becomes a path there.
      if (macro && own.has(macro)) for (const name of module.children.keys()) if (words.has(name)) note([name]);
      if (macro && own.has(macro) && !module.macros.has(macro)) note(["crate", macro]);
      for (const mentioned of made.get(attribute ?? macro) ?? []) note(mentioned);
    }
  }
  return {
    files: [...new Set(modules.flatMap(({ files }) => files))],
    uses: [...uses.values()],
    lost,
    testLines: modules.reduce((sum, { testLines }) => sum + testLines, 0),
  };
}

/**
 * The files that define what a path names; undefined where it leads out of the crate, null where it leads nowhere. What a
 * module only imports is looked for where it comes from, as `crate::Client` is not defined in lib.rs.
 */
function resolve(module, path, macros, visited = new Set()) {
  const [first, ...rest] = path;
  if (first === "crate") return descend(topOf(module), rest, macros, visited);
  if (first === "self") return descend(module, rest, macros, visited);
  if (first === "super")
    return resolve(module.parent ?? module, rest[0] === "super" ? rest : ["self", ...rest], macros, visited);
  if (module.children.has(first)) return descend(module, path, macros, visited);
  return undefined;
}

function topOf(module) {
  return module.parent ? topOf(module.parent) : module;
}

function descend(module, path, macros, visited) {
  const [name, ...rest] = path;
  if (name === undefined) return module.files;
  const child = module.children.get(name);
  if (child && (rest.length > 0 || !module.defined.has(name))) return descend(child, rest, macros, visited);
  if (module.defined.has(name) || module.macros.has(name)) return module.files;
  const key = `${module.files[0]} ${name}`;
  if (!visited.has(key)) {
    visited.add(key);
    const named = module.imports.find((imported) => imported.name === name);
    if (named) {
      const start = imported(module, named.path);
      return resolve(module, [...start, ...rest], macros, visited) ?? outside(module, start);
    }
    for (const { path: from, glob } of module.imports) {
      if (!glob) continue;
      const found = resolve(module, [...imported(module, from), ...path], macros, visited);
      if (found) return found;
    }
  }
  if (module.parent) return module.files;
  // `#[macro_export]` puts a macro at the root, wherever it is defined.
  return macros.get(name)?.flatMap(({ files }) => files) ?? null;
}

/** The path of an import, with the names in front of it that other imports of the module stand for. */
function imported(module, path) {
  const [first, ...rest] = path;
  if (["crate", "self", "super"].includes(first) || module.children.has(first)) return path;
  const other = module.imports.find(({ name, path: from }) => name === first && from[0] !== first);
  return other ? [...imported(module, other.path), ...rest] : path;
}

/** An import from another crate is nothing of ours. */
function outside(module, [first]) {
  return ["crate", "self", "super"].includes(first) || module.children.has(first) ? null : undefined;
}

/**
 * What the attributes and macros of a crate write where they are used: by their names, the paths that begin with `crate`.
 * All of those count that stand in the module that the function calls, and in the modules that it uses: some may never be
 * written at a certain place, but none is missed.
 */
function expansions(top) {
  const entries = new Map();
  const { mentions, defined, children } = top;
  // In lib.rs, the function `model` calls `model::expand`: a name of a function that is a module too.
  for (const { path } of mentions)
    if (path && defined.has(path[0]) && children.has(path[0])) entries.set(path[0], children.get(path[0]));
  if (entries.size === 0) throw new Error(`${top.files[0]} has no function that calls the module of its name`);
  const made = new Map();
  for (const [name, entry] of entries) {
    const reached = new Set([entry]);
    for (const module of reached) {
      for (const { path } of module.mentions) {
        const child = path?.[0] === "crate" ? children.get(path[1]) : undefined;
        if (child) reached.add(child);
      }
    }
    const paths = [...reached].flatMap((module) => [...allModules(module)]).flatMap(({ quoted }) => quoted);
    const texts = new Set(paths.filter(({ path }) => path[0] === "crate").map(({ path }) => path.join("::")));
    made.set(
      name,
      Array.from(texts, (text) => text.split("::")),
    );
  }
  return made;
}

/**
 * The circles: sets of files of which each uses, directly or not, all others of the set.
 * @returns of each, its files and one of the shortest ways round, as uses
 */
export function circles(files, uses) {
  const next = new Map(files.map((file) => [file, []]));
  for (const use of uses) next.get(use.from)?.push(use);
  const reach = new Map(files.map((file) => [file, reachable(file, next)]));
  const left = new Set(files);
  const found = [];
  for (const file of files) {
    if (!left.delete(file)) continue;
    const circle = [file, ...[...left].filter((other) => reach.get(file).has(other) && reach.get(other).has(file))];
    for (const member of circle) left.delete(member);
    if (circle.length > 1) found.push({ files: circle, way: shortest(circle, next) });
  }
  return found;
}

function reachable(start, next) {
  const seen = new Set();
  const left = [start];
  while (left.length > 0) {
    for (const { to } of next.get(left.pop()) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      left.push(to);
    }
  }
  return seen;
}

/** One of the shortest ways from a file of the circle back to itself. */
function shortest(circle, next) {
  let best;
  for (const start of circle) {
    const ways = [[]];
    const seen = new Set();
    for (const way of ways) {
      if (best && way.length >= best.length) break;
      const at = way.at(-1)?.to ?? start;
      for (const use of next.get(at) ?? []) {
        if (use.to === start) best = best && best.length <= way.length + 1 ? best : [...way, use];
        if (!seen.has(use.to)) ways.push([...way, use]);
        seen.add(use.to);
      }
    }
  }
  return best;
}

/** The room that a file belongs to: the longest name of the list that its path begins with, without `src/` and `.rs`. */
export function roomOf(file, names) {
  const place = posix.relative("src", file).replace(/(\/mod)?\.rs$/, "");
  const fitting = names.filter((name) => place === name || place.startsWith(`${name}/`));
  return fitting.sort((a, b) => b.length - a.length)[0];
}
