// Every recipe on a sandbox that breaks: at each request once, in each way. It ends right, or it says what is left, and a second
// run comes to the right end.
import assert from "node:assert/strict";
import { before, describe, it, mock } from "node:test";
import { breakEverywhere, digest, ref, tell, world } from "./deploy/break.mjs";
import { prepareRecipes } from "./deploy/recipes.mjs";
import { serve } from "./support.js";

const GREETING = "Hello, world";
const files = {
  "supabase/config.toml": '[api]\nmax_rows = 500\n[edge_runtime.secrets]\nGREETING = "env(GREETING)"\n',
  "supabase/functions/one/index.ts": "Deno.serve(() => new Response('one'));",
  "supabase/functions/two/index.ts": "Deno.serve(() => new Response('two'));",
};
const migrations = {
  "supabase/migrations/1_notes.sql": "create table public.notes (id int primary key)",
  "supabase/migrations/2_first.sql": "insert into public.notes values (1)",
};

/** That a project is as the folder says. */
async function assertDeployed(client, ref) {
  assert.deepEqual((await client.functions.list(ref)).map(({ slug, version }) => [slug, version]).sort(), [
    ["one", 1],
    ["two", 1],
  ]);
  const secrets = await client.secrets.list(ref);
  assert.deepEqual(
    secrets.filter(({ name }) => name === "GREETING").map(({ value }) => value),
    [digest(GREETING)],
  );
  assert.equal((await client.postgrest.getConfig(ref)).max_rows, 500);
}

describe("under faults, the recipe", { concurrency: true, timeout: 300_000 }, () => {
  const recipes = {};
  before(
    async () => {
      await prepareRecipes();
      mock.method(console, "log", () => {});
      for (const name of ["everyday", "preview-branch", "tenant", "schedule-worker"]) {
        Object.assign(
          recipes,
          await import(`./recipes/${name}.js`).then(({ default: worker, ...rest }) => ({
            ...rest,
            ...(worker && { worker }),
          })),
        );
      }
    },
    { timeout: 1_200_000 },
  );

  it("of an everyday deploy", async (t) => {
    // One database for all of it, as starting one takes a second: what a run has left is taken back before the next one.
    const { sandbox, client, end } = world();
    const counts = await breakEverywhere({
      parallel: 1,
      begin: async () => {
        for (const { slug } of await client.functions.list(ref)) await client.functions.delete(ref, slug);
        await client.secrets.delete(ref, ["GREETING"]);
        await client.postgrest.updateConfig(ref, { max_rows: 1000 });
        const query = "drop table if exists public.notes; drop schema if exists supabase_migrations cascade";
        await client.database.query(ref, { query });
        return { sandbox };
      },
      run: ({ env }) => recipes.deploy({ files: { ...files, ...migrations } }, ref, { ...env, GREETING }),
      judge: async () => {
        await assertDeployed(client, ref);
        const [{ rows }] = await client.database.query(ref, {
          query: "select count(*)::int as rows from public.notes",
        });
        assert.equal(rows, 1);
      },
    });
    await end();
    tell(t, counts);
  });

  it("of a preview branch", async (t) => {
    const folder = { files };
    const opened = await breakEverywhere({
      begin: world,
      run: ({ client }) => recipes.openPreview(client, ref, "pr-7", folder, { GREETING }),
      judge: async ({ client }) => {
        const branches = (await client.branches.list(ref)).filter(({ is_default }) => !is_default);
        assert.deepEqual(
          branches.map(({ name }) => name),
          ["pr-7"],
        );
        await assertDeployed(client, branches[0].project_ref);
      },
    });
    tell(t, opened);
    const closed = await breakEverywhere({
      begin: () => world({ branches: [{ branch_name: "pr-7" }, { branch_name: "pr-8" }] }),
      run: ({ client }) => recipes.closePreview(client, ref, "pr-7"),
      judge: async ({ client }) => {
        const branches = (await client.branches.list(ref)).filter(({ is_default }) => !is_default);
        assert.deepEqual(
          branches.map(({ name }) => name),
          ["pr-8"],
        );
      },
    });
    // Both of its requests are sent again by the client itself.
    assert.deepEqual(closed, { runs: 8, resumed: 0 });
  });

  it("of a project for each tenant", async (t) => {
    const passwords = new Map();
    const options = {
      organization: "acme",
      region: "eu-central-1",
      passwordOf: async (tenant) => passwords.get(tenant) ?? passwords.set(tenant, `kept for ${tenant}`).get(tenant),
      desired: { files, env: { GREETING } },
    };
    const assertTenants = async (client, tenants) => {
      const projects = (await client.projects.list()).filter(({ name }) => name !== "blog");
      assert.deepEqual(
        projects.map(({ name }) => name).sort(),
        tenants.map((tenant) => `tenant-${tenant}`),
      );
      for (const { ref } of projects) await assertDeployed(client, ref);
    };
    const assertKeys = ({ ref, url, publishableKey, secretKey }) => {
      assert.equal(url, `https://${ref}.supabase.co`);
      assert.match(publishableKey, /^sb_publishable_\w+$/);
      assert.match(secretKey, /^sb_secret_\w+$/);
    };
    const counts = await breakEverywhere({
      begin: world,
      run: async ({ client }) => assertKeys(await recipes.tenantProject(client, "a", options)),
      judge: ({ client }) => assertTenants(client, ["a"]),
    });
    tell(t, counts);

    const { sandbox, client, end } = world();
    sandbox.fail("projects.create", { lost: true, carriedOut: true });
    const first = await recipes.tenantProjects(client, ["a", "b", "c"], options);
    assert.deepEqual([first.totals.done, first.projects.filter(({ error }) => error).length], [2, 1]);
    for (let again = 0; again < 2; again++) {
      const { complete, projects } = await recipes.tenantProjects(client, ["a", "b", "c"], options);
      assert.equal(complete, true);
      for (const { value } of projects) assertKeys(value);
      await assertTenants(client, ["a", "b", "c"]);
    }
    assert.equal(sandbox.calls.filter(({ endpoint }) => endpoint === "projects.create").length, 3);
    await end();
  });

  it("of a night", async (t) => {
    const reports = new Map();
    const address = await serve(t, async ({ url }, response, body) => {
      reports.set(url, JSON.parse(body).text);
      response.end("ok");
    });
    let nights = 0;
    const counts = await breakEverywhere({
      begin: () => world({ status: "INACTIVE" }),
      run: async ({ env }) => {
        const path = `/night/${nights++}`;
        const bindings = { ...env, AWAKE: ref, REPORT_URL: address.url + path };
        await recipes.worker.scheduled({ scheduledTime: Date.now() }, bindings);
        // What could not be done stands in the report, which is for a person.
        if (reports.get(path).includes("failed: ")) throw new Error(reports.get(path));
      },
      tells: ({ message }) => /waking it failed: projects\.restore/.test(message),
      judge: async ({ client }) => assert.equal((await client.projects.get(ref)).status, "ACTIVE_HEALTHY"),
    });
    tell(t, counts);
  });
});
