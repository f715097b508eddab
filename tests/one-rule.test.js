// Rules that hold for every call, whichever way it is made: by a method, by `request`, or by a wait. Each test names one
// rule. Where waits are long, time is the test's own (see fuzz/clock.mjs).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTokenSource, isInputError, SupabaseManagement, waitUntil } from "../pkg/index.js";
import { clientRows, idsOf, methodOf } from "./conformance/rows.mjs";
import { onClock } from "./fuzz/clock.mjs";
import { assertHidden, json, later, newProject, project, ref, rejection, spy, thrown, token } from "./support.js";
import { clientId } from "./token-server.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });
const refusal = (status, headers) => () => json({ message: "no" }, { status, headers });
const never = () => new Promise(() => {});

/** A fetch that gives the answers in turn, the last one again and again. Each is a function. */
function inTurn(...answers) {
  let count = 0;
  return spy((url, init) => answers[Math.min(count++, answers.length - 1)](url, init));
}

/** Fails unless the call is refused as wrong input, and nothing of it was sent. */
async function assertRefused(run, path) {
  // A call that is sent all the same ends at once, waits too.
  const fetch = spy(refusal(403));
  const error = await rejection((async () => run(clientOf(fetch)))());
  assert.ok(isInputError(error), `${error}`);
  if (path !== undefined) assert.equal(error.path, path, error.message);
  assert.equal(fetch.calls.length, 0, "something was sent");
}

describe("maxConcurrent", () => {
  it("of 1 never lets two run, also when a call rests between two attempts while other clients call", async (t) => {
    // So that the rest is long enough for what happens meanwhile.
    t.mock.method(Math, "random", () => 0.9);
    await onClock(async ({ finish, pass }) => {
      const [sent, running] = [[], new Set()];
      let most = 0;
      const fetch = async (url) => {
        const request = {};
        running.add(request);
        most = Math.max(most, running.size);
        const { pathname } = new URL(url);
        sent.push(pathname);
        await later(pathname.endsWith("/organizations") ? 5_000 : 10);
        running.delete(request);
        return sent.length === 1 ? refusal(503)() : json([]);
      };
      const client = clientOf(fetch, { maxConcurrent: 1 });
      const first = client.projects.list();
      await pass(50);
      assert.deepEqual([sent.length, running.size], [1, 0], "the first call rests");
      for (let number = 0; number < 300; number++) await finish(clientOf(spy()).projects.list());
      assert.equal(sent.length, 1, "it still rests");
      const second = client.organizations.list();
      await pass(1);
      assert.equal(running.size, 1, "the second call runs");
      await finish(Promise.all([first, second]));
      assert.deepEqual(sent, ["/v1/projects", "/v1/organizations", "/v1/projects"]);
      assert.equal(most, 1);
    });
  });
});

