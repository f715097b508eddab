// `npm run house`: figures of how the code is built, read from its files. `npm run house -- --before REF` shows those of a
// git ref beside them. tests/house.test.js says which of them are limits.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../pkg/build/install.mjs";
import { isProgram } from "../pkg/build/run.mjs";
import { isTestFile } from "./house/modules.mjs";
import { groupEnd, tokens } from "./house/tokens.mjs";
import { circles, roomOf, usesOf } from "./house/uses.mjs";

/**
 * The rooms of the crate, the lowest first. A room is a file or a folder below `src`, without `.rs`; several in one line
 * are on the same floor. A file uses only what is on its own floor or below.
 */
export const floors = [
  ["callback", "clock", "send_wrapper", "text", "timestamp"],
  ["fault"],
  ["schema"],
  ["check"],
  ["redact"],
  ["request"],
  ["cause"],
  ["fetch"],
  ["headers"],
  ["error"],
  ["hooks"],
  ["options"],
  ["transport"],
  ["page"],
  ["client", "call"],
  ["api"],
  ["flows"],
  ["testing"],
  ["js"],
  ["lib", "probe"],
];

/** The most that each figure may be. */
export const limits = {
  circles: 0,
  above: 0,
  lost: 0,
  homeless: 0,
  empty: 0,
  javascriptInRust: 0,
  javascriptLines: 1000,
};

/** Files of the npm package that are no part of the client itself; wasm-pack.js loads it where wasm-pack builds the package. */
const besideTheClient = new Set([
  "cli.js",
  "deploy.js",
  "deploy-workerd.js",
  "fleet.js",
  "loader.js",
  "proxy.js",
  "sandbox.js",
  "sandbox-workerd.js",
  "testing.js",
  "wasm-pack.js",
]);

/** The files of a folder, below `src` and `pkg`. */
export function folderTree(folder) {
  const list = (path) =>
    readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
      const inside = posix.join(path, entry.name);
      if (entry.isDirectory()) return ["target", "node_modules", "dist"].includes(entry.name) ? [] : list(inside);
      return [inside];
    });
  const read = (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined);
  return { files: ["src", "pkg"].flatMap(list), read };
}

/** The same of a git ref. */
export function commitTree(ref) {
  const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const files = git("ls-tree", "-r", "--name-only", ref, "--", "src", "pkg").trim().split("\n");
  const known = new Set(files);
  return { files, read: (path) => (known.has(path) ? git("show", `${ref}:${path}`) : undefined) };
}

/** All figures of a tree of files. Lists hold what a limit forbids, in words. */
export function figures({ files, read }, names = floors) {
  const texts = new Map();
  const cached = (path) => texts.get(path) ?? texts.set(path, read(path)).get(path);
  // The layer above the client is a house of its own.
  const rust = files.filter((path) => /^src\/(?!deploy\/).*\.rs$/.test(path));
  const macros = "src/macros/src/lib.rs";
  const crate = usesOf({ read: cached, root: "src/lib.rs", macros: files.includes(macros) ? macros : undefined });
  const tokensOf = new Map(rust.map((path) => [path, tokens(cached(path))]));
  const lines = (paths) => paths.reduce((sum, path) => sum + cached(path).split("\n").length - 1, 0);

  // Crates of their own have a Cargo.toml, and no module of ours declares their files.
  const nested = files.filter((path) => /^src\/.*\/Cargo\.toml$/.test(path)).map((path) => `${posix.dirname(path)}/`);
  const ours = rust.filter((path) => !nested.some((folder) => path.startsWith(folder)) && !isTestFile(path));
  const undeclared = ours.filter((path) => !crate.files.includes(path));
  const flat = names.flat();
  const floorOf = (file) => names.findIndex((floor) => floor.includes(roomOf(file, flat)));
  const above = crate.uses.filter(({ from, to }) => {
    const [low, high] = [floorOf(from), floorOf(to)];
    return low >= 0 && high > low;
  });
  const javascript = files.filter(
    (path) => /^pkg\/[^/]+\.js$/.test(path) && !besideTheClient.has(posix.basename(path)),
  );
  const notApi = rust.filter((path) => !path.startsWith("src/api/"));
  return {
    files: crate.files,
    uses: crate.uses,
    circles: circles(crate.files, crate.uses),
    // What cannot be placed would be missing from the circles, without anybody noticing.
    lost: [...crate.lost, ...undeclared.map((path) => `${path} is in no module`)],
    above: above.map(inWords),
    homeless: crate.files.filter((file) => roomOf(file, flat) === undefined),
    empty: flat.filter((name) => !crate.files.some((file) => roomOf(file, flat) === name)),
    javascriptInRust: rust.flatMap((path) =>
      servesJavaScript(path) ? [] : asksForJavaScript(path, tokensOf.get(path)),
    ),
    javascriptLines: lines(javascript),
    rustLines: lines(rust),
    rustLinesNoApi: lines(notApi),
    rustLinesNoTests: lines(notApi.filter((path) => !isTestFile(path))) - crate.testLines,
    unsafe: Object.fromEntries(
      rust
        .filter((path) => !path.startsWith("src/macros/"))
        .map((path) => [path, countUnsafe(tokensOf.get(path))])
        .filter(([, count]) => count > 0),
    ),
  };
}

