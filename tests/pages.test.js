// Lists that come in pages, against a real server: all items, page by page, and what a server must not get away with.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SupabaseManagement } from "../pkg/index.js";
import { idsOf, methodOf } from "./conformance/rows.mjs";
import { answerJson, later, printed, ref, rejection, serve, token, within } from "./support.js";

const names = (first, length) => Array.from({ length }, (_, index) => ({ name: `p${first + index}` }));
const everything = names(0, 250);

/** What the query of a request says. */
const asked = ({ url }) => Object.fromEntries(new URL(url, "http://x").searchParams);

/** The API's own three, over as many items: an answer by the query. */
const servers = {
  listProjects: (items) => (query) => {
    const [offset, limit] = [+(query.offset ?? 0), +(query.limit ?? 100)];
    return { projects: items.slice(offset, offset + limit), pagination: { count: items.length, limit, offset } };
  },
  list: (items) => (query) => items.slice(+(query.offset ?? 0), +(query.offset ?? 0) + +(query.limit ?? 20)),
  snippets: (items) => (query) => {
    const [begin, limit] = [+(query.cursor?.slice(1) ?? 0), +(query.limit ?? 100)];
    const rest = begin + limit < items.length ? { cursor: `c${begin + limit}` } : {};
    return { data: items.slice(begin, begin + limit), ...rest };
  },
};
const calls = {
  listProjects: (client, ...rest) => client.organizations.listProjects("acme", ...rest),
  list: (client, ...rest) => client.actionRuns.list(ref, ...rest),
  snippets: (client, ...rest) => client.snippets.list(...rest),
};
const itemsOf = { listProjects: (page) => page.projects, list: (page) => page, snippets: (page) => page.data };

/** A client on a server that answers `answer(query, number of the request)`; a number is a status. */
async function clientOn(t, answer, options) {
  const server = await serve(t, async (request, response) => {
    const value = await answer(asked(request), server.requests.length);
    if (value === undefined) response.writeHead(204).end();
    else if (typeof value === "number") answerJson(response, { message: "broken" }, value);
    else answerJson(response, value);
  });
  return { server, client: new SupabaseManagement({ accessToken: token, baseUrl: server.url, ...options }) };
}

async function collect(iterable) {
  const all = [];
  // Whoever loops for ever has failed.
  for await (const one of iterable) if (all.push(one) > 1000) assert.fail("there is no end");
  return all;
}

/** What came before the error, and the error. */
async function broken(iterable) {
  const all = [];
  const error = await rejection(
    (async () => {
      for await (const one of iterable) all.push(one);
    })(),
  );
  return { all, error };
}

const unhandled = [];
const note = (reason) => unhandled.push(reason);
before(() => process.on("unhandledRejection", note));
after(async () => {
  await later(20);
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
});

