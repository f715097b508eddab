// Options, and the other arguments that only JavaScript can look at: their kinds, and what JSON would lose of them.
import { inputError } from "./errors.js";

const url = /^(https?:\/\/(?=[^/:])|\/(?!\/))[^?#@\\\s]*$/;

/** What an option must be: in words, and as a test. */
const rules = {
  accessToken: ["string or function", (_, kind) => kind === "string" || kind === "function"],
  baseUrl: [
    "an http or https URL, or a path that begins with /, without credentials, query and fragment",
    (it) => url.test(it),
  ],
  fetch: ["function", (_, kind) => kind === "function"],
  headers: ["object", (_, kind) => kind === "object" || kind === "array"],
  timeoutMs: [
    "a whole number of milliseconds, 1 to 2147483647",
    (it) => Number.isInteger(it) && it > 0 && it < 2 ** 31,
  ],
  validation: [`one of "lenient", "strict"`, (it) => it === "lenient" || it === "strict"],
  onDeviation: ["function", (_, kind) => kind === "function"],
};
const callRules = { ...rules, signal: ["AbortSignal", (it) => typeof it?.addEventListener === "function"] };

/** Checks the options of a client, or of a call, and lays them over those that hold already. */
export function settle(base, given, row, ofCall, nearest) {
  const refuse = (path, expected, received) => {
    throw inputError(row, path, expected, received);
  };
  if (kindOf(given) !== "object") refuse("options", "object", kindOf(given));
  const settings = { ...base };
  const allowed = ofCall ? callRules : rules;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const path = `options.${name}`;
    if (!Object.hasOwn(allowed, name)) {
      const near = nearest(name, Object.keys(allowed).join(" "));
      const hint = row.query?.includes(name)
        ? "it belongs into the query, one argument before"
        : near && `did you mean ${near}?`;
      refuse(path, `no such option${hint ? `, ${hint}` : ""}`, "an unknown option");
    }
    const [expected, fits] = allowed[name];
    const kind = kindOf(value);
    if (!fits(value, kind))
      refuse(path, expected, /string|number/.test(kind) && !expected.includes(kind) ? `another ${kind}` : kind);
    settings[name] = value;
    if (name === "accessToken" && kind === "string") settings.accessToken = token(value, refuse, path);
    if (name === "baseUrl") settings.baseUrl = value.replace(/\/+$/, "");
    if (name === "headers") settings.headers = { ...base.headers, ...headers(value, refuse) };
  }
  return settings;
}

function token(text, refuse, path) {
  const trimmed = text.trim();
  if (!/^[!-~]+$/.test(trimmed)) {
    const received = trimmed ? "one with other characters" : "an empty string";
    refuse(path, "a token of visible ASCII characters without white space", received);
  }
  return trimmed;
}

/** `Headers`, pairs or an object, as an object with names in lower case. */
function headers(given, refuse) {
  const pairs = typeof given[Symbol.iterator] === "function" ? [...given] : Object.entries(given);
  const all = {};
  for (const [name, value] of pairs) {
    const path = `options.headers[${JSON.stringify(`${name}`)}]`;
    if (value === undefined) continue;
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) refuse(path, "the name of an HTTP header", "another string");
    if (typeof value !== "string") refuse(path, "string", kindOf(value));
    if (!/^[\t -~\x80-\xff]*$/.test(value))
      refuse(path, "the value of an HTTP header", "a string with other characters");
    all[name.toLowerCase()] = value;
  }
  return all;
}

export function kindOf(value) {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
  return Array.isArray(value) ? "array" : typeof value;
}

export const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** JSON of the path values. One that is no string has something of its kind in its place: nothing of it may be lost. */
export const paths = (values) =>
  JSON.stringify(
    values.map((value) => {
      const kind = kindOf(value);
      if (kind === "string" || kind === "boolean") return value;
      return { number: 0, bigint: 0, array: [], object: {} }[kind] ?? null;
    }),
  );

