// The example of every operation, as steps: made of the catalog, so that it holds what must be given, and of what only a
// person knows: names that are there, and what the API says in words alone.
import { changed, sampleOf } from "../../catalog/samples.js";
import { from, known, made, pathValue, pausedRef } from "./world.js";

const { app, computeAttributes, exchange, organization, redirect, user } = known;

/**
 * What an example needs besides: `body` and `query` are changed by these, `needs` are made before (of `made`), `project` is
 * in the place of the first one, and `because` says why.
 */
const besides = {
  "auth.updateConfig": { body: { site_url: "https://shop.example.com" } },
  "backups.createRestorePoint": { body: { name: "before-migration" } },
  "backups.getRestorePoint": { needs: ["restorePoint"] },
  "backups.restore": { body: { id: from("backups.backups[0].id") }, needs: ["backups"] },
  "backups.restorePitr": { body: { recovery_time_target_unix: from("now") }, needs: ["pitr", "now"] },
  "backups.undo": { body: { name: "before-migration" }, needs: ["restorePoint", "minute"] },
  "backups.updateSchedule": { body: { schedule_for: "03:30:00" } },
  "billing.applyAddon": { body: { addon_variant: "ci_small", addon_type: "compute_instance" } },
  "branches.create": { body: { branch_name: "feature-login" } },
  "branches.restore": { needs: ["deletedBranch"] },
  "branches.update": { body: { branch_name: "feature-signup" } },
  "customHostname.activate": { needs: ["verifiedHostname"] },
  "customHostname.delete": { needs: ["hostname"] },
  "customHostname.get": { needs: ["hostname"] },
  "customHostname.initialize": { needs: ["customDomain"] },
  "customHostname.reverify": { needs: ["hostname"] },
  "database.query": { body: { query: "select 1 + 1 as two" } },
  "disk.update": { body: { attributes: { iops: 3000, size_gb: 16 } } },
  "functions.bulkUpdate": {
    body: [{ id: from("hello.id"), slug: "hello", name: "Hello", status: "ACTIVE", version: 1 }],
    needs: ["bundled"],
  },
  "functions.create": { body: { slug: "hello", name: "Hello", body: "Deno.serve(() => new Response('Hello'))" } },
  "functions.deploy": { query: { slug: "hello" } },
  "functions.update": { body: { name: "Send a receipt" } },
  "jitAccess.acceptInvite": {
    body: { email: "guest@example.com", token: from("invitation.token") },
    needs: ["invitation"],
  },
  "jitAccess.authorize": { body: { role: "postgres" }, needs: ["jit"] },
  "jitAccess.get": { needs: ["jit"] },
  "jitAccess.invite": { body: { email: "guest@example.com", roles: [{ role: "postgres" }] } },
  "jitAccess.update": { body: { user_id: user, roles: [{ role: "postgres" }] } },
  "migrations.rollback": { query: { gte: "20260301141500" } },
  "networkRestrictions.apply": { body: { dbAllowedCidrs: ["203.0.113.0/24"] } },
  "networkRestrictions.update": { body: { add: { dbAllowedCidrs: ["203.0.113.0/24"] } } },
  "oauth.authorizeProjectClaimUrl": { query: { response_type: "code", redirect_uri: redirect }, sync: true },
  "oauth.authorizeUrl": {
    query: { client_id: app, response_type: "code", redirect_uri: redirect },
    sync: true,
  },
  "oauth.revoke": {
    body: { client_id: app, client_secret: "sba_0123456789abcdef", refresh_token: from("tokens.refresh_token") },
    needs: ["tokens"],
  },
  "oauth.token": { body: exchange, needs: ["code"] },
  "organizations.claimProject": { needs: ["claim"] },
  "organizations.create": { body: { name: "Acme" } },
  "organizations.getProjectClaim": { needs: ["claim"] },
  "pgsodium.updateConfig": { body: { root_key: "0f".repeat(32) } },
  "projects.cancelRestore": { project: pausedRef, before: [{ id: "projects.restore", args: [pausedRef] }] },
  "projects.create": {
    body: { name: "blog", organization_slug: organization, db_pass: "correct horse battery staple" },
  },
  "projects.getClaimToken": { needs: ["claim"] },
  "projects.deleteClaimToken": { needs: ["claim"] },
  "projects.getAvailableRegions": { query: { organization_slug: organization } },
  "projects.getHealth": { query: { services: ["auth", "db", "rest"] } },
  "projects.restore": { project: pausedRef },
  "projects.update": { body: { name: "shop" } },
  "projects.upgrade": { body: { target_version: "17" } },
  "readReplicas.remove": {
    body: { database_identifier: from("page.projects[0].databases[1].identifier") },
    needs: ["replica"],
  },
  "secrets.create": { body: [{ name: "API_URL", value: "https://example.com" }] },
  "secrets.delete": { body: ["MAIL_FROM"] },
  "signingKeys.create": { body: { algorithm: "ES256" } },
  "signingKeys.getLegacy": { needs: ["legacySigningKey"] },
  "signingKeys.createLegacy": { project: pausedRef },
  "ssoProviders.create": { body: { metadata_url: "https://id.example/saml" }, needs: ["saml"] },
  "ssoProviders.update": { body: { metadata_url: "https://id.example/saml-2" } },
  "storage.updateConfig": { body: { fileSizeLimit: 52_428_800 } },
  "thirdPartyAuth.create": { body: { oidc_issuer_url: "https://issuer.example.com" } },
  "v2.compute.deploy": { body: { data: { attributes: computeAttributes } }, needs: ["archive"] },
  "v2.logDrains.create": { body: { data: { attributes: { config: { url: "https://logs.example.com" } } } } },
  "v2.organizations.deleteInvitations": {
    body: { data: [{ type: "organization_invitation", attributes: { email: "jane@example.com" } }] },
    needs: ["invited"],
  },
  "v2.projects.previewTransfer": { body: { data: { attributes: { target_organization_slug: "zoe-keller" } } } },
  "v2.projects.transfer": { body: { data: { attributes: { target_organization_slug: "zoe-keller" } } } },
  "vanitySubdomain.activate": { body: { vanity_subdomain: "tidewater" } },
};

