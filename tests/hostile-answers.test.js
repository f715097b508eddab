// What a hostile fetch resolves to: what looks like a Response, and what its body holds. A call ends in the time it has,
// with the error that is documented or with a value, and the next call works.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import { SupabaseManagement } from "../pkg/index.js";
import { fail, good, judge, later, modes, never, project, texts, token, untouchable } from "./support.js";

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
const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
const extra = (method, json) => (method === "DELETE" ? "" : texts[method].replace("{", `{"extra":${json},`));

const text =
  (make, init) =>
  (_url, { method }) =>
    new Response(make(method), init);

class Derived extends Promise {}
const needless = (others) => ({ list: others, create: others, delete: "value" });

/** What each behaviour leads to: for all operations alike, or for each. `|` stands between what is equally right. */
const behaviours = [
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
    "fails with headers that cannot be changed",
    duck({ status: 500, headers: Object.assign(new Headers({ a: token }), { set: fail, append: fail, delete: fail }) }),
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
  [
    "reads the body as what cannot become text",
    body(async () => Object.create(null)),
    needless("DecodeError|ConnectionError"),
  ],
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

  ["answers with 10 MB", text((method) => extra(method, `"${"x".repeat(10_000_000)}"`)), "value"],
];

describe("an answer that misbehaves", () => {
  const { examine, next, end } = judge();
  after(end);

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
    next();
  });

  it("was examined in all of these ways", (t) => {
    const count = next() - 1;
    t.diagnostic(`${count} hostile answers, each in ${Object.keys(modes).length} modes and 3 operations`);
    assert.ok(count >= 70, `${count}`);
  });
});
