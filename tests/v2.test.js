// The second version of the API: its place beside the first, queries in brackets, pages that links lead through, errors,
// and an upload that goes to another host.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isApiError, isDecodeError, isInputError, isOutcomeUnknownError, SupabaseManagement } from "../pkg/index.js";
import { answerJson, assertHidden, json, printed, ref, rejection, serve, spy, token } from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });
const branch = { data: { type: "branch", attributes: { name: "feature" } } };

describe("version 2", () => {
  it("stands beside version 1", async () => {
    const fetch = spy(() => json({ data: [] }));
    const client = clientOf(fetch);
    assert.equal(client.v2.branches.create.name, "create");
    assert.deepEqual(await client.v2.branches.create(ref, branch), { data: [] });
    const [{ url, init }] = fetch.calls;
    assert.equal(url, `https://api.supabase.com/v2/projects/${ref}/branches`);
    assert.deepEqual(JSON.parse(init.body), branch);
  });

  it("refuses another kind of resource than the endpoint's", async () => {
    const error = await rejection(clientOf(spy()).v2.branches.create(ref, { data: { ...branch.data, type: "tree" } }));
    assert.ok(isInputError(error));
    assert.deepEqual([error.path, error.endpoint], ["data.type", "v2.branches.create"]);
  });

  it("names the read of version 1 that shows what became of a lost write", async () => {
    const error = await rejection(
      clientOf(() => Promise.reject(new TypeError("lost"))).v2.branches.create(ref, branch),
    );
    assert.ok(isOutcomeUnknownError(error));
    assert.match(error.message, /branches\.list may tell/);
  });

  it("sends objects of a query in brackets, by methods and by request", async () => {
    const fetch = spy(() => json({ data: [], links: { next: null, prev: null } }));
    const client = clientOf(fetch);
    const query = { page: { size: 50 }, filter: { username: "x y" } };
    await client.v2.organizations.listMembers("acme", query);
    await client.request("GET", "/v2/organizations/acme/members", { query });
    for (const { url } of fetch.calls) {
      const { searchParams } = new URL(url);
      assert.deepEqual(
        [...searchParams],
        [
          ["page[size]", "50"],
          ["filter[username]", "x y"],
        ],
      );
    }
    const error = await rejection(client.v2.organizations.listMembers("acme", { page: { sise: 50 } }));
    assert.deepEqual([error.path, error.expected], ["query.page.sise", "a known field (did you mean size?)"]);
  });

  it("takes a body of unknown shape, or none, and gives whatever comes", async () => {
    const answers = [
      new Response(null, { status: 200 }),
      new Response("queued"),
      json({ id: 1 }),
      new Response(null, { status: 204 }),
    ];
    const fetch = spy(() => answers[fetch.calls.length - 1]);
    const client = clientOf(fetch);
    const id = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";
    const test = (...args) => client.v2.organizationWebhooks.testEndpoint("acme", id, ...args);
    assert.equal(await test(), undefined);
    assert.equal(await test({ any: [1] }), "queued");
    assert.deepEqual(await test({}), { id: 1 });
    assert.equal(await test(), undefined);
    const sent = fetch.calls.map(({ init }) => [init.body, new Headers(init.headers).get("content-type")]);
    assert.deepEqual(sent, [
      [undefined, null],
      ['{"any":[1]}', "application/json"],
      ["{}", "application/json"],
      [undefined, null],
    ]);
  });
});

