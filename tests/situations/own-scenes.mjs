// The situations of this client's table: those of all clients, and those that only this client has an option for.
import { later, never, newProject, project, ref, token } from "../support.js";
import { scenes } from "./scenes.mjs";
import { drop, empty, json, last, limited, page, silence, throttled } from "./stage.mjs";

const projects = json([project]);
const created = json(project, 201);
const list = (api) => api.list();
const create = (api) => api.create(newProject);
const quickly =
  (milliseconds) =>
  ({ ended }) => [ended.ms < milliseconds ? "at once" : "late"];

const reason = new Error("the user left the page");
let leave;

const unauthorized = json({ message: "Unauthorized" }, 401);

/** Refuses all tokens but one. */
const onlyFor = (accepted) => (response, asked) =>
  (asked.headers.authorization === `Bearer ${accepted}` ? projects : unauthorized)(response);

const renewed = `${token}2`;

/** A source whose first token is a refused one; `refreshed` counts. */
function tokens() {
  let now = token;
  let refreshing;
  const source = () => now;
  source.refreshed = 0;
  source.refresh = () =>
    (refreshing ??= (async () => {
      source.refreshed++;
      await later(50);
      return (now = renewed);
    })());
  return source;
}

/** A server that is overloaded, and gone when it is asked again. */
const overloadedThenGone = (requests) => async () => {
  requests.push({ at: performance.now() });
  if (requests.length === 1) return Response.json({ message: "Overloaded" }, { status: 503 });
  throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
};

/** A source that gives a token once. */
function once() {
  let asked = 0;
  return () => (asked++ === 0 ? token : never());
}

/** What a browser's `fetch` does when the server does not allow the page to read its answer. */
const blocked = (requests) => async () => {
  requests.push({ at: performance.now() });
  throw new TypeError("Failed to fetch");
};

/** Notes what would leave this machine. */
const outbound = (requests) => async () => {
  requests.push({ at: performance.now() });
  return Response.json([project]);
};

/**
 * In the order of the table (see scenes.mjs). `before` is a call of the same client that is not
 * looked at; `stub` makes a `fetch` in the place of a server.
 */
