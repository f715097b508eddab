// The errors of the client. Which is which goes by `name`: two copies of a package have two classes of each.

/** What all errors of this package are. */
export class SupabaseManagementError extends Error {
  /** @param {{ name?: string, message: string, cause?: unknown, stack?: string }} what  its words; the rest become properties */
  constructor({ name = "SupabaseManagementError", message, cause, stack, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    // On the instance, but out of sight, as minifiers rename classes and `name` of a class is public.
    Object.defineProperty(this, "name", { value: name, configurable: true });
    // Where the user made the call; what the engine has here is our own machinery.
    const lines = stack ?? this.stack?.replace(/^.*?(?=\n\s+at |$)/s, "");
    Object.defineProperty(this, "stack", { value: `${name}: ${message}${lines}`, configurable: true, writable: true });
    Object.assign(this, fields);
  }

  /** What `JSON.stringify` shows: the words too, which it leaves out of other errors. */
  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export class InputError extends SupabaseManagementError {
  constructor(what) {
    super({ ...what, name: "InputError" });
  }
}

export class DecodeError extends SupabaseManagementError {
  // Reachable, never printed: a body may hold what does not belong into a log.
  #text;
  constructor({ text, ...what }) {
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
  constructor({ text, headers, ...what }) {
    const body = parse(text);
    const missing = body?.missing_permissions;
    const missingPermissions = Array.isArray(missing) ? missing.filter((name) => typeof name === "string") : [];
    super({ ...what, name: "ApiError", missingPermissions, rateLimit: rateLimitOf(headers) });
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
    super({ ...what, name: "ConnectionError" });
  }
}

export class TimeoutError extends SupabaseManagementError {
  constructor(what) {
    super({ ...what, name: "TimeoutError" });
  }
}

const named = (name) => (error) => Object(error).name === name;

export const isInputError = /* @__PURE__ */ named("InputError");
export const isDecodeError = /* @__PURE__ */ named("DecodeError");
export const isApiError = /* @__PURE__ */ named("ApiError");
export const isConnectionError = /* @__PURE__ */ named("ConnectionError");
export const isTimeoutError = /* @__PURE__ */ named("TimeoutError");
export const isSupabaseManagementError = (error) =>
  /^(SupabaseManagement|Input|Decode|Api|Connection|Timeout)Error$/.test(Object(error).name);

/** JSON where it is JSON, else the text: an HTML page, say. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The rate limit that the headers tell; undefined where they tell nothing. */
export function rateLimitOf(headers) {
  const [limit, remaining, resetSeconds] = ["limit", "remaining", "reset"].map((name) => {
    const value = headers?.get(`x-ratelimit-${name}`);
    return value && Number.isFinite(+value) ? +value : undefined;
  });
  const known = [limit, remaining, resetSeconds].some((number) => number !== undefined);
  return known ? { limit, remaining, resetSeconds } : undefined;
}

/** Hides secrets in a text of somebody else. A short one only where it stands alone: else it is a coincidence. */
export function redactor(secrets) {
  const alone = (secret) => (secret.length < 8 ? `(?<![A-Za-z0-9])${literal(secret)}(?![A-Za-z0-9])` : literal(secret));
  const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  // The longest first, as one may begin with another.
  const known = secrets.filter(Boolean).sort((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  const pattern = new RegExp(known.map(alone).join("|"), "g");
  return (text) => text.replace(pattern, "[redacted]");
}

/** An error of a call, of what the wasm hands over. `call` is `{ row, stack, timeoutMs }`. */
export function errorOf(call, kind, path, expected, received, status, text, value, secrets) {
  const { id, route } = call.row;
  const redact = redactor(secrets.split("\0"));
  const what = { endpoint: id, route, attempts: 1, stack: call.stack };
  const fault = { path: redact(path), expected, received };
  const done = `${status}, so the operation itself succeeded, but the answer`;
  const message = (words) => redact(`${id} (${route}): ${words}`);
  switch (kind) {
    case "Input":
      return inputError(call.row, fault.path, expected, received, call.stack);
    case "Decode":
      return new DecodeError({
        ...what,
        ...fault,
        message: message(`${done} cannot be used: ${wordsOf(fault)}`),
        status,
        text: redact(text),
      });
    case "Api": {
      const clean = redact(text);
      const headers = cleanHeaders(value, redact);
      return new ApiError({
        ...what,
        message: message(`${status} ${serverWords(clean)}`),
        status,
        text: clean,
        headers,
      });
    }
    case "Connection": {
      const cause = cleanCause(value, redact);
      const words = status ? `${done} broke off` : "no answer, the connection failed";
      return new ConnectionError({ ...what, message: message(words + because(cause)), cause });
    }
    case "Timeout": {
      const outcomeUnknown = !/^(GET|HEAD|PUT|DELETE)/.test(route);
      const more = outcomeUnknown ? "; the server may have done it all the same" : "";
      return new TimeoutError({
        ...what,
        message: message(`no complete answer within ${call.timeoutMs} ms${more}`),
        outcomeUnknown,
      });
    }
    default:
      // The signal's reason, and the error of a source of tokens, are the user's own.
      return value;
  }
}

export function inputError({ id, route }, path, expected, received, stack) {
  const message = `${id}${route && ` (${route})`}: ${wordsOf({ path, expected, received })}`;
  return new InputError({ message, endpoint: id, route, attempts: 0, path, expected, received, stack });
}

const wordsOf = ({ path, expected, received }) => `${path && `${path}: `}expected ${expected}, received ${received}`;

/** What a server says: its `message`, one of the names that others use, or the beginning of the text itself. */
function serverWords(text) {
  const body = Object(parse(text));
  const words = [body.message, body.error_description, body.error, body.msg].find((it) => typeof it === "string");
  const plain = words ?? text.trim();
  return (words ? plain : plain.length > 200 ? `${plain.slice(0, 200)}…` : plain) || "the server gave no reason";
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

/**
 * A cause that is fit to be printed: what `fetch` rejected with may hold the request, and with it the token.
 * The original where it is plain and holds no secret; else a copy of what can be cleaned.
 */
function cleanCause(cause, redact, depth = 0) {
  if (typeof cause === "string") return redact(cause);
  if (!(Object(cause) === cause)) return cause;
  try {
    const isError = cause instanceof Error || typeof cause.stack === "string";
    const plain = Reflect.ownKeys(cause).every((key) => {
      const value = cause[key];
      if (typeof value === "string") return redact(value) === value;
      return (
        Object(value) !== value || (depth < 4 && key === "cause" && cleanCause(value, redact, depth + 1) === value)
      );
    });
    if (plain && isError && redact(`${cause.message}${cause.name}`) === `${cause.message}${cause.name}`) return cause;
    const copy = new Error(redact(String(cause.message ?? cause)));
    const { name, code, stack, cause: inner } = cause;
    for (const [key, value] of Object.entries({ name, code, stack })) {
      if (typeof value === "string") {
        Object.defineProperty(copy, key, {
          value: redact(value),
          configurable: true,
          writable: true,
          enumerable: key === "code",
        });
      }
    }
    if (inner !== undefined && depth < 4) copy.cause = cleanCause(inner, redact, depth + 1);
    return copy;
  } catch {
    return new Error("the reason could not be read");
  }
}
