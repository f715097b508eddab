// What the examples of the reference stand on: what the sandbox begins with, and calls that make the rest. Each example runs on
// a sandbox of its own, so that it holds exactly what the reader sees.

export const ref = "hqvkzumdtlrwaxbeogcy";
export const pausedRef = "udqsbyhamzptvcfwelkr";
const organization = "tidewater-labs";
const user = "7d2e2c1a-94b6-4f0e-8a35-c6f1b90d3e27";
const colleague = "b3a1f0de-58c4-4c7e-9d26-7e4f1c0a9b85";
const app = "11111111-2222-4333-8444-555555555555";
const redirect = "https://app.example/callback";

/** A value that an earlier step of the example gave: `branch.id`. */
export const from = (path) => ({ $from: path });

const addon = (variant, type) => ({
  id: "billing.applyAddon",
  args: [ref, { addon_variant: variant, addon_type: type }],
});
const resource = (type, attributes) => ({ data: { type, attributes } });
const webhook = resource("endpoint", {
  url: "https://hooks.example.com",
  event_types: [{ type: "*" }],
  signing_secret: "correct horse battery staple",
});
const webhookOf = (group, owner) => [{ id: `v2.${group}.createEndpoint`, args: [owner, webhook], as: "endpoint" }];
const deliveryOf = (group, owner) => [
  ...webhookOf(group, owner),
  { id: `v2.${group}.testEndpoint`, args: [owner, from("endpoint.data.id")] },
  { id: `v2.${group}.listDeliveries`, args: [owner, from("endpoint.data.id")], as: "deliveries" },
];
const authorized = [
  {
    id: "oauth.authorizeUrl",
    args: [{ client_id: app, response_type: "code", redirect_uri: redirect }],
    as: "url",
    sync: true,
  },
  { agree: from("url"), as: "code" },
];
const exchange = {
  grant_type: "authorization_code",
  client_id: app,
  client_secret: "sba_0123456789abcdef",
  code: from("code"),
  redirect_uri: redirect,
};

/** The smallest archive that has the first bytes of one. */
const archive = [{ id: "v2.compute.upload", args: [ref, "preview", { $bytes: [0x1f, 0x8b, 8] }], as: "upload" }];
const computeAttributes = {
  spec: { size: "small", instances: 1, exposure: "public" },
  context_upload_id: from("upload"),
};

