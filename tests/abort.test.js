// Calls that somebody ends on purpose, and tokens that cannot be had: the error is the user's own.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SupabaseManagement } from "../pkg/index.js";
import { json, later, never, ref, rejection, serve, spy, token } from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });

describe("abort", () => {
  const reasons = [new Error("mine"), "why", undefined, null, 0, false, { mine: true }, Symbol("mine"), () => {}];
  const stages = {
    "before the call": { fetch: spy(), early: true },
    "while the token is asked for": { accessToken: never, fetch: spy() },
    "while the answer is awaited": { fetch: never },
    "while the body is read": {
      fetch: async () => ({ status: 200, headers: new Headers(), text: never, arrayBuffer: never }),
    },
    "while the body of an error is read": {
      fetch: async () => ({ status: 500, headers: new Headers(), text: never, arrayBuffer: never }),
    },
  };
  for (const [stage, { early, ...options }] of Object.entries(stages)) {
    it(`rejects with the signal's own reason ${stage}`, async () => {
      for (const reason of reasons) {
        for (const call of ["list", "delete"]) {
          const controller = new AbortController();
          const { signal } = controller;
          if (early) controller.abort(reason);
          const client = clientOf(undefined, options);
          const pending =
            call === "list" ? client.projects.list({ signal }) : client.functions.delete(ref, "a", { signal });
          setTimeout(() => controller.abort(reason), 2);
          assert.equal(await rejection(pending), signal.reason);
        }
      }
      assert.deepEqual(options.fetch.calls ?? [], []);
    });
  }

  it("closes the connection of a call during which garbage was collected", async (t) => {
    let closed = 0;
    const { url } = await serve(t, (_request, response) => response.on("close", () => (closed += 1)));
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    const controller = new AbortController();
    const client = new SupabaseManagement({ accessToken: token, baseUrl: url });
    const pending = rejection(client.projects.list({ signal: controller.signal }));
    for (let round = 0; round < 10; round++) {
      await later(10);
      collect();
    }
    controller.abort("enough");
    assert.equal(await pending, "enough");
    for (let waited = 0; waited < 2000 && closed === 0; waited += 10) await later(10);
    assert.equal(closed, 1);
  });

  it("reaches a real server, and leaves no listener behind", async (t) => {
    const closed = new Promise((resolve) => {
      serve(t, (_request, response) => response.on("close", resolve)).then(({ url }) => {
        const controller = new AbortController();
        const call = clientOf(undefined, { baseUrl: url }).projects.list({ signal: controller.signal });
        setTimeout(() => controller.abort("enough"), 30);
        return rejection(call).then((reason) => assert.equal(reason, "enough"));
      });
    });
    await closed;
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    const client = clientOf(async () => json([]));
    for (let round = 0; round < 50; round++) await client.projects.list({ signal });
    assert.equal(listeners, 0);
  });
});

describe("a source of tokens", () => {
  it("that throws or rejects makes its own error that of the call, and nothing is sent", async () => {
    const fetch = spy();
    for (const reason of [new Error("vault is closed"), "text", undefined, null, { mine: true }]) {
      const sources = [
        () => {
          throw reason;
        },
        () => Promise.reject(reason),
        async () => {
          await later(1);
          throw reason;
        },
      ];
      for (const accessToken of sources) {
        assert.equal(await rejection(clientOf(fetch, { accessToken }).projects.list()), reason);
      }
    }
    assert.deepEqual(fetch.calls, []);
  });

  it("that gives no token is an InputError, and nothing is sent", async () => {
    const fetch = spy();
    for (const value of [undefined, null, "", "  ", 42, {}, "a b", "é"]) {
      const error = await rejection(clientOf(fetch, { accessToken: async () => value }).projects.list());
      assert.deepEqual([error.name, error.path, error.attempts], ["InputError", "options.accessToken", 0]);
    }
    assert.deepEqual(fetch.calls, []);
  });
});
