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

/** The table of a section, as a map from its first column to its second one. */
function tableOf(heading) {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return new Map(
    rows.slice(2).map((line) => {
      const cells = line.split("|").map((cell) => cell.trim());
      return [cells[1], cells[2]];
    }),
  );
}

it("names the versions that the tests run, each in the row of its runtime or tool", () => {
  const read = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));
  const { devDependencies, optionalDependencies } = read("tests/runtimes/package.json");
  const short = (name, parts = 2) => devDependencies[name].split(".").slice(0, parts).join(".");
  const [oldest] = /\d+/.exec(read("package.json").engines.node);
  const releases = Object.keys(optionalDependencies).map((name) => /^node-(\d+)-/.exec(name)[1]);
  const nodes = [...new Set([oldest, ...releases])].sort((one, other) => one - other);
  const table = tableOf("Runtimes");
  const expected = {
    "Node (ESM, CommonJS)": nodes.join(", "),
    "Deno, Bun": `${short("deno")}, ${short("bun")}`,
    "Cloudflare Workers (workerd)": `Wrangler ${short("wrangler")}, Miniflare ${short("miniflare", 1)}`,
    "Vite (build, dev), webpack, Rollup, esbuild": ["vite", "webpack", "rollup", "esbuild"]
      .map((name) => short(name))
      .join(", "),
    "Vitest, Jest (environment `node`)": `${short("vitest")}, ${short("jest")}`,
    TypeScript: `${short("typescript")}, \`nodenext\` and \`bundler\``,
  };
  for (const [row, versions] of Object.entries(expected)) assert.equal(table.get(row), versions, row);
  // Whose version is that of the browser on the machine.
  const page = "browser page, import map, script tag, Web Worker, Service Worker";
  assert.match(table.get(page) ?? "", /^Chromium \d+$/);
  assert.deepEqual([...table.keys()].sort(), [...Object.keys(expected), page].sort());
});
