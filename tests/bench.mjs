// `npm run bench`: the numbers of the README. Ratios within one run, medians of interleaved rounds: machines are noisy.
import { SupabaseManagement } from "../pkg/index.js";

const rounds = 60;
const ref = "abcdefghijklmnopqrst";

/** A list of functions of about 200 KB, as the API writes it. */
function functionList() {
  const one = (n) => ({
    id: `${String(n).padStart(8, "0")}-2222-4333-8444-555555555555`,
    slug: `function-number-${n}`,
    name: `Function number ${n}`,
    status: "ACTIVE",
    version: n,
    created_at: 1_700_000_000_000 + n,
    updated_at: 1_700_000_000_000 + 2 * n,
    verify_jwt: n % 2 === 0,
    import_map: false,
    entrypoint_path: `file:///home/deno/functions/function-number-${n}/index.ts`,
    ezbr_sha256: String(n).repeat(64).slice(0, 64),
  });
  const list = [];
  for (let n = 0; JSON.stringify(list).length < 200_000; n++) list.push(one(n));
  return JSON.stringify(list);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Medians of the times of some tasks, in milliseconds, taken in turns. Each gives its own time or is timed here. */
async function race(tasks, count = rounds) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -10; round < count; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      const own = await task();
      const spent = typeof own === "number" ? own : performance.now() - start;
      if (round >= 0) times[name].push(spent);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

const text = functionList();
const bytes = new TextEncoder().encode(text);
const respond = async () => new Response(bytes, { headers: { "content-type": "application/json" } });
const options = { accessToken: "sbp_0123456789abcdef", fetch: respond };
const lenient = new SupabaseManagement(options);
const strict = new SupabaseManagement({ ...options, validation: "strict" });

/**
 * The strict check by itself: from the moment that the client asks for the bytes until it decodes them for
 * `JSON.parse`, which is the copy into the wasm and the check.
 */
let asked = 0;
let checked = 0;
const decode = TextDecoder.prototype.decode;
const spied = {
  status: 200,
  headers: new Headers(),
  arrayBuffer: () => {
    const buffer = bytes.buffer.slice(0);
    asked = performance.now();
    return Promise.resolve(buffer);
  },
};
const spy = new SupabaseManagement({ ...options, validation: "strict", fetch: async () => spied });
async function checkAlone() {
  TextDecoder.prototype.decode = function (input, ...rest) {
    if (input instanceof ArrayBuffer) checked = performance.now();
    return decode.call(this, input, ...rest);
  };
  await spy.functions.list(ref);
  TextDecoder.prototype.decode = decode;
  return checked - asked;
}

const large = await race({
  "JSON.parse": () => {
    const fresh = decode.call(new TextDecoder(), bytes);
    const start = performance.now();
    JSON.parse(fresh);
    return performance.now() - start;
  },
  "strict check alone": checkAlone,
  "fetch and json()": async () => (await respond()).json(),
  "whole call": () => lenient.functions.list(ref),
  "whole call, strict": () => strict.functions.list(ref),
});

const five = JSON.stringify(JSON.parse(text).slice(0, 5));
const small = () => Promise.resolve(new Response(five, { headers: { "content-type": "application/json" } }));
const client = new SupabaseManagement({ ...options, fetch: small });
const times = 200;
const many = (call) => async () => {
  const start = performance.now();
  for (let n = 0; n < times; n++) await call();
  return (performance.now() - start) / times;
};
const tiny = await race(
  {
    "fetch and json()": many(async () => (await small()).json()),
    "small call": many(() => client.functions.list(ref)),
  },
  20,
);

const eval_ = process.execArgv.includes("--disallow-code-generation-from-strings") ? ", eval forbidden" : "";
console.log(
  `Node ${process.versions.node}${eval_}: a list of functions, ${text.length.toLocaleString("en")} bytes of JSON`,
);
for (const [name, value] of Object.entries(large)) {
  console.log(
    `  ${name.padEnd(22)}${value.toFixed(3).padStart(8)} ms  ${(value / large["JSON.parse"]).toFixed(2).padStart(5)} × JSON.parse`,
  );
}
console.log("Five functions");
for (const [name, value] of Object.entries(tiny)) {
  console.log(
    `  ${name.padEnd(22)}${(value * 1000).toFixed(1).padStart(8)} µs  ${(value / tiny["fetch and json()"]).toFixed(2).padStart(5)} × fetch and json()`,
  );
}
const mark = 0.45;
const ratio = large["strict check alone"] / large["JSON.parse"];
console.log(
  `strict check, copy into wasm included: ${ratio.toFixed(2)} × JSON.parse, mark ${mark}${ratio > mark ? ": TOO SLOW" : ""}`,
);
if (ratio > mark) process.exitCode = 1;
