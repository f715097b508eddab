// Sends a release out: only from the workflow, from a clean tree, and for the tag that names the version.
import { root } from "../build/install.mjs";
import { npm, printed, run } from "../build/run.mjs";
import { plain } from "./crates.mjs";
import { name as npmName } from "./npm-package.mjs";

/** What speaks against publishing from here; empty where nothing does. `env`: the environment of GitHub Actions. */
export function refusals({ env, changes, version }) {
  const reasons = [];
  if (env.GITHUB_ACTIONS !== "true" || !env.GITHUB_WORKFLOW_REF?.includes("/.github/workflows/release.yml@")) {
    reasons.push("this is not the workflow .github/workflows/release.yml, whose runs the registries trust");
  }
  const tag = `refs/tags/v${version}`;
  if (env.GITHUB_REF !== tag) {
    reasons.push(
      `the version is ${version}, so the tag must be v${version}; this run is for ${env.GITHUB_REF ?? "no tag"}`,
    );
  }
  if (changes) reasons.push(`the tree is not clean:\n${changes}`);
  return reasons;
}

/** Files that differ from the last commit, one a line; empty where there are none. */
export async function changes() {
  const found = await printed("git", ["status", "--porcelain"], { cwd: root });
  if (found === undefined) throw new Error("git does not run, or this folder is no repository");
  return found;
}

/**
 * Publishes the crates that crates.io does not have in this version. A release that broke off half way is ended by running
 * it again.
 */
export async function publishCrates(crates) {
  const missing = [];
  for (const crate of crates) {
    const args = ["info", `${crate.name}@${crate.version}`, "--registry", "crates-io", "--quiet"];
    if ((await printed("cargo", args, { cwd: "/" })) === undefined) missing.push(crate.name);
  }
  if (missing.length === 0) return "crates.io has all of them";
  // In one call: cargo puts them into order, and waits until each is there before it sends the next. What they are made of
  // was compiled a few steps ago.
  const args = ["publish", "--no-verify", ...missing.flatMap((name) => ["--package", name])];
  await run("cargo publish", "cargo", args, { cwd: root, env: plain });
  return missing.join(", ");
}

/** Publishes the file that was tried before, with a statement of where it was built (provenance). */
export async function publishNpm(tarball, version) {
  if (await printed("npm", ["view", `${npmName}@${version}`, "version"], { cwd: root })) return "npm has it";
  const tag = version.includes("-") ? "next" : "latest";
  await npm("npm publish", ["publish", tarball, "--provenance", "--access", "public", "--tag", tag], { cwd: root });
  return `${npmName}@${version}, as ${tag}`;
}
