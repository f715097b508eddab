// Cloudflare's runtime: Wrangler builds what it would upload, Miniflare runs that in the real workerd.
import { join } from "node:path";
import { bin, tool } from "./install.mjs";
import { run } from "./run.mjs";

/** What `wrangler deploy` would upload, as files in `outdir`. */
export async function wrangler(config, outdir) {
  const args = ["deploy", "--dry-run", "--config", config, "--outdir", outdir];
  const env = {
    CI: "1",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    // Its logs and settings stay out of the user's home.
    WRANGLER_LOG_PATH: join(outdir, "..", "wrangler-logs"),
    XDG_CONFIG_HOME: join(outdir, "..", "config"),
  };
  await run(process.execPath, [bin("wrangler"), ...args], { env });
}

/** Runs a worker's script and resolves to the status and text of its answer. */
export async function workerd(script, service) {
  const { Miniflare } = await tool("miniflare");
  const miniflare = new Miniflare({
    modules: true,
    modulesRules: [
      { type: "ESModule", include: ["**/*.js", "**/*.mjs"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    scriptPath: script,
    compatibilityDate: "2026-04-01",
  });
  try {
    const answer = await miniflare.dispatchFetch(`http://worker/?service=${encodeURIComponent(service)}`);
    return { status: answer.status, text: await answer.text() };
  } finally {
    await miniflare.dispose();
  }
}
