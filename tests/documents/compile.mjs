// Compiles the JavaScript and TypeScript of the documents, each block as a module of its own.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";
import { fileOf, makeFolder } from "./folder.mjs";

const options = {
  target: "es2024",
  lib: ["es2024", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"],
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  strict: true,
  // The examples are JavaScript: what they are given has no type.
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
  skipLibCheck: true,
  preserveSymlinks: true,
  noEmit: true,
  types: [],
};

/**
 * What the compiler says, line by line, with the places in the documents; nothing if all is well.
 * @param more options of the compiler in place of those above
 */
export async function compileBlocks(name, blocks, more = {}) {
  const files = Object.fromEntries(blocks.map((block) => [fileOf(block, ".ts"), block.code]));
  const places = new Map(blocks.map((block) => [fileOf(block, ".ts"), block]));
  const folder = makeFolder(name, {
    ...files,
    "globals.d.ts": readFileSync(new URL("globals.d.ts", import.meta.url), "utf8"),
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...options, ...more }, include: ["*.ts"] }),
  });
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [compiler, "--project", join(folder, "tsconfig.json"), "--pretty", "false"];
  const output = await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}` || (error?.message ?? "")),
    );
  });
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) =>
      line.replace(/^(\w+\.ts)\((\d+),/, (whole, file, at) => {
        const block = places.get(file);
        return block ? `${block.file}(${block.line + Number(at)},` : whole;
      }),
    );
}
