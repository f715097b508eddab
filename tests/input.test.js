// What people type first, who come from another client or from the shell: it works where it can only mean one thing, and else the
// error says what was meant, and where.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { createTokenSource, isInputError, SupabaseManagement } from "../pkg/index.js";
import { clientRows } from "./conformance/rows.mjs";
import { answerJson, json, ref, rejection, serve, spy, thrown, token } from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });

/** Checks that a call is refused before anything is sent, and gives its error. */
async function refused(run, path) {
  const fetch = spy();
  const error = await rejection((async () => await run(clientOf(fetch)))());
  assert.ok(isInputError(error), `${error?.stack ?? error}`);
  if (path !== undefined) assert.equal(error.path, path, `${error}`);
  assert.deepEqual([error.attempts, fetch.calls.length], [0, 0]);
  return error;
}

describe("a base URL", () => {
  const first = async (options) => {
    const fetch = spy();
    await clientOf(fetch, options).projects.list();
    return fetch.calls[0].url;
  };
  const ways = {
    "a URL object": [new URL("https://x.y/api"), "https://x.y/api/v1/projects"],
    "a URL object of a host alone": [new URL("https://x.y"), "https://x.y/v1/projects"],
    "capital letters": ["HTTPS://X.Y", "https://x.y/v1/projects"],
    "capital letters, and a path": ["Https://X.y/Api", "https://x.y/Api/v1/projects"],
    "white space at the ends": ["\t https://x.y \r\n", "https://x.y/v1/projects"],
    "slashes at the end": ["https://x.y//", "https://x.y/v1/projects"],
    "a path of the page's own server": [" /api/proxy/ ", "/api/proxy/v1/projects"],
    "a version in the middle": ["https://x.y/v1/proxy", "https://x.y/v1/proxy/v1/projects"],
  };
  for (const [name, [baseUrl, url]] of Object.entries(ways)) {
    it(`may be ${name}, of a client and of a call`, async () => {
      assert.equal(await first({ baseUrl }), url);
      const fetch = spy();
      await clientOf(fetch).projects.list({ baseUrl });
      await clientOf(fetch).request("GET", "/v1/projects", { baseUrl });
      assert.deepEqual([fetch.calls[0].url, fetch.calls[1].url], [url, url]);
    });
  }

  it("that is an object counts as it was when it was given", async () => {
    const baseUrl = new URL("https://x.y");
    const fetch = spy();
    const client = clientOf(fetch, { baseUrl });
    baseUrl.host = "evil.example";
    await client.projects.list();
    assert.equal(fetch.calls[0].url, "https://x.y/v1/projects");
  });

  it("reaches a server, whatever the case of its letters", async (t) => {
    const server = await serve(t, (_request, response) => answerJson(response, []));
    for (const baseUrl of [server.url.toUpperCase(), new URL(server.url), `${server.url}/ `])
      assert.deepEqual(await new SupabaseManagement({ accessToken: token, baseUrl }).projects.list(), []);
    assert.equal(server.requests.length, 3);
  });

  for (const baseUrl of ["https://api.supabase.com/v1", "https://x.y/V1/ ", "/api/v1", new URL("https://x.y/v2")]) {
    it(`that ends in a version is refused: ${baseUrl}`, async () => {
      const version = /v2/.test(baseUrl) ? "v2" : "v1";
      for (const error of [
        thrown(() => clientOf(spy(), { baseUrl })),
        await refused((it) => it.projects.list({ baseUrl })),
      ]) {
        assert.ok(isInputError(error), `${error}`);
        assert.equal(error.path, "options.baseUrl");
        assert.match(error.expected, new RegExp(`without /${version} at its end`));
        assert.equal(error.received, `one that ends in /${version}`);
      }
    });
  }

  it("of a URL object is checked as any other", () => {
    for (const baseUrl of ["https://a:b@c", "https://x.y/?a", "ftp://x.y", "http://x.y"])
      assert.equal(thrown(() => clientOf(spy(), { baseUrl: new URL(baseUrl) })).path, "options.baseUrl", baseUrl);
  });

  it("of the environment is read the same way", async () => {
    const before = process.env.SUPABASE_API_URL;
    after(() => {
      if (before === undefined) delete process.env.SUPABASE_API_URL;
      else process.env.SUPABASE_API_URL = before;
    });
    process.env.SUPABASE_API_URL = " HTTPS://X.Y/ \n";
    assert.equal(await first({}), "https://x.y/v1/projects");
    process.env.SUPABASE_API_URL = "https://api.supabase.com/v1";
    const error = thrown(() => clientOf(spy()));
    assert.deepEqual([error.path, error.received], ["SUPABASE_API_URL", "one that ends in /v1"]);
    delete process.env.SUPABASE_API_URL;
  });
});

