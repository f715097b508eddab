// Errors: whatever a server answers, the promise settles, and what it rejects with is ours and has fields of the right kinds.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isApiError, isConnectionError, isDecodeError, SupabaseManagement } from "../../pkg/index.js";
import { newProject, ref, token } from "../support.js";
import { property } from "./runner.mjs";
import { tricky } from "./texts.mjs";

const names = ["message", "error", "error_description", "msg", "missing_permissions", "required_permissions", "errors"];
const words = fc.oneof(
  tricky,
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom("", " ", "Project not found", "Cannot GET /v1/x", "Cannot GET", "a.b: not one of c"),
);
const value = fc.oneof(
  words,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, 7, [], {}, ["a", 1, null], { message: "x" }),
);

/** Bodies: bytes, text, JSON of what errors have, and JSON that is broken or deep. */
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  words,
  fc.dictionary(fc.oneof(fc.constantFrom(...names), tricky), value, { maxKeys: 6 }).map((it) => JSON.stringify(it)),
  fc.jsonValue().map((it) => JSON.stringify(it)),
  fc
    .tuple(fc.constantFrom('{"message":', "[", '{"a":[', '"', "<html>"), fc.nat(3000))
    .map(([it, times]) => it.repeat(times)),
);

/** Values of a header that a rate limit may have, and of those that it may not. */
const numbers = fc.oneof(
  fc.nat().map(String),
  fc.double().map(String),
  fc.constantFrom(
    "",
    " ",
    "-1",
    "1e400",
    "0x10",
    "Infinity",
    "NaN",
    "1,2",
    "Wed, 23 Sep 2026 00:00:00 GMT",
    "9".repeat(400),
  ),
  fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((unit) => String.fromCharCode(unit)), maxLength: 12 }),
);
const headers = fc.dictionary(
  fc.constantFrom(
    ..."retry-after x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset date content-type x-total-count content-length".split(
      " ",
    ),
  ),
  numbers,
  { maxKeys: 6 },
);

/** A `Response`, also with a status that no constructor takes. */
function reply(status, headers, body) {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    status,
    headers: new Headers(headers),
    text: async () => new TextDecoder().decode(bytes),
    arrayBuffer: async () => bytes.slice().buffer,
  };
}

const calls = {
  list: (client) => client.projects.list(),
  create: (client) => client.projects.create(newProject),
  delete: (client) => client.functions.delete(ref, "hello"),
  bytes: (client) => client.functions.getBody(ref, "hello"),
  count: (client) => client.actionRuns.count(ref),
  rows: (client) => client.database.query(ref, { query: "select 1" }),
  free: (client) => client.request("GET", "/v1/projects"),
};

/** Calls that change something, and statuses that say nothing of whether it was done: each request is sent once here. */
const writes = ["create", "delete", "rows"];
const silent = [408, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526];

/** Where one looks whether a write was done. */
const witnesses = { create: "projects.list", delete: "functions.get" };

const finite = (it) => it === undefined || Number.isFinite(it);

/** What is to be true of a rate limit, wherever it is read. */
function assertLimit(limit) {
  if (limit === undefined) return;
  assert.deepEqual(Object.keys(limit), ["limit", "remaining", "resetSeconds"]);
  assert.ok(
    Object.values(limit).every(finite) && Object.values(limit).some((it) => it !== undefined),
    JSON.stringify(limit),
  );
}

property(
  "any answer becomes a value or an error of this package",
  [
    fc.oneof(fc.integer({ min: 100, max: 999 }), fc.constantFrom(200, 201, 204, 400, 401, 403, 404, 429, 500)),
    headers,
    bodies,
    fc.constantFrom(...Object.keys(calls)),
    fc.constantFrom("lenient", "strict"),
    fc.boolean(),
  ],
  async (status, head, body, call, validation, hooked) => {
    // One attempt is what is looked at: retries.mjs has the others.
    const options = { validation, maxRetries: 0, ...(hooked && { onDeviation: () => {} }) };
    const client = new SupabaseManagement({
      accessToken: token,
      fetch: async () => reply(status, head, body),
      ...options,
    });
    const promise = calls[call](client);
    let error;
    let data;
    try {
      data = await promise;
    } catch (thrown) {
      error = thrown;
    }
    if (!error) {
      assert.equal(Math.trunc(status / 100), 2);
      if (call === "count") assert.ok(Number.isSafeInteger(data), `${data}`);
      const response = await promise.withResponse();
      assert.equal(response.status, status);
      assertLimit(response.rateLimit);
      return;
    }
    promise.withResponse().catch(() => {});
    assert.ok(error instanceof Error && typeof error.message === "string" && typeof error.stack === "string");
    assert.equal(error.status, status);
    if (Math.trunc(status / 100) === 2) return assert.ok(isDecodeError(error) || isConnectionError(error), `${error}`);
    assert.ok(isApiError(error), `${error}`);
    assertApiError(error, call, status, head);
  },
);