/**
 * JSON of a value, or "" of undefined. What `JSON.stringify` would lose without a word (NaN, functions, undefined in
 * arrays, what is in a Map) is an InputError instead.
 */
export function stringify(value, root, row) {
  const trail = [];
  const refuse = (received) => {
    const path = trail.slice(1).reduce((text, [key, holder]) => text + step(key, holder, text), root);
    return inputError(row, path, "JSON", received);
  };
  const replace = function (key, item) {
    while (trail.length > 1 && trail.at(-1)[2] !== this) trail.pop();
    if (tag(item) === "Number") item = +item;
    trail.push([key, this, item]);
    const kind = kindOf(item);
    const lost = /^(NaN|-?Infinity|bigint|function|symbol)$/.test(kind) || (item === undefined && Array.isArray(this));
    if (lost || /^(Map|Set|BigInt)$/.test(tag(item))) throw refuse(kind === "object" ? tag(item) : kind);
    return item;
  };
  try {
    return JSON.stringify(value, replace) ?? "";
  } catch (error) {
    if (error?.name === "InputError") throw error;
    // A cycle, a depth that is out of reach, a getter or toJSON that throws.
    throw Object.defineProperty(refuse("what has no JSON"), "cause", {
      value: error,
      configurable: true,
      writable: true,
    });
  }
}

/** A key behind a path: `a.b`, `[0]`, `a["odd key"]`. */
function step(key, holder, path) {
  if (Array.isArray(holder)) return `[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path ? `.${key}` : key;
}

const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt().toString(16)}`);

/** What goes to `fetch` of the arguments: verb, path and query. The wasm checks whether they are right. */
export function target(row, values, query) {
  let at = 0;
  const path = row.full ?? row.route.replace(/\{\w+\}/g, () => encode(`${values[at++]}`));
  const pairs = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    if (Object.hasOwn(callRules, name) && row.query && !row.query.includes(name)) {
      throw inputError(
        row,
        `query.${name}`,
        "no such field, it belongs into the options, one argument further",
        "an unknown field",
      );
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) pairs.push(`${encode(name)}=${encode(item)}`);
    }
  }
  return pairs.length ? `${path}${path.includes("?") ? "&" : "?"}${pairs.join("&")}` : path;
}

/** Checks verb, path and query of a request without a row. */
export function checkRequest(row, method, path, query) {
  const rules = { method: [/^(GET|POST|PUT|PATCH|DELETE|HEAD)$/i, "GET, POST, PUT, PATCH, DELETE or HEAD"] };
  // URL parsers drop control characters, read `\` as `/` and `%2e` as a dot: each could lead to another endpoint.
  rules.path = [
    /^(?!.*([\\#{}]|\/(\.|%2e){1,2}([/?]|$)))\/[!-~]*$/i,
    "a path that begins with /, percent-encoded, without dot segments",
  ];
  for (const [name, value] of Object.entries({ method, path })) {
    const [pattern, expected] = rules[name];
    if (typeof value !== "string")
      throw inputError(row, name, "string", value === undefined ? "nothing" : kindOf(value));
    if (!pattern.test(value)) throw inputError(row, name, expected, "another string");
  }
  if (query !== undefined && kindOf(query) !== "object") throw inputError(row, "query", "object", kindOf(query));
  for (const [name, value] of Object.entries(query ?? {})) {
    const wrong = [value].flat().find((item) => !/^(string|number|boolean|undefined)$/.test(kindOf(item)));
    if (wrong !== undefined) {
      throw inputError(
        row,
        `query${step(name, query, "query")}`,
        "string, number, boolean or an array of them",
        kindOf(wrong),
      );
    }
  }
}

/** A variable of the environment, where the runtime has one and lets us see it without asking the user. */
export function environment(name) {
  const { Deno, process } = globalThis;
  try {
    if (!Deno) return process?.env?.[name] || undefined;
    return (
      (Deno.permissions.querySync({ name: "env", variable: name }).state === "granted" && Deno.env.get(name)) ||
      undefined
    );
  } catch {
    return undefined;
  }
}