export const ownScenes = [
  scenes.throttledGet,
  scenes.throttledPost,
  {
    name: "429 again and again",
    call: list,
    answers: [limited(1)],
    wants: "array",
    status: 429,
    says: throttled,
    waitSeconds: 1,
  },
  {
    name: "429, `X-RateLimit-Reset: 30`, with `deadlineMs: 5000`",
    call: list,
    answers: [limited(30), projects],
    options: { deadlineMs: 5000 },
    wants: "array",
    status: 429,
    says: throttled,
    also: quickly(2500),
  },
  {
    name: "the answer before said `X-RateLimit-Remaining: 0`, `X-RateLimit-Reset: 1`",
    before: list,
    call: list,
    answers: [last([project], 1), projects],
    wants: "array",
    waitSeconds: 1,
  },
  {
    name: 'the same with `X-RateLimit-Reset: 30`, `rateLimit: "error"`',
    before: list,
    call: list,
    answers: [last([project], 30), projects],
    options: { rateLimit: "error" },
    wants: "array",
    quiet: true,
    also: quickly(15_000),
  },
  {
    name: "the same with `X-RateLimit-Reset: 30`, `deadlineMs: 5000`",
    before: list,
    call: list,
    answers: [last([project], 30), projects],
    options: { deadlineMs: 5000 },
    wants: "array",
    quiet: true,
    also: quickly(2500),
  },
  {
    name: "503 with `Retry-After: 1`; then fine (GET)",
    call: list,
    answers: [json({ message: "Starting" }, 503, { "retry-after": "1" }), projects],
    wants: "array",
    status: 503,
    waitSeconds: 1,
  },
  scenes.pageGet,
  { ...scenes.pageGet, name: "502 again and again (GET)", answers: [page(502)] },
  { ...scenes.pagePost, name: "502 with an HTML page (POST)" },
  scenes.dropGet,
  {
    name: "the same (PUT)",
    call: ({ client }) => client.apiKeys.updateLegacy(ref, { enabled: false }),
    answers: [drop, json({ enabled: false })],
    wants: "object",
  },
  scenes.dropPost,
  scenes.breakOff,
  scenes.refused,
  { ...scenes.refused, name: "the same (POST)", call: create },
  {
    name: "503, then connection refused (PUT)",
    call: ({ client }) => client.apiKeys.updateLegacy(ref, { enabled: false }),
    stub: overloadedThenGone,
    options: { maxRetries: 1 },
    wants: "object",
  },
  {
    name: "503, then a token that never comes, with `timeoutMs: 500` (DELETE)",
    call: ({ client }) => client.functions.delete(ref, "hello"),
    answers: [json({ message: "Overloaded" }, 503)],
    options: () => ({ accessToken: once(), timeoutMs: 500 }),
    quiet: true,
    wants: "undefined",
  },
  { ...scenes.silent, name: "no answer, ever, with `timeoutMs: 500` (GET)" },
  {
    name: "the same (POST)",
    call: create,
    answers: [silence],
    options: { timeoutMs: 500 },
    quiet: true,
    wants: "object",
  },
  {
    name: "no answer, ever, with `deadlineMs: 500` (GET)",
    call: list,
    answers: [silence],
    options: { deadlineMs: 500 },
    quiet: true,
    wants: "array",
  },
  {
    name: "the signal is aborted while the call waits",
    call: ({ client }) => {
      const controller = new AbortController();
      leave = () => controller.abort(reason);
      return client.projects.list({ signal: controller.signal });
    },
    answers: [() => leave()],
    wants: "array",
    also: ({ ended }) => (ended.error === reason ? ["the signal's own reason"] : []),
  },
  scenes.wrongBody,
  scenes.outside,
  {
    name: "`http` to another host than this machine",
    call: ({ client }) => client.projects.list({ baseUrl: "http://api.example" }),
    stub: outbound,
    wants: "array",
  },
  scenes.validation,
  {
    name: "401, no other token to be had",
    call: list,
    answers: [unauthorized],
    wants: "array",
    status: 401,
    says: "Unauthorized",
  },
  {
    name: "401, the token source has `refresh` (POST)",
    call: create,
    answers: [unauthorized, created],
    options: () => ({ accessToken: tokens() }),
    wants: "object",
    status: 401,
    also: ({ requests }) => [
      requests[1]?.headers.authorization === `Bearer ${renewed}` ? "the second with the new token" : "the same token",
    ],
  },
  {
    name: "200 calls at once with an expired token, the source refreshes once for all",
    call: (api) => Promise.all(Array.from({ length: 200 }, () => api.list())),
    answers: [onlyFor(renewed)],
    options: () => ({ accessToken: tokens() }),
    wants: "array",
    status: 401,
    counts: false,
    quiet: true,
    also: ({ ended: { value }, given, requests }) => [
      `for ${value?.length ?? 0} calls`,
      `${given.accessToken.refreshed} refresh`,
      requests.length <= 400 ? "no request sent more than twice" : `${requests.length} requests`,
    ],
  },
  scenes.forbidden,
  {
    name: "404, no such project",
    call: (api) => api.get(ref),
    answers: [json({ message: "Project not found" }, 404)],
    wants: "object",
    status: 404,
    says: "Project not found",
  },
  {
    name: "404, no such route",
    call: ({ client }) => client.request("GET", "/v1/project"),
    answers: [json({ message: "Cannot GET /v1/project" }, 404)],
    wants: "object",
    status: 404,
    says: "Cannot GET /v1/project",
  },
  scenes.logsError,
  scenes.redirected,
  scenes.echo,
  scenes.truncated,
  scenes.wrongKind,
  scenes.emptyBody,
  { ...scenes.emptyBody, name: "204 where a list is promised", answers: [empty(204)], status: 204 },
  scenes.unreadable,
  {
    name: "the same GET ten times at once, with `dedupe`",
    call: (api) => Promise.all(Array.from({ length: 10 }, () => api.list())),
    answers: [projects],
    options: { dedupe: true },
    wants: "array",
    also: ({ ended: { value }, requests }) => [`for ${value?.length ?? 0} calls`, `${requests.length} sent`],
    counts: false,
  },
];

/** In a page, as far as the client can tell. */
export const pageScene = {
  name: "in a page: `fetch` fails, for CORS or the network",
  call: list,
  stub: blocked,
  wants: "array",
};

/** Answers that differ from the description. */
export const deviations = [
  scenes.newField,
  scenes.newEnum,
  scenes.nullField,
  scenes.missingField,
  {
    name: "a field of another type",
    call: list,
    answers: [json([{ ...project, name: 5 }])],
    wants: "array",
  },
];
