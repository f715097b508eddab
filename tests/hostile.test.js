// A fetch may be anybody's: a mock, a wrapper, an old polyfill, a service worker. Whatever it does, a call ends in the
// time it has, with the error that is documented or with a value, and the next call works.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import { isSupabaseManagementError, SupabaseManagement } from "../pkg/index.js";
import { answerJson, later, organization, printed, project, ref, serve, token } from "./support.js";

const platformFetch = globalThis.fetch;
const unhandled = [];
const note = (reason) => unhandled.push(reason);
for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);

const texts = { GET: JSON.stringify([project]), POST: JSON.stringify(organization), DELETE: "" };
const good = (_url, { method }) => new Response(texts[method]);
const text =
  (make, init) =>
  (_url, { method }) =>
    new Response(make(method), init);

const operations = {
  list: (client) => client.projects.list(),
  create: (client) => client.organizations.create({ name: "A" }),
  delete: (client) => client.functions.delete(ref, "hello"),
};
const modes = {
  lenient: {},
  strict: { validation: "strict" },
  reporting: { onDeviation: () => {} },
  throwing: {
    validation: "strict",
    onDeviation: () => {
      throw new Error("a hook's own");
    },
  },
  global: { fetch: undefined },
};

/** Throws whatever is done with it. */
const bomb = (target = {}) =>
  new Proxy(target, {
    get(_, trap) {
      return () => {
        throw new Error(`trapped ${String(trap)}`);
      };
    },
  });
const untouchable = () => new Proxy(() => {}, bomb());
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const withGetters = (get) => {
  const error = new Error("fine");
  for (const key of ["message", "name", "stack", "cause", "code", "toString"]) {
    Object.defineProperty(error, key, { get, configurable: true });
  }
  return error;
};
const fail = () => {
  throw new Error("a getter's own");
};
const cyclic = () => {
  const error = new Error("cyclic");
  error.cause = error;
  return error;
};

const reasons = {
  "a string": () => "boom",
  "an empty string": () => "",
  undefined: () => undefined,
  null: () => null,
  "a number": () => 42,
  "a bigint": () => 7n,
  "a symbol": () => Symbol("boom"),
  "an object": () => ({ code: 1 }),
  "an object without prototype": () => Object.create(null),
  "an array": () => ["boom"],
  "a function": () => () => {},
  "a frozen error": () => Object.freeze(new Error("frozen")),
  "a proxy that throws": untouchable,
  "a revoked proxy": revoked,
  "an AbortError": () => new DOMException("The operation was aborted.", "AbortError"),
  "a TimeoutError of the platform": () => new DOMException("late", "TimeoutError"),
  "an error with getters that throw": () => withGetters(fail),
  "an error with getters that throw later": () => {
    let count = 0;
    return withGetters(() => (count++ < 9 ? "fine" : fail()));
  },
  "an error that is its own cause": cyclic,
  "an error of another realm": () => runInNewContext("new TypeError('elsewhere')"),
  "an error whose message is a symbol": () => Object.assign(new Error(), { message: Symbol("boom") }),
  "an error whose message is an object": () => Object.assign(new Error(), { message: Object.create(null) }),
  "an error whose stack is a number": () => Object.assign(new Error("odd"), { stack: 42 }),
  "an error whose name is undefined": () => Object.assign(new Error("odd"), { name: undefined }),
  "several errors": () => new AggregateError([new Error("a"), "b", null], "several"),
  "an error with our own name": () => Object.assign(new Error("mine"), { name: "ApiError", status: 200 }),
  "a promise": () => Promise.resolve(new Response("[]")),
  "a response": () => new Response("[]"),
  "an object that cannot become text": () => ({ toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail }),
  "a very long text": () => "x".repeat(1_000_000),
};

const duck = (changes) => (_url, init) => {
  const reply = {
    status: 200,
    headers: new Headers(),
    text: async () => texts[init.method],
    arrayBuffer: async () => new TextEncoder().encode(texts[init.method]).buffer,
  };
  return Object.defineProperties(reply, Object.getOwnPropertyDescriptors(changes));
};
const body = (read) => duck({ text: read, arrayBuffer: read });
const stream = (source) => (_url, init) => new Response(new ReadableStream(source(init)));
const never = () => new Promise(() => {});
const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
const extra = (method, json) => (method === "DELETE" ? "" : texts[method].replace("{", `{"extra":${json},`));

