// Programs that a build runs. What they print goes to stderr, or is kept back until one fails.
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const windows = process.platform === "win32";

/**
 * Runs a program to its end and resolves to what it printed on stdout, if that is kept back.
 * @param step what the reader of an error was waiting for
 */
export async function run(step, command, args, { cwd, env, quiet = false, shell = false } = {}) {
  const stdio = quiet ? ["ignore", "pipe", "pipe"] : ["ignore", 2, 2];
  const child = spawn(command, args, { cwd, shell, stdio, env: { ...process.env, ...env } });
  let output = "";
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    output += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => (output += text));
  const why = await new Promise((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.on("close", (code, signal) => resolve(code === 0 ? undefined : `exit ${code ?? signal}`));
  });
  if (why) throw new Error(`${step} failed: ${[command, ...args].join(" ")}: ${why}\n${output}`);
  return stdout;
}

/** npm is a script on Windows, which only a shell can start. */
export const npm = (step, args, options) => run(step, "npm", args, { shell: windows, ...options });

/** What a program prints, trimmed; undefined where it is missing or fails. */
export async function printed(command, args, options) {
  try {
    return (await run(command, command, args, { quiet: true, ...options })).trim();
  } catch {
    return undefined;
  }
}

/** Whether the module at this address is the program itself, and not imported by one. */
export const isProgram = (url) => Boolean(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(url);
