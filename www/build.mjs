// Bundles the page into www/dist: the document, one file for what every view needs, one for each view, one for the styles,
// and the WebAssembly.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { build as buildPackage } from "../pkg/build.mjs";
import { installRoot } from "../pkg/build/install.mjs";
import { isProgram } from "../pkg/build/run.mjs";
import { catalogOfRequests } from "./build/catalog-of-requests.mjs";
import { firstFiles, withPreloads } from "./build/preloads.mjs";
import { wasmFiles } from "./build/wasm-files.mjs";
import { makeCatalog } from "./catalog/catalog.mjs";

const www = fileURLToPath(new URL(".", import.meta.url));

/** Where the bundle lies, which is served as `/page/`. The document is in the folder above it. */
export const dist = join(www, "dist", "page");

/** Builds the package, the catalog and the page. `quiet`: says only what takes long. */
export async function buildPage({ quiet = false } = {}) {
  await buildPackage({ quiet });
  await makeCatalog();
  return bundlePage();
}

/** Bundles the page alone, with the package and the catalog as they were built before. */
export async function bundlePage() {
  const { build } = await import("esbuild");
  rmSync(dist, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: www,
    entryPoints: [
      { in: "page/main.jsx", out: "main" },
      { in: "page/styles/main.css", out: "main" },
    ],
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [wasmFiles, catalogOfRequests],
    // Served as they are: the Postgres of the sandbox, which is loaded with the first statement.
    external: ["/pglite/*"],
    logLevel: "warning",
  });
  const first = firstFiles(metafile, {
    main: "page/main.jsx",
    firstView: "views/home.jsx",
    wasm: ["client", "sandbox"],
  });
  const html = readFileSync(join(www, "index.html"), "utf8");
  writeFileSync(join(dist, "..", "index.html"), withPreloads(html, first));
}

/** Names of the files that the document asks for at once: those of the first view. */
export function firstViewFiles() {
  const html = readFileSync(join(dist, "..", "index.html"), "utf8");
  return [...new Set(Array.from(html.matchAll(/="\/page\/([^"]+)"/g), ([, name]) => name))];
}

/** Names and sizes of the files of the bundle, in bytes: as they are, and as brotli makes them. */
export function bundleFiles() {
  return readdirSync(dist).map((name) => {
    const bytes = readFileSync(join(dist, name));
    return { name, raw: bytes.length, brotli: brotliCompressSync(bytes).length };
  });
}

const usage = `Usage: npm run page -- [options]

Builds the package and the page into www/dist.

Options:
  --bundle   bundle the page alone, with the package as it was built before
  --sizes    print the size of each file, and what the first view needs
  --help     print this
`;

function printSizes() {
  const first = firstViewFiles();
  const files = bundleFiles();
  const print = ({ raw, brotli }, name) =>
    console.log(`${String(raw).padStart(10)} ${String(brotli).padStart(10)}  ${name}`);
  const sum = (some) =>
    some.reduce((all, { raw, brotli }) => ({ raw: all.raw + raw, brotli: all.brotli + brotli }), { raw: 0, brotli: 0 });
  console.log(`${"bytes".padStart(10)} ${"brotli".padStart(10)}`);
  for (const file of files) print(file, `${file.name}${first.includes(file.name) ? " (first view)" : ""}`);
  print(sum(files.filter(({ name }) => first.includes(name))), "the first view");
  print(sum(files), "all");
}

if (isProgram(import.meta.url)) {
  const options = { bundle: { type: "boolean" }, sizes: { type: "boolean" }, help: { type: "boolean" } };
  const { bundle, sizes, help } = parseArgs({ options }).values;
  if (help) process.stdout.write(usage);
  else {
    if (bundle) await installRoot();
    await (bundle ? bundlePage() : buildPage());
    if (sizes) printSizes();
  }
}
