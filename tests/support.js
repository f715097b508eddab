// What several tests need: values that the API takes, fetches that record, a server on this machine, and all the ways
// in which an error comes to be read by somebody.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { inspect } from "node:util";
import { isSupabaseManagementError, SupabaseManagement } from "../pkg/index.js";

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
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  assert.fail(`expected a rejection, it fulfilled with ${inspect(value)}`);
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

/** What the promise gives, or "hanging" where it gives nothing in time. */
export function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds, "hanging");
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
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
    hidden: () => inspect(error, { depth: 9, showHidden: true }),
    inList: () => inspect([{ error }], { depth: 9, showHidden: true }),
  };
  return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view() ?? ""]));
}

/** All strings in a value that JSON can hold, keys too. */
const stringsOf = (value) =>
  Object(value) === value ? Object.entries(value).flat().flatMap(stringsOf) : typeof value === "string" ? [value] : [];

/** Fails where one of the secrets stands in anything that is printed of an error, or in what its getters give. */
export function assertHidden(error, secrets) {
  const getters = inspect(error, { depth: 9, showHidden: true, getters: true });
  const headers = error?.headers && JSON.stringify([...error.headers]);
  const views = { ...printed(error), getters, headers, text: error?.text, body: stringsOf(error?.body).join("\n\n") };
  for (const [view, text] of Object.entries(views)) {
    for (const secret of secrets) {
      // As it is, and as it looks between the quotes of JSON and of a console.
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), inspect(secret).slice(1, -1)]) {
        assert.ok(!text?.includes(form), `${view} shows ${form}: ${text}`);
      }
    }
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

/** Throws whatever is done with it. */
const bomb = (target = {}) =>
  new Proxy(target, {
    get(_, trap) {
      return () => {
        throw new Error(`trapped ${String(trap)}`);
      };
    },
  });
export const untouchable = () => new Proxy(() => {}, bomb());
export const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
export const fail = () => {
  throw new Error("a getter's own");
};
export const never = () => new Promise(() => {});

// Hostile fetches: what the calls of all tests of them get, and how they are judged.
export const platformFetch = globalThis.fetch;
export const texts = { GET: JSON.stringify([project]), POST: JSON.stringify(organization), DELETE: "" };
export const good = (_url, { method }) => new Response(texts[method]);

/**
 * The platform's `fetch` is called with a `Request`, and with the signal beside it: the one inside of a request is not
 * aborted any more in Node once the garbage collector has taken the request. This makes such a `fetch` of a function that is
 * called as the option `fetch` is.
 */
export const asGlobal =
  (fetch) =>
  (request, { signal }) => {
    const { method, headers, redirect, body } = request;
    return fetch(request.url, { method, headers: Object.fromEntries(headers), signal, redirect, body });
  };

export const operations = {
  list: (client) => client.projects.list(),
  create: (client) => client.organizations.create({ name: "A" }),
  delete: (client) => client.functions.delete(ref, "hello"),
};
export const modes = {
  lenient: {},
  strict: { validation: "strict" },
  reporting: { onDeviation: () => {} },
  throwing: {
    validation: "strict",
    onDeviation: () => {
      throw new Error("a hook's own");
    },
  },
  global: { fetch: undefined },
};

/** What each operation ends with where its connection is lost: a write may have been done. */
export const lost = { list: "ConnectionError", create: "OutcomeUnknownError", delete: "OutcomeUnknownError" };

/** What became of a call, in a word; "hanging" where nothing did. */
export async function outcome(promise) {
  const settled = promise.then(
    (value) => ({ word: "value", value }),
    (error) => ({ word: error?.name ?? String(error), error }),
  );
  const result = await within(2000, settled);
  if (result === "hanging") return { word: "hanging" };
  if ("error" in result && !isSupabaseManagementError(result.error)) result.word = `foreign ${result.word}`;
  return result;
}

/** The judge of hostile fetches. Between tests nobody else may use the global fetch. */
export function judge() {
  const unhandled = [];
  // A signal that a fetch has broken also breaks the platform, which lets go of it when its request is garbage.
  const ofPlatform = (reason) => /FinalizationRegistry\.cleanup/.test(reason?.stack);
  const note = (reason) => ofPlatform(reason) || unhandled.push(reason);
  for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);
  let count = 0;
  return {
    /** Notes that one more behaviour was examined. */
    next: () => ++count,

    end() {
      globalThis.fetch = platformFetch;
      for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
      assert.deepEqual(unhandled, []);
    },

    /** Runs all operations in all modes side by side; `expected` is a word, or one per operation. `|` allows several. */
    async examine(fetch, expected) {
      const contexts = Object.entries(modes).flatMap(([mode, options]) =>
        Object.entries(operations).map(([operation, run]) => {
          const context = { mode, operation, calls: [], behave: fetch };
          context.fetch = (url, init) => {
            context.calls.push(url);
            return context.behave(url, init, context);
          };
          context.client = new SupabaseManagement({
            accessToken: token,
            timeoutMs: 150,
            // One attempt is what is judged: tests/faults has the others.
            maxRetries: 0,
            fetch: context.fetch,
            ...options,
          });
          context.run = () => run(context.client);
          return context;
        }),
      );
      globalThis.fetch = asGlobal(contexts.find(({ mode }) => mode === "global").fetch);
      await Promise.all(
        contexts.map(async (context) => {
          const { word, value, error } = await outcome(context.run());
          const allowed = typeof expected === "string" ? expected : expected[context.operation];
          const place = `${context.operation}, ${context.mode}`;
          assert.ok(
            allowed.split("|").includes(word),
            `${place}: expected ${allowed}, got ${word} ${error?.stack ?? ""}`,
          );
          if (context.operation === "delete" && word === "value") assert.equal(value, undefined);
          for (const [view, text] of Object.entries(error ? printed(error) : {})) {
            assert.ok(!text.includes(token), `${place}: the token is in ${view}`);
          }
        }),
      );
      globalThis.fetch = asGlobal(good);
      for (const context of contexts) {
        context.behave = good;
        const { word, error } = await outcome(context.run());
        assert.equal(word, "value", `afterwards, ${context.operation}, ${context.mode}: ${error?.stack}`);
      }
      assert.equal({}.polluted, undefined);
      // Long enough for what was late, and for Node to say what nobody handled.
      await later(expected === "TimeoutError" ? 120 : 0);
      assert.deepEqual(unhandled.splice(0), []);
      count += 1;
    },
  };
}
