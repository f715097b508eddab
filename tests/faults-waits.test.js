// How long is waited between two attempts, on a clock of the test: what a server asks for is kept to the millisecond and
// never shortened, and a wait that cannot be kept is an error at once.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SupabaseManagement } from "./face.mjs";
import { fakeClock, listed, settleDown, state } from "./faults/clock.mjs";
import { json, newProject, never, project, ref, token, within } from "./support.js";

const ok = () => json([project]);
const refuse =
  (status, headers = {}) =>
  () =>
    json({ message: "no" }, { status, headers });
const breakOff = () => Promise.reject(new TypeError("fetch failed"));
const reset = (seconds, remaining = "0") => ({
  "x-ratelimit-limit": "120",
  "x-ratelimit-remaining": remaining,
  "x-ratelimit-reset": `${seconds}`,
});
const start = Date.UTC(2026, 9, 7, 12, 0, 0);
const at = (seconds) => new Date(start + seconds * 1000).toUTCString();

/** What a server asks for, in seconds. */
const asked = {
  "Retry-After in seconds": [refuse(429, { "retry-after": "30" }), 30],
  "Retry-After in seconds, with a 503": [refuse(503, { "retry-after": "30" }), 30],
  "Retry-After in seconds, with a 408": [refuse(408, { "retry-after": "7" }), 7],
  "Retry-After as a date": [refuse(429, { "retry-after": at(45) }), 45],
  "Retry-After as a date, by the server's own clock": [refuse(503, { "retry-after": at(3620), date: at(3600) }), 20],
  "Retry-After as a date, by a clock that is late": [refuse(503, { "retry-after": at(-3580), date: at(-3600) }), 20],
  "X-RateLimit-Reset": [refuse(429, reset(57)), 57],
  "X-RateLimit-Reset with a 503, where nothing remains": [refuse(503, reset(12)), 12],
  "Retry-After before X-RateLimit-Reset": [refuse(429, { ...reset(9), "retry-after": "9" }), 9],
  "nearly ten minutes": [refuse(429, { "retry-after": "540" }), 540],
};

describe("a wait that a server asks for", () => {
  for (const [name, [answer, seconds]] of Object.entries(asked)) {
    it(`is kept, and lengthened by 10 % at most: ${name}`, async (t) => {
      const clock = fakeClock(t, start);
      const { client, sent, retries } = listed([answer, ok], { timeoutMs: 2_000_000 });
      const call = state(client.projects.list());
      await settleDown();
      assert.equal(sent.length, 1);
      await clock.pass(seconds * 1000 - 1);
      assert.equal(sent.length, 1, "the wait was shortened");
      await clock.pass(seconds * 100 + 2, 4);
      assert.equal(call.word, "value", call.error?.stack);
      assert.equal(sent.length, 2);
      const [{ delayMs, attempt, endpoint, route }] = retries;
      assert.ok(delayMs >= seconds * 1000 && delayMs <= seconds * 1100, `${delayMs}`);
      assert.deepEqual([attempt, endpoint, route], [1, "projects.list", "GET /v1/projects"]);
    });
  }

  it("is kept by a write as well, where a 429 has refused it before any work", async (t) => {
    const clock = fakeClock(t);
    const { client, sent, inits } = listed([refuse(429, reset(30)), () => json(project, { status: 201 })]);
    const call = state(client.projects.create(newProject));
    await clock.pass(29_999);
    assert.equal(sent.length, 1);
    await clock.pass(3_002, 4);
    assert.equal(call.word, "value", call.error?.stack);
    assert.equal(inits[0].body, inits[1].body);
  });

  it("is not the same for all who are told the same", async (t) => {
    const clock = fakeClock(t);
    const delays = [];
    for (let count = 0; count < 8; count++) {
      const { client, retries } = listed([refuse(429, { "retry-after": "100" }), ok]);
      const call = state(client.projects.list());
      await clock.pass(111_000);
      assert.equal(call.word, "value");
      delays.push(retries[0].delayMs);
    }
    assert.ok(new Set(delays).size > 4, `${delays}`);
  });

  for (const [name, options, answer, retryAfterMs] of [
    ["does not fit the deadline", { deadlineMs: 20_000 }, refuse(429, { "retry-after": "30" }), 30_000],
    ["does not fit the deadline, with a reset", { deadlineMs: 20_000 }, refuse(429, reset(30)), 30_000],
    ["does not fit the deadline, with a 503", { deadlineMs: 20_000 }, refuse(503, { "retry-after": "30" }), 30_000],
    ["is above ten minutes", {}, refuse(429, { "retry-after": "601" }), 601_000],
    ["is above ten minutes, as a date", {}, refuse(503, { "retry-after": at(3600) }), 3_600_000],
  ]) {
    it(`is an error at once where it ${name}`, async (t) => {
      fakeClock(t, start);
      const { client, sent } = listed([answer, ok], options);
      const call = state(client.projects.list());
      await settleDown();
      assert.equal(call.word, "ApiError", call.error?.stack);
      assert.deepEqual([call.error.attempts, call.error.retryAfterMs], [1, retryAfterMs]);
      assert.equal(sent.length, 1);
    });
  }

  it("is kept above ten minutes where the deadline has room for it", async (t) => {
    const clock = fakeClock(t);
    const answers = [refuse(503, { "retry-after": "1200" }), ok];
    const { client, sent } = listed(answers, { deadlineMs: 2_000_000 });
    const call = state(client.projects.list());
    await clock.pass(1_199_999);
    assert.equal(sent.length, 1);
    await clock.pass(120_002, 4);
    assert.equal(call.word, "value", call.error?.stack);
  });
});

