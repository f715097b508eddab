// Retries, on a clock of the test: whatever answers come, as many requests are sent as the rule allows, when it allows them,
// and the call ends with what the last one came to. Whether a write may have been done, all of them tell together.
import assert from "node:assert/strict";
import fc from "fast-check";
import { SupabaseManagement } from "../../pkg/index.js";
import { newProject, organization, project, ref, token } from "../support.js";
import { onClock } from "./clock.mjs";
import { property } from "./runner.mjs";

const call = (repeat, write, body, run, wants = "body") => ({ repeat, write, body, run, wants });
const restricted = { dbAllowedCidrs: [] };
const migration = { query: "select 1" };

/** Calls by what repeating them does: `repeat` where it does no harm, `write` where something is changed. */
const calls = {
  get: call(true, false, [project], (client) => client.projects.list()),
  head: call(true, false, "", (client) => client.actionRuns.count(ref), "nothing"),
  bytes: call(true, false, "x", (client) => client.functions.getBody(ref, "hello")),
  delete: call(true, true, "", (client) => client.functions.delete(ref, "hello"), "nothing"),
  put: call(true, true, {}, (client) => client.sslEnforcement.update(ref, { requestedConfig: { database: true } })),
  readOnly: call(true, false, [], (client) => client.database.queryReadOnly(ref, migration)),
  bans: call(true, false, {}, (client) => client.networkBans.list(ref)),
  bansAndMore: call(true, false, {}, (client) => client.networkBans.listEnriched(ref)),
  available: call(true, false, {}, (client) =>
    client.vanitySubdomain.checkAvailability(ref, { vanity_subdomain: "blog" }),
  ),
  keyed: call(true, true, {}, (client) => client.migrations.apply(ref, migration, { idempotencyKey: "a" }), "nothing"),
  unkeyed: call(false, true, {}, (client) => client.migrations.apply(ref, migration), "nothing"),
  query: call(false, true, [], (client) => client.database.query(ref, migration)),
  post: call(false, true, organization, (client) => client.organizations.create({ name: "A" })),
  project: call(false, true, project, (client) => client.projects.create(newProject)),
  patch: call(false, true, {}, (client) => client.postgrest.updateConfig(ref, { max_rows: 1 })),
  apply: call(false, true, {}, (client) => client.networkRestrictions.apply(ref, restricted)),
  postgres: call(false, true, {}, (client) => client.database.updatePostgresConfig(ref, { max_connections: 60 })),
  token: call(false, true, {}, (client) => client.oauth.token({ grant_type: "refresh_token", refresh_token: "r" })),
  freeGet: call(true, false, {}, (client) => client.request("GET", "/v2/x")),
  freePut: call(true, true, {}, (client) => client.request("put", "/v2/x", { body: {} })),
  freePost: call(false, true, {}, (client) => client.request("POST", "/v2/x", { body: {} })),
  freeKnown: call(true, false, {}, (client) => client.request("POST", `/v1/projects/${ref}/network-bans/retrieve`)),
  freePostgres: call(false, true, {}, (client) =>
    client.request("PUT", `/v1/projects/${ref}/config/database/postgres`, { body: { max_connections: 60 } }),
  ),
};

const passing = [408, 429, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526];
const whole = (min, max) => fc.integer({ min, max });
const maybe = (arbitrary) => fc.option(arbitrary, { nil: undefined });

/** What a server asks to wait, in seconds: as a number, as a date by its own clock or by ours, or as the end of a window. */
const asking = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({ seconds: fc.oneof(whole(0, 40), fc.constantFrom(599, 601, 86_400)), how: fc.constant("seconds") }),
  fc.record({ seconds: whole(1, 60), how: fc.constantFrom("date", "own date", "reset") }),
  fc.constant({ how: "nonsense" }),
);
const answers = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant("status") },
    fc.constantFrom("network", "refused", "stalls", "body breaks", "body stalls", "hidden"),
  ),
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...passing) },
    fc.constantFrom(400, 401, 403, 404, 500, 501, 519, 527),
    whole(300, 999),
  ),
  // Not at the moment at which something else happens.
  after: whole(0, 3000).map((milliseconds) => milliseconds + 0.37),
  asks: asking,
});

