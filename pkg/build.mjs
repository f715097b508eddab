// `npm run build`: compiles the crates and makes what pkg/ needs beside its own files, in pkg/dist. Does only what the
// changes since the last run ask for; installs the tools that are missing. `npm run build -- client` leaves the sandbox as
// it was compiled last.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brought, bundles, commonJsTypes, library } from "./build/bundles.mjs";
import { bytesModule } from "./build/bytes.mjs";
import { edgeLight } from "./build/edge-light.mjs";
import { generated } from "./build/generated.mjs";
import { glueFactory } from "./build/glue.mjs";
import { filesIn, fingerprint, unlessDone } from "./build/inputs.mjs";
import { installRoot, root } from "./build/install.mjs";
import { exclusively } from "./build/lock.mjs";
import { isProgram } from "./build/run.mjs";
import { shrink } from "./build/shrink.mjs";
import { modelTypes } from "./build/types.mjs";
import { manifest, versionIn } from "./build/version.mjs";
import { compile, crates, hasResult, result } from "./build/wasm.mjs";

const pkg = join(root, "pkg");
const dist = join(pkg, "dist");
const target = join(root, "target", "wasm-pack");
const entries = [
  "index",
  "slim",
  "sandbox",
  "testing",
  "deploy",
  "deploy/folder",
  "proxy",
  "fleet",
  "fleet/journal-file",
  "fleet/cloudflare",
];
/** What is made of an entry lies in one folder, whatever folder the entry lies in. */
const flat = (entry) => entry.replace("/", "-");
const documents = ["README.md", "LICENSE", "CHANGELOG.md"];
/** What pkg/ gets of files that lie elsewhere, by name: wasm-pack, too, writes what is called so. */
const copies = new Map([["package.json", join(pkg, "build", "package.json")]]);
for (const name of documents) copies.set(name, join(root, name));
const cargo = join(root, "Cargo.toml");
/** What lies in pkg/ and is no part of the package: a change there asks for no build. */
const release = /^release(\.mjs)?$/;
/** What `wasm-pack build` leaves in pkg/. It is no part of this package, and the .gitignore would hide new files of ours. */
const leftBehind = /^(\.gitignore|snippets|supabase_management_wasm.*)$/;

/**
 * Brings pkg/ up to date. Only one process at a time builds, another one waits.
 * @param options `quiet`: say only what takes long, and what a failed step printed; `only`: name of the one crate to
 * compile, where the other was compiled before
 */
export async function build({ quiet = false, only } = {}) {
  if (only && !crates.some(({ name }) => name === only)) throw new Error(`there is no crate "${only}" to build`);
  await installRoot();
  const waiting = "waiting for another build to end …";
  const changed = await exclusively(join(target, ".building"), waiting, () => exclusiveBuild({ quiet, only }));
  if (!quiet) console.error(changed ? "pkg/ is built" : "pkg/ is up to date");
}

async function exclusiveBuild({ quiet, only }) {
  // In turn: cargo uses all cores for one.
  for (const crate of crates) {
    if (!only || only === crate.name || !hasResult(crate)) await compile(crate, { quiet });
  }
  const compiled = crates.map(result);

  for (const name of readdirSync(pkg).filter((name) => leftBehind.test(name))) {
    rmSync(join(pkg, name), { recursive: true });
  }
  const sources = readdirSync(pkg)
    .filter((name) => name !== "dist" && !copies.has(name) && !release.test(name))
    .map((name) => join(pkg, name));
  const inputs = filesIn([...sources, join(root, "package-lock.json"), cargo, ...copies.values()]);
  const more = compiled.map(({ wasm, glue, types }) => [wasm.toString("base64"), glue, types]).join();
  return unlessDone(join(target, "dist.json"), fingerprint(inputs, more), () => makeDist(compiled));
}

/** Resolves to the paths of all files made. */
async function makeDist(compiled) {
  const made = new Set();
  const make = (path, contents) => made.add(path) && writeIfChanged(path, contents);
  for (const crate of compiled) {
    for (const [name, contents] of Object.entries(filesOf(crate))) make(join(dist, name), contents);
  }
  const declarations = (name) => readFileSync(join(pkg, `${name}.d.ts`), "utf8");
  const types = modelTypes(compiled[0].types, compiled[0].api, declarations("index"));
  const commonJs = (text) => commonJsTypes(text, [...entries, "types"]);
  make(join(dist, "wasm.d.ts"), `${generated}\ndeclare const module: WebAssembly.Module;\nexport default module;\n`);
  make(join(dist, "types.d.ts"), types);
  make(join(dist, "types.d.cts"), commonJs(types));
  for (const name of entries) {
    make(join(dist, `${flat(name)}.d.cts`), `${generated}\n${commonJs(declarations(name))}`);
  }
  // Before the bundles, which hold it.
  make(join(dist, "toml.js"), await library("smol-toml", brought["smol-toml"]));
  make(join(dist, "edge-light.js"), edgeLight(readFileSync(join(pkg, "workerd.js"), "utf8")));
  for (const [name, text] of Object.entries(await bundles(pkg, entries))) make(join(dist, flat(name)), text);
  for (const [name, source] of copies) {
    if (existsSync(source)) make(join(pkg, name), name === "package.json" ? packageJson(source) : readFileSync(source));
  }
  for (const file of filesIn([dist])) {
    if (!made.has(file)) rmSync(file);
  }
  return [...made];
}

const packageJson = (source) => manifest(readFileSync(source, "utf8"), versionIn(readFileSync(cargo, "utf8")));

/** What the package takes from one crate. */
function filesOf({ name, wasm, glue, api }) {
  const small = shrink(wasm, new Set([...api, "memory", "__wbindgen_start"]));
  return {
    // For those who load it by themselves, or have to: workerd compiles no bytes.
    [`${name}.wasm`]: small.bytes,
    [`${name}-glue.js`]: glueFactory(glue, small, api),
    [`${name}-bytes.js`]: bytesModule(small.bytes),
  };
}

/** In one step, so that nobody reads half a file. */
function writeIfChanged(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(contents))) return;
  mkdirSync(dist, { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, contents);
  renameSync(aside, path);
}

if (isProgram(import.meta.url)) {
  await build({ only: process.argv[2] }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
