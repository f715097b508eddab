// Plan and apply against the sandbox: what is compared, what is sent, and what happens when something breaks.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { inspect, parseEnv as nodeParseEnv } from "node:util";
import fc from "fast-check";
import { DeployError, parseEnv, plan, restorePlan } from "../pkg/deploy.js";
import { isInputError, SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { everydayFolder } from "./deploy/everyday.mjs";
import { token } from "./support.js";

const opened = [];
after(() => Promise.all(opened.map((sandbox) => sandbox.close())));

/** A sandbox with one project that has nothing, and a client for it. */
function world(project = {}, options = {}) {
  const seed = { projects: [{ name: "blog", ...project }] };
  const sandbox = createSandbox({ startupMs: 0, seed, ...options });
  opened.push(sandbox);
  const client = new SupabaseManagement({ accessToken: token, fetch: sandbox.fetch, maxRetries: 0 });
  const ref = JSON.parse(sandbox.save()).projects[0].ref;
  const names = () => sandbox.calls.map(({ endpoint }) => endpoint);
  return { sandbox, client, ref, names };
}

const serve = (text) => `Deno.serve(() => new Response("${text}"));\n`;
const hello = { "supabase/functions/hello/index.ts": serve("hello") };
const two = { ...hello, "supabase/functions/two/index.ts": serve("two") };
const migrations = {
  "supabase/migrations/20240101000000_todos.sql":
    "create table public.todos (id int primary key, t text default 'a;b'); -- end",
  "supabase/migrations/20240102000000_index.sql": "create index on public.todos (t)",
};

async function applied(client, ref, desired) {
  const made = await plan(client, ref, desired);
  return made.apply();
}

describe("a plan", () => {
  it("only reads", async () => {
    const { client, ref, names } = world();
    await plan(client, ref, { files: { ...two, ...migrations }, secrets: { A: "1" } });
    assert.deepEqual(names().sort(), ["database.queryReadOnly", "functions.list", "secrets.list"]);
  });

  it("is empty when it was applied, and sends nothing then", async () => {
    const { client, ref, names } = world();
    const desired = { files: { ...two, ...migrations }, secrets: "A=1\nB='two words'\n" };
    const { done } = await applied(client, ref, desired);
    assert.deepEqual(
      done.map(({ part, action, name }) => `${part} ${action} ${name}`),
      [
        "secrets create A",
        "secrets create B",
        "migrations create 20240101000000_todos",
        "migrations create 20240102000000_index",
        "functions create hello",
        "functions create two",
      ],
    );
    const before = names().length;
    const again = await plan(client, ref, desired);
    assert.equal(again.empty, true, String(again));
    assert.equal(again.unchanged, 6);
    await again.apply();
    assert.deepEqual(names().slice(before).sort(), [
      "database.queryReadOnly",
      "functions.getBody",
      "functions.getBody",
      "functions.list",
      "secrets.list",
    ]);
  });

  it("sends only what has changed", async () => {
    const { client, ref, names } = world();
    const files = { ...two };
    await applied(client, ref, { files, secrets: { A: "1", B: "2" } });
    const before = names().length;
    files["supabase/functions/two/index.ts"] = serve("2");
    const { done } = await applied(client, ref, { files, secrets: { A: "1", B: "3" } });
    assert.deepEqual(
      done.map(({ name, action }) => `${action} ${name}`),
      ["update B", "update two"],
    );
    const writes = names()
      .slice(before)
      .filter((name) => !/list|get/.test(name));
    assert.deepEqual(writes, ["secrets.create", "functions.deploy"]);
  });

  it("needs no body of a function that is remembered", async () => {
    const { client, ref, names } = world();
    const { remembered } = await applied(client, ref, { files: two });
    const before = names().length;
    const again = await plan(client, ref, { files: two, remembered });
    assert.equal(again.empty, true);
    assert.deepEqual(names().slice(before), ["functions.list"]);
    const changed = await plan(client, ref, {
      files: { ...two, ...{ "supabase/functions/two/index.ts": "1" } },
      remembered,
    });
    assert.deepEqual(
      changed.changes.map(({ name }) => name),
      ["two"],
    );
  });

  it("removes only where it is told to", async () => {
    const { client, ref } = world();
    await applied(client, ref, { files: two, secrets: { A: "1", B: "2" } });
    const kept = await plan(client, ref, { files: hello, secrets: { A: "1" } });
    assert.equal(kept.empty, true, String(kept));
    const { done } = await applied(client, ref, { files: hello, secrets: { A: "1" }, prune: ["functions", "secrets"] });
    assert.deepEqual(
      done.map(({ name, action }) => `${action} ${name}`),
      ["delete B", "delete two"],
    );
    assert.deepEqual(
      (await client.functions.list(ref)).map(({ slug }) => slug),
      ["hello"],
    );
  });

  it("takes what config.toml says of this project alone", async () => {
    const { client, ref } = world();
    const config = (id) =>
      `[remotes.live]\nproject_id = "${id}"\n[remotes.live.functions.hello]\nverify_jwt = false\n[remotes.live.auth]\nsite_url = "https://live.example"\n`;
    const other = await plan(client, ref, {
      files: { ...hello, "supabase/config.toml": config("abcdefghijklmnopqrst") },
    });
    assert.deepEqual(
      other.changes.map(({ name }) => name),
      ["hello"],
    );
    const made = await plan(client, ref, { files: { ...hello, "supabase/config.toml": config(ref) } });
    assert.deepEqual(
      made.changes.map(({ name }) => name),
      ["auth.site_url", "hello"],
    );
    await made.apply();
    assert.equal((await client.functions.get(ref, "hello")).verify_jwt, false);
    assert.equal((await client.auth.getConfig(ref)).site_url, "https://live.example");
  });

  it("writes of the configuration only what differs, one request for each section", async () => {
    const { client, ref, names } = world();
    const files = everydayFolder();
    const desired = { files, env: { GITHUB_SECRET: "hidden value" }, only: ["config"] };
    const made = await plan(client, ref, desired);
    assert.ok(made.changes.some(({ name, detail }) => name === "auth.jwt_expiry" && detail === "3600 → 7200"));
    assert.ok(!inspect(made, { depth: 9, showHidden: true }).includes("hidden value"));
    await made.apply();
    assert.deepEqual(names(), [
      "v2.projects.getConfig",
      "postgrest.updateConfig",
      "database.updatePostgresConfig",
      "networkRestrictions.apply",
      "sslEnforcement.update",
      "auth.updateConfig",
      "storage.updateConfig",
    ]);
    const again = await plan(client, ref, desired);
    assert.equal(again.empty, true, String(again));
    const unset = await plan(client, ref, { ...desired, env: {} });
    assert.ok(
      unset.notes.some((note) => note.includes("auth.external.github.secret")),
      unset.notes.join("\n"),
    );
  });

  it("never shows a secret", async () => {
    const { client, ref } = world();
    const secret = "correct-horse-battery";
    const made = await plan(client, ref, { secrets: { KEY: secret } });
    for (const text of [
      String(made),
      JSON.stringify(made),
      inspect(made, { depth: 9, showHidden: true }),
      ...made.notes,
    ]) {
      assert.ok(!text.includes(secret), text);
    }
  });

  it("takes texts only out of an environment, as that of a Worker holds more", async () => {
    const { client, ref } = world();
    // What stands for another service takes every method for a call of that service.
    const asked = [];
    const get = (_, name) => {
      asked.push(name);
      return () => ({});
    };
    const service = new Proxy(() => {}, { get });
    const files = { "supabase/config.toml": '[edge_runtime.secrets]\nA = "env(A)"\nB = "env(SERVICE)"\n' };
    const made = await plan(client, ref, { files, env: { A: "1", SERVICE: service, LIMITS: { most: 3 }, NUMBER: 3 } });
    assert.deepEqual(
      made.changes.map(({ name }) => name),
      ["A"],
    );
    assert.deepEqual(
      made.notes.filter((note) => note.startsWith("secrets")),
      ["secrets: B is left alone, as its variable is not set"],
    );
    assert.deepEqual(asked, []);
    await assert.rejects(
      plan(client, ref, { env: "A=1" }),
      (error) => isInputError(error) && error.path === "options.env",
    );
  });

  it("is refused when it was kept and something has changed since", async () => {
    const { client, ref } = world();
    const saved = JSON.stringify(await plan(client, ref, { files: two }));
    const restored = await restorePlan(client, saved, { files: two });
    await restored.apply();
    await assert.rejects(
      restorePlan(client, saved, { files: two }),
      (error) => isInputError(error) && error.path === "saved",
    );
  });

  it("says where the fault is", async () => {
    const { client, ref } = world();
    const cases = [
      [{ onyl: [] }, "options.onyl"],
      [{ only: ["functoins"] }, "options.only[0]"],
      [{ prune: ["migrations"] }, "options.prune"],
      [{ secrets: { A: 1 } }, "options.secrets.A"],
      [{ dir: "../x" }, "options.dir"],
      [{ files: { "../x": "" } }, 'desired.files["../x"]'],
      [
        { files: { ...hello, "supabase/config.toml": "[functions.hello]\nverify_jwt = 1" } },
        "functions.hello.verify_jwt",
      ],
      [{ files: { "supabase/config.toml": "[functions.a]\n" } }, "functions.a.entrypoint"],
      [{ files: { "supabase/config.toml": "a = " } }, "supabase/config.toml:1:5"],
      [
        { files: { "supabase/functions/a/index.ts": "", "supabase/functions/a/deno.json": "[]" } },
        "supabase/functions/a/deno.json",
      ],
      [{ files: { "supabase/migrations/1_a.sql": "begin; select 1; commit;" } }, "supabase/migrations/1_a.sql"],
      [{ files: { "supabase/migrations/1_a.sql": "vacuum; select 1" } }, "supabase/migrations/1_a.sql"],
      [{ secrets: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`A${at}`, "1"])) }, "secrets"],
    ];
    for (const [desired, path] of cases) {
      await assert.rejects(plan(client, ref, desired), (error) => {
        assert.ok(isInputError(error), error.stack);
        assert.equal(error.path, path);
        return true;
      });
    }
  });
});

