// What a test does with a sandbox, through the client: seeds, faults, the clock, the log of calls. The rules themselves are tested
// in Rust (www/sandbox/tests/seeds.rs, faults.rs); here is what JavaScript and the server make of them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  isApiError,
  isDecodeError,
  isInputError,
  isConnectionError,
  isOutcomeUnknownError,
  isRateLimitError,
  isTimeoutError,
  SupabaseManagement,
} from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { printed, start, stop } from "./runtimes/harness/run.mjs";

const accessToken = "sbp_0123456789abcdef0123456789abcdef01234567";
const headers = { authorization: `Bearer ${accessToken}` };
const staging = "wnfcjpoybtgxirdkqseu";
const storefront = "hqvkzumdtlrwaxbeogcy";
const rejection = (promise) => promise.then(assert.fail, (error) => error);
const thrown = (action) => {
  try {
    action();
  } catch (error) {
    assert.ok(isInputError(error), String(error));
    return error;
  }
  return assert.fail("nothing was thrown");
};

describe("seeds", () => {
  it("make the account that they tell, with what the API itself would create", async () => {
    const ref = "abcdefghijklmnopqrst";
    const { fetch } = createSandbox({
      seed: {
        organizations: [{ slug: "acme", name: "Acme" }],
        projects: [
          {
            ref,
            name: "blog",
            status: "INACTIVE",
            functions: [{ slug: "hello", name: "Hello", body: "Deno.serve()", version: 3 }],
            secrets: [{ name: "TOKEN", value: "hidden" }],
            auth: { site_url: "https://blog.example" },
            branches: [{ branch_name: "preview" }],
          },
        ],
      },
    });
    const client = new SupabaseManagement({ fetch, accessToken, validation: "strict" });
    const [project] = await client.projects.list();
    assert.deepEqual([project.ref, project.status, project.organization_slug], [ref, "INACTIVE", "acme"]);
    assert.equal((await client.functions.list(ref))[0].version, 3);
    assert.equal((await client.secrets.list(ref))[0].name, "TOKEN");
    assert.equal((await client.auth.getConfig(ref)).site_url, "https://blog.example");
    assert.deepEqual(
      (await client.branches.list(ref)).map(({ name }) => name),
      ["main", "preview"],
    );
  });

  it("make the same references of the same random seed", () => {
    const seed = { projects: [{ name: "blog" }] };
    const saved = (randomSeed) => createSandbox({ seed, randomSeed, now: () => 0 }).save();
    assert.equal(saved(1), saved(1));
    assert.notEqual(saved(1), saved(2));
  });

  it("are refused with the path of what is wrong, and never quoted", () => {
    const circle = {};
    circle.projects = circle;
    for (const [seed, path, words] of [
      [7, "options.seed", /expected object \(a number belongs into randomSeed\), received 7$/],
      ["hidden", "options.seed", /expected object, received string$/],
      [null, "options.seed", /expected object, received null$/],
      [[], "options.seed", /expected object, received array$/],
      [() => {}, "options.seed", /expected object, received null$/],
      [{ projects: [{ name: 1n }] }, "options.seed", /expected what JSON can hold/],
      [circle, "options.seed", /expected what JSON can hold/],
      [{ project: [] }, "options.seed.project", /did you mean projects\?\), received an unknown field$/],
      [{ projects: [{}] }, "options.seed.projects[0].name", /expected string, received nothing$/],
      [{ projects: [{ name: "a" }, { name: "b", status: "hidden" }] }, "options.seed.projects[1].status", /"INACTIVE"/],
      [
        { projects: [{ name: "a", functions: [{ slug: "a" }] }] },
        "options.seed.projects[0].functions[0].name",
        /nothing$/,
      ],
      [
        { projects: [{ name: "a", secrets: [{ nam: "A" }] }] },
        "options.seed.projects[0].secrets[0].nam",
        /did you mean name/,
      ],
    ]) {
      const error = thrown(() => createSandbox({ seed }));
      assert.equal(error.path, path, error.message);
      assert.match(error.message, words);
      assert.ok(!error.message.includes("hidden"), error.message);
    }
    const both = thrown(() => createSandbox({ seed: {}, state: createSandbox().save() }));
    assert.equal(both.path, "options.seed");
  });

  it("check a state in the same way", () => {
    const state = JSON.parse(createSandbox().save());
    state.projects[1].status = "hidden";
    const error = thrown(() => createSandbox({ state: JSON.stringify(state) }));
    assert.equal(error.path, "options.state.projects[1].status");
    assert.match(
      error.message,
      /^createSandbox: options\.state\.projects\[1\]\.status: expected one of "INACTIVE".*received another string$/,
    );
  });
});

