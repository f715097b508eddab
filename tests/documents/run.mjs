// Runs the JavaScript of the documents on a sandbox, each block in a process of its own.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { fileOf, makeFolder } from "./folder.mjs";

const limitMs = 60_000;

function start(folder, file) {
  const args = ["--import", "./globals.mjs", file];
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_NO_WARNINGS: "1" };
    execFile(process.execPath, args, { cwd: folder, timeout: limitMs, env }, (error, stdout, stderr) =>
      resolve(error ? { failed: `${stderr || error.message}`.trim() } : { printed: stdout }),
    );
  });
}

/** Runs each block, two at a time. Resolves to a map from the block to `{ printed }` or `{ failed }`. */
export async function runBlocks(name, blocks) {
  const files = await Promise.all(
    blocks.map(async (block) => {
      const { code } = await transform(block.code, { loader: "ts", target: "es2022" });
      // An example may stop where the rest goes without saying, as a server does.
      return [fileOf(block, ".mjs"), `${code}\nsetTimeout(() => process.exit(), 0);\n`];
    }),
  );
  const globals = readFileSync(new URL("globals.mjs", import.meta.url), "utf8");
  const folder = makeFolder(name, { ...Object.fromEntries(files), "globals.mjs": globals });
  const found = new Map();
  const queue = [...blocks];
  const work = async () => {
    for (let block = queue.shift(); block; block = queue.shift())
      found.set(block, await start(folder, fileOf(block, ".mjs")));
  };
  await Promise.all([work(), work()]);
  return found;
}
