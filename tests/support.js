// What several tests need: values that the API takes, fetches that record, a server on this machine, and all the ways
// in which an error comes to be read by somebody.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { inspect } from "node:util";

// What a developer has set must not change what is tested.
delete process.env.SUPABASE_ACCESS_TOKEN;
delete process.env.SUPABASE_API_URL;

export const ref = "hqvkzumdtlrwaxbeogcy";
export const token = "sbp_0123456789abcdef0123456789abcdef01234567";
export const unicode = "Zoë 🚀 数据";

export const organization = { id: "acme", slug: "acme", name: unicode };

export const project = {
  id: ref,
  ref,
  organization_id: "acme",
  organization_slug: "acme",
  name: unicode,
  region: "us-east-1",
  created_at: "2026-09-23T00:00:00.000Z",
  status: "ACTIVE_HEALTHY",
  database: { host: "db.example", version: "15.1.0", postgres_engine: "15", release_channel: "ga" },
};

export const deployed = {
  id: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
  slug: "hello",
  name: unicode,
  status: "ACTIVE",
  version: 1,
  created_at: 1_790_000_000_000,
  updated_at: 1_790_000_000_001,
};

export const newProject = { name: "blog", db_pass: "correct horse battery", organization_slug: "acme" };

/** An answer of JSON. */
export const json = (value, init) => Response.json(value, init);

/** A fetch that notes what it is called with, and answers what `answer` gives. */
export function spy(answer = () => json([])) {
  const calls = [];
  const fetch = async (url, init) => {
    calls.push({ url, init });
    return answer(url, init);
  };
  return Object.assign(fetch, { calls });
}

/** What the promise rejects with; a promise that fulfils fails the test. */
export async function rejection(promise) {
  const settled = await Promise.resolve(promise).then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  if ("error" in settled) return settled.error;
  assert.fail(`expected a rejection, it fulfilled with ${inspect(settled.value)}`);
}

/** What the function throws. */
export function thrown(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  assert.fail("expected an exception");
}

export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All texts that somebody may get to see of an error without asking for its body. */
export function printed(error) {
  const views = {
    string: () => String(error),
    message: () => String(error?.message),
    stack: () => String(error?.stack),
    json: () => JSON.stringify(error),
    entries: () => inspect(Object.entries(Object(error)), { depth: 9 }),
    inspect: () => inspect(error, { depth: 9 }),
    hidden: () => inspect(error, { depth: 9, showHidden: true, getters: true }),
    inList: () => inspect([{ error }], { depth: 9, showHidden: true }),
  };
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view() ?? ""]));
}

/** Fails where one of the secrets stands in anything that is printed of an error, or in what its getters give. */
export function assertHidden(error, secrets) {
  const views = { ...printed(error), text: error?.text, body: inspect(error?.body, { depth: 9 }) };
  if (error?.headers) views.headers = JSON.stringify([...error.headers]);
  for (const [view, text] of Object.entries(views)) {
    for (const secret of secrets) assert.ok(!text?.includes(secret), `${view} shows ${secret}: ${text}`);
  }
}

/**
 * A server on this machine; it is gone, connections and all, when the test ends.
 * @param t the test's context
 * @param answer called as (request, response, body) once the body is there
 * @returns its address, and what it was asked
 */
export async function serve(t, answer) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body, text: body.toString() });
    await answer(request, response, body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

/** Answers JSON. */
export function answerJson(response, value, status = 200, headers = {}) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(value));
}
