// `npm run endpoints`: every operation of the API's description, and what calls it in JavaScript, TypeScript and Rust.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";

export const descriptionFile = process.env.OPENAPI ?? join(root, "..", "shared", "api", "openapi.json");

/** The rows of the table that the client itself works with. */
export async function tableRows() {
  const { default: bytes } = await import("../pkg/dist/client-bytes.js");
  const { createGlue } = await import("../pkg/dist/client-glue.js");
  const { createRuntime } = await import("../pkg/loader.js");
  const runtime = createRuntime(createGlue, () => new WebAssembly.Module(bytes()));
  return runtime.invoke("table").map(({ id, route, pathValues, body, hasQuery }) => {
    const [verb, path] = route.split(" ");
    return { id, verb, path, pathValues, hasBody: body !== "none", hasQuery };
  });
}

/** The methods in the declarations, `projects.list`, and their arguments as text. */
export function typeScriptMethods() {
  const text = readFileSync(join(root, "pkg", "dist", "types.d.ts"), "utf8");
  // Several of one name are one: waiters stand apart.
  const interfaces = new Map();
  for (const [, name, body] of text.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms))
    interfaces.set(name, (interfaces.get(name) ?? "") + body);
  const methods = new Map();
  for (const [, property, type] of text.matchAll(/^ +readonly (\w+): (\w+);$/gm)) {
    for (const [, name, args] of (interfaces.get(type) ?? "").matchAll(/^ +(\w+)(?:<.*?>)?\((.*)\):/gm))
      methods.set(`${property}.${name}`, args);
  }
  return methods;
}

/** Verbs and routes of the methods in the Rust sources, which compile only with models for each. */
function rustMethods() {
  const folder = join(root, "src", "api");
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const found = new Map();
  for (const source of sources) {
    for (const [, group, body] of source.matchAll(/^impl (\w+) \{\n(.*?)^\}/gms)) {
      for (const [, verb, path, name] of body.matchAll(/#\[(\w+)\(\s*"(\/v1\/[^"]*)".*?pub fn (\w+)/gs))
        found.set(`${verb.toUpperCase()} ${path}`, `${snake(group)}().${name}`);
    }
  }
  return found;
}

const snake = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Verbs and paths that the description has; undefined where there is none. */
function describedOperations() {
  if (!existsSync(descriptionFile)) return undefined;
  const { paths } = JSON.parse(readFileSync(descriptionFile, "utf8"));
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { operationId }]) => operationId)
      .map(([verb]) => `${verb.toUpperCase()} ${path}`),
  );
}

/** One line per operation: which it is, whether the description has it, and what calls it. */
export async function coverage() {
  const rows = await tableRows();
  const described = describedOperations();
  const { SupabaseManagement } = await import("../pkg/index.js");
  const client = new SupabaseManagement({ accessToken: "sbp_none" });
  const types = typeScriptMethods();
  const rust = rustMethods();
  const known = new Map(rows.map((row) => [`${row.verb} ${row.path}`, row]));
  const operations = [...new Set([...(described ?? []), ...known.keys()])];
  return operations.map((operation) => {
    const id = known.get(operation)?.id;
    const [group, name] = id?.split(".") ?? [];
    return {
      operation,
      described: described?.includes(operation),
      javaScript: typeof client[group]?.[name] === "function" ? id : undefined,
      typeScript: types.has(id) ? id : undefined,
      rust: rust.get(operation),
    };
  });
}

/** How many of the described operations, and of the others, each language calls. */
export function counts(lines) {
  const count = (language, ours) => lines.filter((line) => ours(line) && line[language]).length;
  const described = ({ described }) => described === true;
  const others = (line) => !described(line);
  const of = (ours) => ["javaScript", "typeScript", "rust"].map((language) => count(language, ours));
  return { described: lines.filter(described).length, calls: of(described), others: of(others) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ quiet: true });
  const lines = await coverage();
  const width = Math.max(...lines.map(({ operation }) => operation.length));
  const name = (text) => (text ?? "MISSING").padEnd(43);
  console.log(`${"operation".padEnd(width)}  ${name("JavaScript")}${name("TypeScript")}Rust`);
  for (const { operation, javaScript, typeScript, rust, described } of lines) {
    const note = described === false ? "  (not described)" : "";
    console.log(`${operation.padEnd(width)}  ${name(javaScript)}${name(typeScript)}${rust ?? "MISSING"}${note}`);
  }
  const { described, calls, others } = counts(lines);
  if (described === 0) console.log("NO API DESCRIPTION WAS FOUND: ONLY THE CLIENT'S OWN OPERATIONS ARE LISTED");
  const [javaScript, typeScript, rust] = calls.map(
    (count, at) => `${count}/${described} and ${others[at]} not described`,
  );
  console.log(`JavaScript ${javaScript}, TypeScript ${typeScript}, Rust ${rust}`);
  if (lines.some((line) => !line.javaScript || !line.typeScript || !line.rust)) process.exitCode = 1;
}
