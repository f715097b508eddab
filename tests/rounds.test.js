// What comes at the wrong moment: late, twice, from inside of what it is about.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SupabaseManagement } from "../pkg/index.js";
import { json, later, never, printed, project, ref, rejection, token } from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });

describe("an attempt that is over", () => {
  it("leaves headers, waits and body to the one that is under way", async () => {
    const replies = [];
    const seen = [];
    // One that pays no attention to its signal.
    const fetch = () => new Promise((resolve) => replies.push(resolve));
    // Made before the clock runs: Node loads what it needs for the first of them, which takes longer than the call has.
    const limits = { "x-ratelimit-limit": "9", "x-ratelimit-remaining": "9", "x-ratelimit-reset": "9" };
    const stale = json({ stale: true }, { headers: { ...limits, "x-attempt": "1" } });
    const fresh = json({ fresh: true }, { headers: { "x-attempt": "2" } });
    const client = clientOf(fetch, { timeoutMs: 30, maxRetries: 1, onResponse: (event) => seen.push(event.rateLimit) });
    const call = client.database.getOpenApi(ref).withResponse();
    while (replies.length < 2) await later(5);
    replies[0](stale);
    await later(5);
    replies[1](fresh);
    const { data, headers, attempts } = await call;
    assert.deepEqual([data, headers.get("x-attempt"), attempts], [{ fresh: true }, "2", 2]);
    assert.deepEqual(seen, [undefined, undefined]);
  });

  it("may be aborted by who listens to the signal of fetch, and harms no other call", async () => {
    for (const options of [{ timeoutMs: 20, maxRetries: 0 }, { deadlineMs: 20 }, { timeoutMs: 20, dedupe: true }]) {
      const controller = new AbortController();
      const client = clientOf((_url, { signal }) => {
        signal.addEventListener("abort", () => controller.abort("mine"));
        return new Promise(() => {});
      });
      const other = clientOf(() => later(60).then(() => json([]))).organizations.list();
      const reason = await rejection(client.projects.list({ ...options, signal: controller.signal }));
      assert.ok(reason === "mine" || reason.name === "TimeoutError", String(reason));
      assert.deepEqual(await other, []);
    }
  });
});

describe("rateLimits()", () => {
  it("may be asked before the first call", async () => {
    let running = 0;
    const client = clientOf(() => {
      running++;
      return never();
    });
    assert.deepEqual(client.rateLimits(), []);
    const controller = new AbortController();
    const calls = ["a", "b", "c"].map((id) => client.functions.list(id.repeat(20), { signal: controller.signal }));
    await later(5);
    assert.equal(running, 3);
    controller.abort("enough");
    for (const call of calls) assert.equal(await rejection(call), "enough");
  });

  it("knows no window that never ends", async () => {
    for (const wait of ["1e999", "Infinity", "9".repeat(40)]) {
      const client = clientOf(async () => json({}, { status: 429, headers: { "retry-after": wait } }), {
        maxRetries: 0,
      });
      await rejection(client.projects.list());
      for (const { resetSeconds } of client.rateLimits()) assert.ok(!(resetSeconds > 86_400), wait);
    }
  });
});

describe("a shared request", () => {
  it("takes nobody in once all have left it", async () => {
    const controller = new AbortController();
    let second;
    let sent = 0;
    const fetch = async () => {
      if (++sent > 1) return json([project]);
      controller.abort("left");
      second = client.projects.list();
      return never();
    };
    const client = clientOf(fetch, { dedupe: true });
    assert.equal(await rejection(client.projects.list({ signal: controller.signal })), "left");
    assert.deepEqual([(await second).length, sent], [1, 2]);
  });

  it("is of one endpoint", async () => {
    let sent = 0;
    const fetch = async () => {
      sent++;
      return json([{}]);
    };
    const client = clientOf(fetch, { dedupe: true, validation: "strict" });
    const calls = [client.request("GET", "/v1/projects"), client.projects.list()];
    const [free, listed] = await Promise.allSettled(calls);
    assert.deepEqual([free.value, listed.reason?.name, sent], [[{}], "DecodeError", 2]);
  });

  it("hides what was sent from each", async () => {
    const fetch = async () => json({ projects: `your token is ${token}` });
    const client = clientOf(fetch, { dedupe: true });
    const walk = async (call) => {
      for await (const _ of call) assert.fail("there is no list");
    };
    for (const call of [0, 1].map(() => client.organizations.listProjects("acme"))) {
      const error = await rejection(walk(call));
      assert.deepEqual([error.name, error.attempts], ["DecodeError", 1]);
      for (const text of [error.text, ...Object.values(printed(error))]) assert.doesNotMatch(text, new RegExp(token));
    }
  });
});

describe("a hook", () => {
  it("gets nothing of the client's own", async () => {
    let self = "nothing yet";
    function onRequest() {
      self = this;
    }
    await clientOf(async () => json([]), { onRequest }).projects.list();
    assert.equal(self, undefined);
  });
});