/** A use, as a reader finds it. */
export const inWords = ({ from, to, line, path }) => `${from}:${line} uses ${path} of ${to}`;

const servesJavaScript = (path) =>
  path === "src/lib.rs" || path.startsWith("src/js/") || path.startsWith("src/macros/");

/** Where a file asks whether it is compiled for JavaScript: attributes, and `cfg!`. */
function asksForJavaScript(path, list) {
  const found = [];
  for (let at = 0; at < list.length; at++) {
    const word = ["cfg", "cfg_attr"].includes(list[at].value) && list[at].kind === "word";
    const open = list[at + 1]?.value === "!" ? at + 2 : at + 1;
    if (!word || list[open]?.value !== "(") continue;
    const condition = list.slice(open, groupEnd(list, open));
    const asks = condition.some(
      ({ kind, value }, place) => kind === "text" && value === "js" && condition[place - 2]?.value === "feature",
    );
    if (asks) found.push(`${path}:${list[at].line}`);
  }
  return found;
}

function countUnsafe(list) {
  const starts = new Set(["{", "impl", "fn", "extern", "trait"]);
  return list.filter(({ kind, value }, at) => kind === "word" && value === "unsafe" && starts.has(list[at + 1]?.value))
    .length;
}

/** The lines of the table: what it is, how much, and the most that is allowed. */
function rows(found) {
  const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);
  return [
    ["circles among the files of src", found.circles.length, limits.circles],
    ["  files in them", found.circles.flatMap(({ files }) => files).length],
    ["files of src, without tests and nested crates", found.files.length],
    ["uses among them", found.uses.length],
    ["  of a room above", found.above.length, limits.above],
    ["  not understood", found.lost.length, limits.lost],
    ["files in no room of the list", found.homeless.length, limits.homeless],
    ["rooms of the list without a file", found.empty.length, limits.empty],
    ['cfg(feature = "js") outside of lib.rs, js/, macros/', found.javascriptInRust.length, limits.javascriptInRust],
    ["lines of the client in JavaScript", found.javascriptLines, limits.javascriptLines],
    ["lines of Rust in src", found.rustLines],
    ["  without src/api", found.rustLinesNoApi],
    ["  without src/api and unit tests", found.rustLinesNoTests],
    ["unsafe blocks, impls and functions", sum(found.unsafe)],
  ];
}

function print(now, before) {
  const files = [...new Set([...Object.keys(before?.unsafe ?? {}), ...Object.keys(now.unsafe)])].sort();
  const perFile = (found) => files.map((path) => [`  ${path}`, found.unsafe[path] ?? 0]);
  const earlier = before && [...rows(before), ...perFile(before)];
  const table = [...rows(now), ...perFile(now)].map(([name, value, limit], at) => {
    const judged = limit === undefined ? "" : `${limit}${value > limit ? "  MISSED" : ""}`;
    return [name, value, ...(earlier ? [earlier[at][1]] : []), judged];
  });
  for (const [name, ...cells] of [["", "now", ...(earlier ? ["before"] : []), "limit"], ...table]) {
    const last = cells.pop();
    const numbers = cells.map((cell) => cell.toLocaleString("en").padStart(9)).join("");
    console.log(`${name.padEnd(52)}${numbers}  ${last}`.trimEnd());
  }
  for (const { files: all, way } of now.circles)
    console.log([`\na circle of ${all.length} files, as short as:`, ...way.map(inWords)].join("\n  "));
}

if (isProgram(import.meta.url)) {
  const { before } = parseArgs({ options: { before: { type: "string" } } }).values;
  print(figures(folderTree(root)), before === undefined ? undefined : figures(commitTree(before)));
}