describe("all items of a list", () => {
  for (const [name, call] of Object.entries(calls)) {
    const queries = { listProjects: [{}, { limit: 100 }, { limit: 60 }, { limit: 50 }], list: [{}, { limit: 50 }] };
    for (const query of queries[name] ?? [{}, { limit: "60" }, { limit: "50" }]) {
      it(`of 250 come once and in order: ${name} ${JSON.stringify(query)}`, async (t) => {
        const { server, client } = await clientOn(t, servers[name](everything));
        assert.deepEqual(await collect(call(client, query)), everything);
        const pages = await collect(call(client, query).pages());
        assert.deepEqual(pages.flatMap(itemsOf[name]), everything);
        assert.ok(pages.length > 1 && pages.every((page) => itemsOf[name](page).length > 0));
        const half = server.requests.length / 2;
        assert.deepEqual(server.requests.slice(0, half), server.requests.slice(half));
      });
    }

    it(`may be none: ${name}`, async (t) => {
      const { server, client } = await clientOn(t, servers[name]([]));
      assert.deepEqual(await collect(call(client)), []);
      const pages = await collect(call(client).pages());
      assert.deepEqual(pages, [servers[name]([])({})]);
      assert.equal(server.requests.length, 2);
    });
  }

  it("begin where the query says", async (t) => {
    const offset = await clientOn(t, servers.listProjects(everything));
    const sorted = { offset: 130, sort: "name_asc", search: "a b", limit: 100 };
    assert.deepEqual(await collect(calls.listProjects(offset.client, sorted)), everything.slice(130));
    const sent = offset.server.requests.map(asked);
    const same = { sort: "name_asc", search: "a b", limit: "100" };
    assert.deepEqual(sent, [
      { ...same, offset: "130" },
      { ...same, offset: "230" },
    ]);
    const runs = await clientOn(t, servers.list(everything));
    assert.deepEqual(await collect(calls.list(runs.client, { offset: 245 })), everything.slice(245));
    const cursor = await clientOn(t, servers.snippets(everything));
    assert.deepEqual(await collect(calls.snippets(cursor.client, { cursor: "c200" })), everything.slice(200));
  });

  it("take no more requests than pages, and one more where only an empty page tells the end", async (t) => {
    const { server, client } = await clientOn(t, servers.listProjects(everything));
    await collect(calls.listProjects(client));
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ["", "?offset=100", "?offset=200"].map((query) => `/v1/organizations/acme/projects${query}`),
    );
    for (const [query, requests] of [
      [{ limit: 100 }, 3],
      [{ limit: 50 }, 6],
      [undefined, 14],
    ]) {
      const runs = await clientOn(t, servers.list(everything));
      await collect(calls.list(runs.client, query));
      assert.equal(runs.server.requests.length, requests);
    }
  });

  it("end where pages shrink while they are read", async (t) => {
    let count = 250;
    const { client } = await clientOn(t, (query) => {
      const page = servers.listProjects(everything.slice(0, count))(query);
      count = 190;
      return page;
    });
    assert.deepEqual(await collect(calls.listProjects(client)), everything.slice(0, 190));
    const gone = await clientOn(t, ({ offset = 0 }) => ({
      projects: offset ? [] : everything.slice(0, 100),
      pagination: { count: offset ? 90 : 200, limit: 100, offset: +offset },
    }));
    assert.equal((await collect(calls.listProjects(gone.client).pages())).length, 1);
  });
});

describe("the first page", () => {
  it("is what the call gives, and is not asked for again", async (t) => {
    const { server, client } = await clientOn(t, servers.listProjects(everything));
    const call = calls.listProjects(client);
    const page = await call;
    assert.deepEqual(page.pagination, { count: 250, limit: 100, offset: 0 });
    assert.equal((await call.withResponse()).status, 200);
    assert.equal(server.requests.length, 1);
    for await (const one of call.pages()) {
      assert.equal(one, page);
      break;
    }
    for await (const one of call) {
      assert.equal(one, page.projects[0]);
      break;
    }
    assert.equal(server.requests.length, 1);
    assert.equal((await collect(call)).length, 250);
    assert.equal(server.requests.length, 3);
  });

  it("is there for every iteration, and these do not disturb each other", async (t) => {
    const { server, client } = await clientOn(t, servers.listProjects(everything));
    const call = calls.listProjects(client);
    const [one, two, pages] = await Promise.all([collect(call), collect(call), collect(call.pages())]);
    assert.deepEqual([one, two, pages.flatMap(itemsOf.listProjects)], [everything, everything, everything]);
    assert.equal(server.requests.length, 1 + 3 * 2);
  });

  it("may be changed by who reads it: the next one is asked for all the same", async (t) => {
    const { client } = await clientOn(t, servers.listProjects(everything));
    let count = 0;
    for await (const page of calls.listProjects(client).pages()) count += page.projects.splice(0).length;
    assert.equal(count, 250);
  });

  it("is all that is asked for where the loop is left, and the next one only when it is needed", async (t) => {
    const { server, client } = await clientOn(t, servers.listProjects(everything));
    for await (const { name } of calls.listProjects(client)) if (name === "p99") break;
    await later(20);
    assert.equal(server.requests.length, 1);
    const items = calls.listProjects(client)[Symbol.asyncIterator]();
    await items.next();
    assert.deepEqual(await items.return(), { value: undefined, done: true });
    assert.deepEqual(await items.next(), { value: undefined, done: true });
    assert.equal(server.requests.length, 2);
  });
});

