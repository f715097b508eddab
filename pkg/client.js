// The client as JavaScript sees it. Rules are in Rust; here is what must outlive a trap: options, tokens, pending calls.
import { bodyOf } from "./body.js";
import {
  askedMs,
  calledBy,
  cleanCause,
  errorOf,
  headersOf,
  InputError,
  inputError,
  numberIn,
  rateLimitOf,
  redactor,
  SupabaseManagementError,
} from "./errors.js";
import { board, flightKey } from "./flights.js";
import { addOauth } from "./oauth.js";
import {
  checkNames,
  checkRequest,
  defaults,
  free,
  form,
  kindOf,
  pairsOf,
  paths,
  rowOf,
  settle,
  stringify,
  target,
  token,
} from "./options.js";
import { paged } from "./pages.js";
import { onAbort } from "./signals.js";

/** Kinds of answer in the table, where they are more than reading the body. */
const [nothing, rowsOf, count, url, orError] = [0, 6, 7, 8, 9];

/** As the wasm numbers them. */
const verbs = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/** What a body is, by the numbers of the wasm. */
const mediaTypes = ["", "application/json", "application/x-www-form-urlencoded", "application/vnd.denoland.eszip"];

/** What the wasm tells of, in its numbers. */
const hooks = ["onRequest", "onResponse", "onRetry"];