describe("what is newer than the description of version 1", () => {
  const at = (path) => `https://api.supabase.com/v1/projects/${ref}${path}`;

  for (const [id, args, request, answer, value] of [
    ["analytics.getMetrics", [], ["GET", "/analytics/endpoints/metrics"], new Response("up 1\n# é\n"), "up 1\n# é\n"],
    ["projects.restart", [], ["POST", "/restart"], new Response(null, { status: 200 }), undefined],
    [
      "jitAccess.invite",
      [{ email: "a@b.example", roles: [{ role: "x" }] }],
      ["POST", "/database/jit/invite"],
      json({ id: 1 }),
      { id: 1 },
    ],
    [
      "jitAccess.acceptInvite",
      [{ email: "a@b.example", token: "t-0123456789", more: 1 }],
      ["POST", "/database/jit/invite/accept"],
      json([]),
      [],
    ],
    [
      "jitAccess.deleteInvite",
      ["a/b"],
      ["DELETE", "/database/jit/invite/a%2Fb"],
      new Response(null, { status: 204 }),
      undefined,
    ],
  ])
    it(`is called by ${id}`, async () => {
      const fetch = spy(() => answer);
      const [group, name] = id.split(".");
      assert.deepEqual(await clientOf(fetch)[group][name](ref, ...args), value);
      const [{ url, init }] = fetch.calls;
      assert.deepEqual([init.method, url], [request[0], at(request[1])]);
      const body = typeof args[0] === "object" ? args[0] : undefined;
      assert.deepEqual(init.body && JSON.parse(init.body), body);
    });

  it("does not show the token of an invitation", async () => {
    const secret = "t-0123456789";
    const fetch = () => json({ message: `no ${secret}` }, { status: 400 });
    assertHidden(
      await rejection(clientOf(fetch).jitAccess.acceptInvite(ref, { email: "a@b.example", token: secret })),
      [secret],
    );
  });

  it("has the grant of JWT bearer tokens, whose assertion is a secret", async () => {
    const assertion = "eyJhbGciOiJIUzI1NiJ9.e30.signature";
    const fetch = spy(() => json({ error: "invalid_grant", error_description: assertion }, { status: 400 }));
    const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    const error = await rejection(clientOf(fetch).oauth.token({ grant_type, assertion }));
    assert.deepEqual(
      [...new URLSearchParams(fetch.calls[0].init.body)],
      [
        ["grant_type", grant_type],
        ["assertion", assertion],
      ],
    );
    assertHidden(error, [assertion]);
    assert.equal(error.code, "invalid_grant");
  });

  it("knows the add-on of pipelines", async () => {
    const fetch = spy(() => new Response(null, { status: 200 }));
    await clientOf(fetch).billing.applyAddon(ref, { addon_variant: "ipv4_default", addon_type: "etl_pipeline" });
    assert.equal(fetch.calls.length, 1);
  });
});

describe("errors of version 2", () => {
  const failing = (status, body) => clientOf(() => json(body, { status })).v2.branches.create(ref, branch);

  it("tell the server's words, its code, and what is wrong", async () => {
    const issues = [
      { code: "a", message: "too long", meta: { path: ["data", "attributes", "name"] } },
      { code: "b", message: "outer", issues: [{ code: "c", message: "no", source: { pointer: "/data/type" } }] },
      { code: "d", message: "later" },
    ];
    const error = await rejection(failing(400, { error: { code: "bad_request", message: "Invalid body", issues } }));
    assert.ok(isApiError(error));
    assert.match(error.message, /: 400 Invalid body$/);
    assert.equal(error.code, "bad_request");
    assert.deepEqual(error.validationErrors, [
      { path: "data.attributes.name", reason: "too long" },
      { path: "data.type", reason: "no" },
      { path: "", reason: "later" },
    ]);
    assert.equal(error.toJSON().code, "bad_request");
  });

  it("tell a route that is unknown from an object that is", async () => {
    const of = (code, message) => rejection(failing(404, { error: { code, message } }));
    const route = await of("not_found.endpoint", `Cannot POST /v2/projects/${ref}/branches`);
    const object = await of("not_found", "Project not found");
    assert.deepEqual([route.unknownRoute, object.unknownRoute], [true, false]);
  });

  it("have no code where the server gives none", async () => {
    assert.equal((await rejection(failing(404, { message: "Not found" }))).code, undefined);
    const oauth = clientOf(() => json({ error: "invalid_grant", error_description: "expired" }, { status: 400 }));
    assert.equal((await rejection(oauth.oauth.token({ grant_type: "refresh_token" }))).code, "invalid_grant");
  });
});

