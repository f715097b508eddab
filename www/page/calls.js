// Every call that the page makes goes through here: it is kept with its route, status and time, and the line of code that
// makes it, for the list of calls beside the views.
import { SupabaseManagement } from "../../pkg/index.js";
import { codeOf, methodOf } from "./code.js";

export { clientCode } from "./code.js";

/** How many entries the list keeps. */
const most = 200;

/**
 * A call.
 * @typedef {object} Entry
 * @property {number} number counts the calls of this page
 * @property {string} method method of HTTP
 * @property {string} path route of the endpoint; empty for a wait, which calls one several times
 * @property {string} code line of code that makes the call
 * @property {number} times how many equal calls it stands for
 * @property {number} [status] status of the answer
 * @property {Error} [error] what it failed with
 * @property {number} [ms] milliseconds that it took
 */

/** @type {Entry[]} The latest first. */
let entries = [];
let numbers = 0;
const listeners = new Set();

/** Calls `listener` with all entries, now and after every change. Gives a function that ends it. */
export function onCalls(listener) {
  listeners.add(listener);
  listener(entries);
  return () => listeners.delete(listener);
}

function set(next) {
  entries = next;
  for (const listener of listeners) listener(entries);
}

export const clearCalls = () => set([]);

function add(entry) {
  set([{ number: ++numbers, times: 0, ...entry }, ...entries].slice(0, most));
  return numbers;
}

function settle(number, outcome) {
  set(entries.map((entry) => (entry.number === number ? { ...entry, times: entry.times + 1, ...outcome } : entry)));
}

/** Only tells routes: all errors do, and this client never sends anything. */
const probe = new SupabaseManagement({
  accessToken: "none",
  maxRetries: 0,
  fetch: () => Promise.reject(new Error("nothing is sent from here")),
});
const routes = new Map();

/** Method and path of an endpoint. An error tells them, so ask for one: no endpoint has such an argument. */
async function routeOf(id) {
  if (!routes.has(id)) {
    const { route } = await methodOf(
      probe,
      id,
    )({ "no such thing": true }).then(
      () => ({}),
      (error) => error,
    );
    routes.set(id, route ?? "");
  }
  return routes.get(id).split(" ");
}

/** Methods that make no call themselves: their items, or the addresses that they build, tell of themselves. */
const silent = /(?:^|\.)(?:request|rateLimits|close)$/;

/**
 * The methods of a client, each of them noting its calls down. Whatever a method gives besides a promise, such as the
 * items of a list or the progress of a wait, is given as it is.
 * @param merge whether equal calls share one entry, as long as they succeed
 */
export function recorded(client, { merge = false } = {}) {
  const known = new Map();

  const make =
    (id, call) =>
    (...args) => {
      const result = call(...args);
      if (silent.test(id) || typeof result?.then !== "function") return result;
      note(id, args, result);
      return result;
    };

  async function note(id, args, result) {
    const begin = performance.now();
    const [method = "", path = ""] = await routeOf(id);
    const code = codeOf(id, args, path);
    const shared = merge ? known.get(code) : undefined;
    const number = shared ?? add({ method, path, code });
    const ms = () => performance.now() - begin;
    try {
      const status = await statusOf(result);
      settle(number, { status, ms: ms() });
      if (merge) known.set(code, number);
    } catch (error) {
      if (shared === undefined) return settle(number, { error, ms: ms() });
      known.delete(code);
      settle(add({ method, path, code }), { error, ms: ms() });
    }
  }

  const all = (holder, before) => {
    const made = Object.entries(holder).map(([name, one]) => {
      const id = `${before}${name}`;
      return [name, typeof one === "function" ? make(id, one) : all(one, `${id}.`)];
    });
    return Object.fromEntries(made);
  };
  return all(client, "");
}

/** The status of the answer; a wait, which has several, tells none. */
async function statusOf(result) {
  if (result.withResponse) return (await result.withResponse()).status;
  await result;
  return undefined;
}

/**
 * What the client says to these arguments before it would send them: the error, or undefined where all is well. Forms use it
 * while somebody types.
 */
export async function check(id, args) {
  try {
    // What only builds an address throws at once; everything else gives a promise.
    await methodOf(probe, id)(...args);
    return undefined;
  } catch (error) {
    return error.name === "InputError" ? error : undefined;
  }
}
