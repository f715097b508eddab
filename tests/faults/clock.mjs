// Long waits without waiting: timers and dates of the test, and a fetch whose answers are a list.
import { SupabaseManagement } from "../face.mjs";
import { token } from "../support.js";

/** Lets everything happen that waits for no timer. */
export async function settleDown() {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes when the test says so. Ends with the test. */
export function fakeClock(t, now = Date.UTC(2026, 9, 7, 12, 0, 0)) {
  const { timers } = t.mock;
  timers.enable({ apis: ["setTimeout", "Date"], now });
  return {
    now: () => Date.now() - now,
    /** Lets time pass in steps, as timers start others. */
    async pass(milliseconds, steps = 1) {
      await settleDown();
      for (let count = 0; count < steps; count++) {
        timers.tick(milliseconds / steps);
        await settleDown();
      }
    },
  };
}

/**
 * A client whose fetch answers what the list says, one after the other, the last one for ever. Each is `(init) => answer`.
 * `sent` has the time of each request, `retries` what `onRetry` was told.
 */
export function listed(answers, options) {
  const sent = [];
  const retries = [];
  const inits = [];
  const fetch = async (_url, init) => {
    inits.push(init);
    const answer = answers[Math.min(sent.push(Date.now()), answers.length) - 1];
    return answer(init);
  };
  const onRetry = (event) => retries.push(event);
  const client = new SupabaseManagement({ accessToken: token, fetch, onRetry, ...options });
  return { client, sent, inits, retries };
}

/** What became of a promise so far. */
export function state(promise) {
  const now = { word: "pending" };
  promise.then(
    (value) => Object.assign(now, { word: "value", value }),
    (error) => Object.assign(now, { word: error?.name ?? String(error), error }),
  );
  return now;
}
