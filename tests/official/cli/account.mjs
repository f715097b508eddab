// Organizations, projects, API keys and secrets, by the official CLI.
import assert from "node:assert/strict";
import { organization, ref } from "../harness.mjs";

const project = async ({ client, kept }) => client.projects.get(kept.created);

export default [
  {
    command: "orgs list",
    prove: ({ json }) => assert.deepEqual(json.map(({ id }) => id).sort(), ["tidewater-labs", "zoe-keller"]),
  },
  {
    command: ["orgs", "create", "Zoë & Söhne"],
    async prove({ client }) {
      assert.ok((await client.organizations.list()).some(({ name }) => name === "Zoë & Söhne"));
    },
  },
  {
    command: "projects list",
    prove: ({ json }) => assert.ok(json.some((one) => one.id === ref && one.name === "storefront")),
  },
  {
    command: `projects create blog --org-id ${organization} --db-password correct-horse-battery --region eu-central-1`,
    prove({ json, kept }) {
      kept.created = json.id;
      assert.equal(json.name, "blog");
    },
    async state(at) {
      const { name, region, organization_slug } = await project(at);
      assert.deepEqual([name, region, organization_slug], ["blog", "eu-central-1", organization]);
    },
  },
  {
    command: `projects api-keys --project-ref ${ref}`,
    prove: ({ json }) =>
      assert.ok(json.some(({ name }) => name === "anon") && json.some(({ type }) => type === "secret")),
  },
  {
    command: `projects api-keys --project-ref ${ref} --reveal`,
    async prove({ json, client }) {
      const keys = await client.apiKeys.list(ref, { reveal: true });
      const secretOf = (list) => list.find(({ type }) => type === "secret").api_key;
      assert.equal(secretOf(json), secretOf(keys));
      assert.match(secretOf(json), /^sb_secret_/);
    },
  },
  {
    before: ({ client, kept }) => client.projects.waitUntilHealthy(kept.created, { pollMs: 100 }),
    command: ({ kept }) => `projects delete ${kept.created} --yes`,
    async state({ client, kept }) {
      assert.ok(!(await client.projects.list()).some((one) => one.ref === kept.created));
    },
  },
  {
    command: `link --project-ref ${ref}`,
    quiet: true,
    prove: ({ read }) => assert.equal(read("supabase/.temp/project-ref"), ref),
  },
  {
    command: `secrets set GREETING=hello "EMPTY=" --project-ref ${ref}`,
    quiet: true,
    async state({ client }) {
      assert.ok((await client.secrets.list(ref)).some(({ name }) => name === "GREETING"));
    },
  },
  {
    before: ({ write }) => write(".env.deploy", 'A=1\nB="two words"\nSUPABASE_URL=never\n'),
    command: `secrets set --env-file .env.deploy --project-ref ${ref}`,
    quiet: true,
    async state({ client }) {
      const names = (await client.secrets.list(ref)).map(({ name }) => name);
      assert.ok(names.includes("A") && names.includes("B") && !names.includes("SUPABASE_URL"), String(names));
    },
  },
  {
    command: `secrets list --project-ref ${ref}`,
    prove({ json }) {
      // printf 'two words' | sha256sum
      const digest = "a03f1d611645eb53ad16c1af546ca0792dc884505bab57ede80f4dad6b911d3a";
      assert.equal(json.find(({ name }) => name === "B").value, digest);
    },
  },
  {
    command: `secrets unset A B --project-ref ${ref} --yes`,
    quiet: true,
    async state({ client }) {
      assert.ok(!(await client.secrets.list(ref)).some(({ name }) => ["A", "B"].includes(name)));
    },
  },
];
