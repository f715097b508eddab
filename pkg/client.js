// The client as JavaScript sees it. Rules are in Rust; here is what must outlive a trap (options, tokens, pending
// calls), and what only JavaScript knows: the kinds of its values.
import * as errors from "./errors.js";

const { InputError, cleanCause, rateLimitOf } = errors;

/** Kinds that an option may have. */
const kinds = {
  accessToken: ["string", "function"],
  baseUrl: ["string"],
  fetch: ["function"],
  headers: ["object"],
  timeoutMs: ["number"],
  validation: ["string"],
  onDeviation: ["function"],
};
const callKinds = { ...kinds, signal: ["object"] };

/** The class of clients that work on a runtime (see loader.js). */
export function defineClient(runtime) {
  let rows;

  /** The rows of the table: `projects.get GET /v1/projects/{ref} 100`. */
  const table = () =>
    (rows ??= runtime
      .invoke("table")
      .split("\n")
      .slice(0, -1)
      .map((line, number) => {
        const [id, verb, path, [paths, body, query]] = line.split(" ");
        return { number, id, route: `${verb} ${path}`, paths: +paths, body: +body, query: +query };
      }));

  /** Checks options, and makes of them what a call hands over: JSON, and what JSON cannot hold. */
  function settle(options, allowed, row) {
    const refuse = (path, expected, received) => {
      throw inputError(row, path, expected, received);
    };
    if (kindOf(options) !== "object") refuse("options", "object", kindOf(options));
    for (const [name, value] of Object.entries(options)) {
      if (value === undefined) continue;
      if (!Object.hasOwn(allowed, name)) {
        refuse(`options.${name}`, runtime.invoke("explain_option", name, row.number), "an unknown option");
      }
      const kind = kindOf(value);
      if (!allowed[name].includes(kind)) refuse(`options.${name}`, allowed[name].join(" or "), kind);
    }
    if (options.signal && typeof options.signal.addEventListener !== "function") {
      refuse("options.signal", "AbortSignal", "object");
    }
    const { accessToken, baseUrl, timeoutMs, validation, headers } = options;
    const token = typeof accessToken === "function" ? undefined : accessToken;
    const text = JSON.stringify({ accessToken: token, baseUrl, timeoutMs, validation, headers: plain(headers) });
    return { options, text };
  }

  function send(row, values, body, query, settings) {
    // Where the user's code called: engines format it only when somebody looks.
    const site = {};
    Error.captureStackTrace?.(site, send);
    let task;
    const promise = new Promise((resolve, reject) => {
      task = new Task(row, site, resolve, reject);
      try {
        const { options, text } = typeof settings === "function" ? settings() : settings;
        const json = isRaw(row, body) ? undefined : stringify(body, "", row);
        const paths = JSON.stringify(values.map((value) => (typeof value === "string" ? value : likeness(value))));
        const all = `[${paths},${stringify(query, "query", row) || "null"},${text}]`;
        const { accessToken, fetch, signal, onDeviation } = options;
        const source = typeof accessToken === "function" ? accessToken : undefined;
        const sent = json || (json === undefined ? body : undefined);
        const bytes = json === undefined || row.body === 0 ? undefined : new TextEncoder().encode(json);
        task.report = onDeviation;
        task.own = runtime.current();
        runtime.tasks.add(task);
        runtime.invoke("call", task, row.number, all, bytes, sent, fetch, source, signal, !!onDeviation);
      } catch (error) {
        task.trap(error);
      }
    });
    promise.withResponse = () => promise.then((data) => ({ data, ...task.response }));
    return promise;
  }

  /** A call in progress: what the wasm reports to. */
  class Task {
    constructor(row, site, resolve, reject) {
      Object.assign(this, { row, site, resolve, reject });
    }

    parse(text) {
      return JSON.parse(typeof text === "string" ? text : new TextDecoder().decode(text));
    }

    deviation(path, expected, received) {
      try {
        this.report({ endpoint: this.row.id, path, expected, received });
      } catch {
        // A hook that throws must not turn a success into a failure.
      }
    }

    done(data, status, raw) {
      runtime.tasks.delete(this);
      const { row } = this;
      this.response = {
        status,
        get headers() {
          return headersOf(raw);
        },
        get rateLimit() {
          return rateLimitOf(headersOf(raw));
        },
        attempts: 1,
      };
      this.resolve(row.body === 3 ? freely(data, headersOf(raw)) : data);
    }

    fail(kind, message, path, expected, received, status, text, value, secrets) {
      const { id, route } = this.row;
      const redact = (words) => runtime.invoke("redact", words, secrets);
      const what = { message, endpoint: id, route, attempts: 1, stack: this.site.stack?.replace(/^.*/, "") };
      const fault = { path, expected, received };
      const make = {
        Input: () => new InputError({ ...what, ...fault, attempts: 0 }),
        Decode: () => new errors.DecodeError({ ...what, ...fault, status, text }),
        Api: () => new errors.ApiError({ ...what, status, text, headers: cleanHeaders(value, redact) }),
        Connection: () => {
          const cause = cleanCause(value, redact);
          return new errors.ConnectionError({ ...what, message: `${message}${because(cause)}`, cause });
        },
        Timeout: () => new errors.TimeoutError({ ...what, outcomeUnknown: !/^(GET|HEAD|PUT|DELETE)/.test(route) }),
        // The signal's reason, and the error of a source of tokens, are the user's own.
        "": () => value,
      };
      this.trap(make[kind]());
    }

    trap(error) {
      runtime.tasks.delete(this);
      this.reject(error);
    }
  }

  return class SupabaseManagement {
    #settings;

    constructor(options = {}) {
      const row = { number: -1, id: "SupabaseManagement", route: "" };
      const defaults = { accessToken: environment("SUPABASE_ACCESS_TOKEN"), baseUrl: environment("SUPABASE_API_URL") };
      const own = settle(merge(defaults, options), kinds, row);
      const fault = runtime.invoke("check_options", own.text);
      if (fault) throw inputError(row, ...fault.split("\0"));
      this.#settings = own;
      for (const row of table()) {
        const [group, name] = row.id.split(".");
        Object.assign((this[group] ??= {}), {
          // A name that stacks and consoles show.
          [name]: (...args) => {
            const values = args.splice(0, row.paths);
            const body = row.body ? args.shift() : undefined;
            const query = row.query ? args.shift() : undefined;
            const [options, ...rest] = args;
            const settings = () => {
              if (rest.some((one) => one !== undefined)) {
                const most = row.paths + !!row.body + row.query + 1;
                throw inputError(row, "", `at most ${most} arguments`, `${most + rest.length} arguments`);
              }
              return options === undefined ? own : this.#settingsOf(options, row);
            };
            return send(row, values, body, query, settings);
          },
        });
      }
    }

    #settingsOf(options, row) {
      const own = settle(options, callKinds, row);
      return settle(merge(this.#settings.options, own.options), callKinds, row);
    }

    request(method, path, options = {}) {
      const verb = String(method).toUpperCase();
      const row = { number: -1, id: "request", route: `${verb} ${String(path).split("?")[0]}`, body: 3 };
      const { query, body, ...rest } = Object(options);
      return send(row, [method, path], body, query, () =>
        this.#settingsOf(options === Object(options) ? rest : options, row),
      );
    }
  };
}

/** Options of a call over those of the client; headers are merged one by one. */
function merge(base, options) {
  if (kindOf(options) !== "object") return options;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  if (base.headers && kindOf(given.headers) === "object")
    given.headers = { ...plain(base.headers), ...plain(given.headers) };
  return { ...base, ...given };
}

/** `Headers`, pairs or an object, as an object with lower-case names. */
function plain(headers) {
  if (!headers) return headers;
  const pairs = typeof headers[Symbol.iterator] === "function" ? [...headers] : Object.entries(headers);
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), value]));
}