describe("client.request", () => {
  for (const [path, endpoint] of [
    ["api-keys/legacy", "apiKeys.getLegacy"],
    ["config/auth/signing-keys/legacy", "signingKeys.getLegacy"],
  ]) {
    it(`takes .../${path} for an endpoint of its own, not for a thing that is named legacy`, async () => {
      const events = [];
      const note = (event) => events.push(event);
      const client = clientOf(spy(), { onRequest: note, onResponse: note });
      await client.request("GET", `/v1/projects/${ref}/${path}`);
      const route = `GET /v1/projects/{ref}/${path}`;
      assert.deepEqual(
        events.map((event) => event.route),
        [route, route],
      );
      const error = await rejection(clientOf(refusal(403)).request("GET", `/v1/projects/${ref}/${path}`));
      assert.equal(error.route, route);
      // Its calls count together with those of the method.
      const limited = clientOf(() =>
        json([], { headers: { "x-ratelimit-limit": "9", "x-ratelimit-remaining": "5", "x-ratelimit-reset": "60" } }),
      );
      await limited.request("GET", `/v1/projects/${ref}/${path}`);
      assert.deepEqual(
        limited.rateLimits().map((state) => [state.endpoint, state.subject, state.remaining]),
        [[endpoint, ref, 5]],
      );
    });
  }

  it("finds the endpoint of every method by its address", async () => {
    const rows = (await clientRows()).filter(({ id }) => !/Url$/.test(id));
    assert.ok(rows.length > 150, `${rows.length}`);
    for (const { verb, path } of rows) {
      const routes = [];
      const client = clientOf(spy(), { onRequest: ({ route }) => routes.push(route) });
      await client.request(
        verb,
        path.replace(/\{\w+\}/g, () => ref),
      );
      assert.deepEqual(routes, [`${verb} ${path}`]);
    }
  });

  for (const name of ["token", "revoke"]) {
    it(`sends no bearer token to oauth/${name}, as the method does not`, async () => {
      const fetch = spy();
      const body = new URLSearchParams({ client_id: clientId });
      await clientOf(fetch).request("POST", `/v1/oauth/${name}`, { body });
      await clientOf(fetch, { accessToken: async () => token }).request("post", `/v1/oauth/${name}?a=b`, { body });
      assert.equal(fetch.calls.length, 2);
      for (const { init } of fetch.calls) assert.equal(new Headers(init.headers).get("authorization"), null);
    });
  }

  const fields = {
    grant_type: "authorization_code",
    client_id: clientId,
    client_secret: "sba_correct horse+battery/staple é",
    code: "code=of&this sign-in",
    code_verifier: "verifier-verifier-verifier",
  };
  const secrets = [fields.client_secret, fields.code, fields.code_verifier];
  /** The two ways in which forms are written: that of `URLSearchParams`, and that of addresses. */
  const written = (text) => `${new URLSearchParams({ _: text })}`.slice(2);
  const form = Object.entries(fields)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
  for (const [name, body, encode] of [
    ["the text of a form", `${new URLSearchParams(fields)}`, written],
    ["the text of a form with %20", form, encodeURIComponent],
    ["URLSearchParams", new URLSearchParams(fields), written],
  ]) {
    it(`hides the secrets of a body that is ${name}`, async () => {
      const encoded = secrets.map(encode);
      for (const text of [secrets.join(" and "), `${body}`, JSON.stringify({ message: `not ${secrets.join(", ")}` })]) {
        const client = clientOf(() => new Response(text, { status: 400, headers: { "x-echo": `${encoded}` } }));
        const error = await rejection(client.request("POST", "/v1/oauth/token", { body }));
        assertHidden(error, [...secrets, ...encoded]);
        assert.ok(error.text.includes("[redacted]"), error.text);
      }
    });
  }

  it("hides the secrets of a body that is a string of JSON", async () => {
    const body = JSON.stringify({ ...newProject, db_pass: 'correct "horse" battery' });
    for (const text of ['{"message":"correct \\"horse\\" battery is weak"}', 'correct "horse" battery', body]) {
      const client = clientOf(() => new Response(text, { status: 400 }));
      const error = await rejection(client.request("POST", "/v1/projects", { body }));
      assertHidden(error, ['correct "horse" battery']);
      assert.ok(error.text.includes("[redacted]"), error.text);
    }
    const client = clientOf(() => new Response("a-value-of-mine is no good", { status: 400 }));
    const list = JSON.stringify([{ name: "A", value: "a-value-of-mine" }]);
    assertHidden(await rejection(client.request("POST", `/v1/projects/${ref}/secrets`, { body: list })), [
      "a-value-of-mine",
    ]);
  });

  for (const method of ["GET", "HEAD", "get"]) {
    it(`refuses a body for ${method}`, async () => {
      for (const body of [{}, { a: 1 }, "text", "", new URLSearchParams("a=b"), Uint8Array.of(1)]) {
        await assertRefused((client) => client.request(method, "/v1/projects", { body }), "body");
      }
      const fetch = spy(() => new Response(null, { status: 204 }));
      await clientOf(fetch).request(method, "/v1/projects", { body: undefined });
      assert.equal(fetch.calls.length, 1);
    });
  }
});

/** The arguments of every waiter, right ones. */
const runId = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";
const waits = {
  "projects.waitUntilHealthy": [ref],
  "projects.waitUntilRestarted": [ref],
  "projects.waitUntilRestored": [ref],
  "projects.waitUntilPaused": [ref],
  "projects.waitUntilDeleted": [ref],
  "projects.waitUntilUpgraded": [ref, runId],
  "branches.waitUntilHealthy": [ref],
  "actionRuns.waitUntilFinished": [ref, runId],
  "backups.waitUntilRestored": [ref],
  "backups.waitUntilCompleted": [ref, 7],
  "backups.waitUntilRestorePointAvailable": [ref, "before"],
  "customHostname.waitUntilVerified": [ref],
  "customHostname.waitUntilActive": [ref],
  "networkRestrictions.waitUntilApplied": [ref],
  "sslEnforcement.waitUntilApplied": [ref],
  "jitAccess.waitUntilApplied": [ref],
  "v2.compute.waitUntilBuilt": [ref, "web"],
};
const start = (client, id, args) => methodOf(client, id)(...args);

