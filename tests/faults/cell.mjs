// One cell of the matrix: one call against one fault, and all that is to hold of it.
import assert from "node:assert/strict";
import { SupabaseManagement } from "../face.mjs";
import { assertHidden, later, token, within } from "../support.js";
import { bounds, expected } from "./expect.mjs";
import { stalls } from "./look.mjs";

/** How long a call may take before it counts as hanging. */
const patience = 60_000;

/**
 * Runs a cell.
 * @param setting `times`: how many attempts meet the fault; `maxRetries` where it is not the client's own;
 * `then`: another fault `{ fault, sees }`, which the attempts after those meet; `respond`: whether the call is asked for
 * its response
 */
export async function runCell(server, kind, fault, sees, { respond = false, ...setting }) {
  const { then } = setting;
  // Of attempts that the server hears nothing of, it cannot count any.
  const times = then && (sees.unsent || sees.unheard) ? 0 : setting.times;
  const call = await server.open(fault, kind.answer, times, then?.fault);
  const told = { requests: [], responses: [], retries: [] };
  const options = {
    accessToken: token,
    baseUrl: call.url,
    headers: { "x-call": call.id },
    timeoutMs: stalls({ sees }) || (then && stalls(then)) ? 1_000 : 50_000,
    onRequest: (event) => told.requests.push(event),
    onResponse: (event) => told.responses.push(event),
    onRetry: (event) => told.retries.push(event),
  };
  if (then) options.fetch = leading(call, setting.times);
  if (setting.maxRetries !== undefined) options.maxRetries = setting.maxRetries;
  try {
    const client = new SupabaseManagement(options);
    if (fault.warm) {
      await kind.run(client);
      for (const list of [call.requests, ...Object.values(told)]) list.length = 0;
      call.warmed = true;
      await later(80);
    }
    const promise = kind.run(client);
    const settled = (respond ? promise.withResponse() : promise).then(
      (value) => ({ word: "value", value }),
      (error) => ({ word: error?.name ?? String(error), error }),
    );
    const outcome = await within(patience, settled);
    assert.notEqual(outcome, "hanging", "the call did not settle");
    const wanted = expected(kind, sees, setting);
    assertOutcome(outcome, wanted, kind, respond);
    // An attempt that met no fault got the right answer.
    if (!then && wanted.attempts > setting.times) assertValue(outcome, kind, respond);
    assertRequests(call, wanted, kind);
    assertHooks(told, wanted, kind, call);
  } finally {
    await server.forget(call);
  }
}

/** The platform's own fetch, which sends so many attempts to where the first fault is, and all others to the second one. */
function leading({ url, next }, times) {
  let count = 0;
  return (address, init) => fetch(++count > times ? address.replace(url, next) : address, init);
}

function assertOutcome({ word, value, error }, wanted, kind, respond) {
  const place = error?.stack ?? "a value";
  assert.equal(word, wanted.word, place);
  if (word === "value") {
    if (respond) assert.equal(value.attempts, wanted.attempts, "attempts of the response");
    return;
  }
  assert.equal(error.attempts, wanted.attempts, `attempts: ${place}`);
  assert.equal(error.status, wanted.status, `status: ${place}`);
  assertHidden(error, [token, ...kind.secrets]);
  const unknown = word === "OutcomeUnknownError" ? true : wanted.outcomeUnknown;
  if (word !== "DecodeError") assert.equal(error.outcomeUnknown, unknown, `outcomeUnknown: ${place}`);
  if (word !== "ApiError") return;
  const { retryAfterMs } = wanted;
  // A number out of all reach may be cut.
  if (retryAfterMs > 600_000) assert.ok(error.retryAfterMs > 600_000, `retryAfterMs ${error.retryAfterMs}`);
  else assert.equal(error.retryAfterMs, retryAfterMs, `retryAfterMs: ${place}`);
}

function assertValue({ value }, { wants, answer }, respond) {
  const right = wants === "nothing" ? undefined : wants === "count" ? answer.total : JSON.parse(answer.text);
  assert.deepEqual(respond ? value.data : value, right, "the value");
}

function assertRequests({ requests, warmed }, { met }, kind) {
  const count = met.filter(({ unsent, unheard }) => !unsent && !unheard).length;
  assert.equal(requests.length, count, "requests at the server");
  // A connection that is reset at once tells nothing of a request.
  const told = requests.filter(({ method }) => method);
  for (const { method, headers, body } of told) {
    assert.equal(method, kind.verb);
    assert.equal(headers.authorization, kind.anonymous ? undefined : `Bearer ${token}`);
    for (const [name, value] of Object.entries(kind.sends)) assert.equal(headers[name], value, name);
    // Each form has a boundary of its own, of the same length.
    assert.equal(body.length, told[0].body.length, "the body of a repeated request");
    assert.equal(body.length > 0, kind.sendsBody, "a body");
  }
  assert.ok(!warmed || count > 0);
}

function assertHooks(told, { attempts, reasons, met }, kind, { requests }) {
  assert.ok(!JSON.stringify(told).includes(token), "the token is told to a hook");
  assert.deepEqual(
    told.requests.map(({ attempt }) => attempt),
    Array.from({ length: attempts }, (_, at) => at + 1),
    "onRequest",
  );
  assert.deepEqual(
    told.responses.map(({ attempt }) => attempt),
    Array.from({ length: attempts }, (_, at) => at + 1),
    "onResponse",
  );
  assert.deepEqual(
    told.retries.map(({ reason }) => reason),
    reasons,
    "reasons of onRetry",
  );
  for (const { method } of [...told.requests, ...told.responses]) assert.equal(method, kind.verb);
  for (const [at, { attempt, delayMs }] of told.retries.entries()) {
    assert.equal(attempt, at + 1, "attempt of onRetry");
    const [least, most] = bounds(met[at], attempt);
    assert.ok(delayMs >= least - 1 && delayMs <= most + 1, `a wait of ${delayMs} ms, not ${least} to ${most}`);
    // Of attempts that the server got no request of, it knows no time.
    const [before, after] = requests.length === attempts ? [requests[at].at, requests[at + 1].at] : [];
    // Clocks of timers and of dates may differ by a little.
    if (after) assert.ok(after - before >= delayMs - 20, `${after - before} ms, and ${delayMs} were promised`);
  }
}
