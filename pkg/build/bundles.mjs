// The package for those who cannot import modules: require() of old, script tags. And the declarations for the former.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generated } from "./generated.mjs";
import { root } from "./install.mjs";

/** Bundles of the entries in `folder`, as texts by file name. */
export async function bundles(folder, entries) {
  const { build } = await import("esbuild");
  const files = {};
  for (const entry of entries) {
    // ./slim is a client of its own, with classes of its own.
    const own = { index: withInside(folder), slim: {} }[entry] ?? besideTheIndex;
    files[`${entry}.cjs`] = await bundle(build, join(folder, `${entry}.js`), { ...commonJs, ...own });
  }
  files["index.global.js"] = await bundle(build, join(folder, "index.js"), script);
  return files;
}

/** Libraries of npm that the package brings along inside of its own files, and what it uses of each. */
export const brought = { "smol-toml": ["parse"] };

/** A library that the package brings along, as one module: the package depends on none. Its licence stays at its end. */
export async function library(name, exported) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: `export { ${exported.join(", ")} } from "${name}";`, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    minify: true,
    legalComments: "eof",
    banner: { js: generated },
    logLevel: "silent",
  });
  return outputFiles[0].text;
}

/** A bundle is one file, whose modules nobody else can import: the proxy finds here what it needs of a client. */
const withInside = (folder) => ({
  entryPoints: undefined,
  stdin: {
    contents: `export * from "./index.js"; export { handleOf } from "./client.js";`,
    resolveDir: folder,
    sourcefile: "index.cjs.js",
  },
});

// What is no file of ours stays a require(): parts of the runtime, optional dependencies.
const commonJs = { format: "cjs", packages: "external", define: { "import.meta.url": "moduleAddress" } };
const script = { format: "iife", globalName: "SupabaseManagementWasm", minify: true };

async function bundle(build, entry, options) {
  const { outputFiles, warnings } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "neutral",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: generated },
    logLevel: "silent",
    plugins: [besideTheWasm],
    ...options,
  });
  if (warnings.length > 0) throw new Error(`bundling ${entry}: ${warnings.map(({ text }) => text).join("; ")}`);
  const [{ text }] = outputFiles;
  return text.includes("moduleAddress") ? text.replace(generated, `${generated}\n${moduleAddress}`) : text;
}

/** Modules name files as seen from where they lie, bundles lie in dist/ themselves. */
const besideTheWasm = {
  name: "beside the wasm",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]pkg[\\/][^\\/]+\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/(\bnew URL\(\s*["']\.\/)dist\//g, "$1"),
      loader: "js",
    }));
  },
};

/**
 * In the place of what index.cjs has: a second copy would be half a megabyte, would know no client of the first one, and its errors would be
 * of other classes.
 */
const besideTheIndex = {
  plugins: [
    {
      name: "beside the index",
      setup({ onResolve }) {
        const filter = /^(supabase-management-wasm|\.{1,2}\/(client|errors)\.js)$/;
        onResolve({ filter }, () => ({ path: "./index.cjs", external: true }));
      },
    },
    besideTheWasm,
  ],
};

// Without node:url, which a bundler for browsers could not follow.
const moduleAddress = `const moduleAddress = (() => {
  if (typeof __filename === "undefined") return undefined;
  const path = encodeURI(__filename.replaceAll("\\\\", "/")).replace(/[?#]/g, encodeURIComponent);
  return \`file://\${path.startsWith("/") ? "" : "/"}\${path}\`;
})();`;

/** Declarations for require(): the same, in CommonJS, where one may only name others of its kind. */
export function commonJsTypes(text, known) {
  return text.replace(/(\bfrom\s*|\bimport\s*\(\s*)"(\.[^"]*)"/g, (_, before, path) => {
    const [, name] = /^\.{1,2}\/(?:dist\/)?([\w-]+)\.js$/.exec(path) ?? [];
    if (!known.includes(name)) throw new Error(`a declaration imports ${path}, of which there is no CommonJS form`);
    return `${before}"./${name}.cjs"`;
  });
}
