// Secrets of all kinds, of calls and of answers, whatever becomes of the calls: they are searched for in everything that
// comes to be printed, logged or told to a hook.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { SupabaseManagement } from "../pkg/index.js";
import { calls, contents, events, given, mistakes, secrets } from "./faults/scenes.mjs";
import { assertHidden, later, printed, within } from "./support.js";

const warnings = [];
const warn = (warning) => warnings.push(warning);
process.on("warning", warn);
after(() => process.off("warning", warn));

let searches = 0;
/** How a secret may be written: as it is, in JSON, in a string of a console, in an address. */
const forms = (secret) =>
  new Set([secret, JSON.stringify(secret).slice(1, -1), inspect(secret).slice(1, -1), encodeURIComponent(secret)]);

/** Fails where one of the secrets stands in one of the texts, which have names. */
function search(texts, hidden, place) {
  for (const [view, text] of Object.entries(texts)) {
    for (const secret of hidden) {
      for (const form of forms(secret)) {
        searches += 1;
        assert.ok(!text?.includes(form), `${place}: ${view} shows ${form}: ${text}`);
      }
    }
  }
}

const views = (value) => ({
  string: `${value}`,
  json: JSON.stringify(value),
  inspect: inspect(value, { depth: 9, showHidden: true }),
});

const own = Object.values(secrets);
const all = [...own, ...Object.values(given)];
/** Nothing of these is for hooks. */
const private_ = [...all, ...Object.values(contents)];

/** A client that notes what its hooks are told and what its fetch is called with. */
function watched(call, event, options) {
  const told = [];
  const urls = [];
  const hook = (name) => (it) => told.push({ [name]: it });
  const client = new SupabaseManagement({
    accessToken: secrets.token,
    fetch: async (url, init) => {
      urls.push(url);
      return event(call, url, init);
    },
    timeoutMs: 100,
    maxRetries: 1,
    onRequest: hook("onRequest"),
    onResponse: hook("onResponse"),
    onRetry: hook("onRetry"),
    onDeviation: hook("onDeviation"),
    ...options,
  });
  return { client, told, urls };
}

/** Runs a call to its end, and searches all that is to be seen of it. */
async function examine(name, eventName, options = {}) {
  const call = { sends: [], gives: [], inPath: [], inRoute: [], ...calls[name] };
  const place = `${name}, ${eventName}`;
  const { client, told, urls } = watched(call, events[eventName], options);
  const ended = [];
  for (let round = 0; round < 2; round++) {
    const promise = call.run(client);
    const result = await within(
      20_000,
      promise.then(
        () => undefined,
        (error) => error,
      ),
    );
    assert.notEqual(result, "hanging", place);
    // What a call that went well holds is the user's own.
    if (result) search(views(promise), [secrets.token, ...call.sends, ...call.gives], place);
    if (result) ended.push(result);
  }
  const sent = [secrets.token, secrets.renewed, ...call.sends];
  for (const error of ended) {
    assertHidden(error, sent);
    search(printed(error), [...sent, ...call.gives], place);
  }
  const unnamed = private_.filter((text) => !call.inRoute.includes(text));
  search(views(told), unnamed, `${place}, hooks`);
  search(views(client), all, `${place}, the client`);
  search(views(client.rateLimits()), all, `${place}, rateLimits()`);
  const others = all.filter((secret) => !call.inPath.includes(secret));
  search(views(urls), others, `${place}, addresses`);
  return { ended, told, urls };
}

