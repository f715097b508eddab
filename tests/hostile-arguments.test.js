// Arguments and options may be anything: proxies that were revoked, getters that throw or call the client. Whatever they are,
// they end the call that got them, and no other one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createTokenSource,
  isApiError,
  isInputError,
  SupabaseManagement,
  SupabaseManagementError,
  waitUntil,
} from "../pkg/index.js";
import { fail, json, later, organization, project, ref, rejection, revoked, thrown, token, within } from "./support.js";

const clientId = "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0";
const old = { access_token: "sbp_oauth_0", refresh_token: "refresh_0" };

const throwing = (name, value = {}) => Object.defineProperty(value, name, { get: fail, enumerable: true });
const revokedList = () => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
};

/** Does something while the call of another client is on its way, which must end as if nothing had been. */
async function besides(run) {
  let answer;
  const fetch = () => new Promise((resolve) => (answer = resolve));
  const pending = new SupabaseManagement({ accessToken: token, fetch }).projects.list();
  await later(1);
  try {
    return await within(2000, run());
  } finally {
    answer(json([project]));
    assert.deepEqual(await pending, [project]);
  }
}

const client = new SupabaseManagement({ accessToken: token, fetch: async () => json(project) });
const source = (options) => createTokenSource({ clientId, tokens: old, ...options });
const options = "options: expected object, received what cannot be read";

describe("an argument that cannot be read is an input error, and of that call alone", () => {
  for (const [name, run, words] of [
    ["a path value", () => client.projects.get(revoked()), "ref: expected string, received object"],
    ["a list as a path value", () => client.projects.get(revokedList()), "ref: expected string, received object"],
    ["the options of a call", () => client.projects.get(ref, revoked()), options],
    [
      "an option",
      () => client.projects.get(ref, throwing("signal")),
      "options.signal: expected a value, received what",
    ],
    [
      "a header",
      () => client.projects.get(ref, { headers: throwing("a") }),
      "options.headers: expected pairs of strings",
    ],
    ["headers", () => client.projects.get(ref, { headers: revoked() }), "options.headers: expected pairs of strings"],
    [
      "headers that cannot be gone through",
      () => client.projects.get(ref, { headers: throwing(Symbol.iterator) }),
      "options.headers: expected pairs of strings",
    ],
    [
      "headers whose iterator fails late",
      () => client.projects.get(ref, { headers: { [Symbol.iterator]: () => throwing("next") } }),
      "options.headers: expected pairs of strings",
    ],
    [
      "a pair of headers",
      () => client.projects.get(ref, { headers: [revokedList()] }),
      "options.headers: expected pairs of strings, received object",
    ],
    ["the name of a header", () => client.projects.get(ref, { headers: [throwing(0, ["a", "b"])] }), "options.headers"],
    ["the options of a request", () => client.request("GET", "/v1/projects", revoked()), options],
    ["an option of a request", () => client.request("GET", "/v1/projects", throwing("query")), options],
    ["the options of a wait", () => client.projects.waitUntilHealthy(ref, revoked()), options],
    [
      "an option of a wait",
      () => client.projects.waitUntilHealthy(ref, throwing("signal")),
      "options.signal: expected a value, received what cannot be read",
    ],
    [
      "the services of a wait",
      () => client.projects.waitUntilHealthy(ref, { services: revokedList() }),
      "options.services: expected array, received object",
    ],
    [
      "a service of a wait",
      () => client.projects.waitUntilHealthy(ref, { services: throwing(0, ["db"]) }),
      "options.services[0]: expected string, received undefined",
    ],
    ["a path value of a wait", () => client.projects.waitUntilHealthy(revoked()), "ref: expected string, received"],
    [
      "the options of waitUntil",
      () =>
        waitUntil(
          async () => 1,
          () => true,
          revoked(),
        ),
      options,
    ],
    [
      "an option of waitUntil",
      () =>
        waitUntil(
          async () => 1,
          () => true,
          throwing("pollMs"),
        ),
      "options.pollMs: expected",
    ],
    ["the options of a source", async () => createTokenSource(revoked()), options],
    [
      "an option of a source",
      async () => createTokenSource(throwing("now", { clientId })),
      "options.now: expected a value, received",
    ],
    [
      "tokens",
      async () => source({ tokens: throwing("access_token", {}) }),
      "options.tokens.access_token: expected string",
    ],
    ["a grant that is null", () => source().exchange(null), "options: expected object, received null"],
    ["a grant that is a list", () => source().exchange([]), "options: expected object, received array"],
    ["a grant", () => source().exchange(revoked()), options],
    ["the code of a grant", () => source().exchange(throwing("code")), "options.code: expected a value, received what"],
  ]) {
    it(name, async () => {
      const error = await besides(() => rejection(run()));
      assert.ok(isInputError(error), String(error?.stack ?? error));
      assert.ok(error.message.includes(words), error.message);
    });
  }

  it("the options of a client", async () => {
    for (const wrong of [revoked(), throwing("accessToken"), throwing("headers"), { headers: throwing("a") }]) {
      await besides(async () => assert.ok(thrown(() => new SupabaseManagement(wrong)) instanceof Error));
    }
  });
});

