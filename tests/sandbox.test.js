// The sandbox as users get it: a function of the shape of fetch, and a server that any client can call. What it answers
// in detail is tested in Rust (www/sandbox/tests).
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { isApiError, isInputError, SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { idsOf } from "./conformance/rows.mjs";
import { printed, run, start, stop } from "./runtimes/harness/run.mjs";

const storefront = "hqvkzumdtlrwaxbeogcy";
const authorization = "Bearer sbp_0123456789abcdef0123456789abcdef01234567";
const headers = { authorization };
const json = { ...headers, "content-type": "application/json" };
const text = "Zoë 🚀 数据";

const clientOn = ({ fetch }) => new SupabaseManagement({ fetch, accessToken: "sbp_any", validation: "strict" });
const organization = (name) => ({ method: "POST", headers: json, body: JSON.stringify({ name }) });

describe("sandbox, as a function", () => {
  it("answers every method of the client, or says that it does not yet", async (t) => {
    const client = clientOn(createSandbox());
    const [methods, built] = [idsOf(client), createSandbox().built()];
    t.diagnostic(`${built.length} of ${methods.length} endpoints are built`);
    assert.deepEqual(
      built.filter((id) => !methods.includes(id)),
      [],
    );
  });

  it("carries a function through its life, in answers that satisfy a strict client", async () => {
    const client = clientOn(createSandbox());
    const created = await client.functions.create(storefront, { slug: "hello", name: text, body: text });
    assert.equal(created.name, text);
    assert.equal((await client.functions.update(storefront, "hello", { name: "Other" })).version, created.version + 1);
    assert.equal(await client.functions.delete(storefront, "hello"), undefined);
    const error = await client.functions.get(storefront, "hello").catch((reason) => reason);
    assert.ok(isApiError(error), String(error));
    assert.deepEqual([error.status, error.body], [404, { message: "Function not found" }]);
  });

  it("takes bundles, and shows their digest", async () => {
    const client = clientOn(createSandbox());
    const bundle = new TextEncoder().encode("hello");
    const query = { slug: "hello", name: text, verify_jwt: false };
    const created = await client.functions.create(storefront, bundle, query);
    assert.equal(created.name, text);
    assert.equal(created.verify_jwt, false);
    assert.equal(created.ezbr_sha256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  });

  it("lets a new project become healthy as the clock goes on", async () => {
    let time = Date.UTC(2026, 8, 23);
    const client = clientOn(createSandbox({ now: () => time, startupMs: 90_000 }));
    const body = { name: "blog", db_pass: "correct horse", organization_slug: "zoe-keller" };
    const { ref, status, created_at } = await client.projects.create(body);
    assert.deepEqual([status, created_at], ["COMING_UP", "2026-09-23T00:00:00.000Z"]);
    const statusNow = async () => (await client.projects.list()).find((project) => project.ref === ref).status;
    time += 89_999;
    assert.equal(await statusNow(), "COMING_UP");
    time += 1;
    assert.equal(await statusNow(), "ACTIVE_HEALTHY");
  });

  it("takes what fetch takes: strings, URLs, Requests, with any base", async () => {
    const { fetch } = createSandbox();
    const address = "https://proxy.example/api/supabase/v1/projects";
    const inputs = ["/v1/projects", address, new URL(address), new Request(address, { headers })];
    for (const input of inputs) assert.equal((await fetch(input, { headers })).status, 200);
    assert.equal((await fetch(inputs.at(-1))).status, 200);
    const posted = await fetch(new Request("https://api.supabase.com/v1/organizations", organization(text)));
    assert.equal((await posted.json()).name, text);
  });

  it("gives real Responses: JSON with its type, and null where there is nothing", async () => {
    const { fetch } = createSandbox();
    const listed = await fetch("/v1/organizations", { headers });
    assert.ok(listed instanceof Response);
    assert.equal(listed.headers.get("content-type"), "application/json; charset=utf-8");
    assert.equal((await listed.json()).length, 2);
    const set = await fetch(`/v1/projects/${storefront}/secrets`, { method: "POST", headers: json, body: "[]" });
    assert.deepEqual([set.status, set.body, set.headers.get("content-type")], [201, null, null]);
  });

  it("rejects with the reason of an aborted signal, and has done nothing", async () => {
    const { fetch } = createSandbox();
    const reason = { mine: true };
    const signal = AbortSignal.abort(reason);
    await assert.rejects(fetch("/v1/organizations", { ...organization("Never"), signal }), (error) => error === reason);
    await assert.rejects(
      fetch(new Request("http://a/v1/organizations", { headers, signal })),
      (error) => error === reason,
    );
    const controller = new AbortController();
    const pending = fetch("/v1/organizations", { ...organization("Never"), signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(pending, (error) => error === reason);
    assert.equal((await (await fetch("/v1/organizations", { headers })).json()).length, 2);
  });

  it("keeps sandboxes apart, and makes the same ones from the same seed", async () => {
    const [one, two] = [createSandbox({ randomSeed: 7 }), createSandbox({ randomSeed: 7 })];
    const create = async ({ fetch }) => (await fetch("/v1/organizations", organization("A"))).json();
    const first = await create(one);
    assert.equal((await (await two.fetch("/v1/organizations", { headers })).json()).length, 2);
    assert.deepEqual(await create(two), first);
    assert.notDeepEqual(await create(createSandbox({ randomSeed: 8 })), first);
  });

  it("goes on from a saved state", async () => {
    const before = createSandbox();
    await before.fetch("/v1/organizations", organization(text));
    const state = before.save();
    const now = createSandbox({ state });
    assert.equal(now.save(), state);
    assert.equal((await (await now.fetch("/v1/organizations", { headers })).json()).at(-1).name, text);
  });

  it("throttles as told, and not at all when told so", async () => {
    const { fetch } = createSandbox({ rateLimit: 1 });
    const calls = [await fetch("/v1/projects", { headers }), await fetch("/v1/projects", { headers })];
    assert.deepEqual(
      calls.map(({ status }) => status),
      [200, 429],
    );
    for (const off of [0, false]) {
      const free = createSandbox({ rateLimit: off });
      for (let call = 0; call < 150; call++) assert.equal((await free.fetch("/v1/projects", { headers })).status, 200);
    }
  });

  it("refuses options that do not exist or have a wrong value, and names what it knows", () => {
    const refusal = (options) => {
      try {
        createSandbox(options);
      } catch (error) {
        assert.ok(isInputError(error), String(error));
        return error.message;
      }
      return undefined;
    };
    assert.match(refusal({ startup: 1 }), /^createSandbox: options\.startup: .*\bstartupMs\b/);
    for (const wrong of [
      { state: {} },
      { startupMs: -1 },
      { startupMs: Number.NaN },
      { rateLimit: true },
      { rateLimit: 1.5 },
      { randomSeed: "1" },
      { now: 0 },
      null,
      7,
    ]) {
      assert.match(refusal(wrong), /^createSandbox: options/);
    }
    assert.match(refusal({ state: "secret" }), /options\.state: expected JSON, received text that is not JSON/);
    assert.doesNotMatch(refusal({ state: '{"version":1,"organizations":"secret"}' }), /secret/);
    assert.equal(refusal({ state: undefined, now: undefined }), undefined);
  });
});

describe("sandbox, as a server", () => {
  const cli = fileURLToPath(new URL("../pkg/cli.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  let server, url;

  async function serve(...args) {
    const child = start(process.execPath, [cli, "sandbox", "--port", "0", ...args]);
    const [address] = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
    return { child, address };
  }

  async function end(child, signal = "SIGTERM") {
    const began = Date.now();
    stop(child, signal);
    const { code } = await child.ended;
    assert.equal(code, 0, child.output);
    assert.ok(Date.now() - began < 2_000, "it ends within a moment");
  }

  before(async () => ({ child: server, address: url } = await serve("--rate-limit", "5")));
  after(async () => {
    stop(server);
    await server.ended;
    rmSync(folder, { recursive: true });
  });

  it("prints its address first, then a line to try and its rate limit, in one piece", () => {
    const [first, second, third] = server.output.split("\n");
    assert.ok(first.includes(url), first);
    assert.match(second, /curl -H "Authorization: Bearer sbp_\w+" http:\S+\/v1\/projects$/);
    assert.equal(third, "Rate limit: 5 calls a minute for each token, endpoint and project");
  });

  it("serves any client", async () => {
    const client = new SupabaseManagement({ baseUrl: url, accessToken: "sbp_client", validation: "strict" });
    assert.equal((await client.organizations.create({ name: text })).name, text);
    const { data, rateLimit } = await client.organizations.list().withResponse();
    assert.equal(data.at(-1).name, text);
    assert.deepEqual([rateLimit.limit, rateLimit.remaining], [5, 4]);
    assert.equal(await client.secrets.create(storefront, [{ name: "A", value: text }]), undefined);
  });

  it("answers 401 without a token, with the headers of the rate limit", async () => {
    const response = await fetch(`${url}/v1/projects`);
    assert.equal(response.status, 401);
    assert.deepEqual(await response.json(), { message: "Unauthorized" });
    for (const name of ["limit", "remaining", "reset"]) {
      assert.match(response.headers.get(`x-ratelimit-${name}`), /^\d+$/);
    }
  });

  it("answers 429 when there were too many calls", async () => {
    const own = { headers: { authorization: "Bearer sbp_impatient" } };
    for (let call = 0; call < 5; call++) assert.equal((await fetch(`${url}/v1/projects`, own)).status, 200);
    const response = await fetch(`${url}/v1/projects`, own);
    assert.equal(response.status, 429);
    assert.deepEqual(await response.json(), { message: "ThrottlerException: Too Many Requests" });
    assert.equal(response.headers.get("x-ratelimit-remaining"), "0");
  });

  it("lets pages of other origins call it, and see the rate limit", async () => {
    const origin = "https://panel.example";
    const preflight = await fetch(`${url}/v1/projects`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "authorization,x-mine",
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), origin);
    assert.match(preflight.headers.get("access-control-allow-methods"), /\bPATCH\b.*\bDELETE\b/);
    assert.equal(preflight.headers.get("access-control-allow-headers"), "authorization,x-mine");

    const response = await fetch(`${url}/v1/organizations`, { headers: { ...headers, origin } });
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    assert.match(response.headers.get("access-control-expose-headers"), /X-RateLimit-Remaining/);
    assert.equal(response.headers.get("vary"), "Origin");
  });

  it("answers 413 to a body of more than 50 MiB", async () => {
    const body = Buffer.alloc(50 * 1024 * 1024 + 10, " ");
    const response = await fetch(`${url}/v1/organizations`, { method: "POST", headers: json, body });
    assert.equal(response.status, 413);
  });

  it("outlives a client that goes away in the middle of a body", async () => {
    const half = request(`${url}/v1/organizations`, { method: "POST", headers: { ...json, "content-length": 100 } });
    half.on("error", () => {});
    half.write("{", () => half.destroy());
    await new Promise((resolve) => half.on("close", resolve));
    assert.equal((await fetch(`${url}/v1/nope`, { headers })).status, 404);
  });

  for (const signal of ["SIGTERM", "SIGINT"]) {
    it(`ends at ${signal}, with a connection open`, async () => {
      const { child, address } = await serve();
      assert.equal((await fetch(`${address}/v1/projects`, { headers })).status, 200);
      await end(child, signal);
      await assert.rejects(fetch(address));
    });
  }

  it("keeps its account in the file it is given, for the user's eyes only", async () => {
    const file = join(folder, "state.json");
    const first = await serve("--state", file);
    const created = await fetch(`${first.address}/v1/organizations`, organization(text));
    assert.equal(created.status, 201);
    await end(first.child);
    assert.equal(JSON.parse(readFileSync(file, "utf8")).organizations.at(-1).name, text);
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);

    const second = await serve("--state", file);
    const listed = await fetch(`${second.address}/v1/organizations`, { headers });
    assert.equal((await listed.json()).at(-1).name, text);
    await end(second.child);
  });

  it("does not start from a file that holds something else, and leaves it alone", async () => {
    const file = join(folder, "notes.txt");
    writeFileSync(file, "notes");
    const { code } = await start(process.execPath, [cli, "sandbox", "--port", "0", "--state", file]).ended;
    assert.equal(code, 1);
    assert.equal(readFileSync(file, "utf8"), "notes");
  });

  it("says what is wrong with a command line, and how it is used", async () => {
    for (const [args, what] of [
      [[], /a command is missing/],
      [["serve"], /no command "serve"/],
      [["sandbox", "--prot", "1"], /^there is no option --prot\n/],
      [["sandbox", "-p"], /^there is no option -p\n/],
      [["sandbox", "--port"], /^--port takes a value\n/],
      [["sandbox", "--port", "--host"], /^--port takes a value\n/],
      [["sandbox", "--state="], /^--state takes a value\n/],
      [["sandbox", "--help=yes"], /^--help takes no value\n/],
      [["sandbox", "twice"], /^sandbox takes options only, and no "twice"\n/],
      [["sandbox", "--db-project", storefront], /^--db-project says .* --db-port/],
      [["sandbox", "--port", "x"], /--port takes a whole number up to 65535/],
      [["sandbox", "--port", "65536"], /--port takes/],
    ]) {
      const child = start(process.execPath, [cli, ...args]);
      const { code } = await child.ended;
      assert.equal(code, 2, args.join(" "));
      assert.match(child.output, what);
      // Without a command that there is, the commands are told.
      const used = args[0] === "sandbox" ? "sandbox" : "<command>";
      assert.ok(child.output.includes(`Usage: supabase-management-wasm ${used} [options]`), child.output);
    }
    for (const args of [["--help"], ["-h"]]) {
      assert.match(await run(process.execPath, [cli, ...args]), /^ {2}sandbox .*\n {2}deploy /m);
    }
    for (const args of [
      ["sandbox", "-h"],
      ["sandbox", "--port", "1", "--help", "--version"],
    ]) {
      assert.match(await run(process.execPath, [cli, ...args]), /--startup-ms N/);
    }
    assert.match(await run(process.execPath, [cli, "--version"]), /^\d+\.\d+\.\d+\S*\n$/);
  });
});
