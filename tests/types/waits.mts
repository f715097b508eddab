// Waiting, as TypeScript sees it. Checked by types.test.js; never run.
import {
  type ActionRun,
  type BackupList,
  type BranchDetail,
  isWaitError,
  type Progress,
  type Project,
  type Secret,
  SupabaseManagement,
  type Wait,
  type WaitError,
  waitUntil,
} from "../../pkg/index.js";
import { addWaiters, SupabaseManagement as SlimClient } from "../../pkg/slim.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
const ref = "abcdefghijklmnopqrst";

const project = await client.projects.waitUntilHealthy(ref, { services: ["auth", "db"], pollMs: 5, deadlineMs: 10 });
is<Equal<typeof project, Project>>();
// @ts-expect-error there is no such service
client.projects.waitUntilHealthy(ref, { services: ["mail"] });
// @ts-expect-error services are for the health of a project
client.projects.waitUntilPaused(ref, { services: ["auth"] });
const { signal } = new AbortController();
for await (const step of client.branches.waitUntilHealthy(ref, { signal, maxWait: undefined } as {
  signal: AbortSignal;
})) {
  is<Equal<typeof step, Progress<BranchDetail>>>();
  const [status, elapsed, polls]: [string, number, number] = [step.status, step.elapsedMs, step.polls];
  console.log(step.state.db_host, status, elapsed, polls);
}
is<Equal<Awaited<ReturnType<typeof client.projects.waitUntilDeleted>>, Project | undefined>>();
const wait: Wait<ActionRun> = client.actionRuns.waitUntilFinished(ref, "1", { timeoutMs: 1 });
wait.then(({ run_steps }) => run_steps.length).catch(() => undefined);
// @ts-expect-error the run is missing
client.actionRuns.waitUntilFinished(ref);
client.projects.waitUntilUpgraded(ref);
client.projects.waitUntilUpgraded(ref, "t", { pollMs: 1 });
const backups: BackupList = await client.backups.waitUntilCompleted(ref, 7);
client.backups.waitUntilRestored(ref);
client.backups.waitUntilRestorePointAvailable(ref, "before");
client.customHostname.waitUntilVerified(ref);
client.customHostname.waitUntilActive(ref);
client.networkRestrictions.waitUntilApplied(ref);
client.sslEnforcement.waitUntilApplied(ref);
client.jitAccess.waitUntilApplied(ref);

const secrets = await waitUntil(
  (options) => client.secrets.list(ref, options),
  (found) => found.length > 0,
  { pollMs: 1 },
);
is<Equal<typeof secrets, Secret[]>>();
is<Equal<typeof one, number>>();
const one = await waitUntil(
  () => 1,
  async (state) => state === 1,
);
// @ts-expect-error it is not told when to end
waitUntil(() => 1);

try {
  await client.projects.waitUntilRestored(ref);
} catch (error) {
  if (isWaitError(error)) {
    is<Equal<typeof error, WaitError>>();
    is<Equal<typeof error.state, unknown>>();
    console.log(error.status satisfies string, error.attempts, backups);
  }
}

// The slim entry has them for who asks for them.
const slim = new SlimClient({ accessToken: "sbp_" });
is<Equal<Awaited<ReturnType<typeof slim.projects.get>>, Project>>();
is<Equal<ReturnType<typeof slim.rateLimits>, ReturnType<typeof client.rateLimits>>>();
// @ts-expect-error they are not there yet
slim.projects.waitUntilHealthy(ref);
is<Equal<typeof project, Awaited<ReturnType<ReturnType<typeof addWaiters>["projects"]["waitUntilHealthy"]>>>>();
await addWaiters(slim).projects.waitUntilHealthy(ref, { services: ["auth"] });
