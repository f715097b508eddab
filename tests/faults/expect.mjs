// What is to become of a call, derived from the rules of the client and from what can be seen of a fault. No line here
// is about one fault or one kind of call: whoever adds either gets the expectation with it.
import { good } from "./server.mjs";

const passing = new Set([408, 429, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526]);
const tenMinutes = 600_000;

/** What one attempt comes to, if it is the last. `again` is the reason for another one, where there is any. */
function attempt(kind, sees) {
  if (sees.unsent || sees.broke) return { word: "ConnectionError", again: "network" };
  if (sees.stalls) return { word: "TimeoutError", again: "timeout" };
  const { status = kind.answer.status, body } = sees;
  if (status < 200 || status > 299) {
    return { word: "ApiError", status, again: passing.has(status) ? `${status}` : undefined };
  }
  // There is no body that could become a value of its type.
  if (status === 204 && kind.typed) return { word: "DecodeError", status };
  // The head of an answer says all there is to know.
  if (kind.verb === "HEAD" || kind.wants === "nothing" || status === 204) return value;
  if (body === "broken") return { word: "ConnectionError", again: "network" };
  if (body === "stalled") return { word: "TimeoutError", again: "timeout" };
  if (sees.deep && kind.shallow) return { word: "DecodeError", status };
  if (body === "good" || kind.wants === "free" || (body === "empty" && kind.wants === "rows")) return value;
  return { word: "DecodeError", status };
}

/**
 * Whether a write may have been done though nobody knows it. Any attempt may have done it that was sent and got no
 * status, or one that a server gives, or a proxy before it, without knowing how it went. Not once a 2xx was seen: then it
 * is known to have been done.
 */
function isUnknown(kind, met) {
  const open = (sees) => sees.broke || sees.stalls || (passing.has(sees.status) && sees.status !== 429);
  const done = ({ unsent, broke, stalls, status = kind.answer.status }) =>
    !unsent && !broke && !stalls && status > 199 && status < 300;
  return kind.write && met.some(open) && !met.some(done);
}

const value = { word: "value" };

/** The wait that a server asks for, in milliseconds; undefined where it asks for none that can be understood. */
export function asked({ status, headers = {} }, now = Date.now()) {
  const text = headers["retry-after"];
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = text?.includes(",") ? Date.parse(text) - now : Number.NaN;
  // One that is over says nothing: somebody's clock is wrong.
  if (wait > 0) return wait;
  const reset = headers["x-ratelimit-reset"];
  if ((status === 429 || headers["x-ratelimit-remaining"] === "0") && /^\d+$/.test(reset)) return Number(reset) * 1000;
  return undefined;
}

/** The shortest and the longest wait after that attempt. */
export function bounds(sees, number) {
  const server = asked(sees);
  // A second of room where the server names a second of the day.
  if (server !== undefined) return [server, server * 1.1];
  return [0, Math.min(8000, 500 * 2 ** (number - 1))];
}

/**
 * @param kind the kind of call
 * @param sees what is seen of its fault
 * @param times how many attempts meet it
 * @param then `sees` of another fault, which all attempts after those meet; without it, they are answered well
 * @returns how the call ends, and `met`: what each of its attempts has met
 */
export function expected(kind, sees, { times, maxRetries = 2, then }) {
  const met = [];
  const reasons = [];
  for (;;) {
    const now = met.length < times ? sees : then?.sees;
    met.push(now ?? good.sees);
    const end = { met, attempts: met.length, reasons };
    if (!now) return { ...value, ...end };
    const { again, ...one } = attempt(kind, now);
    if (one.word === "value") return { ...one, ...end };
    const asks = asked(now);
    const may = again !== undefined && (kind.repeat || now.status === 429);
    // A wait of this length is nobody's wish.
    if (may && met.length <= maxRetries && !(asks > tenMinutes)) {
      reasons.push(again);
      continue;
    }
    const outcomeUnknown = isUnknown(kind, met);
    if (one.word === "ConnectionError")
      return { ...one, ...end, word: outcomeUnknown ? "OutcomeUnknownError" : one.word };
    return { ...one, ...end, outcomeUnknown, retryAfterMs: one.word === "ApiError" ? asks : undefined };
  }
}