/** A body in which nothing must be given shows its first field all the same, so that the example does something. */
function bodyOf(row) {
  if (row.body === "none") return undefined;
  const sample = sampleOf(row.bodyType);
  if (row.body === "multipart")
    return {
      metadata: { entrypoint_path: "index.ts", name: "Hello" },
      file: [{ path: "index.ts", content: "Deno.serve(() => new Response('Hello'))" }],
    };
  const plain = row.bodyType.type === "object" && Object.keys(sample).length === 0;
  const first = plain && !besides[row.id]?.body && row.bodyType.fields.find(({ type }) => type.type !== "object");
  return first ? { [first.name]: sampleOf(first.type, first.name) } : sample;
}

/**
 * The example of an operation.
 * @param row the operation, as the catalog has it
 * @returns `steps`, each a call (`id`, `args`) whose answer has the name `as`; the last one is the operation
 */
export function exampleOf(row) {
  const more = besides[row.id] ?? {};
  const needs = [...(more.needs ?? [])];
  const values = Array.from(row.route.matchAll(/\{(\w+)\}/g), ([, name]) => {
    const { value, need } = pathValue(row, name);
    if (need && !creates(row, need)) needs.push(need);
    return name === "ref" && more.project ? more.project : value;
  });
  const body = bodyOf(row);
  const query = row.query && { ...sampleOf(row.query), ...more.query };
  const args = [...values];
  if (body !== undefined) args.push(changed(body, more.body ?? body));
  if (query && Object.keys(query).length > 0) args.push(query);
  const before = [...needs.flatMap((need) => made[need]), ...(more.before ?? [])];
  const answers = row.answer !== "nothing";
  const last = { id: row.id, args, ...(more.sync && { sync: true }), ...(answers && { as: "answer" }) };
  return { steps: [...unique(before), last] };
}

/** Whether an operation itself makes what its path names. */
const creates = ({ id }, need) =>
  id === "v2.compute.deploy" || id === "v2.compute.createUpload" || made[need].at(-1).id === id;

function unique(steps) {
  const seen = new Set();
  return steps.filter((step) => {
    const text = JSON.stringify(step);
    return !seen.has(text) && seen.add(text);
  });
}
