// What is read beside the code: the changelog and the licence.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/install.mjs";

/**
 * Finds the section of a version in the changelog, and says what is wrong with it.
 * @param publishing whether the section must have a date, as it has once the version is out
 */
export function changelogFault(text, version, { publishing = false } = {}) {
  const sections = [...text.matchAll(/^## (.+)$/gm)].map(({ 1: title, index }) => ({ title, index }));
  const [newest, next] = sections;
  if (!newest) return "CHANGELOG.md has no section";
  const [name, date] = newest.title.split(/\s+[–-]\s+/);
  if (name !== version && !/^unreleased$/i.test(name)) {
    return `the newest section of CHANGELOG.md is "${newest.title}": it must be of ${version}, or Unreleased`;
  }
  const body = text.slice(text.indexOf("\n", newest.index), next?.index).trim();
  if (!body) return `the section "${newest.title}" of CHANGELOG.md is empty`;
  if (publishing && !(name === version && /^\d{4}-\d\d-\d\d$/.test(date ?? ""))) {
    return `to publish, the newest section of CHANGELOG.md must be "## ${version} – YYYY-MM-DD", and is "${newest.title}"`;
  }
}

/** Every crate has the licence in its own folder, as cargo packs it from there, and names it. */
export function licenceFaults(crates) {
  const licence = readFileSync(join(root, "LICENSE"), "utf8");
  const faults = [];
  for (const { name, folder, license } of crates) {
    const own = read(join(folder, "LICENSE"));
    if (own !== licence) faults.push(`the LICENSE of ${name} ${own === undefined ? "is missing" : "is another one"}`);
    if (license !== "MIT") faults.push(`${name} says that its licence is ${license}`);
    if (!read(join(folder, "README.md"))) faults.push(`${name} has no README.md`);
  }
  const { license } = JSON.parse(readFileSync(join(root, "pkg", "build", "package.json"), "utf8"));
  if (license !== "MIT") faults.push(`the npm package says that its licence is ${license}`);
  return faults;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
