// Options, and the other arguments that only JavaScript can look at: their kinds, and what JSON would lose of them.
import { inputError, nearest, optionNames } from "./errors.js";

const url = /^(https?:\/\/(?=[^/:])|\/(?!\/))[^?#@\\\s]*$/;

/** An address to which a token would travel in the clear, to another machine than this one. */
const insecure = /^http:\/\/(?!(127(\.\d+)*|\[::1\]|([^/:]+\.)?localhost)(:|\/|$))/i;

const whole = (what, least, most) => [
  ["number"],
  `a whole number${what}, ${least} to ${most}`,
  (it) => Number.isInteger(it) && it >= least && it <= most,
];
const milliseconds = whole(" of milliseconds", 1, 2 ** 31 - 1);
const oneOf = (one, other) => [["string"], `one of "${one}", "${other}"`, (it) => it === one || it === other];

/** What an option must be: kinds, what it must be in words where that is more, and as a test. */
const rules = {
  accessToken: [["string", "function"]],
  baseUrl: [
    ["string"],
    "an http or https URL, or a path that begins with /, without credentials, query and fragment",
    (it) => url.test(it),
  ],
  fetch: [["function"]],
  headers: [["object", "array"], "object"],
  timeoutMs: milliseconds,
  deadlineMs: milliseconds,
  maxRetries: whole("", 0, 100),
  rateLimit: oneOf("wait", "error"),
  dedupe: [["boolean"]],
  allowInsecure: [["boolean"]],
  validation: oneOf("lenient", "strict"),
  onDeviation: [["function"]],
  onRequest: [["function"]],
  onResponse: [["function"]],
  onRetry: [["function"]],
};
const clientRules = { ...rules, maxConcurrent: whole("", 1, 10_000) };
const callRules = { ...rules, signal: [["object"], "AbortSignal", (it) => typeof it.addEventListener === "function"] };
const keyedRules = {
  ...callRules,
  idempotencyKey: [["string"], "visible ASCII characters", (it) => /^[!-~]+$/.test(it)],
};
const waitRules = { ...callRules, pollMs: milliseconds };

/** Checks the options of a client, or of a call, and lays them over those that hold already. */
export function settle(base, given, row, ofCall) {
  const refuse = (path, expected, received) => {
    throw inputError(row, path, expected, received);
  };
  if (kindOf(given) !== "object") refuse("options", "object", kindOf(given));
  const settings = { ...base };
  const allowed = row.keyed ? keyedRules : row.waits ? waitRules : ofCall ? callRules : clientRules;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const path = `options.${name}`;
    if (!Object.hasOwn(allowed, name)) {
      const names = [...Object.keys(allowed), ...(row.body === free ? ["query", "body"] : (row.query ?? []))];
      const hint = row.query?.includes(name)
        ? "it belongs into the query, one argument before"
        : nearest(name, names) || `there are ${names.join(", ")}`;
      refuse(path, `a known option (${hint})`, "an unknown option");
    }
    const kind = kindOf(value);
    const [accepted, expected = accepted.join(" or "), fits = () => true] = allowed[name];
    if (!accepted.includes(kind)) refuse(path, expected, kind);
    if (!fits(value)) refuse(path, expected, kind === "object" ? kind : `another ${kind}`);
    settings[name] = value;
    if (name === "accessToken" && kind === "string") settings.accessToken = token(value, refuse, path);
    if (name === "baseUrl") settings.baseUrl = value.replace(/\/+$/, "");
    if (name === "headers") settings.headers = { ...base.headers, ...headers(value, refuse) };
  }
  const { idempotencyKey } = settings;
  if (idempotencyKey) settings.headers = { ...settings.headers, "idempotency-key": idempotencyKey };
  if (insecure.test(settings.baseUrl) && !settings.allowInsecure) {
    const expected = "https, as the token would travel in the clear (allowInsecure takes it all the same)";
    refuse("options.baseUrl", expected, "http");
  }
  // Made once, as most calls have the options of their client.
  const { validation, onDeviation, rateLimit, onRequest, onResponse, onRetry } = settings;
  const told = onRequest || onResponse || onRetry;
  const key = settings.headers?.["idempotency-key"];
  settings.flags = [validation === "strict", onDeviation, rateLimit === "error", told, key].reduce(
    (flags, flag, at) => flags | (!!flag << at),
    0,
  );
  settings.hidden = secretsOf(settings);
  return settings;
}

/** A token without white space around it. What is no string is no token either: an empty one says so. */
export function token(text, refuse, path) {
  const trimmed = typeof text === "string" ? text.trim() : "";
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
  for (const pair of pairs) {
    if (!Array.isArray(pair) || typeof pair[0] !== "string")
      refuse("options.headers", "pairs of strings", kindOf(pair));
    const [name, value] = pair;
    const path = `options.headers[${JSON.stringify(name)}]`;
    if (value === undefined) continue;
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) refuse(path, "the name of an HTTP header", "another string");
    if (typeof value !== "string") refuse(path, "string", kindOf(value));
    if (!/^[\t -~\x80-\xff]*$/.test(value)) {
      refuse(path, "the value of an HTTP header", "a string with other characters");
    }
    all[name.toLowerCase()] = value;
  }
  return all;
}

