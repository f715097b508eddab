// A worker that gives every project of a fleet an API key, once. Deploy it with `npx wrangler deploy`; README.md says how.
import { DurableObject, WorkflowEntrypoint } from "cloudflare:workers";
import { isInputError, SupabaseManagement } from "supabase-management-wasm";
import { defineFleet } from "supabase-management-wasm/fleet/cloudflare";

const fleet = defineFleet({
  client: (env, options) =>
    new SupabaseManagement({ accessToken: env.SUPABASE_ACCESS_TOKEN, baseUrl: env.SUPABASE_API_URL, ...options }),

  async operation({ ref, payload, step }) {
    const slug = await step("organization", async ({ client }) => {
      return (await client.projects.get(ref)).organization_slug;
    });
    // All projects of an organization share the limit of this call, so each asks for a permit first.
    const permit = { endpoint: "organizations.get", subject: slug };
    const plan = await step("plan", async ({ client }) => (await client.organizations.get(slug)).plan, { permit });
    if (plan === "free") return { left: "the plan is free" };

    // A step may be done again after a kill, so it looks first, and only then creates.
    const id = await step("key", async ({ client }) => {
      const keys = await client.apiKeys.list(ref);
      const made = keys.find(({ name }) => name === payload.name);
      return (made ?? (await client.apiKeys.create(ref, { type: "secret", name: payload.name }))).id;
    });
    return { id };
  },
});

export class FleetWorkflow extends fleet.workflow(WorkflowEntrypoint) {}
export class FleetRun extends fleet.run(DurableObject) {}
export class FleetBucket extends fleet.bucket(DurableObject) {}

/** `POST /runs/NAME` begins a run or goes on with it, `GET /runs/NAME` tells how far it is, `GET /runs/NAME/projects` what came of each. */
async function answer(request, env) {
  const { pathname, searchParams } = new URL(request.url);
  const [, run, projects] = /^\/runs\/([\w-]+)(\/projects)?$/.exec(pathname) ?? [];
  if (!run) return new Response("there is no such page", { status: 404 });
  if (request.method === "POST") return Response.json(await fleet.start(env, { ...(await request.json()), run }));
  if (!projects) return Response.json(await fleet.report(env, run));
  const { status, after } = Object.fromEntries(searchParams);
  return Response.json(await fleet.projects(env, run, { status, after, limit: 1000 }));
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
async function same(one, other) {
  const digest = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [left, right] = await Promise.all([digest(one), digest(other)]);
  return left.reduce((sum, byte, at) => sum | (byte ^ right[at]), 0) === 0;
}

export default {
  async fetch(request, env) {
    const given = request.headers.get("authorization") ?? "";
    if (!env.FLEET_PASSWORD || !(await same(given, `Bearer ${env.FLEET_PASSWORD}`))) {
      return new Response("this is for the operator only", { status: 401 });
    }
    return answer(request, env).catch((error) => {
      if (!isInputError(error)) throw error;
      return Response.json(error, { status: 400 });
    });
  },
  queue: fleet.queue,
};