describe("the words of an error", () => {
  for (const [body, words] of [
    [{ errors: ["a", "b"] }, "a; b"],
    [{ errors: [{ message: "must be text", path: ["name", 0] }, { message: "no" }] }, "name[0]: must be text; no"],
    [{ detail: "Not here" }, "Not here"],
    [{ title: "Forbidden", status: 403 }, "Forbidden"],
    [{ title: "Forbidden", detail: "You may not" }, "You may not"],
    ["Unauthorized", "Unauthorized"],
    [{ statusCode: 418 }, "the server gave no reason"],
    [{ statusCode: 418, error: "Teapot" }, "Teapot"],
  ])
    it(`are ${words} in ${JSON.stringify(body)}`, async () => {
      const error = await rejection(clientOf(() => json(body, { status: 418 })).projects.list());
      assert.equal(error.message, `projects.list (GET /v1/projects): 418 ${words}`);
    });
});

describe("pages that links lead through", () => {
  const path = `/v2/projects/${ref}/notebooks`;
  const page = (ids, next) => ({ data: ids.map((id) => ({ id })), links: { next, prev: null } });
  const collect = async (pages) => {
    const found = [];
    for await (const item of pages) found.push(item.id ?? item.data.map(({ id }) => id));
    return found;
  };

  /** A client of a server that gives these pages in turn, and what it is asked. */
  async function clientOn(t, ...pages) {
    const asked = [];
    const answer = (request, response) => {
      asked.push(decodeURIComponent(request.url));
      answerJson(response, pages[asked.length - 1]);
    };
    const { url } = await serve(t, answer);
    return { asked, client: new SupabaseManagement({ accessToken: token, baseUrl: url }) };
  }

  it("may be short or empty, and end where there is no link", async (t) => {
    const pages = [
      page(["a"], `${path}?page%5Bafter%5D=a`),
      page([], `${path}?page[after]=b&page[new]=1`),
      page(["c"], null),
    ];
    const { client, asked } = await clientOn(t, ...pages);
    assert.deepEqual(await collect(client.v2.notebooks.list(ref, { page: { size: 1 } })), ["a", "c"]);
    assert.deepEqual(asked, [`${path}?page[size]=1`, `${path}?page[after]=a`, `${path}?page[after]=b&page[new]=1`]);
  });

  it("are given one by one, the empty ones left out", async (t) => {
    const pages = [page([], `${path}?page[after]=a`), page([], `${path}?page[after]=b`), page(["c"], undefined)];
    const { client } = await clientOn(t, ...pages);
    assert.deepEqual(await collect(client.v2.notebooks.list(ref).pages()), [[], ["c"]]);
  });

  it("keep what was asked for, and take nothing else from a link", async (t) => {
    const members = "/v2/organizations/acme/members";
    const more = `${members}?page[after]=6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d&filter[username]=other&all=true`;
    const { client, asked } = await clientOn(t, page(["a"], more), page(["b"], null));
    assert.deepEqual(await collect(client.v2.organizations.listMembers("acme", { filter: { username: "x" } })), [
      "a",
      "b",
    ]);
    assert.deepEqual(asked, [
      `${members}?filter[username]=x`,
      `${members}?filter[username]=x&page[after]=6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d`,
    ]);
  });

  it("of webhooks begin at an offset", async (t) => {
    const webhooks = "/v2/organizations/acme/webhooks/endpoints";
    const { client, asked } = await clientOn(
      t,
      page(["a"], `${webhooks}?page[offset]=40&page[limit]=20`),
      page(["b"], null),
    );
    const query = { page: { offset: 20, limit: 20 } };
    assert.deepEqual(await collect(client.v2.organizationWebhooks.listEndpoints("acme", query)), ["a", "b"]);
    assert.deepEqual(asked, [
      `${webhooks}?page[offset]=20&page[limit]=20`,
      `${webhooks}?page[limit]=20&page[offset]=40`,
    ]);
  });

  for (const link of [
    "https://evil.example/v2?page[after]=a",
    "//evil.example/v2?page[after]=a",
    "/v2/projects/zyxwvutsrqponmlkjihg/notebooks?page[after]=a",
    path,
    `${path}?after=a`,
    7,
  ])
    it(`are never looked for at ${link}`, async (t) => {
      const { client, asked } = await clientOn(t, page(["a"], link));
      const error = await rejection(collect(client.v2.notebooks.list(ref)));
      assert.ok(isDecodeError(error), String(error));
      assert.deepEqual([error.path, error.endpoint, asked.length], ["links.next", "v2.notebooks.list", 1]);
    });

  it("never lead back", async (t) => {
    const same = page(["a"], `${path}?page[after]=a`);
    const { client, asked } = await clientOn(t, same, same, same);
    const error = await rejection(collect(client.v2.notebooks.list(ref)));
    assert.deepEqual([isDecodeError(error), error.path, asked.length], [true, "links.next", 2]);
  });
});

