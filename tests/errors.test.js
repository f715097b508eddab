// Errors as users meet them: which one comes when, what it holds, and what of it is printed.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import * as entry from "../pkg/index.js";
import {
  answerJson,
  json,
  later,
  never,
  newProject,
  printed,
  ref,
  rejection,
  serve,
  spy,
  thrown,
  token,
} from "./support.js";

const api = { ...entry };
const { SupabaseManagement, SupabaseManagementError } = api;
// One attempt: what is tried again is the matter of other tests.
const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, maxRetries: 0, ...options });
const failing = (body, init) => rejection(clientOf(async () => new Response(body, init)).projects.list());

describe("ApiError", () => {
  it("says endpoint, route, status and the server's own words", async () => {
    const error = await failing('{"message":"Unauthorized"}', { status: 401 });
    assert.equal(error.name, "ApiError");
    assert.equal(error.message, "projects.list (GET /v1/projects): 401 Unauthorized");
    assert.equal(String(error), `ApiError: ${error.message}`);
    const { endpoint, route, attempts, status, missingPermissions, rateLimit } = error;
    assert.deepEqual(
      { endpoint, route, attempts, status, missingPermissions, rateLimit },
      {
        endpoint: "projects.list",
        route: "GET /v1/projects",
        attempts: 1,
        status: 401,
        missingPermissions: [],
        rateLimit: undefined,
      },
    );
  });

  it("has the route with its placeholders, not the address", async () => {
    const client = clientOf(async () => json({ message: "Function not found" }, { status: 404 }));
    const error = await rejection(client.functions.get(ref, "hello"));
    assert.equal(error.route, "GET /v1/projects/{ref}/functions/{function_slug}");
    assert.equal(error.message, `functions.get (${error.route}): 404 Function not found`);
  });

  const bodies = {
    "an object": ['{"message":"a","x":[1]}', { message: "a", x: [1] }, "a"],
    "a list": ["[1]", [1], "[1]"],
    "a string": ['"no"', "no", "no"],
    null: ["null", null, "null"],
    "a number": ["42", 42, "42"],
    text: ["Bad Gateway\n", "Bad Gateway\n", "Bad Gateway"],
    HTML: ["<html>502</html>", "<html>502</html>", "<html>502</html>"],
    "JSON that ends early": ['{"message":"a', '{"message":"a', '{"message":"a'],
    nothing: ["", "", "the server gave no reason"],
    "another name for the message": ['{"error":"x","error_description":"code expired"}', undefined, "code expired"],
    "a message that is a list": ['{"message":["a: no","b: no",1],"error":"x"}', undefined, "a: no; b: no"],
    "a message that is no string": ['{"message":{},"error":"x"}', undefined, "x"],
    "a message in another language": ['{"message":"Zo\\u00eb 🚀"}', { message: "Zoë 🚀" }, "Zoë 🚀"],
  };
  for (const [name, [text, body, words]] of Object.entries(bodies)) {
    it(`has the body where that is ${name}`, async () => {
      const error = await failing(text, { status: 500 });
      assert.equal(error.text, text);
      assert.deepEqual(error.body, body === undefined ? JSON.parse(text) : body);
      assert.equal(error.message, `projects.list (GET /v1/projects): 500 ${words}`);
    });
  }

  it("shortens a long text in its message alone, and never inside of a letter", async () => {
    const text = `${"é🚀".repeat(500)}`;
    const error = await failing(text, { status: 503 });
    assert.equal(error.text, text);
    assert.ok(error.message.length < 400, error.message);
    assert.ok(error.message.isWellFormed(), error.message);
  });

  it("has headers, rate limit and missing permissions", async () => {
    const headers = { "x-ratelimit-limit": "120", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "58", "x-a": "b" };
    const error = await failing('{"message":"a","missing_permissions":["a_read",1,"b_read"]}', {
      status: 429,
      headers,
    });
    assert.deepEqual(error.rateLimit, { limit: 120, remaining: 0, resetSeconds: 58 });
    assert.deepEqual(error.missingPermissions, ["a_read", "b_read"]);
    assert.ok(error.headers instanceof Headers);
    assert.equal(error.headers.get("x-a"), "b");
    const some = await failing("", { status: 429, headers: { "x-ratelimit-reset": "7", "x-ratelimit-limit": "many" } });
    assert.deepEqual(some.rateLimit, { limit: undefined, remaining: undefined, resetSeconds: 7 });
  });

  it("comes for every status but 2xx", async () => {
    for (const status of [300, 304, 400, 401, 402, 403, 404, 406, 409, 422, 429, 500, 502, 503, 520, 544, 599]) {
      const error = await failing(null, { status });
      assert.deepEqual([error.name, error.status], ["ApiError", status]);
    }
  });

  it("shows neither body, text nor headers when it is printed, and gives them when asked", async () => {
    const error = await failing('{"message":"words","hidden":"in the body"}', {
      status: 400,
      headers: { "x-hidden": "in a header" },
    });
    for (const [view, text] of Object.entries(printed(error))) {
      assert.ok(!/in the body|in a header/.test(text), `${view}: ${text}`);
    }
    const [keys, shown] = [Object.keys(error), JSON.parse(JSON.stringify(error))];
    for (const key of ["body", "text", "headers"]) {
      assert.ok(!keys.includes(key) && !Object.hasOwn(shown, key), key);
      assert.ok(error[key] !== undefined, key);
    }
    assert.deepEqual([shown.name, shown.message, shown.status], ["ApiError", error.message, 400]);
    assert.match(inspect(error), /^ApiError: projects\.list .*\n {4}at .*status: 400/s);
  });

  it("comes for a redirect, which is not followed", async (t) => {
    const target = await serve(t, (_request, response) => answerJson(response, []));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve(t, (_request, response) =>
        response.writeHead(status, { location: `${target.url}/v1/projects` }).end(),
      );
      const client = clientOf(undefined, { baseUrl: server.url });
      const errors = [await rejection(client.projects.list()), await rejection(client.projects.create(newProject))];
      for (const error of errors) assert.deepEqual([error.name, error.status], ["ApiError", status]);
    }
    assert.deepEqual(target.requests, []);
  });
});

