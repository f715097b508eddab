// Values that the client accepts, for somebody who wants to see a call before they fill in a form.

/** A text for each pattern of the table that says more than a word of letters does. */
const byPattern = {
  "^[a-z]+$": "abcdefghijklmnopqrst",
  "^\\d+$": "20260101000000",
  "^(-?[0-9]+(?:\\.[0-9]+)?)(us|ms|s|min|h|d)?$": "30s",
  "^([1-9][0-9]?|100)$": "10",
  "^([0-9]{1,15}=[0-9]+,?)*$": "4915112345678=123456",
};

const byFormat = {
  uuid: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
  uri: "https://example.com/",
  email: "jane@example.com",
  "date-time": "2026-11-01T00:00:00Z",
};

/** What fields are called whose values have a shape that the table does not tell. */
const byName = [
  [/cidr/i, "203.0.113.0/24"],
  [/ipv4/, "203.0.113.7"],
  [/entrypoint_path|^path$/, "index.ts"],
  [/^query$|^sql$/, "select 1"],
  [/^schedule_for$/, "03:00:00"],
  [/url|uri/, "https://example.com/"],
];

function textOf(type, name) {
  if (type.enum) return type.enum[0];
  const text = byFormat[type.format] ?? byPattern[type.pattern] ?? byName.find(([pattern]) => pattern.test(name))?.[1];
  const word = text ?? (name.toLowerCase().replace(/[^a-z]/g, "") || "example");
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = type;
  return word.length >= minLength ? word.slice(0, maxLength) : word.padEnd(minLength, "0");
}

/** A value of a type that the client accepts, with the fields that are required. `name` is that of the field it is for. */
export function sampleOf(type, name = "") {
  switch (type.type) {
    case "string":
      return textOf(type, name);
    case "boolean":
      return type.const ?? true;
    case "integer":
    case "number":
      return type.minimum > 1 ? type.minimum : Math.min(1, type.maximum ?? 1);
    case "object":
      return Object.fromEntries(
        type.fields.filter(({ required }) => required).map((field) => [field.name, sampleOf(field.type, field.name)]),
      );
    case "array":
      return Array.from({ length: Math.max(1, type.minItems ?? 1) }, () => sampleOf(type.item, name));
    case "map":
      return { example: sampleOf(type.value, name) };
    case "tagged": {
      const [{ value, type: member }] = type.members;
      return { ...sampleOf(member), [type.tag]: value };
    }
    case "union":
      return sampleOf(type.types[0], name);
    default:
      return {};
  }
}
