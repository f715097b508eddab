// Calls without a method of their own, and how options of clients and calls come together.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isApiError, isDecodeError, isInputError, SupabaseManagement } from "../pkg/index.js";
import {
  answerJson,
  json,
  later,
  organization,
  project,
  ref,
  rejection,
  serve,
  spy,
  token,
  unicode,
} from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });
const headersOf = ({ init }) => Object.fromEntries(new Headers(init.headers));

describe("client.request", () => {
  it("sends and gives JSON with the client's token, and a body and a query if told so", async (t) => {
    const server = await serve(t, (_request, response) => answerJson(response, { name: unicode }, 201, { "x-a": "b" }));
    const client = clientOf(undefined, { baseUrl: server.url });
    const query = {
      name: `${unicode} &=?#+%`,
      limit: 5,
      all: true,
      services: ["auth", "db"],
      none: undefined,
      empty: [],
    };
    const { data, status, headers } = await client
      .request("POST", "/v1/things", { query, body: { name: unicode, left: undefined } })
      .withResponse();
    assert.deepEqual([data, status, headers.get("x-a")], [{ name: unicode }, 201, "b"]);
    const [request] = server.requests;
    const { pathname, searchParams } = new URL(request.url, server.url);
    assert.deepEqual([request.method, pathname], ["POST", "/v1/things"]);
    assert.deepEqual(
      [...searchParams],
      [
        ["name", query.name],
        ["limit", "5"],
        ["all", "true"],
        ["services", "auth"],
        ["services", "db"],
      ],
    );
    assert.equal(request.text, JSON.stringify({ name: unicode }));
    assert.equal(request.headers["content-type"], "application/json");
    assert.equal(request.headers.authorization, `Bearer ${token}`);
  });

  it("takes every method, in any case, and the query with the path", async () => {
    const fetch = spy(() => new Response(null, { status: 204 }));
    const client = clientOf(fetch);
    for (const method of ["GET", "post", "Put", "PATCH", "delete", "HEAD"]) {
      assert.equal(await client.request(method, "/v1/a%2Fb?x=1", { query: { y: 2 } }), undefined);
    }
    for (const { url, init } of fetch.calls) {
      assert.equal(url, "https://api.supabase.com/v1/a%2Fb?x=1&y=2");
      assert.equal(init.body, undefined);
    }
    assert.deepEqual(
      fetch.calls.map(({ init }) => init.method),
      ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"],
    );
  });

  const answers = {
    "an object": [() => json({ a: 1 }), { a: 1 }],
    null: [() => json(null), null],
    text: [() => new Response(unicode, { headers: { "content-type": "text/plain" } }), unicode],
    "JSON without a type": [() => new Response(Buffer.from("[1]")), [1]],
    "text without a type": [() => new Response(Buffer.from(unicode)), unicode],
    bytes: [
      () => new Response(Buffer.from([0, 255]), { headers: { "content-type": "application/vnd.denoland.eszip" } }),
      Uint8Array.of(0, 255),
    ],
    "problem JSON": [() => new Response("[]", { headers: { "content-type": "application/problem+json" } }), []],
    nothing: [() => new Response(""), undefined],
  };
  for (const [name, [answer, value]] of Object.entries(answers)) {
    it(`gives ${name}`, async () => {
      for (const options of [{}, { validation: "strict" }, { onDeviation: assert.fail }]) {
        assert.deepEqual(await clientOf(async () => answer(), options).request("GET", "/v1/x"), value);
      }
    });
  }

  it("sends bytes and text as they are", async (t) => {
    const server = await serve(t, (_request, response) => response.end());
    const client = clientOf(undefined, { baseUrl: server.url });
    const form = new URLSearchParams({ a: "b c" });
    for (const body of ["text", Buffer.from("bytes"), new Blob(["blob"]), form])
      await client.request("PUT", "/v1/x", { body });
    assert.deepEqual(
      server.requests.map(({ text }) => text),
      ["text", "bytes", "blob", "a=b+c"],
    );
    assert.equal(server.requests.at(-1).headers["content-type"], "application/x-www-form-urlencoded;charset=UTF-8");
    await client.request("PUT", "/v1/x", { body: "a", headers: { "content-type": "text/css" } });
    assert.equal(server.requests.at(-1).headers["content-type"], "text/css");
  });

  it("refuses a path that could lead elsewhere, and sends nothing", async () => {
    const fetch = spy();
    const client = clientOf(fetch);
    const paths = [
      "",
      "v1/x",
      "/v1/../x",
      "/v1/./x",
      "/v1/..",
      "/v1/%2e%2E/x",
      "/v1/.%2e",
      "/v1/x\\y",
      "/v1/x y",
      "/v1/x\ny",
    ];
    paths.push(
      "/v1/x#y",
      "/v1/é",
      "//evil.example/v1",
      "https://evil.example/",
      "/v1/x\u0000",
      "/v1\t/x",
      "/../x",
      "/.",
    );
    for (const path of paths) {
      const error = await rejection(client.request("GET", path));
      assert.ok(isInputError(error), String(error));
      assert.deepEqual([error.path, error.attempts, error.endpoint], ["path", 0, "request"], path);
    }
    assert.deepEqual(fetch.calls, []);
  });

  it("refuses wrong arguments, and sends nothing", async () => {
    const fetch = spy();
    const client = clientOf(fetch);
    const wrong = [
      [["BREW", "/v1/x"], "method"],
      [["", "/v1/x"], "method"],
      [[undefined, "/v1/x"], "method"],
      [[42, "/v1/x"], "method"],
      [[Symbol("GET"), "/v1/x"], "method"],
      [[Object.create(null), "/v1/x"], "method"],
      [["GET"], "path"],
      [["GET", new URL("https://api.supabase.com/v1/x")], "path"],
      [["GET", Symbol("/v1/x")], "path"],
      [["GET", "/v1/x", { query: "a=b" }], "query"],
      [["GET", "/v1/x", { query: { a: null } }], "query.a"],
      [["GET", "/v1/x", { query: { a: { b: {} } } }], "query.a.b"],
      [["GET", "/v1/x", { query: { a: Number.NaN } }], "query.a"],
      [["GET", "/v1/x", { query: { "a b": Symbol("s") } }], 'query["a b"]'],
      [["GET", "/v1/x", { quer: {} }], "options.quer"],
      [["GET", "/v1/x", null], "options"],
      [["GET", "/v1/x", "text"], "options"],
      [["POST", "/v1/x", { body: { a: [1n] } }], "a[0]"],
      [["POST", "/v1/x", { timeoutMs: 0 }], "options.timeoutMs"],
    ];
    for (const [args, path] of wrong) {
      const error = await rejection(client.request(...args));
      assert.ok(isInputError(error), String(error));
      assert.deepEqual([error.path, error.attempts], [path, 0]);
    }
    assert.deepEqual(fetch.calls, []);
  });

  it("has the errors of every other call", async () => {
    const refused = clientOf(async () => json({ message: "no" }, { status: 404 }));
    const error = await rejection(refused.request("get", "/v1/x?a=secret"));
    assert.ok(isApiError(error));
    assert.equal(error.message, "request (GET /v1/x): 404 no");
    assert.deepEqual([error.endpoint, error.route], ["request", "GET /v1/x"]);
    assert.match(error.stack, /^ +at .*request\.test\.js/m);
    const broken = clientOf(async () => json({}));
    assert.ok(isDecodeError(await rejection(broken.projects.list())));
  });
});

