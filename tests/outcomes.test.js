// What a call tells of a write that may have been done, whatever it rejects with: the reason of a signal stays as it is.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSupabaseManagementError, isTimeoutError, SupabaseManagement } from "../pkg/index.js";
import { fakeClock, settleDown } from "./faults/clock.mjs";
import { json, later, never, newProject, project, ref, rejection, serve, token } from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });
const half = { status: 201, headers: new Headers(), text: never, arrayBuffer: never };

/** What a signal may be aborted with. None of it can be written to, or is ours. */
const reasons = [
  Object.freeze(new Error("mine")),
  "text",
  0,
  null,
  Object.freeze({}),
  new DOMException("late", "TimeoutError"),
];

/** How a call stands when it is aborted, and whether it may have been done then. */
const stages = {
  "before it begins": { options: {}, early: true, read: false, write: false },
  "while the token is asked for": { options: { accessToken: never }, read: false, write: false },
  "by a hook, right before it is sent": { hook: true, fetch: never, read: false, write: false },
  "while the answer is awaited": { fetch: never, read: false, write: true },
  "while the body of a success is read": { fetch: async () => half, read: false, write: false },
  "while the body of a 400 is read": { fetch: async () => ({ ...half, status: 400 }), read: false, write: false },
  "while the body of a 504 is read": { fetch: async () => ({ ...half, status: 504 }), read: false, write: true },
};

describe("a call that is aborted", () => {
  for (const [stage, { fetch = never, options, early, hook, ...expected }] of Object.entries(stages)) {
    it(`rejects with the signal's own reason, and tells what may have been done: ${stage}`, async () => {
      for (const reason of reasons) {
        for (const [kind, begin] of [
          ["read", (client, options) => client.projects.list(options)],
          ["write", (client, options) => client.projects.create(newProject, options)],
          ["write", (client, options) => client.request("POST", "/v1/projects", { body: newProject, ...options })],
        ]) {
          const controller = new AbortController();
          const abort = () => controller.abort(reason);
          if (early) abort();
          const client = clientOf(fetch, { ...options, ...(hook && { onRequest: abort }) });
          const call = begin(client, { signal: controller.signal });
          const more = call.withResponse();
          more.catch(() => {});
          if (!early && !hook) {
            await settleDown();
            assert.deepEqual([call.outcomeUnknown, more.outcomeUnknown], [undefined, undefined], "it has not ended");
            abort();
          }
          const got = await call.then(assert.fail, (error) => error);
          assert.equal(got, reason);
          assert.equal(await more.then(assert.fail, (error) => error), reason);
          assert.deepEqual([call.outcomeUnknown, more.outcomeUnknown], [expected[kind], expected[kind]], kind);
          assert.equal(isSupabaseManagementError(got), false);
          assert.equal(isTimeoutError(got), false);
        }
      }
    });
  }

  it("over a real connection, by a signal with a time of its own", async (t) => {
    const server = await serve(t, () => {});
    const client = new SupabaseManagement({ accessToken: token, baseUrl: server.url });
    const signal = AbortSignal.timeout(2_000);
    const call = client.projects.create(newProject, { signal });
    const reason = await rejection(call);
    assert.equal(reason, signal.reason);
    assert.deepEqual([reason.name, reason.outcomeUnknown, call.outcomeUnknown], ["TimeoutError", undefined, true]);
    assert.equal(isTimeoutError(reason), false);
    assert.equal(server.requests.length, 1);
  });

  it("between two attempts tells of the first", async (t) => {
    for (const [status, unknown] of [
      [503, true],
      [429, false],
    ]) {
      const clock = fakeClock(t);
      const controller = new AbortController();
      const fetch = async () => json({}, { status, headers: { "retry-after": "9" } });
      const call = clientOf(fetch).functions.delete(ref, "hello", { signal: controller.signal });
      await clock.pass(1_000);
      controller.abort("enough");
      assert.equal(await call.catch((reason) => reason), "enough");
      assert.equal(call.outcomeUnknown, unknown, `${status}`);
      t.mock.timers.reset();
    }
  });
});

describe("outcomeUnknown of a call", () => {
  it("holds for whatever it ends with", async () => {
    const lost = () => Promise.reject(new TypeError("fetch failed"));
    const rows = [
      [false, clientOf(async () => json(project, { status: 201 })).projects.create(newProject)],
      [false, clientOf(async () => json([project])).projects.list()],
      [true, clientOf(lost).projects.create(newProject)],
      [false, clientOf(lost, { maxRetries: 0 }).projects.list()],
      [true, clientOf(never, { timeoutMs: 5 }).projects.create(newProject)],
      [true, clientOf(async () => json({}, { status: 504 })).projects.create(newProject)],
      [false, clientOf(async () => json({}, { status: 400 })).projects.create(newProject)],
      [false, clientOf(never).projects.create({})],
      [false, clientOf(async () => new Response("{", { status: 201 })).projects.create(newProject)],
    ];
    await Promise.allSettled(rows.map(([, call]) => call));
    for (const [at, [unknown, call]] of rows.entries()) {
      const error = await call.then(
        () => undefined,
        (error) => error,
      );
      assert.equal(call.outcomeUnknown, unknown, `row ${at}`);
      assert.equal(call.outcomeUnknown, error?.outcomeUnknown ?? false, `row ${at}`);
    }
  });

  it("is told where a source of tokens fails after an attempt that may have done it", async () => {
    const own = new Error("no vault");
    let asked = 0;
    const accessToken = () => {
      if (asked++ > 0) throw own;
      return token;
    };
    const fetch = async () => json({}, { status: 503, headers: { "retry-after": "0" } });
    const call = clientOf(fetch, { accessToken }).functions.delete(ref, "hello");
    assert.equal(await rejection(call), own);
    assert.equal(call.outcomeUnknown, true);
  });

  it("cannot be written, and is not printed", async () => {
    const call = clientOf(async () => json([])).projects.list();
    assert.throws(() => {
      call.outcomeUnknown = true;
    }, TypeError);
    await call;
    await later(0);
    assert.deepEqual(Object.keys(call), ["withResponse"]);
  });
});
