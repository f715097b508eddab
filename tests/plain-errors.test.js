// Errors that leave their realm: as JSON, as a clone, and through a worker. What comes back is of the same class and tells the same.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import * as api from "../pkg/index.js";
import { json, never, newProject, printed, ref, rejection, token } from "./support.js";

const { SupabaseManagement, SupabaseManagementError } = api;
const { fromJSON } = SupabaseManagementError;
const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, maxRetries: 0, ...options });
const spent = { "x-ratelimit-limit": "120", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60" };
const lost = Object.assign(new TypeError("fetch failed"), {
  cause: Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" }),
});
const withStatus = (status) => async () => json({ ref, status });

const samples = async () => {
  const limited = clientOf(async () => json([], { headers: spent }), { rateLimit: "error" });
  await limited.projects.list();
  return {
    InputError: await rejection(clientOf(never).functions.list("..")),
    DecodeError: await rejection(clientOf(async () => json({})).projects.list()),
    ApiError: await rejection(
      clientOf(async () => json({ message: "no" }, { status: 403, headers: spent })).secrets.list(ref),
    ),
    ConnectionError: await rejection(clientOf(() => Promise.reject(lost)).projects.list()),
    OutcomeUnknownError: await rejection(
      clientOf(() => Promise.reject(new TypeError("fetch failed"))).projects.create(newProject),
    ),
    RateLimitError: await rejection(limited.projects.list()),
    TimeoutError: await rejection(
      clientOf(async () => json({ message: "busy" }, { status: 503 })).projects.waitUntilHealthy(ref, {
        // One poll, which has time to fail by itself also on a busy machine.
        pollMs: 60_000,
        deadlineMs: 500,
      }),
    ),
    WaitError: await rejection(clientOf(withStatus("INIT_FAILED")).projects.waitUntilHealthy(ref)),
  };
};

/** A value as another thread gets it, and what that sends back. */
function throughWorker(t, value) {
  const source = `const { parentPort } = require("node:worker_threads");
    parentPort.on("message", (message) => parentPort.postMessage(message));`;
  const worker = new Worker(source, { eval: true });
  t.after(() => worker.terminate());
  worker.postMessage(value);
  return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
}

function throughChannel(t, value) {
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  port1.postMessage(value);
  return new Promise((resolve) => port2.once("message", resolve));
}

const roads = {
  JSON: (_, error) => JSON.parse(JSON.stringify(error)),
  structuredClone: (_, error) => structuredClone(error.toJSON()),
  "a MessageChannel": (t, error) => throughChannel(t, error.toJSON()),
  "a worker": (t, error) => throughWorker(t, error.toJSON()),
};

/** What is known of an error besides its stack. */
const factsOf = (error) => JSON.parse(JSON.stringify({ ...error, name: error.name, message: error.message }));

function assertSame(back, error) {
  assert.equal(back.constructor, error.constructor);
  assert.deepEqual(factsOf(back), factsOf(error));
  for (const [name, guard] of Object.entries(api).filter(([name]) => name.startsWith("is"))) {
    assert.equal(guard(back), guard(error), name);
  }
  assert.equal(String(back), String(error));
}

describe("an error that travels", () => {
  for (const [road, travel] of Object.entries(roads)) {
    it(`as plain data comes back whole, through ${road}`, async (t) => {
      for (const [name, error] of Object.entries(await samples())) {
        assert.equal(error.name, name, error.stack);
        const back = fromJSON(await travel(t, error));
        assertSame(back, error);
        assert.ok(back.stack.includes(fileURLToPath(import.meta.url)), back.stack);
        if (error.cause === undefined) assert.equal(back.cause, undefined);
        else if (api.isSupabaseManagementError(error.cause)) assertSame(back.cause, error.cause);
        else {
          assert.ok(back.cause instanceof Error);
          assert.deepEqual([back.cause.name, back.cause.message], [error.cause.name, error.cause.message]);
          assert.equal(back.cause.cause?.code, error.cause.cause?.code);
        }
        // Once more, and it is still the same.
        assert.equal(JSON.stringify(back), JSON.stringify(error));
      }
    });
  }

  it("has its causes: those of the platform by name, words and code, those of ours by their class", async () => {
    const { ConnectionError, TimeoutError } = await samples();
    const back = fromJSON(JSON.parse(JSON.stringify(ConnectionError)));
    assert.deepEqual([back.cause.name, back.cause.cause.code], ["TypeError", "ECONNREFUSED"]);
    const late = fromJSON(TimeoutError.toJSON());
    assert.ok(late.cause instanceof api.ApiError && late.cause.status === 503);
    // An error of the platform stays one, whatever it is called.
    const foreign = new DOMException("late", "TimeoutError");
    const { cause } = fromJSON((await rejection(clientOf(() => Promise.reject(foreign)).projects.list())).toJSON());
    assert.deepEqual([cause.name, api.isTimeoutError(cause), cause.constructor], ["TimeoutError", false, Error]);
  });

  it("shows no more than it prints, and brings what was added", async () => {
    const body = { message: "no", hidden: "in the body" };
    const error = await rejection(
      clientOf(async () => json(body, { status: 403, headers: { "x-hidden": "in a header" } })).projects.create(
        newProject,
      ),
    );
    const shown = JSON.stringify(error);
    assert.doesNotMatch(shown, /in the body|in a header|correct horse|sbp_/);
    const bare = fromJSON(JSON.parse(shown));
    assert.deepEqual([bare.text, [...bare.headers]], ["", []]);
    const whole = fromJSON({ ...error.toJSON(), text: error.text, headers: [...error.headers] });
    assert.deepEqual(whole.body, body);
    assert.equal(whole.headers.get("x-hidden"), "in a header");
    for (const text of Object.values(printed(whole))) assert.doesNotMatch(text, /in the body|in a header/);
  });

  it("takes fields of later versions along, such as `code`", async () => {
    const { ApiError } = await samples();
    Object.assign(ApiError, { code: "not_found", later: [1] });
    const back = fromJSON(structuredClone(ApiError.toJSON()));
    assert.deepEqual([back.code, back.later], ["not_found", [1]]);
  });

  it("is an Error whatever it was, and pollutes nothing", () => {
    for (const other of [
      undefined,
      null,
      5,
      "text",
      [],
      {},
      { name: "ApiErrors", message: "x" },
      { name: "toString" },
    ]) {
      const error = fromJSON(other);
      assert.equal(error.constructor, Error);
      assert.equal(api.isSupabaseManagementError(error), false);
    }
    assert.equal(fromJSON({ name: "RangeError", message: "far" }).name, "RangeError");
    const hostile = JSON.parse(
      '{"name":"ApiError","message":"m","__proto__":{"polluted":1},"cause":{"__proto__":{"polluted":1}}}',
    );
    const error = fromJSON(hostile);
    assert.deepEqual([error.polluted, error.cause.polluted, {}.polluted], [undefined, undefined, undefined]);
    assert.ok(error instanceof api.ApiError);
  });

  it("has what JSON has of a cause that is no error", () => {
    for (const [cause, plain] of [
      ["text", "text"],
      [7n, "7"],
      [Symbol("s"), "Symbol(s)"],
      [null, null],
    ]) {
      const error = new api.ConnectionError({ name: "ConnectionError", message: "m", hidden: { cause } });
      assert.equal(JSON.parse(JSON.stringify(error)).cause, plain);
    }
    const endless = new Error("a");
    endless.cause = endless;
    const error = new api.ConnectionError({ name: "ConnectionError", message: "m", hidden: { cause: endless } });
    assert.ok(JSON.stringify(error).length < 1_000);
  });
});
