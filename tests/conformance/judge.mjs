// What design 3 says of a value and its schema, in a plain way: where it deviates, and whether that counts.

export const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** An object with free keys: the schema of its values. */
export const mapOf = ({ properties, additionalProperties }) =>
  properties === undefined || (Object.keys(properties).length === 0 && additionalProperties !== false)
    ? Object(additionalProperties)
    : undefined;

/** The field that tells the members of a union apart, and the member for each of its values. */
export function tagOf({ oneOf, discriminator }) {
  if (!oneOf?.every(({ type }) => type === "object")) return undefined;
  const names = discriminator ? [discriminator.propertyName] : Object.keys(oneOf[0].properties);
  for (const tag of names) {
    const values = oneOf.map(({ properties }) => properties[tag]?.enum ?? []);
    const all = values.flat();
    const single = discriminator || values.every((list) => list.length === 1);
    if (single && values.every((list) => list.length > 0) && new Set(all).size === all.length)
      return { tag, members: new Map(oneOf.flatMap((member, at) => values[at].map((value) => [value, member]))) };
  }
  return undefined;
}

/** A key behind a path. */
function step(path, key) {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
}

/**
 * @param request whether it is a request, where everything counts
 * @returns `{ path, counts }` in the order of the value, what is missing behind what is there
 */
export function deviations(schema, value, path = "", request = false) {
  const here = (counts) => [{ path, counts: counts || request }];
  const kind = kindOf(value);
  const inner = (one, item, key) => deviations(one, item, step(path, key), request);
  if (schema.oneOf) return union(schema, value, path, request);
  if (!schema.type) return [];
  if (kind !== (schema.type === "integer" ? "number" : schema.type)) return here(true);
  if (schema.enum) return schema.enum.includes(value) ? [] : here(false);
  if (schema.type === "integer" && !Number.isInteger(value)) return here(true);
  if (kind === "array") return value.flatMap((item, at) => inner(schema.items, item, at));
  if (kind !== "object") return [];
  const free = mapOf(schema);
  if (!free) return object(schema, value, path, request);
  // Null in a map is null in a field that may be left out.
  return Object.entries(value).flatMap(([key, item]) =>
    item === null && (free.type || free.oneOf) ? [{ path: step(path, key), counts: request }] : inner(free, item, key),
  );
}

function union(schema, value, path, request) {
  const apart = tagOf(schema);
  if (apart && kindOf(value) !== "object") return [{ path, counts: true }];
  const found = schema.oneOf.map((member) => ({ member, all: deviations(member, value, path, request) }));
  const best = found.find(({ all }) => all.length === 0) ?? found.find(({ all }) => all.every((one) => !one.counts));
  const member = apart ? apart.members.get(value[apart.tag]) : best?.member;
  return member ? deviations(member, value, path, request) : [{ path, counts: request }];
}

function object({ properties, required = [], additionalProperties }, value, path, request) {
  const found = Object.entries(value).flatMap(([key, item]) => {
    const at = step(path, key);
    const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!schema) return additionalProperties ? [] : [{ path: at, counts: request }];
    if (item !== null || !(schema.type || schema.oneOf)) return deviations(schema, item, at, request);
    return schema.nullable ? [] : [{ path: at, counts: request || required.includes(key) }];
  });
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  return [...found, ...missing.map((name) => ({ path: step(path, name), counts: true }))];
}
