// Values as they may be shown: secrets are left out of everything that is copied or compared.
import { isBytes, typeIndexOf, Unfinished } from "./value.js";

/** What stands in the place of a secret. */
export const mask = "…";

/** A value in which every text of a secret field is hidden. */
export function masked(type, value) {
  if (value instanceof Unfinished || isBytes(value) || Object(value) !== value) return value;
  switch (type?.type) {
    case "object":
      return maskedFields(type.fields, value);
    case "tagged":
      return maskedFields(type.members.find((one) => one.value === value[type.tag])?.type.fields ?? [], value);
    case "array":
      return Array.isArray(value) ? value.map((item) => masked(type.item, item)) : value;
    case "map":
      return mapValues(value, (inner) => masked(type.value, inner));
    case "union":
      return masked(type.types[typeIndexOf(type, value)], value);
    default:
      return value;
  }
}

const mapValues = (value, change) =>
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, name)]));

const maskedFields = (fields, value) =>
  mapValues(value, (inner, name) => {
    const field = fields.find((one) => one.name === name);
    return field?.secret ? hidden(inner) : masked(field?.type, inner);
  });

/** A value all of whose texts are hidden: a secret may be a list or a map of them. */
function hidden(value) {
  if (typeof value === "string") return mask;
  if (Array.isArray(value)) return value.map(hidden);
  return Object(value) === value && !isBytes(value) ? mapValues(value, hidden) : value;
}