describe("an apply that breaks off", () => {
  it("says what was done, and goes on from there", async () => {
    const { sandbox, client, ref, names } = world();
    const files = Object.fromEntries(
      ["a", "b", "c"].map((slug) => [`supabase/functions/${slug}/index.ts`, serve(slug)]),
    );
    const made = await plan(client, ref, { files, secrets: { A: "1" } });
    sandbox.fail("functions.bulkUpdate", { status: 500 });
    await assert.rejects(made.apply(), (error) => {
      assert.ok(error instanceof DeployError);
      assert.equal(error.cause.status, 500);
      assert.deepEqual(
        error.done.map(({ name }) => name),
        ["A"],
      );
      assert.deepEqual(
        error.left.map(({ name }) => name),
        ["a", "b", "c"],
      );
      return true;
    });
    const before = names().length;
    await made.apply();
    const writes = names()
      .slice(before)
      .filter((name) => !/list|get/.test(name));
    assert.deepEqual(writes, ["functions.bulkUpdate"], "what was bundled is not sent again");
    assert.equal((await plan(client, ref, { files, secrets: { A: "1" } })).empty, true);
  });

  it("does no migration twice, whatever was lost", async () => {
    const { sandbox, client, ref } = world();
    const files = {
      ...migrations,
      "supabase/migrations/20240103000000_row.sql": "insert into public.todos values (1)",
    };
    const made = await plan(client, ref, { files });
    // It was done, and nobody heard of it.
    sandbox.fail("database.query", { lost: true, carriedOut: true });
    await assert.rejects(made.apply(), DeployError);
    await made.apply();
    const rows = await client.database.query(ref, { query: "select count(*)::int as rows from public.todos" });
    assert.deepEqual(rows, [{ rows: 1 }]);
  });

  it("leaves out no migration after one that fails, and keeps none of its statements", async () => {
    const { client, ref } = world();
    const files = {
      ...migrations,
      "supabase/migrations/20240103000000_bad.sql": "create table public.half (a int); select nonsense",
    };
    const made = await plan(client, ref, { files });
    await assert.rejects(made.apply(), /nonsense/);
    const rows = await client.database.query(ref, {
      query:
        "select to_regclass('public.half')::text as half, (select count(*)::int from supabase_migrations.schema_migrations) as done",
    });
    assert.deepEqual(rows, [{ half: null, done: 2 }]);
  });

  it("ends with the reason of its signal", async () => {
    const { client, ref } = world();
    const controller = new AbortController();
    const made = await plan(client, ref, { files: two, secrets: { A: "1" } });
    const reason = new Error("enough");
    const onProgress = ({ state }) => state === "done" && controller.abort(reason);
    await assert.rejects(made.apply({ signal: controller.signal, onProgress }), (error) => error === reason);
  });
});

