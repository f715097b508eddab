// A project for each tenant: created where there is none, and brought to what the folder says.
import { plan } from "supabase-management-wasm/deploy";
import { fleet } from "supabase-management-wasm/fleet";

/**
 * The project of one tenant, and its keys. It is found by its name in the organization, so that this can be called again, after a break
 * or for a new version of the folder. Do not call it for the same tenant twice at the same time: both calls would find no project.
 *
 * @param options `organization`: its slug; `region`; `passwordOf(tenant)`: the password of the tenant's database, made and kept at the first
 * call, the same at every later one, as the API never tells a password; `desired`: what the project should be like
 */
export async function tenantProject(client, tenant, { organization, region, passwordOf, desired }) {
  const project = {
    name: `tenant-${tenant}`,
    organization_slug: organization,
    region_selection: { type: "specific", code: region },
    db_pass: await passwordOf(tenant),
  };
  const work = await plan(client, undefined, { ...desired, project });
  const { ref } = await work.apply();
  const keys = await client.apiKeys.list(ref, { reveal: true });
  const keyOf = (type) => keys.find((key) => key.type === type)?.api_key;
  return { ref, url: `https://${ref}.supabase.co`, publishableKey: keyOf("publishable"), secretKey: keyOf("secret") };
}

/**
 * The same for many tenants, a few at a time. One that fails does not stop the others: the report tells which, and why, and the next run
 * is for those. The report has the keys of the projects: hand them on, and print `totals` only.
 */
export const tenantProjects = (client, tenants, options) =>
  fleet(tenants, (tenant) => tenantProject(client, tenant, options), { client, concurrency: 4 });
