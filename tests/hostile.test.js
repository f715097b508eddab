// A fetch may be anybody's: a mock, a wrapper, an old polyfill, a service worker. Whatever it does, a call ends in the
// time it has, with the error that is documented or with a value, and the next call works. What an answer may hold is
// in hostile-answers.test.js.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import { SupabaseManagement } from "../pkg/index.js";
import {
  answerJson,
  fail,
  good,
  judge,
  later,
  lost,
  modes,
  never,
  operations,
  outcome,
  platformFetch,
  printed,
  project,
  ref,
  revoked,
  serve,
  token,
  untouchable,
  asGlobal,
} from "./support.js";

/** Projects of which none was called before. */
const refs = Array.from({ length: 16 }, (_, at) => ref.slice(0, -1) + String.fromCharCode(97 + at));

const withGetters = (get) => {
  const error = new Error("fine");
  for (const key of ["message", "name", "stack", "cause", "code", "toString"]) {
    Object.defineProperty(error, key, { get, configurable: true });
  }
  return error;
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

class Derived extends Promise {}
// The linter takes every object with a "then" for a mistake; here it is what is tested.
const THEN = "then";
const thenable = (then, target = {}) => Object.defineProperty(target, THEN, { value: then });

/** Where the platform may get over it. */
const valueOrLost = Object.fromEntries(Object.entries(lost).map(([operation, word]) => [operation, `value|${word}`]));

/** What each behaviour leads to, for all operations alike, or for each of them. */
const behaviours = [
  ...Object.entries(reasons).flatMap(([name, make]) => [
    [`rejects with ${name}`, () => Promise.reject(make()), lost],
    [
      `throws ${name}`,
      () => {
        throw make();
      },
      lost,
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
  ["returns a proxy that throws", untouchable, lost],
  ["returns a revoked proxy", revoked, lost],
  ["returns a Response, and no promise", good, "value"],
  ["returns a promise of another class", (...args) => Derived.resolve(good(...args)), "value"],
  ["returns a promise of another realm", (...args) => runInNewContext("Promise").resolve(good(...args)), "value"],
  ["returns a promise whose then throws", (...args) => thenable(fail, Promise.resolve(good(...args))), valueOrLost],
  [
    "returns a promise whose constructor throws",
    (...args) => Object.defineProperty(Promise.resolve(good(...args)), "constructor", { get: fail }),
    valueOrLost,
  ],

  ["returns a promise that never settles", never, "TimeoutError"],
  ["returns a thenable that never settles", () => thenable(() => {}), "TimeoutError"],
  ["returns a thenable that throws", () => thenable(fail), lost],
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
  ["returns a thenable whose then is a getter that throws", () => Object.defineProperty({}, THEN, { get: fail }), lost],
  [
    "resolves to itself",
    () => {
      const own = later(0).then(() => own);
      return own;
    },
    lost,
  ],
  ["answers after the time is over", (...args) => later(300).then(() => good(...args)), "TimeoutError"],
  ["fails after the time is over", () => later(300).then(fail), "TimeoutError"],

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
      // Another one at each depth: of one that nobody knows, the first is waited for.
      if (calls.length < 9) await client.functions.list(refs[calls.length]).catch(() => {});
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
      globalThis.fetch = asGlobal(good);
      return good(url, init);
    },
    "value",
  ],
];

describe("a fetch that misbehaves", () => {
  const { examine, next, end } = judge();
  after(end);

  for (const [name, fetch, expected] of behaviours) {
    it(name, { timeout: 20_000 }, () => examine(fetch, expected));
  }

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
    next();
  });

  it("ends where there is no fetch at all", async () => {
    for (const wrong of [undefined, null, 42, {}]) {
      globalThis.fetch = wrong;
      const { word } = await outcome(new SupabaseManagement({ accessToken: token }).projects.list());
      assert.equal(word, "ConnectionError");
    }
    next();
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
      next();
    });
  }

  it("was examined in all of these ways", (t) => {
    const count = next() - 1;
    t.diagnostic(`${count} hostile behaviours of a fetch, each in ${Object.keys(modes).length} modes and 3 operations`);
    assert.ok(count >= 70, `${count}`);
  });
});
