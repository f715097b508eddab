// The page's Worker as Wrangler would upload it, in Cloudflare's runtime, with a sandbox as the API and as its server of OAuth.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeSite } from "../../www/worker/site.mjs";
import { install, tool } from "../runtimes/harness/install.mjs";
import { wrangler } from "../runtimes/harness/workerd.mjs";

const config = fileURLToPath(new URL("../../www/worker/wrangler.jsonc", import.meta.url));

/** Resolves to the address of the Worker, and to what stops it. */
export async function startPageWorker(bindings) {
  await install();
  makeSite();
  const folder = mkdtempSync(join(tmpdir(), "page-worker-"));
  await wrangler(config, join(folder, "out"));
  const { unstable_getMiniflareWorkerOptions: optionsOf } = await tool("wrangler");
  const { Miniflare } = await tool("miniflare");
  const { workerOptions, main } = optionsOf(config);
  const miniflare = new Miniflare({
    ...workerOptions,
    name: "page",
    modules: true,
    modulesRules: [
      { type: "ESModule", include: ["**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    modulesRoot: join(folder, "out"),
    scriptPath: join(folder, "out", main.split("/").at(-1)),
    bindings,
  });
  const { origin } = await miniflare.ready;
  return {
    origin,
    async stop() {
      await miniflare.dispose();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
