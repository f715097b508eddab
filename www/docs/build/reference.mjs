// The pages of the reference, one for each resource of the client.
import { javaScriptOf } from "../examples/text.js";
import { fieldsOf, namedBy } from "./types.mjs";
import { anchorOf, cell, codeCell, fence, firstSentence, pageOf, prose, table } from "./words.mjs";

/** Types of the package that are no models: they stand in the guides. */
const wrappers = /^(Call|PagedCall|Wait|CallOptions|WaitOptions|NotInferred|NewerValue)$/;

const front = (title, description, more = "") =>
  `---\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(description)}\npageClass: reference\naside: false\neditLink: false\n${more}---\n\n`;

/** A type as code, which leads to its section on the same page. */
function typeCell(type, types) {
  const [name] = namedBy([type], types);
  return name ? `[${codeCell(type)}](#type-${name})` : codeCell(type);
}

const inner = (answer) => /^(?:Call|Wait)<(.*)>$/.exec(answer)?.[1] ?? answer;

/** What an answer is, in words. */
function answerOf({ answer }, types) {
  const paged = /^PagedCall<(\w+), (\w+)>$/.exec(answer);
  if (paged)
    return `${typeCell(paged[1], types)}, one page; as an iterable it gives a ${typeCell(paged[2], types)} for each item of all pages.`;
  const type = inner(answer);
  if (type === "void") return "Nothing: once the call is awaited, it is done.";
  if (type === "unknown") return "What the API does not describe.";
  return `${typeCell(type, types)}.`;
}

function argumentRows({ args }, { types, resources }) {
  return args.map(({ name, optional, type, docs }) => [
    `\`${name}\`${optional ? ", may be left out" : ""}`,
    typeCell(type, types),
    cell(docs.replace(/ In front of `options`, `undefined` keeps its place\.$/, ""), resources),
  ]);
}

function fieldRows(type, { types, resources }) {
  return fieldsOf(type).map(({ name, required, type: of, docs }) => [
    `\`${name}\`${required ? "" : "?"}`,
    typeCell(of, types),
    cell(docs, resources),
  ]);
}

function limitsOf({ rateLimits = [] } = {}) {
  if (rateLimits.length === 0) return "";
  const words = rateLimits.map(({ calls, seconds }) => `${calls} calls in ${seconds} seconds`).join(", and ");
  return `**Limit of the API.** ${words}.\n\n`;
}

/** The section of one method. */
function methodSection(method, context) {
  const { catalog, examples, rust, types, resources } = context;
  const row = catalog.get(method.id);
  const example = examples.get(method.id);
  const parts = [`## ${method.id} {#${anchorOf(method.id)}}\n`];
  if (method.deprecated !== undefined)
    parts.push(`::: warning Deprecated\n${prose(method.deprecated, resources)}\n:::\n`);
  if (row) parts.push(`<p class="route"><code v-pre>${routeOf(row)}</code></p>\n`);
  parts.push(`${prose(method.text, resources)}\n`);
  if (example) {
    const sides = [`**JavaScript**\n\n${fence("js", javaScriptOf(example))}`];
    if (rust.get(method.id)) sides.push(`**Rust**\n\n${fence("rust", rust.get(method.id))}`);
    parts.push(`<div class="sides">\n<div>\n\n${sides.join("\n</div>\n<div>\n\n")}\n</div>\n</div>\n`);
    parts.push(
      `<RunExample id=${JSON.stringify(method.id)} :example="examples[${JSON.stringify(method.id).replaceAll('"', "'")}]" />\n`,
    );
  } else parts.push(fence("ts", method.line));
  const args = argumentRows(method, context);
  parts.push(
    args.length > 0 ? `**Arguments**\n\n${table(["argument", "type", "what it is"], args)}` : "**Arguments.** None.\n",
  );
  parts.push(`**Answer.** ${answerOf(method, types)}\n`);
  if (method.facts.length > 0) parts.push(`**Needs.** ${prose(method.facts.join(" "), resources)}\n`);
  const limits = limitsOf(row);
  if (limits) parts.push(limits);
  if (method.throws) parts.push(`**Errors.** ${prose(`{@link ${method.throws.slice(1)}`)}\n`);
  return parts.join("\n");
}

function typeSection(name, context) {
  const { types, resources } = context;
  const { about, members, alias } = types.get(name);
  const tables = members.map((member) => table(["field", "type", "what it is"], fieldRows(member, context)));
  const fields = members.length > 1 ? `One of these:\n\n${tables.join("\nor\n\n")}` : tables.join("");
  // The docs of an enum list its values, each with what it means.
  const listed = /^- `/m.test(about);
  const stands = alias && !listed ? fence("ts", `type ${name} = ${alias};`) : "";
  return `### ${name} {#type-${name}}\n\n${prose(about, resources)}\n\n${fields}${stands}`;
}

/** The page of a resource. */
export function resourcePage(resource, context) {
  const { types, resources, examples } = context;
  const { name, docs, methods } = resource;
  const lines = methods.map((method) => [
    `[\`${method.name}\`](#${anchorOf(method.id)})`,
    cell(firstSentence(method.text), resources),
  ]);
  const named = namedBy(
    methods.map(({ line }) => line),
    types,
  ).filter((one) => !wrappers.test(one));
  const shown = methods.some(({ id }) => examples.has(id));
  const setup = shown ? `<script setup>\nimport examples from "./examples/${pageOf(name)}.json";\n</script>\n\n` : "";
  return [
    front(name, firstSentence(docs)),
    setup,
    `# ${name}\n\n${prose(docs, resources)}\n\n`,
    table(["method", "what it does"], lines),
    "\n",
    methods.map((method) => methodSection(method, context)).join("\n"),
    named.length > 0 ? `\n## Types {#types}\n\n${named.map((one) => typeSection(one, context)).join("\n")}` : "",
  ].join("");
}

/** The first page of the reference: all operations, by the name and by the endpoint. */
export function indexPage({ resources, catalog }) {
  const rows = resources.flatMap(({ name, methods }) =>
    methods.map(({ id, text }) => [
      `[\`${id}\`](/reference/${pageOf(name)}#${anchorOf(id)})`,
      catalog.has(id) ? `<code v-pre>${routeOf(catalog.get(id))}</code>` : "a method of the client",
      cell(firstSentence(text)),
    ]),
  );
  const intro = `All ${catalog.size} operations of the API, and the methods of the client that are made of several calls. Each has an example that runs on the sandbox, in this page.`;
  return `${front("Reference", "Every method of the client, with its endpoint.")}# Reference\n\n${intro}\n\n${table(["method", "endpoint", "what it does"], rows)}`;
}

export const routeOf = ({ verb, route }) => (route.startsWith("/") ? `${verb} ${route}` : route);