describe("error classes", () => {
  const names = [
    "InputError",
    "DecodeError",
    "ApiError",
    "ConnectionError",
    "OutcomeUnknownError",
    "TimeoutError",
    "RateLimitError",
  ];
  const own = {
    InputError: ["attempts", "endpoint", "expected", "path", "received", "route"],
    DecodeError: ["attempts", "endpoint", "expected", "path", "received", "route", "status"],
    ApiError: [
      "attempts",
      "code",
      "endpoint",
      "missingPermissions",
      "outcomeUnknown",
      "rateLimit",
      "requiredPermissions",
      "requiredScope",
      "retryAfterMs",
      "route",
      "status",
      "unknownRoute",
      "validationErrors",
    ],
    ConnectionError: ["attempts", "endpoint", "route"],
    OutcomeUnknownError: ["attempts", "endpoint", "outcomeUnknown", "route"],
    RateLimitError: ["attempts", "endpoint", "outcomeUnknown", "retryAfterMs", "route"],
    TimeoutError: ["attempts", "endpoint", "outcomeUnknown", "route"],
  };
  const spent = { "x-ratelimit-limit": "120", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60" };
  const limited = async () => {
    const client = clientOf(async () => json([], { headers: spent }), { rateLimit: "error" });
    await client.projects.list();
    return rejection(client.projects.list());
  };
  const samples = async () => ({
    InputError: await rejection(clientOf(spy()).functions.list("..")),
    DecodeError: await rejection(clientOf(async () => json({})).projects.list()),
    ApiError: await failing("", { status: 500 }),
    ConnectionError: await rejection(clientOf(async () => undefined).projects.list()),
    OutcomeUnknownError: await rejection(clientOf(() => Promise.reject(new Error("lost"))).projects.pause(ref)),
    TimeoutError: await rejection(clientOf(never, { timeoutMs: 1 }).projects.list()),
    RateLimitError: await limited(),
  });

  it("lie one level below SupabaseManagementError, which is an Error", async () => {
    assert.equal(Object.getPrototypeOf(SupabaseManagementError), Error);
    for (const [name, error] of Object.entries(await samples())) {
      const parent = name === "OutcomeUnknownError" ? api.ConnectionError : SupabaseManagementError;
      assert.equal(Object.getPrototypeOf(api[name]), parent);
      assert.equal(error.constructor, api[name]);
      assert.ok(error instanceof Error && error instanceof SupabaseManagementError);
      assert.equal(Object.prototype.toString.call(error), "[object Error]");
      assert.equal(error.name, name);
    }
  });

  it("have the same few properties, all of which JSON shows", async () => {
    for (const [name, error] of Object.entries(await samples())) {
      assert.deepEqual(Object.keys(error).sort(), own[name], name);
      const shown = JSON.parse(JSON.stringify(error));
      const present = own[name].filter((key) => error[key] !== undefined);
      assert.deepEqual(Object.keys(shown).sort(), [...present, "message", "name"].sort());
    }
  });

  it("have a stack of their words and of where the user called or awaits, without frames of ours", async () => {
    for (const [name, error] of Object.entries(await samples())) {
      assert.ok(error.stack.startsWith(`${name}: ${error.message}\n`), error.stack);
      const frames = error.stack.slice(`${name}: ${error.message}\n`.length);
      assert.match(frames, /^ +at .*errors\.test\.js:\d+:\d+/m, name);
      assert.doesNotMatch(frames, /pkg\//, name);
    }
    const wrong = thrown(() => new SupabaseManagement({ timeoutMs: 0 }));
    assert.ok(wrong.stack.includes(fileURLToPath(import.meta.url)), wrong.stack);
  });

  it("have guards that go by the name, and answer for anything at all", async () => {
    const all = await samples();
    const others = [
      null,
      undefined,
      0,
      "",
      "ApiError",
      Symbol("ApiError"),
      {},
      [],
      () => {},
      new Error("x"),
      new TypeError("x"),
    ];
    others.push(Object.create(null), { name: Symbol("ApiError") }, { name: ["ApiError"] }, { name: "ApiErrors" });
    others.push(Object.defineProperty({}, "name", { get: () => assert.fail("a getter's own") }));
    for (const name of names) {
      const guard = api[`is${name}`];
      for (const [other, error] of Object.entries(all))
        assert.equal(guard(error), error instanceof api[name], `${name}, ${other}`);
      assert.equal(guard({ name }), true);
      assert.equal(guard(Object.assign(new Error("of another copy"), { name })), true);
      for (const other of others) assert.equal(guard(other), false, name);
      assert.equal(api.isSupabaseManagementError(all[name]), true);
      assert.equal(api.isSupabaseManagementError({ name }), true);
    }
    for (const other of others) assert.equal(api.isSupabaseManagementError(other), false);
    assert.equal(api.isSupabaseManagementError(new SupabaseManagementError({ message: "a" })), true);
  });
});

describe("a write that may have been done", () => {
  const gateway = async () => new Response("<html>", { status: 504 });

  it("is one that a gateway gave up on", async () => {
    const error = await rejection(clientOf(gateway).projects.update(ref, { name: "a" }));
    assert.deepEqual([error.name, error.outcomeUnknown], ["ApiError", true]);
    assert.match(
      error.message,
      /504 <html>; the server may have done it all the same: look .*, projects\.get may tell$/,
    );
    for (const call of [
      clientOf(gateway).projects.list(),
      clientOf(async () => json({}, { status: 500 })).projects.pause(ref),
      clientOf(async () => json({}, { status: 429 })).projects.pause(ref),
    ])
      assert.equal((await rejection(call)).outcomeUnknown, false);
  });

  it("is looked for in its own group alone: a project does not tell of its banned addresses", async () => {
    const error = await rejection(clientOf(gateway).networkBans.delete(ref, { ipv4_addresses: ["192.0.2.1"] }));
    assert.equal(error.outcomeUnknown, true);
    assert.match(error.message, /504 <html>; the server may have done it all the same: look before you repeat it$/);
  });

  it("is one that a later attempt finds refused, or without a turn", async () => {
    const spent = { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" };
    for (const [name, second] of Object.entries({
      ApiError: () => json({ message: "not found" }, { status: 404 }),
      RateLimitError: () => json({}, { headers: spent }),
    })) {
      let sent = 0;
      const fetch = async () => {
        if (sent++ > 0) return second();
        throw new TypeError("fetch failed");
      };
      const client = new SupabaseManagement({ accessToken: token, fetch, deadlineMs: 5_000 });
      const calls = [client.functions.delete(ref, "a")];
      // It learns that the window is spent, while the first one waits to be sent again.
      if (name === "RateLimitError") calls.push(later(0).then(() => client.functions.delete(ref, "b")));
      const error = await rejection(calls[0]);
      assert.deepEqual([error.name, error.outcomeUnknown, error.attempts > 0], [name, true, true]);
      assert.match(error.message, /may have done it all the same: look before you repeat it, functions\.get may tell$/);
      await Promise.allSettled(calls);
    }
  });

  it("says where to look, if there is a place", async () => {
    const lost = () => Promise.reject(new TypeError("fetch failed"));
    const { message } = await rejection(clientOf(lost).database.query(ref, { query: "select 1" }));
    assert.match(message, /look before you repeat it$/);
  });

  it("may have been kept back in a page, for CORS", async (t) => {
    globalThis.location = { origin: "https://page.example" };
    t.after(() => delete globalThis.location);
    const lost = () => Promise.reject(new TypeError("Failed to fetch"));
    const error = await rejection(clientOf(lost).projects.create(newProject));
    assert.equal(error.name, "OutcomeUnknownError");
    assert.match(error.message, /CORS.*may have done it/);
  });

  it("is none whose status has come", async (t) => {
    const server = await serve(t, (_request, response) => response.writeHead(201).write("{"));
    const client = clientOf(undefined, { baseUrl: server.url, timeoutMs: 50 });
    const error = await rejection(client.projects.create(newProject));
    assert.deepEqual([error.name, error.outcomeUnknown], ["TimeoutError", false]);
    assert.match(error.message, /: 201, so the operation itself succeeded, but the answer did not end/);
  });
});

describe("a call without a method", () => {
  it("to a known endpoint has its route, and hides what that hides", async () => {
    const seen = [];
    const fetch = async (_url, { body }) => json({ message: `no: ${body}` }, { status: 400 });
    const client = clientOf(fetch, { onRequest: ({ route }) => seen.push(route) });
    const body = { ...newProject, db_pass: "correct horse battery" };
    const error = await rejection(client.request("POST", "/v1/projects", { body }));
    for (const text of Object.values(printed(error))) assert.doesNotMatch(text, /battery/);
    const claim = `/v1/organizations/acme/project-claim/claimtoken_0123456789`;
    const other = await rejection(client.request("GET", claim));
    for (const text of Object.values(printed(other))) assert.doesNotMatch(text, /claimtoken/);
    const known = "GET /v1/organizations/{slug}/project-claim/{token}";
    assert.deepEqual([...seen, other.route], ["POST /v1/projects", known, known]);
  });
});

describe("what a server says", () => {
  it("is told with the permissions of a 403, whatever is left of the rate limit", async () => {
    const headers = { "x-ratelimit-limit": "120", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "20" };
    for (const [status, words] of Object.entries({
      403: /403 no \(needs the OAuth scope/,
      404: /404 no$/,
      503: /20000 ms/,
    })) {
      const error = await failing('{"message":"no"}', { status: +status, headers });
      assert.match(error.message, words);
    }
  });

  it("names a field where it looks like one", async () => {
    const error = await failing('{"message":"Failed: project is paused"}', { status: 400 });
    assert.deepEqual(error.validationErrors, []);
  });
});

describe("a signal", () => {
  it("may be that of many calls, without a warning", async (t) => {
    const warnings = [];
    const note = (warning) => warnings.push(warning);
    process.on("warning", note);
    t.after(() => process.off("warning", note));
    const controller = new AbortController();
    const { signal } = controller;
    const client = clientOf(never);
    const options = { signal };
    const calls = Array.from({ length: 30 }, () => client.projects.list(options));
    calls.push(...Array.from({ length: 30 }, () => api.waitUntil(never, () => true, options)));
    calls.push(...Array.from({ length: 30 }, () => client.projects.list({ ...options, dedupe: true })));
    await later(10);
    controller.abort("over");
    for (const call of calls) assert.equal(await rejection(call), "over");
    await later(10);
    assert.deepEqual(warnings, []);
  });
});

describe("ConnectionError", () => {
  const broken = async (t, behave) => {
    const server = await serve(t, (_request, response) => behave(response));
    return clientOf(undefined, { baseUrl: server.url });
  };

  it("says that the connection was refused, and why", async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    const error = await rejection(clientOf(undefined, { baseUrl: `http://127.0.0.1:${port}` }).projects.list());
    assert.equal(error.name, "ConnectionError");
    assert.equal(error.cause.cause.code, "ECONNREFUSED");
    assert.match(error.message, /^projects\.list \(GET \/v1\/projects\): .*ECONNREFUSED/);
    assert.equal(error.attempts, 1);
  });

  it("comes where the connection breaks before, in or after the headers", async (t) => {
    const clients = [
      await broken(t, (response) => response.destroy()),
      await broken(t, (response) => response.socket.write("HTTP/1.1 200 OK\r\nconte", () => response.destroy())),
      await broken(t, (response) => {
        response.writeHead(200, { "content-length": 100 }).write("[");
        setTimeout(() => response.destroy(), 20);
      }),
    ];
    for (const client of clients) {
      const answered = client === clients[2];
      for (const [call, lost] of [
        [() => client.projects.list(), "ConnectionError"],
        [() => client.projects.create(newProject), answered ? "ConnectionError" : "OutcomeUnknownError"],
      ]) {
        const error = await rejection(call());
        assert.equal(error.name, lost, error.stack);
        assert.ok(error.cause instanceof Error);
      }
    }
    assert.match((await rejection(clients[2].projects.list())).message, /: 200, so the operation itself succeeded/);
  });

  it("gives way to the status where the body of an error breaks off", async (t) => {
    const client = await broken(t, (response) => {
      response.writeHead(503, { "content-length": 100 }).write("{");
      setTimeout(() => response.destroy(), 20);
    });
    const error = await rejection(client.projects.list());
    assert.deepEqual([error.name, error.status], ["ApiError", 503]);
  });

  it("has as its cause what fetch gave", async () => {
    for (const cause of [new TypeError("fetch failed"), new DOMException("x", "NetworkError")]) {
      const error = await rejection(clientOf(() => Promise.reject(cause)).projects.list());
      assert.equal(error.cause, cause);
      assert.ok(error.message.endsWith(cause.message), error.message);
      assert.ok(!Object.keys(error).includes("cause"));
    }
  });
});

describe("TimeoutError", () => {
  const late = (call, options) => rejection(call(clientOf(never, { timeoutMs: 5, ...options })));

  it("says how long it waited, and for a write that it may be done all the same", async () => {
    const read = await late((client) => client.projects.list());
    assert.match(read.message, /^projects\.list \(GET \/v1\/projects\): .*\b5 ms$/);
    assert.equal(read.outcomeUnknown, false);
    const writes = {
      post: (client) => client.projects.create(newProject),
      patch: (client) => client.functions.update(ref, "a", {}),
      delete: (client) => client.functions.delete(ref, "a"),
      free: (client) => client.request("POST", "/v1/x"),
      put: (client) => client.request("PUT", "/v1/x"),
    };
    for (const [name, write] of Object.entries(writes)) {
      const error = await late(write);
      assert.equal(error.name, "TimeoutError");
      assert.equal(error.outcomeUnknown, true, name);
      assert.match(error.message, /may have done it/, name);
    }
    assert.equal((await late((client) => client.request("GET", "/v1/x"))).outcomeUnknown, false);
  });

  it("knows that nothing was sent where the token was what took so long", async () => {
    const fetch = spy();
    const error = await late((client) => client.projects.create(newProject), { accessToken: never, fetch });
    assert.deepEqual([error.name, error.outcomeUnknown, error.attempts], ["TimeoutError", false, 0]);
    assert.deepEqual(fetch.calls, []);
  });

  it("covers headers and body of a real server, and closes the connection", async (t) => {
    let closed = 0;
    const server = await serve(t, (request, response) => {
      response.on("close", () => closed++);
      if (request.url.endsWith("projects")) response.writeHead(200).write("[");
    });
    const client = clientOf(undefined, { baseUrl: server.url, timeoutMs: 50 });
    for (const call of [client.projects.list(), client.organizations.list()]) {
      assert.equal((await rejection(call)).name, "TimeoutError");
    }
    for (let wait = 0; closed < 2 && wait < 100; wait++) await later(10);
    assert.equal(closed, 2);
  });
});
