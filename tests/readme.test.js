// What README.md and the guides say, and what the code knows, must be the same.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { readTable } from "./document-tables.mjs";
import { endpointList } from "./readme.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");
const guides = join(root, "www", "docs", "guide");
const pages = new Map(
  readdirSync(guides).map((name) => [name, readFileSync(join(guides, name), "utf8").replaceAll("\r", "")]),
);

it("lists every endpoint as the client has it; `npm run readme` writes the list", async () => {
  assert.equal(readTable("endpoints"), await endpointList());
});

it("keeps the README short", () => {
  const lines = readme.trimEnd().split("\n").length;
  assert.ok(lines <= 200, `README.md has ${lines} lines; what does not fit into 200 belongs into www/docs/guide`);
});

/** The table below a heading of a guide, as a map from its first column to its second one. */
function tableOf(page, heading) {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
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
  const table = tableOf(pages.get("runtimes.md"), "Runtimes");
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

const repository = "https://github.com/supabase-management-wasm/supabase-management-wasm/blob/main/";
const withoutCode = (text) => text.replace(/^```.*?^```$/gms, "");

/** The names by which GitHub and the docs site reach the headings of a page. */
function anchorsOf(text) {
  const headings = Array.from(withoutCode(text).matchAll(/^#+ (.*)$/gm), ([, heading]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Where the links of a page lead: those in brackets, and the definitions at its end. */
const linksOf = (text) =>
  Array.from(
    withoutCode(text).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm),
    ([, inline, defined]) => inline ?? defined,
  );

function assertLeadsSomewhere(page, folder, text, link) {
  const [path, anchor] = link.startsWith(repository) ? link.slice(repository.length).split("#") : link.split("#");
  const file = link.startsWith(repository) ? join(root, path) : resolve(folder, path);
  if (path) assert.ok(existsSync(file), `${page}: ${link} leads nowhere`);
  if (anchor === undefined) return;
  const target = path ? readFileSync(file, "utf8") : text;
  assert.ok(anchorsOf(target).includes(anchor), `${page}: ${link} names no heading`);
}

it("has links in the README that lead somewhere, also from npm and docs.rs", () => {
  for (const link of linksOf(readme)) {
    // The README is shown on pages of other sites, where a relative link would lead into their folders.
    assert.match(link, /^(https:|#)/, `README.md: ${link} is relative`);
    if (link.startsWith(repository) || link.startsWith("#")) assertLeadsSomewhere("README.md", root, readme, link);
  }
  for (const [, name] of readme.matchAll(/\]\[([\w-]+)\]/g))
    assert.match(readme, new RegExp(`^\\[${name}\\]: `, "m"), `README.md: [${name}] is not defined`);
});

it("has links and files in the guides that are there", () => {
  for (const [name, text] of pages) {
    for (const link of linksOf(text)) {
      if (!link.startsWith("https:") || link.startsWith(repository)) assertLeadsSomewhere(name, guides, text, link);
    }
    // A file that is shown, from `@`, which is www/docs; and one that is a part of the page.
    for (const [, path] of text.matchAll(/^<<< @\/(\S+)$/gm))
      assert.ok(existsSync(join(root, "www", "docs", path)), `${name} shows ${path}, which is not there`);
    for (const [, path, region] of text.matchAll(/^<!--@include: ([^#\s]+)#(\w+)-->$/gm))
      assert.ok(
        readFileSync(join(guides, path), "utf8").includes(`<!-- #region ${region} -->`),
        `${name}: ${path}#${region}`,
      );
  }
});

it("describes every guide and gives each a place of its own", () => {
  const places = [];
  for (const [name, text] of pages) {
    const [, head] = /^---\n(.*?)\n---\n/s.exec(text) ?? assert.fail(`${name} has no title`);
    assert.match(head, /^title: .+\ndescription: .+\.\norder: \d+$/, name);
    places.push(/order: (\d+)/.exec(head)[1]);
  }
  assert.equal(new Set(places).size, places.length, "two guides have the same order");
});
