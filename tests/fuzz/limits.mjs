// Rate limits, on a clock of the test: against a server that has them, they are kept, whoever comes first goes first, and
// nobody is forgotten.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isRateLimitError, SupabaseManagement } from "../../pkg/index.js";
import { token } from "../support.js";
import { onClock } from "./clock.mjs";
import { property } from "./runner.mjs";

const whole = (min, max) => fc.integer({ min, max });
const refs = ["a", "b", "c"].map((letter) => letter.repeat(20));
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * What one call does: when it comes, behind the one before; of which project; how long it takes to the server and back;
 * whether it would rather fail than wait for a window; whether its answer tells nothing of a limit that is known; and when
 * it is aborted, behind its coming.
 */
const plans = (aborts, most) =>
  fc.array(
    fc.record({
      after: fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: whole(0, 300) },
        whole(0, 20_000),
      ),
      subject: whole(0, refs.length - 1),
      there: whole(0, 999),
      back: whole(0, 2_999),
      picky: fc.boolean(),
      silent: fc.boolean(),
      aborted: aborts ? fc.option(whole(0, 8_000), { freq: 3, nil: undefined }) : fc.constant(undefined),
    }),
    { minLength: 1, maxLength: most },
  );

/** What the server allows: so many calls in so many seconds; and how many calls of the client may run at once. */
const rules = fc.record({ limit: whole(1, 7), seconds: whole(2, 69), most: whole(1, 5) });

/** A server with a window for each project. `over` counts the calls that it took though the window was full. */
function serverOf({ limit, seconds }, isSilent) {
  const windows = refs.map(() => ({ ends: 0, count: 0, number: 0 }));
  const seen = { over: 0, overAtFirst: 0, sent: [], running: 0, busiest: 0 };
  const fetch = async (url, { headers, signal }) => {
    const at = Number(headers["x-plan"]);
    const { subject, there, back } = seen.plans[at];
    seen.sent.push({ at, subject, time: Date.now() });
    seen.busiest = Math.max(seen.busiest, ++seen.running);
    // Who gives up has gone, whatever the server does with what was sent.
    let gone = false;
    const leave = () => {
      if (!gone) seen.running--;
      gone = true;
    };
    signal.addEventListener("abort", leave);
    await later(there);
    const window = windows[subject];
    if (Date.now() >= window.ends) {
      Object.assign(window, { ends: Date.now() + seconds * 1000, count: 0, number: window.number + 1 });
    }
    if (++window.count > limit) {
      seen.over++;
      if (window.number === 1) seen.overAtFirst++;
    }
    const told = {
      "x-ratelimit-limit": `${limit}`,
      "x-ratelimit-remaining": `${Math.max(0, limit - window.count)}`,
      "x-ratelimit-reset": `${Math.ceil((window.ends - Date.now()) / 1000)}`,
    };
    await later(back);
    leave();
    return new Response(url.endsWith("/functions") ? "[]" : "{}", { headers: isSilent(at) ? {} : told });
  };
  return { fetch, seen };
}

const functions = (client, ref, options) => client.functions.list(ref, options);
/** Of an endpoint with rates of its own: ten calls a minute, and one a second. */
const context = (client, ref, options) => client.database.getMetadata(ref, options);

/** Runs all calls to their ends. What must hold whatever happens is checked here. */
const simulate = (rules, list, { call = functions, told = true, silent = false } = {}) =>
  onClock(async ({ finish, timers }) => {
    const knows = (subject) =>
      client.rateLimits().some((state) => state.subject === refs[subject] && state.remaining !== undefined);
    const isSilent = (at) => !told || (silent && list[at].silent && knows(list[at].subject));
    const { fetch, seen } = serverOf(rules, isSilent);
    seen.plans = list;
    const client = new SupabaseManagement({ accessToken: token, fetch, maxConcurrent: rules.most, maxRetries: 0 });
    const reason = { mine: true };
    const made = (async () => {
      const ends = [];
      for (const [at, { after, subject, picky, aborted }] of list.entries()) {
        if (after > 0) await later(after);
        const controller = new AbortController();
        const options = {
          rateLimit: picky ? "error" : "wait",
          headers: { "x-plan": `${at}` },
          signal: controller.signal,
        };
        ends.push(
          call(client, refs[subject], options).then(
            () => ({}),
            (error) => ({ error }),
          ),
        );
        if (aborted !== undefined) setTimeout(() => controller.abort(reason), aborted);
      }
      return Promise.all(ends);
    })();
    const ends = await finish(made);
    for (const [at, { error }] of ends.entries()) {
      const { picky, aborted } = list[at];
      if (error === undefined) continue;
      if (error === reason) assert.notEqual(aborted, undefined);
      else assert.ok(picky && isRateLimitError(error), `call ${at}: ${error?.stack}`);
    }
    assert.ok(seen.busiest <= rules.most, `${seen.busiest} run at once`);
    // First come, first served, within a project.
    for (const subject of refs.keys()) {
      const order = seen.sent.filter((one) => one.subject === subject).map(({ at }) => at);
      assert.deepEqual(
        order,
        order.toSorted((one, other) => one - other),
      );
    }
    assert.ok(client.rateLimits().every(({ running, waiting }) => running + waiting === 0));
    // Nothing goes on behind the end, but what the server still does, and signals that are aborted too late.
    const own = [...timers.values()].filter(({ at }) => at > Date.now() + 8_001);
    assert.deepEqual(own, []);
    return { ...seen, gone: ends.filter(({ error }) => error === reason).length };
  });

/** Of windows that are longer than answers take: else nobody can tell which one an answer belongs to. */
const long = (rules) => ({ ...rules, seconds: rules.seconds + 7 });

property("a limit that the server tells is never broken", [rules, plans(false, 30)], async (rules, list) => {
  const { over } = await simulate(long(rules), list);
  assert.equal(over, 0, "calls that the server refuses");
});

property("an answer that tells nothing counts all the same", [rules, plans(false, 30)], async (rules, list) => {
  // One after the other, and in the first window: else nobody can tell what the next answer has counted already.
  const { overAtFirst } = await simulate({ ...rules, most: 1 }, list, { silent: true });
  assert.equal(overAtFirst, 0, "calls that the server refuses");
});

property(
  "everybody is served or told whoever gives up",
  [rules, plans(true, 30), fc.boolean(), fc.boolean()],
  async (rules, list, rated, told) => {
    await simulate(rules, list, { call: rated ? context : functions, told });
  },
);

property("a limit holds for those who stay where others give up", [rules, plans(true, 30)], async (rules, list) => {
  const { over, gone } = await simulate(long(rules), list);
  // What was sent and given up before anything was known of the window may have filled it.
  assert.ok(over <= gone, `the server refuses ${over} calls, ${gone} were given up`);
});

property(
  "a rate that is documented is kept where the server tells nothing",
  [rules, plans(true, 40)],
  async (rules, list) => {
    const { sent } = await simulate(rules, list, { call: context, told: false });
    for (const subject of refs.keys()) {
      const times = sent.filter((one) => one.subject === subject).map(({ time }) => time);
      for (const [calls, seconds] of [
        [10, 60],
        [1, 1],
      ]) {
        const early = times.slice(calls).findIndex((time, at) => time < times[at] + seconds * 1000);
        assert.equal(early, -1, `more than ${calls} in ${seconds} s: ${times}`);
      }
    }
  },
);