function inputError({ id, route }, path, expected, received) {
  const place = route ? `${id} (${route})` : id;
  const message = `${place}: ${path && `${path}: `}expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: id, route, attempts: 0, path, expected, received });
}

function kindOf(value) {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return Array.isArray(value) ? "array" : typeof value;
}

/** Stands in JSON for a path value that is no string, so that its kind is told and nothing of it is lost. */
function likeness(value) {
  if (typeof value === "number" || typeof value === "bigint") return 0;
  return typeof value === "boolean" ? value : Object(value) === value && typeof value !== "function" ? {} : null;
}

/** Whether a body goes out as it is. */
function isRaw(row, body) {
  if (row.body === 2) return ArrayBuffer.isView(body) || /^\[object (Array ?Buffer|Blob|File)\]$/.test(tag(body));
  return row.body === 3 ? !/^\[object (Object|Array)\]$/.test(tag(body)) : !row.body;
}

const tag = (value) => Object.prototype.toString.call(value);

/**
 * JSON of a value, or "" of undefined. What `JSON.stringify` would lose without a word (NaN, functions, undefined in
 * arrays, what is in a Map) is an InputError instead.
 */
function stringify(value, root, row) {
  const trail = [];
  const refuse = (expected, received) => {
    const path = trail.slice(1).reduce((text, { key, list }) => text + (list ? `[${key}]` : step(key, text)), root);
    return inputError(row, path, expected, received);
  };
  try {
    return (
      JSON.stringify(value, function (key, item) {
        while (trail.length > 1 && trail.at(-1).item !== this) trail.pop();
        if (item instanceof Number) item = +item;
        trail.push({ key, item, list: Array.isArray(this) });
        const kind = kindOf(item);
        const lost =
          /^(NaN|-?Infinity|bigint|function|symbol)$/.test(kind) ||
          (kind === "undefined" && Array.isArray(this)) ||
          item instanceof Map ||
          item instanceof Set;
        if (lost) throw refuse("JSON", kind === "object" ? tag(item).slice(8, -1) : kind);
        return item;
      }) ?? ""
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    // A cycle, a depth that is out of reach, a getter or toJSON that throws.
    const input = refuse("JSON", error instanceof TypeError ? "a cycle, or what has no JSON" : "what has no JSON");
    Object.defineProperty(input, "cause", { value: error, configurable: true, writable: true });
    throw input;
  }
}

/** A key behind a path: `a.b`, `a["odd key"]`. */
function step(key, path) {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path ? `.${key}` : key;
}

/** The answer to a request without a row: JSON, text or bytes, as its content type says; undefined where it is empty. */
function freely(buffer, headers) {
  if (!buffer?.byteLength) return undefined;
  const type = headers.get("content-type") ?? "";
  if (type && !/^text\/|json/.test(type)) return new Uint8Array(buffer);
  const text = new TextDecoder().decode(buffer);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function headersOf(raw) {
  try {
    return raw instanceof Headers ? raw : new Headers(raw);
  } catch {
    return new Headers();
  }
}

/** Headers without the secrets that a server may send back. */
function cleanHeaders(headers, redact) {
  for (const [name, value] of [...headers]) {
    const clean = redact(value);
    if (clean !== value) headers.set(name, clean);
  }
  return headers;
}

/** The reason that `fetch` gives, for a message: the inner one says more, but only in Node. */
function because(cause) {
  const words = [cause?.message, cause?.cause?.message, cause?.cause?.code].filter(
    (part) => typeof part === "string" && part,
  );
  const text = words.length > 0 ? words.join(": ") : typeof cause === "string" ? cause : "";
  return text && `: ${text}`;
}

/** A variable of the environment, where the runtime has one and lets us see it without asking the user. */
function environment(name) {
  const { Deno, process } = globalThis;
  try {
    if (Deno) {
      const { state } = Deno.permissions.querySync({ name: "env", variable: name });
      return (state === "granted" && Deno.env.get(name)) || undefined;
    }
    return process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}
