// The worker of tests/fleet-worker as Wrangler would upload it, and a process that runs it until it is killed.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packTarball } from "../pack.js";
import { install } from "../runtimes/harness/install.mjs";
import { npm } from "../runtimes/harness/run.mjs";
import { wrangler } from "../runtimes/harness/workerd.mjs";

const source = fileURLToPath(new URL("../fleet-worker", import.meta.url));
const server = fileURLToPath(new URL("./serve.mjs", import.meta.url));

/** Builds the worker from the packed package. Gives its script and configuration, and a folder for everything, until `remove`. */
export async function buildWorker() {
  await install();
  const folder = mkdtempSync(join(tmpdir(), "fleet-worker-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const project = join(folder, "project");
    cpSync(source, project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "fleet", private: true }));
    const tarball = await packTarball();
    await npm(["install", tarball, "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], {
      cwd: project,
    });
    const config = join(project, "wrangler.jsonc");
    await wrangler(config, join(folder, "out"));
    const state = join(folder, "state");
    mkdirSync(state);
    return { script: join(folder, "out", "worker.js"), config, state, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs it, in a process group of its own: workerd must die with it. */
export async function startWorker({ script, config, state }, api) {
  const child = spawn(process.execPath, [server, script, config, state, api], {
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const listen = (data) => {
      said += data;
      const [, address] = /at (http\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("close", () => reject(new Error(`the worker did not come up:\n${said}`)));
  });
  const closed = new Promise((resolve) => child.on("close", resolve));

  async function ask(path, body, password = "operator") {
    const response = await fetch(new URL(path, url), {
      method: body ? "POST" : "GET",
      // A connection that is kept may end just when it is used again.
      headers: { authorization: `Bearer ${password}`, connection: "close" },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text,
    };
  }

  /** Without a word to it, workerd included. */
  async function kill() {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    await closed;
  }
  return { ask, kill, said: () => said };
}
