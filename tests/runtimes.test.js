// The package, packed as for npm and installed from that file, in every runtime and tool that it supports: one row
// each, all of them running tests/runtimes/check.mjs against the package's own sandbox server.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { findBrowser } from "./browser.js";
import { packTarball } from "./pack.js";
import { edgeLight, esbuild, rollup, viteBuild, webpack } from "./runtimes/harness/bundle.mjs";
import { contents, needed } from "./runtimes/harness/files.mjs";
import { bin } from "./runtimes/harness/install.mjs";
import { closeBrowser, outcome } from "./runtimes/harness/pages.mjs";
import { findBun, findDeno, findNode, machine } from "./runtimes/harness/programs.mjs";
import { printed, run, start, stop, stopAll } from "./runtimes/harness/run.mjs";
import { startService } from "./runtimes/harness/service.mjs";
import { serve } from "./runtimes/harness/site.mjs";
import { workerd, wrangler } from "./runtimes/harness/workerd.mjs";
import { at, installed, prepareWork, work } from "./runtimes/harness/work.mjs";

let tarball, service, site;

async function setUp() {
  tarball = await packTarball();
  await prepareWork(tarball);
  service = await startService(work);
  site = await serve(work, {
    "/browser/csp-with-wasm.html": { "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'" },
    "/browser/csp-without-wasm.html": { "content-security-policy": "script-src 'self'" },
  });
}

async function tearDown() {
  await closeBrowser();
  await site?.close();
  stopAll();
}

const ok = (output) => assert.equal(output.trim().split("\n").at(-1), "ok", output);
const node = (args, options) => run(process.execPath, args, { cwd: work, ...options });

/** A row that runs the check in Node and prints "ok". */
const inNode = (name, args) => it(name, async () => ok(await node(args())));

/** A row that needs the browser. `prepare` makes what is needed and resolves to the page and its parameters. */
function inBrowser(name, prepare, expected = /^ok$/) {
  it(name, async (t) => {
    const { reason } = await findBrowser();
    if (reason) return t.skip(reason);
    const { page, parameters } = await prepare();
    const said = await outcome(site.url + page, { service: service.url, ...parameters }).catch(
      (error) => error.message,
    );
    assert.match(said, expected);
  });
}

/** A row that bundles the application and runs the bundle in the browser. */
function bundled(name, file, build) {
  inBrowser(name, async () => {
    await build(at("bundle", "main.mjs"), at("out", file));
    return { page: "/browser/bundle.html", parameters: { bundle: `/out/${file}` } };
  });
}

