// What somebody has changed: the fields that differ, and the body that sends them.
import { pathOf } from "./path.js";
import { isBytes } from "./value.js";

const isObject = (value) => Object(value) === value && !Array.isArray(value) && !isBytes(value);

/** Whether two values are the same JSON. An absent field is no `null`. */
export function equal(one, other) {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => equal(item, other[at]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every(
    (name) => Object.hasOwn(one, name) === Object.hasOwn(other, name) && equal(one[name], other[name]),
  );
}

/**
 * The innermost fields that differ: `{ path, before, after, secret }`, where `before` or `after` is undefined for a field that
 * is absent. Lists are compared as a whole.
 * @param type the object type, which tells secrets
 */
export function differences(type, before, after, steps = []) {
  const fields = new Map((fieldsOf(type, after) ?? []).map((field) => [field.name, field]));
  const names = new Set([...fields.keys(), ...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((name) => {
    const [old, next] = [before?.[name], after?.[name]];
    if (equal(old, next)) return [];
    const { secret = false, type: inner } = fields.get(name) ?? {};
    const path = [...steps, name];
    if (!secret && isObject(old) && isObject(next)) return differences(inner, old, next, path);
    return [{ path: pathOf(path), before: old, after: next, secret }];
  });
}

const fieldsOf = (type, value) =>
  type?.type === "tagged"
    ? type.members.find((member) => member.value === value?.[type.tag])?.type.fields
    : type?.fields;

/** Whether a write sets everything, and forgets what it is not sent. A PATCH alone leaves it as it is. */
export const replaces = ({ verb }) => verb !== "PATCH";

/** The body that makes the changes: the fields at its top that have changed, and those that are required. */
export function changesOf(operation, type, before, after) {
  if (replaces(operation)) return after;
  const required = new Set(type.fields.filter((field) => field.required).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => required.has(name) || !equal(before?.[name], value)),
  );
}