class Derived extends Promise {}
// The linter takes every object with a "then" for a mistake; here it is what is tested.
const THEN = "then";
const thenable = (then, target = {}) => Object.defineProperty(target, THEN, { value: then });
const needless = (others) => ({ list: others, create: others, delete: "value" });

/** What each behaviour leads to: for all operations alike, or for each. `|` stands between what is equally right. */
const behaviours = [
  ...Object.entries(reasons).flatMap(([name, make]) => [
    [`rejects with ${name}`, () => Promise.reject(make()), "ConnectionError"],
    [
      `throws ${name}`,
      () => {
        throw make();
      },
      "ConnectionError",
    ],
  ]),

  ...Object.entries({
    undefined: undefined,
    null: null,
    "a number": 42,
    NaN: Number.NaN,
    "a string": "[]",
    true: true,
    "a symbol": Symbol("s"),
    "an object": {},
    "an array": [],
    "a function": () => {},
    "a class": Response,
    "a Request": new Request("http://127.0.0.1/"),
    "an error": new Error("returned"),
  }).flatMap(([name, value]) => [
    [`returns ${name}`, () => value, "ConnectionError"],
    [`resolves to ${name}`, async () => value, "ConnectionError"],
  ]),
  ["returns a proxy that throws", untouchable, "ConnectionError"],
  ["returns a revoked proxy", revoked, "ConnectionError"],
  ["returns a Response, and no promise", good, "value"],
  ["returns a promise of another class", (...args) => Derived.resolve(good(...args)), "value"],
  ["returns a promise of another realm", (...args) => runInNewContext("Promise").resolve(good(...args)), "value"],
  [
    "returns a promise whose then throws",
    (...args) => thenable(fail, Promise.resolve(good(...args))),
    "value|ConnectionError",
  ],
  [
    "returns a promise whose constructor throws",
    (...args) => Object.defineProperty(Promise.resolve(good(...args)), "constructor", { get: fail }),
    "value|ConnectionError",
  ],

  ["returns a promise that never settles", never, "TimeoutError"],
  ["returns a thenable that never settles", () => thenable(() => {}), "TimeoutError"],
  ["returns a thenable that throws", () => thenable(fail), "ConnectionError"],
  [
    "returns a thenable that calls both callbacks",
    (...args) =>
      thenable((resolve, reject) => {
        resolve(good(...args));
        reject(new Error("too late"));
        throw new Error("too late");
      }),
    "value",
  ],
  [
    "returns a thenable that resolves to a thenable",
    (...args) => thenable((resolve) => resolve(thenable((again) => again(Promise.resolve(good(...args)))))),
    "value",
  ],
  [
    "returns a thenable whose then is a getter that throws",
    () => Object.defineProperty({}, THEN, { get: fail }),
    "ConnectionError",
  ],
  [
    "resolves to itself",
    () => {
      const own = later(0).then(() => own);
      return own;
    },
    "ConnectionError",
  ],
  ["answers after the time is over", (...args) => later(100).then(() => good(...args)), "TimeoutError"],
  ["fails after the time is over", () => later(100).then(fail), "TimeoutError"],

  ["answers like a Response without being one", duck({}), "value"],
  [
    "answers with a Response of a subclass",
    (_url, { method }) => new (class extends Response {})(texts[method]),
    "value",
  ],
  [
    "answers with a Response of another realm",
    (_url, { method }) =>
      runInNewContext(
        `({ status: 200, headers: new Map(), text: () => Promise.resolve(text),
          arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer) })`,
        { text: texts[method], bytes: [...new TextEncoder().encode(texts[method])] },
      ),
    "value",
  ],
  ...["200", Number.NaN, -1, 0, 1000, 1e9, 200n, Symbol("s"), null, undefined, {}, true, Number.POSITIVE_INFINITY].map(
    (status) => [`has the status ${typeof status} ${String(status)}`, duck({ status }), "ConnectionError"],
  ),
  [
    "has a status that throws",
    duck({
      get status() {
        return fail();
      },
    }),
    "ConnectionError",
  ],
  ["has the status 100", duck({ status: 100 }), "ApiError"],
  ["has the status 999", duck({ status: 999 }), "ApiError"],
  [
    "has a status that changes",
    duck({
      count: 0,
      get status() {
        return this.count++ ? 500 : 200;
      },
    }),
    "value|ApiError",
  ],
  ["has no headers", duck({ headers: undefined }), "ConnectionError|value"],
  ["has null for headers", duck({ headers: null }), "ConnectionError|value"],
  [
    "has headers that throw",
    duck({
      get headers() {
        return fail();
      },
    }),
    "ConnectionError",
  ],
  ["has headers without get", duck({ headers: {} }), "value"],
  ["has headers whose get throws", duck({ headers: { get: fail } }), "value"],
  ["has headers that are a proxy that throws", duck({ headers: untouchable() }), "value|ConnectionError"],
  ["fails with headers without get", duck({ status: 500, headers: {} }), "ApiError"],
  ["fails with headers whose get throws", duck({ status: 500, headers: { get: fail } }), "ApiError"],
  ["fails with headers that are a Map", duck({ status: 500, headers: new Map([["a", "b"]]) }), "ApiError"],
  [
    "fails with headers that are no headers",
    duck({ status: 500, headers: { "ä ö": "\n", x: Symbol("s") } }),
    "ApiError",
  ],
  [
    "fails with headers that are a proxy that throws",
    duck({ status: 500, headers: untouchable() }),
    "ApiError|ConnectionError",
  ],
  ["fails with headers whose iterator throws", duck({ status: 500, headers: { [Symbol.iterator]: fail } }), "ApiError"],
  [
    "fails with headers that are read-only and hold the token",
    () =>
      platformFetch(`data:text/plain,x`).then((real) =>
        duck({ status: 500, headers: Object.assign(real.headers, { set: fail }) })("", { method: "GET" }),
      ),
    "ApiError",
  ],

  ["has no way to read the body", duck({ text: undefined, arrayBuffer: undefined }), needless("ConnectionError")],
  ["throws when the body is read", body(fail), needless("ConnectionError")],
  ["rejects when the body is read", body(() => Promise.reject(new Error("broke"))), needless("ConnectionError")],
  ["rejects without a reason when the body is read", body(() => Promise.reject()), needless("ConnectionError")],
  ["never finishes the body", body(never), needless("TimeoutError")],
  ["reads the body as a number", body(async () => 42), needless("DecodeError|ConnectionError")],
  ["reads the body as undefined", body(async () => undefined), needless("DecodeError|ConnectionError")],
  ["reads the body as null", body(async () => null), needless("DecodeError|ConnectionError")],
  ["reads the body as an object", body(async () => ({})), needless("DecodeError|ConnectionError")],
  ["reads the body as a symbol", body(async () => Symbol("s")), needless("DecodeError|ConnectionError")],
  ["reads the body as a proxy that throws", body(untouchable), needless("DecodeError|ConnectionError")],
  [
    "reads the body as an object that claims a length",
    body(async () => ({ length: -1 })),
    needless("DecodeError|ConnectionError"),
  ],
  [
    "reads the body as bytes that are gone",
    body(async () => {
      const { buffer } = new Uint8Array(8);
      structuredClone(buffer, { transfer: [buffer] });
      return buffer;
    }),
    needless("DecodeError|ConnectionError"),
  ],
  [
    "reads the body without a promise",
    (url, init) => ({
      ...duck({})(url, init),
      text: () => texts[init.method],
      arrayBuffer: () => new TextEncoder().encode(texts[init.method]).buffer,
    }),
    "value",
  ],
  [
    "reads the body through a promise of another class",
    (url, init) => ({
      ...duck({})(url, init),
      text: () => Derived.resolve(texts[init.method]),
      arrayBuffer: () => Derived.resolve(new TextEncoder().encode(texts[init.method])),
    }),
    "value",
  ],
  ["fails, and throws when the body is read", duck({ status: 503, text: fail }), "ApiError"],
  ["fails, and reads the body as an object", duck({ status: 503, text: async () => ({ message: "no" }) }), "ApiError"],
  ["fails, and never finishes the body", duck({ status: 503, text: never }), "ApiError|TimeoutError"],
  [
    "answers with a body that was read before",
    async (...args) => {
      const reply = good(...args);
      await reply.text();
      return reply;
    },
    needless("ConnectionError"),
  ],
  [
    "answers with a body that is locked",
    async (_url, { method }) => {
      const reply = new Response(`${texts[method]} `);
      reply.body.getReader();
      return reply;
    },
    needless("ConnectionError"),
  ],
  [
    "answers with a stream that fails",
    stream(() => ({ pull: (controller) => controller.error(new Error("broke")) })),
    needless("ConnectionError"),
  ],
  [
    "answers with a stream that fails without a reason",
    stream(() => ({ pull: (controller) => controller.error() })),
    needless("ConnectionError"),
  ],
  ["answers with a stream that gives nothing, ever", stream(() => ({ pull: never })), needless("TimeoutError")],
  [
    "answers with a stream that has no end",
    stream(({ signal }) => ({
      async pull(controller) {
        await later(1);
        if (signal.aborted) controller.error(signal.reason);
        else controller.enqueue(new TextEncoder().encode(" "));
      },
    })),
    needless("TimeoutError"),
  ],
  [
    "answers with a stream of what is no bytes",
    stream(() => ({ pull: (controller) => controller.enqueue("text") })),
    needless("ConnectionError"),
  ],

  [
    "answers 204, with a body that must not be touched",
    duck({
      status: 204,
      get body() {
        return fail();
      },
      text: fail,
      arrayBuffer: fail,
    }),
    "value",
  ],
  ["answers Response.error()", () => Response.error(), "ConnectionError"],
  ["answers with a hidden redirect", duck({ status: 0, type: "opaqueredirect" }), "ConnectionError"],
  [
    "answers with a redirect",
    text(() => null, { status: 301, headers: { location: "http://127.0.0.1/" } }),
    "ApiError",
  ],
  ["answers with JSON that ends early", text((method) => texts[method].slice(0, -3)), needless("DecodeError")],
  ["answers with JSON that goes on", text((method) => `${texts[method]}]`), needless("DecodeError")],
  ["answers with HTML", text(() => "<!doctype html><title>Hello</title>"), needless("DecodeError")],
  ["answers with nothing", text(() => ""), needless("DecodeError")],
  ["answers with white space", text(() => " \n\t "), needless("DecodeError")],
  ["answers with an unknown encoding", text(() => "\0\x01\x02"), needless("DecodeError")],
  ["answers with a lone quote", text(() => '"'), needless("DecodeError")],
  ["answers with a lone bracket", text((method) => (method === "GET" ? "[" : "{")), needless("DecodeError")],
  [
    "answers with a backslash at the end",
    text((method) => (method === "GET" ? '["\\' : '{"\\')),
    needless("DecodeError"),
  ],
  [
    "answers with bytes that are no UTF-8",
    (_url, { method }) => new Response(Buffer.from(texts[method].replace("Zoë", "Zo\xff"), "latin1")),
    "value",
  ],
  ["answers with a byte order mark", text((method) => `\ufeff${texts[method]}`), "value"],
  ["answers null", text(() => "null"), needless("DecodeError")],
  ["answers a string", text(() => '"text"'), needless("DecodeError")],
  [
    "answers an array where an object should be, and the reverse",
    text((method) => (method === "GET" ? "{}" : "[]")),
    needless("DecodeError"),
  ],
  ["nests 100,000 levels where nothing is described", text((method) => extra(method, deep(100_000))), "value"],
  [
    "nests 1,000,000 brackets that never close",
    text((method) => (method === "GET" ? "[" : '{"a":') + "[".repeat(1_000_000)),
    needless("DecodeError"),
  ],
  ["answers with the same key twice", text((method) => extra(method, '1,"extra":2')), "value"],
  [
    "answers with the key __proto__",
    text((method) => extra(method, '0,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')),
    "value",
  ],
  [
    "answers with numbers out of reach",
    text((method) => extra(method, `[1e999,-1e999,${"9".repeat(400)},1e-999]`)),
    "value",
  ],
  ["answers with lone surrogates", text((method) => extra(method, '"\\ud800 \\udc00"')), "value"],
  [
    "answers with 100,000 unknown fields",
    text((method) => extra(method, `0${Array.from({ length: 100_000 }, (_, index) => `,"f${index}":0`).join("")}`)),
    "value",
  ],
  [
    "claims to be compressed",
    text((method) => texts[method], { headers: { "content-encoding": "gzip", "content-length": "3" } }),
    "value",
  ],
  [
    "claims an odd rate limit",
    text((method) => texts[method], { headers: { "x-ratelimit-limit": "NaN", "x-ratelimit-reset": "1e999" } }),
    "value",
  ],
  ["fails with 100,000 levels of JSON", text(() => deep(100_000), { status: 500 }), "ApiError"],
  [
    "fails with a message of another kind",
    text(() => '{"message":{"message":[]},"missing_permissions":[1,null,{}]}', { status: 500 }),
    "ApiError",
  ],
  [
    "fails with text that is half a letter",
    () => new Response(new Uint8Array([0xf0, 0x9f]), { status: 500 }),
    "ApiError",
  ],
  ["fails with long text of wide letters", text(() => "🚀".repeat(5000), { status: 500 }), "ApiError"],

  [
    "says that our signal is aborted",
    (url, init) => {
      Object.defineProperty(init.signal, "aborted", { value: true });
      init.signal.dispatchEvent(new Event("abort"));
      return good(url, init);
    },
    "value",
  ],
  [
    "makes our signal unusable",
    (url, init) => {
      for (const key of ["addEventListener", "removeEventListener", "aborted", "reason"])
        Object.defineProperty(init.signal, key, { get: fail });
      return good(url, init);
    },
    "value",
  ],
  [
    "changes what it is called with",
    (url, init) => {
      const { method } = init;
      init.headers = {};
      for (const key of Object.keys(init)) delete init[key];
      return good(url, { method });
    },
    "value",
  ],
  ["freezes what it is called with", (url, init) => good(url, Object.freeze(init)), "value"],
  [
    "calls the client in between",
    async (url, init, { client, calls }) => {
      if (calls.length < 9) await operations.list(client).catch(() => {});
      return good(url, init);
    },
    "value",
  ],
  [
    "calls the client in between, at once",
    (url, init, { client, calls }) => {
      if (calls.length < 9) operations.list(client).catch(() => {});
      return good(url, init);
    },
    "value",
  ],
  [
    "makes clients in between",
    (url, init) => {
      new SupabaseManagement({ accessToken: token });
      return good(url, init);
    },
    "value",
  ],
  [
    "replaces the global fetch",
    (url, init) => {
      globalThis.fetch = fail;
      return good(url, init);
    },
    "value",
  ],
  [
    "removes the timers",
    (url, init) => {
      const { clearTimeout } = globalThis;
      globalThis.clearTimeout = fail;
      queueMicrotask(() => {
        globalThis.clearTimeout = clearTimeout;
      });
      return good(url, init);
    },
    "value",
  ],
  ["answers with 10 MB", text((method) => extra(method, `"${"x".repeat(10_000_000)}"`)), "value"],
];

