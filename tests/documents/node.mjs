// Starts Node, and keeps what it says.
import { spawn } from "node:child_process";

/** Resolves to the exit code and to all that was printed, on both streams. */
export async function runNode(args, cwd) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, FORCE_COLOR: "0" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, output };
}
