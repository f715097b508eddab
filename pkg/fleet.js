// One operation over many projects, in one process.
import { callable, isObject, kind, objectWith, readOptions, whole, wrong } from "./fleet/checks.js";
import { Run } from "./fleet/run.js";

export { memoryJournal } from "./fleet/journal.js";

const signal = {
  expected: "an AbortSignal",
  fits: (value) => Object(value) === value && typeof value.addEventListener === "function" && "aborted" in value,
};

const rules = {
  concurrency: whole(1, 10_000),
  buckets: callable,
  client: objectWith("rateLimits"),
  journal: objectWith("read", "append"),
  record: callable,
  onProgress: callable,
  signal,
  stopAfter: whole(1, Number.MAX_SAFE_INTEGER),
};

/** An array or anything else that can be gone through. A text could be, too, letter by letter, and that is never meant. */
const isIterable = (refs) =>
  Object(refs) === refs &&
  (typeof refs[Symbol.asyncIterator] === "function" || typeof refs[Symbol.iterator] === "function");

export async function fleet(refs, operation, options) {
  if (!isIterable(refs)) {
    throw wrong("fleet", "refs", "an array or an iterable of refs", isObject(refs) ? "object" : kind(refs));
  }
  if (typeof operation !== "function") throw wrong("fleet", "operation", "function", kind(operation));
  return new Run(refs, operation, readOptions("fleet", options, rules)).report();
}