describe("the calls of the pages", () => {
  it("have the arguments and options of the first, as they were then", async (t) => {
    const { server, client } = await clientOn(t, servers.listProjects(everything));
    let tokens = 0;
    const accessToken = () => `t${++tokens}`;
    const query = { limit: 100, search: "a" };
    const options = { headers: { "x-a": "b" }, accessToken };
    const call = calls.listProjects(client, query, options);
    query.search = options.headers = undefined;
    await collect(call);
    assert.deepEqual(
      server.requests.map(({ headers }) => [headers["x-a"], headers.authorization]),
      [1, 2, 3].map((number) => ["b", `Bearer t${number}`]),
    );
    assert.deepEqual(new Set(server.requests.map((request) => asked(request).search)), new Set(["a"]));
  });

  it("give their errors where the page is asked for", async (t) => {
    const { server, client } = await clientOn(t, (query, number) =>
      number === 2 ? 418 : servers.listProjects(everything)(query),
    );
    const { all, error } = await broken(calls.listProjects(client));
    assert.deepEqual(all, everything.slice(0, 100));
    assert.deepEqual([error.name, error.status, error.endpoint], ["ApiError", 418, "organizations.listProjects"]);
    assert.equal(server.requests.length, 2);
    const slow = await clientOn(t, (query, number) => (number === 2 ? new Promise(() => {}) : [{ query }]));
    const late = await broken(calls.list(slow.client, undefined, { timeoutMs: 80, maxRetries: 0 }));
    assert.deepEqual([late.error.name, late.all.length], ["TimeoutError", 1]);
  });

  it("stop where the signal does", async (t) => {
    const why = new Error("why");
    const controller = new AbortController();
    const { server, client } = await clientOn(t, (query, number) => {
      if (number === 2) controller.abort(why);
      return servers.listProjects(everything)(query);
    });
    const { all, error } = await broken(calls.listProjects(client, {}, { signal: controller.signal }));
    assert.deepEqual([all.length, error], [100, why]);
    assert.equal(server.requests.length, 2);
    // Between two pages.
    const second = new AbortController();
    const { signal } = second;
    const pages = calls.list((await clientOn(t, servers.list(everything))).client, {}, { signal }).pages();
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    second.abort(why);
    assert.equal(await rejection(iterator.next()), why);
  });

  it("fail in the loop, and nowhere else", async (t) => {
    const { client } = await clientOn(t, () => 418);
    const looped = await broken(calls.listProjects(client));
    assert.deepEqual([looped.all, looped.error.name], [[], "ApiError"]);
    assert.equal((await broken(calls.snippets(client, { limit: "0" }).pages())).error.name, "InputError");
    // One that is read later, and one that is never read.
    const idle = calls.listProjects(client)[Symbol.asyncIterator]();
    const pages = calls.list(client).pages()[Symbol.asyncIterator]();
    await later(50);
    assert.equal((await rejection(idle.next())).status, 418);
    await pages.return();
    const both = calls.listProjects(client);
    const [one, two] = await Promise.all([rejection(both), broken(both)]);
    assert.equal(one, two.error);
    await later(20);
    assert.deepEqual(unhandled, []);
  });
});