describe("an upload for compute", () => {
  const signature = "0f1e2d3c4b5a6978";
  const address = `https://storage.example/bucket/web.tar.gz?X-Amz-Signature=${signature}&X-Amz-Expires=900`;
  const archive = new Uint8Array([31, 139, 8, 0]);
  const place = (url, more) =>
    json(
      { data: { id: "u-1", type: "x", attributes: { url, method: "PUT", expires_at: "", ...more } } },
      { status: 201 },
    );

  /** A fetch that gives an address, and then these answers. */
  const uploading = (url, ...answers) => {
    const fetch = spy(() => (fetch.calls.length === 1 ? place(url) : answers[fetch.calls.length - 2]()));
    return fetch;
  };
  const ok = () => new Response(null, { status: 200 });

  it("goes to its host without the token, and gives its id", async () => {
    const fetch = uploading(address, ok);
    const client = clientOf(fetch, { headers: { "x-proxy-key": "hidden" } });
    const { data, status, attempts } = await client.v2.compute.upload(ref, "web", archive).withResponse();
    assert.deepEqual([data, status, attempts], ["u-1", 200, 1]);
    const [create, put] = fetch.calls;
    assert.equal(create.url, `https://api.supabase.com/v2/projects/${ref}/compute/web/uploads`);
    assert.equal(new Headers(create.init.headers).get("authorization"), `Bearer ${token}`);
    assert.equal(put.url, address);
    const { method, redirect, headers, body } = put.init;
    assert.deepEqual([method, redirect, { ...headers }], ["PUT", "manual", { "content-type": "application/gzip" }]);
    assert.equal(body, archive);
    assert.ok(!JSON.stringify([put.url, put.init]).includes(token));
  });

  it("takes a Blob, and an ArrayBuffer", async () => {
    for (const one of [new Blob([archive]), archive.buffer]) {
      const fetch = uploading(address, ok);
      assert.equal(await clientOf(fetch).v2.compute.upload(ref, "web", one), "u-1");
      assert.equal(fetch.calls[1].init.body, one);
    }
  });

  it("asks no source of tokens for its host", async () => {
    let asked = 0;
    const accessToken = Object.assign(() => (asked++ ? "" : token), {
      refresh: () => assert.fail("there is nothing to refresh"),
    });
    const fetch = uploading(address, () => json({}, { status: 401 }));
    const error = await rejection(clientOf(fetch, { accessToken }).v2.compute.upload(ref, "web", archive));
    assert.deepEqual([error.status, asked, fetch.calls.length], [401, 1, 2]);
  });

  it("shows its address in no error and no event", async () => {
    const seen = [];
    const note = (event) => seen.push(event);
    const hooks = { onRequest: note, onResponse: note, onRetry: note };
    const echo = () => new Response(`<Error>${address} ${signature}</Error>`, { status: 403 });
    const fetch = uploading(address, echo);
    const error = await rejection(clientOf(fetch, hooks).v2.compute.upload(ref, "web", archive));
    assert.deepEqual([error.endpoint, error.route, error.status], ["v2.compute.upload", "PUT {url}", 403]);
    const lost = () => Promise.reject(new TypeError(`failed to fetch ${address}`));
    const other = await rejection(
      clientOf(uploading(address, lost), { ...hooks, maxRetries: 0 }).v2.compute.upload(ref, "web", archive),
    );
    const all =
      [error, other]
        .flatMap((one) => [...Object.values(printed(one)), one.text ?? "", String(one.cause?.message)])
        .join() + JSON.stringify(seen);
    for (const secret of [signature, "X-Amz", "web.tar.gz", token])
      assert.ok(!all.includes(secret), `${secret} in ${all}`);
  });

  it("is sent again to the same host alone, and follows nobody elsewhere", async () => {
    const fetch = uploading(address, () => new Response(null, { status: 503, headers: { "retry-after": "0" } }), ok);
    assert.equal(await clientOf(fetch).v2.compute.upload(ref, "web", archive), "u-1");
    assert.deepEqual(
      fetch.calls.map(({ url, init }) => [new URL(url).host, new Headers(init.headers).has("authorization")]),
      [
        ["api.supabase.com", true],
        ["storage.example", false],
        ["storage.example", false],
      ],
    );
    const moved = uploading(
      address,
      () => new Response(null, { status: 307, headers: { location: "https://evil.example" } }),
    );
    const error = await rejection(clientOf(moved).v2.compute.upload(ref, "web", archive));
    assert.deepEqual([error.status, moved.calls.length], [307, 2]);
  });

  it("is not sent where it would be seen", async () => {
    for (const url of [
      "http://storage.example/a",
      "ftp://storage.example/a",
      "//storage.example/a",
      "/a",
      "https://u@storage.example/a",
      "",
    ]) {
      const fetch = uploading(url, ok);
      const error = await rejection(clientOf(fetch).v2.compute.upload(ref, "web", archive));
      assert.ok(isDecodeError(error), `${url}: ${error}`);
      assert.deepEqual([error.path, fetch.calls.length], ["data.attributes.url", 1], url);
    }
  });

  it("refuses what is no archive, a wrong name and arguments too many before anything is sent", async () => {
    const fetch = spy();
    const { upload } = clientOf(fetch).v2.compute;
    for (const [args, path] of [
      [[ref, "web"], "archive"],
      [[ref, "web", "text"], "archive"],
      [[ref, "web", {}], "archive"],
      [[ref, "Web/1", archive], "name"],
      [["short", "web", archive], "ref"],
      [[ref, "web", archive, { timeout: 1 }], "options.timeout"],
      [[ref, "web", archive, {}, 1], ""],
    ]) {
      const error = await rejection(upload(...args));
      assert.ok(isInputError(error), String(error));
      assert.equal(error.path, path);
    }
    assert.equal(fetch.calls.length, 0);
  });

  it("ends with the signal, and with the deadline of both requests", async () => {
    const reason = new Error("enough");
    const never = uploading(address, () => new Promise(() => {}));
    const call = clientOf(never).v2.compute.upload(ref, "web", archive, { signal: AbortSignal.abort(reason) });
    assert.equal(await rejection(call), reason);
    const late = await rejection(
      clientOf(uploading(address, () => new Promise(() => {}))).v2.compute.upload(ref, "web", archive, {
        deadlineMs: 30,
      }),
    );
    assert.equal(late.name, "TimeoutError");
    assertHidden(late, [signature]);
  });
});
