// The official description: what it asks of each row, as real answers corrected it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../pkg/build/install.mjs";
import { descriptionFiles, readDescription } from "../descriptions.mjs";

/** Where real exchanges lie. */
export const recorded = join(dirname(descriptionFiles[0]), "recorded");

const document = readDescription();

/** The description, or undefined where it is not there. */
export const description = document && { paths: filled(document.paths) };

/**
 * The value with its references filled in. `within` are those on the way to it: what contains itself is any JSON there, and
 * a list of its like one level further down.
 */
function filled(value, within = [], most = 1) {
  if (Array.isArray(value)) return value.map((item) => filled(item, within));
  if (Object(value) !== value) return value;
  const { $ref } = value;
  if (typeof $ref === "string") {
    if (within.filter((one) => one === $ref).length >= most) return {};
    const steps = $ref.slice(2).split("/");
    return filled(
      steps.reduce((inner, step) => inner[step], document),
      [...within, $ref],
    );
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, filled(inner, within, key === "items" ? 2 : 1)]);
  const schema = merged(Object.fromEntries(entries));
  const { signing_secret } = Object(schema.properties);
  // The notes of the API say so, and its description does not.
  if (signing_secret) Object.assign(signing_secret, { minLength: 8, maxLength: 64 });
  return bySibling(schema);
}

/**
 * A union whose members are titled with the values of another field: that field tells them apart. So the object is made a
 * union itself, with one member for each value; where no member has its title, any object will do.
 */
function bySibling(schema) {
  const fields = Object.entries(Object(schema.properties));
  const titles = (union) => union.oneOf?.map(({ title }) => title);
  for (const [name, union] of fields) {
    if (!union.oneOf?.every(({ title }) => title)) continue;
    const [tag] =
      fields.find(([, other]) => other.enum && titles(union).every((title) => other.enum.includes(title))) ?? [];
    if (!tag) continue;
    const oneOf = schema.properties[tag].enum.map((value) => {
      const config = union.oneOf.find(({ title }) => title === value) ?? { type: "object" };
      const only = { type: "string", enum: [value] };
      return { ...schema, properties: { ...schema.properties, [name]: config, [tag]: only } };
    });
    return { oneOf, discriminator: { propertyName: tag } };
  }
  return schema;
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

/** Fields of answers that are any text in the description, and have the values that requests take here: endpoint, place. */
const valuesOfRequests = Array.from(
  readFileSync(join(root, "tests", "conformance", "exceptions.rs"), "utf8").matchAll(
    /\("([^"]+)", "([^"]+)", VALUES_OF_REQUESTS\)/g,
  ),
  ([, id, place]) => ({ id, place }),
);

/** Rows that nothing in the description is like: nothing can be tried with them by it. */
export const unasked = Array.from(
  /UNASKED.*?\[([^\]]*)\];/s
    .exec(readFileSync(join(root, "tests", "conformance", "exceptions.rs"), "utf8"))[1]
    .matchAll(/"([^"]+)"/g),
  ([, id]) => id,
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
  const success = Object.entries(responses).find(([code]) => code.startsWith("2"));
  const [status, { content = {} }] = success ?? [200, responses.default];
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
  const properties = {};
  for (const { name, schema } of parameters) {
    const [, outer, inner] = /^(.+)\[(.+)\]$/.exec(name) ?? [];
    // Some say the members of an object one by one: `page[offset]`. They travel in the same way.
    if (outer) (properties[outer] ??= { type: "object", properties: {} }).properties[inner] = whole(schema);
    else properties[name] = schema;
  }
  return { type: "object", properties, required };
}

/** A text of digits alone is a whole number in an address. */
const whole = (schema) => (schema.pattern === "^\\d+$" ? { type: "integer", minimum: 0 } : schema);

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
    leaveOut(schema, stepsOf(place));
  for (const { place } of valuesOfRequests.filter((one) => one.id === id)) {
    const steps = stepsOf(place);
    at(schema, steps).enum = valuesInRequests(steps.at(-1));
  }
  if (id === "organizations.getEntitlements") chooseByType(schema.properties.entitlements);
  return schema;
}

/** The steps to a place in an answer: `[]` stands for each item. */
const stepsOf = (place) =>
  place
    .replace(/^answer\.?/, "")
    .replaceAll("[]", ".[]")
    .split(".")
    .filter(Boolean);

/** The schema at the end of a way. */
const at = (schema, steps) =>
  steps.reduce((inner, step) => (step === "[]" ? inner.items : inner.properties[step]), schema);

/** The values that a field of this name may have in a request. */
function valuesInRequests(name) {
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
  const bodies = operations.map(({ requestBody }) => requestBody?.content[media.json]?.schema);
  return bodies.map((schema) => schema?.properties?.[name]?.enum).find(Boolean);
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
