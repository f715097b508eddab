// A handler that is written with workers-rs, in workerd: the client sends through `worker::Fetch`, and through a service binding.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createSandbox } from "../pkg/sandbox.js";
import { bind } from "./apps.mjs";
import { install, tool } from "./runtimes/harness/install.mjs";

const token = `sbp_${"5".repeat(40)}`;

describe("a Worker that is written in Rust", () => {
  const sandbox = createSandbox({ rateLimit: false });
  let worker, answer;
  let asked = [];

  /** What stands where the API is, on the way out or behind a binding. */
  const service = (name) => (request) => {
    asked.push({ name, url: request.url, authorization: request.headers.get("authorization") });
    return answer?.(request) ?? sandbox.fetch(request.url, { method: request.method, headers: [...request.headers] });
  };

  before(async () => {
    await install();
    const folder = await bind("worker");
    // In the place of what worker-build writes, which would compile everything once more, optimized.
    copyFileSync(new URL("./worker/shim.mjs", import.meta.url), join(folder, "shim.mjs"));
    const { Miniflare, Response } = await tool("miniflare");
    const plain = (from) => async (request) => {
      const { status, headers, body } = await from(request);
      return new Response(body, { status, headers: [...headers] });
    };
    worker = new Miniflare({
      modules: true,
      modulesRules: [
        { type: "ESModule", include: ["**/*.js", "**/*.mjs"] },
        { type: "CompiledWasm", include: ["**/*.wasm"] },
      ],
      scriptPath: join(folder, "shim.mjs"),
      compatibilityDate: "2026-04-01",
      bindings: { SUPABASE_ACCESS_TOKEN: token },
      outboundService: plain(service("the internet")),
      serviceBindings: { API: plain(service("the binding")) },
    });
  });
  after(() => worker?.dispose());

  const get = async (path) => {
    asked = [];
    const response = await worker.dispatchFetch(`http://worker${path}`);
    return { status: response.status, text: await response.text() };
  };

  const answeredWith = async (given, path) => {
    answer = given;
    const response = await get(path);
    answer = undefined;
    return response;
  };

  for (const [path, name] of [
    ["/projects", "the internet"],
    ["/bound/projects", "the binding"],
  ]) {
    it(`lists projects through ${name}`, async () => {
      const { status, text } = await get(path);
      assert.equal(status, 200, text);
      assert.deepEqual(
        JSON.parse(text).map((project) => project.name),
        ["storefront", "storefront-staging", "field-notes"],
      );
      const authorization = `Bearer ${token}`;
      assert.deepEqual(asked, [{ name, url: "https://api.supabase.com/v1/projects", authorization }]);
    });

    it(`follows no redirect of ${name}, with which the token would go`, async () => {
      const { status, text } = await answeredWith(() => Response.redirect("https://elsewhere.example/"), path);
      assert.equal(status, 502);
      assert.match(text, /302 .*redirects are not followed/);
      assert.equal(asked.length, 1);
    });
  }

  it("says what the API says, without the token", async () => {
    const refusal = () => Response.json({ message: `who is ${token}?` }, { status: 403 });
    const { status, text } = await answeredWith(refusal, "/projects");
    assert.equal(status, 403);
    assert.match(text, /^projects\.list \(GET \/v1\/projects\): 403 who is /);
    assert.ok(!text.includes(token), text);
  });

  it("keeps nothing of a request", async (t) => {
    const sizes = async () => JSON.parse((await get("/sizes")).text);
    const rounds = async () => {
      for (let round = 0; round < 100; round++) {
        for (const path of ["/projects", "/bound/projects"]) assert.equal((await get(path)).status, 200);
      }
    };
    await rounds();
    const before = await sizes();
    await rounds();
    await rounds();
    const later = await sizes();
    t.diagnostic(`after 200 requests ${JSON.stringify(before)}, after 600 ${JSON.stringify(later)}`);
    assert.deepEqual(later, before);
  });
});
