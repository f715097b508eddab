// Nothing that a user gives is lost on its way without a word.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { isInputError, SupabaseManagement } from "../pkg/index.js";

const ref = "abcdefghijklmnopqrst";
const bundle = new Uint8Array([1]);

function recorder() {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url: new URL(url), init });
    return new Response(null, { status: 204 });
  };
  return { sent, client: new SupabaseManagement({ accessToken: "sbp_x", fetch }) };
}

describe("a query", () => {
  it("is sent as it was checked: dates and boxed values as JSON has them", async () => {
    const { sent, client } = recorder();
    const name = new Date(0);
    await client.functions.update(ref, "a", bundle, { name, verify_jwt: Object(true), slug: Object("x") });
    assert.deepEqual(Object.fromEntries(sent[0].url.searchParams), {
      name: "1970-01-01T00:00:00.000Z",
      verify_jwt: "true",
      slug: "x",
    });
  });

  for (const [what, query] of Object.entries({
    "search parameters": new URLSearchParams({ name: "x" }),
    "a Map": new Map([["name", "x"]]),
    "a promise": Promise.resolve({ name: "x" }),
  })) {
    it(`is refused where it is ${what}, of which JSON would show nothing`, async () => {
      const { sent, client } = recorder();
      const error = await client.functions.update(ref, "a", bundle, query).catch((reason) => reason);
      assert.ok(isInputError(error), String(error));
      assert.equal(error.path, "query");
      const free = await client.request("DELETE", "/v1/x", { query }).catch((reason) => reason);
      assert.ok(isInputError(free), String(free));
      assert.equal(sent.length, 0);
    });
  }
});

describe("a body", () => {
  const odd = {
    "a forgotten await": Promise.resolve({}),
    "search parameters": new URLSearchParams("a=b"),
    "a form": new FormData(),
    "a response": new Response("{}"),
    "a regular expression": /x/,
    "an error": new Error("x"),
  };
  for (const [what, body] of Object.entries(odd)) {
    it(`is refused where it is ${what}`, async () => {
      const { sent, client } = recorder();
      const error = await client.functions.update(ref, "a", body).catch((reason) => reason);
      assert.ok(isInputError(error), String(error));
      assert.equal(error.path, "body");
      assert.equal(sent.length, 0);
    });
  }

  it("of a request without a method is JSON, unless fetch has a form of its own for it", async () => {
    const { sent, client } = recorder();
    await client.request("POST", "/v1/x", { body: new Date(0) });
    await client.request("POST", "/v1/x", { body: 5 });
    await client.request("POST", "/v1/x", { body: "text" });
    const form = new FormData();
    await client.request("POST", "/v1/x", { body: form });
    assert.deepEqual(
      sent.map(({ init }) => init.body),
      ['"1970-01-01T00:00:00.000Z"', "5", "text", form],
    );
    for (const body of [Number.NaN, 10n, new Map(), Promise.resolve()]) {
      const error = await client.request("POST", "/v1/x", { body }).catch((reason) => reason);
      assert.ok(isInputError(error), String(error));
    }
    assert.equal(sent.length, 4);
  });
});

describe("the environment", () => {
  const script = `
    import { SupabaseManagement } from ${JSON.stringify(new URL("../pkg/index.js", import.meta.url).href)};
    const options = JSON.parse(process.argv[1]);
    try { new SupabaseManagement(options); console.log("fine"); } catch (error) { console.log(error.path); }
  `;
  const run = (options, env) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", script, JSON.stringify(options)], {
      encoding: "utf8",
      env: { ...process.env, ...env },
    }).trim();

  it("is named where what it says is wrong, and left alone where nobody asks it", () => {
    assert.equal(run({}, { SUPABASE_ACCESS_TOKEN: "bad token" }), "SUPABASE_ACCESS_TOKEN");
    assert.equal(run({}, { SUPABASE_API_URL: "api.example.com" }), "SUPABASE_API_URL");
    assert.equal(run({ accessToken: "sbp_x" }, { SUPABASE_ACCESS_TOKEN: "bad token" }), "fine");
    assert.equal(run({ baseUrl: "https://x.example" }, { SUPABASE_API_URL: "api.example.com" }), "fine");
    assert.equal(run({}, { SUPABASE_ACCESS_TOKEN: "  " }), "fine");
  });
});

describe("an answer to a request without a method", () => {
  for (const [what, body] of Object.entries({
    "bytes by name alone": { byteLength: 5 },
    "a length that throws": Object.defineProperty({}, "byteLength", { get: () => assert.fail("read") }),
  })) {
    it(`is a DecodeError where it has ${what}, and the client goes on`, async () => {
      const odd = { status: 200, headers: new Headers(), arrayBuffer: async () => body, text: async () => body };
      const client = new SupabaseManagement({ accessToken: "sbp_x", timeoutMs: 5_000, fetch: async () => odd });
      const error = await client.request("GET", "/v1/x").catch((reason) => reason);
      assert.equal(error.name, "DecodeError", String(error));
      assert.match(error.message, /200, so the operation itself succeeded/);
      assert.deepEqual(await client.projects.list({ fetch: async () => Response.json([]) }), []);
    });
  }
});

it("a hundred secrets of the largest size are hidden in what the server says", async () => {
  const secrets = Array.from({ length: 100 }, (_, n) => ({ name: `A${n}`, value: `${n}`.padEnd(24_576, "v") }));
  const fetch = async () => Response.json({ message: `no: ${secrets[42].value}` }, { status: 400 });
  const client = new SupabaseManagement({ accessToken: "sbp_x", fetch });
  const error = await client.secrets.create(ref, secrets).catch((reason) => reason);
  assert.match(error.message, /: 400 no: \[redacted\]$/);
});
