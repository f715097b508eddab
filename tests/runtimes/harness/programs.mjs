// The runtimes that npm brings as binaries, one package per platform. Undefined where npm has none for this machine.
import { statSync } from "node:fs";
import { join } from "node:path";
import { home } from "./install.mjs";

export const machine = `${process.platform}-${process.arch}`;

const deno = {
  "darwin-arm64": ["darwin-arm64/deno"],
  "darwin-x64": ["darwin-x64/deno"],
  "linux-arm64": ["linux-arm64-glibc/deno"],
  "linux-x64": ["linux-x64-glibc/deno"],
  "win32-arm64": ["win32-arm64/deno.exe"],
  "win32-x64": ["win32-x64/deno.exe"],
};

const bun = {
  "darwin-arm64": ["darwin-aarch64/bin/bun"],
  "darwin-x64": ["darwin-x64/bin/bun"],
  "linux-arm64": ["linux-aarch64/bin/bun", "linux-aarch64-musl/bin/bun"],
  "linux-x64": ["linux-x64/bin/bun", "linux-x64-musl/bin/bun"],
  "win32-arm64": ["windows-aarch64/bin/bun.exe"],
  "win32-x64": ["windows-x64/bin/bun.exe"],
};

/** npm installs only the package that fits the machine: the one that is there is the right one. */
function first(paths = []) {
  return paths
    .map((path) => join(home, "node_modules", path))
    .find((path) => statSync(path, { throwIfNoEntry: false }));
}

export const findDeno = () => first(deno[machine]?.map((path) => `@deno/${path}`));
export const findBun = () => first(bun[machine]?.map((path) => `@oven/bun-${path}`));
export const findNode = (release) =>
  first(["bin/node", "bin/node.exe"].map((path) => `node-${release}-${machine}/${path}`));
