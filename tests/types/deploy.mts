// Plans as TypeScript sees them. Checked by types.test.js; never run.
import {
  type Applied,
  type Change,
  DeployError,
  type Desired,
  type Folder,
  parseEnv,
  type Part,
  plan,
  restorePlan,
  type SavedPlan,
} from "../../pkg/deploy.js";
import { readFolder } from "../../pkg/deploy/folder.js";
import { SupabaseManagement } from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
const ref = "abcdefghijklmnopqrst";

// A folder, and the environment of each runtime: that of Node, of Deno, and of a Worker, which is an interface with bindings.
declare const ofNode: Record<string, string | undefined>;
declare const ofDeno: { [name: string]: string };
interface Bindings {
  GREETING: string;
  FILES: { get(key: string): Promise<object | null> };
}
declare const ofWorker: Bindings;
const folder = await readFolder("supabase");
is<Equal<typeof folder, { dir: string; files: Folder }>>();
await plan(client, ref, { ...folder, env: ofNode });
await plan(client, ref, { ...(await readFolder()), env: ofDeno });
const work = await plan(
  client,
  ref,
  { ...folder, env: ofWorker, secrets: parseEnv("A=1") },
  { signal: AbortSignal.any([]) },
);

is<Equal<typeof work.ref, string | undefined>>();
const changes: Change[] = work.changes;
const applied: Applied = await work.apply({
  jobs: 2,
  onProgress: ({ state, title, part, index, total }) =>
    console.log(state === "done", title, part satisfies Part, index / total),
});
await plan(client, applied.ref, { remembered: applied.remembered });

// Files of any kind of content, a folder of one's own, a project that is created.
const desired: Desired = {
  files: { "supabase/a.ts": "", "supabase/b.wasm": new Uint8Array(), "supabase/c": new Blob([]) },
  only: ["functions", "secrets"],
  prune: ["secrets"],
  project: {
    name: "shop",
    organization_slug: "acme",
    services: ["db"],
    region_selection: { type: "specific", code: "us-east-1" },
  },
};
await plan(client, undefined, desired);
const own: Folder = { list: async (directory) => [directory], read: async () => undefined };
await plan(client, ref, { files: own });

const saved: SavedPlan = work.toJSON();
await restorePlan(client, saved, desired);
await restorePlan(client, JSON.stringify(saved), desired);

try {
  await work.apply();
} catch (error) {
  if (error instanceof DeployError) console.log(error.done.length + error.left.length, changes, error.cause);
}

// @ts-expect-error an option that there is not
plan(client, ref, { onyl: ["functions"] });
// @ts-expect-error no part
plan(client, ref, { only: ["functoins"] });
// @ts-expect-error migrations are never removed
plan(client, ref, { prune: ["migrations"] });
// @ts-expect-error a value is a text
plan(client, ref, { secrets: { A: 1 } });
// @ts-expect-error an environment is an object, and no text
plan(client, ref, { env: "A=1" });
// @ts-expect-error a project needs its name
plan(client, undefined, { project: { organization_slug: "acme" } });
// @ts-expect-error the client comes first
plan(ref, {});
// @ts-expect-error a plan is no plan that was kept
restorePlan(client, 3);
