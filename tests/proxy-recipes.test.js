// The recipes of the proxy, those very files, each in its runtime: a page's client asks through them, and the API behind them
// is the sandbox. The Node one also gets what no client would send, byte by byte.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { root } from "../pkg/build/install.mjs";
import { SupabaseManagement } from "../pkg/index.js";
import { prepare } from "./deploy/recipes.mjs";
import { smuggled } from "./proxy-entry/smuggled.js";
import { install, tool } from "./runtimes/harness/install.mjs";
import { findBun, findDeno, machine } from "./runtimes/harness/programs.mjs";
import { printed, start, stop } from "./runtimes/harness/run.mjs";
import { wrangler } from "./runtimes/harness/workerd.mjs";
import { rejection } from "./support.js";

const recipes = fileURLToPath(new URL("recipes/proxy", import.meta.url));
const recipe = (path) => join(recipes, path);
const token = `sbp_${"9c".repeat(20)}`;
const [ref, otherRef] = ["hqvkzumdtlrwaxbeogcy", "wnfcjpoybtgxirdkqseu"];

let api, users, env;

before(
  async () => {
    await install();
    await prepare(recipes, "tests/recipes/proxy: installing what the recipes use (npm ci, once) …");
    const server = start(process.execPath, [
      join(root, "pkg", "cli.js"),
      "sandbox",
      "--port",
      "0",
      "--rate-limit",
      "0",
    ]);
    api = { server, url: (await printed(server, /http:\/\/127\.0\.0\.1:\d+/))[0] };
    env = { SUPABASE_ACCESS_TOKEN: token, MANAGEMENT_TOKEN: token, SUPABASE_API_URL: api.url };
    Object.assign(process.env, { SUPABASE_ACCESS_TOKEN: token, SUPABASE_API_URL: api.url });
    // Stands for the Auth of a project.
    users = createServer((request, response) => {
      const known = request.headers.authorization === "Bearer alice" && request.headers.apikey === "anon";
      const user = JSON.stringify({ app_metadata: { projects: [ref] } });
      response.writeHead(known ? 200 : 401).end(known ? user : "{}");
    }).listen(0, "127.0.0.1");
  },
  { timeout: 1_200_000 },
);
after(() => {
  stop(api.server);
  users.close();
  delete process.env.SUPABASE_ACCESS_TOKEN;
  delete process.env.SUPABASE_API_URL;
});

/** The endpoints that reached the API since the last time somebody asked. */
async function reached() {
  const calls = await (await fetch(`${api.url}/_sandbox/calls`)).json();
  await fetch(`${api.url}/_sandbox/reset`, { method: "POST" });
  return calls.map(({ method, path }) => `${method} ${path}`);
}

/**
 * What every recipe must do, asked by a page's client.
 * @param send answers a request, be it over the network or not
 */
async function check(send, { baseUrl = "http://localhost/api/supabase", signed, unsigned = {} } = {}) {
  const page = (headers) =>
    new SupabaseManagement({ baseUrl, headers, maxRetries: 0, fetch: (url, init) => send(url, init) });
  const same = { "sec-fetch-site": "same-origin" };
  const alice = page(signed ?? { ...same, cookie: "session=alice" });
  await reached();
  assert.equal((await alice.projects.get(ref)).id, ref);
  const file = [{ path: "index.ts", content: `// ${"a".repeat(100_000)}` }];
  const source = { metadata: { name: "hello", entrypoint_path: "index.ts" }, file };
  assert.equal((await alice.functions.deploy(ref, source, { slug: "hello" })).slug, "hello");
  assert.ok((await alice.functions.getBody(ref, "hello")).length > 100_000);
  const passed = await reached();
  assert.deepEqual(passed, [
    `GET /v1/projects/${ref}`,
    `POST /v1/projects/${ref}/functions/deploy`,
    `GET /v1/projects/${ref}/functions/hello/body`,
  ]);
  const refusals = [
    await rejection(alice.projects.get(otherRef)),
    await rejection(alice.projects.delete(ref)),
    await rejection(
      alice.functions.list(`${ref}`, { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } }),
    ),
    await rejection(page({ ...same, ...unsigned }).projects.get(ref)),
  ];
  assert.deepEqual(
    refusals.map(({ status }) => status),
    [403, 404, 403, 403],
    refusals.map(({ message }) => message).join("\n"),
  );
  assert.ok(!JSON.stringify(refusals).includes(token));
  assert.deepEqual(await reached(), []);
}

const viaFunction = (handler) => (url, init) => handler(new Request(url, init));
/** `fetch` of Node sets `Sec-Fetch-Mode` alone, and says what else it is told to say. */
const overNetwork = (url, init) => fetch(url, init);

