// What users write around single methods, as TypeScript sees it. Checked by types.test.js; never run.
import {
  type BulkUpdateFunction,
  type Bytes,
  type Entitlement,
  type NewerValue,
  type PrivateJwk,
  type Region,
  type RunStepStatus,
  SupabaseManagement,
  type UpgradeObstacle,
} from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Answer<M> = M extends (...args: never[]) => Promise<infer T> ? T : never;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
const ref = "abcdefghijklmnopqrst";
const slug = "my-organization";

// Settings: `null` resets one, `undefined` leaves it.
await client.auth.updateConfig(ref, { site_url: null, jwt_exp: 3600, smtp_host: undefined });
// @ts-expect-error a setting that does not exist
client.auth.updateConfig(ref, { siteUrl: null });
// @ts-expect-error a number of seconds
client.auth.updateConfig(ref, { jwt_exp: "3600" });
// @ts-expect-error one of the providers
client.auth.updateConfig(ref, { sms_provider: "pigeon" });

// Rows are what the query makes them, and unknown before they are looked at.
const counts = await client.database.query<{ n: number }>(ref, { query: "select count(*) as n from a" });
is<Equal<typeof counts, { n: number }[]>>();
const rows = await client.database.query(ref, { query: "select $1::int", parameters: [1] });
is<Equal<typeof rows, Record<string, unknown>[]>>();
const read = await client.database.queryReadOnly<{ id: string }>(ref, { query: "select id from a" }).withResponse();
is<Equal<typeof read.data, { id: string }[]>>();
// @ts-expect-error the query is in the body
client.database.query(ref, "select 1");

// An address to send a browser to: made at once, of a query that must be given.
const asked = { client_id: "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0", redirect_uri: "https://example.com/callback" };
const url: string = client.oauth.authorizeUrl({ ...asked, response_type: "code", state: "a" });
const claim: string = client.oauth.authorizeProjectClaimUrl({ ...asked, response_type: "code", project_ref: ref });
// @ts-expect-error the query is missing
client.oauth.authorizeUrl();
// @ts-expect-error it lacks the kind of response
client.oauth.authorizeUrl(asked);
// @ts-expect-error it is no call
client.oauth.authorizeUrl({ ...asked, response_type: "code" }).then();
// A query is also needed where one of its fields is.
await client.projects.getHealth(ref, { services: ["auth", "db"] });
// @ts-expect-error nothing is asked for
client.projects.getHealth(ref);
// @ts-expect-error there is no such service
client.projects.getHealth(ref, { services: ["mail"] });

// Files: what a form of a page gives, or a path with what is in it.
const metadata = { entrypoint_path: "index.ts" };
await client.functions.deploy(
  ref,
  {
    metadata,
    file: [
      new File(["…"], "index.ts"),
      { path: "lib/a.ts", content: "export {};" },
      { path: "lib/b.wasm", content: new Uint8Array() },
      { path: "lib/c.txt", content: new Blob() },
    ],
  },
  { slug: "hello", bundleOnly: true },
);
await client.functions.deploy(ref, { metadata, file: [] as readonly File[] });
await client.functions.deploy(ref, { metadata });
// @ts-expect-error the entry point is missing
client.functions.deploy(ref, { metadata: {} });
// @ts-expect-error the metadata is missing
client.functions.deploy(ref, { file: [] });
// @ts-expect-error a Blob has no name
client.functions.deploy(ref, { metadata, file: [new Blob()] });
// @ts-expect-error the content is missing
client.functions.deploy(ref, { metadata, file: [{ path: "a.ts" }] });
// @ts-expect-error a list is asked for
client.functions.deploy(ref, { metadata, file: new File([], "a.ts") });

// A key of idempotency, where the API knows one.
const migration = { query: "create table a ()", name: "a" };
await client.migrations.apply(ref, migration, { idempotencyKey: "1", timeoutMs: 5 });
await client.migrations.upsert(ref, migration, { idempotencyKey: undefined });
// @ts-expect-error the API knows none here
client.projects.list({ idempotencyKey: "1" });
// @ts-expect-error nor here
client.migrations.rollback(ref, { gte: "20260131120000" }, { idempotencyKey: "1" });
// @ts-expect-error a key is for one call
new SupabaseManagement({ idempotencyKey: "1" });
// @ts-expect-error nor does a request of one's own take it: it has headers
client.request("POST", "/v1/x", { idempotencyKey: "1" });

