// The Management API as a function of the shape of `fetch`. What it does is Rust (www/sandbox); here the platform's
// requests become bytes, and bytes responses. Each sandbox is an instance of its own: it goes when nobody holds it.
import { createGlue } from "../dist/sandbox-glue.js";
import { createRuntime } from "../loader.js";
import { createControl, deliver, isReset, seedText } from "./control.js";
import { createDatabases } from "./databases.js";
import { checked, inputError } from "./options.js";
import { partsOf } from "./request.js";
import { inMemory } from "./storage.js";

const insides = new WeakMap();

/**
 * What the server needs of a sandbox: `answer`, which takes a request in parts and gives an answer in parts, without the objects
 * of the platform, its `databases`, and their `names`.
 */
export const insideOf = (sandbox) => insides.get(sandbox);

/**
 * @param compile gives the `WebAssembly.Module` where a sandbox is not given one
 * @param findPglite resolves to what makes a database of PGlite's options, or to undefined; where a sandbox is not given that
 */
export function defineSandbox(compile, findPglite) {
  let compiled;
  const shared = () => (compiled ??= compile());
  return function createSandbox(options = {}) {
    const { module, state, startupMs = 6_000, rateLimit = false, seed, ...rest } = checked(options);
    const { randomSeed = Math.random(), now = Date.now, database = true, postgres } = rest;
    const runtime = createRuntime(createGlue, module ? () => module : shared);
    const fault = runtime.invoke("start", state, seedText(seed), startupMs, Number(rateLimit), randomSeed, now());
    if (fault.length > 0) throw inputError(`options.${fault[0]}`, fault[1], fault[2]);
    const own = runtime.current();

    function invoke(name, ...args) {
      // The account went with the instance: a fresh one would answer with another.
      if (own.dead) throw own.dead;
      return runtime.invoke(name, ...args);
    }

    /** The references of projects and branches, which are the names of their databases. */
    const names = () => invoke("databases").split("\n");
    const databases = createDatabases(
      findStorage(postgres ? () => postgres : findPglite),
      (name) => JSON.parse(invoke("initial_sql", name)),
      names,
    );

    /** Runs the SQL that a call needs, until there is an answer. */
    async function answered(step) {
      while (step[0] === "sql") {
        const [, ticket, name, sql, parameters, readOnly] = step;
        const { rows, error } = await databases.run(name, { sql, parameters, readOnly }).catch((cause) => {
          invoke("resume", ticket, undefined, undefined, now());
          throw cause;
        });
        step = invoke("resume", ticket, rows, error, now());
      }
      return step;
    }

    /**
     * Status, body, how late it comes in milliseconds, how it is cut off, then names and values of headers in turn; or a promise
     * of them where databases have something to do.
     */
    function answer({ method, origin, target, headers, body }) {
      const [authorization, contentType, accept, idempotencyKey] = headers;
      // What the sandbox gives as an address of its own begins with the origin.
      const more = [accept, idempotencyKey, database, origin];
      const step = invoke("handle", method, target, authorization, contentType, body, now(), ...more);
      if (step[0] === "sql") return answered(step);
      if (isReset(method, target)) return databases.forget().then(() => step);
      // What was deleted takes its database along.
      return method === "DELETE" && databases.any() ? databases.sweep().then(() => step) : step;
    }

    async function fetch(input, init) {
      const signal = init?.signal === undefined ? input?.signal : init.signal;
      if (signal?.aborted) throw signal.reason;
      // Even where nothing is waited for: who aborts right after the call finds that nothing was done.
      const request = await partsOf(input, init);
      if (signal?.aborted) throw signal.reason;
      const step = answer(request);
      return deliver(step instanceof Promise ? await unlessAborted(step, signal) : step, signal);
    }

    const ask = (method, target, body) => invoke("handle", method, target, undefined, undefined, body, now());
    // Not spread: what was called is read each time.
    const sandbox = Object.assign(createControl(ask, databases.forget), {
      fetch,
      save: () => invoke("save"),
      built: () => invoke("built").split("\n"),
      close: databases.close,
    });
    insides.set(sandbox, { answer, databases, names });
    return sandbox;
  };
}

/** Databases sleep in memory, unless the server says otherwise. */
const findStorage = (find) => async () => {
  const create = await find();
  return create && inMemory(create);
};

/** The caller does not wait any longer once it has aborted; what was begun goes on. */
function unlessAborted(work, signal) {
  if (!signal) return work;
  let stop;
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", stop));
}
