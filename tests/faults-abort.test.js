// A call that is aborted at any moment of any fault ends with the signal's own reason, and everything that it held is
// given back: connections, timers, listeners, its place in a queue.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { named, SupabaseManagement } from "./face.mjs";
import { fakeClock, settleDown, state } from "./faults/clock.mjs";
import { faults } from "./faults/faults.mjs";
import { kinds } from "./faults/kinds.mjs";
import { random } from "./faults/random.mjs";
import { startFaultServer } from "./faults/server.mjs";
import { json, later, never, project, token, within } from "./support.js";

const seed = Number(process.env.SEED ?? 20_261_007);
const next = random(seed);
const unhandled = [];
const note = (reason) => unhandled.push(reason);
let server;
let aborted = 0;
let earlier = 0;

before(async () => {
  for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);
  server = await startFaultServer();
});
after(async () => {
  await server.close();
  for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
});

const chosen = ["GET of a list", "HEAD", "DELETE", "POST", "deployment of files"].map((name) =>
  kinds.find((kind) => kind.name === name),
);

/** Whether all connections of a call are gone within a second. */
async function hungUp(call) {
  for (let waited = 0; waited < 1000 && call.sockets.size > 0; waited += 10) await later(10);
  return call.sockets.size === 0;
}

describe("abort over a real connection", { concurrency: 4 }, () => {
  // A connection that was kept open is kept by fetch, for others.
  for (const fault of faults.filter(({ warm, heavy }) => !warm && !heavy)) {
    it(`frees it: ${fault.name}`, { timeout: 60_000 }, async () => {
      for (const kind of chosen) {
        const call = await server.open(fault, kind.answer);
        const options = { accessToken: token, baseUrl: call.url, headers: { "x-call": call.id }, timeoutMs: 30_000 };
        const controller = new AbortController();
        const reason = { mine: true };
        const pending = state(kind.run(new SupabaseManagement(options), { signal: controller.signal }));
        // From before the connection to the middle of a wait between attempts.
        await later(next() ** 3 * 120);
        const before = pending.word;
        controller.abort(reason);
        await settleDown();
        if (before === "pending") {
          assert.equal(pending.error, reason, `${kind.name}: ${pending.word} (SEED=${seed})`);
          aborted += 1;
        } else {
          earlier += 1;
        }
        assert.ok(await hungUp(call), `${kind.name}: ${call.sockets.size} connections are open (SEED=${seed})`);
        const count = call.requests.length;
        await later(10);
        assert.equal(call.requests.length, count, "a request after the end");
        await server.forget(call);
      }
    });
  }
});

/** Where a call can be when it is aborted, with a fetch of the test. */
const stages = {
  "while the token is asked for": { accessToken: never, fetch: () => assert.fail("sent") },
  "while the head is awaited": { fetch: never },
  "while the body is read": {
    fetch: async () => ({ status: 200, headers: new Headers(), text: never, arrayBuffer: never }),
  },
  "while the body of an error is read": {
    fetch: async () => ({ status: 500, headers: new Headers(), text: never, arrayBuffer: never }),
  },
  "in the wait after a 503": { fetch: async () => json({}, { status: 503, headers: { "retry-after": "9" } }) },
  "in the wait after a 429": { fetch: async () => json({}, { status: 429, headers: { "x-ratelimit-reset": "9" } }) },
};

describe("abort with a fetch of one's own", () => {
  for (const [stage, { fetch, ...options }] of Object.entries(stages)) {
    it(`${stage} aborts the signal that it was given, and sends nothing more`, async (t) => {
      const clock = fakeClock(t);
      let tried = 0;
      for (const kind of chosen) {
        const signals = [];
        const spied = (url, init) => {
          signals.push(init.signal);
          return fetch(url, init);
        };
        const client = new SupabaseManagement({ accessToken: token, fetch: spied, ...options });
        const controller = new AbortController();
        const reason = new Error("mine");
        const call = state(kind.run(client, { signal: controller.signal }));
        await clock.pass(100);
        // A status alone may be all that a kind of call wants.
        if (call.word !== "pending") continue;
        tried += 1;
        controller.abort(reason);
        await settleDown();
        assert.equal(call.error, reason, kind.name);
        const waiting = stage.startsWith("in the wait");
        assert.ok(waiting || signals.every(({ aborted }) => aborted), kind.name);
        const count = signals.length;
        await clock.pass(60_000, 20);
        assert.equal(signals.length, count, kind.name);
      }
      assert.ok(tried > 1, `${tried} kinds of call are there at that moment`);
    });
  }

  it("in the middle of attempts leaves no listener and no timer behind", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    for (const [name, step] of [
      ["addEventListener", 1],
      ["removeEventListener", -1],
    ]) {
      const original = signal[name];
      signal[name] = (...args) => {
        listeners += step;
        return original.apply(signal, args);
      };
    }
    const fetch = async () => json({}, { status: 503, headers: { "retry-after": "60" } });
    const client = new SupabaseManagement({ accessToken: token, fetch });
    const calls = Array.from({ length: 8 }, () => client.projects.list({ signal }).catch((error) => error));
    await later(20);
    assert.ok(listeners > 0);
    controller.abort("enough");
    const settled = await within(1000, Promise.all(calls));
    assert.deepEqual(new Set(settled), new Set(["enough"]));
    assert.equal(listeners, 0);
    assert.ok(timers() <= before, `${timers() - before} timers are left`);
    assert.deepEqual(await client.projects.list({ fetch: async () => json([project]) }), [project]);
  });
});

describe("abort", () => {
  it("left no rejection unhandled", () => assert.deepEqual(unhandled, []));

  it("was tried at many moments", (t) => {
    t.diagnostic(`proof: aborted calls${named}: ${aborted} calls`);
    t.diagnostic(`${earlier} more had ended before, SEED=${seed}`);
    assert.ok(aborted > 100, `${aborted}`);
  });
});
