// Many calls of all kinds, with faults mixed in, through a fetch in this process.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { defineClient } from "../../pkg/client.js";
import bytes from "../../pkg/dist/client-bytes.js";
import { createGlue } from "../../pkg/dist/client-glue.js";
import { isSupabaseManagementError } from "../../pkg/index.js";
import { createRuntime } from "../../pkg/loader.js";
import { later, token } from "../support.js";
import { kinds } from "./kinds.mjs";
import { random } from "./random.mjs";

/** Calls at once. */
const width = 200;

/**
 * @returns how many calls settled, and how many did not; what nobody handled; the counts of outcomes; and after each
 * quarter how much of the heap and of the wasm's memory is in use
 */
export async function soak({ calls, seed }) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);
  // Waits between attempts are a random part of some seconds: none of them, so that a million calls end today.
  const { random: chance } = Math;
  Math.random = () => 0;
  try {
    const world = createWorld(random(seed));
    const outcomes = {};
    const quarters = [];
    let settled = 0;
    let unsettled = 0;
    for (let quarter = 1; quarter <= 4 && unsettled === 0; quarter++) {
      const pool = runPool(world, Math.round((calls * quarter) / 4) - settled, outcomes);
      await pool.ended;
      settled += pool.settled;
      unsettled += pool.pending;
      // What is freed at the end of a turn is garbage in the next one.
      for (let turn = 0; turn < 5; turn++) {
        await later(20);
        collect();
      }
      quarters.push({ heap: process.memoryUsage().heapUsed, wasm: world.wasmBytes() });
    }
    return { settled, unsettled, unhandled, outcomes, quarters };
  } finally {
    Math.random = chance;
    for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
  }
}

/** So many calls, `width` at once. Ends as well where nothing has settled for 20 s. */
function runPool(world, count, outcomes) {
  const pool = { pending: 0, settled: 0 };
  let begun = 0;
  const worker = async () => {
    while (begun < count) {
      begun += 1;
      pool.pending += 1;
      const word = await world.call();
      pool.pending -= 1;
      pool.settled += 1;
      outcomes[word] = (outcomes[word] ?? 0) + 1;
    }
  };
  const all = Promise.all(Array.from({ length: width }, worker));
  const stuck = new Promise((resolve) => {
    let before = -1;
    const timer = setInterval(() => {
      if (pool.settled === before) resolve();
      before = pool.settled;
    }, 20_000);
    all.finally(() => clearInterval(timer));
  });
  pool.ended = Promise.race([all, stuck]);
  return pool;
}

/** Clients, a fetch, and calls that are drawn by lot. */
function createWorld(next) {
  let memory;
  const glued = (...timers) => {
    const glue = createGlue(...timers);
    const set = glue.__wbg_set_wasm;
    return Object.assign(glue, {
      __wbg_set_wasm(exports) {
        memory = exports.memory;
        set(exports);
      },
    });
  };
  const Client = defineClient(createRuntime(glued, () => new WebAssembly.Module(bytes())));
  const pick = (list) => list[Math.floor(next() * list.length)];
  const letters = (length = 20) =>
    Array.from({ length }, () => String.fromCharCode(97 + Math.floor(next() * 26))).join("");

  let tokens = 0;
  const source = Object.assign(async () => token, { refresh: async () => `${token}${tokens++ % 10}` });
  const throws = () => {
    throw new Error("a hook's own");
  };
  const fetch = (_url, init) => pick(behaviours)(init);
  const clients = [
    {},
    { validation: "strict" },
    { accessToken: source, onDeviation: () => {} },
    { onRequest: throws, onResponse: throws, onRetry: throws, onDeviation: throws },
    { maxRetries: 5, deadlineMs: 50, maxConcurrent: 20 },
    { maxRetries: 0, rateLimit: "error" },
    { dedupe: true },
  ].map((options) => new Client({ accessToken: token, timeoutMs: 10, fetch, ...options }));

  async function call() {
    const client = pick(clients);
    const at = Math.floor(next() * runs.length);
    const options = { headers: { "x-run": `${at}` } };
    let timer;
    const lot = next();
    const reason = "enough";
    if (lot < 0.05) {
      const controller = new AbortController();
      options.signal = controller.signal;
      if (lot < 0.01) controller.abort(reason);
      else timer = setTimeout(() => controller.abort(reason), next() * 12);
    }
    if (lot > 0.9) options.timeoutMs = 1 + Math.floor(next() * 20);
    try {
      const promise = runs[at].run(client, options, letters);
      await (lot > 0.5 ? promise : promise.withResponse());
      return "value";
    } catch (error) {
      if (error === reason && options.signal?.aborted) return "aborted";
      return isSupabaseManagementError(error) || /^(OutcomeUnknown|RateLimit)Error$/.test(error?.name)
        ? error.name
        : "foreign";
    } finally {
      clearTimeout(timer);
    }
  }

  return { call, wasmBytes: () => memory.buffer.byteLength };
}