describe("a wait", () => {
  it("is listed here, whichever it is", () => {
    const client = clientOf(spy());
    assert.deepEqual(
      idsOf(client)
        .filter((name) => name.includes(".wait"))
        .sort(),
      Object.keys(waits).sort(),
    );
  });

  for (const [id, args] of Object.entries(waits)) {
    it(`refuses options in the wrong place and arguments too many: ${id}`, async () => {
      await assertRefused((client) => start(client, id, [...args, {}, { deadlineMs: 1 }]));
      await assertRefused((client) => start(client, id, [...args, undefined, { deadlineMs: 1 }]));
      await assertRefused((client) => start(client, id, [...args, {}, "more"]));
      // In the place of what it waits for.
      if (args.length > 1) await assertRefused((client) => start(client, id, [ref, { deadlineMs: 1 }]));
      // What is undefined counts as left out, as everywhere.
      const fetch = spy(refusal(403));
      assert.equal((await rejection(start(clientOf(fetch), id, [...args, {}, undefined]))).status, 403);
      assert.equal(fetch.calls.length, 1);
    });
  }

  it("for anything refuses arguments too many, and reads nothing", async () => {
    const read = () => assert.fail("it was read");
    for (const more of [{ deadlineMs: 1 }, "more"]) {
      const error = await rejection((async () => waitUntil(read, () => true, {}, more))());
      assert.ok(isInputError(error), `${error}`);
    }
  });

  for (const [id, values] of Object.entries({
    "backups.waitUntilCompleted": ["7", undefined, null, {}, Number.NaN, [7], true],
    "projects.waitUntilUpgraded": [7, null, {}, [runId], true],
    "actionRuns.waitUntilFinished": ["", undefined, null, 7, {}, ".."],
    "backups.waitUntilRestorePointAvailable": ["", undefined, null, 7, {}],
  })) {
    for (const value of values) {
      const shown = typeof value === "number" ? `${value}` : JSON.stringify(value);
      it(`refuses what cannot be there before it asks: ${id} of ${shown}`, async () => {
        await assertRefused((client) => start(client, id, [ref, value]));
        await assertRefused((client) => start(client, id, [ref, value, { pollMs: 1 }]));
      });
    }
  }
});

describe("X-RateLimit-Reset in seconds since 1970", () => {
  const inSeconds = (seconds) => `${Math.floor(Date.now() / 1000) + seconds}`;
  const limits = (remaining, seconds) => ({
    "x-ratelimit-limit": "120",
    "x-ratelimit-remaining": `${remaining}`,
    "x-ratelimit-reset": inSeconds(seconds),
  });

  it("of a 429 is waited for, and no longer", () =>
    onClock(async ({ finish }) => {
      const times = [];
      const fetch = inTurn(
        () => refusal(429, limits(0, 2))(),
        () => json([]),
      );
      const noted = (...args) => times.push(Date.now()) && fetch(...args);
      await finish(clientOf(noted, { deadlineMs: 60_000 }).projects.list());
      const [first, second] = times;
      assert.ok(second - first >= 2_000 && second - first <= 3_500, `${second - first} ms`);
    }));

  it("is what the error of a 429 tells of, in milliseconds from now", () =>
    onClock(async ({ finish }) => {
      const client = clientOf(() => refusal(429, limits(0, 2))(), { maxRetries: 0 });
      const error = await finish(rejection(client.projects.list()));
      assert.ok(error.retryAfterMs > 1_000 && error.retryAfterMs <= 3_000, `${error.retryAfterMs}`);
      assert.ok(error.rateLimit.resetSeconds <= 3, `${error.rateLimit.resetSeconds}`);
    }));

  it("does not close the endpoint for a day", () =>
    onClock(async ({ finish }) => {
      const times = [];
      const client = clientOf(async () => times.push(Date.now()) && json([], { headers: limits(0, 2) }));
      await finish(client.projects.list());
      const [{ resetSeconds }] = client.rateLimits();
      assert.ok(resetSeconds <= 4, `${resetSeconds}`);
      await finish(client.projects.list());
      assert.ok(times[1] - times[0] >= 1_000 && times[1] - times[0] <= 4_500, `${times[1] - times[0]} ms`);
    }));

  it("that is over asks for no wait", () =>
    onClock(async ({ finish }) => {
      const times = [];
      const client = clientOf(async () => times.push(Date.now()) && json([], { headers: limits(0, -5) }));
      for (let count = 0; count < 2; count++) await finish(client.projects.list());
      assert.ok(times[1] - times[0] <= 1_500, `${times[1] - times[0]} ms`);
    }));
});

