// What the package holds against what it needs: every file must be reachable from package.json, and nothing else be there.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";

/** Files every npm package has; nothing refers to them. */
const documents = ["package.json", "README.md", "LICENSE", "CHANGELOG.md"];

export function contents(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll("\\", "/"))
    .sort();
}

/** Every file that package.json names, what those import, what these import, and so on. */
export function needed(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { exports, bin, main, module, types, unpkg, jsdelivr } = manifest;
  const queue = strings([exports, bin, main, module, types, unpkg, jsdelivr]).map((path) => posix.normalize(path));
  const found = new Set(documents);
  while (queue.length > 0) {
    const file = queue.pop();
    if (found.has(file)) continue;
    found.add(file);
    if (/\.([cm]?js|d\.[cm]?ts)$/.test(file)) {
      const text = readFileSync(join(folder, file), "utf8");
      queue.push(...references(text).map((path) => existing(folder, posix.join(posix.dirname(file), path))));
    }
  }
  return [...found].sort();
}

function strings(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

/** Relative specifiers: of imports, of `import()` types, of `new URL(…, import.meta.url)`. */
function references(text) {
  const pattern =
    /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\bURL\s*\(\s*|\breference\s+path=)["'](\.{1,2}\/[^"'?]+)/g;
  return [...text.matchAll(pattern)].map(([, path]) => path);
}

/** Declarations import `./x.js` and mean `./x.d.ts` where there is no such script. */
function existing(folder, path) {
  if (statSync(join(folder, path), { throwIfNoEntry: false })) return path;
  return path.replace(/\.([cm]?)js$/, ".d.$1ts");
}
