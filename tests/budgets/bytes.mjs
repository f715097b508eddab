// Where the bytes of the client's wasm are: by module of this crate, and by crate for all others. The published wasm has no
// names, so it is made once more from what cargo compiled, with the names kept.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reader, sections } from "../../pkg/build/module.mjs";
import { run } from "../../pkg/build/run.mjs";
import { prepareTools } from "../../pkg/build/tools.mjs";
import { crates, optimise } from "../../pkg/build/wasm.mjs";

const target = "wasm32-unknown-unknown";
const ours = "supabase_management_wasm";

/**
 * @param folder a checkout in which pkg/ was built
 * @returns `parts`: bytes by name of the part, the largest first; `sum` of them; `published`: the size of the wasm in pkg/
 */
export async function bytesOf(folder) {
  const staging = join(folder, "target", "wasm-pack");
  const tools = await prepareTools({ quiet: true });
  const env = { ...tools, CARGO_TARGET_DIR: join(staging, "client-cargo") };
  const { flags } = crates.find(({ name }) => name === "client");
  const cargo = ["build", "--lib", "--release", "--target", target, ...flags];
  // Has nothing to do after a build.
  await run("compiling client.wasm", "cargo", cargo, { cwd: folder, env, quiet: true });
  const compiled = join(staging, "client-cargo", target, "release", `${ours}.wasm`);
  const named = join(staging, "client-named");
  mkdirSync(named, { recursive: true });
  const bindgen = [compiled, "--target", "bundler", "--no-typescript", "--out-dir", named, "--out-name", "client"];
  await run("binding client.wasm", "wasm-bindgen", bindgen, { cwd: folder, env, quiet: true });
  const wasm = join(named, "client_bg.wasm");
  // Earlier builds cut panics out of the wasm.
  const snipping = join(folder, "pkg", "build", "snip.mjs");
  if (existsSync(snipping)) {
    const { snip } = await import(pathToFileURL(snipping).href);
    writeFileSync(wasm, snip(readFileSync(wasm), { formats: false }));
  }
  await optimise("client", wasm, ["--debuginfo"], { env, quiet: true });
  const published = statSync(join(folder, "pkg", "dist", "client.wasm")).size;
  return { ...partsOf(readFileSync(wasm)), published };
}

/** Bytes of a wasm with names, by part. The names themselves are no part of what is published, and do not count. */
export function partsOf(bytes) {
  const parts = new Map();
  const add = (name, count) => parts.set(name, (parts.get(name) ?? 0) + count);
  const names = functionNames(bytes);
  const input = reader(bytes);
  input.take(8);
  let index = importedFunctions(bytes);
  while (!input.done()) {
    const start = input.position();
    const id = input.byte();
    const body = input.take(input.leb());
    if (id === sections.custom) continue;
    let rest = input.position() - start;
    if (id === sections.code) {
      const code = reader(body);
      for (let left = code.leb(); left > 0; left--) {
        const begin = code.position();
        code.take(code.leb());
        const length = code.position() - begin;
        add(partOf(names.get(index++) ?? ""), length);
        rest -= length;
      }
    }
    add(id === sections.data ? "data: the table, texts" : "types, imports, exports, tables", rest);
  }
  const sorted = [...parts].sort(([, a], [, b]) => b - a);
  return { parts: new Map(sorted), sum: sorted.reduce((sum, [, count]) => sum + count, 0) };
}

/**
 * The part that a function belongs to: the first path in its name, without what rustc adds to make names unique. What
 * drops a value belongs to the value's type. Code that was inlined counts where it ended up.
 */
export function partOf(name) {
  const plain = name.replace(/\[[\da-f]{16}\]/g, "").replace(/^core::ptr::drop_in_place(::)?</, "");
  const [, crate, next] = /(\w+)::(\w+)/.exec(plain) ?? [];
  if (crate === undefined) return "exports, and what LLVM adds";
  if (crate !== ours) return `crate ${crate}`;
  return `src/${/^[a-z]/.test(next) ? next : "lib"}`;
}

function functionNames(bytes) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "name");
  if (!section) throw new Error("the wasm has no names");
  const input = reader(new Uint8Array(section));
  const names = new Map();
  while (!input.done()) {
    const kind = input.byte();
    const body = reader(input.take(input.leb()));
    if (kind === 1) for (let left = body.leb(); left > 0; left--) names.set(body.leb(), body.text());
  }
  return names;
}

/** Imported functions come before all others in the numbering. */
function importedFunctions(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  return imports.filter(({ kind }) => kind === "function").length;
}
