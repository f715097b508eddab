// The Management API as a function of the shape of `fetch`. What it does is Rust (www/sandbox); here the platform's
// requests become bytes, and bytes responses. Each sandbox is an instance of its own: it goes when nobody holds it.
import bytes from "./dist/sandbox-bytes.js";
import { createGlue } from "./dist/sandbox-glue.js";
import { InputError } from "./errors.js";
import { createRuntime } from "./loader.js";
import { createControl, deliver, seedText } from "./sandbox/control.js";

let module;
const getModule = () => (module ??= new WebAssembly.Module(bytes()));

/** What an option must be, in words and as a test. */
const rules = {
  state: ["string", (value) => typeof value === "string"],
  startupMs: ["milliseconds, 0 or more", (value) => Number.isFinite(value) && value >= 0],
  rateLimit: ["calls per minute, or false", (value) => value === false || value === value >>> 0],
  seed: ["object", () => true],
  randomSeed: ["number", Number.isFinite],
  now: ["function", (value) => typeof value === "function"],
};

export function createSandbox(options = {}) {
  const {
    state,
    startupMs = 6_000,
    rateLimit = 120,
    seed,
    randomSeed = Math.random(),
    now = Date.now,
  } = checked(options);
  const runtime = createRuntime(createGlue, getModule);
  const fault = runtime.invoke("start", state, seedText(seed), startupMs, Number(rateLimit), randomSeed, now());
  if (fault.length > 0) throw inputError(`options.${fault[0]}`, fault[1], fault[2]);
  const own = runtime.current();

  function invoke(name, ...args) {
    // The account went with the instance: a fresh one would answer with another.
    if (own.dead) throw own.dead;
    return runtime.invoke(name, ...args);
  }

  async function fetch(input, init) {
    const signal = init?.signal === undefined ? input?.signal : init.signal;
    const stopIfAborted = () => {
      if (signal?.aborted) throw signal.reason;
    };
    stopIfAborted();
    // Only path and query count. The signal stays out: a request would go on listening to it.
    const address = input instanceof Request ? input : new URL(input, "http://localhost");
    const request = new Request(address, { ...init, signal: null });
    const body = new Uint8Array(await request.arrayBuffer());
    stopIfAborted();
    const { pathname, search } = new URL(request.url);
    const [authorization, contentType, accept, idempotencyKey] = [
      "authorization",
      "content-type",
      "accept",
      "idempotency-key",
    ].map((name) => request.headers.get(name) ?? undefined);
    const target = pathname + search;
    const more = [accept, idempotencyKey];
    return deliver(invoke("handle", request.method, target, authorization, contentType, body, now(), ...more), signal);
  }

  const control = createControl((method, target, body) =>
    invoke("handle", method, target, undefined, undefined, body, now()),
  );
  // Not spread, as what is called is read each time.
  return Object.assign(control, { fetch, save: () => invoke("save"), built: () => invoke("built").split("\n") });
}

function checked(options) {
  if (Object(options) !== options) throw inputError("options", "object", options === null ? "null" : typeof options);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      const known = Object.keys(rules).join(", ");
      throw inputError(`options.${name}`, `a known option, there are ${known}`, "an unknown option");
    }
    const [expected, fits] = rules[name];
    if (value !== undefined && !fits(value)) throw inputError(`options.${name}`, expected, described(value));
  }
  return options;
}

/** Numbers are no secrets; of anything else only the kind is told. */
function described(value) {
  if (typeof value === "number") return String(value);
  return value === null ? "null" : typeof value;
}

function inputError(path, expected, received) {
  const message = `createSandbox: ${path}: expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: "createSandbox", own: { path, expected, received } });
}
