// The API that the checks talk to: the sandbox that comes with the very package under test, started the way a user does.
import { join } from "node:path";
import { printed, start, stop } from "./run.mjs";

/** Starts the sandbox command of the package that is installed in `folder`. Resolves to its address. */
export async function startService(folder) {
  const child = start(...command(folder), { cwd: folder });
  const [url] = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
  return { url, stop: () => stopService(child) };
}

function command(folder) {
  const file = join(folder, "node_modules", ".bin", "supabase-management-wasm");
  const args = ["sandbox", "--port", "0"];
  // On Windows npm makes a .cmd file, which needs a shell; elsewhere the file itself must be executable.
  return process.platform === "win32" ? ["cmd", ["/c", `${file}.cmd`, ...args]] : [file, args];
}

/** The command promises to end by itself when it is asked to. */
async function stopService(child) {
  stop(child, "SIGTERM");
  const late = Symbol();
  const timer = new Promise((resolve) => setTimeout(resolve, 5_000, late).unref());
  if ((await Promise.race([child.ended, timer])) !== late) return;
  stop(child, "SIGKILL");
  throw new Error(`the sandbox server did not stop within 5 s of SIGTERM\n${child.output}`);
}
