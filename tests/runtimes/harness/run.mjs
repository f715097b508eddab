// Child processes that cannot outlive the tests: each is remembered, and stopped with all it started itself.
import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

const windows = process.platform === "win32";
const running = new Set();

/** Starts a program in a process group of its own, so that what it starts can be stopped along with it. */
export function start(command, args, { cwd, env, shell = false, input } = {}) {
  const child = spawn(command, args, {
    cwd,
    shell,
    env: { ...process.env, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    detached: !windows,
  });
  running.add(child);
  child.stdin?.end(input);
  // What it printed: all of it as it came, and what went to either of the two.
  Object.assign(child, { output: "", out: "", err: "" });
  for (const [stream, name] of [
    [child.stdout, "out"],
    [child.stderr, "err"],
  ]) {
    stream.setEncoding("utf8").on("data", (text) => {
      child.output += text;
      child[name] += text;
    });
  }
  child.ended = new Promise((resolve) => {
    child.on("error", (error) => resolve({ error }));
    child.on("close", (code, signal) => resolve({ code, signal }));
  }).finally(() => running.delete(child));
  return child;
}

/** Runs a program to its end. Resolves to all it printed, rejects with that when it fails or takes too long. */
export async function run(command, args, { timeout = 100_000, ...options } = {}) {
  const child = start(command, args, options);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child, "SIGKILL");
  }, timeout);
  const { code, signal, error } = await child.ended;
  clearTimeout(timer);
  if (code === 0) return child.output;
  const why = error?.message ?? (late ? `still running after ${timeout} ms` : `exit ${code ?? signal}`);
  throw new Error(`${[command, ...args].join(" ")}\n${why}\n${child.output}`);
}

/** npm is a script on Windows, which only a shell can start. */
export const npm = (args, options) => run("npm", args, { shell: windows, ...options });

/** Waits until the program prints something that matches; rejects when it ends before. */
export async function printed(child, pattern, timeout = 30_000) {
  const deadline = Date.now() + timeout;
  const search = () => pattern.exec(stripVTControlCharacters(child.output));
  let ended = false;
  child.ended.then(() => (ended = true));
  while (!search() && !ended && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  const found = search();
  if (!found) throw new Error(`${child.spawnargs.join(" ")} never printed ${pattern}:\n${child.output}`);
  return found;
}

/** Stops a program and everything it started. */
export function stop(child, signal = "SIGTERM") {
  try {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

export function stopAll() {
  for (const child of running) stop(child, "SIGKILL");
}

process.once("exit", stopAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    stopAll();
    process.kill(process.pid, signal);
  });
}
