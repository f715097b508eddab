// The arguments of a call as a form holds them: `{ path, body, query }`, and what becomes of them.
import { stepsOf } from "./path.js";
import { sampleOf } from "../../catalog/samples.js";
import { emptyOf, unfinishedIn } from "./value.js";

/**
 * The values of a form.
 * @typedef {object} Values
 * @property {Record<string, string>} path the path values by their names in the route
 * @property {unknown} [body] the body; undefined where there is none
 * @property {object} [query] the query; undefined where the operation has none
 */

/** Whether the body can be left out, as it may be anything. */
export const bodyIsOptional = ({ arguments: all }) => all.some(({ name, optional }) => name === "body" && optional);

/**
 * What an empty form of an operation holds.
 * @param known path values by their names in the route, which are filled in
 * @returns {Values}
 */
export function emptyValues(operation, known = {}) {
  const path = Object.fromEntries(operation.path.map(({ name, type }) => [name, known[name] ?? type.enum?.[0] ?? ""]));
  const hasBody = operation.bodyType && !bodyIsOptional(operation);
  return {
    path,
    body: hasBody ? emptyOf(operation.bodyType) : undefined,
    query: operation.query && emptyOf(operation.query),
  };
}

/**
 * An example that the client accepts.
 * @returns {Values}
 */
export function sampleValues(operation, known = {}) {
  const { path } = emptyValues(operation, known);
  for (const { name, type } of operation.path)
    path[name] ||= sampleOf(type.type === "union" ? type.types[0] : type, name);
  const body = operation.bodyType && sampleOf(operation.bodyType);
  if (body?.organization_slug && known.slug) body.organization_slug = known.slug;
  if (operation.body === "multipart") body.file = [{ path: "index.ts", content: sourceOfExample }];
  return { path, body, query: operation.query && { ...sampleOf(operation.query), ...shownOf(operation) } };
}

const sourceOfExample = 'Deno.serve(() => new Response("Hello"));\n';

/** Queries without which the call says nothing, although the API takes it. */
const shownOf = ({ id }) => (id === "functions.deploy" ? { slug: "hello" } : {});

/**
 * The arguments of the method: path values, then the body, then the query if it holds anything.
 * @param {Values} values
 */
export function argumentsOf(operation, { path, body, query }) {
  const args = operation.path.map(({ name }) => path[name]);
  const needed = operation.arguments.some(({ name, optional }) => name === "query" && !optional);
  const givesQuery = needed || (query && Object.keys(query).length > 0);
  if (operation.bodyType && (body !== undefined || givesQuery)) args.push(body);
  if (givesQuery) args.push(query);
  return args;
}

/**
 * Where an error of the client belongs: which of the arguments, and the steps inside of it.
 * @param text the error's `path`
 */
export function placeOf(operation, text) {
  if (operation.path.some(({ name }) => name === text)) return { part: "path", steps: [text] };
  const steps = stepsOf(text);
  if (operation.query && (steps[0] === "query" || !operation.bodyType)) {
    return { part: "query", steps: steps[0] === "query" ? steps.slice(1) : steps };
  }
  return { part: "body", steps };
}

/** The first part of a form that is no value yet: `{ part, steps, message }`. */
export function unfinishedPart({ body, query }) {
  for (const [part, value] of Object.entries({ body, query })) {
    const found = unfinishedIn(value);
    if (found) return { part, steps: found.path, message: found.problem };
  }
  return undefined;
}