describe("maxRetries: 0", () => {
  it("lets a source refresh a token that was refused, and sends once more with the new one: that is no retry", async () => {
    for (const call of [(client) => client.projects.list(), (client) => client.projects.create(newProject)]) {
      const source = Object.assign(() => "sbp_old", { refresh: () => "sbp_new" });
      const fetch = inTurn(refusal(401), (_, { method }) => json(method === "GET" ? [] : project));
      const client = clientOf(fetch, { accessToken: source, maxRetries: 0 });
      await call(client);
      const tokens = fetch.calls.map(({ init }) => new Headers(init.headers).get("authorization"));
      assert.deepEqual(tokens, ["Bearer sbp_old", "Bearer sbp_new"]);
    }
  });

  it("sends no third time where the new token is refused as well, nor once more for another failure", async () => {
    const source = Object.assign(() => "sbp_old", { refresh: () => "sbp_new" });
    for (const [answers, status] of [
      [[refusal(401)], 401],
      [[refusal(401), refusal(503)], 503],
    ]) {
      const fetch = inTurn(...answers);
      const error = await rejection(clientOf(fetch, { accessToken: source, maxRetries: 0 }).projects.list());
      assert.deepEqual([error.status, error.attempts, fetch.calls.length], [status, 2, 2]);
    }
  });
});

describe("a key with a line break or a control character", () => {
  const controls = ["\n", "\r", "\t", "\0", "\b", "\f", "\u001b", "\u001f"];
  const isRaw = (text) => Array.from(text).some((letter) => letter < " ");
  const migration = { query: "select 1" };
  /** Where somebody may have such a key, and where its path leads. */
  const places = {
    "of a body": [(client, key) => client.projects.create({ ...newProject, [key]: 1 }), ""],
    "deep in a body": [
      (client, key) => client.sslEnforcement.update(ref, { requestedConfig: { database: true, [key]: 1 } }),
      "requestedConfig",
    ],
    "of a value without JSON": [(client, key) => client.request("POST", "/v1/x", { body: { a: { [key]: 1n } } }), "a"],
    "of a query": [(client, key) => client.organizations.listProjects("acme", { [key]: 1 }), "query"],
    "of the query of a request": [(client, key) => client.request("GET", "/v1/x", { query: { [key]: [{}] } }), "query"],
    "of the options of a call": [(client, key) => client.projects.list({ [key]: 1 }), "options"],
    "of the options of a keyed call": [
      (client, key) => client.migrations.apply(ref, migration, { [key]: 1 }),
      "options",
    ],
    "of the options of a wait": [(client, key) => client.projects.waitUntilHealthy(ref, { [key]: 1 }), "options"],
    "of the options of a client": [(_, key) => new SupabaseManagement({ [key]: 1 }), "options"],
    "of the options of a source of tokens": [(_, key) => createTokenSource({ clientId, [key]: 1 }), "options"],
    "of headers": [(client, key) => client.projects.list({ headers: { [key]: "a" } }), "options.headers"],
  };
  for (const [name, [run, root]] of Object.entries(places)) {
    it(`${name} never stands raw in a message`, async () => {
      for (const control of controls) {
        const key = `a${control}b`;
        const fetch = spy();
        const error = await rejection((async () => run(clientOf(fetch), key))());
        assert.ok(isInputError(error), `${error}`);
        assert.ok(!isRaw(error.path) && !isRaw(error.message), JSON.stringify(error));
        assert.equal(error.path, `${root}[${JSON.stringify(key)}]`);
        assert.equal(fetch.calls.length, 0);
      }
    });
  }

  it("in an answer never stands raw in what is told of it", async () => {
    for (const control of controls) {
      const key = `a${control}b`;
      const text = JSON.stringify([{ ...project, [key]: 1 }]);
      const told = [];
      await clientOf(async () => new Response(text), { onDeviation: ({ path }) => told.push(path) }).projects.list();
      assert.deepEqual(told, [`[0][${JSON.stringify(key)}]`]);
    }
  });
});

