// Fleets as TypeScript sees them. Checked by types.test.js; never run.
import { fleet, memoryJournal, type FleetReport } from "../../pkg/fleet.js";
import { defineFleet } from "../../pkg/fleet/cloudflare.js";
import { journalFile } from "../../pkg/fleet/journal-file.js";
import { type Project, SupabaseManagement } from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
declare const projects: Project[];

const ofRefs = await fleet(["a", "b"], async (ref, { signal, attempt, resumed }) => {
  is<Equal<typeof ref, string>>();
  is<Equal<typeof attempt, number>>();
  is<Equal<typeof resumed, boolean>>();
  return (await client.projects.get(ref, { signal })).name;
});
is<Equal<typeof ofRefs, FleetReport<string>>>();
for (const { status, value, error } of ofRefs.projects) {
  is<Equal<typeof value, string | undefined>>();
  if (status === "failed") console.log(error);
}

const count = (project: Project) => project.name.length;
const ofProjects = await fleet(projects, count, {
  client,
  concurrency: 4,
  buckets: ({ organization_slug }) => organization_slug,
  journal: journalFile("rollout.jsonl"),
  record: (value) => value.toFixed(),
  onProgress: ({ done, waiting }) => console.log(done + waiting),
  signal: AbortSignal.timeout(1),
  stopAfter: 3,
});
is<Equal<typeof ofProjects, FleetReport<number>>>();
await fleet(client.organizations.listProjects("acme"), ({ ref }) => client.projects.get(ref), {
  journal: memoryJournal(),
});
await fleet(client.organizations.listProjects("acme"), async ({ ref }) => ref, { journal: undefined });

// @ts-expect-error: an option that does not exist
await fleet(["a"], () => {}, { concurency: 3 });
// @ts-expect-error: what has no ref
await fleet([{ id: 1 }], () => {});

// As `@cloudflare/workers-types` declares them, in short.
declare abstract class WorkflowEntrypoint<Env = unknown, Params = unknown> {
  protected ctx: object;
  protected env: Env;
  constructor(ctx: object, env: Env);
  run(event: { payload: Params }, step: object): Promise<unknown>;
}
declare abstract class DurableObject<Env = unknown> {
  protected ctx: object;
  protected env: Env;
  constructor(ctx: object, env: Env);
}

interface Env {
  SUPABASE_ACCESS_TOKEN: string;
}
const cloudflare = defineFleet<Env, { region: string }>({
  client: (env, options) => new SupabaseManagement({ accessToken: env.SUPABASE_ACCESS_TOKEN, ...options }),
  async operation({ ref, payload, step, run }) {
    is<Equal<typeof payload, { region: string }>>();
    const permit = { endpoint: "organizations.get", subject: run };
    const name = await step(
      "look",
      async ({ client, resumed }) => (resumed ? "" : (await client.projects.get(ref)).name),
      {
        permit,
        retries: 2,
      },
    );
    is<Equal<typeof name, string>>();
    return { name };
  },
});
export class FleetWorkflow extends cloudflare.workflow(WorkflowEntrypoint) {}
export class FleetRun extends cloudflare.run(DurableObject) {}
export class FleetBucket extends cloudflare.bucket(DurableObject) {}
declare const env: Env;
const report = await cloudflare.start(env, { run: "a", refs: projects, payload: { region: "eu" } });
is<Equal<typeof report.done, number>>();
// @ts-expect-error: the payload is another one
await cloudflare.start(env, { run: "a", refs: [], payload: { zone: 1 } });
