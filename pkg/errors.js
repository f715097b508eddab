// The errors of the client. What they tell is put together in Rust; here are the classes, and the stack of whoever called.
// Which is which goes by `name`: two copies of a package have two classes of each.

/** Under this symbol an error has what other parts of the package want to know of it, out of sight. */
const facts = Symbol.for("supabase-management-wasm");

/** What all errors of this package are. */
export class SupabaseManagementError extends Error {
  /** What can be reached but is never printed: a body may hold what does not belong into a log. */
  #hidden;

  /** @param {{ name?: string, message: string }} record as `src/js/errors.rs` makes it; `own` become properties */
  constructor({
    name = "SupabaseManagementError",
    message,
    endpoint = "",
    route = "",
    attempts = 0,
    own,
    hidden = {},
  }) {
    super(message, hidden.cause === undefined ? undefined : { cause: hidden.cause });
    // On the instance, but out of sight, as minifiers rename classes and `name` of a class is public.
    Object.defineProperty(this, "name", { value: name, configurable: true });
    setStack(this, this.stack);
    Object.assign(this, { endpoint, route, attempts, ...own });
    Object.defineProperty(this, facts, { value: { succeeded: hidden.succeeded === true } });
    this.#hidden = hidden;
  }

  /** What `JSON.stringify` shows: the words too, which it leaves out of other errors. */
  toJSON() {
    return { name: this.name, message: this.message, ...this };
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

/** An error whose stack begins with who called this function, which is ours: what lies before is our own machinery. */
export function calledBy(method, error) {
  const site = {};
  Error.captureStackTrace?.(site, method);
  if (site.stack) setStack(error, site.stack);
  return error;
}

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

/** An instance of the class that a record names. */
export const errorOf = (record) => new classes[record.name](record);

/** The name of anything that was caught; what cannot be read has none. */
function nameOf(error) {
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