describe("http", () => {
  const insecure = [
    "http://127",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil",
    "http://127.0.0.1.evil.example:3000/x",
    "http://127.evil.example",
    "http://evil.example/127.0.0.1",
    "http://xlocalhost",
    "http://[::2]",
    "http://128.0.0.1",
  ];
  for (const baseUrl of insecure) {
    it(`to ${baseUrl} is not to this machine`, async () => {
      const error = thrown(() => clientOf(spy(), { baseUrl }));
      assert.ok(isInputError(error), `${error}`);
      assert.equal(error.path, "options.baseUrl");
      await assertRefused((client) => client.projects.list({ baseUrl }), "options.baseUrl");
      const fetch = spy();
      await clientOf(fetch, { baseUrl, allowInsecure: true }).projects.list();
      assert.equal(fetch.calls.length, 1);
    });
  }

  for (const baseUrl of [
    "http://127.0.0.1",
    "http://127.1",
    "http://[::1]",
    "http://localhost",
    "http://a.localhost",
    "http://127.0.0.1:3000/api",
    "http://127.9.8.7",
    "http://[::1]:3000",
    "http://LOCALHOST:3000",
    "http://a.b.localhost:3000/",
  ]) {
    it(`to ${baseUrl} is to this machine`, async () => {
      const fetch = spy();
      await clientOf(fetch, { baseUrl }).projects.list();
      await clientOf(fetch).projects.list({ baseUrl });
      assert.equal(fetch.calls.length, 2);
      // The platform says so as well.
      const { hostname } = new URL(fetch.calls[0].url);
      assert.match(hostname, /^(127(\.\d+){3}|\[::1\]|([^.]+\.)*localhost)$/);
    });
  }
});

describe("an idempotency key", () => {
  it("that is empty is refused", async () => {
    const migration = { query: "select 1" };
    for (const method of ["apply", "upsert"]) {
      await assertRefused(
        (client) => client.migrations[method](ref, migration, { idempotencyKey: "" }),
        "options.idempotencyKey",
      );
    }
  });
});

describe("Retry-After", () => {
  const retryAfterOf = async (value) => {
    const client = clientOf(refusal(429, { "retry-after": value }), { maxRetries: 0 });
    return (await rejection(client.projects.list())).retryAfterMs;
  };
  // Only whole numbers in decimal digits and dates of HTTP mean something here (RFC 9110, section 10.2.3).
  for (const value of ["0x10", "1e3", " ", "-1", "+5", "1.5", "5 s", "1,2", "0b11", "Infinity", "soon", "2099-01-01"]) {
    it(`of ${JSON.stringify(value)} is no wait`, async () => {
      assert.equal(await retryAfterOf(value), undefined);
    });
  }

  it("of decimal digits, or of a date of HTTP, is one", async () => {
    assert.equal(await retryAfterOf("5"), 5_000);
    assert.equal(await retryAfterOf("0"), 0);
    assert.equal(await retryAfterOf("007"), 7_000);
    const wait = await retryAfterOf(new Date(Date.now() + 60_000).toUTCString());
    assert.ok(wait > 55_000 && wait <= 60_000, `${wait}`);
  });

  it("that is none leaves the wait to X-RateLimit-Reset", async () => {
    const headers = { "retry-after": "0x10", "x-ratelimit-reset": "9" };
    const client = clientOf(refusal(429, headers), { maxRetries: 0 });
    assert.equal((await rejection(client.projects.list())).retryAfterMs, 9_000);
  });
});