const named = (wanted) => kinds.find(({ name }) => name === wanted);
/** Projects that were never heard of before: what is known of their limits must be forgotten one day. */
const stranger = {
  ...named("GET of an object"),
  run: (client, options, letters) => client.projects.get(letters(), options),
};
/** Of one project there are 120 in three minutes: a soak that waits for that is none. */
const migration = {
  ...named("migration with a key"),
  run: (client, options, letters) =>
    client.migrations.apply(letters(1).repeat(20), { query: "select 1" }, { ...options, idempotencyKey: "a-key" }),
};
const others = kinds.filter(({ name }) => !/migration/.test(name));
const runs = [...others, migration, ...Array(8).fill(stranger)];
const closed = named("free GET");

const limits = { "x-ratelimit-limit": "120", "x-ratelimit-remaining": "100", "x-ratelimit-reset": "1" };
const good = ({ headers }) => {
  const { verb, answer } = runs[headers["x-run"]];
  const own = answer.type ? { ...limits, "content-type": answer.type } : { ...limits, "x-total-count": "7" };
  return new Response(verb === "HEAD" ? null : answer.text, { status: answer.status, headers: own });
};
const never = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true }));
const streamed = (source) => () => new Response(new ReadableStream(source));
const status =
  (code, headers, text = '{"message":"no"}') =>
  () =>
    new Response(text, { status: code, headers });
const html = "<!doctype html><title>cloudflare</title>";

/** What a fetch may do; most of the time, what it should. */
const behaviours = [
  ...Array(40).fill(good),
  async (init) => good(init),
  (init) => later(2).then(() => good(init)),
  () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNRESET" } })),
  () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } })),
  () => {
    throw new Error("thrown");
  },
  () => undefined,
  () => Promise.reject(undefined),
  never,
  never,
  status(400),
  status(401),
  status(403, { "content-type": "application/json" }, '{"message":"no","missing_permissions":["a"]}'),
  status(404),
  status(408),
  status(429, { "retry-after": "0" }),
  status(429, { ...limits, "retry-after": "0" }),
  // One kind of call is refused for a day; of the others nothing more would be seen.
  (init) => (runs[init.headers["x-run"]] === closed ? status(429, { "retry-after": "86400" })() : good(init)),
  status(500),
  status(502, { "content-type": "text/html" }, html),
  status(503, { "retry-after": "0" }),
  status(504, {}, ""),
  status(522, {}, html),
  status(302, { location: "http://127.0.0.1:9/" }, null),
  () => new Response("[{"),
  () => new Response(""),
  () => new Response('"text"'),
  () => new Response('[{"id":42,"name":null}]', { headers: limits }),
  () => new Response(null, { status: 204 }),
  streamed({ pull: (controller) => controller.error(new Error("broke")) }),
  streamed({ pull: () => new Promise(() => {}) }),
];
