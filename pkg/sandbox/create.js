// The Management API as a function of the shape of `fetch`. What it does is Rust (www/sandbox); here the platform's
// requests become bytes, and bytes responses. Each sandbox is an instance of its own: it goes when nobody holds it.
import { createGlue } from "../dist/sandbox-glue.js";
import { createRuntime } from "../loader.js";
import { createControl, deliver, isReset, seedText } from "./control.js";
import { createDatabases } from "./databases.js";
import { checked, inputError } from "./options.js";
import { findPglite } from "./pglite.js";
import { partsOf } from "./request.js";
import { inMemory } from "./storage.js";

const databases = new WeakMap();

/** The databases of a sandbox, for the server. */
export const databasesOf = (sandbox) => databases.get(sandbox);

/** @param compile gives the `WebAssembly.Module` where a sandbox is not given one */
export function defineSandbox(compile) {
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

    const ownDatabases = createDatabases(
      findStorage(postgres),
      (name) => JSON.parse(invoke("initial_sql", name)),
      () => invoke("databases").split("\n"),
    );

    /** Runs the SQL that a call needs, until there is an answer. */
    async function answered(step) {
      while (step[0] === "sql") {
        const [, ticket, name, sql, parameters, readOnly] = step;
        const { rows, error } = await ownDatabases.run(name, { sql, parameters, readOnly }).catch((cause) => {
          invoke("resume", ticket, undefined, undefined, now());
          throw cause;
        });
        step = invoke("resume", ticket, rows, error, now());
      }
      return step;
    }

    async function fetch(input, init) {
      const signal = init?.signal === undefined ? input?.signal : init.signal;
      if (signal?.aborted) throw signal.reason;
      const { method, origin, target, headers, body } = await partsOf(input, init);
      if (signal?.aborted) throw signal.reason;
      const [authorization, contentType, accept, idempotencyKey] = headers;
      // What the sandbox gives as an address of its own begins with the origin.
      const more = [accept, idempotencyKey, database, origin];
      let step = invoke("handle", method, target, authorization, contentType, body, now(), ...more);
      if (step[0] === "sql") step = await unlessAborted(answered(step), signal);
      // What was deleted takes its database along.
      if (method === "DELETE") await ownDatabases.sweep();
      if (isReset(method, target)) await ownDatabases.forget();
      return deliver(step, signal);
    }

    const ask = (method, target, body) => invoke("handle", method, target, undefined, undefined, body, now());
    // Not spread: what was called is read each time.
    const sandbox = Object.assign(createControl(ask, ownDatabases.forget), {
      fetch,
      save: () => invoke("save"),
      built: () => invoke("built").split("\n"),
      close: ownDatabases.close,
    });
    databases.set(sandbox, ownDatabases);
    return sandbox;
  };
}

/** How the databases of a sandbox are found: `postgres` makes them, or has a storage of its own, or PGlite is looked for. */
function findStorage(postgres) {
  if (typeof postgres === "object") return async () => postgres;
  return async () => {
    const create = postgres ?? (await findPglite());
    return create && inMemory(create);
  };
}

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