describe("migrations", () => {
  it("that only the project has are an error", async () => {
    const { client, ref } = world();
    await applied(client, ref, { files: migrations });
    const { "supabase/migrations/20240101000000_todos.sql": _, ...rest } = migrations;
    await assert.rejects(plan(client, ref, { files: rest }), /20240101000000, which the project has/);
  });

  it("older than the last one need a word", async () => {
    const { client, ref } = world();
    await applied(client, ref, { files: migrations });
    const files = { ...migrations, "supabase/migrations/20240101120000_late.sql": "select 1" };
    await assert.rejects(plan(client, ref, { files }), /includeAll/);
    const { done } = await applied(client, ref, { files, includeAll: true });
    assert.deepEqual(
      done.map(({ name }) => name),
      ["20240101120000_late"],
    );
  });

  it("that no transaction takes run by themselves", async () => {
    const { client, ref } = world();
    const files = {
      ...migrations,
      "supabase/migrations/20240103000000_alone.sql":
        "-- alone\ncreate index concurrently todos_t on public.todos (t);",
    };
    await applied(client, ref, { files });
    const [{ found }] = await client.database.query(ref, {
      query: "select to_regclass('public.todos_t')::text as found",
    });
    assert.equal(found, "todos_t");
    assert.equal((await plan(client, ref, { files })).empty, true);
  });

  it("go through the endpoints of migrations where SQL is refused", async () => {
    const { sandbox, client, ref, names } = world();
    sandbox.fail("database.queryReadOnly", { status: 403, times: 3 });
    const made = await plan(client, ref, { files: migrations });
    await made.apply();
    assert.deepEqual(
      names().filter((name) => name?.startsWith("migrations.")),
      ["migrations.list", "migrations.apply", "migrations.apply"],
    );
    const again = await plan(client, ref, { files: migrations });
    assert.equal(again.empty, true, String(again));
  });
});

