// `npm start`: what is served, to whom, and how it ends.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { ended, serving } from "./page/harness.js";
import { start, stop } from "./runtimes/harness/run.mjs";

const program = fileURLToPath(new URL("../www/serve.mjs", import.meta.url));

/** Answer to a request for exactly this path, which `fetch` would tidy up. */
const get = (address, path, { method = "GET", headers } = {}) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    request({ hostname, port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on("error", reject)
      .end();
  });

describe("npm start", () => {
  let page;
  before(async () => (page = await serving("www/serve.mjs", "--no-build")));
  after(() => stop(page.child, "SIGKILL"));

  it("serves the page and its files with their types, never from a cache", async () => {
    const { body } = await get(page.address, "/");
    const wasm = /\/page\/client-\w+\.wasm/.exec(body)[0];
    for (const [path, type] of [
      ["/", "text/html; charset=utf-8"],
      ["/?startupMs=500", "text/html; charset=utf-8"],
      ["/page/main.css", "text/css; charset=utf-8"],
      ["/page/main.js", "text/javascript; charset=utf-8"],
      [wasm, "application/wasm"],
      ["/pglite/index.js", "text/javascript; charset=utf-8"],
    ]) {
      const { status, headers } = await get(page.address, path);
      assert.deepEqual([status, headers["content-type"], headers["cache-control"]], [200, type, "no-store"], path);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "no-referrer");
    }
  });

  it("serves all files that the document names", async () => {
    const { body } = await get(page.address, "/");
    const names = [...body.matchAll(/(?:href|src)="(\/page\/[^"]+)"/g)].map(([, name]) => name);
    assert.ok(names.length > 3);
    for (const name of names) assert.equal((await get(page.address, name)).status, 200, name);
  });

  it("compresses nothing, so that no length tells of what is in an answer", async () => {
    const { headers } = await get(page.address, "/page/main.js", { headers: { "accept-encoding": "gzip, br" } });
    assert.equal(headers["content-encoding"], undefined);
  });

  it("serves nothing else", async () => {
    for (const path of [
      "/serve.mjs",
      "/build.mjs",
      "/sandbox/Cargo.toml",
      "/page/main.jsx",
      "/page/../index.html",
      "/page/..%2findex.html",
      "/pkg/index.js",
      "/pglite/../package.json",
      "/pglite/..%2f..%2fpackage.json",
      "/../package.json",
      "//etc/passwd",
      "/page",
      "/missing.js",
    ]) {
      assert.equal((await get(page.address, path)).status, 404, path);
    }
    assert.equal((await get(page.address, "/", { method: "POST" })).status, 405);
    assert.equal((await get(page.address, "/", { method: "HEAD" })).body, "");
  });

  it("says which port is taken, and ends when it is told to", async () => {
    const { port } = new URL(page.address);
    const second = start(process.execPath, [program, "--no-build", "--port", port]);
    assert.equal((await second.ended).code, 1);
    assert.match(second.output, /EADDRINUSE/);
    assert.equal(await ended(page), 0);
  });
});
