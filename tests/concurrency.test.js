// Many calls at once against a server that enforces the real limits: none of them is refused, nobody is starved, what is
// queued can be left, and nothing stays behind.
import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { after, before, describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SupabaseManagement } from "../pkg/index.js";
import { fakeClock, settleDown, state } from "./faults/clock.mjs";
import { startLimitServer } from "./faults/limits.mjs";
import { json, later, newProject, project, rejection, token, within } from "./support.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const heap = async () => {
  // What is freed at the end of a turn is garbage in the next one.
  for (let turn = 0; turn < 4; turn++) {
    await later(5);
    collect();
  }
  return process.memoryUsage().heapUsed;
};

const unhandled = [];
const note = (reason) => unhandled.push(reason);
before(() => {
  for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);
});
after(() => {
  for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
  assert.deepEqual(unhandled, []);
});

/** References of projects: 20 letters. */
const refs = Array.from({ length: 25 }, (_, at) => String.fromCharCode(97 + at).repeat(20));
const [first, second] = refs;
const seq = (number) => ({ headers: { "x-seq": `${number}` } });

async function limited(t, settings) {
  const server = await startLimitServer(settings);
  t.after(() => server.close());
  const clientOf = (options) => new SupabaseManagement({ accessToken: token, baseUrl: server.url, ...options });
  return { server, clientOf };
}

