// What a page transfers of each client, in bytes of brotli.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { root } from "../../pkg/build/install.mjs";
import { vitePage } from "../runtimes/harness/bundle.mjs";
import { forPage } from "./bundle.mjs";

/** By id: `all` operations, or the `one` that is called. Ours is the same in both, and also comes as `slim`. */
export async function measureSizes(clients) {
  const sizes = {};
  for (const client of clients) {
    if (client.validation) continue;
    const [all, one] = [await forPage(client, { all: true }), await forPage(client, { all: false })];
    sizes[client.id] = { all: brotli(all), one: brotli(one) };
  }
  const [ours] = clients.filter(({ validation }) => validation);
  const all = await inVite(join(root, "pkg"));
  sizes.lenient = sizes.strict = { all, one: all, slim: await slim(ours) };
  return sizes;
}

/** Ours where the wasm is a file of its own. */
async function slim(client) {
  const alias = { "supabase-management-wasm": join(root, "pkg", "slim.js") };
  const script = await forPage({ ...client, alias }, { all: true });
  return brotli(script) + brotli(readFileSync(join(root, "pkg", "dist", "client.wasm")));
}

/** The package in this folder, in a Vite build, as most pages will have it. */
export async function inVite(pkg) {
  const script = `import { SupabaseManagement } from ${JSON.stringify(join(pkg, "index.js"))};
const client = new SupabaseManagement({ accessToken: "sbp_bench" });
globalThis.projects = () => client.projects.list();
`;
  return brotli(await vitePage(join(root, "target", "bench", "page"), script));
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
}
