// The package brings its WebAssembly as text inside JavaScript, so that it works wherever JavaScript does. A page can do
// better: as files of their own they are smaller, arrive beside the JavaScript, and are compiled while they arrive. The
// entries of the package for Workers import such files, so the page is bundled with those.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));

/** Entries of the package, and those that import the same WebAssembly from a file. */
const entries = { "index.js": "workerd.js", "sandbox.js": "sandbox-workerd.js", "deploy.js": "deploy-workerd.js" };

/** What an import of a file of WebAssembly becomes: its module, compiled while it arrives. */
const loader = (file) => `
  import address from ${JSON.stringify(file)};
  export default await WebAssembly.compileStreaming(fetch(new URL(address, import.meta.url)));
`;

/** A plugin for esbuild. */
export const wasmFiles = {
  name: "wasm-files",
  setup(build) {
    build.initialOptions.loader = { ...build.initialOptions.loader, ".wasm": "file" };
    build.onResolve({ filter: /\/(index|sandbox|deploy)\.js$/ }, ({ path, resolveDir }) => {
      const entry = Object.keys(entries).find((name) => join(resolveDir, path) === join(pkg, name));
      return entry && { path: join(pkg, entries[entry]) };
    });
    build.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir, namespace }) =>
      // The module itself asks for the file, which is copied beside the JavaScript.
      namespace === "wasm-module" ? { path } : { path: join(resolveDir, path), namespace: "wasm-module" },
    );
    build.onLoad({ filter: /.*/, namespace: "wasm-module" }, ({ path }) => ({
      contents: loader(path),
      resolveDir: pkg,
    }));
  },
};
