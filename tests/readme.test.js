// What the README says and the code knows must be the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { endpointList, endpointsInReadme } from "./readme.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");

it("lists every endpoint as the client has it; `npm run readme` writes the list", async () => {
  assert.equal(endpointsInReadme(), await endpointList());
});

it("names versions that the tests run", () => {
  const { devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, "tests/runtimes/package.json"), "utf8"),
  );
  for (const name of [
    "deno",
    "bun",
    "wrangler",
    "vite",
    "webpack",
    "rollup",
    "esbuild",
    "vitest",
    "jest",
    "typescript",
  ]) {
    const [major, minor] = devDependencies[name].split(".");
    assert.ok(readme.includes(`${major}.${minor}`), `${name} ${major}.${minor}`);
  }
  for (const name of Object.keys(optionalDependencies)) {
    const [, release] = /^node-(\d+)-/.exec(name);
    assert.match(readme, new RegExp(`\\b${release}\\b`));
  }
});
