// One operation over many projects: what is reported, in which order they come, and what a journal is good for.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { fleet, memoryJournal } from "../pkg/fleet.js";
import { isInputError, SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { mockApiError } from "../pkg/testing.js";
import { later, rejection, token } from "./support.js";

const names = (count) => Array.from({ length: count }, (_, at) => `project-${at}`);
const statuses = ({ projects }) => Object.fromEntries(projects.map(({ ref, status }) => [ref, status]));

async function entriesOf(journal) {
  const entries = [];
  for await (const entry of journal.read()) entries.push(entry);
  return entries;
}

/** A sandbox with organizations of some projects each, and a client of it. */
function world({ organizations = 2, projects = 20, rateLimit, options }) {
  const slugs = Array.from({ length: organizations }, (_, at) => `org-${at}`);
  const seed = {
    organizations: slugs.map((slug) => ({ slug, name: slug })),
    projects: names(projects).map((name, at) => ({ name, organization_slug: slugs[at % organizations] })),
  };
  const sandbox = createSandbox({ seed, rateLimit, database: false });
  const client = new SupabaseManagement({ fetch: sandbox.fetch, accessToken: token, ...options });
  return { sandbox, client, others: new SupabaseManagement({ fetch: sandbox.fetch, accessToken: "sbp_other" }) };
}

describe("a fleet", () => {
  it("reports every project, and goes on after one that failed", async () => {
    const wrong = new Error("no such region");
    const report = await fleet(names(5), (ref) => {
      if (ref === "project-2") throw wrong;
      return ref.length;
    });
    assert.deepEqual(report.totals, { projects: 5, done: 4, failed: 1, skipped: 0, unknown: 0 });
    assert.equal(report.complete, false);
    assert.equal(report.stopped, undefined);
    const failed = report.projects.find(({ status }) => status === "failed");
    assert.deepEqual([failed.ref, failed.attempts, failed.error], ["project-2", 1, wrong]);
    assert.equal(typeof failed.milliseconds, "number");
    assert.equal(report.projects[0].value, 9);
    assert.equal((await fleet(names(3), () => {})).complete, true);
    assert.equal((await fleet([], () => {})).complete, true);
  });

  it("runs as many at once as it is told, and no more", async () => {
    for (const [options, expected] of [
      [undefined, 8],
      [{ concurrency: 3 }, 3],
    ]) {
      let [running, most] = [0, 0];
      const operation = async () => {
        running += 1;
        most = Math.max(most, running);
        await later(2);
        running -= 1;
      };
      await fleet(names(30), operation, options);
      assert.equal(most, expected);
    }
  });

  it("takes the pages of a list as they come, and each project once", async () => {
    const { client } = world({ organizations: 1, projects: 30 });
    const list = client.organizations.listProjects("org-0", { limit: 7 });
    const seen = [];
    const report = await fleet(list, ({ ref, name }, context) => {
      assert.equal(context.ref, ref);
      seen.push(name);
    });
    assert.equal(report.complete, true);
    assert.deepEqual(seen.sort(), names(30).sort());
    const twice = await fleet(["a", "b", "a"], () => {});
    assert.equal(twice.totals.projects, 2);
  });

  it("reads refs as they are needed", async () => {
    let given = 0;
    function* refs() {
      for (;;) yield `project-${given++}`;
    }
    const report = await fleet(refs(), () => Promise.reject(new Error("no")), { stopAfter: 1, concurrency: 1 });
    assert.equal(report.stopped.reason, "failures");
    assert.ok(given < 1_100, `${given} were read`);
    assert.equal(report.totals.skipped, report.totals.projects - report.totals.failed);
  });

  it("stops after some failures, lets those that run end, and names those that it did not begin", async () => {
    const began = [];
    const operation = async (ref) => {
      began.push(ref);
      await later(5);
      throw new Error("no");
    };
    const report = await fleet(names(20), operation, { concurrency: 4, stopAfter: 2 });
    assert.equal(report.stopped.reason, "failures");
    assert.deepEqual(report.totals, {
      projects: 20,
      done: 0,
      failed: began.length,
      skipped: 20 - began.length,
      unknown: 0,
    });
    assert.ok(began.length >= 2 && began.length <= 8, String(began.length));
    assert.ok(report.projects.filter(({ status }) => status === "skipped").every(({ reason }) => reason === "stopped"));
  });

  it("ends with a report when it is aborted, and says of whom it does not know", async () => {
    const controller = new AbortController();
    const reason = new Error("the deploy was cancelled");
    const operation = (ref, { signal }) => {
      if (ref === "project-0") return "quick";
      if (ref === "project-1") setTimeout(() => controller.abort(reason), 5);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const journal = memoryJournal();
    const report = await fleet(names(10), operation, { concurrency: 3, signal: controller.signal, journal });
    assert.deepEqual(report.stopped, { reason: "aborted", error: reason });
    assert.deepEqual(report.totals, { projects: 10, done: 1, failed: 0, skipped: 6, unknown: 3 });
    const unknown = (await entriesOf(journal)).filter(({ type }) => type === "unknown");
    assert.deepEqual(unknown[0].error, { name: "Error", message: reason.message });
    const late = await fleet(names(3), () => {}, { signal: AbortSignal.abort(reason) });
    assert.deepEqual(late.totals.done, 0);
    assert.equal(late.stopped.reason, "aborted");
  });

  it("does not wait for pages that never come once it is aborted", async () => {
    async function* refs() {
      yield "a";
      await new Promise(() => {});
    }
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const report = await fleet(refs(), () => "done", { signal: controller.signal });
    assert.deepEqual(statuses(report), { a: "done" });
    assert.equal(report.complete, false);
  });

  it("tells what the list of refs failed with, beside what was done", async () => {
    const broken = new Error("page 2 is broken");
    async function* refs() {
      yield* ["a", "b"];
      throw broken;
    }
    const report = await fleet(refs(), () => later(1));
    assert.deepEqual(report.stopped, { reason: "refs", error: broken });
    assert.equal(report.complete, false);
    const odd = await fleet(["a", 7], () => later(1));
    assert.ok(isInputError(odd.stopped.error));
    assert.equal(odd.stopped.error.path, "refs[1]");
  });

  it("tells how far it is", async () => {
    const told = [];
    const onProgress = (progress) => {
      told.push(progress);
      throw new Error("of no consequence");
    };
    await fleet(names(2), () => {}, { concurrency: 1, onProgress });
    const brief = told.map(({ ref, status, done }) => `${ref} ${status} ${done}`);
    const expected = ["project-0 begun 0", "project-0 done 1", "project-1 begun 1", "project-1 done 2"];
    assert.deepEqual(brief, expected);
  });

  it("refuses wrong arguments before anything is done", async () => {
    const never = () => assert.fail("it was called");
    for (const [args, path] of [
      [["project-1", never], "refs"],
      [[undefined, never], "refs"],
      [[["a"], "never"], "operation"],
      [[["a"], never, { concurency: 3 }], "options.concurency"],
      [[["a"], never, { concurrency: 0 }], "options.concurrency"],
      [[["a"], never, { concurrency: 1.5 }], "options.concurrency"],
      [[["a"], never, { stopAfter: -1 }], "options.stopAfter"],
      [[["a"], never, { journal: {} }], "options.journal"],
      [[["a"], never, { client: {} }], "options.client"],
      [[["a"], never, { signal: {} }], "options.signal"],
      [[["a"], never, []], "options"],
    ]) {
      const error = await rejection(fleet(...args));
      assert.ok(isInputError(error), String(error));
      assert.equal(error.path, path);
      assert.match(error.message, /^fleet: /);
    }
  });
});

describe("the entries of fleets", () => {
  it("bring neither a client nor WebAssembly along, and are small", async (t) => {
    const most = { fleet: 5, "fleet/journal-file": 3, "fleet/cloudflare": 7 };
    for (const [entry, kibibytes] of Object.entries(most)) {
      const path = fileURLToPath(new URL(`../pkg/${entry}.js`, import.meta.url));
      const options = {
        entryPoints: [path],
        bundle: true,
        minify: true,
        format: "esm",
        write: false,
        external: ["node:*"],
      };
      const [{ text }] = (await build(options)).outputFiles;
      assert.ok(!text.includes("WebAssembly"), entry);
      const size = brotliCompressSync(text).length / 1024;
      t.diagnostic(`${entry}: ${size.toFixed(1)} KiB brotli`);
      assert.ok(size <= kibibytes, `${entry} has ${size.toFixed(1)} KiB`);
    }
  });
});

describe("a fleet and rate limits", () => {
  it("begins nothing that would only wait, so that other organizations go on", async () => {
    const { client, others } = world({ organizations: 2, projects: 60, rateLimit: 10 });
    const projects = await others.projects.list();
    const ended = { "org-0": 0, "org-1": 0 };
    let waiting = 0;
    const operation = async ({ organization_slug: slug }, { signal }) => {
      if (slug === "org-0") await client.organizations.get(slug, { signal });
      ended[slug] += 1;
      waiting = Math.max(waiting, ...client.rateLimits().map((state) => state.waiting));
    };
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1_500);
    const report = await fleet(projects, operation, { client, concurrency: 4, signal: controller.signal });
    // A window has ten calls; all of the other organization got through beside them, and nobody hangs in the client.
    assert.deepEqual(ended, { "org-0": 10, "org-1": 30 });
    assert.deepEqual(report.totals, { projects: 60, done: 40, failed: 0, skipped: 20, unknown: 0 });
    assert.equal(waiting, 0);
  });

  it("lets no 429 through, whoever else spends the limit", async () => {
    const { client, sandbox, others } = world({
      organizations: 1,
      projects: 12,
      rateLimit: 5,
      options: { rateLimit: "error" },
    });
    const projects = await others.projects.list();
    const attempts = [];
    const turn = setInterval(() => sandbox.advance(61_000), 300);
    const clock = Date.now;
    // The client waits by the clock of the machine, which goes with that of the sandbox here.
    let ahead = 0;
    const faster = setInterval(() => (ahead += 61_000), 300);
    Date.now = () => clock() + ahead;
    try {
      const operation = async ({ organization_slug: slug }, { attempt }) => {
        attempts.push(attempt);
        await client.organizations.get(slug);
      };
      const report = await fleet(projects, operation, { concurrency: 4 });
      assert.equal(report.complete, true, JSON.stringify(report.totals));
      assert.ok(Math.max(...attempts) > 1, "the limit was never met");
    } finally {
      Date.now = clock;
      clearInterval(turn);
      clearInterval(faster);
    }
  });

  it("gives up on a project that is refused for ever, and takes no other error for a refusal", async () => {
    const refusal = mockApiError("projects.get", 429, "Too Many Requests", { retryAfterMs: 0 });
    let calls = 0;
    const report = await fleet(["a"], () => {
      calls += 1;
      throw refusal;
    });
    assert.deepEqual([report.totals.failed, calls, report.projects[0].attempts], [1, 101, 101]);
    const other = await fleet(["a"], () =>
      Promise.reject(mockApiError("projects.get", 500, "no", { retryAfterMs: 0 })),
    );
    assert.equal(other.projects[0].attempts, 1);
  });
});

describe("the journal of a fleet", () => {
  it("lets a run go on where it ended: what is done is left, what had begun is handed over as such", async () => {
    const journal = memoryJournal([
      { type: "begun", ref: "project-0", attempt: 1, time: "2026-11-30T00:00:00.000Z" },
      { type: "done", ref: "project-0", attempt: 1, time: "2026-11-30T00:00:01.000Z", milliseconds: 7, value: 42 },
      { type: "begun", ref: "project-1", attempt: 1, time: "2026-11-30T00:00:00.000Z" },
    ]);
    const seen = {};
    const operation = (ref, { attempt, resumed }) => {
      seen[ref] = { attempt, resumed };
    };
    const report = await fleet(names(3), operation, { journal });
    assert.deepEqual(seen, { "project-1": { attempt: 2, resumed: true }, "project-2": { attempt: 1, resumed: false } });
    const [before] = report.projects.filter(({ status }) => status === "skipped");
    assert.deepEqual(
      { ...before },
      { ref: "project-0", status: "skipped", reason: "done before", attempts: 1, milliseconds: 7, value: 42 },
    );
    assert.equal(report.complete, true);
    const again = await fleet(names(3), () => assert.fail("it was called"), { journal });
    assert.equal(again.totals.skipped, 3);
  });

  it("holds an entry before the operation begins, and the outcome of each", async () => {
    const journal = memoryJournal();
    const operation = async (ref) => {
      const last = (await entriesOf(journal)).filter((entry) => entry.ref === ref).at(-1);
      assert.equal(last.type, "begun");
      if (ref === "project-1") throw new TypeError("no");
      return { id: ref, secret: "never kept" };
    };
    await fleet(names(2), operation, { journal, concurrency: 1, record: ({ id }) => id });
    const entries = (await entriesOf(journal)).map(({ time, milliseconds, ...rest }) => {
      assert.ok(!Number.isNaN(Date.parse(time)));
      return rest;
    });
    assert.deepEqual(entries, [
      { type: "begun", ref: "project-0", attempt: 1 },
      { type: "done", ref: "project-0", attempt: 1, value: "project-0" },
      { type: "begun", ref: "project-1", attempt: 1 },
      { type: "failed", ref: "project-1", attempt: 1, error: { name: "TypeError", message: "no" } },
    ]);
  });

  it("keeps no result unless it is told which, and no secret of an error", async () => {
    const { client, sandbox, others } = world({ projects: 2 });
    const projects = await others.projects.list();
    const secret = "correct horse battery staple";
    sandbox.fail("secrets.create", { status: 400, body: { message: `${secret} is not allowed` } });
    const journal = memoryJournal();
    const operation = async ({ ref }) => {
      await client.secrets.create(ref, [{ name: "A", value: secret }]);
      return { secret };
    };
    const report = await fleet(projects, operation, { journal });
    assert.deepEqual(report.totals, { projects: 2, done: 1, failed: 1, skipped: 0, unknown: 0 });
    const kept = JSON.stringify(await entriesOf(journal));
    assert.match(kept, /secrets\.create .*400 \[redacted\] is not allowed/);
    assert.ok(!kept.includes(secret) && !kept.includes(token));
  });

  it("calls a write that may have been done unknown, and hands it over the next time", async () => {
    const { client, sandbox, others } = world({ projects: 1 });
    const projects = await others.projects.list();
    sandbox.fail("apiKeys.create", { lost: true, carriedOut: true });
    const journal = memoryJournal();
    const operation = async ({ ref }, { resumed }) => {
      const made = resumed && (await client.apiKeys.list(ref)).find(({ name }) => name === "worker");
      return made || client.apiKeys.create(ref, { type: "secret", name: "worker" });
    };
    const first = await fleet(projects, operation, { journal });
    assert.equal(first.totals.unknown, 1);
    const second = await fleet(projects, operation, { journal });
    assert.equal(second.complete, true);
    const keys = (await others.apiKeys.list(projects[0].ref)).filter(({ name }) => name === "worker");
    assert.equal(keys.length, 1);
  });

  it("begins nothing more once it cannot be written", async () => {
    const full = new Error("no space left");
    let left = 3;
    const journal = {
      ...memoryJournal(),
      append: async () => {
        if (left-- <= 0) throw full;
      },
    };
    const report = await fleet(names(9), () => {}, { journal, concurrency: 1 });
    assert.deepEqual(report.stopped, { reason: "journal", error: full });
    // The second one is done, and its end is not noted.
    assert.equal(report.totals.done, 2);
    assert.equal(report.totals.skipped, report.totals.projects - 2);
    assert.equal(report.complete, false);
    const read = async function* () {
      yield* [];
      throw full;
    };
    const unreadable = { read, append: async () => {} };
    const never = () => assert.fail("it was called");
    assert.equal(await rejection(fleet(names(1), never, { journal: unreadable })), full);
  });
});