describe("options of a call", () => {
  it("hold over those of the client, and for that call alone", async () => {
    const [one, two] = [spy(), spy()];
    const client = clientOf(one, {
      headers: { "x-a": "client", "X-B": "client" },
      timeoutMs: 1000,
      baseUrl: "https://one",
    });
    const headers = { "X-A": "call", "x-c": "call", "x-d": undefined };
    await client.projects.list({ fetch: two, headers, baseUrl: "https://two", accessToken: "other" });
    await client.projects.list();
    assert.deepEqual([two.calls[0].url, one.calls[0].url], ["https://two/v1/projects", "https://one/v1/projects"]);
    const { accept, ...sent } = headersOf(two.calls[0]);
    assert.equal(accept, "application/json");
    assert.deepEqual(sent, { authorization: "Bearer other", "x-a": "call", "x-b": "client", "x-c": "call" });
    const { accept: _, ...kept } = headersOf(one.calls[0]);
    assert.deepEqual(kept, { authorization: `Bearer ${token}`, "x-a": "client", "x-b": "client" });
  });

  it("take headers in every form, and let them win over the client's own", async () => {
    const fetch = spy();
    const forms = [
      { Accept: "a/b", "X-A": "ü" },
      new Headers({ accept: "a/b", "x-a": "ü" }),
      [
        ["accept", "a/b"],
        ["x-a", "ü"],
      ],
      new Map([
        ["accept", "a/b"],
        ["x-a", "ü"],
      ]),
    ];
    for (const headers of forms) await clientOf(fetch, { headers }).projects.list();
    for (const headers of forms) await clientOf(fetch).projects.list({ headers });
    await clientOf(fetch).projects.list({ headers: { ...forms[0], Authorization: "Basic abc" } });
    for (const call of fetch.calls) {
      const { accept, "x-a": own } = headersOf(call);
      assert.deepEqual([accept, own], ["a/b", "ü"]);
    }
    assert.equal(headersOf(fetch.calls.at(-1)).authorization, "Basic abc");
  });

  it("may be switched per call: validation, hook, time", async () => {
    const client = clientOf(async () => json([{ ...project, name: 7 }]));
    assert.equal((await client.projects.list())[0].name, 7);
    assert.ok(isDecodeError(await rejection(client.projects.list({ validation: "strict" }))));
    const seen = [];
    await client.projects.list({ onDeviation: (deviation) => seen.push(deviation.path) });
    assert.deepEqual(seen, ["[0].name"]);
    const strict = clientOf(async () => json([{ ...project, name: 7 }]), { validation: "strict" });
    assert.equal((await strict.projects.list({ validation: "lenient" })).length, 1);
    const slow = clientOf(() => later(30).then(() => json([])));
    assert.equal((await rejection(slow.projects.list({ timeoutMs: 1 }))).name, "TimeoutError");
    assert.deepEqual(await slow.projects.list(), []);
  });

  it("are read when the call is made: later changes do nothing", async () => {
    const fetch = spy();
    const options = { accessToken: token, fetch, headers: { "x-a": "1" } };
    const client = new SupabaseManagement(options);
    Object.assign(options, { accessToken: "other", fetch: assert.fail });
    options.headers["x-a"] = "2";
    await client.projects.list();
    assert.equal(headersOf(fetch.calls[0])["x-a"], "1");
    assert.equal(headersOf(fetch.calls[0]).authorization, `Bearer ${token}`);
  });
});

