// Values for examples, in the reference and in the explorer of the page: the smallest value of a type that a request may
// hold, in words that people would write. The types are those of the catalog, which are the types that the client checks.

/** What a text looks like, by the name of its field. */
const texts = {
  addon_variant: "ci_small",
  aws_account_id: "210987654321",
  branch_name: "feature-login",
  cidr: "203.0.113.0/24",
  client_id: "11111111-2222-4333-8444-555555555555",
  client_secret: "sba_0123456789abcdef",
  custom_hostname: "shop.example.com",
  db_pass: "correct horse battery staple",
  email: "jane@example.com",
  entrypoint_path: "index.ts",
  migration_version: "20260301141500",
  name: "hello",
  oidc_issuer_url: "https://issuer.example.com",
  organization_slug: "tidewater-labs",
  password: "correct horse battery staple",
  project_ref: "hqvkzumdtlrwaxbeogcy",
  query: "select id, customer from orders limit 10",
  redirect_uri: "https://app.example/callback",
  ref: "hqvkzumdtlrwaxbeogcy",
  rhost: "203.0.113.7",
  role: "postgres",
  signing_secret: "correct horse battery staple",
  site_url: "https://shop.example.com",
  slug: "hello",
  sql: "select event_message from edge_logs limit 10",
  text: "# Orders of this week",
  url: "https://hooks.example.com",
  user_id: "7d2e2c1a-94b6-4f0e-8a35-c6f1b90d3e27",
  value: "https://example.com",
  vanity_subdomain: "tidewater",
};

const formats = {
  "date-time": "2026-09-23T08:00:00Z",
  email: "jane@example.com",
  uri: "https://example.com",
  uuid: "5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8",
};

/** Names of fields that hold the same kind of text, whatever else they are called. */
const kinds = [
  [/cidr/i, "203.0.113.0/24"],
  [/ipv4/, "203.0.113.7"],
  [/^path$/, "index.ts"],
  [/^schedule_for$/, "03:00:00"],
  [/url|uri/, "https://example.com"],
];

/** Texts for the patterns that say more than a word of letters does. */
const shapes = ["hello", "1", "8s", "20260301141500", "4915112345678=123456", "hqvkzumdtlrwaxbeogcy"];

function text({ format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }, name) {
  const fits = (sample) =>
    sample.length >= minLength && sample.length <= maxLength && (!pattern || new RegExp(pattern).test(sample));
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
  const long = "hello".padEnd(minLength, "0");
  const sample = [texts[name], formats[format], kind, ...shapes, long].find((one) => one !== undefined && fits(one));
  if (sample === undefined)
    throw new Error(`no sample fits ${name}: ${JSON.stringify({ format, pattern, minLength })}`);
  return sample;
}

/** The smallest value of a type: what must be given, and one item where a list would be empty. */
export function sampleOf(type, name = "") {
  if (type.const !== undefined) return type.const;
  if (type.enum) return type.enum[0];
  switch (type.type) {
    case "object":
      return Object.fromEntries(
        type.fields.filter(({ required }) => required).map((field) => [field.name, sampleOf(field.type, field.name)]),
      );
    case "array":
      return Array.from({ length: Math.max(1, type.minItems ?? 0) }, () => sampleOf(type.item, name));
    case "map":
      return {};
    case "tagged": {
      const [{ value, type: member }] = type.members;
      return { ...sampleOf(member, name), [type.tag]: value };
    }
    case "union":
      return sampleOf(type.types[0], name);
    case "string":
      return text(type, name);
    case "integer":
    case "number":
      return Math.max(0, type.minimum ?? 0);
    case "boolean":
      return true;
    default:
      return {};
  }
}

/** Sets what an example says besides, at any depth; `undefined` takes a field out. */
export function changed(sample, change) {
  if (Array.isArray(change) || typeof change !== "object" || change === null || "$from" in change || "$bytes" in change)
    return change;
  const result = { ...(typeof sample === "object" ? sample : undefined) };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete result[name];
    else result[name] = changed(result[name], value);
  }
  return result;
}
