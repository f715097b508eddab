// A page's client, the proxy and the API in a row: what passes, what changes on its way, and who is told what.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isApiError, SupabaseManagement } from "../pkg/index.js";
import { home, ofPage, otherRef, prefix, ref, setUp, textOf, token, withApi } from "./proxy-entry/setup.js";
import { rejection } from "./support.js";

const everything = ["organizations.*", "projects.*", "functions.*", "secrets.*", "apiKeys.*", "actionRuns.*", "v2.*"];
const project = `/v1/projects/${ref}`;
const authorize = () => true;
const answering = (body, init) => () => Response.json(body, init);

describe("the client of a page", () => {
  it("gets what the client with a token gets, through all kinds of bodies and answers", async () => {
    const { sandbox, page } = setUp({ allow: everything, expose: { "secrets.list": ["value"] } });
    const direct = new SupabaseManagement({ accessToken: token, fetch: sandbox.fetch });
    const source = {
      metadata: { name: "hello", entrypoint_path: "index.ts" },
      file: [{ path: "index.ts", content: "1" }],
    };
    const client = page();
    assert.equal((await client.functions.deploy(ref, source, { slug: "hello" })).slug, "hello");
    await client.functions.update(ref, "hello", Uint8Array.of(1, 2, 3), { name: "eszip ünd mehr" });
    await client.secrets.create(ref, [
      { name: "A", value: "b" },
      { name: "B", value: "c" },
    ]);
    await client.secrets.delete(ref, ["B"]);
    for (const look of [
      (client) => client.projects.list(),
      (client) => client.projects.getHealth(ref, { services: ["db", "auth"], timeout_ms: 500 }),
      (client) => client.functions.list(ref),
      (client) => client.functions.getBody(ref, "hello"),
      (client) => client.secrets.list(ref),
      (client) => client.actionRuns.count(ref),
      (client) => Array.fromAsync?.(client.organizations.listProjects("tidewater-labs", { limit: 1 })),
      (client) => client.v2.organizations.listProjects("tidewater-labs", { page: { size: 1 } }),
    ]) {
      assert.deepEqual(await look(client), await look(direct), `${look}`);
    }
    assert.equal((await client.functions.get(ref, "hello")).name, "eszip ünd mehr");
    assert.equal(await client.functions.delete(ref, "hello"), undefined);
  });

  it("goes through all pages of a list", async () => {
    const { page } = setUp({ allow: everything });
    const names = [];
    for await (const { id } of page().v2.organizations.listProjects("tidewater-labs", { page: { size: 1 } }))
      names.push(id);
    assert.ok(names.length >= 2, `${names}`);
  });

  it("waits as the API asks, and asks again by itself, while the proxy waits for nothing", async () => {
    const { sandbox, page, ask, calls } = setUp({ allow: ["projects.list"] });
    sandbox.fail("projects.list", { status: 429, headers: { "retry-after": "1" }, times: 2 });
    const begun = performance.now();
    const first = await ask("/v1/projects");
    assert.ok(performance.now() - begun < 500);
    assert.equal(first.status, 429);
    for (const name of ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"])
      assert.match(first.headers.get(name), /^\d+$/, name);
    const { attempts, rateLimit } = await page().projects.list().withResponse();
    assert.equal(attempts, 2);
    assert.ok(rateLimit.limit > 0);
    assert.ok(performance.now() - begun >= 1_000);
    assert.equal(calls().length, 3);
  });

  it("hears in the words of the API what is wrong, and in words of the proxy what is not its business", async () => {
    const { sandbox, page } = setUp({ allow: everything });
    const client = page({ maxRetries: 0 });
    const missing = await rejection(client.functions.get(ref, "none"));
    assert.deepEqual([isApiError(missing), missing.status], [true, 404]);
    assert.match(missing.message, /404 Function not found/);
    sandbox.fail("projects.list", { status: 503, html: true, headers: { "retry-after": "7" } });
    const failing = await rejection(client.projects.list());
    assert.deepEqual([failing.status, failing.body, failing.retryAfterMs], [503, { message: "the API failed" }, 7_000]);
    sandbox.fail("projects.list", { lost: true });
    assert.match((await rejection(client.projects.list())).message, /502 the API cannot be reached/);
    assert.match(
      (await rejection(setUp().page().functions.list(ref))).message,
      /404 the proxy does not allow functions\.list$/,
    );
  });
});

describe("headers", () => {
  it("pass where they must, in both directions, and nowhere else", async () => {
    let got;
    const api = (url, init) => {
      got = { url, ...init };
      const headers = {
        "content-type": "application/json; charset=utf-8",
        "x-total-count": "3",
        etag: "1",
        link: "<a>",
      };
      return new Response("[]", {
        headers: { ...headers, "access-control-allow-origin": "*", "x-ratelimit-reset": "9" },
      });
    };
    const { ask } = withApi(api, { allow: ["migrations.*"] });
    const response = await ask(`${project}/database/migrations`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": "one",
        accept: "application/json",
        authorization: "Bearer of the page",
        "x-http-method-override": "DELETE",
        "x-forwarded-for": "1.2.3.4",
        forwarded: "for=1.2.3.4",
        host: "evil.example",
        "x-custom": "a",
      },
      body: "{}",
    });
    assert.equal(got.url, `https://api.supabase.com${project}/database/migrations`);
    assert.deepEqual([got.method, got.redirect], ["POST", "manual"]);
    assert.deepEqual(got.headers, {
      accept: "application/json",
      "idempotency-key": "one",
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    });
    assert.deepEqual(Object.fromEntries(response.headers), {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "application/json",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-ratelimit-reset": "9",
      "x-total-count": "3",
    });
  });

  it("make no page of an answer", async () => {
    for (const type of ["text/html", "image/svg+xml", "text/javascript", "application/xhtml+xml"]) {
      const api = () => new Response("<script>alert(1)</script>", { headers: { "content-type": type } });
      const response = await withApi(api).ask("/v1/projects");
      assert.equal(response.headers.get("content-type"), "application/octet-stream", type);
    }
  });

  it("let pages of a listed origin ask and read, with their preflights", async () => {
    const partner = "https://partner.example";
    const { proxy } = setUp({ origins: [partner] });
    const from = { origin: partner, "sec-fetch-site": "cross-site", cookie: ofPage.cookie };
    const asked = { ...from, "access-control-request-method": "PATCH" };
    const preflight = await proxy(new Request(`${home}${prefix}${project}`, { method: "OPTIONS", headers: asked }));
    const cors = (response) => Object.fromEntries([...response.headers].filter(([name]) => /^access|^vary/.test(name)));
    const shared = {
      "access-control-allow-origin": partner,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": cors(preflight)["access-control-expose-headers"],
      vary: "Origin",
    };
    assert.equal(preflight.status, 204);
    assert.deepEqual(cors(preflight), {
      ...shared,
      "access-control-allow-methods": "PATCH",
      "access-control-allow-headers": "Accept, Authorization, Content-Type, Idempotency-Key",
      "access-control-max-age": "600",
    });
    for (const [path, status] of [
      [project, 200],
      [`/v1/projects/${otherRef}`, 403],
      ["/v1/profile", 404],
    ]) {
      const response = await proxy(new Request(`${home}${prefix}${path}`, { headers: from }));
      assert.deepEqual([response.status, cors(response)], [status, shared]);
    }
  });

  it("say enough for what is no browser, where it reads, and where it says whence it comes", async () => {
    const { proxy } = setUp({ authorize });
    const status = async (method, headers) =>
      (
        await proxy(
          new Request(`${home}${prefix}/v1/projects/${ref}/${method === "GET" ? "" : "pause"}`.replace(/\/$/, ""), {
            method,
            headers,
          }),
        )
      ).status;
    assert.equal(await status("GET", {}), 200);
    assert.equal(await status("GET", { "sec-fetch-site": "none" }), 200);
    assert.equal(await status("POST", {}), 403);
    assert.equal(await status("POST", { origin: home }), 200);
    assert.notEqual(await status("POST", { "sec-fetch-site": "same-origin", origin: "http://behind.tls" }), 403);
  });
});