/** The class of clients that work on a runtime (see loader.js). `addMore` gives a client what its entry has besides. */
export function defineClient(runtime, addMore = () => {}) {
  let rows;
  let clients = 0;

  /** The rows of the table: `projects.get GET /v1/projects/{ref} 1040`, and the names of the query, if there is one. */
  const table = () =>
    (rows ??= runtime
      .invoke("table")
      .split("\n")
      .slice(0, -1)
      .map((line, number) => {
        const [id, verb, path, kinds, ...names] = line.split(" ");
        const [values, body, answer, keyed, pages] = kinds;
        const query = names.length > 0 ? names : undefined;
        const route = `${verb} ${path}`;
        return {
          number,
          id,
          route,
          plain: [verb, path],
          paths: +values,
          body: +body,
          answer: +answer,
          keyed: +keyed,
          pages: +pages,
          needs: kinds.slice(5),
          query,
        };
      }));

  /** Starts a call of a client. `prepare` gives its arguments; what it throws is what the promise rejects with. */
  function send(client, row, method, prepare) {
    const task = new Task(row);
    const promise = run(client, task, method, prepare);
    promise.withResponse = async () => ({ data: await promise, ...task.response() });
    if (row.pages) {
      paged(promise, task, (query, next = new Task(row)) => [
        next,
        run(client, next, run, () => ({ ...task.given, query })),
      ]);
    }
    return promise;
  }

  /** An error is made only here, behind the wait: the engine then tells by itself who awaits this call, at no cost. */
  async function run(client, task, method, prepare) {
    start(client, task, prepare);
    const early = task.settled;
    if (!early) await new Promise((resolve) => (task.wake = resolve));
    if (!task.refusal) return task.value;
    throw task.refusal(early ? method : run);
  }

  /** The address of an endpoint that a browser is to open: checked as a call is, at once, and not called. */
  function address(client, row, method, prepare) {
    const task = new Task(row);
    start(client, task, prepare);
    if (task.refusal) throw task.refusal(method);
    return task.value;
  }

  function start(client, task, prepare) {
    const { row } = task;
    try {
      const { values, query, body: given, options } = prepare();
      const { json, body } = bodyOf(row, given);
      const queryText = stringify(query, "query", row);
      // What is sent is what is checked, Dates and all.
      const pairs = queryText ? JSON.parse(queryText) : undefined;
      const { accessToken, baseUrl = "https://api.supabase.com", signal } = options;
      if (row.pages) task.given = { values, query: pairs, options };
      const bytes = json === undefined ? undefined : new TextEncoder().encode(json);
      const [verb, path] = target(row, values, pairs);
      const lines = [paths(values), queryText, path].join("\n");
      const tokens =
        typeof accessToken === "function" ? 64 : !accessToken && baseUrl === "https://api.supabase.com" && 32;
      const launch = (task, signal) => {
        // A claim token is a secret, too.
        const claim = row.route.endsWith("{token}") ? [values.at(-1), path.split("?")[0].split("/").at(-1)] : [];
        task.begin({ options, verb, baseUrl, url: baseUrl + path, bytes, body, signal, secrets: claim });
        runtime.invoke(
          "call",
          task,
          row.number,
          (row.known ?? row).number,
          lines,
          bytes,
          options.timeoutMs ?? 60_000,
          options.flags | tokens | (typeof accessToken?.refresh === "function" && 128) | (verbs.indexOf(verb) << 8),
          client.number,
          options.maxConcurrent ?? 50,
          options.maxRetries ?? 2,
          options.deadlineMs ?? 0,
        );
      };
      if (!options.dedupe || !/^(GET|HEAD)$/.test(verb)) return launch(task, signal);
      board(client.flights, flightKey(`${row.id} ${verb} ${lines}`, options), task, signal, (signal, landed) => {
        const shared = new Task(row);
        shared.wake = () => landed(shared);
        launch(shared, signal);
      });
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
    /** Headers of the answer that came last, and its body. */
    raw;
    answer;
    #bell = 0;
    #round = 0;
    #timer;
    #deaf;
    #controller;
    #reply;
    #token;

    constructor(row) {
      this.row = row;
    }

    /** From now on the wasm may do something with it. */
    begin({ secrets, ...call }) {
      Object.assign(this, call);
      this.secrets = [...this.options.hidden];
      for (const secret of secrets) this.keep(secret);
      this.own = runtime.current();
      runtime.tasks.add(this);
      if (this.signal) this.#deaf = onAbort(this.signal, () => this.#halted());
    }

    /** What happens from now on goes to this address in the wasm. What an earlier wait was for comes too late. */
    watch(bell, milliseconds, fetching) {
      this.#bell = bell;
      this.#round++;
      clearTimeout(this.#timer);
      // One that is longer would fire at once, and nobody waits for it.
      if (milliseconds < 2 ** 31) this.#timer = setTimeout(() => this.#hear(2), milliseconds);
      this.#controller = fetching ? new AbortController() : undefined;
      this.#halted();
    }

    #stop() {
      this.#bell = 0;
      clearTimeout(this.#timer);
      this.#deaf?.();
    }

    /** Whether the user's signal is aborted: then that is told. */
    #halted() {
      let reason;
      try {
        if (!this.signal?.aborted) return false;
        reason = this.signal.reason;
      } catch {
        return false;
      }
      this.#pass(3, reason);
      return true;
    }

    #hear(event, value) {
      if (!this.#halted()) this.#pass(event, value);
    }

    #pass(event, value) {
      if (!this.#bell) return;
      if (event > 1) {
        // Nothing else is told, and the connection is closed.
        this.#round++;
        clearTimeout(this.#timer);
        this.#controller?.abort(value);
        // Who listens to that may have ended the call.
        if (!this.#bell) return;
      }
      this.own.glue.hear(this.#bell, event, value);
    }

    /** Tells how it went; `await` is not to be surprised by a promise whose `then` somebody replaced or broke. */
    async #wait(start, then = (result) => result) {
      if (this.#halted()) return;
      const round = this.#round;
      let event = 0;
      let result;
      try {
        const given = await start();
        // What an earlier attempt waited for may still come.
        if (round !== this.#round) return;
        result = then(given);
      } catch (error) {
        event = 1;
        result = error;
      }
      if (round === this.#round) this.#hear(event, result);
    }

    /** Asks the source of tokens, for the first one or for another than the one that was refused. */
    ask(renew) {
      const source = this.options.accessToken;
      const old = this.#token;
      const refuse = (path, expected, received) => {
        throw inputError(this.row, path, expected, received);
      };
      this.#wait(
        () => (renew ? source.refresh(old) : source()),
        (given) => {
          this.#token = token(given, refuse, "options.accessToken");
          this.keep(this.#token);
          return +(this.#token !== old);
        },
      );
    }

    /** In the number: whether it is to answer JSON, whether the token goes along, what the body is. */
    fetch(what) {
      const { url, options, verb: method, body } = this;
      const { fetch: own, accessToken } = options;
      const headers = {};
      if (what & 1) headers.accept = mediaTypes[1];
      const type = mediaTypes[what >> 2];
      if (type) headers["content-type"] = type;
      const secret = this.#token ?? accessToken;
      if (what & 2 && secret) headers.authorization = `Bearer ${secret}`;
      const { signal } = this.#controller;
      // Node would send the body once more, `db_pass` and all, to whatever host a redirect names.
      const init = { method, redirect: "manual", headers: { ...headers, ...options.headers }, signal };
      if (body !== undefined) init.body = body;
      this.raw = this.answer = undefined;
      this.#wait(
        () => (own ? own(url, init) : fetch(url, init)),
        (reply) => this.#head(reply),
      );
    }

    /** The status of what `fetch` resolved to, or what is wrong with that: it may be anybody's. */
    #head(reply) {
      try {
        const { status, headers } = Object(reply);
        if (!(typeof status === "number" && status >= 0 && status < 1000 && Object(headers) === headers))
          throw new Error("fetch resolved to something that is no Response");
        if (status < 1) throw new Error("the answer is hidden: probably a redirect, and redirects are not followed");
        this.#reply = reply;
        this.raw = headers;
        return status;
      } catch (error) {
        return Object(error);
      }
    }

    /** Reads the body, to its last byte. */
    read(bytes) {
      const reply = this.#reply;
      this.#wait(
        () => (bytes ? reply.arrayBuffer() : reply.text()),
        (body) => (this.answer = body),
      );
    }

    number(which) {
      return numberIn(this.raw, `x-ratelimit-${["remaining", "limit", "reset"][which]}`);
    }

    asked(status) {
      return askedMs(this.raw, status);
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
      if (typeof secret !== "string") return;
      this.secrets.push(secret);
      if (this.row.body === form) this.secrets.push(pairsOf(this.row, "", { _: secret })[0].slice(2));
      // In JSON, and in JSON that holds JSON.
      for (let last = secret, times = 0; times < 2; times++) {
        const next = JSON.stringify(last).slice(1, -1);
        if (next === last) return;
        this.secrets.push((last = next));
      }
    }

    deviation(path, expected, received) {
      this.#call("onDeviation", { endpoint: this.row.id, path: redactor(this.secrets)(path), expected, received });
    }

    tell(event, attempt, number, status, word) {
      const { id: endpoint, route } = this.row;
      const [method] = route.split(" ");
      const what = [
        () => ({ endpoint, route, method, attempt }),
        () => {
          const rateLimit = rateLimitOf(headersOf(this.raw));
          const error = word || undefined;
          const durationMs = Date.now() - number;
          return { endpoint, route, method, attempt, durationMs, status: status || undefined, rateLimit, error };
        },
        () => ({ endpoint, route, attempt, delayMs: number, reason: word }),
      ];
      this.#call(hooks[event], what[event]());
    }

    #call(hook, what) {
      try {
        // An asynchronous hook may fail as well.
        const { [hook]: tell } = this.options;
        tell?.(what)?.then?.(undefined, () => {});
      } catch {
        // A hook that throws must not turn a success into a failure.
      }
    }

    /** Of several calls that share a request, one after the first gets a copy: what it does with it is its own affair. */
    follow({ value, refusal, response, secrets, attempts }, first) {
      Object.assign(this, { response, secrets, attempts });
      this.#end(first ? value : structuredClone(value), refusal);
    }

    done(status, attempts) {
      const { raw, answer: body } = this;
      this.attempts = attempts;
      this.response = () => {
        const headers = headersOf(raw);
        return { status, headers, rateLimit: rateLimitOf(headers), attempts };
      };
      const { answer, body: kind } = this.row;
      if (answer === nothing) return this.settle();
      if (answer === count) return this.count(headersOf(raw).get("x-total-count"), status);
      if (answer === url) return this.settle(this.url);
      // A statement of SQL that gives no rows may be answered with nothing.
      if (answer === rowsOf && (status === 204 || body === "")) return this.settle([]);
      if (status === 204 || answer < 2) return this.settle(body);
      if (answer > 2) return this.#parse(body, status);
      try {
        this.settle(kind === free ? freely(body, headersOf(raw)) : new Uint8Array(body));
      } catch {
        this.#unusable("", "a body of bytes", kindOf(body), status);
      }
    }

    count(text, status) {
      if (/^\d{1,15}$/.test(text)) return this.settle(+text);
      this.#unusable("", "a count in the header x-total-count", text ? "something else" : "nothing", status);
    }

    settle(value) {
      this.answer = undefined;
      this.#end(value, undefined);
    }

    /** JSON, of the outermost kind that the endpoint promises: else it could not even be looked at. */
    #parse(body, status) {
      const { answer } = this.row;
      const expected = ["array", "object", "JSON", "array"][answer - 3] ?? "object";
      const wrong = (text, expected, received) => this.#unusable(text, expected, received, status);
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
      if (answer === orError && value?.error) return this.fail("Api", "", "", "", status);
      if (kind === expected || expected === "JSON") return this.settle(value);
      wrong(text, expected, kind);
    }

    /** An answer that is not what the endpoint promises. */
    #unusable(text, expected, received, status) {
      this.answer = text;
      this.fail("Decode", "", expected, received, status);
    }

    fail(kind, path, expected, received, status, unsure = false, value, attempts = this.attempts, number) {
      this.attempts = attempts;
      this.refuse((method) => errorOf(this, method, kind, { path, expected, received }, status, unsure, value, number));
    }

    /** The endpoint that tells how things are after a write that may have been done. */
    witness() {
      const [, path] = this.row.route.split(" ");
      const reads = (path) => table().find((row) => row.route === `GET ${path}`)?.id;
      // No further up: a project does not tell what became of a statement of SQL.
      return reads(path) ?? reads(path.replace(/\/[^/]*$/, ""));
    }

    /** The instance of the wasm that the call was in is gone. */
    die(cause, redact) {
      this.#controller?.abort();
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
      this.#stop();
      if (this.settled) return;
      this.settled = true;
      // What was sent may be large.
      this.bytes = this.body = undefined;
      this.value = value;
      this.refusal = refusal;
      this.wake?.();
    }
  }

  return class SupabaseManagement {
    #options;
    #state = { number: ++clients, flights: new Map() };

    constructor(options = {}) {
      const row = { id: "SupabaseManagement", route: "" };
      this.#options = settle(defaults(options, row), options, row, false);
      for (const row of table()) {
        const [group, name] = row.id.split(".");
        const run = row.answer === url ? address : send;
        // In an object first, for a name that stacks and consoles show.
        const { [name]: method } = {
          [name]: (...args) => run(this.#state, row, method, () => this.#arguments(row, args)),
        };
        (this[group] ??= {})[name] = method;
      }
      addOauth(this);
      addMore(this);
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

    rateLimits() {
      const buckets = [];
      const known = (number) => (Number.isNaN(number) ? undefined : Math.max(0, Math.ceil(number)));
      const bucket = (endpoint, subject, limit, remaining, resetSeconds, running, waiting) =>
        buckets.push({
          endpoint,
          subject: subject || undefined,
          limit: known(limit),
          remaining: known(remaining),
          resetSeconds: known(resetSeconds),
          running,
          waiting,
        });
      runtime.invoke("limits", this.#state.number, { bucket });
      return buckets;
    }

    request(method, path, options = {}) {
      const named = [method, path].every((it) => typeof it === "string");
      const route = named ? `${method.toUpperCase()} ${path.split("?")[0]}` : "";
      const row = { number: -1, id: "request", route, body: free, answer: 2 };
      return send(this.#state, row, this.request, () => {
        const { query, body, ...rest } = Object(options);
        checkRequest(row, method, path, query);
        row.full = `${method.toUpperCase()} ${path}`;
        row.known = rowOf(table(), route);
        // Without the values in the path.
        row.route = row.known?.route ?? route;
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
