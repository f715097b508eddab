// The errors of the client. Which is which goes by `name`: two copies of a package have two classes of each.

/** What all errors of this package are. */
export class SupabaseManagementError extends Error {
  /** @param {{ name?: string, message: string, cause?: unknown }} what  its words; the rest become properties */
  constructor({ name = "SupabaseManagementError", message, cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    // On the instance, but out of sight, as minifiers rename classes and `name` of a class is public.
    Object.defineProperty(this, "name", { value: name, configurable: true });
    setStack(this, this.stack);
    Object.assign(this, { endpoint: "", route: "", attempts: 0, ...fields });
  }

  /** What `JSON.stringify` shows: the words too, which it leaves out of other errors. */
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

/** Gives an error its own words and the frames of a stack. V8 writes words before them, others do not. */
function setStack(error, stack = "") {
  const frames = /^(\s+at |[^\s]*@).*/ms.exec(stack)?.[0] ?? "";
  const value = `${error.name}: ${error.message}\n${frames}`;
  Object.defineProperty(error, "stack", { value, configurable: true, writable: true });
}

/** An error whose stack begins with who called this function, which is ours: what lies before is our own machinery. */
export function calledBy(method, error) {
  const site = {};
  Error.captureStackTrace?.(site, method);
  if (site.stack) setStack(error, site.stack);
  return error;
}

export class InputError extends SupabaseManagementError {
  constructor(what) {
    super({ ...what, name: "InputError" });
  }
}

export class DecodeError extends SupabaseManagementError {
  // Reachable, never printed: a body may hold what does not belong into a log.
  #text;
  constructor({ text, body, ...what }) {
    super({ ...what, name: "DecodeError" });
    this.#text = text;
  }
  get text() {
    return this.#text;
  }
}

export class ApiError extends SupabaseManagementError {
  #text;
  #body;
  #headers;
  constructor({ text, body, headers, ...what }) {
    super({ ...what, name: "ApiError", rateLimit: rateLimitOf(headers) });
    this.#text = text;
    this.#body = body;
    this.#headers = headers;
  }
  get text() {
    return this.#text;
  }
  get body() {
    return this.#body;
  }
  get headers() {
    return this.#headers;
  }
}

export class ConnectionError extends SupabaseManagementError {
  constructor(what) {
    super({ name: "ConnectionError", ...what });
  }
}

export class OutcomeUnknownError extends ConnectionError {
  constructor(what) {
    super({ ...what, name: "OutcomeUnknownError", outcomeUnknown: true });
  }
}

export class RateLimitError extends SupabaseManagementError {
  constructor(what) {
    super({ ...what, name: "RateLimitError" });
  }
}

export class TimeoutError extends SupabaseManagementError {
  #state;
  constructor({ state, ...what }) {
    super({ outcomeUnknown: false, ...what, name: "TimeoutError" });
    this.#state = state;
  }
  /** What a wait has seen last. */
  get state() {
    return this.#state;
  }
}

export class WaitError extends SupabaseManagementError {
  // Never printed: the state of a branch has the password of its database.
  #state;
  constructor({ state, ...what }) {
    super({ ...what, name: "WaitError" });
    this.#state = state;
  }
  get state() {
    return this.#state;
  }
}

/** The name of anything that was caught; what cannot be read has none. */
export function nameOf(error) {
  try {
    return error?.name;
  } catch {
    return undefined;
  }
}

const named =
  (...names) =>
  (error) =>
    names.includes(nameOf(error));

export const isInputError = /* @__PURE__ */ named("InputError");
export const isDecodeError = /* @__PURE__ */ named("DecodeError");
export const isApiError = /* @__PURE__ */ named("ApiError");
export const isOutcomeUnknownError = /* @__PURE__ */ named("OutcomeUnknownError");
export const isRateLimitError = /* @__PURE__ */ named("RateLimitError");
export const isConnectionError = /* @__PURE__ */ named("ConnectionError", "OutcomeUnknownError");
export const isTimeoutError = /* @__PURE__ */ named("TimeoutError");
export const isWaitError = /* @__PURE__ */ named("WaitError");
export const isSupabaseManagementError = /* @__PURE__ */ named(
  "SupabaseManagementError",
  "InputError",
  "DecodeError",
  "ApiError",
  "ConnectionError",
  "OutcomeUnknownError",
  "TimeoutError",
  "RateLimitError",
  "WaitError",
);

/**
 * The body of an error, parsed where it is JSON, and its text, both without secrets. JSON has more than one way to write
 * a letter, so it is read first, and what the text hides from the eye is found in the strings. It stays JSON: a short
 * secret (`true`, `400`, `message`) is often what others have as literals and names as well.
 */
function cleanBody(text, secrets) {
  const redact = redactor(secrets);
  const long = redactor(secrets.filter((secret) => secret.length > 7));
  try {
    let hidden = false;
    const hide = (value, by) => {
      const safe = by(`${value}`);
      if (safe === `${value}`) return value;
      hidden = true;
      return safe;
    };
    const body = JSON.parse(text, (_, value) => {
      if (/^(string|number)$/.test(typeof value)) return hide(value, redact);
      if (Object(value) !== value || Array.isArray(value) || Object.keys(value).every((key) => long(key) === key))
        return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [hide(key, long), item]));
    });
    const clean = hidden ? JSON.stringify(body) : text;
    // One may be more than a string of the body: JSON itself, for instance. Behind a backslash no secret begins.
    const bare = clean.replace(/\\./g, "\0");
    if (long(bare) === bare) return { body, text: clean };
  } catch {
    // It is no JSON.
  }
  const clean = redact(text);
  return { body: clean, text: clean };
}

