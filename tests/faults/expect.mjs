// What is to become of a call, derived from the rules of the client and from what can be seen of a fault. No line here
// is about one fault or one kind of call: whoever adds either gets the expectation with it.

const passing = new Set([408, 429, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526]);
const tenMinutes = 600_000;

/** What one attempt comes to. `again` is the reason for another one, where there is any. */
function attempt(kind, sees) {
  const connection = kind.write && !sees.unsent ? "OutcomeUnknownError" : "ConnectionError";
  if (sees.unsent || sees.broke) return { word: connection, again: "network" };
  const late = { word: "TimeoutError", outcomeUnknown: kind.write, again: "timeout" };
  if (sees.stalls) return late;
  const { status = kind.answer.status, body } = sees;
  if (status < 200 || status > 299) {
    return { word: "ApiError", status, again: passing.has(status) ? `${status}` : undefined };
  }
  // The head of an answer says all there is to know.
  if (kind.verb === "HEAD" || kind.wants === "nothing" || status === 204) return value;
  // The status has come: that it was done is known.
  if (body === "broken") return { word: "ConnectionError", again: "network" };
  if (body === "stalled") return { ...late, outcomeUnknown: false };
  if (body === "good" || kind.wants === "free" || (body === "empty" && kind.wants === "rows")) return value;
  return { word: "DecodeError", status };
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
 */
export function expected(kind, sees, { times, maxRetries = 2 }) {
  const one = attempt(kind, sees);
  const may = one.again !== undefined && (kind.repeat || sees.status === 429);
  // A wait of this length is nobody's wish.
  const asks = asked(sees);
  const most = may && !(asks > tenMinutes) ? maxRetries + 1 : 1;
  const retryAfterMs = one.word === "ApiError" ? asks : undefined;
  if (one.word === "value") return { ...value, attempts: 1, reasons: [] };
  if (times < most) return { ...value, attempts: times + 1, reasons: Array(times).fill(one.again) };
  return { ...one, retryAfterMs, attempts: most, reasons: Array(most - 1).fill(one.again) };
}
