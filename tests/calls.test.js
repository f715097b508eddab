// What a call sends and what it gives, against a real server and the platform's own fetch.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { isDecodeError, SupabaseManagement } from "../pkg/index.js";
import {
  answerJson,
  deployed,
  json,
  newProject,
  organization,
  platformFetch,
  project,
  ref,
  rejection,
  serve,
  spy,
  token,
  unicode,
} from "./support.js";

const { database: _, ...createdProject } = project;
const secret = { name: "A", value: "0".repeat(64), updated_at: "2026-09-23T00:00:00.000Z" };
const bundle = Uint8Array.from({ length: 300 }, (_, index) => index);
const base = `/v1/projects/${ref}`;

/** Each operation: call, method, address, body, answer. An answer of undefined is an empty one, with status 200 or 201. */
const operations = {
  "organizations.list": [(c) => c.organizations.list(), "GET", "/v1/organizations", undefined, [organization]],
  "organizations.create": [
    (c) => c.organizations.create({ name: unicode }),
    "POST",
    "/v1/organizations",
    { name: unicode },
    organization,
  ],
  "projects.list": [(c) => c.projects.list(), "GET", "/v1/projects", undefined, [project]],
  "projects.create": [(c) => c.projects.create(newProject), "POST", "/v1/projects", newProject, createdProject],
  "functions.list": [(c) => c.functions.list(ref), "GET", `${base}/functions`, undefined, [deployed]],
  "functions.create": [
    (c) => c.functions.create(ref, { slug: "hello", name: unicode, body: "x", verify_jwt: false }),
    "POST",
    `${base}/functions`,
    { slug: "hello", name: unicode, body: "x", verify_jwt: false },
    deployed,
  ],
  "functions.get": [(c) => c.functions.get(ref, "hello"), "GET", `${base}/functions/hello`, undefined, deployed],
  "functions.update": [
    (c) => c.functions.update(ref, "hello", { name: "Other" }),
    "PATCH",
    `${base}/functions/hello`,
    { name: "Other" },
    deployed,
  ],
  "functions.delete": [(c) => c.functions.delete(ref, "hello"), "DELETE", `${base}/functions/hello`],
  "secrets.list": [(c) => c.secrets.list(ref), "GET", `${base}/secrets`, undefined, [secret]],
  "secrets.create": [
    (c) => c.secrets.create(ref, [{ name: "A", value: unicode }]),
    "POST",
    `${base}/secrets`,
    [{ name: "A", value: unicode }],
  ],
  "secrets.delete": [(c) => c.secrets.delete(ref, ["A", unicode]), "DELETE", `${base}/secrets`, ["A", unicode]],
};

/** A client on a server that answers every request alike. */
async function clientOn(t, answer, options) {
  const server = await serve(
    t,
    typeof answer === "function" ? answer : (_request, response) => answerJson(response, answer),
  );
  return { server, client: new SupabaseManagement({ accessToken: token, baseUrl: server.url, ...options }) };
}

/** What fetch is called with, headers as an object. */
async function sentBy(run, options) {
  const fetch = spy(() => new Response(null, { status: 204 }));
  await run(new SupabaseManagement({ accessToken: token, fetch, ...options }));
  const [{ url, init }] = fetch.calls;
  return { url, ...init, headers: Object.fromEntries(new Headers(init.headers)) };
}