/** Calls that make something, by the name of what they make. */
export const made = {
  branch: [{ id: "branches.create", args: [ref, { branch_name: "feature-login" }], as: "branch" }],
  runs: [
    { id: "branches.create", args: [ref, { branch_name: "feature-login" }], as: "branch" },
    { id: "actionRuns.list", args: [ref], as: "runs" },
  ],
  key: [{ id: "apiKeys.create", args: [ref, { type: "secret", name: "backend" }], as: "key" }],
  customDomain: [addon("cd_default", "custom_domain")],
  pitr: [addon("pitr_7", "pitr")],
  provider: [
    { id: "auth.updateConfig", args: [ref, { saml_enabled: true }] },
    {
      id: "ssoProviders.create",
      args: [ref, { type: "saml", metadata_url: "https://id.example/saml" }],
      as: "provider",
    },
  ],
  saml: [{ id: "auth.updateConfig", args: [ref, { saml_enabled: true }] }],
  issuer: [
    { id: "thirdPartyAuth.create", args: [ref, { oidc_issuer_url: "https://issuer.example.com" }], as: "issuer" },
  ],
  legacySigningKey: [{ id: "signingKeys.createLegacy", args: [ref] }],
  signingKey: [
    { id: "signingKeys.createLegacy", args: [ref] },
    { id: "signingKeys.create", args: [ref, { algorithm: "ES256" }], as: "key" },
  ],
  claim: [{ id: "projects.createClaimToken", args: [ref], as: "claim" }],
  minute: [{ advance: 60_000 }],
  now: [{ now: true, as: "now" }],
  bundled: [
    {
      id: "functions.deploy",
      args: [
        ref,
        {
          metadata: { entrypoint_path: "index.ts", name: "Hello" },
          file: [{ path: "index.ts", content: "Deno.serve(() => new Response('Hello'))" }],
        },
        { slug: "hello", bundleOnly: true },
      ],
      as: "hello",
    },
  ],
  deletedBranch: [
    { id: "branches.create", args: [ref, { branch_name: "feature-login" }], as: "branch" },
    { id: "branches.delete", args: [from("branch.project_ref"), { force: false }] },
  ],
  replica: [
    { id: "readReplicas.setup", args: [ref, { read_replica_region: "eu-west-1" }] },
    { id: "organizations.listProjects", args: [organization], as: "page" },
  ],
  backups: [{ id: "backups.list", args: [ref], as: "backups" }],
  restorePoint: [{ id: "backups.createRestorePoint", args: [ref, { name: "before-migration" }] }],
  jit: [{ id: "jitAccess.update", args: [ref, { user_id: user, roles: [{ role: "postgres" }] }] }],
  invitation: [
    {
      id: "jitAccess.invite",
      args: [ref, { email: "guest@example.com", roles: [{ role: "postgres" }] }],
      as: "invitation",
    },
  ],
  hostname: [
    addon("cd_default", "custom_domain"),
    { id: "customHostname.initialize", args: [ref, { custom_hostname: "shop.example.com" }] },
  ],
  verifiedHostname: [
    addon("cd_default", "custom_domain"),
    { id: "customHostname.initialize", args: [ref, { custom_hostname: "shop.example.com" }] },
    { id: "customHostname.reverify", args: [ref] },
  ],
  code: authorized,
  tokens: [...authorized, { id: "oauth.token", args: [exchange], as: "tokens" }],
  drain: [
    {
      id: "v2.logDrains.create",
      args: [
        ref,
        resource("log_drain", { name: "hook", backend_type: "webhook", config: { url: "https://logs.example" } }),
      ],
      as: "drain",
    },
  ],
  notebook: [
    {
      id: "v2.notebooks.create",
      args: [ref, resource("notebook", { name: "notes", content: { cells: [] } })],
      as: "notebook",
    },
  ],
  privateLink: [
    {
      id: "v2.privateLink.create",
      args: [ref, resource("private_link_association", { aws_account_id: "123456789012" })],
    },
  ],
  archive,
  compute: [
    ...archive,
    {
      id: "v2.compute.deploy",
      args: [ref, "preview", resource("project_compute_instance", computeAttributes)],
    },
  ],
  invited: [
    {
      id: "v2.organizations.createInvitations",
      args: [
        organization,
        { data: [{ type: "organization_invitation", attributes: { email: "jane@example.com", role: "developer" } }] },
      ],
    },
  ],
  ...Object.fromEntries(
    [
      ["organizationWebhooks", organization],
      ["projectWebhooks", ref],
    ].flatMap(([group, owner]) => [
      [`${group}.endpoint`, webhookOf(group, owner)],
      [`${group}.delivery`, deliveryOf(group, owner)],
    ]),
  ),
};

/** The value of a path, and what must be made for it; by the row of the catalog and the name in its route. */
export function pathValue({ id, route }, name) {
  const group = id.slice(0, id.lastIndexOf("."));
  const of = (value, need) => ({ value, need });
  switch (name) {
    case "ref":
      return of(ref);
    case "slug":
      return of(organization);
    case "function_slug":
      return of("send-receipt");
    case "branch_id_or_ref":
      return of(from("branch.project_ref"), "branch");
    case "name":
      return group === "v2.compute" ? of("preview", "compute") : of("feature-login", "branch");
    case "run_id":
      return of(from("runs[0].id"), "runs");
    case "invite_id":
      return of(from("invitation.id"), "invitation");
    case "provider_id":
      return of(from("provider.id"), "provider");
    case "tpa_id":
      return of(from("issuer.id"), "issuer");
    case "version":
      return of("20260301141500");
    case "addon_variant":
      return of("cd_default", "customDomain");
    case "token":
      return of(from("claim.token"), "claim");
    case "aws_account_id":
      return of("123456789012", "privateLink");
    case "database_identifier":
      return of(ref, "privateLink");
    case "user_id":
      return group === "v2.organizations" ? of(colleague) : of(user, "jit");
    case "id":
      return idOf(group, route, of);
    default:
      throw new Error(`${id}: nothing is known of {${name}}`);
  }
}

function idOf(group, route, of) {
  if (group === "snippets") return of("5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8");
  if (group === "apiKeys") return of(from("key.id"), "key");
  if (group === "signingKeys") return of(from("key.id"), "signingKey");
  if (group === "v2.logDrains") return of(from("drain.data.id"), "drain");
  if (group === "v2.notebooks") return of(from("notebook.data.id"), "notebook");
  return route.includes("/deliveries/{id}")
    ? of(from("deliveries.data[0].id"), `${group.slice(3)}.delivery`)
    : of(from("endpoint.data.id"), `${group.slice(3)}.endpoint`);
}

export const known = { app, computeAttributes, exchange, organization, redirect, user, resource };