/** Every fault through the client, whatever its requests go through. */
function faults(name, open) {
  describe(`faults ${name}`, () => {
    let control, options;
    before(async () => ({ control, options } = await open()));
    beforeEach(() => control.reset());
    const client = (more) => new SupabaseManagement({ ...options, accessToken, ...more });
    const statuses = async () => (await control.calls()).map(({ status }) => status);

    it("are overcome by trying again", async () => {
      await control.fail("projects.list", { status: 503, times: 2, headers: { "retry-after": "0" } });
      assert.equal((await client().projects.list()).length, 3);
      assert.deepEqual(await statuses(), [503, 503, 200]);
    });

    it("are errors of the API, in its own shape and with any body", async () => {
      await control.fail("projects.*", { status: 400 });
      const plain = await rejection(client().projects.list());
      assert.ok(isApiError(plain), String(plain));
      assert.deepEqual([plain.status, plain.body], [400, { message: "Bad request" }]);
      await control.fail("*", { status: 422, body: { message: "no", code: 7 } });
      assert.deepEqual((await rejection(client().projects.list())).body, { message: "no", code: 7 });
    });

    it("are a page of a gateway", async () => {
      await control.fail("projects.list", { html: true });
      const error = await rejection(client({ maxRetries: 0 }).projects.list());
      assert.ok(isApiError(error), String(error));
      assert.equal(error.status, 502);
    });

    it("are a rate limit, with its headers", async () => {
      await control.fail("organizations.create", { status: 429 });
      const error = await rejection(client({ maxRetries: 0 }).organizations.create({ name: "Acme" }));
      assert.ok(isApiError(error), String(error));
      assert.deepEqual([error.status, error.retryAfterMs], [429, 1_000]);
      assert.equal(error.body.message, "ThrottlerException: Too Many Requests");
      assert.equal((await client().organizations.list()).length, 2, "it was not carried out");
    });

    it("are a limit that the client keeps by itself from then on", async () => {
      const spent = { "x-ratelimit-limit": "120", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60" };
      await control.fail("projects.list", { status: 429, headers: { ...spent, "retry-after": "60" } });
      const impatient = client({ maxRetries: 0, rateLimit: "error" });
      assert.equal((await rejection(impatient.projects.list())).status, 429);
      const error = await rejection(impatient.projects.list());
      assert.ok(isRateLimitError(error), String(error));
      assert.equal((await control.calls()).length, 1);
    });

    it("are a lost connection, which reading gets over", async () => {
      await control.fail("projects.list", { lost: true });
      assert.equal((await client().projects.list()).length, 3);
      assert.deepEqual(await statuses(), [null, 200]);
      await control.fail("projects.list", { lost: true });
      const error = await rejection(client({ maxRetries: 0 }).projects.list());
      assert.ok(isConnectionError(error), String(error));
    });

    it("leave the outcome unknown, whether it was carried out or not", async () => {
      for (const [carriedOut, count] of [
        [false, 2],
        [true, 3],
      ]) {
        await control.fail("organizations.create", { lost: true, carriedOut });
        const error = await rejection(client().organizations.create({ name: "Acme" }));
        assert.ok(isOutcomeUnknownError(error), String(error));
        assert.equal((await client().organizations.list()).length, count);
      }
    });

    it("are a body that ends early", async () => {
      await control.fail("projects.list", { truncated: true });
      const error = await rejection(client({ maxRetries: 0 }).projects.list());
      assert.ok(isConnectionError(error) && !isDecodeError(error), String(error));
      await control.fail("projects.list", { truncated: true });
      assert.equal((await client().projects.list()).length, 3);
    });

    it("are an answer that comes too late, and not a moment longer than anybody waits", async () => {
      await control.fail("projects.list", { delayMs: 60_000, times: 2 });
      const began = performance.now();
      const late = await rejection(client({ maxRetries: 0, timeoutMs: 100 }).projects.list());
      assert.ok(isTimeoutError(late), String(late));
      const reason = new Error("mine");
      const aborted = await rejection(client().projects.list({ signal: AbortSignal.any([signalIn(50, reason)]) }));
      assert.equal(aborted.cause ?? aborted, reason);
      assert.ok(performance.now() - began < 5_000);
      await control.fail("projects.list", { delayMs: 80 });
      const [from, projects] = [performance.now(), await client().projects.list()];
      assert.ok(projects.length === 3 && performance.now() - from > 70);
    });

    it("end when they were had, or when they are forgotten", async () => {
      await control.fail("*", { status: 500, times: Number.POSITIVE_INFINITY });
      for (let call = 0; call < 3; call++) {
        assert.equal((await rejection(client({ maxRetries: 0 }).projects.list())).status, 500);
      }
      await control.reset();
      assert.equal((await client().projects.list()).length, 3);
    });

    it("can be looked at in what was called, which holds no secret", async () => {
      await client().secrets.create(storefront, [{ name: "A", value: "hidden" }]);
      await client().organizations.listProjects("tidewater-labs", { limit: 5 });
      const [created, listed] = await control.calls();
      const expected = {
        method: "POST",
        path: `/v1/projects/${storefront}/secrets`,
        endpoint: "secrets.create",
        query: null,
      };
      const { time, ...rest } = created;
      assert.ok(Math.abs(time - Date.now()) < 60_000);
      assert.deepEqual(rest, { ...expected, body: [{ name: "A", value: "[redacted]" }], status: 201 });
      assert.deepEqual([listed.query, listed.endpoint], [{ limit: 5 }, "organizations.listProjects"]);
      const text = JSON.stringify(await control.calls());
      assert.ok(!text.includes("hidden") && !text.includes(accessToken));
    });

    it("go with a clock that moves", async () => {
      assert.equal((await client().projects.get(staging)).status, "COMING_UP");
      await control.advance(6_000);
      assert.equal((await client().projects.get(staging)).status, "ACTIVE_HEALTHY");
    });
  });
}

function signalIn(milliseconds, reason) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), milliseconds);
  return controller.signal;
}