describe("a token", () => {
  const odd = {
    "a scheme before it": [`Bearer ${token}`, "one behind the word Bearer, which the client adds itself"],
    "a scheme of small letters": [`bearer ${token}`, "one behind the word Bearer, which the client adds itself"],
    "a line break inside": ["sbp_one\nsbp_two", "one with a line break inside"],
    "white space inside": ["sbp_one sbp_two", "one with white space inside"],
    "another letter": ["sbp_é", "one with other characters"],
  };
  for (const [name, [accessToken, received]] of Object.entries(odd)) {
    it(`with ${name} is refused wherever it comes from, and not shown`, async () => {
      process.env.SUPABASE_ACCESS_TOKEN = accessToken;
      const outside = thrown(() => new SupabaseManagement());
      delete process.env.SUPABASE_ACCESS_TOKEN;
      const errors = [
        outside,
        thrown(() => clientOf(spy(), { accessToken })),
        await refused((client) => client.projects.list({ accessToken })),
        await refused((client) => client.projects.list({ accessToken: async () => accessToken })),
      ];
      for (const error of errors) {
        assert.deepEqual([isInputError(error), error.received], [true, received], `${error}`);
        assert.ok(!error.message.includes("sbp_"), error.message);
      }
      assert.equal(outside.path, "SUPABASE_ACCESS_TOKEN");
    });
  }

  it("may have white space and line breaks around it", async () => {
    const fetch = spy();
    await clientOf(fetch, { accessToken: `\n ${token}\r\n` }).projects.list();
    await clientOf(fetch, { accessToken: () => ` ${token}\n` }).projects.list();
    for (const { init } of fetch.calls) assert.equal(init.headers.authorization, `Bearer ${token}`);
  });
});

describe("in Deno", () => {
  /** Runs something where there is a Deno that permits these variables alone. */
  function within(permitted, run) {
    const asked = [];
    globalThis.Deno = {
      env: {
        get(name) {
          if (!permitted.includes(name)) throw new Error(`Requires env access to "${name}"`);
          return name === "SUPABASE_ACCESS_TOKEN" ? undefined : "https://x.y";
        },
      },
      permissions: {
        querySync(descriptor) {
          asked.push(descriptor);
          return { state: permitted.includes(descriptor.variable) ? "granted" : "prompt" };
        },
      },
    };
    return run(asked).finally(() => delete globalThis.Deno);
  }
  const missing = (permitted) =>
    within(permitted, async (asked) => {
      const error = await rejection(
        new SupabaseManagement({ fetch: spy(), baseUrl: "https://api.supabase.com" }).projects.list(),
      );
      assert.ok(asked.every(({ name }) => name === "env"));
      assert.deepEqual([isInputError(error), error.path], [true, "options.accessToken"]);
      return error.expected;
    });
  const plain = "a token, as an option or in the environment variable SUPABASE_ACCESS_TOKEN";

  it("a variable that the program may not read is named where a token is missing", async () => {
    assert.equal(
      await missing([]),
      `${plain} (Deno does not permit this program to read SUPABASE_ACCESS_TOKEN and SUPABASE_API_URL: --allow-env=SUPABASE_ACCESS_TOKEN,SUPABASE_API_URL does)`,
    );
    assert.equal(
      await missing(["SUPABASE_API_URL"]),
      `${plain} (Deno does not permit this program to read SUPABASE_ACCESS_TOKEN: --allow-env=SUPABASE_ACCESS_TOKEN does)`,
    );
  });

  it("nothing is said of variables that it may read, nor anywhere else", async () => {
    assert.equal(await missing(["SUPABASE_ACCESS_TOKEN", "SUPABASE_API_URL"]), plain);
    const error = await rejection(new SupabaseManagement({ fetch: spy() }).projects.list());
    assert.equal(error.expected, plain);
  });

  it("a broken way to ask is no reason to fail otherwise", async () => {
    for (const permissions of [undefined, {}, { querySync: () => assert.fail("its own") }, { querySync: () => null }]) {
      globalThis.Deno = { env: { get: () => undefined }, permissions };
      const error = await rejection(new SupabaseManagement({ fetch: spy() }).projects.list());
      delete globalThis.Deno;
      assert.deepEqual([isInputError(error), error.path], [true, "options.accessToken"], `${error}`);
    }
  });
});

