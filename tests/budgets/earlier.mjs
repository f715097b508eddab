// An earlier build of this repository to compare with: a folder that has one, or a git ref that is built here.
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "../../pkg/build/install.mjs";
import { npm, printed, run } from "../../pkg/build/run.mjs";
import { prepareTools } from "../../pkg/build/tools.mjs";

/** Resolves to the folder, in which pkg/ is built. */
export async function earlier(what) {
  const folder = resolve(what);
  if (existsSync(join(folder, "pkg", "dist", "client.wasm"))) return folder;
  const commit = await printed("git", ["rev-parse", "--verify", "--quiet", `${what}^{commit}`], { cwd: root });
  if (!commit) throw new Error(`${what} is neither a folder with a built pkg/ nor a commit`);
  return buildOf(commit);
}

/** Checks the commit out into a folder below target/, once, and has it build itself. */
async function buildOf(commit) {
  const folder = join(root, "target", "earlier", commit.slice(0, 12));
  // Forced, as git remembers worktrees that somebody deleted with the rest of target/.
  const checkOut = ["worktree", "add", "--force", "--detach", folder, commit];
  if (!existsSync(join(folder, ".git"))) await run("checking out", "git", checkOut, { cwd: root, quiet: true });
  // What is installed here will do where the same is asked for.
  const lock = (place) => readFileSync(join(place, "package-lock.json"), "utf8");
  const modules = join(folder, "node_modules");
  if (!existsSync(modules) && lock(folder) === lock(root)) symlinkSync(join(root, "node_modules"), modules, "junction");
  // Nothing here measures the sandbox, and a build is content with any that was compiled before.
  const sandbox = join("target", "wasm-pack", "sandbox");
  if (existsSync(join(root, sandbox)) && !existsSync(join(folder, sandbox)))
    cpSync(join(root, sandbox), join(folder, sandbox), { recursive: true });
  console.error(`building ${commit.slice(0, 12)}, some minutes the first time …`);
  const env = await prepareTools({ quiet: true });
  await npm("building an earlier commit", ["run", "build", "--", "client"], { cwd: folder, env, quiet: true });
  return folder;
}
