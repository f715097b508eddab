// The official description: what it asks of each row, as real answers corrected it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../pkg/build/install.mjs";

const file = process.env.OPENAPI ?? join(root, "..", "shared", "api", "openapi.json");

/** Where real exchanges lie. */
export const recorded = join(dirname(file), "recorded");

/** The description, or undefined where it is not there. */
export const description = existsSync(file) ? filled(JSON.parse(readFileSync(file, "utf8"))) : undefined;

/** The value with its references filled in. */
function filled(document, value = document) {
  if (Array.isArray(value)) return value.map((item) => filled(document, item));
  if (Object(value) !== value) return value;
  if (typeof value.$ref === "string") {
    const steps = value.$ref.slice(2).split("/");
    return filled(
      document,
      steps.reduce((inner, step) => inner[step], document),
    );
  }
  return merged(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(document, inner)])));
}

/** A union of enums is an enum. */
function merged({ oneOf, ...schema }) {
  if (!oneOf) return schema;
  if (!oneOf.every(({ enum: values }) => values)) return { ...schema, oneOf };
  return { ...schema, type: "string", enum: oneOf.flatMap(({ enum: values }) => values) };
}

/** The places where table and description differ on purpose: endpoint, place, reason. */
export const exceptions = Array.from(
  readFileSync(join(root, "tests", "conformance", "exceptions.rs"), "utf8").matchAll(
    /\("([^"]+)", "([^"]+)", "([^"]+)"\)/g,
  ),
  ([, id, place, reason]) => ({ id, place, reason }),
);

/** What the description does not say of an answer, or says wrong. */
const kinds = {
  "functions.getBody": "bytes",
  "database.query": "rows",
  "database.queryReadOnly": "rows",
  "actionRuns.count": "count",
  "oauth.authorizeUrl": "url",
  "oauth.authorizeProjectClaimUrl": "url",
};

/** Where the description knows the older one of two that do the same. */
const alike = { "analytics.getLogs": "/v1/projects/{ref}/analytics/endpoints/logs.all" };

const media = { json: "application/json", form: "application/x-www-form-urlencoded", parts: "multipart/form-data" };
export const eszip = "application/vnd.denoland.eszip";

/**
 * What the description asks of a row.
 * @returns `{ values, query, keyed, body: { kind, schema, eszip }, status, answer: { kind, schema } }`
 */
export function asked({ id, verb, path }) {
  const operation = description.paths[alike[id] ?? path]?.[verb.toLowerCase()];
  if (!operation) return undefined;
  const { parameters = [], requestBody, responses } = operation;
  const of = (place) => parameters.filter((parameter) => parameter.in === place);
  const query = of("query");
  const [status, { content = {} }] = Object.entries(responses).find(([code]) => code.startsWith("2"));
  return {
    id: operation.operationId,
    values: of("path").sort((one, other) => path.indexOf(`{${one.name}}`) - path.indexOf(`{${other.name}}`)),
    query: query.length > 0 ? objectOf(query) : undefined,
    keyed: of("header").some(({ name }) => name === "Idempotency-Key"),
    body: requestBody && bodyOf(requestBody.content),
    status: Number(status),
    answer: answerOf(id, content),
  };
}

/** Parameters as the schema of an object. */
function objectOf(parameters) {
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  return { type: "object", properties, required };
}

function bodyOf(content) {
  const [kind, name] = Object.entries(media).find(([, name]) => content[name]);
  return { kind, schema: content[name].schema, eszip: eszip in content };
}

function answerOf(id, content) {
  const kind = kinds[id] ?? (content[media.json] ? "json" : content["text/plain"] ? "text" : "nothing");
  return { kind, schema: kind === "json" ? corrected(id, structuredClone(content[media.json].schema)) : undefined };
}

function corrected(id, schema) {
  for (const { place } of exceptions.filter(
    (one) => [id, "*"].includes(one.id) && one.reason === "real answers leave it out",
  ))
    leaveOut(schema, place.replace("answer.", "").replaceAll("[]", ".[]").split("."));
  if (id === "organizations.getEntitlements") chooseByType(schema.properties.entitlements);
  return schema;
}

/** Makes the field at the end of a way optional, where there is such a way. */
function leaveOut(schema, [step, ...rest]) {
  const inner = step === "[]" ? schema?.items : schema?.properties?.[step];
  if (rest.length > 0) leaveOut(inner, rest);
  else if (inner) schema.required = schema.required?.filter((name) => name !== step);
}

/** An entitlement's `config` goes with its `type`. */
function chooseByType(list) {
  const { properties, required } = list.items;
  const members = properties.type.enum.map((type, at) => ({
    type: "object",
    properties: { ...properties, type: { type: "string", enum: [type] }, config: properties.config.oneOf[at] },
    required,
  }));
  list.items = { oneOf: members };
}
