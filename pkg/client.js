// The client as JavaScript sees it. What it does is Rust (src/js and below); here are the options and the pending calls,
// which must outlive a trap, the promises, and the stacks of errors.
import { calledBy, errorOf, siteOf, SupabaseManagementError } from "./errors.js";
import { environment } from "./environment.js";
import { bodyOf, snapshot, stringify } from "./json.js";
import { addOauth } from "./oauth.js";
import { Pending } from "./pending.js";

/** A call: its arguments, as `src/js/calls.rs` reads them, and what came of it. */
class PendingCall extends Pending {
  constructor(runtime, call) {
    super(runtime);
    Object.assign(this, call);
  }

  succeed(value, status, attempts, rawHeaders) {
    this.outcomeUnknown = false;
    this.status = status;
    this.attempts = attempts;
    this.response = () => ({ status, attempts, ...this.runtime.invoke("readHeaders", rawHeaders) });
    super.succeed(value);
  }

  end(error) {
    // What was sent may be large.
    this.body = this.json = this.text = undefined;
    super.end(error);
  }

  die({ cause }) {
    const { id, route } = this;
    const message = `${id} (${route}): the WebAssembly module failed; the call may have been done all the same`;
    this.outcomeUnknown = true;
    super.die(
      errorOf({ name: "SupabaseManagementError", message, endpoint: id, route, attempts: 1, hidden: { cause } }),
    );
  }
}

/** How the other parts of the package find the client behind an object that the user holds. */
const handles = new WeakMap();
export const handleOf = (client) => handles.get(client);

/** What the options of `client.request` hold. */
function partsOf(options, wrong) {
  try {
    return { ...Object(options) };
  } catch {
    throw wrong("options", "object", "what cannot be read");
  }
}

/** Gives a client a method. The words of its id lead to it: `create` is in `branches`, which is in `v2`. `run` is told which function was called. */
export function addMethod(client, words, run) {
  let [holder, name] = [client, words[0]];
  for (const word of words.slice(1)) [holder, name] = [(holder[name] ??= {}), word];
  // In an object first, for a name that stacks and consoles show.
  const { [name]: method } = { [name]: (...args) => run(method, args) };
  holder[name] = method;
}

