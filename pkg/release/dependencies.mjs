// What others wrote and we ship: known faults, licences, where it comes from, and the lists of it (SBOM).
import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brought } from "../build/bundles.mjs";
import { root } from "../build/install.mjs";
import { npm, run } from "../build/run.mjs";
import { inEmptyFolder } from "./npm-package.mjs";
import { NotChecked } from "./report.mjs";
import { prepare } from "./tools.mjs";
import { members } from "./versions.mjs";

const deny = async (step, args) =>
  run(step, "cargo-deny", ["--workspace", ...args], { cwd: root, env: await prepare("cargo-deny"), quiet: true });

/** Licences, versions that are there twice, and registries, as deny.toml has them. */
export const checkCrates = () => deny("cargo-deny", ["--offline", "check", "licenses", "bans", "sources"]);

/** Known faults of crates. The list of them is a repository on GitHub, which cargo-deny fetches. */
export async function checkAdvisories() {
  try {
    await deny("fetching the list of advisories", ["fetch", "db"]);
  } catch (error) {
    throw new NotChecked(`the list of RustSec could not be fetched (${lastLine(error)})`);
  }
  await deny("cargo-deny", ["check", "--disable-fetch", "advisories"]);
}

/** Known faults of what the npm package brings along. It depends on nothing, and holds a library inside of its files. */
export const auditNpm = () =>
  withBroughtAlong(async (cwd) => {
    const shell = process.platform === "win32";
    // It ends with an error both where it found something and where it could not ask: what it printed tells which.
    const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { cwd, shell, encoding: "utf8" });
    return `${Object.keys(brought).join(", ")}: ${readAudit(stdout)}`;
  });

/** @param text what `npm audit --json` printed */
export function readAudit(text) {
  const { metadata, vulnerabilities, message } = JSON.parse(text || "{}");
  if (!metadata) throw new NotChecked(`the registry did not answer npm audit (${message ?? "no reason given"})`);
  const names = Object.keys(vulnerabilities);
  if (names.length > 0) throw new Error(`npm audit knows faults of ${names.join(", ")}`);
  return "no known faults";
}

/** Lists of what is shipped, in the form CycloneDX, into a folder: one for npm, one for each crate with all of its features. */
export async function writeBillsOfMaterials(crates, folder) {
  const made = [join(folder, "npm.cdx.json")];
  const text = await withBroughtAlong((cwd) =>
    npm("npm sbom", ["sbom", "--sbom-format=cyclonedx", "--omit=dev", "--package-lock-only"], { cwd, quiet: true }),
  );
  writeFileSync(made[0], text);

  const args = ["cyclonedx", "--format", "json", "--spec-version", "1.5", "--all-features", "--no-build-deps"];
  args.push("--target", "wasm32-unknown-unknown", "--override-filename", "bom.cdx");
  await run("cargo cyclonedx", "cargo", args, { cwd: root, env: await prepare("cargo-cyclonedx"), quiet: true });
  // It writes beside the sources of every crate, and nowhere else.
  const published = new Set(crates.map(({ name }) => name));
  for (const { name, folder: from } of await members()) {
    const written = join(from, "bom.cdx.json");
    const file = join(folder, `${name}.cdx.json`);
    if (published.has(name)) {
      renameSync(written, file);
      made.push(file);
    } else rmSync(written, { force: true });
  }
  // Where this machine keeps the repository is nobody's business.
  for (const file of made)
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(root.replace(/\/$/, ""), "/build"));
  return made;
}

/** The package as if it depended on what it holds of others, in the versions that it was built with: npm looks at nothing else. */
async function withBroughtAlong(action) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const versions = Object.keys(brought).map((name) => [name, packages[`node_modules/${name}`].version]);
  const { name, version, license } = JSON.parse(readFileSync(join(root, "pkg", "package.json"), "utf8"));
  return inEmptyFolder({ name, version, license, dependencies: Object.fromEntries(versions) }, async (cwd) => {
    const args = ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"];
    await npm("npm install", args, { cwd, quiet: true });
    return action(cwd);
  });
}

const lastLine = ({ message }) =>
  message
    .trim()
    .split("\n")
    .filter((line) => line.trim())
    .at(-1)
    .trim();
