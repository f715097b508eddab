// Every recipe on a sandbox that breaks: at each request once, in each way. It ends right, or it says what is left, and a second
// run comes to the right end.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, it, mock } from "node:test";
import { SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { breakEverywhere } from "./deploy/break.mjs";
import { prepareRecipes } from "./deploy/recipes.mjs";
import { serve, token } from "./support.js";

const ref = "hqvkzumdtlrwaxbeogcy";
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

/** A sandbox with one project, and a client of it that nothing goes wrong for. */
function world(project = {}) {
  const organizations = [{ slug: "acme", name: "Acme" }];
  const seed = { organizations, projects: [{ ref, name: "blog", organization_slug: "acme", ...project }] };
  const sandbox = createSandbox({ startupMs: 0, seed });
  const client = new SupabaseManagement({ accessToken: token, fetch: sandbox.fetch });
  return { sandbox, client, end: () => sandbox.close() };
}

const digest = (text) => createHash("sha256").update(text).digest("hex");

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

/** Passes on what came of a recipe, and asks that breaks were there at all. */
function tell(t, { runs, resumed }) {
  assert.ok(runs >= 8 && resumed > 0, `${runs} runs, ${resumed} of them twice`);
  t.diagnostic(`${runs} runs, ${resumed} of them needed a second one`);
}

describe("under faults, the recipe", { concurrency: true, timeout: 300_000 }, () => {
  const recipes = {};
  before(
    async () => {
      await prepareRecipes();
      mock.method(console, "log", () => {});
      for (const name of [
        "everyday",
        "preview-branch",
        "tenant",
        "rotate-keys",
        "rotate-password",
        "schedule-worker",
      ]) {
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

  it("of a rotation of keys", async (t) => {
    const names = { from: "backend_1", to: "backend_2", secret: "BACKEND_KEY" };
    /** The secret keys by name, and the name of the one that the functions have. */
    async function state({ client }) {
      const keys = (await client.apiKeys.list(ref, { reveal: true })).filter(({ type }) => type === "secret");
      const held = (await client.secrets.list(ref)).find(({ name }) => name === names.secret).value;
      return {
        keys: keys.map(({ name }) => name).sort(),
        held: keys.find(({ api_key }) => digest(api_key) === held)?.name,
      };
    }
    const counts = await breakEverywhere({
      begin: async () => {
        const made = world();
        const { api_key: value } = await made.client.apiKeys.create(
          ref,
          { type: "secret", name: "backend_1" },
          { reveal: true },
        );
        await made.client.secrets.create(ref, [{ name: names.secret, value }]);
        return made;
      },
      run: ({ client }, world) =>
        recipes.rotateKey(client, ref, {
          ...names,
          check: async (key) => {
            assert.match(key, /^sb_secret_\w+$/);
            assert.equal((await state(world)).held, "backend_2");
          },
        }),
      // The functions have a key that works, at every break.
      whole: async (world) => assert.ok((await state(world)).held),
      judge: async (world) =>
        assert.deepEqual(await state(world), { keys: ["backend_2", "default"], held: "backend_2" }),
    });
    tell(t, counts);
  });

  it("of a rotation of keys, where the new key does not work", async () => {
    const { client, sandbox, end } = world();
    await client.apiKeys.create(ref, { type: "secret", name: "backend_1" });
    const run = (check) =>
      recipes.rotateKey(client, ref, { from: "backend_1", to: "backend_2", secret: "BACKEND_KEY", check });
    await assert.rejects(
      run(() => Promise.reject(new Error("it was refused"))),
      /it was refused/,
    );
    const deleted = () => sandbox.calls.filter(({ endpoint }) => endpoint === "apiKeys.delete").length;
    assert.equal(deleted(), 0);
    await run(async () => {});
    await run(async () => {});
    assert.equal(deleted(), 1);
    assert.equal(sandbox.calls.filter(({ endpoint }) => endpoint === "apiKeys.create").length, 2);
    await end();
  });

  it("of a rotation of the password", async (t) => {
    /** A sandbox, and the password of its database, which the sandbox itself keeps nowhere. */
    function withPassword(sandbox) {
      const own = { password: "the first one" };
      let refused = false;
      own.sandbox = {
        fetch: async (input, init) => {
          const { password } = input.method === "PATCH" ? await input.clone().json() : {};
          if (password && !refused) own.password = password;
          refused = false;
          return sandbox.fetch(input, init);
        },
        fail: (endpoint, fault) => {
          refused = !fault.carriedOut;
          sandbox.fail(endpoint, fault);
        },
        get calls() {
          return sandbox.calls;
        },
      };
      return own;
    }
    const counts = await breakEverywhere({
      begin: async () => {
        const { sandbox, end } = world();
        const kept = new Map([["current", "the first one"]]);
        const vault = {
          get: async (name) => kept.get(name),
          set: async (name, value) => void kept.set(name, value),
          delete: async (name) => void kept.delete(name),
        };
        const database = withPassword(sandbox);
        return { sandbox: database.sandbox, database, kept, vault, end };
      },
      run: ({ client }, { vault, database }) => {
        const check = async (password) => assert.equal(password, database.password);
        return recipes.rotatePassword(client, ref, { vault, check });
      },
      // The password of the database is kept, whatever it is.
      whole: ({ kept, database }) => assert.ok([...kept.values()].includes(database.password)),
      judge: ({ kept, database }) => {
        assert.notEqual(database.password, "the first one");
        assert.match(database.password, /^[\w-]{32}$/);
        assert.deepEqual([...kept], [["current", database.password]]);
      },
    });
    assert.deepEqual(counts, { runs: 4, resumed: 3 });
    t.diagnostic(JSON.stringify(counts));
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
