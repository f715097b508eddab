// Values of forms: what a control begins with, what it still lacks, and which member of a union a value is.
//
// A form holds the very value that becomes the argument of the call: an absent field is absent, `null` is `null`. Only what
// cannot be a value yet, such as the text "1e" in the place of a number, stands in it as `Unfinished`.

/** Text that is no value of the type yet. */
export class Unfinished {
  /** @param problem what is wrong with it, in words */
  constructor(text, problem) {
    this.text = text;
    this.problem = problem;
  }
}

/** The value that a control has at first: the smallest one of its type, with the fields that are required. */
export function emptyOf(type) {
  switch (type.type) {
    case "boolean":
      return type.const ?? false;
    case "string":
      return type.enum?.[0] ?? "";
    case "integer":
    case "number":
      return Math.max(0, type.minimum ?? 0);
    case "object":
      return Object.fromEntries(
        type.fields.filter(({ required }) => required).map((field) => [field.name, emptyOf(field.type)]),
      );
    case "array":
      return Array.from({ length: type.minItems ?? 0 }, () => emptyOf(type.item));
    case "tagged":
      return emptyOfMember(type, type.members[0]);
    case "union":
      return emptyOf(type.types[0]);
    default:
      return {};
  }
}

/** The smallest value of a member of a tagged union, with its tag. */
export const emptyOfMember = ({ tag }, { value, type }) => ({ ...emptyOf(type), [tag]: value });

/** The kind of a value, in the words of the types of the table. */
function kindOf(value) {
  if (Array.isArray(value)) return "array";
  return Object(value) === value ? "object" : typeof value;
}

/** Which kinds of values a type has. */
const kinds = { integer: "number", map: "object", tagged: "object" };

/** Whether a value has the kind of a type. It may still break its limits. */
export const fits = (type, value) => {
  if (type.type === "any") return true;
  if (type.type === "union") return type.types.some((one) => fits(one, value));
  return (kinds[type.type] ?? type.type) === kindOf(value);
};

/** Which type of a union a value has: its index, 0 where it has none of them. */
export const typeIndexOf = ({ types }, value) =>
  Math.max(
    0,
    types.findIndex((one) => fits(one, value)),
  );

/** The text of a number field as a value. */
export function numberOf(text, type) {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) return new Unfinished(text, "This is no number.");
  if (type.type === "integer" && !Number.isInteger(value)) return new Unfinished(text, "This is no whole number.");
  return value;
}

/** Text as JSON. */
export function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return new Unfinished(text, `This is no JSON: ${error.message}.`);
  }
}

/** The value of a field as text. */
export const textOf = (value) => (value instanceof Unfinished ? value.text : String(value ?? ""));

/** Whether it is bytes or a file, which no form looks into. */
export const isBytes = (value) => value instanceof Blob || value instanceof Uint8Array;

/** The first place of a value that is unfinished, as `{ path, problem }`. */
export function unfinishedIn(value, path = []) {
  if (value instanceof Unfinished) return { path, problem: value.problem };
  if (Object(value) !== value || isBytes(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = unfinishedIn(inner, [...path, Array.isArray(value) ? Number(name) : name]);
    if (found) return found;
  }
  return undefined;
}

/** A copy of an object without one of its fields. */
export function without(value, name) {
  const { [name]: _, ...rest } = value;
  return rest;
}

/** A copy of an object in which a field has another value, and all fields stand in the order of the type. */
export function withField({ fields }, value, name, next) {
  const changed = { ...value, [name]: next };
  const known = fields.map((field) => field.name).filter((one) => Object.hasOwn(changed, one));
  const others = Object.keys(changed).filter((one) => !known.includes(one));
  return Object.fromEntries([...known, ...others].map((one) => [one, changed[one]]));
}
