// The crates, as they go to crates.io.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/install.mjs";
import { run } from "../build/run.mjs";

/** Documents that every crate brings along, and what cargo adds. */
const always = ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md"];
const added = [".cargo_vcs_info.json", "Cargo.toml.orig"];

/** What else a crate may hold. What is not named here is not published: a file of a new kind has to be added first. */
const allowed = [
  /^src\/[\w/]+\.rs$/,
  // What the compiler reads beside the code.
  /^src\/catalog\/\w+\.(sql|txt)$/,
  /^src\/defaults\/\w+\.(json|txt)$/,
  /^src\/config\/table\.txt$/,
  /^src\/js\/waiters\.d\.ts$/,
];

/** The crates in an order in which each follows those that it needs, as crates.io takes them only so. */
export function inOrder(crates) {
  const names = new Set(crates.map(({ name }) => name));
  const ordered = [];
  const add = (crate, way) => {
    if (ordered.includes(crate)) return;
    if (way.includes(crate.name)) throw new Error(`crates that need each other: ${[...way, crate.name].join(", ")}`);
    // Dependencies of tests that have no version are left out of what is published.
    const needed = crate.dependencies.filter(
      ({ name, kind, req }) => names.has(name) && !(kind === "dev" && req === "*"),
    );
    for (const { name } of needed) {
      if (name !== crate.name)
        add(
          crates.find((other) => other.name === name),
          [...way, crate.name],
        );
    }
    ordered.push(crate);
  };
  for (const crate of crates.filter(({ publish }) => publish === null)) add(crate, []);
  return ordered;
}

/** Names of the files that a crate would have. */
export async function filesOf({ name }) {
  const args = ["package", "--list", "--allow-dirty", "--quiet", "--package", name];
  return (await cargo(`listing the files of ${name}`, args)).split("\n").filter(Boolean);
}

/** What a crate lacks, or has too much. */
export function contentFaults({ name }, files) {
  const wanted = name === "supabase-management-wasm" ? [...always, "CHANGELOG.md"] : always;
  const missing = wanted.filter((file) => !files.includes(file)).map((file) => `${name} lacks ${file}`);
  const known = new Set([...wanted, ...added]);
  const unknown = files.filter((file) => !known.has(file) && !allowed.some((pattern) => pattern.test(file)));
  return [...missing, ...unknown.map((file) => `${name} holds ${file}, which pkg/release/crates.mjs does not allow`)];
}

/**
 * Packs all crates, in one call: cargo lets those that are not published yet stand in for each other.
 * @param options `verify`: also compile each crate from what was packed, for this machine and for WebAssembly;
 * `folder`: where cargo works; `allowDirty`: pack what is not committed, too
 * @returns paths of the packed crates
 */
export async function packCrates(crates, { verify, folder, allowDirty }) {
  const args = ["package", "--quiet", "--target-dir", folder, ...crates.flatMap(({ name }) => ["--package", name])];
  if (allowDirty) args.push("--allow-dirty");
  await cargo("cargo package", [...args, ...(verify ? [] : ["--no-verify"])]);
  if (verify) await cargo("cargo package for WebAssembly", [...args, "--target", "wasm32-unknown-unknown"]);
  const paths = crates.map(({ name, version }) => join(folder, "package", `${name}-${version}.crate`));
  for (const path of paths) if (!existsSync(path)) throw new Error(`cargo did not make ${path}`);
  return paths;
}

/** The documentation as docs.rs makes it, for both of its targets: a warning is a failure. */
export async function documentCrates(crates, folder) {
  const env = { ...plain, RUSTDOCFLAGS: "-D warnings" };
  const args = ["doc", ...crates.flatMap(({ name }) => ["--package", name]), "--no-deps", "--quiet"];
  args.push("--features", "supabase-management-wasm/time", "--target-dir", folder);
  for (const more of [[], ["--target", "wasm32-unknown-unknown"]]) {
    await run("cargo doc", "cargo", [...args, ...more], { cwd: root, env, quiet: true });
  }
}

/** Flags of .cargo/config.toml are for `wasm-pack build` alone: users of the crates do not have them. */
export const plain = { RUSTFLAGS: "" };

const cargo = (step, args) => run(step, "cargo", args, { cwd: root, env: plain, quiet: true });
