// Plan and apply. The rules are Rust (src/deploy), in a wasm of their own: what is to be read, what differs, which calls
// take the difference away. Here are the loop that reads, and what a user holds.
import { createGlue } from "../dist/deploy-glue.js";
import { parse } from "../dist/toml.js";
import { inputError } from "./error.js";
import { sourcesOf } from "./files.js";
import { createRuntime } from "../loader.js";
import { bundleHeaders, methodOf } from "./calls.js";
import { Plan } from "./plan.js";

/** `getModule` gives the rules as a `WebAssembly.Module`. */
export function defineDeploy(getModule) {
  const runtime = createRuntime(createGlue, getModule);
  const ask = (name, ...args) => JSON.parse(runtime.invoke(name, ...args));
  const rules = {
    next: (desired, known) => ask("nextStep", desired, JSON.stringify(known)),
    activation: (answers) => ask("activation", JSON.stringify(answers)),
    readBundle: (bytes) => ask("readBundle", bytes),
    digest: (bytes) => runtime.invoke("digest", bytes),
    parseEnv: (text) => ask("parseEnv", text),
  };

  async function plan(client, ref, desired = {}, { signal } = {}) {
    if (typeof client?.request !== "function") throw inputError("client", "a client of this package", typeof client);
    if (Object(desired) !== desired) throw inputError("desired", "object", typeof desired);
    const { files, ...rest } = desired;
    const options = { ...rest, env: textsOf(desired.env), ref: ref ?? undefined };
    if (typeof options.secrets === "string") options.secrets = rules.parseEnv(options.secrets);
    const sources = sourcesOf(files);
    options.config ??= await configOf(sources, options.dir);
    const drawUp = (ref, signal) => draw(rules, client, sources, { ...options, ref: ref ?? options.ref }, signal);
    const createsProject = options.project !== undefined;
    return new Plan({ rules, client, sources, drawUp, createsProject, draft: await drawUp(undefined, signal) });
  }

  /** A plan that was kept as JSON: made again, and refused where it would do something else now. */
  async function restorePlan(client, saved, desired, options) {
    const { ref, changes } = Object(typeof saved === "string" ? JSON.parse(saved) : saved);
    if (!Array.isArray(changes)) throw inputError("saved", "what JSON.stringify makes of a plan", typeof saved);
    const made = await plan(client, ref, desired, options);
    if (JSON.stringify(made.changes) !== JSON.stringify(changes)) {
      throw inputError(
        "saved",
        "the changes that are to be made now",
        "other ones: the project or the folder has changed",
      );
    }
    return made;
  }

  const parseEnv = (text) => rules.parseEnv(String(text));
  return { plan, restorePlan, parseEnv };
}

/**
 * What `env(NAME)` may ask for. The `env` of a Worker holds its bindings, too: an object that stands for another service would take even
 * `toJSON` for a call of that service.
 */
function textsOf(env) {
  if (Object(env) !== env) return env;
  return Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === "string"));
}

/** `config.toml` of the folder. */
async function configOf(sources, dir = "supabase") {
  const path = `${dir}/config.toml`.replace(/^\/+/, "");
  const file = await sources.read(path);
  if (!file) return undefined;
  try {
    return parse(new TextDecoder().decode(file));
  } catch ({ message, line, column }) {
    // The rest of its message shows the lines around, which may hold a secret.
    throw inputError(`${path}:${line}:${column}`, "TOML", message.split("\n")[0]);
  }
}

/** Reads what the rules ask for until there is a plan. */
async function draw(rules, client, sources, options, signal) {
  const desired = JSON.stringify(options);
  const known = { directories: [], paths: [], files: {}, answers: {}, now: new Date().toISOString() };
  await sources.begin(known, options.dir ?? "supabase");
  for (;;) {
    signal?.throwIfAborted();
    const { fault, files, reads, plan } = rules.next(desired, known);
    if (fault) throw inputError(fault.path, fault.expected, fault.received);
    if (plan) return plan;
    for (const path of files ?? []) await learn(rules, sources, known, path);
    await Promise.all(
      (reads ?? []).map(async (read) => {
        known.answers[read.key] = await answerTo(rules, client, read, signal);
      }),
    );
  }
}

/** Looks up a file, or a directory, whose path ends with a slash. */
async function learn(rules, sources, known, path) {
  if (path.endsWith("/")) {
    known.directories.push(path);
    known.paths.push(...(await sources.list(path)));
    return;
  }
  const bytes = await sources.read(path);
  known.files[path] = bytes
    ? { text: new TextDecoder().decode(bytes), sha256: rules.digest(bytes), size: bytes.length }
    : null;
}

async function answerTo(rules, client, { endpoint, arguments: args, tolerated }, signal) {
  const options = { signal, ...(endpoint === "functions.getBody" && bundleHeaders) };
  try {
    const given = await methodOf(client, endpoint)(...args, options);
    return { given: endpoint === "functions.getBody" ? rules.readBundle(given) : given };
  } catch (error) {
    if (!tolerated.includes(error.status)) throw error;
    return { status: error.status, message: error.message };
  }
}
