// `npm run size`: what a page transfers of the client, in bytes, and whether that is within the budget.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import { viteBuild } from "./runtimes/harness/bundle.mjs";
import { install } from "./runtimes/harness/install.mjs";

/** KiB of brotli that must not be exceeded, and those to reach. */
const budget = { slim: 25, vite: 32 };
const mark = { slim: 23, vite: 32 };

const work = join(root, "target", "size");
const application = (entry) => `import { SupabaseManagement } from ${JSON.stringify(join(root, "pkg", entry))};
globalThis.client = new SupabaseManagement({ accessToken: "sbp_" });
`;

function measure(name, bytes) {
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

function sum(name, parts) {
  const add = (key) => parts.reduce((total, part) => total + part[key], 0);
  return { name, raw: add("raw"), gzip: add("gzip"), brotli: add("brotli") };
}

async function vite(entry) {
  const folder = join(work, entry);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html>\n<title>size</title>\n<script type="module" src="./main.js"></script>\n`,
  );
  writeFileSync(join(folder, "main.js"), application(entry));
  await viteBuild(folder, join(folder, "out"));
  const assets = join(folder, "out", "assets");
  const scripts = readdirSync(assets).filter((file) => file.endsWith(".js"));
  return Buffer.concat(scripts.map((file) => readFileSync(join(assets, file))));
}

async function slim() {
  const { build: bundle } = await import("esbuild");
  const stdin = { contents: application("slim.js"), resolveDir: root };
  const { outputFiles } = await bundle({
    stdin,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0].contents;
}

await build({ quiet: true });
await install();
const wasm = measure("client.wasm", readFileSync(join(root, "pkg", "dist", "client.wasm")));
const script = measure("glue and client, minified", await slim());
const rows = [
  wasm,
  script,
  sum("./slim: both", [wasm, script]),
  measure("default entry, Vite build", await vite("index.js")),
];

const number = (value) => value.toLocaleString("en").padStart(9);
console.log(`${"".padEnd(28)}${"bytes".padStart(9)}${"gzip".padStart(9)}${"brotli".padStart(9)}`);
for (const { name, raw, gzip, brotli } of rows)
  console.log(`${name.padEnd(28)}${number(raw)}${number(gzip)}${number(brotli)}`);

const kib = (bytes) => (bytes / 1024).toFixed(1);
for (const [name, { brotli }, key] of [
  ["./slim", rows[2], "slim"],
  ["default entry in a Vite build", rows[3], "vite"],
]) {
  const fits = brotli <= budget[key] * 1024;
  const judgement = fits ? "" : ": TOO LARGE";
  console.log(`${name}: ${kib(brotli)} KiB brotli, budget ${budget[key]}, mark ${mark[key]}${judgement}`);
  if (!fits) process.exitCode = 1;
}
