// Values made of a schema: as little and as much as possible, and some in which one thing is wrong.
import { kindOf, mapOf, tagOf } from "./judge.mjs";

/** Strings to choose from: the first that a schema takes. What is free text has two, as one may be a secret. */
const least = "open sesame";
const texts = [
  "Zoë/100% 🚀 a+b&c=d?#",
  "hqvkzumdtlrwaxbeogcy",
  "acme-1_Z",
  "Zed-9",
  "_z9",
  "2026",
  "1.5min",
  "7=1,8=2",
  "a, b",
];

const formats = {
  uuid: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
  uri: "https://example.com/a?b=c#d",
  email: "jane.doe@example.com",
  "date-time": "2026-09-23T00:00:00Z",
};

function textOf({ format, pattern, minLength = 0, maxLength = Infinity, minimum, maximum }, most) {
  if (format) return formats[format] ?? fail(`the format ${format}`);
  if (minimum !== undefined) return `${most ? maximum : minimum}`;
  const takes = (text) => {
    const { length } = [...text];
    return length >= minLength && length <= maxLength && (!pattern || new RegExp(pattern, "u").test(text));
  };
  const long = (text) => Array.from({ length: maxLength }, (_, at) => [...text][at % [...text].length]).join("");
  const candidates = most ? texts.map(maxLength < Infinity ? long : String) : [least, ...texts];
  return candidates.find(takes) ?? fail(`the pattern ${pattern}`);
}

function fail(what) {
  throw new Error(`there is no sample of ${what}`);
}

function numberOf({ type, minimum, maximum, exclusiveMinimum }, most) {
  const lowest = minimum === undefined ? -1 : minimum + (exclusiveMinimum ? 1 : 0);
  if (!most) return lowest;
  // JSON has an exponent for what is next to nothing.
  return maximum ?? Math.max(lowest, 0) + (type === "integer" ? 1_790_000_000_000 : 1.25e-7);
}

/** As little as possible. */
export function minimal(schema) {
  if (schema.nullable) return null;
  if (schema.oneOf) return minimal(schema.oneOf[0]);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(requiredOf(schema).map((name) => [name, minimal(schema.properties[name])]));
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => minimal(schema.items));
    default:
      return plainOf(schema, false);
  }
}

const requiredOf = ({ properties = {}, required = [] }) => required.filter((name) => name in properties);

/** As much as possible. `pick` chooses among members and choices; without it, the last. */
export function maximal(schema, pick = -1) {
  const chosen = (list) => list.at(pick % list.length);
  if (schema.oneOf) return maximal(chosen(schema.oneOf), pick);
  if (schema.enum) return chosen(schema.enum);
  switch (schema.type) {
    case "object": {
      const value = mapOf(schema);
      if (value) return { plain: maximal(value, pick), "odd key": maximal(value, pick) };
      return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, maximal(inner, pick)]));
    }
    case "array":
      return Array.from({ length: Math.min(schema.maxItems ?? 2, 2) }, () => maximal(schema.items, pick));
    default:
      return plainOf(schema, true);
  }
}

function plainOf(schema, most) {
  switch (schema.type) {
    case undefined:
      return most ? { any: [1, "b", null, { deep: [] }] } : null;
    case "boolean":
      return most;
    case "string":
      return textOf(schema, most);
    case "integer":
    case "number":
      return numberOf(schema, most);
    default:
      return fail(`the type ${schema.type}`);
  }
}

/** How many samples it takes to have each member of each union, and each value of each enum, once. */
export function picks(schema) {
  const inner = [
    schema.items,
    schema.additionalProperties,
    ...Object.values(schema.properties ?? {}),
    ...(schema.oneOf ?? []),
  ];
  const counts = inner.filter((one) => Object(one) === one).map(picks);
  return Math.max(1, schema.oneOf?.length ?? 0, schema.enum?.length ?? 0, ...counts);
}

/** A value of a kind that a schema does not take. */
function mistyped(schema) {
  const kinds = (one) => (one.oneOf ? one.oneOf.flatMap(kinds) : [one.type === "integer" ? "number" : one.type]);
  const taken = kinds(schema);
  return [7, "7", true, ["7"], { seven: 7 }].find((value) => !taken.includes(kindOf(value)));
}

/** Values in which one thing is wrong, below the outermost kind: `[what, value]`. */
export function* mutations(schema, pick = -1) {
  if (schema.oneOf) {
    for (const member of schema.oneOf) yield* mutations(member, pick);
    const tag = tagOf(schema)?.tag;
    if (tag) yield ["an unknown member", { ...maximal(schema, pick), [tag]: "a member of tomorrow" }];
    return;
  }
  const whole = maximal(schema, pick);
  if (schema.type === "array") yield* inList(schema, whole, pick);
  if (schema.type === "object") yield* inObject(schema, whole, pick);
  if (schema.type === "string" && schema.enum) yield ["an unknown value", "A_VALUE_OF_TOMORROW"];
  if (schema.type === "integer") yield ["a fraction", whole - 0.5];
}

function* inList({ items }, whole, pick) {
  const at = whole.length - 1;
  for (const [what, item] of wrongAt(items, pick)) yield [what, whole.with(at, item)];
}

function* inObject(schema, whole, pick) {
  const value = mapOf(schema);
  if (value) {
    for (const [what, inner] of wrongAt(value, pick)) yield [what, { ...whole, "odd key": inner }];
    return;
  }
  for (const [name, inner] of Object.entries(schema.properties)) {
    const { [name]: _, ...rest } = whole;
    yield ["a missing field", rest];
    for (const [what, wrong] of wrongAt(inner, pick)) yield [what, { ...whole, [name]: wrong }];
  }
  yield ["an unknown field", { ...whole, unheard_of: { deep: [null] } }];
  yield ["an unknown field", { "un heard": null, ...whole }];
}

function* wrongAt(schema, pick) {
  yield ["null", null];
  if (schema.type || schema.oneOf) yield ["another type", mistyped(schema)];
  yield* mutations(schema, pick);
}

/** The smallest body that is sent: a form of files has one, though the description does not ask for it. */
export function smallestBody({ kind, schema }) {
  const body = structuredClone(minimal(schema));
  if (kind !== "parts") return body;
  const path = "index.ts";
  return { ...body, metadata: { ...body.metadata, entrypoint_path: path }, file: [{ path, content: "" }] };
}
