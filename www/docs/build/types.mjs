// Reads pkg/dist/types.d.ts, which `npm run build` makes of the Rust sources: the methods of each resource and the types they
// take and give, with their docs. The file is generated, so its form is known: one declaration after another, four spaces
// before each field.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../pkg/build/install.mjs";

const declaration = /(?:\/\*\*\n((?: \*(?!\/).*\n)*) \*\/\n)?^export (interface|type) (\w+)(<[^>]*>)?(?: = | \{\n)/gm;
const member = /(?: {4}\/\*\*\n((?: {5}\*(?!\/).*\n)*) {5}\*\/\n)? {4}(?! )(.*)\n/g;

/** Text of a doc comment without its stars. */
const plain = (comment = "") => comment.replace(/^ *\* ?/gm, "").trim();

function membersOf(body) {
  return Array.from(body.matchAll(member), ([, comment, line]) => ({ docs: plain(comment), line }));
}

/** All declarations by name; interfaces of one name are one. */
export function readTypes() {
  const text = readFileSync(join(root, "pkg", "dist", "types.d.ts"), "utf8");
  const types = new Map();
  for (const match of text.matchAll(declaration)) {
    const [whole, comment, kind, name, parameters = ""] = match;
    const start = match.index + whole.length;
    const end = kind === "interface" ? text.indexOf("\n}", start - 1) : endOfAlias(text, start);
    const body = text.slice(start, Math.max(start, end + 1));
    const known = types.get(name);
    const one = known ?? { name, kind, parameters, docs: plain(comment), body: "" };
    one.body += body;
    types.set(name, one);
  }
  return types;
}

/** An alias ends at the first semicolon that ends a line without space before it, or closes its last brace. */
function endOfAlias(text, start) {
  const line = text.slice(start, text.indexOf("\n", start));
  if (line.endsWith(";")) return start + line.length;
  return start + /^\};?$|^\} & .*;$|^\S.*\};$/m.exec(text.slice(start)).index;
}

const fieldLine = /^(?:readonly )?(["\w]+)(\?)?: (.*?)(?: \| undefined)?;$/;

/** The fields of an interface. Those that exist only so that an answer is not taken for a body are left out. */
export function fieldsOf({ body }) {
  return membersOf(body).flatMap(({ docs, line }) => {
    const [, name, optional, type] = fieldLine.exec(line) ?? [];
    return name && type !== "undefined" ? [{ name, required: !optional, type, docs }] : [];
  });
}

const methodLine = /^(\w+)(<.*?>)?\((.*)\): (.*);$/;

/** What a doc comment says, part by part. */
function partsOf(docs) {
  const [text, ...tags] = docs.split(/^@/m);
  const paragraphs = text.trim().split(/\n\n/);
  const last = paragraphs.at(-1);
  const facts = last?.startsWith("Calls `") ? paragraphs.pop().split("\n") : [];
  const parameters = new Map();
  for (const tag of tags) {
    const [, name, words] = /^param (\w+) (.*)$/s.exec(tag) ?? [];
    if (name) parameters.set(name, words.trim());
  }
  const words = (tag) =>
    tags
      .find((one) => one.startsWith(tag))
      ?.slice(tag.length)
      .trim();
  return {
    text: paragraphs.join("\n\n"),
    facts: facts.slice(1),
    parameters,
    throws: words("throws"),
    deprecated: words("deprecated"),
  };
}

/** Arguments as `ref: string, query?: ListQuery`, one by one. */
function argumentsOf(text, parameters) {
  return Array.from(
    text.matchAll(/(\w+)(\?)?: ([^,<{]*(?:<[^>]*>+|\{[^}]*\})?[^,]*)(?:, |$)/g),
    ([, name, optional, type]) => ({
      name,
      required: !optional,
      type,
      docs: parameters.get(name) ?? "",
    }),
  ).filter(({ name }) => name !== "options");
}

/** The resources of the client: `functions`, `v2.projects`, each with its docs and its methods. */
export function readResources(types) {
  const resources = [];
  const add = (holder, before) => {
    for (const { docs, line } of membersOf(types.get(holder).body)) {
      const [, property, type] = /^readonly (\w+): (\w+);$/.exec(line) ?? [];
      if (!property) continue;
      if (type === "V2") add(type, "v2.");
      else
        resources.push({
          name: `${before}${property}`,
          docs,
          methods: methodsOf(types.get(type), `${before}${property}`),
        });
    }
  };
  add("Resources", "");
  return resources.sort((one, other) => one.name.localeCompare(other.name));
}

function methodsOf({ body }, resource) {
  return membersOf(body).flatMap(({ docs, line }) => {
    const [, name, , args, answer] = methodLine.exec(line) ?? [];
    if (!name) return [];
    const parts = partsOf(docs);
    const found = { id: `${resource}.${name}`, name, line, answer, ...parts };
    return [{ ...found, args: argumentsOf(args, parts.parameters) }];
  });
}

/** Names of the types that a text names, and of those that these name in turn, in the order in which they come. */
export function namedBy(texts, types) {
  const names = [];
  const add = (text) => {
    for (const [name] of text.replace(/"(?:[^"\\\n]|\\.)*"/g, "").matchAll(/\b[A-Z]\w*/g)) {
      if (!types.has(name) || names.includes(name)) continue;
      names.push(name);
      const { body } = types.get(name);
      add(body.replace(/^ *\/\*\*\n(?: +\*(?!\/).*\n)* +\*\/\n/gm, ""));
    }
  };
  texts.forEach(add);
  return names;
}