const words = (results) => {
  const counts = {};
  for (const { status, reason } of results) {
    const word = status === "fulfilled" ? "value" : (reason?.name ?? `${reason}`);
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
};

describe("10,000 calls at once over 50 buckets", () => {
  const rounds = 200;
  const total = refs.length * 2 * rounds;
  const report = {};

  before(async () => {
    const server = await startLimitServer({ limit: 120, windowMs: 2000, delayMs: 5 });
    const client = new SupabaseManagement({ accessToken: token, baseUrl: server.url });
    // Connections and buckets are made once: they are not to be taken for what is left.
    await Promise.all(refs.flatMap((ref) => [client.projects.get(ref, seq(-1)), client.functions.list(ref, seq(-1))]));
    await later(2000);
    server.arrivals.length = 0;
    const before = await heap();
    const ended = new Map();
    const begun = performance.now();
    let calls = [];
    for (let round = 0; round < rounds; round++) {
      for (const ref of refs) {
        for (const run of [client.projects.get, client.functions.list]) {
          const bucket = `${run === client.projects.get ? "get" : "list"} ${ref}`;
          const call = run(ref, seq(round));
          const end = () => ended.set(bucket, [...(ended.get(bucket) ?? []), round]);
          calls.push(call.finally(end));
        }
      }
    }
    const results = await within(120_000, Promise.allSettled(calls));
    assert.notEqual(results, "hanging", "calls did not settle");
    calls = undefined;
    Object.assign(report, { words: words(results), milliseconds: performance.now() - begun, ended });
    Object.assign(report, { refused: server.refused, busiest: server.busiest, arrivals: server.arrivals });
    report.rateLimits = client.rateLimits();
    await server.close();
    results.length = 0;
    server.arrivals = [];
    report.grown = (await heap()) - before;
  });

  it("all succeed", (t) => {
    assert.deepEqual(report.words, { value: total });
    t.diagnostic(`proof: concurrent calls: ${total} calls`);
    t.diagnostic(`${total} calls in ${Math.round(report.milliseconds)} ms, ${report.refused} refused by the server`);
  });

  it("are never refused by the server", () => {
    assert.equal(report.refused, 0);
    assert.equal(report.arrivals.length, total);
  });

  it("are at most maxConcurrent at once, and not much fewer", () => {
    assert.ok(report.busiest <= 50, `${report.busiest}`);
    assert.ok(report.busiest > 25, `${report.busiest}`);
  });

  it("go in the order of the calls, in each bucket", () => {
    const places = new Map();
    for (const { bucket, seq } of report.arrivals) {
      const place = places.get(bucket) ?? 0;
      places.set(bucket, place + 1);
      assert.ok(Math.abs(place - seq) <= 50, `call ${seq} of ${bucket} came at place ${place}`);
    }
    assert.equal(places.size, 50);
  });

  it("end in the order of the calls, in each bucket, as far as they run at once", () => {
    assert.equal(report.ended.size, 50);
    for (const [bucket, order] of report.ended)
      for (const [place, round] of order.entries())
        assert.ok(Math.abs(place - round) <= 50, `call ${round} of ${bucket} ended at place ${place}`);
  });

  it("leave nothing behind", () => {
    assert.ok(report.rateLimits.length > 0);
    for (const { running, waiting } of report.rateLimits) assert.deepEqual([running, waiting], [0, 0]);
    // The report itself: 10,000 arrivals, and as many ends.
    const own = 4_000_000;
    assert.ok(report.grown < own + 2_000_000, `the heap has grown by ${report.grown} bytes`);
  });
});

describe("the limit of a bucket", () => {
  it("does not hold up the call of an idle one behind 5,000 of another", async (t) => {
    const { server, clientOf } = await limited(t, { windowMs: 2000 });
    const client = clientOf();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const crowd = Array.from({ length: 5000 }, () => client.projects.get(first, { signal: controller.signal }));
    const results = Promise.allSettled(crowd);
    while (server.arrivals.length < 120) await later(20);
    const begun = performance.now();
    await client.projects.get(second);
    const took = performance.now() - begun;
    assert.ok(took < 1000, `${took} ms`);
    const entry = client.rateLimits().find(({ subject, waiting }) => subject === first && waiting > 0);
    assert.equal(entry?.endpoint, "projects.get");
    assert.ok(entry.waiting > 4000, JSON.stringify(entry));
    controller.abort("enough");
    const { value, enough, ...others } = words(await within(5000, results));
    assert.deepEqual(others, {});
    assert.equal(value + enough, 5000);
    assert.ok(value >= 120 && value <= 240, `${value}`);
    assert.equal(server.refused, 0);
  });

  it("is shared by two clients of one token only through the server, and both come through", async (t) => {
    const { server, clientOf } = await limited(t, { windowMs: 1000 });
    const clients = [clientOf(), clientOf()];
    const calls = clients.flatMap((client) => Array.from({ length: 150 }, () => client.projects.get(first)));
    assert.deepEqual(words(await within(30_000, Promise.allSettled(calls))), { value: 300 });
    t.diagnostic(`two clients of one token: ${server.refused} of ${server.arrivals.length} requests were refused`);
    // What one has used the other reads in the next answer: at most what is on its way goes beyond.
    assert.ok(server.refused <= 100, `${server.refused}`);
  });

  it("is an error at once where that is wished for, and nothing is sent", async (t) => {
    const { server, clientOf } = await limited(t, { limit: 20, windowMs: 2000 });
    const client = clientOf({ rateLimit: "error" });
    const begun = performance.now();
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => client.projects.get(first)));
    assert.ok(performance.now() - begun < 1500, "it waited");
    assert.deepEqual(words(results), { value: 20, RateLimitError: 40 });
    assert.deepEqual([server.arrivals.length, server.refused], [20, 0]);
    for (const { reason } of results.filter(({ reason }) => reason)) {
      assert.equal(reason.attempts, 0);
      assert.ok(reason.retryAfterMs > 0 && reason.retryAfterMs <= 2200, `${reason.retryAfterMs}`);
    }
    // Another bucket has a limit of its own, and after the window there is a new one.
    await client.projects.get(second);
    await later(2250);
    await client.projects.get(first);
    assert.equal(server.refused, 0);
  });

  it("is an error at once where the wait does not fit the deadline", async (t) => {
    const { server, clientOf } = await limited(t, { limit: 3, windowMs: 3000 });
    const client = clientOf();
    for (let count = 0; count < 3; count++) await client.projects.get(first);
    const begun = performance.now();
    const error = await rejection(client.projects.get(first, { deadlineMs: 500 }));
    assert.ok(performance.now() - begun < 400);
    assert.deepEqual([error.name, error.attempts], ["RateLimitError", 0], error.stack);
    assert.ok(error.retryAfterMs > 500 && error.retryAfterMs <= 3300, `${error.retryAfterMs}`);
    assert.equal(server.arrivals.length, 3);
  });

  it("of new projects is that of the organization in their body", async (t) => {
    const answer = () => JSON.stringify(project);
    const { server, clientOf } = await limited(t, { limit: 2, windowMs: 3000, answer });
    const client = clientOf({ rateLimit: "error" });
    const create = (organization_slug) => client.projects.create({ ...newProject, organization_slug });
    // The server counts all of one path together, so it is asked twice at most.
    await create("acme");
    const subjects = () => client.rateLimits().map(({ endpoint, subject }) => `${endpoint} ${subject}`);
    assert.deepEqual(subjects(), ["projects.create acme"]);
    await create("other");
    assert.deepEqual(new Set(subjects()), new Set(["projects.create acme", "projects.create other"]));
    assert.equal(server.refused, 0);
  });

  it("can be looked at", async (t) => {
    const answer = ({ url }) => (url.endsWith("/organizations") ? "[]" : "{}");
    const { clientOf } = await limited(t, { limit: 9, windowMs: 3000, answer });
    const client = clientOf();
    assert.deepEqual(client.rateLimits(), []);
    await client.projects.get(first);
    await client.organizations.list();
    const [one, other] = client.rateLimits();
    const { resetSeconds, ...rest } = one;
    const expected = { endpoint: "projects.get", subject: first, limit: 9, remaining: 8, running: 0, waiting: 0 };
    assert.deepEqual(rest, expected);
    // The window's end may be rounded, so it is taken to be a little later.
    assert.ok(resetSeconds > 0 && resetSeconds <= 4, `${resetSeconds}`);
    assert.deepEqual([other.endpoint, other.subject], ["organizations.list", undefined]);
  });
});

