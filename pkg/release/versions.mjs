// One version for all crates and the npm package, written down once: in `[workspace.package]` of Cargo.toml.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../build/install.mjs";
import { run } from "../build/run.mjs";
import { versionIn, withVersion } from "../build/version.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

export const version = () => versionIn(read("Cargo.toml"));

/** The workspaces whose lock files name the crates. */
const locks = ["Cargo.lock", "tests/Cargo.lock", "tests/example/Cargo.lock", "tests/rust-face/Cargo.lock"];

/** Members of the workspace, as cargo sees them. */
export async function members() {
  const args = ["metadata", "--no-deps", "--format-version", "1"];
  const { packages } = JSON.parse(await run("cargo metadata", "cargo", args, { cwd: root, quiet: true }));
  return packages.map((found) => ({ ...found, folder: dirname(found.manifest_path) }));
}

/** What is not of the one version, or has a version of its own; empty when all is well. */
export async function versionFaults(crates) {
  const { parse } = await import("smol-toml");
  const wanted = version();
  const faults = [];
  const expect = (place, found) => {
    if (found !== wanted) faults.push(`${place} has ${found}, and Cargo.toml has ${wanted}`);
  };
  const { workspace } = parse(read("Cargo.toml"));
  for (const [name, entry] of Object.entries(workspace.dependencies)) {
    if (entry.path) expect(`${name} in [workspace.dependencies]`, entry.version);
  }
  for (const { name, manifest_path, version: found } of crates) {
    const manifest = parse(readFileSync(manifest_path, "utf8"));
    expect(name, found);
    if (manifest.package.version?.workspace !== true) faults.push(`${name} has a version of its own`);
    for (const kind of ["dependencies", "dev-dependencies", "build-dependencies"]) {
      for (const [dependency, entry] of Object.entries(manifest[kind] ?? {})) {
        if (entry.path && entry.version) faults.push(`${name} writes a version of ${dependency}: use workspace = true`);
      }
    }
  }
  const names = new Set(crates.map(({ name }) => name));
  for (const lock of locks) {
    for (const { name, version: found } of parse(read(lock)).package) {
      if (names.has(name)) expect(`${name} in ${lock}`, found);
    }
  }
  if ("version" in JSON.parse(read("pkg/build/package.json"))) faults.push("pkg/build/package.json has a version");
  return faults;
}

/** The package.json that was built has the version, too. */
export function builtVersionFaults() {
  const found = JSON.parse(read("pkg/package.json")).version;
  return found === version() ? [] : [`pkg/package.json has ${found}: run \`npm run build\``];
}

/** Writes another version into Cargo.toml and the lock files. */
export async function setVersion(next) {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(next)) throw new Error(`"${next}" is no version such as 1.2.3 or 1.2.3-beta.1`);
  writeFileSync(join(root, "Cargo.toml"), withVersion(read("Cargo.toml"), next));
  for (const lock of locks) {
    // Brings the entries of the crates up to date, and leaves all others as they are.
    const args = ["update", "--workspace", "--quiet", "--manifest-path", join(root, dirname(lock), "Cargo.toml")];
    await run(`updating ${lock}`, "cargo", args, { cwd: root, quiet: true });
  }
}