function headersOf({ seconds, how }, status) {
  const now = Date.now();
  const date = (milliseconds) => new Date(milliseconds).toUTCString();
  switch (how) {
    case "seconds":
      return { "retry-after": `${seconds}` };
    case "date":
      return { "retry-after": date(now + seconds * 1000) };
    case "own date":
      return { "retry-after": date(3_600_000 + seconds * 1000), date: date(3_600_000) };
    case "reset":
      return { "x-ratelimit-reset": `${seconds}`, ...(status !== 429 && { "x-ratelimit-limit": "120" }) };
    case "nonsense":
      return { "retry-after": "soon", "x-ratelimit-reset": "x" };
    default:
      return {};
  }
}

/** The wait that an answer asks for, in milliseconds. */
function askedBy(headers, status, now) {
  const text = headers["retry-after"];
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = text?.includes(",") ? Date.parse(text) - (headers.date ? Date.parse(headers.date) : now) : Number.NaN;
  if (date > 0) return date;
  const reset = headers["x-ratelimit-reset"];
  return status === 429 && /^\d+$/.test(reset) ? Number(reset) * 1000 : undefined;
}

/** A reply as `fetch` gives it, with a body that comes, breaks off or stalls. */
function reply(status, headers, body) {
  return {
    status,
    headers: new Headers(headers),
    text: body,
    arrayBuffer: async () => new TextEncoder().encode(await body()).buffer,
  };
}

const counted = { "x-total-count": "3" };
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const never = () => new Promise(() => {});

/** A server that answers what the list says, then what is right; `log` has what happened, and when. */
function serverOf({ body }, list) {
  const log = [];
  const right = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = async () => {
    const { kind = "right", status = 200, after = 1.37, asks } = list[log.length] ?? {};
    const entry = { kind, at: Date.now(), after };
    log.push(entry);
    if (kind === "stalls") return never();
    await later(after);
    if (kind === "hidden") return reply(0, {}, async () => "");
    if (kind === "network") throw new TypeError("fetch failed");
    if (kind === "refused") throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    if (kind === "body stalls") return reply(200, counted, never);
    if (kind === "body breaks") return reply(200, counted, () => Promise.reject(new TypeError("terminated")));
    if (kind === "right") return reply(200, counted, async () => right);
    Object.assign(entry, { status, headers: headersOf(asks, status) });
    entry.asked = askedBy(entry.headers, status, Date.now());
    return reply(status, entry.headers, async () => `{"message":"no, ${status}"}`);
  };
  return { fetch, log };
}

/**
 * What an attempt comes to: when it ends, in which word, and for which reason there may be another one; `open` where the
 * server may have done it and nobody knows, `done` where a 2xx says that it has.
 */
function comesTo(kind, entry, timeoutMs, deadline) {
  const stalls = /stalls/.test(entry.kind);
  const limit = Math.min(entry.at + timeoutMs, deadline);
  const end = stalls ? Number.POSITIVE_INFINITY : entry.at + entry.after;
  // A body that nobody needs may stall or break.
  const needless = kind.wants === "nothing" && entry.kind.startsWith("body");
  if (needless && (entry.kind === "body breaks" ? end < limit : entry.at + entry.after < limit))
    return { word: "value", at: entry.kind === "body breaks" ? end : limit };
  if (end >= limit) {
    const begun = entry.kind === "body stalls" && entry.at + entry.after < limit;
    const late = { word: "TimeoutError", at: limit, open: !begun, done: begun };
    return limit < deadline ? { ...late, again: kind.repeat, reason: "timeout" } : late;
  }
  const failed = { word: "ConnectionError", at: end, again: kind.repeat, reason: "network" };
  switch (entry.kind) {
    case "right":
      return { word: "value", at: end };
    case "hidden":
      return { word: "ConnectionError", at: end };
    case "network":
      return { ...failed, open: true };
    case "refused":
      return failed;
    case "body breaks":
      return { ...failed, done: true };
    default: {
      const { status } = entry;
      const passes = passing.includes(status);
      const again = status === 429 || (kind.repeat && passes);
      return { word: "ApiError", at: end, again, reason: `${status}`, open: passes && status !== 429 };
    }
  }
}

