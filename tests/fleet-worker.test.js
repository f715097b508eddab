// The fleet of tests/fleet-worker in workerd, small: `npm run fleet` is the large one.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openAccount } from "./fleet/account.mjs";
import { drive, judge } from "./fleet/drive.mjs";
import { buildWorker, startWorker } from "./fleet/worker.mjs";

describe("a fleet on Cloudflare", { timeout: 600_000 }, () => {
  it("gives each project its change once, though the runtime is killed and answers are lost", async (t) => {
    const settings = { perSecond: 20, resendAfterSeconds: 2 };
    const figures = await drive({ projects: 24, kills: 2, faults: 2, rateLimit: 120, settings, timeoutMs: 180_000 });
    judge(figures, 2);
    const { seconds, counts } = figures;
    assert.equal(counts.lost, 2);
    t.diagnostic(`24 projects, 2 kills, ${seconds.toFixed(0)} s, ${JSON.stringify(counts)}`);
  });
});

describe("the worker of a fleet", { timeout: 600_000 }, () => {
  let account, built, worker;
  before(async () => {
    account = await openAccount({ projects: 6, rateLimit: 120 });
    built = await buildWorker();
    worker = await startWorker(built, account.url);
  });
  after(async () => {
    await worker?.kill();
    built?.remove();
    account?.close();
  });

  /** The report of a run once it has ended. */
  async function ended(run) {
    for (;;) {
      const { body } = await worker.ask(`/runs/${run}`);
      if (body.ended || body.stopped) return body;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  it("is for its operator only", async () => {
    for (const password of ["", "operators", "another"]) {
      const { status, body } = await worker.ask("/runs/a", undefined, password);
      assert.deepEqual([status, body], [401, "this is for the operator only"]);
    }
  });

  it("refuses a start that is wrong, with the path", async () => {
    for (const [body, path] of [
      [{}, "options.refs"],
      [{ refs: ["a b"] }, "options.refs[0]"],
      [{ refs: [], perSecond: 0 }, "options.perSecond"],
      [{ refs: [], speed: 3 }, "options.speed"],
    ]) {
      const answer = await worker.ask("/runs/a", body);
      assert.deepEqual([answer.status, answer.body.name, answer.body.path], [400, "InputError", path]);
    }
  });

  it("does nothing the second time, and keeps what each project came to", async () => {
    const run = { refs: account.refs, payload: { name: "first" } };
    await worker.ask("/runs/twice", run);
    const report = await ended("twice");
    assert.deepEqual([report.done, report.failed, report.unknown], [6, 0, 0]);
    const before = account.counts.requests;
    assert.equal((await worker.ask("/runs/twice", run)).body.ended, true);
    const { body: projects } = await worker.ask("/runs/twice/projects");
    assert.deepEqual(
      projects.map(({ ref }) => ref),
      [...account.refs].sort(),
    );
    assert.match(projects[0].value.id, /^[\da-f-]{36}$/);
    const { body: rest } = await worker.ask(`/runs/twice/projects?after=${projects[3].ref}`);
    assert.equal(rest.length, 2);
    assert.deepEqual((await worker.ask("/runs/twice/projects?status=failed")).body, []);
    assert.equal(account.counts.requests, before);
  });

  it("tells why a project failed, without what is secret, and goes on with the others", async () => {
    const [ref] = account.refs;
    account.sandbox.fail("apiKeys.create", { status: 400, body: { message: "no more keys for sbp_fleet" } });
    await worker.ask("/runs/failing", { refs: account.refs, payload: { name: "second" } });
    const report = await ended("failing");
    assert.deepEqual([report.done, report.failed], [5, 1]);
    const { body } = await worker.ask("/runs/failing/projects?status=failed");
    assert.equal(body[0].error.name, "ApiError");
    assert.match(body[0].error.message, /^apiKeys\.create .*400 no more keys for \[redacted\]$/);
    await worker.ask("/runs/missing", { refs: [ref, "x".repeat(20)], payload: { name: "third" }, stopAfter: 1 });
    assert.equal((await ended("missing")).failed, 1);
  });
});
