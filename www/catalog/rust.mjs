// How each endpoint is called in Rust, read from the sources of the client: the call, and the types of its arguments, which the
// table does not hold.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";

const folder = join(root, "src", "api");

const snake = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** `v2/log_drains.rs` is the module `v2::log_drains`. What a folder keeps to itself, it gives under its own name. */
const moduleOf = (file) =>
  file
    .replace(/\.rs$/, "")
    .replaceAll("\\", "/")
    .replace(/\/(?:mod|data)$/, "")
    .replaceAll("/", "::");

/**
 * @returns the calls by verb and route: `{ call, arguments: [{ name, type }], modules, madeFrom }`, where `modules` tells where
 * the types of the arguments are, and `madeFrom` from which answers `writable` makes the body
 */
export function readRust() {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs"));
  const files = names.map((name) => ({ module: moduleOf(name), text: readFileSync(join(folder, name), "utf8") }));
  const calls = new Map();
  for (const file of files) for (const [key, call] of callsIn(file, files)) calls.set(key, call);
  return calls;
}

/** The endpoints that a file declares. */
function* callsIn({ module, text }, files) {
  const groups = /^#\[endpoints(?:\((\w+)\))?\]\nimpl (\w+) \{\n(.*?)^\}/gms;
  for (const [, version, group, body] of text.matchAll(groups)) {
    const holder = `${version ? `${version}().` : ""}${snake(group)}()`;
    const methods = /#\[(\w+)\(\s*"(\/v\d\/[^"]*)"(.*?)pub fn (\w+)\((.*?)\) ->/gs;
    for (const [, verb, route, more, name, parameters] of body.matchAll(methods)) {
      const args = argumentsIn(parameters);
      const words = args.flatMap(({ type }) => type.match(/[A-Z]\w*/g) ?? []);
      const modules = Object.fromEntries(
        words.map((word) => [word, moduleOfType(word, module, files)]).filter(([, found]) => found),
      );
      yield [
        `${verb.toUpperCase()} ${route}`,
        { call: `${holder}.${name}`, arguments: args, modules, madeFrom: madeFrom(more) },
      ];
    }
  }
}

/** The reads in `from(Project = "projects.get", "name>branch_name")`, which also tells what has another name in them. */
function madeFrom(attributes) {
  const [, words = ""] = /\bfrom\((.*?)\)/s.exec(attributes) ?? [];
  return [...words.matchAll(/\w+ = "([^"]+)"/g)].map(([, id]) => id);
}

/** `project_ref: &str, body: &[CreateSecret]` without the comments and attributes that may stand between them. */
function argumentsIn(parameters) {
  const plain = parameters.replace(/\/\/\/.*$/gm, "").replace(/#\[[^\]]*\]/g, "");
  return [...plain.matchAll(/(\w+): &([^,]+)/g)].map(([, name, type]) => ({ name, type: type.trim() }));
}

/** Where a type is declared: its own module is looked at first, as both versions of the API have some names in common. */
function moduleOfType(name, module, files) {
  const declares = new RegExp(`^pub (?:struct|enum|type) ${name}\\b`, "m");
  const own = files.find((file) => file.module === module && declares.test(file.text));
  return (own ?? files.find((file) => declares.test(file.text)))?.module;
}