property(
  "as many requests are sent as the rule allows, and when it does",
  [
    fc.constantFrom(...Object.keys(calls)),
    fc.array(answers, { maxLength: 6 }),
    whole(0, 5),
    maybe(whole(1, 60_000)),
    fc.oneof(whole(1, 5000), fc.constant(60_000)),
    fc.constantFrom("wait", "error"),
  ],
  (name, list, maxRetries, deadlineMs, timeoutMs, rateLimit) =>
    onClock(async ({ finish, timers }) => {
      const kind = calls[name];
      const { fetch, log } = serverOf(kind, list);
      const told = { requests: [], responses: [], retries: [] };
      const client = new SupabaseManagement({
        accessToken: token,
        fetch,
        maxRetries,
        deadlineMs,
        timeoutMs,
        rateLimit,
        onRequest: (event) => told.requests.push(event),
        onResponse: (event) => told.responses.push({ ...event, at: Date.now() }),
        onRetry: (event) => told.retries.push({ ...event, at: Date.now() }),
      });
      const begun = Date.now();
      const deadline = begun + (deadlineMs ?? Number.POSITIVE_INFINITY);
      const promise = kind.run(client);
      const error = await finish(promise).then(
        () => undefined,
        (thrown) => thrown,
      );
      const word = error?.name ?? "value";
      assert.equal(log[0].at, begun);
      const ends = log.map((entry) => comesTo(kind, entry, timeoutMs, deadline));
      const unknown = kind.write && ends.some(({ open }) => open) && !ends.some(({ done }) => done);
      for (const [number, entry] of log.entries()) {
        const end = ends[number];
        const failures = number + 1;
        const response = told.responses[number];
        assert.deepEqual([response.attempt, response.at, response.durationMs], [failures, end.at, end.at - entry.at]);
        const left = deadlineMs === undefined ? 600_000 : deadline - end.at;
        // Of an answer that came.
        const asked = end.word === "ApiError" ? entry.asked : undefined;
        const [least, most] =
          asked === undefined ? [0, Math.min(8000, 500 * 2 ** number)] : [asked, asked * 1.1 + 1e-6];
        const may = end.again && failures <= maxRetries;
        const retry = told.retries[number];
        if (!retry) {
          assert.equal(number, log.length - 1, "a retry that nobody was told of");
          // Where there may be another attempt, there is no time for the wait: the shortest that is asked for, or any of ours.
          if (may) assert.ok(left <= (asked ?? most), `it gives up with ${left} ms left`);
          const broken = unknown && end.word === "ConnectionError";
          assert.equal(word, broken ? "OutcomeUnknownError" : end.word, `${error}`);
          assert.equal(Date.now(), end.at, "it ends later than the attempt");
          if (word !== "value") assert.equal(!!error.outcomeUnknown, unknown, `${error}`);
          if (word === "ApiError") assert.deepEqual([error.status, error.retryAfterMs], [entry.status, asked]);
          continue;
        }
        assert.ok(may, `${name} is sent again after ${end.reason ?? entry.kind}`);
        assert.deepEqual([retry.attempt, retry.reason, retry.at], [failures, end.reason, end.at]);
        assert.ok(retry.delayMs >= least && retry.delayMs <= most && retry.delayMs < left, `${retry.delayMs} ms`);
        const next = log[number + 1]?.at;
        assert.ok(Math.abs(next - end.at - retry.delayMs) < 0.01, `${next - end.at} ms in place of ${retry.delayMs}`);
      }
      assert.ok(log.length <= maxRetries + 1);
      assert.deepEqual(
        [told.requests, told.responses, told.retries].map((all) => all.length),
        [log.length, log.length, log.length - 1],
      );
      assert.equal(error ? error.attempts : (await promise.withResponse()).attempts, log.length);
      // Nothing goes on behind the end, but what the server still does.
      const own = [...timers.values()].filter(({ at }) => at > Date.now() + 3001);
      assert.deepEqual(own, []);
      assert.ok(client.rateLimits().every(({ running, waiting }) => running + waiting === 0));
    }),
);