describe("a bucket that is unknown", () => {
  it("is learnt by one call, the rest waits for its answer and no longer", async (t) => {
    const { server, clientOf } = await limited(t, {});
    const client = clientOf();
    let release;
    const held = new Promise((resolve) => (release = resolve));
    server.hold = ({ number }) => (number === 1 ? held : undefined);
    const calls = Array.from({ length: 20 }, () => client.projects.get(first));
    // Another bucket is learnt by itself.
    await later(150);
    assert.equal(server.arrivals.length, 1);
    await within(1000, client.functions.list(second));
    assert.equal(server.arrivals.length, 2);
    release();
    assert.deepEqual(words(await within(3000, Promise.allSettled(calls))), { value: 20 });
  });

  it("has no limit where the answer tells of none", async (t) => {
    const { server, clientOf } = await limited(t, { limit: 10_000, delayMs: 300 });
    server.headers = false;
    const client = clientOf({ maxConcurrent: 100 });
    await client.projects.get(first);
    const begun = performance.now();
    await Promise.all(Array.from({ length: 200 }, () => client.projects.get(first)));
    assert.ok(performance.now() - begun < 2000);
    assert.ok(server.busiest > 50, `${server.busiest}`);
  });

  for (const [name, hold] of [
    ["breaks off", ({ response }) => response.destroy()],
    [
      "breaks off in the middle",
      ({ response }) => response.writeHead(200, { "content-length": "9" }).write("{") && response.destroy(),
    ],
  ]) {
    it(`is not stuck where the answer of the first ${name}`, async (t) => {
      const { server, clientOf } = await limited(t, {});
      const client = clientOf();
      server.hold = (scene) => (scene.number === 1 ? hold(scene) : undefined);
      const calls = Array.from({ length: 30 }, () => client.projects.get(first));
      assert.deepEqual(words(await within(4000, Promise.allSettled(calls))), { value: 30 });
    });
  }

  it("is not stuck where the first is not repeated", async (t) => {
    const { server, clientOf } = await limited(t, { answer: () => JSON.stringify(project) });
    const client = clientOf();
    server.hold = ({ number, response }) => number === 1 && response.destroy();
    const calls = Array.from({ length: 10 }, () => client.projects.create(newProject));
    const results = words(await within(4000, Promise.allSettled(calls)));
    assert.deepEqual(results, { OutcomeUnknownError: 1, value: 9 });
  });

  it("is not stuck where the first is aborted", async (t) => {
    const { server, clientOf } = await limited(t, {});
    const client = clientOf();
    server.hold = ({ number }) => number === 1 && new Promise(() => {});
    const controller = new AbortController();
    const one = client.projects.get(first, { signal: controller.signal });
    const calls = Array.from({ length: 10 }, () => client.projects.get(first));
    await later(50);
    controller.abort("mine");
    assert.equal(await rejection(one), "mine");
    assert.deepEqual(words(await within(2000, Promise.allSettled(calls))), { value: 10 });
  });

  it("is not stuck for more than 5 s where the first stalls", async (t) => {
    // A connection that Node gives up meanwhile could not stop its timers.
    await later(200);
    const clock = fakeClock(t);
    let sent = 0;
    const fetch = () => (++sent === 1 ? new Promise(() => {}) : Promise.resolve(json({})));
    const client = new SupabaseManagement({ accessToken: token, fetch });
    const one = state(client.projects.get(first));
    const others = Array.from({ length: 9 }, () => state(client.projects.get(first)));
    await clock.pass(4_900, 7);
    assert.equal(sent, 1);
    await clock.pass(200, 4);
    assert.deepEqual(new Set(others.map(({ word }) => word)), new Set(["value"]));
    assert.equal(one.word, "pending");
    // Of the one that stalls, time goes on.
    await clock.pass(200_000, 200);
    assert.equal(one.word, "value", one.error?.stack);
  });
});

