// One function per bundler: entry file in, one file out. A warning is a failure too, since a user would see it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { bin, tool } from "./install.mjs";
import { run } from "./run.mjs";

export async function esbuild(entry, outfile, options = {}) {
  const { build } = await tool("esbuild");
  const { warnings } = await build({ entryPoints: [entry], outfile, bundle: true, logLevel: "silent", ...options });
  none(warnings.map(({ text }) => text));
}

/**
 * What builders for edge functions do (Vercel's, Next's): they take the `edge-light` entry, and give its import of
 * `client.wasm?module` as a compiled module, from a file beside the bundle.
 */
export async function edgeLight(entry, outfile) {
  const modules = {
    name: "wasm?module",
    setup(build) {
      build.onResolve({ filter: /\.wasm\?module$/ }, async ({ path, resolveDir }) => {
        const file = path.replace("?module", "");
        await mkdir(dirname(outfile), { recursive: true });
        await copyFile(join(resolveDir, file), join(dirname(outfile), basename(file)));
        return { path: `./${basename(file)}`, external: true };
      });
    },
  };
  await esbuild(entry, outfile, { format: "esm", conditions: ["edge-light", "import"], plugins: [modules] });
}

export async function rollup(entry, file) {
  const { rollup: build } = await tool("rollup");
  const { nodeResolve } = await tool("@rollup/plugin-node-resolve");
  const warnings = [];
  const bundle = await build({
    input: entry,
    plugins: [nodeResolve({ browser: true })],
    onwarn: ({ message }) => warnings.push(message),
  });
  await bundle.write({ file, format: "es" });
  await bundle.close();
  none(warnings);
}

export async function webpack(entry, file, mode) {
  const { default: build } = await tool("webpack");
  const compiler = build({
    mode,
    entry,
    output: { path: dirname(file), filename: basename(file) },
    // webpack advises against any file above 244 KiB: true of the check bundle, and no fault of it.
    performance: { hints: false },
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  none([...errors, ...warnings].map(({ message }) => message));
}

export async function viteBuild(folder, outDir) {
  const output = await run(process.execPath, [
    bin("vite"),
    "build",
    folder,
    "--outDir",
    outDir,
    "--emptyOutDir",
    "--base",
    "./",
  ]);
  // A page that carries the client and the whole sandbox is large: that is advice, and nothing wrong.
  const complaints = output.match(/^.*\bwarn(ing)?\b.*$/gim) ?? [];
  none(complaints.filter((line) => !line.includes("chunkSizeWarningLimit")));
}

/** The script, or scripts, that Vite makes of a page with this one. What lay in the folder is gone. */
export async function vitePage(folder, script) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.js"), script);
  const page = `<!doctype html>\n<title>size</title>\n<script type="module" src="./main.js"></script>\n`;
  writeFileSync(join(folder, "index.html"), page);
  await viteBuild(folder, join(folder, "out"));
  // What the page names: the rest is loaded when it is used for the first time.
  const html = readFileSync(join(folder, "out", "index.html"), "utf8");
  const scripts = Array.from(html.matchAll(/(?:src|href)="([^"]+\.js)"/g), ([, file]) => file);
  if (scripts.length === 0) throw new Error("the page has no script");
  return Buffer.concat(scripts.map((file) => readFileSync(join(folder, "out", file))));
}

function none(complaints) {
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}
