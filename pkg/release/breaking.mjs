// Whether the version says what changed for users of the crates: cargo-semver-checks compares with the last release.
import { relative, sep } from "node:path";
import { root } from "../build/install.mjs";
import { printed, run } from "../build/run.mjs";
import { NotChecked } from "./report.mjs";
import { prepare } from "./tools.mjs";

/** The last release before this one, as git knows it; undefined where there is none. */
export async function lastRelease(version) {
  const args = ["tag", "--list", "v*", "--merged", "HEAD", "--sort=-version:refname"];
  const tags = await printed("git", args, { cwd: root });
  return tags?.split("\n").find((tag) => /^v\d/.test(tag) && tag !== `v${version}`);
}

/** @returns what was compared with what */
export async function compareWithLastRelease(crates, version) {
  const tag = await lastRelease(version);
  if (!tag) {
    const reason = "nothing was compared: git has no tag v* of an earlier release, so there is nothing to compare with";
    throw new NotChecked(reason, { fatal: false });
  }
  const env = await prepare("cargo-semver-checks");
  const compared = [];
  const fresh = [];
  for (const crate of crates.filter(isLibrary)) {
    if (!(await existsAt(tag, crate))) {
      fresh.push(crate.name);
      continue;
    }
    // As Rust users have it, without the exports of the npm build. Compiled for this machine: for WebAssembly the tool hides a
    // warning of rustc that cargo needs to read (cargo-semver-checks 0.51). What only exists there is not compared.
    const features = crate.features.time ? ["--features", "time"] : [];
    const args = ["semver-checks", "--package", crate.name, "--baseline-rev", tag, "--default-features", ...features];
    await run(`comparing ${crate.name} with ${tag}`, "cargo", args, { cwd: root, env, quiet: true });
    compared.push(crate.name);
  }
  return `${compared.length} crates with ${tag}${fresh.length > 0 ? `; new since then: ${fresh.join(", ")}` : ""}`;
}

/** Attributes have no API that the tool could read: the tests in tests/ui.rs are for them. */
const isLibrary = ({ targets }) => targets.some(({ kind }) => kind.includes("lib") || kind.includes("rlib"));

async function existsAt(tag, { manifest_path }) {
  const path = relative(root, manifest_path).split(sep).join("/");
  return (await printed("git", ["cat-file", "-e", `${tag}:${path}`], { cwd: root })) !== undefined;
}
