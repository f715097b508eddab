// `node tests/deploy-bench.mjs`: the same folder deployed by `npx supabase-management-wasm deploy` and by the official CLI,
// each to a sandbox of its own: a first time, a second time with nothing to do, and with one change of each kind. Requests
// are those that the sandbox has seen. `-- --write` writes the table of the guide.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import { everydayFolder, writeFiles } from "./deploy/everyday.mjs";
import { writeTable } from "./document-tables.mjs";
import { install, officialCli, serve, token } from "./official/harness.mjs";
import { start } from "./runtimes/harness/run.mjs";

const seed = { projects: [{ name: "everyday" }] };
const secretOfProvider = { GITHUB_SECRET: "a secret of a provider" };

/** Runs a program and gives its milliseconds; one that fails ends the bench. */
async function timed(name, run) {
  const began = performance.now();
  const { code, out, err } = await run();
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${out}\n${err}`);
  return performance.now() - began;
}

/** Deploys three times; gives requests and milliseconds of each. */
async function measure(deploy) {
  const folder = mkdtempSync(join(tmpdir(), "deploy-bench-"));
  writeFileSync(join(folder, "seed.json"), JSON.stringify(seed));
  // With a port of its own the database is awake before anything is measured. The official CLI sends migrations to it.
  const server = await serve("--seed", join(folder, "seed.json"), "--startup-ms", "0", "--db-port", "0");
  const control = async (method) => {
    const response = await fetch(`${server.url}/_sandbox/calls`, { method });
    return response.status === 204 ? [] : response.json();
  };
  try {
    const [{ ref }] = await server.client.projects.list();
    const results = [];
    for (const changed of [false, false, true]) {
      writeFiles(folder, everydayFolder({ changed }));
      await control("DELETE");
      const ms = await deploy({ ...server, folder, ref });
      const calls = await control("GET");
      results.push({ requests: calls.length, ms });
    }
    return results;
  } finally {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

const byCommand = ({ url, folder, ref }) =>
  timed("deploy", async () => {
    const env = { SUPABASE_ACCESS_TOKEN: token, SUPABASE_API_URL: url, ...secretOfProvider };
    const args = ["deploy", "--project-ref", ref, "--secrets", join("supabase", "secrets.env")];
    const child = start(process.execPath, [join(root, "pkg", "cli.js"), ...args], { cwd: folder, env });
    const { code } = await child.ended;
    return { code, out: child.out, err: child.err };
  });

/** The official CLI has a command for each kind. Its migrations go to the database by themselves, past the API. */
async function byOfficialCli(server) {
  const { supabase, work } = officialCli(server, { env: secretOfProvider });
  writeFiles(
    work,
    Object.fromEntries(
      Object.keys(everydayFolder({ changed: true })).flatMap((path) => {
        try {
          return [[path, readFileSync(join(server.folder, path))]];
        } catch {
          return [];
        }
      }),
    ),
  );
  const at = ["--project-ref", server.ref];
  const database = server.child.out.match(/postgres(?:ql)?:\/\/\S+/)[0];
  const commands = [
    ["secrets", "set", "--env-file", join("supabase", "secrets.env"), ...at],
    ["db", "push", "--db-url", database, "--yes"],
    ["config", "push", "--yes", ...at],
    ["functions", "deploy", "--use-api", "--jobs", "4", ...at],
  ];
  let ms = 0;
  for (const command of commands) ms += await timed(command.join(" "), () => supabase(command));
  return ms;
}

await build({ quiet: true });
await install();
const own = await measure(byCommand);
const official = await measure(byOfficialCli);
const names = ["first run", "second run, nothing to do", "one change of each kind"];
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const rows = names.map((name, at) => [
  name,
  `${own[at].requests}`,
  seconds(own[at].ms),
  `${official[at].requests}`,
  seconds(official[at].ms),
]);
const head = ["", "`deploy`: requests", "time", "official CLI: requests", "time"];
const table = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
console.log(table);
if (process.argv.includes("--write")) writeTable("deploy", table);
