// The operations that are compared, and in which parts: those that the client's table and the description both have.
import { tableRows } from "../../endpoints.mjs";

const quote = JSON.stringify;
/** Method and path; what a path value is called is nobody's business. */
const keyOf = ({ verb, path }) => `${verb} ${path.replace(/\{\w+\}/g, "{}")}`;
const byKey = (list) => new Map(list.map((item) => [keyOf(item), item]));
const routeOf = ({ verb, path }) => `${verb} ${path}`;

/** The operations of the description. */
function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ ...operation, verb: verb.toUpperCase(), path })),
  );
}

/**
 * @returns operations as `{ id, parts }`, a part being the types `ours` and `theirs` that belong together `at` a place;
 * operations without a row; rows without an operation
 */
export async function matchOperations(description) {
  const rows = await tableRows();
  const operations = operationsOf(description);
  const described = byKey(operations);
  const known = byKey(rows);
  return {
    compared: rows
      .filter((row) => described.has(keyOf(row)))
      .map((row) => ({ id: row.id, parts: partsOf(row, described.get(keyOf(row))) })),
    withoutRow: operations.filter((operation) => !known.has(keyOf(operation))).map(routeOf),
    undescribed: rows.filter((row) => !described.has(keyOf(row))).map(routeOf),
  };
}

function partsOf(row, operation) {
  const method = `Client${row.id.split(".").map(property).join("")}`;
  const theirs = `Paths${property(operation.path)}${property(operation.verb.toLowerCase())}`;
  const argument = (at) => `Argument<${method}, ${at}>`;
  const values = Array.from(operation.path.matchAll(/\{(\w+)\}/g), ([, name], at) => ({
    at: `path.${name}`,
    ours: argument(at),
    theirs: `Sent<${theirs}["parameters"]["path"]>${property(name)}`,
  }));
  const body = {
    at: "body",
    ours: row.hasBody ? argument(row.pathValues) : "Nothing",
    theirs: operation.requestBody ? `Sent<${bodyOf(theirs, operation.requestBody)}>` : "Nothing",
  };
  const query = {
    at: "query",
    ours: row.hasQuery ? argument(row.pathValues + Number(row.hasBody)) : "Nothing",
    theirs: hasQuery(operation) ? `Sent<${theirs}["parameters"]>["query"]` : "Nothing",
  };
  const answer = { at: "answer", ours: `Answer<${method}>`, theirs: `Received<${answerOf(theirs, operation)}>` };
  return [...values, body, query, answer].filter((part) => part.ours !== "Nothing" || part.theirs !== "Nothing");
}

const property = (name) => `[${quote(name)}]`;
const hasQuery = ({ parameters = [] }) => parameters.some((parameter) => parameter.in === "query");

/** An eszip bundle is a string of bytes to openapi-typescript. */
function bodyOf(theirs, { content }) {
  const kinds = Object.keys(content).map((kind) =>
    kind === "application/vnd.denoland.eszip"
      ? "Eszip"
      : `NonNullable<${theirs}["requestBody"]>["content"]${property(kind)}`,
  );
  return kinds.join(" | ");
}

function answerOf(theirs, { responses }) {
  const status = Object.keys(responses).find((code) => code.startsWith("2")) ?? "default";
  const [kind] = Object.keys(responses[status].content ?? {});
  return kind
    ? `${theirs}["responses"][${quote(status === "default" ? status : +status)}]["content"]${property(kind)}`
    : "void";
}