describe("the fields of an answer", () => {
  it("are those that are no secret, unless they are exposed", async () => {
    const config = { site_url: "a", smtp_pass: "b", nested: [{ smtp_pass: "c", x: 1 }] };
    const keys = [{ id: "1", name: "default", api_key: "sb_secret_1", secret_jwt_template: null }];
    const ask = async (path, body, options) => {
      const api = answering(body, { headers: { "x-ratelimit-limit": "5" } });
      const response = await withApi(api, { allow: ["auth.getConfig", "apiKeys.*"], authorize, ...options }).ask(path);
      assert.equal(response.headers.get("x-ratelimit-limit"), "5");
      return response.json();
    };
    const [of, keysOf] = [`${project}/config/auth`, `${project}/api-keys`];
    assert.deepEqual(await ask(of, config), { site_url: "a", nested: [{ x: 1 }] });
    assert.deepEqual(await ask(of, config, { expose: { "auth.getConfig": ["smtp_pass"] } }), config);
    const { api_key, ...without } = keys[0];
    assert.deepEqual(await ask(keysOf, keys), [without]);
    assert.deepEqual(await ask(keysOf, keys, { expose: { "apiKeys.list": ["api_key"] } }), keys);
    assert.deepEqual(await ask(keysOf, keys, { hide: { "apiKeys.list": ["id", "name"] } }), [
      { secret_jwt_template: null },
    ]);
  });

  it("are in no answer that cannot be read", async () => {
    const cut = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('[{"api_key":"s'));
        controller.error("cut");
      },
    });
    for (const body of ["api_key: sb_secret_1", '[{"api_key":"sb_secret_1"}', cut, " ".repeat(16_777_217)]) {
      const text = await textOf(
        await withApi(() => new Response(body), { allow: ["apiKeys.list"] }).ask(`${project}/api-keys`),
      );
      assert.match(text, /^502\n[\s\S]*\n\{"message":"the answer of the API cannot be read"\}$/);
    }
  });
});