describe("maxConcurrent", () => {
  for (const maxConcurrent of [1, 7, 120]) {
    it(`of ${maxConcurrent} is kept and used`, async (t) => {
      // A busy machine needs its time to send so many before the first is answered.
      const { server, clientOf } = await limited(t, { limit: 10_000, delayMs: 50 + 5 * maxConcurrent });
      const client = clientOf({ maxConcurrent });
      await Promise.all(refs.map((ref) => client.projects.get(ref)));
      await Promise.all(Array.from({ length: maxConcurrent * 5 }, (_, at) => client.projects.get(refs[at % 25])));
      assert.ok(server.busiest <= maxConcurrent, `${server.busiest}`);
      assert.ok(server.busiest >= maxConcurrent * 0.8, `${server.busiest}`);
    });
  }

  it("counts attempts: who waits for another one holds no place", async () => {
    const fetch = async (url) =>
      url.endsWith("/projects") ? json([]) : json({}, { status: 503, headers: { "retry-after": "60" } });
    const client = new SupabaseManagement({ accessToken: token, fetch, maxConcurrent: 3 });
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = refs.slice(0, 9).map((ref) => client.projects.get(ref, { signal }).catch((error) => error));
    assert.deepEqual(await within(1000, client.projects.list()), []);
    controller.abort("enough");
    assert.deepEqual(new Set(await within(1000, Promise.all(waiting))), new Set(["enough"]));
  });

  it("gives the place of an aborted call to the next one", async () => {
    let sent = 0;
    const fetch = (url, { signal }) => {
      sent += 1;
      if (url.endsWith("/projects")) return Promise.resolve(json([]));
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const client = new SupabaseManagement({ accessToken: token, fetch, maxConcurrent: 2 });
    const controller = new AbortController();
    const { signal } = controller;
    const held = refs.slice(0, 2).map((ref) => client.projects.get(ref, { signal }).catch((error) => error));
    const next = client.projects.list();
    await later(20);
    assert.equal(sent, 2);
    controller.abort("enough");
    assert.deepEqual(await within(1000, next), []);
    assert.deepEqual(await Promise.all(held), ["enough", "enough"]);
  });
});

describe("calls in a queue", () => {
  it("can be aborted: they end at once, are never sent, and the rest goes on in its order", async (t) => {
    const { server, clientOf } = await limited(t, { limit: 30, windowMs: 2000 });
    const client = clientOf();
    const controller = new AbortController();
    const { signal } = controller;
    setMaxListeners(0, signal);
    const left = (number) => number >= 30 && number % 3 !== 0;
    const calls = Array.from({ length: 60 }, (_, at) =>
      client.projects.get(first, { ...seq(at), ...(left(at) ? { signal } : {}) }),
    );
    const settled = Promise.allSettled(calls);
    await later(300);
    assert.equal(server.arrivals.length, 30);
    const aborted = calls.filter((_, at) => left(at));
    controller.abort("not mine any more");
    const ended = await within(200, Promise.all(aborted.map(rejection)));
    assert.deepEqual(new Set(ended), new Set(["not mine any more"]));
    assert.deepEqual(words(await within(10_000, settled)), { value: 40, "not mine any more": 20 });
    const order = server.arrivals.map(({ seq }) => seq);
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: 60 }, (_, at) => at).filter((at) => !left(at)),
    );
    assert.equal(server.refused, 0);
    await settleDown();
    for (const { running, waiting } of client.rateLimits()) assert.deepEqual([running, waiting], [0, 0]);
  });

  it("end with the time that they have", async (t) => {
    const { server, clientOf } = await limited(t, { limit: 1, windowMs: 60_000 });
    const client = clientOf();
    await client.projects.get(first);
    // A window of a minute does not fit, so the error comes at once, and not at the deadline.
    const error = await within(200, rejection(client.projects.get(first, { deadlineMs: 10_000 })));
    assert.equal(error.name, "RateLimitError", `${error.stack ?? error}`);
    assert.equal(server.arrivals.length, 1);
  });
});