describe("a body that is missing", () => {
  it("has a path, whichever method it is: body", async () => {
    const rows = (await clientRows()).filter(({ verb }) => verb !== "GET");
    const values = {
      version: "20260101000000",
      addon_variant: "ci_micro",
      ref,
      slug: "acme",
      function_slug: "a",
      branch_id_or_ref: ref,
    };
    let count = 0;
    for (const { id, path, call } of rows) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(
        ([, name]) => values[name] ?? "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
      );
      const fetch = spy(() => new Response("", { status: 200 }));
      let error;
      try {
        await call(clientOf(fetch), placeholders);
      } catch (caught) {
        error = caught;
      }
      if (!isInputError(error)) continue;
      // A required query is named by its fields.
      if (error.path.startsWith("query.")) continue;
      assert.deepEqual([error.path, error.received, fetch.calls.length], ["body", "nothing", 0], `${id}: ${error}`);
      count += 1;
    }
    assert.ok(count >= 55, `${count} methods with a body`);
  });

  it("has it in its words, and so has one of another kind", async () => {
    const error = await refused((client) => client.secrets.create(ref), "body");
    assert.equal(
      error.message,
      "secrets.create (POST /v1/projects/{ref}/secrets): body: expected array, received nothing",
    );
    for (const body of [null, {}, "text", 7, true, Number.NaN, new Map(), Promise.resolve([])])
      await refused((client) => client.secrets.create(ref, body), "body");
    await refused((client) => client.request("POST", "/v1/x", { body: Number.NaN }), "body");
  });

  it("is told apart from what is missing in it, and in a query", async () => {
    await refused((client) => client.secrets.create(ref, [{ name: "A" }]), "[0].value");
    await refused((client) => client.projects.create({}), "name");
    await refused((client) => client.projects.getHealth(ref), "query.services");
    await refused((client) => client.migrations.rollback(ref), "query.gte");
    await refused((client) => client.projects.getHealth(ref, "auth"), "query");
  });
});

describe("a body where fetch refuses one", () => {
  for (const method of ["GET", "HEAD", "get"]) {
    it(`is refused: ${method}`, async () => {
      const stream = new ReadableStream();
      for (const body of [
        null,
        {},
        [],
        0,
        false,
        "",
        "text",
        new URLSearchParams(),
        new FormData(),
        new Blob(),
        stream,
        new ArrayBuffer(0),
      ]) {
        for (const path of ["/v1/projects", "/v1/unknown"]) {
          const error = await refused((client) => client.request(method, path, { body }), "body");
          assert.match(error.expected, new RegExp(`nothing, as ${method.toUpperCase()} has no body`));
        }
      }
    });
  }
});

describe("a body that is a stream", () => {
  const stream = (text = "a stream") => new Blob([text]).stream();

  it("is sent, and once: nobody could read it again", async (t) => {
    let status = 201;
    const server = await serve(t, (_request, response) => answerJson(response, {}, status));
    const client = clientOf(undefined, { baseUrl: server.url });
    assert.deepEqual(await client.request("PUT", "/v1/x", { body: stream() }), {});
    assert.equal(server.requests[0].text, "a stream");
    status = 503;
    const error = await rejection(client.request("PUT", "/v1/x", { body: stream() }));
    assert.deepEqual([error.name, error.status, error.attempts, server.requests.length], ["ApiError", 503, 1, 2]);
    const source = Object.assign(() => "sbp_old", { refresh: () => "sbp_new" });
    status = 401;
    const refusal = await rejection(client.request("PUT", "/v1/x", { body: stream(), accessToken: source }));
    assert.deepEqual([refusal.name, refusal.status, server.requests.length], ["ApiError", 401, 3]);
    // Any other body is sent again.
    status = 503;
    assert.equal((await rejection(client.request("PUT", "/v1/x", { body: "text" }))).attempts, 3);
  });

  it("is refused where somebody reads it or has read it", async () => {
    const locked = stream();
    locked.getReader();
    const read = stream();
    await new Response(read).text();
    const begun = stream();
    const reader = begun.getReader();
    await reader.read();
    reader.releaseLock();
    for (const body of [locked, read, begun])
      assert.equal(
        (await refused((client) => client.request("POST", "/v1/x", { body }), "body")).received,
        "one that is in use",
      );
  });
});

