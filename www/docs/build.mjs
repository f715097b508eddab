// `npm run docs`: makes the documentation site in target/docs. The guides are written by people (www/docs/guide); the reference,
// its examples and the tables are made of the sources, into folders that git ignores. `npm run docs -- --dev` serves the site
// while it is being written, and `--no-build` takes the package as it was built before.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build as buildPackage } from "../../pkg/build.mjs";
import { filesIn, fingerprint, unlessDone } from "../../pkg/build/inputs.mjs";
import { root } from "../../pkg/build/install.mjs";
import { isProgram } from "../../pkg/build/run.mjs";
import { makeCatalog } from "../catalog/catalog.mjs";
import { llmsFiles } from "./build/llms.mjs";
import { indexPage, resourcePage } from "./build/reference.mjs";
import { makeRustDocs, rustExamples } from "./build/rust.mjs";
import { tablePages } from "./build/tables.mjs";
import { readResources, readTypes } from "./build/types.mjs";
import { pageOf } from "./build/words.mjs";
import { exampleOf } from "./examples/examples.js";

export const source = fileURLToPath(new URL(".", import.meta.url));
/** What VitePress makes: it is told in .vitepress/config.mjs. */
export const site = fileURLToPath(new URL("../../target/docs/", import.meta.url));
export const stamp = fileURLToPath(new URL("../../target/docs.json", import.meta.url));
/** The folder of generated pages. */
const generated = join(source, "reference");

/** What stands among the rows as the client makes a method of it: it is a request to another host. */
const flow = "v2.compute.upload";

/** Every operation with its example. */
export function examplesOf(operations) {
  return new Map(operations.map((row) => [row.id, exampleOf(row)]));
}

/** The operations of the API: the rows of the catalog. */
export const readOperations = async () => (await makeCatalog()).filter(({ id }) => id !== flow);

/** The generated pages by path, below www/docs. */
export async function generatedPages() {
  const operations = await readOperations();
  await makeRustDocs();
  const types = readTypes();
  const resources = readResources(types);
  const examples = examplesOf(operations);
  const catalog = new Map(operations.map((row) => [row.id, row]));
  const context = { types, resources, examples, catalog, rust: rustExamples() };
  const pages = new Map([["reference/index.md", indexPage(context)]]);
  for (const resource of resources) {
    const name = pageOf(resource.name);
    const own = resource.methods.filter(({ id }) => examples.has(id)).map(({ id }) => [id, examples.get(id)]);
    pages.set(`reference/${name}.md`, resourcePage(resource, context));
    pages.set(`reference/examples/${name}.json`, JSON.stringify(Object.fromEntries(own)));
  }
  for (const [name, text] of tablePages(context)) pages.set(`reference/${name}.md`, text);
  return pages;
}

/** Writes what has changed, and removes what no source has any more. */
function writePages(pages) {
  for (const [path, text] of pages) {
    const file = join(source, path);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const wanted = new Set([...pages.keys()].map((path) => join(source, path)));
  for (const file of filesIn([generated])) if (!wanted.has(file)) rmSync(file);
}

/** The Postgres of the sandbox in the page, which the first example with SQL loads. */
function copyPostgres() {
  const [from, to] = [join(root, "node_modules", "@electric-sql", "pglite", "dist"), join(site, "pglite")];
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from))
    if (/^(?:index\.js|chunk-\w+\.js|\w+\.(?:wasm|data))$/.test(name)) copyFileSync(join(from, name), join(to, name));
}

/** Makes the whole site, unless it is there and nothing has changed. */
export async function buildDocs({ built = false } = {}) {
  if (!built) await buildPackage({ quiet: true });
  writePages(await generatedPages());
  const inputs = [source, ...["pkg", "pkg/dist", "tests", "package-lock.json"].map((name) => join(root, name))];
  return unlessDone(stamp, fingerprint(filesIn(inputs)), buildSite);
}

/** Resolves to the paths of all files made. */
async function buildSite() {
  const { build } = await import("vitepress");
  await build(source);
  copyPostgres();
  for (const [name, text] of llmsFiles(source)) writeFileSync(join(site, name), text);
  return filesIn([site]);
}

async function develop() {
  await buildPackage({ quiet: true });
  writePages(await generatedPages());
  const { createServer } = await import("vitepress");
  const server = await createServer(source);
  await server.listen();
  server.printUrls();
}

if (isProgram(import.meta.url)) {
  const options = { dev: { type: "boolean" }, "no-build": { type: "boolean" } };
  const { dev, "no-build": built } = parseArgs({ options }).values;
  await (dev ? develop() : buildDocs({ built }));
}
