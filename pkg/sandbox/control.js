// What a test does with a sandbox besides calling it: faults, the clock, the log of calls, beginning anew. What each of them
// means is Rust (www/sandbox/src/control), which answers `/_sandbox/…`; here it gets the shape that JavaScript has for it.
import { InputError } from "../errors.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const site = "/_sandbox/";

/** Whether a request lets the sandbox begin anew. */
export const isReset = (method, target) => method === "POST" && target.split("?")[0] === `${site}reset`;

/**
 * @param ask calls the sandbox itself: method, target, body as bytes; gives what `handle` gives
 * @param dropDatabases forgets what is in the databases, which a sandbox that begins anew does not have yet
 */
export function createControl(ask, dropDatabases = async () => {}) {
  function call(method, name, body, caller) {
    const text = body === undefined ? "" : written(body, caller);
    const [status, content] = ask(method, site + name, encoder.encode(text));
    const answer = content.length > 0 ? JSON.parse(decoder.decode(content)) : undefined;
    if (status < 400) return answer;
    const { path, expected, received } = answer;
    throw wrong(caller, path, expected, received);
  }

  return {
    fail(endpoint, fault) {
      if (Object(fault) !== fault) throw wrong("sandbox.fail", "fault", "object", described(fault));
      // A name that is left out would be that of every call, which has one of its own.
      call("POST", "faults", { ...fault, endpoint: endpoint ?? null }, "sandbox.fail");
    },
    get faults() {
      return call("GET", "faults").map(waiting);
    },
    clearFaults() {
      call("DELETE", "faults");
    },
    advance(milliseconds) {
      if (typeof milliseconds !== "number" || Number.isNaN(milliseconds)) {
        throw wrong("sandbox.advance", "milliseconds", "number", described(milliseconds));
      }
      call("POST", "clock", { advance: milliseconds }, "sandbox.advance");
    },
    get calls() {
      return call("GET", "calls");
    },
    async reset() {
      call("POST", "reset");
      await dropDatabases();
    },
  };
}

/** A fault that waits, in the words of `fail`: what was not asked for is left out, and all answers are `Infinity` again. */
function waiting({ endpoint, times, headers, ...rest }) {
  const asked = Object.entries(rest).filter(([, value]) => value !== null && value !== false && value !== 0);
  const fault = { endpoint, times: times ?? Number.POSITIVE_INFINITY, ...Object.fromEntries(asked) };
  return Object.keys(headers).length > 0 ? { ...fault, headers } : fault;
}

/** JSON text of an argument. It has no word for some numbers: that for ever is `null`, any other is refused where it is read. */
function written(value, caller) {
  const plain = (name, item) => {
    if (typeof item !== "number" || Number.isFinite(item)) return item;
    return name === "times" && item === Number.POSITIVE_INFINITY ? null : String(item);
  };
  try {
    return JSON.stringify(value, plain);
  } catch (cause) {
    throw wrong(caller, "fault", "what JSON can hold", cause.message);
  }
}

/** The seed of a sandbox as text. */
export function seedText(seed) {
  if (seed === undefined) return undefined;
  if (typeof seed === "number") {
    throw wrong("createSandbox", "options.seed", "object (a number belongs into randomSeed)", String(seed));
  }
  try {
    return JSON.stringify(seed) ?? "null";
  } catch (cause) {
    throw wrong("createSandbox", "options.seed", "what JSON can hold", cause.message);
  }
}

/** Numbers are no secrets; of anything else only the kind is told. */
function described(value) {
  if (typeof value === "number") return String(value);
  return value === null ? "null" : typeof value;
}

function wrong(caller, path, expected, received) {
  const place = path ? `${path}: ` : "";
  const message = `${caller}: ${place}expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: caller, own: { path, expected, received } });
}

/** What `fetch` says of a connection that was lost, here because a test asked for it. */
const broken = (message) =>
  new TypeError(message, { cause: new Error("the connection was lost, as a test asked for it") });

/** The answer as `fetch` gives it: late, not at all or in part, where a fault says so. Gives a Response, or a promise of one. */
export function deliver([status, content, delayMs, cut, ...pairs], signal) {
  const headers = [];
  for (let at = 0; at < pairs.length; at += 2) headers.push([pairs[at], pairs[at + 1]]);
  const whole = content.length > 0 ? content : null;
  if (delayMs === 0 && cut === undefined) return new Response(whole, { status, headers });
  return pause(delayMs, signal).then(() => {
    if (cut === "lost") throw broken("fetch failed");
    if (cut !== "truncated") return new Response(whole, { status, headers });
    return new Response(half(content), { status, headers });
  });
}

/** Waits, and rejects with the reason of the signal as soon as that is aborted. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** What comes of a body that is truncated. */
export const halfOf = (content) => content.subarray(0, content.length >> 1);

/** The first half of a body, and then the end of the connection. */
function half(content) {
  const begin = halfOf(content);
  return new ReadableStream({
    start: (controller) => {
      if (begin.length > 0) controller.enqueue(begin);
    },
    pull: (controller) => controller.error(broken("terminated")),
  });
}
