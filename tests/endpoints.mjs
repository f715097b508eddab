// `npm run endpoints`: every operation of the API's description, what calls it in JavaScript, TypeScript and Rust, and whether
// the sandbox answers it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import { readDescription } from "./descriptions.mjs";

/** It stands among the rows as the client makes a method of it, and is no operation: it is one, and a request to another host. */
const flow = "v2.compute.upload";

/** The rows of the table that the client itself works with. */
export async function tableRows() {
  const { default: bytes } = await import("../pkg/dist/client-bytes.js");
  const { createGlue } = await import("../pkg/dist/client-glue.js");
  const { createRuntime } = await import("../pkg/loader.js");
  const runtime = createRuntime(createGlue, () => new WebAssembly.Module(bytes()));
  const rows = runtime.invoke("table").filter(({ id }) => id !== flow);
  return rows.map(({ id, route, pathValues, body, hasQuery }) => {
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
  const add = (holder, before) => {
    for (const [, property, type] of (interfaces.get(holder) ?? "").matchAll(/^ +readonly (\w+): (\w+);$/gm)) {
      const id = `${before}${property}.`;
      // A version of the API has properties of its own.
      add(type, id);
      for (const [, name, args] of (interfaces.get(type) ?? "").matchAll(/^ +(\w+)(?:<.*?>)?\((.*)\):/gm))
        methods.set(`${id}${name}`, args);
    }
  };
  add("Resources", "");
  return methods;
}

/** Verbs and routes of the methods in the Rust sources, which compile only with models for each. */
function rustMethods() {
  const folder = join(root, "src", "api");
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs"));
  const found = new Map();
  for (const source of files.map((name) => readFileSync(join(folder, name), "utf8"))) {
    for (const [, version, group, body] of source.matchAll(
      /^#\[endpoints(?:\((\w+)\))?\]\nimpl (\w+) \{\n(.*?)^\}/gms,
    )) {
      for (const [, verb, path, name] of body.matchAll(/#\[(\w+)\(\s*"(\/v\d\/[^"]*)".*?pub fn (\w+)/gs))
        found.set(`${verb.toUpperCase()} ${path}`, `${version ? `${version}().` : ""}${snake(group)}().${name}`);
    }
  }
  return found;
}

const snake = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Verbs and paths that the description has; undefined where there is none. */
function describedOperations() {
  const paths = readDescription()?.paths;
  if (!paths) return undefined;
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
  const { createSandbox } = await import("../pkg/sandbox.js");
  const built = new Set(createSandbox().built());
  const types = typeScriptMethods();
  const rust = rustMethods();
  const known = new Map(rows.map((row) => [`${row.verb} ${row.path}`, row]));
  const operations = [...new Set([...(described ?? []), ...known.keys()])];
  return operations.map((operation) => {
    const id = known.get(operation)?.id;
    const method = id?.split(".").reduce((holder, word) => holder?.[word], client);
    return {
      operation,
      described: described?.includes(operation),
      javaScript: typeof method === "function" ? id : undefined,
      typeScript: types.has(id) ? id : undefined,
      rust: rust.get(operation),
      sandbox: built.has(id) ? "answers" : undefined,
    };
  });
}

/** How many of the described operations, and of the others, each language calls and the sandbox answers. */
export function counts(lines) {
  const count = (language, ours) => lines.filter((line) => ours(line) && line[language]).length;
  const described = ({ described }) => described === true;
  const others = (line) => !described(line);
  const of = (ours) => ["javaScript", "typeScript", "rust", "sandbox"].map((language) => count(language, ours));
  return { described: lines.filter(described).length, calls: of(described), others: of(others) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ quiet: true });
  const lines = await coverage();
  const width = Math.max(...lines.map(({ operation }) => operation.length));
  const name = (text) => (text ?? "MISSING").padEnd(43);
  console.log(`${"operation".padEnd(width)}  ${name("JavaScript")}${name("TypeScript")}${name("Rust")}sandbox`);
  for (const { operation, javaScript, typeScript, rust, sandbox, described } of lines) {
    const note = described === false ? "  (not described)" : "";
    console.log(
      `${operation.padEnd(width)}  ${name(javaScript)}${name(typeScript)}${name(rust)}${sandbox ?? "MISSING"}${note}`,
    );
  }
  const { described, calls, others } = counts(lines);
  if (described === 0) console.log("NO API DESCRIPTION WAS FOUND: ONLY THE CLIENT'S OWN OPERATIONS ARE LISTED");
  const [javaScript, typeScript, rust, sandbox] = calls.map(
    (count, at) => `${count}/${described} and ${others[at]} not described`,
  );
  console.log(`JavaScript ${javaScript}, TypeScript ${typeScript}, Rust ${rust}, sandbox ${sandbox}`);
  if (lines.some((line) => !line.javaScript || !line.typeScript || !line.rust || !line.sandbox)) process.exitCode = 1;
}