/** Runs a program until the test is done, on a port that it prints. */
async function serving(command, args, options, test) {
  const child = start(command, args, {
    cwd: recipes,
    ...options,
    env: { ...env, NO_COLOR: "1", PORT: "0", ...options?.env },
  });
  try {
    const [, port] = await printed(child, /http:\/\/[\w.]+:(\d+)/);
    await test(`http://localhost:${port}`, Number(port));
  } finally {
    stop(child, "SIGKILL");
    await child.ended;
  }
}

const denoFlags = ["run", "--no-prompt", "--node-modules-dir=manual", "--allow-net", "--allow-env"];

describe("the recipe of a proxy", () => {
  it("for Node", () =>
    serving(process.execPath, [recipe("node.js")], {}, (url) =>
      check(overNetwork, { baseUrl: `${url}/api/supabase` }),
    ));

  it("for Deno", async (t) => {
    const deno = findDeno();
    if (!deno) return t.skip(`npm has no Deno for ${machine}`);
    await serving(deno, [...denoFlags, recipe("deno.js")], {}, (url) =>
      check(overNetwork, { baseUrl: `${url}/api/supabase` }),
    );
  });

  it("for a Supabase Edge Function", async (t) => {
    const deno = findDeno();
    if (!deno) return t.skip(`npm has no Deno for ${machine}`);
    const own = { SUPABASE_URL: `http://127.0.0.1:${users.address().port}`, SUPABASE_ANON_KEY: "anon" };
    const file = recipe("supabase/functions/supabase-proxy/index.js");
    // As the platform has it: a port of its own choice.
    const from = { origin: "https://panel.example", "sec-fetch-site": "cross-site" };
    await serving(deno, [...denoFlags, file], { env: { ...own, DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" } }, (url) =>
      check(overNetwork, {
        baseUrl: `${url}/supabase-proxy`,
        signed: { ...from, authorization: "Bearer alice" },
        unsigned: { ...from, authorization: "Bearer bob" },
      }),
    );
  });

  it("for Hono", async () => {
    const { default: app } = await import("./recipes/proxy/hono.js");
    await check(viaFunction((request) => app.fetch(request)));
  });

  it("for Hono in Bun", async (t) => {
    const bun = findBun();
    if (!bun) return t.skip(`npm has no Bun for ${machine}`);
    await serving(bun, [recipe("hono.js")], {}, (url) => check(overNetwork, { baseUrl: `${url}/api/supabase` }));
  });

  it("for Next", async () => {
    const route = await import("./recipes/proxy/next/app/api/supabase/[...path]/route.js");
    const context = { params: Promise.resolve({ path: [] }) };
    await check(viaFunction((request) => route[request.method](request, context)));
  });

  it("for Cloudflare Workers", async () => {
    const { Miniflare } = await tool("miniflare");
    const folder = join(root, "target", "proxy-recipes");
    await wrangler(recipe("wrangler.toml"), folder);
    const worker = new Miniflare({
      modules: true,
      modulesRules: [
        { type: "ESModule", include: ["**/*.js"] },
        { type: "CompiledWasm", include: ["**/*.wasm"] },
      ],
      scriptPath: join(folder, "worker.js"),
      compatibilityDate: "2026-04-01",
      bindings: env,
    });
    try {
      const { origin } = await worker.ready;
      await check(overNetwork, { baseUrl: `${origin}/api/supabase` });
    } finally {
      await worker.dispose();
    }
  });
});

describe("a server of the Node recipe", () => {
  /** Sends bytes, and resolves to all that comes back until the server or half a second of silence ends it. */
  const spoken = (port, bytes) =>
    new Promise((resolve, reject) => {
      let answer = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
      socket.setTimeout(500, () => socket.destroy());
      socket.setEncoding("latin1").on("data", (text) => (answer += text));
      socket.on("error", (error) => (error.code === "ECONNRESET" ? resolve(answer) : reject(error)));
      socket.on("close", () => resolve(answer));
    });

  it("refuses what is smuggled, byte by byte, and the API hears of none", { timeout: 120_000 }, async () => {
    await serving(process.execPath, [recipe("node.js")], {}, async (_, port) => {
      await reached();
      for (const [name, bytes] of smuggled) {
        const answer = await spoken(port, bytes);
        const statuses = Array.from(answer.matchAll(/^HTTP\/1\.1 (\d+)/gm), ([, status]) => status);
        assert.ok(
          statuses.every((status) => /^4/.test(status)),
          `${name}: ${answer}`,
        );
        assert.ok(!answer.includes(token), name);
        assert.deepEqual(await reached(), [], name);
      }
      // The same bytes without what is wrong with them.
      const good = `GET /api/supabase/v1/projects/${ref} HTTP/1.1\r\nhost: localhost\r\ncookie: session=alice\r\nconnection: close\r\n\r\n`;
      assert.match(await spoken(port, good), /^HTTP\/1\.1 200 /);
      assert.equal((await reached()).length, 1);
    });
  });
});
