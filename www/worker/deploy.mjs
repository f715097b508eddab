// `npm run deploy-page`: builds the page and the docs, and deploys both as a Worker. What comes after `--` goes to Wrangler, which is the
// release that the tests use, with all it needs pinned.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../../pkg/build/install.mjs";
import { bin, install } from "../../tests/runtimes/harness/install.mjs";
import { buildPage } from "../build.mjs";
import { makeSite } from "./site.mjs";

const config = fileURLToPath(new URL("wrangler.jsonc", import.meta.url));

/** Runs a program in this terminal; ends this one where it fails. */
function run(command, args, options) {
  const { status } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (status !== 0) process.exit(status ?? 1);
}

await buildPage();
run("npm", ["run", "docs", "--if-present"], { cwd: root, shell: process.platform === "win32" });
makeSite();
await install();
run(process.execPath, [bin("wrangler"), "deploy", "--config", config, ...process.argv.slice(2)]);