describe("a header that closes an endpoint for years", () => {
  const years = 999_999_999;
  for (const [name, headers, told] of [
    ["Retry-After in seconds", { "retry-after": `${years}` }, years * 1000],
    ["Retry-After as a date", { "retry-after": "Tue, 01 Jan 2999 00:00:00 GMT" }],
    ["X-RateLimit-Reset", reset(years), years * 1000],
  ]) {
    it(`counts for ten minutes at most, then one call goes ahead and looks: ${name}`, async (t) => {
      const clock = fakeClock(t, start);
      let open;
      const opened = new Promise((resolve) => (open = resolve));
      const { client, sent } = listed([refuse(429, headers), () => opened.then(ok), ok]);
      const refused = state(client.projects.list());
      await settleDown();
      assert.deepEqual([refused.word, sent.length], ["ApiError", 1]);
      assert.ok(told === undefined || refused.error.retryAfterMs === told, `${refused.error.retryAfterMs}`);
      await clock.pass(599_000);
      const early = state(client.projects.list());
      await settleDown();
      assert.deepEqual(
        [early.word, sent.length],
        ["RateLimitError", 1],
        "no look, and no wait that most likely is in vain",
      );
      assert.ok(early.error.retryAfterMs > 0 && early.error.retryAfterMs <= 1_000, `${early.error.retryAfterMs}`);
      await clock.pass(1_001);
      const calls = Array.from({ length: 5 }, () => state(client.projects.list()));
      await settleDown();
      assert.equal(sent.length, 2, "one looks, the others wait for what it finds");
      open();
      await settleDown();
      assert.deepEqual(
        calls.map(({ word }) => word),
        Array(5).fill("value"),
      );
      assert.equal(sent.length, 6);
    });
  }

  it("closes it again where the look finds that nothing has changed", async (t) => {
    const clock = fakeClock(t, start);
    const { client, sent } = listed([refuse(429, { "retry-after": `${years}` })]);
    await client.projects.list().catch(() => {});
    for (const looks of [2, 3, 4]) {
      await clock.pass(600_001);
      const calls = Array.from({ length: 5 }, () => state(client.projects.list()));
      await settleDown();
      assert.deepEqual(calls.map(({ word }) => word).sort(), ["ApiError", ...Array(4).fill("RateLimitError")]);
      assert.equal(sent.length, looks);
    }
  });
});

describe("a Retry-After that is neither digits nor a date of HTTP", () => {
  const odd = [
    "0x10",
    "1e3",
    "1.5",
    "+9",
    "-9",
    "9s",
    "Infinity",
    "in 2999",
    "x 1e3",
    "Jan 1, 2999",
    "2999-01-01T00:00:00Z",
  ];
  for (const text of odd) {
    it(`asks for no wait: ${text}`, async (t) => {
      fakeClock(t, start);
      const { client } = listed([refuse(503, { "retry-after": text })], { maxRetries: 0 });
      const call = state(client.projects.list());
      await settleDown();
      assert.deepEqual([call.word, call.error?.retryAfterMs], ["ApiError", undefined]);
    });
  }

  for (const text of ["Wednesday, 07-Oct-26 12:00:20 GMT", "Wed Oct  7 12:00:20 2026"]) {
    it(`is not one of the old forms of a date: ${text}`, async (t) => {
      fakeClock(t, start);
      const { client } = listed([refuse(503, { "retry-after": text })], { maxRetries: 0 });
      const call = state(client.projects.list());
      await settleDown();
      assert.equal(call.error?.retryAfterMs, 20_000);
    });
  }
});

describe("a wait of our own", () => {
  for (const [name, answer] of [
    ["a failure of the network", breakOff],
    ["a 503", refuse(503)],
    ["a 429 that says nothing", refuse(429)],
    ["a 429 whose Retry-After cannot be read", refuse(429, { "retry-after": "in a while" })],
  ]) {
    it(`after ${name} is at random, and at most 0.5 s, 1 s, 2 s, 4 s, 8 s, 8 s`, async (t) => {
      const clock = fakeClock(t);
      const caps = [500, 1000, 2000, 4000, 8000, 8000];
      const seen = caps.map(() => []);
      for (let count = 0; count < 12; count++) {
        const { client, sent, retries } = listed([answer], { maxRetries: caps.length });
        const call = state(client.projects.list());
        await clock.pass(25_000, 60);
        assert.notEqual(call.word, "pending");
        assert.equal(sent.length, caps.length + 1);
        for (const [at, { delayMs }] of retries.entries()) seen[at].push(delayMs);
      }
      for (const [at, delays] of seen.entries()) {
        assert.ok(Math.min(...delays) >= 0 && Math.max(...delays) <= caps[at], `${delays} after attempt ${at + 1}`);
        // From nothing to all of it: the chance that twelve of them lie in one half is 1 in 2,000.
        assert.ok(new Set(delays).size > 6, `${delays}`);
      }
      const all = seen.flatMap((delays, at) => delays.map((delay) => delay / caps[at]));
      assert.ok(Math.min(...all) < 0.25 && Math.max(...all) > 0.75, `${all}`);
    });
  }
});

