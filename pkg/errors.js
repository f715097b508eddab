// The errors of the client. What they tell is put together in Rust; here are the classes, and the stack of whoever called.

/**
 * Under this symbol an error says what it is, out of sight. All copies of the package share it, where each has classes of its
 * own; and no other error has it, where a name such as `TimeoutError` is also one of the platform's.
 */
const brand = Symbol.for("supabase-management-wasm.error");

/** What all errors of this package are. */
export class SupabaseManagementError extends Error {
  /** What can be reached but is never printed: a body may hold what does not belong into a log. */
  #hidden;

  /** @param {{ name?: string, message: string }} record as `src/js/errors.rs` makes it; `own` become properties */
  constructor({ name = "SupabaseManagementError", message, endpoint = "", route = "", attempts = 0, own, hidden }) {
    super(message, hidden?.cause === undefined ? undefined : { cause: hidden.cause });
    // On the instance, but out of sight, as minifiers rename classes and `name` of a class is public.
    Object.defineProperty(this, "name", { value: name, configurable: true });
    setStack(this, this.stack);
    Object.assign(this, { endpoint, route, attempts, ...own });
    Object.defineProperty(this, brand, { value: { kind: name, succeeded: hidden?.succeeded === true } });
    this.#hidden = hidden ?? {};
  }

  /** What `JSON.stringify` shows: the words and causes too, which it leaves out of other errors. */
  toJSON() {
    const { name, message, cause } = this;
    return { name, message, ...this, ...(cause !== undefined && { cause: plain(cause, 4) }) };
  }

  /** The error that `toJSON` has made plain, be it one of somebody else. What is never printed comes back where it was added. */
  static fromJSON(json) {
    return calledBy(SupabaseManagementError.fromJSON, revived({ endpoint: "", route: "", attempts: 0, ...json }));
  }

  /** Something of an error that is not printed. */
  static hidden(error, key) {
    return error.#hidden[key];
  }
}

/** Gives an error its own words and the frames of a stack. V8 writes words before them, others do not. */
function setStack(error, stack = "") {
  const frames = /^(\s+at |[^\s]*@).*/ms.exec(stack)?.[0] ?? "";
  const value = `${error.name}: ${error.message}\n${frames}`;
  Object.defineProperty(error, "stack", { value, configurable: true, writable: true });
}

/** Where a function of ours was called, for an error that comes later. What lies between is our own machinery. */
export function siteOf(method) {
  const site = {};
  Error.captureStackTrace?.(site, method);
  return site;
}

/** An error whose stack begins with a site, or with who called this function of ours. */
export function calledBy(caller, error) {
  const { stack } = typeof caller === "function" ? siteOf(caller) : caller;
  if (stack) setStack(error, stack);
  return error;
}

/** Errors of requests that no call waits for alone, such as the refresh of a token: they show who was given them last. */
const shared = new WeakSet();

export function share(error) {
  if (error instanceof SupabaseManagementError) shared.add(error);
  return error;
}

/** What somebody else threw, as it is. */
export const thrownTo = (caller, value) =>
  shared.has(value) && !Object.isFrozen(value) ? calledBy(caller, value) : value;

/** Adds to the words of an error. It is the error of the call that failed, so it keeps all else. */
export function explain(error, words) {
  const { message, stack } = error;
  error.message = `${message}; ${words}`;
  if (stack) error.stack = stack.replace(message, () => error.message);
}

const { hidden } = SupabaseManagementError;

export class InputError extends SupabaseManagementError {
  constructor(record) {
    super({ ...record, name: "InputError" });
  }
}

export class DecodeError extends SupabaseManagementError {
  get text() {
    return hidden(this, "text");
  }
}

export class ApiError extends SupabaseManagementError {
  #body;
  #parsed = false;

  get text() {
    return hidden(this, "text");
  }

  /** The body: parsed where it is JSON, else the text. */
  get body() {
    if (!this.#parsed) {
      this.#parsed = true;
      try {
        this.#body = JSON.parse(this.text);
      } catch {
        this.#body = this.text;
      }
    }
    return this.#body;
  }

  get headers() {
    return hidden(this, "headers");
  }
}

export class ConnectionError extends SupabaseManagementError {}

export class OutcomeUnknownError extends ConnectionError {}

export class RateLimitError extends SupabaseManagementError {}

export class TimeoutError extends SupabaseManagementError {
  /** What a wait has seen last. */
  get state() {
    return hidden(this, "state");
  }
}

export class WaitError extends SupabaseManagementError {
  /** The answer that shows it: that of a branch has the password of its database. */
  get state() {
    return hidden(this, "state");
  }
}

const classes = {
  SupabaseManagementError,
  InputError,
  DecodeError,
  ApiError,
  ConnectionError,
  OutcomeUnknownError,
  RateLimitError,
  TimeoutError,
  WaitError,
};

/** An instance of the class that a record names. A wait has the record of its last failure as its cause. */
export function errorOf(record) {
  if (record.hidden?.failure) record.hidden.cause = errorOf(record.hidden.failure);
  return new classes[record.name](record);
}

/** What JSON can hold of a cause. */
function plain(cause, depth) {
  if (Object(cause) !== cause) return /^(bigint|symbol)$/.test(typeof cause) ? String(cause) : cause;
  if (kindOf(cause)) return cause.toJSON();
  const { name, message, code, cause: inner } = cause;
  return { name, message, code, ...(inner !== undefined && depth > 0 && { cause: plain(inner, depth - 1) }) };
}

/** The error of what `plain` has made. One of somebody else comes back as an `Error` with its name. */
function revived(json) {
  if (Object(json) !== json) return json;
  const { name = "Error", message, endpoint, route, attempts, ...rest } = json;
  const { text = "", headers, state, cause, __proto__: _, ...own } = rest;
  const options = cause === undefined ? undefined : { cause: revived(cause) };
  if (typeof route === "string" && Object.hasOwn(classes, name)) {
    const hidden = { ...options, text, headers: new Headers(headers), state };
    return new classes[name]({ name, message, endpoint, route, attempts, own, hidden });
  }
  const error = Object.assign(new Error(message, options), own);
  return Object.defineProperty(error, "name", { value: name, configurable: true, writable: true });
}

/** The class of an error of this package, whichever copy of it; what is none, or cannot be read, has none. */
function kindOf(error) {
  try {
    return error?.[brand]?.kind;
  } catch {
    return undefined;
  }
}

const isOf =
  (...kinds) =>
  (error) =>
    kinds.includes(kindOf(error));

export const isInputError = /* @__PURE__ */ isOf("InputError");
export const isDecodeError = /* @__PURE__ */ isOf("DecodeError");
export const isApiError = /* @__PURE__ */ isOf("ApiError");
export const isOutcomeUnknownError = /* @__PURE__ */ isOf("OutcomeUnknownError");
export const isRateLimitError = /* @__PURE__ */ isOf("RateLimitError");
export const isConnectionError = /* @__PURE__ */ isOf("ConnectionError", "OutcomeUnknownError");
export const isTimeoutError = /* @__PURE__ */ isOf("TimeoutError");
export const isWaitError = /* @__PURE__ */ isOf("WaitError");
export const isSupabaseManagementError = (error) => kindOf(error) !== undefined;
