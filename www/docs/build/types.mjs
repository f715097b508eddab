// The methods and the types of the package for the reference, as www/catalog reads them from the published declarations. The
// catalog alone would not do: it knows neither the names of types nor the methods that are made of several calls.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../pkg/build/install.mjs";
import { argumentsOf } from "../../catalog/catalog.mjs";
import { readComment, readDeclarations } from "../../catalog/declarations.mjs";

/** All types by name. */
export const readTypes = () => readDeclarations(readFileSync(join(root, "pkg", "dist", "types.d.ts"), "utf8"));

const withoutUndefined = (type) => type.replace(/ \| undefined$/, "");

/** The fields of an object. Those that exist only so that an answer is not taken for a body are left out. */
export const fieldsOf = ({ fields }) =>
  Array.from(fields, ([name, { about, type, optional }]) => {
    const { text, deprecated } = readComment(about);
    const docs = deprecated ? `${text}\n\nDeprecated: ${deprecated}.` : text;
    return { name, required: !optional, type: withoutUndefined(type), docs };
  }).filter(({ type }) => type !== "undefined");

/** What the docs of a method say: the text, the sentence on its rights, what it throws. */
function partsOf(about) {
  const { text, parameters, deprecated } = readComment(about);
  const paragraphs = text.split(/\n\n/);
  const facts = paragraphs.at(-1).startsWith("Calls `") ? paragraphs.pop().split("\n").slice(1) : [];
  const throws = /^@throws (.*?)(?=^@|$(?![\s\S]))/ms.exec(about)?.[1].trim();
  return { text: paragraphs.join("\n\n"), facts, parameters, throws, deprecated };
}

function methodsOf(type, resource) {
  const all = type.members.flatMap(({ methods }) => [...methods]);
  return all.map(([name, { about, parameters, result, text }]) => {
    const parts = partsOf(about);
    const args = argumentsOf(parameters).map((one) => ({ ...one, docs: parts.parameters[one.name] ?? "" }));
    return { id: `${resource}.${name}`, name, line: text, answer: result, ...parts, args };
  });
}

/** The resources of the client: `functions`, `v2.projects`, each with its docs and its methods. */
export function readResources(types) {
  const resources = [];
  const add = (holder, before) => {
    for (const [property, { about, type }] of types.get(holder).members.flatMap(({ fields }) => [...fields])) {
      const name = `${before}${property}`;
      if (type === "V2") add(type, "v2.");
      else resources.push({ name, docs: readComment(about).text, methods: methodsOf(types.get(type), name) });
    }
  };
  add("Resources", "");
  return resources.sort((one, other) => one.name.localeCompare(other.name));
}

/** Names of the types that a text names, and of those that these name in turn, in the order in which they come. */
export function namedBy(texts, types) {
  const names = [];
  const add = (text) => {
    for (const [name] of text.replace(/"(?:[^"\\\n]|\\.)*"/g, "").matchAll(/\b[A-Z]\w*/g)) {
      if (!types.has(name) || names.includes(name)) continue;
      names.push(name);
      const { members, alias } = types.get(name);
      add(alias);
      for (const { type } of members.flatMap(fieldsOf)) add(type);
    }
  };
  texts.forEach(add);
  return names;
}