// Two at a time: most rows wait for a process of their own, and a machine has two cores these days.
describe("the packed package", { concurrency: 2 }, () => {
  before(setUp, { timeout: 1_200_000 });
  after(tearDown);

  // ---- Node

  const version = `Node ${process.versions.node.split(".")[0]}`;
  const main = at("node", "main.mjs");
  const required = at("node", "main.cjs");
  // Before 20.19 require() could not load modules, and there is no such flag.
  const old = ["--no-experimental-require-module"].filter((flag) => process.allowedNodeEnvironmentFlags.has(flag));

  inNode(`runs in ${version} as an ES module`, () => [main, service.url]);
  inNode(`runs in ${version} through require()`, () => [required, service.url]);
  inNode(`runs in ${version} through a require() that cannot load modules`, () => [...old, required, service.url]);
  inNode(`runs in ${version} from the slim entry and client.wasm`, () => [at("node", "slim.mjs"), service.url]);
  inNode(`runs in ${version} behind a proxy`, () => [at("node", "proxy.mjs"), service.url]);
  inNode(`runs in ${version} behind a proxy, required`, () => [...old, at("node", "proxy.cjs"), service.url]);
  inNode(`deploys a folder in ${version}`, () => [at("node", "deploy.mjs"), service.url]);
  inNode(`deploys a folder in ${version}, required`, () => [...old, at("node", "deploy.cjs"), service.url]);
  inNode(`runs in ${version} against a sandbox in the same process`, () => [at("node", "sandbox.mjs")]);
  inNode(`keeps the journal of a fleet in ${version}`, () => [at("node", "fleet.mjs")]);

  for (const release of [18, 22, 24, 26]) {
    it(`runs in Node ${release}, imported and required`, async (t) => {
      const program = findNode(release);
      if (!program) return t.skip(`npm has no Node ${release} for ${machine}`);
      assert.match(await run(program, ["--version"]), new RegExp(`^v${release}\\.`));
      ok(await run(program, [main, service.url]));
      ok(await run(program, [required, service.url]));
      for (const file of ["proxy.mjs", "proxy.cjs", "deploy.mjs", "deploy.cjs"])
        ok(await run(program, [at("node", file), service.url]));
    });
  }

  it("is one class for import and require, and its guards know the errors of a second copy", async () => {
    const copies = at("node", "copies.cjs");
    const oneClass = old.length > 0;
    assert.deepEqual(JSON.parse(await node([copies])), { oneClass, recognized: true });
    assert.deepEqual(JSON.parse(await node([...old, copies])), { oneClass: false, recognized: true });
  });

  // ---- Bun, Deno

  /** A row for a runtime that npm brings as a binary, for most machines. */
  function inBinary(runtime, find, name, args, { env, judge = ok } = {}) {
    it(name, async (t) => {
      const program = find();
      if (!program) return t.skip(`npm has no ${runtime} for ${machine}`);
      judge(await run(program, [...args(), service.url], { cwd: work, env: { NO_COLOR: "1", ...env?.() } }));
    });
  }

  const inBun = (name, file, options) => inBinary("Bun", findBun, name, () => [at("node", file)], options);

  function inDeno(name, file, permissions = [], options) {
    const network = () => `--allow-net=${new URL(service.url).host}`;
    const flags = ["run", "--no-prompt", "--node-modules-dir=manual", ...permissions];
    inBinary("Deno", findDeno, name, () => [...flags, network(), at("node", file)], options);
  }

  inBun("runs in Bun", "main.mjs");
  inBun("runs in Bun through require()", "main.cjs");
  inBun("runs in Bun behind a proxy", "proxy.mjs");
  inDeno("runs in Deno with no permission but the network", "main.mjs");
  // Deno's own require() looks for files at run time.
  inDeno("runs in Deno through require()", "main.cjs", [`--allow-read=${work}`]);

  inBun("keeps the journal of a fleet in Bun", "fleet.mjs");
  inDeno("keeps the journal of a fleet in Deno", "fleet.mjs", [`--allow-read=${work}`, `--allow-write=${work}`]);

  inBun("deploys a folder in Bun", "deploy.mjs");
  inBun("deploys a folder in Bun through require()", "deploy.cjs");
  inDeno("deploys a folder in Deno", "deploy.mjs", [`--allow-read=${work}`, `--allow-write=${work}`]);

  // ---- token and address from the environment

  const env = () => ({ SUPABASE_ACCESS_TOKEN: `sbp_${"0".repeat(40)}`, SUPABASE_API_URL: service.url });
  const file = "environment.mjs";
  it("reads the environment in Node", async () => ok(await node([at("node", file)], { env: env() })));
  inBun("reads the environment in Bun", file, { env });
  inDeno("reads the environment in Deno where that is allowed", file, ["--allow-env"], { env });
  inDeno("does without the environment in Deno where that is not allowed", file, [], {
    env,
    judge: (output) => assert.equal(output.trim(), "InputError"),
  });

  // ---- workerd, edge functions

  for (const [entry, file] of [
    ["the default entry", "worker"],
    ["the slim entry and client.wasm", "slim"],
    ["the sandbox's entry, against a sandbox in the same isolate", "sandbox"],
    ["the entry of a deploy", "deploy"],
  ]) {
    it(`runs in workerd from ${entry}, as Wrangler would upload it`, async () => {
      await wrangler(at("workerd", `${file}.toml`), at("out", file));
      assert.deepEqual(await workerd(at("out", file, `${file}.js`), service.url), { status: 200, text: "ok" });
    });
  }

  it("cannot run in workerd without its workerd entry, since workerd compiles no bytes", async () => {
    const file = at("out", "inline.mjs");
    await esbuild(at("workerd", "worker.mjs"), file, { format: "esm", conditions: ["import"] });
    const { status, text } = await workerd(file, service.url);
    assert.equal(status, 500);
    assert.match(text, /disallowed by embedder/);
  });

  it("runs from its edge-light entry, where the wasm comes as a module", async () => {
    const file = at("out", "edge", "worker.mjs");
    await edgeLight(at("workerd", "worker.mjs"), file);
    assert.deepEqual(await workerd(file, service.url), { status: 200, text: "ok" });
  });

  // ---- bundlers

  bundled("runs from an esbuild bundle, as a module", "esbuild.mjs", (entry, file) =>
    esbuild(entry, file, { format: "esm", minify: true }),
  );
  bundled("runs from an esbuild bundle, as a script", "esbuild.js", (entry, file) =>
    esbuild(entry, file, { format: "iife", minify: true }),
  );
  bundled("runs from a Rollup bundle with nothing but node-resolve", "rollup.mjs", rollup);
  bundled("runs from a webpack production bundle", "webpack-production.js", (entry, file) =>
    webpack(entry, file, "production"),
  );
  bundled("runs from a webpack development bundle", "webpack-development.js", (entry, file) =>
    webpack(entry, file, "development"),
  );

  it(`runs in ${version} from an esbuild bundle that was moved elsewhere`, async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "bundle-"));
    try {
      const file = join(elsewhere, "main.mjs");
      await esbuild(at("bundle", "main.mjs"), file, { format: "esm", platform: "node" });
      ok(await node([file, service.url], { cwd: elsewhere }));
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  for (const [what, folder] of [
    ["a Vite build", "bundle"],
    ["a Vite build of the slim entry, with client.wasm as an asset", "bundle-slim"],
    ["a Vite build, against a sandbox inside the page", "bundle-sandbox"],
  ]) {
    inBrowser(`runs from ${what}`, async () => {
      await viteBuild(at(folder), at("out", folder));
      return { page: `/out/${folder}/index.html` };
    });
  }

  it("runs in Vite's dev server, on the first visit and the second", async (t) => {
    const { reason } = await findBrowser();
    if (reason) return t.skip(reason);
    const vite = start(process.execPath, [bin("vite"), at("bundle"), "--host", "127.0.0.1", "--port", "0"]);
    try {
      const [address] = await printed(vite, /http:\/\/127\.0\.0\.1:\d+\//);
      assert.equal(await outcome(address, { service: service.url }), "ok");
      assert.equal(await outcome(address, { service: service.url }), "ok");
    } finally {
      stop(vite);
    }
  });

  const unused = {
    esbuild: (entry, file) => esbuild(entry, file, { format: "esm" }),
    Rollup: rollup,
    "webpack in production": (entry, file) => webpack(entry, file, "production"),
  };
  for (const [bundler, build] of Object.entries(unused)) {
    it(`leaves less than 1 KB in a bundle of ${bundler} that imports it without use`, async () => {
      const file = at("out", "unused", `${bundler.split(" ")[0]}.mjs`);
      await build(at("bundle", "unused.mjs"), file);
      const { size } = statSync(file);
      assert.ok(size < 1_000, `${size} bytes`);
    });
  }

  // ---- the browser without a bundler

  const pages = {
    "as modules on a page": "plain",
    "as modules named by an import map": "import-map",
    "from the slim entry, which fetches client.wasm": "slim",
    "from a script tag": "global",
    "under a Content-Security-Policy with 'wasm-unsafe-eval'": "csp-with-wasm",
  };
  for (const [how, page] of Object.entries(pages)) {
    inBrowser(`runs in the browser ${how}`, async () => ({ page: `/browser/${page}.html` }));
  }

  for (const [kind, page, script] of [
    ["a module Web Worker", "worker", "worker.mjs"],
    ["a classic Web Worker", "worker", "worker.js"],
    ["a module Service Worker", "service-worker", "service-worker.mjs"],
    ["a classic Service Worker", "service-worker", "service-worker.js"],
  ]) {
    inBrowser(`runs in ${kind}`, async () => ({ page: `/browser/${page}.html`, parameters: { script } }));
  }

  inBrowser(
    "names 'wasm-unsafe-eval' under a Content-Security-Policy that lacks it",
    async () => ({ page: "/browser/csp-without-wasm.html" }),
    /wasm-unsafe-eval/,
  );

  // ---- test runners

  it("runs inside Vitest", () =>
    node([bin("vitest"), "run", "--root", at("vitest")], { env: { SERVICE: service.url, CI: "1" } }));

  it("runs inside Jest, required", () =>
    node([bin("jest"), "--rootDir", at("jest-cjs"), "--ci"], { cwd: at("jest-cjs"), env: { SERVICE: service.url } }));

  it("runs inside Jest, imported", () =>
    node(["--experimental-vm-modules", bin("jest"), "--rootDir", at("jest-esm"), "--ci"], {
      cwd: at("jest-esm"),
      env: { SERVICE: service.url },
    }));

  // ---- the package itself

  for (const resolution of ["nodenext", "bundler"]) {
    it(`gives TypeScript its types under the resolution "${resolution}"`, () =>
      node([bin("typescript", "tsc"), "--project", at("types", `tsconfig.${resolution}.json`)]));
  }

  it("satisfies publint in its strict mode, without a single suggestion", async () =>
    assert.match(await node([bin("publint"), "run", tarball, "--strict"]), /All good!/));

  it("satisfies Are the types wrong", () =>
    node([
      bin("@arethetypeswrong/cli", "attw"),
      tarball,
      "--no-color",
      "--exclude-entrypoints",
      "./client.wasm",
      "./deploy.wasm",
      "./sandbox.wasm",
    ]));

  it("holds what its entries need, its documents, and nothing else", () => {
    assert.deepEqual(contents(installed), needed(installed));
  });

  it("ends its sandbox server when asked to", async () => {
    const own = await startService(work);
    assert.equal((await fetch(`${own.url}/v1/projects`)).status, 401);
    await own.stop();
    await assert.rejects(fetch(own.url));
  });
});
