// Permits: workflows that know nothing of each other stay below the limit together, wherever the window of the server begins.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { schedule } from "../pkg/fleet/cloudflare/bucket.js";

const minute = 60_000;

/** A server with fixed windows, each of which begins with its first call, as that of the API. */
function server(limit) {
  let [ends, calls] = [0, 0];
  return (now) => {
    if (now >= ends) [ends, calls] = [now + minute, 0];
    calls += 1;
    const resetSeconds = Math.ceil((ends - now) / 1000);
    return { refused: calls > limit, told: { limit, remaining: Math.max(0, limit - calls), resetSeconds } };
  };
}

/** Lets callers come at some times, each as late with its permit as it is; gives how many were refused, and when the last one was through. */
function play({ limit, supposed, arrivals, delays, learns = true }) {
  const ask = server(limit);
  let state = schedule.first(supposed);
  // What happens next, in the order of time: somebody asks for a permit, or uses one.
  const events = arrivals.map((at, who) => ({ at, who, tries: 0 }));
  let [refusals, last, turns] = [0, 0, 0];
  while (events.length > 0) {
    assert.ok(++turns < 200_000, "it never ends");
    events.sort((a, b) => a.at - b.at);
    const { at: now, who, tries, permit } = events.shift();
    if (!permit) {
      const [granted, after] = schedule.reserve(state, 1, now);
      state = after;
      // Nobody is killed for ever.
      const delay = delays[who % delays.length] % (tries < 3 ? 20_001 : 1_000);
      if (granted.again) events.push({ at: now + granted.waitMs, who, tries });
      else events.push({ at: granted.at + delay, who, tries: tries + 1, permit: granted });
      continue;
    }
    if (!schedule.holds(state, permit, now)) {
      events.push({ at: now, who, tries });
      continue;
    }
    const { refused, told } = ask(now);
    last = now;
    if (refused) refusals += 1;
    if (refused) state = schedule.close(state, told.resetSeconds * 1000, now);
    else if (learns) state = schedule.learn(state, told, now);
    if (refused) events.push({ at: now + 1, who, tries });
  }
  return { refusals, last };
}

const limits = fc.integer({ min: 10, max: 200 });
// Later than a permit holds, too: after a kill.
const delays = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 20 });
const arrivals = fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 400, size: "max" });

describe("permits of a rate limit", () => {
  it("keep all callers below it, whenever they come and however late they are", () => {
    fc.assert(
      fc.property(limits, arrivals, delays, (limit, arrivals, delays) => {
        assert.equal(play({ limit, supposed: limit, arrivals, delays }).refusals, 0);
      }),
      { numRuns: 200 },
    );
  });

  it("keep them below a limit that is lower than was thought, which the first answer tells", () => {
    fc.assert(
      fc.property(limits, arrivals, (limit, arrivals) => {
        assert.equal(play({ limit, supposed: limit * 3, arrivals, delays: [0, 10, 50] }).refusals, 0);
      }),
      { numRuns: 200 },
    );
  });

  it("are what does it: the same callers without them are refused", () => {
    fc.assert(
      fc.property(limits, (limit) => {
        const ask = server(limit);
        const refusals = Array.from({ length: 2 * limit }, (_, at) => ask(at * 100)).filter(({ refused }) => refused);
        assert.ok(refusals.length > 0);
        const arrivals = Array.from({ length: 2 * limit }, (_, at) => 1 + at * 100);
        assert.equal(play({ limit, supposed: limit, arrivals, delays: [0] }).refusals, 0);
      }),
      { numRuns: 50 },
    );
  });

  it("use most of what the limit allows", () => {
    const arrivals = Array.from({ length: 600 }, () => 1);
    const { last } = play({ limit: 120, supposed: 120, arrivals, delays: [0] });
    // Five minutes at the least.
    assert.ok(last < 1.2 * 5 * minute, `${last / 1000} s`);
  });

  it("wait five seconds for the first answer, and not for ever", () => {
    const [first, learning] = schedule.reserve(schedule.first(120), 1, 1_000);
    assert.deepEqual([first.waitMs, first.learning], [0, true]);
    const [second] = schedule.reserve(learning, 1, 2_000);
    assert.deepEqual(second, { again: true, waitMs: 4_000 });
    const [third] = schedule.reserve(learning, 1, 6_001);
    assert.equal(third.again, undefined);
  });

  it("are void once somebody was refused", () => {
    const state = { ...schedule.first(120), learningUntil: 0 };
    const [permit, after] = schedule.reserve(state, 1, 1_000);
    assert.ok(schedule.holds(after, permit, 1_000));
    const closed = schedule.close(after, 30_000, 1_000);
    assert.ok(!schedule.holds(closed, permit, 1_000));
    const [next] = schedule.reserve(closed, 1, 2_000);
    assert.equal(next.at, 31_000);
    assert.ok(!schedule.holds(closed, next, 30_999) && schedule.holds(closed, next, 31_000));
  });
});