describe("whether a write may have been done", () => {
  const busy = refusal(503);
  const lost = () => Promise.reject(new TypeError("fetch failed"));
  const refused = () =>
    Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }));
  const broken = () => ({
    status: 200,
    headers: new Headers(),
    text: () => Promise.reject(new TypeError("terminated")),
    arrayBuffer: () => Promise.reject(new TypeError("terminated")),
  });
  const stalled = () => ({ status: 200, headers: new Headers(), text: never, arrayBuffer: never });
  const get = (client) => client.projects.get(ref);
  const put = (client) => client.sslEnforcement.update(ref, { requestedConfig: { database: true } });
  const remove = (client) => client.functions.delete(ref, "hello");
  const post = (client) => client.organizations.create({ name: "A" });

  /** What happens to each attempt, and then the error and whether the write may have been done. */
  const stories = [
    ["503, then no connection at all", put, [busy, refused], "OutcomeUnknownError", true],
    ["a lost connection, then none at all", remove, [lost, refused], "OutcomeUnknownError", true],
    ["no connection, and then none again", put, [refused], "ConnectionError", undefined],
    ["no connection, then 503", put, [refused, busy], "ApiError", true],
    ["no connection, then 404", remove, [refused, refusal(404)], "ApiError", false],
    ["503, then 404", remove, [busy, refusal(404)], "ApiError", true],
    ["503, then 401", put, [busy, refusal(401)], "ApiError", true],
    ["503, then 500", put, [busy, refusal(500)], "ApiError", true],
    ["a lost connection, then 429", put, [lost, refusal(429)], "ApiError", true],
    ["429, then 404", put, [refusal(429), refusal(404)], "ApiError", false],
    ["429, then no connection", put, [refusal(429), refused], "ConnectionError", undefined],
    ["no answer in time, then no connection", put, [never, refused], "OutcomeUnknownError", true],
    ["no answer in time, then 404", put, [never, refusal(404)], "ApiError", true],
    ["no connection, then no answer in time", put, [refused, never], "TimeoutError", true],
    // Once a 2xx was seen, it is known to have been done.
    ["503, then 200 with a body that breaks off", put, [busy, broken], "ConnectionError", undefined],
    ["503, then 200 with a body that never ends", put, [busy, stalled], "TimeoutError", false],
    ["200 with a body that breaks off, then 503", put, [broken, busy], "ApiError", false],
    ["200 with a body that breaks off, then no connection", put, [broken, refused], "ConnectionError", undefined],
    ["200 with a body that breaks off, then no answer in time", put, [broken, never], "TimeoutError", false],
    ["429, then a lost connection, of a POST", post, [refusal(429), lost], "OutcomeUnknownError", true],
    ["429, then no connection, of a POST", post, [refusal(429), refused], "ConnectionError", undefined],
    ["503, then no connection, of a read", get, [busy, refused], "ConnectionError", undefined],
    ["503, then no answer in time, of a read", get, [busy, never], "TimeoutError", false],
    ["503, then 404, of a read", get, [busy, refusal(404)], "ApiError", false],
  ];
  for (const [name, call, answers, word, unknown] of stories) {
    it(`is told of all attempts: ${name}`, () =>
      onClock(async ({ finish }) => {
        const client = clientOf(inTurn(...answers), { timeoutMs: 5_000 });
        const error = await finish(rejection(call(client)));
        assert.equal(error.name, word, error.stack);
        assert.equal(error.outcomeUnknown, unknown, error.message);
        const words = error.message.includes("may have done it all the same");
        assert.equal(words, unknown === true, error.message);
      }));
  }

  it("is told where a 503 is followed by a token that never comes", () =>
    onClock(async ({ finish }) => {
      let asked = 0;
      const accessToken = () => (asked++ ? never() : token);
      const error = await finish(rejection(remove(clientOf(spy(busy), { accessToken }))));
      assert.deepEqual([error.name, error.attempts, error.outcomeUnknown], ["TimeoutError", 1, true], error.stack);
      // Of a read, and of a write that was refused, nothing is open.
      for (const [call, first] of [
        [get, busy],
        [remove, refusal(429)],
      ]) {
        asked = 0;
        const other = await finish(rejection(call(clientOf(spy(first), { accessToken }))));
        assert.deepEqual([other.name, other.outcomeUnknown], ["TimeoutError", false], other.stack);
      }
    }));

  it("is told where a 503 is followed by the end of the time for all attempts", () =>
    onClock(async ({ finish }) => {
      const client = clientOf(inTurn(busy, never), { deadlineMs: 4_000 });
      const error = await finish(rejection(put(client)));
      assert.deepEqual([error.name, error.outcomeUnknown], ["TimeoutError", true], error.stack);
    }));

  it("is told where a 503 is followed by a window that is spent", () =>
    onClock(async ({ finish }) => {
      const spent = { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      const client = clientOf(refusal(503, { ...spent, "retry-after": "1" }), { rateLimit: "error" });
      const error = await finish(rejection(put(client)));
      assert.deepEqual([error.name, error.attempts, error.outcomeUnknown], ["RateLimitError", 1, true], error.stack);
    }));
});