faults("in code", async () => {
  const sandbox = createSandbox({ rateLimit: false });
  const { fail, advance, reset, fetch } = sandbox;
  return { control: { fail, advance, reset, calls: async () => sandbox.calls }, options: { fetch } };
});

describe("control in code", () => {
  it("names what is wrong with a fault", () => {
    const { fail, advance } = createSandbox();
    for (const [action, path, words] of [
      [() => fail("projects.lst", { status: 500 }), "endpoint", /did you mean projects\.list\?/],
      [() => fail(undefined, { status: 500 }), "endpoint", /expected string, received null/],
      [() => fail("*", undefined), "fault", /expected object, received undefined/],
      [() => fail("*", {}), "", /^sandbox\.fail: expected one of "status", .*received none of them$/],
      [() => fail("*", { status: 99 }), "status", /expected integer, 200 to 599, received 99/],
      [() => fail("*", { status: Number.NaN }), "status", /received string/],
      [() => fail("*", { status: 500, times: Number.NaN }), "times", /received string/],
      [() => fail("*", { satus: 500 }), "satus", /did you mean status\?/],
      [() => fail("*", { status: 500, body: 1n }), "fault", /what JSON can hold/],
      [() => advance(-1), "advance", /milliseconds, 0 to \d+/],
      [() => advance("1"), "milliseconds", /expected number, received string/],
      [() => advance(Number.NaN), "milliseconds", /received NaN/],
    ]) {
      const error = thrown(action);
      assert.equal(error.path, path, error.message);
      assert.match(error.message, words);
    }
  });

  it("tells which faults wait, and forgets them without beginning anew", async () => {
    const sandbox = createSandbox();
    const client = new SupabaseManagement({ fetch: sandbox.fetch, accessToken });
    await client.secrets.create(storefront, [{ name: "KEPT", value: "hidden" }]);
    sandbox.fail("projects.list", { status: 503, times: 2, headers: { "retry-after": "0" } });
    sandbox.fail("*", { lost: true, times: Number.POSITIVE_INFINITY });
    await rejection(client.projects.list({ maxRetries: 0 }));
    assert.deepEqual(sandbox.faults, [
      { endpoint: "projects.list", times: 1, status: 503, headers: { "retry-after": "0" } },
      { endpoint: "*", times: Number.POSITIVE_INFINITY, lost: true },
    ]);
    sandbox.clearFaults();
    assert.deepEqual(sandbox.faults, []);
    assert.ok((await client.secrets.list(storefront)).some(({ name }) => name === "KEPT"));
  });

  it("rejects as fetch does when a connection is lost, and errs in the stream of a body that ends early", async () => {
    const { fail, fetch } = createSandbox();
    fail("*", { lost: true });
    const lost = await rejection(fetch("/v1/projects", { headers }));
    assert.deepEqual([lost instanceof TypeError, lost.message], [true, "fetch failed"]);
    fail("*", { truncated: true });
    const response = await fetch("/v1/projects", { headers });
    const whole = new Uint8Array(await (await fetch("/v1/projects", { headers })).arrayBuffer());
    assert.equal(response.headers.get("content-length"), String(whole.length));
    const reader = response.body.getReader();
    const { value } = await reader.read();
    assert.deepEqual(value, whole.subarray(0, whole.length >> 1));
    assert.ok((await rejection(reader.read())) instanceof TypeError);
    fail("*", { delayMs: 60_000 });
    const reason = { mine: true };
    assert.equal(await rejection(fetch("/v1/projects", { headers, signal: signalIn(10, reason) })), reason);
  });

  it("begins anew with the account that it began with", async () => {
    const sandbox = createSandbox({ seed: { projects: [{ name: "blog" }] }, now: () => 0 });
    const state = sandbox.save();
    sandbox.advance(5);
    sandbox.fail("*", { status: 500 });
    await sandbox.fetch("/v1/projects", { headers });
    assert.equal(sandbox.calls.length, 1);
    await sandbox.reset();
    assert.deepEqual([sandbox.save(), sandbox.calls], [state, []]);
  });
});