describe("names of options of other clients", () => {
  const meant = {
    accessToken: [
      "token",
      "apiKey",
      "api_key",
      "auth",
      "authToken",
      "bearer",
      "key",
      "secretKey",
      "personalAccessToken",
      "supabaseKey",
      "access_token",
    ],
    baseUrl: [
      "baseURL",
      "base_url",
      "host",
      "endpoint",
      "url",
      "uri",
      "apiBase",
      "prefixUrl",
      "supabaseUrl",
      "basePath",
      "hostname",
    ],
    headers: ["defaultHeaders", "default_headers", "requestHeaders", "header", "global", "userAgent"],
    timeoutMs: ["timeout", "timeout_ms", "requestTimeout", "timeoutMillis"],
    deadlineMs: ["deadline", "totalTimeout"],
    maxRetries: ["retry", "retries", "maxNetworkRetries", "max_retries", "retryLimit", "maxAttempts", "numRetries"],
    fetch: ["httpClient", "httpAgent", "agent", "adapter", "customFetch", "fetcher", "request"],
    rateLimit: ["throttle", "rate_limit"],
    validation: ["validate", "strict"],
    bigint: ["bigIntegers", "supportBigNumbers"],
    onRequest: ["logger", "log", "hooks", "interceptors"],
  };
  for (const [name, others] of Object.entries(meant)) {
    it(`lead to ${name}`, async () => {
      for (const other of others) {
        const hint = `a known option (did you mean ${name}?)`;
        const options = { [other]: "x" };
        const errors = [
          thrown(() => new SupabaseManagement(options)),
          await refused((client) => client.projects.get(ref, options)),
        ];
        for (const error of errors)
          assert.deepEqual(
            [error.path, error.expected, error.received],
            [`options.${other}`, hint, "an unknown option"],
          );
      }
    });
  }

  it("lead to what there is at that place", async () => {
    const hint = (error) => /did you mean (\w+)\?/.exec(error.expected)?.[1];
    for (const abort of ["abortSignal", "cancelToken", "abort"]) {
      assert.equal(hint(await refused((client) => client.projects.list({ [abort]: 1 }))), "signal");
      assert.notEqual(hint(thrown(() => new SupabaseManagement({ [abort]: 1 }))), "signal");
    }
    assert.equal(hint(thrown(() => new SupabaseManagement({ concurrency: 1 }))), "maxConcurrent");
    assert.equal(
      hint(await refused((client) => client.migrations.apply(ref, { query: "a" }, { idempotency: "a" }))),
      "idempotencyKey",
    );
    assert.equal(hint(await refused((client) => client.projects.waitUntilHealthy(ref, { interval: 1 }))), "pollMs");
    const source = (options) => thrown(() => createTokenSource({ clientId: "a", ...options }));
    assert.equal(hint(source({ onRefresh: () => {} })), "onTokens");
    assert.equal(hint(source({ appSecret: "a" })), "clientSecret");
    assert.equal(hint(source({ client_secret: "a" })), "clientSecret");
  });

  it("lead nowhere where nobody could know", () => {
    const error = thrown(() => new SupabaseManagement({ zone: "x" }));
    assert.match(error.expected, /^a known option \(there are accessToken, baseUrl, /);
  });
});

describe("the files of a deployment", () => {
  const start = { path: "functions/hello/index.ts", content: "Deno.serve()" };
  const map = { path: "functions/hello/deno.json", content: "{}" };
  const metadata = { entrypoint_path: start.path };
  const deploy = (file, more) => (client) =>
    client.functions.deploy(ref, { metadata: { ...metadata, ...more }, file }, { slug: "hello" });

  const names = {
    "": "an empty one",
    "..": "one that leads out of the folder (..)",
    "../shared/a.ts": "one that leads out of the folder (..)",
    "a/../../b.ts": "one that leads out of the folder (..)",
    "/etc/passwd": "an absolute path",
    "C:/a.ts": "an absolute path",
    "C:\\a.ts": "one with a backslash",
    "a\\b.ts": "one with a backslash",
    "file:///a.ts": "a file URL",
    "assets/": "a folder",
    "a\nb.ts": "one with a control character",
  };
  for (const [path, received] of Object.entries(names)) {
    it(`have relative paths below their root: ${JSON.stringify(path)}`, async () => {
      for (const file of [{ path, content: "" }, ...(path.includes("\n") ? [] : [new File([""], path)])]) {
        const error = await refused(deploy([start, file]), "file[1].path");
        assert.deepEqual([error.expected, error.received], ["a relative path with forward slashes", received]);
      }
    });
  }

  it("have a path each", async () => {
    for (const path of [start.path, `./${start.path}`, "functions//hello/./index.ts"]) {
      const error = await refused(deploy([map, start, { path, content: "" }]), "file[2].path");
      assert.deepEqual([error.expected, error.received], ["a path that no other file has", "the path of file[1]"]);
    }
    await refused(deploy([{ content: "" }]), "file[0].path");
  });

  it("have among them what the metadata names", async () => {
    for (const [entrypoint_path, received] of [
      ["index.ts", "another path"],
      ["", "an empty one"],
      ["file:///tmp/functions/hello/index.ts", "a file URL"],
      [`/${start.path}`, "an absolute path"],
      ["functions\\hello\\index.ts", "one with a backslash"],
    ]) {
      const error = await refused(deploy([start], { entrypoint_path }), "metadata.entrypoint_path");
      assert.deepEqual([error.expected, error.received], ["the path of one of the files", received]);
    }
    await refused(deploy([start], { import_map_path: map.path }), "metadata.import_map_path");
    await refused(deploy([]), "file");
    await refused(deploy(undefined), "file");
  });

  it("are sent where all is right", async () => {
    const fetch = spy(() =>
      json({ id: "1", slug: "hello", name: "hello", status: "ACTIVE", version: 1 }, { status: 201 }),
    );
    const client = clientOf(fetch);
    const odd = ["a..b.ts", "...", ".env", "@scope/a b/é 🚀.ts", "[id].ts", "x/C:/y", "weird?#%2e.ts"];
    const right = [
      deploy([start]),
      deploy([start], { import_map_path: "" }),
      deploy([start, map], { import_map_path: map.path }),
      deploy([{ ...start, path: `./${start.path}` }]),
      deploy([start], { entrypoint_path: `./${start.path}` }),
      deploy([start, { path: "assets/data.zip", content: "" }], { static_patterns: ["assets/**/*", "./x/*.html"] }),
      deploy([start, ...odd.map((path) => ({ path, content: "" }))]),
      deploy([
        new File(["1"], start.path),
        { path: "bytes", content: new Uint8Array(1) },
        { path: "blob", content: new Blob() },
      ]),
    ];
    for (const run of right) await run(client);
    assert.equal(fetch.calls.length, right.length);
  });

  it("are no archive, and the words say what they are", async () => {
    const zip = new Uint8Array([0x50, 0x4b, 3, 4]);
    const ways = [
      [deploy([{ path: "hello.zip", content: zip }]), "file[0].path"],
      [deploy([new File([zip], "hello.tar.gz")]), "file[0].path"],
      [deploy([{ path: "hello.eszip", content: zip }], { entrypoint_path: "index.ts" }), "file[0].path"],
      [deploy(new File([zip], "hello.zip")), "file"],
      [deploy(zip), "file"],
      [deploy(new Blob([zip])), "file"],
      [(client) => client.functions.deploy(ref, zip, { slug: "hello" }), "body"],
      [(client) => client.functions.deploy(ref, new Blob([zip]), { slug: "hello" }), "body"],
      [(client) => client.functions.deploy(ref, zip.buffer, { slug: "hello" }), "body"],
    ];
    for (const [run, path] of ways) assert.match((await refused(run, path)).expected, /one by one/);
    await refused(deploy([zip]), "file[0]");
    await refused(deploy([new Blob([zip])]), "file[0]");
  });
});
