// Clients as they run here, and as a page gets them.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { root } from "../../pkg/build/install.mjs";
import { modules } from "./rivals.mjs";

const fileOf = ({ file }) => fileURLToPath(new URL(`clients/${file}`, import.meta.url));

/** @param all whether all operations are to be reachable, or just those that are called */
const settings = ({ alias, validation = "lenient" }, all) => ({
  bundle: true,
  format: "esm",
  target: "es2022",
  alias,
  nodePaths: [modules],
  define: { "import.meta.env.ALL": `${all}`, "import.meta.env.VALIDATION": JSON.stringify(validation) },
});

/** In one file each, so that none pays for the number of its files. Resolves to the path. */
export async function forNode(client) {
  const outfile = join(root, "target", "bench", `${client.id}.mjs`);
  await build({ ...settings(client, true), entryPoints: [fileOf(client)], outfile, platform: "node" });
  return outfile;
}

/** Resolves to the bytes of the script of a page that lists projects; and that can do all the rest, if it wants `all`. */
export async function forPage(client, { all }) {
  const contents = `import { projects } from ${JSON.stringify(fileOf(client))};\nglobalThis.projects = projects;\n`;
  const stdin = { contents, resolveDir: root };
  const { outputFiles } = await build({ ...settings(client, all), stdin, minify: true, write: false });
  return outputFiles[0].contents;
}