describe("the deadline", () => {
  it("covers all attempts and waits together", async (t) => {
    const clock = fakeClock(t);
    const { client, sent } = listed([breakOff], { deadlineMs: 10_000, maxRetries: 100 });
    const call = state(client.projects.list());
    await clock.pass(9_000, 90);
    assert.ok(sent.length > 3, `${sent.length}`);
    await clock.pass(1_001, 10);
    assert.ok(["TimeoutError", "ConnectionError"].includes(call.word), call.word);
    const before = sent.length;
    assert.equal(call.error.attempts, before);
    await clock.pass(60_000, 60);
    assert.equal(sent.length, before, "it went on after its end");
  });

  it("ends an attempt that takes longer than it, and frees its connection", async (t) => {
    const clock = fakeClock(t);
    const { client, inits } = listed([never], { deadlineMs: 5_000, timeoutMs: 60_000 });
    const call = state(client.projects.list());
    await clock.pass(4_999);
    assert.equal(call.word, "pending");
    await clock.pass(2);
    assert.equal(call.word, "TimeoutError");
    assert.equal(call.error.outcomeUnknown, false);
    assert.ok(inits[0].signal.aborted);
  });

  it("says of a write that it may have been done", async (t) => {
    const clock = fakeClock(t);
    const { client } = listed([never], { deadlineMs: 5_000 });
    const call = state(client.projects.create(newProject));
    await clock.pass(5_001);
    assert.deepEqual([call.word, call.error?.outcomeUnknown, call.error?.attempts], ["TimeoutError", true, 1]);
  });

  it("of a call goes before that of the client", async (t) => {
    const clock = fakeClock(t);
    const { client } = listed([never], { deadlineMs: 50_000 });
    const call = state(client.projects.get(ref, { deadlineMs: 1_000 }));
    await clock.pass(1_001);
    assert.equal(call.word, "TimeoutError");
  });

  it("leaves no timer behind", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const { client } = listed([refuse(503, { "retry-after": "0" }), ok], { deadlineMs: 100_000 });
    await client.projects.list();
    await client.projects.create(newProject).catch(() => {});
    assert.equal(timers(), before);
  });
});

describe("an attempt", () => {
  it("has the time of timeoutMs for itself, and the next one has all of it again", async (t) => {
    const clock = fakeClock(t);
    const { client, sent, inits, retries } = listed([never], { timeoutMs: 3_000, maxRetries: 1 });
    const call = state(client.projects.list());
    await clock.pass(3_001);
    assert.equal(retries[0]?.reason, "timeout");
    assert.ok(inits[0].signal.aborted);
    await clock.pass(501, 3);
    assert.equal(sent.length, 2);
    await clock.pass(2_400);
    assert.equal(call.word, "pending");
    await clock.pass(601, 2);
    assert.equal(call.word, "TimeoutError");
    assert.equal(call.error.attempts, 2);
  });

  for (const maxRetries of [0, 1, 5]) {
    it(`is followed by ${maxRetries} others where maxRetries is ${maxRetries}`, async (t) => {
      const clock = fakeClock(t);
      const { client, sent } = listed([refuse(502)], { maxRetries: 99 });
      const call = state(client.projects.list({ maxRetries }));
      await clock.pass(60_000, 60);
      assert.equal(call.word, "ApiError");
      assert.deepEqual([sent.length, call.error.attempts], [maxRetries + 1, maxRetries + 1]);
    });
  }
});

describe("the clock", () => {
  // Who may go is asked for twice when a timer rings: what has become true in between must not be taken for known.
  for (const [name, late] of [
    ["at once", []],
    ["as it is looked at", [-1, 0]],
    ["a moment later", [-1, -1, 0]],
    ["while it is looked at again and again", [-1, -0.75, -0.5, -0.25, 0]],
  ]) {
    it(`may reach the end of a window ${name}`, async (t) => {
      let now = 1e12;
      const looks = [];
      t.mock.method(Date, "now", () => (now = looks.shift() ?? now));
      let sent = 0;
      const fetch = async () => {
        const spent = { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" };
        return json([], { headers: ++sent === 1 ? spent : {} });
      };
      const client = new SupabaseManagement({ accessToken: token, fetch });
      await client.projects.list();
      const waiting = [client.projects.list(), client.projects.list()];
      await settleDown();
      assert.equal(sent, 1);
      // One second, and a tenth for what was rounded.
      const end = now + 1100;
      if (late.length > 0) looks.push(...late.map((difference) => end + difference));
      else now = end;
      assert.notEqual(await within(5000, Promise.all(waiting)), "hanging");
      assert.equal(sent, 3);
    });
  }
});
