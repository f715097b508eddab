// Situations of what takes more than one call: waits, and lists that come in pages. They are no part of the table in the guides;
// both faces of the client go through them, and must end alike.
import { json, project, ref, token } from "../support.js";
import { connect } from "./clients/ours.mjs";
import { settle } from "./observe.mjs";

const withStatus = (status) => ({ ...project, status });
const refusal =
  (status, message, headers = {}) =>
  () =>
    json({ message }, { status, headers });
const quickly = { pollMs: 2 };
const healthy = (options) => (client) => client.projects.waitUntilHealthy(ref, { ...quickly, ...options });

/** What a wait shows on its way, and what it ends with. */
const watched = (wait) => async (client) => {
  const seen = [];
  try {
    for await (const { status, polls, state } of wait(client)) seen.push(`${polls} ${status} ${state?.status}`);
  } catch (error) {
    seen.push(error.name);
  }
  return seen;
};

const item = (number) => ({
  ref: `${ref.slice(0, -1)}${"abcdefgh"[number]}`,
  name: `p${number}`,
  cloud_provider: "AWS",
  region: "us-east-1",
  is_branch: false,
  status: "ACTIVE_HEALTHY",
  inserted_at: "2026-09-23T00:00:00.000Z",
  databases: [],
});
const page = (offset, numbers, count = 5) => ({
  projects: numbers.map(item),
  pagination: { count, limit: 2, offset },
});
const runOf = (id) => ({
  id,
  branch_id: "b",
  run_steps: [],
  git_config: null,
  workdir: null,
  check_run_id: null,
  created_at: "2026-09-23T00:00:00.000Z",
  updated_at: "2026-09-23T00:00:00.000Z",
});
const snippet = (name) => ({
  id: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
  inserted_at: "2026-09-23T00:00:00.000Z",
  updated_at: "2026-09-23T00:00:00.000Z",
  type: "sql",
  visibility: "user",
  name,
  description: null,
  project: { id: 1, name: "blog" },
  owner: { id: 1, username: "a" },
  updated_by: { id: 1, username: "a" },
  favorite: false,
});

/** The names of all items, and of the error that ends them. */
const named = (list) => async (client) => {
  const seen = [];
  try {
    for await (const one of list(client)) seen.push(one.name ?? one.id ?? one.projects?.length ?? one.length);
  } catch (error) {
    seen.push(`${error.name} ${error.path ?? error.status}`);
  }
  return seen;
};
const projects = (query) => (client) => client.organizations.listProjects("acme", query);
const runs = (query) => (client) => client.actionRuns.list(ref, query);
const snippets = (query) => (client) => client.snippets.list(query);

