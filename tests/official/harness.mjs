// A sandbox as a server, and the official CLI beside it in an empty home: what its tests share.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install as installFolder, root } from "../../pkg/build/install.mjs";
import { SupabaseManagement } from "../../pkg/index.js";
import { printed, start, stop } from "../runtimes/harness/run.mjs";

const home = fileURLToPath(new URL(".", import.meta.url));
const require = createRequire(join(home, "package.json"));

/** No install scripts: the binary of the CLI comes as a package of its own. */
export const install = () =>
  installFolder(
    home,
    "tests/official: installing the official tools to try the sandbox with (npm ci, about 180 MB, once) …",
  );

/** A file of an installed package. */
export const installed = (name) => require.resolve(name);

/** The script behind a tool's command, to be run with Node. */
export function bin(name) {
  const file = join(home, "node_modules", name, "package.json");
  const { bin: bins } = JSON.parse(readFileSync(file, "utf8"));
  return join(dirname(file), typeof bins === "string" ? bins : Object.values(bins)[0]);
}

/** The project that the default account of a sandbox has data in, and the organization that it belongs to. */
export const ref = "hqvkzumdtlrwaxbeogcy";
export const organization = "tidewater-labs";
export const token = "sbp_0123456789abcdef0123456789abcdef01234567";

/** Starts `supabase-management-wasm sandbox` on a free port. `end` stops it and removes its files. */
export async function serve(...args) {
  const folder = mkdtempSync(join(tmpdir(), "official-"));
  const child = start(process.execPath, [
    join(root, "pkg", "cli.js"),
    "sandbox",
    "--port",
    "0",
    "--rate-limit",
    "0",
    "--startup-ms",
    "300",
    ...args,
  ]);
  const [url] = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
  const client = new SupabaseManagement({ baseUrl: url, accessToken: token, validation: "strict" });
  const end = async () => {
    stop(child);
    await child.ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, client, folder, end, child };
}

/** The official CLI against a server: a home of its own, a folder to work in, a profile that names the server, and more variables. */
export function officialCli({ url, folder }, { env: more } = {}) {
  const work = join(folder, "work");
  mkdirSync(work, { recursive: true });
  const profile = join(folder, "profile.yaml");
  const lines = { name: "sandbox", api_url: url, dashboard_url: url, docs_url: url, project_host: "supabase.co" };
  const yaml = Object.entries({ ...lines, pooler_host: "supabase.com" }).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(profile, yaml.join(""));
  // With a password the CLI asks the API only: without, it tries to reach the database of the project on the internet.
  const env = {
    HOME: folder,
    SUPABASE_DB_PASSWORD: "correct-horse-battery",
    SUPABASE_ACCESS_TOKEN: token,
    DO_NOT_TRACK: "1",
    SUPABASE_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
    ...more,
  };

  /** Resolves to what a command printed, apart, and how it ended. */
  async function supabase(args, input) {
    const began = performance.now();
    const child = start(process.execPath, [bin("supabase"), "--profile", profile, "--workdir", work, ...args], {
      cwd: work,
      env,
      input,
    });
    const timer = setTimeout(() => stop(child, "SIGKILL"), 60_000);
    const { code } = await child.ended;
    clearTimeout(timer);
    return { code, out: child.out, err: child.err, ms: performance.now() - began };
  }

  /** Writes a file of the project that is worked on. */
  function write(path, text) {
    const file = join(work, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const read = (path) => readFileSync(join(work, path), "utf8");
  return { supabase, write, read, work };
}
