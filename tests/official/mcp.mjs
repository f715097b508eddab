// Every tool of the official MCP server, called by an MCP client, against one sandbox.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { bin, installed, organization, ref, serve, token } from "./harness.mjs";

// The package has modules for both ways of loading; its `require` entry names those of the other.
const load = (path) =>
  import(pathToFileURL(installed(`@modelcontextprotocol/sdk/client/${path}`).replace("/cjs/", "/esm/")).href);

/**
 * Searching the documentation is no part of the Management API: a server of the test has the two answers that the tool wants.
 */
async function docs() {
  const schema = "type Query { searchDocs(query: String!): [Page!]! } type Page { title: String! }";
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const data = decodeURIComponent(request.url + body).includes("searchDocs(query:")
      ? { searchDocs: [{ title: "Row level security" }] }
      : { schema };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ data }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const has = (pattern) => (text) => assert.match(text, pattern);
const project_id = ref;

/** The tools in an order that makes sense. Each has its arguments, and what its text must show. */
const story = [
  ["list_organizations", {}, has(/tidewater-labs/)],
  ["get_organization", { id: organization }, has(/Tidewater Labs/)],
  ["list_projects", {}, has(/storefront/)],
  ["get_project", { id: ref }, has(/storefront/)],
  ["get_cost", { type: "project", organization_id: organization }, has(/\d/)],
  [
    "confirm_cost",
    { type: "project", recurrence: "monthly", amount: 10 },
    (text, { kept }) => assert.ok((kept.cost = idIn(text)), text),
  ],
  [
    "create_project",
    ({ kept }) => ({
      name: "by-mcp",
      region: "eu-central-1",
      organization_id: organization,
      confirm_cost_id: kept.cost,
    }),
    async (_, { client, kept }) => {
      const created = (await client.projects.list()).find(({ name }) => name === "by-mcp");
      await client.projects.waitUntilHealthy((kept.project = created.ref), { services: ["db"], pollMs: 100 });
    },
  ],
  [
    "pause_project",
    ({ kept }) => ({ project_id: kept.project }),
    async (_, { client, kept }) => void (await client.projects.waitUntilPaused(kept.project, { pollMs: 100 })),
  ],
  [
    "restore_project",
    ({ kept }) => ({ project_id: kept.project }),
    async (_, { client, kept }) =>
      assert.match((await client.projects.get(kept.project)).status, /RESTOR|COMING|ACTIVE/),
  ],
  ["list_tables", { project_id, schemas: ["public"], verbose: true }, has(/orders[\s\S]*customer/)],
  ["list_extensions", { project_id }, has(/plpgsql/)],
  ["list_migrations", { project_id }, has(/create_orders/)],
  [
    "apply_migration",
    { project_id, name: "add_mcp_notes", query: "create table mcp_notes (id int primary key, note text not null);" },
    async (_, { client }) => {
      assert.ok((await client.migrations.list(ref)).some(({ name }) => name === "add_mcp_notes"));
      assert.deepEqual(await client.database.query(ref, { query: "select * from mcp_notes" }), []);
    },
  ],
  ["execute_sql", { project_id, query: "insert into mcp_notes values (1, 'Zoë') returning *" }, has(/Zoë/)],
  ["query_logs", { project_id, sql: "select id, timestamp from logs limit 3" }, () => {}],
  ["get_advisors", { project_id, type: "security" }, has(/rls_disabled_in_public/)],
  ["get_advisors", { project_id, type: "performance" }, has(/lints|\[/)],
  ["get_project_url", { project_id }, has(new RegExp(`https://${ref}\\.supabase\\.`))],
  ["get_publishable_keys", { project_id }, has(/sb_publishable_/)],
  ["generate_typescript_types", { project_id }, has(/mcp_notes: \{/)],
  [
    "deploy_edge_function",
    {
      project_id,
      name: "by-mcp",
      entrypoint_path: "index.ts",
      verify_jwt: true,
      files: [{ name: "index.ts", content: 'Deno.serve(() => new Response("mcp"));' }],
    },
    async (_, { client }) => assert.equal((await client.functions.get(ref, "by-mcp")).status, "ACTIVE"),
  ],
  ["list_edge_functions", { project_id }, has(/by-mcp/)],
  ["get_edge_function", { project_id, function_slug: "by-mcp" }, has(/new Response\(\\*"mcp/)],
  [
    "confirm_cost",
    { type: "branch", recurrence: "hourly", amount: 0.01344 },
    (text, { kept }) => assert.ok((kept.cost = idIn(text)), text),
  ],
  [
    "create_branch",
    ({ kept }) => ({ project_id, name: "mcp-branch", confirm_cost_id: kept.cost }),
    async (_, { client, kept }) => {
      const branch = (await client.branches.list(ref)).find(({ name }) => name === "mcp-branch");
      kept.branch = branch.id;
      await client.projects.waitUntilHealthy(branch.project_ref, { services: ["db"], pollMs: 100 });
    },
  ],
  ["list_branches", { project_id }, has(/mcp-branch/)],
  ["reset_branch", ({ kept }) => ({ branch_id: kept.branch }), has(/true|success/)],
  ["rebase_branch", ({ kept }) => ({ branch_id: kept.branch }), has(/true|success/)],
  ["merge_branch", ({ kept }) => ({ branch_id: kept.branch }), has(/true|success/)],
  [
    "delete_branch",
    ({ kept }) => ({ branch_id: kept.branch }),
    async (_, { client }) => assert.ok(!(await client.branches.list(ref)).some(({ name }) => name === "mcp-branch")),
  ],
  ["list_storage_buckets", { project_id }, has(/receipts/)],
  ["get_storage_config", { project_id }, has(/fileSizeLimit/)],
  [
    "update_storage_config",
    {
      project_id,
      config: {
        fileSizeLimit: 1_048_576,
        features: { imageTransformation: { enabled: true }, s3Protocol: { enabled: true } },
      },
    },
    async (_, { client }) => assert.equal((await client.storage.getConfig(ref)).fileSizeLimit, 1_048_576),
  ],
  ["search_docs", { graphql_query: '{ searchDocs(query: "rls") { title } }' }, has(/Row level security/)],
];

/** The identifier in the text of a confirmation. */
const idIn = (text) => /"?([A-Za-z0-9+/=_-]{16,})"?/.exec(text.replaceAll("confirmation_id", ""))?.[1];

/** Calls all tools. `tell` hears of each call, and at the end of tools that were not called. */
export async function tryMcp(tell, { server = undefined } = {}) {
  const own = server ?? (await serve());
  const pages = await docs();
  const { Client } = await load("index.js");
  const { StdioClientTransport } = await load("stdio.js");
  const features = "account,docs,database,debugging,development,functions,branching,storage";
  const args = [bin("@supabase/mcp-server-supabase"), "--access-token", token, "--api-url", own.url];
  args.push("--content-api-url", pages.url, "--features", features);
  const mcp = new Client({ name: "supabase-management-wasm tests", version: "1.0.0" });
  try {
    await mcp.connect(new StdioClientTransport({ command: process.execPath, args }));
    const left = new Set((await mcp.listTools()).tools.map(({ name }) => name));
    const at = { ...own, kept: {} };
    for (const [name, given, prove] of story) {
      let text = "";
      try {
        const answer = await mcp.callTool({ name, arguments: typeof given === "function" ? given(at) : given });
        text = answer.content.map((part) => part.text ?? "").join("\n");
        if (answer.isError) throw new Error("the tool failed");
        await prove(text, at);
        left.delete(name);
        tell({ title: name });
      } catch (error) {
        tell({ title: name, error, printed: text });
      }
    }
    if (left.size > 0) tell({ title: "every tool", error: new Error(`not shown: ${[...left].join(", ")}`) });
    else tell({ title: "every tool that it has was called" });
  } finally {
    await mcp.close();
    pages.close();
    if (!server) await own.end();
  }
}
