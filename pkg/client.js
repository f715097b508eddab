// The client as JavaScript sees it. Rules are in Rust; here is what must outlive a trap: options, tokens, pending calls.
import { bodyOf } from "./body.js";
import {
  calledBy,
  cleanCause,
  errorOf,
  headersOf,
  InputError,
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
  settle,
  stringify,
  target,
  token,
} from "./options.js";
import { addWaiters } from "./waiters.js";

/** Kinds of answer in the table, where they are more than reading the body. */
const [rowsOf, count, url] = [6, 7, 8];

/** The class of clients that work on a runtime (see loader.js). */
export function defineClient(runtime) {
  let rows;

  /** The rows of the table: `projects.get GET /v1/projects/{ref} 1040`, and the names of the query, if there is one. */
  const table = () =>
    (rows ??= runtime
      .invoke("table")
      .split("\n")
      .slice(0, -1)
      .map((line, number) => {
        const [id, verb, path, [values, body, answer, keyed], ...names] = line.split(" ");
        const query = names.length > 0 ? names : undefined;
        const route = `${verb} ${path}`;
        return { number, id, route, paths: +values, body: +body, answer: +answer, keyed: +keyed, query };
      }));

  /** Starts a call. `prepare` gives its arguments; what it throws is what the promise rejects with. */
  function send(row, method, prepare) {
    const task = new Task(row);
    const promise = run(task, method, prepare);
    promise.withResponse = async () => ({ data: await promise, ...task.response() });
    return promise;
  }

  /** An error is made only here, behind the wait: the engine then tells by itself who awaits this call, at no cost. */
  async function run(task, method, prepare) {
    start(task, prepare);
    const early = task.settled;
    if (!early) await new Promise((resolve) => (task.wake = resolve));
    if (!task.refusal) return task.value;
    throw task.refusal(early ? method : run);
  }

  /** The address of an endpoint that a browser is to open: checked as a call is, at once, and not called. */
  function address(row, method, prepare) {
    const task = new Task(row);
    start(task, prepare);
    if (task.refusal) throw task.refusal(method);
    return task.value;
  }

  function start(task, prepare) {
    const { row } = task;
    try {
      const { values, query, body: given, options } = prepare();
      const { json, body } = bodyOf(row, given);
      const queryText = stringify(query, "query", row);
      // What is sent is what is checked, Dates and all.
      const pairs = queryText ? JSON.parse(queryText) : undefined;
      const { accessToken, baseUrl = "https://api.supabase.com", timeoutMs = 60_000, signal, validation } = options;
      const bytes = json === undefined ? undefined : new TextEncoder().encode(json);
      task.secrets = [...options.hidden];
      // A claim token.
      if (row.route.endsWith("{token}")) task.keep(values.at(-1));
      task.timeoutMs = timeoutMs;
      task.bytes = bytes;
      task.report = options.onDeviation;
      task.own = runtime.current();
      runtime.tasks.add(task);
      runtime.invoke(
        "call",
        task,
        row.number,
        [paths(values), queryText, ...target(row, values, pairs), baseUrl, options.members].join("\n"),
        bytes,
        body,
        timeoutMs,
        typeof accessToken === "function" ? () => task.ask(accessToken) : accessToken,
        options.fetch,
        signal,
        validation === "strict",
        !!task.report,
      );
    } catch (error) {
      task.refuse((method) => (error instanceof InputError ? calledBy(method, error) : error));
    }
  }

  /** A call in progress: what the wasm reports to. */
  class Task {
    settled = false;
    value;
    refusal;
    secrets = [];
    #bell = 0;
    #timer;
    #signal;
    #onAbort;

    constructor(row) {
      this.row = row;
    }

    /** What the wasm is told goes to this address in it, until it says `stop`. */
    watch(bell, timeoutMs, signal) {
      this.#bell = bell;
      this.#timer = setTimeout(() => this.#hear(2), timeoutMs);
      if (signal) {
        this.#signal = signal;
        this.#onAbort = () => this.#hear(3);
        try {
          signal.addEventListener("abort", this.#onAbort);
        } catch {
          // A signal that cannot be listened to is looked at whenever something else happens.
        }
      }
      return new AbortController();
    }

    stop() {
      this.#bell = 0;
      clearTimeout(this.#timer);
      try {
        this.#signal?.removeEventListener("abort", this.#onAbort);
      } catch {
        // As above.
      }
    }

    /** `await` is not to be surprised by a promise whose `then` somebody replaced or broke. */
    async wait(value) {
      let event = 0;
      let result;
      try {
        result = await value;
      } catch (error) {
        event = 1;
        result = error;
      }
      this.#hear(event, result);
    }

    #hear(event, value) {
      if (this.#bell) this.own.glue.hear(this.#bell, event, value);
    }

    /** Asks a source of tokens. One that throws is one whose promise rejects. */
    async ask(source) {
      const given = await source();
      const refuse = (path, expected, received) => {
        throw inputError(this.row, path, expected, received);
      };
      const clean = token(given, refuse, "options.accessToken");
      this.secrets.push(clean);
      return clean;
    }

    /** Here in the body there is something that must not be shown: all strings in it. */
    hide(from, to) {
      JSON.parse(new TextDecoder().decode(this.bytes.subarray(from, to)), (_, value) => {
        this.keep(value);
        return value;
      });
    }

    /** A secret, as it reads and as it is written. */
    keep(secret) {
      if (typeof secret === "string") this.secrets.push(secret, JSON.stringify(secret).slice(1, -1));
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
      if (answer === count) return this.count(headersOf(raw).get("x-total-count"), status);
      if (answer === url) return this.settle(body);
      // A statement of SQL that gives no rows may be answered with nothing.
      if (answer === rowsOf && (status === 204 || body === "")) return this.settle([]);
      if (status === 204 || answer < 2) return this.settle(body);
      if (answer > 2) return this.read(body, status);
      try {
        this.settle(kind === free ? freely(body, headersOf(raw)) : new Uint8Array(body));
      } catch {
        this.fail("Decode", "", "a body of bytes", kindOf(body), status, "", "");
      }
    }

    count(text, status) {
      if (/^\d+$/.test(text)) return this.settle(+text);
      this.fail(
        "Decode",
        "",
        "a count in the header x-total-count",
        text ? "something else" : "nothing",
        status,
        "",
        "",
      );
    }

    settle(value) {
      this.#end(value, undefined);
    }

    /** JSON, of the outermost kind that the endpoint promises: else it could not even be looked at. */
    read(body, status) {
      const expected = ["array", "object", "JSON", "array"][this.row.answer - 3];
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
      this.refuse((method) => errorOf(this, method, ...what));
    }

    /** The instance of the wasm that the call was in is gone. */
    die(cause, redact) {
      this.stop();
      const { id, route } = this.row;
      const message = `${id} (${route}): the WebAssembly module failed; the call may have been done all the same`;
      const clean = cleanCause(cause, redact);
      const what = { message, cause: clean, endpoint: id, route, attempts: 1 };
      this.refuse((method) => calledBy(method, new SupabaseManagementError(what)));
    }

    refuse(refusal) {
      this.#end(undefined, refusal);
    }

    #end(value, refusal) {
      runtime.tasks.delete(this);
      if (this.settled) return;
      this.settled = true;
      this.value = value;
      this.refusal = refusal;
      this.wake?.();
    }
  }

  return class SupabaseManagement {
    #options;

    constructor(options = {}) {
      const row = { id: "SupabaseManagement", route: "" };
      this.#options = settle(defaults(options, row), options, row, false);
      for (const row of table()) {
        const [group, name] = row.id.split(".");
        const run = row.answer === url ? address : send;
        // In an object first, for a name that stacks and consoles show.
        const { [name]: method } = { [name]: (...args) => run(row, method, () => this.#arguments(row, args)) };
        (this[group] ??= {})[name] = method;
      }
      addWaiters(this);
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
