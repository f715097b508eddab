// The Rust examples of the reference: those that `cargo doc` shows. The macros of the crate write one for each method, and
// `cargo test` compiles all of them, so what stands on the site is what was compiled.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../pkg/build/install.mjs";
import { run } from "../../../pkg/build/run.mjs";

const folder = join(root, "target", "doc", "supabase_management_wasm", "api");
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", nbsp: " " };
const example = /<pre class="rust rust-example-rendered"><code>(.*?)<\/code><\/pre>/gs;

function textOf(html) {
  return html.replace(/<[^>]*>/g, "").replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole);
}

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Makes the pages of `cargo doc` for the client, which takes seconds when nothing has changed. */
export const makeRustDocs = () =>
  run("cargo doc", "cargo", ["doc", "--quiet", "--no-deps", "-p", "supabase-management-wasm"], { cwd: root });

/** The example of each method, by the name that JavaScript has for it. */
export function rustExamples() {
  if (!existsSync(folder)) throw new Error("there are no pages of cargo doc: makeRustDocs makes them");
  const pages = readdirSync(folder, { recursive: true }).filter((name) => /struct\.\w+\.html$/.test(name));
  const found = new Map();
  for (const page of pages) {
    for (const [, html] of readFileSync(join(folder, page), "utf8").matchAll(example)) {
      const text = textOf(html).trim();
      const [, groups, method] = /\bclient\.((?:\w+\(\)\.)+)(\w+)\(/.exec(text) ?? [];
      if (method) found.set(`${camel(groups.replaceAll("()", ""))}${camel(method)}`, text);
    }
  }
  return found;
}
