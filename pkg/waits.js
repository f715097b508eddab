// Waits as promises: polling and judging is Rust (src/flows/wait).
import { addMethod, handleOf } from "./client.js";
import { calledBy, siteOf } from "./errors.js";
import { snapshot } from "./json.js";
import { Pending } from "./pending.js";

/** A promise that counts who waits for it: nobody need poll for a loop that has been left. */
class Wait extends Promise {
  users = 0;
  static get [Symbol.species]() {
    return Promise;
  }
  // biome-ignore lint/suspicious/noThenProperty: a promise has one
  then(...handlers) {
    this.users++;
    return super.then(...handlers);
  }
}

/** A wait in progress: what each poll finds, for whoever reads it. */
class PendingWait extends Pending {
  #show;
  #left = new AbortController();
  /** Tells the functions of the user that the wait has ended, and with which error. */
  polls = new AbortController();
  /** Each step leads to the next one: who reads slowly misses nothing, and where nobody reads nothing is kept. */
  #next = this.#step();
  latest = this.#next;

  #step() {
    return new Promise((resolve) => (this.#show = resolve));
  }

  progress(progress) {
    const show = this.#show;
    this.latest = this.#next;
    this.#next = this.#step();
    show({ progress, next: this.#next });
  }

  end(error) {
    super.end(error);
    this.#show();
  }

  /** Aborted when nobody waits any more. */
  get left() {
    return this.#left.signal;
  }

  leave() {
    if (this.settled) return;
    const reason = new DOMException("The wait was left.", "AbortError");
    this.throwValue(reason);
    this.polls.abort(reason);
    this.#left.abort();
  }
}

/** A wait that could not start: there is no wasm. */
function failed(error) {
  const wait = Wait.reject(error);
  wait[Symbol.asyncIterator] = async function* () {
    yield await wait;
  };
  return wait;
}

/** Starts a wait. `begin` hands it to the wasm. */
function start(runtime, method, functions, begin) {
  let pending;
  try {
    pending = Object.assign(new PendingWait(runtime), functions, { caller: siteOf(method) });
  } catch (error) {
    return failed(calledBy(method, error));
  }
  const outcome = pending.outcome();
  outcome.then(
    () => pending.polls.abort(),
    (error) => pending.polls.abort(error),
  );
  const wait = new Wait((resolve, reject) => outcome.then(resolve, reject));
  try {
    begin(pending);
  } catch (error) {
    pending.throwValue(error);
  }
  wait[Symbol.asyncIterator] = async function* () {
    // The loop throws what the promise rejects with. This counts as waiting, until the loop ends.
    wait.catch(() => {});
    try {
      for (let at = pending.latest, found; (found = await at); at = found.next) yield found.progress;
      await outcome;
    } finally {
      if (!--wait.users) pending.leave();
    }
  };
  return wait;
}

/** The methods that wait, as the words of their ids, in the order of their numbers: by runtime, as they are the same for all of its clients. */
const waiters = new WeakMap();

function waitersOf(runtime) {
  const words = waiters.get(runtime) ?? runtime.invoke("waiters").map((id) => id.split("."));
  waiters.set(runtime, words);
  return words;
}

/** Gives the resources of a client the methods that wait. */
export function addWaiters(client) {
  const handle = handleOf(client);
  const { runtime } = handle;
  for (const [number, words] of waitersOf(runtime).entries()) {
    addMethod(client, words, (method, args) =>
      start(runtime, method, {}, (pending) => runtime.invoke("wait", pending, handle, number, args.map(snapshot))),
    );
  }
  return client;
}

/** The function `waitUntil` of an entry: waits for whatever `read` gives, until `done` says that it is there. */
export const defineWaitUntil = (runtime) =>
  function waitUntil(...args) {
    const [read, done, options, ...more] = args;
    const given = snapshot(options);
    const functions = {
      read(deadlineMs) {
        const { pollMs, ...rest } = Object(given);
        return read({ ...rest, signal: this.polls.signal, deadlineMs });
      },
      judge: (state) => done(state),
    };
    const taken = [read, done, given, ...more];
    return start(runtime, waitUntil, functions, (pending) => runtime.invoke("waitUntil", pending, taken));
  };
