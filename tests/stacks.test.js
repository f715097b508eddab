// The stack of an error shows the function of the user that called, whatever it called: a wait, a page, a source of tokens.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTokenSource, SupabaseManagement, waitUntil } from "../pkg/index.js";
import { json, later, ref, rejection, token } from "./support.js";

const refused = async () => json({ message: "no" }, { status: 403 });
const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, maxRetries: 0, ...options });
const app = { clientId: "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0", clientSecret: "a secret of an app" };
const old = { access_token: "sbp_oauth_old", refresh_token: "a refresh token", expiresAt: 1 };
const sourceOf = (options) => createTokenSource({ ...app, client: { fetch: refused, maxRetries: 0 }, ...options });
const page = (offset) => ({
  projects: [{ ref, name: `p${offset}` }],
  pagination: { count: 3, limit: 1, offset },
});

/** A client whose list has one good page. */
function paging(second) {
  let asked = 0;
  return clientOf(async () => (asked++ === 0 ? json(page(0)) : second()));
}

async function drain(list) {
  const seen = [];
  for await (const one of list) seen.push(one);
  return seen;
}

/** Begins a thing in one function and hears of its end elsewhere: nobody awaits the promise itself. */
const unawaited = (promise) => new Promise((_, reject) => promise.then(assert.fail, reject));

/** Every way to an error, in a function of the user's by the name `theCallerOfThis`. */
const ways = {
  "a call": async function theCallerOfThis() {
    await clientOf(refused).projects.list();
  },
  "client.request": async function theCallerOfThis() {
    await clientOf(refused).request("GET", "/v1/projects");
  },
  withResponse: async function theCallerOfThis() {
    await clientOf(refused).projects.list().withResponse();
  },
  "withResponse that is not awaited": async function theCallerOfThis() {
    await unawaited(clientOf(refused).projects.list().withResponse());
  },
  "withResponse of a wrong argument": async function theCallerOfThis() {
    await clientOf(refused).functions.list("..").withResponse();
  },
  "a wait": async function theCallerOfThis() {
    await clientOf(refused).projects.waitUntilHealthy(ref);
  },
  "a wait that is not awaited": async function theCallerOfThis() {
    await unawaited(clientOf(refused).projects.waitUntilHealthy(ref));
  },
  "a wait that fails": async function theCallerOfThis() {
    await clientOf(async () => json({ status: "INIT_FAILED" })).projects.waitUntilHealthy(ref);
  },
  "a wait that is late": async function theCallerOfThis() {
    const client = clientOf(async () => json({ status: "COMING_UP" }));
    await client.projects.waitUntilHealthy(ref, { pollMs: 5, deadlineMs: 20 });
  },
  "a loop over a wait": async function theCallerOfThis() {
    await drain(clientOf(refused).projects.waitUntilHealthy(ref));
  },
  "a wait with a wrong argument": async function theCallerOfThis() {
    await clientOf(refused).projects.waitUntilHealthy("short");
  },
  "waitUntil with a wrong option": async function theCallerOfThis() {
    await waitUntil(
      () => 1,
      () => true,
      { pollMs: 0 },
    );
  },
  "waitUntil that is late": async function theCallerOfThis() {
    await waitUntil(
      () => 1,
      () => false,
      { pollMs: 5, deadlineMs: 20 },
    );
  },
  "a first page": async function theCallerOfThis() {
    for await (const _ of clientOf(refused).organizations.listProjects("acme")) assert.fail("an item");
  },
  "a second page": async function theCallerOfThis() {
    for await (const _ of paging(refused).organizations.listProjects("acme", { limit: 1 }));
  },
  "a second page of pages()": async function theCallerOfThis() {
    for await (const _ of paging(refused).organizations.listProjects("acme", { limit: 1 }).pages());
  },
  "a page that does not lead on": async function theCallerOfThis() {
    for await (const _ of paging(async () => json(page(0))).organizations.listProjects("acme", { limit: 1 }));
  },
  "pages that are stepped through by hand": async function theCallerOfThis() {
    const pages = paging(refused).organizations.listProjects("acme", { limit: 1 }).pages();
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    await later(0);
    await iterator.next();
  },
  "a source of tokens": async function theCallerOfThis() {
    await sourceOf({ tokens: old })();
  },
  "a source of tokens without any": async function theCallerOfThis() {
    await sourceOf()();
  },
  "a refresh": async function theCallerOfThis() {
    await sourceOf({ tokens: old }).refresh();
  },
  "a refresh that is not awaited": async function theCallerOfThis() {
    await unawaited(sourceOf({ tokens: old }).refresh());
  },
  "an exchange": async function theCallerOfThis() {
    await sourceOf().exchange({ code: "a code" });
  },
  "an exchange of nothing": async function theCallerOfThis() {
    await sourceOf().exchange();
  },
  "a revocation": async function theCallerOfThis() {
    await sourceOf({ tokens: old }).revoke();
  },
  "a revocation of nothing": async function theCallerOfThis() {
    await sourceOf().revoke();
  },
  "a call whose source of tokens fails": async function theCallerOfThis() {
    await clientOf(refused, { accessToken: sourceOf({ tokens: old }) }).projects.list();
  },
  "a wrong option": async function theCallerOfThis() {
    createTokenSource({});
  },
};

describe("the stack of an error", () => {
  for (const [name, way] of Object.entries(ways)) {
    it(`shows who called, and no frame of ours: ${name}`, async () => {
      await later(0);
      const error = await rejection(way());
      assert.ok(error.stack.startsWith(`${error.name}: ${error.message}\n`), error.stack);
      const frames = error.stack.slice(`${error.name}: ${error.message}\n`.length).split("\n");
      assert.match(frames[0], /theCallerOfThis/, error.stack);
      assert.doesNotMatch(frames.join("\n"), /[\\/]pkg[\\/]|wasm/, error.stack);
    });
  }

  it("of a refresh shows who was given it last", async () => {
    const source = sourceOf({ tokens: old });
    async function theFirst() {
      await source();
    }
    async function theSecond() {
      await clientOf(refused, { accessToken: source }).projects.list();
    }
    const error = await rejection(theFirst());
    assert.match(error.stack, /theFirst/);
    assert.equal(await rejection(theSecond()), error);
    assert.match(error.stack, /theSecond/);
    assert.match(error.stack, /the user must sign in again/);
  });

  it("that somebody else threw stays as it is", async () => {
    const own = Object.freeze(new Error("mine"));
    const { stack } = own;
    for (const promise of [
      clientOf(refused, { accessToken: () => Promise.reject(own) })
        .projects.list()
        .withResponse(),
      waitUntil(
        () => Promise.reject(own),
        () => true,
      ),
      drain(clientOf(refused, { accessToken: () => Promise.reject(own) }).organizations.listProjects("acme")),
    ]) {
      assert.equal(await rejection(promise), own);
      assert.equal(own.stack, stack);
    }
  });
});