/** What must not be shown of the options, as it reads and as it is written: a proxy has secrets of its own. */
function secretsOf({ accessToken, headers }) {
  const hidden = Object.entries(headers ?? {}).filter(([name]) => /auth|key|token|secret|cookie/.test(name));
  // And what of it others may have without its scheme or name: `Bearer …`, `session=…`.
  const parts = hidden.flatMap(([, value]) => value.split(/[\s;,=]+/).filter((part) => part.length > 7));
  const all = [...hidden.map(([, value]) => value), ...parts, typeof accessToken === "string" ? accessToken : ""];
  return all.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
}

export function kindOf(value) {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
  return Array.isArray(value) ? "array" : typeof value;
}

/** Kinds of body: of a request without a row, of others the table tells it; and of one that is a form. */
export const [free, form] = [3, 4];

/** What an object is, by the word that the language has for it. */
export function tag(value) {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return "Proxy";
  }
}

/** JSON of the path values. One that is no string has something of its kind in its place: nothing of it may be lost. */
export const paths = (values) =>
  JSON.stringify(
    // One that is missing is missing, not null.
    values.slice(0, values.findLastIndex((value) => value !== undefined) + 1).map((value) => {
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
  if (value === undefined) return "";
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
    // Of an object that is neither plain nor has a toJSON, a promise or a Map, JSON shows nothing.
    const plain = kind !== "object" || /^(Object|String|Number|Boolean)$/.test(tag(item));
    const lost = /^(NaN|-?Infinity|bigint|function|symbol)$/.test(kind) || (item === undefined && Array.isArray(this));
    if (lost || !plain) throw refuse(kind === "object" ? tag(item) : kind);
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

/** Tells where an option belongs that was put into the query. */
export function checkNames(row, query) {
  const name = row.query && optionNames.find((it) => Object.hasOwn(Object(query), it) && !row.query.includes(it));
  if (!name) return;
  const expected = "a known field (it belongs into the options, one argument further)";
  throw inputError(row, `query.${name}`, expected, "an unknown field");
}

/** Percent-encodes a part of an address. */
function fit(row, path, text) {
  try {
    return encodeURIComponent(text).replace(/[!'()*]/g, (it) => `%${it.charCodeAt().toString(16).toUpperCase()}`);
  } catch {
    // Half a letter has no UTF-8.
    throw inputError(row, path, "text that is well-formed", "a lone surrogate");
  }
}

/** The fields of a query or of a form, as addresses have them. An array repeats its name. */
export function pairsOf(row, root, object) {
  const pairs = [];
  for (const [name, value] of Object.entries(Object(object))) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (/^(string|number|boolean)$/.test(typeof item))
        pairs.push(`${fit(row, root, name)}=${fit(row, root ? `${root}.${name}` : name, `${item}`)}`);
    }
  }
  return pairs;
}

/** What goes to `fetch` of the arguments: the verb, and path and query. The wasm checks whether they are right. */
export function target(row, values, query) {
  let at = 0;
  if (row.plain && !row.paths && query === undefined) return row.plain;
  const path =
    row.full ??
    row.route.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[at++];
      return typeof value === "string" ? fit(row, name, value) : "";
    });
  const pairs = pairsOf(row, "query", query);
  const all = pairs.length ? `${path}${path.includes("?") ? "&" : "?"}${pairs.join("&")}` : path;
  return all.split(" ");
}

/** The row that a request without one leads to, if there is one: `/v1/projects/available-regions` is no project. */
export function rowOf(rows, route) {
  const leads = (row) => RegExp(`^${row.route.replace(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}$`).test(route);
  return rows.find((row) => row.route === route) ?? rows.find(leads);
}

/** Checks verb, path and query of a request without a row. */
export function checkRequest(row, method, path, query) {
  const rules = { method: [/^(GET|POST|PUT|PATCH|DELETE|HEAD)$/i, "GET, POST, PUT, PATCH, DELETE or HEAD"] };
  // URL parsers drop control characters, read `\` as `/` and `%2e` as a dot: each could lead to another endpoint.
  rules.path = [
    /^(?!\/\/|.*([\\#{}]|\/(\.|%2e){1,2}([/?]|$)))\/[!-~]*$/i,
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
function environment(name) {
  const { Deno, process } = globalThis;
  try {
    const granted = !Deno || Deno.permissions.querySync({ name: "env", variable: name }).state === "granted";
    return (granted && (Deno ? Deno.env.get(name) : process?.env?.[name])?.trim()) || undefined;
  } catch {
    return undefined;
  }
}

/** What the environment says where the user said nothing. */
export function defaults(options, row) {
  let settings = Object(options).allowInsecure === true ? { allowInsecure: true } : {};
  for (const [name, variable] of [
    ["accessToken", "SUPABASE_ACCESS_TOKEN"],
    ["baseUrl", "SUPABASE_API_URL"],
  ]) {
    const value = Object(options)[name] === undefined ? environment(variable) : undefined;
    try {
      settings = settle(settings, { [name]: value }, row, false);
    } catch ({ expected, received }) {
      throw inputError(row, variable, expected, received);
    }
  }
  return settings;
}
