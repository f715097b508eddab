// Programs of this folder, each run in a process of its own.
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";
import { run } from "../runtimes/harness/run.mjs";

/**
 * By what a process has freed before, glibc decides whether it gives buffers of 200 KB back to the system, only to get
 * them anew page by page. It costs all clients half a `JSON.parse`, or none: so have it decided. Others ignore this.
 */
const env = { MALLOC_MMAP_THRESHOLD_: `${2 ** 25}`, MALLOC_TRIM_THRESHOLD_: `${2 ** 30}` };

/** What the program of this name prints, which is JSON. `flags` are those of Node. */
export async function measured(flags, name, ...args) {
  const program = join(root, "tests", "bench", name);
  return JSON.parse(await run(process.execPath, [...flags, program, ...args], { env }));
}
