// Mocked calls, for tests of those who use the client: what a method gives, without a client.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { isApiError, isTimeoutError, SupabaseManagement } from "../pkg/index.js";
import { mockApiError, mockCall, mockRejection } from "../pkg/testing.js";
import { json, later, project, ref, rejection, token } from "./support.js";

/** What a call has, as far as it can be seen. */
const shape = (call) => Reflect.ownKeys(call).map(String).sort();
const collect = async (list) => {
  const all = [];
  for await (const one of list) all.push(one);
  return all;
};
const answering = (value, init) => new SupabaseManagement({ accessToken: token, fetch: async () => json(value, init) });

describe("mockCall", () => {
  it("gives what a method gives", async () => {
    const call = mockCall(project, { headers: { "x-a": "b" }, status: 201, attempts: 2 });
    const real = answering(project, { status: 201, headers: { "x-a": "b" } }).projects.get(ref);
    assert.ok(call instanceof Promise);
    assert.deepEqual(await call, await real);
    const [mocked, told] = [await call.withResponse(), await real.withResponse()];
    assert.deepEqual(Object.keys(mocked).sort(), Object.keys(told).sort());
    assert.deepEqual([mocked.data, mocked.status, mocked.headers.get("x-a"), mocked.attempts], [project, 201, "b", 2]);
    assert.deepEqual([call.outcomeUnknown, call.withResponse().outcomeUnknown], [false, false]);
  });

  it("has all that a list in pages has", async () => {
    const first = { projects: [{ ref: "a" }, { ref: "b" }], pagination: { count: 3, limit: 2, offset: 0 } };
    const second = { projects: [{ ref: "c" }], pagination: { count: 3, limit: 2, offset: 2 } };
    const real = answering(second).organizations.listProjects("acme", { offset: 2 });
    const call = mockCall(first, { nextPages: [second] });
    assert.deepEqual(shape(call), shape(real));
    await real;
    assert.deepEqual(await call, first);
    assert.deepEqual(await collect(call), [...first.projects, ...second.projects]);
    assert.deepEqual(await collect(call.pages()), [first, second]);
    assert.deepEqual(await collect(call), [...first.projects, ...second.projects], "as often as one likes");
    assert.deepEqual(await collect(mockCall([{ id: 1 }])), [{ id: 1 }]);
    assert.deepEqual(await collect(mockCall({ data: [1, 2], cursor: "c" })), [1, 2]);
    assert.deepEqual(await collect(mockCall(undefined)), []);
  });
});

describe("mockRejection", () => {
  it("rejects in every way, and only where somebody looks", async (t) => {
    const unhandled = [];
    const note = (reason) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    t.after(() => process.off("unhandledRejection", note));
    const error = mockApiError("projects.get", 404, "Project not found");
    const call = mockRejection(error);
    await later(5);
    assert.deepEqual(unhandled, []);
    for (const promise of [call, call.withResponse(), collect(call), collect(call.pages())]) {
      assert.equal(await rejection(promise), error);
    }
    assert.equal(call.outcomeUnknown, false);
    assert.equal(mockRejection("left", { outcomeUnknown: true }).outcomeUnknown, true);
    assert.equal(
      mockRejection(mockApiError("projects.create", 504, "", { outcomeUnknown: true })).outcomeUnknown,
      true,
    );
  });
});

describe("mockApiError", () => {
  it("is what the client would have thrown", async () => {
    const init = { status: 404, headers: { "x-a": "b" } };
    const real = await rejection(answering({ message: "Project not found" }, init).projects.get(ref));
    const { route } = real;
    const error = mockApiError("projects.get", 404, "Project not found", { route, headers: [...real.headers] });
    assert.ok(isApiError(error) && !isTimeoutError(error));
    assert.equal(error.constructor, real.constructor);
    assert.deepEqual(JSON.parse(JSON.stringify(error)), JSON.parse(JSON.stringify(real)));
    assert.deepEqual([error.body, error.text, [...error.headers]], [real.body, real.text, [...real.headers]]);
    assert.equal(mockApiError("projects.list", 503, "busy", { retryAfterMs: 7 }).retryAfterMs, 7);
  });

  it("of require() is known to the guards of import", () => {
    const { mockApiError, mockCall } = createRequire(import.meta.url)("../pkg/dist/testing.cjs");
    assert.ok(isApiError(mockApiError("projects.get", 404, "no")));
    assert.equal(typeof mockCall(1).withResponse, "function");
  });
});