describe("a fetch that misbehaves", () => {
  let count = 0;
  after(() => {
    globalThis.fetch = platformFetch;
    for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
    assert.deepEqual(unhandled, []);
  });

  /** What became of a call, in a word; "hanging" where nothing did. */
  async function outcome(promise) {
    const result = await Promise.race([
      promise.then(
        (value) => ({ word: "value", value }),
        (error) => ({ word: error?.name ?? String(error), error }),
      ),
      later(2000).then(() => ({ word: "hanging" })),
    ]);
    if (result.word !== "value" && result.word !== "hanging" && !isSupabaseManagementError(result.error)) {
      result.word = `foreign ${result.word}`;
    }
    return result;
  }

  /** Runs all operations in all modes side by side. */
  async function examine(fetch, expected) {
    globalThis.fetch = (url, init) =>
      fetch(
        url,
        init,
        contexts.find(({ mode }) => mode === "global"),
      );
    const contexts = Object.entries(modes).flatMap(([mode, options]) =>
      Object.entries(operations).map(([operation, run]) => {
        const context = { mode, operation, calls: [], behave: fetch };
        const own = (url, init) => {
          context.calls.push(url);
          return context.behave(url, init, context);
        };
        context.client = new SupabaseManagement({ accessToken: token, timeoutMs: 50, fetch: own, ...options });
        context.run = () => run(context.client);
        return context;
      }),
    );
    await Promise.all(
      contexts.map(async (context) => {
        const { word, value, error } = await outcome(context.run());
        const allowed = typeof expected === "string" ? expected : expected[context.operation];
        const place = `${context.operation}, ${context.mode}`;
        assert.ok(
          allowed.split("|").includes(word),
          `${place}: expected ${allowed}, got ${word} ${error?.stack ?? ""}`,
        );
        if (context.operation === "delete" && word === "value") assert.equal(value, undefined);
        for (const [view, text] of Object.entries(error ? printed(error) : {})) {
          assert.ok(!text.includes(token), `${place}: the token is in ${view}`);
        }
      }),
    );
    globalThis.fetch = good;
    for (const context of contexts) {
      context.behave = good;
      const { word, error } = await outcome(context.run());
      assert.equal(word, "value", `afterwards, ${context.operation}, ${context.mode}: ${error?.stack}`);
    }
    assert.equal({}.polluted, undefined);
    // Long enough for what was late, and for Node to say what nobody handled.
    await later(expected === "TimeoutError" ? 120 : 0);
    assert.deepEqual(unhandled.splice(0), []);
    count += 1;
  }

  for (const [name, fetch, expected] of behaviours) {
    it(name, { timeout: 20_000 }, () => examine(fetch, expected));
  }

  it("ends a call whose answer is very large, in every mode", { timeout: 60_000 }, async () => {
    const large = `[${JSON.stringify({ ...project, name: "x".repeat(50_000_000) })}]`;
    for (const options of Object.values(modes)) {
      globalThis.fetch = async () => new Response(large);
      const client = new SupabaseManagement({ accessToken: token, ...options });
      assert.equal((await client.projects.list())[0].name.length, 50_000_000);
    }
    count += 1;
  });

  it("ends with the user's own reason where the fetch aborts the user's signal", async () => {
    for (const reason of [new Error("mine"), "mine", undefined, null, 0, { mine: true }, Symbol("mine")]) {
      for (const run of [
        (client, options) => client.projects.list(options),
        (client, options) => client.functions.delete(ref, "a", options),
      ]) {
        const controller = new AbortController();
        const fetch = (...args) => {
          controller.abort(reason);
          return good(...args);
        };
        const client = new SupabaseManagement({ accessToken: token, fetch });
        const error = await run(client, { signal: controller.signal }).then(assert.fail, (error) => error);
        assert.equal(error, controller.signal.reason);
      }
    }
    count += 1;
  });

  it("ends where there is no fetch at all", async () => {
    for (const wrong of [undefined, null, 42, {}]) {
      globalThis.fetch = wrong;
      const { word } = await outcome(new SupabaseManagement({ accessToken: token }).projects.list());
      assert.equal(word, "ConnectionError");
    }
    count += 1;
  });

  const lies = {
    "says gzip and sends text": (response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end("[]");
    },
    "breaks off a body of a known length": (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("[");
      setTimeout(() => response.destroy(), 10);
    },
    "breaks off a chunk": (response) => {
      response.writeHead(200, { "transfer-encoding": "chunked" });
      response.write("[");
      setTimeout(() => response.destroy(), 10);
    },
    "closes before it answers": (response) => response.destroy(),
    "speaks no HTTP": (response) => response.socket.end("hello\r\n\r\n"),
    "sends an odd header": (response) => response.socket.end("HTTP/1.1 200 OK\r\na b\0: c\r\n\r\n[]"),
  };
  for (const [name, lie] of Object.entries(lies)) {
    it(`takes a server that ${name}`, async (t) => {
      globalThis.fetch = platformFetch;
      let behave = lie;
      const { url } = await serve(t, (_request, response) => behave(response));
      const client = new SupabaseManagement({ accessToken: token, baseUrl: url });
      const { word, error } = await outcome(client.projects.list());
      assert.equal(word, "ConnectionError", error?.stack);
      for (const text of Object.values(printed(error))) assert.ok(!text.includes(token));
      behave = (response) => answerJson(response, [project]);
      assert.deepEqual(await client.projects.list(), [project]);
      count += 1;
    });
  }

  it("was examined in all of these ways", (t) => {
    t.diagnostic(`${count} hostile behaviours, each in ${Object.keys(modes).length} modes and 3 operations`);
    assert.ok(count >= 70, `${count}`);
  });
});
