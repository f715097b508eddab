// The Rust face of the client in the shape of the npm package: whatever drives one of them can drive the other. Nothing
// is decided here: arguments go to Rust as they are, and what Rust gives comes back under the names of the npm package.
import { buildRustFace } from "./build.mjs";
import { inJavaScript, isRustAlone } from "./language.mjs";

/** The methods that wait for the state of a project or branch as a whole, and those that look for one thing in it. */
const waiters = [
  "backups.waitUntilRestored",
  "branches.waitUntilHealthy",
  "customHostname.waitUntilActive",
  "customHostname.waitUntilVerified",
  "jitAccess.waitUntilApplied",
  "networkRestrictions.waitUntilApplied",
  "projects.waitUntilDeleted",
  "projects.waitUntilHealthy",
  "projects.waitUntilPaused",
  "projects.waitUntilRestarted",
  "projects.waitUntilRestored",
  "sslEnforcement.waitUntilApplied",
];
const seekers = [
  "actionRuns.waitUntilFinished",
  "backups.waitUntilCompleted",
  "backups.waitUntilRestorePointAvailable",
  "projects.waitUntilUpgraded",
  "v2.compute.waitUntilBuilt",
];

/**
 * The class of clients that are Rust within. A call takes one option more than in the npm package: `raw` asks for the text
 * of the answer, as `Call::raw` gives it, in the place of a model.
 * @param asRaw whether all calls do that which do not say it
 */
export async function rustFace({ raw: asRaw = false } = {}) {
  const { Face, methods } = await buildRustFace();
  const rows = methods();

  return class SupabaseManagement {
    #face;

    constructor(options = {}) {
      this.#face = new Face(plain(options));
      for (const row of rows) this.#add(row.id, (...args) => this.#call(row, args));
      for (const id of [...waiters, ...seekers]) this.#add(id, (...args) => this.#wait(id, args));
    }

    #add(id, method) {
      const names = id.split(".");
      const name = names.pop();
      names.reduce((holder, one) => (holder[one] ??= {}), this)[name] = method;
    }

    #call(row, args) {
      const rest = args.slice(row.paths);
      const body = row.body ? rest.shift() : undefined;
      const query = row.query ? rest.shift() : undefined;
      const paths = args.slice(0, row.paths);
      const options = plain(rest[0]);
      const raw = row.json && (options.raw ?? asRaw);
      const start = async () => {
        const told = await this.#face.call(row.id, paths, body, query, options, raw).catch(fail);
        return { ...told, data: row.nothing ? undefined : raw ? parsed(told.data) : told.data };
      };
      if (!row.pages) return answered(start());
      const walk = (items) => stepped(() => this.#face.pages(row.id, paths, query, options, items));
      const later = lazy(async () => (await start()).data);
      return Object.assign(later, {
        withResponse: start,
        pages: () => walk(false),
        [Symbol.asyncIterator]: () => walk(true),
      });
    }

    #wait(id, [path, ...rest]) {
      // What the waiter looks for comes before the options.
      const sought = seekers.includes(id) ? rest.shift() : undefined;
      const options = plain(rest[0]);
      // What is None in Rust is null here, and undefined in the npm package.
      const later = lazy(async () => (await this.#face.wait(id, [path], sought, options).catch(fail)) ?? undefined);
      const steps = () => stepped(() => this.#face.progress(id, [path], sought, options));
      return Object.assign(later, { [Symbol.asyncIterator]: steps });
    }

    request(method, path, { query, body, raw = asRaw, ...options } = {}) {
      const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, `${one}`]),
      );
      const start = async () => {
        const told = await this.#face.request(method, path, body, pairs, plain(options), raw).catch(fail);
        return { ...told, data: raw ? parsed(told.data) : told.data };
      };
      return answered(start());
    }
  };
}

/** Options as Rust reads them. */
function plain(options = {}) {
  const given = { ...options };
  if (given.headers) given.headers = [...new Headers(given.headers)];
  for (const name of ["onDeviation", "onRequest", "onResponse", "onRetry"]) {
    const { [name]: hook } = given;
    if (hook) given[name] = (event) => heard(hook, event);
  }
  return given;
}

/** A hook of Rust cannot fail; that of a test may, now or later. */
function heard(hook, event) {
  try {
    hook(event)?.then?.(undefined, () => {});
  } catch {
    // As in the npm package, where a hook that throws is not the call's affair.
  }
}

/** The promise of a call's data, with that of its response. */
function answered(whole) {
  const promise = whole.then(({ data }) => data);
  return Object.assign(promise, {
    withResponse: async () => {
      await promise;
      return whole;
    },
  });
}

/** The value of an answer's text; a text that is no JSON is given as it is, for the tests to be surprised at. */
function parsed(text) {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A promise that begins when somebody waits for it: in Rust, nothing happens before. */
function lazy(start) {
  let begun;
  const promise = () => (begun ??= start());
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is a promise to whoever awaits it
    then: (...handlers) => promise().then(...handlers),
    catch: (handler) => promise().catch(handler),
    finally: (handler) => promise().finally(handler),
  };
}

async function* stepped(begin) {
  const walk = begin();
  for (let step; (step = await walk.next().catch(fail)); ) yield step.value;
}

/** Throws what a call has failed with. */
function fail(told) {
  if (told?.foreign) throw told.thrown;
  // What the wasm itself throws, and what Rust has no value for, is an error already.
  throw told instanceof Error ? told : new FaceError(told);
}

/** An error with the fields that the npm package has, as far as Rust can tell them. */
class FaceError extends Error {
  // Reachable, and not printed, as in the npm package.
  #hidden;

  constructor({ name, message, cause, text, headers, state, ...fields }) {
    super(inJavaScript(message), cause === undefined ? undefined : { cause });
    Object.defineProperty(this, "name", { value: name });
    // What the guards of the package go by.
    Object.defineProperty(this, Symbol.for("supabase-management-wasm.error"), { value: { kind: name } });
    this.#hidden = { text, headers, state };
    for (const [field, value] of Object.entries(fields)) {
      if (isRustAlone(field, { name, ...fields })) continue;
      this[field] = field === "path" || field === "expected" ? inJavaScript(value) : value;
    }
  }

  get text() {
    return this.#hidden.text;
  }

  get headers() {
    return this.#hidden.headers;
  }

  get state() {
    return this.#hidden.state;
  }
}
