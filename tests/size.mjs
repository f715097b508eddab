// `npm run size`: what a page transfers of the client, in bytes, and whether that is within the budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import { writeTable } from "./document-tables.mjs";
import { tableRows } from "./endpoints.mjs";
import { vitePage } from "./runtimes/harness/bundle.mjs";
import { install } from "./runtimes/harness/install.mjs";

/**
 * KiB of brotli that must not be exceeded, and those to reach. Since all rules are Rust, two thirds of the wasm are code:
 * `npm run budgets -- --bytes` shows where.
 */
const budget = { slim: 148, vite: 151, proxy: 6, deploy: 66 };
const mark = { slim: 58, vite: 60, proxy: 5, deploy: 20 };

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

/** What a page loads that imports this, beside the wasm. */
const slim = (imports) => bundled(`${application("slim.js")}${imports}`);

async function bundled(contents) {
  const { build: bundle } = await import("esbuild");
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: root, sourcefile: "application.js" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0].contents;
}

const whole = `import { addWaiters, createTokenSource } from ${JSON.stringify(join(root, "pkg", "slim.js"))};
globalThis.more = [addWaiters, createTokenSource];
`;

/** What a bundle that has the client gets larger by with another entry. */
async function over(name, entry, imported) {
  const client = application("index.js");
  const more = `import { ${imported} } from ${JSON.stringify(join(root, "pkg", entry))};\nglobalThis.more = ${imported};\n`;
  const [before, after] = [measure(name, await bundled(client)), measure(name, await bundled(client + more))];
  const less = (key) => after[key] - before[key];
  return { name, raw: less("raw"), gzip: less("gzip"), brotli: less("brotli") };
}

await build({ quiet: true });
await install();
const wasm = measure("./slim: wasm", readFileSync(join(root, "pkg", "dist", "client.wasm")));
const script = measure("./slim: glue and client, minified", await slim(""));
const more = measure("", await slim(whole));
const rows = [
  wasm,
  script,
  sum("./slim: both", [wasm, script]),
  measure("default entry, application in a Vite build", await vitePage(work, application("index.js"))),
  sum("./slim with waiters and OAuth tokens", [wasm, more]),
  await over("./proxy, over the default entry", "proxy.js", "createProxy"),
  await over("./deploy, over the default entry", "deploy.js", "plan"),
];

/** The part of a wasm with this number, as it stands in the file. */
function section(bytes, wanted) {
  let at = 8;
  const leb = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const id = bytes[at++];
    const length = leb();
    if (id === wanted) return bytes.subarray(at, at + length);
    at += length;
  }
  throw new Error(`the wasm has no section ${wanted}`);
}

const number = (value) => value.toLocaleString("en").padStart(9);
console.log(`${"".padEnd(48)}${"bytes".padStart(9)}${"gzip".padStart(9)}${"brotli".padStart(9)}`);
for (const { name, raw, gzip, brotli } of rows)
  console.log(`${name.padEnd(48)}${number(raw)}${number(gzip)}${number(brotli)}`);

// The table of operations and models, and the words of errors.
const data = measure("the data", section(readFileSync(join(root, "pkg", "dist", "client.wasm")), 11));
const operations = (await tableRows()).length;
const each = Math.round(data.brotli / operations);
console.log(
  `the data, which is mostly the table of ${operations} operations: ${number(data.brotli).trim()} bytes brotli of the wasm, ${each} for each`,
);

const kib = (bytes) => (bytes / 1024).toFixed(1);
const lines = rows.map(({ name, raw, gzip, brotli }) =>
  [name, raw, gzip, brotli].map((cell) => cell.toLocaleString("en")),
);
if (process.argv.includes("--write")) {
  const head = [`${operations} operations, \`npm run size\``, "bytes", "gzip", "brotli"];
  const table = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
  const words = `\nOf the wasm, ${number(data.brotli).trim()} bytes (brotli) are data, mostly the table of operations and models: ${each} for each operation.\n`;
  writeTable("size", table + words);
}

for (const [name, { brotli }, key] of [
  ["./slim", rows[2], "slim"],
  ["default entry in a Vite build", rows[3], "vite"],
  ["./proxy over the client", rows[5], "proxy"],
  ["./deploy over the client", rows[6], "deploy"],
]) {
  const fits = brotli <= budget[key] * 1024;
  const judgement = fits ? "" : ": TOO LARGE";
  console.log(`${name}: ${kib(brotli)} KiB brotli, budget ${budget[key]}, mark ${mark[key]}${judgement}`);
  if (!fits) process.exitCode = 1;
}
