// Functions of the same folder, deployed by the official CLI and by `plan` and `apply`: what reaches the API is the same.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plan } from "../../pkg/deploy.js";
import { readFolder } from "../../pkg/deploy/folder.js";
import { SupabaseManagement } from "../../pkg/index.js";
import { folders } from "./deploy/folders.mjs";
import { officialCli, token } from "./harness.mjs";
import { partsOf, record } from "./recorder.mjs";

const seed = () => ({ projects: [{ name: "blog", functions: [] }] });

/** What was sent to deploy functions, by slug: settings, then digests of files by path. */
function deployments(requests) {
  const sent = {};
  for (const request of requests.filter(
    ({ method, path }) => method === "POST" && path.endsWith("/functions/deploy"),
  )) {
    const parts = partsOf(request);
    const files = parts.filter(({ name }) => name === "file").map(({ file, content }) => [file, content]);
    sent[request.query.get("slug")] = {
      metadata: JSON.parse(parts.find(({ name }) => name === "metadata").content),
      bundleOnly: request.query.get("bundleOnly"),
      files: Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1))),
      count: files.length,
    };
  }
  return sent;
}

/** Writes a folder of files. `links` are symbolic links, by path what they lead to. */
function write(root, { files, links = {}, git }) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  if (git) mkdirSync(join(root, ".git"), { recursive: true });
}

async function byOfficialCli(given) {
  const server = await record({ seed: seed() });
  const folder = mkdtempSync(join(tmpdir(), "deploy-official-"));
  try {
    const cli = officialCli({ url: server.url, folder });
    write(cli.work, given);
    const ref = JSON.parse(server.sandbox.save()).projects[0].ref;
    const result = await cli.supabase([
      "functions",
      "deploy",
      "--use-api",
      "--project-ref",
      ref,
      ...(given.args ?? []),
    ]);
    return { sent: deployments(server.requests), ...result, requests: server.requests.length };
  } finally {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byPlan(given) {
  const server = await record({ seed: seed() });
  const folder = mkdtempSync(join(tmpdir(), "deploy-plan-"));
  try {
    write(join(folder, "work"), given);
    const client = new SupabaseManagement({ accessToken: token, baseUrl: server.url });
    const ref = JSON.parse(server.sandbox.save()).projects[0].ref;
    const read = await readFolder(join(folder, "work", "supabase"));
    const made = await plan(client, ref, { ...read, only: ["functions"] });
    await made.apply();
    const again = await plan(client, ref, { ...read, only: ["functions"] });
    assert.equal(again.empty, true, `a second plan has something to do:\n${again}`);
    return { sent: deployments(server.requests), notes: made.notes };
  } finally {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares all folders. `tell` hears of each. */
export async function tryDeploy(tell) {
  for (const given of folders) {
    let printed;
    let error;
    try {
      const official = await byOfficialCli(given);
      printed = official.out + official.err;
      const own = await byPlan(given);
      assert.ok(Object.keys(own.sent).length > 0, "nothing was deployed");
      assert.deepEqual(own.sent, official.sent);
    } catch (cause) {
      error = cause;
    }
    tell({ title: given.title, error, printed });
  }
}