describe("a project", () => {
  it("is created, waited for, and then gets the rest", async () => {
    const { client, names } = world({}, { startupMs: 50 });
    const [{ slug }] = await client.organizations.list();
    const project = { name: "shop", organization_slug: slug, db_pass: "correct horse battery", region: "us-east-1" };
    const desired = { files: { ...hello, ...migrations }, secrets: { A: "1" }, project };
    const made = await plan(client, undefined, desired);
    assert.equal(made.ref, undefined);
    assert.deepEqual(
      made.changes.map(({ part }) => part),
      ["project", "secrets", "migrations", "migrations", "functions"],
    );
    const applied = await made.apply();
    const { ref, done, keys } = applied;
    assert.match(ref, /^[a-z]{20}$/);
    const secret = keys.find(({ name }) => name === "service_role").api_key;
    assert.ok(secret.length > 20 && !inspect(applied).includes(secret) && !JSON.stringify(applied).includes(secret));
    assert.equal(done.length, 5);
    assert.equal(names().filter((name) => name === "projects.create").length, 1);
    const again = await plan(client, undefined, desired);
    assert.equal(again.empty, true, String(again));
    assert.equal(again.ref, ref);
  });
});

describe("parseEnv", () => {
  it("reads as node:util does", () => {
    // Lines as people write them: of broken ones the versions of Node make different things.
    const word = fc.constantFrom("", "x", "a b", "ä", "1==2", "\\n", "x\\ny");
    const gap = fc.constantFrom("", " ", "  ");
    const quoted = fc
      .tuple(fc.constantFrom('"', "'", "`"), fc.constantFrom("", "x", "a # b", "x\ny", "\\n", "a=b"))
      .map(([quote, text]) => quote + text + quote);
    const value = fc.oneof(
      word,
      quoted,
      word.map((word) => `${word} # note`),
    );
    const variable = fc
      .tuple(fc.constantFrom("", "export "), fc.constantFrom("A", "B_1", "c"), gap, gap, value, gap)
      .map(([before, name, one, other, value, end]) => `${before}${name}${one}=${other}${value}${end}`);
    const line = fc.oneof(variable, fc.constantFrom("", "# note"));
    const text = fc
      .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"))
      .map(([lines, end]) => lines.join(end));
    fc.assert(
      fc.property(text, (text) => {
        assert.deepEqual({ ...parseEnv(text) }, { ...nodeParseEnv(text) }, JSON.stringify(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe("whatever the folder and the project", () => {
  const slugs = ["a", "b", "c", "d"];
  const state = fc.record({
    functions: fc.dictionary(fc.constantFrom(...slugs), fc.constantFrom("1", "2", "3")),
    secrets: fc.dictionary(fc.constantFrom("A", "B", "C", "D"), fc.constantFrom("1", "2")),
    migrations: fc.integer({ min: 0, max: 3 }),
  });
  const desiredOf = ({ functions, secrets, migrations }) => ({
    files: {
      ...Object.fromEntries(
        Object.entries(functions).map(([slug, text]) => [`supabase/functions/${slug}/index.ts`, serve(text)]),
      ),
      ...Object.fromEntries(
        Array.from({ length: migrations }, (_, at) => [
          `supabase/migrations/${at + 1}_m.sql`,
          `create table public.t${at} (id int primary key)`,
        ]),
      ),
    },
    secrets,
    prune: ["functions", "secrets"],
  });

  /** Brings a project to one state, then, with calls that break, to another. */
  async function check(first, second, breaks, when) {
    const { sandbox, ref } = world();
    const plain = new SupabaseManagement({ accessToken: token, fetch: sandbox.fetch });
    // A folder only gains migrations: to lose one is an error.
    second.migrations = Math.max(first.migrations, second.migrations);
    await applied(plain, ref, desiredOf(first));
    let calls = 0;
    const fetch = async (url, init) => {
      const broken = init.method !== "GET" && breaks.includes(calls++);
      if (broken && when === "before") throw new TypeError("fetch failed");
      const response = await sandbox.fetch(url, init);
      if (broken) throw new TypeError("terminated");
      return response;
    };
    const client = new SupabaseManagement({ accessToken: token, fetch, maxRetries: 0 });
    let made;
    for (let attempt = 0; attempt < 6; attempt++) {
      try {
        made ??= await plan(client, ref, desiredOf(second));
        await made.apply();
        break;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
    const left = await plan(plain, ref, desiredOf(second));
    assert.equal(left.empty, true, String(left));
    await sandbox.close();
  }
  const breaks = fc.array(fc.nat({ max: 8 }), { maxLength: 3 });
  const when = fc.constantFrom("before", "after");

  it("a second plan is empty, even where any call broke and apply was called again", async () => {
    const withoutSql = state.map((state) => ({ ...state, migrations: 0 }));
    await fc.assert(fc.asyncProperty(withoutSql, withoutSql, breaks, when, check), { numRuns: 100 });
  });

  // Each has a Postgres of its own, which takes seconds to start.
  it("that holds with migrations, too", { timeout: 300_000 }, async () => {
    await fc.assert(fc.asyncProperty(state, state, breaks, when, check), { numRuns: 5 });
  });
});

describe("the command deploy", () => {
  it("shows, applies, and tells by its code what happened", { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "deploy-"));
    const cli = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "..", "pkg", "cli.js");
    const server = spawn(process.execPath, [cli, "sandbox", "--port", "0", "--startup-ms", "0"]);
    try {
      const url = await new Promise((resolve) => {
        server.stdout.on("data", (text) => {
          const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
          if (found) resolve(found);
        });
      });
      for (const [path, text] of Object.entries(two)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const run = async (...args) => {
        const env = { ...process.env, SUPABASE_ACCESS_TOKEN: token, SUPABASE_API_URL: url };
        const child = spawn(process.execPath, [cli, "deploy", ...args], {
          cwd: folder,
          env,
          stdio: ["ignore", "pipe", "pipe"],
        });
        let [out, err] = ["", ""];
        child.stdout.on("data", (text) => (out += text));
        child.stderr.on("data", (text) => (err += text));
        const code = await new Promise((resolve) => child.on("close", resolve));
        return { code, out, err };
      };
      const at = ["--project-ref", "hqvkzumdtlrwaxbeogcy"];
      assert.equal((await run()).code, 2);
      assert.equal((await run("--only")).code, 2);
      assert.equal((await run(...at, "--only", "nothing")).code, 2);
      assert.equal((await run("--project-ref", "short")).code, 2);
      const planned = await run(...at, "--plan", "--exit-code");
      assert.equal(planned.code, 3, planned.err);
      assert.match(planned.out, /^\+ functions hello \(1 file, /m);
      const done = await run(...at);
      assert.equal(done.code, 0, done.err);
      assert.match(done.out, /^\[3\/3\] activate 2 functions$/m);
      const second = await run(...at, "--json", "--plan", "--exit-code");
      assert.equal(second.code, 0);
      assert.deepEqual(JSON.parse(second.out).plan.changes, []);
      const memory = JSON.parse(
        readFileSync(join(folder, "supabase", ".temp", "deployed-hqvkzumdtlrwaxbeogcy.json"), "utf8"),
      );
      assert.deepEqual(Object.keys(memory), ["hello", "two"]);
      writeFileSync(join(folder, "supabase", ".env"), "SITE=https://from.env\n");
      writeFileSync(join(folder, "supabase", "config.toml"), '[auth]\nsite_url = "env(SITE)"\n');
      assert.match((await run(...at, "--plan")).out, /auth\.site_url \(.* → "https:\/\/from\.env"\)/);
      const failed = await run(...at, "--secrets", "missing.env");
      assert.equal(failed.code, 1);
    } finally {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