describe("control of a server", () => {
  const cli = fileURLToPath(new URL("../pkg/cli.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "sandbox-control-"));
  const children = [];
  async function serve(...args) {
    const child = start(process.execPath, [cli, "sandbox", "--port", "0", "--rate-limit", "0", ...args]);
    children.push(child);
    return (await printed(child, /http:\/\/127\.0\.0\.1:\d+/))[0];
  }
  after(async () => {
    for (const child of children) stop(child);
    await Promise.all(children.map(({ ended }) => ended));
    rmSync(folder, { recursive: true });
  });

  const controlOf = (url) => {
    async function ask(method, name, body) {
      const response = await fetch(`${url}/_sandbox/${name}`, { method, body: body && JSON.stringify(body) });
      const text = await response.text();
      assert.ok(response.ok, text);
      return text === "" ? undefined : JSON.parse(text);
    }
    return {
      fail: (endpoint, { times = 1, ...fault }) =>
        ask("POST", "faults", { endpoint, times: Number.isFinite(times) ? times : null, ...fault }),
      advance: (milliseconds) => ask("POST", "clock", { advance: milliseconds }),
      reset: () => ask("POST", "reset"),
      calls: () => ask("GET", "calls"),
      state: () => ask("GET", "state"),
    };
  };

  faults("over HTTP", async () => {
    const baseUrl = await serve();
    return { control: controlOf(baseUrl), options: { baseUrl } };
  });

  it("begins with the seed of a file, and says where it is wrong", async () => {
    const file = join(folder, "seed.json");
    writeFileSync(file, JSON.stringify({ projects: [{ name: "blog" }] }));
    const url = await serve("--seed", file);
    const [project] = await (await fetch(`${url}/v1/projects`, { headers })).json();
    assert.equal(project.name, "blog");
    assert.equal((await controlOf(url).state()).projects[0].name, "blog");
    for (const [text, words] of [
      [
        JSON.stringify({ projects: [{ nam: "blog" }] }),
        /seed\.projects\[0\]\.nam: expected a known field \(did you mean name\?\)/,
      ],
      ["{", /not JSON/],
    ]) {
      writeFileSync(file, text);
      const child = start(process.execPath, [cli, "sandbox", "--port", "0", "--seed", file]);
      assert.equal((await child.ended).code, 1);
      assert.match(child.output, words);
    }
  });

  it("is refused to pages of other origins, and under another name of this machine", async () => {
    const url = await serve();
    const { port } = new URL(url);
    const status = (path, more) =>
      new Promise((resolve, reject) => {
        const sent = request({ host: "127.0.0.1", port, path, ...more, headers: { ...more?.headers } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on("error", reject).end();
      });
    const foreign = [
      { host: "rebound.example" },
      { host: `rebound.example:${port}` },
      { origin: "https://panel.example" },
      { origin: "null" },
      { origin: "http://localhost.panel.example" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const more of foreign) {
      for (const path of [
        "/_sandbox/state",
        "//_sandbox/state",
        "/x/../_sandbox/state",
        "/%5Fsandbox/../_sandbox/state",
      ]) {
        assert.equal(await status(path, { headers: more }), 403, `${path} ${JSON.stringify(more)}`);
      }
    }
    for (const more of [{}, { host: `localhost:${port}` }, { host: "[::1]" }, { origin: `http://localhost:3000` }]) {
      assert.equal(await status("/_sandbox/state", { headers: more }), 200, JSON.stringify(more));
    }
    assert.equal(await status("/v1/projects", { headers: { ...headers, origin: "https://panel.example" } }), 200);
  });
});
