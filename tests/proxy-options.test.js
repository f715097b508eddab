// What whoever runs a proxy gives it: who may do what, the token, and options that are wrong.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isInputError } from "../pkg/index.js";
import { createProxy } from "../pkg/proxy.js";
import { tableRows } from "./endpoints.mjs";
import { messageOf, ref, setUp, textOf, token, withApi } from "./proxy-entry/setup.js";
import { thrown } from "./support.js";

const everything = ["projects.*", "functions.*"];
const project = `/v1/projects/${ref}`;
const authorize = () => true;
const answering = (body, init) => () => Response.json(body, init);

describe("authorize", () => {
  it("is told what the address says, decoded and by names", async () => {
    const told = [];
    const { page } = setUp({ allow: everything, authorize: (_, target) => told.push(target) > 0 });
    await page()
      .functions.getBody(ref, "hello")
      .catch(() => {});
    await page().projects.getHealth(ref, { services: ["db"] });
    await page().projects.list();
    assert.deepEqual(JSON.parse(JSON.stringify(told)), [
      { endpoint: "functions.getBody", ref, path: { ref, function_slug: "hello" }, query: {} },
      { endpoint: "projects.getHealth", ref, path: { ref }, query: { services: ["db"] } },
      { endpoint: "projects.list", path: {}, query: {} },
    ]);
  });

  for (const [name, verdict] of [
    ["false", false],
    ["nothing", undefined],
    ["what is like true", 1],
    ["a session", { user: "alice" }],
    ["a promise of false", Promise.resolve(false)],
  ]) {
    it(`refuses with ${name}`, async () => {
      const { ask, sent } = setUp({ authorize: () => verdict });
      const response = await ask(project);
      assert.deepEqual([response.status, await messageOf(response)], [403, "the proxy refused: you may not do that"]);
      assert.equal(sent.length, 0);
    });
  }

  it("answers with a Response of its own", async () => {
    const login = () =>
      new Response("sign in", { status: 401, headers: { "set-cookie": "a=b", "www-authenticate": "Basic" } });
    const { ask, sent } = setUp({ authorize: login });
    const response = await ask(project);
    assert.equal(response.status, 401);
    assert.deepEqual(response.headers.getSetCookie(), ["a=b"]);
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.equal(response.headers.get("content-security-policy"), null, "it may be a page to sign in");
    assert.equal(await response.text(), "sign in");
    assert.equal(sent.length, 0);
  });

  it("throws without a word of it reaching the page, and onError is told", async () => {
    const told = [];
    const onError = (error, { endpoint, status, request }) => {
      told.push([error.message, endpoint, status, request.method]);
      throw new Error("and the hook, too");
    };
    const failing = () => Promise.reject(new Error("password of the session store"));
    const { ask, sent } = setUp({ authorize: failing, onError });
    const response = await ask(project);
    assert.deepEqual([response.status, await response.json()], [500, { message: "the proxy failed" }]);
    assert.deepEqual(told, [["password of the session store", "projects.get", 500, "GET"]]);
    assert.equal(sent.length, 0);
  });

  it("may read a copy of the body, and is told where it reads the body itself", async () => {
    const body = { name: "blog" };
    const init = { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const copying = async (request) => (await request.clone().json()).name === "blog";
    const { ask, calls } = setUp({ authorize: copying });
    assert.equal((await ask(project, init)).status, 200);
    assert.deepEqual(calls()[0].body, body);
    let told;
    const reading = async (request) => (await request.json()).name === "blog";
    const other = setUp({ authorize: reading, onError: (error) => (told = error.message) });
    assert.equal((await other.ask(project, init)).status, 500);
    assert.match(told, /request\.clone\(\)/);
    assert.equal(other.sent.length, 0);
  });
});

describe("the token", () => {
  it("comes from a function that is asked for each request, or from the environment", async () => {
    const seen = [];
    const api = (_, { headers }) => seen.push(headers.authorization) && Response.json([]);
    const accessToken = async (request, { endpoint }) => ` sbp_${request.headers.get("x-user")}_${endpoint}\n`;
    const { ask } = withApi(api, { accessToken });
    await ask("/v1/projects", { headers: { "x-user": "alice" } });
    await ask(project, { headers: { "x-user": "bob" } });
    process.env.SUPABASE_ACCESS_TOKEN = `sbp_${"e".repeat(40)}`;
    try {
      await withApi(api, { accessToken: undefined }).ask("/v1/projects");
    } finally {
      delete process.env.SUPABASE_ACCESS_TOKEN;
    }
    assert.deepEqual(seen, [
      "Bearer sbp_alice_projects.list",
      "Bearer sbp_bob_projects.get",
      `Bearer sbp_${"e".repeat(40)}`,
    ]);
  });

  it("is renewed once where its source can do that, and a refusal is no refusal of the user", async () => {
    const seen = [];
    const errors = [];
    const api = (_, { headers }) => {
      seen.push(headers.authorization);
      return Response.json({ message: "Unauthorized" }, { status: headers.authorization.endsWith("new") ? 200 : 401 });
    };
    const accessToken = Object.assign(async () => "old", { refresh: async (refused) => refused === "old" && "new" });
    assert.equal((await withApi(api, { accessToken }).ask("/v1/projects")).status, 200);
    const onError = (error) => errors.push(error.message);
    const refused = await withApi(api, { accessToken: () => "old", onError }).ask("/v1/projects");
    assert.deepEqual(
      [refused.status, await messageOf(refused)],
      [500, "the API did not accept the proxy's access token"],
    );
    assert.deepEqual(seen, ["Bearer old", "Bearer new", "Bearer old"]);
    assert.deepEqual(errors, ["the API answered 401"]);
  });

  for (const [name, accessToken] of [
    ["has white space inside", () => "two words"],
    ["would end the header", () => "a\r\nx: y"],
    ["is none", () => undefined],
    ["is an error", () => Promise.reject(new Error(token))],
  ]) {
    it(`is not sent where what the function gives ${name}`, async () => {
      const { ask, sent } = setUp({ accessToken });
      const text = await textOf(await ask("/v1/projects"));
      assert.match(text, /^500\n[\s\S]*\n\{"message":"the proxy failed"\}$/);
      assert.equal(sent.length, 0);
    });
  }

  it("is in no answer, whatever the API says", async () => {
    const echo = {
      message: `no ${token}`,
      error: { code: token, list: [token] },
      stack: "at /srv/api.js",
      host: "10.0.0.7",
    };
    const headers = {
      "x-echo": token,
      "retry-after": token,
      server: "kong",
      "set-cookie": "a=b",
      "cf-ray": "1",
      via: "1.1 x",
    };
    for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 520]) {
      const text = await textOf(await withApi(answering(echo, { status, headers })).ask("/v1/projects"));
      assert.ok(!text.includes(token), text);
      assert.doesNotMatch(text, /kong|a=b|cf-ray|via|x-echo|stack|10\.0\.0\.7/, text);
      const message = status === 401 ? "the API did not accept" : status < 500 ? "no [redacted]" : "the API failed";
      assert.ok(text.includes(`{"message":"${message}`), text);
    }
    for (const body of ["<html>nginx 1.2", "null", `"${token}"`, "[1]", "{}"]) {
      const text = await textOf(await withApi(() => new Response(body, { status: 400 })).ask("/v1/projects"));
      assert.match(text, /\n\{"message":"the API refused the request"\}$/);
    }
  });
});