// Lists that nobody may change are taken wherever a list is only sent.
const names = ["A", "B"] as const;
await client.secrets.delete(ref, names);
const secrets = [{ name: "A", value: "a" }] as const;
await client.secrets.create(ref, secrets);
const services = ["auth", "db"] as const;
await client.projects.getHealth(ref, { services });
await client.database.query(ref, { query: "select $1::int", parameters: [1] as const });
await client.networkBans.delete(ref, { ipv4_addresses: ["203.0.113.1"] as const });
const allowed = { dbAllowedCidrs: ["203.0.113.0/24"], dbAllowedCidrsV6: [] } as const;
await client.networkRestrictions.apply(ref, allowed);
const role = { role: "postgres", allowed_networks: { allowed_cidrs: [{ cidr: "203.0.113.0/24" }] } } as const;
await client.jitAccess.update(ref, { user_id: "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0", roles: [role] as const });
await client.functions.deploy(ref, { metadata: { ...metadata, static_patterns: ["assets/*.html"] as const } });
const frozen: readonly BulkUpdateFunction[] = [];
await client.functions.bulkUpdate(ref, frozen);
const signing = { kty: "oct", k: "0123456789abcdef", key_ops: ["sign", "verify"] } as const satisfies PrivateJwk;
await client.signingKeys.create(ref, { algorithm: "HS256", private_jwk: signing });
// @ts-expect-error names are strings, here as well
client.secrets.delete(ref, [1] as const);
// @ts-expect-error there is no such service, here as well
client.projects.getHealth(ref, { services: ["mail"] as const });
// The lists of answers can be changed.
(await client.projects.list()).reverse();
(await client.networkRestrictions.get(ref)).config.dbAllowedCidrs?.push("203.0.113.0/24");

// Answers that are no JSON.
is<Equal<Answer<typeof client.actionRuns.count>, number>>();
is<Equal<Answer<typeof client.functions.getBody>, Bytes>>();
is<Equal<Answer<typeof client.actionRuns.getLogs>, string>>();
is<Equal<Answer<typeof client.branches.diff>, string>>();
is<Equal<Answer<typeof client.migrations.apply>, void>>();

// What comes from an answer can go into a request, whatever the API has added meanwhile.
const { all } = await client.projects.getAvailableRegions({ organization_slug: slug });
const [near] = all.specific;
const fresh = { name: "a", db_pass: "b", organization_slug: slug };
if (near) await client.projects.create({ ...fresh, region_selection: { type: "specific", code: near.code } });
const { target_upgrade_versions: targets } = await client.projects.getUpgradeEligibility(ref);
for (const { postgres_version, release_channel } of targets) {
  await client.projects.upgrade(ref, { target_version: postgres_version, release_channel });
}
const { updated_at, ...bundled } = await client.functions.deploy(ref, { metadata }, { bundleOnly: true });
await client.functions.bulkUpdate(ref, [bundled] satisfies BulkUpdateFunction[]);
const { available_addons: addons } = await client.billing.listAddons(ref);
for (const { type } of addons) await client.billing.applyAddon(ref, { addon_type: type, addon_variant: "ci_small" });
const { keys } = await client.signingKeys.list(ref);
for (const { id, status } of keys) await client.signingKeys.update(ref, id, { status });
// What somebody writes must be known, be it in a variable.
const anywhere = "mars-1";
// @ts-expect-error there is no such region
client.projects.create({ ...fresh, region_selection: { type: "specific", code: anywhere } });
// @ts-expect-error nor may it be any text
client.projects.create({ ...fresh, region_selection: { type: "specific", code: `${anywhere}` as string } });
await client.projects.create({ ...fresh, region_selection: { type: "specific", code: anywhere as Region } });
// An answer is compared with what is known, or with any text that says that it is one, and used as text.
function describe(region: Region): string {
  // @ts-expect-error there is no such region
  if (region === "mars-1") return "far away";
  if (region === ("mars-2" as string)) return "further away";
  return region.startsWith("us-") ? "America" : region;
}
// All that is known is dealt with here, as the compiler finds out; the rest is what is newer.
function isOver(status: RunStepStatus): boolean {
  switch (status) {
    case "CREATED":
    case "RUNNING":
    case "RESTARTING":
    case "PAUSED":
    case "REMOVING":
      return false;
    case "DEAD":
    case "EXITED":
      return true;
    default: {
      const newer: NewerValue = status;
      return newer.startsWith("SKIPPED");
    }
  }
}
const labels: Partial<Record<Region, string>> = { "us-east-1": "North Virginia" };
const label: string | undefined = labels["us-east-1"];

// Unions narrow by their tag.
function limitOf(entitlement: Entitlement): number | string[] | boolean {
  switch (entitlement.type) {
    case "numeric":
      return entitlement.config.unlimited ? Number.POSITIVE_INFINITY : entitlement.config.value;
    case "set":
      return entitlement.config.set;
    case "boolean":
      // @ts-expect-error it is included or not, and there is no number
      entitlement.config.value;
      return entitlement.config.enabled;
  }
}
function fixOf(obstacle: UpgradeObstacle): string {
  // @ts-expect-error only some have it
  obstacle.extension_name;
  return obstacle.type === "unsupported_extension" ? `drop extension "${obstacle.extension_name}"` : obstacle.type;
}
const exported: PrivateJwk = { kty: "EC", crv: "P-256", x: "a", y: "b", d: "c", ext: true };
// @ts-expect-error it is true or absent
const locked: PrivateJwk = { kty: "EC", crv: "P-256", x: "a", y: "b", d: "c", ext: false };
// @ts-expect-error the fields of another kind
const mixed: PrivateJwk = { kty: "oct", crv: "P-256", x: "a", y: "b", d: "c" };

console.log(url, claim, updated_at, describe, isOver, label, limitOf, fixOf, exported, locked, mixed);