/** The members that hold words, those that say most first. */
const wordy = ["message", "error_description", "error", "msg", "errors", "detail", "title", "description", "issues"];
const placed = /"(?:path|pointer|field|parameter|loc|property|source|meta)"/;

/** The lines of an answer: a text, those of a list, or those of the first member of an object that has some. */
function linesIn(value, depth = 6) {
  if (depth === 0) return [];
  if (typeof value === "string") return value.trim() ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => linesIn(item, depth - 1));
  const members = wordy.filter((name) => Object.hasOwn(Object(value), name));
  return members.map((name) => linesIn(value[name], depth - 1)).find((lines) => lines.length > 0) ?? [];
}

/** The hint that the facts of an error lead to. */
function hintOf({ status, body, text, retryAfterMs, unknownRoute, missingPermissions, ...error }) {
  const { requiredScope: scope, requiredPermissions: permissions } = error;
  const lost = (body === text ? [] : linesIn(body))[0];
  assert.equal(unknownRoute, status === 404 && /^Cannot [A-Z]+ \//.test(lost));
  assert.ok(status === 403 || (scope === undefined && permissions.length === 0));
  const moved = status > 299 && status < 400 ? " (redirects are not followed)" : "";
  if (unknownRoute) return `${moved} (the server has no such route: is baseUrl right?)`;
  if (!scope && permissions.length === 0) {
    return retryAfterMs === undefined ? moved : `${moved} (the server asks to wait ${retryAfterMs} ms)`;
  }
  const needs = [
    ...(scope ? [`the OAuth scope ${scope}`] : []),
    ...(permissions.length ? [`the permission ${permissions.map((all) => all.join(" and ")).join(" or ")}`] : []),
  ].join(" or ");
  const missing = missingPermissions.length ? `; missing: ${missingPermissions.join(", ")}` : "";
  return `${moved} (needs ${needs}${missing})`;
}

/** Whether a wait is the one that the headers ask for, as far as they say it in digits. */
function assertAsked(retryAfterMs, { "retry-after": given, "x-ratelimit-reset": reset }) {
  assert.ok(retryAfterMs === undefined || retryAfterMs >= 0, `${retryAfterMs}`);
  const text = given === undefined ? "" : new Headers({ a: given }).get("a");
  if (/^\d{1,12}$/.test(text)) assert.equal(retryAfterMs, Number(text) * 1000);
  // One that is beyond all reach is cut, and never shortened to what could be waited for.
  else if (/^\d+$/.test(text)) assert.equal(retryAfterMs, 1e15);
  // Without a comma it is no date of HTTP either.
  else if (!text.includes(",") && reset === undefined) assert.equal(retryAfterMs, undefined, JSON.stringify(text));
}

function assertApiError(error, call, status, head) {
  const { body, text, message, missingPermissions } = error;
  assert.equal(typeof text, "string");
  assert.ok(body !== undefined && error.headers instanceof Headers && error.attempts === 1);
  for (const [name, value] of Object.entries(head))
    assert.equal(error.headers.get(name), new Headers({ a: value }).get("a"));
  assert.ok(Array.isArray(missingPermissions) && missingPermissions.every((name) => typeof name === "string"));
  assertLimit(error.rateLimit);
  assertAsked(error.retryAfterMs, head);
  // The server's own words, or the beginning of what it sent.
  const place = `${error.endpoint} (${error.route}): ${status} `;
  assert.ok(message.startsWith(place) && message.length > place.length, message);
  // What is no JSON is its own text.
  const lines = body === text ? [] : linesIn(body);
  // Where a server says the place of each line, the place comes before it.
  const own = placed.test(JSON.stringify(body)) ? undefined : lines.join("; ");
  // Behind them, what can be done about it.
  const open = writes.includes(call) && silent.includes(status);
  assert.equal(error.outcomeUnknown, open, message);
  const witness = witnesses[call] ? `, ${witnesses[call]} may tell` : "";
  const unknown = open ? `; the server may have done it all the same: look before you repeat it${witness}` : "";
  const hint = hintOf(error) + unknown;
  assert.ok(message.endsWith(hint), `${message}, and not${hint}`);
  const words = message.slice(place.length, message.length - hint.length);
  if (own) assert.equal(words, own);
  else assert.ok(words.length > 0 && words.length <= 201, `${words.length} letters`);
  assert.doesNotThrow(() => JSON.stringify(error));
}