describe("a getter that calls the client", () => {
  it("while its options are read is as good as any", async () => {
    let calls = 0;
    let inner;
    const accessToken = Object.defineProperty(async () => token, "refresh", {
      get() {
        // The first look is the constructor's.
        if (++calls === 2) inner = client.organizations.list();
        return undefined;
      },
    });
    const fetch = async () => json([organization]);
    const client = new SupabaseManagement({ accessToken, fetch });
    await besides(async () => {
      assert.deepEqual(await client.organizations.list(), [organization]);
      assert.deepEqual(await inner, [organization]);
    });
    assert.ok(calls >= 2, `${calls}`);
  });
});

describe("a clock of a source of tokens", () => {
  const clocks = {
    "that throws": fail,
    "that gives a bigint": () => 7n,
    "that gives a symbol": () => Symbol("now"),
    "that gives an object": () => ({ valueOf: fail }),
    "that gives NaN": () => Number.NaN,
  };
  for (const [name, now] of Object.entries(clocks)) {
    it(`${name} is not looked at`, async () => {
      const client = { fetch: async () => json({ access_token: "sbp_oauth_1" }) };
      await besides(async () => {
        assert.equal(await source({ client, now, tokens: { ...old, expiresAt: Date.now() + 1e6 } })(), "sbp_oauth_0");
        assert.equal(await source({ client, now, tokens: { ...old, expiresAt: Date.now() - 1e6 } })(), "sbp_oauth_1");
      });
    });
  }

  it("that asks for a token by itself does no harm", async () => {
    const client = { fetch: async () => json({ access_token: "sbp_oauth_1" }) };
    let inner;
    let asks = false;
    const now = () => {
      if (asks) {
        asks = false;
        inner = own.refresh();
      }
      return Date.now();
    };
    const own = source({ client, now });
    asks = true;
    await besides(async () => {
      assert.equal(await own(), "sbp_oauth_1");
      assert.equal(await inner, "sbp_oauth_1");
    });
  });
});

describe("a client of somebody else, under a source of tokens", () => {
  const expired = { ...old, expiresAt: 1 };
  const sourceOn = (oauth) => source({ client: { oauth }, tokens: expired });

  for (const [name, token, words] of [
    ["that throws", fail, /a getter's own/],
    ["whose promise has no withResponse", async () => ({}), /withResponse/],
    [
      "that gives nothing",
      () => ({ withResponse: async () => undefined }),
      /access_token: expected string, received nothing/,
    ],
    [
      "whose answer cannot be read",
      () => ({ withResponse: async () => ({ data: revoked(), status: 201, attempts: 1 }) }),
      /access_token: expected string, received nothing/,
    ],
  ]) {
    it(`${name} fails that source alone`, async () => {
      assert.match((await besides(() => rejection(sourceOn({ token })()))).message, words);
    });
  }

  it("whose errors cannot be changed gives them as they are", async () => {
    const error = Object.freeze(SupabaseManagementError.fromJSON({ name: "ApiError", message: "no", status: 400 }));
    const token = () => ({ withResponse: () => Promise.reject(error) });
    const own = sourceOn({ token });
    for (let count = 0; count < 2; count++) {
      const got = await besides(() => rejection(own()));
      assert.equal(got, error);
      assert.ok(isApiError(got));
    }
  });
});
