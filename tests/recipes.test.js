// The recipes of a deploy, those very files, each in its runtime, against the sandbox as a server: the first run makes the project what
// the folder says, the second one changes nothing. tests/recipes-faults.test.js and
// tests/recipes-rotation.test.js break them at every request.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { SupabaseManagement } from "../pkg/index.js";
import { runSteps, workspace } from "./deploy/actions.mjs";
import { prepareRecipes, recipe, recipes } from "./deploy/recipes.mjs";
import { writeFiles } from "./deploy/everyday.mjs";
import { contents } from "./runtimes/harness/files.mjs";
import { install, tool } from "./runtimes/harness/install.mjs";
import { findBun, findDeno, machine } from "./runtimes/harness/programs.mjs";
import { printed, run, start, stop } from "./runtimes/harness/run.mjs";
import { wrangler } from "./runtimes/harness/workerd.mjs";
import { token } from "./support.js";

const GREETING = "Hello, world";
const projects = ["node", "deno", "bun", "worker", "actions", "previews", "asleep"];
const folder = join(root, "target", "recipes");
let api, env, client, refs;

before(
  async () => {
    await prepareRecipes();
    await install();
    const seed = {
      organizations: [{ slug: "acme", name: "Acme" }],
      projects: projects.map((name) => ({
        name,
        organization_slug: "acme",
        ...(name === "asleep" && { status: "INACTIVE" }),
      })),
    };
    writeFiles(folder, { "seed.json": JSON.stringify(seed) });
    const options = ["--port", "0", "--rate-limit", "0", "--startup-ms", "0", "--seed", join(folder, "seed.json")];
    const server = start(process.execPath, [join(root, "pkg", "cli.js"), "sandbox", ...options]);
    api = { server, url: (await printed(server, /http:\/\/127\.0\.0\.1:\d+/))[0] };
    env = { SUPABASE_ACCESS_TOKEN: token, SUPABASE_API_URL: api.url, GREETING, NO_COLOR: "1" };
    client = new SupabaseManagement({ accessToken: token, baseUrl: api.url });
    refs = Object.fromEntries((await client.projects.list()).map(({ name, ref }) => [name, ref]));
  },
  { timeout: 1_200_000 },
);
after(() => api && stop(api.server));

/** That the project is as the folder of the recipes says. */
async function assertDeployed(ref) {
  assert.deepEqual(
    (await client.functions.list(ref)).map(({ slug, version }) => [slug, version]),
    [["hello", 1]],
  );
  assert.ok((await client.secrets.list(ref)).some(({ name }) => name === "GREETING"));
  assert.equal((await client.postgrest.getConfig(ref)).max_rows, 500);
  assert.deepEqual(await client.database.query(ref, { query: "select note from public.notes" }), [{ note: "first" }]);
}

/** Lets the next answer of an endpoint be something else. */
async function fail(fault) {
  const answer = await fetch(`${api.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify(fault) });
  assert.ok(answer.ok, await answer.text());
}

const all = "5 changes were made";
const nothing = "0 changes were made";
const lastLine = (output) => output.trim().split("\n").at(-1);

describe("the recipe of an everyday deploy", () => {
  it("has less than 15 lines", () => {
    const lines = readFileSync(recipe("everyday.js"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length < 15, `${lines.length} lines`);
  });

  /** Runs a program twice. */
  async function twice(program, args, ref) {
    const first = await run(program, [...args, ref], { cwd: recipes, env });
    assert.equal(lastLine(first), all, first);
    assert.ok(!first.includes(GREETING), first);
    await assertDeployed(ref);
    assert.equal(lastLine(await run(program, [...args, ref], { cwd: recipes, env })), nothing);
  }

  it("runs in Node, and says what is left where it breaks off", async () => {
    await fail({ endpoint: "functions.deploy", lost: true });
    const broken = start(process.execPath, [recipe("node.js"), refs.node], { cwd: recipes, env });
    assert.equal((await broken.ended).code, 1);
    assert.match(broken.err, /DeployError: .*hello.*\(4 of 5 changes were made\)/);
    assert.match(broken.err, /left: \[[^\]]*functions/);
    const second = await run(process.execPath, [recipe("node.js"), refs.node], { cwd: recipes, env });
    assert.equal(lastLine(second), "1 changes were made");
    await assertDeployed(refs.node);
  });

  it("runs in Deno, which sees its own folder only", async (t) => {
    const deno = findDeno();
    if (!deno) return t.skip(`npm has no Deno for ${machine}`);
    const flags = ["run", "--no-prompt", "--node-modules-dir=manual", "--allow-net", "--allow-env", "--allow-read=."];
    await twice(deno, [...flags, "deno.js"], refs.deno);
  });

  it("runs in Bun", async (t) => {
    const bun = findBun();
    if (!bun) return t.skip(`npm has no Bun for ${machine}`);
    await twice(bun, ["bun.js"], refs.bun);
  });

  it("runs in workerd, from a bucket", async () => {
    const worker = await workerOf("worker", { ...env, DEPLOY_PASSWORD: "operator" }, { r2Buckets: ["FILES"] });
    try {
      const bucket = await worker.getR2Bucket("FILES");
      for (const path of contents(recipe("supabase")).filter((path) => !path.startsWith(".temp"))) {
        await bucket.put(`supabase/${path}`, readFileSync(recipe(`supabase/${path}`), "utf8"));
      }
      const { origin } = await worker.ready;
      const ask = async (authorization) => {
        const answer = await fetch(`${origin}/${refs.worker}`, { method: "POST", headers: { authorization } });
        return { status: answer.status, text: await answer.text() };
      };
      for (const wrong of ["", "Bearer ", "Bearer another"])
        assert.deepEqual(await ask(wrong), { status: 401, text: "" });
      const first = await ask("Bearer operator");
      assert.equal(first.status, 200, first.text);
      assert.equal(JSON.parse(first.text).done.length, 5);
      await assertDeployed(refs.worker);
      assert.deepEqual(await ask("Bearer operator"), { status: 200, text: '{"done":[]}' });
    } finally {
      await worker.dispose();
    }
  });
});

/** A Worker as Wrangler would upload it, in workerd. */
async function workerOf(name, bindings, options) {
  const { Miniflare } = await tool("miniflare");
  const outdir = join(folder, name);
  await wrangler(recipe(`${name}.toml`), outdir);
  return new Miniflare({
    modules: true,
    modulesRules: [
      { type: "ESModule", include: ["**/*.js"] },
      { type: "CompiledWasm", include: ["**/*.wasm"] },
    ],
    scriptPath: join(outdir, `${name}.js`),
    compatibilityDate: "2026-04-01",
    bindings,
    ...options,
  });
}

describe("the recipe of a Worker on a schedule", () => {
  it("looks after the projects at night, and reports", async () => {
    const reports = [];
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      reports.push(JSON.parse(body).text);
      response.end("ok");
    }).listen(0, "127.0.0.1");
    await client.database.query(refs.previews, { query: "create table public.open (id int primary key)" });
    const bindings = { ...env, AWAKE: refs.asleep, REPORT_URL: `http://127.0.0.1:${server.address().port}/` };
    const worker = await workerOf("schedule-worker", bindings);
    try {
      const { outcome } = await (await worker.getWorker()).scheduled({ cron: "0 3 * * *" });
      assert.equal(outcome, "ok");
      assert.equal((await client.projects.get(refs.asleep)).status, "ACTIVE_HEALTHY");
      const [report] = reports;
      assert.match(report, new RegExp(`^${projects.length} projects, \\d+ things to know$`, "m"));
      assert.match(report, /^asleep \([a-z]{20}\): was paused, and is being restored$/m);
      assert.match(report, /^node \([a-z]{20}\): has no backup of the last day$/m);
      assert.match(report, /^previews \([a-z]{20}\): .*public\.open/m);
    } finally {
      await worker.dispose();
      server.close();
    }
  });
});

