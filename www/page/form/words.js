// The texts beside a control.

/** What a type is, for people: `string`, `list of string`. */
export function typeInWords(type) {
  switch (type.type) {
    case "array":
      return `list of ${typeInWords(type.item)}`;
    case "map":
      return `names with ${typeInWords(type.value)} each`;
    case "union":
      return type.types.map(typeInWords).join(" or ");
    case "tagged":
      return `one of ${type.members.length} kinds`;
    case "any":
      return "any JSON";
    case "string":
      return type.enum ? "one of a list" : (type.format ?? "string");
    default:
      return type.type;
  }
}

const between = (least, most, unit) => {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most === undefined ? undefined : `at most ${most}${unit}`;
};

/** The limits of a type in a few words; empty where there are none. */
export function limitsInWords(type) {
  return [
    between(type.minimum, type.maximum, ""),
    between(type.minLength, type.maxLength, " characters"),
    between(type.minItems, type.maxItems, " items"),
    type.pattern && `must match ${type.pattern}`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** The documentation of a field, without the limits that are shown beside it and the marks of Markdown. */
export const aboutInWords = (about = "") =>
  about
    .replace(/\s*Limits: .*$/s, "")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/\{@link ([^}]*)\}/g, "$1")
    .trim();
