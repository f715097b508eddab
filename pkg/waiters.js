// Waiting for work that the API does after it has answered: polls until it is done, has failed, or the time is over.
import { isApiError, nameOf, TimeoutError, WaitError } from "./errors.js";
import { settle } from "./options.js";
import { onAbort } from "./signals.js";

/**
 * Per line: the waiter, what it polls, what that is; how a status begins that ends it well, and one that ends it badly;
 * what the second argument is: `/` of the path, `=` what to look for in the answer, `+` the option `services` among
 * others, else a name of the query. src/wait/rules.txt is the same; tests/waiters.test.js compares them.
 */
export const rules = `projects.waitUntilHealthy get project ACTIVE_HEALTHY INIT_FAILED|RESTORE_FAILED|REMOVED +
projects.waitUntilRestored get project ACTIVE_HEALTHY INIT_FAILED|RESTORE_FAILED|REMOVED
projects.waitUntilPaused get project INACTIVE PAUSE_FAILED
projects.waitUntilDeleted get project REMOVED -
projects.waitUntilUpgraded getUpgradeStatus upgrade 9_|10_ FAILED tracking_id
branches.waitUntilHealthy getConfig branch ACTIVE_HEALTHY INIT_FAILED|RESTORE_FAILED|REMOVED
actionRuns.waitUntilFinished get run EXITED DEAD /
backups.waitUntilRestored get.projects project ACTIVE_HEALTHY INIT_FAILED|RESTORE_FAILED|REMOVED
backups.waitUntilCompleted list backup COMPLETED FAILED|CANCELLED =
backups.waitUntilRestorePointAvailable getRestorePoint restore-point AVAILABLE FAILED|REMOVED name
customHostname.waitUntilVerified reverify hostname 4_|5_ -
customHostname.waitUntilActive get hostname 5_ -
networkRestrictions.waitUntilApplied get change applied -
sslEnforcement.waitUntilApplied get appliedSuccessfully true false
jitAccess.waitUntilApplied getConfig appliedSuccessfully true false`;

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

/** Waits for whatever `read` gives, until `done` says that it is there. */
export function waitUntil(read, done, options) {
  const judge = async (state) => ((await done(state)) ? "done" : "pending");
  return begin("waitUntil", "state", read, judge, "done", "-", options);
}

/** `judge` gives the status of a state in words; how they begin when it is done or has failed, `good` and `bad` tell. */
function begin(id, noun, read, judge, good, bad, given = {}) {
  let resolve, reject;
  const wait = new Wait((...functions) => {
    [resolve, reject] = functions;
  });
  const { pollMs, deadlineMs = 1_800_000, signal, ...rest } = Object(given);
  const began = Date.now();
  const inner = new AbortController();
  let [status, polls, missed] = ["UNKNOWN", 0, 0];
  let state, timer, late, deaf, show, refusal;
  // Each step leads to the next one: who reads slowly misses nothing, and where nobody reads nothing is kept.
  const step = () => new Promise((resolve) => (show = resolve));
  let next = step();
  let shown = next;

  const end = (value, how = reject) => {
    if (inner.signal.aborted) return;
    clearTimeout(timer);
    clearTimeout(late);
    deaf?.();
    if (how === reject) refusal = [value];
    how(value);
    show();
    inner.abort(value);
  };
  const error = (Type, after = "") => {
    const message = `${id}: the ${noun} is ${status} after ${after}${polls} poll${polls > 1 ? "s" : ""}`;
    return new Type({ message, endpoint: id, attempts: polls, status, state });
  };
  const is = (how, states) => status.split(", ")[how]((part) => RegExp(`(^| )(${states})`).test(part));
  const poll = async () => {
    // Here, as what is wrong with an option is an error of the wait.
    settle({}, given, { id, route: "", waits: true }, true);
    const abort = () => end(signal.reason);
    if (signal?.aborted) return abort();
    if (signal) deaf = onAbort(signal, abort);
    late = setTimeout(() => end(error(TimeoutError, `${deadlineMs} ms and `)), deadlineMs);
    for (let pause = pollMs ?? 3_000; ; pause = pollMs ?? Math.min(pause * 1.5, 15_000)) {
      let least = 0;
      polls++;
      try {
        const left = Math.max(began + deadlineMs - Date.now(), 1);
        state = await read({ ...rest, signal: inner.signal, deadlineMs: left });
        missed = 0;
      } catch (error) {
        if (!isPassing(error) || ++missed > 5) throw error;
        least = error.retryAfterMs ?? 0;
      }
      const words = missed ? status : await judge(state);
      if (inner.signal.aborted) return;
      status = `${words ?? "UNKNOWN"}`;
      if (!missed) {
        shown = next;
        show({ progress: { state, status, elapsedMs: Date.now() - began, polls }, next: (next = step()) });
      }
      if (is("some", bad)) throw error(WaitError);
      if (is("every", good)) return end(state, resolve);
      await new Promise((resolve) => {
        timer = setTimeout(resolve, Math.max(pause, least));
      });
    }
  };
  poll().catch((error) => end(error));

  wait[Symbol.asyncIterator] = async function* () {
    // The loop throws what the promise rejects with. This counts as waiting, until the loop ends.
    wait.catch(() => {});
    try {
      for (let at = shown, told; (told = await at); at = told.next) yield told.progress;
      if (refusal) throw refusal[0];
    } finally {
      if (!--wait.users) end(new DOMException("The wait was left.", "AbortError"));
    }
  };
  return wait;
}

