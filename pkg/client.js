// The client as JavaScript sees it. Rules are in Rust; here is what must outlive a trap: options, tokens, pending calls.
import {
  cleanCause,
  errorOf,
  framesOf,
  headersOf,
  inputError,
  rateLimitOf,
  redactor,
  SupabaseManagementError,
} from "./errors.js";
import {
  checkNames,
  checkRequest,
  defaults,
  free,
  kindOf,
  paths,
  secretsOf,
  settle,
  stringify,
  tag,
  target,
} from "./options.js";

/** The class of clients that work on a runtime (see loader.js). */
export function defineClient(runtime) {
  let rows;

  /** The rows of the table: `projects.get GET /v1/projects/{ref} 104`, and the names of the query, if there is one. */
  const table = () =>
    (rows ??= runtime
      .invoke("table")
      .split("\n")
      .slice(0, -1)
      .map((line, number) => {
        const [id, verb, path, [values, body, answer], ...names] = line.split(" ");
        const query = names.length > 0 ? names : undefined;
        return { number, id, route: `${verb} ${path}`, paths: +values, body: +body, answer: +answer, query };
      }));

  /** Starts a call. `prepare` gives its arguments; what it throws is what the promise rejects with. */
  function send(row, method, prepare) {
    // Where the user's code called: engines format it only when somebody looks.
    const site = {};
    Error.captureStackTrace?.(site, method);
    let task;
    const promise = new Promise((resolve, reject) => {
      task = new Task(row, site, resolve, reject);
      try {
        const { values, query, body, options } = prepare();
        const json = isRaw(row, body) ? undefined : stringify(body, "", row);
        const queryText = stringify(query, "query", row);
        // What is sent is what is checked, Dates and all.
        const pairs = queryText ? JSON.parse(queryText) : undefined;
        const {
          accessToken,
          baseUrl = "https://api.supabase.com",
          headers,
          timeoutMs = 60_000,
          signal,
          validation,
        } = options;
        const members = headers ? JSON.stringify(headers).slice(1, -1) : "";
        Object.assign(task, {
          timeoutMs,
          secrets: secretsOf(options),
          report: options.onDeviation,
          own: runtime.current(),
        });
        runtime.tasks.add(task);
        runtime.invoke(
          "call",
          task,
          row.number,
          [paths(values), queryText, ...target(row, values, pairs), baseUrl, members].join("\n"),
          json === undefined ? undefined : new TextEncoder().encode(json),
          json || body,
          timeoutMs,
          typeof accessToken === "function" ? () => task.ask(accessToken) : accessToken,
          options.fetch,
          signal,
          validation === "strict",
          !!task.report,
        );
      } catch (error) {
        task.trap(error);
      }
    });
    promise.withResponse = () => promise.then((data) => ({ data, ...task.response() }));
    return promise;
  }

  /** A call in progress: what the wasm reports to. */
  class Task {
    constructor(row, site, resolve, reject) {
      Object.assign(this, { row, site, resolve, reject, secrets: [] });
    }

    /** Asks a source of tokens. One that throws is one whose promise rejects. */
    async ask(source) {
      const token = await source();
      if (typeof token === "string") this.secrets.push(token.trim());
      return token;
    }

    /** Values in the body that must not be shown, separated by zero characters. */
    hide(secrets) {
      this.secrets.push(...secrets.split("\0"));
    }

    get stack() {
      return this.site.stack && `\n${framesOf(this.site.stack)}`;
    }

    deviation(path, expected, received) {
      try {
        // An asynchronous hook may fail as well.
        const clean = redactor(this.secrets)(path);
        this.report({ endpoint: this.row.id, path: clean, expected, received })?.then?.(undefined, () => {});
      } catch {
        // A hook that throws must not turn a success into a failure.
      }
    }

    done(body, status, raw) {
      this.response = () => {
        const headers = headersOf(raw);
        return { status, headers, rateLimit: rateLimitOf(headers), attempts: 1 };
      };
      const { answer, body: kind } = this.row;
      if (status === 204 || answer < 2) return this.settle(body);
      if (answer > 2) return this.read(body, status);
      try {
        this.settle(kind === free ? freely(body, headersOf(raw)) : new Uint8Array(body));
      } catch {
        this.fail("Decode", "", "a body of bytes", kindOf(body), status, "", "");
      }
    }

    settle(value) {
      runtime.tasks.delete(this);
      this.resolve(value);
    }

    /** JSON, of the outermost kind that the endpoint promises: else it could not even be looked at. */
    read(body, status) {
      const expected = ["array", "object", "JSON"][this.row.answer - 3];
      const wrong = (text, expected, received) => this.fail("Decode", "", expected, received, status, "", text);
      let text = body;
      if (typeof body !== "string") {
        try {
          text = new TextDecoder().decode(body);
        } catch {
          return wrong("", "a body of text", kindOf(body));
        }
      }
      let value;
      try {
        value = JSON.parse(text);
      } catch {
        return text.trim() ? wrong(text, "JSON", "text that is not JSON") : wrong(text, expected, "nothing");
      }
      const kind = kindOf(value);
      if (kind === expected || expected === "JSON") return this.settle(value);
      wrong(text, expected, kind);
    }

    fail(...what) {
      this.trap(errorOf(this, ...what));
    }

    /** The instance of the wasm that the call was in is gone. */
    die(cause, redact) {
      const { id, route } = this.row;
      const message = `${id} (${route}): the WebAssembly module failed; the call may have been done all the same`;
      const clean = cleanCause(cause, redact);
      this.trap(
        new SupabaseManagementError({ message, cause: clean, endpoint: id, route, attempts: 1, stack: this.stack }),
      );
    }

    trap(error) {
      runtime.tasks.delete(this);
      this.reject(error);
    }
  }

  return class SupabaseManagement {
    #options;

    constructor(options = {}) {
      const row = { id: "SupabaseManagement", route: "" };
      this.#options = settle(defaults(options, row), options, row, false);
      for (const row of table()) {
        const [group, name] = row.id.split(".");
        const methods = {
          // A name that stacks and consoles show.
          [name]: (...args) => send(row, methods[name], () => this.#arguments(row, args)),
        };
        Object.assign((this[group] ??= {}), methods);
      }
    }

    /** In this order: path values, body, query, options. */
    #arguments(row, args) {
      const most = row.paths + !!row.body + !!row.query + 1;
      if (args.slice(most).some((one) => one !== undefined)) {
        throw inputError(row, "", `at most ${most} arguments`, `${args.length} arguments`);
      }
      const rest = args.slice(row.paths);
      const body = row.body ? rest.shift() : undefined;
      const query = row.query ? rest.shift() : undefined;
      checkNames(row, query);
      return { values: args.slice(0, row.paths), body, query, options: this.#settle(rest[0], row) };
    }

    #settle(options, row) {
      return options === undefined ? this.#options : settle(this.#options, options, row, true);
    }

    request(method, path, options = {}) {
      const named = [method, path].every((it) => typeof it === "string");
      const route = named ? `${method.toUpperCase()} ${path.split("?")[0]}` : "";
      const row = { number: -1, id: "request", route, body: free, answer: 2 };
      return send(row, this.request, () => {
        const { query, body, ...rest } = Object(options);
        checkRequest(row, method, path, query);
        row.full = `${method.toUpperCase()} ${path}`;
        return { values: [], query, body, options: this.#settle(Object(options) === options ? rest : options, row) };
      });
    }
  };
}

/** Whether a body goes out as it is. */
function isRaw(row, body) {
  const bytes = ArrayBuffer.isView(body) || /^(ArrayBuffer|Blob|File)$/.test(tag(body));
  if (row.body === free) return bytes || /^(Undefined|String|FormData|URLSearchParams|ReadableStream)$/.test(tag(body));
  return row.body === 0 || (row.body === 2 && bytes);
}

/** The answer to a request without a row: JSON, text or bytes, as its content type says; undefined where it is empty. */
function freely(buffer, headers) {
  if (!buffer?.byteLength) return undefined;
  const type = headers.get("content-type");
  if (type && !/^text\/|json/.test(type)) return new Uint8Array(buffer);
  const text = new TextDecoder().decode(buffer);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
