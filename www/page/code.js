// Calls as one writes them in JavaScript.

/** Fields whose values are nobody's business, or too long for a line. A test holds them against the secrets of the table. */
const hidden =
  /^(accessToken|assertion|body|code|code_verifier|config|custom_headers|db_pass|dsn|headers|value|password|private_.*|saml_private_key|sms_test_otp|.*_(key|pass|secret|secrets|token)|secrets|token)$/;

/** A value as one writes it in JavaScript. */
function literal(value, key) {
  if (value instanceof Uint8Array || value instanceof Blob) return "bytes";
  if (value instanceof AbortSignal) return "signal";
  if (typeof value === "function") return `${key ?? "callback"}`;
  if (key !== undefined && hidden.test(key) && typeof value === "string") return '"…"';
  // Of a list or a map with such a name all is hidden.
  const within = key !== undefined && hidden.test(key) ? key : undefined;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, within)).join(", ")}]`;
  if (Object(value) !== value) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (fields.length === 0) return "{}";
  return `{ ${fields.map(([name, item]) => fieldOf(name, literal(item, within ?? name))).join(", ")} }`;
}

/** A field of an object: of a variable that is called like the field, the name alone. */
const fieldOf = (name, value) => (name === value ? name : `${nameOf(name)}: ${value}`);

const nameOf = (name) => (/^[\w$]+$/.test(name) ? name : JSON.stringify(name));

/** Whether the value of a field or of a path with this name is a secret, which nothing may show. */
export const isSecretName = (name) => hidden.test(name);

/**
 * The line of code that makes a call: `await client.functions.get("hqvk…", "hello")`.
 * @param route path of the endpoint, whose names tell which of the arguments are secrets
 */
export function codeOf(id, args, route = "") {
  const names = Array.from(route.matchAll(/\{(\w+)\}/g), ([, name]) => name);
  return `await client.${id}(${args.map((value, at) => literal(value, names[at])).join(", ")})`;
}

/** The line that makes a client. */
export const clientCode = (options) => `const client = new SupabaseManagement(${options})`;

/** The method of an id: of `v2.branches.create` it is `client.v2.branches.create`. */
export const methodOf = (client, id) => id.split(".").reduce((holder, name) => holder[name], client);