/** The number in a header, NaN for none. There are no negative ones. */
export function numberIn(headers, name) {
  try {
    const text = headers.get(name);
    return text && +text >= 0 && Number.isFinite(+text) ? +text : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds that a server asks to wait, be it with an error that is final; NaN for none. As src/headers.rs. */
export function askedMs(headers, status) {
  const number = (name) => numberIn(headers, name);
  const date = (name) => {
    try {
      return Date.parse(headers.get(name));
    } catch {
      return Number.NaN;
    }
  };
  const seconds = number("retry-after");
  if (seconds >= 0) return seconds * 1000;
  // The server's own clock is the one that counts, where it may be read.
  const wait = date("retry-after") - (date("date") || Date.now());
  // One that is over says nothing: somebody's clock is wrong.
  if (wait > 0) return wait;
  const reset = number("x-ratelimit-reset");
  // A reset of nothing says nothing.
  return reset && (status === 429 || (status > 499 && number("x-ratelimit-remaining") === 0))
    ? reset * 1000
    : Number.NaN;
}

/** The rate limit that the headers tell; undefined where they tell nothing. */
export function rateLimitOf(headers) {
  const [limit, remaining, resetSeconds] = ["limit", "remaining", "reset"].map((name) => {
    const number = numberIn(headers, `x-ratelimit-${name}`);
    return Number.isFinite(number) ? number : undefined;
  });
  const known = [limit, remaining, resetSeconds].some((number) => number !== undefined);
  return known ? { limit, remaining, resetSeconds } : undefined;
}

/** Hides secrets in a text of somebody else. A short one only where it stands alone: else it is a coincidence. */
export function redactor(secrets) {
  const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const alone = (secret) => new RegExp(`(?<![A-Za-z0-9])${literal(secret)}(?![A-Za-z0-9])`, "g");
  // The longest first, as one may begin with another. Not one expression for all: a hundred secrets make it too large.
  const known = secrets
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .map((secret) => (secret.length < 8 ? alone(secret) : secret));
  return (text) => known.reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);
}

function decode(bytes) {
  try {
    return new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
}

/** Options of a call. */
export const optionNames = [
  "accessToken",
  "baseUrl",
  "fetch",
  "headers",
  "timeoutMs",
  "deadlineMs",
  "maxRetries",
  "rateLimit",
  "dedupe",
  "allowInsecure",
  "validation",
  "onDeviation",
  "onRequest",
  "onResponse",
  "onRetry",
  "signal",
  "idempotencyKey",
];

/**
 * An error of a call, of what the wasm hands over.
 * @param call a task of pkg/client.js
 * @param method what the user called
 */
export function errorOf(call, method, kind, fault, status, unsure, value, number) {
  // The signal's reason, and the error of a source of tokens, are the user's own.
  return kind ? calledBy(method, ownError(call, kind, fault, status, unsure, value, number)) : value;
}

/** `unsure`: a write may have been done all the same. `number`: milliseconds that it had, or has to wait. */
function ownError(call, kind, { path, expected, received }, status, unsure, value, number) {
  const { id, route } = call.row;
  const redact = redactor(call.secrets);
  const what = { endpoint: id, route, attempts: call.attempts };
  const fault = { path: redact(path), expected, received };
  const done = `${status}, so the operation itself succeeded, but the answer`;
  const message = (words) => redact(`${id} (${route}): ${words}`);
  const text = typeof call.answer === "string" ? call.answer : decode(call.answer);
  const unknown = unsure ? `; the server may have done it all the same${lookAt(call)}` : "";
  const unsent = call.attempts ? unknown : "; nothing was sent";
  switch (kind) {
    case "Input": {
      // Of a field that does not exist, also the names that do, and its own.
      const [words, ...names] = expected.split("\0");
      const name = names.pop();
      const near = optionNames.includes(name) ? "it belongs into the options, the last argument" : nearest(name, names);
      return inputError(call.row, fault.path, near ? `${words} (${near})` : words, received);
    }
    case "Decode":
      return new DecodeError({
        ...what,
        ...fault,
        message: message(`${done} cannot be used: ${wordsOf(fault)}`),
        status,
        ...cleanBody(text, call.secrets),
      });
    case "Api": {
      const clean = cleanBody(text, call.secrets);
      const asked = askedMs(call.raw, status);
      const retryAfterMs = Number.isNaN(asked) ? undefined : asked;
      const more = { ...factsOf(call, status, clean), retryAfterMs, headers: cleanHeaders(call.raw, redact) };
      const moved = status > 299 && status < 400 ? " (redirects are not followed)" : "";
      const words = `${status} ${serverWords(clean)}${moved}${hint(more)}${unknown}`;
      return new ApiError({ ...what, ...clean, ...more, message: message(words), status, outcomeUnknown: unsure });
    }
    case "Connection": {
      const cause = cleanCause(value, redact);
      if (status)
        return new ConnectionError({ ...what, message: message(`${done} broke off${because(cause)}`), cause });
      const words = `no answer, the connection failed${because(cause)}${crossOrigin(call.baseUrl)}`;
      return unsure && !neverLeft(value)
        ? new OutcomeUnknownError({ ...what, message: message(words + unknown), cause })
        : new ConnectionError({ ...what, message: message(words), cause });
    }
    case "RateLimit": {
      const words = `the rate limit is spent for another ${Math.ceil(number)} ms${unsent}`;
      return new RateLimitError({ ...what, message: message(words), retryAfterMs: number, outcomeUnknown: unsure });
    }
    default: {
      const whole = kind === "Deadline" ? " for all attempts together" : "";
      const words = `${status ? `${done} did not end: ` : ""}no complete answer within ${number} ms${whole}${unsent}`;
      return new TimeoutError({ ...what, message: message(words), outcomeUnknown: unsure });
    }
  }
}

/** Where to look whether a write was done. */
function lookAt(call) {
  const witness = call.witness();
  return `: look before you repeat it${witness ? `, ${witness} may tell` : ""}`;
}

/** What an error of the API says beside its words. */
function factsOf(call, status, { body }) {
  const missing = Object(body).missing_permissions;
  const missingPermissions = Array.isArray(missing) ? missing.filter((name) => typeof name === "string") : [];
  const said = [Object(body).message].flat().filter((line) => typeof line === "string");
  const [scope, ...permissions] = status === 403 ? ((call.row.known ?? call.row).needs ?? "").split("|") : [];
  return {
    missingPermissions,
    requiredScope: scope || undefined,
    requiredPermissions: permissions.map((together) => together.split("+")),
    unknownRoute: status === 404 && /^Cannot [A-Z]+ \//.test(said[0]),
    validationErrors: status === 400 ? said.flatMap(validationErrors) : [],
  };
}

/** `roles: Invalid input: expected array, received undefined`, a line for each. `ERROR: …` of a database is none, nor is `Failed: …`. */
function validationErrors(text) {
  const lines = text.split("\n").map((line) => /^\s*([a-z_$[][\w$.[\]-]*): (.*)$/.exec(line));
  return lines.filter(Boolean).map(([, path, reason]) => ({ path, reason }));
}

/** What can be done about an error of the API. */
function hint({ requiredScope, requiredPermissions, missingPermissions, unknownRoute, retryAfterMs }) {
  if (unknownRoute) return " (the server has no such route: is baseUrl right?)";
  const needs = [
    requiredScope && `the OAuth scope ${requiredScope}`,
    requiredPermissions.length > 0 &&
      `the permission ${requiredPermissions.map((names) => names.join(" and ")).join(" or ")}`,
  ].filter(Boolean);
  if (needs.length === 0) return retryAfterMs === undefined ? "" : ` (the server asks to wait ${retryAfterMs} ms)`;
  const missing = missingPermissions.length > 0 ? `; missing: ${missingPermissions.join(", ")}` : "";
  return ` (needs ${needs.join(" or ")}${missing})`;
}

/** Whether a reason says that nothing was sent: refused, no such host, no secure connection. Browsers do not tell. */
function neverLeft(cause) {
  const begin =
    /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|UND_ERR_CONNECT_T|CERT_|ERR_TLS_CERT|DEPTH_ZERO_|ERR_INVALID_URL)/;
  try {
    return [cause, cause?.cause].some((it) => begin.test(it?.code));
  } catch {
    return false;
  }
}

/** In a page, a server of another origin that does not allow it looks like one that is not there. */
function crossOrigin(baseUrl) {
  const origin = globalThis.location?.origin;
  const other = origin && /^http/.test(baseUrl) && !`${baseUrl}/`.startsWith(`${origin}/`);
  return other ? "; in a page, this may be CORS: let baseUrl be a path to a proxy of your own" : "";
}

export function inputError({ id, route }, path, expected, received) {
  const message = `${id}${route && ` (${route})`}: ${wordsOf({ path, expected, received })}`;
  return new InputError({ message, endpoint: id, route, attempts: 0, path, expected, received });
}

/**
 * The known name that a wrong one was probably meant to be: one that begins and ends like it, for half of its length or
 * more. Case and underscores do not count, as `organizationSlug` is what `organization_slug` was meant to be.
 */
export function nearest(word = "", names) {
  const letters = (text) => [...text.toLowerCase().replaceAll("_", "")];
  const wanted = letters(word);
  let best = "";
  let most = 0;
  for (const name of names) {
    const known = letters(name);
    const least = Math.min(wanted.length, known.length);
    let same = 0;
    while (same < least && wanted[same] === known[same]) same++;
    for (let end = 1; same < least && wanted.at(-end) === known.at(-end); end++) same++;
    if (same > most && same * 2 >= Math.max(wanted.length, known.length)) {
      most = same;
      best = `did you mean ${name}?`;
    }
  }
  return best;
}

const wordsOf = ({ path, expected, received }) => `${path && `${path}: `}expected ${expected}, received ${received}`;

/** What a server says: its `message`, one of the names that others use, or the beginning of the text itself. */
function serverWords({ body, text }) {
  const { message, error_description, error, msg } = Object(body);
  const said = [message, error_description, error?.message ?? error, msg];
  const lines = said.map((it) =>
    [it]
      .flat()
      .filter((line) => typeof line === "string" && line.trim())
      .join("; "),
  );
  const words = lines.find(Boolean) ?? text.trim();
  // Not in the middle of a letter.
  const begin = words.slice(0, 200).replace(/[\ud800-\udbff]$/, "");
  return (words === text.trim() && words.length > 200 ? `${begin}…` : words) || "the server gave no reason";
}

/** The reason that `fetch` gives. The inner one says more, but only Node has it. */
function because(cause) {
  const words = [cause?.message, cause?.cause?.message, cause?.cause?.code, cause].filter(
    (part) => typeof part === "string" && part,
  );
  return words.map((part) => `: ${part}`).join("");
}

export function headersOf(raw) {
  try {
    return raw instanceof Headers ? raw : new Headers(raw);
  } catch {
    return new Headers();
  }
}

/** Headers without the secrets that a server may send back. */
function cleanHeaders(raw, redact) {
  const headers = new Headers();
  for (const [name, value] of headersOf(raw)) headers.append(name, redact(value));
  return headers;
}

const builtIn = [Error, TypeError, RangeError, SyntaxError, ReferenceError, AggregateError, globalThis.DOMException];

/**
 * A cause that is fit to be printed: what `fetch` rejected with may hold the request, and with it the token.
 * The original where it is of the language's own making and holds no secret; else a copy of what can be cleaned.
 */
export function cleanCause(cause, redact, depth = 0) {
  const same = (text) => redact(text) === text;
  if (typeof cause === "string") return redact(cause);
  if (typeof cause === "symbol") return same(String(cause)) ? cause : redact(String(cause));
  if (Object(cause) !== cause) return cause;
  try {
    const clean = (value) => depth < 4 && cleanCause(value, redact, depth + 1) === value;
    const plain = (key) => {
      const { get, value } = Object.getOwnPropertyDescriptor(cause, key);
      // A getter may say something else each time; that of the stack is the engine's.
      if (get) return key === "stack";
      const inner = key === "cause" || (key === "errors" && Array.isArray(value));
      return same(String(key)) && (Object(value) === value ? inner && [value].flat().every(clean) : clean(value));
    };
    const known = builtIn.some((type) => type && Object.getPrototypeOf(cause) === type.prototype);
    if (known && same(`${cause.message}${cause.name}${cause.stack}`) && Reflect.ownKeys(cause).every(plain))
      return cause;
    const copy = new Error(redact(String(cause.message ?? cause)));
    for (const key of ["name", "code", "stack"]) {
      if (typeof cause[key] !== "string") continue;
      const own = { value: redact(cause[key]), configurable: true, writable: true, enumerable: key === "code" };
      Object.defineProperty(copy, key, own);
    }
    if (cause.cause !== undefined && depth < 4) copy.cause = cleanCause(cause.cause, redact, depth + 1);
    return copy;
  } catch {
    return new Error("the reason could not be read");
  }
}