describe("createProxy", () => {
  const options = { accessToken: token, allow: ["projects.list"], authorize };

  it("takes every endpoint of the table but those of OAuth, and every resource", async () => {
    const ids = (await tableRows()).map(({ id }) => id);
    const isOauth = (id) => id.startsWith("oauth.");
    const passing = ids.filter((id) => !isOauth(id));
    assert.ok(passing.length > 200 && passing.length < ids.length);
    createProxy({ ...options, allow: passing });
    createProxy({ ...options, allow: passing.map((id) => id.replace(/\.\w+$/, ".*")) });
    for (const id of [...ids.filter(isOauth), "v2.compute.upload"])
      assert.ok(isInputError(thrown(() => createProxy({ ...options, allow: [id] }))), id);
  });

  for (const [name, more, message] of [
    [
      "an endpoint that there is not",
      { allow: ["functions.lst"] },
      /options\.allow\[0\]: .*\(did you mean functions\.list\?\)/,
    ],
    [
      "a resource that there is not",
      { allow: ["projects.list", "function.*"] },
      /allow\[1\]: .*did you mean functions\.\*/,
    ],
    ["everything", { allow: ["*"] }, /options\.allow\[0\]/],
    ["OAuth", { allow: ["oauth.*"] }, /options\.allow\[0\]/],
    ["a method that waits", { allow: ["projects.waitUntilHealthy"] }, /options\.allow\[0\]/],
    ["no endpoints", { allow: undefined }, /options\.allow: expected array, received nothing/],
    ["no authorize", { authorize: undefined }, /options\.authorize: expected function, received nothing/],
    ["an option that there is not", { alow: [] }, /options\.alow: expected a known option \(did you mean allow\?\)/],
    ["a prefix that ends in a slash", { prefix: "/api/" }, /options\.prefix/],
    ["a prefix with a way up", { prefix: "/api/.." }, /options\.prefix/],
    ["an origin with a path", { origins: ["https://a.example/b"] }, /options\.origins\[0\]/],
    ["any origin", { origins: ["*"] }, /options\.origins\[0\]/],
    ["the origin null", { origins: ["null"] }, /options\.origins\[0\]/],
    ["no token", { accessToken: undefined }, /options\.accessToken/],
    ["a token of two words", { accessToken: "a b" }, /options\.accessToken/],
    ["an address without https", { baseUrl: "http://elsewhere.example" }, /options\.baseUrl/],
    ["a path for an address", { baseUrl: "/api" }, /options\.baseUrl/],
    ["a secret that there is not", { expose: { "apiKeys.list": ["key"] } }, /there are api_key, received another one/],
    ["an endpoint without secrets", { expose: { "projects.list": ["id"] } }, /no fields, as none is secret/],
    ["the fields of no endpoint", { hide: { "apiKeys.lst": ["id"] } }, /did you mean apiKeys\.list\?/],
    ["half a byte", { maxBodyBytes: 0.5 }, /options\.maxBodyBytes/],
  ]) {
    it(`refuses ${name}`, () => {
      const error = thrown(() => createProxy({ ...options, ...more }));
      assert.ok(isInputError(error), `${error}`);
      assert.match(error.message, message);
      assert.ok(!error.message.includes(token));
    });
  }
});
