// What the README says and the code knows must be the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { SupabaseManagement } from "../pkg/index.js";
import { root } from "../pkg/build/install.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");

it("lists every endpoint, with its route", async () => {
  const client = new SupabaseManagement({ accessToken: "sbp_x", baseUrl: "http://127.0.0.1:9" });
  const routes = {};
  for (const [group, resource] of Object.entries(client)) {
    for (const name of Object.keys(resource)) {
      const error = await resource[name](...Array(9).fill({})).catch((reason) => reason);
      routes[`${group}.${name}`] = error.route;
    }
  }
  const rows = readme.matchAll(/^\| `(\w+\.\w+)\(.*?\)` \| `(.*?)` \|$/gm);
  assert.deepEqual(Object.fromEntries(Array.from(rows, ([, id, route]) => [id, route])), routes);
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
