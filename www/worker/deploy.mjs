// `npm run deploy-page`: builds the page, and deploys it as a Worker. What comes after `--` goes to Wrangler, which is the
// release that the tests use, with all it needs pinned.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bin, install } from "../../tests/runtimes/harness/install.mjs";
import { buildPage } from "../build.mjs";
import { makeSite } from "./site.mjs";

const config = fileURLToPath(new URL("wrangler.jsonc", import.meta.url));

await buildPage();
makeSite();
await install();
const args = [bin("wrangler"), "deploy", "--config", config, ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
