// Bundles the page into www/dist: one file for what every view needs, one for each view, one for the styles.
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as buildPackage } from "../pkg/build.mjs";
import { isProgram } from "../pkg/build/run.mjs";
import { makeCatalog } from "./catalog/catalog.mjs";

const www = fileURLToPath(new URL(".", import.meta.url));

/** Where the bundle lies, which is served as `/page/`. */
export const dist = join(www, "dist", "page");

/** Builds the package, the catalog and the page. `quiet`: says only what takes long. */
export async function buildPage({ quiet = false } = {}) {
  await buildPackage({ quiet });
  await makeCatalog();
  const { build } = await import("esbuild");
  rmSync(dist, { recursive: true, force: true });
  await build({
    absWorkingDir: www,
    entryPoints: [
      { in: "page/main.jsx", out: "main" },
      { in: "page/styles/main.css", out: "main" },
    ],
    chunkNames: "[name]-[hash]",
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    // Served as they are: the Postgres of the sandbox, which is loaded with the first statement.
    external: ["/pglite/*"],
    logLevel: "warning",
  });
}

/** Names and bytes of the files of the bundle. */
export const bundleFiles = () => readdirSync(dist).map((name) => ({ name, bytes: statSync(join(dist, name)).size }));

if (isProgram(import.meta.url)) {
  await buildPage();
  for (const { name, bytes } of bundleFiles()) console.log(`${String(bytes).padStart(9)}  ${name}`);
}