describe("clients", () => {
  it("work side by side, each with its own settings, many calls at once", async () => {
    const clients = Array.from({ length: 20 }, (_, index) =>
      clientOf(
        async (_url, { headers }) => {
          await later(index % 5);
          return json([{ ...organization, name: new Headers(headers).get("authorization") }]);
        },
        { accessToken: `token-${index}`, validation: index % 2 ? "strict" : "lenient" },
      ),
    );
    const calls = Array.from({ length: 200 }, (_, index) => clients[index % 20].organizations.list());
    const names = (await Promise.all(calls)).map(([{ name }]) => name);
    assert.deepEqual(
      names,
      Array.from({ length: 200 }, (_, index) => `Bearer token-${index % 20}`),
    );
  });

  it("can be extended by a class", async () => {
    class Mine extends SupabaseManagement {
      constructor(options) {
        super({ ...options, headers: { "x-mine": "1" } });
        this.extra = "mine";
      }
      names() {
        return this.organizations.list().then((all) => all.map(({ name }) => name));
      }
    }
    const fetch = spy(() => json([organization]));
    const client = new Mine({ accessToken: token, fetch });
    assert.ok(client instanceof SupabaseManagement);
    assert.deepEqual(await client.names(), [unicode]);
    assert.equal(headersOf(fetch.calls[0])["x-mine"], "1");
  });

  it("need new, and take undefined for no options", () => {
    assert.throws(() => SupabaseManagement({ accessToken: token }), TypeError);
    assert.ok(new SupabaseManagement(undefined).functions.get);
  });

  it("take undefined for what may be left out", async () => {
    const fetch = spy(() => new Response(null, { status: 204 }));
    const client = clientOf(fetch, {
      headers: undefined,
      timeoutMs: undefined,
      validation: undefined,
      onDeviation: undefined,
    });
    await client.projects.list(undefined);
    await client.functions.update(ref, "a", {}, undefined, undefined);
    await client.functions.get(ref, "a", { signal: undefined, headers: undefined, baseUrl: undefined }, undefined);
    assert.equal(fetch.calls.length, 3);
  });
});