/** The class of clients that work on a runtime (see loader.js). `addMore` gives a client what its entry has besides. */
export function defineClient(runtime, addMore = () => {}) {
  let rows;
  let clients = 0;

  /** The endpoints, in the order of their numbers: see `EndpointRecord` in src/js/records.rs. `words` are those of `id`. */
  const table = () =>
    (rows ??= runtime.invoke("table").map((row, endpoint) => ({ ...row, endpoint, words: row.id.split(".") })));

  /** An error about an argument that only JavaScript could look at. */
  const refuse = (endpoint, route) => (path, expected, received) =>
    errorOf(runtime.invoke("inputError", endpoint, route, path, expected, received));

  /** Starts a call. `prepare` gives its arguments; what it throws is what the promise rejects with. */
  function send(method, prepare) {
    const { pending, promise } = run(method, prepare);
    promise.withResponse = function withResponse() {
      begunAt(pending, withResponse);
      return tellsOutcome(pending, (async () => ({ data: await promise, ...pending.response() }))());
    };
    return { pending, promise: tellsOutcome(pending, promise) };
  }

  /** Whatever a call rejects with, be it the reason of a signal: its promise tells whether it was a write that may have been done. */
  const tellsOutcome = (pending, promise) =>
    Object.defineProperty(promise, "outcomeUnknown", { get: () => (pending ? pending.outcomeUnknown : false) });

  /** Whoever asks for more than the promise itself does not await it, and is in the stack of an error all the same. */
  function begunAt(pending, method) {
    const site = siteOf(method);
    if (pending) pending.caller = site;
    return site;
  }

  /** `caller` is the method, or where it was called. */
  function run(caller, prepare) {
    let pending;
    try {
      pending = new PendingCall(runtime, prepare());
      if (typeof caller !== "function") pending.caller = caller;
      runtime.invoke("call", pending);
      return { pending, promise: pending.outcome(caller) };
    } catch (error) {
      // A trap has ended it with an error of its own, which says what may have been done.
      if (pending?.settled) return { pending, promise: pending.outcome(caller) };
      pending?.forget();
      return { promise: Promise.reject(error instanceof SupabaseManagementError ? calledBy(caller, error) : error) };
    }
  }

  /** The address of an endpoint that a browser is to open: checked as a call is, at once, and not called. */
  function address(method, prepare) {
    const { url, error } = runtime.invoke("address", prepare());
    if (error) throw calledBy(method, errorOf(error));
    return url;
  }

  /** Makes the promise of a page an iterable as well: of all items, and with `pages()` of all pages. */
  function addPages({ pending, promise }, next) {
    const walk = (each) =>
      function iterate() {
        // Who iterates hears of a failure then, which may be late.
        promise.catch(() => {});
        return pagesFrom(pending, promise, next, each, begunAt(pending, iterate));
      };
    promise.pages = walk(false);
    promise[Symbol.asyncIterator] = walk(true);
  }

  async function* pagesFrom(pending, first, next, each, site) {
    const seen = new Set();
    for (let promise = first; ; ) {
      const page = await promise;
      const { status, attempts } = pending;
      const { items, query, error } = runtime.invoke("turnPage", pending, page, seen, status, attempts);
      if (error) throw calledBy(site, errorOf(error));
      if (each) yield* items;
      else if (items.length > 0 || promise === first) yield page;
      if (query === undefined) return;
      ({ pending, promise } = next(query, site));
    }
  }

  return class SupabaseManagement {
    #client;

    constructor(options = {}) {
      const given = snapshot(options);
      const outside = environment(Object(given));
      const error = runtime.invoke("checkOptions", given, outside.variables);
      if (error) throw calledBy(SupabaseManagement, errorOf(error));
      this.#client = { number: ++clients, options: { ...given, ...outside.options }, runtime };
      handles.set(this, this.#client);
      for (const row of table()) addMethod(this, row.words, (method, args) => this.#call(row, method, args));
      addOauth(this, runtime);
      addMore(this);
    }

    #call(row, method, args) {
      let given;
      const prepare = () => (given = this.#arguments(row, args));
      if (row.buildsUrl) return address(method, prepare);
      const call = send(method, prepare);
      if (row.hasPages) addPages(call, (query, site) => run(site, () => ({ ...given, query, continued: true })));
      return call.promise;
    }

    /** In this order: path values, body, query, options. */
    #arguments({ endpoint, id, route, pathValues, body: kind, hasQuery }, args) {
      const wrong = refuse(endpoint, route);
      const takes = pathValues + (kind !== "none") + hasQuery + 1;
      if (args.slice(takes).some((one) => one !== undefined)) {
        throw wrong("", `at most ${takes} arguments`, `${args.length} arguments`);
      }
      const rest = args.slice(pathValues);
      const body = kind === "none" ? {} : bodyOf(kind, rest.shift(), wrong);
      const query = hasQuery ? stringify(rest.shift(), "query", wrong) : undefined;
      const values = args.slice(0, pathValues);
      return { client: this.#client, id, route, endpoint, values, query, options: snapshot(rest[0]), ...body };
    }

    rateLimits() {
      return runtime.invoke("rateLimits", this.#client);
    }

    request(method, path, options = {}) {
      const prepare = () => {
        const call = { client: this.#client, id: "request", values: [method, path] };
        // Of an endpoint that is known, without the values in its path: one of them may be a secret.
        call.route = runtime.invoke("routeOf", call);
        const wrong = refuse(undefined, call.route);
        const { query, body, ...rest } = partsOf(options, wrong);
        call.options = snapshot(Object(options) === options ? rest : options);
        return { ...call, query: stringify(query, "query", wrong), ...bodyOf(undefined, body, wrong) };
      };
      return send(this.request, prepare).promise;
    }
  };
}