describe("the recipe for GitHub Actions", { skip: process.platform === "win32" && "its steps are for bash" }, () => {
  let place;
  before(async () => {
    place = await workspace(join(folder, "actions"));
  });

  const context = (more) => ({
    secrets: { SUPABASE_ACCESS_TOKEN: token, GREETING },
    vars: { SUPABASE_PROJECT_ID: refs.actions },
    github: { ref: "refs/heads/main", repository: "acme/blog", ...more },
  });
  const own = () => ({ SUPABASE_API_URL: api.url });
  const pullRequest = (action) => ({
    event_name: "pull_request",
    event: { action, number: 7, pull_request: { head: { repo: { full_name: "acme/blog" } } } },
  });

  it("plans on a pull request, and applies on main", async () => {
    const steps = (github) => runSteps(recipe("github-actions.yml"), place, context(github), own());
    const planned = await steps(pullRequest("opened"));
    assert.deepEqual(planned.jobs, ["plan"]);
    assert.equal(planned.code, 0, planned.output);
    assert.match(planned.output, /^::notice::this changes the project when it is merged$/m);
    assert.match(planned.summary, /^\+ function hello|5 to change/m);
    assert.deepEqual(await client.functions.list(refs.actions), []);

    const deployed = await steps({ event_name: "push", event: {} });
    assert.deepEqual(deployed.jobs, ["deploy"]);
    assert.equal(deployed.code, 0, deployed.output);
    await assertDeployed(refs.actions);
    assert.match((await steps(pullRequest("synchronize"))).output, /^::notice::nothing would change$/m);

    const forked = pullRequest("opened");
    forked.event.pull_request.head.repo.full_name = "mallory/blog";
    assert.deepEqual((await steps(forked)).jobs, []);
  });

  it("fails where the plan fails, and says why", async () => {
    await fail({ endpoint: "secrets.list", status: 403, body: { message: "no such permission" } });
    const { code, output } = await runSteps(recipe("github-actions.yml"), place, context(pullRequest("opened")), own());
    assert.equal(code, 1, output);
    assert.match(output, /secrets\.list .*403 no such permission/);
  });

  it("makes a preview of a pull request, brings it up to date, and deletes it at its end", async () => {
    const given = (action) => ({ ...context(pullRequest(action)), vars: { SUPABASE_PROJECT_ID: refs.previews } });
    const step = async (action) => {
      const { code, output } = await runSteps(recipe("github-previews.yml"), place, given(action), own());
      assert.equal(code, 0, output);
      return lastLine(output);
    };
    const previews = async () => (await client.branches.list(refs.previews)).filter(({ is_default }) => !is_default);
    const url = await step("opened");
    const [{ name, project_ref }] = await previews();
    assert.deepEqual([name, url], ["pr-7", `https://${project_ref}.supabase.co`]);
    await assertDeployed(project_ref);
    assert.equal(await step("synchronize"), url);
    assert.equal((await previews()).length, 1);
    await step("closed");
    await step("closed");
    assert.deepEqual(await previews(), []);
  });
});