describe("the operations", () => {
  for (const [name, [run, method, path, body, answer]] of Object.entries(operations)) {
    it(`${name} sends and gives what the API asks for`, async (t) => {
      const status = method === "POST" ? 201 : 200;
      for (const validation of ["lenient", "strict"]) {
        const { server, client } = await clientOn(
          t,
          (_request, response) => (answer ? answerJson(response, answer, status) : response.writeHead(status).end()),
          { validation },
        );
        const answered = await run(client).withResponse();
        assert.deepEqual(answered.data, answer);
        assert.deepEqual([answered.status, answered.attempts], [status, 1]);
        assert.equal(server.requests.length, 1);
        const [request] = server.requests;
        assert.deepEqual([request.method, request.url], [method, path]);
        const { authorization, accept } = request.headers;
        assert.equal(authorization, `Bearer ${token}`);
        if (answer) assert.equal(accept, "application/json");
        assert.equal(request.text, body === undefined ? "" : JSON.stringify(body));
        const type = request.headers["content-type"];
        assert.equal(type, body === undefined ? undefined : "application/json");
      }
    });
  }

  it("give undefined for a 204, whatever they promise", async () => {
    for (const [run] of Object.values(operations)) {
      for (const validation of ["lenient", "strict"]) {
        const fetch = async () => new Response(null, { status: 204 });
        const client = new SupabaseManagement({ accessToken: token, fetch, validation });
        const { data, status } = await run(client).withResponse();
        assert.deepEqual([data, status], [undefined, 204]);
      }
    }
  });

  it("ignore what comes where nothing is promised", async () => {
    for (const body of ["{}", "<p>", "text", "null"]) {
      const fetch = async () => new Response(body, { status: 202 });
      const client = new SupabaseManagement({ accessToken: token, fetch, validation: "strict" });
      assert.equal(await client.functions.delete(ref, "hello"), undefined);
    }
  });

  it("have names of their own, and work without their object", async () => {
    const fetch = spy(() => json([organization]));
    const client = new SupabaseManagement({ accessToken: token, fetch });
    const { list } = client.organizations;
    assert.equal(list.name, "list");
    assert.deepEqual(await list(), [organization]);
    assert.deepEqual(await Promise.all([1, 2].map(() => list())), [[organization], [organization]]);
  });
});

describe("addresses", () => {
  it("carry the settings of a function that is sent as bytes", async () => {
    const query = {
      slug: "hello",
      name: `${unicode} & more=?#/+%`,
      verify_jwt: false,
      import_map: true,
      entrypoint_path: "file:///src/index.ts",
      import_map_path: undefined,
    };
    for (const [method, run] of [
      ["POST", (client) => client.functions.create(ref, bundle, query)],
      ["PATCH", (client) => client.functions.update(ref, "hello", bundle, query)],
    ]) {
      const { url, method: verb } = await sentBy(run);
      assert.equal(verb, method);
      const { searchParams } = new URL(url);
      assert.deepEqual(Object.fromEntries(searchParams), {
        slug: "hello",
        name: query.name,
        verify_jwt: "false",
        import_map: "true",
        entrypoint_path: query.entrypoint_path,
      });
      assert.match(url, /^[!-~]+$/);
    }
  });

  it("are spelled as the Rust client spells them", async () => {
    const fetch = spy();
    await new SupabaseManagement({ accessToken: token, fetch }).request("GET", "/v1", { query: { "!'()*~": "*" } });
    assert.equal(fetch.calls[0].url, "https://api.supabase.com/v1?%21%27%28%29%2A~=%2A");
  });

  it("have no question mark where the query is empty or left out", async () => {
    for (const query of [undefined, {}, { slug: undefined }]) {
      const { url } = await sentBy((client) => client.functions.create(ref, bundle, query));
      assert.equal(url, `https://api.supabase.com${base}/functions`);
    }
  });

  it("begin with a base that may have a path and a slash at its end", async () => {
    for (const [baseUrl, start] of Object.entries({
      "https://proxy.example/api/supabase": "https://proxy.example/api/supabase/v1/organizations",
      "https://proxy.example/api/": "https://proxy.example/api/v1/organizations",
      "http://127.0.0.1:1//": "http://127.0.0.1:1/v1/organizations",
      "/api/supabase-proxy": "/api/supabase-proxy/v1/organizations",
      "/": "/v1/organizations",
    })) {
      assert.equal((await sentBy((client) => client.organizations.list(), { baseUrl })).url, start);
      assert.equal((await sentBy((client) => client.organizations.list({ baseUrl }))).url, start);
    }
    assert.equal(
      (await sentBy((client) => client.organizations.list())).url,
      "https://api.supabase.com/v1/organizations",
    );
  });
});

