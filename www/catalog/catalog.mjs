// `node www/catalog/catalog.mjs`: makes target/catalog.json, which is the client's table for people: every endpoint with its
// arguments, the types of what it takes and gives with all limits, and the texts of the documentation.
//
// The table comes from Rust (src/main.rs beside this file), the texts from the declarations that the package is published with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";
import { isProgram, run } from "../../pkg/build/run.mjs";
import { readComment, readDeclarations } from "./declarations.mjs";
import { readRust } from "./rust.mjs";

/** Where the catalog is, once it was made. */
export const catalogFile = join(root, "target", "catalog.json");

/**
 * Makes the catalog from the package that was built last.
 * @returns the operations
 */
export async function makeCatalog() {
  const command = ["run", "--quiet", "--package", "supabase-management-catalog"];
  const rows = JSON.parse(await run("the catalog", "cargo", command, { cwd: root, quiet: true }));
  const types = readDeclarations(readFileSync(join(root, "pkg", "dist", "types.d.ts"), "utf8"));
  const rust = readRust();
  const operations = rows.map((row) => ({ ...operationOf(row, types), rust: rust.get(`${row.verb} ${row.route}`) }));
  const text = `${JSON.stringify(operations, null, 1)}\n`;
  if (!existsSync(catalogFile) || readFileSync(catalogFile, "utf8") !== text) {
    mkdirSync(join(root, "target"), { recursive: true });
    writeFileSync(catalogFile, text);
  }
  return operations;
}

/** The catalog that was made last. */
export const readCatalog = () => JSON.parse(readFileSync(catalogFile, "utf8"));

function operationOf(row, types) {
  const { about: comment, parameters, result } = methodOf(row.id, types);
  const { text, parameters: texts, deprecated, experimental } = readComment(comment);
  const args = argumentsOf(parameters).map(({ name, optional, type }) => ({
    name,
    optional,
    type,
    about: texts[name] ?? "",
  }));
  const typeOf = (name) => args.find((one) => one.name === name)?.type ?? "";
  const { query, bodyType, answerType } = row;
  const path = row.path.map((one, at) => ({ ...one, argument: args[at].name, about: args[at].about }));
  const about = paragraphs(text, /^(?:Calls `|OAuth apps need)/);
  return {
    ...row,
    summary: about.split("\n\n", 1)[0],
    about,
    deprecated,
    experimental: experimental || undefined,
    path,
    arguments: args,
    result,
    query: query && explained(query, typeOf("query"), types),
    bodyType: bodyType && explained(bodyType, typeOf("body"), types),
    answerType: answerType && explained(answerType, result, types),
  };
}

const oneLine = (text) => (/^\s*[-*|]/m.test(text) ? text : text.replaceAll("\n", " "));

/** A text without the paragraphs that say what the catalog has as data. */
const paragraphs = (text, known) =>
  text
    .split(/\n\n/)
    .filter((part) => !known.test(part))
    .map(oneLine)
    .join("\n\n");

/** The declaration of a method: of `v2.branches.create` that of `create` in the type of `branches` in `V2`. */
function methodOf(id, types) {
  const words = id.split(".");
  const name = words.pop();
  let holder = "Resources";
  for (const word of words) holder = findIn(holder, types, ({ fields }) => fields.get(word)?.type);
  const found = findIn(holder, types, ({ methods }) => methods.get(name));
  if (!found) throw new Error(`the declarations have no method ${id}`);
  return found;
}

const findIn = (name, types, find) => types.get(name)?.members.map(find).find(Boolean);

/** `ref: string, query?: DeployQuery, options?: CallOptions` as a list, without the options that every call takes. */
export function argumentsOf(text) {
  const parts = text.split(/, (?=\w+\??: )/).filter(Boolean);
  const split = parts.map((part) => /^(\w+)(\??): (.*)$/s.exec(part));
  return split
    .map(([, name, optional, type]) => ({ name, optional: optional === "?", type }))
    .filter(({ name }) => name !== "options");
}

/**
 * A type of the table with the texts of its declaration.
 * @param expression the TypeScript type, whose names lead to the declarations
 */
function explained(type, expression, types) {
  const inner = (one) => explained(one, expression, types);
  switch (type.type) {
    case "object": {
      const member = bestMember(type, membersOf(expression, types));
      return { ...type, fields: type.fields.map((field) => explainedField(field, member, expression, types)) };
    }
    case "array":
      return { ...type, item: inner(type.item) };
    case "map":
      return { ...type, value: inner(type.value) };
    case "tagged":
      return {
        ...type,
        members: type.members.map((one) => ({ ...one, type: explainedMember(type.tag, one, expression, types) })),
      };
    case "union":
      return { ...type, types: type.types.map(inner) };
    default:
      return type;
  }
}

function explainedField(field, member, expression, types) {
  const declared = member?.fields.get(field.name);
  // A type that stands for another one, such as the `T` of `Data<T>`, is named where the whole is.
  const inner = !declared || /\bT\b/.test(declared.type) ? expression : declared.type;
  const { text, deprecated } = readComment(declared?.about ?? "");
  return { ...field, about: paragraphs(text, /^Limits: /), deprecated, type: explained(field.type, inner, types) };
}

/** The member of a union whose tag has this value, which stands in no field of the table. */
function explainedMember(tag, { value, type }, expression, types) {
  const literal = JSON.stringify(value);
  const member = membersOf(expression, types).find(({ fields }) => fields.get(tag)?.type === literal);
  return { ...type, fields: type.fields.map((field) => explainedField(field, member, expression, types)) };
}

/** The object types that an expression names, also by other names. */
function membersOf(expression, types, seen = new Set()) {
  const names = [...expression.matchAll(/(?<!["\w])[A-Z]\w*/g)].map(([name]) => name).filter((name) => !seen.has(name));
  return names.flatMap((name) => {
    seen.add(name);
    const type = types.get(name);
    return type ? [...type.members, ...membersOf(type.alias, types, seen)] : [];
  });
}

/** The declaration that has the most of an object's fields. */
function bestMember({ fields }, members) {
  const score = (member) => fields.filter(({ name }) => member.fields.has(name)).length;
  return members.reduce((best, member) => (score(member) > (best ? score(best) : 0) ? member : best), undefined);
}

if (isProgram(import.meta.url)) {
  const operations = await makeCatalog();
  console.log(`${operations.length} operations are in ${catalogFile}`);
}