/** Whether the next poll may do better. */
const isPassing = (error) =>
  /^(Connection|OutcomeUnknown|Timeout|RateLimit)Error$/.test(nameOf(error)) ||
  (isApiError(error) && /^(408|429|5..)$/.test(error.status));

const listOf = (items) => items.map(({ name, status = "UNKNOWN" }) => `${name} ${status}`).join(", ");

/** The status in an answer of any of the polled endpoints. */
const statusOf = ({ status, run_steps, backups, databaseUpgradeStatus: upgrade, appliedSuccessfully }, id) =>
  run_steps
    ? listOf(run_steps) || undefined
    : backups
      ? backups.find((backup) => backup.id === id)?.status
      : upgrade
        ? upgrade.error
          ? `FAILED ${upgrade.error}`
          : upgrade.progress
        : (appliedSuccessfully ?? status);

/** Gives the resources of a client their waiters. */
export function addWaiters(client) {
  for (const rule of rules.split("\n")) {
    const [id] = rule.split(" ");
    const [group, name] = id.split(".");
    Object.assign(client[group], { [name]: (...args) => start(client, group, name, rule, args) });
  }
  return client;
}

function start(client, group, name, rule, [ref, ...args]) {
  const [id, polled, noun, good, bad, key = ""] = rule.split(" ");
  const [call, from = group] = polled.split(".");
  let [value, given] = key ? args : [undefined, ...args];
  if (key === "+") ({ services: value, ...given } = Object(value));
  const more = key[1] ? [{ [key]: value }] : key === "/" ? [value] : [];
  let words;
  const read = async (options) => {
    words = "";
    try {
      const state = await client[from][call](ref, ...more, options);
      if (key === "+" && value?.length && state.status === good) {
        const health = await client[from].getHealth(ref, { services: value }, options);
        words = listOf(value.map((name) => ({ name, ...health.find((it) => it.name === name) })));
      }
      return state;
    } catch (error) {
      if (name === "waitUntilDeleted" && /\): (400.*been removed|404 (?!Cannot))/.test(error)) {
        words = good;
        return;
      }
      if (name !== "waitUntilVerified" || !/\): 400/.test(error)) throw error;
      // That is also the answer where there is nothing left to verify.
      const config = await client[group].get(ref, options);
      if (!/^[45]/.test(config.status)) throw error;
      return config;
    }
  };
  return begin(id, noun, read, (state) => words || statusOf(state, value), good, bad, given);
}