describe("bodies", () => {
  it("are the bytes themselves where a function comes as a bundle", async (t) => {
    const { server, client } = await clientOn(t, deployed);
    const forms = [
      bundle,
      bundle.buffer,
      new Blob([bundle]),
      new File([bundle], "a.eszip"),
      Buffer.from(bundle),
      new DataView(bundle.buffer),
    ];
    forms.push(bundle.subarray(0), new Uint16Array(bundle.buffer));
    for (const form of forms) {
      await client.functions.create(ref, form, { slug: "hello" });
      await client.functions.update(ref, "hello", form, { ezbr_sha256: "0f" });
    }
    assert.equal(server.requests.length, 2 * forms.length);
    for (const { headers, body, method, url } of server.requests) {
      assert.equal(headers["content-type"], "application/vnd.denoland.eszip");
      assert.deepEqual([...body], [...bundle]);
      assert.equal(url.split("?")[1], method === "POST" ? "slug=hello" : "ezbr_sha256=0f");
    }
  });

  it("keep every letter, and leave out what is undefined", async (t) => {
    const { server, client } = await clientOn(t, createdProject);
    const db_pass = '"\\\u0000\u2028\u007f</script>🚀\ud83d';
    await client.projects.create({ ...newProject, name: unicode, db_pass, region: undefined, kps_enabled: false });
    const [{ text }] = server.requests;
    const kept = { ...newProject, name: unicode, db_pass, kps_enabled: false };
    assert.deepEqual(JSON.parse(text), kept);
    assert.ok(!text.includes("region"));
  });

  it("may be empty lists and objects", async (t) => {
    const { server, client } = await clientOn(t, deployed);
    await client.secrets.delete(ref, []);
    await client.functions.update(ref, "hello", {});
    assert.deepEqual(
      server.requests.map(({ text }) => text),
      ["[]", "{}"],
    );
  });
});

describe("answers", () => {
  it("come with status, headers and rate limit", async (t) => {
    const headers = {
      "x-ratelimit-limit": "120",
      "x-ratelimit-remaining": "119",
      "x-ratelimit-reset": "58",
      "x-a": "b",
    };
    const { client } = await clientOn(t, (_request, response) => answerJson(response, [organization], 200, headers));
    const { data, ...rest } = await client.organizations.list().withResponse();
    assert.deepEqual(data, [organization]);
    assert.deepEqual([rest.status, rest.attempts, rest.headers.get("x-a")], [200, 1, "b"]);
    assert.deepEqual(rest.rateLimit, { limit: 120, remaining: 119, resetSeconds: 58 });
    assert.deepEqual(Object.keys({ data, ...rest }).sort(), ["attempts", "data", "headers", "rateLimit", "status"]);
  });

  it("say nothing of a rate limit where the server does not", async () => {
    const client = new SupabaseManagement({ accessToken: token, fetch: spy() });
    assert.equal((await client.organizations.list().withResponse()).rateLimit, undefined);
  });

  it("reject in both ways alike, and only where somebody listens", async () => {
    const client = new SupabaseManagement({ accessToken: token, fetch: async () => new Response("", { status: 500 }) });
    const call = client.organizations.list();
    const [one, two] = await Promise.allSettled([call, call.withResponse()]);
    assert.equal(one.reason, two.reason);
    const alone = client.organizations.list().withResponse();
    await assert.rejects(alone, { name: "ApiError" });
  });

  it("refuse a count that no number holds", async () => {
    for (const [text, count] of Object.entries({
      0: 0,
      999999999999999: 999_999_999_999_999,
      [`1${"0".repeat(400)}`]: undefined,
    })) {
      const fetch = spy(() => new Response(null, { headers: { "x-total-count": text } }));
      const call = new SupabaseManagement({ accessToken: token, fetch }).actionRuns.count(ref);
      if (count === undefined) assert.ok(isDecodeError(await rejection(call)));
      else assert.equal(await call, count);
    }
  });

  it("are read from JSON of any layout", async () => {
    for (const text of [`\ufeff[]`, " [ ] ", "\r\n[\t]\n"]) {
      for (const options of [{}, { validation: "strict" }, { onDeviation: assert.fail }]) {
        const client = new SupabaseManagement({
          accessToken: token,
          fetch: async () => new Response(text),
          ...options,
        });
        assert.deepEqual(await client.organizations.list(), []);
      }
    }
  });
});