describe("secrets", () => {
  for (const eventName of Object.keys(events)) {
    it(`are nowhere after ${eventName}`, { timeout: 120_000 }, async () => {
      const results = await Promise.all(
        Object.keys(calls).flatMap((name) =>
          [{}, { validation: "strict" }].map((options) => examine(name, eventName, options)),
        ),
      );
      // Else nothing was looked at.
      assert.ok(results.every(({ told, urls }) => told.length > 0 && urls.length > 0));
      if (!eventName.includes("answer")) assert.ok(results.some(({ ended }) => ended.length > 0));
    });
  }

  it("are nowhere where the window is spent and nobody waits", async () => {
    for (const name of Object.keys(calls)) {
      const { ended } = await examine(name, "no more calls in this window", { rateLimit: "error" });
      assert.ok(["ApiError", "RateLimitError"].includes(ended.at(-1).name), `${ended.at(-1)}`);
    }
  });

  it("are nowhere where a token was replaced: neither the old one nor the new one", async () => {
    const refused = [];
    const accessToken = Object.assign(async () => secrets.token, {
      refresh: async (token) => {
        refused.push(token);
        return secrets.renewed;
      },
    });
    for (const name of Object.keys(calls)) {
      if (calls[name].anonymous) continue;
      const seen = [];
      const event = (_call, url, init) => {
        seen.push(init.headers.authorization);
        return Response.json({ message: `no ${seen.join(" ")} ${url}` }, { status: 401 });
      };
      events.refreshing = event;
      const { ended } = await examine(name, "refreshing", { accessToken });
      assert.deepEqual(seen.slice(0, 2), [`Bearer ${secrets.token}`, `Bearer ${secrets.renewed}`]);
      assert.equal(ended[0].status, 401);
      assert.match(ended[0].message, /\[redacted\]/);
    }
    assert.deepEqual(new Set(refused), new Set([secrets.token]));
  });

  it("are nowhere after input that is wrong", async () => {
    const client = new SupabaseManagement({ accessToken: secrets.token, fetch: () => assert.fail("sent") });
    for (const [name, run] of Object.entries(mistakes)) {
      let error;
      try {
        await run(SupabaseManagement, client);
      } catch (caught) {
        error = caught;
      }
      assert.equal(error?.name, "InputError", `${name}: ${error?.stack}`);
      assertHidden(
        error,
        own.filter((secret) => !Object.hasOwn(error, secret)),
      );
      search(printed(error), own, name);
    }
  });

  it("are in no warning of the process", () => {
    search({ warnings: warnings.map((warning) => `${warning.stack}`).join("\n") }, all, "warnings");
  });
});

describe("a program that prints all it has", { concurrency: 2 }, () => {
  const program = fileURLToPath(new URL("faults/talkative.mjs", import.meta.url));

  for (const eventName of Object.keys(events).filter((name) => name !== "a good answer")) {
    it(`shows no secret, and dies of a rejection that nobody handles: ${eventName}`, { timeout: 60_000 }, async () => {
      const { code, output } = await new Promise((resolve) =>
        execFile(
          process.execPath,
          ["--trace-warnings", program, eventName],
          { maxBuffer: 2 ** 28, env: { ...process.env, NO_COLOR: "1" } },
          (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: `${stdout}\n${stderr}` }),
        ),
      );
      const end = `exit code ${code}, … ${output.slice(-2000)}`;
      assert.ok(/printed \d+ errors/.test(output), end);
      if (!eventName.includes("deviates")) assert.equal(code, 1, end);
      // What answers give may be in the text that a DecodeError keeps, which is not printed.
      search({ output }, all, eventName);
    });
  }
});

describe("the search", () => {
  it("finds a secret where there is one", async () => {
    await later(0);
    for (const secret of all) {
      for (const form of forms(secret)) {
        assert.throws(() => search({ view: `before ${form} after` }, [secret], "here"), /here: view shows/);
      }
    }
    const leak = Object.assign(new Error("x"), { config: { headers: { authorization: `Bearer ${secrets.token}` } } });
    assert.throws(() => search(printed(leak), [secrets.token], "here"), /shows/);
  });

  it("was made many times", (t) => {
    t.diagnostic(`proof: redaction: ${searches} searches`);
    assert.ok(searches > 10_000, `${searches}`);
  });
});
