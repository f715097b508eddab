// The folder that the fixtures run in: a copy of them, with the tarball installed beside, as in a user's project.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { esbuild } from "./bundle.mjs";
import { home, install } from "./install.mjs";
import { npm } from "./run.mjs";

export const work = join(home, ".work");
export const at = (...path) => join(work, ...path);
export const installed = at("node_modules", "supabase-management-wasm");

export async function prepareWork(tarball) {
  await install();
  rmSync(work, { recursive: true, force: true });
  cpSync(join(home, "fixtures"), work, { recursive: true });
  cpSync(join(home, "check.mjs"), at("check.mjs"));
  mkdirSync(at("out"));
  // No "type": fixtures say what they are by .mjs and .cjs.
  writeFileSync(at("package.json"), JSON.stringify({ name: "application", private: true }));
  // The same check for those who cannot import a module: require() of old, classic scripts.
  await esbuild(at("check.mjs"), at("check.cjs"), { format: "cjs" });
  await esbuild(at("check.mjs"), at("check.global.js"), { format: "iife", globalName: "Check" });
  await npm(["install", tarball, "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: work });
}