/** `answers` are given in turn, the last one for ever: a value, or what makes a `Response` or fails. */
const longScenes = [
  {
    name: "a project becomes healthy",
    answers: ["COMING_UP", "COMING_UP", "ACTIVE_HEALTHY"].map(withStatus),
    run: healthy(),
  },
  {
    name: "a project becomes healthy, step by step",
    answers: ["COMING_UP", "UNKNOWN", "ACTIVE_HEALTHY"].map(withStatus),
    run: watched(healthy()),
  },
  { name: "a project fails", answers: ["COMING_UP", "INIT_FAILED"].map(withStatus), run: healthy() },
  {
    name: "a project fails, step by step",
    answers: ["COMING_UP", "INIT_FAILED"].map(withStatus),
    run: watched(healthy()),
  },
  {
    name: "a project is not healthy in time",
    answers: [withStatus("COMING_UP")],
    run: healthy({ pollMs: 60_000, deadlineMs: 60 }),
  },
  {
    name: "no poll is answered in time",
    answers: [() => new Promise(() => {})],
    run: healthy({ deadlineMs: 60 }),
  },
  {
    name: "five polls in a row fail, and the sixth does not",
    answers: [...Array(5).fill(refusal(503, "no")), withStatus("ACTIVE_HEALTHY")],
    run: healthy(),
  },
  { name: "six polls in a row fail", answers: [refusal(503, "no")], run: healthy() },
  { name: "a poll cannot be answered at all", answers: [refusal(501, "no")], run: healthy() },
  {
    name: "all polls fail until the time is over",
    answers: [refusal(503, "no")],
    run: healthy({ pollMs: 60_000, deadlineMs: 60 }),
  },
  { name: "a poll is refused for good", answers: [withStatus("COMING_UP"), refusal(403, "no")], run: healthy() },
  {
    name: "services are asked for once the project is healthy",
    answers: [
      withStatus("COMING_UP"),
      withStatus("ACTIVE_HEALTHY"),
      [{ name: "auth", status: "COMING_UP", healthy: false }],
      withStatus("ACTIVE_HEALTHY"),
      [{ name: "auth", status: "ACTIVE_HEALTHY", healthy: true }],
    ],
    run: watched(healthy({ services: ["auth"] })),
  },
  {
    name: "services are asked for with something else that is waited for",
    answers: [withStatus("INACTIVE")],
    run: (client) => client.projects.waitUntilPaused(ref, { services: ["auth"] }),
  },
  { name: "a wait with a deadline of nothing", answers: [], run: healthy({ deadlineMs: 0 }) },
  {
    name: "a wait whose signal was aborted before",
    answers: [],
    run: (client) => healthy({ signal: AbortSignal.abort(new Error("the user left")) })(client),
  },
  {
    name: "a wait whose signal is aborted between two polls",
    answers: [withStatus("COMING_UP")],
    run: (client) => healthy({ pollMs: 60_000, signal: AbortSignal.timeout(30) })(client),
  },
  {
    name: "a deleted project: 400",
    answers: [withStatus("GOING_DOWN"), refusal(400, "Resource has been removed")],
    run: watched((client) => client.projects.waitUntilDeleted(ref, quickly)),
  },
  {
    name: "a deleted project: 404",
    answers: [withStatus("GOING_DOWN"), refusal(404, "Project not found")],
    run: (client) => client.projects.waitUntilDeleted(ref, quickly),
  },
  {
    name: "a deleted project: no such route",
    answers: [refusal(404, `Cannot GET /v1/projects/${ref}`)],
    run: (client) => client.projects.waitUntilDeleted(ref, quickly),
  },
  {
    name: "a deleted project: another 400",
    answers: [refusal(400, "ref: invalid")],
    run: (client) => client.projects.waitUntilDeleted(ref, quickly),
  },
  {
    name: "items of pages with a count",
    answers: [page(0, [0, 1]), page(2, [2, 3]), page(4, [4])],
    run: named(projects({ limit: 2 })),
  },
  {
    name: "pages with a count",
    answers: [page(0, [0, 1]), page(2, [2, 3]), page(4, [4])],
    run: named((client) => projects({ limit: 2 })(client).pages()),
  },
  {
    name: "items from the middle on",
    answers: [page(3, [3, 4])],
    run: named(projects({ offset: 3, limit: 2 })),
  },
  { name: "a page that is not the one asked for", answers: [page(0, [0, 1])], run: named(projects({ limit: 2 })) },
  { name: "a page without items, though more are promised", answers: [page(0, [])], run: named(projects({})) },
  {
    name: "the second page fails",
    answers: [page(0, [0, 1]), refusal(500, "no")],
    run: named(projects({ limit: 2 })),
  },
  { name: "pages without a count", answers: [[runOf("a"), runOf("b")], [runOf("c")], []], run: named(runs({})) },
  { name: "pages without a count that repeat", answers: [[runOf("a"), runOf("b")]], run: named(runs({})) },
  {
    name: "pages with a cursor",
    answers: [{ data: [snippet("a")], cursor: "c1" }, { data: [], cursor: "c2" }, { data: [snippet("b")] }],
    run: named(snippets({})),
  },
  {
    name: "a cursor that comes again",
    answers: [{ data: [snippet("a")], cursor: "c1" }],
    run: named(snippets({})),
  },
];

/** Rows of name, what was asked and what it ended with, and the message. */
export const longRows = () => Promise.all(longScenes.map(rowOf));

async function rowOf({ name, answers, run }) {
  const asked = [];
  const fetch = async (url) => {
    asked.push(url.replace(/^https:\/\/[^/]+/, ""));
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    return typeof answer === "function" ? answer() : json(answer);
  };
  // One attempt for each poll and each page: what is repeated within a call is the matter of other situations.
  const { client } = connect({ accessToken: token, fetch, maxRetries: 0 });
  const { value, error, hangs } = await settle(() => run(client));
  const what = { hangs, value, ...(error && { name: error.name, ...factsOf(error) }) };
  return [name, `${asked.join(", ")}: ${JSON.stringify(what)}`, error?.message ?? ""];
}

const factsOf = ({ attempts, status, path, retryAfterMs, outcomeUnknown, state }) => ({
  attempts,
  status,
  path,
  retryAfterMs,
  outcomeUnknown: outcomeUnknown || undefined,
  state: state?.status,
});