describe("an error, and not an endless loop or a list that is cut short, comes of", () => {
  const page = (items, pagination) => ({ projects: items, pagination });
  const whole = (offset, count) => ({ count, limit: 100, offset });
  for (const [what, name, answer, path, given] of [
    ["an empty page though there are more", "listProjects", () => page([], whole(0, 3)), "", 0],
    [
      "an empty page in the middle",
      "listProjects",
      ({ offset = 0 }) => page(offset ? [] : names(0, 2), whole(+offset, 3)),
      "",
      2,
    ],
    ["an offset that is ignored", "listProjects", () => page(names(0, 2), whole(0, 9)), "pagination.offset", 2],
    [
      "an offset that is no number",
      "listProjects",
      () => page(names(0, 2), { count: 1, offset: "0" }),
      "pagination.offset",
      0,
    ],
    ["no pagination, and an offset that is ignored", "listProjects", () => page(names(0, 2)), "", 2],
    ["a list that begins as before", "list", () => names(0, 2), "", 2],
    ["lists that alternate", "list", (_, number) => names(number % 2, 1), "", 2],
    ["a cursor that does not move", "snippets", () => ({ data: names(0, 2), cursor: "c" }), "cursor", 2],
    ["cursors in a circle", "snippets", (_, number) => ({ data: names(0, 1), cursor: `c${number % 3}` }), "cursor", 3],
    ["a cursor that is a number", "snippets", () => ({ data: names(0, 1), cursor: 7 }), "cursor", 0],
    ["items that are no list", "listProjects", () => ({ projects: {} }), "projects", 0],
    ["items that are not there", "snippets", () => ({ cursor: "c" }), "data", 0],
    [
      "items that are null on the next page",
      "snippets",
      (_, n) => ({ data: n > 1 ? null : [1], cursor: "c" }),
      "data",
      1,
    ],
    ["no content", "list", () => undefined, "", 0],
    ["no content, in place of an object", "listProjects", () => undefined, "projects", 0],
  ]) {
    it(what, async (t) => {
      for (const read of [(call) => call, (call) => call.pages()]) {
        const { client } = await clientOn(t, answer);
        const iterable = read(calls[name](client));
        const result = await within(5000, broken(iterable));
        assert.notEqual(result, "hanging");
        const { all, error } = result;
        assert.deepEqual(
          [error.name, error.path, error.status],
          ["DecodeError", path, what.startsWith("no content") ? 204 : 200],
        );
        const count = all.flatMap((one) => one.projects ?? one.data ?? one).length;
        assert.equal(count, given);
        assert.ok(error.message.includes(`expected ${error.expected}, received ${error.received}`), error.message);
        assert.deepEqual([typeof error.text, error.attempts], ["string", 1]);
        for (const text of Object.values(printed(error))) assert.doesNotMatch(text, /pkg\/|sbp_/);
        // The call itself gives what the API says.
        await calls[name](client);
      }
    });
  }

  it("the cursor that the user began with", async (t) => {
    const { client } = await clientOn(t, () => ({ data: names(0, 1), cursor: "mine" }));
    const { all, error } = await broken(calls.snippets(client, { cursor: "mine" }));
    assert.deepEqual([all.length, error.path], [0, "cursor"]);
  });
});

describe("a tolerant reader", () => {
  it("goes by the items where there is no pagination", async (t) => {
    const bare = (query) => ({ projects: servers.listProjects(everything)(query).projects });
    for (const pagination of [undefined, null, {}, [], "x", { count: null }, { count: "250" }]) {
      const { client } = await clientOn(t, (query) => ({ ...bare(query), pagination }));
      assert.deepEqual(await collect(calls.listProjects(client)), everything);
    }
  });

  it("takes any cursor that is empty for the end", async (t) => {
    for (const cursor of [undefined, null, ""]) {
      const { server, client } = await clientOn(t, () => ({ data: names(0, 2), cursor }));
      assert.equal((await collect(calls.snippets(client))).length, 2);
      assert.equal(server.requests.length, 1);
    }
  });

  it("goes on after a page without items where a cursor leads on", async (t) => {
    const { client } = await clientOn(t, (_, number) => ({
      data: number === 2 ? [] : names(number, 1),
      cursor: number < 3 ? `c${number}` : null,
    }));
    assert.deepEqual(await collect(calls.snippets(client)), [...names(1, 1), ...names(3, 1)]);
  });

  it("leaves items of any kind as they are", async (t) => {
    const items = [null, 0, "", [], { a: {} }, false];
    const { client } = await clientOn(t, () => ({ data: items }));
    assert.deepEqual(await collect(calls.snippets(client)), items);
  });
});

it("no other call is an iterable", () => {
  const client = new SupabaseManagement({ accessToken: token, fetch: async () => Response.json([]) });
  const paged = [];
  for (const id of idsOf(client)) {
    // Waits iterate over their progress.
    if (id.includes(".waitUntil")) continue;
    let call;
    try {
      call = methodOf(client, id)();
      call.catch(() => {});
    } catch {
      // An address.
    }
    if (call?.[Symbol.asyncIterator] || call?.pages) paged.push(id);
  }
  assert.deepEqual(paged.sort(), [
    "actionRuns.list",
    "organizations.listProjects",
    "snippets.list",
    "v2.notebooks.list",
    "v2.organizationWebhooks.listEndpoints",
    "v2.organizations.listGithubConnections",
    "v2.organizations.listMembers",
    "v2.organizations.listProjects",
    "v2.projectWebhooks.listEndpoints",
  ]);
});
