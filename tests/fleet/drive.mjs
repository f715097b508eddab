// Lets the fleet of tests/fleet-worker give each project of an account a key, and kills the whole runtime in between.
import assert from "node:assert/strict";
import { openAccount } from "./account.mjs";
import { buildWorker, startWorker } from "./worker.mjs";

const name = "billing_worker";
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param options `faults`: how many calls that create are carried out while their connection is lost; `settings`: more for the start
 * @returns the figures of the run, once all is as it must be
 */
export async function drive({
  projects,
  organizations,
  kills,
  rateLimit,
  faults = 0,
  settings,
  timeoutMs,
  say = () => {},
}) {
  const account = await openAccount({ projects, organizations, rateLimit });
  let built;
  let worker;
  try {
    say("building the worker …");
    built = await buildWorker();
    worker = await startWorker(built, account.url);
    if (faults > 0) account.sandbox.fail("apiKeys.create", { lost: true, carriedOut: true, times: faults });
    const began = Date.now();
    const run = { refs: account.refs, payload: { name }, resendAfterSeconds: 5, ...settings };
    const { status } = await worker.ask("/runs/keys", run);
    assert.equal(status, 200);

    let killed = 0;
    let report;
    for (;;) {
      await later(500);
      ({ body: report } = await worker.ask("/runs/keys"));
      if (report.ended) break;
      assert.ok(Date.now() - began < timeoutMs, `not over in time: ${JSON.stringify(report)}\n${worker.said()}`);
      // Spread over the run: at a moment when nothing is prepared for it.
      if (killed < kills && report.done >= ((killed + 0.5) * projects) / (kills + 0.5)) {
        await worker.kill();
        killed += 1;
        say(`killed at ${report.done} of ${projects} projects (${killed} of ${kills})`);
        worker = await startWorker(built, account.url);
      }
    }
    const seconds = (Date.now() - began) / 1000;
    const keys = await account.keysNamed(name);
    const ended = { ...report, began: undefined };
    const { counts } = account;
    return {
      projects,
      rateLimit,
      kills: killed,
      faults,
      seconds,
      report: ended,
      counts: { ...counts },
      keys,
      worker,
    };
  } finally {
    await worker?.kill().catch(() => {});
    built?.remove();
    account.close();
  }
}

/** What must be true of every run, whatever was killed. */
export function judge({ projects, kills, report, counts, keys }, expectedKills) {
  assert.equal(kills, expectedKills, "it was over before all the kills");
  assert.deepEqual([report.projects, report.done], [projects, projects], JSON.stringify(report));
  // The effect: exactly one key in each project, and not one project with none or two.
  assert.deepEqual(
    keys.filter((count) => count !== 1),
    [],
  );
  assert.equal(counts.refusals, 0, "the API answered 429");
}
