// How the server ends: once, at the first signal, or when npx that started it is gone.
import { execFileSync } from "node:child_process";

/** How long the end may take, in milliseconds: clients of a database that went away without a word can hold it up. */
const patience = 3_000;

/** @param end what is to be done first; what must not be lost comes at its begin, before it waits for anything */
export function endWithSignals(end) {
  let isEnding = false;
  const stop = async () => {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(0), patience).unref();
    try {
      await end();
      process.exit(0);
    } catch (error) {
      console.error(`the state could not be saved: ${error.message}`);
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  watchStarter(stop);
}

/** npx starts programs through a shell, and neither of them passes all signals on: a server that only waits for them would stay behind. */
function watchStarter(stop) {
  if (process.env.npm_command !== "exec" || process.platform === "win32") return;
  const parent = process.ppid;
  const starter = starterOf(parent);
  const isGone = () => process.ppid !== parent || !isAlive(starter);
  setInterval(() => isGone() && stop(), 300).unref();
}

/** The process of npx: the parent, or the one above the shell that is the parent. */
function starterOf(parent) {
  try {
    const line = execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(parent)], { encoding: "utf8" });
    const [, above, name] = /^\s*(\d+)\s+(.*?)\s*$/.exec(line) ?? [];
    return /(^|\/)-?(ba|da|z|a|k)?sh$/.test(name) ? Number(above) : parent;
  } catch {
    // Without ps only the parent is known.
    return parent;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
