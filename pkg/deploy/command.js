// `npx supabase-management-wasm deploy`: a plan of a folder, shown, asked about and applied.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseEnv, plan } from "../deploy.js";
import { isInputError, SupabaseManagement } from "../index.js";
import { readFolder } from "./folder.js";

/** Runs the command, and resolves to the code that it ends with. */
export async function deploy(options) {
  const say = (line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  const ref = options["project-ref"] ?? process.env.SUPABASE_PROJECT_ID ?? (await linked(options.dir));
  if (!ref) {
    process.stderr.write("there is no project: give --project-ref, or set SUPABASE_PROJECT_ID\n");
    return 2;
  }
  const client = new SupabaseManagement();
  const memory = join(options.dir, ".temp", `deployed-${ref}.json`);
  let made;
  try {
    made = await plan(client, ref, await desired(options, memory));
  } catch (error) {
    if (options.json) print({ error });
    process.stderr.write(`${error.message}\n`);
    return isInputError(error) && /^(ref$|options\.)/.test(error.path) ? 2 : 1;
  }
  say(String(made));
  if (options.plan || made.empty) {
    if (options.json) print({ plan: made });
    return options["exit-code"] && !made.empty ? 3 : 0;
  }
  if (!options.yes && process.stdin.isTTY && !(await agreed())) {
    say("nothing was changed");
    return 0;
  }
  try {
    const result = await made.apply({ jobs: options.jobs, onProgress: progress(say), signal: interrupted() });
    await remember(memory, result.remembered);
    if (options.json) print({ plan: made, result });
    say(`${result.done.length} of ${result.done.length} changes were made`);
    return 0;
  } catch (error) {
    if (options.json) print({ plan: made, error });
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function desired(options, memory) {
  const file = options.secrets;
  return {
    ...(await readFolder(options.dir)),
    env: { ...(await variablesOf(dirname(options.dir))), ...(await variablesOf(options.dir)), ...process.env },
    only: options.only,
    prune: options.prune,
    includeAll: options["include-all"],
    secrets: file === undefined ? undefined : await readFile(file, "utf8"),
    remembered: JSON.parse(await readFile(memory, "utf8").catch(() => "{}")),
  };
}

/** The variables of a `.env`, where there is one. */
async function variablesOf(folder) {
  return parseEnv(await readFile(join(folder, ".env"), "utf8").catch(() => ""));
}

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** The project that the official tool has linked the folder to. */
async function linked(dir) {
  return (await readFile(join(dir, ".temp", "project-ref"), "utf8").catch(() => "")).trim() || undefined;
}

async function agreed() {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question("Apply? [y/N] ");
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** One line for each step, when it is done. */
const progress =
  (say) =>
  ({ state, title, index, total }) => {
    if (state === "done") say(`[${index}/${total}] ${title}`);
  };

/** A signal that Ctrl+C aborts: what is done is told, and a second one ends the program at once. */
function interrupted() {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort(new Error("interrupted")));
  return controller.signal;
}

/** Keeps what the next plan need not read back. Without it that one is only slower. */
async function remember(path, remembered) {
  if (Object.keys(remembered).length === 0) return;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(remembered, undefined, 2)}\n`);
  } catch {
    // A folder that cannot be written to, as in some containers.
  }
}
