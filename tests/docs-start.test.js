// The five minutes of the documentation's first page: its commands, as they stand there, in an empty folder. Only the package is
// the one of this repository instead of the registry's, and the port one that is free.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { blocks } from "./documents/blocks.mjs";
import { packTarball } from "./pack.js";

const page = blocks(["www/docs/index.md"]);
const shell = page.filter(({ language }) => language === "sh").map(({ code }) => code);
const isServer = (code) => code.includes("wasm sandbox");
const script = page.find(({ code }) => code.includes("client.functions.list"))?.code;

let home;
let server;
before(() => {
  home = mkdtempSync(join(tmpdir(), "first-page-"));
});
after(async () => {
  if (server?.exitCode === null) {
    // The shell, npx and the sandbox are one group.
    process.kill(-server.pid);
    await once(server, "close");
  }
  rmSync(home, { recursive: true, force: true });
});

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Runs lines in a shell and resolves to what they print. */
async function run(lines, cwd) {
  const child = spawn("sh", ["-e"], { cwd, stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  child.stdin.end(lines);
  const [code] = await once(child, "close");
  assert.equal(code, 0, `${lines}\n${output}`);
  return output;
}

it("deploys a function in five minutes, as the first page says", {
  timeout: 300_000,
  skip: process.platform === "win32",
}, async (t) => {
  const begun = Date.now();
  const tarball = await packTarball();
  const port = String(await freePort());
  const [install, ...rest] = shell.map((code) =>
    code.replace("npm install supabase-management-wasm", `npm install --offline "${tarball}"`).replaceAll("8787", port),
  );
  await run(install, home);
  const folder = join(home, "hello-supabase");
  writeFileSync(join(folder, "list.mjs"), script);
  server = spawn("sh", ["-c", rest.find(isServer)], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const text of server.stdout) if (String(text).includes("is at http://")) break;
  // The second terminal, which keeps its variables.
  const output = await run(rest.filter((code) => !isServer(code)).join("\n"), folder);
  assert.match(output, /1 of 1 changes were made/);
  assert.match(output, /^hello, version 1$/m);
  t.diagnostic(`${((Date.now() - begun) / 1000).toFixed(0)} s`);
});