describe("tokens", () => {
  const authorizationOf = async (options, call) =>
    (await sentBy((client) => client.organizations.list(call), options)).headers.authorization;

  it("are strings, or functions that are asked at every call", async () => {
    let count = 0;
    assert.equal(await authorizationOf({ accessToken: "a" }), "Bearer a");
    assert.equal(await authorizationOf({ accessToken: () => "b" }), "Bearer b");
    assert.equal(await authorizationOf({ accessToken: async () => "c" }), "Bearer c");
    assert.equal(await authorizationOf({ accessToken: " \td\r\n" }), "Bearer d");
    assert.equal(await authorizationOf({ accessToken: async () => "\n e " }), "Bearer e");
    const fetch = spy();
    const client = new SupabaseManagement({ fetch, accessToken: () => `t${++count}` });
    for (let call = 0; call < 3; call++) await client.organizations.list();
    const sent = fetch.calls.map(({ init }) => new Headers(init.headers).get("authorization"));
    assert.deepEqual(sent, ["Bearer t1", "Bearer t2", "Bearer t3"]);
  });

  it("may be given for one call", async () => {
    assert.equal(await authorizationOf({}, { accessToken: "mine" }), "Bearer mine");
    assert.equal(await authorizationOf({}, { accessToken: undefined }), `Bearer ${token}`);
  });

  it("are not needed where a proxy adds them", async () => {
    assert.equal(await authorizationOf({ accessToken: undefined, baseUrl: "https://proxy.example" }), undefined);
    const error = await authorizationOf({ accessToken: undefined }).catch((error) => error);
    assert.deepEqual([error.name, error.path], ["InputError", "options.accessToken"]);
    const slash = await authorizationOf({ accessToken: undefined, baseUrl: "https://api.supabase.com/" }).catch(
      (error) => error,
    );
    assert.equal(slash.name, "InputError");
  });

  it("and the address come from the environment where no option says otherwise", async (t) => {
    const { server } = await clientOn(t, []);
    const script = `
      import { SupabaseManagement } from ${JSON.stringify(new URL("../pkg/index.js", import.meta.url).href)};
      await new SupabaseManagement().organizations.list();
      await new SupabaseManagement({ accessToken: "own", baseUrl: process.env.SUPABASE_API_URL + "/own" }).organizations.list();
      await new SupabaseManagement({ accessToken: undefined, baseUrl: undefined }).organizations.list();
    `;
    const env = { ...process.env, SUPABASE_ACCESS_TOKEN: " env\n", SUPABASE_API_URL: server.url };
    await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
    const seen = server.requests.map(({ url, headers }) => [url, headers.authorization]);
    const fromEnvironment = ["/v1/organizations", "Bearer env"];
    assert.deepEqual(seen, [fromEnvironment, ["/own/v1/organizations", "Bearer own"], fromEnvironment]);
  });
});

describe("fetch", () => {
  it("is called with a string and an object, and without this", async () => {
    let seen;
    const fetch = function (...args) {
      seen = [this, args];
      return Promise.resolve(json([]));
    };
    await new SupabaseManagement({ accessToken: token, fetch }).organizations.list();
    const [self, [url, init, ...rest]] = seen;
    assert.deepEqual([self, url, rest], [undefined, "https://api.supabase.com/v1/organizations", []]);
    assert.deepEqual([init.method, init.redirect, init.body], ["GET", "manual", undefined]);
    assert.ok(init.signal instanceof AbortSignal);
    assert.doesNotThrow(() => new Request(url, init));
  });

  it("is the global one of the moment of the call where none is given", async (t) => {
    const client = new SupabaseManagement({ accessToken: token });
    t.after(() => {
      globalThis.fetch = platformFetch;
    });
    for (const name of ["one", "two"]) {
      globalThis.fetch = async () => json([{ ...organization, name }]);
      assert.equal((await client.organizations.list())[0].name, name);
    }
  });
});
