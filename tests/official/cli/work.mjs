// Functions, branches, configuration, SQL, types and snippets, by the official CLI.
import assert from "node:assert/strict";
import { ref } from "../harness.mjs";

const at = `--project-ref ${ref}`;
const source = 'import { greet } from "../_shared/greet.ts";\nDeno.serve(() => new Response(greet("Zoë")));\n';

export default [
  {
    before({ write }) {
      write("supabase/config.toml", `project_id = "${ref}"\n`);
      write("supabase/functions/hello/index.ts", source);
      write("supabase/functions/_shared/greet.ts", 'export const greet = (name: string) => "Hello 🚀 " + name;\n');
      write("supabase/functions/bye/index.ts", 'Deno.serve(() => new Response("bye"));\n');
    },
    command: `functions deploy hello --use-api ${at}`,
    quiet: true,
    async state({ client }) {
      const { status, verify_jwt, entrypoint_path } = await client.functions.get(ref, "hello");
      assert.deepEqual([status, verify_jwt], ["ACTIVE", true]);
      assert.match(entrypoint_path, /functions\/hello\/index\.ts$/);
    },
  },
  {
    command: `functions deploy --use-api ${at} --jobs 2`,
    quiet: true,
    async state({ client }) {
      const slugs = (await client.functions.list(ref)).map(({ slug }) => slug);
      assert.ok(slugs.includes("hello") && slugs.includes("bye"), String(slugs));
    },
  },
  {
    command: `functions deploy bye --use-api --no-verify-jwt ${at}`,
    quiet: true,
    state: async ({ client }) => assert.equal((await client.functions.get(ref, "bye")).verify_jwt, false),
  },
  {
    command: `functions list ${at}`,
    prove: ({ json }) =>
      assert.ok(["hello", "bye", "send-receipt"].every((slug) => json.some((one) => one.slug === slug))),
  },
  {
    before: ({ write }) => write("supabase/functions/hello/index.ts", "// overwritten by the download\n"),
    command: `functions download hello --use-api ${at}`,
    quiet: true,
    prove: ({ read }) => assert.equal(read("supabase/functions/hello/index.ts"), source),
  },
  {
    command: `functions delete bye ${at} --yes`,
    quiet: true,
    async state({ client }) {
      assert.ok(!(await client.functions.list(ref)).some(({ slug }) => slug === "bye"));
    },
  },
  {
    command: `branches create feature ${at} --persistent`,
    async state({ client, kept }) {
      kept.branch = (await client.branches.list(ref)).find(({ name }) => name === "feature");
      assert.equal(kept.branch.persistent, true);
    },
  },
  { command: `branches list ${at}`, prove: ({ json }) => assert.ok(json.some(({ name }) => name === "feature")) },
  { command: `branches get feature ${at}`, prove: ({ text }) => assert.match(text, /POSTGRES_URL|db_pass|postgres/i) },
  {
    command: `branches update feature ${at} --name renamed --git-branch main-2`,
    async state({ client, kept }) {
      const { name, git_branch } = (await client.branches.list(ref)).find(({ id }) => id === kept.branch.id);
      assert.deepEqual([name, git_branch], ["renamed", "main-2"]);
    },
  },
  {
    before: ({ client, kept }) =>
      client.projects.waitUntilHealthy(kept.branch.project_ref, { pollMs: 100 }).catch(() => {}),
    command: `branches pause renamed ${at}`,
    quiet: true,
    async state({ client, kept }) {
      assert.match((await client.projects.get(kept.branch.project_ref)).status, /PAUS|INACTIVE/);
    },
  },
  {
    before: ({ client, kept }) => client.projects.waitUntilPaused(kept.branch.project_ref, { pollMs: 100 }),
    command: `branches unpause renamed ${at}`,
    quiet: true,
    async state({ client, kept }) {
      assert.match((await client.projects.get(kept.branch.project_ref)).status, /RESTORING|COMING_UP|ACTIVE/);
    },
  },
  {
    command: `branches delete renamed ${at} --yes`,
    quiet: true,
    async state({ client, kept }) {
      assert.ok(
        !(await client.branches.list(ref)).some(
          ({ id, deletion_scheduled_at }) => id === kept.branch.id && !deletion_scheduled_at,
        ),
      );
    },
  },
  {
    before: ({ write }) =>
      write(
        "supabase/config.toml",
        `project_id = "${ref}"\n[auth]\nsite_url = "https://shop.tidewater.example"\njwt_expiry = 1800\n[api]\nschemas = ["public"]\nmax_rows = 500\n`,
      ),
    command: `config push ${at} --yes`,
    quiet: true,
    async state({ client }) {
      const { site_url, jwt_exp } = await client.auth.getConfig(ref);
      assert.deepEqual([site_url, jwt_exp], ["https://shop.tidewater.example", 1800]);
      assert.equal((await client.postgrest.getConfig(ref)).max_rows, 500);
    },
  },
  {
    command: `config diff ${at} --exit-code`,
    quiet: true,
    prove: ({ text }) => assert.doesNotMatch(text, /jwt_expiry/),
  },
  {
    command: `config pull ${at} --force`,
    quiet: true,
    prove: ({ read }) => assert.match(read("supabase/config.toml"), /jwt_expiry = 1800/),
  },
  {
    command: ["db", "query", "select 1 + 1 as two, 'Zoë' as name", "--linked", "--project-ref", ref],
    prove: ({ json }) => assert.deepEqual(json.rows ?? json, [{ two: 2, name: "Zoë" }]),
  },
  {
    before: ({ write }) =>
      write(
        "setup.sql",
        "create table public.cli_notes (id int primary key, body text);\ninsert into public.cli_notes values (1, 'one');\n",
      ),
    command: `db query --file setup.sql --linked ${at}`,
    async state({ client }) {
      assert.deepEqual(await client.database.query(ref, { query: "select * from cli_notes" }), [
        { id: 1, body: "one" },
      ]);
    },
  },
  {
    command: `db advisors --linked ${at} --type security`,
    prove: ({ text }) => assert.match(text, /rls_disabled_in_public/),
  },
  { command: `db advisors --linked ${at} --type performance`, prove: ({ code }) => assert.equal(code, 0) },
  {
    command: `gen types typescript --project-id ${ref}`,
    quiet: true,
    prove: ({ text }) => assert.match(text, /cli_notes: \{/),
  },
  {
    command: "gen types --linked --schema public",
    quiet: true,
    prove: ({ text }) => assert.match(text, /export type Database/),
  },
  { command: `snippets list ${at}`, prove: ({ text }) => assert.match(text, /Orders of today/) },
  {
    command: `snippets download 5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8 ${at}`,
    quiet: true,
    prove: ({ text }) => assert.match(text, /select \* from orders/),
  },
];
